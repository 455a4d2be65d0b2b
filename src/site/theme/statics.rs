//! Static files: stylesheets joined to one, scripts likewise, and everything named by its content.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::css::{self, Address};
use super::{ASSETS, FILES, Source, Sources, Static};
use crate::search;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, nearest};
use sourcebook_core::base::file::{Files, Span};
use sourcebook_core::base::json::Json;
use sourcebook_core::base::url::{percent, unpercent};
use sourcebook_core::words::messages::Messages;

/// Joins stylesheets and scripts, names everything by its content, and writes the new names into stylesheets. What is of the dossier's
/// theme alone comes after all of the program's. Before the scripts stand the words that they need.
pub(super) fn made(
    files: &Sources,
    messages: &Messages,
    all: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Vec<Static> {
    let named = files.iter().filter_map(|(path, source)| Some((path.strip_prefix("static/")?, source)));
    let is_joined = |name: &str| !name.contains('/') && (name.ends_with(".css") || name.ends_with(".js"));
    let (joined, plain): (Vec<_>, Vec<_>) = named.partition(|(name, _)| is_joined(name));
    let mut statics: Vec<_> = plain.into_iter().map(|(name, source)| hashed(name, source.bytes.clone())).collect();
    let is_ours = |name: &str| FILES.iter().any(|(path, _)| path.strip_prefix("static/") == Some(name));
    let of = |first: &'static str, suffix: &str| {
        let mut parts: Vec<_> = joined.iter().filter(|(name, _)| name.ends_with(suffix)).collect();
        parts.sort_by_key(|(name, _)| (*name != first, !is_ours(name), *name));
        parts
    };
    let names: BTreeMap<&str, &str> = statics.iter().map(|file| (&*file.name, &*file.path)).collect();
    let mut style = String::new();
    for (name, source) in of("style.css", ".css") {
        let sheet = Sheet { name, source, names: &names };
        style.push_str(&sheet.written(all, diagnostics));
        style.push('\n');
    }
    let mut script = said(messages, &statics).into_bytes();
    for (_, source) in of("script.js", ".js") {
        script.extend_from_slice(&source.bytes);
        script.push(b'\n');
    }
    statics.push(hashed("style.css", style.into_bytes().into()));
    statics.push(hashed("script.js", script.into()));
    statics.retain(|file| !file.bytes.is_empty());
    statics
}

/// The face of the text, which the script asks for before the stylesheet is read.
const FACE: &str = "fonts/source-serif-4-latin-wght-normal.woff2";

/// What the scripts say, and what they load from the site's root, as one global value: once for all pages, which would
/// each repeat it.
fn said(messages: &Messages, statics: &[Static]) -> String {
    let mut out = String::from("globalThis.sourcebookSays=");
    let say = |o: &mut Json<'_>, key: &str, of: &str| {
        o.text(key, messages.text(of));
    };
    Json::new(&mut out).object(|o| {
        say(o, "find", "search.open");
        say(o, "light", "base.scheme");
        o.maybe("font", statics.iter().find(|file| &*file.name == FACE).map(|file| &file.path));
        o.table("preview", |o| {
            say(o, "label", "base.preview");
            ["close", "copy", "copied"].iter().for_each(|key| say(o, key, &format!("base.{key}")));
        });
        o.table("search", |o| {
            for key in SEARCH {
                say(o, key, &format!("search.{key}"));
            }
            say(o, "inTexts", "search.in_texts");
            o.text("index", search::HEAD);
        });
    });
    out.push_str(";\n");
    out
}

/// What the search says, by the keys of the messages and of the script.
const SEARCH: [&str; 12] =
    ["title", "hint", "close", "results", "shortcut", "none", "nearest", "one", "many", "more", "failed", "texts"];

fn hashed(name: &str, bytes: Arc<[u8]>) -> Static {
    let hash = blake3::hash(&bytes).to_hex();
    let (stem, suffix) = name.rsplit_once('.').unwrap_or((name, "bin"));
    Static { name: name.into(), path: format!("{ASSETS}/{stem}.{}.{suffix}", &hash[..10]).into(), bytes }
}

/// One of the stylesheets that are joined.
struct Sheet<'a> {
    name: &'a str,
    source: &'a Source,
    /// Static files and their paths in the output.
    names: &'a BTreeMap<&'a str, &'a str>,
}

impl Sheet<'_> {
    /// The stylesheet with the addresses that its files have in the output, and closed where it is not.
    fn written(&self, all: &mut Files, diagnostics: &mut Diagnostics) -> String {
        let text = String::from_utf8_lossy(&self.source.bytes);
        let read = css::read(&text);
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        let mut faults = Vec::new();
        for address in &read.addresses {
            match self.leads_to(address) {
                Ok(Some(path)) => {
                    out.push_str(&text[from..address.range.start]);
                    out.push_str(&address.with(&path));
                    from = address.range.end;
                }
                Ok(None) => {}
                Err(fault) => faults.push((address.range.clone(), fault)),
            }
        }
        out.push_str(&text[from..]);
        out.push_str(&read.closing);
        if let Some(open) = read.open.filter(|_| !read.closing.is_empty()) {
            let message = "what opens here has no end: the styles after it would be lost";
            faults.push((open, Diagnostic::placeless("theme-style", message)));
        }
        let theme = self.source.theme.as_ref().filter(|_| !faults.is_empty());
        if let Some(theme) = theme {
            let file = all.add(format!("themes/{theme}/static/{}", self.name), &*text);
            let told =
                faults.into_iter().map(|(range, fault)| Diagnostic { span: Some(Span::new(file, range)), ..fault });
            diagnostics.extend(told);
        }
        out
    }

    /// The address of a static file from `assets/`, where one is meant.
    fn leads_to(&self, address: &Address) -> Result<Option<String>, Diagnostic> {
        let url = &*address.url;
        let is_elsewhere = url.starts_with("//") || url.split(['/', '?', '#']).next().is_some_and(|s| s.contains(':'));
        if url.starts_with('#') || url.starts_with("data:") || url.is_empty() {
            return Ok(None);
        }
        if is_elsewhere {
            let message = format!("`{url}` is of somebody else's server: the page's policy forbids it");
            let fault = Diagnostic::placeless("theme-style", message);
            return Err(fault.help("put the file into `static/`, and write `url(name)`"));
        }
        let cut = url.find(['?', '#']).unwrap_or(url.len());
        let (path, rest) = url.split_at(cut);
        let path = unpercent(path);
        let name = path.trim_start_matches("./");
        if address.is_import {
            let message = format!("`@import` of `{url}`: a stylesheet of `static/` is joined to the others by itself");
            return Err(Diagnostic::placeless("theme-style", message)
                .help("leave the line out, and put the file into `static/`"));
        }
        match self.names.get(name) {
            Some(found) => {
                let found = found.strip_prefix("assets/").unwrap_or(found);
                Ok(Some(format!("{}{rest}", percent(found))))
            }
            None => {
                let near = nearest(name, self.names.keys().copied());
                let message = format!("there is no file `static/{name}`");
                Err(Diagnostic::placeless("missing-file", message).suggest(near))
            }
        }
    }
}
