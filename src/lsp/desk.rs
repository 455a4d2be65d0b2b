//! The dossier at hand: what is open, and what is known of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use lsp_types::PublishDiagnosticsParams;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::world::World as _;
use sourcebook_machine::disk::Disk;
use sourcebook_machine::serve::snapshot::Snapshot;
use sourcebook_site::prepare::{Cache, Options};

use super::buffers::{Buffers, Folder};
use super::dossier::{Known, Root};
use super::mend::{Places, told};
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
    /// The same, for whoever judges a moment that nobody may want any more.
    pub latest: Arc<AtomicU64>,
    /// What was told of each file last.
    told: BTreeMap<Arc<str>, Vec<lsp_types::Diagnostic>>,
}

impl Desk {
    /// Reads a dossier for the first time.
    pub fn open(disk: Disk, options: Options) -> Self {
        let root = Root::new(disk.root());
        let buffers = Buffers::new(Folder(Arc::new(Snapshot::new(disk))));
        let mut cache = Cache::default();
        let known = Arc::new(Known::read(&buffers, options, &mut cache, None));
        let found = Arc::new(known.prepared.diagnostics.clone());
        Self {
            buffers,
            root,
            known,
            found,
            cache,
            options,
            is_old: false,
            moment: 0,
            latest: Arc::default(),
            told: BTreeMap::new(),
        }
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
        self.latest.store(self.moment, Ordering::Relaxed);
    }

    /// A text was changed, opened or closed.
    pub fn touch(&mut self) {
        self.is_old = true;
    }

    /// What is to be told of each file: of those that are open, and of those of which something else was told last; nothing of
    /// those of which there is nothing to be told any more.
    pub fn tell_by_file(&mut self, units: Units) -> Vec<PublishDiagnosticsParams> {
        let files = &self.known.prepared.parsed.files;
        let mut first: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in self.found.iter() {
            // A large dossier has more to be told than anybody is told.
            let of_file = first.entry(diagnostic.span.map(|span| span.file)).or_default();
            if of_file.len() < MOST {
                of_file.push(diagnostic);
            }
        }
        let mut now: BTreeMap<Arc<str>, Vec<lsp_types::Diagnostic>> = BTreeMap::new();
        let places = Places::new(files, units);
        for diagnostic in first.into_values().flatten() {
            if let Some((path, diagnostic)) = told(diagnostic, &places, &self.root) {
                now.entry(path).or_default().push(diagnostic);
            }
        }
        let before = std::mem::take(&mut self.told);
        let mut params = Vec::new();
        for path in now.keys().chain(before.keys().filter(|path| !now.contains_key(*path))) {
            let version = self.buffers.buffer(path).map(|buffer| buffer.version);
            if (version.is_some() || now.get(path) != before.get(path))
                && let Some(uri) = self.root.uri(path)
            {
                let diagnostics = now.get(path).cloned().unwrap_or_default();
                params.push(PublishDiagnosticsParams { uri, diagnostics, version });
            }
        }
        self.told = now;
        params
    }

    /// The day, as an EDTF date.
    pub fn today(&self) -> String {
        self.buffers.today().to_string()
    }
}
