//! Phase 1: files to sheets and articles.
//!
//! 1. List `content/`; what is Markdown is an article, what is YAML a sheet, the rest assets.
//! 2. Read them, in parallel; what is not text (or far too large) is a fault.
//! 3. Parse each on its own, in parallel; a file's faults do not keep others from being read.
//! 4. Read `captures.lock`, the texts that sources publish, and the dossier's own theme.

pub mod article;
pub mod cache;
pub mod sheet;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diagnostic::{Diagnostic, Diagnostics, Report, Severity};
use crate::base::file::{FileId, Files, Span};
use crate::base::tree::decode::{Context, LText};
use crate::base::tree::{Data, Node, yaml};
use crate::base::world::{Entry, ReadError, Refusal, Refused, World};
use crate::dossier::config::Config;
use crate::dossier::proof;
use crate::dossier::versions::History;
use crate::model::Text;
use article::{FrontMatter, RawArticle};
use cache::{Cache, Read};
use sheet::Sheet;

/// Larger text files are refused: a sheet of this size holds some 200,000 claims, and belongs into several.
pub const MAX_FILE: u64 = 64 << 20;

/// Where articles, sheets and assets stand.
pub const CONTENT: &str = "content";

/// Where `sourcebook verify` writes what it found in the captures.
pub const LOCK: &str = "captures.lock";

/// Everything the writer wrote, read but not yet bound together.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Every input file.
    pub files: Files,
    /// `site.toml`.
    pub config: Config,
    /// What `content/` holds.
    pub content: Content,
    /// What is kept beside the content.
    pub beside: Beside,
    /// The files of all its themes: one that comes later takes the place of one of the same path.
    pub theme: Vec<ThemeFile>,
}

/// What `content/` holds, and the texts that its sources publish.
#[derive(Debug, Default)]
pub struct Content {
    /// Every sheet, by path; none once the dossier is bound, unless another run is to come.
    pub sheets: Vec<Arc<Sheet>>,
    /// Every article, by path.
    pub articles: Vec<Arc<RawArticle>>,
    /// Paths from `content/` of all other files.
    pub assets: Vec<Text>,
    /// Texts that sources publish, by the path that their `text.file` gives.
    pub texts: Vec<(Text, FileId)>,
    /// Whether a sheet could not be read to its end.
    pub unread: bool,
}

/// What earlier runs and other people say of the content, kept beside it.
#[derive(Debug, Default)]
pub struct Beside {
    /// What earlier runs found in captures: `captures.lock`.
    pub lock: Option<FileId>,
    /// Timestamps and what they stamp, as `proof/` holds them.
    pub proof: Vec<proof::File>,
    /// What readers are told of what records said before; [`crate::dossier::history`] reads it.
    pub history: History,
}

impl Parsed {
    /// `captures.lock` with its text.
    pub fn lock(&self) -> Option<(FileId, &str)> {
        self.beside.lock.map(|id| (id, &*self.files.get(id).text))
    }
}

/// A file of a theme of the dossier's own.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// The folder of `themes/` that it stands in.
    pub theme: Text,
    /// Path within the theme: `templates/article.html`.
    pub path: Text,
    /// Its place among the files, if it is a text that faults may point into.
    pub file: Option<FileId>,
}

impl ThemeFile {
    /// Its path in the dossier: `themes/house/templates/article.html`.
    pub fn whole_path(&self) -> String {
        format!("themes/{}/{}", self.theme, self.path)
    }
}

/// Reads the dossier.
pub fn load(world: &dyn World) -> Report<Parsed> {
    load_again(world, &mut Cache::default())
}

/// As [`load`], with the same result; what the cache holds of an earlier run is not parsed again unless it changed.
pub fn load_again(world: &dyn World, cache: &mut Cache) -> Report<Parsed> {
    let mut diagnostics = Vec::new();
    let mut parsed = Parsed { files: cache.files(), ..Parsed::default() };
    let config = read_text(world, "site.toml", MAX_FILE);
    let (id, whole) = add(&mut parsed.files, &"site.toml".into(), config, &mut diagnostics);
    if whole {
        parsed.config = Config::parse(id, &parsed.files.get(id).text).take(&mut diagnostics);
    }
    let files = &mut parsed.files;
    parsed.content = load_content(world, files, cache, &mut diagnostics);
    parsed.beside.lock = load_lock(world, files, &mut diagnostics);
    parsed.beside.proof = proof::read(world);
    load_texts(world, files, &mut parsed.content, &mut diagnostics);
    parsed.theme = load_theme(world, &parsed.config, files, &mut diagnostics);
    Report::new(parsed, diagnostics)
}

/// The configuration alone, without its faults, which [`load`] tells: for what must be known before loading.
pub fn config(world: &dyn World) -> Config {
    let text = read_text(world, "site.toml", 0).unwrap_or_default();
    Config::parse(FileId(0), &text).value
}

/// What a file of `content/` holds.
#[derive(Clone)]
enum Item {
    Sheet(Arc<Sheet>, bool),
    Article(Arc<RawArticle>),
}

fn load_content(world: &dyn World, files: &mut Files, cache: &mut Cache, diagnostics: &mut Diagnostics) -> Content {
    let mut content = Content::default();
    for path in world.refused(CONTENT) {
        diagnostics.push(refused(&path));
    }
    let (texts, mut assets): (Vec<_>, Vec<_>) = world.list(CONTENT).into_iter().partition(|e| is_text(&e.path));
    assets.retain(|entry| {
        let stray = is_copy_of_text(&entry.path);
        if stray {
            diagnostics.push(left_out(&entry.path));
        }
        !stray
    });
    content.assets = assets.iter().map(|e| e.path[CONTENT.len() + 1..].into()).collect();
    content.assets.sort_unstable();
    let read: Vec<Read> = texts.par_iter().map(|entry| cache.read(world, entry)).collect();
    let add = |(entry, read): (&Entry, &Read)| add(files, &entry.path, read.text.clone(), diagnostics);
    let ids: Vec<_> = texts.iter().zip(&read).map(add).collect();
    let files = &*files;
    let items: Vec<_> = (ids.par_iter().zip(&read))
        .map(|((id, whole), read)| {
            cache.parsed(&files.get(*id).path, read).unwrap_or_else(|| parse(*id, *whole, files))
        })
        .collect();
    for (item, found) in &items {
        diagnostics.extend_from_slice(found);
        match item {
            Item::Sheet(sheet, broken) => {
                content.unread |= broken;
                content.sheets.push(sheet.clone());
            }
            Item::Article(article) => content.articles.push(article.clone()),
        }
    }
    let paths = texts.into_iter().map(|entry| entry.path);
    cache.renew(paths.zip(read).zip(items).map(|((path, read), item)| (path, read, item)));
    content
}

fn is_text(path: &str) -> bool {
    is_article(path) || ends_in(path, &["yaml", "yml"])
}

/// Whether a file is Markdown, by its name.
pub fn is_article(path: &str) -> bool {
    ends_in(path, &["md", "markdown"])
}

/// Whether a file is what an editor or git keeps of an article or a sheet: `a.md.orig`, `a.yaml.bak`.
fn is_copy_of_text(path: &str) -> bool {
    const COPIES: &[&str] = &["orig", "rej", "bak", "backup", "old", "save", "tmp", "copy", "local", "base", "remote"];
    path.rsplit_once('.').is_some_and(|(stem, _)| is_text(stem)) && ends_in(path, COPIES)
}

fn left_out(path: &str) -> Diagnostic {
    let message = format!("`{path}` looks like a copy that an editor or git keeps, and is not published");
    let help = "remove it, or give it a name of its own";
    Diagnostic { severity: Severity::Warning, ..Diagnostic::placeless("left-out-file", message) }.help(help)
}

fn ends_in(path: &str, suffixes: &[&str]) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let suffix = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, suffix)| suffix);
    suffix.is_some_and(|suffix| suffixes.iter().any(|known| suffix.eq_ignore_ascii_case(known)))
}

/// Reads a file; one that is not whole is only known to be there.
fn parse(id: FileId, whole: bool, files: &Files) -> (Item, Diagnostics) {
    let file = files.get(id);
    let mut diagnostics = Vec::new();
    if is_article(&file.path) {
        let path = &file.path[CONTENT.len() + 1..];
        let article = match whole {
            true => article::parse(id, path, &file.text, &mut diagnostics),
            false => RawArticle { file: id, path: path.into(), front: FrontMatter::default(), body: 0..0 },
        };
        return (Item::Article(Arc::new(article)), diagnostics);
    }
    if !whole {
        return (Item::Sheet(Arc::default(), true), diagnostics);
    }
    let tree = yaml::parse_with(id, &file.text, 0..file.text.len(), sheet::KINDS).take(&mut diagnostics);
    if tree.broken && !matches!(tree.root.data, Data::Map(_)) {
        return (Item::Sheet(Arc::default(), true), diagnostics);
    }
    let mut found = Vec::new();
    let mut cx = Context { diagnostics: &mut found, owner: Span::new(id, 0..0) };
    let mut sheet = Sheet::decode(id, &tree.root, &mut cx);
    let end = if tree.broken { sound_end(&tree.root) } else { u32::MAX };
    for claim in sheet.claims.0.iter_mut().filter(|claim| claim.name.span.start >= end) {
        // Its evidence may stand where it could not be read.
        claim.value.iter_mut().for_each(|value| value.has_evidence = true);
    }
    diagnostics.extend(found.into_iter().filter(|d| d.span.is_none_or(|span| span.start < end)));
    (Item::Sheet(Arc::new(sheet), tree.broken), diagnostics)
}

/// Where the last two records begin of a sheet that could not be read to its end: what seems wrong with these follows
/// from that.
fn sound_end(root: &Node<'_>) -> u32 {
    let inner = |node: &Node<'_>| match &node.data {
        Data::Map(entries) => entries.iter().map(|entry| entry.key_span.start).collect(),
        _ => Vec::new(),
    };
    let Data::Map(kinds) = &root.data else { return 0 };
    let mut starts: Vec<u32> = kinds.iter().flat_map(|kind| inner(&kind.value)).collect();
    starts.sort_unstable();
    starts.iter().rev().nth(1).copied().unwrap_or(0)
}

/// Why a file is no text of the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// It cannot be read, and why.
    Unreadable(String),
    /// It is larger than is allowed: so many bytes.
    TooLarge(u64),
    /// It is a text as far as this, and what follows is none.
    NotText(String, &'static str),
}

impl TextFault {
    /// The code of the fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable-file",
            Self::TooLarge(_) => "file-too-large",
            Self::NotText(..) => "not-text",
        }
    }

    /// What is wrong.
    pub fn message(&self) -> String {
        match self {
            Self::Unreadable(why) => why.clone(),
            Self::TooLarge(size) => {
                format!("this file has {} MiB, more than the {} allowed", size >> 20, MAX_FILE >> 20)
            }
            Self::NotText(_, why) => (*why).to_owned(),
        }
    }

    /// The fault where a sheet or `site.toml` names the file, by a path from the root.
    pub fn named(&self, path: &LText) -> Diagnostic {
        let code = match self {
            Self::Unreadable(_) => "missing-file",
            Self::TooLarge(_) | Self::NotText(..) => self.code(),
        };
        let message = format!("`{}`: {}", path.value, self.message());
        Diagnostic::error(code, path.span, message).help("the path is taken from the dossier's root")
    }
}

/// A text of the dossier; one that is too large is not read.
///
/// # Errors
/// See [`TextFault`].
pub fn read_text(world: &dyn World, path: &str, size: u64) -> Result<Arc<str>, TextFault> {
    if path != "site.toml" && size > MAX_FILE {
        return Err(TextFault::TooLarge(size));
    }
    let bytes = world.read(path).map_err(|error| TextFault::Unreadable(error.to_string()))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(TextFault::TooLarge(bytes.len() as u64));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
    let nul = bytes.iter().position(|&b| b == 0);
    match String::from_utf8(bytes) {
        Ok(text) => match nul {
            None => Ok(text.into()),
            Some(at) => Err(TextFault::NotText(text[..at].to_owned(), "a NUL byte follows: this is not a text")),
        },
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
            Err(TextFault::NotText(text, "what follows is not UTF-8"))
        }
    }
}

/// Adds a file, and says whether it is whole: one that cannot be read is added with what can be shown of it, and
/// reported at the end of that.
fn add(
    files: &mut Files,
    path: &Text,
    text: Result<Arc<str>, TextFault>,
    diagnostics: &mut Diagnostics,
) -> (FileId, bool) {
    let fault = match text {
        Ok(text) => return (files.add(path.clone(), text), true),
        Err(fault) => fault,
    };
    let (code, message) = (fault.code(), fault.message());
    let (shown, help) = match fault {
        TextFault::Unreadable(_) => (String::new(), None),
        TextFault::TooLarge(_) => (String::new(), Some("split it into several files".to_owned())),
        TextFault::NotText(shown, _) => {
            let help = format!("save the file as UTF-8 (the fault is at byte {})", shown.len());
            (shown, Some(help))
        }
    };
    let end = shown.len();
    let id = files.add(path.clone(), shown);
    diagnostics
        .push(help.into_iter().fold(Diagnostic::error(code, Span::new(id, end..end), message), Diagnostic::help));
    (id, false)
}

fn refused(refused: &Refused) -> Diagnostic {
    let diagnostic = Diagnostic::placeless("unreadable-file", format!("`{}`: {}", refused.path, refused.why));
    match refused.why {
        Refusal::Outside | Refusal::Private | Refusal::Loop | Refusal::Broken => {
            diagnostic.help("put the file itself into the dossier, or remove the link")
        }
        Refusal::Name => diagnostic.help("rename the file"),
        Refusal::Unreadable(_) => diagnostic,
    }
}

/// The lock is the program's own and may be absent.
fn load_lock(world: &dyn World, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<FileId> {
    if world.read(LOCK) == Err(ReadError::Missing) {
        return None;
    }
    let (id, whole) = add(files, &LOCK.into(), read_text(world, LOCK, 0), diagnostics);
    whole.then_some(id)
}

fn load_texts(world: &dyn World, files: &mut Files, content: &mut Content, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    let wanted: Vec<_> = content
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.sources.0)
        .filter_map(|source| source.value.as_ref()?.text.as_ref()?.value.file.clone())
        .filter(|file| seen.insert(file.value.clone()))
        .collect();
    for file in wanted {
        match read_text(world, &file.value, 0) {
            Ok(text) => content.texts.push((file.value.clone(), files.add(&*file.value, text))),
            Err(fault) => diagnostics.push(fault.named(&file)),
        }
    }
    // What a source publishes is no article, whatever its name ends in, and owes no front matter.
    let texts: BTreeSet<_> = content.texts.iter().map(|(path, _)| path.clone()).collect();
    let is_text = |file: FileId| texts.contains(&files.get(file).path);
    content.articles.retain(|article| !is_text(article.file));
    diagnostics.retain(|d| !d.span.is_some_and(|span| d.code == "bad-front-matter" && is_text(span.file)));
}

fn load_theme(world: &dyn World, config: &Config, files: &mut Files, diagnostics: &mut Diagnostics) -> Vec<ThemeFile> {
    // The last first: what comes later takes the place of a file of the same path.
    let of = |theme: &LText| load_theme_of(world, &theme.value, files, diagnostics);
    config.theme.iter().rev().flat_map(of).collect()
}

fn load_theme_of(world: &dyn World, theme: &Text, files: &mut Files, diagnostics: &mut Diagnostics) -> Vec<ThemeFile> {
    let folder = format!("themes/{theme}");
    diagnostics.extend(world.refused(&folder).iter().map(refused));
    let read = |entry: Entry| {
        let path = &entry.path[folder.len() + 1..];
        let is_text = path.ends_with(".html") || path.ends_with(".toml") || path.ends_with(".xml");
        let file = is_text.then(|| {
            let text = read_text(world, &entry.path, entry.size);
            add(files, &entry.path, text, diagnostics)
        });
        // In place of one that cannot be read, which was reported, the program's own is used.
        let is_there = file.is_none_or(|(_, whole)| whole);
        is_there.then(|| ThemeFile { theme: theme.clone(), path: path.into(), file: file.map(|(id, _)| id) })
    };
    world.list(&folder).into_iter().filter_map(read).collect()
}
