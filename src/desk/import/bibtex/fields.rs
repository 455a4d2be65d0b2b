//! What the fields of an entry are in a source record.

use biblatex::{Entry, Person};

use super::Place;
use crate::import::item::{DateOf, Draft, Item};
use crate::import::{date, names};
use sourcebook_core::base::diagnostic::Diagnostics;
use sourcebook_core::model::work_kinds;

/// Where a work appeared, in the order in which it is looked for: the larger work before its publisher.
const HOLDERS: &[&str] =
    &["journaltitle", "journal", "booktitle", "institution", "school", "organization", "publisher"];

/// What means something on one machine or in one program only.
const OWN: &[&str] = &[
    "file",
    "owner",
    "timestamp",
    "creationdate",
    "modificationdate",
    "groups",
    "groupsearch",
    "keywordgroups",
    "localfile",
    "__markedentry",
];

/// Read with others, below.
const READ: &[&str] = &[
    "title",
    "subtitle",
    "author",
    "date",
    "year",
    "month",
    "day",
    "url",
    "urldate",
    "doi",
    "note",
    "language",
    "langid",
    "howpublished",
    "entrysubtype",
    "crossref",
    "xdata",
    "xref",
];

/// An entry as a work.
pub fn item(place: &Place<'_, '_>, entry: &Entry, kind: &str, diagnostics: &mut Diagnostics) -> Item {
    let mut draft = Draft { item: Item::new(place.key), diagnostics };
    draft.item.key.clone_from(&entry.key);
    address(&mut draft, place, entry);
    set_kind(&mut draft, place, entry, kind);
    if let Some(title) = place.text(entry, "title") {
        let subtitle = place.text(entry, "subtitle").filter(|s| !s.trim().is_empty());
        draft.title(&subtitle.map_or(title.clone(), |subtitle| format!("{title}: {subtitle}")));
    }
    authors(&mut draft, place, entry);
    published(&mut draft, place, entry);
    if let Some(date) = place.text(entry, "urldate") {
        draft.date(DateOf::Accessed, "urldate", &date, place.of("urldate"));
    }
    for field in HOLDERS {
        if let Some(name) = place.text(entry, field) {
            draft.publisher(field, &name);
        }
    }
    for field in ["langid", "language"] {
        if let Some(language) = place.text(entry, field) {
            draft.language(field, &language, place.of(field));
        }
    }
    if let Some(note) = place.text(entry, "note") {
        draft.note("note", &note);
    }
    rest(&mut draft, place, entry);
    draft.finish()
}

fn address(draft: &mut Draft<'_>, place: &Place<'_, '_>, entry: &Entry) {
    if let Some(url) = place.text(entry, "url") {
        draft.url("url", &url, place.of("url"));
    }
    if let Some(doi) = place.text(entry, "doi") {
        draft.doi("doi", &doi);
    }
    // `howpublished = {\url{https://…}}` of BibTeX, which has no field for addresses.
    if let Some(how) = place.text(entry, "howpublished") {
        let bare = how.trim().trim_start_matches("\\url").trim_matches(['{', '}', ' ']);
        match sourcebook_core::base::url::is_safe_url(bare) {
            true => draft.url("howpublished", bare, place.of("howpublished")),
            false => draft.keep("howpublished", crate::import::text::lines(&how)),
        }
    }
}

/// `entrysubtype` is finer than the type: `newspaper`, `magazine` by custom, CSL types in our own exports.
fn set_kind(draft: &mut Draft<'_>, place: &Place<'_, '_>, entry: &Entry, kind: &str) {
    match work_kinds::of_bibtex(kind, draft.item.url.is_some()) {
        Some(found) => draft.item.kind = found,
        None => draft.unknown_type("type", kind, place.key),
    }
    let Some(finer) = place.text(entry, "entrysubtype") else { return };
    let known = match &*finer {
        "newspaper" => draft.csl_type("article-newspaper"),
        "magazine" => draft.csl_type("article-magazine"),
        finer => draft.csl_type(finer),
    };
    if !known {
        draft.keep("entrysubtype", finer);
    }
}

fn authors(draft: &mut Draft<'_>, place: &Place<'_, '_>, entry: &Entry) {
    let Some(written) = place.text(entry, "author") else { return };
    for Person { name, given_name, prefix, suffix, .. } in entry.get_as::<Vec<Person>>("author").unwrap_or_default() {
        match (&*name, &*given_name) {
            ("others", "") => draft.keep("author", "and others"),
            _ => draft.author(&names::whole(&given_name, &prefix, &name, &suffix)),
        }
    }
    if draft.item.authors.is_empty() {
        draft.keep("author", crate::import::text::line(&written));
    }
}

fn published(draft: &mut Draft<'_>, place: &Place<'_, '_>, entry: &Entry) {
    if let Some(date) = place.text(entry, "date") {
        draft.date(DateOf::Published, "date", &date, place.of("date"));
    }
    let Some(year) = place.text(entry, "year") else { return };
    let month = place.text(entry, "month");
    let known = month.as_deref().and_then(date::month);
    let day = place.text(entry, "day").and_then(|day| day.trim().parse::<u8>().ok());
    let year_only = year.trim().len() == 4 && year.trim().bytes().all(|b| b.is_ascii_digit());
    let whole = match (known, day) {
        _ if !year_only => year.clone(),
        (Some(month), Some(day)) => format!("{}-{month:02}-{day:02}", year.trim()),
        (Some(month), None) => format!("{}-{month:02}", year.trim()),
        // `month = "10~" # oct` and its like: words.
        (None, _) => match month.as_deref().map(|month| format!("{month} {}", year.trim())) {
            Some(words) if matches!(date::edtf(&words), Ok(Some(_))) => words,
            _ => year.trim().to_owned(),
        },
    };
    draft.date(DateOf::Published, "year", &whole, place.of("year"));
    if let (Some(month), None) = (month, known)
        && draft.item.published.as_deref().is_some_and(|date| date == year.trim())
    {
        draft.keep("month", crate::import::text::line(&month));
    }
}

fn rest(draft: &mut Draft<'_>, place: &Place<'_, '_>, entry: &Entry) {
    for field in entry.fields.keys().map(String::as_str) {
        if OWN.contains(&field) || field.starts_with("bdsk-") {
            draft.item.left_out.push(field.to_owned());
        } else if !READ.contains(&field) && !HOLDERS.contains(&field) {
            let words = place.text(entry, field).unwrap_or_default();
            draft.keep(field, crate::import::text::lines(&words));
        }
    }
}
