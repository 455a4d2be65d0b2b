//! The two programs, each built from its own tree.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Arguments;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// This tree's.
    Ours,
    /// The earlier one.
    Theirs,
}

/// Both, in the order in which they take turns.
pub(crate) const SIDES: [Side; 2] = [Side::Ours, Side::Theirs];

/// The two programs.
pub(crate) struct Programs {
    ours: PathBuf,
    theirs: PathBuf,
    /// The tree of the earlier one, with its dossier.
    pub(crate) tree: PathBuf,
    revision: String,
}

impl Programs {
    /// Checks out and builds what is not built yet.
    pub(crate) fn make(arguments: &Arguments) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let tree = root.join("target/against").join(&arguments.revision);
        if !tree.exists() {
            let mut git = Command::new("git");
            git.arg("-C").arg(root).args(["worktree", "add", "--detach"]).arg(&tree).arg(&arguments.revision);
            succeed(git);
        }
        Self {
            ours: arguments.ours.clone().unwrap_or_else(|| build(root)),
            theirs: arguments.theirs.clone().unwrap_or_else(|| build(&tree)),
            tree,
            revision: arguments.revision.clone(),
        }
    }

    /// The path of one.
    pub(crate) fn of(&self, side: Side) -> &Path {
        match side {
            Side::Ours => &self.ours,
            Side::Theirs => &self.theirs,
        }
    }
}

impl fmt::Display for Programs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} against {} of {}", self.ours.display(), self.theirs.display(), self.revision)
    }
}

/// Builds the program of a tree as it is shipped.
fn build(tree: &Path) -> PathBuf {
    let manifest = std::fs::read_to_string(tree.join("Cargo.toml")).unwrap();
    let profile = if manifest.contains("[profile.dist]") { "dist" } else { "release" };
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(tree).env("CARGO_TARGET_DIR", tree.join("target"));
    cargo.args(["build", "--quiet", "--bin", "sourcebook", "--profile", profile]);
    succeed(cargo);
    tree.join("target").join(profile).join("sourcebook")
}

fn succeed(mut command: Command) {
    let status = command.status().unwrap();
    assert!(status.success(), "{command:?}");
}
