//! The address of a source, or of its archived copy, at the quoted words as far as a browser can find them.

use sourcebook_core::evidence::directives::directives;
use sourcebook_core::evidence::locator::{Locator, Named};
use sourcebook_core::evidence::readers::Spot;
use sourcebook_core::model::claim::Evidence;

/// Types of works that one looks at or listens to (CSL): their words stand in no page.
const SEEN_OR_HEARD: [&str; 7] =
    ["motion_picture", "broadcast", "song", "graphic", "figure", "musical_score", "performance"];

/// An address that leads to what the evidence quotes. `kind` is the source's type, `spot` where the quote stands in its
/// capture, if that is known.
///
/// An archived copy is a page about a film more often than the film, and some archives show every copy in a frame, which
/// is given no fragment: [`archived_link`].
///
/// - a film or sound: the time that the locator or the capture names (`#t=`, Media Fragments; `t=` where YouTube reads it);
/// - a PDF: the page (`#page=`, RFC 8118), where the capture says which it is;
/// - anything else: the words ([`directives`]). An address with a fragment of its own stays as it is.
pub(super) fn deep_link(url: &str, kind: &str, evidence: &Evidence, spot: Option<&Spot>) -> String {
    if url.contains('#') || url.starts_with("mailto:") {
        return url.to_owned();
    }
    if SEEN_OR_HEARD.contains(&kind) {
        return time(evidence, spot).map_or_else(|| url.to_owned(), |seconds| at_time(url, seconds));
    }
    if let Some(Spot::Page { sheet, .. }) = spot
        && is_pdf(url)
    {
        return format!("{url}#page={sheet}");
    }
    let Some(quote) = &evidence.quote else { return url.to_owned() };
    let directives: Vec<String> = directives(&quote.value).iter().map(|d| format!("text={d}")).collect();
    if directives.is_empty() { url.to_owned() } else { format!("{url}#:~:{}", directives.join("&")) }
}

/// Archives that show copies in a frame of a page of theirs.
const FRAMED: [&str; 1] = ["perma.cc"];

/// Endings of files that a browser plays by itself, from the time that a fragment names.
const PLAYED: [&str; 9] = [".mp4", ".webm", ".ogv", ".mov", ".mp3", ".ogg", ".oga", ".m4a", ".wav"];

/// The same of the address of an archived copy: nothing gets a fragment that it cannot use.
pub(super) fn archived_link(url: &str, kind: &str, evidence: &Evidence, spot: Option<&Spot>) -> String {
    let is_played = PLAYED.iter().any(|ending| ends_in(url, ending));
    if FRAMED.contains(&host(url)) || (SEEN_OR_HEARD.contains(&kind) && !is_played) {
        return url.to_owned();
    }
    deep_link(url, kind, evidence, spot)
}

fn is_pdf(url: &str) -> bool {
    ends_in(url, ".pdf")
}

fn ends_in(url: &str, ending: &str) -> bool {
    let path = url.split('?').next().unwrap_or_default();
    let at = path.len().checked_sub(ending.len()).filter(|at| *at > 0 && path.is_char_boundary(*at));
    at.is_some_and(|at| path[at..].eq_ignore_ascii_case(ending))
}

fn host(url: &str) -> &str {
    url.split('/').nth(2).unwrap_or_default().trim_start_matches("www.").trim_start_matches("m.")
}

/// The second at which to begin.
fn time(evidence: &Evidence, spot: Option<&Spot>) -> Option<u64> {
    let written = evidence.locator.as_ref().map(|l| Locator::parse(&l.value)).unwrap_or_default();
    let written = written.named().iter().find_map(|named| match named {
        Named::Times(times) => times.first().map(|time| time.start() / 1000),
        _ => None,
    });
    written.or_else(|| match spot {
        Some(Spot::Time { start, .. }) => Some(start / 1000),
        _ => None,
    })
}

fn at_time(url: &str, seconds: u64) -> String {
    if !matches!(host(url), "youtube.com" | "youtu.be" | "youtube-nocookie.com") {
        return format!("{url}#t={seconds}");
    }
    let has_time = url.split(['?', '&']).skip(1).any(|pair| pair.starts_with("t=") || pair.starts_with("start="));
    match (has_time, url.contains('?')) {
        (true, _) => url.to_owned(),
        (false, true) => format!("{url}&t={seconds}s"),
        (false, false) => format!("{url}?t={seconds}s"),
    }
}

#[cfg(test)]
mod tests {
    use sourcebook_core::base::memory::MemoryWorld;
    use sourcebook_core::dossier::load::load;
    use sourcebook_core::dossier::resolve::{Options, resolve};
    use sourcebook_core::model::ClaimIx;

    use super::*;

    #[track_caller]
    fn check(url: &str, kind: &str, locator: &str, spot: Option<&str>, expect: &str) {
        asserted(deep_link, url, kind, locator, spot, expect);
    }

    type Link = fn(&str, &str, &Evidence, Option<&Spot>) -> String;

    #[track_caller]
    fn asserted(link: Link, url: &str, kind: &str, locator: &str, spot: Option<&str>, expect: &str) {
        let sheet = format!(
            "sources:\n  s: {{ title: S, type: {kind}, url: 'https://example.org/' }}\nclaims:\n  c: {{ statement: S., \
             evidence: {{ source: s, quote: some words, locator: '{locator}' }} }}\n"
        );
        let world = MemoryWorld::new().with("site.toml", "title = \"T\"").with("content/a.yaml", sheet);
        let parsed = load(&world).value;
        let dossier = resolve(&parsed, Options::default()).value;
        let evidence = &dossier[ClaimIx(0)].evidence[0];
        let spot = spot.and_then(Spot::parse);
        assert_eq!(link(url, kind, evidence, spot.as_ref()), expect);
    }

    #[test]
    fn a_link_goes_as_near_as_it_can() {
        let page = "https://example.org/a";
        check(page, "webpage", "§ 3", None, "https://example.org/a#:~:text=some%20words");
        check("https://example.org/a#part", "webpage", "§ 3", None, "https://example.org/a#part");
        check("mailto:a@example.org", "webpage", "§ 3", None, "mailto:a@example.org");
        check(
            "https://example.org/a.pdf",
            "report",
            "p. xii",
            Some("p. xii (sheet 4)"),
            "https://example.org/a.pdf#page=4",
        );
        check("https://example.org/a.pdf", "report", "p. 12", None, "https://example.org/a.pdf#:~:text=some%20words");
        check(page, "report", "p. xii", Some("p. xii (sheet 4)"), "https://example.org/a#:~:text=some%20words");
        check(page, "motion_picture", "§ 1", None, page);
        check(page, "broadcast", "00:12:31", None, "https://example.org/a#t=751");
        check(page, "song", "", Some("00:00:09.500–00:00:12.000"), "https://example.org/a#t=9");
        check(
            "https://www.youtube.com/watch?v=x",
            "broadcast",
            "12:31",
            None,
            "https://www.youtube.com/watch?v=x&t=751s",
        );
        check("https://youtu.be/x", "broadcast", "12:31", None, "https://youtu.be/x?t=751s");
        check("https://youtu.be/x?t=3", "broadcast", "12:31", None, "https://youtu.be/x?t=3");
    }
    #[test]
    fn an_archived_copy_gets_no_fragment_that_it_cannot_use() {
        let check = |url, kind, locator, spot, expect| asserted(archived_link, url, kind, locator, spot, expect);
        let page = "https://web.archive.org/web/20241104103000/https://example.org/a";
        let words = "https://web.archive.org/web/20241104103000/https://example.org/a#:~:text=some%20words";
        check(page, "webpage", "§ 3", None, words);
        check("https://archive.ph/AbCdE", "webpage", "§ 3", None, "https://archive.ph/AbCdE#:~:text=some%20words");
        check("https://perma.cc/AB12-CD34", "webpage", "§ 3", None, "https://perma.cc/AB12-CD34");
        let watched = "https://web.archive.org/web/2024/https://www.youtube.com/watch?v=x";
        check(watched, "broadcast", "12:31", None, watched);
        let film = "https://archive.org/download/a/a.mp4";
        check(film, "motion_picture", "12:31", None, "https://archive.org/download/a/a.mp4#t=751");
        let sheet = Some("p. xii (sheet 4)");
        let pdf = "https://web.archive.org/web/20241104103000if_/https://example.org/a.pdf";
        check(pdf, "report", "p. xii", sheet, &format!("{pdf}#page=4"));
    }
}
