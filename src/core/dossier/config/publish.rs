//! `[publish]`: what is written for hosts and readers besides pages.

use crate::base::diagnostic::Diagnostic;
use crate::base::tree::decode::LText;
use crate::base::tree::decode::{Context, Fields, Many, decode_words};
use crate::model::Text;

/// What is written for hosts and readers besides pages.
#[derive(Clone, Debug)]
pub struct Publish {
    /// Whether the exports are written.
    pub data: bool,
    /// Whether claims and questions have cards that others can embed.
    pub embed: bool,
    /// Whether `_headers` and `_redirects` are written.
    pub headers: bool,
    /// The domain of GitHub Pages' `CNAME`.
    pub cname: Option<Text>,
    /// The picture that stands for the dossier where it is shared: an asset's path within `content/`.
    pub image: Option<LText>,
    /// The forms in which files of text are written a second time, compressed, for hosts that serve such twins.
    pub precompress: Vec<Encoding>,
}

/// A content coding of HTTP (RFC 9110, section 8.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: &[Self] = &[Self::Gzip, Self::Brotli];

    /// The word in `site.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Brotli => "brotli",
        }
    }

    /// What the twin's name ends in, as nginx and Caddy look for it.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Gzip => ".gz",
            Self::Brotli => ".br",
        }
    }
}

decode_words!(Encoding);

impl Default for Publish {
    fn default() -> Self {
        Self { data: true, embed: false, headers: true, cname: None, image: None, precompress: Vec::new() }
    }
}

/// Reads the table.
pub(super) fn decode(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Publish {
    let mut flag = |key: &'static str| f.optional::<bool>(key, cx).is_none_or(|on| on.value);
    let (data, headers) = (flag("data"), flag("headers"));
    let embed = f.optional::<bool>("embed", cx).is_some_and(|on| on.value);
    Publish { data, embed, headers, cname: cname(f, cx), image: image(f, cx), precompress: precompress(f, cx) }
}

/// Whether a file, by the end of its name, is a picture that the networks show.
pub fn is_shared_picture(path: &str) -> bool {
    let end = path.rsplit_once('.').map_or("", |(_, end)| end);
    ["png", "jpg", "jpeg", "webp", "gif"].iter().any(|known| end.eq_ignore_ascii_case(known))
}

/// What the networks show: none draws SVG.
fn image(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<LText> {
    let path: LText = f.optional("image", cx)?;
    if is_shared_picture(&path.value) {
        return Some(path);
    }
    let message = format!("`{}` is no picture that the networks show", path.value);
    let help = "give a PNG or JPEG, best of 1200 by 630 pixels";
    cx.diagnostics.push(Diagnostic::error("bad-value", path.span, message).help(help));
    None
}

/// Each once, in one order.
fn precompress(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Vec<Encoding> {
    let wanted: Many<Encoding> = f.or_default("precompress", cx);
    let first = wanted.0.first().filter(|_| !cfg!(feature = "precompress"));
    if let Some(first) = first {
        let message = "this sourcebook was built without compression";
        let help = "leave `precompress` out, or build the program with its feature `precompress`";
        cx.diagnostics.push(Diagnostic::error("bad-value", first.span, message).help(help));
    }
    let mut encodings: Vec<_> = wanted.0.into_iter().map(|encoding| encoding.value).collect();
    encodings.sort();
    encodings.dedup();
    encodings
}

/// A host name (RFC 1123), without scheme, port or path.
fn cname(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Text> {
    let name: LText = f.optional("cname", cx)?;
    let label = |part: &str| {
        let plain = part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        plain && (1..=63).contains(&part.len()) && !part.starts_with('-') && !part.ends_with('-')
    };
    let sound = name.value.contains('.') && name.value.len() <= 253 && name.value.split('.').all(label);
    if !sound {
        let message = format!("`{}` is not the name of a host", name.value);
        let help = "write a domain alone, without `https://` or a path: dossier.example.org";
        cx.diagnostics.push(Diagnostic::error("bad-value", name.span, message).help(help));
        return None;
    }
    Some(name.value)
}
