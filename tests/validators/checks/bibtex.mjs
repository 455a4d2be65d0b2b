// BibTeX, by the parser of Better BibTeX for Zotero: every source is an entry, with the words that CSL-JSON has.

import { parse } from '@retorquere/bibtex-parser';

export default async function bibtex({ read, json }) {
  const { entries, errors } = parse(await read('data/sources.bib'), { sentenceCase: false });
  const sources = await json('data/sources.csl.json');
  const problems = errors.map(e => JSON.stringify(e));
  const byKey = new Map(entries.map(entry => [entry.key, entry]));
  if (byKey.size !== sources.length || sources.length === 0) problems.push(`${byKey.size} of ${sources.length}`);
  for (const source of sources) problems.push(...compare(source, byKey.get(source.id)));
  return problems;
}

/** The parser gives words as HTML, with spans that keep their case. */
const plain = text => [text ?? ''].flat().join(' ').replace(/<\/?(span|i|b|em|strong)\b[^>]*>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replace(/\s+/g, ' ').trim();

function compare(source, entry) {
  if (!entry) return [`no ${source.id}`];
  const { fields } = entry;
  const wanted = [['title', source.title, plain(fields.title)], ['url', source.URL ?? '', plain(fields.url)],
    ['authors', (source.author ?? []).map(a => a.literal).join('; '), (fields.author ?? []).map(a => plain(a.name ?? a.lastName)).join('; ')],
    ['outlet', source['container-title'] ?? source.publisher ?? '', plain(fields.journal ?? fields.journaltitle ?? fields.booktitle ?? fields.publisher ?? fields.organization ?? fields.institution ?? fields.school)]];
  return wanted.filter(([, is, read]) => plain(is) !== read && is.replace(/\s+/g, ' ') !== read).map(([what, is, read]) => `${source.id}: ${what}: « ${read} », not « ${is} »`);
}
