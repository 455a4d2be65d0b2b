// Every link of a page, a style sheet or an SVG, with its line. Fast: a tokenizer, no tree.

import { Parser } from 'htmlparser2';

/**
 * A reference from one file to another.
 * kind: `navigate` (a reader follows it), `load` (the browser fetches it by itself), `name` (it only names a resource).
 * @typedef {{url: string, line: number, kind: 'navigate' | 'load' | 'name', from: string}} Reference
 * @typedef {{references: Reference[], ids: Set<string>, base?: {url: string, line: number}, canonical?: string, refresh?: string}} Page
 */

const LOADED = { img: ['src'], script: ['src'], iframe: ['src'], embed: ['src'], source: ['src'], video: ['src', 'poster'],
  audio: ['src'], track: ['src'], input: ['src'], object: ['data'], use: ['href', 'xlink:href'], image: ['href', 'xlink:href'],
  feimage: ['href', 'xlink:href'], body: ['background'] };
const FOLLOWED = { a: ['href', 'xlink:href'], area: ['href'], form: ['action'], button: ['formaction'], input: ['formaction'] };
const NAMED = { blockquote: ['cite'], q: ['cite'], ins: ['cite'], del: ['cite'] };
const LOADING_LINKS = new Set(['stylesheet', 'icon', 'apple-touch-icon', 'mask-icon', 'manifest', 'preload', 'modulepreload',
  'prefetch', 'preconnect', 'dns-prefetch', 'prerender']);

/** @returns {Page} */
export function readPage(text) {
  const page = { references: [], ids: new Set() };
  const lineAt = lines(text);
  let style = null;
  const parser = new Parser({
    onopentag(tag, attributes) {
      const line = lineAt(parser.startIndex);
      readTag(page, tag.toLowerCase(), attributes, line);
      if (tag === 'style') style = { line, text: '' };
    },
    ontext(data) { if (style) style.text += data; },
    onclosetag() {
      if (style) page.references.push(...readCss(style.text, style.line, '<style>'));
      style = null;
    },
  }, { decodeEntities: true, lowerCaseAttributeNames: true });
  parser.end(text);
  return page;
}

function readTag(page, tag, attributes, line) {
  const add = (url, kind, name) => page.references.push({ url: url.trim(), line, kind, from: `<${tag} ${name}>` });
  const addEach = (table, kind) => (table[tag] ?? []).forEach(name => name in attributes && add(attributes[name], kind, name));
  if (attributes.id) page.ids.add(attributes.id);
  if (tag === 'a' && attributes.name) page.ids.add(attributes.name);
  if (tag === 'base' && attributes.href) page.base = { url: attributes.href, line };
  addEach(LOADED, 'load');
  addEach(FOLLOWED, 'navigate');
  addEach(NAMED, 'name');
  for (const name of ['srcset', 'imagesrcset']) readSrcset(attributes[name] ?? '').forEach(url => add(url, 'load', name));
  if (tag === 'link' && 'href' in attributes) readLink(page, attributes, add);
  if (tag === 'meta') readMeta(page, attributes, add);
  if (attributes.style) page.references.push(...readCss(attributes.style, line, `<${tag} style>`));
}

function readLink(page, attributes, add) {
  const rels = (attributes.rel ?? '').toLowerCase().split(/\s+/);
  if (rels.includes('canonical')) page.canonical = attributes.href;
  else add(attributes.href, rels.some(r => LOADING_LINKS.has(r)) ? 'load' : 'name', 'href');
}

function readMeta(page, attributes, add) {
  if (attributes['http-equiv']?.toLowerCase() !== 'refresh') return;
  const target = /^\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?["']?(.*?)["']?\s*$/i.exec(attributes.content ?? '');
  if (!target?.[1]) return;
  page.refresh = target[1];
  add(target[1], 'navigate', 'refresh');
}

/** The URLs of a `srcset`: each ends at white space, without the commas that may stand there; its descriptors at a comma. */
export function readSrcset(value) {
  const urls = [];
  for (let rest = value; (rest = rest.replace(/^[\s,]+/, '')) !== '';) {
    const [url] = /^\S+/.exec(rest);
    urls.push(url.replace(/,+$/, ''));
    rest = rest.slice(url.length);
    if (!url.endsWith(',')) rest = rest.replace(/^[^,]*/, '');
  }
  return urls;
}

/** @returns {Reference[]} the `url()`s and `@import`s of a style sheet, comments left out. */
export function readCss(css, firstLine = 1, from = 'url()') {
  const text = css.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, ' '));
  const lineAt = lines(text);
  const found = text.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi);
  return [...found].map(m => ({ url: m.slice(1).find(g => g !== undefined) ?? '', line: firstLine + lineAt(m.index) - 1, kind: 'load', from }));
}

/** From an offset to its line, counted from 1. Offsets must not decrease. */
function lines(text) {
  let at = 0, line = 1;
  return offset => {
    for (let next; (next = text.indexOf('\n', at)) !== -1 && next < offset; at = next + 1) line++;
    return line;
  };
}
