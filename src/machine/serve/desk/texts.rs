//! The texts of sources, read once for as long as their files stay as they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use sourcebook_core::base::world::World;
use sourcebook_core::evidence::find::Prepared;
use sourcebook_core::evidence::verify;
use sourcebook_core::model::{Source, SourceIx};

use super::super::preview::Site;
use super::super::snapshot::Snapshot;
use crate::disk::Stamp;

/// Texts by the ids of their sources.
#[derive(Default)]
pub(super) struct Texts(BTreeMap<String, Kept>);

struct Kept {
    stamp: Stamp,
    /// What the sheet says of the file: which page of it, where the story begins.
    said: String,
    text: Result<Arc<Prepared>, String>,
}

/// Why a source has no text to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoText {
    /// It has neither a capture nor a published text.
    None,
    /// Its capture is not at hand.
    Missing,
    /// No reader can read it: why.
    Unread(String),
}

impl Texts {
    /// The text of a source: its capture's, else the one that it publishes.
    pub(super) fn get(&mut self, site: &Site, snapshot: &Snapshot, ix: SourceIx) -> Result<Arc<Prepared>, NoText> {
        let source = &site.prepared.dossier[ix];
        let published = || site.prepared.verified.text(ix).map(|text| Arc::new(Prepared::new(text.clone())));
        let Some(capture) = &source.capture else { return published().ok_or(NoText::None) };
        let Ok(stamp) = snapshot.disk().capture_stamp(&capture.file.value) else {
            return published().ok_or(NoText::Missing);
        };
        let said = format!("{capture:?}{:?}", source.url);
        let id = &*source.head.id.value;
        let known = self.0.get(id).filter(|known| known.stamp == stamp && known.said == said && !stamp.is_fresh());
        if let Some(known) = known {
            return known.text.clone().map_err(NoText::Unread);
        }
        let text = read(source, snapshot).ok_or(NoText::Missing)?;
        self.0.insert(id.to_owned(), Kept { stamp, said, text: text.clone() });
        text.map_err(NoText::Unread)
    }
}

fn read(source: &Source, snapshot: &Snapshot) -> Option<Result<Arc<Prepared>, String>> {
    let bytes = snapshot.capture(&source.capture.as_ref()?.file.value)?.ok()?;
    let text = verify::read(source, &bytes)?;
    Some(text.map(|text| Arc::new(Prepared::new(text))).map_err(|why| why.to_string()))
}
