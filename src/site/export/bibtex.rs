//! BibTeX, in UTF-8, with the date, address and language fields of biblatex beside the year that older styles read.

use std::fmt::Write;

use super::Input;
use super::item::{Item, single, sources};
use sourcebook_core::model::work_kinds;

/// All sources.
pub fn write(input: &Input<'_>, out: &mut String) {
    for item in sources(input) {
        write_item(out, &item);
        out.push('\n');
    }
}

/// One entry.
pub fn write_item(out: &mut String, item: &Item<'_>) {
    let kind = entry_type(item);
    let _ = write!(out, "@{kind}{{{}", item.id);
    field(out, "title", Some(&format!("{{{}}}", escape(&item.title))));
    // Braces keep a name whole: BibTeX would take its last word for the family's.
    let authors: Vec<_> = item.authors.iter().map(|name| format!("{{{}}}", escape(name))).collect();
    field(out, "author", Some(authors.join(" and ")).filter(|a| !a.is_empty()).as_deref());
    field(out, holder(kind), item.publisher.map(escape).as_deref());
    let issued = item.issued.and_then(single);
    field(out, "date", item.issued.and_then(iso).as_deref());
    field(out, "year", issued.map(|(year, ..)| year.to_string()).as_deref());
    field(out, "month", issued.and_then(|(_, month, _)| month).map(|m| m.to_string()).as_deref());
    field(out, "url", item.url.as_deref().map(address).as_deref());
    field(out, "urldate", item.accessed.and_then(iso).as_deref());
    field(out, "language", item.language.map(escape).as_deref());
    // What the entry type has no word for, as biblatex has it.
    let plain = work_kinds::of_bibtex(kind, item.url.is_some()) == Some(item.kind);
    field(out, "entrysubtype", (!plain).then_some(item.kind));
    let archive = item.archive.map(|url| format!("Archive: {}", escape(url)));
    let notes: Vec<_> = item.status.map(str::to_owned).into_iter().chain(archive).collect();
    field(out, "note", Some(notes.join(". ")).filter(|note| !note.is_empty()).as_deref());
    out.push_str("\n}\n");
}

fn field(out: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = write!(out, ",\n  {name} = {{{value}}}");
    }
}

/// Year, month, day, and the marks of doubt of EDTF level 1, as biblatex reads them; nothing where the date is less plain than that.
fn iso(date: &sourcebook_core::model::date::Edtf) -> Option<String> {
    let (year, month, day) = single(date).filter(|(year, ..)| (0..=9999).contains(year))?;
    let rest: String = month.into_iter().chain(day).map(|part| format!("-{part:02}")).collect();
    let mark = match (date.is_uncertain(), date.is_approximate()) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    };
    Some(format!("{year:04}{rest}{mark}"))
}

fn entry_type(item: &Item<'_>) -> &'static str {
    match item.kind {
        "article" | "article-journal" | "article-magazine" | "article-newspaper" | "review" | "review-book" => {
            "article"
        }
        "book" | "classic" | "pamphlet" | "collection" => "book",
        "chapter" | "entry" | "entry-dictionary" | "entry-encyclopedia" => "incollection",
        "paper-conference" => "inproceedings",
        "report" => "techreport",
        "thesis" => "phdthesis",
        _ if item.url.is_some() => "online",
        _ => "misc",
    }
}

/// The field in which an entry names its outlet or publisher.
fn holder(kind: &str) -> &'static str {
    match kind {
        "article" => "journal",
        "incollection" | "inproceedings" => "booktitle",
        "techreport" => "institution",
        "phdthesis" => "school",
        "book" => "publisher",
        _ => "organization",
    }
}

/// Text for a field: what TeX would take for a command is shown as it is, and braces always balance.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("{\\textbackslash}"),
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '<' => out.push_str("{\\textless}"),
            '>' => out.push_str("{\\textgreater}"),
            '|' => out.push_str("{\\textbar}"),
            '^' => out.push_str("{\\textasciicircum}"),
            // Two hyphens would be a dash.
            '-' if out.ends_with('-') => out.push_str("{}-"),
            // And two apostrophes a quotation mark; a grave after `?` would turn it over.
            '\'' if out.ends_with('\'') => out.push_str("{}'"),
            '`' if out.ends_with(['`', '?', '!']) => out.push_str("{}`"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An address is read as it is, so that only what would end the field is encoded.
fn address(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}
