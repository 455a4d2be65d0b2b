//! Who wrote a page, from what it says of that: "By Ann Doe and Bob Roe" are two people, and "admin" is none.

use crate::import::names;

/// What programs call somebody whom nobody named.
const NOBODY: [&str; 18] = [
    "admin",
    "administrator",
    "administrateur",
    "webmaster",
    "root",
    "user",
    "author",
    "auteur",
    "editor",
    "guest",
    "wordpress",
    "unknown",
    "anonymous",
    "none",
    "null",
    "undefined",
    "default",
    "n/a",
];

/// What somebody is, rather than who.
const ROLES: [&str; 14] = [
    "writer",
    "reporter",
    "editor",
    "correspondent",
    "journalist",
    "staff",
    "columnist",
    "contributor",
    "journaliste",
    "correspondant",
    "correspondante",
    "rédacteur",
    "rédactrice",
    "redakteur",
];

/// The people of a byline. `is_turned`: names stand as `Doe, Jane`.
pub(super) fn people(byline: &str, is_turned: bool) -> Vec<String> {
    let byline = without_by(byline.trim());
    let parts = match is_turned {
        true => byline.split(';').map(|name| names::turned(name.trim())).collect(),
        false => split(byline),
    };
    let is_somebody = |name: &String| {
        let lower = name.to_lowercase();
        !name.is_empty()
            && !NOBODY.contains(&&*lower)
            && !name.contains("://")
            && !name.starts_with(['@', '{', '%'])
            && name.chars().any(char::is_alphabetic)
            && (!name.contains('@') || name.contains(' '))
    };
    parts.into_iter().map(|name: String| without_by(name.trim()).to_owned()).filter(is_somebody).collect()
}

/// Without "By", "Par", "Written by", and without a colon after it.
fn without_by(byline: &str) -> &str {
    const BY: [&str; 9] = ["by", "by:", "written by", "story by", "words by", "par", "par:", "autor:", "author:"];
    let lower = byline.to_lowercase();
    // Lower case may be longer or shorter than what it is of: then nothing is cut.
    let found = BY.iter().find(|by| lower.strip_prefix(**by).is_some_and(|rest| rest.starts_with(char::is_whitespace)));
    found.and_then(|by| byline.get(by.len()..)).map_or(byline, str::trim_start)
}

/// Several names with signs or words between them. What has "of" or "for" in it is a body, and one word is no whole name: such
/// are left whole.
fn split(byline: &str) -> Vec<String> {
    let strong: Vec<&str> = byline.split([';', '|', '•', '·']).map(str::trim).filter(|part| !part.is_empty()).collect();
    strong.into_iter().flat_map(weak).collect()
}

fn weak(names: &str) -> Vec<String> {
    const BETWEEN: [&str; 6] = [", and ", " and ", " & ", " et ", " und ", ", "];
    let mut marked = names.to_owned();
    BETWEEN.iter().for_each(|word| marked = marked.replace(word, "\n"));
    let parts: Vec<&str> = marked.split('\n').map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_role =
        |part: &&str| part.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| ROLES.contains(&word));
    let is_name = |part: &&str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        (2..=5).contains(&words.len())
            && !words.iter().any(|word| ["of", "for", "the", "des", "du", "für"].contains(word))
            && words.iter().any(|word| word.starts_with(char::is_uppercase))
    };
    let persons: Vec<&str> = parts.iter().copied().filter(|part| !is_role(part)).collect();
    match !persons.is_empty() && persons.iter().all(is_name) && (persons.len() > 1 || parts.len() > 1) {
        true => persons.into_iter().map(str::to_owned).collect(),
        false => vec![names.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        for (byline, expect) in [
            ("Ann Doe", "Ann Doe"),
            ("By Ann Doe", "Ann Doe"),
            ("BY ANN DOE", "ANN DOE"),
            ("Par Anne Dupont et Jean Martin", "Anne Dupont + Jean Martin"),
            ("Ann Doe and Bob Roe", "Ann Doe + Bob Roe"),
            ("Ann Doe, Bob Roe & Cy Poe", "Ann Doe + Bob Roe + Cy Poe"),
            ("Ann Doe, Bob Roe, and Cy Poe", "Ann Doe + Bob Roe + Cy Poe"),
            ("Ann Doe; Bob Roe", "Ann Doe + Bob Roe"),
            ("Ann Doe, Staff Writer", "Ann Doe"),
            ("Reuters", "Reuters"),
            ("Bill & Melinda Gates", "Bill & Melinda Gates"),
            ("Barnes and Noble", "Barnes and Noble"),
            ("Ministry of Health and Social Welfare", "Ministry of Health and Social Welfare"),
            ("Doe, Jane", "Doe, Jane"),
            ("admin", ""),
            ("Webmaster", ""),
            ("https://social.example/ann", ""),
            ("@ann", ""),
            ("ann@example.org", ""),
            ("Bystander Jones", "Bystander Jones"),
            ("By", "By"),
            ("", ""),
        ] {
            assert_eq!(people(byline, false).join(" + "), expect, "{byline}");
        }
        assert_eq!(people("Doe, Jane; Roe, Bob", true), ["Jane Doe", "Bob Roe"]);
    }
}
