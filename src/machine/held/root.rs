//! Where the paths of `site.toml` lead.
//!
//! A dossier may come from a stranger: what lies in it leads to nothing outside by a link, whatever its names say. A path
//! that is *written* to lead out (`../shared/captures`) can be read by whoever builds it, and is taken at its word; there
//! links are the machine's own.

use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{Folder, named};

/// A folder that `site.toml` or an option names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the dossier: from its root, without links.
    Inside(PathBuf),
    /// Elsewhere, without links.
    Outside(PathBuf),
}

/// A path of `site.toml` leads out of the dossier, by a link in the dossier.
#[derive(Debug, PartialEq, Eq)]
pub struct LeadsOut(pub String);

impl fmt::Display for LeadsOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` of site.toml leads out of the dossier by a link, and none is followed out: write the path of the \
             folder itself",
            self.0
        )
    }
}

impl std::error::Error for LeadsOut {}

impl Place {
    /// What a path of `site.toml` names; `root` is without links.
    ///
    /// # Errors
    /// A link of the dossier leads out.
    pub fn written(root: &Path, path: &str) -> Result<Self, LeadsOut> {
        let wanted = normal(&root.join(path));
        let real = named::whole(&wanted);
        match (wanted.starts_with(root), real.strip_prefix(root)) {
            (_, Ok(inside)) => Ok(Self::Inside(inside.to_owned())),
            (true, Err(_)) => Err(LeadsOut(path.to_owned())),
            (false, Err(_)) => Ok(Self::Outside(real)),
        }
    }

    /// What the person at the terminal names, from where they are.
    pub fn typed(root: &Path, path: &Path) -> Self {
        let real = named::whole(path);
        match real.strip_prefix(root) {
            Ok(inside) => Self::Inside(inside.to_owned()),
            Err(_) => Self::Outside(real),
        }
    }

    /// The whole path, for messages and comparisons.
    pub fn path(&self, root: &Path) -> PathBuf {
        match self {
            Self::Inside(path) => root.join(path),
            Self::Outside(path) => path.clone(),
        }
    }

    /// Opens it.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(&self, root: &Folder) -> io::Result<Folder> {
        match self {
            Self::Inside(path) => root.below(path),
            Self::Outside(path) => Folder::open(path),
        }
    }

    /// Opens it, made where it is not there.
    ///
    /// # Errors
    /// What the system says.
    pub fn make(&self, root: &Folder) -> io::Result<Folder> {
        match self {
            Self::Inside(path) => root.make_folders(path),
            Self::Outside(path) => Folder::make(path),
        }
    }
}

/// A path without `.` and `..`, by its words alone.
fn normal(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut made, part| {
        match part {
            Component::ParentDir => drop(made.pop()),
            Component::CurDir => {}
            part => made.push(part),
        }
        made
    })
}

#[cfg(test)]
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "a test makes the folders that it tries")]
mod tests {
    use super::*;

    #[test]
    fn paths_of_site_toml() {
        let top = std::env::temp_dir().join(format!("sourcebook-root-{}", std::process::id()));
        std::fs::create_dir_all(top.join("d/content")).unwrap();
        std::fs::create_dir_all(top.join("elsewhere/deep")).unwrap();
        let top = top.canonicalize().unwrap();
        let root = top.join("d");
        for (to, at) in [("../elsewhere", "out"), ("content", "in"), ("../gone", "dangling")] {
            std::os::unix::fs::symlink(to, root.join(at)).unwrap();
        }
        std::os::unix::fs::symlink("d", top.join("alias")).unwrap();
        let check = |path: &str, expect: Option<Place>| assert_eq!(Place::written(&root, path).ok(), expect, "{path}");
        let inside = |path: &str| Some(Place::Inside(path.into()));
        check("public", inside("public"));
        check("in/x", inside("content/x"));
        check("./a/../public/", inside("public"));
        check("../missing/../d/public", inside("public"));
        check("../alias/public", inside("public"));
        check("../elsewhere", Some(Place::Outside(top.join("elsewhere"))));
        check("out/../../elsewhere", Some(Place::Outside(top.join("elsewhere"))));
        check("out", None);
        check("out/deep/new", None);
        // A link that leads nowhere is met when it is to be a folder.
        check("dangling", inside("dangling"));
        let folder = Folder::open(&root).unwrap();
        assert!(super::super::is_linked(&inside("dangling").unwrap().make(&folder).unwrap_err()));
        assert!(!top.join("gone").exists());
        std::fs::remove_dir_all(top).unwrap();
    }
}
