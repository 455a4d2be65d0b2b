//! What the fields of an entry are in a source record.

use std::cell::RefCell;

use biblatex::{ChunksExt, Person};

use super::tex::{self, Words};
use super::{Value, Work};
use crate::import::item::{DateOf, Draft, Item};
use crate::import::{date, names};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::Span;
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

/// Fields whose values are no running text.
const ADDRESSES: &[&str] = &["url", "doi", "file", "eprint", "pdf", "local-url"];

/// Fields in which `~` is a mark of a date, and not a space.
const DATES: &[&str] = &["date", "year", "urldate", "origdate", "eventdate"];

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
pub(super) fn item(work: &Work<'_>, values: &[Value], diagnostics: &mut Diagnostics) -> Item {
    let place = Place::new(work, values);
    let mut draft = Draft { item: Item::new(work.span), diagnostics };
    draft.item.key = work.key.to_owned();
    address(&mut draft, &place);
    set_kind(&mut draft, &place, &work.kind);
    if let Some(title) = place.text("title") {
        let subtitle = place.text("subtitle").filter(|s| !s.trim().is_empty());
        draft.title(&subtitle.map_or(title.clone(), |subtitle| format!("{title}: {subtitle}")));
    }
    authors(&mut draft, &place);
    published(&mut draft, &place);
    if let Some(date) = place.text("urldate") {
        draft.date(DateOf::Accessed, "urldate", &date, place.of("urldate"));
    }
    for field in HOLDERS {
        if let Some(name) = place.text(field) {
            draft.publisher(field, &name);
        }
    }
    for field in ["langid", "language"] {
        if let Some(language) = place.text(field) {
            draft.language(field, &language, place.of(field));
        }
    }
    if let Some(note) = place.text("note") {
        draft.note("note", &note);
    }
    rest(&mut draft, &place);
    place.tell(draft.diagnostics);
    draft.finish()
}

fn address(draft: &mut Draft<'_>, place: &Place<'_>) {
    if let Some(url) = place.text("url") {
        draft.url("url", &url, place.of("url"));
    }
    if let Some(doi) = place.text("doi") {
        draft.doi("doi", &doi);
    }
    // `howpublished = {\url{https://…}}` of BibTeX, which has no field for addresses.
    if let Some(how) = place.value("howpublished") {
        let bare = tex::address(&how.text);
        match sourcebook_core::base::url::is_safe_url(&bare) {
            true => draft.url("howpublished", &bare, how.span),
            false => {
                draft.keep("howpublished", crate::import::text::lines(&place.text("howpublished").unwrap_or_default()))
            }
        }
    }
    if let Some(id) = place.text("eprint") {
        let of = ["eprinttype", "archiveprefix"].iter().find_map(|field| place.text(field)).unwrap_or_default();
        draft.eprint(&of, &id);
    }
}

/// `entrysubtype` is finer than the type: `newspaper`, `magazine` by custom, CSL types in our own exports.
fn set_kind(draft: &mut Draft<'_>, place: &Place<'_>, kind: &str) {
    match work_kinds::of_bibtex(kind, draft.item.url.is_some()) {
        Some(found) => draft.item.kind = found,
        None => draft.unknown_type("type", kind, place.key),
    }
    let Some(finer) = place.text("entrysubtype") else { return };
    let known = match &*finer {
        "newspaper" => draft.csl_type("article-newspaper"),
        "magazine" => draft.csl_type("article-magazine"),
        finer => draft.csl_type(finer),
    };
    if !known {
        draft.keep("entrysubtype", finer);
    }
}

fn authors(draft: &mut Draft<'_>, place: &Place<'_>) {
    let Some(written) = place.words("author") else { return };
    let text = written.text();
    // A sign of equality makes `biblatex` look for `family=…, given=…`, and for nothing else.
    let persons = match text.contains('=') && !text.contains("family") {
        true => Vec::new(),
        false => written.chunks.parse::<Vec<Person>>().unwrap_or_default(),
    };
    for Person { name, given_name, prefix, suffix, .. } in persons {
        match (&*name, &*given_name) {
            ("others", "") => draft.keep("author", "and others"),
            _ => draft.author(&names::whole(&given_name, &prefix, &name, &suffix)),
        }
    }
    if draft.item.authors.is_empty() && text != "others" {
        draft.author(&text);
    }
}

fn published(draft: &mut Draft<'_>, place: &Place<'_>) {
    if let Some(date) = place.text("date") {
        draft.date(DateOf::Published, "date", &date, place.of("date"));
    }
    let Some(year) = place.text("year") else { return };
    let month = place.text("month");
    let known = month.as_deref().and_then(date::month);
    let day = place.text("day").and_then(|day| day.trim().parse::<u8>().ok());
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

fn rest(draft: &mut Draft<'_>, place: &Place<'_>) {
    for value in place.values {
        let field = &*value.name;
        if OWN.contains(&field) || field.starts_with("bdsk-") {
            draft.item.left_out.push(field.to_owned());
        } else if !READ.contains(&field) && !HOLDERS.contains(&field) {
            let words = place.text(field).unwrap_or_default();
            draft.keep(field, crate::import::text::lines(&words));
        }
    }
}

/// Where an entry stands, and what its fields say.
struct Place<'a> {
    key: Span,
    values: &'a [Value],
    marks: tex::Marks,
    /// Commands that nobody knows, and where.
    unknown: RefCell<Vec<(String, Span)>>,
}

impl<'a> Place<'a> {
    fn new(work: &Work<'_>, values: &'a [Value]) -> Self {
        let place = Self { key: work.span, values, marks: tex::marks(None), unknown: RefCell::default() };
        let language = ["langid", "language"].iter().find_map(|field| names::language(&place.value(field)?.text));
        Self { marks: tex::marks(language.as_deref()), ..place }
    }

    fn value(&self, field: &str) -> Option<&'a Value> {
        self.values.iter().find(|value| &*value.name == field)
    }

    /// The words of a field.
    fn words(&self, field: &str) -> Option<Words> {
        let value = self.value(field)?;
        let words = tex::read(&value.text, self.marks);
        self.unknown.borrow_mut().extend(words.unknown.iter().map(|name| (name.clone(), value.span)));
        Some(words)
    }

    /// The text of a field, its commands read and its braces gone.
    fn text(&self, field: &str) -> Option<String> {
        let value = self.value(field)?;
        if ADDRESSES.contains(&field) {
            return Some(tex::address(&value.text));
        }
        if DATES.contains(&field) {
            return Some(tex::date(&value.text));
        }
        self.words(field).map(|words| words.text())
    }

    /// Where a field's value stands, or else the key.
    fn of(&self, field: &str) -> Span {
        self.value(field).map_or(self.key, |value| value.span)
    }

    /// Tells which commands were not known, each once.
    fn tell(&self, diagnostics: &mut Diagnostics) {
        let mut told: Vec<(String, Span)> = Vec::new();
        for (name, span) in self.unknown.take() {
            if told.iter().any(|(known, at)| *known == name && *at == span) {
                continue;
            }
            let message = format!("`\\{name}` is no command that we know: its words stay, the command is left out");
            let help = "compare the words in the sheet with the entry";
            diagnostics.push(Diagnostic::warning("bibtex-syntax", span, message).help(help));
            told.push((name, span));
        }
    }
}
