//! A dossier in which one of each thing stands that a reader must see, as every theme is tried with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use sourcebook_core::base::file::FileId;
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::dossier::{load, resolve};
use sourcebook_core::evidence::lock::{Lock, write};
use sourcebook_core::evidence::public::{self, Fetched};
use sourcebook_core::evidence::stamps;
use sourcebook_core::evidence::verify::verify;
use sourcebook_core::model::Dossier;
use sourcebook_core::model::language::Language;

use crate::pages::{self, Role, kind_of};
use crate::prepared::Prepared;
use crate::render::given::Given;
use crate::render::{Renderer, Warm};
use crate::theme::Theme;

const SITE: &str = include_str!("planted/site.toml");
const SHEET: &str = include_str!("planted/sheet.yaml");
const ARTICLE: &str = include_str!("planted/article.md");
const CAPTURE: &str = include_str!("planted/capture.txt");

/// What each template of the theme is given, page by page, in a language of the interface.
pub(super) fn given(theme: &Theme, language: Language) -> Vec<(String, Given)> {
    let world = MemoryWorld::new()
        .with("site.toml", format!("language = \"{}\"\n{SITE}", language.as_str()))
        .with("content/sheet.yaml", SHEET)
        .with("content/planted.md", ARTICLE)
        .with_capture("sound.txt", CAPTURE);
    let parsed = load::load(&world).value;
    let dossier = resolve::resolve(&parsed, resolve::Options::default()).value;
    let (tera, messages) = (theme.tera.clone(), theme.messages.clone());
    // Places in the house's files mean nothing among the files of this dossier.
    let theme = Arc::new(Theme {
        tera,
        messages,
        statics: Vec::new(),
        templates: BTreeMap::new(),
        own: theme.own.clone(),
        is_broken: false,
    });
    let routes = pages::plan(&dossier, &parsed, &theme).value;
    let lock = lock(&dossier);
    let verified = verify(&dossier, &parsed, &world, Some((FileId(0), &lock))).value;
    let diagnostics = Vec::new();
    let proven = stamps::prove(&parsed.beside.proof, &parsed.config.authorities).value;
    let prepared = Prepared { parsed, program: "", dossier, style: None, theme, routes, verified, proven, diagnostics };
    let warm = Warm::probing(&prepared);
    let renderer = Renderer::with(&prepared, &world, warm.clone());
    let mut bytes = Vec::new();
    for route in prepared.routes.all() {
        if !matches!(kind_of(route).role, Role::File) || route.path.starts_with("404") {
            bytes.clear();
            // A fault of a template is told where it lies: on the pages of the dossier itself.
            drop(renderer.render(route, &mut bytes));
        }
    }
    warm.kept()
}

/// What is kept of the public copy: it holds some of the quotes, and others otherwise.
fn lock(dossier: &Dossier) -> String {
    let mut lock = Lock::default();
    let bytes = CAPTURE.replace("two hundred", "three hundred").into_bytes();
    let read = "https://archive.example/sound";
    let fetched = Fetched { read, on: "2024-05-11", kind: Some("text/plain"), coding: None, bytes: &bytes };
    for source in dossier.sources.iter().filter(|source| source.archive.is_some()) {
        let looked = public::look(dossier, source, &fetched, "2024-05-12");
        lock.public.insert(source.head.id.value.to_string(), looked.public);
    }
    write(&lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_planted_dossier_is_sound() {
        let world = MemoryWorld::new()
            .with("site.toml", format!("language = \"en\"\n{SITE}"))
            .with("content/sheet.yaml", SHEET)
            .with("content/planted.md", ARTICLE)
            .with_capture("sound.txt", CAPTURE);
        let prepared = crate::prepare::prepare_pages(
            &world,
            crate::prepare::Options::default(),
            &mut sourcebook_core::base::timings::Timings::default(),
            None,
        );
        let faults = prepared.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message));
        let faults: Vec<_> = faults.filter(|fault| !fault.starts_with("quote-absent")).collect();
        assert_eq!(faults, [""; 0]);
    }
}
