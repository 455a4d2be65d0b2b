//! The folder of timestamps, as it is; `evidence::stamps` says what it proves.

use std::sync::Arc;

use crate::base::world::World;
use crate::model::Text;

/// Where stamps stand, in the dossier's root, and below `data/` of the site.
pub const FOLDER: &str = "proof";

/// No token, certificate or proof is larger.
const MOST: u64 = 1 << 20;

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path within the folder.
    pub path: Text,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// Reads the folder: locks, tokens, certificates, proofs, in the order of their paths.
pub fn read(world: &dyn World) -> Vec<File> {
    let known = |path: &str| {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            [file] => file.ends_with(".pem"),
            [_, file] => *file == "captures.lock" || *file == "captures.lock.ots" || file.ends_with(".tsr"),
            _ => false,
        }
    };
    let entries = world.list(FOLDER).into_iter().filter_map(|entry| {
        let path = entry.path.strip_prefix(FOLDER)?.strip_prefix('/')?;
        let fits = path.ends_with("captures.lock") || entry.size <= MOST;
        if !known(path) || !fits {
            return None;
        }
        Some(File { path: path.into(), bytes: world.read(&entry.path).ok()?.into() })
    });
    entries.collect()
}
