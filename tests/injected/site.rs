//! The dossier in memory, and what a run says of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sourcebook_core::base::diagnostic::Severity;
use sourcebook_core::base::file::{FileId, Located, Span};
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::base::world::World;
use sourcebook_core::check;
use sourcebook_core::dossier::{load, resolve};
use sourcebook_core::evidence::{locator::Locator, locator::Named, lock, verify};
use sourcebook_core::model::{Dossier, Ref};
use sourcebook_machine::disk::Disk;

/// The dossier, and what planting faults needs to know of it.
pub(crate) struct Site {
    pub files: BTreeMap<String, String>,
    pub dossier: Dossier,
    pub parsed: load::Parsed,
    pub ids: BTreeSet<String>,
    with_captures: MemoryWorld,
    with_lock: MemoryWorld,
    lock: String,
}

/// An error, as the test compares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub code: &'static str,
    pub file: String,
    pub line: usize,
}

impl Site {
    pub(crate) fn read() -> Self {
        let disk = Disk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let paths = disk.list("content").into_iter().map(|e| e.path.to_string()).chain(["site.toml".to_owned()]);
        let text = |path: String| Some((path.clone(), String::from_utf8(disk.read(&path).unwrap()).ok()?));
        let files: BTreeMap<_, _> = paths.filter_map(text).collect();
        let bare =
            files.iter().fold(MemoryWorld::new(), |world, (path, text)| world.with(path.as_str(), text.as_str()));
        let parsed = load::load(&bare).value;
        let dossier = resolve::resolve(&parsed, resolve::Options::default()).value;
        let with_captures = captures(&dossier, bare.clone());
        let lock = lock::write(&verify::lock_of(&dossier, &parsed, &with_captures, None).value);
        let ids = dossier.ids.keys().map(ToString::to_string).collect();
        Self { files, dossier, parsed, ids, with_captures, with_lock: bare, lock }
    }

    /// The errors of a run, with one file in another state.
    pub(crate) fn look(&self, changed: Option<(&str, &[u8])>, locked: bool) -> Vec<Seen> {
        let base = if locked { &self.with_lock } else { &self.with_captures };
        let world = match changed {
            Some((path, text)) => base.clone().with(path, text),
            None => base.clone(),
        };
        let mut found = Vec::new();
        let mut parsed = load::load(&world).take(&mut found);
        let lock = locked.then(|| (parsed.files.add("captures.lock", self.lock.as_str()), self.lock.as_str()));
        let dossier = resolve::resolve(&parsed, resolve::Options::default()).take(&mut found);
        let verified = verify::verify(&dossier, &parsed, &world, lock).take(&mut found);
        // Only rules that forbid a build say anything here.
        for rule in check::RULES.iter().filter(|rule| rule.level != check::Level::Deny) {
            let code = Located::new(rule.code.into(), Span::new(FileId(0), 0..0));
            parsed.config.rules.push((code, check::Level::Off));
        }
        found.extend(check::run(&dossier, &parsed, &verified, &world));
        let errors = found.into_iter().filter(|d| d.severity == Severity::Error);
        let seen = errors.map(|d| {
            let (file, line) = d.span.map_or((String::new(), 0), |span| {
                let file = parsed.files.get(span.file);
                (file.path.to_string(), file.position(span.start as usize).line)
            });
            Seen { code: d.code, file, line }
        });
        seen.collect()
    }

    /// The ids of all records of a kind, for which `is` holds.
    pub(crate) fn ids_of(&self, is: fn(&Ref) -> bool) -> Vec<String> {
        let mut ids: Vec<_> = self.dossier.all().filter(is).map(|of| self.dossier.id(of).to_string()).collect();
        ids.sort();
        ids
    }
}

/// For each source a capture that holds its quotes, each in the paragraph that its locator names, and nothing else.
fn captures(dossier: &Dossier, world: MemoryWorld) -> MemoryWorld {
    let mut world = world;
    for source in &dossier.sources {
        let Some(capture) = &source.capture else { continue };
        let mut paragraphs: Vec<String> = vec!["Rien.".into(); 40];
        for (claim, n) in &source.claims {
            let evidence = &dossier[*claim].evidence[*n];
            let Some(quote) = &evidence.quote else { continue };
            let named = evidence.locator.as_ref().map(|l| Locator::parse(&l.value)).unwrap_or_default();
            let number = match named.named().first() {
                Some(Named::Paragraphs(named)) => *named[0].start(),
                _ => 1,
            };
            let words = quote.value.replace("[…]", "entre autres choses");
            paragraphs[number - 1] += &format!(" | {words} |");
        }
        if let Some(begins) = &capture.begins {
            paragraphs[0] = format!("{} {}", begins.value, paragraphs[0]);
        }
        world = world.with_capture(&*capture.file.value, paragraphs.join("\n\n"));
    }
    world
}
