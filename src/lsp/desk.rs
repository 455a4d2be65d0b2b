//! The dossier at hand: what is open, and what is known of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lsp_types::PublishDiagnosticsParams;
use sourcebook_core::base::diagnostic::Diagnostics;
use sourcebook_core::base::world::World as _;
use sourcebook_machine::disk::Disk;
use sourcebook_machine::serve::snapshot::Snapshot;
use sourcebook_site::prepare::{Cache, Options};

use super::buffers::{Buffers, Folder};
use super::dossier::{Known, Root};
use super::mend::told;
use super::names::Names;
use super::text::Units;

/// As many diagnostics of one file as are told.
const MOST: usize = 1000;

/// The dossier at hand.
pub struct Desk {
    /// What is open, over the folder.
    pub buffers: Buffers<Folder>,
    /// Where it is.
    pub root: Root,
    /// What is known of it.
    pub known: Arc<Known>,
    /// Everything that is wrong, of the moment of `known`.
    pub found: Arc<Diagnostics>,
    cache: Cache,
    options: Options,
    /// Whether anything changed since it was read.
    pub is_old: bool,
    /// Grows with each reading.
    pub moment: u64,
    told: BTreeSet<Arc<str>>,
}

impl Desk {
    /// Reads a dossier for the first time.
    pub fn open(disk: Disk, options: Options) -> Self {
        let root = Root::new(disk.root());
        let buffers = Buffers::new(Folder(Arc::new(Snapshot::new(disk))));
        let mut cache = Cache::default();
        let known = Arc::new(Known::read(&buffers, options, &mut cache, None));
        let found = Arc::new(known.prepared.diagnostics.clone());
        Self { buffers, root, known, found, cache, options, is_old: false, moment: 0, told: BTreeSet::new() }
    }

    /// Reads what changed.
    pub fn read(&mut self) {
        if !self.is_old {
            return;
        }
        let before: Arc<Names> = self.known.names.clone();
        let known = Known::read(&self.buffers, self.options, &mut self.cache, Some(&before));
        self.found = Arc::new(known.prepared.diagnostics.clone());
        self.known = Arc::new(known);
        self.is_old = false;
        self.moment += 1;
    }

    /// A text was changed, opened or closed.
    pub fn touch(&mut self) {
        self.is_old = true;
    }

    /// What is told of each file, with those of which nothing is to be told any more.
    pub fn tell_by_file(&mut self, units: Units) -> Vec<PublishDiagnosticsParams> {
        let files = &self.known.prepared.parsed.files;
        let mut by_file: BTreeMap<Arc<str>, Vec<lsp_types::Diagnostic>> = BTreeMap::new();
        for diagnostic in self.found.iter() {
            if let Some((path, diagnostic)) = told(diagnostic, files, &self.root, units) {
                let of_file = by_file.entry(path).or_default();
                if of_file.len() < MOST {
                    of_file.push(diagnostic);
                }
            }
        }
        let told: BTreeSet<_> = by_file.keys().cloned().collect();
        for gone in self.told.difference(&told) {
            by_file.insert(gone.clone(), Vec::new());
        }
        self.told = told;
        let params = by_file.into_iter().filter_map(|(path, diagnostics)| {
            let version = self.buffers.buffer(&path).map(|buffer| buffer.version);
            Some(PublishDiagnosticsParams { uri: self.root.uri(&path)?, diagnostics, version })
        });
        params.collect()
    }

    /// The day, as an EDTF date.
    pub fn today(&self) -> String {
        self.buffers.today().to_string()
    }
}
