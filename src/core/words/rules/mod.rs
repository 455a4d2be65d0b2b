//! What is particular to a language of the interface, beside its messages: one file a language.
//!
//! A new one is a file here, a line in [`Language::rules`], its variant of [`Language`], and `themes/default/i18n/TAG.*.toml`.
//! Messages say what a page says; rules say how numbers, quotation marks, spaces and plurals are written, and which words
//! the editor's rules look for in quotes.

mod de;
mod en;
mod fr;

use crate::model::language::Language;

/// The rules of a language.
#[derive(Debug)]
pub struct Rules {
    /// The locale whose terms a citation style takes, as CSL names it.
    pub locale: &'static str,
    /// Between a number and its decimals.
    pub decimal_sign: &'static str,
    /// Between groups of three digits.
    pub group_sign: char,
    /// Whether a number takes the form for one.
    pub is_one: fn(usize) -> bool,
    /// Whether the sign of a currency stands before the number: "£5".
    pub sign_first: bool,
    /// The ordinal of a century or a day.
    pub ordinal: fn(i64) -> String,
    /// Quotation marks.
    pub quotes: Quotes,
    /// Whether `;` `:` `!` `?` stand off the word before them, and numbers hold on to what they count.
    pub stands_off: bool,
    /// Whether a day has its article also after a word: « peut-être le 6 novembre ».
    pub articled_days: bool,
    /// The preposition before a date as it sounds: « d’avril ».
    pub elide: fn(String) -> String,
    /// Units and large numbers, which stay on the line of their number.
    pub units: &'static [&'static str],
    /// What the editor's rules look for.
    pub vocabulary: Vocabulary,
}

/// Quotation marks of two levels.
#[derive(Debug)]
pub struct Quotes {
    /// The outer pair.
    pub outer: [char; 2],
    /// What a straight pair becomes: the outer pair with the spaces inside it.
    pub straight: [&'static str; 2],
    /// The inner pair.
    pub inner: [char; 2],
}

/// What stands before a number that is not exact, likewise.
#[derive(Debug)]
pub struct Bounds {
    /// It is near it.
    pub about: &'static [&'static str],
    /// It is beyond it.
    pub more_than: &'static [&'static str],
    /// It is that, or more.
    pub at_least: &'static [&'static str],
    /// It is below it.
    pub less_than: &'static [&'static str],
    /// It is that, or less.
    pub at_most: &'static [&'static str],
}

/// Words in lower case with levelled typography, as rules of [`crate::check`] look for them; `*` stands for any ending.
#[derive(Debug)]
pub struct Vocabulary {
    /// A number by its words, also in one word (`elftausend`).
    pub number: fn(&str) -> Option<f64>,
    /// What multiplies the number before it.
    pub scale: fn(&str) -> Option<f64>,
    /// What stands between the words of one number.
    pub joints: &'static [&'static str],
    /// A part of one, by its word: a half, a third, a quarter.
    pub part: fn(&str) -> Option<f64>,
    /// Words that say that there is none.
    pub none: &'static [&'static str],
    /// Weekdays in full and short, Monday first.
    pub weekdays: [&'static [&'static str]; 7],
    /// What stands before a number that is not exact.
    pub bounds: Bounds,
    /// The speaker was asked, and says neither.
    pub declines: &'static [&'static str],
    /// The speaker says that it is not so.
    pub denies: &'static [&'static str],
    /// The speaker hedges.
    pub hedges: &'static [&'static str],
    /// Words by which what stands beside them is given to somebody.
    pub says: &'static [&'static str],
    /// Somebody is said to say so.
    pub attributes: &'static [&'static str],
    /// What a text says of something that no longer stands.
    pub lapses: &'static [&'static str],
    /// What stands between two numbers of which the second tells how many thousands both are.
    pub ranges: &'static [&'static str],
    /// How a role is named.
    pub roles: Roles,
}

/// How the word for a person is found in a role: « director » in « managing director of the port ».
#[derive(Debug)]
pub struct Roles {
    /// What stands before it and is no part of it.
    pub articles: &'static [&'static str],
    /// What ends it: what follows says of what, or where.
    pub ends: &'static [&'static str],
    /// Whether it is the last of the words before such an end, else the first.
    pub is_last: bool,
    /// What it may end in, in the sentence that names it.
    pub endings: &'static [&'static str],
}

impl Language {
    /// How it is written.
    pub fn rules(self) -> &'static Rules {
        match self {
            Self::French => &fr::RULES,
            Self::English => &en::RULES,
            Self::German => &de::RULES,
        }
    }

    /// The rules of all languages: a quote may be in any.
    pub fn all_rules() -> impl Iterator<Item = &'static Rules> {
        Self::ALL.iter().map(|language| language.rules())
    }
}

/// The value of a word in a table.
fn look_up(table: &[(&str, f64)], word: &str) -> Option<f64> {
    table.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}
