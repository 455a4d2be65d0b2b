//! RIS: two letters, two spaces, a hyphen, a space, a value; one field a line, from `TY` to `ER`.
//!
//! Read as it is met, not only as it is defined: fewer or more spaces, lines that go on without a tag, `ER` left out,
//! lines before the first `TY`. Names of tags that nobody agrees on (`T2`, `JO`, `JF`, `BT`) are all the larger work.

use super::item::{DateOf, Draft, Item};
use super::{date, names, step};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Report};
use sourcebook_core::base::file::{FileId, Span};
use sourcebook_core::model::work_kinds::{self, is_part};

/// Reads all records.
pub fn read(file: FileId, text: &str) -> Report<Vec<Item>> {
    let mut diagnostics = Diagnostics::new();
    let mut items = Vec::new();
    for record in records(file, text, &mut diagnostics) {
        items.push(item(&record, &mut diagnostics));
    }
    Report::new(items, diagnostics)
}

struct Field<'t> {
    tag: &'t str,
    value: String,
    span: Span,
}

fn records<'t>(file: FileId, text: &'t str, diagnostics: &mut Diagnostics) -> Vec<Vec<Field<'t>>> {
    let mut records: Vec<Vec<Field<'t>>> = Vec::new();
    let (mut open, mut at) = (false, 0);
    let mut stray: Option<Span> = None;
    for whole in text.split_inclusive(['\n', '\r']) {
        let start = at;
        at += whole.len();
        step(whole.len());
        let line = whole.trim_end();
        let field = field(line).map(|(tag, from)| Field {
            tag,
            value: line[from..].trim().to_owned(),
            span: Span::new(file, start + from..start + line.len().max(from)),
        });
        match (field, records.last_mut()) {
            (Some(field), _) if field.tag == "TY" => {
                records.push(vec![field]);
                open = true;
            }
            (Some(field), _) if field.tag == "ER" => open = false,
            (Some(field), Some(record)) if open => record.push(field),
            // What goes on from the line above.
            (None, Some(record)) if open => {
                if let Some(last) = record.last_mut().filter(|_| !line.trim().is_empty()) {
                    step(line.len());
                    last.value.push('\n');
                    last.value.push_str(line.trim());
                }
            }
            (Some(field), _) => {
                stray.get_or_insert(Span::new(file, start..field.span.range().end));
            }
            (None, _) => {}
        }
    }
    if let Some(span) = stray {
        let message = "this field stands before any `TY`, in no record";
        let help = "a record begins with `TY  - ` and ends with `ER  - `";
        diagnostics.push(Diagnostic::error("ris-syntax", span, message).help(help));
    } else if records.is_empty() {
        let message = "there is no record in this file";
        let help = "a record begins with `TY  - ` and ends with `ER  - `";
        diagnostics.push(Diagnostic::error("ris-syntax", Span::new(file, 0..0), message).help(help));
    }
    records
}

/// The tag of a line, and where its value begins.
fn field(line: &str) -> Option<(&str, usize)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag =
        tag.as_bytes()[0].is_ascii_uppercase() && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let dash = rest.trim_start_matches(' ');
    let value = dash.strip_prefix('-').filter(|_| is_tag && dash.len() < rest.len())?;
    // `AB -1 degree` is a line that goes on; `ER  -` is not.
    let from = line.len() - value.trim_start().len();
    (value.is_empty() || value.starts_with(' ') || rest.starts_with("  -")).then_some((tag, from))
}

fn item(record: &[Field<'_>], diagnostics: &mut Diagnostics) -> Item {
    let nowhere = Span::new(FileId(0), 0..0);
    let mut draft = Draft { item: Item::new(record.first().map_or(nowhere, |field| field.span)), diagnostics };
    set_kind(&mut draft, record);
    // A work that appears in another is in `T2`; of a book, `T2` is the series, and of a whole one `BT` is the title.
    let in_larger = is_part(draft.item.kind) || draft.item.kind == "document";
    for larger in [true, false] {
        let these = record.iter().filter(|field| (in_larger && is_larger_work(field.tag)) == larger);
        these.for_each(|field| take(&mut draft, field, in_larger));
    }
    published(&mut draft, record);
    draft.finish()
}

/// The type; our own exports say in `M3` what `TY` has no word for.
fn set_kind(draft: &mut Draft<'_>, record: &[Field<'_>]) {
    let find = |tag| record.iter().find(|field| field.tag == tag);
    if let Some(found) = find("TY") {
        match work_kinds::of_ris(&found.value.to_uppercase()) {
            Some(kind) => draft.item.kind = kind,
            None => draft.unknown_type("TY", &found.value, found.span),
        }
    }
    for field in record.iter().filter(|field| field.tag == "M3") {
        if !draft.csl_type(&field.value) {
            draft.keep("M3", super::text::lines(&field.value));
        }
    }
}

fn is_larger_work(tag: &str) -> bool {
    matches!(tag, "T2" | "JO" | "JF" | "BT" | "JA")
}

/// The dates of publication together: `PY 2015` beside `DA OCT 18` is one day.
fn published(draft: &mut Draft<'_>, record: &[Field<'_>]) {
    let fields = record.iter().filter(|field| matches!(field.tag, "PY" | "Y1" | "DA") && !field.value.is_empty());
    let year = || {
        let years = record.iter().filter(|field| matches!(field.tag, "PY" | "Y1"));
        years.filter_map(|field| date::year(&field.value)).next()
    };
    for Field { tag, value, span } in fields {
        let with_year =
            || Some(format!("{value} {}", year()?)).filter(|whole| matches!(date::edtf(whole), Ok(Some(_))));
        match date::edtf(value).is_err().then(with_year).flatten() {
            Some(whole) => draft.date(DateOf::Published, tag, &whole, *span),
            None => draft.date(DateOf::Published, tag, value, *span),
        }
    }
}

fn take(draft: &mut Draft<'_>, field: &Field<'_>, in_larger: bool) {
    let Field { tag, value, span } = field;
    match *tag {
        "TY" | "M3" | "PY" | "Y1" | "DA" => {}
        "ID" => draft.item.key.clone_from(value),
        "TI" | "T1" | "CT" if draft.item.title.is_none() => draft.title(value),
        "BT" if !in_larger && draft.item.title.is_none() => draft.title(value),
        "AU" | "A1" => draft.author(&names::turned(value)),
        "T2" | "JO" | "JF" | "BT" | "JA" if in_larger => draft.publisher(tag, value),
        "PB" => draft.publisher(tag, value),
        "Y2" => draft.date(DateOf::Accessed, tag, value, *span),
        "UR" | "LK" => addresses(draft, tag, value, *span),
        "N1" => draft.note(tag, value),
        "DO" => draft.doi(tag, value),
        "LA" => draft.language(tag, value, *span),
        "L1" | "L2" | "L3" | "L4" if !sourcebook_core::base::url::is_safe_url(value) => {
            draft.item.left_out.push((*tag).to_owned())
        }
        _ => draft.keep(tag, super::text::lines(value)),
    }
}

/// One address, or several with spaces, semicolons or line breaks between them.
fn addresses(draft: &mut Draft<'_>, tag: &str, value: &str, span: Span) {
    let parts: Vec<&str> = value.split([' ', ';', '\n']).filter(|part| !part.is_empty()).collect();
    let all = |parts: &[&str]| parts.iter().all(|part| sourcebook_core::base::url::is_safe_url(part));
    match parts.len() > 1 && all(&parts) {
        true => parts.iter().for_each(|part| draft.url(tag, part, span)),
        false => draft.url(tag, value, span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `title | author & author | publisher | published | url | extra=value …`.
    #[track_caller]
    fn check(record: &str, expect: &str) {
        let report = read(FileId(0), record);
        assert!(report.diagnostics.is_empty(), "{:#?}", report.diagnostics);
        let item = &report.value[0];
        let one = |text: &Option<String>| text.clone().unwrap_or_default();
        let extra: Vec<_> =
            item.extra.iter().map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or("?"))).collect();
        let found = [
            one(&item.title),
            item.authors.join(" & "),
            one(&item.publisher),
            one(&item.published),
            one(&item.url),
            extra.join(" "),
        ];
        assert_eq!(found.join(" | ").trim_end_matches([' ', '|']), expect, "{record}");
    }

    #[test]
    fn names_and_dates() {
        check(
            "TY  - JOUR\nTI  - T\nAU  - White, JR\nAU  - Stone, M. D., Jr\nPY  - 2015\nDA  - OCT 18\n",
            "T | JR White & M. D. Stone, Jr |  | 2015-10-18",
        );
        check("TY  - JOUR\nTI  - T\nDA  - OCT-DEC\nPY  - 2015\n", "T |  |  | 2015-10/2015-12");
        check("TY  - JOUR\nTI  - T\nPY  - 2015/10/18/\nDA  - 2015\n", "T |  |  | 2015-10-18");
        check("TY  - JOUR\nTI  - T\nPY  - 2015\nDA  - SPR\n", "T |  |  | 2015-21");
        check("TY  - JOUR\nTI  - T\nPY  - 2015\nDA  - 2015/10/18/\n", "T |  |  | 2015-10-18");
    }

    #[test]
    fn larger_works() {
        check("TY  - CHAP\nTI  - T\nT2  - A book\nPB  - A house\n", "T |  | A book |  |  | PB=A house");
        check("TY  - BOOK\nTI  - T\nT2  - A series\nPB  - A house\n", "T |  | A house |  |  | T2=A series");
        check("TY  - BOOK\nBT  - T\nPB  - A house\n", "T |  | A house");
        check("TY  - THES\nTI  - T\nT2  - A series\n", "T |  |  |  |  | T2=A series");
        check("TY  - GEN\nM3  - speech\nTI  - T\nPB  - P\n", "T |  | P");
    }

    #[test]
    fn addresses_and_dois() {
        check(
            "TY  - JOUR\nTI  - T\nDO  - Doi 10.1000/182\n",
            "T |  |  |  | https://doi.org/10.1000/182 | doi=10.1000/182",
        );
        check(
            "TY  - JOUR\nTI  - T\nUR  - https://a.org/ https://b.org/\n",
            "T |  |  |  | https://a.org/ | UR=https://b.org/",
        );
        check("TY  - JOUR\nTI  - T\nN2  - one\ntwo\n  three\n", "T |  |  |  |  | N2=one\ntwo\nthree");
    }
}
