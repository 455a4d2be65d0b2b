// Messages of the Nu validator that are not faults. Each entry says why; an entry that nothing matches any more is
// reported, so that the list only holds what is needed.

/** @type {{message: RegExp, because: string, page?: RegExp}[]} */
export const allowed = [
  {
    message: /^Resource violates Content Security Policy \(meta tag\): (external (stylesheet|script)|image|font|icon) “(?![a-z]+:|\/\/)[^”]*” blocked by/,
    because: "the validator reads a folder, where it finds no origin for 'self'; `links` counts what Chromium really forbids",
  },
];
