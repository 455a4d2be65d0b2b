//! Transcripts and subtitles: words with the times at which they are heard.
//!
//! 1. [`vtt`] (WebVTT and SubRip), [`ttml`] (TTML, and YouTube's XML) and [`json`] (whisper's and YouTube's) give cues.
//! 2. [`rolling`]: what a caption shows again of the one before it was said once.
//! 3. Cues become blocks: a new one for each voice and after each pause. Each cue marks its time in the text.
//!
//! Times are milliseconds from the beginning of the recording.

pub(super) mod json;
mod rolling;
pub(super) mod ttml;
pub(super) mod vtt;

use super::text::Voice;
use super::{Bounds, Head, Input, Mark, Reader, Spot, Text, Why, encoding, xml};

/// WebVTT.
pub(super) const WEB: Reader = Reader {
    name: "a file of captions (WebVTT)",
    endings: &["vtt"],
    is: |head| head.begins(&["WEBVTT"]) && !head.bytes.contains(&0),
    read: |input, bounds| captions(input, vtt::Form::Web, bounds),
};

/// SubRip.
pub(super) const SUBRIP: Reader = Reader {
    name: "a file of captions (SubRip)",
    endings: &["srt"],
    is: |head| head.ends(&["srt"]) && !head.bytes.contains(&0),
    read: |input, bounds| captions(input, vtt::Form::SubRip, bounds),
};

/// TTML, and YouTube's XML.
pub(super) const TTML: Reader = Reader {
    name: "a file of captions (TTML)",
    endings: &["ttml", "dfxp", "srv1", "srv3"],
    is: is_ttml,
    read: |input, bounds| Ok(text(ttml::cues(&xml::decode(input.bytes), bounds)?)),
};

/// Transcripts that programs write.
pub(super) const JSON: Reader = Reader {
    name: "a transcript (JSON)",
    endings: &["json", "json3"],
    is: is_transcript,
    read: |input, _| transcript(input),
};

fn captions(input: &Input<'_>, form: vtt::Form, bounds: &Bounds) -> Result<Text, Why> {
    let read = encoding::of_text(input.bytes, input.charset);
    Ok(text(vtt::cues(&read.text, form, bounds)?).with_facts(read.facts()))
}

fn is_ttml(head: &Head<'_>) -> bool {
    let begin = &head.bytes[..head.bytes.len().min(4096)];
    let says = |text: &str| memchr::memmem::find(begin, text.as_bytes()).is_some();
    let root = says("http://www.w3.org/ns/ttml") || says("<transcript") || says("<timedtext");
    head.begins(&["<?xml", "<tt", "<transcript", "<timedtext"]) && root && !says("<html")
}

/// Whether JSON is one of the transcripts that are read: its first bytes hold one of their keys.
fn is_transcript(head: &Head<'_>) -> bool {
    let says = |text: &str| memchr::memmem::find(head.bytes, text.as_bytes()).is_some();
    head.begins(&["{", "["])
        && !head.ends(&["txt", "md", "html", "htm"])
        && ((says("\"text\"") && (says("\"start\"") || says("\"offsets\""))) || says("\"tStartMs\""))
}

fn transcript(input: &Input<'_>) -> Result<Text, Why> {
    let read = encoding::of_text(input.bytes, input.charset);
    match json::cues(read.text.trim_start_matches('\u{feff}'))? {
        Some(cues) => Ok(text(cues).with_facts(read.facts())),
        None => Ok(Text::new(read.text.clone()).with_facts(read.facts())),
    }
}

/// Words heard together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cue {
    pub start: u64,
    pub end: u64,
    /// Who says them, as the file names them.
    pub voice: Option<String>,
    /// As shown, without empty ones.
    pub lines: Vec<String>,
}

/// As long a silence as sets two blocks apart.
const PAUSE: u64 = 2_000;

/// The text of cues, said once, in the order of their times.
pub(super) fn text(mut cues: Vec<Cue>) -> Text {
    cues.retain(|cue| !cue.lines.is_empty());
    cues.sort_by_key(|cue| cue.start);
    let (mut text, mut marks, mut voices) = (String::new(), Vec::new(), Vec::new());
    let mut before: Option<(u64, Option<String>)> = None;
    for cue in rolling::said_once(cues) {
        let joins = before.take().map(|(end, voice)| voice == cue.voice && cue.start < end.saturating_add(PAUSE));
        text.push_str(match joins {
            None => "",
            Some(true) => "\n",
            Some(false) => "\n\n",
        });
        marks.push(Mark { at: text.len(), spot: Spot::Time { start: cue.start, end: cue.end } });
        voices.push(Voice { at: text.len(), name: cue.voice.as_deref().map(Box::from) });
        text.push_str(&cue.lines.join("\n"));
        before = Some((cue.end, cue.voice));
    }
    Text::new(text).with_marks(marks).with_voices(voices)
}

/// A time of WebVTT and SubRip: `12:31.000`, `00:12:31.000`, `0:12:31,5`.
pub(super) fn clock(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let mut seconds = 0u64;
    let mut count = 0;
    for piece in whole.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(number(piece)?)?;
        count += 1;
    }
    let exact = (2..=3).contains(&count) && part.len() <= 9 && part.bytes().all(|b| b.is_ascii_digit());
    // Before anything of it is cut: what is no digit may be of several bytes.
    let milliseconds = exact.then(|| format!("{part:0<3}"))?;
    seconds.checked_mul(1000)?.checked_add(number(&milliseconds[..3])?)
}

fn number(digits: &str) -> Option<u64> {
    let fits = (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests;
