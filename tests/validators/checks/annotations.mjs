// Quotes as Web Annotations: expanded by jsonld, which may drop nothing; every term is one of the Web Annotation Ontology
// (the package @vocabulary/oa), used on what it is for; the shape is that of the Web Annotation Data Model.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import jsonld from 'jsonld';

const OA = 'http://www.w3.org/ns/oa#', AS = 'http://www.w3.org/ns/activitystreams#';
const id = name => ({ '@id': name, '@type': '@id' });
/** The terms that we use, as http://www.w3.org/ns/anno.jsonld means them: no package has that file. */
const CONTEXT = { '@context': { id: '@id', type: '@type', oa: OA, as: AS, Annotation: 'oa:Annotation', TextQuoteSelector: 'oa:TextQuoteSelector',
  AnnotationCollection: 'as:OrderedCollection', AnnotationPage: 'as:OrderedCollectionPage', body: id('oa:hasBody'), target: id('oa:hasTarget'),
  source: id('oa:hasSource'), selector: id('oa:hasSelector'), exact: 'oa:exact', prefix: 'oa:prefix', suffix: 'oa:suffix',
  motivation: { '@id': 'oa:motivatedBy', '@type': '@vocab' }, linking: 'oa:linking',
  TextualBody: 'oa:TextualBody', purpose: { '@id': 'oa:hasPurpose', '@type': '@vocab' }, describing: 'oa:describing', tagging: 'oa:tagging',
  value: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#value', language: 'http://purl.org/dc/elements/1.1/language', label: 'http://www.w3.org/2000/01/rdf-schema#label',
  first: id('as:first'), items: { '@id': 'as:items', '@type': '@id', '@container': '@list' }, total: 'as:totalItems', startIndex: 'as:startIndex' } };

const file = path.join(path.dirname(createRequire(import.meta.url).resolve('@vocabulary/oa/package.json')), 'oa.nq');
const ontology = readFileSync(file, 'utf8').split('\n');
const isTerm = iri => ontology.some(line => line.startsWith(`<${iri}> `));

export default async function annotations({ json }) {
  const data = await json('data/annotations.jsonld');
  const problems = [];
  const documentLoader = async url => {
    if (url !== 'http://www.w3.org/ns/anno.jsonld') throw new Error(`asks for ${url}`);
    return { contextUrl: null, documentUrl: url, document: CONTEXT };
  };
  const [collection] = await jsonld.expand(data, { documentLoader, safe: true, base: 'https://example.org/data/' });
  const terms = new Set([...JSON.stringify(collection).matchAll(/"(http:\/\/www\.w3\.org\/ns\/oa#\w+)"/g)].map(m => m[1]));
  for (const term of terms) if (!isTerm(term)) problems.push(`${term} is no term of the ontology`);
  if (terms.size < 8) problems.push(`only ${[...terms]}`);
  const items = collection[`${AS}first`][0][`${AS}items`][0]['@list'];
  if (items.length !== data.total || items.length === 0) problems.push(`${items.length} of ${data.total}`);
  const ids = new Set(items.map(item => item['@id']));
  if (ids.size !== items.length) problems.push('two annotations have one id');
  return [...problems, ...items.flatMap(shape)];
}

/** Section 3.1: one or more targets; 4.2.4: a quote has one `exact`, at most one `prefix` and `suffix`. */
function shape(item) {
  const problems = [];
  const say = what => problems.push(`${item['@id']}: ${what}`);
  if (item['@type']?.[0] !== `${OA}Annotation`) say('is no annotation');
  if (!item[`${OA}hasTarget`]?.length) say('has no target');
  for (const target of item[`${OA}hasTarget`] ?? []) {
    const [selector] = target[`${OA}hasSelector`] ?? [];
    if (!URL.canParse(target[`${OA}hasSource`]?.[0]?.['@id'])) say('has no source');
    if (selector?.['@type']?.[0] !== `${OA}TextQuoteSelector` || !selector[`${OA}exact`]?.[0]?.['@value']) say('quotes nothing');
    for (const part of ['exact', 'prefix', 'suffix']) if ((selector?.[OA + part]?.length ?? 0) > 1) say(`has two ${part}`);
  }
  return problems;
}
