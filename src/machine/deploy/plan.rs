//! What is to be done, and in which order.
//!
//! Uploads go in four stages, each whole before the next begins:
//!
//! 1. parts: styles, scripts, fonts, pictures; and those of the quick search that are not there yet;
//! 2. new pages, which nothing leads to yet;
//! 3. changed pages;
//! 4. what leads to pages: the home page, feeds, the site map, exports, the quick search.
//!
//! Then removals, in two: pages first, then what only they needed. So whatever moment a visitor comes, or a kill, a page
//! that is up has its parts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};

use super::LocalFile;
use super::file::{Role, role};

/// What is at the target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remote {
    /// Every path there, and whether it is as it should be.
    pub there: BTreeMap<String, bool>,
    /// Paths that deploys of ours put there.
    pub ours: BTreeSet<String>,
}

/// What a deploy does. Files are indexes into the list that it was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// By stage.
    pub uploads: [Vec<usize>; 4],
    /// Not there yet.
    pub new: Vec<usize>,
    /// There, and different.
    pub changed: Vec<usize>,
    /// There, and left alone.
    pub unchanged: usize,
    /// Pages, then the rest: put there by us, and no longer wanted.
    pub removals: [Vec<String>; 2],
    /// Put there by other hands, and left alone.
    pub foreign: usize,
    /// To be sent.
    pub bytes: u64,
}

/// Why a plan is not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brake {
    /// Files it would remove.
    pub removed: usize,
    /// Files it may remove.
    pub limit: usize,
}

impl Plan {
    /// Plans for files, of which no two have one path.
    pub fn new(files: &[LocalFile], remote: &Remote) -> Self {
        let mut plan = Self::default();
        for (n, file) in files.iter().enumerate() {
            match remote.there.get(&file.path) {
                Some(true) => plan.unchanged += 1,
                Some(false) => plan.upload(n, file, false),
                None => plan.upload(n, file, true),
            }
        }
        let wanted: BTreeSet<&str> = files.iter().map(|file| &*file.path).collect();
        for path in remote.there.keys().filter(|path| !wanted.contains(&***path)) {
            match remote.ours.contains(path) {
                true => plan.removals[usize::from(!is_page(path))].push(path.clone()),
                false => plan.foreign += 1,
            }
        }
        plan
    }

    fn upload(&mut self, n: usize, file: &LocalFile, new: bool) {
        let stage = match (file.role, new) {
            (Role::Part, _) | (Role::Index, true) => 0,
            (Role::Page, true) => 1,
            (Role::Page, false) => 2,
            (Role::Front, _) | (Role::Index, false) => 3,
        };
        self.uploads[stage].push(n);
        self.bytes += file.size;
        if new { &mut self.new } else { &mut self.changed }.push(n);
    }

    /// How many files are removed.
    pub fn removed(&self) -> usize {
        self.removals.iter().map(Vec::len).sum()
    }

    /// How many files are sent or removed.
    pub fn steps(&self) -> usize {
        self.new.len() + self.changed.len() + self.removed()
    }

    /// Whether more is removed than may be: `max_deletes`, or else a tenth of what is ours there, and 20 in any case.
    ///
    /// # Errors
    /// Both numbers.
    pub fn brake(&self, max_deletes: Option<usize>) -> Result<(), Brake> {
        let up = self.unchanged + self.changed.len() + self.removed();
        let (removed, limit) = (self.removed(), max_deletes.unwrap_or((up / 10).max(20)));
        if removed > limit { Err(Brake { removed, limit }) } else { Ok(()) }
    }

    /// Removals that must come before uploads, because where folders and files share names one stands in the other's
    /// way: `a` where `a/index.html` is to be, the reverse, or a name that differs in case alone.
    pub fn obstacles(&self, files: &[LocalFile]) -> BTreeSet<&str> {
        let fold = |path: &str| path.to_lowercase();
        let coming: BTreeSet<String> = self.uploads.iter().flatten().map(|n| fold(&files[*n].path)).collect();
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        for path in &coming {
            folders.extend(parents(path));
        }
        let stands = |path: &&str| {
            let path = fold(path);
            coming.contains(&path) || folders.contains(&*path) || parents(&path).any(|folder| coming.contains(folder))
        };
        self.removals.iter().flatten().map(String::as_str).filter(stands).collect()
    }

    /// A line for each file that is sent or removed: `+` new, `~` changed, `-` removed; at most so many of each sign.
    pub fn list(&self, files: &[LocalFile], at_most: usize) -> String {
        let sent = |n: &usize| format!("{} ({})", files[*n].path, bytes(files[*n].size));
        let mut text = String::new();
        lines(&mut text, '+', self.new.len(), self.new.iter().map(sent), at_most);
        lines(&mut text, '~', self.changed.len(), self.changed.iter().map(sent), at_most);
        lines(&mut text, '-', self.removed(), self.removals.iter().flatten().cloned(), at_most);
        text
    }
}

/// The summary, in one line.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (new, changed, removed) = (self.new.len(), self.changed.len(), self.removed());
        write!(f, "{new} new, {changed} changed, {removed} removed, {} unchanged", self.unchanged)?;
        if self.foreign > 0 {
            write!(f, ", {} of other hands left alone", self.foreign)?;
        }
        write!(f, "; {} to send", bytes(self.bytes))
    }
}

impl fmt::Display for Brake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { removed, limit } = self;
        write!(
            f,
            "this would remove {removed} files, and no more than {limit} may go at once: look at the plan, then pass the \
             brake with --force, or set `max_deletes`"
        )
    }
}

/// Every folder on the way to a path.
pub fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn is_page(path: &str) -> bool {
    let plain = [".gz", ".br", ".zst"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    matches!(role(plain), Role::Page | Role::Front)
}

fn lines(text: &mut String, sign: char, count: usize, all: impl Iterator<Item = String>, at_most: usize) {
    let more = count.saturating_sub(at_most);
    for line in all.take(at_most) {
        let _ = writeln!(text, "{sign} {line}");
    }
    if more > 0 {
        let _ = writeln!(text, "{sign} … and {more} more");
    }
}

/// A number of bytes as people say it.
pub fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", n as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", n as f64 / 1e6),
        _ => format!("{:.1} GB", n as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests;
