// A small dossier with every kind of page and the real theme, built by the program.

import { execFileSync } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FIXTURE = fileURLToPath(new URL('../../suite/fixtures/pages/in', import.meta.url));

/**
 * `base`: its public URL; `publish`: lines under `[publish]`; `files`: more of `content/`, by path.
 * @returns {Promise<string>} the folder of the site
 */
export async function buildFixture(program, work, name, { base, publish = '', files = {} } = {}) {
  const dossier = path.join(work, `in-${path.basename(name)}`), out = path.join(work, name);
  await cp(FIXTURE, dossier, { recursive: true });
  const site = await readFile(path.join(dossier, 'site.toml'), 'utf8');
  // The theme of the fixture is a stub; here it is the real one that counts.
  const own = site.replace(/^theme = .*\n/m, '').replace(/^base_url = .*\n/m, base ? `base_url = "${base}"\n` : '');
  await writeFile(path.join(dossier, 'site.toml'), `${own}\n[publish]\n${publish}\n`);
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(dossier, 'content', file), text);
  execFileSync(program, ['build', '--root', dossier, '--output', out], { stdio: ['ignore', 'ignore', 'pipe'] });
  return out;
}
