// A record that `new source` makes never fails `check`: node records.mjs PROGRAM TEST_PAGES
//
// TEST_PAGES as for run.mjs. Each `source.html` becomes the one source of a dossier of its own, which is then checked, with every
// page that it would make; warnings count for nothing. The last line says `N passed, N failed`.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [program, pages] = process.argv.slice(2);
if (!program || !pages) { console.log('usage: node records.mjs PROGRAM TEST_PAGES'); process.exit(2); }

const run = (...args) => spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
const work = await mkdtemp(path.join(tmpdir(), 'sourcebook-records-'));
let passed = 0, failed = 0;
try {
  for (const name of (await readdir(pages)).sort()) {
    const page = path.join(pages, name, 'source.html');
    if (!existsSync(page)) continue;
    const dossier = path.join(work, name);
    await mkdir(path.join(dossier, 'content'), { recursive: true });
    await writeFile(path.join(dossier, 'site.toml'), 'title = "T"\nlanguage = "en"\n[captures]\ndir = "captures"\n');
    await writeFile(path.join(dossier, 'content/index.md'), '---\ntitle: Home\n---\nNothing.<!-- uncited: a test -->\n');
    const made = run('new', 'source', page, '--root', dossier);
    const checked = made.status === 0 ? run('check', '--root', dossier, '--format', 'short') : made;
    if (checked.status === 0) passed++;
    else { failed++; console.log(`${name}: ${(checked.stdout + checked.stderr).split('\n').find(line => line.includes('error'))}`); }
    await rm(dossier, { recursive: true, force: true });
  }
} finally { await rm(work, { recursive: true, force: true }); }
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
