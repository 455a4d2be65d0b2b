//! The matcher by itself: words looked up in a file of any kind that is a capture, with neither dossier nor lock.
//!
//! 1. [`Witness::read`]: the bytes of a file to words and places, once for all quotes.
//! 2. [`Witness::answer`]: what became of one quote.
//! 3. [`all`]: many quotes over many files, each file read once, in any order of the questions.
//!
//! What comes out is what `sourcebook verify` finds with the same words and the same file: both ask [`find`].
//! An [`Answer`] holds words of the file where they are near to a quote that is absent: it is for whoever has the file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::find::{Finding, Prepared, find};
use super::hits::Hit;
use super::locator::Locator;
use super::nearest::{Nearest, Why as NearestWhy};
use super::parts::parts;
use super::quotation::{Quotations, Quoted};
use super::readers::{self, Bounds, Fact, Input, Text, Want, Why};

/// A file made ready for looking up quotes.
#[derive(Clone, Debug)]
pub struct Witness {
    prepared: Prepared,
    quotations: Quotations,
}

/// What became of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stands there word for word, once; or once where the locator says.
    Verbatim,
    /// It stands there word for word, but not where the locator says.
    WrongLocator,
    /// It stands there several times, and the locator does not tell which is meant.
    Ambiguous,
    /// It does not stand there.
    Absent,
    /// The file is a picture, a sound or a film: nothing can be found in it.
    NoWords,
}

impl Verdict {
    /// As JSON has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::WrongLocator => "wrong-locator",
            Self::Ambiguous => "ambiguous",
            Self::Absent => "absent",
            Self::NoWords => "no-words",
        }
    }
}

/// What became of a quote, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// In one word.
    pub verdict: Verdict,
    /// Where it stands, in the order of the text; empty where it does not.
    pub hits: Vec<Hit>,
    /// How much of it stands between quotation marks; `None` where it is not found once, or that cannot be told.
    pub quoted: Option<Quoted>,
    /// What stands there instead.
    pub near: Option<Near>,
}

/// The passage most like a quote that is absent: a help, never a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Why the quote does not count as found: `differs`, `cut` (its edges lie within words), `apart` (its parts stand there,
    /// not in this order or too far apart), `case`.
    pub why: &'static str,
    /// Where the passage begins: `§ 3`, `p. 12`, `outside the story`.
    pub place: String,
    /// Its words, as the file has them.
    pub passage: String,
    /// Quote and passage in one: `[-…-]` stands only in the quote, `{+…+}` only in the file.
    pub marked: String,
}

impl Witness {
    /// Reads a file by the reader of its kind.
    ///
    /// # Errors
    /// There is no text in it, or none that may be read.
    pub fn read(input: &Input<'_>, bounds: &Bounds) -> Result<Self, Why> {
        readers::read(input, bounds).map(Self::of)
    }

    /// A text that was read already.
    pub fn of(text: Text) -> Self {
        let quotations = Quotations::of(&text);
        Self { prepared: Prepared::new(text), quotations }
    }

    /// The readable text; [`Hit`]s are bytes of it.
    pub fn text(&self) -> &Text {
        self.prepared.text()
    }

    /// Looks up a quote. `[…]` in it joins parts; the locator is free text, of which paragraphs, pages, times and chapters
    /// are understood.
    ///
    /// ```
    /// # use sourcebook_core::evidence::lookup::{Verdict, Witness};
    /// # use sourcebook_core::evidence::readers::{Bounds, Input};
    /// let page = Input::new("page.html", "<p>Un.</p><p>Il n’a <b>rien</b> dit.</p>".as_bytes());
    /// let witness = Witness::read(&page, &Bounds::default()).unwrap();
    /// let verdict = |quote, locator| witness.answer(quote, locator).verdict;
    /// assert_eq!(verdict("n'a rien dit", Some("§ 2")), Verdict::Verbatim);
    /// assert_eq!(verdict("n'a rien dit", Some("§ 1")), Verdict::WrongLocator);
    /// assert_eq!(verdict("n'a tout dit", None), Verdict::Absent);
    /// ```
    pub fn answer(&self, quote: &str, locator: Option<&str>) -> Answer {
        if self.text().facts().contains(&Fact::Shows) {
            return Answer { verdict: Verdict::NoWords, hits: Vec::new(), quoted: None, near: None };
        }
        match find(quote, &self.prepared, locator) {
            Finding::Verbatim { hit, elsewhere } => {
                let quoted = self.quotations.within(self.text(), &hit).map(|parts| Quoted::of(&hit, &parts));
                let verdict = if elsewhere.is_some() { Verdict::WrongLocator } else { Verdict::Verbatim };
                Answer { verdict, hits: vec![hit], quoted, near: None }
            }
            Finding::Ambiguous { hits } => {
                let named = locator.map(Locator::parse).unwrap_or_default();
                let allowed = hits.iter().any(|hit| named.allows(&hit.first, &hit.last));
                let verdict = if allowed { Verdict::Ambiguous } else { Verdict::WrongLocator };
                Answer { verdict, hits, quoted: None, near: None }
            }
            Finding::Absent { nearest } => {
                let near = nearest.map(|nearest| Near::of(&nearest, self.text()));
                Answer { verdict: Verdict::Absent, hits: Vec::new(), quoted: None, near }
            }
        }
    }
}

impl Near {
    fn of(nearest: &Nearest, text: &Text) -> Self {
        let why = match nearest.why {
            NearestWhy::Differs => "differs",
            NearestWhy::Cut => "cut",
            NearestWhy::Apart => "apart",
            NearestWhy::Case => "case",
            NearestWhy::Dots => "dots",
        };
        let spot = &nearest.place.spot;
        let place = spot.locator().unwrap_or_else(|| spot.said());
        let words = text.as_str().get(nearest.range.clone()).unwrap_or_default();
        Self { why, place, passage: level_spaces(words), marked: nearest.marked() }
    }
}

fn level_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a quote holds anything that can be looked up.
pub fn has_words(quote: &str) -> bool {
    !parts(quote).is_empty()
}

/// A quote to be looked up in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question<'a> {
    /// The file, by the name that `read` of [`all`] understands; its ending may say its kind.
    pub file: Cow<'a, str>,
    /// Which page, of a web archive that holds several.
    pub url: Option<Cow<'a, str>>,
    /// The words.
    pub quote: Cow<'a, str>,
    /// Where they are said to stand.
    pub locator: Option<Cow<'a, str>>,
}

/// Looks up quotes in files. `read` is asked once for each file, whatever the order of the questions; the answers come in
/// their order. Of one file at a time for each thread, words are in memory.
///
/// ```
/// # use sourcebook_core::evidence::lookup::{Question, Verdict, all};
/// let asked = |quote: &'static str| Question { file: "a.txt".into(), url: None, quote: quote.into(), locator: None };
/// let answers = all(&[asked("two words"), asked("three words")], &|_| Ok(b"One, two words.".to_vec()));
/// let verdicts: Vec<_> = answers.iter().map(|answer| answer.as_ref().unwrap().verdict).collect();
/// assert_eq!(verdicts, [Verdict::Verbatim, Verdict::Absent]);
/// ```
pub fn all<'a>(
    questions: &[Question<'a>],
    read: &(dyn Fn(&str) -> Result<Vec<u8>, String> + Sync),
) -> Vec<Result<Answer, String>> {
    let mut files: BTreeMap<&str, BTreeMap<Option<&str>, Vec<usize>>> = BTreeMap::new();
    for (n, question) in questions.iter().enumerate() {
        files.entry(&question.file).or_default().entry(question.url.as_deref()).or_default().push(n);
    }
    let answered: Vec<Vec<(usize, Result<Answer, String>)>> = files
        .into_par_iter()
        .map(|(file, pages)| match read(file) {
            Err(why) => pages.into_values().flatten().map(|n| (n, Err(why.clone()))).collect(),
            Ok(bytes) => pages.iter().flat_map(|(url, asked)| of_page(file, &bytes, *url, asked, questions)).collect(),
        })
        .collect();
    let mut answers: Vec<_> = questions.iter().map(|_| Err(String::new())).collect();
    answered.into_iter().flatten().for_each(|(n, answer)| answers[n] = answer);
    answers
}

fn of_page(
    file: &str,
    bytes: &[u8],
    url: Option<&str>,
    asked: &[usize],
    questions: &[Question<'_>],
) -> Vec<(usize, Result<Answer, String>)> {
    let input = Input { want: Want { url, ..Want::default() }, ..Input::new(file, bytes) };
    match Witness::read(&input, &Bounds::default()) {
        Ok(witness) => asked
            .par_iter()
            .map(|&n| (n, Ok(witness.answer(&questions[n].quote, questions[n].locator.as_deref()))))
            .collect(),
        Err(why) => asked.iter().map(|&n| (n, Err(format!("{why}; {}", why.help())))).collect(),
    }
}

#[cfg(test)]
mod tests;
