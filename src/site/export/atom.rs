//! Atom feeds (RFC 4287) of articles and of changes, only for a site that has an address.
//!
//! Entries are dated by the content. A date less exact than a day stands as the first day that it may mean.

use super::Input;
use super::changes::{self, Change};
use sourcebook_core::base::html::push;
use sourcebook_core::dossier::address::Urls;
use sourcebook_core::dossier::address::page_url;
use sourcebook_core::dossier::versions::Event;
use sourcebook_core::model::Ref;
use sourcebook_core::words::sentence::titled;

/// Paths of the feeds of articles and of changes.
pub const FILES: [&str; 2] = ["feed.xml", "changes.xml"];

/// Entries of one feed; older ones are on the site.
const ENTRIES: usize = 100;

/// `feed.xml`: articles.
pub fn articles(input: &Input<'_>, base: &str) -> String {
    feed(input, base, FILES[0], &input.config.title.clone(), &changes::articles(input.dossier))
}

/// `changes.xml`: changes and corrections.
pub fn changes(input: &Input<'_>, base: &str) -> String {
    let title = input.messages.fill("feed.changes_of", &[("title", &input.config.title)]);
    feed(input, base, FILES[1], &title, &changes::with_commits(input.dossier, input.history))
}

fn feed(input: &Input<'_>, base: &str, file: &str, title: &str, changes: &[Change<'_>]) -> String {
    let shown = &changes[..changes.len().min(ENTRIES)];
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    attribute(&mut out, "xml:lang", input.config.language.as_str());
    out.push_str(">\n");
    element(&mut out, "id", &format!("{base}/{file}"));
    element(&mut out, "title", title);
    if let Some(description) = &input.config.description {
        element(&mut out, "subtitle", description);
    }
    link(&mut out, "self", "application/atom+xml", &format!("{base}/{file}"));
    link(&mut out, "alternate", "text/html", &format!("{base}/"));
    // An empty feed must be dated too, and nothing in it can say when.
    let latest = shown.first().and_then(|c| changes::day(c.on)).unwrap_or_else(|| "1970-01-01".to_owned());
    element(&mut out, "updated", &format!("{latest}T00:00:00Z"));
    authors(&mut out, &input.config.authors, &input.config.title);
    shown.iter().for_each(|change| entry(&mut out, input, base, change));
    out.push_str("</feed>\n");
    out
}

fn entry(out: &mut String, input: &Input<'_>, base: &str, change: &Change<'_>) {
    let Some(day) = changes::day(change.on) else { return };
    let urls = Urls { config: input.config, dossier: input.dossier };
    let label = match change.of {
        Ref::Claim(ix) => input.plain(&input.dossier[ix].statement),
        Ref::Question(ix) => input.plain(&input.dossier[ix].text),
        other => input.dossier.label(other).to_string(),
    };
    out.push_str("<entry>\n");
    let folder = match change.event {
        Some(_) => format!("{}/{}", urls.folder(change.of), input.config.paths.history),
        None => urls.folder(change.of),
    };
    let url = page_url(base, &folder);
    match change.how {
        "changed" => {
            let commit = change.event.map(Event::short).unwrap_or_default();
            element(out, "id", &format!("{url}#v-{commit}"));
            let title = match change.of {
                Ref::Claim(ix) => titled(input.dossier, ix, input.messages),
                _ => label,
            };
            element(out, "title", &input.messages.fill("change.changed", &[("title", &title)]));
        }
        "published" => {
            element(out, "id", &url);
            element(out, "title", &label);
        }
        how => {
            element(out, "id", &format!("{url}#{how}-{day}"));
            element(out, "title", &input.messages.fill(&format!("change.{how}"), &[("title", &label)]));
        }
    }
    link(out, "alternate", "text/html", &url);
    element(out, "updated", &format!("{day}T00:00:00Z"));
    if let Ref::Article(ix) = change.of {
        authors(out, &input.dossier[ix].authors, "");
    }
    if let Some(summary) = summary(input, change) {
        element(out, "summary", &summary);
    }
    out.push_str("</entry>\n");
}

fn summary(input: &Input<'_>, change: &Change<'_>) -> Option<String> {
    if let Some(event) = change.event {
        let fields = event.fields.iter().map(|field| &*field.key).collect::<Vec<_>>().join(", ");
        return Some(if event.why.is_empty() { fields } else { format!("{} ({fields})", event.why) });
    }
    let why = match change.of {
        Ref::Article(ix) => return input.dossier[ix].description.as_ref().map(ToString::to_string),
        Ref::Claim(ix) => input.dossier[ix].status.as_ref()?.because.as_ref(),
        Ref::Question(ix) => input.dossier[ix].assessment.as_ref()?.because.as_ref(),
        Ref::Actor(_) | Ref::Event(_) | Ref::Place(_) | Ref::Source(_) => None,
    };
    why.map(|prose| input.plain(prose))
}

fn authors(out: &mut String, names: &[sourcebook_core::model::Text], or: &str) {
    let or = (names.is_empty() && !or.is_empty()).then_some(or);
    for name in names.iter().map(|name| &**name).chain(or) {
        out.push_str("<author>");
        element(out, "name", name);
        out.push_str("</author>\n");
    }
}

fn link(out: &mut String, relation: &str, media_type: &str, url: &str) {
    out.push_str("<link");
    attribute(out, "rel", relation);
    attribute(out, "type", media_type);
    attribute(out, "href", url);
    out.push_str("/>\n");
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push_str(&format!(" {name}=\""));
    push(out, value);
    out.push('"');
}

/// An element with text; what XML 1.0 cannot hold is left out.
fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>"));
    let sound: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    push(out, &sound.replace(['\u{fffe}', '\u{ffff}'], ""));
    out.push_str(&format!("</{name}>\n"));
}
