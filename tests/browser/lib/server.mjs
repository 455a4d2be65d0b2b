// A static server as plain as a host can be: GET and HEAD, on loopback, one folder, under a sub-path; and under the path of
// the site's public URL, for the absolute links of 404.html.
// Applies the `_headers` file of Netlify and Cloudflare Pages, so that the site is met with its real policy.

import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { createGzip } from 'node:zlib';

const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8', json: 'application/json', jsonld: 'application/ld+json', svg: 'image/svg+xml', png: 'image/png',
  jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp', avif: 'image/avif', gif: 'image/gif', ico: 'image/x-icon', woff2: 'font/woff2',
  woff: 'font/woff', txt: 'text/plain; charset=utf-8', xml: 'application/xml', wasm: 'application/wasm', pdf: 'application/pdf',
  webmanifest: 'application/manifest+json', csv: 'text/csv; charset=utf-8' };

const TEXT = /^text\/|json|xml/;

/**
 * `gzip`: text goes compressed to those who take it, as from most hosts.
 * @param {import('./site.mjs').Site} site
 * @returns {Promise<{base: string, close: () => Promise<void>}>} base: the URL of the site, ending in `prefix`.
 */
export async function serve(site, prefix = '/a/b/', { gzip = false } = {}) {
  const rules = readHeaders(await readFile(path.join(site.dir, '_headers'), 'utf8').catch(() => ''));
  const prefixes = [prefix, ...(site.own ? [new URL(site.own).pathname] : [])];
  const server = http.createServer((request, response) => answer(site, { prefixes, rules, gzip }, request, response));
  await new Promise((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done));
  const close = () => new Promise(done => { server.close(done); server.closeAllConnections(); });
  return { base: `http://127.0.0.1:${server.address().port}${prefix}`, close };
}

function answer(site, { prefixes, rules, gzip }, request, response) {
  const file = fileFor(site, prefixes, request.url);
  if (file?.redirect) return response.writeHead(301, { location: file.redirect }).end();
  const found = file ?? (existsSync(path.join(site.dir, '404.html')) ? '404.html' : null);
  if (!found) return response.writeHead(404).end();
  const type = TYPES[path.extname(found).slice(1)] ?? 'application/octet-stream';
  const packed = gzip && TEXT.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const coding = packed ? { 'content-encoding': 'gzip', vary: 'accept-encoding' } : {};
  response.writeHead(file ? 200 : 404, { 'content-type': type, ...headersFor(rules, `/${found}`), ...coding });
  if (request.method === 'HEAD') return response.end();
  const bytes = createReadStream(path.join(site.dir, found)).on('error', () => response.destroy());
  (packed ? bytes.pipe(createGzip()) : bytes).pipe(response);
}

/** Only what `openSite` listed can be named, so no `..`, encoding or link leads outside. */
function fileFor(site, prefixes, url) {
  let name;
  try { name = decodeURIComponent(new URL(url, 'http://loopback').pathname); } catch { return null; }
  const prefix = prefixes.find(p => name.startsWith(p));
  if (!prefix) return null;
  const file = name.slice(prefix.length);
  if (site.files.has(file)) return file;
  if (file === '' || file.endsWith('/')) return site.files.has(`${file}index.html`) ? `${file}index.html` : null;
  return site.files.has(`${file}/index.html`) ? { redirect: `${url.split('?')[0]}/` } : null;
}

function readHeaders(text) {
  const rules = [];
  for (const line of text.split('\n').filter(l => l.trim() && !l.trim().startsWith('#'))) {
    if (!/^\s/.test(line)) rules.push({ path: line.trim(), headers: {} });
    else {
      const [name, ...value] = line.trim().split(':');
      if (rules.length && value.length) rules.at(-1).headers[name.trim().toLowerCase()] = value.join(':').trim();
    }
  }
  return rules;
}

function headersFor(rules, name) {
  const urls = [name, name.replace(/index\.html$/, '')];
  const matches = rule => urls.some(url => new RegExp(`^${rule.path.split('*').map(escape).join('.*')}$`).test(url));
  return Object.assign({}, ...rules.filter(matches).map(rule => rule.headers));
}

const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
