// A built site as files: what it holds, and which pages stand for the rest.
//
// 1. `openSite` lists every file, in order.
// 2. `kindOf` gives a page its kind from its path.
// 3. `choose` picks the pages that a browser opens: some of each kind.

import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Missing } from './fault.mjs';
import { readPage } from './parse.mjs';

/**
 * A folder of static files. Paths are relative, with `/`, exactly as on disk.
 * @typedef {object} Site
 * @property {string} dir
 * @property {Map<string, number>} files  path to size in bytes
 * @property {string[]} pages
 * @property {string} [own]  the site's public URL, ending in `/`, if it states one
 */

/** @returns {Promise<Site>} */
export async function openSite(dir) {
  const root = path.resolve(dir);
  const files = await listFiles(root);
  const pages = [...files.keys()].filter(f => f.endsWith('.html'));
  if (pages.length === 0) throw new Missing(`no page (*.html) in ${dir}`);
  return { dir: root, files, pages, own: await ownUrl(root, files) };
}

/** As the canonical link of the home page states it. */
async function ownUrl(root, files) {
  if (!files.has('index.html')) return undefined;
  const { canonical } = readPage(await readFile(path.join(root, 'index.html'), 'utf8'));
  return canonical && URL.canParse(canonical) ? new URL('.', canonical).href : undefined;
}

export const readText = (site, file) => readFile(path.join(site.dir, file), 'utf8');

async function listFiles(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(error => {
    throw new Missing(`cannot read the site folder: ${error.message}`);
  });
  const paths = entries.filter(e => e.isFile()).map(e => path.join(e.parentPath ?? e.path, e.name));
  const sizes = await Promise.all(paths.map(async p => [path.relative(root, p).split(path.sep).join('/'), (await stat(p)).size]));
  return new Map(sizes.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A file's path as the path of a URL. */
export const encoded = file => file.split('/').map(encodeURIComponent).join('/');

/** The file that a URL below `base` names, query and fragment left out; null if it is elsewhere or badly written. */
export function fileAt(base, url) {
  if (!url.startsWith(base)) return null;
  try { return decodeURIComponent(url.slice(base.length).replace(/[?#].*$/, '')); } catch { return null; }
}

/** `home`, `404`, `actors` (the index of a segment), `actors/*` (the pages below it), `about` (a page at the top). */
export function kindOf(page) {
  if (page === 'index.html') return 'home';
  const parts = page.split('/');
  if (parts.length === 1) return page.replace(/\.html$/, '');
  const isIndex = parts.length === 2 && parts[1] === 'index.html';
  return isIndex ? parts[0] : `${parts[0]}/*`;
}

/**
 * `count` pages of each kind (or "all"), never a redirect: the largest, where most can go wrong, then evenly spread.
 * @returns {Promise<string[]>}
 */
export async function choose(site, count) {
  const kinds = groupByKind(site.pages);
  const chosen = [];
  for (const pages of kinds.values()) chosen.push(...await pick(site, pages, count === 'all' ? pages.length : count));
  return chosen;
}

async function pick(site, pages, count) {
  const largest = [...pages].sort((a, b) => site.files.get(b) - site.files.get(a));
  const step = Math.max(1, Math.floor(pages.length / count));
  const spread = pages.filter((_, i) => i % step === 0);
  const found = [];
  for (const page of new Set([largest[0], ...spread, ...largest])) {
    if (found.length >= count) break;
    if (!readPage(await readText(site, page)).refresh) found.push(page);
  }
  return found;
}

function groupByKind(pages) {
  const kinds = new Map();
  for (const page of pages) {
    const kind = kindOf(page);
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind).push(page);
  }
  return kinds;
}
