//! Styles through hayagriva: read, and run.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::json::{DateValue, Item, Value, VecDate, VecDateRange};
use hayagriva::citationberg::taxonomy::{OtherTerm, Term};
use hayagriva::citationberg::{self, IndependentStyle, Locale, LocaleCode, StyleClass, TermForm};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest};

use super::{Unusable, Work, elements, guard};
use sourcebook_core::base::diagnostic::nearest;
use sourcebook_core::base::guard::caught;
use sourcebook_core::model::language::Language;
use sourcebook_core::words::piece::Piece;
use sourcebook_core::words::reference::Styled;

/// Years that no work has: what a style prints in their place is replaced by words.
const NO_YEARS: std::ops::Range<i16> = 31_001..32_000;

/// A citation style, ready to run in a language.
#[derive(Clone, Debug)]
pub struct Style {
    style: Arc<IndependentStyle>,
    locale: LocaleCode,
}

impl Style {
    /// A style of the archive, by its name.
    ///
    /// # Errors
    /// The name that was perhaps meant.
    pub fn named(name: &str, language: Language) -> Result<Self, Option<&'static str>> {
        let names = || ArchivedStyle::all().iter().flat_map(|style| style.names()).copied();
        let found = ArchivedStyle::by_name(name).map(ArchivedStyle::get);
        match found {
            Some(citationberg::Style::Independent(style)) => Ok(Self::new(style, language)),
            _ => Err(nearest(name, names()).or_else(|| names().find(|known| known.starts_with(name)))),
        }
    }

    /// A style as it stands in a file.
    ///
    /// # Errors
    /// Why it is none, or none by itself.
    pub fn parse(xml: &str, language: Language) -> Result<Self, Unusable> {
        guard::check(xml)?;
        if let Some((address, at)) = guard::parent(xml) {
            return Err(dependent(&address, at));
        }
        let failed = || Unusable::new(0..0, "the library that reads styles fails at this one");
        let read = caught(|| IndependentStyle::from_xml(xml)).ok_or_else(failed)?;
        let style = read.map_err(|error| unreadable(xml, &error))?;
        Ok(Self::new(style, language))
    }

    fn new(style: IndependentStyle, language: Language) -> Self {
        let locale = language.rules().locale;
        // To read them takes longer than to load most dossiers, and can be done meanwhile.
        rayon::spawn(|| {
            locales();
        });
        Self { style: Arc::new(style), locale: LocaleCode(locale.to_owned()) }
    }

    /// A work in this style; `None` if the style prints nothing of it.
    pub fn reference(&self, work: &Work<'_>) -> Option<Styled> {
        let mut item: serde_json::Value = serde_json::from_str(work.item).ok()?;
        let stand_ins: Vec<_> = NO_YEARS.filter(|year| !work.item.contains(&year.to_string())).take(2).collect();
        let fields = item.as_object_mut()?;
        work.dates.iter().for_each(|(variable, _)| drop(fields.remove(*variable)));
        let mut item: Item = serde_json::from_value(item).ok()?;
        let mut dates = Vec::new();
        for ((variable, words), year) in work.dates.iter().zip(stand_ins) {
            item.0.insert((*variable).to_owned(), only_year(year));
            dates.push((year.to_string(), words.as_str()));
        }
        // The library holds that some things cannot be; a style of somebody's own may show that they can.
        let run = |item: &Item| caught(|| self.run(item));
        let [note, full] = run(&item)?;
        let [note, full] = match item.0.contains_key("issued") && !item.0.contains_key("author") {
            true => self.with_date([note, full], &item, &run)?,
            false => [note, full],
        };
        let finish = |pieces| elements::link_title(elements::fill_dates(pieces, &dates), work);
        let full = if full.is_empty() { note.clone() } else { full };
        let in_notes = self.style.settings.class == StyleClass::Note && !note.is_empty();
        let note = if in_notes { note } else { full.clone() };
        (!full.is_empty()).then(|| Styled { note: finish(note), full: finish(full) })
    }

    /// What was printed, with the date that was lost on the way: where a title stands in for the author, the library takes the
    /// date for said although it is not. That it is lost shows in that the same is printed without it. `None`, where it cannot
    /// be put back: our own form is right then, and the style's would be wrong.
    fn with_date(
        &self,
        printed: [Vec<Piece>; 2],
        item: &Item,
        run: &dyn Fn(&Item) -> Option<[Vec<Piece>; 2]>,
    ) -> Option<[Vec<Piece>; 2]> {
        let terms = self.no_date();
        let says_none = |pieces: &[Piece]| {
            let words: String = pieces.iter().map(Piece::words).collect();
            terms.iter().any(|term| words.contains(term.as_str()))
        };
        if !printed.iter().any(|pieces| says_none(pieces)) {
            return Some(printed);
        }
        let mut dateless = item.clone();
        dateless.0.remove("issued");
        let without = run(&dateless)?;
        let Some(Value::Date(DateValue::DateParts { date_parts, .. })) = item.0.get("issued") else { return None };
        let year = date_parts.0.first()?.0.first()?.to_string();
        let [note, full] = printed;
        let mend = |pieces: Vec<Piece>, without: &[Piece]| match says_none(&pieces) && pieces == without {
            true => elements::date_for_none(pieces, &terms, &year),
            false => Some(pieces),
        };
        Some([mend(note, &without[0])?, mend(full, &without[1])?])
    }

    /// What the style, or else its language, says where there is no date; the longest first.
    fn no_date(&self) -> Vec<String> {
        let ours = locales().iter().filter(|locale| locale.lang.as_ref() == Some(&self.locale));
        let mut terms: Vec<String> = self
            .style
            .locale
            .iter()
            .chain(ours)
            .flat_map(|locale| {
                [TermForm::Long, TermForm::Short].map(|form| locale.term(Term::Other(OtherTerm::NoDate), form))
            })
            .filter_map(|term| Some(term?.single()?.to_owned()))
            .filter(|term| !term.is_empty())
            .collect();
        terms.sort_by_key(|term| std::cmp::Reverse(term.len()));
        terms.dedup();
        terms
    }

    /// As a first note and as an entry of a bibliography; either may be empty.
    fn run(&self, item: &Item) -> [Vec<Piece>; 2] {
        let locale = Some(self.locale.clone());
        let mut driver = BibliographyDriver::new();
        let items = vec![CitationItem::with_entry(item)];
        driver.citation(CitationRequest::new(items, &self.style, locale.clone(), locales(), Some(1)));
        let rendered = driver.finish(BibliographyRequest::new(&self.style, locale, locales()));
        let note = rendered.citations.first().map(|one| elements::pieces(None, &one.citation));
        let entry = rendered.bibliography.as_ref().and_then(|whole| whole.items.first());
        let full = entry.map(|one| elements::pieces(one.first_field.as_ref(), &one.content));
        [note.unwrap_or_default(), full.unwrap_or_default()]
    }
}

/// The archive's locales of the languages that a dossier may be in.
fn locales() -> &'static [Locale] {
    static LOCALES: OnceLock<Vec<Locale>> = OnceLock::new();
    LOCALES.get_or_init(|| {
        let ours = |locale: &Locale| locale.lang.as_ref().is_some_and(|l| ["fr-FR", "en-US"].contains(&&*l.0));
        hayagriva::archive::locales().into_iter().filter(ours).collect()
    })
}

fn only_year(year: i16) -> Value {
    let date_parts = VecDateRange(vec![VecDate(vec![year])]);
    Value::Date(DateValue::DateParts { date_parts, literal: None, season: None, circa: false })
}

fn dependent(address: &str, at: Range<usize>) -> Unusable {
    let known = ArchivedStyle::by_id(address).and_then(|style| style.names().iter().min_by_key(|name| name.len()));
    let help = match known {
        Some(name) => format!("write `style = \"{name}\"`"),
        None => "put the file of that style into the dossier, and name it".to_owned(),
    };
    let message = format!("this style says nothing itself: it stands for `{address}`");
    Unusable { message, at, help: Some(help) }
}

/// The reader of styles knows no places, but on which path of elements it stood.
fn unreadable(xml: &str, error: &citationberg::XmlDeError) -> Unusable {
    let path = error.path.as_ref().map(ToString::to_string).filter(|path| path != ".");
    let message = match &path {
        Some(path) => format!("this is not a style of CSL 1.0: {}, at `{path}`", error.source),
        None => format!("this is not a style of CSL 1.0: {}", error.source),
    };
    let named = path.iter().flat_map(|path| path.rsplit('.')).map(|step| step.split('[').next().unwrap_or(step));
    let at = named.chain(["style"]).find_map(|name| guard::find(xml, name)).map(|(_, at)| at);
    Unusable::new(at.unwrap_or(0..0), message)
}
