// A dossier of one article a text, built by the program; the words of its pages, and of what another reader makes of Markdown.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'htmlparser2';
import markdownit from 'markdown-it';
import deflist from 'markdown-it-deflist';
import footnote from 'markdown-it-footnote';

/** CommonMark and nothing else; with tables, strikethrough, footnotes and definition lists. */
export const plain = markdownit('commonmark');
export const dialect = markdownit({ html: true }).use(deflist).use(footnote);

const SHEET = `
actors:
  kcna: { name: KCNA Agency, type: media }
  mayor: { name: Mayor Smith }
sources:
  a: { title: Alpha, author: mayor, published: 2024 }
  b: { title: Beta, publisher: kcna, published: 2024 }
  c: { title: Gamma, published: 2023 }
claims:
  said: { statement: The bridge is closed, by: mayor, on: 2024, evidence: { source: a, quote: closed } }
`;

/**
 * Writes a dossier with an article for each text, sets aside what the program finds fault with, and builds the rest.
 * @returns {Promise<{told: Map<string, string[]>, page: (name: string) => Promise<Element>, out: string}>}
 */
export async function build(program, work, language, html, articles) {
  const content = path.join(work, 'content');
  await mkdir(path.join(content, 't'), { recursive: true });
  await writeFile(path.join(work, 'site.toml'),
    `title = "T"\nlanguage = "${language}"\n[markdown]\nhtml = "${html}"\n[rules]\nuncited-paragraph = "off"\n`);
  await writeFile(path.join(content, 'sheet.yaml'), SHEET);
  await writeFile(path.join(content, 't', 'x.png'), '');
  const write = (name, text) => writeFile(path.join(content, 't', `${name}.md`), `---\ntitle: ${name}\n---\n${text}`);
  for (const [name, text] of articles) await write(name, text);
  const check = () => JSON.parse(spawnSync(program, ['check', '--root', work, '--format', 'json'],
    { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout).diagnostics;
  // What an example links to is there, where a file may have that name: it is not links that are looked at here.
  for (const { message } of check().filter(found => found.code === 'broken-link')) {
    const target = decodeURIComponent(/^`([^`#?]+)/.exec(message)?.[1].replace(/%(?![0-9a-f]{2})/gi, '%25') ?? '');
    const file = path.join(content, target.startsWith('/') ? '' : 't', target);
    // Names that no page may have stay broken links.
    if (target && !/[<>:"\\|?*\x00-\x1f]|[. \/]$/.test(target) && file.startsWith(content)) {
      await mkdir(path.dirname(file), { recursive: true }).then(() => writeFile(file, '', { flag: 'wx' })).catch(() => {});
    }
  }
  const told = new Map();
  for (const found of check()) {
    const name = /^content\/t\/(.*)\.md$/.exec(found.place?.path ?? '')?.[1];
    if (found.severity !== 'error') continue;
    if (!name) throw new Error(JSON.stringify(found));
    told.set(name, [...told.get(name) ?? [], found.code]);
  }
  for (const name of told.keys()) await write(name, '');
  const out = path.join(work, 'public');
  execFileSync(program, ['build', '--root', work, '--output', out], { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 });
  const page = async name => parseDocument(await readFile(path.join(out, 't', name, 'index.html'), 'utf8'));
  return { told, page, out };
}

const classes = node => (node.attribs?.class ?? '').split(/\s+/);

/** The first element with a class. */
export function find(node, name) {
  if (classes(node).includes(name)) return node;
  for (const child of node.children ?? []) {
    const found = find(child, name);
    if (found) return found;
  }
  return null;
}

export function all(node, test, found = []) {
  if (test(node)) found.push(node);
  for (const child of node.children ?? []) all(child, test, found);
  return found;
}

/** The words of HTML in order, those of images too; none of marks, nor of what browsers do not show. */
export function words(node) {
  const parts = [];
  const walk = (node) => {
    if (node.type === 'text') parts.push(node.data);
    if (node.name === 'img') parts.push(` ${node.attribs.alt ?? ''} `);
    const hidden = ['script', 'style', 'template', 'sup', 'textarea', 'title'].includes(node.name) || classes(node).includes('back')
      || classes(node).includes('footnote-backref') || classes(node).includes('footnotes-sep')
      // Where raw HTML is left open, the rest of the page lies in it.
      || classes(node).includes('cite');
    if (node.type === 'comment' || (hidden && node.type !== 'root')) return;
    const block = /^(p|div|li|h\d|td|th|tr|pre|blockquote|br|hr|dt|dd|aside|section|table|ul|ol)$/.test(node.name ?? '');
    if (block) parts.push(' ');
    for (const child of node.children ?? []) walk(child);
    if (block) parts.push(' ');
  };
  walk(node);
  return level(parts.join(''));
}

/** Typography does not count: quotation marks, dashes, and which spaces stand where. */
export function level(text) {
  return text.replace(/[“”„«»]/g, '"').replace(/[‘’‚]/g, "'").replace(/[\u{ad}\u{200b}\u{2060}\u{feff}]/gu, '')
    .replace(/…/g, '...').replace(/-{2,3}|[–—]/g, '-').replace(/\s+/gu, ' ').replace(/ ?" ?/g, '"').replace(/ ([;:!?])/g, '$1').trim();
}

export const ofHtml = html => words(parseDocument(html));
