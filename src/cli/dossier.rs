//! Which dossier a command is about.

use std::path::{Path, PathBuf};

use super::Global;
use sourcebook_core::dossier::config::Config;
use sourcebook_machine::disk::{Disk, find_root};

/// Opens the dossier that the options name, or the one that this folder lies in.
///
/// # Errors
/// There is none, or it cannot be read: a sentence for the person at the terminal.
pub fn open(global: &Global, output: Option<&Path>) -> Result<Disk, String> {
    let root = match &global.root {
        Some(root) => root.clone(),
        None => find_root(Path::new("."))
            .ok_or("no site.toml here or in any folder above: go to a dossier, name one by --root, or make one with `sourcebook new DIR`")?,
    };
    if !root.join("site.toml").is_file() {
        return Err(format!("`{}` is no dossier: it has no site.toml", root.display()));
    }
    let mut disk = Disk::open(&root).map_err(|e| e.to_string())?;
    if let Some(output) = output {
        disk = disk.with_output(output);
    }
    let config = sourcebook_core::dossier::load::config(&disk);
    match captures(global, &root, &config) {
        Some(folder) if folder.is_dir() || global.captures.is_some() => {
            disk.with_captures(&folder).map_err(|e| e.to_string())
        }
        _ => Ok(disk),
    }
}

/// The captures folder that the options or `site.toml` name, whether it is there or not.
pub fn captures(global: &Global, root: &Path, config: &Config) -> Option<PathBuf> {
    global.captures.clone().or_else(|| config.captures.as_ref().map(|dir| root.join(&**dir)))
}
