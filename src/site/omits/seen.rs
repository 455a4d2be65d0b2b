//! What of a fragment of HTML is seen: its words, with those that stand for its pictures.

use sourcebook_core::base::html::words;

/// What is never seen, or is no words of the page: programs, styles, and what is shown as it was written (the sheet's own lines
/// at the foot of a record, forms to cite by).
const UNSEEN: &[&str] = &["head", "template", "pre"];

/// The words that are seen, with white space as one space.
pub(super) fn seen(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    // The element that is not seen, and how many of its name are open in it.
    let mut hidden: Option<(String, usize)> = None;
    while let Some(at) = rest.find('<') {
        if hidden.is_none() {
            out.push_str(&rest[..at]);
        }
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
            continue;
        }
        let Some(end) = tag_end(rest) else { break };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        out.push(' ');
        let (closes, name) = name(tag);
        if RAW.contains(&&*name) && !closes {
            let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
            rest = &rest[end..];
            continue;
        }
        match &mut hidden {
            Some((open, depth)) if *open == name => {
                *depth = if closes { depth.saturating_sub(1) } else { *depth + usize::from(!tag.ends_with('/')) };
                if *depth == 0 {
                    hidden = None;
                }
            }
            Some(_) => {}
            None if closes => {}
            None if UNSEEN.contains(&&*name) || (is_hidden(tag) && !is_void(&name)) => hidden = Some((name, 1)),
            None if name == "img" => out.push_str(attribute(tag, "alt").unwrap_or_default()),
            None => {}
        }
    }
    if hidden.is_none() {
        out.push_str(rest);
    }
    let seen: String = words(&out).chars().map(|c| if is_mere(c) { ' ' } else { c }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between words and says nothing by itself: brackets around nothing are not seen.
fn is_mere(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':' | '.' | '·' | '-' | '–' | '—' | '|')
}

/// Elements of which all up to their end is text, whatever it looks like.
const RAW: &[&str] = &["script", "style"];

/// Past the quotation marks of attributes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    tag.bytes().enumerate().find_map(|(i, byte)| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            (None, b'>') => return Some(i),
            _ => {}
        }
        None
    })
}

fn name(tag: &str) -> (bool, String) {
    let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
    let end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
    (closes, tag[..end].to_ascii_lowercase())
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "img" | "br" | "hr" | "input" | "meta" | "link" | "source" | "wbr" | "area" | "base" | "col" | "embed"
    )
}

/// By its own attribute, or by the class with which the default theme takes words out of sight.
fn is_hidden(tag: &str) -> bool {
    let by_class = attribute(tag, "class").is_some_and(|c| c.split_whitespace().any(|c| c == "visually-hidden"));
    by_class || attribute(tag, "hidden").is_some() || attribute(tag, "popover").is_some()
}

/// The value of an attribute as it is written; nothing in it where it has none.
fn attribute<'t>(tag: &'t str, wanted: &str) -> Option<&'t str> {
    let mut rest = tag.split_once(|c: char| c.is_whitespace())?.1;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let after = after.trim_start();
        let (value, after) = match after.strip_prefix('=').map(str::trim_start) {
            None => ("", after),
            Some(value) if value.starts_with(['"', '\'']) => {
                value[1..].split_once(&value[..1]).unwrap_or((&value[1..], ""))
            }
            Some(value) => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::seen;

    #[test]
    fn what_is_seen() {
        let check = |html: &str, expect: &str| assert_eq!(seen(html), expect, "{html}");
        check("<p>A &lt;b&gt; (<b>c</b>)</p>\n<p>, d", "A <b> c d");
        check("<head><title>t</title></head><body title=\"a>b\">x</body>", "x");
        check("a<script>if (a < b) c</script><!-- <p>d --><pre>e</pre>f", "a f");
        check("<div hidden>a<div>b</div>c</div>d", "d");
        check("<div hidden=\"\" />a", "");
        check("<span class='x visually-hidden'>a</span>b", "b");
        check("<img class=hidden alt=\"Withdrawn\"/>", "Withdrawn");
        check("<img hidden src=x>a", "a");
        check("<p", "");
        check("a < b", "a");
    }
}
