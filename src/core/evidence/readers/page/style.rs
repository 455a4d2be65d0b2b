//! What can be known of how an element is shown without its stylesheets: its name, its attributes, and the style written
//! on it.

use super::tree::{Id, Tree};

/// How an element is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// Like the text around it.
    Inline,
    /// By itself, as a paragraph.
    Block,
    /// As a cell of a table.
    Cell,
    /// Not, with all that it holds.
    Never,
}

/// How an element is shown. Names are HTML's own; of drawings only their texts are.
pub(super) fn show(tree: &Tree, id: Id) -> Show {
    let Some((name, is_html)) = tree.name(id) else { return Show::Inline };
    if !is_html {
        return foreign(name);
    }
    if is_never(tree, id, name) || is_hidden(tree, id) {
        return Show::Never;
    }
    match name {
        "td" | "th" => Show::Cell,
        name if BLOCKS.binary_search(&name).is_ok() => Show::Block,
        _ => Show::Inline,
    }
}

/// Whether `visibility` is written on an element: hidden or not.
pub(super) fn visibility(tree: &Tree, id: Id) -> Option<bool> {
    let value = declared(tree.attribute(id, "style")?, "visibility")?;
    Some(matches!(&*value, "hidden" | "collapse"))
}

/// Elements of drawings and formulas.
fn foreign(name: &str) -> Show {
    match name {
        "text" | "foreignObject" => Show::Block,
        "title" | "desc" | "metadata" | "style" | "script" | "defs" | "symbol" | "clipPath" | "mask" | "marker"
        | "pattern" | "annotation" | "annotation-xml" => Show::Never,
        _ => Show::Inline,
    }
}

/// Elements that no reader reads: they are not shown, hold what stands in for them where they cannot be shown, are a
/// choice that nobody made, or were struck out.
fn is_never(tree: &Tree, id: Id, name: &str) -> bool {
    match name {
        "script" | "style" | "noscript" | "title" | "head" | "noframes" | "noembed" | "canvas" | "audio" | "video"
        | "select" | "option" | "datalist" | "textarea" | "del" | "s" | "strike" | "rt" | "rp" | "rtc" => true,
        "template" => true,
        // Without data an object shows what stands in for it.
        "object" => tree.attribute(id, "data").is_some(),
        "dialog" => tree.attribute(id, "open").is_none(),
        _ => false,
    }
}

fn is_hidden(tree: &Tree, id: Id) -> bool {
    let attribute = |name| tree.attribute(id, name);
    let hidden = attribute("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"));
    let by_class = attribute("class").is_some_and(|class| class.split_ascii_whitespace().any(|c| c == "sf-hidden"));
    let by_style = attribute("style").is_some_and(|style| {
        declared(style, "display").is_some_and(|value| value == "none")
            || ["text-decoration", "text-decoration-line"]
                .iter()
                .any(|p| declared(style, p).is_some_and(|value| value.contains("line-through")))
    });
    hidden || by_class || by_style || attribute("popover").is_some()
}

/// The value of a property in a `style` attribute, lower case: the last one, but for one that is important.
fn declared(style: &str, property: &str) -> Option<String> {
    let mut found: Option<(bool, String)> = None;
    for declaration in without_comments(style).split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        if !name.trim().eq_ignore_ascii_case(property) {
            continue;
        }
        let value = value.trim().to_ascii_lowercase();
        let (value, important) = match value.rsplit_once('!') {
            Some((value, word)) if word.trim() == "important" => (value.trim().to_owned(), true),
            _ => (value, false),
        };
        if important || found.as_ref().is_none_or(|(before, _)| !before) {
            found = Some((important, value));
        }
    }
    found.map(|(_, value)| value)
}

fn without_comments(style: &str) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// Elements that begin and end a paragraph; in the order of the alphabet.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "iframe", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "p",
    "plaintext", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "xmp",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_in_order() {
        assert!(BLOCKS.is_sorted());
    }

    #[test]
    fn a_style_says_what_counts_last() {
        for (style, expect) in [
            ("display:none", Some("none")),
            ("color: red; DISPLAY : None", Some("none")),
            ("display:none;display:block", Some("block")),
            ("display:none!important;display:block", Some("none")),
            ("/* display:none */color:red", None),
            ("display/**/:none", Some("none")),
            ("displays:none", None),
            ("", None),
        ] {
            assert_eq!(declared(style, "display").as_deref(), expect, "{style}");
        }
    }
}
