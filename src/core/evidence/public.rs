//! Public copies: what an archive's copy of a source was found to hold, by the readers and the matcher of captures.
//!
//! 1. Somebody fetches the copy (`machine/archives`): [`Fetched`], or why there is none: [`Standing`].
//! 2. [`look`] reads it and looks every quote of the source up in it.
//! 3. `captures.lock` keeps the [`PublicCopy`]; [`in_public`] says what is known of one quote.
//!
//! A page that holds nothing of what is quoted is not told to differ: it may be a frame, a wall of consents, or a page that
//! says "not found" with the status of success. What differs must resemble.

use std::collections::BTreeMap;

use super::find::{Finding, find};
use super::nearest::Nearest;
use super::prepared::Prepared;
pub use super::public_copy::{Memento, PublicCopy, Standing, Words};
use super::quote_key::QuoteKey;
use super::readers::{self, Bounds, Fact, Input, Want};
use super::sha256::Sha256;
use crate::base::file::Span;
use crate::model::{Dossier, Source};

/// A copy as an archive gave it.
#[derive(Clone, Copy, Debug)]
pub struct Fetched<'a> {
    /// The address that answered with it.
    pub read: &'a str,
    /// The day of this very copy (ISO date).
    pub on: &'a str,
    /// `Content-Type`.
    pub kind: Option<&'a str>,
    /// `Content-Encoding`, undone by nobody yet.
    pub coding: Option<&'a str>,
    /// As it came.
    pub bytes: &'a [u8],
}

/// What was found in a copy, with what an editor is told of it.
#[derive(Debug)]
pub struct Looked {
    /// For the lock.
    pub public: PublicCopy,
    /// Why it could not be read: the end of a sentence.
    pub why: Option<String>,
    /// The quotes that do not stand in it, each with what stands there instead.
    pub differs: Vec<(Span, Option<Nearest>)>,
}

/// Quotes of a source, with where they are written: each once.
pub fn quotes<'d>(dossier: &'d Dossier, source: &Source) -> BTreeMap<QuoteKey, (&'d str, Option<&'d str>, Span)> {
    let evidence = source.claims.iter().map(|(claim, n)| &dossier[*claim].evidence[*n]);
    let quoted = evidence.filter_map(|evidence| {
        let quote = evidence.quote.as_ref()?;
        let locator = evidence.locator.as_ref().map(|l| &*l.value);
        Some((QuoteKey::new(&quote.value, locator), (&*quote.value, locator, quote.span)))
    });
    quoted.collect()
}

/// What is kept where there is no copy to look into.
pub fn without(source: &Source, standing: Standing, today: &str) -> PublicCopy {
    let url = source.archive.as_ref().map(|archive| archive.url.to_string()).unwrap_or_default();
    PublicCopy { url, standing, copy: None, found: today.to_owned(), quotes: BTreeMap::new() }
}

/// Reads a copy and looks every quote of the source up in it.
pub fn look(dossier: &Dossier, source: &Source, fetched: &Fetched<'_>, today: &str) -> Looked {
    let text = match text(source, fetched) {
        Ok(text) => text,
        Err(why) => {
            let public = without(source, Standing::Unreadable, today);
            return Looked { public, why: Some(why), differs: Vec::new() };
        }
    };
    let prepared = Prepared::new(text);
    let mut public = without(source, Standing::Copy, today);
    let sha256 = Sha256::of(fetched.bytes);
    public.copy = Some(Memento { read: fetched.read.to_owned(), on: fetched.on.to_owned(), sha256 });
    let mut differs = Vec::new();
    // A page that bears the source's title is a copy of it, however much was changed.
    let is_long = source.title.split_whitespace().count() >= 3;
    let mut resembles = is_long && !matches!(find(&source.title, &prepared, None), Finding::Absent { .. });
    for (key, (quote, locator, span)) in quotes(dossier, source) {
        let finding = find(quote, &prepared, locator);
        let words = words_of(&finding);
        resembles |= words != Words::Absent;
        if let Finding::Absent { nearest } = finding {
            resembles |= nearest.is_some();
            differs.push((span, nearest));
        }
        public.quotes.insert(key, words);
    }
    if !resembles {
        public.standing = Standing::Unlike;
        public.quotes.clear();
        differs.clear();
    }
    Looked { public, why: None, differs }
}

/// What became of a quote.
fn words_of(finding: &Finding) -> Words {
    match finding {
        Finding::Verbatim { elsewhere: None, .. } => Words::Verbatim,
        Finding::Verbatim { .. } => Words::Elsewhere,
        Finding::Ambiguous { .. } => Words::Ambiguous,
        Finding::Absent { .. } => Words::Absent,
    }
}

fn text(source: &Source, fetched: &Fetched<'_>) -> Result<readers::Text, String> {
    let bounds = Bounds::default();
    let bytes = readers::unpacked(fetched.coding.unwrap_or_default(), fetched.bytes.to_vec(), &bounds);
    let bytes = bytes.map_err(|why| why.to_string())?;
    let (kind, charset) = content_type(fetched.kind.unwrap_or_default());
    let shown = || Err("it is a picture, a sound or a film".to_owned());
    if ["image/", "audio/", "video/"].iter().any(|shows| kind.starts_with(shows)) {
        return shown();
    }
    let name = name(&kind, fetched.read);
    let begins = source.capture.as_ref().and_then(|capture| capture.begins.as_ref()).map(|begins| &*begins.value);
    let want = Want { url: source.url.as_deref(), ..Want::default() };
    let input = Input { want, charset: charset.as_deref(), begins, ..Input::new(&name, &bytes) };
    let text = readers::read(&input, &bounds).map_err(|why| why.to_string())?;
    if text.facts().contains(&Fact::Shows) { shown() } else { Ok(text) }
}

/// The media type of a `Content-Type`, and its charset.
fn content_type(text: &str) -> (String, Option<String>) {
    let mut parts = text.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    });
    (kind, charset.filter(|charset| !charset.is_empty()))
}

/// A name whose ending says what the media type says, else what the address ends in.
fn name(kind: &str, address: &str) -> String {
    let ending = match kind {
        "text/html" | "application/xhtml+xml" => "html",
        "text/plain" => "txt",
        "text/markdown" => "md",
        "application/pdf" => "pdf",
        "text/vtt" => "vtt",
        _ => {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            return path.rsplit('/').next().unwrap_or_default().to_owned();
        }
    };
    format!("copy.{ending}")
}

/// What is known of a quote and the public copy of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InPublic<'a> {
    /// The source names no public copy, or there is no quote.
    Nothing,
    /// Nobody has looked this quote up in the copy that the sheet names.
    NotAsked,
    /// It stands there word for word.
    Found(&'a Memento),
    /// It does not, and the copy resembles the source.
    Differs(&'a Memento),
    /// The archive was asked, and gave no copy in which it could be looked up.
    Without(Standing),
}

/// What is known of a quote, from what the lock keeps of its source.
pub fn in_public<'a>(
    public: Option<&'a PublicCopy>,
    source: &Source,
    quote: Option<&str>,
    locator: Option<&str>,
) -> InPublic<'a> {
    let (Some(archive), Some(quote)) = (&source.archive, quote) else { return InPublic::Nothing };
    let Some(public) = public.filter(|public| public.url == *archive.url) else { return InPublic::NotAsked };
    match (public.standing, &public.copy) {
        (Standing::Copy, Some(copy)) => match public.quotes.get(&QuoteKey::new(quote, locator)) {
            None => InPublic::NotAsked,
            Some(Words::Absent) => InPublic::Differs(copy),
            Some(_) => InPublic::Found(copy),
        },
        (standing, _) => InPublic::Without(standing),
    }
}

#[cfg(test)]
mod tests;
