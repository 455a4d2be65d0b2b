//! What git keeps of the dossier's sheets, by the git program.
//!
//! Git is asked for what is in its objects and no more: no pager, no hook, no signature, no filter and no network. Trees are
//! read from their objects, by the one program that gives the bytes of objects: none is started for each commit.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use sourcebook_core::base::past::{Commit, Committed, Past};
use sourcebook_core::dossier::history::events;
use sourcebook_core::dossier::load::CONTENT;
use sourcebook_core::dossier::versions::Event;

/// The versions of a record, the earliest first.
///
/// # Errors
/// There is no git, the dossier is in no repository, or git fails: a sentence for the person at the terminal.
pub fn of(root: &Path, id: &str) -> Result<Vec<Event>, String> {
    let mut repository = Repository::open(root)?;
    let mut events = events(&mut repository, &|known| known == id)?;
    Ok(events.remove(id).unwrap_or_default())
}

/// The repository that a dossier is in.
pub struct Repository {
    root: PathBuf,
    /// The dossier's folder in the repository, with a slash at the end, or empty.
    prefix: String,
    head: String,
    is_shallow: bool,
    objects: Objects,
    /// By their commits.
    files: HashMap<String, Committed>,
    /// By their trees: most commits leave most folders alone.
    trees: HashMap<String, Committed>,
}

impl Repository {
    /// The repository around a folder.
    ///
    /// # Errors
    /// There is no git, no repository, or no commit in it.
    pub fn open(root: &Path) -> Result<Self, String> {
        let said = text(git(root).args(["rev-parse", "--show-prefix", "--is-shallow-repository", "--verify", "HEAD"]))?;
        let lines: Vec<&str> = said.lines().collect();
        let [prefix, shallow, head] = lines[..] else { return Err("git: no commit yet".to_owned()) };
        let (prefix, head, is_shallow) = (prefix.to_owned(), head.to_owned(), shallow == "true");
        let objects = Objects::open(root)?;
        Ok(Self { root: root.into(), prefix, head, is_shallow, objects, files: HashMap::new(), trees: HashMap::new() })
    }

    /// The files of a tree, below a path.
    fn tree(&mut self, object: &str, path: &str) -> Result<Committed, String> {
        let key = format!("{object} {path}");
        if let Some(known) = self.trees.get(&key) {
            return Ok(known.clone());
        }
        let bytes = self.objects.read(object)?;
        let mut files = Vec::new();
        for (kind, name, object) in entries(&bytes, object.len() / 2) {
            let path = format!("{path}/{name}");
            match kind {
                Entry::Folder => files.extend(self.tree(&object, &path)?.iter().cloned()),
                Entry::File => files.push((path, object)),
            }
        }
        let files: Committed = files.into();
        self.trees.insert(key, files.clone());
        Ok(files)
    }
}

impl Past for Repository {
    fn head(&self) -> &str {
        &self.head
    }

    fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    fn commits(&mut self) -> Result<Vec<Commit>, String> {
        let format = "--format=%x1e%H%x1f%P%x1f%an%x1f%aI%x1f%s";
        let arguments = ["log", "-z", "--full-history", "--topo-order", "--reverse", format, &self.head, "--", CONTENT];
        let log = text(git(&self.root).args(arguments))?;
        let commit = |line: &str| {
            let parts: Vec<&str> = line.splitn(5, '\u{1f}').collect();
            let [id, parents, by, on, why] = parts[..] else { return None };
            let parents = parents.split_whitespace().map(str::to_owned).collect();
            Some(Commit { id: id.into(), parents, by: by.into(), on: on.into(), why: why.into() })
        };
        Ok(log.split('\u{1e}').filter_map(|line| commit(line.trim_matches(['\0', '\n']))).collect())
    }

    fn files(&mut self, commit: &str) -> Result<Committed, String> {
        if let Some(known) = self.files.get(commit) {
            return Ok(known.clone());
        }
        let found = self.objects.ask(&format!("{commit}:{}{CONTENT}", self.prefix))?;
        let files = match found {
            Some((object, kind)) if kind == "tree" => self.tree(&object, CONTENT)?,
            _ => Committed::default(),
        };
        self.files.insert(commit.to_owned(), files.clone());
        Ok(files)
    }

    fn read(&mut self, object: &str) -> Result<Vec<u8>, String> {
        self.objects.read(object)
    }
}

/// What a name in a tree is of.
enum Entry {
    Folder,
    File,
}

/// The folders and files of a tree as git stores it: mode, name and hash of each. Links and submodules are neither.
fn entries(tree: &[u8], hash: usize) -> Vec<(Entry, String, String)> {
    let (mut found, mut rest) = (Vec::new(), tree);
    while let Some(end) = memchr::memchr(0, rest) {
        let (head, after) = (&rest[..end], &rest[end + 1..]);
        if after.len() < hash {
            break;
        }
        let (object, after) = after.split_at(hash);
        rest = after;
        let head = String::from_utf8_lossy(head);
        let Some((mode, name)) = head.split_once(' ') else { break };
        let entry = match mode {
            "40000" => Entry::Folder,
            "100644" | "100755" | "100664" => Entry::File,
            _ => continue,
        };
        found.push((entry, name.to_owned(), object.iter().map(|byte| format!("{byte:02x}")).collect()));
    }
    found
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
        let answer = self.answer(object)?;
        answer.map(|(_, _, bytes)| bytes).ok_or_else(|| format!("git does not have the object {object}"))
    }

    /// Name and kind of an object; nothing where there is none.
    fn ask(&mut self, object: &str) -> Result<Option<(String, String)>, String> {
        Ok(self.answer(object)?.map(|(name, kind, _)| (name, kind)))
    }

    /// Name, kind and bytes.
    fn answer(&mut self, object: &str) -> Result<Option<(String, String, Vec<u8>)>, String> {
        let failed = |error: std::io::Error| format!("git, object {object}: {error}");
        if object.contains('\n') {
            return Err("git cannot be asked for a folder with a line break in its name".to_owned());
        }
        writeln!(self.ask, "{object}").and_then(|()| self.ask.flush()).map_err(failed)?;
        let mut head = String::new();
        self.answers.read_line(&mut head).map_err(failed)?;
        let parts: Vec<&str> = head.trim_end().split(' ').collect();
        let [name, kind, size] = parts[..] else { return Ok(None) };
        let Ok(size) = size.parse::<usize>() else { return Ok(None) };
        let mut bytes = vec![0; size + 1];
        self.answers.read_exact(&mut bytes).map_err(failed)?;
        bytes.pop();
        Ok(Some((name.to_owned(), kind.to_owned(), bytes)))
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
