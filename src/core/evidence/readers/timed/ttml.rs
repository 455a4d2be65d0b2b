//! TTML (W3C, also as broadcasters profile it: EBU-TT-D, IMSC) and YouTube's XML of captions.
//!
//! A `p` is a caption; the times of its parents shift it; words that are timed one by one in `span` stay in their
//! caption. `ttm:agent` names who speaks. What `tts:display="none"` or `tts:visibility="hidden"` hides is not shown.

use std::collections::BTreeMap;

use super::super::xml::{self, Node, Tag};
use super::super::{Bounds, Why};
use super::{Cue, clock};

const WHAT: &str = "a file of captions (TTML)";

/// The cues of a document.
pub(in super::super) fn cues(text: &str, bounds: &Bounds) -> Result<Vec<Cue>, Why> {
    let mut reading = Reading::default();
    xml::walk(WHAT, text, bounds, |node| {
        match node {
            Node::Start(tag) => reading.start(&tag),
            Node::End(name) => reading.end(name),
            Node::Text(text) => reading.text(text),
        }
        if reading.cues.len() > bounds.entries {
            return Err(Why::Bound { what: WHAT, bound: "captions" });
        }
        Ok(())
    })?;
    for cue in &mut reading.cues {
        if let Some(name) = cue.voice.as_ref().and_then(|id| reading.names.get(id)) {
            cue.voice = Some(name.clone());
        }
    }
    Ok(reading.cues)
}

#[derive(Default)]
struct Reading {
    cues: Vec<Cue>,
    open: Vec<Open>,
    rates: Rates,
    /// The words of the caption so far.
    words: String,
    /// When words of it are first and last heard, by the times of its spans.
    heard: Option<(u64, u64)>,
    /// The names of agents, by their ids.
    names: BTreeMap<String, String>,
    agent: Option<String>,
}

/// An element that is open.
#[derive(Clone, Default)]
struct Open {
    begin: u64,
    end: Option<u64>,
    voice: Option<String>,
    unseen: bool,
    preserve: bool,
    caption: bool,
    name_of_agent: bool,
}

/// What times are counted in.
struct Rates {
    frames: f64,
    ticks: f64,
}

impl Default for Rates {
    fn default() -> Self {
        Self { frames: 30.0, ticks: 1.0 }
    }
}

impl Reading {
    fn start(&mut self, tag: &Tag<'_>) {
        let parent = self.open.last().cloned().unwrap_or_default();
        let mut open = Open { caption: false, name_of_agent: false, ..parent.clone() };
        match tag.name {
            "tt" => self.rates = Rates::of(tag),
            "head" | "metadata" => open.unseen = true,
            "agent" => self.agent = tag.get("id"),
            "name" => open.name_of_agent = self.agent.is_some(),
            // YouTube's older form: seconds.
            "text" if tag.get("start").is_some() => {
                let milliseconds = |name| Some((tag.get(name)?.parse::<f64>().ok()? * 1000.0) as u64);
                open.begin = milliseconds("start").unwrap_or_default();
                open.end = Some(open.begin.saturating_add(milliseconds("dur").unwrap_or_default()));
                open.caption = true;
            }
            "p" | "body" | "div" | "span" => self.timed(tag, &parent, &mut open),
            "br" => self.words.push('\n'),
            _ => {}
        }
        if tag.get("display").is_some_and(|d| d == "none") || tag.get("visibility").is_some_and(|v| v == "hidden") {
            open.unseen = true;
        }
        if let Some(space) = tag.get("space") {
            open.preserve = space == "preserve";
        }
        if open.caption {
            self.words.clear();
            self.heard = None;
        }
        self.open.push(open);
    }

    fn timed(&mut self, tag: &Tag<'_>, parent: &Open, open: &mut Open) {
        let time = |name| self.rates.time(&tag.get(name)?);
        if let (Some(t), true) = (tag.get("t").and_then(|t| t.parse::<u64>().ok()), tag.name == "p") {
            // YouTube's newer form: milliseconds.
            open.begin = t;
            open.end = tag.get("d").and_then(|d| d.parse::<u64>().ok()).map(|d| t.saturating_add(d));
        } else {
            open.begin = parent.begin.saturating_add(time("begin").unwrap_or_default());
            let last = time("dur").map(|dur| open.begin.saturating_add(dur));
            let stops = time("end").map(|end| parent.begin.saturating_add(end));
            open.end = last.into_iter().chain(stops).min().or(parent.end);
        }
        open.caption = tag.name == "p";
        if tag.name == "span"
            && let (Some(_), Some(end)) = (tag.get("begin"), open.end)
        {
            let (first, last) = self.heard.unwrap_or((open.begin, end));
            self.heard = Some((first.min(open.begin), last.max(end)));
        }
        if let Some(agent) = tag.get("agent").and_then(|ids| ids.split_whitespace().next().map(str::to_owned)) {
            if tag.name == "span" && parent.voice.as_ref() != Some(&agent) {
                self.flush();
            }
            open.voice = Some(agent);
        }
    }

    fn end(&mut self, name: &str) {
        let Some(closed) = self.open.last() else { return };
        let speaks_alone = name == "span" && self.open.iter().rev().nth(1).is_some_and(|p| p.voice != closed.voice);
        if closed.caption || speaks_alone {
            self.flush();
        }
        if name == "agent" {
            self.agent = None;
        }
        self.open.pop();
    }

    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last() else { return };
        if open.name_of_agent
            && let Some(agent) = &self.agent
        {
            self.names.entry(agent.clone()).or_default().push_str(text.trim());
        } else if !open.unseen && self.open.iter().any(|open| open.caption) {
            let preserve = open.preserve;
            text.chars().for_each(|c| self.words.push(if c.is_ascii_whitespace() && !preserve { ' ' } else { c }));
        }
    }

    /// Ends a caption, or what one voice says in it.
    fn flush(&mut self) {
        let words = super::vtt::unescape(&std::mem::take(&mut self.words));
        let lines: Vec<_> = words
            .lines()
            .map(|line| line.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect();
        let Some(open) = self.open.last().filter(|_| !lines.is_empty()) else { return };
        let (start, end) = match (open.end, self.heard) {
            (Some(end), _) => (open.begin, end),
            (None, Some(heard)) => heard,
            (None, None) => (open.begin, open.begin),
        };
        self.cues.push(Cue { start, end: end.max(start), voice: open.voice.clone(), lines });
    }
}

impl Rates {
    fn of(tag: &Tag<'_>) -> Self {
        let number = |name: &str| tag.get(name)?.parse::<f64>().ok().filter(|n| *n > 0.0);
        let times = tag.get("frameRateMultiplier").and_then(|text| {
            let (above, below) = text.split_once([' ', ':'])?;
            Some(above.trim().parse::<f64>().ok()? / below.trim().parse::<f64>().ok()?)
        });
        let frames = number("frameRate").unwrap_or(30.0) * times.filter(|t| t.is_finite() && *t > 0.0).unwrap_or(1.0);
        // Without a rate of ticks, a tick is a frame where frames are counted, else a second.
        let ticks = number("tickRate").or_else(|| number("frameRate").map(|_| frames)).unwrap_or(1.0);
        Self { frames, ticks }
    }

    /// A time expression (TTML 2, section 12.3.1), in milliseconds.
    fn time(&self, text: &str) -> Option<u64> {
        let text = text.trim();
        if text.contains(':') {
            let parts: Vec<_> = text.split(':').collect();
            if let [hours, minutes, seconds, frames] = parts[..] {
                let whole = clock(&format!("{hours}:{minutes}:{seconds}"))?;
                let frames = frames.split('.').next()?.parse::<u32>().ok()?;
                return Some(whole.saturating_add((f64::from(frames) * 1000.0 / self.frames) as u64));
            }
            return clock(text);
        }
        let unit = text.find(|c: char| c.is_ascii_alphabetic())?;
        let count: f64 = text[..unit].parse().ok()?;
        let milliseconds = match &text[unit..] {
            "h" => 3_600_000.0,
            "m" => 60_000.0,
            "s" => 1_000.0,
            "ms" => 1.0,
            "f" => 1_000.0 / self.frames,
            "t" => 1_000.0 / self.ticks,
            _ => return None,
        };
        Some((count * milliseconds).round().clamp(0.0, 1e15) as u64)
    }
}
