//! Micro-benchmarks of the phases and of each kind of page: `cargo bench --bench micro`.

#![allow(
    dead_code,
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a tool, not the program"
)]

mod corpus;

use std::hint::black_box;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use divan::Bencher;
use divan::counter::ItemsCount;
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::base::timings::Timings;
use sourcebook_core::model::SourceIx;
use sourcebook_core::model::compare::contest::MAX_JUDGED;
use sourcebook_machine::output::Output;
use sourcebook_site::pages::kind_of;
use sourcebook_site::prepare::Options;
use sourcebook_site::prepared::Prepared;
use sourcebook_site::render::highlight;

const SIZE: usize = 200;

static WORLD: LazyLock<MemoryWorld> = LazyLock::new(|| {
    let mut world = MemoryWorld::new();
    corpus::dossier::write(SIZE, corpus::Shape::Popular, &mut |path, text| {
        world = std::mem::take(&mut world).with(path, text)
    });
    world
});

static SITE: LazyLock<Prepared> =
    LazyLock::new(|| sourcebook_site::prepare::prepare(&*WORLD, Options::default(), &mut Timings::default()));

/// As the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

#[divan::bench]
fn load(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(3 * SIZE)).bench(|| sourcebook_core::dossier::load::load(&*WORLD));
}

#[divan::bench]
fn resolve(bencher: Bencher<'_, '_>) {
    let options = sourcebook_core::dossier::resolve::Options::default();
    bencher
        .counter(ItemsCount::new(3 * SIZE))
        .bench(|| sourcebook_core::dossier::resolve::resolve(&SITE.parsed, options));
}

/// The answers of the question that has most, each against every other.
#[divan::bench]
fn comparison(bencher: Bencher<'_, '_>) {
    let question = SITE.dossier.questions.iter().max_by_key(|question| question.answers.len()).unwrap();
    let count = question.answers.len().min(MAX_JUDGED);
    let pairs = || question.comparison.pairs().map(|(_, _, verdict)| verdict.kind()).max();
    bencher.counter(ItemsCount::new(count * (count - 1) / 2)).bench(pairs);
}

#[divan::bench]
fn markdown(bencher: Bencher<'_, '_>) {
    let body = &SITE.dossier.articles.iter().max_by_key(|article| article.body.text.len()).unwrap().body.text;
    bencher.counter(divan::counter::BytesCount::of_str(body)).bench(|| sourcebook_core::model::markdown::outline(body));
}

/// The sentence of a claim's note.
#[divan::bench]
fn notes(bencher: Bencher<'_, '_>) {
    let claims = (0..SITE.dossier.claims.len()).map(sourcebook_core::model::ClaimIx::at);
    let note = |ix| sourcebook_core::words::sentence::note(&SITE.dossier, ix, None, &(), &SITE.theme.messages);
    let all = || claims.clone().for_each(|ix| drop(black_box(note(ix))));
    bencher.counter(ItemsCount::new(SITE.dossier.claims.len())).bench(all);
}

/// The reference to a source, as the notes and its page give it.
#[divan::bench]
fn reference(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        sourcebook_core::words::reference::source(&SITE.dossier, black_box(SourceIx::at(7)), &(), &SITE.theme.messages)
    });
}

#[divan::bench]
fn folded_yaml(bencher: Bencher<'_, '_>) {
    let entry = SITE.dossier.claims[7].head.entry;
    let text = sourcebook_site::render::yaml::public(&SITE.parsed.files, entry, &[]);
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench(|| highlight::block(&text, "yaml"));
}

/// All pages of a kind, once those values that pages share are there.
#[divan::bench(args = ["actors", "articles", "claims", "events", "indexes", "questions", "sources", "timelines"])]
fn pages(bencher: Bencher<'_, '_>, kind: &str) {
    let renderer = SITE.renderer(&*WORLD);
    let routes: Vec<_> = SITE.routes.all().iter().filter(|route| kind_of(route).name == kind).collect();
    let mut page = Vec::new();
    bencher.counter(ItemsCount::new(routes.len())).bench_local(|| {
        for route in &routes {
            page.clear();
            renderer.render(route, &mut page).unwrap();
        }
    });
}

/// A thousand pages of 20 KB into a new folder.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn writing(bencher: Bencher<'_, '_>) {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let folder = std::env::temp_dir().join(format!("sourcebook-micro-{}", std::process::id()));
    let page = vec![b'x'; 20_000];
    bencher.counter(ItemsCount::new(1000_usize)).bench(|| {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let output = Output::at(&folder.join(number.to_string())).unwrap();
        for i in 0..1000 {
            output.write(&format!("{i}/index.html"), &page).unwrap();
        }
        output.finish(None, None).unwrap();
    });
    std::fs::remove_dir_all(folder).unwrap();
}
