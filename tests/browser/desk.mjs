// The desk as a writer meets it: node desk.mjs PROGRAM [--screens DIR]
//
// 1. Ten passages become claims, by the keyboard alone; each with its strokes and seconds from the selection to the claim in
//    the sheet. Then `sourcebook check` finds nothing that it did not find before.
// 2. The other forms: a passage set aside, an actor, a source of a file that is dropped, a citation; undo.
// 3. Requests of others are refused, and nothing is written.
//
// With --screens, pictures of it: wide and narrow, light and dark. Exit status as that of run.mjs.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { withPage } from './lib/browser.mjs';
import { cannot, drive } from './lib/drive.mjs';

const PATIENCE = 30_000; // ms, for a change to reach the page
const MOST_STROKES = 25;

const FILLER = Array.from({ length: 14 }, (_, n) => `Paragraph ${n + 1} of the report tells, for whoever wants to read on, how the town has lived with its river and its crossings in the years since the mill was built, and says nothing that anybody has asked about.`);

const TEXT = `The footbridge over the Arle was closed on 3 June 2024 after an inspection.

“The bridge was safe in May,” Mayor Ada Fenwick said on Tuesday. “We walked over it every single week.”

About 1,200 people crossed the bridge every day, according to the engineer Tomas Brandt. At least 40 bolts were missing, Brandt said.

The council will pay 2.5 million euros for the repairs. “Nobody told us anything about the bolts,” said Ada Fenwick.

Repairs will last until October 2024, Tomas Brandt told the Courier. More than 300 people signed a petition against the closure.

The ferry in its place costs two euros for a crossing. Shops on the east bank lost a third of their customers, the traders’ association said.

${FILLER.join('\n\n')}
`;

const FILES = {
  'site.toml': 'title = "The footbridge"\nlanguage = "en"\n[captures]\ndir = "captures"\n[rules]\nunused-claim = "off"\nunused-event = "off"\nunused-place = "off"\n',
  'content/index.md': '---\ntitle: Home\n---\nA closed bridge, see [[fenwick]], [[brandt]], [[traders]], [[courier]], [[herald]], [[crossings]], [[closed-on]]. <!-- uncited: a list of what there is -->\n',
  'content/people.yaml': `# Who speaks.
actors:
  fenwick: { name: Ada Fenwick, type: person, role: mayor }
  brandt: { name: Tomas Brandt, type: person, role: engineer }
  traders: { name: Traders’ association, type: organization }
  courier-paper: { name: The Courier, type: media }
  herald-paper: { name: The Herald, type: media }
`,
  'content/sheet.yaml': `# What is kept here stays as it is.
sources:
  courier:
    title: Bridge closed
    type: article-newspaper
    publisher: courier-paper
    published: 2024-06-18
    language: en
    capture: courier.txt
  herald: { title: Trouble on the Arle, type: article-newspaper, publisher: herald-paper, published: 2024-06-19, language: en, capture: herald.txt }

questions:
  crossings: { text: How many people crossed the bridge a day?, kind: quantity, unit: people }
  closed-on: { text: When was the bridge closed?, kind: date }

claims:
  # The first one, by hand.
  herald-petition:
    statement: The closure of the bridge met a petition that more than 300 people signed.
    evidence:
      source: herald
      quote: More than 300 residents signed a petition against the closure
      locator: § 1
`,
  'captures/courier.txt': TEXT,
  'captures/herald.txt': `More than 300 residents signed a petition against the closure, and handed it in.\n\n${FILLER.slice(0, 6).join('\n\n')}\n`,
};

/** The ten passages: keys before the form, keys in it, and what the sheet then holds. */
const PASSAGES = [
  { name: 'a date answers a question', inForm: ['Alt+1'], holds: [/footbridge over the Arle was closed/, /closed-on: 2024-06-03/] },
  { name: 'quoted words, speaker guessed', holds: [/statement: The bridge was safe in May\./, /quote: bridge was safe in May/, /by: fenwick/, /locator: § 2/] },
  { name: 'words shortened before', before: ['Shift+ArrowLeft', 'Shift+ArrowLeft'], holds: [/statement: We walked over it every single\.\n/, /quote: We walked over it every single\n/] },
  { name: 'a number answers a question', inForm: ['Alt+1'], holds: [/About 1,200 people crossed the bridge every day/, /crossings: "?~1200/, /by: brandt/] },
  { name: 'an attribution is left out', holds: [/quote: At least 40 bolts were missing/, /by: brandt/] },
  { name: 'no speaker', holds: [/quote: council will pay 2\.5 million euros/] },
  { name: 'a speaker chosen by name', inForm: ['Tab', 'Control+A', 'f', 'e', 'n', 'Tab'], holds: [/Nobody told us anything about the bolts/, /by: fenwick/] },
  { name: 'told to a paper', holds: [/quote: Repairs will last until October 2024/] },
  { name: 'a second evidence of a claim that is there', before: ['Shift+ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowLeft'], inForm: ['Alt+1'], holds: [/- \{ source: courier, quote: More than 300 people signed a petition/] },
  { name: 'a statement in other words', inForm: ['T', 'h', 'e', 'Space', 'f', 'e', 'r', 'r', 'y', 'Space', 'c', 'o', 's', 't', 's'], holds: [/statement: The ferry costs\n/, /quote: ferry in its place costs two euros/] },
];

const journeys = {
  async 'ten passages become claims by the keyboard alone'({ page, open, sheet, check }) {
    const before = await check();
    await open();
    const rows = [];
    await page.locator('#text').focus();
    for (const { name, before: first = [], inForm = [], holds } of PASSAGES) {
      let strokes = 0;
      const press = async key => { strokes += 1; await page.keyboard.press(key); };
      await press('n');
      for (const key of first) await press(key);
      const old = await sheet();
      const refs = await page.locator('#text a.ref').count();
      const start = performance.now();
      await press('Enter');
      await page.locator('#panel form').waitFor({ timeout: PATIENCE });
      for (const key of inForm) await press(key);
      await press('Enter');
      await page.locator('#panel').waitFor({ state: 'hidden', timeout: PATIENCE });
      const seconds = (performance.now() - start) / 1000;
      const now = await sheet();
      for (const wanted of holds) assert.match(now, wanted, `${name}: ${now.slice(-600)}`);
      assert.ok(lines(old).every((line, n) => now.includes(line) || n < 0 || line === '      source: herald'), `${name}: a line is gone`);
      assert.ok(strokes <= MOST_STROKES, `${name}: ${strokes} strokes`);
      rows.push({ name, strokes, seconds });
      // What the rules say of the state before may come only now: the text itself shows that it is the new one.
      await page.waitForFunction(before => document.querySelectorAll('#text a.ref').length > before, refs, { timeout: PATIENCE });
    }
    for (const { name, strokes, seconds } of rows) console.log(`desk: ${String(strokes).padStart(2)} strokes, ${seconds.toFixed(1)} s: ${name}`);
    assert.match(await sheet(), /# What is kept here stays as it is\.[\s\S]*# The first one, by hand\./);
    assert.deepEqual((await check()).filter(line => !before.includes(line)), [], 'check finds nothing that it did not find before');
  },

  async 'the text shows what is used, and a passage is set aside and taken back'({ page, open, sheet, quiet }) {
    await open();
    assert.ok(await page.locator('#text span.quoted').count() >= 9);
    assert.match(await page.locator('.share small').innerText(), /% used/);
    await page.locator('#text').focus();
    const old = await sheet();
    await page.keyboard.press('n');
    await page.keyboard.press('x');
    await page.locator('#panel form').waitFor();
    await page.keyboard.type('the association speaks below');
    await page.keyboard.press('Enter');
    await page.locator('#panel').waitFor({ state: 'hidden', timeout: PATIENCE });
    assert.match(await sheet(), /set_aside:\n {6}- \{ locator: § 6, begins: "?Shops on the/);
    await quiet();
    await page.locator('#text span.aside').first().waitFor({ timeout: PATIENCE });
    await page.locator('#text').focus();
    await page.keyboard.press('u');
    await page.locator('#text span.aside').waitFor({ state: 'detached', timeout: PATIENCE });
    assert.equal(await sheet(), old);
  },

  async 'what waits for a second pair of eyes is signed'({ page, open, sheet, quiet }) {
    await open();
    await page.locator('#waiting summary').click();
    const before = Number((await page.locator('#waiting summary').innerText()).match(/\d+/)[0]);
    const line = page.locator('#waiting li').first();
    assert.match(await line.locator('.sign small').innerText(), /checked by nobody else|changed after a check/);
    await line.locator('.sign').click();
    await page.locator('#panel form').waitFor({ timeout: PATIENCE });
    await page.keyboard.type('Cleo B.');
    await page.keyboard.press('Enter');
    await page.locator('#panel').waitFor({ state: 'hidden', timeout: PATIENCE });
    assert.match(await sheet(), /curation: \{ checked: \[\{ by: "?Cleo B\."?, on: \d{4}-\d\d-\d\d \}\] \}/);
    await quiet();
    await page.locator('#waiting summary', { hasText: String(before - 1) }).waitFor({ timeout: PATIENCE });
  },

  async 'an actor, a source and a citation'({ page, open, read, quiet, root }) {
    await open();
    await page.locator('#text').focus();
    await page.keyboard.press('n');
    await page.keyboard.press('a');
    await page.locator('#panel form').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('The Ferryman');
    await page.keyboard.press('Enter');
    await page.locator('#panel').waitFor({ state: 'hidden', timeout: PATIENCE });
    assert.match(await read('content/people.yaml'), /name: The Ferryman\n {4}type: person/);
    await quiet();
    await page.locator('#file').setInputFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('A letter.\n\nThe ferry is slow.\n') });
    await page.locator('#panel form').waitFor({ timeout: PATIENCE });
    await page.keyboard.press('Enter');
    await page.locator('#panel').waitFor({ state: 'hidden', timeout: PATIENCE });
    assert.match(await read('content/sheet.yaml'), /title: letter {2}#/);
    assert.ok((await readdir(path.join(root, 'captures'))).some(name => /^letter.*\.txt$/.test(name)));
    await quiet();
    await page.getByRole('button', { name: 'Home' }).click();
    await page.locator('#article').waitFor();
    await page.evaluate(() => { const area = document.getElementById('article'); const at = area.value.indexOf('bridge') + 6; area.focus(); area.setSelectionRange(at, at); });
    await page.keyboard.press('Enter');
    await page.locator('#panel form').waitFor();
    await page.keyboard.type('petition');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('#panel').waitFor({ state: 'hidden', timeout: PATIENCE });
    assert.match(await read('content/index.md'), /A closed bridge \[@herald-petition\], see/);
  },

  async 'what is wrong is told with its field, and nothing is written'({ page, open, sheet }) {
    await open();
    const old = await sheet();
    await page.locator('#text').focus();
    await page.keyboard.press('n');
    await page.keyboard.press('Enter');
    await page.locator('#panel form').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Nobody of that name');
    await page.keyboard.press('Enter');
    await page.locator('.fault:not([hidden])').waitFor({ timeout: PATIENCE });
    assert.match(await page.locator('.fault').innerText(), /Nobody of that name/);
    assert.equal(await page.locator('[aria-invalid]').count(), 1);
    await page.keyboard.press('Escape');
    await page.locator('#panel').waitFor({ state: 'hidden' });
    assert.equal(await sheet(), old);
  },

  async 'requests of others are refused'({ base, secret, sheet, page }) {
    const old = await sheet();
    const { host, origin } = new URL(base);
    const good = { host, origin, 'x-sourcebook-secret': secret, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const send = (method, where, headers, body = '{"token":1}') => new Promise((done, lost) => {
      const request = http.request(new URL(where, base), { method, headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value)) }, response => {
        response.resume().on('end', () => done({ status: response.statusCode, headers: response.headers }));
      });
      request.on('error', lost).end(method === 'POST' ? body : undefined);
    });
    assert.equal((await send('POST', '/api/apply', good)).status, 409, 'what was not shown is not written');
    for (const [name, changed, status] of [
      ['no secret', { 'x-sourcebook-secret': '' }, 403],
      ['another secret', { 'x-sourcebook-secret': '0'.repeat(32) }, 403],
      ['no origin', { origin: '' }, 403],
      ['another origin', { origin: 'http://evil.example' }, 403],
      ['the preview’s origin', { origin: origin.replace(/\d+$/, port => String(Number(port) + 1)) }, 403],
      ['an opaque origin', { origin: 'null' }, 403],
      ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
      ['another port', { 'sec-fetch-site': 'same-site' }, 403],
      ['another host', { host: 'evil.example' }, 421],
      ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
      ['plain text', { 'content-type': 'text/plain' }, 415],
    ]) {
      for (const what of ['apply', 'propose', 'undo', 'form']) assert.equal((await send('POST', `/api/${what}`, { ...good, ...changed })).status, status, `${name}: ${what}`);
    }
    for (const what of ['source?id=courier', 'names', 'state', 'article?path=content/index.md']) {
      const denied = await send('GET', `/api/${what}`, { host });
      assert.equal(denied.status, 403, what);
      const given = await send('GET', `/api/${what}`, { host, 'x-sourcebook-secret': secret });
      assert.equal(given.status, 200, what);
      assert.equal(given.headers['access-control-allow-origin'], undefined);
      assert.equal(given.headers['cross-origin-resource-policy'], 'same-origin');
      assert.equal(given.headers['x-content-type-options'], 'nosniff');
      assert.match(given.headers['content-security-policy'], /frame-ancestors 'none'/);
    }
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) assert.equal((await send(method, '/api/apply', good)).status, 405, method);
    const filled = (makes, values) => JSON.stringify({ makes, values });
    for (const sheetPath of ['site.toml', '../out.yaml', 'content/../site.yaml', 'content/.hidden.yaml', '/etc/x.yaml', 'content/new/other.yaml', 'captures/x.yaml']) {
      const answer = await send('POST', '/api/propose', good, filled('actor', { id: 'x', name: 'X', type: 'person', sheet: sheetPath }));
      assert.equal(answer.status, 409, sheetPath);
    }
    for (const article of ['site.toml', 'content/sheet.yaml', 'content/../site.toml', 'captures/courier.txt']) {
      assert.equal((await send('POST', '/api/propose', good, filled('cite', { article, at: '0', claim: 'herald-petition' }))).status, 409, article);
      assert.equal((await send('GET', `/api/article?path=${encodeURIComponent(article)}`, good)).status, 409, article);
    }
    // A page of another origin, in a real browser: it learns nothing, and its requests change nothing.
    const other = http.createServer((request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>other</title>')).listen(0, '127.0.0.1');
    await new Promise(done => other.once('listening', done));
    await page.goto(`http://127.0.0.1:${other.address().port}/`);
    const stolen = await page.evaluate(async ([desk, key]) => {
      const tries = [
        () => fetch(`${desk}api/source?id=courier`),
        () => fetch(`${desk}api/source?id=courier`, { headers: { 'x-sourcebook-secret': key } }),
        () => fetch(`${desk}api/undo`, { method: 'POST', body: '{}' }),
        () => fetch(`${desk}api/undo`, { method: 'POST', mode: 'no-cors', body: '{}' }).then(response => { if (response.type !== 'opaque') throw new Error(); return ''; }),
        () => new Promise((done, lost) => { const frame = document.createElement('iframe'); frame.src = desk; frame.onload = () => { try { done(frame.contentDocument.body.innerText); } catch { lost(); } }; document.body.append(frame); }),
      ];
      const found = [];
      for (const attempt of tries) found.push(await attempt().then(async r => (typeof r === 'string' ? r : await r.text()), () => ''));
      return found.join('');
    }, [base, secret]);
    other.close();
    assert.equal(stolen.trim(), '');
    assert.equal(await sheet(), old);
  },
};

const lines = text => text.split('\n');

const at = process.argv.indexOf('--screens');
const screens = at > 0 ? process.argv[at + 1] : null;
const program = process.argv[2] ?? 'target/release/sourcebook';

const given = ({ page, address, root, read }) => {
  const [base, secret] = address.split('#');
  const check = () => new Promise((done, lost) => execFile(program, ['check', '--root', root, '--format', 'short', '--all'], (error, stdout, stderr) => {
    if (error && error.code !== 1) { lost(error); return; }
    done(lines(stdout + stderr).filter(line => /: (error|warning)/.test(line)).map(line => line.replace(/^\S+ /, '')).sort());
  }));
  const number = () => page.evaluate(() => Number(document.body.dataset.number));
  let seen = 0;
  const open = async () => {
    await page.goto(address);
    await page.locator('#text [data-at]').first().waitFor({ timeout: PATIENCE });
    seen = await number();
  };
  // The page has heard of what was written.
  const quiet = async () => {
    await page.waitForFunction(before => Number(document.body.dataset.number) > before, seen, { timeout: PATIENCE });
    seen = await number();
  };
  return { page, open, quiet, read, check, root, base, secret, sheet: () => read('content/sheet.yaml') };
};

async function pictures(browser, address, folder) {
  await mkdir(folder, { recursive: true });
  for (const [name, width, colorScheme] of [['wide-light', 1400, 'light'], ['wide-dark', 1400, 'dark'], ['narrow-light', 390, 'light'], ['narrow-dark', 390, 'dark']]) {
    await withPage(browser, { viewport: { width, height: 900 }, colorScheme }, async page => {
      await page.goto(address);
      await page.locator('#text [data-at]').first().waitFor({ timeout: PATIENCE });
      await page.locator('#text').focus();
      await page.keyboard.press('n');
      await page.screenshot({ path: path.join(folder, `${name}.png`) });
      await page.keyboard.press('Enter');
      await page.locator('.diff pre').waitFor({ timeout: PATIENCE });
      await page.screenshot({ path: path.join(folder, `${name}-form.png`) });
    });
  }
}

const after = (browser, address) => screens && pictures(browser, address, screens);
await drive({ program, command: 'desk', files: FILES, journeys, given, after }).catch(cannot);
