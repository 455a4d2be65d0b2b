//! RIS, as Zotero, EndNote and Mendeley read it: two letters, two spaces, a hyphen, a space, one line a field.

use super::Input;
use super::item::{Item, single, sources};
use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::work_kinds;

/// All sources.
pub fn write(input: &Input<'_>, out: &mut String) {
    for item in sources(input) {
        write_item(out, &item);
        out.push_str("\r\n");
    }
}

fn write_item(out: &mut String, item: &Item<'_>) {
    let kind = reference_type(item.kind);
    field(out, "TY", Some(kind));
    // What `TY` has no word for, as the type of the work.
    field(out, "M3", (work_kinds::of_ris(kind) != Some(item.kind)).then_some(item.kind));
    field(out, "ID", Some(item.id));
    field(out, "TI", Some(&item.title));
    item.authors.iter().for_each(|name| field(out, "AU", Some(name)));
    field(out, if item.is_part() { "T2" } else { "PB" }, item.publisher);
    field(out, "PY", item.issued.and_then(single).map(|(year, ..)| format!("{year:04}")).as_deref());
    field(out, "DA", item.issued.and_then(slashed).as_deref());
    field(out, "Y2", item.accessed.and_then(slashed).as_deref());
    field(out, "UR", item.url.as_deref());
    field(out, "N1", item.archive.map(|url| format!("Archive: {url}")).as_deref());
    field(out, "N1", item.status);
    field(out, "LA", item.language);
    out.push_str("ER  - \r\n");
}

/// A line must not break: the next one would be read as a field.
fn field(out: &mut String, tag: &str, value: Option<&str>) {
    let Some(value) = value else { return };
    out.push_str(tag);
    out.push_str("  - ");
    out.extend(value.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }));
    out.push_str("\r\n");
}

/// `2024/11/03/`, `2024/11//`, `2024///`.
fn slashed(date: &Edtf) -> Option<String> {
    let (year, month, day) = single(date)?;
    let part = |part: Option<u8>| part.map_or_else(String::new, |n| format!("{n:02}"));
    Some(format!("{year:04}/{}/{}/", part(month), part(day)))
}

fn reference_type(kind: &str) -> &'static str {
    match kind {
        "article-newspaper" => "NEWS",
        "article-magazine" => "MGZN",
        "article-journal" | "article" | "review" | "review-book" => "JOUR",
        "bill" => "BILL",
        "book" | "classic" => "BOOK",
        "broadcast" => "VIDEO",
        "chapter" => "CHAP",
        "dataset" => "DATA",
        "entry-dictionary" => "DICT",
        "entry-encyclopedia" => "ENCYC",
        "figure" => "FIGURE",
        "graphic" => "ART",
        "hearing" => "HEAR",
        "legal_case" => "CASE",
        "legislation" | "regulation" => "STAT",
        "manuscript" => "UNPB",
        "map" => "MAP",
        "motion_picture" => "MPCT",
        "musical_score" => "MUSIC",
        "pamphlet" => "PAMP",
        "paper-conference" => "CPAPER",
        "patent" => "PAT",
        "personal_communication" => "PCOMM",
        "post-weblog" => "BLOG",
        "report" => "RPRT",
        "software" => "COMP",
        "song" => "SOUND",
        "standard" => "STAND",
        "thesis" => "THES",
        "webpage" | "post" => "ELEC",
        _ => "GEN",
    }
}
