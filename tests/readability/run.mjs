// Quotes found on the test pages of Mozilla's Readability: node run.mjs PROGRAM TEST_PAGES [--show N]
//
// TEST_PAGES is `test/test-pages` of a checkout of github.com/mozilla/readability; nothing is fetched, and `tests/run` does
// not run this (the pages are other people's, 20 MB of them). Two kinds of quotes are looked up in each `source.html`:
//
// - reader: of each paragraph of `expected.html`, what a reader-mode finds to be the story, twelve words from its third on;
// - seen: lines of what Chromium shows of the page (`innerText`, scripts off), at most twenty a page.
//
// Prints how many are found, and where they stand; fails below the figures of docs/captures.md.

import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { each, launch } from '../browser/lib/browser.mjs';

const LEAST = { reader: 0.995, seen: 0.98 };
const MOST = 20;
const [program, pages, , shown = '0'] = process.argv.slice(2);

/** Runs in the page: the texts of its paragraphs that hold no other. */
const paragraphs = () => [...document.querySelectorAll('p, li, blockquote')].filter(e => !e.querySelector('p, li, blockquote, div, table'))
  .map(e => e.innerText.replace(/\s+/g, ' ').trim());
const lines = () => document.body.innerText.split('\n').map(line => line.replace(/\s+/g, ' ').trim());

const words = text => text.split(' ').filter(Boolean);

/** Some of a list, evenly spread. */
const spread = (list, most) => (list.length <= most ? list : Array.from({ length: most }, (_, i) => list[Math.floor(i * list.length / most)]));

async function textOf(browser, file, run) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const tab = await context.newPage();
    await tab.route('**', route => (route.request().isNavigationRequest() ? route.continue() : route.abort()));
    await tab.goto(pathToFileURL(file).href, { waitUntil: 'domcontentloaded', timeout: 60_000 });
    // With scripts off, what the page itself runs; what we ask for runs all the same.
    return await tab.evaluate(run);
  } finally { await context.close(); }
}

async function quotesOf(browser, name) {
  const file = kind => path.join(pages, name, kind);
  const reader = (await textOf(browser, file('expected.html'), paragraphs)).map(words).filter(w => w.length >= 15).map(w => w.slice(2, 14).join(' '));
  const seen = (await textOf(browser, file('source.html'), lines)).filter(line => words(line).length >= 8).map(line => words(line).slice(0, 14).join(' '));
  return { reader: spread([...new Set(reader)], MOST), seen: spread([...new Set(seen)], MOST) };
}

async function main() {
  const names = (await readdir(pages)).filter(name => existsSync(path.join(pages, name, 'source.html'))).sort();
  const work = await mkdtemp(path.join(tmpdir(), 'sourcebook-readability-'));
  const browser = await launch();
  try {
    const quotes = await each(names, name => quotesOf(browser, name).catch(error => ({ error: error.message })));
    for (const [i, { error }] of quotes.entries()) if (error) console.log(`${names[i]}: ${error}`);
    await Promise.all(['content', 'captures'].map(folder => mkdir(path.join(work, folder))));
    const sources = [], claims = [];
    for (const [i, name] of names.entries()) {
      await copyFile(path.join(pages, name, 'source.html'), path.join(work, 'captures', `${i}.html`));
      sources.push(`  s${i}: { title: ${JSON.stringify(name)}, capture: ${i}.html }`);
      for (const kind of ['reader', 'seen']) for (const [n, quote] of (quotes[i][kind] ?? []).entries()) {
        claims.push(`  ${kind}-${i}-${n}: { statement: S., evidence: { source: s${i}, quote: ${JSON.stringify(quote)} } }`);
      }
    }
    await writeFile(path.join(work, 'site.toml'), 'title = "T"\nlanguage = "en"\n[captures]\ndir = "captures"\n');
    await writeFile(path.join(work, 'content/index.md'), '---\ntitle: Home\n---\nNothing.\n');
    await writeFile(path.join(work, 'content/a.yaml'), `sources:\n${sources.join('\n')}\nclaims:\n${claims.join('\n')}\n`);
    const out = spawnSync(program, ['verify', '--dry-run', '--format', 'json', '--root', work], { encoding: 'utf8', maxBuffer: 1 << 30 });
    const { diagnostics } = JSON.parse(out.stdout.slice(0, out.stdout.lastIndexOf('\n}\n') + 3));
    const first = 1 + 1 + sources.length + 1;
    const absent = diagnostics.filter(d => d.code === 'quote-absent').map(d => claims[d.place.start.line - first]);
    let failed = 0;
    for (const kind of ['reader', 'seen']) {
      const all = claims.filter(claim => claim.startsWith(`  ${kind}-`)).length;
      const lost = absent.filter(claim => claim.startsWith(`  ${kind}-`));
      const share = (all - lost.length) / all;
      if (!(share >= LEAST[kind])) failed++;
      console.log(`${kind}: ${all - lost.length} of ${all} quotes found (${(100 * share).toFixed(2)} %) on ${names.length} pages`);
      for (const claim of lost.slice(0, Number(shown))) console.log(`  ${names[claim.split('-')[1]]}: ${claim.split('quote: ')[1]}`);
    }
    const other = diagnostics.filter(d => d.severity === 'error' && d.code !== 'quote-absent');
    if (other.length) { failed++; console.log(other.slice(0, 5).map(d => `${d.code}: ${d.message}`).join('\n')); }
    console.log(`${3 - failed} passed, ${failed} failed`);
    process.exitCode = failed ? 1 : 0;
  } finally {
    await browser.close();
    await rm(work, { recursive: true, force: true });
  }
}

if (!program || !pages) { console.log('usage: node run.mjs PROGRAM TEST_PAGES [--show N]'); process.exitCode = 2; } else await main();
