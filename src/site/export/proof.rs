//! What proves a quote without us, for programs: the public copy, and the authority's word on when ours was there.

use super::Input;
use sourcebook_core::base::json::Json;
use sourcebook_core::evidence::public::{InPublic, Memento};
use sourcebook_core::evidence::quote_key::{QuoteKey, quote_hash};
use sourcebook_core::evidence::stamps::{Stamp, Token};
use sourcebook_core::evidence::verify::QuoteState;
use sourcebook_core::model::ClaimIx;

impl<'a> Input<'a> {
    /// The earliest token over a lock that says of this quote what is known today. Where exports are not published, neither
    /// are tokens, and nothing is said that nobody could check.
    pub fn stamped(&self, ix: ClaimIx, n: usize) -> Option<(&'a Stamp, &'a Token)> {
        let evidence = self.dossier[ix].evidence.get(n).filter(|_| self.config.publish.data)?;
        let (quote, locator) = (evidence.quote.as_ref()?, evidence.locator.as_ref().map(|locator| &*locator.value));
        let capture = self.verified.capture(evidence.source)?;
        if self.verified.state(ix, n) != QuoteState::Verbatim {
            return None;
        }
        let source = &self.dossier[evidence.source].head.id.value;
        self.proven.of(source, capture.sha256, &QuoteKey::new(&quote.value, locator))
    }

    /// The public copy in which a quote stands, too.
    pub fn also_in(&self, ix: ClaimIx, n: usize) -> Option<&'a Memento> {
        match self.verified.in_public(self.dossier, ix, n) {
            InPublic::Found(copy) => Some(copy),
            _ => None,
        }
    }
}

/// Of an evidence: `quote_sha256`, as `captures.lock` has it; `public`; `existed_by`.
pub(super) fn members(o: &mut Json<'_>, input: &Input<'_>, ix: ClaimIx, n: usize) {
    let quote = input.dossier[ix].evidence[n].quote.as_ref();
    o.maybe("quote_sha256", quote.map(|quote| quote_hash(&quote.value).to_string()));
    let (state, copy) = match input.verified.in_public(input.dossier, ix, n) {
        InPublic::Nothing => (None, None),
        InPublic::NotAsked => (Some("not-asked"), None),
        InPublic::Found(copy) => (Some("found"), Some(copy)),
        InPublic::Differs(copy) => (Some("differs"), Some(copy)),
        InPublic::Without(standing) => (Some(standing.as_str()), None),
    };
    if let Some(state) = state {
        o.table("public", |o| {
            o.text("state", state);
            if let Some(copy) = copy {
                o.text("archivedAt", &copy.read).text("on", &copy.on).text("sha256", &copy.sha256.to_string());
            }
        });
    }
    if let Some((stamp, token)) = input.stamped(ix, n) {
        o.table("existed_by", |o| {
            o.text("at", &token.at).text("authority", &token.authority);
            o.text("token", &format!("proof/{}/{}.tsr", stamp.folder, token.stem));
        });
    }
}
