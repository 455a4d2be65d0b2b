//! Which pages stand since the last build: those of which nothing changed that was read while they were made.
//!
//! 1. [`Now`]: what everything that can be read is now, in a print each: every record with all that is computed of it, and
//!    in one print the rest, on which every page stands: the program, the configuration, the theme and its words, who has
//!    which id and which page.
//! 2. [`Reader`]: what each page of this build read, and what was read for what pages share.
//! 3. [`Known`]: both, of the last build; kept beside its output. [`Known::standing`] says which pages stand: a page is
//!    stale if anything that it read is; what pages share is stale if anything is that was read for it. A list is stale
//!    if others stand in it, or in another order.
//!
//! What was read was noted as it was read ([`sourcebook_core::base::reads`]): nobody lists what a page depends on. What
//! cannot be told counts as changed.

mod kept;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

pub use kept::Known;

use crate::lists::Lists;
use crate::plan::{Route, Routes};
use crate::prepared::Prepared;
use crate::render::kept::OUTSIDE;
use crate::render::{Renderer, Warm};
use sourcebook_core::base::file::FileId;
use sourcebook_core::base::reads::{Gathered, Node, Print, Reads, noted};
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::load::CONTENT;
use sourcebook_core::evidence::leak;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::table::{LIST, MADE, WHOLE};
use sourcebook_core::model::{ArticleIx, Dossier, Ref};

/// Tables: one of each kind of record, and the articles.
const TABLES: usize = Kind::ALL.len() + 1;

/// What everything is now.
pub struct Now {
    /// What every page stands on.
    ground: Print,
    /// Every record, by table and place.
    records: [Vec<Print>; TABLES],
}

impl Now {
    /// Of a dossier; `None` where something cannot be read that pages stand on.
    pub fn of(prepared: &Prepared, world: &dyn World) -> Option<Self> {
        let (ground, records) = rayon::join(|| ground(prepared, world), || records(prepared));
        Some(Self { ground: ground?, records })
    }
}

fn records(prepared: &Prepared) -> [Vec<Print>; TABLES] {
    let dossier = &prepared.dossier;
    std::array::from_fn(|table| {
        let kind = Kind::ALL.get(table).copied();
        let count = kind.map_or(dossier.articles.count(), |kind| dossier.count(kind));
        let of = |n: usize| kind.map_or(Ref::Article(ArticleIx::at(n)), |kind| Ref::at(kind, n));
        (0..count).into_par_iter().map(|n| print(prepared, of(n))).collect()
    })
}

/// A record: all that is written of it and computed, what is known of its quotes, and the text that its page shows.
fn print(prepared: &Prepared, of: Ref) -> Print {
    let Prepared { dossier, verified, parsed, .. } = prepared;
    Print::of(|state| {
        match of {
            Ref::Actor(ix) => dossier[ix].hash(state),
            Ref::Event(ix) => dossier[ix].hash(state),
            Ref::Place(ix) => dossier[ix].hash(state),
            Ref::Source(ix) => dossier[ix].hash(state),
            Ref::Question(ix) => dossier[ix].hash(state),
            Ref::Claim(ix) => dossier[ix].hash(state),
            Ref::Article(ix) => dossier[ix].hash(state),
        }
        dossier.label(of).hash(state);
        verified.hash_of(of, dossier.id(of), state);
        let id = &**dossier.id(of);
        (parsed.beside.history.of(id), parsed.beside.history.uncommitted.contains(id)).hash(state);
        let text = match of {
            Ref::Article(ix) => Some((dossier[ix].file, None)),
            _ => dossier.head(of).map(|head| (head.entry.file, Some(head.entry))),
        };
        if let Some((file, entry)) = text {
            let whole = parsed.files.get(file);
            whole.path.hash(state);
            entry.map_or(&*whole.text, |entry| parsed.files.text(entry)).hash(state);
        }
    })
}

/// All that is no record and no text of one.
fn ground(prepared: &Prepared, world: &dyn World) -> Option<Print> {
    // Stamps that hold follow from the folder that holds them and from the configuration.
    let Prepared { parsed, program, dossier, style: _, theme: _, routes, verified, proven: _, diagnostics: _ } =
        prepared;
    let theme = parsed.theme.iter().filter(|file| file.file.is_none());
    let theme: Option<Vec<_>> =
        theme.map(|file| world.read(&file.whole_path()).ok().map(|bytes| (&file.path, bytes))).collect();
    let theme = theme?;
    // Pages give the sizes of pictures.
    let pictures = parsed
        .content
        .assets
        .iter()
        .filter(|path| crate::links::is_picture(path))
        .map(|path| format!("{CONTENT}/{path}"));
    let pictures: Vec<_> = pictures
        .map(|path| world.version(&path).ok_or_else(|| world.read(&path).ok().map(|bytes| Print::of_bytes(&bytes))))
        .collect();
    Some(Print::of(|state| {
        program.hash(state);
        let own = of_records(dossier);
        for (id, file) in parsed.files.iter().filter(|(id, _)| !own.contains(id) && Some(*id) != parsed.beside.lock) {
            // Articles hold the numbers of their files.
            (id, &file.path, &file.text).hash(state);
        }
        (&parsed.content.assets, &theme, &pictures).hash(state);
        parsed.beside.proof.iter().for_each(|file| (&file.path, &file.bytes).hash(state));
        routes_of(routes, state);
        of_all(dossier, state);
        if world.capture("").is_some() {
            leak::hash_of_guarded(dossier, parsed, state);
            verified.hash_captures(state);
        }
    }))
}

/// The files whose texts are those of records.
fn of_records(dossier: &Dossier) -> BTreeSet<FileId> {
    let files = dossier.all().map(|of| match of {
        Ref::Article(ix) => Some(dossier[ix].file),
        _ => dossier.head(of).map(|head| head.entry.file),
    });
    files.flatten().collect()
}

fn routes_of(routes: &Routes, state: &mut Gathered) {
    for Route { path, kind, subject, part, origin: _ } in routes.all() {
        (path, kind, subject, part).hash(state);
    }
}

/// What a dossier has beside its records; and who has which id.
fn of_all(dossier: &Dossier, state: &mut Gathered) {
    let Dossier {
        actors: _,
        events: _,
        places: _,
        sources: _,
        questions: _,
        claims: _,
        articles: _,
        // By the paths of articles, and by ids: both in the order of the tables.
        article_files: _,
        ids: _,
        unread,
        milestones,
        days,
        // Each with its record.
        labels: _,
        bodies,
        ground,
        knots,
    } = dossier;
    for of in dossier.all() {
        (of, dossier.id(of)).hash(state);
        if let Ref::Article(ix) = of {
            dossier[ix].path.hash(state);
        }
    }
    (unread, milestones, days, bodies, ground, knots).hash(state);
}

/// What the pages of one build read.
#[derive(Default)]
pub struct Reader {
    pages: Mutex<Vec<(u64, Reads)>>,
    made: Mutex<BTreeMap<Node, Reads>>,
}

impl Reader {
    /// Makes a page and notes what was read for it, if it can be made.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn page<E>(&self, route: &Route, make: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
        let (made, reads) = noted(make);
        if made.is_ok() {
            self.pages.lock().unwrap_or_else(PoisonError::into_inner).push((name(&route.path), reads));
        }
        made
    }

    /// Takes over what was read for what pages share.
    pub fn shared(&self, warm: &Warm) {
        let reads = warm.reads().map(|(node, reads)| (node, reads.clone()));
        self.made.lock().unwrap_or_else(PoisonError::into_inner).extend(reads);
    }

    /// What the next build is to know; `before` is what this one knew, and used.
    pub fn known(self, now: Now, before: Option<(Known, Standing)>, renderer: &Renderer<'_>) -> Known {
        let mut pages: BTreeMap<u64, Reads> = BTreeMap::new();
        let mut made = self.made.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some((before, standing)) = before {
            pages = before.pages;
            pages.retain(|page, _| standing.pages.contains(page));
            let mut old = before.made;
            old.retain(|node, _| standing.made.get(node) == Some(&false));
            old.append(&mut made);
            made = old;
        }
        pages.extend(self.pages.into_inner().unwrap_or_else(PoisonError::into_inner));
        let lists = Lists::nodes().filter_map(|node| Some((node, renderer.list_print(node)?))).collect();
        Known { ground: now.ground, records: now.records, lists, made, pages }
    }
}

/// What a page goes by: enough of the hash of its path.
fn name(path: &str) -> u64 {
    let mut name = [0; 8];
    name.copy_from_slice(&blake3::hash(path.as_bytes()).as_bytes()[..8]);
    u64::from_le_bytes(name)
}

/// Which pages stand, of those that the last build made.
pub struct Standing {
    /// By [`name`]; all of these stand.
    pages: HashSet<u64>,
    /// What pages share, and whether it is stale, as far as anybody looked.
    made: HashMap<Node, bool>,
}

impl Standing {
    /// Whether a page stands.
    pub fn holds(&self, path: &str) -> bool {
        self.pages.contains(&name(path))
    }

    /// How many do.
    pub fn count(&self) -> usize {
        self.pages.len()
    }
}

impl Known {
    /// Which pages stand; `None` if none does.
    pub fn standing(&self, now: &Now, renderer: &Renderer<'_>) -> Option<Standing> {
        if self.ground != now.ground {
            return None;
        }
        let mut look = Look { known: self, now, renderer, records: HashMap::new(), made: HashMap::new() };
        let mut pages = HashSet::with_capacity(self.pages.len());
        for (page, reads) in &self.pages {
            if !reads.iter().any(|node| look.is_stale(node)) {
                pages.insert(*page);
            }
        }
        Some(Standing { pages, made: look.made })
    }
}

/// What was found out so far.
struct Look<'a, 'r> {
    known: &'a Known,
    now: &'a Now,
    renderer: &'a Renderer<'r>,
    /// Lists and whole tables.
    records: HashMap<Node, bool>,
    made: HashMap<Node, bool>,
}

impl Look<'_, '_> {
    fn is_stale(&mut self, node: Node) -> bool {
        match node.kind() {
            kind if kind < WHOLE => self.is_other(usize::from(kind), node.at()),
            WHOLE | LIST => {
                if let Some(known) = self.records.get(&node) {
                    return *known;
                }
                let stale = if node.kind() == WHOLE { self.is_other_table(node) } else { self.is_other_list(node) };
                self.records.insert(node, stale);
                stale
            }
            OUTSIDE => true,
            _ => self.is_stale_made(node),
        }
    }

    fn is_other(&self, table: usize, at: usize) -> bool {
        let of = |records: &[Vec<Print>; TABLES]| records.get(table).and_then(|table| table.get(at)).copied();
        let (known, now) = (of(&self.known.records), of(&self.now.records));
        known.is_none() || known != now
    }

    fn is_other_table(&self, node: Node) -> bool {
        let (known, now) = (self.known.records.get(node.at()), self.now.records.get(node.at()));
        known.is_none() || known != now
    }

    fn is_other_list(&self, node: Node) -> bool {
        let known = self.known.lists.get(&node).copied();
        known.is_none() || known != self.renderer.list_print(node)
    }

    fn is_stale_made(&mut self, node: Node) -> bool {
        if let Some(stale) = self.made.get(&node) {
            return *stale;
        }
        // What would be made of itself was never made.
        self.made.insert(node, true);
        let known = self.known;
        let stale = match known.made.get(&node) {
            Some(reads) if node.kind() >= MADE => reads.iter().any(|node| self.is_stale(node)),
            _ => true,
        };
        self.made.insert(node, stale);
        stale
    }
}
