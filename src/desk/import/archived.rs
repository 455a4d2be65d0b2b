//! What archives and their tools answer when addresses were saved, as copies of sources.
//!
//! A line is understood if it holds
//!
//! - the address of a copy that itself names the address saved (`https://web.archive.org/web/20241104103000/https://…`:
//!   what most tools print, alone or with words around it);
//! - the address saved and that of its copy (`https://… https://archive.ph/AbCdE`), in either order;
//! - JSON with `original_url` and `timestamp` (Save Page Now 2), or with two such addresses in any of its values.

use std::collections::BTreeMap;

/// A copy, as it is written into a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// Its address.
    pub url: String,
    /// The day of its address, if that names one (ISO date).
    pub on: Option<String>,
}

impl Archived {
    /// The field `archive` as YAML on one line.
    pub fn field(&self) -> String {
        let url = self.url.replace('\\', "%5C").replace('"', "%22");
        match &self.on {
            Some(on) => format!("{{ url: \"{url}\", on: {on} }}"),
            None => format!("{{ url: \"{url}\" }}"),
        }
    }
}

/// What was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// By the address of the source, as its record has it. Of several copies the last one counts.
    pub copies: BTreeMap<String, Archived>,
    /// Lines, from 1, that say that an address was not saved.
    pub failed: Vec<usize>,
    /// Lines, from 1, in which no copy of any of the sources is named.
    pub unknown: Vec<usize>,
}

/// Reads what was answered for sources with these addresses.
pub fn read(text: &str, sources: &[&str]) -> Read {
    let mut read = Read::default();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let words = words(line);
        match copy(&words, sources) {
            Some((source, copy)) => {
                read.copies.insert(source.to_owned(), copy);
            }
            None if words.failed => read.failed.push(n + 1),
            None => read.unknown.push(n + 1),
        }
    }
    read
}

/// What a line holds.
#[derive(Default)]
struct Words {
    addresses: Vec<String>,
    /// Save Page Now's time of the copy of the address before.
    saved: Option<(String, String)>,
    failed: bool,
}

fn words(line: &str) -> Words {
    let mut words = Words::default();
    match serde_json::from_str::<serde_json::Value>(line.trim().trim_end_matches(',')) {
        Ok(value @ (serde_json::Value::Object(_) | serde_json::Value::Array(_))) => {
            gather(&value, &mut words.addresses);
            let text = |key: &str| value.get(key).and_then(|v| v.as_str()).map(str::to_owned);
            words.saved = text("original_url").zip(text("timestamp"));
            words.failed = text("status").is_some_and(|status| status == "error");
        }
        _ => {
            let parts = line.split(|c: char| c.is_whitespace() || "\"'<>|".contains(c));
            words.addresses =
                parts.filter(|part| is_address(part)).map(|part| part.trim_end_matches(',').to_owned()).collect();
        }
    }
    words
}

fn gather(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if is_address(text) => found.push(text.clone()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        serde_json::Value::Object(fields) => fields.values().for_each(|item| gather(item, found)),
        _ => {}
    }
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(char::is_whitespace)
}

fn copy<'s>(words: &Words, sources: &[&'s str]) -> Option<(&'s str, Archived)> {
    if let Some((original, time)) = &words.saved {
        let source = sources.iter().find(|source| is_same(source, original))?;
        let url = format!("https://web.archive.org/web/{time}/{original}");
        return Some((source, Archived { url, on: day(time) }));
    }
    for address in &words.addresses {
        if let Some((time, of)) = replayed(address)
            && let Some(source) = sources.iter().find(|source| is_same(source, of))
        {
            return Some((source, Archived { url: address.clone(), on: day(time) }));
        }
    }
    let [one, other] = words.addresses.as_slice() else { return None };
    let pair = |saved: &String, copy: &String| {
        let source = sources.iter().find(|source| is_same(source, saved))?;
        (!is_same(saved, copy)).then(|| (*source, Archived { url: copy.clone(), on: None }))
    };
    pair(one, other).or_else(|| pair(other, one))
}

/// The time and the address of a copy's own address.
fn replayed(url: &str) -> Option<(&str, &str)> {
    let at = url.match_indices("/http").map(|(at, _)| at).find(|at| url[*at + 1..].contains(":/") && *at > 8)?;
    let time = url[..at].rsplit('/').next()?;
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    ((4..=14).contains(&digits)).then(|| (&time[..digits], &url[at + 1..]))
}

/// `20241104103000` to `2024-11-04`.
fn day(time: &str) -> Option<String> {
    let digits = time.len() >= 8 && time.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| format!("{}-{}-{}", &time[..4], &time[4..6], &time[6..8]))
}

/// Whether two addresses are one to an archive: scheme, a slash at the end and the fragment do not count.
fn is_same(one: &str, other: &str) -> bool {
    let bare = |url: &str| {
        let url = url.split('#').next().unwrap_or_default();
        let url = url.split_once("://").or_else(|| url.split_once(":/")).map_or(url, |(_, rest)| rest);
        let (host, path) = url.split_at(url.find('/').unwrap_or(url.len()));
        format!("{}{}", host.to_ascii_lowercase(), path.trim_end_matches('/'))
    };
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCES: &[&str] = &["https://a.example/story?x=1#top", "https://b.example/"];

    #[track_caller]
    fn check(line: &str, expect: Option<(&str, &str, Option<&str>)>) {
        let read = read(line, SOURCES);
        let found = read.copies.iter().next().map(|(source, copy)| (&**source, &*copy.url, copy.on.as_deref()));
        assert_eq!(found, expect, "{line}");
    }

    #[test]
    fn what_tools_answer_is_taken_up() {
        let wayback = "https://web.archive.org/web/20241104103000/https://a.example/story?x=1";
        let expect = Some((SOURCES[0], wayback, Some("2024-11-04")));
        check(wayback, expect);
        check(&format!("200  saved: {wayback}"), expect);
        check(&format!("https://a.example/story?x=1\t{wayback}"), expect);
        check(
            &format!("{{\"url\": \"https://a.example/story?x=1\", \"archive\": {{\"url\": \"{wayback}\"}}}}"),
            expect,
        );
        let spn = r#"{"status":"success","job_id":"s","original_url":"https://a.example/story?x=1","timestamp":"20241104103000"}"#;
        check(spn, expect);
        check("http://b.example https://archive.ph/AbCdE", Some((SOURCES[1], "https://archive.ph/AbCdE", None)));
        check("https://archive.ph/AbCdE,https://b.example/", None);
        check("https://archive.ph/AbCdE", None);
        check("https://web.archive.org/web/20241104103000/https://c.example/", None);
        check("https://web.archive.org/web/20241104103000/https://a.example/story?x=2", None);
    }

    #[test]
    fn what_was_not_saved_is_told() {
        let text = "{\"status\":\"error\",\"message\":\"blocked\"}\n\nnothing here\n";
        let read = read(text, SOURCES);
        assert_eq!((read.failed, read.unknown), (vec![1], vec![3]));
        let copy = Archived { url: "https://h/1/http://a/\"".to_owned(), on: None };
        assert_eq!(copy.field(), "{ url: \"https://h/1/http://a/%22\" }");
    }
}
