//! A file among the captures: where it goes, and how it is put there.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::disk::Disk;
use crate::held::named;
use crate::held::root::Place;
use crate::report::shown;
use sourcebook_core::dossier::load::MAX_FILE;
use sourcebook_core::evidence::readers::{self, Input};

/// Where a page stands among the captures.
pub struct Kept {
    /// From the captures folder, with `/`.
    pub name: String,
    /// Whether it stands there already.
    pub is_there: bool,
    folder: Place,
}

impl Kept {
    /// Its place: where it is, if that is among the captures, else `ID.html`, or the first of `ID-2.html` … that is not
    /// another page.
    ///
    /// # Errors
    /// A sentence for the person at the terminal.
    pub fn find(disk: &Disk, folder: Place, id: &str, file: &Path, bytes: &[u8]) -> Result<Self, String> {
        let path = folder.path(disk.root());
        if let Ok(inside) = named::whole(file).strip_prefix(&path) {
            let parts: Option<Vec<_>> = inside.components().map(|c| c.as_os_str().to_str()).collect();
            let name = parts.ok_or("the name of this file is not UTF-8")?.join("/");
            return Ok(Self { name, is_there: true, folder });
        }
        Self::new(disk, folder, id, file, bytes)
    }

    /// A place for a file that lies nowhere yet, of whose name the ending counts.
    ///
    /// # Errors
    /// A sentence for the person at the terminal.
    pub fn new(disk: &Disk, folder: Place, id: &str, file: &Path, bytes: &[u8]) -> Result<Self, String> {
        let path = folder.path(disk.root());
        let ending = file.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        let known = |ending: &String| readers::READERS.iter().any(|r| r.endings.contains(&&**ending));
        let usual = || readers::reader_of(&Input::new("", bytes)).ok().and_then(|r| r.endings.first().copied());
        let ending = ending.filter(known).unwrap_or_else(|| usual().unwrap_or("html").to_owned());
        let held = match folder.open(disk.folder()) {
            Ok(held) => held,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Self { name: format!("{id}.{ending}"), is_there: false, folder });
            }
            Err(error) => return Err(format!("`{}`: {error}", shown(&path))),
        };
        let names = std::iter::once(format!("{id}.{ending}")).chain((2..).map(|n| format!("{id}-{n}.{ending}")));
        for name in names {
            match held.read(&name, MAX_FILE) {
                Ok(there) if there == bytes => return Ok(Self { name, is_there: true, folder }),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self { name, is_there: false, folder }),
                Err(error) => return Err(format!("`{}`: {error}", shown(&path.join(&name)))),
            }
        }
        Err("no name is free among the captures".to_owned())
    }

    /// The whole path, for messages.
    pub fn path(&self, disk: &Disk) -> PathBuf {
        self.folder.path(disk.root()).join(&self.name)
    }

    /// Puts the page there, and has git leave the folder's files alone: a `.gitignore` in it, where there is none.
    ///
    /// # Errors
    /// A sentence for the person at the terminal.
    pub fn keep(&self, disk: &Disk, bytes: &[u8]) -> Result<(), String> {
        const IGNORE: &[u8] = b"# Copies of other people's texts: private, never published.\n*\n";
        let keep = || {
            let folder = self.folder.make(disk.folder())?;
            match folder.create(".gitignore", IGNORE) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
            if !self.is_there {
                folder.create(&self.name, bytes)?;
                folder.sync_file(&self.name)?;
            }
            Ok(())
        };
        keep().map_err(|error: std::io::Error| format!("`{}`: {error}", shown(&self.path(disk))))
    }
}
