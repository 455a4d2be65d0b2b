//! A quote as `captures.lock` knows it: by the hash of its words, never by its words.

use super::parts::parts;
use super::sha256::Sha256;

/// A quote as far as what is found depends on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuoteKey {
    /// See [`quote_hash`].
    pub quote: Sha256,
    /// The evidence's locator, as written.
    pub locator: Option<String>,
}

impl QuoteKey {
    /// The key of a quote with its locator.
    pub fn new(quote: &str, locator: Option<&str>) -> Self {
        Self { quote: quote_hash(quote), locator: locator.map(str::to_owned) }
    }
}

/// The hash of a quote's levelled parts, joined by `[…]`: what looks the same to [`super::find`] is the same.
pub fn quote_hash(quote: &str) -> Sha256 {
    let parts: Vec<_> = parts(quote).iter().map(|p| p.level.text().to_owned()).collect();
    Sha256::of(parts.join("[…]").as_bytes())
}
