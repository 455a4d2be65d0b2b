//! A branch of a git repository, by the git program: one commit for each deploy that changes something.
//!
//! 1. The branch is fetched, to a name of our own (`refs/sourcebook/BRANCH`), and its tree compared with the output.
//! 2. Objects are written, a tree is made of them in an index of our own, and a commit on top of the branch as fetched.
//! 3. The commit is pushed. A remote that has moved meanwhile refuses it, and nothing is lost.
//!
//! Neither the working tree, nor the index, nor a branch of the dossier's repository is touched; its configuration is
//! what says who one is. A dossier in no repository is deployed from a temporary one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::Command;

use super::program::{failed, output, run};
use super::scratch::Scratch;
use super::{Carrier, Failure, Site};
use crate::deploy::manifest::{self, Entry};
use crate::deploy::{LocalFile, Manifest, Plan, Remote};
use crate::held::named;
use crate::progress::Progress;

/// A file that nobody need run.
const MODE: &str = "100644";

/// Variables by which a git that calls us would mislead the one that we call.
const INHERITED: [&str; 6] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"];

/// Opens the branch; the remote is not asked yet.
///
/// # Errors
/// There is no git, or the remote is a name and the dossier in no repository that would know it.
pub fn open(remote: &str, branch: &str, message: &str, site: Site) -> Result<Git, Failure> {
    let scratch = Scratch::new()?;
    let own = |text: &str| text.to_owned();
    // A folder begins at the dossier; git itself would begin at the top of the repository, which may lie above.
    let folder = site.root().join(remote);
    let remote =
        if remote.contains('/') && named::is_folder(&folder) { folder.display().to_string() } else { own(remote) };
    let mut git = Git {
        site,
        scratch,
        temporary: None,
        remote,
        branch: own(branch),
        message: own(message),
        tip: None,
        tree: BTreeMap::new(),
        manifest: Manifest::default(),
    };
    if !output(git.git().args(["rev-parse", "--git-dir"]), &[])?.status.success() {
        if !git.remote.contains(['/', ':']) {
            let message = format!(
                "`{}` would be a remote of a git repository, and the dossier is in none: write its address",
                git.remote
            );
            return Err(Failure(message));
        }
        let repository = git.scratch.path().join("repository");
        run(Command::new("git").args(["init", "--quiet", "--bare"]).arg(&repository), &[])?;
        git.temporary = Some(repository);
    }
    Ok(git)
}

/// A branch of a remote repository.
pub struct Git {
    site: Site,
    scratch: Scratch,
    temporary: Option<PathBuf>,
    remote: String,
    branch: String,
    message: String,
    /// The commit on which ours will stand.
    tip: Option<String>,
    /// Mode and object of every file there.
    tree: BTreeMap<String, (String, String)>,
    manifest: Manifest,
}

impl Carrier for Git {
    fn place(&self) -> String {
        format!("{} of {}", self.branch, self.remote)
    }

    fn look(&mut self, files: &[LocalFile]) -> Result<Remote, Failure> {
        self.tip = self.fetch()?;
        self.tree = match &self.tip {
            Some(tip) => tree(&self.text(&["ls-tree", "-r", "-z", "--full-tree", tip], &[])?),
            None => BTreeMap::new(),
        };
        self.manifest = match self.tree.remove(&manifest::path()) {
            Some((_, object)) => Manifest::parse(&self.text(&["cat-file", "blob", &object], &[])?).unwrap_or_default(),
            None => Manifest::default(),
        };
        let mut there: BTreeMap<String, bool> = self.tree.keys().map(|path| (path.clone(), false)).collect();
        for (file, object) in files.iter().zip(self.objects(files.iter(), false)?) {
            if self.tree.get(&file.path).is_some_and(|(mode, old)| mode == MODE && *old == object) {
                there.insert(file.path.clone(), true);
            }
        }
        Ok(Remote { there, ours: self.manifest.0.keys().cloned().collect() })
    }

    fn carry_out(&mut self, files: &[LocalFile], plan: &Plan, progress: &Progress) -> Result<(), Failure> {
        let manifest = Manifest(files.iter().map(|file| (file.path.clone(), Entry::default())).collect());
        if plan.steps() == 0 && manifest == self.manifest {
            return Ok(());
        }
        let tree = self.write_tree(files, plan, &manifest)?;
        let mut arguments = vec!["commit-tree", &*tree, "-m", &*self.message];
        arguments.extend(self.tip.iter().flat_map(|tip| ["-p", &**tip]));
        let commit = self.text(&arguments, &[])?;
        self.push(commit.trim())?;
        (0..plan.steps()).for_each(|_| progress.tick());
        Ok(())
    }
}

impl Git {
    fn git(&self) -> Command {
        let mut command = Command::new("git");
        match &self.temporary {
            Some(repository) => command.arg("--git-dir").arg(repository),
            None => command.arg("-C").arg(self.site.root()),
        };
        command.args(["-c", "gc.auto=0", "-c", "core.safecrlf=false"]);
        for name in INHERITED {
            command.env_remove(name);
        }
        command.env("GIT_INDEX_FILE", self.scratch.path().join("index")).env("LC_ALL", "C");
        if !std::io::stdin().is_terminal() {
            // Nobody is there to answer.
            command.env("GIT_TERMINAL_PROMPT", "0");
        }
        command
    }

    fn text(&self, arguments: &[&str], input: &[u8]) -> Result<String, Failure> {
        let printed = match arguments.first() {
            Some(&"commit-tree") => run(self.with_identity().args(arguments), input)?,
            _ => run(self.git().args(arguments), input)?,
        };
        Ok(String::from_utf8_lossy(&printed).into_owned())
    }

    /// Where git does not know who commits, as on a machine that only builds, the program does.
    fn with_identity(&self) -> Command {
        let mut git = self.git();
        let known =
            ["GIT_COMMITTER_EMAIL", "GIT_AUTHOR_EMAIL", "EMAIL"].iter().any(|name| std::env::var_os(name).is_some())
                || run(self.git().args(["config", "user.email"]), &[]).is_ok();
        if !known {
            for who in ["AUTHOR", "COMMITTER"] {
                git.env(format!("GIT_{who}_NAME"), "sourcebook")
                    .env(format!("GIT_{who}_EMAIL"), "sourcebook@localhost");
            }
        }
        git
    }

    /// The branch as it is there; `None` where it is not there yet.
    fn fetch(&self) -> Result<Option<String>, Failure> {
        let head = format!("refs/heads/{}", self.branch);
        if self.text(&["ls-remote", "--heads", "--", &self.remote, &head], &[])?.trim().is_empty() {
            return Ok(None);
        }
        let ours = format!("refs/sourcebook/{}", self.branch);
        let refspec = format!("+{head}:{ours}");
        let mut arguments = vec!["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"];
        // History is only needed by those who have it already.
        arguments.extend(self.temporary.iter().map(|_| "--depth=1"));
        arguments.extend(["--", &*self.remote, &*refspec]);
        self.text(&arguments, &[])?;
        Ok(Some(self.text(&["rev-parse", "--verify", &ours], &[])?.trim().to_owned()))
    }

    /// The name of the object that each file is, which is written too if asked for.
    fn objects<'a>(&self, files: impl Iterator<Item = &'a LocalFile>, write: bool) -> Result<Vec<String>, Failure> {
        let output = named::whole(self.site.output.shown());
        let paths = files.fold(String::new(), |mut paths, file| {
            let _ = writeln!(paths, "{}", output.join(&file.path).display());
            paths
        });
        let mut arguments = vec!["hash-object", "--no-filters", "--stdin-paths"];
        if write {
            arguments.push("-w");
        }
        Ok(self.text(&arguments, paths.as_bytes())?.lines().map(str::to_owned).collect())
    }

    /// The tree there, with what the plan changes; what other hands put there stays.
    fn write_tree(&self, files: &[LocalFile], plan: &Plan, manifest: &Manifest) -> Result<String, Failure> {
        match &self.tip {
            Some(tip) => self.text(&["read-tree", tip], &[])?,
            None => self.text(&["read-tree", "--empty"], &[])?,
        };
        // As long as names of objects are here: SHA-1's or SHA-256's.
        let zero = "0".repeat(self.tip.as_ref().map_or(40, String::len));
        let mut entries = String::new();
        for path in plan.removals.iter().flatten() {
            let _ = write!(entries, "0 {zero}\t{path}\0");
        }
        let sent: BTreeSet<usize> = plan.uploads.iter().flatten().copied().collect();
        let objects = self.objects(sent.iter().map(|n| &files[*n]), true)?;
        for (n, object) in sent.iter().zip(objects) {
            self.site.read(&files[*n])?;
            let _ = write!(entries, "{MODE} {object}\t{}\0", files[*n].path);
        }
        let list = self.text(&["hash-object", "-w", "--stdin"], manifest.print().as_bytes())?;
        let _ = write!(entries, "{MODE} {}\t{}\0", list.trim(), manifest::path());
        self.text(&["update-index", "-z", "--index-info"], entries.as_bytes())?;
        Ok(self.text(&["write-tree"], &[])?.trim().to_owned())
    }

    fn push(&self, commit: &str) -> Result<(), Failure> {
        let force = if self.site.force { "+" } else { "" };
        let refspec = format!("{force}{commit}:refs/heads/{}", self.branch);
        let mut command = self.git();
        command.args(["push", "--porcelain", "--quiet", "--", &self.remote, &refspec]);
        let output = output(&mut command, &[])?;
        let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        let moved = ["non-fast-forward", "fetch first", "stale info", "cannot lock ref"];
        match output.status.success() {
            true => Ok(()),
            false if moved.iter().any(|words| told.contains(words)) => Err(Failure(format!(
                "somebody else has pushed to {} meanwhile: nothing was overwritten; deploy again",
                self.place()
            ))),
            false => Err(failed(&command, &output)),
        }
    }
}

/// `100644 blob 0123…\tpath`, each ended by NUL.
fn tree(listed: &str) -> BTreeMap<String, (String, String)> {
    let entry = |entry: &str| {
        let (what, path) = entry.split_once('\t')?;
        let mut what = what.split(' ');
        let (mode, _, object) = (what.next()?, what.next()?, what.next()?);
        Some((path.to_owned(), (mode.to_owned(), object.to_owned())))
    };
    listed.split_terminator('\0').filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_tree() {
        let listed = "100644 blob aa\tindex.html\x00100755 blob bb\ta b/run\x00160000 commit cc\tsub\0";
        let found: Vec<_> =
            tree(listed).into_iter().map(|(path, (mode, object))| format!("{path} {mode} {object}")).collect();
        assert_eq!(found, ["a b/run 100755 bb", "index.html 100644 aa", "sub 160000 cc"]);
    }
}
