//! Citations, in Pandoc's syntax: `[see @id, § 3; @other]`, and `@id [p. 33]` in the text.

use std::ops::Range;

use crate::model::prose::{Cited, Located};

/// A citation's parts, by the places that mean something in it: an `@` in a code span or behind a backslash does not.
pub struct Written<'t> {
    /// The whole text.
    pub text: &'t str,
    /// What stands between the brackets.
    pub inside: Range<usize>,
    /// Each `@` that begins an id.
    pub signs: Vec<usize>,
    /// Each `;` between items.
    pub stops: Vec<usize>,
    /// Comments, which nobody is to read.
    pub comments: Vec<Range<usize>>,
}

/// Whether the words between brackets may be meant as a citation: an `@` that starts a word, and something after it.
pub fn looks_like_one(inside: &str) -> bool {
    inside.match_indices('@').any(|(i, _)| begins_id(inside, i))
}

/// Whether the `@` here begins an id: not after a letter or a digit, as in an e-mail address, and before one or `{`.
pub fn begins_id(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    before.is_none_or(|c| !c.is_alphanumeric() && c != '@') && after.is_some_and(|c| c.is_alphanumeric() || c == '{')
}

impl Written<'_> {
    /// Reads what stands between the brackets; the error says what is wrong with it.
    pub fn items(&self) -> Result<Vec<Cited>, String> {
        self.parts(self.inside.start).into_iter().map(|part| self.item(part)).collect()
    }

    /// Reads what stands between the brackets after an id in the text: its locator, then perhaps other items.
    pub fn after(&self, id: Located<crate::model::Text>) -> Result<Vec<Cited>, String> {
        let mut parts = self.parts(self.inside.start).into_iter();
        let locator = parts.next().map(|first| locator(&self.words(first)));
        let first = Cited { prefix: None, id, locator: locator.and_then(|l| some(&l)) };
        std::iter::once(Ok(first)).chain(parts.map(|part| self.item(part))).collect()
    }

    fn parts(&self, from: usize) -> Vec<Range<usize>> {
        let starts = std::iter::once(from).chain(self.stops.iter().map(|stop| stop + 1));
        let ends = self.stops.iter().copied().chain([self.inside.end]);
        starts.zip(ends).map(|(start, end)| start..end).collect()
    }

    fn item(&self, part: Range<usize>) -> Result<Cited, String> {
        let shown = self.words(part.clone());
        let mut signs = self.signs.iter().copied().filter(|at| part.contains(at));
        let Some(at) = signs.next() else {
            return Err(match shown.is_empty() {
                true => "an item of it is empty: take the `;` away".into(),
                false => format!("`{shown}` names no id: write `@` before it"),
            });
        };
        if signs.next().is_some() {
            return Err(format!("`{shown}` names two ids: put `;` between them"));
        }
        if self.text[part.start..at].ends_with('-') {
            return Err("`-@` hides an author, which a note here never does: write `@`".into());
        }
        if self.text[part.start..at].ends_with('@') {
            return Err("two `@` stand before the id: write one".into());
        }
        let (id, end) = id_range(self.text, at, part.end);
        let rest = &self.text[end..part.end];
        let braced = rest.starts_with('{').then(|| rest.find('}')).flatten();
        let sound = |rest: &str| rest.is_empty() || rest.starts_with(|c: char| c == ',' || c.is_whitespace());
        if !sound(rest) && !braced.is_some_and(|close| sound(&rest[close + 1..])) && !rest.starts_with("<!--") {
            return Err(format!("after the id comes a comma and the locator, not `{}`", rest.trim()));
        }
        Ok(Cited {
            prefix: some(&self.words(part.start..at)),
            id: Located { value: self.text[id.clone()].into(), range: id },
            locator: some(&locator(&self.words(end..part.end))),
        })
    }

    /// Markdown in one line, without what a citation may run over: comments, line ends, the marks of quotes and lists.
    fn words(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        let mut from = range.start;
        let inside = self.comments.iter().filter(|c| c.start >= range.start && c.end <= range.end);
        for comment in inside {
            out.push_str(&self.text[from..comment.start]);
            from = comment.end;
        }
        out.push_str(&self.text[from.min(range.end)..range.end]);
        let unquoted = out.lines().enumerate().map(|(n, line)| match n {
            0 => line.trim(),
            _ => line.trim_start_matches(|c: char| c == '>' || c.is_whitespace()).trim_end(),
        });
        unquoted.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// An id and where what stands after it begins: `@id`, or `@{id}`. A full stop or dash at the very end is punctuation.
fn id_range(text: &str, at: usize, end: usize) -> (Range<usize>, usize) {
    let from = at + 1;
    if let Some(rest) = text[from..end].strip_prefix('{')
        && let Some(close) = rest.find('}')
    {
        return (from + 1..from + 1 + close, from + 1 + close + 1);
    }
    let is_id = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    let length = text[from..end].find(|c| !is_id(c)).unwrap_or(end - from);
    let id = text[from..from + length].trim_end_matches(['.', ':', '-']);
    (from..from + id.len(), from + id.len())
}

/// The id of an `@` in the text. Only what has the form of an id counts, so that the full stop after it is none of it.
pub fn id_in_text(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at + 1..];
    if let Some(inner) = rest.strip_prefix('{') {
        let close = inner.find('}')?;
        return has_form_of_id(&inner[..close]).then(|| at + 2..at + 2 + close);
    }
    let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let length = rest.find(|c| !is_id(c)).unwrap_or(rest.len());
    let id = rest[..length].trim_end_matches('-');
    let goes_on = rest[id.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    (!goes_on && has_form_of_id(id)).then(|| at + 1..at + 1 + id.len())
}

/// An `@` in the text before what would be an id with other letters: `@Mayor-Said`, `@mayor_said`. The id that it may mean, and
/// where it ends.
pub fn miswritten_id(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = &text[at + 1..];
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let written = rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())].trim_end_matches(['-', '_']);
    let goes_on = rest[written.len()..].starts_with(char::is_alphanumeric);
    let id = written.to_ascii_lowercase().replace('_', "-");
    (!goes_on && id != written && has_form_of_id(&id)).then(|| (id, at + 1 + written.len()))
}

fn has_form_of_id(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split('-').all(is_part)
}

/// A locator without its comma and without the braces that Pandoc lets stand around it.
fn locator(written: &str) -> String {
    let rest = written.trim().trim_start_matches(',').trim();
    match rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((inside, after)) if inside.trim().is_empty() => after.trim_start_matches(',').trim().to_owned(),
        Some((inside, after)) => format!("{}{after}", inside.trim()).trim().to_owned(),
        None => rest.to_owned(),
    }
}

fn some(text: &str) -> Option<crate::model::Text> {
    (!text.is_empty()).then(|| text.into())
}

#[cfg(test)]
mod tests {
    use crate::model::markdown::{Token, tokens};
    use crate::model::prose::{Cited, FaultKind};

    /// The citations of a text: `prefix|id|locator`, joined by ` + `; those in the text after `@`.
    #[track_caller]
    fn check(text: &str, expect: &str) {
        let (tokens, faults) = tokens(text);
        let cited = tokens.iter().filter_map(|(token, _)| match token {
            Token::Citation(c) if !c.items.is_empty() => {
                let items = c.items.iter().map(show).collect::<Vec<_>>().join(" + ");
                Some(if c.in_text { format!("@{items}") } else { items })
            }
            _ => None,
        });
        let told = faults.iter().filter_map(|fault| match &fault.kind {
            FaultKind::BadCitation(message) => Some(format!("fault: {message}")),
            FaultKind::IdleSign { id, before } => Some(format!("idle: {before}@{id}")),
            FaultKind::MiswrittenId { id, written } => Some(format!("{written} for {id}")),
            _ => None,
        });
        assert_eq!(cited.chain(told).collect::<Vec<_>>().join(" / "), expect, "{text}");
    }

    fn show(item: &Cited) -> String {
        let prefix = item.prefix.as_ref().map(|p| format!("{p}|")).unwrap_or_default();
        let locator = item.locator.as_ref().map(|l| format!("|{l}")).unwrap_or_default();
        format!("{prefix}{}{locator}", item.id.value)
    }

    #[test]
    fn in_brackets() {
        check("[@a]", "a");
        check("[@a, § 3]", "a|§ 3");
        check("[@a; @b, p. 4]", "a + b|p. 4");
        check("[voir @a, chap. 2, § 3]", "voir|a|chap. 2, § 3");
        check("[@a p. 3]", "a|p. 3");
        check("[@a, p. [3]]", "a|p. [3]");
        check("[cf.@a]", "cf.|a");
        check("[see @a,\nand *passim*]", "see|a|and *passim*");
        check("> [see @a,\n> § 3]", "see|a|§ 3");
        check(
            "[@{a}, § 3] [@a{p. 3}] [@a, {p. 3} and more] [@a{}, 99 years later]",
            "a|§ 3 / a|p. 3 / a|p. 3 and more / a|99 years later",
        );
        check("[@a, see [map](https://e.org/)]", "a|see [map](https://e.org/)");
        check("[@a, see [[kcna]] <!-- us -->]", "a|see [[kcna]]");
        check("[*contra* @a; `@c` @b]", "*contra*|a + `@c`|b");
    }

    #[test]
    fn nothing_beside_a_citation_is_part_of_it() {
        check("[@a][@b] [mayor][@c] it closed![@d]", "a / b / c / d");
        check("[^1][@a] [@b][^1]\n\n[^1]: n", "a / b");
        check("*[@a]* **said [@b]** ~~[@c]~~ [link [@d]](https://e.org) ![alt [@e]](a.png)", "a / b / c / d / e");
        check("[[kcna|the [@a] agency]]", "a");
        check("[x [@a] y]", "a");
    }

    #[test]
    fn in_the_text() {
        check("@a says", "@a");
        check("Then @a says, as (@b). @{c}: d", "@a / @b / @c");
        check("@a [p. 33] and @b [p. 3; see @c, § 2]", "@a|p. 33 / @b|p. 3 + see|c|§ 2");
        check("@a [@b]", "@a / b");
        check("@a’s word, \"@b\", *@c*", "@a / @b / @c");
        check("ada@example.org <a@b.org> `@a` https://e.org/@a", "idle: /@a");
        check("-@a", "idle: -@a");
        check("\\@a \\[@a] &#64;a @ a", "");
        check("@@a, @A, @a_b, @A-b-", "idle: @@a / A for a / a_b for a-b / A-b for a-b");
    }

    #[test]
    fn what_is_no_citation_is_told() {
        check("[@a @b]", "fault: `@a @b` names two ids: put `;` between them");
        check("[@a;]", "fault: an item of it is empty: take the `;` away");
        check("[@@a]", "fault: two `@` stand before the id: write one");
        check("[@a; b]", "fault: `b` names no id: write `@` before it");
        check("[-@a]", "fault: `-@` hides an author, which a note here never does: write `@`");
        check("[\"@a\"]", "fault: after the id comes a comma and the locator, not `\"`");
        check("[@a, see [@b]]", "fault: a citation stands within another: put `;` between them");
        check("[@a[^1]]\n\n[^1]: n", "fault: a footnote cannot stand within a citation: put it after the bracket");
        check(
            "[@a, see [map](b.md)]",
            "fault: a link within a citation needs a whole address, `https://…`, or `[[id]]`",
        );
        check("[@a: p. 3]", "fault: after the id comes a comma and the locator, not `: p. 3`");
    }

    #[test]
    fn what_is_not_meant_as_one() {
        for no in ["[]", "[@]", "[a@b.org]", "[note 3]", "[ @ ]", "`[@a]`", "\\[@a\\]", "    [@a]", "```\n[@a]\n```"] {
            check(no, "");
        }
    }
}
