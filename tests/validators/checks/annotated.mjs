// What annotations say of a text that the site publishes is found on its page, as the Apache Annotator finds it: the words
// with what stands before and behind them, and those of sources whose only page is ours.

import path from 'node:path';
import { createTextQuoteSelectorMatcher } from '@apache-annotator/dom';
import { JSDOM } from 'jsdom';

// The library is written for browsers, where these are at hand.
Object.assign(globalThis, (({ Node, NodeFilter }) => ({ Node, NodeFilter }))(new JSDOM('').window));

/**
 * On each page so many are looked for among its elements, where one takes seconds; the others in its words as one node, where
 * the same program finds the same words, and as many times, in no time.
 */
const AMONG_ELEMENTS = 2;

/** Problems, in words. */
export default async function annotated(site) {
  const { first } = await site.json('data/annotations.jsonld');
  const pages = new Map(), problems = [];
  let found = 0;
  for (const { id, target } of first.items) {
    for (const { source, selector } of [target].flat()) {
      const file = own(first.id, source);
      if (!file) continue;
      if (!pages.has(file)) pages.set(file, { main: new JSDOM(await site.read(file)).window.document.querySelector('main'), tried: 0 });
      const page = pages.get(file);
      if (page.tried++ === AMONG_ELEMENTS) page.main.textContent = page.main.textContent;
      const matches = await all(createTextQuoteSelectorMatcher(selector)(page.main));
      const exact = matches.filter(range => range.toString() === selector.exact);
      if (exact.length === 0) problems.push(`${id}: ${JSON.stringify(selector)} is not found on ${file}`);
      else if (selector.prefix && exact.length > 1) problems.push(`${id}: is found ${exact.length} times on ${file}`);
      else found++;
    }
  }
  console.log(`validators: ${found} selectors of annotations found on our own pages`);
  if (found === 0 && problems.length === 0 && site.name === 'fixture') problems.push('no annotation of the fixture is of a page of ours');
  return problems;
}

async function all(matches) {
  const found = [];
  for await (const match of matches) found.push(match);
  return found;
}

/** The file of the site that an address names, if it is one of ours. */
function own(file, source) {
  const base = new URL('.', new URL(file, 'https://relative.example/data/'));
  const site = new URL('..', base);
  const url = new URL(source, base);
  if (url.origin !== site.origin || !url.pathname.startsWith(site.pathname)) return undefined;
  const name = decodeURIComponent(url.pathname.slice(site.pathname.length));
  return name.endsWith('/') || name === '' ? path.posix.join(name, 'index.html') : name;
}
