//! What is wrong with captures and quotes.

use super::Code;

/// In the order of the alphabet.
pub(super) static CODES: &[Code] = &[
    Code {
        code: "archive-date",
        about: "Only `verify --archives` asks: the archive says of the copy that it gave that it is of another day than the \
                sheet says. An archive gives the nearest copy that it has, whatever day an address names; pages go by the \
                day that it says.",
        example: "\
# told: « this copy is of 2024-12-31 »
archive: { url: \"https://web.archive.org/web/20241104/https://example.org/a\", on: 2024-11-04 }
# mended
archive: { url: \"https://web.archive.org/web/20241231080000/https://example.org/a\", on: 2024-12-31 }
",
    },
    Code {
        code: "capture-begins",
        about: "A capture that is a plain text often has a menu, a date and a caption before its story; `begins` says \
                with which words the story begins, so that « § 1 » is its first paragraph. These words do not stand in \
                the capture.",
        example: "\
# at fault: the capture says « The bridge was closed »
capture: { file: 4.txt, begins: The bridge is closed }
# mended
capture: { file: 4.txt, begins: The bridge was closed }
",
    },
    Code {
        code: "capture-changed",
        about: "The bytes of a capture are not those whose hash the sheet or `captures.lock` holds. Either the \
                file was edited, and proves nothing any more, or a better capture took its place, and every quote \
                must be looked up in it again.",
        example: "\
# the new capture is right: write its hash if the sheet has one, and run
$ sourcebook verify
",
    },
    Code {
        code: "capture-doubtful",
        about: "A web archive says of itself that the copy of this page was cut off or was no success, or it does not hold \
                what it states: a file is not there, or has another digest. That need not be anybody's intent (a widespread \
                program states wrong digests), and is told to readers as it is.",
        example: "\
# told: « does not match what the archive states »
capture: { file: crawl.wacz, url: \"https://example.org/bridge\" }
# mended: another copy of the page
capture: { file: bridge.warc.gz, url: \"https://example.org/bridge\" }
",
    },
    Code {
        code: "capture-missing",
        about: "A source names a capture, the captures folder is there, and the file is not in it. Its quotes \
                cannot be verified.",
        example: "\
# at fault: the file is 4.txt
capture: 04.txt
# mended
capture: 4.txt
",
    },
    Code {
        code: "captures-absent",
        about: "`site.toml` names a captures folder, and it is not there. On a machine that only builds this is as it \
                should be: quotes are as `captures.lock` has them. But nothing is looked up anew, and no page is \
                searched for words of captures, so what is published should be built where they are at hand.",
        example: "\
# the captures lie elsewhere
$ sourcebook build --captures /vault/captures
",
    },
    Code {
        code: "leak",
        about: "A file of the output would hold the name of a capture, or more words of one in a row than `[leaks] \
                words` allows (8 unless `site.toml` says otherwise), outside the declared quotes and titles. \
                Captures are private copies of other people's texts. All texts of the file are looked at, also \
                those that no reader sees.",
        example: "\
# at fault: the statement is the source's sentence
statement: The first units left their base at dawn under a beating rain.
# mended: one's own words, and the source's few in the evidence
statement: The first units are on their way.
evidence: { source: paper, quote: left their base at dawn }
",
    },
    Code {
        code: "lock-syntax",
        about: "`captures.lock` cannot be read. The program writes it; a merge or an edit by hand may break it.",
        example: "\
# mended
$ sourcebook verify
",
    },
    Code {
        code: "missing-evidence",
        about: "A claim without evidence says that somebody said something, and nobody could check it.",
        example: "\
# at fault
claims:
  a: { statement: They crossed the border. }
# mended
claims:
  a:
    statement: They crossed the border.
    evidence: { source: paper, quote: crossed the border, locator: § 5 }
",
    },
    Code {
        code: "no-history",
        about: "`[history]` asks for pages that say what records said before, and git cannot tell: it is not there, \
                the dossier is in no repository, or the clone is shallow and lacks earlier commits. A page made of \
                part of the past would call a record new that is old, so none is made.",
        example: "\
# at fault
$ git clone --depth 1 https://example.org/dossier.git
# mended
$ git fetch --unshallow
",
    },
    Code {
        code: "public-copy",
        about: "Only `verify --archives` asks: at the address of the archived copy there is nothing in which quotes could be \
                looked up. The archive has no such copy, what it has is an error, a frame or a page that says « not found », \
                it does not say of what time its answer is (`Memento-Datetime`, RFC 7089), it leads elsewhere, the copy is \
                too large or of a kind that is not read, or the address is on the site itself. If it asks for patience or \
                does not answer, `captures.lock` keeps what it held.",
        example: "\
# at fault: a page that lists copies
archive: { url: \"https://web.archive.org/web/2024*/https://example.org/a\" }
# mended: a copy
archive: { url: \"https://web.archive.org/web/20241104103000/https://example.org/a\", on: 2024-11-04 }
",
    },
    Code {
        code: "public-copy-differs",
        about: "Only `verify --archives` asks: the words of the quote do not stand in the public copy of the source, which \
                otherwise resembles it. The text was changed between the two copies, or one of them is not whole: that may \
                be news, and the pages say it.",
        example: "\
# told: « these words do not stand in the public copy of 2024-11-04 »
# a copy of the day on which you read it, if an archive has one
archive: { url: \"https://web.archive.org/web/20241103120000/https://example.org/a\", on: 2024-11-03 }
",
    },
    Code {
        code: "quote-absent",
        about: "The words between the quotation marks do not stand in the source. Quotes are compared word for \
                word after levelling typography alone (spaces, quotation marks, apostrophes, dashes), because a \
                sentence and its denial differ by one small word. The message shows the nearest passage, as a help \
                to the reader, never as a match.",
        example: "\
# at fault: the source has 11 000
quote: estimated at 12 000 men
# mended
quote: estimated at 11 000 men
",
    },
    Code {
        code: "quote-ambiguous",
        about: "The words stand in the source several times, and nothing tells which place is meant. Quote a few \
                words more, or give the paragraph.",
        example: "\
# at fault
quote: the troops
# mended
quote: the troops
locator: § 5
",
    },
    Code {
        code: "quote-changed",
        about: "There are no captures at hand, and `captures.lock` does not know this quote with this locator, or \
                this capture: it was changed or added since `sourcebook verify` ran. Until it runs again nobody \
                has looked the words up.",
        example: "\
# whoever has the captures runs, and commits captures.lock
$ sourcebook verify
",
    },
    Code {
        code: "quote-gaps",
        about: "A quote is joined by `[…]` of more than fifty parts. That is no quotation but a collage, and each part would \
                be looked for beside each other one.",
        example: "\
# at fault, if it goes on like this fifty times
quote: The bridge […] was closed […] by noon […]
# mended
evidence:
  - { source: paper, quote: The bridge was closed }
  - { source: paper, quote: by noon }
",
    },
    Code {
        code: "quote-voices",
        about: "Captions and transcripts may name who speaks. This quote begins with the words of one voice and ends with those \
                of another: nobody said all of it.",
        example: "\
# at fault: « Was it closed? » asks one, « By noon » answers another
- { source: interview, quote: \"Was it closed? By noon\", locator: \"00:12:31\" }
# mended
- { source: interview, quote: \"By noon\", locator: \"00:12:33\" }
",
    },
    Code {
        code: "stale-lock",
        about: "The captures at hand say something else than `captures.lock`: a quote was added, changed or \
                removed since. A build without the captures would not show what this one shows.",
        example: "\
$ sourcebook verify
",
    },
    Code {
        code: "stamp-invalid",
        about: "A timestamp in `proof/` does not hold: what was stamped was changed, the token is of other bytes, its \
                signature is not one, or its certificate did not lead to those in `proof/AUTHORITY.pem` at the token's own \
                time. It would be published for readers who check it, so nothing is written. That a certificate has run out \
                since is no fault.",
        example: "\
# at fault: proof/0123456789abcdef/captures.lock was edited
# mended: restore it, or remove the folder, and ask for a new timestamp
$ sourcebook stamp
",
    },
    Code {
        code: "stamp-unchecked",
        about: "This program was built without the Cargo feature `stamp` and cannot check the timestamps in `proof/`: no page \
                tells of them.",
        example: "\
# mended: a program that can
$ cargo install --path . --features stamp
",
    },
    Code {
        code: "unreadable-capture",
        about: "A capture is there and cannot be read: it is no text (PDF, image, archive), or the system refuses \
                it. Save the page as text, Markdown or HTML.",
        example: "\
# at fault
capture: 4.pdf
# mended
capture: 4.txt
",
    },
    Code {
        code: "wrong-locator",
        about: "The quote stands in the source word for word, but not in the paragraph that the locator names: a \
                reader who follows it finds nothing.",
        example: "\
# at fault: the words stand in the fifth paragraph
locator: § 4
# mended
locator: § 5
",
    },
];
