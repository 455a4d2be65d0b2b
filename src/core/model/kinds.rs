//! The closed lists of words that records use.

/// An enum of words: `ALL`, `as_str`.
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

words! {
    /// The six kinds of record.
    Kind {
        Actor = "actor",
        Event = "event",
        Place = "place",
        Source = "source",
        Question = "question",
        Claim = "claim",
    }
}

impl Kind {
    /// The key of a sheet, and the first path segment unless renamed: `actors`.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Actor => "actors",
            Self::Event => "events",
            Self::Place => "places",
            Self::Source => "sources",
            Self::Question => "questions",
            Self::Claim => "claims",
        }
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
