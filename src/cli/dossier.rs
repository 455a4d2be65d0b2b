//! Which dossier a command is about.

use std::path::Path;

use super::global::Global;
use sourcebook_core::dossier::config::Config;
use sourcebook_machine::disk::{Disk, find_root};
use sourcebook_machine::held::root::Place;
use sourcebook_machine::held::{Folder, named};
use sourcebook_machine::report::shown;

/// Opens the dossier that the options name, or the one that this folder lies in. Here alone paths of the command line
/// are made absolute, from the folder in which it was typed; those of `site.toml` are from the dossier's root, and lead out
/// of it by no link.
///
/// # Errors
/// There is none, or it cannot be read, or the captures folder of the options is not there: a sentence for the person at
/// the terminal.
pub fn open(global: &Global, output: Option<&Path>) -> Result<Disk, String> {
    match &global.captures {
        Some(folder) if !named::is_folder(folder) => {
            Err(format!("--captures `{}`: there is no such folder", shown(folder)))
        }
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
    if !named::is_file(&root.join("site.toml")) {
        return Err(format!("`{}` is no dossier: it has no site.toml", shown(&root)));
    }
    let mut disk = Disk::open(&named::whole(&root)).map_err(|e| e.to_string())?;
    let config = sourcebook_core::dossier::load::config(&disk);
    if let Some(place) = captures(global, &disk, &config)? {
        disk = disk.with_captures_at(&place).map_err(|e| e.to_string())?;
    }
    let place = output_place(&disk, output, &config)?;
    let path = place.path(disk.root());
    // A place that no site can be written to is the dossier's own: whoever builds is told so.
    if disk.is_taken(&place).is_none() { Ok(disk.with_output(&path)) } else { Ok(disk) }
}

/// The captures folder that the options or `site.toml` name, whether it is there or not.
///
/// # Errors
/// `site.toml` names a link that leads out.
pub fn captures(global: &Global, disk: &Disk, config: &Config) -> Result<Option<Place>, String> {
    if let Some(typed) = &global.captures {
        return Ok(Some(Place::typed(disk.root(), typed)));
    }
    config.captures.as_ref().map(|folder| disk.place(folder)).transpose().map_err(|e| e.to_string())
}

/// The output folder that the options or `site.toml` name, made if need be.
///
/// # Errors
/// `site.toml` names a link that leads out, or the dossier itself; what the system says.
pub fn output(disk: &Disk, typed: Option<&Path>, config: &Config) -> Result<Folder, String> {
    let place = output_place(disk, typed, config)?;
    let said = typed.map_or_else(|| config.output.to_string(), shown);
    if let Some(why) = disk.is_taken(&place) {
        return Err(format!("the site cannot be written to `{said}`: {why}; give it a folder of its own"));
    }
    place.make(disk.folder()).map_err(|error| format!("cannot make `{said}`: {error}"))
}

fn output_place(disk: &Disk, typed: Option<&Path>, config: &Config) -> Result<Place, String> {
    match typed {
        Some(path) => Ok(Place::typed(disk.root(), path)),
        None => disk.place(&config.output).map_err(|e| e.to_string()),
    }
}
