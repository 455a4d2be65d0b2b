//! From the bytes of a capture to its readable text: a table of readers, one file a kind.
//!
//! 1. [`read`] asks the readers of [`READERS`] in their order whether the bytes are theirs: a signature wins over the
//!    ending of a name. What is none of theirs and no text is named by its signature ([`refused`]), and refused.
//! 2. The reader makes a [`Text`] of it within [`Bounds`]; a page begins with its characters ([`encoding`]).
//! 3. A panic of a reader, or of a library that it uses, is a [`Why::Failed`]: no file ends a run.
//!
//! A container (a web archive, a mail) gives what it holds to [`read`] again by [`Input::inner`].

pub mod bounds;
pub mod encoding;
mod epub;
pub mod fact;
mod joined;
mod mail;
mod media;
mod office;
mod packed;
pub mod page;
#[cfg(feature = "pdf")]
mod pdf;
pub mod place;
pub mod plain;
pub mod refused;
pub mod text;
mod timed;
mod unpack;
mod warc;
pub mod why;
mod xml;
mod zipped;

use crate::base::guard::caught;

pub use bounds::{Bounds, Meter};
pub use fact::{Fact, SignedBy};
pub use place::{Place, Spot};
pub use text::{Mark, Part, Text};
pub use why::Why;

/// Every reader, in the order in which they are asked.
#[rustfmt::skip]
pub static READERS: &[Reader] = &[
    #[cfg(feature = "pdf")]
    pdf::READER,
    warc::wacz::READER, warc::READER, office::docx::READER, office::odt::READER, epub::READER, packed::READER, mail::PAGE, mail::MAIL,
    timed::WEB, timed::SUBRIP, timed::TTML, timed::JSON, media::READER,
    page::READER, plain::MARKDOWN, plain::READER,
];

/// One kind of capture.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// As people call it, with its article: `a saved page`.
    pub name: &'static str,
    /// The endings of names that mean it, lower case, without the dot: what a file of this kind is kept under.
    pub endings: &'static [&'static str],
    /// Whether bytes are of this kind.
    pub is: fn(&Head<'_>) -> bool,
    /// Reads them.
    pub read: fn(&Input<'_>, &Bounds) -> Result<Text, Why>,
}

/// What there is to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Input<'a> {
    /// The name of the file, of which only the ending counts.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The label of an encoding that an outer layer states: HTTP's `Content-Type`, or a MIME part's.
    pub charset: Option<&'a str>,
    /// Which of the things that a container holds.
    pub want: Want<'a>,
    /// The words with which the story of a plain text begins, if the sheet says so.
    pub begins: Option<&'a str>,
    /// In how many containers it lies.
    pub depth: usize,
}

/// Which of the things that a container holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Want<'a> {
    /// Its address.
    pub url: Option<&'a str>,
    /// When that copy of it was made: as many digits of the time as tell it from others.
    pub at: Option<&'a str>,
    /// The day on which the capture was made (EDTF): tells copies apart where it is that of one.
    pub on: Option<&'a str>,
}

impl<'a> Input<'a> {
    /// A file by itself.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes, ..Self::default() }
    }

    /// What lies in this file, one container deeper.
    #[must_use]
    pub fn inner<'b>(&self, name: &'b str, bytes: &'b [u8], charset: Option<&'b str>) -> Input<'b>
    where
        'a: 'b,
    {
        Input { name, bytes, charset, want: self.want, begins: self.begins, depth: self.depth + 1 }
    }
}

/// What tells one kind of capture from another: how a file is called and how it begins.
#[derive(Clone, Debug)]
pub struct Head<'a> {
    ending: String,
    /// All bytes of the file.
    pub bytes: &'a [u8],
}

impl<'a> Head<'a> {
    fn of(input: &Input<'a>) -> Self {
        let name = input.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        Self { ending, bytes: input.bytes }
    }

    /// Whether the file begins with these bytes.
    pub fn starts(&self, magic: &[u8]) -> bool {
        self.bytes.starts_with(magic)
    }

    /// Whether its name ends so, in either case.
    pub fn ends(&self, endings: &[&str]) -> bool {
        endings.contains(&&*self.ending)
    }

    /// Whether it begins, after white space and a byte order mark, with one of these texts, in either case.
    pub fn begins(&self, texts: &[&str]) -> bool {
        let bytes = self.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self.bytes).trim_ascii_start();
        texts.iter().any(|t| bytes.get(..t.len()).is_some_and(|b| b.eq_ignore_ascii_case(t.as_bytes())))
    }
}

/// Reads a capture.
///
/// ```
/// # use sourcebook_core::evidence::readers::{Bounds, Input, read};
/// let text = read(&Input::new("page.html", b"<p>Deux</p><p>paragraphes</p>"), &Bounds::default()).unwrap();
/// assert_eq!(text.as_str(), "Deux\n\nparagraphes");
/// assert_eq!(text.place(6).spot.to_string(), "§ 2");
/// ```
///
/// # Errors
/// There is no text in it, or none that may be read: [`Why`].
pub fn read(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    let reader = reader_of(input)?;
    if input.depth > bounds.depth {
        return Err(Why::Bound { what: reader.name, bound: "containers around it" });
    }
    let text = caught(|| (reader.read)(input, bounds)).unwrap_or(Err(Why::Failed { what: reader.name }))?;
    if text.as_str().len() > bounds.text {
        return Err(Why::Bound { what: reader.name, bound: "text" });
    }
    Ok(text)
}

/// Undoes the `Content-Encoding` of what came over HTTP (RFC 9110, section 8.4).
///
/// # Errors
/// It is packed in a way that is not read, or damaged, or too large once unpacked.
pub fn unpacked(coding: &str, bytes: Vec<u8>, bounds: &Bounds) -> Result<Vec<u8>, Why> {
    let mut budget = unpack::Budget::new("a copy", bounds);
    coding.split(',').rev().try_fold(bytes, |bytes, coding| budget.content(coding, bytes))
}

/// The reader whose kind a file is.
///
/// # Errors
/// It is of none: what it is instead.
pub fn reader_of(input: &Input<'_>) -> Result<&'static Reader, Why> {
    let head = Head::of(input);
    if let Some(reader) = READERS.iter().find(|reader| (reader.is)(&head)) {
        return Ok(reader);
    }
    Err(refused::name(&head))
}

#[cfg(test)]
mod tests;
