//! Lines that are read from right to left, as they look to as they are read.
//!
//! The reverse of what a renderer does (Unicode Standard Annex 9), as far as one line shows it: runs of letters that are
//! read from right to left are turned, numbers and words in other scripts within them are not.

use unicode_normalization::UnicodeNormalization;

/// Whether a text has a letter that is read from right to left.
pub(super) fn is_of(text: &str) -> bool {
    text.chars().any(is_rtl)
}

/// The share of such letters among the letters of some texts.
pub(super) fn share<'t>(texts: impl Iterator<Item = &'t str>) -> f32 {
    let (mut turned, mut all) = (0usize, 0usize);
    for c in texts.flat_map(str::chars).filter(|c| c.is_alphabetic()) {
        turned += usize::from(is_rtl(c));
        all += 1;
    }
    if turned == 0 { 0.0 } else { turned as f32 / all as f32 }
}

fn is_rtl(c: char) -> bool {
    matches!(u32::from(c), 0x590..0x900 | 0xfb1d..0xfe00 | 0xfe70..0xff00 | 0x10800..0x11000 | 0x1e800..0x1f000)
        && c.is_alphabetic()
}

/// What runs from left to right within a line that does not.
fn is_ltr(cell: &str) -> bool {
    cell.chars().any(|c| c.is_alphanumeric() && !is_rtl(c))
}

/// Cells of a line, from left to right, in the order in which they are read. `base`: the line as a whole is read from right
/// to left.
pub(super) fn read(cells: Vec<String>, base: bool) -> String {
    let mut ordered: Vec<String> = cells;
    let inner: fn(&str) -> bool = if base { is_ltr } else { is_of };
    if base {
        ordered.reverse();
    }
    let mut at = 0;
    while at < ordered.len() {
        if !inner(&ordered[at]) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        for (next, piece) in ordered.iter().enumerate().skip(at + 1) {
            if inner(piece) {
                end = next + 1;
            } else if is_of(piece) || is_ltr(piece) {
                break;
            }
        }
        ordered[at..end].reverse();
        at = end;
    }
    let text = ordered.concat();
    // Shapes of Arabic letters (U+FB50 and on) are no letters of their own.
    let letters = |c: char| if is_shape(c) { std::iter::once(c).nfkc().collect() } else { vec![c] };
    text.chars().flat_map(letters).collect()
}

fn is_shape(c: char) -> bool {
    matches!(u32::from(c), 0xfb1d..0xfe00 | 0xfe70..0xff00)
}
