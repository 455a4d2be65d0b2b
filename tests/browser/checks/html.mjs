// Every page is valid HTML: the Nu validator finds no error and no warning.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { allowed as houseList } from '../html-allow.mjs';
import { Missing, distinct, fault } from '../lib/fault.mjs';

const JAR = fileURLToPath(new URL('../node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function html({ site, allowed = houseList }) {
  const used = new Set();
  const isAllowed = f => allowed.some(a => a.message.test(f.message) && (a.page?.test(f.page) ?? true) && used.add(a));
  const faults = (await validate(site)).filter(f => !isAllowed(f));
  for (const a of allowed) if (!used.has(a)) console.error(`html: note: nothing matches the allowed message ${a.message} any more`);
  return { unit: 'pages', checked: site.pages.length, faults: distinct(faults) };
}

async function validate(site) {
  const report = await runValidator(['--stdout', '--format', 'json', '--exit-zero-always', '--skip-non-html', site.dir]);
  return report.messages.filter(m => isFault(m) && !isDataBlock(m)).map(m => {
    const page = path.relative(site.dir, fileURLToPath(m.url ?? `file://${site.dir}`)).split(path.sep).join('/');
    return fault(page, m.lastLine, m.type === 'info' ? 'warning' : 'error', m.message);
  });
}

/** Warnings are `info` with a subtype; a plain `info` is advice (a trailing slash, say). */
const isFault = m => m.type !== 'info' || m.subType === 'warning';

/**
 * The validator holds `script-src` against data blocks too. HTML does not: a script element of a type that is no script's is
 * never prepared, so that no policy is asked ("prepare the script element"); `links` sees that Chromium reports nothing.
 */
const isDataBlock = m => /^Inline script violates Content Security Policy/.test(m.message)
  && /<script type="application\/ld\+json">[^<]*$/.test((m.extract ?? '').slice(0, (m.hiliteStart ?? 0) + (m.hiliteLength ?? 0)));

async function runValidator(args) {
  if (!existsSync(JAR)) throw new Missing('no vnu.jar: run `npm ci` in tests/browser');
  const { status, out, error } = await run('java', ['-Xss16m', '-jar', JAR, ...args]);
  try { return JSON.parse(out); } catch { throw new Missing(`the Nu validator does not run (status ${status}): ${error || out}`.slice(0, 2000)); }
}

function run(program, args) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const out = [], error = [];
    child.stdout.on('data', data => out.push(data));
    child.stderr.on('data', data => error.push(data));
    child.on('error', cause => failed(new Missing(`no Java (17 or later): install default-jre-headless (${cause.code})`)));
    child.on('close', status => done({ status, out: Buffer.concat(out).toString(), error: Buffer.concat(error).toString() }));
  });
}
