// What an author copies: GitHub's workflow by GitHub's schema (action-validator), GitLab's as YAML, the Dockerfile by a parser.

import { readFile, readdir } from 'node:fs/promises';
import { validateWorkflow } from '@action-validator/core';
import { DockerfileParser } from 'dockerfile-ast';
import { parseDocument } from 'yaml';

export const once = true;
const root = new URL('../../../', import.meta.url);
const read = name => readFile(new URL(name, root), 'utf8');

export default async function workflows() {
  const github = await read('docs/examples/github-pages.yml');
  const found = validateWorkflow(github).errors.map(e => `github-pages.yml: ${JSON.stringify(e)}`);
  if (validateWorkflow(github.replace('runs-on:', 'run-on:')).errors.length === 0) found.push('a broken workflow passes');
  for (const name of await readdir(new URL('docs/examples/', root))) {
    const { errors, warnings } = parseDocument(await read(`docs/examples/${name}`));
    found.push(...[...errors, ...warnings].map(e => `${name}: ${e.message}`));
  }
  return [...found, ...unpinned(github), ...dockerfile(await read('Dockerfile'))];
}

/** An action is named by a release, its rights are named job by job. */
function unpinned(text) {
  const loose = [...text.matchAll(/uses:\s*(\S+)/g)].map(m => m[1]).filter(uses => !/@v\d/.test(uses)).map(uses => `${uses} is not pinned`);
  return [...loose, ...(/^permissions:/m.test(text) ? [] : ['no permissions at the top'])];
}

function dockerfile(text) {
  const instructions = DockerfileParser.parse(text).getInstructions();
  const of = name => instructions.filter(i => i.getKeyword() === name);
  const problems = [];
  const known = new Set(['FROM', 'ARG', 'ENV', 'WORKDIR', 'COPY', 'RUN', 'USER', 'VOLUME', 'EXPOSE', 'ENTRYPOINT', 'CMD', 'LABEL']);
  for (const i of instructions) if (!known.has(i.getKeyword())) problems.push(`Dockerfile: ${i.getInstruction()}`);
  if (of('FROM').length !== 2) problems.push('Dockerfile: two stages, one to build in and one to run');
  for (const from of of('FROM')) if (!/:[\w.-]*\d/.test(from.getImage())) problems.push(`Dockerfile: ${from.getImage()} has no version`);
  if (!of('USER').length || /^(root|0)\b/.test(of('USER').at(-1).getArgumentsContent())) problems.push('Dockerfile: runs as root');
  if (of('ENTRYPOINT').length !== 1) problems.push('Dockerfile: no entry point');
  return problems;
}
