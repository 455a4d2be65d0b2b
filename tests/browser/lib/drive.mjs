// A command of the program that stays, over a new dossier, and journeys through the pages that it serves.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { launch, withPage } from './browser.mjs';

/**
 * Runs `command` over a dossier of `files` (texts by path) and each of `journeys` (functions by name) on a page of its own. `given` makes what
 * a journey takes of `{ page, faults, address, root, put, read }`; what it files under `faults` fails the journey. `after` runs at the end.
 * Prints a line for each, then `N passed, N failed`, and sets the exit status.
 */
export async function drive({ program, command, files, journeys, given, after = () => {} }) {
  const root = await mkdtemp(path.join(os.tmpdir(), `sourcebook-${command}-`));
  const put = async (name, text) => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  };
  const read = name => readFile(path.join(root, name), 'utf8');
  for (const [name, text] of Object.entries(files)) await put(name, text);
  const server = spawn(program, [command, '--root', root], { stdio: ['ignore', 'pipe', 'ignore'] });
  const browser = await launch().catch(error => { server.kill(); throw error; });
  let passed = 0, failed = 0;
  try {
    const address = await new Promise((done, lost) => {
      server.once('error', lost).once('exit', () => lost(new Error(`${command} ended`)));
      server.stdout.once('data', line => done(String(line).trim()));
    });
    for (const [name, journey] of Object.entries(journeys)) {
      const faults = [];
      const run = async page => {
        page.on('pageerror', error => faults.push(error.message));
        await journey(await given({ page, faults, address, root, put, read }));
      };
      try {
        await withPage(browser, {}, run);
        assert.deepEqual(faults, [], 'no script fails');
        passed += 1;
        console.log(`${command}: ${name}: ok`);
      } catch (error) {
        failed += 1;
        console.log(`${command}: ${name}: FAILED: ${error.message}`);
      }
    }
    await after(browser, address);
  } finally {
    await browser.close();
    server.kill();
    await rm(root, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** What to do where it could not even begin. */
export function cannot(error) {
  console.error(`cannot run: ${error.message}`);
  console.log('0 passed, 1 failed');
  process.exitCode = 2;
}
