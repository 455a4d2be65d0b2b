//! The closed lists of words that records use.

/// An enum of words: `ALL`, `as_str`.
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vmeta])* #[doc = concat!("`", $word, "`")] $variant),+
        }

        impl $name {
            /// Every word, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word as a sheet writes it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

pub use words;

words! {
    /// What kind of actor.
    ActorKind {
        Person = "person",
        Organization = "organization",
        State = "state",
        ArmedForce = "armed-force",
        Media = "media",
        Unnamed = "unnamed",
    }
}

words! {
    /// How exact a place's coordinates are meant: the map draws a point or a wide ring accordingly.
    PlacePrecision {
        Point = "point",
        Site = "site",
        City = "city",
        District = "district",
        Region = "region",
        Country = "country",
        Area = "area",
    }
}

words! {
    /// What kind of value answers a question.
    QuestionKind {
        Quantity = "quantity",
        Date = "date",
        Period = "period",
        Choice = "choice",
        Choices = "choices",
        Place = "place",
        Text = "text",
    }
}

impl QuestionKind {
    /// Whether an answer is the key of an option, or several.
    pub fn has_options(self) -> bool {
        match self {
            Self::Choice | Self::Choices => true,
            Self::Quantity | Self::Date | Self::Period | Self::Place | Self::Text => false,
        }
    }

    /// Whether several answers may be true at once by what they are.
    pub fn is_several(self) -> bool {
        match self {
            Self::Choices => true,
            Self::Quantity | Self::Date | Self::Period | Self::Choice | Self::Place | Self::Text => false,
        }
    }

    /// Whether the authors alone compare the answers, by what claims contradict or support.
    pub fn is_compared_by_authors(self) -> bool {
        match self {
            Self::Text => true,
            Self::Quantity | Self::Date | Self::Period | Self::Choice | Self::Choices | Self::Place => false,
        }
    }
}

words! {
    /// Admiralty code for the reliability of a source.
    ReliabilityGrade { A = "A", B = "B", C = "C", D = "D", E = "E", F = "F" }
}

words! {
    /// Whether whoever published a text still stands by it.
    SourceStanding { Current = "current", Corrected = "corrected", Retracted = "retracted" }
}

words! {
    /// The authors' judgement of a question.
    SettledStatus { Settled = "settled", Disputed = "disputed", Open = "open" }
}

/// Makes something of the list of the kinds of record, which stands here and nowhere else: of each its name, its word, the
/// type of its indexes, its table in a dossier and in a sheet (there also the key), and what a message calls one.
macro_rules! kinds_of_record {
    ($make:ident) => {
        $make! {
            Actor(actor, ActorIx, actors, "an actor");
            Event(event, EventIx, events, "an event");
            Place(place, PlaceIx, places, "a place");
            Source(source, SourceIx, sources, "a source");
            Question(question, QuestionIx, questions, "a question");
            Claim(claim, ClaimIx, claims, "a claim");
        }
    };
}
pub(crate) use kinds_of_record;

macro_rules! kinds {
    ($($kind:ident($word:ident, $ix:ident, $table:ident, $one:literal);)+) => {
        /// The kinds of record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = concat!("`", stringify!($word), "`")] $kind),+
        }

        impl Kind {
            /// Every kind, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The word for one.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$kind => stringify!($word)),+ }
            }

            /// The key of a sheet, and the first path segment unless renamed: `actors`.
            pub fn plural(self) -> &'static str {
                match self { $(Self::$kind => stringify!($table)),+ }
            }

            /// What a message calls one: "an actor".
            pub fn with_article(self) -> &'static str {
                match self { $(Self::$kind => $one),+ }
            }
        }
    };
}

kinds_of_record!(kinds);

/// One thing for each kind of record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ByKind<T>([T; Kind::ALL.len()]);

impl<T> ByKind<T> {
    /// What is made for each.
    pub fn of(make: impl Fn(Kind) -> T) -> Self {
        Self(std::array::from_fn(|n| make(Kind::ALL[n])))
    }

    /// Each kind with its own, in the order of [`Kind::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Kind, &T)> {
        Kind::ALL.iter().copied().zip(&self.0)
    }
}

impl<T: Default> Default for ByKind<T> {
    fn default() -> Self {
        Self::of(|_| T::default())
    }
}

/// The order of [`Kind::ALL`] is that of the variants.
impl<T> std::ops::Index<Kind> for ByKind<T> {
    type Output = T;

    fn index(&self, kind: Kind) -> &T {
        &self.0[kind as usize]
    }
}

impl<T> std::ops::IndexMut<Kind> for ByKind<T> {
    fn index_mut(&mut self, kind: Kind) -> &mut T {
        &mut self.0[kind as usize]
    }
}

/// The item types of CSL 1.0.2.
pub const CSL_TYPES: &[&str] = &[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_own() {
        let names = ByKind::of(Kind::plural);
        assert!(Kind::ALL.iter().all(|kind| names[*kind] == kind.plural()));
        assert!(names.iter().all(|(kind, name)| kind.plural() == *name));
    }
}
