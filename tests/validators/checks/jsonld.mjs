// JSON-LD of every page: expanded by jsonld, which drops nothing; every type and property is schema.org's, used where it belongs.

import { readdir } from 'node:fs/promises';
import jsonld from 'jsonld';
import { faults, readVocabulary } from '../vocabulary.mjs';

const types = readVocabulary();
const SCRIPT = /<script type="application\/ld\+json">(.*?)<\/script>/gs;
/** The form of schema.org's own context: every term is its own; a few name things by their address. */
const CONTEXT = { '@context': { '@vocab': 'http://schema.org/', url: { '@type': '@id' }, sameAs: { '@type': '@id' }, archivedAt: { '@type': '@id' } } };
const documentLoader = async url => {
  if (url !== 'https://schema.org') throw new Error(`asks for ${url}`);
  return { contextUrl: null, documentUrl: url, document: CONTEXT };
};

export default async function pages({ dir, read }) {
  const files = (await readdir(dir, { recursive: true })).filter(file => file.endsWith('.html'));
  const problems = new Set();
  let found = 0;
  for (const file of files) {
    for (const [, text] of (await read(file)).matchAll(SCRIPT)) {
      found++;
      const data = JSON.parse(text);
      for (const fault of faults(types, data, data['@type'])) problems.add(fault);
      const expanded = await jsonld.expand(data, { documentLoader, safe: true, base: `https://example.org/${file}` }).catch(error => problems.add(`${file}: ${error.message}`));
      if (expanded.length !== 1) problems.add(`${file}: ${expanded.length} things`);
    }
  }
  if (found < 10) problems.add(`only ${found} pages have any`);
  return [...problems];
}
