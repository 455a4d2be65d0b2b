//! The output folder.
//!
//! The promise: a build killed at any moment leaves each file either old or new, never half, and nothing that another
//! hand put into the folder is ever touched. (A loss of power is another matter: nothing is forced to the platters.)
//!
//! 1. [`Output::open`] takes the folder's lock, reads what is there and refuses what no build of ours wrote. What that
//!    is, a manifest says: `.sourcebook/manifest`, the paths, sorted.
//! 2. [`Output::write`], from any thread, leaves a file of the same bytes alone. Anything else goes to the staging
//!    folder, `.sourcebook/new`: a page whose folder is new into a `tree` which later moves as a whole, a page over an
//!    old one into a file of its own.
//! 3. [`Output::finish`] writes down what is old and what is coming, moves the new into place, removes what no route
//!    owns any more, and writes the manifest.
//!
//! Compressed twins of files are derived from what is written, at a cost; [`Output::keep`] leaves one of them alone. That
//! is right only if it was made from the very bytes that its file still has, in the same way. `.sourcebook/recipe` says how
//! all twins were made; it is removed before anything moves and written when all has, so that after a killed build none
//! is trusted.
//!
//! A folder of files that are all derived from the same, such as the full-text index, is left alone by
//! [`Output::keep_folder`]; `.sourcebook/derived` says from what it was made and which files it has, and is written and
//! removed as the recipe is.
//!
//! A build of what the last one was made from ends before it begins: [`Output::stands`].
//!
//! So until `finish` the last output is whole, and an [`Output`] dropped before it leaves no trace. A killed build's
//! staging folder is removed by the next one.
//!
//! # Why staging
//!
//! A write to the file's own name can be cut short by a kill. Against `cp -r` of the same 10,000 pages of 15 KB, a
//! folder each, on two threads (ratios of best rounds; tmpfs repeats within 10 %, ext4 under other load only within 40 %):
//!
//! | | ext4 | tmpfs |
//! |---|---|---|
//! | new: plain write, which a kill cuts short | 0.38 | 0.28 |
//! | new: temporary file beside the page, renamed at once | 0.53 | 0.36 |
//! | **new: staged as a tree, one rename at the end** | 0.57 | 0.30 |
//! | over old: temporary file beside the page, renamed at once | 0.35 | 0.36 |
//! | **over old: staged, all renamed at the end** | 0.90 | 0.49 |
//! | this module, all new | 0.60 | 0.30 |
//! | this module, all changed (with reading what is there) | 1.26 | 0.75 |
//! | this module, nothing changed | 0.18 | 0.25 |
//!
//! A tree costs little more than the unsafe write. Over old files staging costs more than renaming at once; that buys
//! an output which a fault found while rendering leaves untouched.

mod error;
mod manifest;
mod ops;
mod present;
mod stamp;
#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

pub use error::OutputError;
pub use sourcebook_core::base::path::{PathFault, check as check_path};

use ops::Ops;
use present::Present;

pub use sourcebook_core::base::path::PRIVATE;

/// The file that says how derived files were made.
const RECIPE: &str = "recipe";

/// The file that says from what a folder of derived files was made, and which these are.
const DERIVED: &str = "derived";

/// What a site was made from, and its files as they were.
const STAMP: &str = "stamp";

/// What became of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is new, or its bytes are.
    Changed,
    /// It already held these bytes, and keeps its time of change.
    Unchanged,
}

/// What a build did to the folder, in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// New, or with new bytes.
    pub written: usize,
    /// Left alone.
    pub unchanged: usize,
    /// Of an earlier build, and gone.
    pub removed: usize,
}

/// An output folder, open for one build.
#[derive(Debug)]
pub struct Output {
    root: PathBuf,
    present: Present,
    state: Mutex<State>,
    number: AtomicUsize,
    ops: Ops,
    /// How derived files are made in this build, and were in the last.
    recipe: Option<String>,
    last_recipe: Option<String>,
    /// The folder of derived files and what it is made from; and the file that says so of the last build.
    derived: OnceLock<(String, String)>,
    last_derived: Option<String>,
    _lock: Lock,
}

/// Held while a build is at work in a folder.
#[derive(Debug)]
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone would leave the lock to a child process that was started meanwhile.
        let _ = self.0.unlock();
    }
}

/// What the threads of a build add to.
#[derive(Debug, Default)]
struct State {
    owned: Vec<Box<str>>,
    summary: Summary,
    /// Folders made below the staged tree.
    made: HashSet<Box<str>>,
    /// The topmost folders that are not there yet.
    folders: BTreeSet<Box<str>>,
    /// Staged files, and the paths that they will have.
    files: Vec<(PathBuf, Box<str>)>,
}

impl Output {
    /// Opens or makes the folder at `dir`, for this build alone. Changes nothing of the site that is there.
    ///
    /// # Errors
    /// The folder holds what no build of ours wrote, another build is at work in it, or the system refuses.
    pub fn open(dir: &Path) -> Result<Self, OutputError> {
        Self::open_with(dir, Ops::default())
    }

    fn open_with(dir: &Path, ops: Ops) -> Result<Self, OutputError> {
        let root = make_root(dir, &ops)?;
        let lock = take_lock(&root, &ops)?;
        let present = present::find(&root, dir)?;
        let (state, number) = (Mutex::default(), AtomicUsize::new(0));
        let [last_recipe, last_derived] =
            [RECIPE, DERIVED].map(|name| present::read_trusted(&root.join(PRIVATE), name));
        let (recipe, derived) = (None, OnceLock::new());
        let output =
            Self { root, present, state, number, ops, recipe, last_recipe, derived, last_derived, _lock: lock };
        output.clear_staging().map_err(|e| output.fail("clean", &output.staging(), e))?;
        Ok(output)
    }

    /// Says how this build makes derived files: those that were made otherwise are not kept.
    pub fn with_recipe(mut self, recipe: Option<String>) -> Self {
        self.recipe = recipe;
        self
    }

    /// Leaves a derived file as it is, and says whether that could be done: it is there, and was made as it would be now.
    pub fn keep(&self, path: &str) -> bool {
        let known = self.recipe.is_some() && self.recipe == self.last_recipe && self.present.files.contains(path);
        if known {
            let mut state = self.state();
            state.owned.push(path.into());
            state.summary.unchanged += 1;
        }
        known
    }

    /// Leaves all files of a folder (`folder/`) as they are, and says whether that could be done: they are there, and were
    /// made from the same, `made_from`, in one line. If not, they are to be written. One folder to a build.
    pub fn keep_folder(&self, folder: &str, made_from: &str) -> bool {
        let _ = self.derived.set((folder.to_owned(), made_from.to_owned()));
        let mut lines = self.last_derived.as_deref().unwrap_or_default().lines();
        let same = lines.next() == Some(made_from);
        let files: Vec<&str> = lines.collect();
        let known = |path: &&str| path.starts_with(folder) && self.present.files.contains(*path);
        if !same || files.is_empty() || !files.iter().all(known) {
            return false;
        }
        let mut state = self.state();
        state.summary.unchanged += files.len();
        state.owned.extend(files.into_iter().map(Into::into));
        true
    }

    /// Whether the folder holds what a build made of the same inputs, untouched since. `inputs` is one line.
    pub fn stands(&self, inputs: &str) -> Option<Summary> {
        let stamp = self.root.join(PRIVATE).join(STAMP);
        let stamped = fs::metadata(&stamp).and_then(|data| data.modified()).ok()?;
        let mut paths: Vec<&str> = self.present.files.iter().map(AsRef::as_ref).collect();
        paths.par_sort_unstable();
        let unchanged = paths.len();
        let text = stamp::print(inputs, &self.root, &paths, Some(stamped))?;
        holds(&stamp, text.as_bytes()).ok()?.then_some(Summary { unchanged, ..Summary::default() })
    }

    /// Stages the bytes of one file, unless it holds them already. `path` is relative, with `/`.
    ///
    /// # Errors
    /// The path is no path for every system ([`check_path`]), was written before in this build, or the system refuses.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<Written, OutputError> {
        check_path(path).map_err(|fault| OutputError::Path { path: path.into(), fault })?;
        let same = self.present.files.contains(path) && holds(&self.root.join(path), bytes).unwrap_or(false);
        if !same {
            self.stage(path, bytes)?;
        }
        let mut state = self.state();
        state.owned.push(path.into());
        *(if same { &mut state.summary.unchanged } else { &mut state.summary.written }) += 1;
        Ok(if same { Written::Unchanged } else { Written::Changed })
    }

    /// Puts everything in its place and removes what no call of [`Output::write`] owned. `inputs` is for
    /// [`Output::stands`].
    ///
    /// # Errors
    /// A path was written twice, or the system refuses: then each file is either old or new, and a later build mends it.
    pub fn finish(self, inputs: Option<&str>) -> Result<Summary, OutputError> {
        let mut state = std::mem::take(&mut *self.state());
        state.owned.par_sort_unstable();
        if let Some(twice) = state.owned.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(OutputError::Twice { path: twice[0].to_string() });
        }
        let orphans = self.present.orphans(&state.owned);
        if state.summary.written + orphans.len() > 0 {
            self.write_manifest(&self.present.union(&state.owned))?;
            self.forget(RECIPE, self.last_recipe.as_ref())?;
            self.forget(DERIVED, self.last_derived.as_ref())?;
        }
        self.replace(&state, &orphans)?;
        let owned: Vec<_> = state.owned.iter().map(AsRef::as_ref).collect();
        self.write_manifest(&owned)?;
        self.write_trusted(RECIPE, self.recipe.clone(), self.last_recipe.as_ref())?;
        self.write_trusted(DERIVED, self.derived_text(&owned), self.last_derived.as_ref())?;
        // Without a stamp the next build does more than it need, and nothing else.
        if let Some(text) = inputs.and_then(|inputs| stamp::print(inputs, &self.root, &owned, None)) {
            self.write_private(STAMP, &text)?;
        }
        Ok(Summary { removed: orphans.len(), ..state.summary })
    }

    /// New before old: a reader who follows a link while this runs finds a page. What stands in the way of a new file
    /// (a file where a folder is to be, or the reverse) makes its move wait until the old is removed.
    fn replace(&self, state: &State, orphans: &[&str]) -> Result<(), OutputError> {
        let (twins, orphans) = split_twins(orphans, &state.owned);
        self.remove_files(&twins)?;
        let moves = self.moves(state);
        let waiting: Vec<_> = moves.par_iter().filter(|(from, to)| self.ops.rename(from, to).is_err()).collect();
        self.ops.alive().map_err(|e| self.fail("write", &self.root, e))?;
        self.remove_files(&orphans)?;
        self.remove_folders(&state.owned)?;
        waiting.into_iter().try_for_each(|(from, to)| self.ops.rename(from, to).map_err(|e| self.fail("write", to, e)))
    }

    fn moves(&self, state: &State) -> Vec<(PathBuf, PathBuf)> {
        let tree = self.staging().join("tree");
        let folders = state.folders.iter().map(|f| (tree.join(&**f), self.root.join(&**f)));
        let files = state.files.iter().map(|(from, to)| (from.clone(), self.root.join(&**to)));
        folders.chain(files).collect()
    }

    fn stage(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let missing = self.present.missing_folder(path);
        let target = match missing {
            Some(_) => self.staging().join("tree").join(path),
            None => self.numbered(),
        };
        let folder = target.parent().unwrap_or(&self.root);
        // A page has its folder to itself, so that nobody asks for it again.
        self.make_folders(folder, !path.ends_with("/index.html")).map_err(|e| self.fail("make", folder, e))?;
        self.ops.create(&target, bytes).map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists => OutputError::Twice { path: path.into() },
            _ => self.fail("write", &target, e),
        })?;
        let mut state = self.state();
        match missing {
            Some(folder) if state.folders.contains(folder) => {}
            Some(folder) => drop(state.folders.insert(folder.into())),
            None => state.files.push((target, path.into())),
        }
        Ok(())
    }

    /// A folder for each thread, so that threads do not wait for each other's entries in one.
    fn numbered(&self) -> PathBuf {
        let thread = rayon::current_thread_index().map_or(0, |i| i + 1);
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        self.staging().join("files").join(thread.to_string()).join(number.to_string())
    }

    fn make_folders(&self, folder: &Path, remember: bool) -> io::Result<()> {
        let key = folder.to_string_lossy();
        if folder == self.root.join(PRIVATE) || self.state().made.contains(&*key) {
            return Ok(());
        }
        self.make_folders(folder.parent().unwrap_or(&self.root), true)?;
        self.ops.make_folder(folder)?;
        if remember {
            self.state().made.insert(key.into());
        }
        Ok(())
    }

    fn remove_files(&self, paths: &[&str]) -> Result<(), OutputError> {
        paths.par_iter().try_for_each(|path| {
            let path = self.root.join(path);
            self.ops.remove_file(&path).map_err(|e| self.fail("remove", &path, e))
        })
    }

    /// Removes the folders that are empty and hold none of `owned`, the deepest first.
    fn remove_folders(&self, owned: &[Box<str>]) -> Result<(), OutputError> {
        for folder in self.present.folders_without(owned) {
            let path = self.root.join(folder);
            self.ops.remove_empty(&path).map_err(|e| self.fail("remove", &path, e))?;
        }
        Ok(())
    }

    fn write_manifest(&self, paths: &[&str]) -> Result<(), OutputError> {
        self.write_private("manifest", &manifest::print(paths))
    }

    /// Writes a file of our own, old or new at any moment; the stamp also where it is the same, for its time.
    fn write_private(&self, name: &str, text: &str) -> Result<(), OutputError> {
        let path = self.root.join(PRIVATE).join(name);
        if name != STAMP && holds(&path, text.as_bytes()).unwrap_or(false) {
            return Ok(());
        }
        let temporary = path.with_extension("new");
        self.ops.overwrite(&temporary, text.as_bytes()).map_err(|e| self.fail("write", &temporary, e))?;
        self.ops.rename(&temporary, &path).map_err(|e| self.fail("write", &path, e))
    }

    /// What the next build will trust in, after a build that comes to its end.
    fn derived_text(&self, owned: &[&str]) -> Option<String> {
        let (folder, made_from) = self.derived.get()?;
        let files = owned.iter().filter(|path| path.starts_with(&**folder)).map(|path| format!("{path}\n"));
        Some(std::iter::once(format!("{made_from}\n")).chain(files).collect())
    }

    fn forget(&self, name: &str, last: Option<&String>) -> Result<(), OutputError> {
        let path = self.root.join(PRIVATE).join(name);
        last.map_or(Ok(()), |_| self.ops.remove_file(&path).map_err(|e| self.fail("remove", &path, e)))
    }

    fn write_trusted(&self, name: &str, text: Option<String>, last: Option<&String>) -> Result<(), OutputError> {
        match text {
            None => self.forget(name, last),
            Some(text) => self.write_private(name, &text),
        }
    }

    fn clear_staging(&self) -> io::Result<()> {
        self.ops.remove_tree(&self.staging())
    }

    fn staging(&self) -> PathBuf {
        self.root.join(PRIVATE).join("new")
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fail(&self, doing: &'static str, path: &Path, error: io::Error) -> OutputError {
        OutputError::system(doing, path.strip_prefix(&self.root).unwrap_or(path), error)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = self.clear_staging();
    }
}

/// The folder, made if need be; and nothing made in a folder that is not ours.
fn make_root(dir: &Path, ops: &Ops) -> Result<PathBuf, OutputError> {
    ops.make_folders(dir).map_err(|e| OutputError::system("make", dir, e))?;
    let root = dir.canonicalize().map_err(|e| OutputError::system("open", dir, e))?;
    let private = root.join(PRIVATE);
    if fs::symlink_metadata(&private).is_err() {
        present::find(&root, dir)?;
        ops.make_folder(&private).map_err(|e| OutputError::system("make", &private, e))?;
    }
    present::check_private(&private, dir)?;
    Ok(root)
}

fn take_lock(root: &Path, ops: &Ops) -> Result<Lock, OutputError> {
    let path = root.join(PRIVATE).join("lock");
    let file = ops.open_lock(&path).map_err(|e| OutputError::system("open", &path, e))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(OutputError::Busy { dir: root.into() }),
        // A file system without locks (some network ones) is still worth writing to.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock(file)),
    }
}

/// Whether a file holds exactly these bytes; lengths first, which settles most.
#[expect(clippy::disallowed_methods, reason = "the output is no part of the dossier's World")]
fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut buffer = [0; 16 * 1024];
    let mut rest = bytes;
    while !rest.is_empty() {
        let part = &mut buffer[..rest.len().min(16 * 1024)];
        file.read_exact(part)?;
        if !rest.starts_with(part) {
            return Ok(false);
        }
        rest = &rest[part.len()..];
    }
    Ok(true)
}

/// Parts off the orphans that differ from a new path in case alone. On a file system that folds case they are the same
/// file, so they must go before it comes: removed last, they would take the new one with them.
fn split_twins<'a>(orphans: &[&'a str], owned: &[Box<str>]) -> (Vec<&'a str>, Vec<&'a str>) {
    let folded: HashSet<String> = orphans.iter().map(|path| path.to_lowercase()).collect();
    let owned: HashSet<String> = match orphans {
        [] => HashSet::new(),
        _ => owned.iter().map(|path| path.to_lowercase()).filter(|path| folded.contains(path)).collect(),
    };
    orphans.iter().partition(|path| owned.contains(&path.to_lowercase()))
}
