//! What is known of the dossier as the editor has it.

use std::sync::Arc;

use lsp_types::Uri;
use sourcebook_core::base::diagnostic::{self, Diagnostics};
use sourcebook_core::base::timings::Timings;
use sourcebook_core::base::world::World;
use sourcebook_site::prepare::{Cache, Options, prepare_pages};
use sourcebook_site::prepared::Prepared;

use super::names::Names;
use super::uri;

/// What is known of the dossier, of one moment.
pub struct Known {
    /// The dossier, and what is wrong with it but for what the editor's rules say.
    pub prepared: Prepared,
    /// Its ids.
    pub names: Arc<Names>,
}

impl Known {
    /// Reads what changed since the cache was filled.
    pub fn read(world: &dyn World, options: Options, cache: &mut Cache, before: Option<&Arc<Names>>) -> Self {
        let prepared = prepare_pages(world, options, &mut Timings::default(), Some(cache));
        let names = Arc::new(Names::new(&prepared.dossier, before));
        Self { prepared, names }
    }

    /// Everything that is wrong, with what the editor's rules say.
    pub fn judge(&self, world: &dyn World, wanted: &(dyn Fn() -> bool + Sync)) -> Option<Diagnostics> {
        let mut all = self.prepared.diagnostics.clone();
        all.extend(self.prepared.rules_while(world, &mut Timings::default(), wanted)?);
        diagnostic::sort(&mut all, &self.prepared.parsed.files);
        Some(all)
    }
}

/// Where the dossier's folder is, as addresses of files.
#[derive(Clone, Debug)]
pub struct Root {
    /// `file:///…`, without a slash at the end.
    address: String,
}

impl Root {
    /// The root of a folder, by its absolute path.
    pub fn new(folder: &std::path::Path) -> Self {
        Self { address: uri::of_folder(folder) }
    }

    /// The path from the root of a file by its address; `None` for one elsewhere.
    pub fn path(&self, uri: &Uri) -> Option<String> {
        uri::inside(&self.address, uri.as_str())
    }

    /// The address of a file by its path from the root.
    pub fn uri(&self, path: &str) -> Option<Uri> {
        uri::of_path(&self.address, path)
    }
}
