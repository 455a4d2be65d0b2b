//! Videos and sounds: files of `content/`, or an address elsewhere behind a picture of ours, so that nothing is loaded from there.

use super::Reader;
use crate::links::is_external;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::tree::decode::LText;
use sourcebook_core::base::url::is_safe_url;
use sourcebook_core::model::prose::Prose;
use sourcebook_core::record;

/// What is written.
pub(super) struct Written {
    file: Option<LText>,
    url: Option<LText>,
    poster: Option<LText>,
    title: Option<LText>,
    at: Option<LText>,
    subtitles: Option<LText>,
    transcript: Option<LText>,
}

record!(Written as "Media", "a mapping of `file` or `url`, `title`, `poster`, `at`, `subtitles`, `transcript`", {
    title: required "title", file: optional "file", url: optional "url", poster: optional "poster", at: optional "at",
    subtitles: optional "subtitles", transcript: optional "transcript",
});

/// A video or a sound. Paths are of the output.
#[derive(Debug)]
pub struct Media {
    /// What it is called.
    pub title: String,
    /// Whether it is a video.
    pub is_video: bool,
    /// Its file.
    pub file: Option<String>,
    /// Its address elsewhere, at the moment that is meant.
    pub url: Option<String>,
    /// The server it is on, as people name it.
    pub host: Option<String>,
    /// The picture before it plays.
    pub poster: Option<String>,
    /// Where it begins: seconds.
    pub at: Option<u32>,
    /// WebVTT.
    pub subtitles: Option<String>,
    /// What is said in it, as a file.
    pub transcript: Option<String>,
}

const VIDEO: &[&str] = &[".mp4", ".m4v", ".webm"];
const AUDIO: &[&str] = &[".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac"];
const POSTER: &[&str] = &[".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"];

/// Reads a block.
pub(super) fn read(
    reader: &Reader<'_>,
    written: &Written,
    is_video: bool,
    prose: &Prose,
    diagnostics: &mut Diagnostics,
) -> Option<Media> {
    let before = diagnostics.len();
    let title = written.title.as_ref()?;
    let file = |address: &Option<LText>, ends: &[&str], diagnostics: &mut Diagnostics| {
        address.as_ref().and_then(|address| reader.file(address, ends, prose, diagnostics))
    };
    let own = file(&written.file, if is_video { VIDEO } else { AUDIO }, diagnostics);
    let poster = file(&written.poster, POSTER, diagnostics);
    let subtitles = file(&written.subtitles, &[".vtt"], diagnostics);
    let transcript = file(&written.transcript, &[".txt", ".html", ".pdf", ".vtt"], diagnostics);
    let mut refuse = |at: &LText, message: String, help: &str| {
        diagnostics.push(Diagnostic::error("bad-value", at.span, message).help(help));
    };
    match (&written.file, &written.url) {
        (None, None) => refuse(
            title,
            "neither a `file` nor a `url` is given".into(),
            "write `file: video.mp4`, or `url: https://…`",
        ),
        (Some(_), Some(url)) => refuse(url, "both a `file` and a `url` are given".into(), "keep one"),
        (_, Some(url)) if !is_external(&url.value) || !is_safe_url(&url.value) || !url.value.starts_with("http") => {
            refuse(
                url,
                format!("`{}` is no address on the web", url.value),
                "write `https://…`; a file of yours is `file: video.mp4`",
            );
        }
        _ => {}
    }
    let at = written.at.as_ref().and_then(|at| {
        let seconds = seconds(&at.value);
        if seconds.is_none() {
            refuse(
                at,
                format!("`{}` is no moment", at.value),
                "write minutes and seconds, `1:23`, or hours, `1:02:03`",
            );
        }
        seconds
    });
    if diagnostics.len() > before {
        return None;
    }
    let url = written.url.as_ref().map(|url| &*url.value);
    let host = url.and_then(host).map(str::to_owned);
    let url = url.map(|url| at.map_or_else(|| url.to_owned(), |at| at_moment(url, at)));
    Some(Media { title: title.value.to_string(), is_video, file: own, url, host, poster, at, subtitles, transcript })
}

/// The name of a server, without `www.`.
fn host(url: &str) -> Option<&str> {
    let after = url.split_once("://")?.1;
    let host = after.split(['/', '?', '#', ':']).next()?;
    Some(host.rsplit('@').next()?.trim_start_matches("www.")).filter(|host| !host.is_empty())
}

/// The address of a moment, where we know how a server writes it; else the address.
fn at_moment(url: &str, at: u32) -> String {
    match host(url) {
        Some("youtube.com" | "m.youtube.com" | "youtu.be") if !url.contains('#') => {
            let sign = if url.contains('?') { '&' } else { '?' };
            format!("{url}{sign}t={at}s")
        }
        Some("vimeo.com") if !url.contains('#') => format!("{url}#t={at}s"),
        _ => url.to_owned(),
    }
}

/// `83`, `1:23`, `1:02:03`.
fn seconds(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let is_part = |part: &&str| !part.is_empty() && part.len() < 6 && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() > 3 || !parts.iter().all(is_part) {
        return None;
    }
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    let numbers = numbers?;
    if numbers.iter().skip(1).any(|part| *part > 59) {
        return None;
    }
    numbers.iter().try_fold(0u32, |all, part| all.checked_mul(60)?.checked_add(*part))
}

#[cfg(test)]
mod tests {
    use super::{at_moment, host, seconds};

    #[test]
    fn moments() {
        let found = ["83", "1:23", "1:02:03", "1:75", "", "a", "1:2:3:4", "99999:00"].map(seconds);
        assert_eq!(found, [Some(83), Some(83), Some(3723), None, None, None, None, Some(5_999_940)]);
        assert_eq!(at_moment("https://www.youtube.com/watch?v=x", 83), "https://www.youtube.com/watch?v=x&t=83s");
        assert_eq!(at_moment("https://youtu.be/x", 83), "https://youtu.be/x?t=83s");
        assert_eq!(at_moment("https://vimeo.com/1", 83), "https://vimeo.com/1#t=83s");
        assert_eq!(at_moment("https://example.org/v", 83), "https://example.org/v");
        assert_eq!(host("https://user@www.example.org:8080/a"), Some("example.org"));
    }
}
