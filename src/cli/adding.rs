//! Records added to a sheet: what `import` and `new` have in common.
//!
//! 1. The dossier is read; one of which a sheet cannot be read is left alone, for its ids are not known.
//! 2. The sheet as it would be is looked at with the whole dossier: records that would be at fault are not written.
//! 3. Then it is written, whole; a new one only where there is no file.

use sourcebook_machine::report::shown;
use sourcebook_site::prepare::prepare;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::global::{FAULTS, Global};
use super::{dossier, out};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Severity, has_errors};
use sourcebook_core::base::file::{FileId, Files};
use sourcebook_core::base::id::is_id;
use sourcebook_core::base::timings::Timings;
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::load::{self, CONTENT, MAX_FILE, Parsed};
use sourcebook_core::dossier::resolve;
use sourcebook_core::model::Dossier;
use sourcebook_core::model::kinds::Kind;
use sourcebook_desk::scaffold::append::{Addition, append};
use sourcebook_desk::scaffold::skeleton::{self, Given};
use sourcebook_machine::disk::Disk;
use sourcebook_machine::held::{Folder, named};
use sourcebook_machine::overlay::Overlay;
use sourcebook_machine::report::summary;

/// A dossier that records are added to.
pub struct Target {
    /// Its folder.
    pub disk: Disk,
    /// As it was written.
    pub parsed: Parsed,
    /// Its records.
    pub dossier: Dossier,
}

/// A sheet, there or to be made.
pub struct Sheet {
    /// From the dossier's root, with `/`.
    pub path: String,
    /// The dossier's folder, and where the sheet is in it, without links.
    root: Folder,
    file: PathBuf,
    /// Its text, if it is there.
    old: Option<String>,
}

/// Reads the dossier that the options name.
///
/// # Errors
/// There is none, or one of its sheets cannot be read; that was said.
pub fn open(global: &Global) -> Result<Target, ExitCode> {
    let disk = dossier::open_to_add(global, None).map_err(out::trouble)?;
    let mut found = Diagnostics::new();
    let parsed = load::load(&disk).take(&mut found);
    if parsed.content.unread {
        found.retain(|d| d.severity == Severity::Error);
        return Err(refuse(&found, &parsed.files, global));
    }
    let dossier = resolve::resolve(&parsed, resolve::Options { drafts: true }).value;
    Ok(Target { disk, parsed, dossier })
}

/// Tells faults, and that nothing was written.
pub fn refuse(diagnostics: &Diagnostics, files: &Files, global: &Global) -> ExitCode {
    out::diagnostics(diagnostics, files, global);
    out::say(&format!("{}: nothing is written", summary(diagnostics)));
    ExitCode::from(FAULTS)
}

impl Target {
    /// The sheet that the person at the terminal names, from here or from the dossier's root, or else a usual one.
    ///
    /// # Errors
    /// No sheet can stand there, or it cannot be read: a sentence for the person at the terminal.
    pub fn sheet(&self, named: Option<&Path>, usual: &str) -> Result<Sheet, String> {
        let root = self.disk.root();
        let wanted = match named {
            None => root.join(usual),
            Some(path) if named::whole(path).starts_with(root) => named::whole(path),
            Some(path) => named::whole(&root.join(path)),
        };
        let said = named.map_or_else(|| usual.to_owned(), shown);
        let inside = wanted.strip_prefix(root).ok().filter(|path| path.starts_with(CONTENT));
        let parts: Option<Vec<&str>> =
            inside.and_then(|path| path.components().map(|c| c.as_os_str().to_str()).collect());
        let hidden = |part: &&str| part.starts_with(['.', '_', '#']) || part.ends_with('~');
        let path = match parts {
            Some(parts) if !parts.iter().any(hidden) => parts.join("/"),
            _ => return Err(format!("`{said}` cannot be a sheet: sheets stand in `{CONTENT}/` of the dossier")),
        };
        if !path.ends_with(".yaml") && !path.ends_with(".yml") {
            return Err(format!("`{said}` cannot be a sheet: its name must end in `.yaml`"));
        }
        let real = named::whole(&wanted);
        let Ok(file) = real.strip_prefix(root) else {
            return Err(format!("`{said}` leads out of the dossier by a link, and none is followed out"));
        };
        let old = match self.disk.folder().read(file, MAX_FILE) {
            Ok(bytes) => Some(String::from_utf8(bytes).map_err(|_| format!("`{said}` is not UTF-8"))?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(format!("`{said}`: {error}")),
        };
        Ok(Sheet { path, root: self.disk.folder().clone(), file: file.to_owned(), old })
    }

    /// Every sheet, its path and its text.
    pub fn sheets(&self) -> Vec<(String, String)> {
        let is_sheet = |path: &str| {
            path.strip_prefix(CONTENT).is_some_and(|rest| rest.starts_with('/'))
                && (path.ends_with(".yaml") || path.ends_with(".yml"))
        };
        let files = self.parsed.files.iter().filter(|(_, file)| is_sheet(&file.path));
        files.map(|(_, file)| (file.path.to_string(), file.text.to_string())).collect()
    }

    /// The sheet that records of a kind are kept in, or where the first one goes.
    pub fn usual_sheet(&self, kind: Kind) -> String {
        let path_of = |record| &self.parsed.files.get(self.dossier.span(record).file).path;
        match skeleton::usual_sheet(kind, &self.dossier, path_of) {
            Some(path) => path.to_string(),
            None => self.new_sheet(kind.plural()),
        }
    }

    /// Where a new sheet of that name goes: to the folder `sheets`, where there is one.
    pub fn new_sheet(&self, name: &str) -> String {
        let folder = format!("{CONTENT}/sheets");
        let folder = if self.disk.list(&folder).is_empty() { CONTENT.to_owned() } else { folder };
        format!("{folder}/{name}.yaml")
    }

    /// An id that the person at the terminal wants.
    ///
    /// # Errors
    /// It is none, or something has it.
    pub fn wanted_id(&self, id: &str) -> Result<(), String> {
        if !is_id(id) {
            return Err(format!(
                "`{id}` cannot be an id: use lower-case letters without accents and digits, joined by single hyphens"
            ));
        }
        match self.dossier.get(id) {
            Some(other) => {
                Err(format!("`{id}` is there already: it is {} in {}", other.with_article(), self.place(id)))
            }
            None if self.dossier.unread.names.contains(id) => Err(format!("`{id}` is there already")),
            None => Ok(()),
        }
    }

    /// Where an id is defined: file and line.
    pub fn place(&self, id: &str) -> String {
        let Some(found) = self.dossier.get(id) else { return String::new() };
        let span = self.dossier.span(found);
        let file = self.parsed.files.get(span.file);
        format!("{}:{}", file.path, file.position(span.range().start).line)
    }

    /// The sheet with records added to it, once the whole dossier was looked at with it; `capture` is one more by then.
    ///
    /// # Errors
    /// It has no room for them, or they would be at fault; that was said.
    pub fn with(
        &self,
        sheet: &Sheet,
        additions: &[Addition],
        capture: Option<(&str, &[u8])>,
        global: &Global,
    ) -> Result<String, ExitCode> {
        let old = sheet.old.as_deref().unwrap_or_default();
        let (mark, text) = old.strip_prefix('\u{feff}').map_or(("", old), |text| ("\u{feff}", text));
        let added = append(FileId(0), text, additions).map_err(|faults| {
            let mut files = Files::default();
            files.add(&*sheet.path, text);
            refuse(&faults, &files, global)
        })?;
        let whole = format!("{mark}{added}");
        self.looked_at(sheet, whole, capture, &[], global)
    }

    /// A new text of the sheet, once the whole dossier was looked at with it; `capture` is one more by then. Faults of the
    /// codes `allowed` are no reason against it.
    ///
    /// # Errors
    /// Something would be at fault; that was said.
    pub fn looked_at(
        &self,
        sheet: &Sheet,
        whole: String,
        capture: Option<(&str, &[u8])>,
        allowed: &[&str],
        global: &Global,
    ) -> Result<String, ExitCode> {
        let mut overlay = Overlay::new(&self.disk, &sheet.path, &whole);
        if let Some((name, bytes)) = capture {
            overlay = overlay.with_capture(name, bytes);
        }
        self.looked_over(&overlay, allowed, global)?;
        Ok(whole)
    }

    /// New texts of several sheets at once, once the whole dossier was looked at with all of them.
    ///
    /// # Errors
    /// Something would be at fault; that was said.
    pub fn looked_at_all(&self, sheets: &[(Sheet, String)], global: &Global) -> Result<(), ExitCode> {
        self.looked_through(&self.disk, sheets, global)
    }

    fn looked_through(&self, world: &dyn World, sheets: &[(Sheet, String)], global: &Global) -> Result<(), ExitCode> {
        match sheets.split_first() {
            None => self.looked_over(world, &[], global),
            Some(((sheet, text), rest)) => self.looked_through(&Overlay::new(world, &sheet.path, text), rest, global),
        }
    }

    /// Whether anything is at fault in a world that is not in the dossier as it stands.
    fn looked_over(&self, world: &dyn World, allowed: &[&str], global: &Global) -> Result<(), ExitCode> {
        let (after, files) = faults(world);
        let before: Vec<_> = faults(&self.disk).0.iter().map(said).collect();
        let is_new = |d: &Diagnostic| !before.contains(&said(d)) && !allowed.contains(&d.code);
        let new: Diagnostics = after.into_iter().filter(is_new).collect();
        if has_errors(&new) { Err(refuse(&new, &files, global)) } else { Ok(()) }
    }
}

/// What is wrong with a dossier, drafts and all.
fn faults(world: &dyn World) -> (Diagnostics, Files) {
    let mut prepared = prepare(world, super::global::options(true), &mut Timings::default());
    prepared.diagnostics.retain(|d| d.severity == Severity::Error);
    (prepared.diagnostics, prepared.parsed.files)
}

fn said(diagnostic: &Diagnostic) -> (&'static str, String) {
    (diagnostic.code, diagnostic.message.clone())
}

impl Sheet {
    /// Its text, if it is there.
    pub fn text(&self) -> &str {
        self.old.as_deref().unwrap_or_default()
    }

    /// Writes the new text, in place of the one that was read and of no other.
    ///
    /// # Errors
    /// A sentence for the person at the terminal.
    pub fn write(&self, text: &str) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("`{}`: {error}", self.path);
        match &self.old {
            None => {
                let folder = self.file.parent().unwrap_or(Path::new(""));
                let made = self.root.make_folders(folder).and_then(|_| self.root.create(&self.file, text.as_bytes()));
                made.and_then(|()| self.root.sync_file(&self.file)).map_err(failed)
            }
            Some(old) => match self.root.read(&self.file, MAX_FILE).map_err(failed)? == old.as_bytes() {
                true => self.root.replace(&self.file, text.as_bytes()).map(drop).map_err(failed),
                false => Err(format!("`{}` changed in the meantime: nothing is written; try again", self.path)),
            },
        }
    }

    /// The line on which a record begins.
    pub fn line_of(text: &str, id: &str) -> usize {
        let begins = |line: &str| line.trim_start().strip_prefix(id).is_some_and(|rest| rest.starts_with(':'));
        text.lines().position(begins).map_or(1, |n| n + 1)
    }
}

/// Adds a record to fill in, after others that it needs.
pub fn blank(
    target: &Target,
    kind: Kind,
    id: Option<&str>,
    to: Option<&Path>,
    source: &str,
    mut additions: Vec<Addition>,
    global: &Global,
) -> Result<ExitCode, ExitCode> {
    let id = match id {
        Some(id) => {
            target.wanted_id(id).map_err(out::trouble)?;
            id.to_owned()
        }
        None => skeleton::free_id(kind, &target.dossier),
    };
    additions.push(addition(target, kind, &id, source));
    let sheet = target.sheet(to, &target.usual_sheet(kind)).map_err(out::trouble)?;
    let whole = target.with(&sheet, &additions, None, global)?;
    sheet.write(&whole).map_err(out::trouble)?;
    for addition in additions {
        let line = Sheet::line_of(&whole, &addition.id);
        out::say(&format!("{} `{}` added to fill in: {}:{line}", addition.kind.as_str(), addition.id, sheet.path));
    }
    Ok(ExitCode::SUCCESS)
}

/// A record to fill in.
pub fn addition(target: &Target, kind: Kind, id: &str, source: &str) -> Addition {
    let today = target.disk.today().to_string();
    Addition { kind, id: id.to_owned(), fields: skeleton::fields(kind, Given { today: &today, source }) }
}
