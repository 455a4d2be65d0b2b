//! A record's versions, from the git repository that the dossier is in, by the git program.
//!
//! No option of git follows a block from file to file or through a merge: every commit's sheets are read, each blob once,
//! and the record is found by its id. A commit changed it if it has it in another way than each of its parents.
//!
//! Git is asked for what is in its objects and no more: no pager, no hook, no signature, no filter and no network.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use sourcebook_core::dossier::history::{Change, Version, changes, version};
use sourcebook_core::dossier::load::CONTENT;

/// A commit that changed a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The commit.
    pub commit: String,
    /// Its author, by name.
    pub by: String,
    /// When it was written (ISO 8601, with the author's offset).
    pub on: String,
    /// The first line of its message: why.
    pub why: String,
    /// What became of the record.
    pub what: What,
    /// In which sheet it then stood, from the dossier's root; none where it was removed.
    pub sheet: Option<String>,
    /// The fields that changed.
    pub fields: Vec<Change>,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It was written.
    Added,
    /// Fields of it changed.
    Changed,
    /// It was taken out.
    Removed,
}

impl What {
    /// As the command prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// The versions of a record, the earliest first.
///
/// # Errors
/// There is no git, the dossier is in no repository, or git fails: a sentence for the person at the terminal.
pub fn of(root: &Path, id: &str) -> Result<Vec<Event>, String> {
    let format = "--format=%x1e%H%x1f%P%x1f%an%x1f%aI%x1f%s";
    let log =
        text(git(root).args(["log", "-z", "--full-history", "--topo-order", "--reverse", format, "--", CONTENT]))?;
    let mut versions = Versions::open(root, id)?;
    let mut events = Vec::new();
    for line in log.split('\u{1e}').map(|line| line.trim_matches(['\0', '\n'])).filter(|line| !line.is_empty()) {
        let parts: Vec<&str> = line.splitn(5, '\u{1f}').collect();
        let [commit, parents, by, on, why] = parts.as_slice() else { continue };
        let after = versions.at(commit)?;
        let mut before = Vec::new();
        for parent in parents.split_whitespace() {
            before.push(versions.at(parent)?);
        }
        let of = |found: &Found| found.as_ref().map(|(_, version)| version.clone());
        let differs = |before: &Found| is_other(of(before).as_ref(), of(&after).as_ref());
        if !before.iter().all(differs) || (before.is_empty() && after.is_none()) {
            continue;
        }
        let first = before.first().and_then(of);
        let what = match (&first, &after) {
            (None, _) => What::Added,
            (Some(_), None) => What::Removed,
            (Some(_), Some(_)) => What::Changed,
        };
        events.push(Event {
            commit: (*commit).to_owned(),
            by: (*by).to_owned(),
            on: (*on).to_owned(),
            why: (*why).to_owned(),
            what,
            sheet: after.as_ref().map(|(path, _)| path.clone()),
            fields: changes(first.as_ref(), of(&after).as_ref()),
        });
    }
    Ok(events)
}

fn is_other(before: Option<&Version>, after: Option<&Version>) -> bool {
    before.is_some() != after.is_some() || !changes(before, after).is_empty()
}

/// A record at a commit: the sheet, and what it says.
type Found = Option<(String, Version)>;

/// What the record was at commits.
struct Versions<'a> {
    root: &'a Path,
    id: &'a str,
    commits: HashMap<String, Found>,
    blobs: HashMap<String, Option<Version>>,
    objects: Objects,
}

impl<'a> Versions<'a> {
    fn open(root: &'a Path, id: &'a str) -> Result<Self, String> {
        Ok(Self { root, id, commits: HashMap::new(), blobs: HashMap::new(), objects: Objects::open(root)? })
    }

    fn at(&mut self, commit: &str) -> Result<Found, String> {
        if let Some(known) = self.commits.get(commit) {
            return Ok(known.clone());
        }
        let tree = text(git(self.root).args(["ls-tree", "-r", "-z", commit, "--", CONTENT]))?;
        let mut found = None;
        for entry in tree.split('\0').filter(|entry| !entry.is_empty()) {
            let Some((head, path)) = entry.split_once('\t') else { continue };
            let [_, "blob", object] = head.split(' ').collect::<Vec<_>>()[..] else { continue };
            if !path.ends_with(".yaml") && !path.ends_with(".yml") {
                continue;
            }
            if !self.blobs.contains_key(object) {
                let bytes = self.objects.read(object)?;
                let holds = memchr::memmem::find(&bytes, self.id.as_bytes()).is_some();
                let read = holds.then(|| version(&String::from_utf8_lossy(&bytes), self.id)).flatten();
                self.blobs.insert(object.to_owned(), read);
            }
            if let Some(version) = self.blobs.get(object).cloned().flatten() {
                found = Some((path.to_owned(), version));
                break;
            }
        }
        self.commits.insert(commit.to_owned(), found.clone());
        Ok(found)
    }
}

/// One git that gives the bytes of objects.
struct Objects {
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Objects {
    fn open(root: &Path) -> Result<Self, String> {
        let mut command = git(root);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(no_git)?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(ask), Some(answers)) => Ok(Self { child, ask, answers: BufReader::new(answers) }),
            _ => Err("git cannot be spoken to".to_owned()),
        }
    }

    fn read(&mut self, object: &str) -> Result<Vec<u8>, String> {
        let failed = |error: std::io::Error| format!("git, object {object}: {error}");
        writeln!(self.ask, "{object}").and_then(|()| self.ask.flush()).map_err(failed)?;
        let mut head = String::new();
        self.answers.read_line(&mut head).map_err(failed)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let size = size.ok_or_else(|| format!("git does not have the object {object}"))?;
        let mut bytes = vec![0; size + 1];
        self.answers.read_exact(&mut bytes).map_err(failed)?;
        bytes.pop();
        Ok(bytes)
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Variables by which a git that calls us would mislead the one that we call.
const INHERITED: [&str; 7] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_INDEX_FILE",
];

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    for name in INHERITED {
        command.env_remove(name);
    }
    // What a repository may configure to run is not run.
    let quiet = [
        "core.fsmonitor=false",
        "log.showSignature=false",
        "core.hooksPath=/dev/null",
        "log.mailmap=false",
        "core.quotePath=false",
    ];
    command.arg("-C").arg(root).args(["--no-pager", "--no-replace-objects", "--literal-pathspecs"]);
    for setting in quiet {
        command.args(["-c", setting]);
    }
    command
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C");
    command
}

fn text(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(no_git)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(format!("git: {said}"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err gives")]
fn no_git(error: std::io::Error) -> String {
    format!("git cannot be run: {error}")
}
