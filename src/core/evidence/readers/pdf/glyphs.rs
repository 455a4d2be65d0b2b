//! The words that a page of a PDF shows, as glyphs with their places: what the interpreter draws, collected.
//!
//! - What lies outside the page's crop box is not seen. Layers that are off are not drawn.
//! - Invisible text is that of a scan that was read by a program: it is kept apart, and counts where the page shows a
//!   picture, else nobody ever saw it.
//! - `ActualText` says what glyphs mean (a hyphen that the typesetter set is U+00AD). Artifacts are running heads, page
//!   numbers and the like.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

/// A glyph in the frame of its own line: `x` runs with the writing, `y` across it, downwards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    pub text: Box<str>,
    pub x: f32,
    pub end: f32,
    pub y: f32,
    pub size: f32,
    /// The direction of the writing in degrees, a multiple of 15: glyphs of different ones share no line.
    pub angle: i16,
    pub artifact: bool,
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Page {
    pub glyphs: Vec<Glyph>,
    /// Those that are drawn invisibly.
    pub invisible: Vec<Glyph>,
    pub has_picture: bool,
    /// Glyphs of which the file does not say what they mean.
    pub unknown: usize,
}

/// Collects what is drawn.
pub(super) struct Collector {
    pub page: Page,
    seen: Rect,
    marks: Vec<Mark>,
    drawn: u64,
    most: u64,
}

/// Marked content that is open.
struct Mark {
    artifact: bool,
    /// What its glyphs mean, until the first of them.
    meaning: Option<Box<str>>,
    replaces: bool,
}

/// Thrown through the interpreter, which has no other way to be stopped.
pub(super) struct TooMuch;

impl Collector {
    /// For a page of which `seen` is shown, and of at most `most` things drawn.
    pub(super) fn new(seen: Rect, most: u64) -> Self {
        Self { page: Page::default(), seen, marks: Vec::new(), drawn: 0, most }
    }

    /// Whether more was to be drawn than may be.
    pub(super) fn is_full(&self) -> bool {
        self.drawn > self.most
    }

    fn count(&mut self, things: usize) {
        self.drawn += things as u64;
        if self.drawn > self.most {
            std::panic::resume_unwind(Box::new(TooMuch));
        }
    }

    fn glyph(&mut self, transform: Affine, drawn: &Drawn<'_>, vertical: bool, invisible: bool) {
        let origin = transform * Point::ZERO;
        if !self.seen.contains(origin) {
            return;
        }
        let advance = match drawn {
            Drawn::Outline(glyph) => glyph.advance_width(),
            Drawn::Type3(glyph) => glyph.advance_width(),
        };
        let along = transform * if vertical { Point::new(0.0, -1000.0) } else { Point::new(1000.0, 0.0) } - origin;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let length = along.hypot();
        if !(length.is_finite() && length > 1e-3) {
            return;
        }
        let angle = (along.atan2().to_degrees() / 15.0).round() as i16 * 15;
        let turn = Affine::rotate(-f64::from(angle).to_radians());
        let start = turn * origin;
        let width = if vertical { 1000.0 } else { f64::from(advance.unwrap_or(500.0)) };
        let artifact = self.marks.iter().any(|mark| mark.artifact);
        let Some(text) = self.meaning(drawn) else { return };
        let end = start.x + length * width / 1000.0;
        let size = if vertical { length } else { up.hypot().max(length * 0.2) };
        let glyph = Glyph {
            text,
            x: start.x.min(end) as f32,
            end: start.x.max(end) as f32,
            y: start.y as f32,
            size: size as f32,
            angle: angle.rem_euclid(360),
            artifact,
        };
        if invisible { self.page.invisible.push(glyph) } else { self.page.glyphs.push(glyph) }
    }

    /// What a glyph means; nothing for one whose meaning was told by another.
    fn meaning(&mut self, drawn: &Drawn<'_>) -> Option<Box<str>> {
        if let Some(mark) = self.marks.iter_mut().find(|mark| mark.replaces) {
            return mark.meaning.take();
        }
        match drawn.as_unicode() {
            Some(BfString::Char('\0')) | None => {
                self.page.unknown += 1;
                Some("\u{fffd}".into())
            }
            Some(BfString::Char(c)) => Some(c.to_string().into()),
            Some(BfString::String(text)) => Some(text.into()),
        }
    }
}

impl<'a> Device<'a> for Collector {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.count(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(run.glyphs().len());
        let vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        for glyph in run.glyphs() {
            self.glyph(props.transform * glyph.transform(), glyph, vertical, matches!(mode, DrawMode::Invisible));
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.count(1);
        self.page.has_picture = true;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.count(1);
        let meaning = properties.and_then(|dict| dict.get::<PdfString<'_>>(b"ActualText"));
        let meaning = meaning.map(|text| string(text.as_bytes()).into_boxed_str());
        self.marks.push(Mark { artifact: tag == b"Artifact", replaces: meaning.is_some(), meaning });
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }
}

/// A text string (ISO 32000-2, section 7.9.2.2): UTF-16 or UTF-8 by its mark, else PDFDocEncoding, which is Latin-1 but
/// for a few marks of punctuation.
pub(super) fn string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes
            .iter()
            .map(|&b| if (0x80..0xa0).contains(&b) { MARKS[usize::from(b) - 0x80] } else { b as char })
            .collect(),
    }
}

/// Bytes 0x80 to 0x9f of PDFDocEncoding.
const MARKS: [char; 32] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ',
    'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}',
];
