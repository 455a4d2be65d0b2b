//! From an id to where it is defined and used, and to another id in all these places.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use sourcebook_core::base::id::is_id;
use sourcebook_core::model::{Dossier, Ref};

use super::dossier::Known;
use super::walk::{FileKind, Occurrence, front, occurrences, spots};

/// A file by its path from the root, and bytes of it.
pub type Stretch = (Arc<str>, Range<usize>);

/// The id that stands at a byte.
pub fn id_at(known: &Known, path: &str, text: &str, at: usize) -> Option<Occurrence> {
    let kind_of = |id: &str| known.prepared.dossier.get(id).map(Ref::kind);
    let found = occurrences(FileKind::of(path), text, &kind_of);
    found.into_iter().find(|o| o.range.start <= at && at <= o.range.end)
}

/// Where a record or an article is defined.
pub fn definition(known: &Known, id: &str) -> Option<Stretch> {
    let dossier = &known.prepared.dossier;
    let span = dossier.span(dossier.get(id)?);
    Some((known.prepared.parsed.files.get(span.file).path.clone(), span.range()))
}

/// Every place at which an id stands, in the order of files and bytes.
pub fn references(known: &Known, id: &str, with_definition: bool) -> Vec<Stretch> {
    let kind_of = |id: &str| known.prepared.dossier.get(id).map(Ref::kind);
    let files: Vec<_> = known.prepared.parsed.files.iter().map(|(_, file)| file).collect();
    let each = files.par_iter().filter(|file| file.text.contains(id)).flat_map_iter(|file| {
        let found = occurrences(FileKind::of(&file.path), &file.text, &kind_of).into_iter();
        let wanted = found.filter(|o| o.id == id && (with_definition || !o.defines));
        wanted.map(|o| (file.path.clone(), o.range)).collect::<Vec<_>>()
    });
    let mut found: Vec<Stretch> = each.collect();
    found.sort_by(|a, b| (&a.0, a.1.start).cmp(&(&b.0, b.1.start)));
    found.dedup();
    found
}

/// Changes of files: what comes in place of which bytes.
pub type Edits = BTreeMap<Arc<str>, Vec<(Range<usize>, String)>>;

/// Another id in every place. An article keeps the address that it had, under `aliases`.
///
/// # Errors
/// The new id cannot be one, or is taken: a sentence for the writer.
pub fn rename(known: &Known, id: &str, new: &str) -> Result<Edits, String> {
    let dossier = &known.prepared.dossier;
    if !is_id(new) {
        return Err(format!(
            "`{new}` cannot be an id: lower-case letters without accents and digits, joined by single hyphens"
        ));
    }
    if id != new && dossier.get(new).is_some() {
        return Err(format!("the id `{new}` is taken"));
    }
    let of = dossier.get(id).ok_or_else(|| format!("nothing in the dossier has the id `{id}`"))?;
    let mut edits = Edits::new();
    for (path, range) in references(known, id, true) {
        edits.entry(path).or_default().push((range, new.to_owned()));
    }
    if let Ref::Article(ix) = of {
        article(known, dossier, ix, new, &mut edits);
    }
    for changes in edits.values_mut() {
        changes.sort_by_key(|(range, _)| (range.start, range.end));
    }
    Ok(edits)
}

/// An article's id is its slug: written, or else made of the file's name. Its old address goes among its aliases.
fn article(known: &Known, dossier: &Dossier, ix: sourcebook_core::model::ArticleIx, new: &str, edits: &mut Edits) {
    let file = known.prepared.parsed.files.get(dossier[ix].title_span.file);
    let Some(front) = front(&file.text) else { return };
    let spots = spots(FileKind::Article, &file.text);
    let value = |key: &'static str| spots.iter().filter(move |spot| !spot.is_key && spot.path == [key]);
    let changes = edits.entry(file.path.clone()).or_default();
    let mut added = String::new();
    match value("slug").next() {
        Some(slug) => changes.push((slug.range.clone(), new.to_owned())),
        None => added += &format!("slug: {new}\n"),
    }
    let old = format!("/{}/", dossier[ix].url);
    let is_known = value("aliases").any(|alias| alias.text == old);
    match value("aliases").next_back() {
        _ if is_known || dossier[ix].url.is_empty() => {}
        None => added += &format!("aliases: [{old}]\n"),
        Some(last) => {
            let line = file.text[..last.whole.start].rfind('\n').map_or(0, |n| n + 1);
            let before = &file.text[line..last.whole.start];
            // In a list of lines the next one is a line like it; else it follows within the brackets.
            let more = match before.trim_start().starts_with("- ") {
                true => format!("\n{before}{old}"),
                false => format!(", {old}"),
            };
            changes.push((last.whole.end..last.whole.end, more));
        }
    }
    if !added.is_empty() {
        changes.push((front.end..front.end, added));
    }
}
