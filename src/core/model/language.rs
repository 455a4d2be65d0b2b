//! The languages of the interface.

use super::kinds::words;

words! {
    /// A language the interface is written in, by its BCP 47 tag.
    Language {
        French = "fr",
        English = "en",
        German = "de",
    }
}

/// Of a dossier that names none.
impl Default for Language {
    fn default() -> Self {
        Self::French
    }
}

impl Language {
    /// The names of its months, January first: each whole, as it is written, then other spellings and short forms.
    pub fn months(self) -> &'static Months {
        match self {
            Self::French => &FRENCH,
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }
}

/// The names of the twelve months.
pub type Months = [&'static [&'static str]; 12];

const FRENCH: Months = [
    &["janvier", "janv"],
    &["février", "fevrier", "févr"],
    &["mars"],
    &["avril", "avr"],
    &["mai"],
    &["juin"],
    &["juillet", "juil"],
    &["août", "aout"],
    &["septembre", "sept"],
    &["octobre", "oct"],
    &["novembre", "nov"],
    &["décembre", "decembre", "déc"],
];

const ENGLISH: Months = [
    &["January", "Jan"],
    &["February", "Feb"],
    &["March", "Mar"],
    &["April", "Apr"],
    &["May"],
    &["June", "Jun"],
    &["July", "Jul"],
    &["August", "Aug"],
    &["September", "Sept"],
    &["October", "Oct"],
    &["November", "Nov"],
    &["December", "Dec"],
];

const GERMAN: Months = [
    &["Januar", "Jänner", "Jan"],
    &["Februar", "Feb"],
    &["März", "Mär"],
    &["April", "Apr"],
    &["Mai"],
    &["Juni", "Jun"],
    &["Juli", "Jul"],
    &["August", "Aug"],
    &["September", "Sept"],
    &["Oktober", "Okt"],
    &["November", "Nov"],
    &["Dezember", "Dez"],
];

/// The number of a month, 1 to 12, by a name of it in any language, in lower case.
pub fn month(word: &str) -> Option<u8> {
    numbered(|name| lower(name).eq(word.chars()))
}

/// As [`month`], where the name may also be cut to three letters or more, with or without a full stop. What months of
/// different numbers begin with (`jui`) is none.
pub fn month_cut(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.');
    let begins = |name: &str| {
        let mut letters = lower(name);
        word.chars().all(|letter| letters.next() == Some(letter))
    };
    let cut = || {
        let first = numbered(begins)?;
        let others = |name: &str| begins(name) && month(&name.to_lowercase()) != Some(first);
        (word.chars().count() >= 3 && numbered(others).is_none()).then_some(first)
    };
    month(word).or_else(cut)
}

fn lower(name: &str) -> impl Iterator<Item = char> {
    name.chars().flat_map(char::to_lowercase)
}

/// The first month of which a name passes.
fn numbered(passes: impl Fn(&str) -> bool) -> Option<u8> {
    let in_language =
        |language: &Language| language.months().iter().position(|names| names.iter().any(|name| passes(name)));
    let at = Language::ALL.iter().find_map(in_language)?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_by_their_names() {
        let check = |word: &str, whole: Option<u8>, cut: Option<u8>| {
            assert_eq!((month(word), month_cut(word)), (whole, cut), "{word}");
        };
        check("mai", Some(5), Some(5));
        check("may", Some(5), Some(5));
        check("märz", Some(3), Some(3));
        check("aout", Some(8), Some(8));
        check("sept", Some(9), Some(9));
        check("sep.", None, Some(9));
        check("juil", Some(7), Some(7));
        check("dez", Some(12), Some(12));
        check("mar", Some(3), Some(3));
        // June or July, in French.
        check("jui", None, None);
        check("ma", None, None);
        check("monday", None, None);
    }
}
