//! WebVTT (W3C) and SubRip (`.srt`).
//!
//! Of WebVTT, notes, styles and regions are no words; spans are, with the voice that says them; the text of `rt` stands
//! above words and is left out. SubRip has no standard: a cue is what follows a line of two times, whatever stands
//! before it, and `<i>`, `<b>`, `<u>`, `<s>`, `<font …>` and `{\…}` are form.

use super::super::{Bounds, Why};
use super::{Cue, clock};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Form {
    /// WebVTT.
    Web,
    /// SubRip.
    SubRip,
}

/// The cues of a file.
pub(in super::super) fn cues(text: &str, form: Form, bounds: &Bounds) -> Result<Vec<Cue>, Why> {
    let what = if form == Form::Web { "a file of captions (WebVTT)" } else { "a file of captions (SubRip)" };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut found = Vec::new();
    for block in blocks(&text, form) {
        let Some((start, end, payload)) = cue(&block) else { continue };
        let lines = payload.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
        match form {
            Form::SubRip => {
                let lines: Vec<_> = lines.map(without_form).filter(|line| !line.is_empty()).collect();
                found.push(Cue { start, end, voice: None, lines });
            }
            Form::Web => spans(&lines.collect::<Vec<_>>().join("\n"), start, end, &mut found),
        }
        if found.len() > bounds.entries {
            return Err(Why::Bound { what, bound: "captions" });
        }
    }
    if found.is_empty() && text.contains("-->") {
        return Err(Why::Broken {
            what,
            reason: "no line gives two times such as `00:12:31.000 --> 00:12:34.000`".into(),
        });
    }
    Ok(found)
}

/// Blocks of lines. In SubRip, a line of two times after a line of digits begins one too, since some files forget the
/// blank line.
fn blocks(text: &str, form: Form) -> Vec<Vec<&str>> {
    let mut blocks: Vec<Vec<&str>> = vec![Vec::new()];
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let numbered = form == Form::SubRip
            && !line.trim().is_empty()
            && line.trim().bytes().all(|b| b.is_ascii_digit())
            && lines.peek().is_some_and(|next| times(next).is_some());
        // In WebVTT a line of spaces is a line.
        let blank = line.is_empty() || (form == Form::SubRip && line.trim().is_empty());
        if blank || numbered {
            blocks.push(Vec::new());
        } else if let Some(block) = blocks.last_mut() {
            block.push(line);
        }
    }
    blocks
}

/// The times of a block and the lines after them.
fn cue<'b, 't>(block: &'b [&'t str]) -> Option<(u64, u64, &'b [&'t str])> {
    // The times stand in the first line or, after an identifier, in the second: a third line that holds two times is text.
    let at = block.iter().take(2).position(|line| times(line).is_some())?;
    let (start, end) = times(block[at])?;
    Some((start, end, &block[at + 1..]))
}

fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    let (start, end) = (clock(start.trim())?, clock(end)?);
    Some((start, end.max(start)))
}

/// A line of SubRip without its form.
fn without_form(line: &str) -> String {
    const NAMES: [&str; 5] = ["i", "b", "u", "s", "font"];
    let (mut out, mut rest) = (String::new(), line);
    while let Some(at) = rest.find(['<', '{']) {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let close = if tail.starts_with('<') { '>' } else { '}' };
        let inside = tail.find(close).map(|end| (&tail[1..end], end));
        let form = inside.filter(|(inside, _)| match close {
            '}' => inside.starts_with('\\'),
            _ => {
                let name = inside.trim_start_matches('/').split([' ', '\t']).next().unwrap_or_default();
                NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
            }
        });
        let skip = form.map_or(1, |(_, end)| end + 1);
        if form.is_none() {
            out.push_str(&tail[..1]);
        }
        rest = &tail[skip..];
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// The spans of a WebVTT cue: one cue for each voice in it.
fn spans(payload: &str, start: u64, end: u64, found: &mut Vec<Cue>) {
    let mut now = Cue { start, end, ..Cue::default() };
    let (mut text, mut rest, mut above) = (String::new(), payload, 0usize);
    while let Some(at) = rest.find('<') {
        if above == 0 {
            text.push_str(&unescape(&rest[..at]));
        }
        let tail = &rest[at + 1..];
        let Some(close) = tail.find('>') else {
            rest = "";
            break;
        };
        let tag = tail[..close].trim();
        match tag.split([' ', '\t', '\n', '.']).next().unwrap_or_default() {
            "v" => {
                push(&mut now, &mut text, found);
                let name = tag.split_once([' ', '\t', '\n']).map(|(_, name)| unescape(name.trim()));
                now.voice = name.filter(|name| !name.is_empty());
            }
            "/v" => {
                push(&mut now, &mut text, found);
                now.voice = None;
            }
            "rt" => above += 1,
            "/rt" => above = above.saturating_sub(1),
            _ => {}
        }
        rest = &tail[close + 1..];
    }
    if above == 0 {
        text.push_str(&unescape(rest));
    }
    push(&mut now, &mut text, found);
}

fn push(now: &mut Cue, text: &mut String, found: &mut Vec<Cue>) {
    let lines: Vec<_> = text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    text.clear();
    if !lines.is_empty() {
        found.push(Cue { lines, ..now.clone() });
    }
}

/// Character references as WebVTT has them, of which these are in use.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", "\u{a0}"),
        ("&lrm;", "\u{200e}"),
        ("&rlm;", "\u{200f}"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
