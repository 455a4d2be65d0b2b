//! Ids of records, and language tags.

/// Whether a text has the form of an id: `[a-z0-9]+(-[a-z0-9]+)*`.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 200
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// A BCP 47 tag, as far as its form goes.
pub fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn ids() {
        for yes in ["a", "kim-jong-un", "2024", "a-1"] {
            assert!(is_id(yes), "{yes}");
        }
        for no in ["", "-a", "a-", "a--b", "A", "é", "a_b", "a b", "../a"] {
            assert!(!is_id(no), "{no}");
        }
    }
}
