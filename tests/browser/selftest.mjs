// The checks, checked: on the good fixture they find nothing, on the bad one exactly what was planted.
// Each line of `PLANTED` reads: check | page:line code | words of the message.
// Journeys need a site that our program built: `node selftest.mjs SOURCEBOOK` builds fixture/dossier and then, for each
// journey, breaks in a copy the one thing that the journey is there for. Without the program this fails.

import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCss, readPage, readSrcset } from './lib/parse.mjs';
import { serve } from './lib/server.mjs';
import { openSite } from './lib/site.mjs';
import { where } from './lib/fault.mjs';
import { JOURNEYS } from './checks/journeys.mjs';
import { runChecks } from './run.mjs';

const here = name => fileURLToPath(new URL(name, import.meta.url));
const GOOD = here('fixture/good'), BAD = here('fixture/bad');
const NAMES = ['links', 'html', 'axe', 'overflow', 'nojs', 'reader', 'sizes'];

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
reader | reader.html glued-number | 1
reader | reader.html lost-quote | They were a great many.
sizes | reader.html broken-word | at 1280 px: "Unpron
sizes | reader.html broken-word | at 768 px: "Unpron
sizes | reader.html broken-word | at 360 px: "Unpron
sizes | reader.html broken-word | at 320 px, in dejavu-sans: "Unpron
sizes | reader.html broken-word | at 320 px, in arimo: "Unpron
`.trim().split('\n').map(line => line.split(' | '));

const SCRIPT = /^assets\/script\..*\.js$/, ARTICLE = /^articles\/recit\/index\.html$/;

/** journey: files | what is taken away | what takes its place | words of the fault that must follow */
const BROKEN = {
  'keyboard: read a note and come back': [ARTICLE, / role="doc-backlink"/g, '', 'the first stop within the note is null'],
  'keyboard: dismiss the preview of a note': [SCRIPT, 'event.key === "Escape"', 'false', 'Escape leaves the preview open'],
  'keyboard: search from anywhere and open': [SCRIPT, 'options[active]?.click()', '0', 'Timeout'],
  'keyboard: choose a result, turn the key off, go back': [SCRIPT, 'ArrowDown: 1', 'ArrowDown: 0', 'the arrow chooses no other result'],
  'search: every kind, in capitals and without accents': [SCRIPT, 'const all = fold(text)', 'const all = text', 'finds nothing'],
  'search: a figure however it is spaced, a name misspelt, a day': [SCRIPT, 'await nearest(typed, top)', '[typed, []]', 'finds nothing'],
  'search: from a file': [SCRIPT, 'script.src = url', 'fetch(url)', 'finds nothing'],
  'keyboard: filter a table': [SCRIPT, /row\.hidden = /g, 'row.dataset.off = ', 'rows of'],
  'keyboard: the chosen scheme is remembered': [SCRIPT, 'localStorage.setItem(', 'String(', 'the next page has forgotten it'],
  'from a sentence to the words in no step, or one': [SCRIPT, 'side.className = "side"', 'side.className = "none"', 'no words stand in the margin'],
  'share one sentence in two steps': [SCRIPT, /preview-copy/g, 'preview-none', 'no way to share the sentence'],
  'the margin follows reading: words, the way to the speaker, what others answer': [ARTICLE, 'data-behind=', 'data-beyond=', 'no pane gives the way from the speaker'],
  'what a sentence rests on stays beside it': [/^assets\/style\..*\.css$/, /position:\s*sticky;\s*top:\s*1rem;\s*bottom/g, 'position:relative;--no', 'the pane scrolls away'],
  'keyboard: choose rows by a facet': [SCRIPT, 'select.addEventListener("change", choose)', '0', 'rows'],
  'any day, with the keyboard': [SCRIPT, /findLast/g, 'find', 'leads to'],
  'what two texts share, and who stands behind both, in two steps': [/^compare\/.*\.html$/, 'id="voices"', 'id="none"', 'does not say who stands behind both'],
  'what was known on a day, in two steps': [/^as-of\/.*\.html$/, /data-answer/g, 'data-none', 'tells no answer'],
  'no JavaScript: from a sentence to its source in two clicks': [ARTICLE, /class="quote"/g, '', 'Timeout'],
};

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

/** Each journey can be made on a site that our program builds, and fails on a copy where one thing is broken. */
async function journeysCanFail(program) {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'journeys-'));
  const site = path.join(dir, 'site');
  const built = program ? spawnSync(program, ['build', '--root', here('fixture/dossier'), '--output', site], { encoding: 'utf8' }) : { status: 'no program given: node selftest.mjs SOURCEBOOK' };
  expect('the dossier of the journeys', built.status === 0 ? [] : [String(built.stderr ?? built.status)]);
  if (built.status === 0) {
    const told = async (folder, only) => {
      const result = (await runChecks(folder, { names: ['journeys'], extra: { only } })).get('journeys');
      return result instanceof Error ? [result.stack] : result.faults.map(f => `${where(f)} ${f.message}`);
    };
    expect('journeys on a sound site', await told(site));
    await cardsAreSound(site);
    expect('every journey has its fault', equal(Object.keys(BROKEN).sort(), Object.keys(JOURNEYS).sort()));
    for (const [name, [files, from, to, words]] of Object.entries(BROKEN)) {
      const copy = path.join(dir, 'copy');
      await cp(site, copy, { recursive: true });
      const changed = await breakIn(copy, files, from, to);
      const faults = await told(copy, name);
      expect(`${name}, broken`, changed && faults.some(f => f.includes(words)) ? [] : [changed ? `found ${JSON.stringify(faults)}` : `nothing to break: ${from}`]);
      await rm(copy, { recursive: true });
    }
  }
  await rm(dir, { recursive: true });
}

/** What other sites set into their pages is looked at like every page. */
async function cardsAreSound(site) {
  const results = await runChecks(site, { names: ['links', 'html', 'axe', 'overflow', 'nojs'], pages: 'all', below: 'embed/' });
  for (const [name, result] of results) {
    expect(`${name} on cards`, result instanceof Error ? [result.stack] : result.faults.map(f => `${where(f)} ${f.code} ${f.message}`));
    if (!(result instanceof Error)) expect(`${name} looks at cards`, result.checked >= 4 ? [] : [`only ${result.checked}`]);
  }
}

/** Whether anything was changed. */
async function breakIn(dir, files, from, to) {
  let changed = false;
  for (const name of (await openSite(dir)).files.keys()) {
    if (!files.test(name)) continue;
    const text = await readFile(path.join(dir, name), 'utf8');
    await writeFile(path.join(dir, name), text.replaceAll(from, to));
    changed ||= text.replaceAll(from, to) !== text;
  }
  return changed;
}

/** Faults, and whatever keeps a check from running, end in their own exit status; nothing is skipped in silence. */
function failsAloud() {
  const run = (args, env = {}) => spawnSync(process.execPath, [here('run.mjs'), ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
  const check = (what, { status, stdout }, wanted) => expect(what, equal([status, stdout.trim().split('\n').at(-1)], wanted));
  check('exit 0', run([GOOD, '--only', 'html']), [0, '6 passed, 0 failed']);
  check('exit 1', run([BAD, '--only', 'html']), [1, '14 passed, 4 failed']);
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
await journeysCanFail(process.argv[2]);
failsAloud();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
