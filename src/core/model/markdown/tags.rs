//! Tags of raw HTML that open and are not closed, or close what is not open: they would tear the page around the text.
//!
//! Read as browsers do (WHATWG HTML, 13.1.2): void elements have no end, those whose end may be left out need none, `/>` closes
//! within drawings and formulas alone, and scripts and styles hold no tags.

use std::ops::Range;

use super::comments::tag_end;
use crate::model::prose::{Fault, FaultKind};

/// Elements without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements whose end may be left out.
#[rustfmt::skip]
const OPTIONAL: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption", "option", "optgroup", "rt", "rp",
];
/// Elements that hold characters and no tags.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noframes", "noembed"];
/// Elements within which `/>` ends a tag.
const FOREIGN: &[&str] = &["svg", "math"];

/// The elements that a text's raw HTML has open.
#[derive(Debug, Default)]
pub(super) struct Tags {
    open: Vec<(String, Range<usize>)>,
    faults: Vec<Fault>,
}

impl Tags {
    /// Reads a piece of raw HTML that stands at `range` of the text.
    pub(super) fn read(&mut self, html: &str, range: &Range<usize>) {
        let mut at = 0;
        while let Some(found) = html[at..].find('<').map(|i| at + i) {
            let end = tag_end(html, found);
            let inside = &html[found + 1..end.max(found + 1)];
            at = end;
            let (closes, name) = match inside.strip_prefix('/') {
                Some(rest) => (true, name(rest)),
                None => (false, name(inside)),
            };
            if name.is_empty() || !inside.ends_with('>') {
                continue;
            }
            let place = (range.start + found).min(range.end)..(range.start + end).min(range.end);
            match closes {
                true => self.close(&name, place),
                false if VOID.contains(&&*name) => {}
                false if inside.ends_with("/>") && self.is_foreign(&name) => {}
                false => {
                    if RAW.contains(&&*name) {
                        let lower = html[end..].to_ascii_lowercase();
                        at = end + lower.find(&format!("</{name}")).unwrap_or(lower.len());
                    }
                    self.open.push((name, place));
                }
            }
        }
    }

    /// What is wrong with all of it.
    pub(super) fn finish(mut self) -> Vec<Fault> {
        self.unclosed(0);
        self.faults
    }

    fn close(&mut self, name: &str, place: Range<usize>) {
        if VOID.contains(&name) || name == "p" {
            return;
        }
        match self.open.iter().rposition(|(open, _)| open == name) {
            Some(at) => {
                self.unclosed(at + 1);
                self.open.truncate(at);
            }
            None => self.faults.push(Fault { range: place, kind: FaultKind::StrayTag(name.into()) }),
        }
    }

    /// Those from one on are told, and no longer open.
    fn unclosed(&mut self, from: usize) {
        for (name, range) in self.open.drain(from..) {
            if !OPTIONAL.contains(&&*name) {
                self.faults.push(Fault { range, kind: FaultKind::OpenTag(name.into()) });
            }
        }
    }

    fn is_foreign(&self, name: &str) -> bool {
        FOREIGN.contains(&name) || self.open.iter().any(|(open, _)| FOREIGN.contains(&&**open))
    }
}

fn name(text: &str) -> String {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    let name = &text[..end];
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name.to_ascii_lowercase() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expect: &[&str]) {
        let mut tags = Tags::default();
        tags.read(html, &(0..html.len()));
        let show = |fault: Fault| match fault.kind {
            FaultKind::OpenTag(name) => format!("open {name} {}", &html[fault.range]),
            FaultKind::StrayTag(name) => format!("stray {name}"),
            _ => String::new(),
        };
        assert_eq!(tags.finish().into_iter().map(show).collect::<Vec<_>>(), expect, "{html}");
    }

    #[test]
    fn what_closes_is_well() {
        for html in [
            "<div class=\"a>b\"><b>x</b><br><img src=a></div>",
            "<ul><li>a<li>b</ul><p>x",
            "<table><tr><td>a<td>b</table>",
            "<script>if (a < b) '<div>'</script>",
            "<svg><path d='M0'/><g><rect/></g></svg>",
            "a < b, <3, <!doctype html>",
            "<DIV></div>",
        ] {
            check(html, &[]);
        }
    }

    #[test]
    fn what_does_not_is_told() {
        check("<div><b>x</div>", &["open b <b>"]);
        check("<i>x", &["open i <i>"]);
        check("</main>", &["stray main"]);
        check("<div/>", &["open div <div/>"]);
        check("<b><i></b></i>", &["open i <i>", "stray i"]);
    }
}
