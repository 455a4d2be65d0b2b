//! A page that stands since the last build has the bytes that it would be made with: edit after edit, the pages that stand are
//! held against all pages made anew.
//!
//! `EDITS=500 cargo test --release --test suite fresh` tries so many edits of each dossier (and more fields are touched); by
//! itself a few.

use std::collections::BTreeMap;

use sourcebook_core::base::diagnostic::has_errors;
use sourcebook_core::base::timings::Timings;
use sourcebook_site::fresh::{Known, Now, Reader};
use sourcebook_site::pages::turn;
use sourcebook_site::prepare::{Options, prepare_pages};
use sourcebook_site::prepared::Prepared;

use crate::corpus::{Shape, made};
use crate::driver::Memory;

type Pages = BTreeMap<String, Vec<u8>>;

/// Numbers that look like chance and are always the same (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// How a line of a sheet or an article may be written otherwise: a word more in its text, another digit, or without the line.
fn changed(line: &str, chance: &mut Chance) -> Option<String> {
    let digits: Vec<usize> = line.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let letters: Vec<usize> = line.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).collect();
    match chance.below(5) {
        // A line that is gone takes with it what it said.
        0 => Some(String::new()),
        1 | 2 if !digits.is_empty() => {
            let at = digits[chance.below(digits.len())];
            Some(format!("{}{}{}\n", &line[..at], chance.below(10), &line[at + 1..]))
        }
        _ => {
            let at = *letters.get(chance.below(letters.len().max(1)))?;
            let word = ["soldiers", "twelve", "Berik", "nobody"][chance.below(4)];
            (at > line.len() - line.trim_start().len()).then(|| format!("{} {word}{}\n", &line[..at], &line[at..]))
        }
    }
}

/// The same dossier after one edit, in a file below `content/` or, seldom, elsewhere.
fn edited(world: &Memory, chance: &mut Chance) -> Option<(Memory, String)> {
    let is_text = |path: &&String| path.ends_with(".yaml") || path.ends_with(".md");
    let files: Vec<&String> = world.0.keys().filter(|path| path.starts_with("content/")).filter(is_text).collect();
    let path = files[chance.below(files.len())];
    let text = String::from_utf8(world.0[path].clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let at = chance.below(lines.len());
    let line = changed(lines[at], chance)?;
    let before: String = lines[..at].iter().map(|line| format!("{line}\n")).collect();
    let after: String = lines[at + 1..].iter().map(|line| format!("{line}\n")).collect();
    let what = format!("{path}:{}: {} -> {line}", at + 1, lines[at]);
    Some((world.clone().with(path, format!("{before}{line}{after}")), what))
}

fn prepared(world: &Memory) -> Option<Prepared> {
    let options = Options { drafts: false, program: "a test" };
    let prepared = prepare_pages(world, options, &mut Timings::default(), None);
    (!has_errors(&prepared.diagnostics)).then_some(prepared)
}

/// Every page, made anew; one that cannot be made is a fault, with which there is no build.
fn all(world: &Memory, prepared: &Prepared) -> Option<Pages> {
    let renderer = prepared.renderer(world);
    let page = |route: &sourcebook_site::plan::Route| {
        let mut page = Vec::new();
        renderer.render(route, &mut page).ok()?;
        Some((route.path.to_string(), page))
    };
    prepared.routes.all().iter().map(page).collect()
}

/// A build as it follows upon another: the pages, what is left to be known, and how many pages stood.
fn build(world: &Memory, prepared: &Prepared, before: Option<(&Pages, &[u8])>) -> (Pages, Vec<u8>, usize) {
    let renderer = prepared.renderer(world);
    let now = Now::of(prepared, world).unwrap();
    let known = before.and_then(|(_, known)| {
        let known = Known::read(known).expect("what was written can be read");
        let standing = known.standing(&now, &renderer)?;
        Some((known, standing))
    });
    let (reader, mut pages, mut stood) = (Reader::default(), Pages::new(), 0);
    let mut routes: Vec<_> = prepared.routes.all().iter().collect();
    routes.sort_by_key(|route| turn(route));
    for route in routes {
        let stands = known.as_ref().is_some_and(|(_, standing)| standing.holds(&route.path));
        let old = before.and_then(|(pages, _)| pages.get(&*route.path)).filter(|_| stands);
        stood += usize::from(old.is_some());
        let page = old.cloned().unwrap_or_else(|| {
            let mut page = Vec::new();
            reader.page(route, || renderer.render(route, &mut page)).unwrap();
            page
        });
        pages.insert(route.path.to_string(), page);
    }
    reader.shared(renderer.warm());
    (pages, reader.known(now, known, &renderer).write(), stood)
}

/// Edits a dossier so many times, and holds what follows upon each against what is made anew; the share of pages that stood.
fn check(name: &str, mut world: Memory, edits: usize) -> f64 {
    let mut chance = Chance(name.len() as u64);
    let first = prepared(&world).unwrap();
    let (mut pages, mut known, _) = build(&world, &first, None);
    assert_eq!(Some(&pages), all(&world, &first).as_ref());
    let (mut done, mut stood, mut made) = (0, 0, 0);
    while done < edits {
        let Some((next, what)) = edited(&world, &mut chance) else { continue };
        let Some(prepared) = prepared(&next) else { continue };
        let Some(anew) = all(&next, &prepared) else { continue };
        let (now, left, standing) = build(&next, &prepared, Some((&pages, &known)));
        let other: Vec<_> = anew.iter().filter(|(path, page)| now.get(*path) != Some(page)).map(|(p, _)| p).collect();
        if let Some(path) = other.first() {
            let (is, be) = (String::from_utf8_lossy(&now[*path]), String::from_utf8_lossy(&anew[*path]));
            let lines = is.lines().zip(be.lines()).filter(|(is, be)| is != be);
            lines.take(3).for_each(|(is, be)| eprintln!("is {is}\nnot {be}"));
        }
        assert!(other.is_empty() && now.len() == anew.len(), "{name}: {what}: {other:?} are not as they would be");
        (world, pages, known) = (next, now, left);
        (done, stood, made) = (done + 1, stood + standing, made + pages.len());
    }
    stood as f64 / made as f64
}

fn edits() -> usize {
    std::env::var("EDITS").ok().and_then(|number| number.parse().ok()).unwrap_or(3)
}

#[test]
fn pages_that_stand_are_as_they_would_be() {
    for shape in Shape::ALL {
        let share = check(shape.name(), made(24, shape), edits());
        eprintln!("{}: {share:.2} of the pages stood", shape.name());
        assert!(share > 0.1, "{}: hardly a page stands: {share}", shape.name());
    }
}

#[test]
fn pages_of_this_dossier_that_stand_are_as_they_would_be() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["content", "themes", "site.toml", "captures.lock"].map(|part| walkdir::WalkDir::new(root.join(part)));
    let files = files.into_iter().flatten().flatten().filter(|entry| entry.file_type().is_file());
    let world = files.fold(Memory::default(), |world, entry| {
        let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        world.with(&path, std::fs::read(entry.path()).unwrap())
    });
    let share = check("dossier", world, edits().div_ceil(3));
    eprintln!("dossier: {share:.2} of the pages stood");
}

#[test]
fn nothing_stands_where_nothing_changed_but_the_ground() {
    let world = made(24, Shape::Popular);
    let (pages, known, _) = build(&world, &prepared(&world).unwrap(), None);
    let standing = |world: &Memory| build(world, &prepared(world).unwrap(), Some((&pages, &known))).2;
    // What was known is read again, and all of it stands but what lies outside.
    assert_eq!(standing(&world), pages.len());
    let title = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("A corpus", "Another");
    assert_eq!(standing(&world.clone().with("site.toml", title(&world.0["site.toml"]))), 0);
    assert_eq!(
        standing(
            &world.clone().with("content/sheets/more.yaml", "actors:\n  another:\n    name: A\n    type: person\n")
        ),
        0
    );
}
