//! A claim sheet: a YAML file of records, as it was written.
//!
//! Ids are not yet bound and values not yet read by their grammars (what an answer may be depends on its question, which
//! may stand in another sheet): that is [`crate::dossier::resolve`]'s work. The fields and their meaning are those of
//! `docs/format.md`.

mod short;

pub(in crate::dossier::load) use short::text_or;

use crate::base::file::{FileId, Located, Span};
use crate::base::tree::decode::{Context, Fields, LText, Links, Many, Named, Text, decode_words, record_shape};
use crate::base::tree::free::Free;
use crate::base::tree::record::record;
use crate::base::tree::{Data, Node};
use crate::model::kinds::{
    ActorKind, PlacePrecision, QuestionKind, ReliabilityGrade, SettledStatus, SourceStanding, kinds_of_record,
};
use crate::model::modality::{Modality, Standing};
use crate::model::speech::Speech;

decode_words!(
    ActorKind,
    PlacePrecision,
    QuestionKind,
    ReliabilityGrade,
    SettledStatus,
    SourceStanding,
    Modality,
    Standing,
    Speech
);

/// What is made of the list of the kinds of record: a table of each, by its key.
macro_rules! sheet {
    ($($kind:ident($word:ident, $ix:ident, $table:ident, $one:literal);)+) => {
        /// The keys of a sheet that hold records by id.
        pub const KINDS: &[&str] = &[$(stringify!($table)),+];

        /// One file of records.
        #[derive(Clone, Debug, Default)]
        pub struct Sheet {
            $(
                #[doc = concat!("What stands under `", stringify!($table), "`.")]
                pub $table: Named<$kind>,
            )+
            /// Who compiled the sheet, and when.
            pub curation: Option<Located<Curation>>,
            /// Names of records that could not be read where they stand, so that nobody reports them as unknown.
            pub misplaced: Vec<Text>,
        }

        impl Sheet {
            /// The ids of its records.
            pub fn ids(&self) -> impl Iterator<Item = &str> {
                std::iter::empty()$(.chain(self.$table.0.iter().map(|entry| &*entry.name.value)))+
            }

            fn read(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Self {
                Self {
                    $($table: f.or_default(stringify!($table), cx),)+
                    curation: f.optional("curation", cx),
                    misplaced: Vec::new(),
                }
            }
        }
    };
}

kinds_of_record!(sheet);

impl Sheet {
    /// Reads a sheet's outermost mapping.
    pub fn decode(file: FileId, root: &Node<'_>, cx: &mut Context<'_>) -> Self {
        if matches!(root.data, Data::Null) {
            return Self::default();
        }
        cx.owner = Span::new(file, 0..0);
        let Some(mut f) = Fields::of(root, "a mapping of kinds of records", cx) else { return Self::default() };
        let mut sheet = Self::read(&mut f, cx);
        if let Data::Map(entries) = &root.data {
            let stray = entries.iter().filter(|e| !f.known().contains(&&*e.key));
            sheet.misplaced.extend(stray.clone().map(|e| Text::from(&*e.key)));
            for entry in stray {
                if let Data::Map(inner) = &entry.value.data {
                    sheet.misplaced.extend(inner.iter().map(|e| Text::from(&*e.key)));
                }
            }
        }
        f.finish(cx);
        sheet
    }

    /// What a sheet may hold, as JSON Schema.
    pub fn shape() -> serde_json::Value {
        record_shape("Sheet", Self::read)
    }
}

/// Who compiled something, and when.
#[derive(Clone, Debug, Default)]
pub struct Curation {
    /// A name.
    pub by: Option<LText>,
    /// EDTF.
    pub on: Option<LText>,
    /// Shown with it.
    pub note: Option<LText>,
    /// Who else looked at it.
    pub checked: Many<Check>,
}

/// That somebody checked a record.
#[derive(Clone, Debug, Default)]
pub struct Check {
    /// Required: a name.
    pub by: Option<LText>,
    /// EDTF.
    pub on: Option<LText>,
    /// Shown with it.
    pub note: Option<LText>,
}

/// A date, and how it was inferred if no text gives it.
#[derive(Clone, Debug)]
pub struct Dated {
    /// EDTF.
    pub date: LText,
    /// In words.
    pub inferred: Option<LText>,
}

/// Somebody, or a body, that speaks or acts.
#[derive(Clone, Debug, Default)]
pub struct Actor {
    /// Required.
    pub name: Option<LText>,
    /// Person unless said otherwise.
    pub kind: Option<Located<ActorKind>>,
    /// Other names and spellings.
    pub aliases: Many<Text>,
    /// What they are, in a few words.
    pub role: Option<LText>,
    /// An actor.
    pub part_of: Option<LText>,
    /// Whether its own parts share nobody.
    pub disjoint_parts: Option<Located<bool>>,
    /// Whether its own parts speak with its voice.
    pub one_voice: Option<Located<bool>>,
    /// An actor.
    pub speaks_for: Option<LText>,
    /// `Q` and a number.
    pub wikidata: Option<LText>,
    /// Markdown.
    pub summary: Option<LText>,
    /// The record's own curation.
    pub curation: Option<Located<Curation>>,
    /// Free.
    pub extra: Free,
}

/// Where something happened or holds.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Required.
    pub name: Option<LText>,
    /// Other names and spellings.
    pub aliases: Many<Text>,
    /// Latitude and longitude in degrees, WGS 84.
    pub coordinates: Option<Located<Coordinates>>,
    /// How exact the coordinates are meant.
    pub precision: Option<Located<PlacePrecision>>,
    /// A place, or an actor (a state).
    pub part_of: Option<LText>,
    /// Whether its own parts share nothing.
    pub disjoint_parts: Option<Located<bool>>,
    /// `Q` and a number.
    pub wikidata: Option<LText>,
    /// Markdown.
    pub summary: Option<LText>,
    /// The record's own curation.
    pub curation: Option<Located<Curation>>,
    /// Free.
    pub extra: Free,
}

/// Numbers of a list, all of which could be read.
#[derive(Clone, Debug)]
pub struct Coordinates(pub Vec<Located<f64>>);

/// What happened, or is said to have happened.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// Required.
    pub title: Option<LText>,
    /// Required.
    pub date: Option<Located<Dated>>,
    /// A place.
    pub place: Option<LText>,
    /// Actors, each with a role or without.
    pub actors: Links,
    /// An event.
    pub part_of: Option<LText>,
    /// Markdown.
    pub summary: Option<LText>,
    /// The record's own curation.
    pub curation: Option<Located<Curation>>,
    /// Free.
    pub extra: Free,
}

/// A cited work.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Required.
    pub title: Option<LText>,
    /// A CSL type.
    pub kind: Option<LText>,
    /// Actor ids or names.
    pub author: Many<Author>,
    /// An actor id or a name.
    pub publisher: Option<Located<Author>>,
    /// When it was published.
    pub published: Option<Located<Dated>>,
    /// When the curators read it.
    pub accessed: Option<Located<Dated>>,
    /// Where it is.
    pub url: Option<LText>,
    /// An archived copy.
    pub archive: Option<Located<Archive>>,
    /// A BCP 47 tag.
    pub language: Option<LText>,
    /// Declared origins: actors or sources.
    pub based_on: Many<Text>,
    /// Admiralty grade.
    pub reliability: Option<Located<Reliability>>,
    /// The private copy of its text.
    pub capture: Option<Located<Capture>>,
    /// The whole text, published.
    pub text: Option<Located<FullText>>,
    /// Whether whoever published it still stands by it.
    pub status: Option<Located<SourceStatus>>,
    /// Passages of which no claim is made.
    pub set_aside: Many<SetAside>,
    /// Markdown.
    pub summary: Option<LText>,
    /// The record's own curation.
    pub curation: Option<Located<Curation>>,
    /// Free.
    pub extra: Free,
}

/// An author or publisher: an actor's id or a name; `{ name: cnn }` writes a name that has the form of an id.
#[derive(Clone, Debug)]
pub struct Author {
    /// The id or name.
    pub name: LText,
    /// Whether it was written as a name in so many words.
    pub surely_name: bool,
}

/// An archived copy of a source.
#[derive(Clone, Debug)]
pub struct Archive {
    /// Where it is.
    pub url: Option<LText>,
    /// When it was made.
    pub on: Option<Located<Dated>>,
}

/// The Admiralty grade of a source.
#[derive(Clone, Debug)]
pub struct Reliability {
    /// A to F.
    pub grade: Option<Located<ReliabilityGrade>>,
    /// Why.
    pub because: Option<LText>,
}

/// A private copy of a source's text.
#[derive(Clone, Debug)]
pub struct Capture {
    /// Name within the captures folder.
    pub file: Option<LText>,
    /// Expected SHA-256 of the file, in hexadecimal.
    pub sha256: Option<LText>,
    /// When it was made.
    pub on: Option<Located<Dated>>,
    /// How it was made.
    pub method: Option<LText>,
    /// The first words of the story in a plain text.
    pub begins: Option<LText>,
    /// Which page of a web archive, where that is not the source's `url`.
    pub url: Option<LText>,
    /// Which of several copies in a web archive: when it was made, as far as need be.
    pub at: Option<LText>,
}

/// A source's whole text, published with it.
#[derive(Clone, Debug)]
pub struct FullText {
    /// Path within `content/`.
    pub file: Option<LText>,
    /// Why it may be published.
    pub rights: Option<LText>,
}

/// What several claims answer.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Required.
    pub text: Option<LText>,
    /// Quantity unless said otherwise.
    pub kind: Option<Located<QuestionKind>>,
    /// Whether `kind` is there, even if it could not be read.
    pub has_kind: bool,
    /// Unit of a quantity.
    pub unit: Option<LText>,
    /// Whether the true answer moves with time.
    pub changes: Option<Located<bool>>,
    /// Whether it can only grow.
    pub grows: Option<Located<bool>>,
    /// Whether parts are no larger than their whole.
    pub adds_up: Option<Located<bool>>,
    /// Whether several values may be true at once.
    pub several: Option<Located<bool>>,
    /// Where it stands among questions, as the editors order them.
    pub position: Option<Located<usize>>,
    /// The place of answers that name none.
    pub place: Option<LText>,
    /// What answers count that name no group.
    pub group: Option<LText>,
    /// Answers as of dates further apart are not compared.
    pub window: Option<LText>,
    /// What `~` means.
    pub tolerance: Option<LText>,
    /// What one unit of another currency is in the question's, by that currency.
    pub rates: Named<Rate>,
    /// The words of a choice, each with its label.
    pub options: Named<Text>,
    /// The authors' own judgement.
    pub assessment: Option<Located<Assessment>>,
    /// Markdown.
    pub summary: Option<LText>,
    /// The record's own curation.
    pub curation: Option<Located<Curation>>,
    /// Free.
    pub extra: Free,
}

/// What one unit of a currency is in the question's.
#[derive(Clone, Debug)]
pub struct Rate {
    /// A number.
    pub rate: Option<LText>,
    /// The source that gives it.
    pub source: Option<LText>,
}

/// The authors' own judgement of a question.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// A value of the question's kind.
    pub answer: Option<LText>,
    /// Settled, disputed or open.
    pub status: Option<Located<SettledStatus>>,
    /// When it was made.
    pub on: Option<Located<Dated>>,
    /// Markdown.
    pub because: Option<LText>,
}

/// Who said what, when, in which source, in which words.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    /// Required. Markdown.
    pub statement: Option<LText>,
    /// Speakers.
    pub by: Many<Text>,
    /// When it was said.
    pub on: Option<Located<Dated>>,
    /// When it held.
    pub as_of: Option<Located<Dated>>,
    /// How it was said.
    pub modality: Option<Located<Modality>>,
    /// Actors, events, places, claims.
    pub about: Many<Text>,
    /// Answers by question.
    pub answers: Named<Answer>,
    /// Places in sources.
    pub evidence: Many<Evidence>,
    /// Whether `evidence` is there, even if nothing in it could be read.
    pub has_evidence: bool,
    /// Events, in the order in which it says that they came.
    pub order: Many<Text>,
    /// Claims that say otherwise.
    pub contradicts: Links,
    /// Claims that this one bears out.
    pub supports: Links,
    /// Claims that this one replaces.
    pub supersedes: Links,
    /// Whether it still stands.
    pub status: Option<Located<Status>>,
    /// Markdown.
    pub note: Option<LText>,
    /// The record's own curation.
    pub curation: Option<Located<Curation>>,
    /// Free.
    pub extra: Free,
}

/// A claim's answer to a question.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// By the grammar of the question's kind.
    pub value: Option<LText>,
    /// How a date was inferred.
    pub inferred: Option<LText>,
    /// In which unit, where that is not the question's.
    pub unit: Option<LText>,
    /// A place.
    pub place: Option<LText>,
    /// An actor: whom or what it counts.
    pub group: Option<LText>,
    /// When it held.
    pub as_of: Option<Located<Dated>>,
    /// How it was said, where it differs from the claim.
    pub modality: Option<Located<Modality>>,
}

/// Where in a source a claim is found.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Required: a source.
    pub source: Option<LText>,
    /// The source's exact words.
    pub quote: Option<LText>,
    /// Whose words they are.
    pub speech: Option<Located<Speech>>,
    /// A BCP 47 tag, where it is not the source's.
    pub language: Option<LText>,
    /// The quote in the dossier's language.
    pub translation: Option<Located<Translation>>,
    /// What a picture, a sound or a film shows, in the writer's words.
    pub shows: Option<LText>,
    /// A CSL locator.
    pub locator: Option<LText>,
    /// Outlets or agencies between the source and the speaker.
    pub via: Many<Text>,
}

/// A quote in the dossier's language.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The words.
    pub text: Option<LText>,
    /// Who translated.
    pub by: Option<LText>,
}

/// Whether a claim still stands.
#[derive(Clone, Debug)]
pub struct Status {
    /// Current, corrected or withdrawn.
    pub is: Option<Located<Standing>>,
    /// Since when.
    pub on: Option<Located<Dated>>,
    /// Why. Markdown.
    pub because: Option<LText>,
}

/// Whether whoever published a text still stands by it.
#[derive(Clone, Debug)]
pub struct SourceStatus {
    /// Current, corrected or retracted.
    pub is: Option<Located<SourceStanding>>,
    /// Since when.
    pub on: Option<Located<Dated>>,
    /// Why. Markdown.
    pub because: Option<LText>,
}

/// A passage of a source of which no claim is made.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// Required: where it stands.
    pub locator: Option<LText>,
    /// Its first words; without them, the whole of what the locator names is meant.
    pub begins: Option<LText>,
    /// Required: why.
    pub because: Option<LText>,
}

record!(Curation, "a mapping of `by`, `on`, `note`, `checked`", {
    by: optional "by", on: optional "on", note: optional "note", checked: or_default "checked",
});
record!(Check, "a mapping of `by`, `on`, `note`", { by: required "by", on: optional "on", note: optional "note" });
record!(Actor, "an actor's fields", {
    name: required "name", kind: optional "type", aliases: or_default "aliases", role: optional "role",
    part_of: optional "part_of", disjoint_parts: optional "disjoint_parts", one_voice: optional "one_voice",
    speaks_for: optional "speaks_for", wikidata: optional "wikidata",
    summary: optional "summary", curation: optional "curation", extra: or_default "extra",
});
record!(Place, "a place's fields", {
    name: required "name", aliases: or_default "aliases", coordinates: optional "coordinates",
    precision: optional "precision", part_of: optional "part_of", disjoint_parts: optional "disjoint_parts",
    wikidata: optional "wikidata",
    summary: optional "summary", curation: optional "curation", extra: or_default "extra",
});
record!(Event, "an event's fields", {
    title: required "title", date: required "date", place: optional "place", actors: or_default "actors",
    part_of: optional "part_of", summary: optional "summary", curation: optional "curation",
    extra: or_default "extra",
});
record!(Source, "a source's fields", {
    title: required "title", kind: optional "type", author: or_default "author", publisher: optional "publisher",
    published: optional "published", accessed: optional "accessed", url: optional "url", archive: optional "archive",
    language: optional "language", based_on: or_default "based_on", reliability: optional "reliability",
    capture: optional "capture", text: optional "text", status: optional "status", set_aside: or_default "set_aside",
    summary: optional "summary", curation: optional "curation", extra: or_default "extra",
});
record!(SetAside, "a mapping of `locator`, `begins`, `because`", {
    locator: required "locator", begins: optional "begins", because: required "because",
});
record!(Archive, "a mapping of `url` and `on`", { url: required "url", on: optional "on" });
record!(Reliability, "a mapping of `grade` and `because`", { grade: required "grade", because: optional "because" });
record!(FullText, "a mapping of `file` and `rights`", { file: required "file", rights: required "rights" });
record!(Question, "a question's fields", {
    text: required "text", kind: optional "kind", has_kind: present "kind", unit: optional "unit", changes: optional "changes",
    grows: optional "grows", adds_up: optional "adds_up", several: optional "several", position: optional "position",
    place: optional "place", group: optional "group",
    window: optional "window", tolerance: optional "tolerance", rates: or_default "rates", options: or_default "options",
    assessment: optional "assessment", summary: optional "summary", curation: optional "curation",
    extra: or_default "extra",
});
record!(Rate, "a mapping of `rate` and `source`", { rate: required "rate", source: required "source" });
record!(Assessment, "a mapping of `answer`, `status`, `on`, `because`", {
    answer: optional "answer", status: required "status", on: optional "on", because: optional "because",
});
record!(Claim, "a claim's fields", {
    statement: required "statement", by: or_default "by", on: optional "on", as_of: optional "as_of",
    modality: optional "modality", about: or_default "about", answers: or_default "answers",
    evidence: or_default "evidence", has_evidence: given "evidence", order: or_default "order", contradicts: or_default "contradicts", supports: or_default "supports",
    supersedes: or_default "supersedes", status: optional "status", note: optional "note",
    curation: optional "curation", extra: or_default "extra",
});
record!(Evidence, "a mapping of `source`, `quote`, `locator` …", {
    source: required "source", quote: optional "quote", speech: optional "speech", language: optional "language",
    translation: optional "translation", shows: optional "shows", locator: optional "locator", via: or_default "via",
});
record!(Translation, "a mapping of `text` and `by`", { text: required "text", by: optional "by" });
record!(Status, "a mapping of `is`, `on`, `because`", {
    is: required "is", on: optional "on", because: optional "because",
});
record!(SourceStatus, "a mapping of `is`, `on`, `because`", {
    is: required "is", on: optional "on", because: optional "because",
});
