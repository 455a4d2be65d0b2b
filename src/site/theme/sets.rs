//! What a template sets is kept from growing without end: each `set` of a dossier's own template is read through a filter that refuses
//! what has become too long, so that a text joined to itself over and over is a fault with its place and not the end of the program.
//!
//! No line of the template becomes another, and of its columns only those behind the value.

/// Bytes of a text that a template may set: a page has some ten thousand.
pub(super) const LONGEST: usize = 4 << 20;

/// The filter's name, which no template writes.
pub(super) const FILTER: &str = "of_bounded_length";

/// The template with all that it sets bounded.
pub(super) fn bounded(template: &str) -> String {
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some(at) = rest.find(['{']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = match from.get(..2) {
            Some("{#") => from.find("#}").map(|i| i + 2),
            Some("{%") => tag_end(from),
            _ => Some(1),
        };
        let Some(end) = end else {
            out.push_str(from);
            return out;
        };
        let tag = &from[..end];
        out.push_str(&setting(tag).unwrap_or_else(|| tag.to_owned()));
        rest = &from[end..];
        if word(tag) == Some("raw")
            && let Some(end) = rest.find("endraw")
        {
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out + rest
}

/// Past the `%}` of a tag, which may stand within quotation marks before.
fn tag_end(from: &str) -> Option<usize> {
    let mut quote = None;
    let bytes = from.as_bytes();
    (2..bytes.len()).find_map(|i| {
        match (quote, bytes[i]) {
            (None, b'"' | b'\'' | b'`') => quote = Some(bytes[i]),
            (Some(open), byte) if open == byte => quote = None,
            (None, b'%') if bytes.get(i + 1) == Some(&b'}') => return Some(i + 2),
            _ => {}
        }
        None
    })
}

/// The first word of a tag.
fn word(tag: &str) -> Option<&str> {
    tag.strip_prefix("{%")?
        .trim_start_matches(['-', ' ', '\t', '\n', '\r'])
        .split([' ', '\t', '\n', '\r', '-', '%'])
        .next()
}

/// A tag that sets something, with its value bounded; nothing for any other.
fn setting(tag: &str) -> Option<String> {
    if !matches!(word(tag)?, "set" | "set_global") {
        return None;
    }
    let inner = tag.strip_suffix("%}")?;
    let (inner, end) = inner.strip_suffix('-').map_or((inner, "%}"), |inner| (inner, "-%}"));
    // What stands before the first sign that is no name: `=`, the pipe of a filter, or nothing where a block is set.
    match inner.find(['=', '|']).map(|at| inner.split_at(at)) {
        Some((name, value)) if value.starts_with('=') => {
            let value = value.strip_prefix("= ").or(value.strip_prefix('='))?;
            Some(format!("{name}=({value}) | {FILTER} {end}"))
        }
        _ => Some(format!("{} | {FILTER} {end}", inner.trim_end())),
    }
}

#[cfg(test)]
mod tests {
    use super::{FILTER, bounded};

    #[test]
    fn what_is_set_is_bounded() {
        let check = |template: &str, expect: &str| assert_eq!(bounded(template).replace(FILTER, "F"), expect);
        check("a {{ b }} { c", "a {{ b }} { c");
        check("{% set x = x ~ x %}y", "{% set x =(x ~ x ) | F %}y");
        check("{%- set_global x=\"%}\" -%}", "{%- set_global x=(\"%}\" ) | F -%}");
        check("{% set x %}{{ x }}{% endset %}", "{% set x | F %}{{ x }}{% endset %}");
        check("{% set x | upper %}a{% endset %}", "{% set x | upper | F %}a{% endset %}");
        check(
            "{# {% set x = 1 %} #}{% raw %}{% set x = 1 %}{% endraw %}",
            "{# {% set x = 1 %} #}{% raw %}{% set x = 1 %}{% endraw %}",
        );
        check("{% if a %}{% set é = [1, 2] %}", "{% if a %}{% set é =([1, 2] ) | F %}");
        check("{% set", "{% set");
    }
}
