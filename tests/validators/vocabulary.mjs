// The vocabulary of schema.org as schema-dts declares it: which type has which properties, and what may stand in each.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const file = path.join(path.dirname(createRequire(import.meta.url).resolve('schema-dts/package.json')), 'dist', 'schema.d.ts');
const LITERALS = { Text: 'string', URL: 'string', Date: 'string', DateTime: 'string', Time: 'string', Number: 'number', Integer: 'number', Float: 'number', Boolean: 'boolean' };

/** @returns {Map<string, {parents: string[], properties: Map<string, string[]>}>} */
export function readVocabulary() {
  const types = new Map();
  let current = null;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const head = line.match(/^interface (\w+)Base extends (.*) \{$/);
    if (head) {
      current = { parents: head[2].split(', ').map(p => p.replace(/Base$/, '')).filter(p => !p.startsWith('Partial')), properties: new Map() };
      types.set(head[1], current);
    } else if (line === '}') current = null;
    const property = current && line.match(/^ {4}"(\w+)"\?: SchemaValue<(.*), "\w+">;$/);
    if (property) current.properties.set(property[1], property[2].split(' | '));
  }
  return types;
}

const lineage = (types, type) => [type, ...(types.get(type)?.parents ?? []).flatMap(parent => lineage(types, parent))];
const ranges = (types, type, key) => lineage(types, type).map(t => types.get(t)?.properties.get(key)).find(Boolean);

/** What is wrong with an object and all below it. An object without a type is a `Thing`, or names one by its `@id`. */
export function faults(types, node, at = '') {
  if (Array.isArray(node)) return node.flatMap((item, i) => faults(types, item, `${at}[${i}]`));
  if (node === null || typeof node !== 'object') return [];
  const type = node['@type'] ?? 'Thing';
  if (!types.has(type)) return [`${at}: there is no type ${type}`];
  return Object.entries(node).filter(([key]) => !key.startsWith('@')).flatMap(([key, value]) => {
    const range = ranges(types, type, key);
    if (!range) return [`${at}.${key}: ${type} has no such property`];
    const values = [value].flat();
    const outside = values.filter(v => !fits(types, range, v)).map(v => `${at}.${key}: takes ${range.join(', ')}, not ${v?.['@type'] ?? JSON.stringify(v)}`);
    return [...outside, ...faults(types, value, `${at}.${key}`)];
  });
}

function fits(types, range, value) {
  if (typeof value !== 'object') return range.some(r => LITERALS[r] === typeof value || (r in LITERALS ? false : typeof value === 'string' && !types.has(r)));
  if (!value['@type']) return true;
  return lineage(types, value['@type']).some(t => range.includes(t));
}
