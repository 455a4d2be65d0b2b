//! What other programs write: BibTeX, RIS, CSL-JSON, saved pages as works, citation styles.

use std::collections::BTreeMap;

use sourcebook_core::base::diagnostic::Report;
use sourcebook_core::base::file::FileId;
use sourcebook_core::base::tree::{emit, yaml};
use sourcebook_core::model::language::Language;
use sourcebook_core::model::{Dossier, Ref, SourceIx};
use sourcebook_desk::import::item::Item;
use sourcebook_desk::import::{bibtex, csl, merge, page, record, ris};
use sourcebook_site::styles::{Style, Work};

use crate::texts::{codes, sound};
use crate::{Target, about, signature};

/// BibTeX and biblatex, beside the crate `biblatex`.
pub const BIBTEX: Target = Target {
    name: "bibtex",
    run: |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let report = bibtex::read(FileId(0), &text);
        let theirs = biblatex::RawBibliography::parse(&text).map(|read| read.entries.len());
        // Where nothing is odd, both see as many entries.
        if report.diagnostics.is_empty()
            && let Ok(count) = theirs
            && !text.to_lowercase().contains("@xdata")
        {
            assert!(report.value.len() <= count, "{} of {count} entries in {text:?}", report.value.len());
        }
        works(report, &text)
    },
    endings: &[".bib"],
    words: &[
        "@book{k,\n",
        "@article{",
        "@string{a = \"b\"}\n",
        "@comment{",
        "@preamble{",
        "title = {",
        "author = {A and B}",
        "year = 2000,\n",
        "}\n",
        "},\n",
        "# ",
        "{\\'e}",
        "\\textit{",
        "$",
        "crossref = {k}",
        "date = {2000/2001}",
        "{{",
        "\\&",
        "%",
        " and ",
        "doi = {10.1/x}",
    ],
    weight: 2,
};

/// RIS.
pub const RIS: Target = Target {
    name: "ris",
    run: |bytes| {
        let text = String::from_utf8_lossy(bytes);
        works(ris::read(FileId(0), &text), &text)
    },
    endings: &[".ris"],
    words: &[
        "TY  - BOOK\n",
        "ER  - \n",
        "TI  - ",
        "AU  - A, B\n",
        "PY  - 2000/01/02/\n",
        "DO  - ",
        "UR  - https://e.org\n",
        "\r\n",
        "T2  - ",
    ],
    weight: 4,
};

/// CSL-JSON, beside the crate `citationberg`.
pub const CSL_JSON: Target = Target {
    name: "csl-json",
    run: |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let report = csl::read(FileId(0), &text);
        let theirs: Result<Vec<citationberg::json::Item>, _> = serde_json::from_str(&text);
        if let Ok(theirs) = theirs {
            assert!(report.value.len() <= theirs.len(), "{text}");
        }
        works(report, &text)
    },
    endings: &[".json"],
    words: &[
        "[{",
        "}]",
        "\"id\":\"a\"",
        "\"type\":\"book\"",
        "\"title\":\"T\"",
        "\"author\":[{\"family\":\"A\",\"given\":\"B\"}]",
        "\"issued\":{\"date-parts\":[[2000,1,2]]}",
        "\"literal\":",
        "\"URL\":\"https://e.org\"",
        ",",
        "null",
        "\"DOI\":\"10.1/x\"",
        "\"note\":",
    ],
    weight: 3,
};

/// What a saved page says of itself.
pub const PAGE: Target = Target {
    name: "page",
    run: |bytes| {
        let html = String::from_utf8_lossy(bytes);
        let page = page::read(&html, Some("https://example.org/a"));
        record_of(&page.item);
        signature((page.from.into_iter().collect::<Vec<_>>(), page.saved_by))
    },
    endings: &[".html"],
    words: &[
        "<meta name=\"author\" content=\"",
        "<meta property=\"og:title\" content=\"",
        "<script type=\"application/ld+json\">",
        "</script>",
        "{\"@type\":\"NewsArticle\",\"headline\":\"",
        "\"author\":{\"name\":\"A\"}",
        "\"datePublished\":\"2024-01-02\"",
        "<title>",
        "</title>",
        "<time datetime=\"",
        "<link rel=\"canonical\" href=\"",
        "<html lang=\"fr\">",
        "&amp;",
        "\">",
        "@graph",
    ],
    weight: 3,
};

/// Citation styles, run on a work.
pub const STYLE: Target = Target {
    name: "style",
    run: |bytes| {
        let xml = String::from_utf8_lossy(bytes);
        let style = match Style::parse(&xml, Language::English) {
            Ok(style) => style,
            Err(why) => {
                assert!(xml.get(why.at.clone()).is_some(), "{why:?}");
                return signature(why.message.split('`').next().unwrap_or_default().to_owned());
            }
        };
        let dates = [("issued", "about 2020".to_owned())];
        let work = Work { item: WORK, dates: &dates, title: "The bridge", page: Ref::Source(SourceIx::at(0)) };
        let styled = style.reference(&work);
        signature(styled.map(|styled| (about(styled.note.len()), about(styled.full.len()))))
    },
    endings: &[".csl"],
    words: &[
        "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"note\" version=\"1.0\">",
        "</style>",
        "<macro name=\"a\">",
        "</macro>",
        "<text macro=\"a\"/>",
        "<text variable=\"title\"/>",
        "<citation><layout>",
        "</layout></citation>",
        "<choose><if type=\"book\">",
        "</if>",
        "<else>",
        "</else></choose>",
        "<names variable=\"author\"><name/></names>",
        "<date variable=\"issued\" form=\"text\"/>",
        "<group delimiter=\", \">",
        "</group>",
        " prefix=\"(\"",
        " suffix=\".\"",
        "<number variable=\"page\"/>",
        "<label variable=\"page\"/>",
        "<sort><key macro=\"a\"/></sort>",
    ],
    weight: 1,
};

const WORK: &str = r#"{"id":"b","type":"article-newspaper","title":"The bridge","author":[{"literal":"Ada Roe"}],"publisher":"Herald",
    "issued":{"date-parts":[[2020]]},"page":"3-4","URL":"https://example.org/a?b=1&c=2","language":"en"}"#;

/// Works as records, and what was told of them.
fn works(report: Report<Vec<Item>>, text: &str) -> u64 {
    sound(&report.diagnostics, text);
    let (told, count) = (codes(&report.diagnostics), report.value.len());
    let keys: std::collections::BTreeSet<String> = report.value.iter().flat_map(record_of).collect();
    let merged = merge::merge(report.value, &Dossier::default());
    assert!(merged.new.len() + merged.known.len() <= count);
    signature((told, about(count), keys, about(merged.known.len())))
}

/// The keys of the record that a work becomes, which can be read again.
fn record_of(item: &Item) -> Vec<String> {
    let dossier = Dossier::default();
    let fields = record::fields(item, &record::People::of(&dossier), &BTreeMap::new());
    let written = emit::map(&fields);
    let read = yaml::parse(FileId(0), &written, 0..written.len());
    assert!(read.diagnostics.is_empty(), "{:?}\n{written}", read.diagnostics);
    written.lines().filter_map(|line| line.split_once(':')).map(|(key, _)| key.to_owned()).take(20).collect()
}
