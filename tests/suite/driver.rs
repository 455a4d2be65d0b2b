//! A dossier in memory, and files of several texts to make one from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sourcebook_core::base::diagnostic::{Diagnostics, Severity, has_errors};
use sourcebook_core::base::file::Files;
use sourcebook_core::base::timings::Timings;
use sourcebook_core::base::world::{Entry, ReadError, Refused, World};
use sourcebook_site::prepare::Options;
use sourcebook_site::prepare::prepare;
use sourcebook_site::prepared::Prepared;

/// A dossier's files by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory(pub BTreeMap<String, Vec<u8>>);

impl Memory {
    pub(crate) fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.to_owned(), bytes.into());
        self
    }

    /// The dossier of a fixture; what it does not say about the site is not at fault, and the home page not looked at.
    pub(crate) fn of(files: &[(String, String)]) -> Self {
        let site = Self::default().with("site.toml", "title = \"T\"\n").with("themes/default/templates/home.html", "");
        files.iter().fold(site, |memory, (path, text)| memory.with(path, to_bytes(text)))
    }
}

impl World for Memory {
    fn list(&self, folder: &str) -> Vec<Entry> {
        let below = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let files = self.0.iter().filter(|(path, _)| below(path));
        files.map(|(path, bytes)| Entry { path: path.as_str().into(), size: bytes.len() as u64 }).collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path.starts_with('/') || path.split('/').any(|part| part == "..") {
            return Err(ReadError::Outside);
        }
        self.0.get(path).cloned().ok_or(ReadError::Missing)
    }

    fn capture(&self, _: &str) -> Option<Result<Vec<u8>, ReadError>> {
        None
    }

    fn refused(&self, _: &str) -> Vec<Refused> {
        Vec::new()
    }

    fn today(&self) -> jiff::civil::Date {
        jiff::civil::date(2026, 1, 1)
    }
}

/// Control characters stand in a fixture as their pictures, so that they can be seen and survive an editor.
const PICTURES: &[(char, &[u8])] =
    &[('␀', b"\0"), ('␍', b"\r"), ('␉', b"\t"), ('␛', b"\x1b"), ('␘', b"\xff"), ('␂', "\u{feff}".as_bytes())];

pub(crate) fn to_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match PICTURES.iter().find(|(picture, _)| *picture == c) {
            Some((_, meant)) => bytes.extend_from_slice(meant),
            None => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

/// Runs every phase, and gives the errors and what reading warns of: what an editor is advised is tested with its rules. Pages are rendered where nothing forbids it, each fault of a template once.
pub(crate) fn run(world: &Memory, options: Options) -> (Prepared, Diagnostics) {
    let prepared = prepare(world, options, &mut Timings::default());
    let mut diagnostics = prepared.diagnostics.clone();
    let of_reading = |code: &str| {
        matches!(
            code,
            "cut-by-comment" | "foreign-syntax" | "idle-anchor" | "left-out-file" | "theme-unused" | "theme-version"
        )
    };
    diagnostics.retain(|d| d.severity == Severity::Error || of_reading(d.code));
    if !has_errors(&diagnostics) {
        let renderer = prepared.renderer(world);
        let faults: Diagnostics =
            prepared.routes.all().iter().filter_map(|route| renderer.render(route, &mut Vec::new()).err()).collect();
        for fault in faults.into_iter().chain(renderer.fragment_faults()) {
            if !diagnostics.iter().any(|d| d.span == fault.span && d.message == fault.message) {
                diagnostics.push(fault);
            }
        }
    }
    (prepared, diagnostics)
}

/// `=== path` begins each text; what stands above the first says what the fixture is about.
pub(crate) fn split(fixture: &str) -> (String, Vec<(String, String)>) {
    let mut intro = String::new();
    let mut files: Vec<(String, String)> = Vec::new();
    for line in fixture.split_inclusive('\n') {
        match (line.strip_prefix("=== "), files.last_mut()) {
            (Some(path), _) => files.push((path.trim_end().to_owned(), String::new())),
            (None, None) => intro.push_str(line),
            (None, Some((_, text))) => text.push_str(line),
        }
    }
    (intro, files)
}

pub(crate) fn join(intro: &str, files: &[(String, String)]) -> String {
    files.iter().fold(intro.to_owned(), |all, (path, text)| format!("{all}=== {path}\n{text}"))
}

/// Diagnostics in lines that stand under the lines at fault.
pub(crate) fn annotate(files: &mut Vec<(String, String)>, diagnostics: &Diagnostics, read: &Files) {
    let mut nowhere = String::new();
    let mut notes: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for diagnostic in diagnostics {
        let place = diagnostic.span.and_then(|span| {
            let file = read.get(span.file);
            let at = files.iter().position(|(path, _)| **path == *file.path)?;
            Some((at, file.position(span.range().start), file.position(span.range().end)))
        });
        let indent = place.map_or(0, |(_, start, _)| start.column - 1);
        let width = match place {
            Some((at, start, end)) if end.line > start.line => {
                let line = files[at].1.lines().nth(start.line - 1).unwrap_or_default();
                line.chars().count().saturating_sub(indent).max(1)
            }
            Some((_, start, end)) => (end.column - start.column).max(1),
            None => 1,
        };
        let mut note = format!(
            "{}{} {}[{}] {}\n",
            " ".repeat(indent),
            "^".repeat(width),
            format!("{:?}", diagnostic.severity).to_lowercase(),
            diagnostic.code,
            diagnostic.message.replace('\n', "␊")
        );
        for label in &diagnostic.labels {
            let file = read.get(label.span.file);
            let at = file.position(label.span.range().start);
            note += &format!("{}^ and {}:{at}: {}\n", " ".repeat(indent), file.path, label.text);
        }
        for help in diagnostic.advice() {
            note += &format!("{}^ help: {help}\n", " ".repeat(indent));
        }
        match (place, diagnostic.span) {
            (Some((at, start, _)), _) => *notes.entry((at, start.line)).or_default() += &note,
            (None, Some(span)) => nowhere += &format!("in {}: {note}", read.get(span.file).path),
            (None, None) => nowhere += &note,
        }
    }
    for (at, (_, text)) in files.iter_mut().enumerate() {
        let mut out = String::new();
        let count = text.lines().count().max(1);
        let mut lines = text.split_inclusive('\n');
        for number in 1..=count.max(notes.range((at, 0)..(at + 1, 0)).map(|(key, _)| key.1).max().unwrap_or(0)) {
            out += lines.next().unwrap_or_default();
            if let Some(note) = notes.get(&(at, number)) {
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                out += note;
            }
        }
        *text = out;
    }
    if !nowhere.is_empty() {
        files.push(("(nowhere)".to_owned(), nowhere));
    }
}

/// A fixture as its author wrote it, without what [`annotate`] adds.
pub(crate) fn strip(fixture: &str) -> String {
    let (intro, mut files) = split(fixture);
    files.retain(|(path, _)| path != "(nowhere)");
    for (_, text) in &mut files {
        *text = text.split_inclusive('\n').filter(|line| !is_note(line)).collect();
    }
    join(&intro, &files)
}

fn is_note(line: &str) -> bool {
    let carets = line.trim_start();
    let rest = carets.trim_start_matches('^');
    let begins = [" error[", " warning[", " hint[", " and ", " help: "].iter().any(|word| rest.starts_with(word));
    carets.starts_with('^') && begins
}

pub(crate) fn suite() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite")
}

/// Compares with what is expected, or writes it anew where `UPDATE` is set; tells the difference.
pub(crate) fn golden(path: &Path, found: &str) -> Result<(), String> {
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected == found {
        return Ok(());
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, found).unwrap();
        return Ok(());
    }
    let difference = similar::TextDiff::from_lines(expected.as_str(), found);
    let name = path.strip_prefix(suite()).unwrap_or(path).display().to_string();
    Err(difference.unified_diff().header(&name, "found").to_string())
}

/// Every file below a folder, sorted.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    all.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}
