// The checks, checked: on the good fixture they find nothing, on the bad one exactly what was planted.
// Each line of `PLANTED` reads: check | page:line code | words of the message.

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCss, readPage, readSrcset } from './lib/parse.mjs';
import { serve } from './lib/server.mjs';
import { openSite } from './lib/site.mjs';
import { where } from './lib/fault.mjs';
import { runChecks } from './run.mjs';

const here = name => fileURLToPath(new URL(name, import.meta.url));
const GOOD = here('fixture/good'), BAD = here('fixture/bad');
const NAMES = ['links', 'html', 'axe', 'overflow', 'nojs'];

const PLANTED = `
links | 404.html dead-link | no/such/page/index.html
links | 404.html failed-request | no/such/page/base.css: HTTP 404
links | absolute.html:9 absolute-link | /index.html
links | absolute.html:10 absolute-link | https://example.org/dossier/index.html
links | absolute.html:12 unsafe-scheme | ftp:
links | absolute.html:13 unsafe-scheme | JavaScript:
links | based.html:6 base | ./sub/../
links | dead.html:9 dead-link | missing.html
links | dead.html:10 dead-link | Index.html
links | dead.html:11 folder-link | sub/index.html
links | dead.html:12 folder-link | sub/index.html
links | dead.html:13 dead-fragment | "nowhere" in index.html
links | dead.html:14 dead-fragment | "nowhere" in dead.html
links | dead.html:15 dead-link | missing.png
links | dead.html:16 dead-link | missing-2.png
links | dead.html:17 dead-fragment | "no-symbol"
links | dead.html:18 dead-link | missing-3.png
links | dead.html:19 dead-link | broken % escape
links | dead.html:20 empty-link | leads nowhere
links | dead.html:21 dead-fragment | "d" in dot.svg
links | headers.html csp | style-src-attr forbids inline (only over HTTP)
links | live.html console-error | a message
links | live.html console-error | thrown
links | live.html dead-link | written-by-a-script.html
links | live.html failed-request | gone-by-script.png: net::ERR_FILE_NOT_FOUND (only over file://)
links | live.html failed-request | gone-by-script.png: HTTP 404 (only over HTTP)
links | live.html failed-request | live.json: net::ERR_FAILED (only over file://)
links | live.html third-party | requests https://spy.example/pixel.png
links | moved.html:6 dead-link | gone.html
links | policy.html csp | script-src-elem forbids inline
links | sheet.css:1 dead-link | gone.css
links | sheet.css:3 dead-link | gone.png
links | sitemap.xml dead-link | https://example.org/dossier/gone/
links | sub/index.html:9 leaves-site | ../../elsewhere.html
links | third.html:6 third-party | https://cdn.example
links | third.html:10 third-party | https://cdn.example/a.png
html | dead.html:19 error | %zz.html
html | invalid.html:9 error | “font” element is obsolete
html | invalid.html:10 warning | Section lacks heading
html | pale.html:10 error | “alt” attribute
html | policy.html:7 warning | Inline script violates
axe | pale.html color-contrast | [dark 320, dark 1440]
axe | pale.html image-alt | #unnamed
axe | pale.html target-size | #tiny
axe | pale.html target-size | Tiny too
overflow | fixed.html fixed-text | stays at 16 px
overflow | large.html scrolls-sideways | at 320 px, text at 200 %
overflow | wide.html scrolls-sideways | at 320 px, text at 100 %
overflow | wide.html scrolls-sideways | at 320 px, text at 200 %
nojs | scripted.html dead-click | index.html
nojs | scripted.html hidden-text | Shown by a script only.
nojs | scripted.html scripted-link | A link by script
nojs | scripted.html scripted-text | Written by a script only.
`.trim().split('\n').map(line => line.split(' | '));

let passed = 0, failed = 0;
function expect(what, problems) {
  if (problems.length === 0) return passed++;
  failed++;
  console.log(`selftest: ${what}:\n  ${problems.join('\n  ')}`);
}

const equal = (actual, wanted) => (JSON.stringify(actual) === JSON.stringify(wanted) ? [] : [`${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`]);

async function findsNothingOnGood() {
  const results = await runChecks(GOOD, { names: NAMES });
  for (const [name, result] of results) {
    expect(`${name} on the good fixture`, result instanceof Error ? [result.stack] : result.faults.map(f => `${where(f)} ${f.code} ${f.message}`));
    if (!(result instanceof Error)) expect(`${name} looks at pages`, result.checked >= 5 ? [] : [`only ${result.checked}`]);
  }
}

async function findsEachOnBad() {
  const results = await runChecks(BAD, { names: NAMES, extra: { patience: 3000 } });
  for (const [name, result] of results) {
    expect(`${name} on the bad fixture`, result instanceof Error ? [result.stack] : compare(name, result.faults));
  }
}

function compare(name, faults) {
  const wanted = PLANTED.filter(([check]) => check === name);
  const rest = [...faults];
  const missed = wanted.filter(([, place, words]) => {
    const i = rest.findIndex(f => `${where(f)} ${f.code}` === place && f.message.includes(words));
    if (i !== -1) rest.splice(i, 1);
    return i === -1;
  });
  return [...missed.map(m => `not found: ${m.join(' | ')}`), ...rest.map(f => `not planted: ${where(f)} ${f.code} | ${f.message}`)];
}

function readsReferences() {
  expect('srcset', equal(readSrcset('a.png, b.png 2x,c.png 3x , data:image/png;base64,AA== 4x'), ['a.png', 'b.png', 'c.png', 'data:image/png;base64,AA==']));
  expect('css', equal(readCss('/* url(no) */\n@import "a.css";\nx{background:url( "b c.png" ),url(d.png)}').map(r => `${r.line} ${r.url}`), ['2 a.css', '3 b c.png', '3 d.png']));
  expect('html', equal(readPage('<p>\n<a href="a?b=1&amp;c=2#d">x</a>\n<!-- <a href=no> -->').references.map(r => `${r.line} ${r.url}`), ['2 a?b=1&c=2#d']));
}

async function servesOnlyItsFolder() {
  const server = await serve(await openSite(GOOD));
  const status = async name => (await fetch(new URL(name, server.base))).status;
  expect('server', equal(
    [await status('index.html'), await status('actors/kim/'), await status('..%2fbad/index.html'), await status('%2e%2e/bad/index.html'), await status('/index.html'), await status('none')],
    [200, 200, 404, 404, 404, 404]));
  await server.close();
}

async function takesPictures() {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'screens-'));
  await runChecks(GOOD, { names: ['screens'], screensDir: dir });
  expect('screens', equal((await readdir(dir)).length, 5 * 3 * 2 * 2));
  await rm(dir, { recursive: true });
}

/** Faults, and whatever keeps a check from running, end in their own exit status; nothing is skipped in silence. */
function failsAloud() {
  const run = (args, env = {}) => spawnSync(process.execPath, [here('run.mjs'), ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
  const check = (what, { status, stdout }, wanted) => expect(what, equal([status, stdout.trim().split('\n').at(-1)], wanted));
  check('exit 0', run([GOOD, '--only', 'html']), [0, '6 passed, 0 failed']);
  check('exit 1', run([BAD, '--only', 'html']), [1, '13 passed, 4 failed']);
  check('no folder', run([path.join(GOOD, 'none')]), [2, '0 passed, 1 failed']);
  check('no page', run([here('lib')]), [2, '0 passed, 1 failed']);
  check('no such check', run([GOOD, '--only', 'spelling']), [2, '0 passed, 1 failed']);
  check('no Chromium', run([GOOD, '--only', 'html'], { CHROMIUM: '/nowhere' }), [2, '0 passed, 1 failed']);
  check('no Java', run([GOOD, '--only', 'html'], { PATH: '/nowhere' }), [2, '0 passed, 1 failed']);
}

readsReferences();
await servesOnlyItsFolder();
await Promise.all([findsNothingOnGood(), findsEachOnBad()]);
await takesPictures();
failsAloud();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
