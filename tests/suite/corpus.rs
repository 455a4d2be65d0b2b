//! The bytes of a whole site, as one hash: no change made for speed may change them.
//!
//! The corpus of the benchmarks at a small size, with the default theme. A change of the theme, the words or the pages
//! changes the hash, and `UPDATE=1` writes it anew; a change that is only to be faster must not need that.

use sourcebook_site::prepare::Options;
use sourcebook_site::render::Renderer;

use crate::driver::{Memory, golden, run, suite};

#[allow(dead_code, missing_docs, reason = "the benchmarks use more of it")]
#[path = "../../benches/corpus/mod.rs"]
#[allow(clippy::module_inception, reason = "the generator of benches, by its own name")]
mod corpus;

pub(crate) use corpus::Shape;

/// The corpus of a size and shape.
pub(crate) fn made(n: usize, shape: Shape) -> Memory {
    let mut memory = Memory::default();
    corpus::dossier::write(n, shape, &mut |path, text| memory = std::mem::take(&mut memory).with(path, text));
    memory
}

#[test]
fn the_corpus_is_free_of_faults_and_its_site_stays_as_it_is() {
    let world = made(60, Shape::Popular);
    let (prepared, diagnostics) = run(&world, Options::default());
    let errors: Vec<_> =
        diagnostics.iter().filter(|d| d.severity == sourcebook_core::base::diagnostic::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let found = hash(&prepared.renderer(&world), prepared.routes.all());
    golden(&suite().join("corpus.txt"), &found).unwrap();
}

/// A line for each kind of page, so that a change shows where it lies.
fn hash(renderer: &Renderer<'_>, routes: &[sourcebook_site::plan::Route]) -> String {
    let mut lines = String::new();
    for (number, kind) in sourcebook_site::pages::ALL.iter().enumerate() {
        let mut hasher = blake3::Hasher::new();
        let mut count = 0;
        for route in routes.iter().filter(|route| route.kind == number) {
            let mut page = Vec::new();
            renderer.render(route, &mut page).unwrap();
            hasher.update(route.path.as_bytes()).update(&page);
            count += 1;
        }
        let hash = &hasher.finalize().to_hex()[..16];
        lines.push_str(&format!("{hash} {count} {}\n", kind.name));
    }
    lines
}
