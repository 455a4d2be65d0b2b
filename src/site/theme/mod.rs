//! The theme: templates, static files and words, the dossier's own over the program's, file by file.
//!
//! 1. Files of the default theme (in the program) and of the folders of `themes/`, by path; the dossier's replace or add.
//! 2. Templates are compiled; every template with a fault is reported.
//! 3. Stylesheets are joined to one, scripts likewise: a page needs one of each. Static files are named by their
//!    content, so that a host may cache them for ever.
//! 4. Words are read (`i18n/fr*.toml`), key by key.
//! 5. What of the dossier's theme replaces nothing and is used by nothing is told.

mod about;
pub mod cache;
mod css;
pub mod functions;
mod sets;
mod statics;
mod unused;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use sourcebook_core::base::diagnostic::{self, Diagnostic, Diagnostics, Report};
use sourcebook_core::base::file::{FileId, Files, Span};
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::load::Parsed;
use sourcebook_core::model::Text;
use sourcebook_core::model::language::Language;
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

/// Files of a theme by path.
type Sources = BTreeMap<String, Source>;

/// A file of the theme: whose it is (none: the program's), which file faults point into, and its bytes.
#[derive(Clone)]
struct Source {
    theme: Option<Text>,
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
    std::str::from_utf8(default_bytes(name)?).ok()
}

/// Loads the theme of a dossier. Files that faults point into are added to the dossier's.
pub fn load(parsed: &mut Parsed, world: &dyn World) -> Report<Theme> {
    let mut diagnostics = Vec::new();
    let (files, layers) = gather(parsed, world, &mut diagnostics);
    let messages = messages(&files, parsed.config.language, &mut parsed.files, &mut diagnostics);
    let statics = statics::made(&files, &messages, &mut parsed.files, &mut diagnostics);
    let named = functions::Named::of(&statics, &parsed.content.assets);
    let engine = || functions::engine(&messages, &named);
    let (tera, templates) = templates((&files, &layers), &mut parsed.files, &engine, &mut diagnostics);
    about::check(&parsed.theme, &parsed.files, &mut diagnostics);
    unused::check(parsed, &files, &mut diagnostics);
    let own = own(&files);
    let is_broken = diagnostic::has_errors(&diagnostics);
    Report::new(Theme { tera, messages, statics, templates, own, is_broken }, diagnostics)
}

/// The files of the program's own theme and of the dossier's, the later over the earlier; and every template of the dossier's by the
/// name of its theme, also where another took its place: `house/base.html`.
fn gather(parsed: &Parsed, world: &dyn World, diagnostics: &mut Diagnostics) -> (Sources, Sources) {
    let default = FILES
        .iter()
        .map(|(path, bytes)| ((*path).to_owned(), Source { theme: None, file: None, bytes: (*bytes).into() }));
    let (mut files, mut layers): (Sources, Sources) = (default.collect(), Sources::new());
    for name in &parsed.config.theme {
        if &*name.value != "default" && parsed.theme.iter().all(|file| file.theme != name.value) {
            let message = format!("there is no theme `themes/{}`", name.value);
            diagnostics.push(Diagnostic::error("missing-file", name.span, message));
        }
    }
    for one in &parsed.theme {
        let bytes = match one.file {
            Some(id) => Ok(parsed.files.get(id).text.as_bytes().into()),
            None => world.read(&one.whole_path()).map(Into::into),
        };
        match bytes {
            Ok(bytes) => {
                let source = Source { theme: Some(one.theme.clone()), file: one.file, bytes };
                if let Some(template) = one.path.strip_prefix("templates/").filter(|_| &*one.theme != "default") {
                    layers.insert(format!("{}/{template}", one.theme), source.clone());
                }
                files.insert(one.path.to_string(), source);
            }
            Err(error) => {
                let message = format!("`{}`: {error}", one.whole_path());
                diagnostics.push(Diagnostic::placeless("unreadable-file", message));
            }
        }
    }
    (files, layers)
}

/// The dossier's own templates, but for those that are the program's to the byte.
fn own(files: &Sources) -> BTreeSet<String> {
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

fn messages(sources: &Sources, language: Language, files: &mut Files, diagnostics: &mut Diagnostics) -> Messages {
    let prefix = format!("i18n/{}", language.as_str());
    let of_language =
        |path: &str| path.strip_prefix(&prefix).is_some_and(|rest| rest.starts_with('.')) && path.ends_with(".toml");
    let texts: Vec<_> = sources
        .iter()
        .filter(|(path, _)| of_language(path))
        .map(|(path, source)| text_file(path, source, files))
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

fn templates(
    (files, layers): (&Sources, &Sources),
    all: &mut Files,
    engine: &dyn Fn() -> Tera,
    diagnostics: &mut Diagnostics,
) -> (Tera, BTreeMap<String, FileId>) {
    let mut sources = BTreeMap::new();
    let mut ids = BTreeMap::new();
    for (path, source) in files {
        if let Some(name) = path.strip_prefix("templates/") {
            let (id, text) = text_file(path, source, all);
            // Our own set nothing that grows.
            let text = if source.file.is_some() { sets::bounded(&text).into() } else { flush(&text).into() };
            sources.insert(name.to_owned(), text);
            ids.insert(name.to_owned(), id);
        }
    }
    add_extended(layers, all, &mut sources, &mut ids);
    let mut removed: Vec<String> = Vec::new();
    loop {
        let mut tera = engine();
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
            return (engine(), ids);
        }
    }
}

/// Adds what templates name by the theme it stands in, and which a template of the same name took the place of:
/// `{% extends "default/base.html" %}` is the program's own, `{% extends "house/base.html" %}` that of `themes/house`.
fn add_extended(
    layers: &Sources,
    all: &mut Files,
    sources: &mut BTreeMap<String, Arc<str>>,
    ids: &mut BTreeMap<String, FileId>,
) {
    let mut open: Vec<Arc<str>> = sources.values().cloned().collect();
    while let Some(text) = open.pop() {
        for key in quoted(&text) {
            if sources.contains_key(key) {
                continue;
            }
            let (id, text) = match (layers.get(key), key.strip_prefix("default/").and_then(default_bytes)) {
                (Some(Source { file: Some(id), .. }), _) => (*id, sets::bounded(&all.get(*id).text).into()),
                (_, Some(bytes)) => {
                    let path = format!("<default>/templates/{}", &key["default/".len()..]);
                    let id = all.add(path, String::from_utf8_lossy(bytes).as_ref());
                    (id, flush(&all.get(id).text).into())
                }
                _ => continue,
            };
            sources.insert(key.to_owned(), Arc::clone(&text));
            ids.insert(key.to_owned(), id);
            open.push(text);
        }
    }
}

/// One of our templates without what its lines begin with, which is for its readers and would stand on every page. Lines stay
/// lines, so that faults keep theirs; none of ours begins within `<pre>`, where blanks have a meaning (tested).
fn flush(template: &str) -> String {
    template.split_inclusive('\n').map(|line| line.trim_start_matches([' ', '\t'])).collect()
}

/// What stands between quotation marks in a template and could be the name of one.
fn quoted(template: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for quote in ['"', '\'', '`'] {
        let ends: Vec<usize> = template.match_indices(quote).map(|(i, _)| i).collect();
        let between = ends.windows(2).map(|pair| &template[pair[0] + 1..pair[1]]);
        found.extend(between.filter(|name| name.contains(".html") && name.len() < 200));
    }
    found
}

fn default_bytes(template: &str) -> Option<&'static [u8]> {
    let path = format!("templates/{template}");
    FILES.iter().find(|(known, _)| *known == path).map(|(_, bytes)| *bytes)
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

#[cfg(test)]
mod tests {
    use super::{FILES, flush};

    #[test]
    fn no_line_of_our_templates_begins_where_blanks_have_a_meaning() {
        let mut seen = 0;
        for (path, bytes) in FILES.iter().filter(|(path, _)| path.ends_with(".html")) {
            let text = std::str::from_utf8(bytes).unwrap();
            for tag in ["pre", "textarea"] {
                let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
                for (at, _) in text.match_indices(&open) {
                    let within = text[at..].split(&close).next().unwrap();
                    assert!(!within.contains('\n'), "{path}: {within}");
                    seen += 1;
                }
            }
            assert_eq!(flush(text).lines().count(), text.lines().count(), "{path}");
        }
        assert!(seen > 1, "none has such an element");
    }
}
