//! Cards for other people's pages: a claim or a question in one file, with its own style, and what oEmbed says of it
//! (<https://oembed.com>); for a site with `[publish] embed`.
//!
//! The policy names the hashes of what stands in the page itself: nothing else runs, and nothing is loaded.

use base64::prelude::{BASE64_STANDARD, Engine};
use tera::Value;

use super::{PageKind, Role};
use crate::plan::{Planner, Route};
use crate::render::answer::answer;
use crate::render::object::{Html, Object};
use crate::render::{Page, Renderer};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::html::escape;
use sourcebook_core::base::json::Json;
use sourcebook_core::dossier::address::{page_file, page_url};
use sourcebook_core::evidence::sha256::Sha256;
use sourcebook_core::model::{ClaimIx, QuestionIx, Ref};
use sourcebook_core::words;

/// `/embed/ID/`
pub(super) static KIND: PageKind = PageKind { name: "cards to embed", role: Role::File, plan, render };

/// The folder of the cards.
const FOLDER: &str = "embed";

/// What oEmbed says of a card, beside it.
const OEMBED: &str = "oembed.json";

/// Answers on a card: the question's page has the others.
const ANSWERS: usize = 24;

/// Pixels that are offered to hosts, which need a size before they see the card.
const WIDTH: usize = 600;

fn plan(planner: &mut Planner<'_>) {
    let config = &planner.parsed.config;
    if !config.publish.embed {
        return;
    }
    let has_address = config.base_url.is_some();
    let cards: Vec<_> = planner.dossier.all().filter_map(|of| Some((of, subject(of)?))).collect();
    for (of, subject) in cards {
        let (folder, origin) = (folder(planner.dossier.id(of)), Some(planner.dossier.span(of)));
        planner.add(subject, page_file(&folder), origin);
        // A card that has no address cannot be asked for.
        if has_address {
            planner.add(subject + OF_OEMBED, format!("{folder}/{OEMBED}"), origin);
        }
    }
}

fn folder(id: &str) -> String {
    format!("{FOLDER}/{id}")
}

/// Added to the subject of a card: what oEmbed says of it.
const OF_OEMBED: usize = 2;

fn subject(of: Ref) -> Option<usize> {
    match of {
        Ref::Claim(ix) => Some(ix.position() * 4),
        Ref::Question(ix) => Some(ix.position() * 4 + 1),
        _ => None,
    }
}

fn record(subject: usize) -> Ref {
    match subject % OF_OEMBED {
        0 => ClaimIx::at(subject / 4).into(),
        _ => QuestionIx::at(subject / 4).into(),
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let subject = route.subject as usize;
    let of = record(subject);
    if subject % 4 >= OF_OEMBED {
        out.extend_from_slice(oembed(renderer, of).as_bytes());
        return Ok(());
    }
    let mut page = renderer.page(route, None);
    match of {
        Ref::Claim(ix) => {
            page.set("claim", renderer.claim_with_card(ix)).set("card_html", renderer.claim_card(ix));
        }
        Ref::Question(ix) => {
            let answers = &renderer.dossier[ix].answers;
            let value = |n: usize| answer(renderer, ix, n).set("claim", renderer.claim(answers[n].0)).build();
            let shown: Vec<Value> = (0..answers.len().min(ANSWERS)).map(value).collect();
            let more = answers.len().saturating_sub(ANSWERS);
            page.set("question", renderer.whole(of))
                .set("answers", shown)
                .set("more", (more > 0).then(|| renderer.words().count("origins.more", more, &[])));
        }
        _ => {}
    }
    let title = title(renderer, of);
    page.set("record", renderer.whole(of)).set("notes", Vec::<Value>::new()).set("policy", Html(POLICY.to_owned()));
    page.head("embed", "", &title, None);
    let from = out.len();
    page.finish("embed.html", out)?;
    let html = String::from_utf8_lossy(&out[from..]).into_owned();
    out.truncate(from);
    out.extend_from_slice(with_policy(&html).as_bytes());
    Ok(())
}

/// As the page of the record calls itself: a claim with its speaker.
fn title(renderer: &Renderer<'_>, of: Ref) -> String {
    match of {
        Ref::Claim(ix) => words::sentence::titled(renderer.dossier, ix, renderer.words()),
        Ref::Question(ix) => renderer.export().plain(&renderer.dossier[ix].text),
        other => renderer.dossier.label(other).to_string(),
    }
}

/// Where the policy goes, once it is known what stands in the page.
const POLICY: &str = "default-src 'none'";

/// With the hashes of the styles and scripts that stand in the page (CSP 3, section 6.7.2): of these alone.
fn with_policy(html: &str) -> String {
    let mut policy = POLICY.to_owned();
    for (element, directive) in [("style", "style-src"), ("script", "script-src")] {
        let hashes: Vec<_> = inner(html, element)
            .map(|text| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::of(text.as_bytes()).0)))
            .collect();
        if !hashes.is_empty() {
            policy += &format!("; {directive} {}", hashes.join(" "));
        }
    }
    policy += "; base-uri 'none'; form-action 'none'";
    html.replacen(POLICY, &policy, 1)
}

/// What stands in elements without attributes.
fn inner<'h>(html: &'h str, element: &str) -> impl Iterator<Item = &'h str> {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let mut rest = html;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(&*open)?;
        let (text, after) = after.split_once(&*close)?;
        rest = after;
        Some(text)
    })
}

/// oEmbed 1.0, section 2.3.4.4: a card as a frame. Its height is a guess: lines of sixty signs.
fn oembed(renderer: &Renderer<'_>, of: Ref) -> String {
    let base = renderer.config().base_url.as_deref().unwrap_or_default();
    let (url, title) = (page_url(base, &folder(renderer.dossier.id(of))), title(renderer, of));
    let height = height(renderer, of);
    let html = frame(&url, &title, height);
    let mut out = String::new();
    Json::new(&mut out).object(|o| {
        o.text("version", "1.0").text("type", "rich").text("title", &title);
        o.text("provider_name", &renderer.config().title).text("provider_url", &format!("{base}/"));
        o.text("html", &html).value("width", WIDTH).value("height", height);
    });
    out + "\n"
}

/// The frame that a host sets into its page: it may run a script of its own and open links, and nothing else.
fn frame(url: &str, title: &str, height: usize) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"{WIDTH}\" height=\"{height}\" loading=\"lazy\" \
         sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\" style=\"border: 0; width: 100%; max-width: 100%\"></iframe>",
        escape(url),
        escape(title)
    )
}

fn height(renderer: &Renderer<'_>, of: Ref) -> usize {
    const LINE: usize = 27;
    let dossier = renderer.dossier;
    let lines = |text: &str| text.chars().count().div_ceil(60).max(1);
    match of {
        Ref::Claim(ix) => {
            let quotes =
                dossier[ix].evidence.iter().map(|e| e.quote.as_ref().map_or(1, |quote| lines(&quote.value)) + 3);
            (lines(&title(renderer, of)) + quotes.sum::<usize>() + 4) * LINE
        }
        Ref::Question(ix) => (lines(&title(renderer, of)) + 4 * dossier[ix].answers.len().min(ANSWERS) + 4) * LINE,
        _ => 10 * LINE,
    }
}

impl Page<'_, '_> {
    /// Sets the card that others can embed, with where oEmbed tells of it, if there is one.
    pub(super) fn embed_link(&mut self, of: Ref) -> &mut Self {
        let renderer = self.renderer;
        let publish = &renderer.config().publish;
        let link = subject(of).filter(|_| publish.embed).map(|_| {
            let folder = folder(renderer.dossier.id(of));
            let base = renderer.config().base_url.as_deref();
            let url = base.map(|base| page_url(base, &folder));
            Object::new()
                .set("url", sourcebook_core::base::url::percent(&page_file(&folder)))
                .set("oembed_url", base.map(|base| page_url(base, &folder) + OEMBED))
                .set("code", url.map(|url| frame(&url, &title(renderer, of), height(renderer, of))))
        });
        self.set("embed", link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_what_stands_there() {
        let html =
            with_policy("<meta content=\"default-src 'none'\"><style>a</style><script>b</script>default-src 'none'");
        assert_eq!(
            html,
            "<meta content=\"default-src 'none'; style-src 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='; \
             script-src 'sha256-PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0='; base-uri 'none'; form-action 'none'\">\
             <style>a</style><script>b</script>default-src 'none'"
        );
    }
}
