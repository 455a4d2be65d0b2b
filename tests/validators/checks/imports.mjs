// Files of references, read by `sourcebook import` and by a second reader: BibTeX by the parser of Better BibTeX for Zotero,
// RIS by rispy. Compared are titles, names, years and addresses of fixture/imports; it says how many are alike.
//
// Differences by design stand in DESIGN, each with its reason; one that comes or goes is a failure.

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@retorquere/bibtex-parser';
import { parse as yaml } from 'yaml';

export const once = true;

const here = name => fileURLToPath(new URL(name, import.meta.url));

/** `key field`: why it is otherwise. */
const DESIGN = {
  // The second reader puts an accent over a dotless i as it stands: \'\i is an i with its accent.
  'accents title': 'ı with an acute', 'accents names': 'ı with an acute', 'accents-two title': 'ı with a diaeresis',
  // It leaves letters and accents apart.
  'accents-two names': 'not composed', 'thesis names': 'not composed',
  // It takes `others` for a person.
  'others names': 'and others',
  // It ends a value at \\%.
  'percent title': 'a percent sign',
};

export default async function imports({ program }) {
  const work = await mkdtemp(path.join(tmpdir(), 'sourcebook-imports-'));
  try {
    await mkdir(path.join(work, 'content'));
    await writeFile(path.join(work, 'site.toml'), 'title = "Imports"\nlanguage = "en"\n');
    const problems = [];
    for (const [file, second] of [['forms.bib', bibtex], ['forms.ris', ris]]) {
      const [theirs, ours] = [await second(here(`../fixture/imports/${file}`)), imported(program, work, here(`../fixture/imports/${file}`))];
      problems.push(...compare(file, theirs, ours));
    }
    return problems;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function imported(program, root, file) {
  let text;
  try {
    text = execFileSync(program, ['import', file, '--dry-run', '--root', root], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    // What could not be read was told, and the rest is there.
    text = error.stdout;
  }
  const named = value => (typeof value === 'string' ? value : value.name);
  return Object.entries(yaml(text, { schema: 'failsafe' }).sources).map(([key, source]) => ({
    key, title: source.title, names: (source.author ?? []).map(named).join('; '), year: String(source.published?.date ?? source.published ?? '').slice(0, 4), url: source.url ?? '',
  }));
}

/** The parser gives words as HTML. */
const plain = text => [text ?? ''].flat().join(' ').replace(/<\/?(span|i|b|em|strong|sc|sub|sup|enquote)\b[^>]*>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim();

async function bibtex(file) {
  const { entries } = parse(await readFile(file, 'utf8'), { sentenceCase: false });
  const whole = ({ firstName, prefix, lastName, suffix, name }) => plain(name ?? [[firstName, prefix, lastName].filter(Boolean).join(' '), suffix].filter(Boolean).join(', '));
  return entries.map(({ key, fields }) => ({
    key, title: [fields.title, fields.subtitle].filter(Boolean).map(plain).join(': '), names: (fields.author ?? []).map(whole).join('; '),
    year: /\d{4}/.exec(plain(fields.date ?? fields.year))?.[0] ?? '', url: plain(fields.url),
  }));
}

async function ris(file) {
  const code = 'import json, sys, rispy; print(json.dumps(rispy.load(open(sys.argv[1], encoding="utf-8"))))';
  const records = JSON.parse(execFileSync(process.env.PYTHON ?? 'python3', ['-c', code, file], { encoding: 'utf8' }));
  const turned = name => { const [family, given, suffix] = name.split(/,\s*/); return [[given, family].filter(Boolean).join(' '), suffix].filter(Boolean).join(', '); };
  return records.map(record => ({
    key: record.id, title: plain(record.title ?? record.primary_title), names: [...(record.authors ?? []), ...(record.first_authors ?? [])].map(turned).join('; '),
    year: /\d{4}/.exec(record.year ?? record.publication_year ?? record.date ?? '')?.[0] ?? '', url: record.urls?.[0] ?? '',
  }));
}

function compare(file, theirs, ours) {
  const byKey = new Map(ours.map(work => [work.key, work]));
  const problems = ours.length === theirs.length ? [] : [`${file}: ${ours.length} works, the second reader has ${theirs.length}`];
  const design = new Set(Object.keys(DESIGN).filter(key => theirs.some(work => key.startsWith(`${work.key} `))));
  let [alike, all] = [0, 0];
  for (const work of theirs) {
    const own = byKey.get(work.key);
    if (!own) { problems.push(`${file}: no ${work.key}`); continue; }
    // An address that we make of a DOI or a number is nobody else's.
    for (const field of ['title', 'names', 'year', ...(work.url ? ['url'] : [])]) {
      all += 1;
      const is = plain(own[field]) === plain(work[field]);
      alike += is;
      const known = design.delete(`${work.key} ${field}`);
      if (is === known) problems.push(`${file}: ${work.key} ${field}: « ${own[field]} » and « ${work[field]} » ${known ? 'are alike now' : 'are not alike'}`);
    }
  }
  console.log(`validators: imports: ${file}: ${alike} of ${all} fields of ${theirs.length} works as the second reader has them`);
  return problems.concat([...design].map(key => `${key}: no such field`));
}
