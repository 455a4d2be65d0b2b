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
pub mod block;
pub mod claim;
pub mod compare;
pub mod date;
pub mod event;
pub mod fault;
pub mod foreign;
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
pub mod table;
pub mod terms;
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
use crate::base::reads::{Node, note};
use date::Edtf;
use kinds::Kind;
use prose::{Prose, Texts};
use table::{Row, Table};

/// Text shared between the sheet and the page.
pub type Text = Arc<str>;

/// The index of a table of a [`Dossier`].
macro_rules! index {
    ($name:ident: $record:ident in $table:ident) => {
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
                self.$table.read(index.position())
            }
        }

        impl From<$name> for Ref {
            fn from(index: $name) -> Self {
                Self::$record(index)
            }
        }
    };
}

index!(ArticleIx: Article in articles);

impl Row for Article {
    const NODE: u8 = Kind::ALL.len() as u8;
}

/// What all kinds of record have in common, and articles with them.
macro_rules! tables {
    ($($record:ident($word:ident, $name:ident, $table:ident, $one:literal);)+) => {
        $(index!($name: $record in $table);)+

        $(
            impl Row for $record {
                const NODE: u8 = Kind::$record as u8;
            }
        )+

        /// Any record, or an article.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Ref {
            $(
                #[doc = concat!("A record of [`Dossier::", stringify!($table), "`].")]
                $record($name),
            )+
            /// An article of [`Dossier::articles`].
            Article(ArticleIx),
        }

        impl Ref {
            /// The record of a kind that stands there in its table.
            pub fn at(kind: Kind, position: usize) -> Self {
                match kind { $(Kind::$record => $name::at(position).into()),+ }
            }

            /// The kind of record; `None` for an article.
            pub fn kind(self) -> Option<Kind> {
                match self {
                    $(Self::$record(_) => Some(Kind::$record),)+
                    Self::Article(_) => None,
                }
            }

            /// The position in its table.
            pub fn position(self) -> usize {
                match self {
                    $(Self::$record(ix) => ix.position(),)+
                    Self::Article(ix) => ix.position(),
                }
            }

            /// What is noted when it is read ([`crate::base::reads`]).
            pub fn node(self) -> Node {
                let (kind, at) = match self {
                    $(Self::$record(ix) => ($record::NODE, ix.0),)+
                    Self::Article(ix) => (Article::NODE, ix.0),
                };
                Node::new(kind, at)
            }
        }

        impl Dossier {
            /// How many records there are of a kind.
            pub fn count(&self, kind: Kind) -> usize {
                match kind { $(Kind::$record => self.$table.count()),+ }
            }

            /// What every record has; `None` for an article.
            pub fn head(&self, of: Ref) -> Option<&Head> {
                match of {
                    $(Ref::$record(ix) => Some(&self[ix].head),)+
                    Ref::Article(_) => None,
                }
            }

            /// The writer's own data of anything.
            pub fn extra(&self, of: Ref) -> &serde_json::Value {
                match of {
                    $(Ref::$record(ix) => &self[ix].head.extra,)+
                    Ref::Article(ix) => &self[ix].extra,
                }
            }

            /// The id of anything.
            pub fn id(&self, of: Ref) -> &Text {
                match of {
                    $(Ref::$record(ix) => &self[ix].head.id.value,)+
                    Ref::Article(ix) => &self[ix].slug,
                }
            }

            /// Where anything is defined.
            pub fn span(&self, of: Ref) -> Span {
                match of {
                    $(Ref::$record(ix) => self[ix].head.id.span,)+
                    Ref::Article(ix) => self[ix].title_span,
                }
            }

            /// Pages that cite or link to anything.
            pub fn mentions(&self, of: Ref) -> &[Mention] {
                match of {
                    $(Ref::$record(ix) => &self[ix].mentions,)+
                    Ref::Article(ix) => &self[ix].mentions,
                }
            }

            /// As [`Self::mentions`], to add to.
            pub(crate) fn mentions_mut(&mut self, of: Ref) -> &mut Vec<Mention> {
                match of {
                    $(Ref::$record(ix) => &mut self.$table[ix.position()].mentions,)+
                    Ref::Article(ix) => &mut self.articles[ix.position()].mentions,
                }
            }

            /// The Markdown texts shown on the page of a record or article, in the order in which their notes are
            /// numbered.
            pub fn prose_of(&self, of: Ref) -> Vec<&Prose> {
                match of {
                    $(Ref::$record(ix) => self[ix].prose(),)+
                    Ref::Article(ix) => self[ix].prose(),
                }
            }
        }
    };
}

kinds::kinds_of_record!(tables);

impl Ref {
    /// What a message calls it: "an actor".
    pub fn with_article(self) -> &'static str {
        self.kind().map_or("an article", Kind::with_article)
    }
}

/// The whole dossier, every id bound.
#[derive(Default)]
pub struct Dossier {
    /// In the order of their ids, as are all records.
    pub actors: Table<Actor>,
    /// What happened.
    pub events: Table<Event>,
    /// Where.
    pub places: Table<Place>,
    /// Cited works.
    pub sources: Table<Source>,
    /// What claims answer.
    pub questions: Table<Question>,
    /// Who said what.
    pub claims: Table<Claim>,
    /// In the order of their URLs.
    pub articles: Table<Article>,
    /// Articles by their paths from `content/`.
    pub article_files: HashMap<Text, ArticleIx>,
    /// Every id, and what it names.
    pub ids: Arc<HashMap<Text, Ref>>,
    /// Names that stand in parts that could not be read: nobody reports them as unknown.
    pub unread: Unread,
    /// Days whose state of knowledge has a page and a title, in order.
    pub milestones: Vec<Milestone>,
    /// All days whose state of knowledge has a page, in order ([`as_of::days`]).
    pub days: Vec<as_of::KnownDay>,
    /// The words of questions and statements that are not plain: what they are called by.
    pub labels: HashMap<Ref, Text>,
    /// For whom each actor speaks in the end ([`voice::bodies`]).
    pub bodies: Vec<ActorIx>,
    /// Which place lies in which, which group is part of which.
    pub ground: Arc<reason::Ground>,
    /// Claims about the order of events that cannot all be true: events by [`EventIx`], claims by [`ClaimIx`].
    pub knots: Vec<reason::order::Knot>,
}

/// What is known of the parts of the dossier that could not be read.
#[derive(Clone, Debug, Default, Hash)]
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
#[derive(Clone, Debug, Hash)]
pub struct Milestone {
    /// The day, as `YYYY-MM-DD`.
    pub date: Edtf,
    /// What the day is remembered for.
    pub title: Text,
}

/// What every record has.
#[derive(Clone, Debug, Hash)]
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
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Curation {
    /// A name.
    pub by: Option<Text>,
    /// When.
    pub on: Option<Edtf>,
    /// A remark, shown with it.
    pub note: Option<Text>,
    /// Who else looked at it.
    pub checked: Vec<Check>,
}

/// That somebody checked a record.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Check {
    /// A name.
    pub by: Text,
    /// When.
    pub on: Option<Edtf>,
    /// A remark, shown with it.
    pub note: Option<Text>,
    /// Where it is written.
    pub span: Span,
}

/// A date, and how it was inferred if no text gives it.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Dated {
    /// EDTF.
    pub date: Edtf,
    /// In words; `None` where a text gives the date.
    pub inferred: Option<Text>,
    /// Where it is written.
    pub span: Span,
}

/// A page that cites or links to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

    /// Name, title, text or statement, in words alone: what a reader calls it.
    pub fn label(&self, of: Ref) -> &Text {
        note(of.node());
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
            Ref::Actor(_) | Ref::Event(_) | Ref::Place(_) | Ref::Source(_) | Ref::Article(_) => return None,
        };
        (!prose.outline.plain).then_some(prose)
    }

    /// Every record and article: kind by kind, in the order of ids.
    pub fn all(&self) -> impl Iterator<Item = Ref> {
        let records = Kind::ALL.iter().flat_map(|kind| (0..self.count(*kind)).map(|i| Ref::at(*kind, i)));
        records.chain((0..self.articles.count()).map(|i| Ref::Article(ArticleIx::at(i))))
    }
}
