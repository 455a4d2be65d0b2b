// Faces that the checks bring along, so that what they find does not hang on the fonts of one machine: a wide one, and one
// with the metrics of Arial. Set in place of all faces of the theme, they are also what a reader sees before our own has come.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** Names of the faces; `own` is the theme's, with the machine's fonts behind it. */
export const FACES = ['own', 'dejavu-sans', 'arimo'];

/** The style that sets a page in a face; an empty one for `own`. */
export async function styleOf(face) {
  if (face === 'own') return '';
  const rules = await Promise.all([400, 700].map(async weight => {
    const file = require.resolve(`@fontsource/${face}/files/${face}-latin-${weight}-normal.woff2`);
    return `@font-face { font-family: brought; font-weight: ${weight}; src: url(data:font/woff2;base64,${(await readFile(file)).toString('base64')}) }`;
  }));
  return `${rules.join('\n')}\n:root { --serif: brought, serif; --sans: brought, sans-serif; --mono: brought, monospace }`;
}
