//! HTML comments, told from the HTML around them as a browser would.

use std::ops::Range;

use crate::base::steps::step;

/// A part of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A comment: its bytes, those of what it says, and whether it ends.
    Comment {
        /// From `<!--` to `-->`.
        whole: Range<usize>,
        /// Between them.
        says: Range<usize>,
        /// Whether there is a `-->`.
        ends: bool,
    },
    /// Anything else.
    Html(Range<usize>),
}

/// The parts of raw HTML, in order. A `<!--` within a tag, as in the value of an attribute, begins no comment.
pub fn parts(html: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = html[at..].find('<').map(|i| at + i) {
        if !html[found..].starts_with("<!--") {
            at = tag_end(html, found);
            continue;
        }
        if from < found {
            parts.push(Part::Html(from..found));
        }
        let (says, end) = comment(html, found + 4);
        parts.push(Part::Comment { whole: found..end.unwrap_or(html.len()), says, ends: end.is_some() });
        at = end.unwrap_or(html.len());
        from = at;
    }
    if from < html.len() {
        parts.push(Part::Html(from..html.len()));
    }
    parts
}

/// What a comment says, and where it ends. `<!-->` and `<!--->` are whole comments (WHATWG HTML, 13.2.5.43). A browser would end
/// one at `--!>` too, CommonMark does not (6.6), and no browser sees any: what may be private stays so.
fn comment(html: &str, from: usize) -> (Range<usize>, Option<usize>) {
    let rest = &html[from..];
    for short in [">", "->"] {
        if rest.starts_with(short) {
            return (from..from, Some(from + short.len()));
        }
    }
    let mut at = 0;
    while let Some(dashes) = rest[at..].find("--").map(|i| at + i) {
        step(1 + dashes - at);
        if rest[dashes..].starts_with("-->") {
            return (from..from + dashes, Some(from + dashes + "-->".len()));
        }
        at = dashes + 1;
    }
    (from..html.len(), None)
}

/// What is longer is no tag, so that nothing is looked for beyond: a comment in it is one, and left out.
const LONGEST_TAG: usize = 4_096;

/// Past a tag that begins here, quoted values and all; past the `<` where it begins none or has no end.
pub(super) fn tag_end(html: &str, from: usize) -> usize {
    let rest = &html[from + 1..];
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
        return from + 1;
    }
    let mut quote = None;
    for (i, c) in rest.char_indices().take(LONGEST_TAG) {
        match (quote, c) {
            (None, '>') => return from + 1 + i + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    from + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expect: &str) {
        let shown: Vec<_> = (parts(html).into_iter())
            .map(|part| match part {
                Part::Html(range) => html[range].to_owned(),
                Part::Comment { says, ends, .. } => format!("({}{})", &html[says], if ends { "" } else { ", open" }),
            })
            .collect();
        assert_eq!(shown.join("|"), expect, "{html}");
    }

    #[test]
    fn comments_as_browsers_see_them() {
        check("<!-- a --> b <!-- c -->", "( a )| b |( c )");
        check("<div><!-- x\ny --></div>", "<div>|( x\ny )|</div>");
        check("<!--> a", "()| a");
        check("<!---> a", "()| a");
        check("<!-- a --!> b", "( a --!> b, open)");
        check("<!-- a --!> b --> c", "( a --!> b )| c");
        check("<a title=\"<!-- no -->\">b</a>", "<a title=\"<!-- no -->\">b</a>");
        check("a < b <!-- c", "a < b |( c, open)");
        check("<a \"<!-- c -->", "<a \"|( c )");
    }
}
