//! What the desk shows: the sources and how much of each is used, the text of one, names, and forms to fill in.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::preview::Site;
use super::texts::NoText;
use super::{Desk, files, waiting};
use sourcebook_core::dossier::address::Urls;
use sourcebook_core::dossier::load::CONTENT;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::language::Language;
use sourcebook_core::model::{Dossier, Ref, SourceIx};
use sourcebook_core::words::messages::Messages;
use sourcebook_desk::reading::edit;
use sourcebook_desk::reading::form::{Form, Shape};
use sourcebook_desk::reading::look;
use sourcebook_desk::reading::proposal::{self, Selection, Sheets};
use sourcebook_site::theme::FILES;

/// Of more sources than these, it is not told unasked how much of each is used.
const SHARES: usize = 200;

/// What a request asks for that cannot be given: a key of the interface's messages below `desk.fault`.
pub(super) type Nothing = &'static str;

/// A form that is wanted.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    /// What it makes.
    makes: String,
    /// The source that is read.
    source: Option<String>,
    /// Bytes of its text.
    start: Option<usize>,
    end: Option<usize>,
    /// The words that are selected.
    #[serde(default)]
    words: String,
    /// The article that is open, and where its caret is.
    article: Option<String>,
    at: Option<usize>,
}

#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    title: &'a str,
    language: Option<&'a str>,
    state: &'static str,
    why: Option<String>,
    share: Option<look::Share>,
}

/// The words of the interface.
pub(super) fn words(desk: &Desk) -> Value {
    let site = desk.site();
    let (messages, title) = match &site {
        Some(site) => (site.prepared.theme.messages.clone(), site.prepared.parsed.config.title.to_string()),
        None => (own_messages(Language::English), String::new()),
    };
    let words = serde_json::to_value(messages.nested()).unwrap_or_default();
    json!({ "language": messages.language().as_str(), "title": title, "words": words["desk"], "pages": desk.pages })
}

/// The words that the program brings, for a desk of which no dossier can be read yet.
pub(super) fn own_messages(language: Language) -> Messages {
    let path = format!("i18n/{}.desk.toml", language.as_str());
    let text = FILES.iter().find(|(name, _)| *name == path).and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
    let parsed = Messages::parse(language, &[("desk", text.unwrap_or_default())]);
    parsed.unwrap_or_else(|_| Messages::empty(language))
}

/// The sources and articles, what is wrong, and what can be undone.
pub(super) fn state(desk: &Desk) -> Value {
    let current = desk.preview.current();
    let undo = desk.edits().last();
    let faults = json!(current.faults);
    let head = json!({ "number": current.number, "faults": faults, "warnings": current.counts.1, "undo": undo });
    let Some(site) = &current.site else { return head };
    let dossier = &site.prepared.dossier;
    let sources: Vec<_> = (0..dossier.sources.len()).map(|n| shown(desk, site, SourceIx::at(n))).collect();
    let articles =
        dossier.articles.iter().map(|a| json!({ "path": format!("{CONTENT}/{}", a.path), "title": &*a.title }));
    let mut whole = head;
    whole["sources"] = json!(sources);
    whole["articles"] = articles.collect();
    whole["waiting"] = waiting::list(desk, site);
    whole
}

fn shown<'s>(desk: &Desk, site: &'s Site, ix: SourceIx) -> Shown<'s> {
    let dossier = &site.prepared.dossier;
    let source = &dossier[ix];
    let is_few = dossier.sources.len() <= SHARES;
    let text = is_few.then(|| desk.texts().get(site, desk.preview.snapshot(), ix));
    let (state, why, share) = match text {
        None => ("unknown", None, None),
        Some(Ok(text)) => ("ready", None, Some(look::share(dossier, source, &text))),
        Some(Err(NoText::None)) => ("none", None, None),
        Some(Err(NoText::Missing)) => ("missing", None, None),
        Some(Err(NoText::Unread(why))) => ("unread", Some(why), None),
    };
    let (id, title) = (&*source.head.id.value, &*source.title);
    Shown { id, title, language: source.language.as_deref(), state, why, share }
}

/// Every id, with the names that it is looked for by.
pub(super) fn names(desk: &Desk) -> Result<Value, Nothing> {
    let site = desk.site().ok_or("no-dossier")?;
    let dossier = &site.prepared.dossier;
    let name = |of: Ref| {
        let others: Vec<&str> = match of {
            Ref::Actor(ix) => dossier[ix].aliases.iter().map(|alias| &**alias).collect(),
            Ref::Place(ix) => dossier[ix].aliases.iter().map(|alias| &**alias).collect(),
            Ref::Claim(ix) => dossier[ix].by.iter().map(|by| &*dossier[*by].name).collect(),
            _ => Vec::new(),
        };
        let kind = of.kind().map_or("article", Kind::as_str);
        json!([&**dossier.id(of), kind, &**dossier.label(of), others])
    };
    Ok(dossier.all().map(name).collect())
}

/// The text of a source, with what is used of it.
pub(super) fn source(desk: &Desk, id: &str) -> Result<Value, Nothing> {
    let site = desk.site().ok_or("no-dossier")?;
    let dossier = &site.prepared.dossier;
    let ix = source_ix(dossier, id)?;
    let text = desk.texts().get(&site, desk.preview.snapshot(), ix);
    let text = text.map_err(|why| match why {
        NoText::None => "no-text",
        NoText::Missing => "capture-missing",
        NoText::Unread(_) => "capture-unread",
    })?;
    let mut look = serde_json::to_value(look::look(dossier, &dossier[ix], &text)).unwrap_or_default();
    let urls = Urls { config: &site.prepared.parsed.config, dossier };
    let page = |of: Ref| format!("{}{}", desk.pages, urls.address(of).trim_end_matches("index.html"));
    for claim in look["claims"].as_array_mut().into_iter().flatten() {
        let found = claim["id"].as_str().and_then(|id| dossier.get(id));
        claim["page"] = json!(found.map(page));
    }
    look["id"] = json!(id);
    look["title"] = json!(&*dossier[ix].title);
    look["language"] = json!(dossier[ix].language.as_deref());
    look["page"] = json!(page(ix.into()));
    Ok(look)
}

/// The text of an article.
pub(super) fn article(desk: &Desk, path: &str) -> Result<Value, Nothing> {
    let site = desk.site().ok_or("no-dossier")?;
    files::article_file(&site, path)?;
    let text = files::read_now(desk, path)?.ok_or("no-file")?;
    let dossier = &site.prepared.dossier;
    let urls = Urls { config: &site.prepared.parsed.config, dossier };
    let is_it = |of: &Ref| matches!(of, Ref::Article(ix) if format!("{CONTENT}/{}", dossier[*ix].path) == path);
    let page = dossier
        .all()
        .find(is_it)
        .map(|of| format!("{}{}", desk.pages, urls.address(of).trim_end_matches("index.html")));
    Ok(json!({ "path": path, "text": text, "page": page }))
}

/// A form, filled in as far as it can be.
pub(super) fn form(desk: &Desk, wanted: &Wanted) -> Result<Form, Nothing> {
    let site = desk.site().ok_or("no-dossier")?;
    let dossier = &site.prepared.dossier;
    if wanted.makes == "cite" {
        let article = wanted.article.as_deref().ok_or("no-article")?;
        files::article_file(&site, article)?;
        let at = wanted.at.map(|at| at.to_string()).unwrap_or_default();
        let form = Form::new("cite").with("claim", Shape::Claim, wanted.words.trim());
        return Ok(form.with("article", Shape::Kept, article).with("at", Shape::Kept, at));
    }
    if wanted.makes == "check" {
        let of = dossier.get(&wanted.words).filter(|of| of.kind().is_some()).ok_or("no-form")?;
        return Ok(waiting::form(desk, &site, of));
    }
    let ix = wanted.source.as_deref().map(|id| source_ix(dossier, id)).transpose()?;
    if let Some(kind) = record_kind(&wanted.makes) {
        let sheets = sheets(&site, kind, None);
        return proposal::record(kind, dossier, &wanted.words, &sheets).ok_or("no-form");
    }
    let ix = ix.ok_or("no-source")?;
    let text = desk.texts().get(&site, desk.preview.snapshot(), ix).map_err(|_| "no-text")?;
    let range = wanted.start.zip(wanted.end).map(|(start, end)| start..end.max(start)).ok_or("no-words")?;
    let language = site.prepared.parsed.config.language.as_str();
    let selection = Selection { dossier, source: ix, text: &text, range, language };
    let form = match &*wanted.makes {
        "claim" => proposal::claim(&selection, &sheets(&site, Kind::Claim, Some(ix))),
        "aside" => proposal::aside(&selection),
        _ => return Err("no-form"),
    };
    form.ok_or("no-words")
}

fn record_kind(makes: &str) -> Option<Kind> {
    let of_panel = [Kind::Actor, Kind::Event, Kind::Place, Kind::Question];
    of_panel.into_iter().find(|kind| kind.as_str() == makes)
}

/// The sheets that a record may go to, the likeliest first; where there is none, the one that would be made.
pub(super) fn sheets(site: &Site, kind: Kind, source: Option<SourceIx>) -> Sheets {
    let files = &site.prepared.parsed.files;
    let dossier = &site.prepared.dossier;
    let all: Vec<String> = files.iter().map(|(_, file)| file.path.to_string()).filter(|path| is_sheet(path)).collect();
    let path_of = |of: Ref| files.get(dossier.span(of).file).path.to_string();
    let mut sheets = edit::sheets(kind, dossier, source.map(|ix| &dossier[ix]), &all, path_of);
    if sheets.is_empty() {
        sheets.push(format!("{CONTENT}/{}.yaml", kind.plural()));
    }
    Sheets(sheets)
}

/// Whether a file of the dossier is a sheet.
pub(super) fn is_sheet(path: &str) -> bool {
    path.strip_prefix(CONTENT).is_some_and(|rest| rest.starts_with('/'))
        && (path.ends_with(".yaml") || path.ends_with(".yml"))
}

fn source_ix(dossier: &Dossier, id: &str) -> Result<SourceIx, Nothing> {
    match dossier.get(id) {
        Some(Ref::Source(ix)) => Ok(ix),
        _ => Err("no-source"),
    }
}
