//! The dossier: plain data, without YAML, HTML or paths of the output.
//!
//! Records stand in dense tables in the order of their ids; an index ([`ActorIx`] …) never dangles, because only
//! [`crate::dossier::resolve`] makes one. Everything that is computed once for the whole dossier (back links, origins,
//! comparisons, note numbers) stands beside the record it belongs to.

/// What every kind has: its record, read through it, and computed fields, which begin empty.
macro_rules! computed {
    ($kind:ident: $($field:ident),+) => {
        impl std::ops::Deref for $kind {
            type Target = Record;

            fn deref(&self) -> &Record {
                &self.record
            }
        }

        impl From<Arc<Record>> for $kind {
            /// With nothing said of it elsewhere yet.
            fn from(record: Arc<Record>) -> Self {
                Self { record, $($field: Default::default()),+ }
            }
        }
    };
}

/// The texts of a record that has one such field, or none of it.
macro_rules! texts {
    ($field:ident) => {
        impl $crate::model::prose::Texts for Record {
            fn prose(&self) -> Vec<&Prose> {
                self.$field.iter().collect()
            }

            fn prose_mut(&mut self) -> Vec<&mut Prose> {
                self.$field.iter_mut().collect()
            }
        }
    };
}

pub mod actor;
pub mod article;
pub mod as_of;
pub mod claim;
pub mod compare;
pub mod date;
pub mod event;
pub mod fault;
pub mod kinds;
pub mod language;
pub mod markdown;
pub mod modality;
pub mod place;
pub mod prose;
pub mod question;
pub mod reason;
pub mod source;
pub mod speech;
pub mod state;
pub mod value;
pub mod voice;
pub mod work_kinds;

use std::collections::HashMap;
use std::sync::Arc;

pub use actor::Actor;
pub use article::Article;
pub use claim::Claim;
pub use event::Event;
pub use place::Place;
pub use question::Question;
pub use source::Source;

use crate::base::file::{Located, Span};
use date::Edtf;
use kinds::Kind;
use prose::{Prose, Texts};

/// Text shared between the sheet and the page.
pub type Text = Arc<str>;

/// Indexes into the tables of a [`Dossier`].
macro_rules! indexes {
    ($($name:ident: $record:ident in $table:ident),+ $(,)?) => {
        $(
            #[doc = concat!("The place of a record in [`Dossier::", stringify!($table), "`].")]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub u32);

            impl $name {
                /// The index of a position in the table.
                pub fn at(position: usize) -> Self {
                    Self(u32::try_from(position).unwrap_or(u32::MAX))
                }

                /// The position in the table.
                pub fn position(self) -> usize {
                    self.0 as usize
                }
            }

            impl std::ops::Index<$name> for Dossier {
                type Output = $record;

                fn index(&self, index: $name) -> &$record {
                    &self.$table[index.position()]
                }
            }
        )+

        /// Any record, or an article.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Ref {
            $(
                #[doc = concat!("A record of [`Dossier::", stringify!($table), "`].")]
                $record($name),
            )+
        }

        $(
            impl From<$name> for Ref {
                fn from(index: $name) -> Self {
                    Self::$record(index)
                }
            }
        )+
    };
}

indexes! {
    ActorIx: Actor in actors,
    EventIx: Event in events,
    PlaceIx: Place in places,
    SourceIx: Source in sources,
    QuestionIx: Question in questions,
    ClaimIx: Claim in claims,
    ArticleIx: Article in articles,
}

impl Ref {
    /// The kind of record; `None` for an article.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Actor(_) => Some(Kind::Actor),
            Self::Event(_) => Some(Kind::Event),
            Self::Place(_) => Some(Kind::Place),
            Self::Source(_) => Some(Kind::Source),
            Self::Question(_) => Some(Kind::Question),
            Self::Claim(_) => Some(Kind::Claim),
            Self::Article(_) => None,
        }
    }

    /// What a message calls it: "an actor".
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Actor(_) => "an actor",
            Self::Event(_) => "an event",
            Self::Place(_) => "a place",
            Self::Source(_) => "a source",
            Self::Question(_) => "a question",
            Self::Claim(_) => "a claim",
            Self::Article(_) => "an article",
        }
    }
}

/// The whole dossier, every id bound.
#[derive(Default)]
pub struct Dossier {
    /// In the order of their ids, as are all records.
    pub actors: Vec<Actor>,
    /// What happened.
    pub events: Vec<Event>,
    /// Where.
    pub places: Vec<Place>,
    /// Cited works.
    pub sources: Vec<Source>,
    /// What claims answer.
    pub questions: Vec<Question>,
    /// Who said what.
    pub claims: Vec<Claim>,
    /// In the order of their URLs.
    pub articles: Vec<Article>,
    /// Articles by their paths from `content/`.
    pub article_files: HashMap<Text, ArticleIx>,
    /// Every id, and what it names.
    pub ids: Arc<HashMap<Text, Ref>>,
    /// Names that stand in parts that could not be read: nobody reports them as unknown.
    pub unread: Unread,
    /// Days whose state of knowledge has a page, in order.
    pub milestones: Vec<Milestone>,
    /// The words of questions and statements that are not plain: what they are called by.
    pub labels: HashMap<Ref, Text>,
    /// Which place lies in which, which group is part of which.
    pub ground: Arc<reason::Ground>,
    /// Claims about the order of events that cannot all be true: events by [`EventIx`], claims by [`ClaimIx`].
    pub knots: Vec<reason::order::Knot>,
}

/// What is known of the parts of the dossier that could not be read.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    /// A whole file or the rest of one could not be read, so any id might have stood there.
    pub anything: bool,
    /// Ids that stand where they could not be read.
    pub names: std::collections::BTreeSet<Text>,
}

impl Unread {
    /// Whether an id that is not bound may merely be unread.
    pub fn may_hold(&self, id: &str) -> bool {
        self.anything || self.names.contains(id)
    }
}

/// A day whose state of knowledge has a page.
#[derive(Clone, Debug)]
pub struct Milestone {
    /// The day, as `YYYY-MM-DD`.
    pub date: Edtf,
    /// What the day is remembered for.
    pub title: Text,
}

/// What every record has.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its id and where that is defined.
    pub id: Located<Text>,
    /// The whole record in its sheet, from the id to the end.
    pub entry: Span,
    /// Who compiled it and when: its own, else its sheet's.
    pub curation: Option<Arc<Curation>>,
    /// The writer's own data.
    pub extra: serde_json::Value,
}

/// Who compiled a record, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Curation {
    /// A name.
    pub by: Option<Text>,
    /// When.
    pub on: Option<Edtf>,
    /// A remark, shown with it.
    pub note: Option<Text>,
}

/// A date, and how it was inferred if no text gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// EDTF.
    pub date: Edtf,
    /// In words; `None` where a text gives the date.
    pub inferred: Option<Text>,
    /// Where it is written.
    pub span: Span,
}

/// A page that cites or links to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The page: an article, or the page of a record whose text it is.
    pub page: Ref,
    /// The number of the note on that page; `None` for a link or a card.
    pub note: Option<u32>,
}

impl Dossier {
    /// The record or article of an id.
    pub fn get(&self, id: &str) -> Option<Ref> {
        self.ids.get(id).copied()
    }

    /// The id of anything.
    pub fn id(&self, of: Ref) -> &Text {
        match of {
            Ref::Actor(ix) => &self[ix].head.id.value,
            Ref::Event(ix) => &self[ix].head.id.value,
            Ref::Place(ix) => &self[ix].head.id.value,
            Ref::Source(ix) => &self[ix].head.id.value,
            Ref::Question(ix) => &self[ix].head.id.value,
            Ref::Claim(ix) => &self[ix].head.id.value,
            Ref::Article(ix) => &self[ix].slug,
        }
    }

    /// What every record has; `None` for an article.
    pub fn head(&self, of: Ref) -> Option<&Head> {
        Some(match of {
            Ref::Actor(ix) => &self[ix].head,
            Ref::Event(ix) => &self[ix].head,
            Ref::Place(ix) => &self[ix].head,
            Ref::Source(ix) => &self[ix].head,
            Ref::Question(ix) => &self[ix].head,
            Ref::Claim(ix) => &self[ix].head,
            Ref::Article(_) => return None,
        })
    }

    /// Name, title, text or statement, in words alone: what a reader calls it.
    pub fn label(&self, of: Ref) -> &Text {
        match of {
            Ref::Actor(ix) => &self[ix].name,
            Ref::Event(ix) => &self[ix].title,
            Ref::Place(ix) => &self[ix].name,
            Ref::Source(ix) => &self[ix].title,
            Ref::Question(ix) => self.labels.get(&of).unwrap_or(&self[ix].text.text),
            Ref::Claim(ix) => self.labels.get(&of).unwrap_or(&self[ix].statement.text),
            Ref::Article(ix) => &self[ix].title,
        }
    }

    /// The Markdown of what a reader calls it, where that is Markdown.
    pub fn titled(&self, of: Ref) -> Option<&Prose> {
        let prose = match of {
            Ref::Question(ix) => &self[ix].text,
            Ref::Claim(ix) => &self[ix].statement,
            _ => return None,
        };
        (!prose.outline.plain).then_some(prose)
    }

    /// Where anything is defined.
    pub fn span(&self, of: Ref) -> Span {
        match of {
            Ref::Actor(ix) => self[ix].head.id.span,
            Ref::Event(ix) => self[ix].head.id.span,
            Ref::Place(ix) => self[ix].head.id.span,
            Ref::Source(ix) => self[ix].head.id.span,
            Ref::Question(ix) => self[ix].head.id.span,
            Ref::Claim(ix) => self[ix].head.id.span,
            Ref::Article(ix) => self[ix].title_span,
        }
    }

    /// Pages that cite or link to anything.
    pub fn mentions(&self, of: Ref) -> &[Mention] {
        match of {
            Ref::Actor(ix) => &self[ix].mentions,
            Ref::Event(ix) => &self[ix].mentions,
            Ref::Place(ix) => &self[ix].mentions,
            Ref::Source(ix) => &self[ix].mentions,
            Ref::Question(ix) => &self[ix].mentions,
            Ref::Claim(ix) => &self[ix].mentions,
            Ref::Article(ix) => &self[ix].mentions,
        }
    }

    /// The Markdown texts shown on the page of a record or article, in the order in which their notes are numbered.
    pub fn prose_of(&self, of: Ref) -> Vec<&Prose> {
        match of {
            Ref::Actor(ix) => self[ix].prose(),
            Ref::Event(ix) => self[ix].prose(),
            Ref::Place(ix) => self[ix].prose(),
            Ref::Source(ix) => self[ix].prose(),
            Ref::Question(ix) => self[ix].prose(),
            Ref::Claim(ix) => self[ix].prose(),
            Ref::Article(ix) => self[ix].prose(),
        }
    }

    /// Every record and article: kind by kind, in the order of ids.
    pub fn all(&self) -> impl Iterator<Item = Ref> {
        let actors = (0..self.actors.len()).map(|i| Ref::Actor(ActorIx::at(i)));
        let events = (0..self.events.len()).map(|i| Ref::Event(EventIx::at(i)));
        let places = (0..self.places.len()).map(|i| Ref::Place(PlaceIx::at(i)));
        let sources = (0..self.sources.len()).map(|i| Ref::Source(SourceIx::at(i)));
        let questions = (0..self.questions.len()).map(|i| Ref::Question(QuestionIx::at(i)));
        let claims = (0..self.claims.len()).map(|i| Ref::Claim(ClaimIx::at(i)));
        let articles = (0..self.articles.len()).map(|i| Ref::Article(ArticleIx::at(i)));
        actors.chain(events).chain(places).chain(sources).chain(questions).chain(claims).chain(articles)
    }
}
