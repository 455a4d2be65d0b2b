//! What a site is made from, in one hash: two builds with the same hash write the same bytes.
//!
//! The program; every text that was read; assets and the theme's other files; captures, where they are at hand (no word of
//! theirs reaches a page, but whether a quote was found does, and what they hold is looked for in every page).

use blake3::{Hash, Hasher};

use sourcebook_core::base::world::World;
use sourcebook_core::dossier::load::CONTENT;
use sourcebook_site::prepared::Prepared;

/// The hash of all inputs of a dossier; `None` where one of them cannot be read.
pub fn hash(prepared: &Prepared, world: &dyn World) -> Option<Hash> {
    let Prepared { parsed, dossier, .. } = prepared;
    let mut all = Hasher::new();
    part(&mut all, prepared.program.as_bytes());
    for (_, file) in parsed.files.iter() {
        part(&mut all, file.path.as_bytes());
        part(&mut all, file.text.as_bytes());
    }
    // Which articles are drafts depends on how the program was called.
    for article in &dossier.articles {
        part(&mut all, article.slug.as_bytes());
    }
    for asset in &parsed.content.assets {
        part(&mut all, asset.as_bytes());
        part(&mut all, &world.read(&format!("{CONTENT}/{asset}")).ok()?);
    }
    for file in &parsed.beside.proof {
        part(&mut all, file.path.as_bytes());
        part(&mut all, &file.bytes);
    }
    // What git knows of the records, beside what stands in the files.
    for (id, events) in &parsed.beside.history.events {
        part(&mut all, id.as_bytes());
        for event in events {
            part(&mut all, event.commit.as_bytes());
        }
    }
    for id in &parsed.beside.history.uncommitted {
        part(&mut all, id.as_bytes());
    }
    for file in parsed.theme.iter().filter(|file| file.file.is_none()) {
        part(&mut all, file.whole_path().as_bytes());
        part(&mut all, &world.read(&file.whole_path()).ok()?);
    }
    if world.capture("").is_some() {
        for capture in dossier.sources.iter().filter_map(|source| source.capture.as_ref()) {
            let bytes = world.capture(&capture.file.value).and_then(Result::ok);
            part(&mut all, capture.file.value.as_bytes());
            part(&mut all, bytes.as_deref().unwrap_or_default());
        }
    }
    Some(all.finalize())
}

/// A part with its length, so that no two sequences of parts read the same.
fn part(all: &mut Hasher, bytes: &[u8]) {
    all.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
}
