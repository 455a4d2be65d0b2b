// The link at a quote leads to its words: node deep-links.mjs PROGRAM [--all]
//
// 1. Pages of many kinds (links/pages.mjs), each with its quote far below the first screen, on a server of our own.
// 2. A dossier that quotes each, built by the program; of each claim's page the link to the source.
// 3. Chromium opens it as a reader would: the words must be on the screen. What it cannot find is told by its cause.
// 4. An archived copy gets the same; a film gets its time and no words.
//
// Exit status as that of run.mjs; the last line says `N passed, N failed`.

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { each, launch, withPage } from './lib/browser.mjs';
import { PAGES } from './links/pages.mjs';

/** As many as are kinds of levelled typography and broken lines, and how many of them must be found at least. */
const FIRST = 26, AT_LEAST = 24;
const program = process.argv[2];
const FILL = '<p>Another paragraph of the page, of no interest.</p>'.repeat(200);

const page = on => `<!doctype html><html lang=en><meta charset=utf-8><title>T</title><body>${FILL}<main id=words>${on}</main>${FILL}`;

async function serve() {
  const server = http.createServer((request, response) => {
    const number = /^\/(?:copy\/)?(\d+)\.html/.exec(request.url)?.[1];
    const found = number && PAGES[number];
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(found ? page(found.on) : '');
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** A dossier with a source and a claim for each page. */
async function dossier(work, base) {
  const source = (_, n) => `  s${n}: { title: Page ${n}, type: webpage, published: 2024-01-01, url: "${base}/${n}.html", archive: { url: "${base}/copy/${n}.html", on: 2024-01-02 } }`;
  const claim = ({ quote, sheet }, n) => `  c${n}:\n    statement: What page ${n} says.\n    evidence:\n      source: s${n}\n      quote: ${sheet ?? JSON.stringify(quote)}`;
  const film = [`  film: { title: Film, type: motion_picture, published: 2024-01-01, url: "${base}/film" }`,
    '  c-film:\n    statement: What the film says.\n    evidence: { source: film, quote: The bridge was closed, locator: "00:12:31" }'];
  const sheet = `sources:\n${PAGES.map(source).join('\n')}\n${film[0]}\nclaims:\n${PAGES.map(claim).join('\n')}\n${film[1]}\n`;
  await mkdir(path.join(work, 'in/content'), { recursive: true });
  await writeFile(path.join(work, 'in/site.toml'), 'title = "T"\nlanguage = "en"\n[rules]\nlong-quote = "off"\n');
  await writeFile(path.join(work, 'in/content/index.md'), '---\ntitle: Home\n---\nNothing.<!-- uncited: a test -->\n');
  await writeFile(path.join(work, 'in/content/sheet.yaml'), sheet);
  execFileSync(program, ['build', '--root', path.join(work, 'in'), '--output', path.join(work, 'out')], { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** The addresses below `base` to which the page of a claim leads. */
async function links(work, claim, base) {
  const html = await readFile(path.join(work, 'out/claims', claim, 'index.html'), 'utf8');
  const found = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url.replaceAll('&amp;', '&').replaceAll('&#39;', "'"));
  return [...new Set(found.filter(url => url.startsWith(base)))];
}

/** Whether the words are on the screen once a page is open. */
async function isFound(browser, url) {
  return withPage(browser, { viewport: { width: 1000, height: 700 } }, async tab => {
    await tab.goto(url, { waitUntil: 'load', timeout: 60_000 });
    for (let tries = 0; tries < 20; tries++) {
      const seen = await tab.evaluate(() => {
        const { top, bottom } = document.getElementById('words').getBoundingClientRect();
        return scrollY > 0 && bottom > 0 && top < innerHeight;
      });
      if (seen) return true;
      await new Promise(done => setTimeout(done, 50));
    }
    return false;
  });
}

async function main() {
  const work = await mkdtemp(path.join(tmpdir(), 'sourcebook-links-'));
  const server = await serve();
  const browser = await launch();
  let passed = 0, failed = 0;
  const tell = (ok, message) => { if (ok) passed++; else { failed++; console.log(`deep links: ${message}`); } };
  try {
    await dossier(work, server.base);
    const results = await each(PAGES, async ({ cause, not }, n) => {
      const number = PAGES.indexOf(PAGES.find(p => p.cause === cause));
      const all = await links(work, `c${number}`, server.base);
      const [own, copy] = [all.find(url => url.startsWith(`${server.base}/${number}.html#`)), all.find(url => url.startsWith(`${server.base}/copy/`))];
      const found = own !== undefined && await isFound(browser, own);
      tell(found === !not, `${cause}: ${found ? 'found, though it is said to be out of reach' : `not found by ${own?.slice(server.base.length)}`}`);
      tell(copy?.split('#')[1] === own?.split('#')[1], `${cause}: the archived copy is led to otherwise: ${copy}`);
      return found;
    });
    const first = results.slice(0, FIRST).filter(Boolean).length;
    tell(first >= AT_LEAST, `${first} of the first ${FIRST} are found`);
    const film = await links(work, 'c-film', server.base);
    tell(film.includes(`${server.base}/film#t=751`) && !film.some(url => url.includes(':~:')), `a film is led to by ${film}`);
    console.log(`deep links: ${results.filter(Boolean).length} of ${PAGES.length} found, ${first} of the first ${FIRST}; out of reach: ${PAGES.filter(p => p.not).map(p => `${p.cause} (${p.not})`).join('; ') || 'none'}`);
  } finally {
    await browser.close();
    server.close();
    await rm(work, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

await main().catch(error => { console.log(error.stderr?.toString() || error.stack); process.exitCode = 2; });
