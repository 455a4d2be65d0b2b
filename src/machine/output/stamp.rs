//! Whether a site stands as it was built: `.sourcebook/stamp`, two lines.
//!
//! The first is what it was made from, in one hash; the second its files, each by path and length. The stamp is written
//! after all of them, so that a file which another hand changed since, or which a killed build left half way, is younger
//! or of another length. No time stands in it: the same input gives the same stamp.

use std::collections::HashSet;
use std::time::SystemTime;

use rayon::prelude::*;

use super::{STAMP, private};
use crate::held::{Folder, Kind};

/// The second line for the files that are there; `None` if there is no stamp, or one of them is younger.
pub(super) fn of_present(root: &Folder, files: &HashSet<Box<str>>) -> Option<String> {
    let stamped = root.meta(private(STAMP)).ok()?.modified;
    let mut paths: Vec<&str> = files.iter().map(AsRef::as_ref).collect();
    paths.par_sort_unstable();
    of_files(root, &paths, Some(stamped))
}

/// The second line for the paths of a site, sorted; `None` if one of them is no file, or is younger than `stamped`.
pub(super) fn of_files(root: &Folder, paths: &[&str], stamped: Option<SystemTime>) -> Option<String> {
    let lengths: Option<Vec<u64>> = paths.par_iter().map(|path| look(root, path, stamped)).collect();
    let mut files = blake3::Hasher::new();
    for (path, length) in paths.iter().zip(lengths?) {
        files.update(path.as_bytes()).update(b"\0").update(&length.to_le_bytes());
    }
    Some(files.finalize().to_hex().to_string())
}

fn look(root: &Folder, path: &str, stamped: Option<SystemTime>) -> Option<u64> {
    let meta = root.glance(path).ok().filter(|meta| meta.kind == Kind::File)?;
    let young = stamped.is_some_and(|stamped| meta.modified > stamped);
    (!young).then_some(meta.len)
}
