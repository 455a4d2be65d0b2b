// The preview as a writer meets it: node serve.mjs PROGRAM
//
// A copy of a small dossier is served; a sheet is edited, broken and mended, a stylesheet changed, while a page is open in
// Chromium. Exit status as that of run.mjs.

import assert from 'node:assert/strict';
import { cannot, drive } from './lib/drive.mjs';

const PATIENCE = 20_000; // ms, for a change to reach the page

const FILES = {
  'site.toml': 'title = "Small"\nlanguage = "en"\n[captures]\ndir = "captures"\n[serve]\neditor = "zed"\n',
  'content/index.md': '---\ntitle: Home\n---\nWelcome, see [[ann]].\n',
  'content/long.md': `---\ntitle: Long\n---\n${Array.from({ length: 40 }, (_, i) => `## Part ${i}\n\nWords of part ${i}, one after the other.[@said]\n`).join('\n')}`,
  'content/people.yaml': 'actors:\n  ann: { name: Ann, type: person }\n',
  'content/claims.yaml': `sources:
  paper: { title: The paper, type: article-newspaper, published: 2024-05-02, capture: paper.txt }
claims:
  said:
    statement: There were ten.
    by: ann
    on: 2024-05-01
    evidence: { source: paper, quote: there were ten of them, locator: § 2 }
`,
  'captures/paper.txt': `A first paragraph.\n\nAnn said that there were ten of them, and left.${' More words.'.repeat(20)}\n`,
};

const journeys = {
  async 'a changed sheet changes the page, and the page stays where it was'({ page, edit, base }) {
    await page.goto(`${base}long/`);
    await page.evaluate(() => { scrollTo(0, 1500); document.body.dataset.mark = 'old'; for (const d of document.querySelectorAll('details')) d.open = true; });
    await settled(page);
    const before = await page.evaluate(() => ({ y: scrollY, open: document.querySelectorAll('details[open]').length }));
    await edit('content/long.md', 'Words of part 30,', 'Other words of part 30,');
    await page.waitForFunction(() => document.body.innerText.includes('Other words of part 30'), null, { timeout: PATIENCE });
    await settled(page);
    const after = await page.evaluate(() => ({ y: scrollY, open: document.querySelectorAll('details[open]').length }));
    assert.ok(before.y > 0, 'the page is long enough to be scrolled');
    assert.deepEqual(after, before);
  },

  async 'a fault lies over the page until it is mended'({ page, edit, base }) {
    await page.goto(`${base}claims/said/`);
    await listening(page);
    await edit('content/claims.yaml', 'by: ann', 'by: anna');
    const panel = page.locator('#sourcebook-faults .faults:not(.warnings)');
    await panel.waitFor({ state: 'visible', timeout: PATIENCE });
    const text = await panel.innerText();
    assert.match(text, /unknown-id/);
    assert.match(text, /did you mean `ann`\?/);
    assert.match(await panel.locator('a').first().getAttribute('href'), /^zed:\/\/file\/.*content\/claims\.yaml:6:9$/);
    assert.ok((await page.locator('h1').innerText()).includes('There were ten'), 'the last good page is still there');
    await page.goto(`${base}actors/ann/`);
    await panel.waitFor({ state: 'visible', timeout: PATIENCE });
    await edit('content/claims.yaml', 'by: anna', 'by: ann');
    await panel.waitFor({ state: 'hidden', timeout: PATIENCE });
  },

  async 'a stylesheet is swapped, and the page not reloaded'({ page, put, base }) {
    await page.goto(`${base}long/`);
    await listening(page);
    await page.evaluate(() => { document.body.dataset.mark = 'kept'; });
    await put('themes/default/static/more.css', 'h1 { color: rgb(1, 2, 3); }');
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)', null, { timeout: PATIENCE });
    assert.equal(await page.evaluate(() => document.body.dataset.mark), 'kept');
    await page.waitForFunction(() => document.querySelectorAll('link[rel=stylesheet]').length === 1, null, { timeout: PATIENCE });
  },

  async 'beside a quote stands the capture around it'({ page, base }) {
    await page.goto(`${base}claims/said/`);
    const button = page.locator('.sourcebook-passage button').first();
    await button.click({ timeout: PATIENCE });
    const passage = page.locator('.sourcebook-passage .text').first();
    await passage.locator('mark').waitFor({ timeout: PATIENCE });
    assert.equal(await passage.locator('mark').innerText(), 'there were ten of them');
    assert.match(await passage.innerText(), /A first paragraph\.[\s\S]*and left/);
    assert.equal(await button.innerText(), 'capture, § 2');
  },
};

/** The page has heard the server once. */
const listening = page => page.waitForLoadState('load').then(() => new Promise(done => setTimeout(done, 300)));

/** Scroll and layout stay as they are for a while. */
const settled = page => page.evaluate(() => document.fonts.ready.then(() => new Promise(done => setTimeout(done, 300))));

const given = ({ page, faults, address, put, read }) => {
  // Chromium asks every host for an icon, which a build does not write.
  const counts = message => message.type() === 'error' && !message.location().url.endsWith('/favicon.ico');
  page.on('console', message => { if (counts(message)) faults.push(message.text()); });
  const edit = async (name, from, to) => {
    const text = await read(name);
    assert.ok(text.includes(from), `${name} has no ${from}`);
    await put(name, text.replace(from, to));
  };
  return { page, put, edit, base: address };
};

const program = process.argv[2] ?? 'target/release/sourcebook';
await drive({ program, command: 'serve', files: FILES, journeys, given }).catch(cannot);
