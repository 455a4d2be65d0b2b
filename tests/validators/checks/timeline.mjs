// The chronology, shown by TimelineJS itself in Chromium: every event is a slide, no text becomes markup.

import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { launch } from '../../browser/lib/browser.mjs';

const dist = path.join(path.dirname(createRequire(import.meta.url).resolve('@knight-lab/timelinejs/package.json')), 'dist');
const PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="stylesheet" href="/css/timeline.css"><div id="t" style="width:1000px;height:600px"></div><script src="/js/timeline.js"></script>';

export default async function timeline({ json }) {
  const data = await json('data/timeline.json');
  const server = http.createServer(async (request, response) => {
    if (request.url === '/') return response.setHeader('content-type', 'text/html').end(PAGE);
    const file = path.join(dist, path.normalize(request.url.split('?')[0]));
    const type = file.endsWith('.css') ? 'text/css' : 'text/javascript';
    await readFile(file).then(bytes => response.setHeader('content-type', type).end(bytes), () => response.writeHead(404).end());
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const browser = await launch();
  try { return await shown(await browser.newPage(), `http://127.0.0.1:${server.address().port}/`, data); } finally { await browser.close(); server.close(); }
}

async function shown(page, url, data) {
  const problems = [];
  page.on('pageerror', error => problems.push(error.message));
  page.on('dialog', dialog => { problems.push('a text ran as a script'); dialog.dismiss(); });
  await page.goto(url);
  const found = await page.evaluate(async data => {
    const timeline = new TL.Timeline('t', data, { script_path: `${location.origin}/js/`, lang: 'en' });
    const ready = await new Promise(done => { timeline.on('ready', () => done(true)); setTimeout(() => done(timeline.ready), 10_000); });
    const headlines = [...document.querySelectorAll('.tl-slide .tl-headline, .tl-slide .tl-headline-title')].map(h => h.textContent.trim());
    return { ready, errors: (timeline.config?.messages.errors ?? []), slides: document.querySelectorAll('.tl-slide').length, headlines,
      markers: document.querySelectorAll('.tl-timemarker').length, strange: document.querySelectorAll('.tl-slide .tl-headline img, .tl-slide .tl-headline b').length };
  }, data);
  const unescape = text => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  if (!found.ready) problems.push('it is never ready');
  problems.push(...found.errors);
  if (found.slides !== data.events.length + 1) problems.push(`${found.slides} slides of ${data.events.length} events and the title`);
  if (found.markers !== data.events.length || found.markers === 0) problems.push(`${found.markers} marks of ${data.events.length} events`);
  if (found.strange) problems.push('a headline is read as markup');
  const words = found.headlines.map(h => h.replace(/\s+/g, ' '));
  for (const event of data.events) {
    if (!words.some(h => h.includes(unescape(event.text.headline)))) problems.push(`« ${event.text.headline} » is not shown: ${words.slice(0, 3)}`);
  }
  return problems;
}
