//! Fragments of which there are very many and only the words differ: their template is rendered once, with marks where the
//! words will stand, and each fragment is the pattern with its words in place of the marks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tera::Value;

use super::Renderer;
use sourcebook_core::base::reads;

/// Stands before and after the number of a hole: a noncharacter, as [`super::rooted::ROOT`] is made of.
const MARK: char = '\u{fdd2}';

/// HTML with holes.
#[derive(Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Html(String),
    /// By the number of what goes there.
    Hole(usize),
}

impl Pattern {
    fn new(html: &str) -> Self {
        let parts = html.split(MARK).enumerate().filter(|(_, part)| !part.is_empty());
        let part = |(n, part): (usize, &str)| match part.parse() {
            Ok(hole) if n % 2 == 1 => Part::Hole(hole),
            _ => Part::Html(part.to_owned()),
        };
        Self(parts.map(part).collect())
    }

    /// Appends the fragment with these values, each of them HTML.
    fn fill(&self, values: &[&str], out: &mut String) {
        for part in &self.0 {
            match part {
                Part::Html(html) => out.push_str(html),
                Part::Hole(n) => out.push_str(values.get(*n).copied().unwrap_or_default()),
            }
        }
    }
}

/// Patterns by their template, what is known, and which words are there.
pub type Patterns = Mutex<HashMap<(&'static str, &'static str, usize), Arc<Pattern>>>;

impl Renderer<'_> {
    /// Appends the fragment of a template: what is `known` when the pattern is made, which `variant` names, then
    /// its words, each of them HTML, by name; none, or nothing in them, for those that are not there.
    pub fn filled<const K: usize, const H: usize>(
        &self,
        template: &'static str,
        (variant, known): (&'static str, impl FnOnce() -> [(&'static str, Value); K]),
        words: [(&'static str, Option<&str>); H],
        out: &mut String,
    ) {
        let words = words.map(|(name, word)| (name, word.filter(|word| !word.is_empty())));
        let there = words.iter().fold(0, |bits, (_, word)| bits << 1 | usize::from(word.is_some()));
        let patterns = || self.warm.patterns.lock().unwrap_or_else(PoisonError::into_inner);
        let made = patterns().get(&(template, variant, there)).cloned();
        let pattern = made.unwrap_or_else(|| {
            let mark = |n: usize| Value::safe_string(&format!("{MARK}{n}{MARK}"));
            let hole = |(n, (name, word)): (usize, &(&'static str, Option<&str>))| {
                (*name, word.map_or_else(Value::none, |_| mark(n)))
            };
            let html =
                reads::pure(|| self.fragment(template, known().into_iter().chain(words.iter().enumerate().map(hole))));
            let pattern = Arc::new(Pattern::new(html.as_str().unwrap_or_default()));
            patterns().entry((template, variant, there)).or_insert(pattern).clone()
        });
        pattern.fill(&words.map(|(_, word)| word.unwrap_or_default()), out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_place_of_the_marks() {
        let mut out = String::from("before ");
        let pattern = Pattern::new("<a href=\"\u{fdd2}1\u{fdd2}\">\u{fdd2}0\u{fdd2}</a> 2\u{fdd2}1\u{fdd2}");
        pattern.fill(&["A &amp; B", "a/"], &mut out);
        assert_eq!(out, "before <a href=\"a/\">A &amp; B</a> 2a/");
        assert_eq!(Pattern::new("0"), Pattern(vec![Part::Html("0".to_owned())]));
    }
}
