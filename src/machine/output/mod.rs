//! The output folder.
//!
//! The promise: a build killed at any moment leaves each file either old or new, never half, and nothing that another
//! hand put into the folder is ever touched. If the power goes, pages may be lost or empty, for they can be made again and
//! are not forced to the disk; the list of what is ours is, so that the next build sets all of it right.
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
//! What each page was made of is kept in `.sourcebook/reads`, which is written and removed as the recipe is: pages of which
//! nothing changed are left alone by [`Output::keep_page`], without being made.
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
mod part;
mod present;
mod stamp;
#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

pub use error::OutputError;
pub use part::Part;
pub use sourcebook_core::base::path::{PathFault, check as check_path};

use crate::held::Folder;
use ops::Ops;
use present::Present;

pub use sourcebook_core::base::path::PRIVATE;

/// The file that says how derived files were made.
const RECIPE: &str = "recipe";

/// The file that says from what a folder of derived files was made, and which these are.
const DERIVED: &str = "derived";

/// What each page was made of, for the next build to know which of them stand.
const READS: &str = "reads";

/// What a site was made from, and its files as they were.
const STAMP: &str = "stamp";

/// What of the folder is ours.
const MANIFEST: &str = "manifest";

/// Held by the build that is at work.
const LOCK: &str = "lock";

/// Where files wait for their move, and among them the folders that are new.
const STAGING: &str = ".sourcebook/new";
const TREE: &str = ".sourcebook/new/tree/";

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
    root: Folder,
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
    /// What the last build left to be known, and its files as they are now, if they are as it left them.
    last_reads: Option<Vec<u8>>,
    last_files: Option<String>,
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
    files: Vec<(String, Box<str>)>,
}

impl Output {
    /// Opens or makes the folder at `dir`, for this build alone. Changes nothing of the site that is there.
    ///
    /// # Errors
    /// As [`Output::open`].
    pub fn at(dir: &Path) -> Result<Self, OutputError> {
        Self::open(Folder::make(dir).map_err(|e| OutputError::system("make", dir, e))?)
    }

    /// Takes a folder, for this build alone. Changes nothing of the site that is there.
    ///
    /// # Errors
    /// The folder holds what no build of ours wrote, another build is at work in it, or the system refuses.
    pub fn open(folder: Folder) -> Result<Self, OutputError> {
        Self::open_with(folder, Ops::default())
    }

    fn open_with(root: Folder, ops: Ops) -> Result<Self, OutputError> {
        make_private(&root, &ops)?;
        let lock = take_lock(&root, &ops)?;
        let present = present::find(&root)?;
        let (state, number) = (Mutex::default(), AtomicUsize::new(0));
        let trusted = present::Trusted::read(&root, &present);
        let (recipe, derived) = (None, OnceLock::new());
        let present::Trusted { recipe: last_recipe, derived: last_derived, reads: last_reads, files: last_files } =
            trusted;
        let output = Self {
            root,
            present,
            state,
            number,
            ops,
            recipe,
            last_recipe,
            derived,
            last_derived,
            last_reads,
            last_files,
            _lock: lock,
        };
        output.clear_staging().map_err(|e| output.fail("clean", STAGING, e))?;
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
        let unchanged = self.present.files.len();
        let text = format!("{inputs}\n{}\n", self.last_files.as_deref()?);
        holds(&self.root, &private(STAMP), text.as_bytes()).ok()?.then_some(Summary { unchanged, ..Summary::default() })
    }

    /// What the last build left to be known ([`Output::finish`]), if all its files are as it left them.
    pub fn take_reads(&mut self) -> Option<Vec<u8>> {
        self.last_reads.take()
    }

    /// Leaves a file of the last build as it is, and says whether that could be done. Whoever asks knows that its bytes would
    /// be the same; that it has them still is known if [`Output::take_reads`] gave anything.
    pub fn keep_page(&self, path: &str) -> bool {
        let known = self.last_files.is_some() && self.present.files.contains(path);
        if known {
            let mut state = self.state();
            state.owned.push(path.into());
            state.summary.unchanged += 1;
        }
        known
    }

    /// The bytes of a file that is kept.
    ///
    /// # Errors
    /// The system refuses.
    pub fn kept(&self, path: &str) -> Result<Vec<u8>, OutputError> {
        self.root.read(path, u64::MAX).map_err(|e| self.fail("read", path, e))
    }

    /// Stages the bytes of one file, unless it holds them already. `path` is relative, with `/`.
    ///
    /// # Errors
    /// The path is no path for every system ([`check_path`]), was written before in this build, or the system refuses.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<Written, OutputError> {
        check_path(path).map_err(|fault| OutputError::Path { path: path.into(), fault })?;
        let same = self.present.files.contains(path) && holds(&self.root, path, bytes).unwrap_or(false);
        if !same {
            self.stage(path, bytes)?;
        }
        let mut state = self.state();
        state.owned.push(path.into());
        *(if same { &mut state.summary.unchanged } else { &mut state.summary.written }) += 1;
        Ok(if same { Written::Unchanged } else { Written::Changed })
    }

    /// Puts everything in its place and removes what no call of [`Output::write`] owned. `inputs` is for
    /// [`Output::stands`]; `reads` is what the next build is to know.
    ///
    /// # Errors
    /// A path was written twice, or the system refuses: then each file is either old or new, and a later build mends it.
    pub fn finish(self, inputs: Option<&str>, reads: Option<Vec<u8>>) -> Result<Summary, OutputError> {
        let mut state = std::mem::take(&mut *self.state());
        state.owned.par_sort_unstable();
        if let Some(twice) = state.owned.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(OutputError::Twice { path: twice[0].to_string() });
        }
        let orphans = self.present.orphans(&state.owned);
        if state.summary.written + orphans.len() > 0 {
            self.write_manifest(&self.present.union(&state.owned))?;
            self.forget(RECIPE)?;
            self.forget(DERIVED)?;
            self.forget(READS)?;
        }
        self.replace(&state, &orphans)?;
        let owned: Vec<_> = state.owned.iter().map(AsRef::as_ref).collect();
        self.write_manifest(&owned)?;
        self.write_trusted(RECIPE, self.recipe.clone().map(String::into_bytes))?;
        self.write_trusted(DERIVED, self.derived_text(&owned).map(String::into_bytes))?;
        self.write_trusted(READS, reads)?;
        // Without a stamp the next build does more than it need, and nothing else.
        if let Some((inputs, files)) = inputs.zip(stamp::of_files(&self.root, &owned, None)) {
            self.write_private(STAMP, format!("{inputs}\n{files}\n").as_bytes())?;
        }
        Ok(Summary { removed: orphans.len(), ..state.summary })
    }

    /// New before old: a reader who follows a link while this runs finds a page. What stands in the way of a new file
    /// (a file where a folder is to be, or the reverse) makes its move wait until the old is removed.
    fn replace(&self, state: &State, orphans: &[&str]) -> Result<(), OutputError> {
        let (twins, orphans) = split_twins(orphans, &state.owned);
        self.remove_files(&twins)?;
        let moves = self.moves(state);
        let move_one = |(from, to): &(String, String)| self.ops.rename(&self.root, from, to);
        let waiting: Vec<_> = moves.par_iter().filter(|pair| move_one(pair).is_err()).collect();
        self.ops.alive().map_err(|e| self.fail("write", "", e))?;
        self.remove_files(&orphans)?;
        self.remove_folders(&state.owned)?;
        waiting.into_iter().try_for_each(|pair| move_one(pair).map_err(|e| self.fail("write", &pair.1, e)))
    }

    fn moves(&self, state: &State) -> Vec<(String, String)> {
        let folders = state.folders.iter().map(|f| (format!("{TREE}{f}"), f.to_string()));
        let files = state.files.iter().map(|(from, to)| (from.clone(), to.to_string()));
        folders.chain(files).collect()
    }

    fn stage(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let missing = self.present.missing_folder(path);
        let target = match missing {
            Some(_) => format!("{TREE}{path}"),
            None => self.numbered(),
        };
        let folder = target.rsplit_once('/').map_or("", |(folder, _)| folder);
        // A page has its folder to itself, so that nobody asks for it again.
        self.make_folders(folder, !path.ends_with("/index.html")).map_err(|e| self.fail("make", folder, e))?;
        self.ops.create(&self.root, &target, bytes).map_err(|e| match e.kind() {
            ErrorKind::AlreadyExists => OutputError::Twice { path: path.into() },
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
    fn numbered(&self) -> String {
        let thread = rayon::current_thread_index().map_or(0, |i| i + 1);
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        format!("{STAGING}/files/{thread}/{number}")
    }

    fn make_folders(&self, folder: &str, remember: bool) -> io::Result<()> {
        if folder == PRIVATE || self.state().made.contains(folder) {
            return Ok(());
        }
        self.make_folders(folder.rsplit_once('/').map_or(PRIVATE, |(above, _)| above), true)?;
        self.ops.make_folder(&self.root, folder)?;
        if remember {
            self.state().made.insert(folder.into());
        }
        Ok(())
    }

    fn remove_files(&self, paths: &[&str]) -> Result<(), OutputError> {
        paths
            .par_iter()
            .try_for_each(|path| self.ops.remove_file(&self.root, path).map_err(|e| self.fail("remove", path, e)))
    }

    /// Removes the folders that are empty and hold none of `owned`, the deepest first.
    fn remove_folders(&self, owned: &[Box<str>]) -> Result<(), OutputError> {
        for folder in self.present.folders_without(owned) {
            self.ops.remove_empty(&self.root, folder).map_err(|e| self.fail("remove", folder, e))?;
        }
        Ok(())
    }

    fn write_manifest(&self, paths: &[&str]) -> Result<(), OutputError> {
        self.write_private(MANIFEST, manifest::print(paths).as_bytes())
    }

    /// Writes a file of our own, old or new at any moment; the stamp also where it is the same, for its time.
    fn write_private(&self, name: &str, text: &[u8]) -> Result<(), OutputError> {
        let (path, new) = (private(name), private(&format!("{name}.new")));
        if name != STAMP && holds(&self.root, &path, text).unwrap_or(false) {
            return Ok(());
        }
        // What a killed build may have left under its name.
        self.ops.remove_file(&self.root, &new).map_err(|e| self.fail("remove", &new, e))?;
        let written = self.ops.create(&self.root, &new, text).and_then(|()| match name {
            // Without its list a site is nobody's: its bytes are with the disk before its name is.
            MANIFEST => self.ops.sync(&self.root, &new),
            _ => Ok(()),
        });
        let moved = written.and_then(|()| self.ops.rename(&self.root, &new, &path));
        moved.map_err(|e| {
            let _ = self.ops.remove_file(&self.root, &new);
            self.fail("write", &path, e)
        })
    }

    /// What the next build will trust in, after a build that comes to its end.
    fn derived_text(&self, owned: &[&str]) -> Option<String> {
        let (folder, made_from) = self.derived.get()?;
        let files = owned.iter().filter(|path| path.starts_with(&**folder)).map(|path| format!("{path}\n"));
        Some(std::iter::once(format!("{made_from}\n")).chain(files).collect())
    }

    fn forget(&self, name: &str) -> Result<(), OutputError> {
        let path = private(name);
        self.ops.remove_file(&self.root, &path).map_err(|e| self.fail("remove", &path, e))
    }

    fn write_trusted(&self, name: &str, text: Option<Vec<u8>>) -> Result<(), OutputError> {
        text.map_or_else(|| self.forget(name), |text| self.write_private(name, &text))
    }

    fn clear_staging(&self) -> io::Result<()> {
        self.ops.remove_tree(&self.root, STAGING)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fail(&self, doing: &'static str, path: &str, error: io::Error) -> OutputError {
        let path = if path.is_empty() { self.root.shown() } else { Path::new(path) };
        OutputError::system(doing, path, error)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = self.clear_staging();
    }
}

/// The path of a private file.
fn private(name: &str) -> String {
    format!("{PRIVATE}/{name}")
}

/// The private folder, made if need be; and nothing made in a folder that is not ours.
fn make_private(root: &Folder, ops: &Ops) -> Result<(), OutputError> {
    match root.meta(PRIVATE) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            present::find(root)?;
            ops.make_folder(root, PRIVATE).map_err(|e| OutputError::system("make", Path::new(PRIVATE), e))?;
        }
        Err(error) => return Err(OutputError::system("read", Path::new(PRIVATE), error)),
        Ok(_) => {}
    }
    present::check_private(root)
}

fn take_lock(root: &Folder, ops: &Ops) -> Result<Lock, OutputError> {
    let path = private(LOCK);
    let file = ops.open_lock(root, &path).map_err(|e| OutputError::system("open", Path::new(&path), e))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(OutputError::Busy { dir: root.shown().into() }),
        // A file system without locks (some network ones) is still worth writing to.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock(file)),
    }
}

/// Whether a file holds exactly these bytes; lengths first, which settles most.
fn holds(root: &Folder, path: &str, bytes: &[u8]) -> io::Result<bool> {
    let mut file = root.file(path)?;
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
