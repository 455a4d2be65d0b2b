//! Citations, in Pandoc's syntax: `[see @id, § 3; @other]`.

use std::ops::Range;

use crate::model::prose::{Cited, Located};

/// Whether the words between brackets are meant as a citation: an `@` that starts a word, and something after it.
pub fn looks_like_one(inside: &str) -> bool {
    at_signs(inside).next().is_some()
}

/// `@`s that start a word (the one of an e-mail address does not).
fn at_signs(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('@').map(|(i, _)| i).filter(move |&i| {
        let before = text[..i].chars().next_back();
        let after = text[i + 1..].chars().next();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, ';' | '(' | '-'))
            && after.is_some_and(|c| c.is_alphanumeric() || c == '{')
    })
}

/// Reads what stands between the brackets; the error says what is wrong with it.
///
/// Ranges are bytes of `inside`.
pub fn parse(inside: &str) -> Result<Vec<Cited>, String> {
    let mut start = 0;
    let mut items = Vec::new();
    for part in inside.split(';') {
        items.push(item(part, start)?);
        start += part.len() + 1;
    }
    Ok(items)
}

fn item(part: &str, start: usize) -> Result<Cited, String> {
    let mut signs = at_signs(part);
    let Some(at) = signs.next() else {
        return Err(format!("`{}` names no id: write `@` before it", part.trim()));
    };
    if signs.next().is_some() {
        return Err(format!("`{}` names two ids: put `;` between them", part.trim()));
    }
    let prefix = part[..at].trim();
    if prefix.ends_with('-') {
        return Err("`-@` hides an author, which a note here never does: write `@`".into());
    }
    let Range { start: id_start, end: id_end } = id_range(part, at + 1);
    let rest = part[id_end..].trim();
    if !rest.is_empty() && !rest.starts_with(',') {
        return Err(format!("after the id comes a comma and the locator, not `{rest}`"));
    }
    Ok(Cited {
        prefix: some(prefix),
        id: Located { value: part[id_start..id_end].into(), range: start + id_start..start + id_end },
        locator: some(rest.trim_start_matches(',').trim()),
    })
}

/// An id ends where its characters end; a full stop or dash at the very end is punctuation.
fn id_range(part: &str, from: usize) -> Range<usize> {
    let is_id = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    let length = part[from..].find(|c| !is_id(c)).unwrap_or(part.len() - from);
    let id = part[from..from + length].trim_end_matches(['.', ':', '-']);
    from..from + id.len()
}

fn some(text: &str) -> Option<crate::model::Text> {
    (!text.is_empty()).then(|| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(inside: &str, expect: &str) {
        let found = match parse(inside) {
            Err(message) => format!("fault: {message}"),
            Ok(items) => items.iter().map(show).collect::<Vec<_>>().join(" + "),
        };
        assert_eq!(found, expect, "{inside}");
    }

    fn show(item: &Cited) -> String {
        let prefix = item.prefix.as_ref().map(|p| format!("{p}|")).unwrap_or_default();
        let locator = item.locator.as_ref().map(|l| format!("|{l}")).unwrap_or_default();
        format!("{prefix}{}{locator}", item.id.value)
    }

    #[test]
    fn citations() {
        check("@a", "a");
        check("@a, § 3", "a|§ 3");
        check("@a; @b, p. 4", "a + b|p. 4");
        check("voir @a, chap. 2, § 3", "voir|a|chap. 2, § 3");
        check("@a p. 3", "fault: after the id comes a comma and the locator, not `p. 3`");
        check("@a @b", "fault: `@a @b` names two ids: put `;` between them");
        check("@a; b", "fault: `b` names no id: write `@` before it");
        check("-@a", "fault: `-@` hides an author, which a note here never does: write `@`");
    }

    #[test]
    fn what_is_meant_as_a_citation() {
        for yes in ["@a", "voir @a", "@a; @b"] {
            assert!(looks_like_one(yes), "{yes}");
        }
        for no in ["", "@", "a@b.org", "note 3", "^1", " @ "] {
            assert!(!looks_like_one(no), "{no}");
        }
    }
}
