//! A folder that the rsync program reaches: on another machine, by ssh, or on this one.
//!
//! 1. A dry run with check sums says what differs and what is there besides.
//! 2. The manifest says what is coming; then a run for each stage, of the files of that stage alone.
//! 3. Removals: a run that changes nothing else, with rules that protect all but what is to go.
//!
//! rsync itself moves each file to its place once it is whole, and asks ssh who may do so.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use super::program::{failed, output, run};
use super::scratch::Scratch;
use super::{Carrier, Failure, Site, outside};
use crate::deploy::manifest::{self, Entry};
use crate::deploy::plan::parents;
use crate::deploy::{LocalFile, Manifest, Plan, Remote};
use crate::held::named;
use crate::progress::Progress;
use sourcebook_core::base::path::PRIVATE;

/// rsync's status where a file that it was asked for is not there.
const PARTIAL: i32 = 23;

/// Statuses of failures that may pass: sockets, streams, time.
const PASSING: [i32; 4] = [10, 12, 30, 35];

/// How often such a failure is met with another try.
const TRIES: u32 = 3;

/// Opens the place; rsync is not asked yet.
///
/// # Errors
/// It is a folder of this machine that lies in what is built, or around it.
pub fn open(destination: &str, site: Site) -> Result<Rsync, Failure> {
    if is_local(destination) {
        outside(&site, destination)?;
    }
    let to = format!("{}/", destination.trim_end_matches('/'));
    Ok(Rsync { site, to, scratch: Scratch::new()?, manifest: Manifest::default(), folders: Vec::new() })
}

/// Without a colon before the first slash, rsync takes a place for one of this machine.
fn is_local(destination: &str) -> bool {
    !destination.split('/').next().unwrap_or_default().contains(':')
}

/// A place that rsync reaches.
pub struct Rsync {
    site: Site,
    to: String,
    scratch: Scratch,
    manifest: Manifest,
    /// Folders there that have no counterpart here.
    folders: Vec<String>,
}

impl Carrier for Rsync {
    fn place(&self) -> String {
        self.to.clone()
    }

    fn look(&mut self, files: &[LocalFile]) -> Result<Remote, Failure> {
        self.manifest = self.read_manifest()?;
        let mut command = self.rsync(&["--recursive", "--checksum", "--dry-run", "--delete", "--8-bit-output"]);
        command.arg(format!("--exclude=/{PRIVATE}/")).arg("--out-format=%i %n").arg(self.from()).arg(&self.to);
        let told = String::from_utf8_lossy(&patiently(&mut command, &[])?).into_owned();
        let mut there: BTreeMap<String, bool> = files.iter().map(|file| (file.path.clone(), true)).collect();
        self.folders.clear();
        for line in told.lines() {
            match Told::of(line) {
                Told::New(path) => drop(there.remove(path)),
                Told::Other(path) => drop(there.insert(path.to_owned(), false)),
                Told::Folder(path) => self.folders.push(path.to_owned()),
                Told::Nothing => {}
            }
        }
        Ok(Remote { there, ours: self.manifest.0.keys().cloned().collect() })
    }

    fn carry_out(&mut self, files: &[LocalFile], plan: &Plan, progress: &Progress) -> Result<(), Failure> {
        let wanted: BTreeSet<&str> = files.iter().map(|file| &*file.path).collect();
        let leaving: Vec<&str> = plan.removals.iter().flatten().map(String::as_str).collect();
        self.write_manifest(wanted.iter().chain(&leaving).copied())?;
        let early = plan.obstacles(files);
        self.remove(&early.iter().copied().collect::<Vec<_>>())?;
        for stage in plan.uploads.iter().filter(|stage| !stage.is_empty()) {
            let paths: Vec<&str> = stage.iter().map(|n| &*files[*n].path).collect();
            self.send(&paths)?;
            paths.iter().for_each(|_| progress.tick());
        }
        for paths in &plan.removals {
            let late = paths.iter().map(String::as_str).filter(|path| !early.contains(path));
            self.remove(&late.collect::<Vec<_>>())?;
            paths.iter().for_each(|_| progress.tick());
        }
        self.write_manifest(wanted.into_iter())
    }
}

/// A line of `--itemize-changes`.
#[derive(Debug, PartialEq, Eq)]
enum Told<'a> {
    /// It is not there yet.
    New(&'a str),
    /// It is there and differs, or is there alone.
    Other(&'a str),
    /// A folder that is there alone.
    Folder(&'a str),
    Nothing,
}

impl<'a> Told<'a> {
    fn of(line: &'a str) -> Self {
        let Some((what, path)) = line.split_once(' ') else { return Self::Nothing };
        let path = path.trim_start();
        match path.strip_suffix('/') {
            Some(folder) if what == "*deleting" => Self::Folder(folder),
            _ if what == "*deleting" => Self::Other(path),
            None if what.starts_with("<f") || what.starts_with(">f") => match what.contains('+') {
                true => Self::New(path),
                false => Self::Other(path),
            },
            _ => Self::Nothing,
        }
    }
}

impl Rsync {
    fn rsync(&self, options: &[&str]) -> Command {
        let mut command = Command::new("rsync");
        command.args(options).current_dir(self.site.root()).env("LC_ALL", "C");
        command
    }

    /// With a slash at its end: what is in it, and not itself.
    fn from(&self) -> OsString {
        let mut from = named::whole(self.site.output.shown()).into_os_string();
        from.push("/");
        from
    }

    fn send(&self, paths: &[&str]) -> Result<(), Failure> {
        let mut command = self.rsync(&["--checksum", "--from0", "--files-from=-"]);
        command.arg(self.from()).arg(&self.to);
        patiently(&mut command, paths.join("\0").as_bytes()).map(drop)
    }

    /// Removes these files, and the folders that are empty without them.
    fn remove(&self, paths: &[&str]) -> Result<(), Failure> {
        if paths.is_empty() {
            return Ok(());
        }
        let rules = self.scratch.put("rules", rules(paths, &self.folders).as_bytes())?;
        let mut command = self.rsync(&["--recursive", "--existing", "--ignore-existing", "--delete-after"]);
        command.arg(format!("--filter=merge {}", rules.display())).arg(self.from()).arg(&self.to);
        patiently(&mut command, &[]).map(drop)
    }

    /// One that is not there, or is damaged, says nothing, and what it named is left alone.
    fn read_manifest(&self) -> Result<Manifest, Failure> {
        let to = self.scratch.path().join("there");
        let mut command = self.rsync(&["--quiet"]);
        command.arg(format!("{}{}", self.to, manifest::path())).arg(&to);
        let output = output(&mut command, &[])?;
        match output.status.code() {
            Some(0) => Ok(Manifest::parse(&String::from_utf8_lossy(&self.scratch.read("there")?)).unwrap_or_default()),
            Some(PARTIAL) => Ok(Manifest::default()),
            _ => Err(failed(&command, &output)),
        }
    }

    fn write_manifest<'a>(&mut self, paths: impl Iterator<Item = &'a str>) -> Result<(), Failure> {
        let manifest = Manifest(paths.map(|path| (path.to_owned(), Entry::default())).collect());
        if manifest == self.manifest {
            return Ok(());
        }
        self.scratch.put(&format!("out/{}", manifest::path()), manifest.print().as_bytes())?;
        let mut from: PathBuf = self.scratch.path().join("out");
        from.push("");
        let mut command = self.rsync(&["--recursive", "--checksum"]);
        command.arg(from).arg(&self.to);
        patiently(&mut command, &[])?;
        self.manifest = manifest;
        Ok(())
    }
}

/// What a run may remove (`R`), and that it may remove nothing else (`P`).
fn rules(paths: &[&str], folders: &[String]) -> String {
    let escape = |path: &str| path.replace('[', "\\[");
    let emptied: BTreeSet<&str> = paths.iter().flat_map(|path| parents(path)).collect();
    let files = paths.iter().map(|path| format!("R /{}\n", escape(path)));
    let folders = folders.iter().filter(|folder| emptied.contains(&***folder));
    let folders = folders.map(|folder| format!("R /{}/\n", escape(folder)));
    files.chain(folders).chain(["P *\n".to_owned()]).collect()
}

/// Tries again, after longer and longer pauses, what fails for a reason that may pass.
fn patiently(command: &mut Command, input: &[u8]) -> Result<Vec<u8>, Failure> {
    for tried in 1..TRIES {
        let output = output(command, input)?;
        match output.status.code() {
            Some(0) => return Ok(output.stdout),
            Some(code) if PASSING.contains(&code) => std::thread::sleep(std::time::Duration::from_secs(1 << tried)),
            _ => return Err(failed(command, &output)),
        }
    }
    run(command, input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_dry_run() {
        let check = |line: &str, expect: Told<'_>| assert_eq!(Told::of(line), expect, "{line}");
        check("<f+++++++++ a b/index.html", Told::New("a b/index.html"));
        check(">f+++++++++ x", Told::New("x"));
        check("<fcsT...... é.txt", Told::Other("é.txt"));
        check("*deleting   old/deep/o.html", Told::Other("old/deep/o.html"));
        check("*deleting   old/deep/", Told::Folder("old/deep"));
        check("cd+++++++++ a/", Told::Nothing);
        check(".f..t...... a", Told::Nothing);
        check("created directory new", Told::Nothing);
        check("", Told::Nothing);
    }

    #[test]
    fn rules_protect_all_else() {
        let folders = ["old".to_owned(), "old/deep".to_owned(), "theirs".to_owned()];
        assert_eq!(
            rules(&["old/deep/a[1].html", "b"], &folders),
            "R /old/deep/a\\[1].html\nR /b\nR /old/\nR /old/deep/\nP *\n"
        );
    }

    #[test]
    fn places_of_this_machine() {
        for (place, local) in
            [("/var/www", true), ("../www", true), ("me@host:/x", false), ("rsync://h/m", false), ("h::m", false)]
        {
            assert_eq!(is_local(place), local, "{place}");
        }
    }
}
