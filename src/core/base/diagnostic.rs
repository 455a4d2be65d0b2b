//! Faults and warnings as data.
//!
//! Every phase returns its value *and* what is wrong with its input; nothing is printed here (see
//! `sourcebook_machine::terminal`). One cause gives one diagnostic: a phase that cannot go on with a part leaves that
//! part out and stays silent about what merely follows from it.

use crate::base::file::{Files, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// Built, but the editor should look.
    Warning,
    /// A remark.
    Hint,
}

/// A secondary place, with what it has to do with the matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// Such as "first defined here".
    pub text: String,
}

/// What may stand in place of what is at fault (a quick fix, in the words of the Language Server Protocol).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What would go.
    pub span: Span,
    /// What would come.
    pub replacement: String,
    /// Whether it means what the writer meant for certain, so that a program may apply it unasked.
    pub is_safe: bool,
    /// Whether a help says it already, so that a printer need not.
    pub is_said: bool,
}

/// One fault or warning, for one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable, in kebab case: `unknown-id`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where; `None` only for what has no place in any file.
    pub span: Option<Span>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// Changes that would mend it, the likeliest first.
    pub fixes: Vec<Fix>,
    /// What else to do about it.
    pub help: Vec<String>,
    /// The id or word that nobody knows, for the phase that knows what there is: it may suggest one.
    pub unknown: Option<Box<str>>,
}

impl Diagnostic {
    /// A fault.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, Some(span), message)
    }

    /// A warning.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, Some(span), message)
    }

    /// A fault of the dossier as a whole, which no line is to blame for.
    pub fn placeless(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, None, message)
    }

    fn new(severity: Severity, code: &'static str, span: Option<Span>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            span,
            labels: Vec::new(),
            fixes: Vec::new(),
            help: Vec::new(),
            unknown: None,
        }
    }

    /// Adds a secondary place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds "did you mean" if there is a suggestion.
    #[must_use]
    pub fn suggest(self, suggestion: Option<&str>) -> Self {
        match suggestion {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Adds what was probably meant by a word: a change, where the place holds that word and nothing else (no quotation
    /// marks around it), and else a question.
    #[must_use]
    pub fn mean(mut self, meant: &str, written: &str) -> Self {
        self.meant(meant, written);
        self
    }

    /// As [`Self::mean`], in place.
    pub fn meant(&mut self, meant: &str, written: &str) {
        match self.span.filter(|span| (span.end - span.start) as usize == written.len()) {
            Some(span) => self.fixes.push(Fix { span, replacement: meant.to_owned(), is_safe: false, is_said: false }),
            None => self.help.insert(0, format!("did you mean `{meant}`?")),
        }
    }

    /// Adds a change that a help says in words.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fixes.push(Fix { span, replacement: replacement.into(), is_safe: false, is_said: true });
        self
    }

    /// The same, with the word at fault for a later phase to find a suggestion for.
    #[must_use]
    pub fn unknown(mut self, word: &str) -> Self {
        self.unknown = Some(word.into());
        self
    }

    /// What to do about it, in sentences: what was probably meant, then everything else.
    pub fn advice(&self) -> impl Iterator<Item = String> {
        let unsaid = self.fixes.iter().filter(|fix| !fix.is_said);
        let meant = unsaid.map(|fix| format!("did you mean `{}`?", fix.replacement));
        meant.chain(self.help.iter().cloned())
    }
}

/// What a phase found wrong.
pub type Diagnostics = Vec<Diagnostic>;

/// A phase's value together with what is wrong with its input.
#[derive(Clone, Debug)]
pub struct Report<T> {
    /// The value, complete but for the parts at fault.
    pub value: T,
    /// What is wrong.
    pub diagnostics: Diagnostics,
}

impl<T> Report<T> {
    /// A value and its diagnostics.
    pub fn new(value: T, diagnostics: Diagnostics) -> Self {
        Self { value, diagnostics }
    }

    /// Moves the diagnostics to `into` and returns the value.
    pub fn take(mut self, into: &mut Diagnostics) -> T {
        into.append(&mut self.diagnostics);
        self.value
    }
}

/// Whether anything forbids building.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Puts diagnostics in the order of files (by path), then of places, then of codes, and drops exact repetitions.
pub fn sort(diagnostics: &mut Diagnostics, files: &Files) {
    let key = |d: &Diagnostic| d.span.map(|s| (files.get(s.file).path.clone(), s.start, s.end));
    diagnostics.sort_by(|a, b| {
        key(a).cmp(&key(b)).then_with(|| (a.severity, a.code, &a.message).cmp(&(b.severity, b.code, &b.message)))
    });
    diagnostics.dedup();
}

/// Of each kind the first, which says how many more there are: a file with ten thousand odd dates is told in one line.
///
/// Of one kind are those with one severity and code whose messages differ only in what they quote between backticks.
pub fn first_of_each_kind(diagnostics: &[Diagnostic], how_to_see_all: &str) -> Diagnostics {
    let kind = |d: &Diagnostic| {
        let words: String = d.message.split('`').step_by(2).collect();
        (d.severity, d.code, words)
    };
    let mut counts = std::collections::BTreeMap::new();
    diagnostics.iter().for_each(|d| *counts.entry(kind(d)).or_insert(0_usize) += 1);
    let mut first = Diagnostics::new();
    for diagnostic in diagnostics {
        // What was told is taken from the counts.
        match counts.remove(&kind(diagnostic)) {
            None => {}
            Some(1) => first.push(diagnostic.clone()),
            Some(n) => first.push(diagnostic.clone().help(format!("and {} more like it: {how_to_see_all}", n - 1))),
        }
    }
    first
}

/// All faults; of the warnings and hints of each code the first, which says how many more there are.
pub fn first_of_each_code(diagnostics: &[Diagnostic], how_to_see_all: &str) -> Diagnostics {
    let mut counts = std::collections::BTreeMap::new();
    diagnostics.iter().for_each(|d| *counts.entry((d.severity, d.code)).or_insert(0_usize) += 1);
    let mut first = Diagnostics::new();
    for diagnostic in diagnostics {
        if diagnostic.severity == Severity::Error {
            first.push(diagnostic.clone());
            continue;
        }
        // What was told is taken from the counts.
        match counts.remove(&(diagnostic.severity, diagnostic.code)) {
            None => {}
            Some(1) => first.push(diagnostic.clone()),
            Some(n) => first.push(diagnostic.clone().help(format!(
                "and {} more of `{}`: {how_to_see_all}",
                n - 1,
                diagnostic.code
            ))),
        }
    }
    first
}

/// What is longer is no slip of somebody who types a name.
const LONGEST_NAME: usize = 200;

/// The candidate nearest to `word`, if it is near enough to be a slip of the pen.
///
/// Near is a Damerau–Levenshtein distance of at most a third of the word's length (at least one), so that
/// `kim-jong-un` is offered for `kim-jung-un`, and nothing at all for a word that was simply never defined.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = match word.chars().count() {
        0 | 1 => return None,
        // Two of such a length are not compared: that takes time with the square of it.
        length if length > LONGEST_NAME => return None,
        length => (length / 3).max(1),
    };
    candidates
        .into_iter()
        .filter(|c| c.len().abs_diff(word.len()) <= limit * 4)
        .map(|c| (strsim::damerau_levenshtein(word, c), c))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_for_each_kind() {
        let span = Span::new(crate::base::file::FileId(0), 0..0);
        let date = |text: &str| Diagnostic::warning("bad-date", span, format!("`{text}` is no date"));
        let all = vec![date("a"), Diagnostic::error("bad-date", span, "`a` is no date"), date("b"), date("c")];
        let first = first_of_each_kind(&all, "see `--all`");
        let said: Vec<_> = first.iter().map(|d| format!("{} {:?}", d.message, d.help)).collect();
        assert_eq!(said, ["`a` is no date [\"and 2 more like it: see `--all`\"]", "`a` is no date []"]);
    }

    #[test]
    fn every_fault_and_one_line_for_each_code() {
        let span = Span::new(crate::base::file::FileId(0), 0..0);
        let warning = |code, text: &str| Diagnostic::warning(code, span, text);
        let fault = || Diagnostic::error("a", span, "x");
        let all = vec![fault(), warning("a", "1"), fault(), warning("b", "2"), warning("a", "3"), warning("a", "4")];
        let first = first_of_each_code(&all, "see `--all`");
        let said: Vec<_> = first.iter().map(|d| format!("{} {:?}", d.message, d.help)).collect();
        assert_eq!(said, ["x []", "1 [\"and 2 more of `a`: see `--all`\"]", "x []", "2 []"]);
    }

    #[test]
    fn nearest_offers_slips_only() {
        let ids = ["kim-jong-un", "kcna", "vladimir-poutine"];
        assert_eq!(nearest("kim-jung-un", ids), Some("kim-jong-un"));
        assert_eq!(nearest("kcn", ids), Some("kcna"));
        assert_eq!(nearest("lavrov", ids), None);
    }
}
