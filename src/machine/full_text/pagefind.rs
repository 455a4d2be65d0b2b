//! Pagefind, as a library: pages in, files out, all in memory.

use std::collections::BTreeMap;

use blake3::Hash;
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;

use sourcebook_site::pages::full_text::{APPARATUS, document, kind};
use sourcebook_site::render::Renderer;

/// The files of the index over these pages, by their paths within it, in order.
///
/// # Errors
/// What Pagefind says, or the system, where it gives no thread.
pub(super) fn files(renderer: &Renderer<'_>, pages: &BTreeMap<&str, Hash>) -> Result<Vec<(String, Vec<u8>)>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).build();
    runtime.map_err(|error| error.to_string())?.block_on(index(renderer, pages)).map_err(|error| format!("{error:#}"))
}

/// One language for all: a reader of the French interface is to find an English article too.
async fn index(
    renderer: &Renderer<'_>,
    pages: &BTreeMap<&str, Hash>,
) -> Result<Vec<(String, Vec<u8>)>, Box<dyn std::error::Error + Send + Sync>> {
    let options = PagefindServiceConfig::builder()
        .force_language(renderer.config().language.as_str().to_owned())
        .exclude_selectors(APPARATUS.iter().map(ToString::to_string).collect())
        .keep_index_url(true)
        .build();
    let mut index = PagefindIndex::new(Some(options))?;
    let mut page = Vec::new();
    for path in pages.keys() {
        let Some(route) = renderer.routes.find(path) else { continue };
        page.clear();
        renderer.render(route, &mut page).map_err(|fault| fault.message)?;
        let text = kind(renderer.dossier, route).and_then(|kind| document(renderer, kind, &page));
        index.add_html_file(None, Some((*path).to_owned()), text.unwrap_or_default()).await?;
    }
    let files = index.get_files().await?;
    let named = files.into_iter().map(|file| (file.filename.to_string_lossy().replace('\\', "/"), file.contents));
    let mut wanted: Vec<_> = named.filter(|(name, _)| is_wanted(name)).collect();
    wanted.sort_unstable();
    Ok(wanted)
}

/// Not Pagefind's own panels, nor the stemmer of no language: ours asks the search itself.
fn is_wanted(name: &str) -> bool {
    match name {
        "pagefind-entry.json" | "pagefind-worker.js" => true,
        "wasm.unknown.pagefind" => false,
        _ => !name.starts_with("pagefind-"),
    }
}
