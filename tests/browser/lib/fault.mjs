// What a check finds, and what keeps a check from running at all.

/**
 * One fault: where, which kind, and what is wrong in words.
 * @typedef {{page: string, line?: number, code: string, message: string}} Fault
 * @typedef {{unit: string, checked: number, faults: Fault[], told?: string}} Result
 */

/** Something that the tests need is missing: they cannot run, and that is a failure (exit status 2). */
export class Missing extends Error {}

/** @returns {Fault} */
export const fault = (page, line, code, message) => ({ page, line, code, message });

export const where = f => (f.line ? `${f.page}:${f.line}` : f.page);

/** The same fault met twice (two schemes, two transports) is one fault. */
export function distinct(faults) {
  const seen = new Map();
  for (const f of faults) seen.set(`${where(f)} ${f.code} ${f.message}`, f);
  return [...seen.values()].sort(byPlace);
}

function byPlace(a, b) {
  if (a.page !== b.page) return a.page < b.page ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0);
}
