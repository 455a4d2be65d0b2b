//! What is wrong with records, their ids and their values.

use super::Code;

/// In the order of the alphabet.
pub(super) static CODES: &[Code] = &[
    Code {
        code: "bad-date",
        about: "Dates are EDTF (ISO 8601-2), levels 0 and 1, and the one-of set of level 2: a day `2024-06-19`, a \
                month `2024-06`, a year `2024`, about `~`, uncertain `?`, an interval `2024-06/2024-08`. A \
                milestone and the end of an exception are single days.",
        example: "\
# at fault
date: 19/06/2024
# mended
date: 2024-06-19
",
    },
    Code {
        code: "bad-id",
        about: "An id becomes a path and is typed by hand in many places: lower-case letters without accents and \
                digits, joined by single hyphens.",
        example: "\
# at fault
actors:
  Kim_Jong-un: { name: Kim Jong-un }
# mended
actors:
  kim-jong-un: { name: Kim Jong-un }
",
    },
    Code {
        code: "bad-quantity",
        about: "A quantity is a number, or one with a sign before it: `10000`, `10_000`, `~11000`, `>10000`, \
                `>=10000`, `<10000`, `<=10000`, or a range `11000..15000`. Words belong into the statement.",
        example: "\
# at fault
answers: { how-many: about 11 000 }
# mended
answers: { how-many: ~11000 }
",
    },
    Code {
        code: "bad-tolerance",
        about: "A tolerance says what `~` means for a question: a share (`10%`), a number, or for dates a time \
                (`15d`, `2m`, `1y`).",
        example: "\
# at fault
tolerance: ten
# mended
tolerance: 10%
",
    },
    Code {
        code: "bad-value",
        about: "The value has a form of its own, and this is not it: a Wikidata item is `Q` and a number, \
                coordinates are a latitude and a longitude in degrees, a language is a tag such as `fr`, a hash \
                has 64 hexadecimal digits.",
        example: "\
# at fault
wikidata: wiki/Q423
# mended
wikidata: Q423
",
    },
    Code {
        code: "bad-rate",
        about: "A rate says what one unit of another currency is in the question's: a number above nought, under a \
                currency (three capitals, with a year or without), of a question whose `unit` is a currency.",
        example: "\
# at fault
unit: EUR 2019
rates: { dollar: { rate: 0.93, source: ecb } }
# mended
unit: EUR 2019
rates: { USD 2019: { rate: 0.93, source: ecb } }
",
    },
    Code {
        code: "bad-window",
        about: "A window says how far apart two as-of dates may lie for their answers to be compared: a number of \
                days, months or years.",
        example: "\
# at fault
window: a month
# mended
window: 31d
",
    },
    Code {
        code: "cycle",
        about: "`part_of`, `based_on` or `supersedes` leads from a record back to itself. Nothing is a part of \
                itself, and no chain of origins that closes on itself leads to whoever spoke.",
        example: "\
# at fault
sources:
  a: { title: A, based_on: b }
  b: { title: B, based_on: a }
# mended
sources:
  a: { title: A, based_on: b }
  b: { title: B }
",
    },
    Code {
        code: "duplicate-id",
        about: "An id names one thing in the whole dossier, whatever its kind and file: a citation could not tell \
                two apart.",
        example: "\
# at fault
actors:
  moscow: { name: Moscow }
places:
  moscow: { name: Moscow (city) }
# mended
places:
  city-of-moscow: { name: Moscow (city) }
",
    },
    Code {
        code: "duplicate-key",
        about: "A key stands twice in one mapping. YAML readers keep the last and drop the first without a word; \
                here nothing is dropped.",
        example: "\
# at fault
by: kim-jong-un
by: kcna
# mended
by: [kim-jong-un, kcna]
",
    },
    Code {
        code: "duplicate-milestone",
        about: "Two milestones of `site.toml` stand at one day, and a day has one page.",
        example: "\
# keep one of the two
[[milestones]]
date = \"2024-11-30\"
title = \"The end of November\"
",
    },
    Code {
        code: "missing-field",
        about: "A field without which the record means nothing is missing or empty.",
        example: "\
# at fault
sources:
  paper: { type: article-newspaper }
# mended
sources:
  paper: { type: article-newspaper, title: The troops }
",
    },
    Code {
        code: "missing-file",
        about: "A record names a file that is not in the dossier. Paths are taken from the dossier's root.",
        example: "\
# at fault
text: { file: speech.md, rights: public domain }
# mended
text: { file: texts/speech.md, rights: public domain }
",
    },
    Code {
        code: "unknown-id",
        about: "An id is used that nothing in the dossier has: misspelt, not yet written, or the id of a draft.",
        example: "\
# at fault
by: kim-jung-un
# mended
by: kim-jong-un
",
    },
    Code {
        code: "unknown-key",
        about: "A key that nothing reads. It would be dropped without a word, and with it what the writer meant. \
                Your own data go under `extra`.",
        example: "\
# at fault
quotes: the words
# mended
quote: the words
",
    },
    Code {
        code: "unknown-option",
        about: "A claim answers a question of kind `choice` with a key that is not among its `options`.",
        example: "\
# at fault: the options are yes and no
answers: { confirmed: maybe }
# mended
answers: { confirmed: no }
",
    },
    Code {
        code: "unknown-rule",
        about: "`site.toml` speaks of a rule that there is not: a slip of the pen would leave the rule at its own \
                level.",
        example: "\
# at fault
[rules]
unused-sources = \"off\"
# mended
[rules]
unused-source = \"off\"
",
    },
    Code {
        code: "unknown-value",
        about: "The field takes one of a few words, and this is none of them.",
        example: "\
# at fault
modality: estimate
# mended
modality: estimates
",
    },
    Code {
        code: "unsafe-url",
        about: "Pages link to `https:`, `http:` and `mailto:` addresses only. Anything else could run in the \
                reader's browser or lead nowhere.",
        example: "\
# at fault
url: example.org/paper
# mended
url: https://example.org/paper
",
    },
    Code {
        code: "wrong-kind",
        about: "The id is known, and names another kind of record than is meant here.",
        example: "\
# at fault: an actor is expected
by: some-paper-2024-11-03
# mended
by: some-paper
",
    },
    Code {
        code: "wrong-type",
        about: "A text, a list or a mapping is expected, and something else stands there.",
        example: "\
# at fault
evidence: some-paper
# mended
evidence: { source: some-paper }
",
    },
];
