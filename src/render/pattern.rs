//! Fragments of which there are very many and only the words differ: their template is rendered once, with marks where the
//! words will stand, and each fragment is the pattern with its words in place of the marks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tera::Value;

use super::Renderer;

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
    pub fn fill(&self, values: &[&str], out: &mut String) {
        for part in &self.0 {
            match part {
                Part::Html(html) => out.push_str(html),
                Part::Hole(n) => out.push_str(values.get(*n).copied().unwrap_or_default()),
            }
        }
    }
}

/// Patterns by their template and by what of their values is known.
pub type Patterns = Mutex<HashMap<(&'static str, usize), Arc<Pattern>>>;

impl Renderer<'_> {
    /// The pattern of a template, given the values that are known and the names of those that are to be filled in. A
    /// `variant` is a number for what is known.
    pub fn pattern<const K: usize, const H: usize>(
        &self,
        template: &'static str,
        variant: usize,
        known: impl FnOnce() -> [(&'static str, Value); K],
        holes: [&'static str; H],
    ) -> Arc<Pattern> {
        let patterns = || self.warm.patterns.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pattern) = patterns().get(&(template, variant)) {
            return pattern.clone();
        }
        let mark = |n: usize| Value::safe_string(&format!("{MARK}{n}{MARK}"));
        let holes = holes.into_iter().enumerate().map(|(n, name)| (name, mark(n)));
        let html = self.fragment_of(template, known().into_iter().chain(holes));
        let pattern = Arc::new(Pattern::new(html.as_str().unwrap_or_default()));
        patterns().entry((template, variant)).or_insert(pattern).clone()
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
