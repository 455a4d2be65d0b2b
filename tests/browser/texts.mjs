// The full-text search as a reader meets it: node texts.mjs PROGRAM
//
// A small dossier with `full_text = true` is built; a word that stands in no title, name or summary is looked for, below a
// sub-path and under the policy of `_headers`. From file://, where a browser loads no module, the quick search goes on as ever.
// Exit status as that of run.mjs.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, open, withPage } from './lib/browser.mjs';
import { buildFixture } from './lib/fixture.mjs';
import { serve } from './lib/server.mjs';
import { openSite } from './lib/site.mjs';

const WORD = 'réverbères';
const FILES = {
  'lampes.md': `---\ntitle: Une nuit\n---\n## Le soir\n\nOn alluma les ${WORD} & l’on compta <!-- uncited: a test -->cinq lampes, 1 < 2.<!-- uncited: a test -->\n`,
  'brouillon.md': `---\ntitle: Brouillon\ndraft: true\n---\nEncore des ${WORD}.<!-- uncited: a test -->\n`,
};

const option = page => page.locator('dialog [role=option]');
const type = async (page, typed) => {
  await page.keyboard.press('/');
  await page.locator('dialog [role=combobox]').waitFor();
  await page.keyboard.type(typed);
};
const status = page => page.locator('dialog [role=status]').textContent();

const journeys = {
  async 'a word of the text alone is found and opened with the keyboard'({ page, base }) {
    for (const typed of [WORD, 'REVERBERE', 'reverberes']) {
      await open(page, `${base}actors/index.html`);
      await type(page, typed);
      await option(page).first().waitFor();
      assert.equal(await option(page).count(), 1, typed);
      const row = option(page).first();
      assert.equal(await row.locator('.label').textContent(), 'Une nuit');
      assert.equal(await row.locator('mark').first().textContent(), WORD);
      assert.match(await row.locator('small').textContent(), /^Article\. .*alluma les .* & l.on compta cinq lampes, 1 < 2/);
      assert.match(await status(page), /1/);
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-activedescendant')), 'search-0');
      await Promise.all([page.waitForURL(`${base}lampes/index.html`), page.keyboard.press('Enter')]);
      assert.equal(await page.locator('h1').textContent(), 'Une nuit');
    }
  },

  async 'texts come after titles, and the arrows reach them'({ page, base }) {
    await open(page, `${base}index.html`);
    await type(page, 'lampes');
    await page.locator('#search-kind-texts').waitFor();
    const before = await option(page).count();
    const hrefs = await option(page).evaluateAll(rows => rows.map(row => row.href));
    assert.equal(new Set(hrefs).size, before, 'nothing is shown twice');
    for (let n = 1; n < before; n++) await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-activedescendant')), `search-${before - 1}`);
    assert.equal(await option(page).last().getAttribute('aria-selected'), 'true');
  },

  async 'what is nowhere is told'({ page, base }) {
    await open(page, `${base}index.html`);
    await type(page, 'xyzzyq');
    await page.waitForFunction(() => document.querySelector('dialog [role=status]').textContent !== '');
    assert.equal(await option(page).count(), 0);
    assert.equal(await status(page), await page.locator('dialog').getAttribute('data-none'));
  },

  async 'nothing of it is loaded before a reader searches'({ page, base }) {
    const asked = [];
    page.on('request', request => asked.push(request.url()));
    await open(page, `${base}lampes/index.html`);
    await page.keyboard.press('/');
    await page.locator('dialog [role=combobox]').waitFor();
    assert.deepEqual(asked.filter(url => url.includes('/pagefind/')), []);
    await page.keyboard.type(WORD);
    await option(page).first().waitFor();
    assert.ok(asked.some(url => url.endsWith('/pagefind/pagefind.js')));
    assert.deepEqual(asked.filter(url => !url.startsWith(base)), [], 'nothing from elsewhere');
  },

  async 'from file:// the quick search serves'({ page, dir }) {
    await open(page, pathToFileURL(path.join(dir, 'lampes/index.html')).href);
    await type(page, 'nuit');
    await option(page).first().waitFor();
    assert.match(await option(page).first().textContent(), /Une nuit/);
    assert.equal(await page.locator('#search-kind-texts').count(), 0);
  },
};

async function main(program) {
  if (!program) throw new Error('usage: node texts.mjs PROGRAM');
  const work = await mkdtemp(path.join(tmpdir(), 'sourcebook-texts-'));
  let passed = 0, failed = 0;
  try {
    const dir = await buildFixture(program, work, 'site', { publish: '[search]\nfull_text = true', files: FILES });
    const site = await openSite(dir);
    const server = await serve(site);
    const browser = await launch().catch(error => { server.close(); throw error; });
    for (const [name, journey] of Object.entries(journeys)) {
      const said = [];
      try {
        await withPage(browser, {}, page => {
          page.setDefaultTimeout(10_000);
          page.on('console', message => { if (message.type() === 'error') said.push(message.text()); });
          page.on('pageerror', error => said.push(String(error)));
          return journey({ page, base: server.base, dir });
        });
        assert.deepEqual(said, [], 'nothing is wrong in the console');
        passed++;
      } catch (error) {
        failed++;
        console.log(`texts: ${name}: FAILED: ${error.message}\n${said.join('\n')}`);
      }
    }
    await browser.close();
    await server.close();
    const headers = await readFile(path.join(dir, '_headers'), 'utf8');
    if (headers.includes("script-src 'self' 'wasm-unsafe-eval';")) passed++; else { failed++; console.log('texts: _headers does not allow WebAssembly'); }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

main(process.argv[2]).catch(error => {
  console.error(`cannot run: ${error.stack}`);
  console.log('0 passed, 1 failed');
  process.exitCode = 2;
});
