// Messages of the Nu validator that are not faults. Each entry says why; an entry that nothing matches any more is
// reported, so that the list only holds what is needed.

/** @type {{message: RegExp, because: string, page?: RegExp}[]} */
export const allowed = [];
