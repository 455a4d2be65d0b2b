// The runner: node run.mjs SITE_DIR [--only links,html] [--pages N|all] [--screens DIR] [--all]
//
// Exit status: 0 no fault, 1 faults, 2 something that a check needs is missing. A check that cannot run has failed.

import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const CHECKS = ['links', 'html', 'axe', 'overflow', 'nojs', 'reader', 'sizes', 'journeys', 'screens'];
const BY_DEFAULT = CHECKS.filter(name => name !== 'screens');
const SHOWN = 40;
const USAGE = `usage: node run.mjs SITE_DIR [--only ${CHECKS.join(',')}] [--pages N|all] [--screens DIR] [--all]`;

/**
 * Runs the named checks on a site, in one browser (of the pages that it opens, those below one folder), and hands each result to `tell` as soon as it is there.
 * @returns {Promise<Map<string, import('./lib/fault.mjs').Result | Error>>}
 */
export async function runChecks(dir, { names = BY_DEFAULT, pages = 1, below = '', screensDir, tell = () => {}, extra = {} } = {}) {
  const { openSite, choose } = await import('./lib/site.mjs');
  const { serve } = await import('./lib/server.mjs');
  const { launch } = await import('./lib/browser.mjs');
  const site = await openSite(dir);
  const chosen = (await choose(site, pages)).filter(page => page.startsWith(below));
  const server = await serve(site);
  const browser = await launch().catch(error => { server.close(); throw error; });
  try {
    const results = new Map();
    for (const name of names) {
      const started = Date.now();
      results.set(name, await runOne(name, { site, chosen, browser, server, screensDir, ...extra }));
      tell(name, results.get(name), Date.now() - started);
    }
    return results;
  } finally {
    await browser.close();
    await server.close();
  }
}

async function runOne(name, context) {
  try { return await (await import(`./checks/${name}.mjs`))[name](context); } catch (error) { return error; }
}

async function main() {
  const options = readArguments();
  const { where } = await import('./lib/fault.mjs');
  const tell = (name, result, ms) => {
    const seconds = `(${(ms / 1000).toFixed(1)} s)`;
    if (result instanceof Error) return console.log(`${name}: cannot run: ${result.stack ?? result.message} ${seconds}`);
    const shown = options.all ? result.faults : result.faults.slice(0, SHOWN);
    for (const f of shown) console.log(`${name}: ${where(f)}: ${f.code}: ${f.message}`);
    if (shown.length < result.faults.length) console.log(`${name}: … and ${result.faults.length - shown.length} more (--all shows them)`);
    if (result.told) console.log(`${name}: ${result.told}`);
    console.log(`${name}: ${result.checked} ${result.unit} checked, ${result.faults.length} faults ${seconds}`);
  };
  const results = await runChecks(options.dir, { ...options, tell });
  close([...results.values()]);
}

/** The last line counts pages (or files) under each check; a check that could not run is one that failed. */
function close(results) {
  const done = results.filter(r => !(r instanceof Error));
  const faulty = done.map(r => new Set(r.faults.map(f => f.page)).size);
  const failed = faulty.reduce((a, b) => a + b, 0) + results.length - done.length;
  const passed = done.reduce((sum, r, i) => sum + Math.max(0, r.checked - faulty[i]), 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = done.length < results.length ? 2 : failed > 0 ? 1 : 0;
}

function readArguments() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: {
    only: { type: 'string' }, pages: { type: 'string', default: '1' }, screens: { type: 'string' }, all: { type: 'boolean' } } });
  if (positionals.length !== 1) throw new Error(USAGE);
  const names = values.only?.split(',') ?? [...BY_DEFAULT, ...(values.screens ? ['screens'] : [])];
  const unknown = names.filter(name => !CHECKS.includes(name));
  if (unknown.length) throw new Error(`no check named ${unknown.join(', ')}\n${USAGE}`);
  if (names.includes('screens') && !values.screens) throw new Error(`screens needs a folder: --screens DIR\n${USAGE}`);
  const pages = values.pages === 'all' ? 'all' : Number(values.pages);
  if (pages !== 'all' && !(Number.isInteger(pages) && pages > 0)) throw new Error(`--pages takes a number or all\n${USAGE}`);
  return { dir: positionals[0], names, pages, screensDir: values.screens, all: values.all };
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch(error => {
    const hint = error.code === 'ERR_MODULE_NOT_FOUND' ? ' (run `npm ci` in tests/browser)' : '';
    console.error(`cannot run: ${error.message}${hint}`);
    console.log('0 passed, 1 failed');
    process.exitCode = 2;
  });
}
