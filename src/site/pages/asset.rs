//! Files of `content/` that are neither articles nor sheets, copied as they are.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{PageKind, Role};
use crate::blocks;
use crate::links::{Destination, Links};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::dossier::load::CONTENT;
use sourcebook_core::dossier::load::article::RawArticle;
use sourcebook_core::model::Text;
use sourcebook_core::model::prose::Prose;

/// `/images/a.png`
pub(super) static KIND: PageKind = PageKind { name: "assets", role: Role::File, plan, render };

fn plan(planner: &mut Planner<'_>) {
    let left_out = of_drafts(planner);
    let assets: Vec<_> = planner.parsed.content.assets.iter().cloned().enumerate().collect();
    for (i, path) in assets.into_iter().filter(|(_, path)| !left_out.contains(path)) {
        planner.add(i, path, None);
    }
}

/// What only drafts show: the files that they link to, and those beside a draft that has a folder of its own (`index.md`),
/// unless what is published links to them too.
fn of_drafts(planner: &Planner<'_>) -> BTreeSet<Text> {
    let Planner { parsed, dossier, urls, .. } = planner;
    let links = Links { urls, parsed };
    let linked = |prose: &Prose| {
        let urls = prose.outline.urls.iter();
        let files = urls.filter_map(|url| match links.resolve(&url.url, prose) {
            Some(Destination::File { path, .. }) => Some(Text::from(path)),
            _ => None,
        });
        let of_blocks = prose.outline.blocks.iter().flat_map(|block| blocks::files(block, prose, &links));
        files.chain(of_blocks).collect::<Vec<_>>()
    };
    let is_draft = |article: &&Arc<RawArticle>| !dossier.article_files.contains_key(&article.path);
    let mut found = BTreeSet::new();
    for draft in parsed.content.articles.iter().filter(is_draft) {
        found.extend(linked(&draft.prose(&parsed.files)));
        let folder_of = |path: &Text| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
        let image = draft.front.image.as_ref().map(|image| &image.value.file.value);
        found.extend(image.and_then(|image| picture(&links, &folder_of(&draft.path), image)));
        let folder = draft.path.rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
        let alone = |folder: &String| {
            let mut others = parsed.content.articles.iter().filter(|other| other.path.starts_with(&**folder));
            others.all(|other| is_draft(&other))
        };
        let own = folder.filter(|_| draft.path.rsplit('/').next().is_some_and(|name| name.starts_with("index.")));
        if let Some(folder) = own.filter(alone) {
            found.extend(parsed.content.assets.iter().filter(|asset| asset.starts_with(&folder)).cloned());
        }
    }
    if found.is_empty() {
        return found;
    }
    for page in dossier.all() {
        for text in dossier.prose_of(page) {
            for path in linked(text) {
                found.remove(&path);
            }
        }
    }
    for article in &dossier.articles {
        let lead = article.lead.as_ref().and_then(|lead| picture(&links, article.folder(), &lead.file.value));
        lead.map(|path| found.remove(&path));
    }
    if let Some(image) = &parsed.config.publish.image {
        found.remove(&image.value);
    }
    found
}

/// The file of the picture above an article.
fn picture(links: &Links<'_>, folder: &str, address: &str) -> Option<Text> {
    match links.resolve_from(folder, address)? {
        Destination::File { path, .. } => Some(path.into()),
        _ => None,
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let path = format!("{CONTENT}/{}", renderer.parsed.content.assets[route.subject as usize]);
    match renderer.world().read(&path) {
        Ok(bytes) => {
            out.extend_from_slice(&bytes);
            Ok(())
        }
        Err(error) => Err(Diagnostic::placeless("unreadable-file", format!("`{path}`: {error}"))),
    }
}
