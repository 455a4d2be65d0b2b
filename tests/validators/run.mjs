// What a site exports, read by programs that we did not write: node run.mjs PROGRAM SITE_DIR
//
// Each check runs on the dossier's site and on that of a small dossier with every kind of record, an address, and texts
// that try to break out of each format. `PYTHON` names an interpreter that has requirements.txt. The last line says
// `N passed, N failed`; a check that cannot run has failed.

import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFixture } from '../browser/lib/fixture.mjs';

const here = name => fileURLToPath(new URL(name, import.meta.url));
const CHECKS = ['dossier', 'bibtex', 'csl', 'geojson', 'jsonld', 'annotations', 'annotated', 'timeline', 'sitemap', 'workflows', 'references', 'dates', 'imports', 'selftest'];

/** Records whose texts mean something in CSV, TeX, RIS, HTML, JSON and XML. */
const HOSTILE = `
sources:
  hostile:
    title: '=1+1 & 100 % {\\textbf{x}} $y_z#~^ "quoted" <b>bold</b> ]]> </script>'
    type: article-newspaper
    author: ["O'Brien, =cmd /C calc!A0", "Éloïse and Sons"]
    publisher: "The {Daily} & Co"
    published: 2024-02-29
    accessed: 2024-03-01
    language: en
    url: "https://example.org/a?b=1&c=%7B2%7D"
    archive: { url: "https://archive.example/x", on: 2024-03-01 }
events:
  hostile-event: { title: "<img src=x onerror=alert(1)> & more", date: 2024-02-29, summary: "=1+1 & so on" }
places:
  hostile-place: { name: "@SUM(1) <b>", coordinates: [-51.5, -179.99], precision: city }
claims:
  hostile-claim:
    statement: "=HYPERLINK(\\"http://evil.example\\") is what it says"
    on: 2024-02-29
    evidence: { source: hostile, quote: "+1 said \\"so\\"\\tand\\nwent", locator: "§ -1" }
`;

async function main() {
  const [program, dossier] = process.argv.slice(2);
  if (!program || !dossier) throw new Error('usage: node run.mjs PROGRAM SITE_DIR');
  const work = await mkdtemp(path.join(tmpdir(), 'sourcebook-validators-'));
  try {
    const fixture = await buildFixture(program, work, 'site', { base: 'https://example.org/d', files: { 'hostile.yaml': HOSTILE } });
    const sites = [['dossier', path.resolve(dossier)], ['fixture', fixture]].map(([name, dir]) => siteAt(program, name, dir));
    let passed = 0, failed = 0;
    const tell = (name, problems) => {
      if (problems.length === 0) return void passed++;
      failed++;
      console.log(`validators: ${name}:\n  ${problems.slice(0, 20).join('\n  ')}`);
    };
    for (const name of CHECKS) {
      const check = await import(`./checks/${name}.mjs`).catch(error => ({ default: () => [error.stack] }));
      for (const site of check.once ? [sites[1]] : sites) {
        tell(`${name} of the ${site.name}`, await Promise.resolve(site).then(check.default).catch(error => [error.stack]));
      }
    }
    for (const site of sites) tell(`read.py of the ${site.name}`, python(site));
    return [passed, failed];
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const siteAt = (program, name, dir) => ({ program, name, dir, read: file => readFile(path.join(dir, file), 'utf8'), json: async file => JSON.parse(await readFile(path.join(dir, file), 'utf8')) });

/** One problem a line. */
function python({ dir }) {
  try {
    const said = execFileSync(process.env.PYTHON ?? 'python3', [here('read.py'), dir], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return said.split('\n').filter(Boolean);
  } catch (error) { return [error.stderr || error.message]; }
}

await main().then(([passed, failed]) => {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}).catch(error => {
  console.log(`validators: cannot run: ${error.stack}\n0 passed, 1 failed`);
  process.exitCode = 2;
});
