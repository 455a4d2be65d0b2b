//! The theme: templates, static files and words, the dossier's own over the program's, file by file.
//!
//! 1. Files of the default theme (in the program) and of `themes/NAME`, by path; the dossier's replace or add.
//! 2. Templates are compiled; every template with a fault is reported.
//! 3. Stylesheets are joined to one, scripts likewise: a page needs one of each. Static files are named by their
//!    content, so that a host may cache them for ever.
//! 4. Words are read (`i18n/fr*.toml`), key by key.

pub mod cache;
pub mod functions;
mod sets;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use sourcebook_core::base::diagnostic::{self, Diagnostic, Diagnostics, Report};
use sourcebook_core::base::file::{FileId, Files, Span};
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::load::{Parsed, ThemeFile};
use sourcebook_core::model::Text;
use sourcebook_core::words::messages::Messages;

include!(concat!(env!("OUT_DIR"), "/theme.rs"));

/// Where static files stand in the output.
pub const ASSETS: &str = "assets";

/// A theme, ready to render with.
pub struct Theme {
    /// Compiled templates.
    pub tera: Tera,
    /// The words of the interface.
    pub messages: Messages,
    /// Static files as they are written.
    pub statics: Vec<Static>,
    /// Templates by name, for faults found while rendering.
    pub templates: BTreeMap<String, FileId>,
    /// The templates that are the dossier's own, and say otherwise than the program's of the same name.
    pub own: BTreeSet<String>,
    /// Whether something in it is at fault.
    pub is_broken: bool,
}

/// A static file.
#[derive(Clone, Debug)]
pub struct Static {
    /// Path within `static/`.
    pub name: Text,
    /// Path in the output: `assets/style.0123abcd.css`.
    pub path: Text,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// A file of the theme: which file faults point into, and its bytes.
struct Source {
    file: Option<FileId>,
    bytes: Arc<[u8]>,
}

impl Theme {
    /// The output path of a static file, or nothing where the theme has none of that name.
    pub fn asset(&self, name: &str) -> Option<&Text> {
        self.statics.iter().find(|s| &*s.name == name).map(|s| &s.path)
    }
}

/// A template of the program's own theme, by its name.
pub fn default_template(name: &str) -> Option<&'static str> {
    let path = format!("templates/{name}");
    let (_, bytes) = FILES.iter().find(|(known, _)| *known == path)?;
    std::str::from_utf8(bytes).ok()
}

/// Loads the theme of a dossier. Files that faults point into are added to the dossier's.
pub fn load(parsed: &mut Parsed, world: &dyn World) -> Report<Theme> {
    let mut diagnostics = Vec::new();
    let files = gather(parsed, world, &mut diagnostics);
    let messages = messages(&files, parsed, &mut diagnostics);
    let statics = statics(&files);
    let (tera, templates) = templates(&files, &mut parsed.files, &messages, &mut diagnostics);
    let own = own(&files);
    let is_broken = diagnostic::has_errors(&diagnostics);
    Report::new(Theme { tera, messages, statics, templates, own, is_broken }, diagnostics)
}

fn gather(parsed: &mut Parsed, world: &dyn World, diagnostics: &mut Diagnostics) -> BTreeMap<String, Source> {
    let default = FILES.iter().map(|(path, bytes)| ((*path).to_owned(), Source { file: None, bytes: (*bytes).into() }));
    let mut files: BTreeMap<_, _> = default.collect();
    let name = parsed.config.theme.clone();
    if &*name.value != "default" && parsed.theme.is_empty() {
        let message = format!("there is no theme `themes/{}`", name.value);
        diagnostics.push(Diagnostic::error("missing-file", name.span, message));
    }
    for ThemeFile { path, file } in parsed.theme.clone() {
        let bytes = match file {
            Some(id) => Ok(parsed.files.get(id).text.as_bytes().into()),
            None => world.read(&format!("themes/{}/{path}", name.value)).map(Into::into),
        };
        match bytes {
            Ok(bytes) => {
                files.insert(path.to_string(), Source { file, bytes });
            }
            Err(error) => {
                let message = format!("`themes/{}/{path}`: {error}", name.value);
                diagnostics.push(Diagnostic::placeless("unreadable-file", message));
            }
        }
    }
    files
}

/// The dossier's own templates, but for those that are the program's to the byte.
fn own(files: &BTreeMap<String, Source>) -> BTreeSet<String> {
    let ours = |path: &str| FILES.iter().find(|(known, _)| *known == path).map(|(_, bytes)| *bytes);
    let own = files.iter().filter(|(path, source)| source.file.is_some() && ours(path) != Some(&*source.bytes));
    own.filter_map(|(path, _)| path.strip_prefix("templates/").map(str::to_owned)).collect()
}

/// The text of a theme file, with its place among the files of the run.
fn text_file(path: &str, source: &Source, files: &mut Files) -> (FileId, Arc<str>) {
    match source.file {
        Some(id) => (id, files.get(id).text.clone()),
        None => {
            let id = files.add(format!("<default>/{path}"), String::from_utf8_lossy(&source.bytes).as_ref());
            (id, files.get(id).text.clone())
        }
    }
}

fn messages(files: &BTreeMap<String, Source>, parsed: &mut Parsed, diagnostics: &mut Diagnostics) -> Messages {
    let language = parsed.config.language;
    let prefix = format!("i18n/{}", language.as_str());
    let of_language =
        |path: &str| path.strip_prefix(&prefix).is_some_and(|rest| rest.starts_with('.')) && path.ends_with(".toml");
    let texts: Vec<_> = files
        .iter()
        .filter(|(path, _)| of_language(path))
        .map(|(path, source)| text_file(path, source, &mut parsed.files))
        .collect();
    // The program's own words come first, so that a theme may replace single keys of a file.
    let own: Vec<(&str, &str)> = FILES
        .iter()
        .filter(|(path, _)| of_language(path))
        .filter_map(|(path, bytes)| Some((*path, std::str::from_utf8(bytes).ok()?)))
        .collect();
    let mut all = own.clone();
    all.extend(texts.iter().map(|(_, text)| ("", &**text)));
    Messages::parse(language, &all).unwrap_or_else(|error| {
        let span = |id| Span::new(id, error.range.clone());
        let place = error.file.checked_sub(own.len()).and_then(|i| texts.get(i)).map(|(id, _)| span(*id));
        diagnostics.push(match place {
            Some(span) => Diagnostic::error("theme-words", span, error.message.clone()),
            None => Diagnostic::placeless("theme-words", error.message.clone()),
        });
        Messages::parse(language, &own).unwrap_or_else(|_| Messages::empty(language))
    })
}

/// Joins stylesheets and scripts, names everything by its content, and writes the new names into stylesheets.
fn statics(files: &BTreeMap<String, Source>) -> Vec<Static> {
    let named = files.iter().filter_map(|(path, source)| Some((path.strip_prefix("static/")?, &source.bytes)));
    let (joined, plain): (Vec<_>, Vec<_>) =
        named.partition(|(name, _)| !name.contains('/') && (name.ends_with(".css") || name.ends_with(".js")));
    let mut statics: Vec<_> = plain.into_iter().map(|(name, bytes)| hashed(name, bytes.clone())).collect();
    let join = |first: &str, suffix: &str| -> Vec<u8> {
        let mut parts: Vec<_> = joined.iter().filter(|(name, _)| name.ends_with(suffix)).collect();
        parts.sort_by_key(|(name, _)| (*name != first, *name));
        parts.iter().flat_map(|(_, bytes)| bytes.iter().copied().chain([b'\n'])).collect()
    };
    let mut css = String::from_utf8_lossy(&join("style.css", ".css")).into_owned();
    for file in &statics {
        let base = file.path.strip_prefix("assets/").unwrap_or(&file.path);
        css = css.replace(&format!("url({})", file.name), &format!("url({base})"));
    }
    statics.push(hashed("style.css", css.into_bytes().into()));
    statics.push(hashed("script.js", join("script.js", ".js").into()));
    statics.retain(|file| !file.bytes.is_empty());
    statics
}

fn hashed(name: &str, bytes: Arc<[u8]>) -> Static {
    let hash = blake3::hash(&bytes).to_hex();
    let (stem, suffix) = name.rsplit_once('.').unwrap_or((name, "bin"));
    Static { name: name.into(), path: format!("{ASSETS}/{stem}.{}.{suffix}", &hash[..10]).into(), bytes }
}

fn templates(
    files: &BTreeMap<String, Source>,
    all: &mut Files,
    messages: &Messages,
    diagnostics: &mut Diagnostics,
) -> (Tera, BTreeMap<String, FileId>) {
    let mut sources = BTreeMap::new();
    let mut ids = BTreeMap::new();
    for (path, source) in files {
        if let Some(name) = path.strip_prefix("templates/") {
            let (id, text) = text_file(path, source, all);
            // Our own set nothing that grows, and are read as they are.
            let text = if source.file.is_some() { sets::bounded(&text).into() } else { text };
            sources.insert(name.to_owned(), text);
            ids.insert(name.to_owned(), id);
        }
    }
    let mut removed: Vec<String> = Vec::new();
    loop {
        let mut tera = functions::engine(messages);
        let error = match tera.add_raw_templates(sources.iter().map(|(name, text)| (name.as_str(), &**text))) {
            Ok(()) => return (tera, ids),
            Err(error) => error,
        };
        let faults = explain_all(&error, &ids, all);
        let before = removed.len();
        for (diagnostic, at_fault) in faults {
            // Once a template is left out, what includes or extends it fails as well: that is no second cause.
            let follows = removed[..before].iter().any(|name| names(&diagnostic.message, name));
            if !follows {
                diagnostics.push(diagnostic);
            }
            removed.extend(at_fault.filter(|name| sources.remove(name).is_some()));
        }
        if removed.len() == before {
            return (functions::engine(messages), ids);
        }
    }
}

/// Whether a message speaks of a template.
fn names(message: &str, name: &str) -> bool {
    ['`', '"', '\''].iter().any(|q| message.contains(&format!("{q}{name}{q}")))
}

/// Unknown filters, functions and components of all templates come as one text: `error: …`, ` --> name:line:column`.
fn explain_all(
    error: &tera::Error,
    ids: &BTreeMap<String, FileId>,
    files: &Files,
) -> Vec<(Diagnostic, Option<String>)> {
    let text = error.to_string();
    let blocks = text.split("error: ").filter_map(|block| {
        let (message, rest) = block.split_once("\n")?;
        let (_, place) = rest.lines().next()?.split_once("--> ")?;
        let mut parts = place.trim().rsplitn(3, ':');
        let (column, line) = (parts.next()?.parse::<usize>().ok()?, parts.next()?.parse().ok()?);
        let name = parts.next()?;
        let carets = rest.lines().find(|l| l.contains('^')).map_or(1, |l| l.matches('^').count());
        let column = column.saturating_sub(1);
        let span = line_span(*ids.get(name)?, files, line, column, line, column + carets);
        Some((Diagnostic::error("template-fault", span, message.trim()), Some(name.to_owned())))
    });
    let found: Vec<_> = match error.kind() {
        ErrorKind::SyntaxError(_) | ErrorKind::RenderingError(_) => Vec::new(),
        _ => blocks.collect(),
    };
    if found.is_empty() { vec![explain(error, ids, files)] } else { found }
}

/// A fault of the template engine, and the template it lies in.
pub fn explain(error: &tera::Error, ids: &BTreeMap<String, FileId>, files: &Files) -> (Diagnostic, Option<String>) {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let Some(id) = ids.get(report.filename()) else {
                return (Diagnostic::placeless("template-fault", report.message()), None);
            };
            let at = report.span();
            let span = line_span(*id, files, at.start_line, at.start_col, at.end_line, at.end_col);
            let diagnostic = Diagnostic::error("template-fault", span, report.message());
            (diagnostic, Some(report.filename().to_owned()))
        }
        _ => {
            let message = error.to_string();
            let named = ids.keys().find(|name| names(&message, name));
            let diagnostic = match named.and_then(|name| ids.get(name)) {
                Some(id) => Diagnostic::error("template-fault", Span::new(*id, 0..0), message.clone()),
                None => Diagnostic::placeless("template-fault", message.clone()),
            };
            (diagnostic, named.cloned())
        }
    }
}

/// Tera counts lines from 1 and columns, in characters, from 0.
fn line_span(id: FileId, files: &Files, line: usize, column: usize, end_line: usize, end_column: usize) -> Span {
    let text = &files.get(id).text;
    let offset = |line: usize, column: usize| {
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        // A column beyond the line's end is its end: what is set is read through a filter that nobody wrote.
        let rest = text.get(start..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
        start + rest.char_indices().nth(column).map_or(rest.len(), |(i, _)| i)
    };
    let start = offset(line, column);
    Span::new(id, start..offset(end_line, end_column).max(start))
}
