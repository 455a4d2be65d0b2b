// What a reader mode leaves of a page (Mozilla's Readability, as Firefox has it), and what a copy of its words holds.
//
// A page that loses whose words something is says more than it did. So of every page all quotes, all who speak, all values of
// answers and the editors' judgement must be among what is left, each as often as on the page; and no note's number may
// run into the word before it.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { withPage } from '../lib/browser.mjs';
import { fault } from '../lib/fault.mjs';
import { readPage } from '../lib/parse.mjs';

const READABILITY = createRequire(import.meta.url).resolve('@mozilla/readability/Readability.js');
/** What carries meaning, by the classes of the default theme. */
const KINDS = {
  quote: 'blockquote, .quote, q',
  speaker: '.voice, .fig-who, .speaker, .tally .voices',
  value: '.answer > .value, .tally .value, .fig-value',
  judgement: '.assessment .verdict, .assessment > p',
};
/** What is made for machines, or hidden from whoever listens. */
const NOT = 'details.cite, details.yaml, [aria-hidden="true"]';

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function reader({ site, browser }) {
  const library = await readFile(READABILITY, 'utf8');
  const faults = [], kept = new Map(Object.keys(KINDS).map(kind => [kind, [0, 0]]));
  let checked = 0;
  await withPage(browser, {}, async page => {
    await page.evaluate(`${library}; globalThis.Readability = Readability;`);
    for (const name of site.pages) {
      const html = await readFile(path.join(site.dir, name), 'utf8');
      if (readPage(html).refresh) continue;
      checked++;
      const { lost, counts, glued } = await page.evaluate(judge, { html, kinds: KINDS, not: NOT });
      for (const [kind, [left, all]] of Object.entries(counts)) kept.set(kind, [kept.get(kind)[0] + left, kept.get(kind)[1] + all]);
      for (const [kind, text] of lost) faults.push(fault(name, undefined, `lost-${kind}`, `reader mode leaves out: ${text.slice(0, 80)}`));
      for (const text of glued) faults.push(fault(name, undefined, 'glued-number', `a note's number runs into the text: ${text}`));
    }
  });
  const told = [...kept].map(([kind, [left, all]]) => `${kind}s ${left} of ${all}`).join(', ');
  return { unit: 'pages', checked, faults, told: `kept: ${told}` };
}

/** Runs in the browser, on a document that is only read: no script of the page runs. */
function judge({ html, kinds, not }) {
  const plain = text => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  const words = element => {
    const copy = element.cloneNode(true);
    for (const mute of copy.querySelectorAll('[aria-hidden="true"]')) mute.remove();
    return plain(copy.textContent);
  };
  const read = text => new DOMParser().parseFromString(text, 'text/html');
  const original = read(html), main = original.querySelector('main');
  if (!main) return { lost: [], counts: {}, glued: [] };
  const found = new globalThis.Readability(read(html)).parse();
  const left = found ? plain(read(found.content).body.textContent) : '';
  const lost = [], counts = {};
  for (const [kind, selector] of Object.entries(kinds)) {
    const seen = new Map(), all = [...main.querySelectorAll(selector)].filter(e => !e.closest(not)).map(words).filter(Boolean);
    let kept = 0;
    for (const text of all) {
      const turn = (seen.get(text) ?? 0) + 1;
      seen.set(text, turn);
      if (left.split(text).length > turn) kept++; else lost.push([kind, text]);
    }
    counts[kind] = [kept, all.length];
  }
  const marks = [...main.querySelectorAll('sup.note, sup.remark')].map(mark => mark.textContent);
  // A page with few words that Readability gives up on is shown whole by a browser: nothing is left out of it.
  return { lost: found ? lost : [], counts, glued: marks.filter(text => !/^\[.*\]$/.test(text)) };
}
