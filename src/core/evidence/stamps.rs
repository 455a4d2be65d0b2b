//! Timestamps: that what `captures.lock` says was known by a day, by somebody else's word (RFC 3161).
//!
//! A stamp is a folder of `proof/`, named by the hash of the lock that was stamped:
//!
//! ```text
//! proof/AUTHORITY.pem                      the certificates that an authority's tokens must lead to
//! proof/0123456789abcdef/captures.lock     what was stamped, byte for byte
//! proof/0123456789abcdef/AUTHORITY.tsr     the authority's answer, with its token
//! proof/0123456789abcdef/captures.lock.ots an OpenTimestamps proof, if somebody put one there
//! ```
//!
//! 1. [`read`]: the folder, as it is.
//! 2. [`prove`]: each token checked, at the token's own time; what does not hold is a fault.
//! 3. [`Proven::of`]: the earliest stamp of a lock that says of a capture and a quote what is known of them today.
//!
//! A timestamp says that these bytes existed. The lock holds the hash of the capture and of the quote: who made it had
//! them. It does not say that an address served them: that is what a public copy is for ([`super::public`]).

pub mod ots;

use super::lock::{Lock, State};
use super::lock_read;
use super::quote_key::QuoteKey;
use super::sha256::Sha256;
#[cfg(feature = "stamp")]
pub use super::signing::token;
use crate::base::diagnostic::{Diagnostic, Diagnostics, Report, Severity};
use crate::dossier::config::Authority;
pub use crate::dossier::proof::{FOLDER, File, read};
use crate::model::Text;

/// A lock that was stamped, and by whom.
#[derive(Debug)]
pub struct Stamp {
    /// The folder's name: the first sixteen digits of the lock's hash.
    pub folder: Text,
    /// Of the lock's bytes.
    pub sha256: Sha256,
    /// What it says.
    pub lock: Lock,
    /// Tokens that hold, the earliest first.
    pub tokens: Vec<Token>,
    /// What an OpenTimestamps file beside it says, if there is one of this lock.
    pub ots: Option<ots::Proof>,
}

/// A token that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The authority, as `site.toml` names it.
    pub authority: Text,
    /// The stem of its files: `AUTHORITY.tsr`, `AUTHORITY.pem`.
    pub stem: Text,
    /// When the authority saw the lock (ISO, in universal time): `2026-11-27T16:00:01Z`.
    pub at: Text,
    /// The last day of the certificate with which it signed (ISO date). What it signed before holds after that day.
    pub until: Text,
}

impl Token {
    /// The day of it.
    pub fn day(&self) -> &str {
        self.at.get(..10).unwrap_or_default()
    }

    /// The seconds since 1970 of it, as `openssl ts -verify -attime` takes them.
    pub fn seconds(&self) -> i64 {
        self.at.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second).unwrap_or_default()
    }

    /// Whether the certificate has run out by a day (ISO date).
    pub fn has_run_out(&self, today: &str) -> bool {
        *self.until < *today
    }
}

/// Every stamp that holds.
#[derive(Debug, Default)]
pub struct Proven {
    /// In the order of their earliest tokens.
    pub stamps: Vec<Stamp>,
}

impl Proven {
    /// The earliest token over a lock that holds this capture of a source, and this quote as found in it.
    pub fn of(&self, source: &str, capture: Sha256, quote: &QuoteKey) -> Option<(&Stamp, &Token)> {
        let says = |stamp: &&Stamp| {
            let of = stamp.lock.sources.get(source).filter(|of| of.capture.sha256 == capture);
            of.and_then(|of| of.quotes.get(quote)).is_some_and(|found| matches!(found.state, State::Verbatim { .. }))
        };
        let stamp = self.stamps.iter().filter(|stamp| !stamp.tokens.is_empty()).find(says)?;
        stamp.tokens.first().map(|token| (stamp, token))
    }
}

/// The name of the folder of a lock.
pub fn folder_of(lock: &[u8]) -> String {
    let hash = Sha256::of(lock).to_string();
    hash.get(..16).unwrap_or_default().to_owned()
}

/// Checks every token of the folder. What does not hold is `stamp-invalid`, and proves nothing.
pub fn prove(files: &[File], authorities: &[Authority]) -> Report<Proven> {
    let mut diagnostics = Diagnostics::new();
    let mut stamps = Vec::new();
    for file in files {
        let Some((folder, "captures.lock")) = file.path.split_once('/') else { continue };
        if folder != folder_of(&file.bytes) {
            let why = format!("it is not the lock that was stamped: its folder would be `{}`", folder_of(&file.bytes));
            diagnostics.push(invalid(&file.path, &why));
            continue;
        }
        let text = String::from_utf8_lossy(&file.bytes);
        let lock = lock_read::parse(&text).unwrap_or_default();
        let mut tokens = Vec::new();
        for answer in files.iter().filter(|other| is_answer(&other.path, folder)) {
            match token_of(answer, &file.bytes, files, authorities) {
                Ok(token) => tokens.push(token),
                Err(found) => diagnostics.push(found),
            }
        }
        tokens.sort_by(|a: &Token, b: &Token| (&a.at, &a.stem).cmp(&(&b.at, &b.stem)));
        let ots = files.iter().find(|other| *other.path == *format!("{folder}/captures.lock.ots"));
        let ots = ots.and_then(|proof| match ots::read(&proof.bytes, Sha256::of(&file.bytes)) {
            Ok(read) => Some(read),
            Err(why) => {
                diagnostics.push(invalid(&proof.path, why));
                None
            }
        });
        stamps.push(Stamp { folder: folder.into(), sha256: Sha256::of(&file.bytes), lock, tokens, ots });
    }
    let first = |stamp: &Stamp| stamp.tokens.first().map(|token| token.at.clone());
    stamps.sort_by(|a, b| (first(a).is_none(), first(a), &a.folder).cmp(&(first(b).is_none(), first(b), &b.folder)));
    Report::new(Proven { stamps }, diagnostics)
}

fn is_answer(path: &str, folder: &str) -> bool {
    path.split_once('/').is_some_and(|(of, name)| of == folder && name.ends_with(".tsr"))
}

#[cfg(feature = "stamp")]
fn token_of(answer: &File, lock: &[u8], files: &[File], authorities: &[Authority]) -> Result<Token, Diagnostic> {
    let name = answer.path.rsplit('/').next().unwrap_or_default();
    let stem = name.strip_suffix(".tsr").unwrap_or(name);
    let pem = format!("{stem}.pem");
    let Some(certificates) = files.iter().find(|file| *file.path == *pem) else {
        let help = format!("put the authority's certificate, from its own site, at `{FOLDER}/{pem}`");
        return Err(invalid(&answer.path, "there is no certificate that its signature could lead to").help(help));
    };
    let checked = token::check(&answer.bytes, lock, &certificates.bytes)
        .map_err(|why| invalid(&answer.path, &why.to_string()))?;
    let authority = authorities.iter().find(|authority| authority.stem() == stem);
    let authority = authority.map_or_else(|| stem.into(), |authority| authority.name.clone());
    Ok(Token { authority, stem: stem.into(), at: checked.at.into(), until: checked.until.into() })
}

/// A program that cannot check a token says nothing of it.
#[cfg(not(feature = "stamp"))]
fn token_of(answer: &File, _: &[u8], _: &[File], _: &[Authority]) -> Result<Token, Diagnostic> {
    let message =
        format!("`{FOLDER}/{}`: this program was built without the feature `stamp`: no page tells of it", answer.path);
    Err(Diagnostic { severity: Severity::Hint, ..Diagnostic::placeless("stamp-unchecked", message) })
}

fn invalid(path: &str, why: &str) -> Diagnostic {
    let message = format!("`{FOLDER}/{path}` proves nothing: {why}");
    let diagnostic = Diagnostic { severity: Severity::Error, ..Diagnostic::placeless("stamp-invalid", message) };
    diagnostic.help("`sourcebook stamp` asks for a new one; remove what does not hold")
}

#[cfg(test)]
mod tests;
