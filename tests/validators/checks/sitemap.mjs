// The sitemap, by the schema of sitemaps.org (in the package `sitemap`) and libxml2 (xmllint-wasm). Without an address there is none.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { validateXML } from 'xmllint-wasm';

export const once = true;

export default async function sitemap({ read }) {
  const root = path.dirname(createRequire(import.meta.url).resolve('sitemap/package.json'));
  const schema = await readFile(path.join(root, 'schema', 'sitemap.xsd'), 'utf8');
  const validate = async contents => (await validateXML({ xml: [{ fileName: 'sitemap.xml', contents }], schema: [schema] })).errors.map(e => e.message);
  const text = await read('sitemap.xml');
  const broken = await validate(text.replace('<loc>', '<place>').replace('</loc>', '</place>'));
  return [...await validate(text), ...(broken.length ? [] : ['the schema finds nothing wrong with a broken sitemap'])];
}
