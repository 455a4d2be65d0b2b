// The check of schema.org's vocabulary, checked: it finds what is planted, and nothing else.

import { faults, readVocabulary } from '../vocabulary.mjs';

export const once = true;
const types = readVocabulary();

export default async function selftest() {
  const problems = [];
  const check = (node, wanted) => {
    const found = faults(types, node);
    if (found.length !== wanted.length || !wanted.every((words, i) => found[i].includes(words))) problems.push(`${JSON.stringify(node)}: ${found}`);
  };
  check({ '@type': 'Claim', text: 'x', appearance: [{ '@type': 'NewsArticle', name: 'y' }] }, []);
  check({ '@type': 'Claim', appearances: [] }, ['Claim has no such property']);
  check({ '@type': 'Assertion' }, ['no type Assertion']);
  check({ '@type': 'Person', birthDate: '1984-01-08', startDate: '1984' }, ['Person has no such property']);
  check({ '@type': 'Claim', appearance: { '@type': 'Person' } }, ['takes CreativeWork']);
  check({ '@type': 'Question', answerCount: 'many' }, ['takes Integer']);
  return problems;
}
