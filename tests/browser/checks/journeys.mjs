// What readers do, with the keyboard alone and without JavaScript, from the first page to the last.
//
// A journey is a function that throws where it cannot go on. It takes whatever pages of the site it can be made on; where a
// site that our program built (it has a search index) has none, that is a fault.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axeCore from 'axe-core/axe.min.js';
import { open, withPage } from '../lib/browser.mjs';
import { fault } from '../lib/fault.mjs';
import { encoded } from '../lib/site.mjs';

const HEAD = 'assets/search/index.js';
/** What is typed, and what it must find if the dossier names it. */
const TYPED = [['seoul', 'Séoul'], ['poutine', 'Poutine'], ['l onu', 'ONU'], ['coreens', 'coréens'], ['11000', '11 000']];

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function journeys({ site, browser, server, only }) {
  const names = Object.keys(JOURNEYS).filter(name => !only || name === only);
  if (!site.files.has(HEAD)) return { unit: 'journeys', checked: 0, faults: [] };
  const entries = await readEntries(site);
  const faults = [];
  for (const name of names) {
    const { from, script = true, run } = JOURNEYS[name];
    const start = await from(site);
    if (!start) { faults.push(fault(name, undefined, 'missing', 'the site has no page to make this journey on')); continue; }
    const problem = await withPage(browser, { javaScriptEnabled: script, viewport: { width: 1280, height: 800 } }, async page => {
      const said = [];
      page.on('console', message => { if (message.type() === 'error') said.push(message.text()); });
      page.on('pageerror', error => said.push(String(error)));
      page.setDefaultTimeout(5_000);
      try { await run({ page, start, site, entries, url: file => server.base + encoded(file) }); } catch (error) { return error.message.split('\n').slice(0, 3).join(' '); }
      return said[0];
    });
    if (problem) faults.push(fault(name, undefined, 'broken-journey', `${start}: ${problem}`));
  }
  return { unit: 'journeys', checked: names.length, faults };
}

/** The first page below a folder that holds a text. */
const pageWith = (folder, pattern) => async site => {
  for (const file of site.pages.filter(f => f.startsWith(folder))) if (pattern.test(await readFile(path.join(site.dir, file), 'utf8'))) return file;
  return undefined;
};
const article = pageWith('articles/', /role="doc-noteref"/);
const home = async site => site.pages.find(f => f === 'index.html');

export const JOURNEYS = {
  'keyboard: read a note and come back': { from: article, run: async ({ page, start, url }) => {
    await open(page, url(start));
    const mark = await tabTo(page, 'sup.note a');
    // Where the note stands in the margin, it is lit there; elsewhere it comes as a preview.
    await page.waitForFunction(() => [...document.querySelectorAll('#preview, .side.is-lit')].some(e => e.checkVisibility())).catch(() => { throw new Error('neither margin nor preview shows the note whose mark has the focus'); });
    await page.keyboard.press('Enter');
    must(new URL(page.url()).hash === mark.hash, `Enter on the mark leads to ${page.url()}`);
    await inView(page, mark.hash);
    await page.keyboard.press('Tab');
    const back = await page.evaluate(() => document.activeElement.getAttribute('role'));
    must(back === 'doc-backlink', `the first stop within the note is ${back}`);
    await page.keyboard.press('Enter');
    await inView(page, `#${mark.id}`);
    must(await page.evaluate(id => document.activeElement.id === id, mark.id), 'the mark has not got the focus back');
  } },
  'keyboard: dismiss the preview of a note': { from: article, run: async ({ page, start, url }) => {
    await page.setViewportSize({ width: 900, height: 800 });
    await open(page, url(start));
    const mark = await tabTo(page, 'sup.note a');
    await visible(page, '#preview', 'no preview of the note whose mark has the focus');
    await page.keyboard.press('Escape');
    must(await page.locator('#preview').isHidden(), 'Escape leaves the preview open');
    must(await page.evaluate(id => document.activeElement.id === id, mark.id), 'the mark has lost the focus');
  } },
  'keyboard: search from anywhere and open': { from: article, run: async ({ page, start, url, entries }) => {
    const expected = TYPED.filter(([, name]) => entries.some(e => plain(e.label).includes(plain(name))));
    must(expected.length > 1, `the dossier names none of ${TYPED.map(([, name]) => name)}`);
    for (const [typed, name] of expected) {
      await open(page, url(start));
      await type(page, typed);
      const found = await page.locator('dialog [role=option]').allTextContents();
      must(found.some(text => plain(text).includes(plain(name))), `"${typed}" finds ${found.length} results, none with ${name}`);
      must(/\d/.test(await page.locator('dialog [role=status]').textContent()), 'the number of results is not told');
      const chosen = await page.evaluate(() => {
        const id = document.activeElement.getAttribute('aria-activedescendant');
        return document.getElementById(id)?.href;
      });
      must(chosen, 'no result is chosen');
      await Promise.all([page.waitForURL(chosen), page.keyboard.press('Enter')]);
      must(await page.locator('h1').count() === 1, `${page.url()} is no page`);
    }
  } },
  'keyboard: choose a result, turn the key off, go back': { from: article, run: async ({ page, start, url, entries }) => {
    await open(page, url(start));
    await type(page, first(entries));
    const at = () => page.evaluate(() => document.activeElement.getAttribute('aria-activedescendant'));
    const before = await at();
    await page.keyboard.press('ArrowDown');
    must(await page.locator('[role=option]').count() < 2 || before !== await at(), 'the arrow chooses no other result');
    await page.keyboard.press('ArrowUp');
    must(before === await at(), 'the arrow does not come back');
    await page.evaluate(axeCore.source);
    const violations = await page.evaluate(async () => (await globalThis.axe.run(document)).violations.map(v => `${v.id}: ${v.nodes[0].target}`));
    must(violations.length === 0, `with the search open: ${violations.join('; ')}`);
    await tabTo(page, 'dialog [type=checkbox]');
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    must(await page.locator('dialog[open]').count() === 0, 'Escape leaves the search open');
    await page.keyboard.press('/');
    must(await page.locator('dialog[open]').count() === 0, 'the key was turned off and opens the search');
    await tabTo(page, '[data-search]');
    await page.keyboard.press('Enter');
    must(await page.locator('dialog[open]').count() === 1, 'the button does not open the search');
  } },
  'search: every kind, in capitals and without accents': { from: home, run: async ({ page, start, url, entries }) => {
    await open(page, url(start));
    await page.keyboard.press('/');
    for (const folder of new Set(entries.map(e => e.folder))) {
      const entry = entries.find(e => e.folder === folder);
      for (const typed of [entry.label.toUpperCase(), plain(entry.label)]) {
        await page.locator('dialog [role=combobox]').fill(typed);
        await settled(page, typed);
        const hrefs = await page.locator('dialog [role=option]').evaluateAll(all => all.map(a => a.getAttribute('href')));
        must(hrefs.some(href => href.endsWith(`${entry.folder}${entry.path}/index.html`)), `"${typed}" does not find ${entry.path}: ${hrefs}`);
      }
    }
    await page.locator('dialog [role=combobox]').fill('zzzzqqqq');
    await page.waitForFunction(() => document.querySelectorAll('dialog [role=option]').length === 0);
  } },
  'search: a figure however it is spaced, a name misspelt, a day': { from: home, run: async ({ page, start, url, entries }) => {
    await open(page, url(start));
    await page.keyboard.press('/');
    const found = async typed => {
      await page.locator('dialog [role=combobox]').fill(typed);
      await settled(page, typed);
      return page.locator('dialog [role=option]').evaluateAll(all => all.map(a => a.getAttribute('href')).join(' '));
    };
    const figure = entries.map(e => plain(e.label).match(/(?<!\d)\d{1,3} \d{3}(?!\d)/)?.[0]).find(Boolean);
    if (figure) {
      const spaced = await Promise.resolve(found(figure));
      for (const sign of ['', '.', ',', '’', '\u202f']) must(await found(figure.replace(' ', sign)) === spaced, `"${figure.replace(' ', sign)}" finds other pages than "${figure}"`);
    }
    // A letter left out in the middle of a long word still finds what has the word.
    const word = entries.map(e => plain(e.label).match(/[a-z]{7,}/)?.[0]).find(Boolean);
    const misspelt = word.slice(0, 3) + word.slice(4);
    must((await found(misspelt)).length > 0, `"${misspelt}" finds nothing near`);
    const day = entries.find(e => e.folder === 'as-of/');
    if (day) must((await found(plain(day.label))).includes(`as-of/${day.path}/`), `"${day.label}" does not find its page`);
  } },
  'search: from a file': { from: article, run: async ({ page, start, site, entries }) => {
    await open(page, pathToFileURL(path.join(site.dir, start)).href);
    await type(page, first(entries));
    const option = page.locator('dialog [role=option]').first();
    const href = await option.evaluate(a => a.href);
    await Promise.all([page.waitForURL(href), option.click()]);
    must(await page.locator('h1').count() === 1, `${page.url()} is no page`);
  } },
  'keyboard: filter a table': { from: pageWith('', /data-filter="rows"/), run: async ({ page, start, url }) => {
    await open(page, url(start));
    const rows = page.locator('#rows tr');
    const all = await rows.count();
    // Of the names in the rows one that not all of them have.
    const names = await rows.locator('a').allTextContents();
    const texts = await rows.allTextContents();
    const name = names.slice(Math.floor(names.length / 2)).concat(names).find(name => plain(name).length > 2 && !texts.every(text => text.includes(name)));
    must(name, 'every row has every name');
    await tabTo(page, '[data-filter]');
    await page.keyboard.type(plain(name));
    const left = await rows.evaluateAll(list => list.filter(row => !row.hidden).map(row => row.textContent));
    must(left.length > 0 && left.length < all, `"${plain(name)}" leaves ${left.length} rows of ${all}`);
    must(left.some(text => text.includes(name)), `"${plain(name)}" hides ${name}`);
    must(/\d/.test(await page.locator('output').first().textContent()), 'the number of rows left is not told');
  } },
  'keyboard: the chosen scheme is remembered': { from: article, run: async ({ page, start, url }) => {
    await open(page, url(start));
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await paper();
    await tabTo(page, '[data-scheme]:not(html)');
    await page.keyboard.press('Enter');
    const after = await paper();
    must(before !== after, 'the switch changes no colour');
    await open(page, url('index.html'));
    must(await paper() === after, 'the next page has forgotten it');
  } },
  'from a sentence to the words in no step, or one': { from: article, run: async ({ page, start, url }) => {
    await open(page, url(start));
    // In the margin, at once; on a phone, by a tap on the mark.
    await page.waitForFunction(() => [...document.querySelectorAll('.side .quote, .side q')].some(e => e.checkVisibility())).catch(() => { throw new Error('no words stand in the margin'); });
  } },
  'share one sentence in two steps': { from: article, run: async ({ page, start, url }) => {
    await page.setViewportSize({ width: 900, height: 800 });
    await open(page, url(start));
    await tabTo(page, 'sup.note a');
    await visible(page, '#preview .preview-copy', 'no way to share the sentence whose mark has the focus');
    await page.locator('#preview .preview-copy').click();
    const hash = await page.evaluate(() => location.hash);
    must(/^#s-[a-z2-9]{8}/.test(hash), `the address of the sentence is ${hash}`);
    await page.setViewportSize({ width: 360, height: 700 });
    await page.goto('about:blank');
    await open(page, url(start) + hash);
    await visible(page, '#preview .preview-share', 'the address of a sentence does not open its note');
    await page.mouse.move(100, 100);
    await page.keyboard.press('Escape');
    must(await page.locator('#preview').isHidden(), 'Escape leaves the note open');
  } },
  'the margin follows reading: words, the way to the speaker, what others answer': { from: article, run: async ({ page, start, url }) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    const fetched = [];
    await open(page, url(start));
    page.on('request', request => fetched.push(request.url()));
    const [told, texts] = [new Set(), new Set()];
    for (let step = 0; step < 13; step += 1) {
      // A page that is too short to be scrolled is read with the pointer.
      if (step < 12) await page.mouse.wheel(0, 300);
      else await page.locator('.prose sup.note a').first().hover();
      await page.waitForTimeout(step < 12 ? 120 : 600);
      const found = await page.evaluate(() => {
        const pane = document.querySelector('.pane');
        const box = pane?.getBoundingClientRect();
        return pane && { text: pane.textContent, quote: Boolean(pane.querySelector('.quote, .note-text')), chain: pane.querySelectorAll('.chain li').length, others: pane.querySelectorAll('.others li.is-own').length, seen: box.right <= innerWidth };
      });
      if (!found) continue;
      must(found.seen, 'the pane reaches out at the right');
      must(found.quote, 'the pane has no words');
      if (found.chain > 1) told.add('chain');
      if (found.others > 0) told.add('others');
      texts.add(found.text);
    }
    // A page that is too short to be scrolled far has one sentence under the eye.
    const isLong = await page.evaluate(() => document.documentElement.scrollHeight > 3 * innerHeight);
    must(texts.size > (isLong ? 1 : 0), 'no pane follows the reading');
    must(told.has('chain'), 'no pane gives the way from the speaker to the page');
    must(told.has('others'), 'no pane gives what others answer');
    must(fetched.length === 0, `reading fetches ${fetched}`);
    const mark = await tabTo(page, '.prose sup.note a');
    await visible(page, '#preview .preview-body', 'the keyboard has no preview beside the margin');
    await page.keyboard.press('Tab');
    must(await page.evaluate(() => document.querySelector('#preview').contains(document.activeElement)), 'the Tab key does not walk into the preview');
    await page.keyboard.press('Escape');
    must(await page.evaluate(id => document.activeElement.id === id, mark.id), 'the mark has not got the focus back');
  } },
  'what a sentence rests on stays beside it': { from: article, run: async ({ page, start, url }) => {
    await page.setViewportSize({ width: 1280, height: 320 });
    await open(page, url(start));
    let moved = 0;
    for (let step = 0; step < 60; step += 1) {
      await page.mouse.wheel(0, 40);
      await page.waitForTimeout(40);
      const found = await page.evaluate(() => {
        const box = document.querySelector('.pane')?.getBoundingClientRect();
        const rail = document.querySelector('.pane-rail')?.getBoundingClientRect();
        return box && { above: -box.top, below: box.bottom - innerHeight, left: rail.bottom - Math.max(0, rail.top) - box.height, moved: box.top - rail.top };
      });
      if (!found) continue;
      must(found.left < 16 || (found.above < 1 && found.below < 1), 'the pane scrolls away while its sentence serves');
      moved += found.moved > 1;
    }
    must(moved > 0, 'no pane follows the reading');
  } },
  'keyboard: choose rows by a facet': { from: pageWith('', /data-choices=/), run: async ({ page, start, url }) => {
    await open(page, url(start));
    await tabTo(page, '.facet select');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter').catch(() => {});
    const chosen = await page.evaluate(() => document.activeElement.selectedOptions?.[0].textContent ?? '');
    const count = Number(/\((\d+)\)$/.exec(chosen)?.[1]);
    must(count > 0, `the arrow chooses ${chosen || 'nothing'}`);
    const left = await page.locator('#rows tbody tr').evaluateAll(rows => rows.filter(row => !row.hidden).length);
    must(left === count, `"${chosen}" leaves ${left} rows`);
    must((await page.locator('.filter output').first().textContent()).startsWith(String(count)), 'the number of rows left is not told');
  } },
  'any day, with the keyboard': { from: pageWith('as-of/', /class="any-day"/), run: async ({ page, start, url }) => {
    await open(page, url(start));
    const days = await page.locator('.any-day [data-day]').evaluateAll(all => all.map(item => [item.dataset.day, item.querySelector('a').href]));
    const next = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);
    const wanted = days.map(([day, href]) => [next(day, 1), href]).filter(([day], n) => !days[n + 1] || day < days[n + 1][0]);
    for (const [day, href] of [[days[0][0], days[0][1]], ...wanted.slice(-2)]) {
      await page.locator('.any-day input').fill(day);
      await page.locator('.any-day button').focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(address => location.href.split('#')[0] === address, href).catch(() => { throw new Error(`${day} leads to ${page.url()}, not to ${href}`); });
      if (day !== days[0][0]) await page.waitForFunction(() => /\d{4}/.test(document.querySelector('.any-day output').textContent)).catch(() => { throw new Error(`${day}: nothing says which day was asked for`); });
    }
    await page.locator('.any-day input').fill(next(days[0][0], -1));
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /\d{4}/.test(document.querySelector('.any-day output').textContent)).catch(() => { throw new Error('before the first day nothing is told'); });
  } },
  'what two texts share, and who stands behind both, in two steps': { from: home, script: false, run: async ({ page, start, url }) => {
    await page.goto(url(start));
    await Promise.all([page.waitForURL(/sources\//), page.locator('.mainnav a[href*="sources/"]').click()]);
    await Promise.all([page.waitForURL(/compare\//), page.locator('.choice a').first().click()]);
    must(await page.locator('[data-how] [data-question]').count() > 0, `${page.url()} has no common question`);
    must(await page.locator('#voices').isVisible(), `${page.url()} does not say who stands behind both`);
    must(await page.locator('[data-how] blockquote').first().isVisible(), `${page.url()} does not give their words`);
  } },
  'what was known on a day, in two steps': { from: home, script: false, run: async ({ page, start, url }) => {
    await page.goto(url(start));
    await Promise.all([page.waitForURL(/as-of\//), page.locator('a[href*="as-of/"]').last().click()]);
    must(await page.locator('[data-answer]').count() > 0, `${page.url()} tells no answer`);
  } },
  'no JavaScript: from a sentence to its source in two clicks': { from: article, script: false, run: async ({ page, start, url }) => {
    await page.goto(url(start));
    const mark = page.locator('sup.note a').first();
    const target = await mark.getAttribute('href');
    await mark.click();
    const note = page.locator(target);
    must(await note.isVisible(), `${target} cannot be seen`);
    must((await note.locator('.quote').first().textContent()).trim().length > 3, 'the note does not give the exact words');
    const source = note.locator('a[href*="sources/"]').first();
    await Promise.all([page.waitForURL(/sources\//), source.click()]);
    must(await page.locator('h1').isVisible(), `${page.url()} is no page`);
    must(await page.locator('[data-search]').isHidden(), 'a search that cannot work is offered');
  } },
};

function must(holds, otherwise) { if (!holds) throw new Error(otherwise); }

/** Presses Tab until an element has the focus; as a reader would, it must be seen. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 400; presses++) {
    await page.keyboard.press('Tab');
    const met = await page.evaluate(s => {
      const e = document.activeElement;
      return e.matches(s) ? { id: e.id, hash: e.hash, seen: e.checkVisibility() } : null;
    }, selector);
    if (met) { must(met.seen, `${selector} has the focus and cannot be seen`); return met; }
  }
  throw new Error(`Tab never reaches ${selector}`);
}

const visible = (page, selector, otherwise) => page.locator(selector).waitFor({ state: 'visible' }).catch(() => { throw new Error(otherwise); });

async function inView(page, selector) {
  await page.waitForFunction(s => {
    const box = document.querySelector(s).getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }, selector).catch(() => { throw new Error(`${selector} is not on the screen`); });
}

/** Opens the search with its key and types; waits for the results. */
async function type(page, typed) {
  await page.keyboard.press('/');
  await visible(page, 'dialog[open] [role=combobox]', '/ does not open the search');
  await page.keyboard.type(typed);
  await settled(page, typed);
}

const settled = (page, typed) => page.waitForFunction(() => {
  const option = document.querySelector('dialog [role=option]');
  return option && document.querySelector('dialog [role=status]').textContent;
}).then(() => page.waitForTimeout(150)).catch(() => { throw new Error(`"${typed}" finds nothing`); });

/** Without accents, with plain spaces and marks. */
const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[\s\u202f]+/g, ' ').replace(/[’']/g, ' ').toLowerCase();
const first = entries => plain(entries.find(e => e.folder).label.split(/\s/)[0]);

/** What the index holds, read as its scripts would be run. */
async function readEntries(site) {
  const parts = {};
  const names = [...site.files.keys()].filter(f => f.startsWith('assets/search/'));
  for (const name of names) {
    const text = await readFile(path.join(site.dir, name), 'utf8');
    new Function('sourcebookSearch', text)((part, n, value) => { parts[`${part}-${n}`] = value; });
  }
  const { kinds, labels } = parts['head-0'];
  const folders = kinds.flatMap(([, folder, count]) => Array(count).fill(folder));
  return folders.map((folder, i) => {
    const [entryPath, label] = parts[`labels-${Math.floor(i / labels)}`].slice(i % labels * 3);
    return { folder, path: entryPath, label };
  });
}
