//! From glyphs to text: lines, their order, paragraphs.
//!
//! 1. Glyphs that follow one another on one line are a stretch; a gap is a space. Accents that were set over a letter join
//!    it; a raised number after a word is the mark of a note, and no part of the sentence.
//! 2. Most programs write a page in the order in which it is read, columns too: that order is kept as long as it runs down
//!    the page. Where it jumps about, stretches are ordered by cutting the page along its white: columns first.
//! 3. Right-to-left writing stands in the file as it looks: each line is turned into the order in which it is read.
//!
//! Where a line ends, the text has a line end, so that hyphens there are known for what they may be.

use super::glyphs::Glyph;
use super::rtl;

/// The paragraphs of a page, and apart from them those of its running heads and page numbers.
pub(super) fn paragraphs(glyphs: Vec<Glyph>) -> (Vec<String>, Vec<String>) {
    let (aside, body): (Vec<_>, Vec<_>) = glyphs.into_iter().partition(|glyph| glyph.artifact);
    (of(body), of(aside))
}

fn of(glyphs: Vec<Glyph>) -> Vec<String> {
    let mut stretches = stretches(glyphs);
    if jumps_about(&stretches) {
        stretches = by_white(stretches, 0);
    }
    joined(&stretches)
}

/// Glyphs that follow one another on one line.
#[derive(Debug)]
struct Stretch {
    glyphs: Vec<Glyph>,
    x: f32,
    end: f32,
    y: f32,
    size: f32,
    angle: i16,
}

impl Stretch {
    fn of(glyph: Glyph) -> Self {
        let Glyph { x, end, y, size, angle, .. } = glyph;
        Self { glyphs: vec![glyph], x, end, y, size, angle }
    }

    fn push(&mut self, glyph: Glyph) {
        self.x = self.x.min(glyph.x);
        self.end = self.end.max(glyph.end);
        // A raised or lowered glyph is smaller than its line.
        if glyph.size > self.size {
            (self.y, self.size) = (glyph.y, glyph.size);
        }
        self.glyphs.push(glyph);
    }

    /// Whether a glyph goes on with it.
    fn goes_on(&self, glyph: &Glyph) -> bool {
        let Some(last) = self.glyphs.last() else { return true };
        let size = self.size.max(glyph.size);
        let same_line = (self.y - glyph.y).abs() < 0.5 * size;
        let forward = glyph.x - last.end < 2.0 * size && glyph.x - last.x > -0.6 * size;
        // Writing from right to left is set from either end.
        let backward = (last.x - glyph.end).abs() < 2.0 * size && (rtl::is_of(&glyph.text) || rtl::is_of(&last.text));
        self.angle == glyph.angle && same_line && (forward || backward)
    }
}

fn stretches(glyphs: Vec<Glyph>) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for glyph in glyphs {
        // The same word set twice a little apart is one word in bold.
        if let Some(last) = found.last_mut() {
            if last.glyphs.iter().rev().take(2).any(|g| g.text == glyph.text && is_shadow(g, &glyph)) {
                continue;
            }
            if last.goes_on(&glyph) {
                last.push(glyph);
                continue;
            }
        }
        found.push(Stretch::of(glyph));
    }
    found.retain(|stretch| stretch.glyphs.iter().any(|glyph| !glyph.text.trim().is_empty()));
    found
}

fn is_shadow(one: &Glyph, other: &Glyph) -> bool {
    let near = 0.1 * one.size;
    !one.text.trim().is_empty() && (one.x - other.x).abs() < near && (one.y - other.y).abs() < near
}

/// Whether the order of the file is not one in which anybody reads: more than a few steps lead up the page, and not to the
/// top of a column further on.
fn jumps_about(stretches: &[Stretch]) -> bool {
    let jumps = stretches.windows(2).filter(|pair| {
        let [before, next] = pair else { return false };
        let up = next.y < before.y - 0.6 * before.size.max(next.size);
        let to_the_side = next.x > before.end || next.end < before.x;
        let back = (next.y - before.y).abs() < 0.5 * before.size && next.end < before.x;
        before.angle == next.angle && ((up && !to_the_side) || (back && !rtl::is_of(&next.glyphs[0].text)))
    });
    jumps.count() * 12 > stretches.len() || runs_across(stretches)
}

/// Whether lines of columns were written one beside the other: not those of a table, whose cells are short.
fn runs_across(stretches: &[Stretch]) -> bool {
    let is_long = |stretch: &Stretch| stretch.end - stretch.x > 10.0 * stretch.size;
    let beside = stretches.windows(2).filter(|pair| {
        let [before, next] = pair else { return false };
        let same_line = (before.y - next.y).abs() < 0.3 * before.size;
        same_line && next.x - before.end > 1.2 * before.size && is_long(before) && is_long(next)
    });
    let beside = beside.count();
    beside > 2 && beside * 3 >= stretches.len()
}

/// As often as a page is cut.
const CUTS: usize = 40;

/// Stretches ordered by the white between them: columns where a gutter runs down the whole, else parts above one another.
fn by_white(mut stretches: Vec<Stretch>, depth: usize) -> Vec<Stretch> {
    if stretches.len() < 2 || depth > CUTS {
        stretches.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
        return stretches;
    }
    let size = median(stretches.iter().map(|stretch| stretch.size).collect());
    let rows = |s: &Stretch| (s.y - 0.8 * s.size, s.y + 0.25 * s.size);
    let columns = |s: &Stretch| (s.x, s.end);
    let gutter = widest(&stretches, columns).filter(|(gap, _)| *gap > 0.9 * size);
    let (split, is_gutter) = match (gutter, widest(&stretches, rows).filter(|(gap, _)| *gap > 0.0)) {
        (Some((_, at)), _) => (at, true),
        (None, Some((_, at))) => (at, false),
        (None, None) => {
            stretches.sort_by(|a, b| (a.y / size).round().total_cmp(&(b.y / size).round()).then(a.x.total_cmp(&b.x)));
            return stretches;
        }
    };
    let is_first = |s: &Stretch| if is_gutter { s.x < split } else { s.y < split };
    let (first, second): (Vec<_>, Vec<_>) = stretches.into_iter().partition(is_first);
    if first.is_empty() || second.is_empty() {
        return first.into_iter().chain(second).collect();
    }
    // Lines of a table stand beside one another: a gutter between columns of single words is none to read along.
    let mut ordered = by_white(first, depth + 1);
    ordered.extend(by_white(second, depth + 1));
    ordered
}

/// The widest gap in what stretches cover, and its middle.
fn widest(stretches: &[Stretch], covers: impl Fn(&Stretch) -> (f32, f32)) -> Option<(f32, f32)> {
    let mut covered: Vec<(f32, f32)> = stretches.iter().map(covers).collect();
    covered.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut best, mut end) = (None, covered.first()?.1);
    for (from, to) in covered {
        let gap = from - end;
        if gap > best.map_or(0.0, |(gap, _)| gap) {
            best = Some((gap, end + gap / 2.0));
        }
        end = end.max(to);
    }
    best
}

fn median(mut sizes: Vec<f32>) -> f32 {
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// Stretches as paragraphs.
fn joined(stretches: &[Stretch]) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut before: Option<&Stretch> = None;
    for stretch in stretches {
        let words = words(stretch);
        let gap = before.map_or(Gap::Paragraph, |before| gap(before, stretch));
        match (gap, paragraphs.last_mut()) {
            (Gap::Nothing, Some(last)) => last.push_str(&words),
            (Gap::Space, Some(last)) => last.extend([" ", &words]),
            (Gap::Line, Some(last)) => last.extend(["\n", &words]),
            _ => paragraphs.push(words),
        }
        before = Some(stretch);
    }
    paragraphs
}

enum Gap {
    Nothing,
    Space,
    Line,
    Paragraph,
}

fn gap(before: &Stretch, next: &Stretch) -> Gap {
    let size = before.size.max(next.size);
    if before.angle != next.angle {
        return Gap::Paragraph;
    }
    if (before.y - next.y).abs() < 0.5 * size {
        let apart = next.x - before.end;
        return if apart.abs() < 0.12 * size { Gap::Nothing } else { Gap::Space };
    }
    let down = next.y - before.y;
    let alike = before.size.min(next.size) > 0.75 * size;
    let overlap = before.x.max(next.x) < before.end.min(next.end);
    if down > 0.0 && down < 1.75 * size && alike && overlap { Gap::Line } else { Gap::Paragraph }
}

/// The words of a stretch.
fn words(stretch: &Stretch) -> String {
    let mut glyphs: Vec<&Glyph> = stretch.glyphs.iter().collect();
    let turned = rtl::share(glyphs.iter().map(|glyph| &*glyph.text));
    if turned > 0.0 {
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    let mut cells: Vec<String> = Vec::with_capacity(glyphs.len());
    let mut last: Option<&Glyph> = None;
    for (i, glyph) in glyphs.iter().enumerate() {
        if is_note_mark(stretch, &glyphs, i, &cells) {
            continue;
        }
        if let Some(before) = last {
            if let Some(accent) = over(before, glyph) {
                set_over(&mut cells, accent, &glyph.text);
                last = Some(glyph);
                continue;
            }
            let space = 0.16 * before.size.min(glyph.size);
            let has_one = cells.last().is_some_and(|cell| cell.ends_with(char::is_whitespace));
            if glyph.x - before.end > space && !has_one && !glyph.text.starts_with(char::is_whitespace) {
                cells.push(" ".into());
            }
        }
        cells.push(glyph.text.to_string());
        last = Some(glyph);
    }
    let text = if turned > 0.0 { rtl::read(cells, turned > 0.5) } else { cells.concat() };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a glyph is the mark of a note: a small raised number after a word or a full stop.
fn is_note_mark(stretch: &Stretch, glyphs: &[&Glyph], at: usize, cells: &[String]) -> bool {
    let glyph = glyphs[at];
    let raised = glyph.size < 0.8 * stretch.size && glyph.y < stretch.y - 0.15 * stretch.size;
    if !raised || !glyph.text.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    let before: String = cells.iter().rev().take(3).rev().map(String::as_str).collect();
    let word = before.chars().count() >= 3 && before.chars().all(char::is_alphabetic);
    word || before.ends_with(['.', ',', ';', ':', '!', '?', '»', '”', ')', '’'])
        || at.checked_sub(1).is_some_and(|b| is_note_mark(stretch, glyphs, b, cells))
}

/// The combining accent that one of two glyphs sets over the other, where they stand on one another.
fn over(before: &Glyph, glyph: &Glyph) -> Option<char> {
    let middle = (glyph.x + glyph.end) / 2.0;
    let covers = before.x <= middle && middle <= before.end.max(before.x + 0.3 * before.size)
        || (glyph.x <= (before.x + before.end) / 2.0 && (before.x + before.end) / 2.0 <= glyph.end);
    if !covers || glyph.x - before.x > 0.5 * before.size {
        return None;
    }
    let accent = |text: &str| {
        let mut chars = text.chars();
        let combining = match chars.next()? {
            '`' => '\u{300}',
            '´' => '\u{301}',
            'ˆ' => '\u{302}',
            '˜' => '\u{303}',
            '¨' => '\u{308}',
            '˚' => '\u{30a}',
            'ˇ' => '\u{30c}',
            '¸' => '\u{327}',
            _ => return None,
        };
        chars.next().is_none().then_some(combining)
    };
    let letter = |text: &str| text.chars().all(char::is_alphabetic);
    match (accent(&before.text), accent(&glyph.text)) {
        (Some(accent), None) if letter(&glyph.text) => Some(accent),
        (None, Some(accent)) if letter(&before.text) => Some(accent),
        _ => None,
    }
}

fn set_over(cells: &mut Vec<String>, accent: char, glyph: &str) {
    let last = cells.pop().unwrap_or_default();
    let base = if last.chars().all(char::is_alphabetic) && !last.is_empty() && !glyph.chars().all(char::is_alphabetic) {
        last
    } else {
        // Dotless letters are set under accents.
        glyph.replace('ı', "i").replace('ȷ', "j")
    };
    cells.push(format!("{base}{accent}"));
}

#[cfg(test)]
mod tests;
