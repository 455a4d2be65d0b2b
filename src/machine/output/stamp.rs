//! Whether a site stands as it was built: `.sourcebook/stamp`, two lines.
//!
//! The first is what it was made from, in one hash; the second its files, each by path and length. The stamp is written
//! after all of them, so that a file which another hand changed since, or which a killed build left half way, is younger
//! or of another length. No time stands in it: the same input gives the same stamp.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;

/// The text for the paths of a site below `root`, sorted; `None` if one of them is no file, or is younger than `stamped`.
pub(super) fn print(inputs: &str, root: &Path, paths: &[&str], stamped: Option<SystemTime>) -> Option<String> {
    let lengths: Option<Vec<u64>> = paths.par_iter().map(|path| look(&root.join(path), stamped)).collect();
    let mut files = blake3::Hasher::new();
    for (path, length) in paths.iter().zip(lengths?) {
        files.update(path.as_bytes()).update(b"\0").update(&length.to_le_bytes());
    }
    Some(format!("{inputs}\n{}\n", files.finalize().to_hex()))
}

fn look(path: &Path, stamped: Option<SystemTime>) -> Option<u64> {
    let data = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    let young = match stamped {
        Some(stamped) => data.modified().ok()? > stamped,
        None => false,
    };
    (!young).then_some(data.len())
}
