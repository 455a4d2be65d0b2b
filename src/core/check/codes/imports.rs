//! What is wrong with files of other programs, and with sheets that records are added to.

use super::Code;

/// In the order of the alphabet.
pub(super) static CODES: &[Code] = &[
    Code {
        code: "bibtex-syntax",
        about: "`sourcebook import`: an entry of a BibTeX file cannot be read, and is left out; the others are imported. \
                As a warning: something is read although it is not as it should be. A word that no `@string` defines \
                stands for itself, of a command that nobody knows the words stay, a comma that is missing is read as if \
                it were there.",
        example: "\
% at fault: a brace too many
@article{troops, title = {The troops}}, year = {2024}}
% mended
@article{troops, title = {The troops}, year = {2024}}
",
    },
    Code {
        code: "closed-sheet",
        about: "`sourcebook import` and `new` add records to a sheet and change nothing of what stands there. Where the \
                records of a kind stand in braces, or the text at the end of a sheet counts its blank lines, that \
                cannot be done.",
        example: "\
# at fault
actors: { kim-jong-un: { name: Kim Jong-un } }
# mended
actors:
  kim-jong-un: { name: Kim Jong-un }
",
    },
    Code {
        code: "json-syntax",
        about: "`sourcebook import`: a file of CSL-JSON is no JSON, or holds something that is no item.",
        example: "\
# at fault: a comma too many
[{ \"type\": \"report\", \"title\": \"The troops\", }]
# mended
[{ \"type\": \"report\", \"title\": \"The troops\" }]
",
    },
    Code {
        code: "other-encoding",
        about: "`sourcebook import`: the file is not UTF-8. It is read as windows-1252, which most such files are; where \
                it is something else, accents come out wrong.",
        example: "\
# at fault: \"Señor\", exported by a program that asks for no encoding, and imported as
title: SeÃ±or
# mended: exported again as UTF-8
title: Señor
",
    },
    Code {
        code: "ris-syntax",
        about: "`sourcebook import`: a file of RIS has a field in no record, which is left out, or no record at all. A record begins with \
                `TY  - ` and ends with `ER  - `.",
        example: "\
# at fault
TI  - The troops
ER  -
# mended
TY  - NEWS
TI  - The troops
ER  -
",
    },
];
