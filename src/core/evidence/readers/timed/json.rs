//! Transcripts as programs write them in JSON: whisper, whisper.cpp, WhisperX, YouTube's `json3`, and plain lists of
//! `{ text, start, duration }`.

use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};

use super::super::Why;
use super::Cue;

const WHAT: &str = "a transcript (JSON)";

/// As many cues as a transcript may have: three hours of words one by one are fewer.
const MOST: usize = 200_000;

/// The cues of a transcript. Nothing where the JSON is none.
pub(in super::super) fn cues(text: &str) -> Result<Option<Vec<Cue>>, Why> {
    let broken = |error: serde_json::Error| Why::Broken { what: WHAT, reason: error.to_string() };
    if text.trim_start().starts_with('[') {
        let Many(segments) = serde_json::from_str::<Many<Segment>>(text).map_err(broken)?;
        return Ok(segments
            .iter()
            .any(|s| s.start.is_some())
            .then(|| segments.into_iter().filter_map(Segment::cue).collect()));
    }
    let document: Document = serde_json::from_str(text).map_err(broken)?;
    if let Some(Many(events)) = document.events {
        return Ok(Some(events.into_iter().filter_map(Event::cue).collect()));
    }
    if let Some(Many(pieces)) = document.transcription {
        return Ok(Some(pieces.into_iter().filter_map(Piece::cue).collect()));
    }
    Ok(document.segments.map(|Many(segments)| segments.into_iter().filter_map(Segment::cue).collect()))
}

#[derive(serde::Deserialize)]
struct Document {
    /// whisper, WhisperX.
    segments: Option<Many<Segment>>,
    /// YouTube.
    events: Option<Many<Event>>,
    /// whisper.cpp.
    transcription: Option<Many<Piece>>,
}

/// Seconds.
#[derive(serde::Deserialize)]
struct Segment {
    start: Option<f64>,
    end: Option<f64>,
    duration: Option<f64>,
    text: Option<String>,
    speaker: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    t_start_ms: Option<f64>,
    d_duration_ms: Option<f64>,
    segs: Option<Many<Seg>>,
}

#[derive(serde::Deserialize)]
struct Seg {
    utf8: Option<String>,
}

#[derive(serde::Deserialize)]
struct Piece {
    offsets: Option<Offsets>,
    text: Option<String>,
    speaker: Option<String>,
}

/// Milliseconds.
#[derive(serde::Deserialize)]
struct Offsets {
    from: f64,
    to: f64,
}

impl Segment {
    fn cue(self) -> Option<Cue> {
        let start = self.start?;
        let end = self.end.or_else(|| Some(start + self.duration?)).unwrap_or(start);
        cue(start * 1000.0, end * 1000.0, self.speaker, &self.text?)
    }
}

impl Event {
    fn cue(self) -> Option<Cue> {
        let start = self.t_start_ms.unwrap_or_default();
        let Many(segs) = self.segs?;
        let text: String = segs.into_iter().filter_map(|seg| seg.utf8).collect();
        cue(start, start + self.d_duration_ms.unwrap_or_default(), None, &text)
    }
}

impl Piece {
    fn cue(self) -> Option<Cue> {
        let offsets = self.offsets?;
        cue(offsets.from, offsets.to, self.speaker, &self.text?)
    }
}

fn cue(start: f64, end: f64, voice: Option<String>, text: &str) -> Option<Cue> {
    let lines: Vec<_> = text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let milliseconds = |time: f64| time.round().clamp(0.0, 1e15) as u64;
    let start = milliseconds(start);
    (!lines.is_empty()).then(|| Cue { start, end: milliseconds(end).max(start), voice, lines })
}

/// A list of bounded length.
struct Many<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Each<T> {
            type Value = Many<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "a list of at most {MOST}")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut found = Vec::new();
                while found.len() < MOST {
                    let Some(next) = list.next_element()? else { return Ok(Many(found)) };
                    found.push(next);
                }
                match list.next_element::<IgnoredAny>()? {
                    Some(_) => Err(serde::de::Error::custom(format!("a list of more than {MOST}"))),
                    None => Ok(Many(found)),
                }
            }
        }
        deserializer.deserialize_seq(Each(PhantomData))
    }
}
