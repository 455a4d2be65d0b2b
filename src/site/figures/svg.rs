//! Markup as text: escaping, numbers, and the few elements that figures share.

use std::fmt::Write;

use sourcebook_core::base::html;

/// Text as it stands in HTML and SVG. Characters that XML or HTML forbid are dropped.
pub(super) fn escape(text: &str) -> String {
    let is_forbidden = |c: char| match c {
        '\t' | '\n' => false,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => false,
    };
    if text.contains(is_forbidden) {
        html::escape(&text.replace(is_forbidden, "")).into_owned()
    } else {
        html::escape(text).into_owned()
    }
}

/// A number with at most one decimal, and never `-0`. What is not finite is nought.
pub(super) fn num(value: f64) -> String {
    let tenths = if value.is_finite() { (value * 10.0).round().clamp(-1e9, 1e9) as i64 } else { 0 };
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// A share of the width or height.
pub(super) fn percent(value: f64) -> String {
    format!("{}%", num(value))
}

/// A text, as a link where there is an address.
pub(super) fn linked(text: &str, href: Option<&str>) -> String {
    match href {
        Some(href) => format!("<a href=\"{}\">{}</a>", escape(href), escape(text)),
        None => escape(text),
    }
}

/// An identifier that is safe in attributes: letters, digits, `-` and `_`, others replaced.
pub(super) fn ident(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect()
}

/// A whole figure: title, body, and caption below, each left out where it is empty.
pub(super) fn figure(kind: &str, id: &str, title: &str, body: &str, caption: &str) -> String {
    let id = ident(id);
    let mut out = String::new();
    let named = if title.is_empty() { String::new() } else { format!(" aria-labelledby=\"{id}-title\"") };
    let _ = write!(out, "<figure class=\"fig fig-{kind}\" id=\"{id}\"{named}>");
    if !title.is_empty() {
        let _ = write!(out, "<p class=\"fig-title\" id=\"{id}-title\">{}</p>", escape(title));
    }
    out.push_str(body);
    if !caption.is_empty() {
        let _ = write!(out, "<figcaption>{caption}</figcaption>");
    }
    out.push_str("</figure>");
    out
}

/// A drawing that repeats what the text beside it says: hidden from assistive technology. It fills the box that the
/// stylesheet gives it, and places things by per cent of it.
pub(super) fn fluid(class: &str, content: &str) -> String {
    format!("<svg class=\"{class}\" width=\"100%\" height=\"100%\" aria-hidden=\"true\">{content}</svg>")
}

/// Content around a point given in per cent of both sides, in pixels from there.
pub(super) fn anchored(x: f64, y: f64, content: &str) -> String {
    format!("<svg class=\"fig-at\" x=\"{}\" y=\"{}\" overflow=\"visible\">{content}</svg>", percent(x), percent(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_fixed() {
        for (value, expect) in [
            (0.0, "0"),
            (-0.04, "0"),
            (12.34, "12.3"),
            (-7.25, "-7.3"),
            (100.0, "100"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
            (1e300, "100000000"),
        ] {
            assert_eq!(num(value), expect, "{value}");
        }
    }

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(escape("a<b>\"&'\u{1}é"), "a&lt;b&gt;&quot;&amp;&#39;é");
        assert_eq!(ident("a\"b c"), "a-b-c");
    }
}
