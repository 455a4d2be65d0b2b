//! Which dossier a command is about.

use std::path::{Path, PathBuf};

use super::global::Global;
use sourcebook_core::dossier::config::Config;
use sourcebook_machine::disk::{Disk, find_root};
use sourcebook_machine::named;

/// Opens the dossier that the options name, or the one that this folder lies in. Here alone paths of the command line
/// are made absolute, from the folder in which it was typed; those of `site.toml` are from the dossier's root.
///
/// # Errors
/// There is none, or it cannot be read, or the captures folder of the options is not there: a sentence for the person at
/// the terminal.
pub fn open(global: &Global, output: Option<&Path>) -> Result<Disk, String> {
    match &global.captures {
        Some(folder) if !folder.is_dir() => Err(format!("--captures `{}`: there is no such folder", folder.display())),
        _ => open_to_add(global, output),
    }
}

/// As [`open`], for commands that make the captures folder where there is none.
///
/// # Errors
/// As [`open`], but for the captures folder.
pub fn open_to_add(global: &Global, output: Option<&Path>) -> Result<Disk, String> {
    let root = match &global.root {
        Some(root) => root.clone(),
        None => find_root(Path::new("."))
            .ok_or("no site.toml here or in any folder above: go to a dossier, name one by --root, or make one with `sourcebook new DIR`")?,
    };
    if !root.join("site.toml").is_file() {
        return Err(format!("`{}` is no dossier: it has no site.toml", root.display()));
    }
    let root = named::whole(&root);
    let mut disk = Disk::open(&root).map_err(|e| e.to_string())?;
    if let Some(output) = output {
        disk = disk.with_output(&named::whole(output));
    }
    let config = sourcebook_core::dossier::load::config(&disk);
    match captures(global, &root, &config) {
        Some(folder) => disk.with_captures(&folder).map_err(|e| e.to_string()),
        None => Ok(disk),
    }
}

/// The captures folder that the options or `site.toml` name, absolute, whether it is there or not.
pub fn captures(global: &Global, root: &Path, config: &Config) -> Option<PathBuf> {
    let typed = global.captures.as_deref().map(named::whole);
    typed.or_else(|| config.captures.as_ref().map(|dir| named::whole(root).join(&**dir)))
}
