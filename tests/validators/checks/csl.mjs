// CSL-JSON, through citeproc-js: what a style asks for is there and printed.

import CSL from 'citeproc';

const STYLE = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>All</title><id>all</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout delimiter="|">
    <group delimiter="|"><names variable="author"><name delimiter="; "/></names><text variable="title"/><text variable="container-title"/><text variable="publisher"/>
      <date variable="issued" form="numeric" date-parts="year-month-day"/><date variable="accessed" form="numeric" date-parts="year-month-day"/><text variable="URL"/></group>
  </layout></bibliography></style>`;
const LOCALE = `<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-US">
  <date form="numeric"><date-part name="year"/><date-part name="month" form="numeric-leading-zeros" prefix="-"/><date-part name="day" form="numeric-leading-zeros" prefix="-"/></date>
  <terms><term name="open-quote">“</term><term name="close-quote">”</term><term name="et-al">et al.</term><term name="and">and</term></terms></locale>`;

export default async function csl({ json }) {
  const items = await json('data/sources.csl.json');
  const byId = new Map(items.map(item => [item.id, item]));
  const engine = new CSL.Engine({ retrieveLocale: () => LOCALE, retrieveItem: id => structuredClone(byId.get(id)) }, STYLE, 'en-US', true);
  engine.setOutputFormat('text');
  engine.updateItems([...byId.keys()]);
  const [about, printed] = engine.makeBibliography();
  const problems = about.bibliography_errors.map(error => JSON.stringify(error));
  if (printed.length !== items.length || items.length === 0) problems.push(`${printed.length} of ${items.length} printed`);
  about.entry_ids.flat().forEach((id, n) => problems.push(...missing(byId.get(id), printed[n])));
  return problems;
}

function missing(item, printed) {
  const day = date => (date?.['date-parts']?.length === 1 ? date['date-parts'][0].map((part, i) => String(part).padStart(i ? 2 : 4, '0')).join('-') : '');
  // citeproc sets typographic quotes and spaces, and reads a few tags of HTML as marks of style.
  const plain = text => text.replace(/<\/?[bi]>/g, '').replaceAll(/[“”"'’‘]/g, '').replace(/\s+/g, ' ');
  const wanted = [item.title, ...(item.author ?? []).map(a => a.literal), item['container-title'], item.publisher, day(item.issued), day(item.accessed), item.URL];
  return wanted.filter(Boolean).filter(text => !plain(printed).includes(plain(text))).map(text => `${item.id}: « ${text} » is not printed: ${printed.trim()}`);
}
