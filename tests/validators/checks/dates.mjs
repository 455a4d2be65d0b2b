// Every form of date on its way out as CSL-JSON, read back by citeproc-js: it stops at none, prints no day and no month that
// nobody said, and the year before Christ that is meant.

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import CSL from 'citeproc';

export const once = true;

/** EDTF, and what citeproc-js prints of it. What CSL has no parts for is printed as it is written. */
const DATES = {
  '2024': '2024', '2024-06': '2024-06', '2024-06-19': '2024-06-19', '2024~': '2024', '2024-06?': '2024-06', '2024-06-19%': '2024-06-19',
  '2024-06/2024-08': '2024-06–08', '2023/2024': '2023–2024', '2024-06-01/2024-06-03': '2024-06-01–03',
  '2023/2024-06': '2023/2024-06', '2024-06-01/2024-08': '2024-06-01/2024-08', '2024/..': '2024/..', '../2024': '../2024', '2024/': '2024/',
  '[2023,2024-06]': '[2023,2024-06]', '199X': '199X', '19XX': '19XX', '2024-XX': '2024', '2024-06-XX': '2024-06', '2024-21': '2024-Spring', '2024-24~': '2024-Winter',
  '0033': '33AD', '0001': '1AD', '0000': '1BC', '-0001': '2BC', '-0044': '45BC', '-0044-03': '45BC-03', '-0044-03-15': '45BC-03-15', '-0044/-0042': '45–43BC',
  '2024-06~/2024-08': '2024-06~/2024-08',
};

const STYLE = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Dates</title><id>dates</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout><date variable="issued" form="numeric" date-parts="year-month-day"/></layout></bibliography></style>`;
const LOCALE = `<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-US">
  <date form="numeric"><date-part name="year"/><date-part name="month" form="numeric-leading-zeros" prefix="-" range-delimiter="–"/><date-part name="day" form="numeric-leading-zeros" prefix="-" range-delimiter="–"/></date>
  <terms><term name="open-quote">“</term><term name="close-quote">”</term><term name="et-al">et al.</term><term name="and">and</term><term name="ad">AD</term><term name="bc">BC</term>
  <term name="season-01">Spring</term><term name="season-02">Summer</term><term name="season-03">Autumn</term><term name="season-04">Winter</term></terms></locale>`;

export default async function dates({ program }) {
  const work = await mkdtemp(path.join(tmpdir(), 'sourcebook-dates-'));
  try {
    const all = Object.keys(DATES);
    await mkdir(path.join(work, 'content'));
    await writeFile(path.join(work, 'site.toml'), 'title = "Dates"\nlanguage = "en"\n');
    await writeFile(path.join(work, 'content/sources.yaml'), `sources:\n${all.map((date, n) => `  d${n}: { title: "${date}", type: book, published: "${date}" }\n`).join('')}`);
    const items = JSON.parse(execFileSync(program, ['export', 'csl', '--root', work], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
    const problems = items.length === all.length ? [] : [`${items.length} of ${all.length} items`];
    return problems.concat(items.map(item => [item.title, printed(item), DATES[item.title]]).filter(([, is, expect]) => is !== expect).map(([date, is, expect]) => `${date} is printed « ${is} », not « ${expect} »`));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function printed(item) {
  try {
    const engine = new CSL.Engine({ retrieveLocale: () => LOCALE, retrieveItem: () => structuredClone(item) }, STYLE, 'en-US', true);
    engine.setOutputFormat('text');
    engine.updateItems([item.id]);
    return engine.makeBibliography()[1][0].trim();
  } catch (error) {
    return `stops: ${error}`;
  }
}
