//! Each record made of what was written.

use std::sync::Arc;

use rayon::prelude::*;

use super::again::Last;
use super::bind::{Binder, plain};
use super::made::{Made, Records};
use super::names::{At, Names};
use super::{prose, values};
use crate::base::diagnostic::{Diagnostic, Diagnostics};
use crate::base::file::Located;
use crate::base::id::{is_id, is_language};
use crate::base::tree::decode::LText;
use crate::base::tree::decode::{Link, Links, Named, NamedEntry};
use crate::dossier::load::Parsed;
use crate::dossier::load::sheet::{self, Sheet};
use crate::model::claim::{ClaimAnswer, Evidence, Relation, Status, Translation};
use crate::model::kinds::{ActorKind, CSL_TYPES, PlacePrecision, QuestionKind};
use crate::model::markdown::ids::PageOf;
use crate::model::modality::Modality;
use crate::model::place::Whole;
use crate::model::prose::{Prose, Texts, Written};
use crate::model::question::Assessment;
use crate::model::source::{Archive, Author, Capture, FullText, Origin, SetAside};
use crate::model::speech::Speech;
use crate::model::value::unit::is_currency;
use crate::model::value::{Tolerance, Window};
use crate::model::{ActorIx, Curation, Dated, Head, Ref, Text, date::Edtf};
use crate::model::{actor, claim, event, place, question, source};

/// Makes every record but articles; faults are collected in the order of the records. What is written as it was in an
/// earlier run, and rests on nothing that is not, is taken from there.
pub(super) fn bind(parsed: &Parsed, names: &Names, last: Option<&Last>, diagnostics: &mut Diagnostics) -> Records {
    let sheets = curations(parsed, names, diagnostics);
    let same =
        parsed.content.sheets.iter().enumerate().map(|(i, sheet)| last.is_some_and(|last| last.has_sheet(i, sheet)));
    let context = Context { parsed, names, curations: &sheets, same: same.collect(), sources: &[] };
    let last = last.map(|last| &last.bound.records);
    let actors = context.bind(Table::new(&names.actors, |s| &s.actors, last.map(|l| &l.actors)), actor, diagnostics);
    let events = context.bind(Table::new(&names.events, |s| &s.events, last.map(|l| &l.events)), event, diagnostics);
    let places = context.bind(Table::new(&names.places, |s| &s.places, last.map(|l| &l.places)), place, diagnostics);
    let table = Table::new(&names.sources, |s| &s.sources, last.map(|l| &l.sources));
    let sources = context.bind(table, source, diagnostics);
    let table = Table::new(&names.questions, |s| &s.questions, last.map(|l| &l.questions));
    let questions = context.bind(table, question, diagnostics);
    // Claims take over dates of their sources, and read values as their questions say.
    let rests = |claim: &claim::Record| {
        claim.evidence.iter().all(|e| !sources[e.source.position()].new)
            && claim.answers.iter().all(|a| !questions[a.question.position()].new)
    };
    let table = Table::new(&names.claims, |s| &s.claims, last.map(|l| &l.claims)).which(&rests);
    let claims = Context { sources: &sources, ..context }.bind(table, claim, diagnostics);
    Records { actors, events, places, sources, questions, claims, articles: Vec::new() }
}

fn curations(parsed: &Parsed, names: &Names, diagnostics: &mut Diagnostics) -> Vec<Option<Arc<Curation>>> {
    let mut binder = Binder::new(names, parsed);
    let sheets = parsed
        .content
        .sheets
        .iter()
        .map(|s| s.curation.as_ref().map(|c| Arc::new(binder.curation(&c.value))))
        .collect();
    diagnostics.append(&mut binder.diagnostics);
    sheets
}

struct Context<'a> {
    parsed: &'a Parsed,
    names: &'a Names,
    curations: &'a [Option<Arc<Curation>>],
    /// Of each sheet, whether it is as it was.
    same: Vec<bool>,
    sources: &'a [Made<source::Record>],
}

/// The records of one kind, as written and as an earlier run made them.
struct Table<'a, T, R> {
    at: &'a [At],
    of: fn(&Sheet) -> &Named<T>,
    last: Option<&'a Vec<Made<R>>>,
    still_holds: &'a (dyn Fn(&R) -> bool + Sync),
}

impl<'a, T, R> Table<'a, T, R> {
    fn new(at: &'a [At], of: fn(&Sheet) -> &Named<T>, last: Option<&'a Vec<Made<R>>>) -> Self {
        Self { at, of, last, still_holds: &|_| true }
    }

    /// Says of which records of the earlier run what they rest on is as it was.
    fn which(self, still_holds: &'a (dyn Fn(&R) -> bool + Sync)) -> Self {
        Self { still_holds, ..self }
    }
}

/// A record as written, with the curation of its sheet.
struct Raw<'a, T> {
    entry: &'a NamedEntry<T>,
    value: &'a T,
    curation: &'a Option<Arc<Curation>>,
}

impl Context<'_> {
    fn bind<T: Sync, R: Texts + Send + Sync>(
        &self,
        table: Table<'_, T, R>,
        make: impl Fn(Raw<'_, T>, &mut Binder<'_>) -> R + Sync,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Made<R>> {
        let known = |i: usize| Some(&table.last?[i]).filter(|made| made.sound && (table.still_holds)(&made.record));
        let bound: Vec<_> = (table.at.par_iter().enumerate())
            .filter_map(|(i, at)| {
                let sheet = at.sheet as usize;
                if let Some(made) = known(i).filter(|_| self.same[sheet]) {
                    return Some((Made { new: false, ..made.clone() }, Diagnostics::new()));
                }
                let entry = &(table.of)(&self.parsed.content.sheets[sheet]).0[at.entry as usize];
                // Names are given to what has a value, so that none is left out here and every index holds.
                let value = entry.value.as_ref()?;
                let mut binder = Binder::new(self.names, self.parsed);
                binder.sources = self.sources;
                let record = make(Raw { entry, value, curation: &self.curations[sheet] }, &mut binder);
                Some(made(record, PageOf::Record, binder))
            })
            .collect();
        settle(bound, diagnostics)
    }
}

/// A new record, its texts bound too, and what is wrong with it.
pub(super) fn made<R: Texts>(mut record: R, page: PageOf, mut binder: Binder<'_>) -> (Made<R>, Diagnostics) {
    prose::bind(record.prose_mut(), page, &mut binder);
    let sound = binder.diagnostics.is_empty();
    (Made { record: Arc::new(record), sound, new: true }, binder.diagnostics)
}

/// The records, their faults taken out in order.
pub(super) fn settle<R>(made: Vec<(Made<R>, Diagnostics)>, diagnostics: &mut Diagnostics) -> Vec<Made<R>> {
    let records = made.into_iter().map(|(record, mut faults)| {
        diagnostics.append(&mut faults);
        record
    });
    records.collect()
}

/// A required text, or the id where it is missing, which was reported.
fn or_id<T>(text: &Option<LText>, entry: &NamedEntry<T>) -> Text {
    plain(text).unwrap_or_else(|| entry.name.value.clone())
}

/// A list without room to grow: there are as many as there are records.
fn exact<T>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.shrink_to_fit();
    items
}

fn values(texts: &[LText]) -> Vec<Text> {
    texts.iter().map(|text| text.value.clone()).collect()
}

fn actor(raw: Raw<'_, sheet::Actor>, b: &mut Binder<'_>) -> actor::Record {
    let r = raw.value;
    actor::Record {
        head: b.head(raw.entry, &r.curation, raw.curation, &r.extra.0),
        name: or_id(&r.name, raw.entry),
        kind: r.kind.as_ref().map_or(ActorKind::Person, |k| k.value),
        aliases: values(&r.aliases.0),
        role: plain(&r.role),
        part_of: r.part_of.as_ref().and_then(|id| b.actor(id)),
        disjoint_parts: is_set(&r.disjoint_parts),
        one_voice: is_set(&r.one_voice),
        speaks_for: r.speaks_for.as_ref().and_then(|id| b.actor(id)),
        wikidata: b.checked(&r.wikidata, is_wikidata, "a Wikidata item (`Q` and a number)"),
        summary: b.prose(&r.summary),
    }
}

fn is_wikidata(text: &str) -> bool {
    let number = text.strip_prefix('Q').unwrap_or_default();
    number.starts_with(|c: char| ('1'..='9').contains(&c)) && number.bytes().all(|b| b.is_ascii_digit())
}

fn event(raw: Raw<'_, sheet::Event>, b: &mut Binder<'_>) -> event::Record {
    let r = raw.value;
    event::Record {
        head: b.head(raw.entry, &r.curation, raw.curation, &r.extra.0),
        title: or_id(&r.title, raw.entry),
        date: b.dated(&r.date).unwrap_or_else(|| unknown_date(raw.entry)),
        place: r.place.as_ref().and_then(|id| b.place(id)),
        actors: links(&r.actors, b, Binder::actor),
        part_of: r.part_of.as_ref().and_then(|id| b.event(id)),
        summary: b.prose(&r.summary),
    }
}

/// Stands for a date that is missing or at fault, which was reported.
fn unknown_date<T>(entry: &NamedEntry<T>) -> Dated {
    Dated { date: Edtf::default(), inferred: None, span: entry.name.span }
}

fn links<'b, I>(
    raw: &Links,
    b: &mut Binder<'b>,
    find: impl Fn(&mut Binder<'b>, &LText) -> Option<I>,
) -> Vec<(I, Option<Text>)> {
    raw.0.iter().filter_map(|link| Some((find(b, &link.id)?, plain(&link.word)))).collect()
}

fn place(raw: Raw<'_, sheet::Place>, b: &mut Binder<'_>) -> place::Record {
    let r = raw.value;
    let is_whole = |found| matches!(found, Ref::Place(_) | Ref::Actor(_));
    let whole = r.part_of.as_ref().and_then(|id| b.one_of(id, is_whole, "a place or an actor"));
    place::Record {
        head: b.head(raw.entry, &r.curation, raw.curation, &r.extra.0),
        name: or_id(&r.name, raw.entry),
        aliases: values(&r.aliases.0),
        coordinates: r.coordinates.as_ref().and_then(|c| coordinates(c, b)),
        precision: r.precision.as_ref().map(|p| p.value).or(r.coordinates.as_ref().map(|_| PlacePrecision::Point)),
        part_of: match whole {
            Some(Ref::Place(ix)) => Some(Whole::Place(ix)),
            Some(Ref::Actor(ix)) => Some(Whole::Actor(ix)),
            _ => None,
        },
        disjoint_parts: is_set(&r.disjoint_parts),
        wikidata: b.checked(&r.wikidata, is_wikidata, "a Wikidata item (`Q` and a number)"),
        summary: b.prose(&r.summary),
    }
}

fn coordinates(raw: &Located<sheet::Coordinates>, b: &mut Binder<'_>) -> Option<(f64, f64)> {
    match raw.value.0.as_slice() {
        [lat, lon] if lat.value.abs() <= 90.0 && lon.value.abs() <= 180.0 => Some((lat.value, lon.value)),
        _ => {
            let message = "coordinates are a latitude (-90 to 90) and a longitude (-180 to 180), in degrees";
            b.refuse(Diagnostic::error("bad-value", raw.span, message))
        }
    }
}

fn source(raw: Raw<'_, sheet::Source>, b: &mut Binder<'_>) -> source::Record {
    let r = raw.value;
    let is_origin = |found| matches!(found, Ref::Actor(_) | Ref::Source(_));
    source::Record {
        head: b.head(raw.entry, &r.curation, raw.curation, &r.extra.0),
        title: or_id(&r.title, raw.entry),
        kind: csl_type(&r.kind, b),
        authors: exact(r.author.0.iter().filter_map(|a| author(&a.value, b))),
        publisher: r.publisher.as_ref().and_then(|p| author(&p.value, b)),
        published: b.dated(&r.published),
        accessed: b.dated(&r.accessed),
        url: b.url(&r.url),
        archive: r.archive.as_ref().and_then(|a| Some(Archive { on: b.dated(&a.value.on), url: b.url(&a.value.url)? })),
        language: b.checked(&r.language, is_language, "a language tag such as `fr` or `pt-BR`"),
        based_on: (r.based_on.0.iter())
            .filter_map(|id| b.one_of(id, is_origin, "an actor or a source"))
            .filter_map(origin)
            .collect(),
        reliability: r
            .reliability
            .as_ref()
            .and_then(|g| Some((g.value.grade.as_ref()?.value, plain(&g.value.because)))),
        capture: r.capture.as_ref().and_then(|c| capture(c, b)),
        text: r
            .text
            .as_ref()
            .and_then(|t| Some(FullText { file: t.value.file.clone()?, rights: plain(&t.value.rights)? })),
        status: r.status.as_ref().and_then(|s| source_status(&s.value, b)).map(Box::new),
        set_aside: r.set_aside.0.iter().filter_map(|passage| set_aside(&passage.value)).collect(),
        summary: b.prose(&r.summary),
    }
}

fn source_status(raw: &sheet::SourceStatus, b: &mut Binder<'_>) -> Option<source::Status> {
    Some(source::Status { on: b.dated(&raw.on), because: b.prose(&raw.because), is: raw.is.as_ref()?.value })
}

fn set_aside(raw: &sheet::SetAside) -> Option<SetAside> {
    Some(SetAside { begins: raw.begins.clone(), because: plain(&raw.because)?, locator: raw.locator.clone()? })
}

fn origin(found: Ref) -> Option<Origin> {
    match found {
        Ref::Actor(ix) => Some(Origin::Actor(ix)),
        Ref::Source(ix) => Some(Origin::Source(ix)),
        _ => None,
    }
}

fn csl_type(raw: &Option<LText>, b: &mut Binder<'_>) -> Text {
    let Some(kind) = raw else { return "document".into() };
    if !CSL_TYPES.contains(&&*kind.value) {
        let message = format!("`{}` is not a CSL type", kind.value);
        let nearest = crate::base::diagnostic::nearest(&kind.value, CSL_TYPES.iter().copied());
        let diagnostic = Diagnostic::error("unknown-value", kind.span, message);
        b.diagnostics.push(match nearest {
            Some(_) => diagnostic.suggest(nearest),
            None => diagnostic.help("such as `article-newspaper`, `webpage`, `report`, `speech`, `book`"),
        });
    }
    kind.value.clone()
}

/// What has the form of an id must be one; else it is a name.
fn author(raw: &sheet::Author, b: &mut Binder<'_>) -> Option<Author> {
    if raw.surely_name || !is_id(&raw.name.value) {
        return Some(Author::Name(raw.name.value.clone()));
    }
    let before = b.diagnostics.len();
    let found = b.actor(&raw.name);
    if let Some(diagnostic) = b.diagnostics.get_mut(before) {
        diagnostic.help.push(format!("if this is a name and no id, write `{{ name: {} }}`", raw.name.value));
    }
    found.map(Author::Actor)
}

fn capture(raw: &Located<sheet::Capture>, b: &mut Binder<'_>) -> Option<Capture> {
    let r = &raw.value;
    let is_hash = |text: &str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let is_name = |text: &str| !text.contains("..") && !text.starts_with('/') && !text.contains('\\');
    let sha256 = b.checked(&r.sha256, is_hash, "a SHA-256 in hexadecimal (64 digits)");
    let on = b.dated(&r.on);
    b.checked(&r.file, is_name, "a name within the captures folder")?;
    Some(Capture {
        file: r.file.clone()?,
        sha256: sha256.and_then(|_| r.sha256.clone()),
        on,
        method: plain(&r.method),
        begins: r.begins.clone(),
        url: plain(&r.url),
        at: plain(&r.at),
        span: raw.span,
    })
}

fn question(raw: Raw<'_, sheet::Question>, b: &mut Binder<'_>) -> question::Record {
    let r = raw.value;
    let kind = r.kind.as_ref().map_or(QuestionKind::Quantity, |k| k.value);
    if kind.has_options() && r.options.0.is_empty() {
        let message = format!("a question of kind `{}` needs `options`", kind.as_str());
        b.diagnostics.push(Diagnostic::error("missing-field", raw.entry.name.span, message));
    }
    question::Record {
        head: b.head(raw.entry, &r.curation, raw.curation, &r.extra.0),
        text: required_prose(&r.text, raw.entry, b),
        kind,
        unit: plain(&r.unit),
        changes: is_set(&r.changes),
        grows: is_set(&r.grows),
        adds_up: is_set(&r.adds_up),
        several: is_set(&r.several) || kind.is_several(),
        position: r.position.as_ref().map(|position| position.value),
        place: r.place.as_ref().and_then(|id| b.place(id)),
        group: r.group.as_ref().and_then(|id| b.actor(id)),
        window: r.window.as_ref().and_then(|w| b.value(w, "bad-window", Window::parse)),
        tolerance: tolerance(r, kind, b),
        rates: r.rates.0.iter().filter_map(|rate| exchange(rate, r, b)).collect(),
        options: r.options.0.iter().filter_map(|o| Some((o.name.value.clone(), o.value.clone()?))).collect(),
        assessment: r.assessment.as_ref().and_then(|a| assessment(&a.value, r, b)),
        summary: b.prose(&r.summary),
    }
}

/// What one unit of another currency is in the question's.
fn exchange(raw: &NamedEntry<sheet::Rate>, question: &sheet::Question, b: &mut Binder<'_>) -> Option<question::Rate> {
    let given = raw.value.as_ref()?;
    let rate = given.rate.as_ref().and_then(|rate| b.value(rate, "bad-rate", values::exchange));
    let source = given.source.as_ref().and_then(|id| b.source(id));
    let asked = question.unit.as_ref().map_or("", |unit| &*unit.value);
    let name = &raw.name;
    let (message, help) = if !is_currency(asked) {
        let help =
            "the question's `unit` is to be a currency: three capitals, as in `EUR`, or with a year, as in `EUR 2019`";
        ("a rate converts money, and the question does not ask for money", help)
    } else if !is_currency(&name.value) {
        (
            "a rate is that of a currency",
            "write it as its answers do: three capitals, as in `USD`, or with a year, as in `USD 2019`",
        )
    } else if *name.value == *asked {
        ("this is the question's own currency", "remove it")
    } else {
        return Some(question::Rate { unit: name.value.clone(), rate: rate?, source: source? });
    };
    b.refuse(Diagnostic::error("bad-rate", name.span, message).help(help))
}

fn is_set(raw: &Option<Located<bool>>) -> bool {
    raw.as_ref().is_some_and(|is| is.value)
}

/// What `~` means: of a kind that fits the question's.
fn tolerance(r: &sheet::Question, kind: QuestionKind, b: &mut Binder<'_>) -> Option<Tolerance> {
    let raw = r.tolerance.as_ref()?;
    let tolerance = b.value(raw, "bad-tolerance", Tolerance::parse)?;
    let (fits, help) = match (kind, tolerance) {
        (QuestionKind::Quantity, Tolerance::Percent(_) | Tolerance::Absolute(_))
        | (QuestionKind::Date | QuestionKind::Period, Tolerance::Time(_)) => return Some(tolerance),
        (QuestionKind::Quantity, Tolerance::Time(_)) => {
            ("a quantity", "a share, such as `10%`, or a number in its unit")
        }
        (QuestionKind::Date | QuestionKind::Period, _) => ("a date", "a length of time: `7d`, `1m`, `1y`"),
        (QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Place | QuestionKind::Text, _) => {
            ("neither a quantity nor a date", "nothing: remove it")
        }
    };
    let message = format!("the question asks for {fits}, of which this can be no tolerance");
    b.refuse(Diagnostic::error("bad-tolerance", raw.span, message).help(format!("it takes {help}")))
}

fn required_prose<T>(raw: &Option<LText>, entry: &NamedEntry<T>, b: &mut Binder<'_>) -> Prose {
    b.sentence(raw).unwrap_or_else(|| Prose {
        text: entry.name.value.clone(),
        place: Written::Scalar(entry.name.span),
        outline: Arc::new(crate::model::markdown::outline(&entry.name.value)),
        notes: Vec::new(),
        linked: Vec::new(),
        footnotes_before: 0,
    })
}

fn assessment(raw: &sheet::Assessment, question: &sheet::Question, b: &mut Binder<'_>) -> Option<Assessment> {
    Some(Assessment {
        answer: raw.answer.as_ref().and_then(|a| values::answer(a, None, question, b)),
        on: b.dated(&raw.on),
        because: b.prose(&raw.because),
        status: raw.status.as_ref()?.value,
    })
}

fn claim(raw: Raw<'_, sheet::Claim>, b: &mut Binder<'_>) -> claim::Record {
    let r = raw.value;
    let head: Head = b.head(raw.entry, &r.curation, raw.curation, &r.extra.0);
    let on = b.dated(&r.on);
    let as_of = b.dated(&r.as_of);
    let modality = r.modality.as_ref().map_or(Modality::default(), |m| m.value);
    let can_be_about = |found| !matches!(found, Ref::Article(_) | Ref::Source(_) | Ref::Question(_));
    let about = "an actor, an event, a place or a claim";
    let by = exact(r.by.0.iter().filter_map(|id| b.actor(id)));
    let evidence = evidence(r, raw.entry, (&by, modality), b);
    let said = on.clone().or_else(|| published(&evidence, b));
    let held = as_of.as_ref().or(said.as_ref());
    claim::Record {
        statement: required_prose(&r.statement, raw.entry, b),
        by,
        answers: exact(r.answers.0.iter().filter_map(|a| answer(a, modality, held, b))),
        about: exact(r.about.0.iter().filter_map(|id| b.one_of(id, can_be_about, about))),
        evidence,
        order: exact(r.order.0.iter().filter_map(|id| b.event(id))),
        contradicts: relations(&r.contradicts, b),
        supports: relations(&r.supports, b),
        supersedes: relations(&r.supersedes, b),
        status: r.status.as_ref().and_then(|s| status(&s.value, b)).map(Box::new),
        note: b.prose(&r.note).map(Box::new),
        head,
        on,
        as_of,
        modality,
        said,
    }
}

/// When the first of its sources was published.
fn published(evidence: &[Evidence], b: &Binder<'_>) -> Option<Dated> {
    let dates = evidence.iter().filter_map(|e| b.sources[e.source.position()].record.published.as_ref());
    dates.min_by(|a, b| a.date.sort_key().cmp(&b.date.sort_key())).cloned()
}

fn answer(
    raw: &NamedEntry<sheet::Answer>,
    of_claim: Modality,
    held: Option<&Dated>,
    b: &mut Binder<'_>,
) -> Option<ClaimAnswer> {
    let question = b.question(&raw.name)?;
    let value = raw.value.as_ref()?;
    let place = value.place.as_ref().and_then(|id| b.place(id));
    let as_of = b.dated(&value.as_of);
    let written = value.value.as_ref()?;
    Some(ClaimAnswer {
        question,
        value: values::answer(written, value.unit.as_ref(), b.raw_question(question)?, b)?,
        inferred: plain(&value.inferred),
        place,
        group: value.group.as_ref().and_then(|id| b.actor(id)),
        as_of: as_of.or_else(|| held.cloned()),
        modality: value.modality.as_ref().map_or(of_claim, |m| m.value),
        span: written.span,
    })
}

/// Who speaks in a claim, and how.
type Told<'a> = (&'a [ActorIx], Modality);

fn evidence(raw: &sheet::Claim, entry: &NamedEntry<sheet::Claim>, told: Told<'_>, b: &mut Binder<'_>) -> Vec<Evidence> {
    if !raw.has_evidence {
        let message = "this claim has no evidence: nobody could check it";
        let help = "add `evidence:` with at least a `source`";
        b.diagnostics.push(Diagnostic::error("missing-evidence", entry.name.span, message).help(help));
    }
    exact(raw.evidence.0.iter().filter_map(|e| one_evidence(e, told, b)))
}

fn one_evidence(raw: &Located<sheet::Evidence>, told: Told<'_>, b: &mut Binder<'_>) -> Option<Evidence> {
    let r = &raw.value;
    let language = b.checked(&r.language, is_language, "a language tag such as `fr` or `pt-BR`");
    let via = exact(r.via.0.iter().filter_map(|id| b.actor(id)));
    let translation = r.translation.as_ref();
    let source = b.source(r.source.as_ref()?)?;
    Some(Evidence {
        source,
        quote: r.quote.clone(),
        speech: speech(r, told, &b.sources[source.position()].record),
        speech_span: r.speech.as_ref().map(|speech| speech.span),
        is_own: is_own(told.0, &b.sources[source.position()].record),
        language: language.or_else(|| b.sources[source.position()].record.language.clone()),
        translation: translation
            .and_then(|t| Some(Translation { text: plain(&t.value.text)?, by: plain(&t.value.by) })),
        shows: plain(&r.shows),
        locator: r.locator.clone(),
        via,
        span: raw.span,
    })
}

/// Whose words they are, as far as the sheets tell. Where nobody is named who speaks, the text speaks, and there is
/// nothing to tell apart.
fn speech(raw: &sheet::Evidence, (by, modality): Told<'_>, source: &source::Record) -> Option<Speech> {
    if by.is_empty() {
        return None;
    }
    match &raw.speech {
        Some(written) => Some(written.value),
        None if modality == Modality::DeclinesToConfirm => Some(Speech::Silence),
        None => is_own(by, source).then_some(Speech::Direct),
    }
}

/// Whether all who speak wrote the source, or published what nobody signed.
fn is_own(by: &[ActorIx], source: &source::Record) -> bool {
    let of = |actor: &ActorIx| Author::Actor(*actor);
    let publisher = source.publisher.as_ref().filter(|_| source.authors.is_empty());
    !by.is_empty() && by.iter().all(|actor| source.authors.contains(&of(actor)) || publisher == Some(&of(actor)))
}

fn relations(raw: &Links, b: &mut Binder<'_>) -> Vec<Relation> {
    let relation =
        |link: &Link| Some(Relation { claim: b.claim(&link.id)?, reason: plain(&link.word), span: link.id.span });
    exact(raw.0.iter().filter_map(relation))
}

fn status(raw: &sheet::Status, b: &mut Binder<'_>) -> Option<Status> {
    Some(Status { on: b.dated(&raw.on), because: b.prose(&raw.because), is: raw.is.as_ref()?.value })
}
