//! Captions that roll or grow: each shows again what the one before it showed.
//!
//! YouTube's automatic captions show two lines of which the first is the second of the caption before; converters of
//! word-by-word captions write `Je`, `Je suis`, `Je suis venu`. What is shown again was said once. But people do say
//! things twice: a file is taken to roll only where captions again and again begin with what stood before *and add to
//! it*, which repetition does not.

use super::Cue;

/// As far apart as two captions may be that show one line without a break.
const TOUCH: u64 = 100;

/// The cues, each without what it only shows again.
pub(super) fn said_once(cues: Vec<Cue>) -> Vec<Cue> {
    if !rolls(&cues) {
        return cues;
    }
    let mut said: Vec<Cue> = Vec::with_capacity(cues.len());
    let mut shown: Option<Cue> = None;
    for cue in cues {
        match shown.as_ref().map_or(Again::Nothing, |before| again(before, &cue)) {
            Again::Nothing => said.push(cue.clone()),
            Again::Lines(lines) if lines == cue.lines.len() => {
                if let Some(last) = said.last_mut() {
                    last.end = last.end.max(cue.end);
                }
            }
            Again::Lines(lines) => {
                said.push(Cue { lines: cue.lines[lines..].to_vec(), ..cue.clone() });
            }
            Again::Grown => {
                if let Some(last) = said.last_mut() {
                    let added = cue.lines.join(" ");
                    last.lines = vec![added];
                    last.end = cue.end;
                }
            }
        }
        shown = Some(cue);
    }
    said
}

/// What a cue shows again of the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Again {
    Nothing,
    /// Its first lines were the last ones.
    Lines(usize),
    /// All of it, with words added at the end.
    Grown,
}

fn again(before: &Cue, cue: &Cue) -> Again {
    if cue.start > before.end.saturating_add(TOUCH) || before.voice != cue.voice {
        return Again::Nothing;
    }
    let most = before.lines.len().min(cue.lines.len());
    let lines = (1..=most).rev().find(|&n| before.lines[before.lines.len() - n..] == cue.lines[..n]);
    if let Some(lines) = lines {
        return Again::Lines(lines);
    }
    let (first, second) = (before.lines.join(" "), cue.lines.join(" "));
    if second.strip_prefix(&first).is_some_and(|added| added.starts_with(' ')) { Again::Grown } else { Again::Nothing }
}

fn rolls(cues: &[Cue]) -> bool {
    let (mut touching, mut adding) = (0usize, 0usize);
    for pair in cues.windows(2) {
        let [before, cue] = pair else { continue };
        touching += usize::from(cue.start <= before.end.saturating_add(TOUCH));
        adding += usize::from(match again(before, cue) {
            Again::Nothing => false,
            Again::Lines(lines) => lines < cue.lines.len(),
            Again::Grown => true,
        });
    }
    // The captions that end one line and begin the next take turns in YouTube's files: half of the pairs add nothing.
    adding > 0 && adding * 3 >= touching
}
