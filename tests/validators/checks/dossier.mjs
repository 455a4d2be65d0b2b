// The dossier's JSON, by the schema published beside it: Ajv, in strict mode, with formats.

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

export default async function dossier({ json }) {
  const ajv = formats.default(new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }));
  const validate = ajv.compile(await json('data/dossier.schema.json'));
  const valid = validate(await json('data/dossier.json'));
  return valid ? [] : validate.errors.map(e => `${e.instancePath} ${e.message}`);
}
