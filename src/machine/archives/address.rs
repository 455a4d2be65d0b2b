//! Addresses of archived copies: the form in which an archive gives a copy's own bytes, and the copy's own day.
//!
//! Archives that replay by a rewritten address (`/COLL/20241104103000/https://…`: the Wayback Machine, pywb, Archive-It,
//! Arquivo.pt) give the bytes as they were captured at the same address with `id_` after the time. The address that people
//! copy from pywb answers with a frame, and with the time that was *asked*, for pages never captured too; so it is never
//! asked itself. archive.today has such addresses, and no such form.

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;
use ureq::http::Uri;

use crate::links::fetch::{join, uri};

/// Where archive.today answers.
const TODAY: &[&str] =
    &["archive.today", "archive.ph", "archive.is", "archive.fo", "archive.li", "archive.md", "archive.vn"];

/// An address that replays a copy, in its parts: `{before}{time}{form}/{of}`.
#[derive(Debug, PartialEq, Eq)]
struct Replay<'a> {
    before: &'a str,
    time: &'a str,
    of: &'a str,
}

impl<'a> Replay<'a> {
    fn parse(url: &'a str) -> Option<Self> {
        let start = url.find("://")? + 3;
        let mut at = start + url[start..].find('/')? + 1;
        while let Some(length) = url[at..].find('/') {
            let segment = &url[at..at + length];
            let digits = segment.bytes().take_while(u8::is_ascii_digit).count();
            let form = &segment[digits..];
            let is_form = form.is_empty() || (form.len() == 3 && form.ends_with('_'));
            let of = &url[at + length + 1..];
            if (4..=14).contains(&digits) && is_form && looks_like_an_address(of, digits) {
                return Some(Self { before: &url[..at], time: &segment[..digits], of });
            }
            at += length + 1;
        }
        None
    }

    fn raw(&self, of: &str) -> String {
        format!("{}{}id_/{of}", self.before, self.time)
    }
}

/// `https://…`, `http:/…` (as some servers fold it); `www.example.org/…` after a whole day, which is no folder `2024`.
fn looks_like_an_address(text: &str, digits: usize) -> bool {
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    matches!(first, "http:" | "https:") || (digits >= 8 && first.contains('.') && !first.starts_with('.'))
}

/// The address at which the copy's own bytes are, as far as the form of the address tells.
pub(super) fn raw(url: &str) -> String {
    match Replay::parse(url) {
        Some(replay) if !is_today(&authority(url)) => replay.raw(replay.of),
        _ => url.to_owned(),
    }
}

/// Whether two addresses are of one archive.
pub(super) fn is_same_archive(one: &str, other: &str) -> bool {
    let (one, other) = (authority(one), authority(other));
    one == other || (is_today(&one) && is_today(&other))
}

/// Host and port.
pub(super) fn authority(url: &str) -> String {
    let uri = uri(url);
    uri.and_then(|uri| uri.authority().map(|authority| authority.as_str().to_ascii_lowercase())).unwrap_or_default()
}

fn is_today(authority: &str) -> bool {
    TODAY.contains(&authority.trim_start_matches("www."))
}

/// Where a redirect of an archive leads. `captured`: the redirect itself is what was captured (it has a `Memento-Datetime`);
/// then its `Location` may be that of the page, and what it leads to is looked for in the same archive, at the same time.
pub(super) fn redirected(from: &Uri, location: &str, captured: bool) -> Option<Uri> {
    let at = from.to_string();
    let to = join(from, location)?;
    let Some(replay) = Replay::parse(&at).filter(|_| captured) else { return uri(&raw(&to.to_string())) };
    let written = to.to_string();
    if is_same_archive(&at, &written) && Replay::parse(&written).is_some() {
        return uri(&raw(&written));
    }
    let page = uri(replay.of).and_then(|page| join(&page, location))?;
    uri(&replay.raw(&page.to_string()))
}

/// The day of a `Memento-Datetime` (RFC 7089, RFC 1123), as an ISO date.
pub(super) fn day(header: &str) -> Option<String> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    let time = PARSER.parse_timestamp(header.trim()).ok()?;
    Some(time.to_zoned_datetime(TimeZone::UTC).date().to_string())
}

/// The day that an address of a copy names by all its digits: `20241104103000`.
pub(super) fn day_named(url: &str) -> Option<String> {
    let time = Replay::parse(url)?.time;
    (time.len() == 14).then(|| format!("{}-{}-{}", &time[..4], &time[4..6], &time[6..8]))
}

/// The first address of a `Link` header (RFC 8288) whose relations hold `memento`.
pub(super) fn memento_link(header: &str) -> Option<&str> {
    let mut rest = header;
    while let Some(open) = rest.find('<') {
        let (url, after) = rest[open + 1..].split_once('>')?;
        let end = after.find('<').unwrap_or(after.len());
        let relation = after[..end].split(';').find_map(|part| part.trim().strip_prefix("rel="));
        let relation = relation.unwrap_or_default().trim_end_matches([',', ' ']).trim_matches('"');
        if relation.split_ascii_whitespace().any(|word| word == "memento") {
            return Some(url);
        }
        rest = &after[end..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_of_a_copy_have_an_address_of_their_own() {
        for (url, expect) in [
            (
                "https://web.archive.org/web/20241104103000/https://a.example/b?c=/1/",
                "https://web.archive.org/web/20241104103000id_/https://a.example/b?c=/1/",
            ),
            (
                "https://web.archive.org/web/20241104if_/http:/a.example/",
                "https://web.archive.org/web/20241104id_/http:/a.example/",
            ),
            (
                "http://localhost:8080/coll/20241104/www.a.example/b",
                "http://localhost:8080/coll/20241104id_/www.a.example/b",
            ),
            (
                "https://arquivo.pt/wayback/20240102030405mp_/https://a.example",
                "https://arquivo.pt/wayback/20240102030405id_/https://a.example",
            ),
            (
                "https://web.archive.org/web/2024*/https://a.example/",
                "https://web.archive.org/web/2024*/https://a.example/",
            ),
            (
                "https://archive.ph/20241104103000/https://a.example/",
                "https://archive.ph/20241104103000/https://a.example/",
            ),
            ("https://perma.cc/AB12-CD34", "https://perma.cc/AB12-CD34"),
            ("https://site.example/2024/11/04/story.html", "https://site.example/2024/11/04/story.html"),
            ("https://site.example/2024/11.html", "https://site.example/2024/11.html"),
        ] {
            assert_eq!(raw(url), expect);
        }
    }

    #[test]
    fn redirects_stay_in_the_archive() {
        for (from, location, captured, expect) in [
            (
                "http://h/web/2024id_/http://a/b",
                "http://h/web/20241104103000id_/http://a/b",
                false,
                "http://h/web/20241104103000id_/http://a/b",
            ),
            (
                "http://h/web/http://a/b",
                "/web/20241104103000/http://a/b",
                false,
                "http://h/web/20241104103000id_/http://a/b",
            ),
            ("http://h/web/2024id_/http://a/b", "http://other/x", false, "http://other/x"),
            ("http://h/web/2024id_/http://a/b", "http://a/new", true, "http://h/web/2024id_/http://a/new"),
            ("http://h/web/2024id_/http://a/b/c", "new?x", true, "http://h/web/2024id_/http://a/b/new?x"),
            ("http://h/web/2024id_/http://a/b", "/web/2025id_/http://a/new", true, "http://h/web/2025id_/http://a/new"),
        ] {
            let found = redirected(&uri(from).unwrap(), location, captured).unwrap();
            assert_eq!(found.to_string(), expect, "{from} {location}");
        }
        assert!(is_same_archive("https://archive.ph/a", "https://archive.today/b"));
        assert!(!is_same_archive("http://127.0.0.1:1/a", "http://127.0.0.1:2/a"));
    }

    #[test]
    fn what_headers_say() {
        assert_eq!(day("Mon, 04 Nov 2024 23:30:00 GMT").as_deref(), Some("2024-11-04"));
        assert_eq!(day("2024-11-04"), None);
        assert_eq!(day_named("http://h/c/20241104103000id_/http://a/").as_deref(), Some("2024-11-04"));
        assert_eq!(day_named("http://h/c/2024id_/http://a/"), None);
        let link = "<http://a/>; rel=\"original\", <http://h/t>; rel=\"timegate\", <http://h/2/http://a/,b>; rel=\"first memento\"; datetime=\"Mon, 04 Nov 2024 10:00:00 GMT\"";
        assert_eq!(memento_link(link), Some("http://h/2/http://a/,b"));
        assert_eq!(memento_link("<http://a/>; rel=original"), None);
    }
}
