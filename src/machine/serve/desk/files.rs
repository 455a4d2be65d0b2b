//! Which files the desk may touch: sheets and articles in `content/`, wherever links within the dossier lead.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::super::preview::Site;
use super::Desk;
use crate::disk::Disk;
use crate::held::named;
use sourcebook_core::dossier::load::{CONTENT, MAX_FILE};

/// Whether a path is that of an article of the dossier.
pub(super) fn article_file(site: &Site, path: &str) -> Result<(), &'static str> {
    let inside = path.strip_prefix(CONTENT).and_then(|rest| rest.strip_prefix('/'));
    match inside.is_some_and(|inside| site.prepared.dossier.article_files.contains_key(inside)) {
        true => Ok(()),
        false => Err("outside"),
    }
}

/// Where a file of `content/` really is, from the dossier's root.
pub(super) fn inside(disk: &Disk, path: &str) -> Result<PathBuf, &'static str> {
    let plain = Path::new(path).components().all(|part| match part {
        Component::Normal(name) => !name.as_encoded_bytes().starts_with(b"."),
        _ => false,
    });
    if !plain || path.contains(['\\', '\0']) || !path.starts_with(CONTENT) {
        return Err("outside");
    }
    let real = named::whole(&disk.root().join(path));
    let real = real.strip_prefix(disk.root()).map_err(|_| "outside")?;
    match real.starts_with(CONTENT) {
        true => Ok(real.to_owned()),
        false => Err("outside"),
    }
}

/// What a file holds now; nothing where there is none.
pub(super) fn read_now(desk: &Desk, path: &str) -> Result<Option<String>, &'static str> {
    let disk = desk.preview.snapshot().disk();
    match disk.folder().read(inside(&disk, path)?, MAX_FILE) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| "not-utf8"),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(_) => Err("no-file"),
    }
}
