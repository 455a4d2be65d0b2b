// What was written reaches the page, or is told: node run.mjs PROGRAM
//
// 1. Every example of CommonMark's specification (commonmark-spec): the words of our page are those of markdown-it, but for the
//    differences that differences.json names.
// 2. Every form of citation that Pandoc's manual describes (pandoc.mjs): its notes and its words, or a fault.
// 3. Texts drawn at random that nest our syntax into everything, in each language: the words of our page are those that
//    markdown-it finds in the same text with labels and names in place of what is ours.
//
// SEED=N draws others. The last line says `N passed, N failed`.

import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { tests } from 'commonmark-spec';
import { all, build, dialect, find, level, ofHtml, plain, words } from './lib.mjs';
import { FORMS } from './pandoc.mjs';
import { drawn } from './drawn.mjs';

const program = path.resolve(process.argv[2] ?? 'target/debug/sourcebook');
const here = name => fileURLToPath(new URL(name, import.meta.url));
const work = await mkdtemp(path.join(tmpdir(), 'sourcebook-markdown-'));
let passed = 0, failed = 0;

function check(name, found, wanted, text) {
  if (found === wanted) { passed++; return true; }
  failed++;
  console.log(`FAILED: ${name}\n  text: ${JSON.stringify(text)}\n  want: ${wanted}\n  have: ${found}`);
  return false;
}

async function commonmark() {
  const { differ, told: mayBeTold } = JSON.parse(await readFile(here('differences.json'), 'utf8'));
  const text = example => example.markdown.replaceAll('→', '\t');
  const articles = tests.map(example => [`e${example.number}`, text(example)]);
  const { told, page } = await build(program, path.join(work, 'commonmark'), 'en', 'allow', articles);
  let same = 0, faults = 0, apart = 0;
  for (const example of tests) {
    const name = `e${example.number}`, number = String(example.number);
    if (told.has(name)) {
      faults++;
      check(`CommonMark ${number} is told`, [...new Set(told.get(name))].join(' '), mayBeTold[number]?.[0] ?? '', text(example));
      continue;
    }
    const found = words(find(await page(name), 'prose')), wanted = ofHtml(plain.render(text(example)));
    if (found === wanted) same++; else apart++;
    if (differ[number]) check(`CommonMark ${number} differs as named: ${differ[number][0]}`, found, differ[number][1], text(example));
    else check(`CommonMark ${number}`, found, wanted, text(example));
  }
  console.log(`CommonMark: ${same} of ${tests.length} with the words of markdown-it, ${faults} told, `
    + `${apart} other words by design`);
}

async function pandoc() {
  const articles = FORMS.map((form, i) => [`f${i}`, form.text]);
  const { told, page } = await build(program, path.join(work, 'pandoc'), 'en', 'refuse', articles);
  let taken = 0;
  for (const [i, form] of FORMS.entries()) {
    const faults = [...new Set(told.get(`f${i}`) ?? [])].join(' ');
    if (form.told || faults) { check(`Pandoc's form ${i}`, faults, form.told ?? '', form.text); continue; }
    const whole = await page(`f${i}`);
    const notes = all(find(whole, 'notes') ?? { children: [] }, node => node.attribs?.class === 'note-text').map(words);
    const marks = all(find(whole, 'prose'), node => node.attribs?.role === 'doc-noteref').map(mark => mark.attribs.href);
    const missing = form.notes.map((parts, n) => parts.filter(part => !notes[n]?.includes(part))).flat();
    const found = `${words(find(whole, 'prose'))} | ${marks.length} marks, ${notes.length} notes${missing.map(m => `, no ${m}`).join('')}`;
    const wanted = `${level(form.words)} | ${form.marks ?? form.notes.length} marks, ${form.notes.length} notes`;
    if (check(`Pandoc's form ${i}`, found, wanted, form.text)) taken++;
  }
  console.log(`Pandoc's citations: ${FORMS.length} forms, ${taken} taken, ${FORMS.filter(form => form.told).length} told`);
}

async function random() {
  for (const language of ['en', 'fr', 'de']) {
    const texts = drawn(Number(process.env.SEED ?? 1), 300);
    const articles = texts.map(({ text }, i) => [`r${i}`, text]);
    const folder = path.join(work, `drawn-${language}`);
    const { told, page, out } = await build(program, folder, language, 'refuse', articles);
    for (const [i, { text, twin }] of texts.entries()) {
      if (told.has(`r${i}`)) { check(`drawn ${i} (${language})`, told.get(`r${i}`).join(' '), '', text); continue; }
      const order = name => name.split(' ').sort().join(' ');
      // Footnotes stand where they are written on our page, and at its end on markdown-it's.
      check(`drawn ${i} (${language})`, order(words(find(await page(`r${i}`), 'prose'))), order(ofHtml(dialect.render(twin))), text);
    }
    const leaks = [];
    for (const file of await readdir(out, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const bytes = await readFile(path.join(file.parentPath, file.name), 'latin1');
      if (bytes.includes('hiddenword')) leaks.push(path.join(file.parentPath, file.name));
    }
    check(`no comment is in any file (${language})`, leaks.slice(0, 3).join(' '), '', 'hiddenword');
  }
}

try {
  await commonmark();
  await pandoc();
  await random();
} finally {
  if (!process.env.KEEP) await rm(work, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
