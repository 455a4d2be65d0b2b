//! What waits for a second pair of eyes: records that were changed after a check, then those that nobody else has checked.

use serde_json::{Value, json};

use super::super::preview::Site;
use super::Desk;
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::address::Urls;
use sourcebook_core::evidence::checks::CheckState;
use sourcebook_core::model::Ref;
use sourcebook_core::words::sentence::titled;
use sourcebook_desk::reading::form::{Form, Shape};

/// Records that are named; how many there are besides is told.
const NAMED: usize = 100;

/// The records that wait, those first of which a check is stale.
pub(super) fn list(desk: &Desk, site: &Site) -> Value {
    let dossier = &site.prepared.dossier;
    let verified = &site.prepared.verified;
    let waits = |of: Ref| {
        let head = dossier.head(of)?;
        if verified.is_checked(head) {
            return None;
        }
        let is_stale = verified.checks(head).contains(&CheckState::Stale);
        Some((if is_stale { "stale" } else { "unchecked" }, of))
    };
    let mut all: Vec<_> = dossier.all().filter_map(waits).collect();
    // A claim is what a reader takes away: it comes before what it is about.
    all.sort_by_key(|(why, of)| (*why != "stale", !matches!(of, Ref::Claim(_)), *of));
    let urls = Urls { config: &site.prepared.parsed.config, dossier };
    let shown = |(why, of): &(&str, Ref)| {
        let page = format!("{}{}", desk.pages, urls.address(*of).trim_end_matches("index.html"));
        json!({ "id": &**dossier.id(*of), "label": label(site, *of), "why": why, "page": page })
    };
    json!({ "total": all.len(), "records": all.iter().take(NAMED).map(shown).collect::<Vec<_>>() })
}

/// Who says it, and what.
fn label(site: &Site, of: Ref) -> String {
    match of {
        Ref::Claim(ix) => titled(&site.prepared.dossier, ix, &site.prepared.theme.messages),
        other => site.prepared.dossier.label(other).to_string(),
    }
}

/// A check to be signed.
pub(super) fn form(desk: &Desk, site: &Site, of: Ref) -> Form {
    let today = desk.preview.snapshot().disk().today().to_string();
    Form::new("check")
        .with("record", Shape::Kept, &**site.prepared.dossier.id(of))
        .with("checked", Shape::Told, label(site, of))
        .with("checker", Shape::Line, "")
        .with("day", Shape::Line, today)
        .with("remark", Shape::Line, "")
}
