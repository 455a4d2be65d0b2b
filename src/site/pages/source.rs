//! A source: who publishes this, what did it say, is it alone?

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::common::{briefs, part, plan_records};
use super::{PageKind, Role, compare};
use crate::lists::facing::Side;
use crate::plan::{Planner, Route};
use crate::render::inline::pieces_html;
use crate::render::object::{Html, Object};
use crate::render::{Page, Renderer, annotated};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::evidence::readers::{Fact, SignedBy};
use sourcebook_core::evidence::verify::QuoteState;
use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::kinds::SourceStanding;
use sourcebook_core::model::source::{Author, Origin, SetAside};
use sourcebook_core::model::{ActorIx, ClaimIx, Ref, Source, SourceIx};
use sourcebook_core::words;

/// `/sources/ID/`
pub(super) static KIND: PageKind =
    PageKind { name: "sources", role: Role::Record(|i| SourceIx(i).into()), plan, render };

fn plan(planner: &mut Planner<'_>) {
    let count = planner.dossier.sources.len();
    plan_records(planner, count, |i| SourceIx::at(i).into(), |d, i| longest(&d.sources[i]));
}

/// The longest of the lists that are shown in parts.
fn longest(source: &Source) -> usize {
    source.claims.len().max(source.origin_of.len())
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let ix = SourceIx(route.subject);
    let source = &renderer.dossier[ix];
    let mut page = renderer.page(route, Some(ix.into()));
    let value = value(&page, ix, source)?;
    let claims: Vec<Value> = part(&source.distinct_claims(), route.part)
        .iter()
        .map(|(claim, n)| {
            let locator = renderer.dossier[*claim].evidence[*n].locator.as_ref();
            let locator = locator.map(|l| renderer.typeset(&l.value).into_owned());
            renderer.claim_item(*claim).set("locator", locator).build()
        })
        .collect();
    page.set("source", value)
        .set("claims", claims)
        .set("verified", verified(renderer, source))
        .set("origins", origins(renderer, &source.origins))
        .set("told", told(renderer, source))
        .set("facing", compare::partners(renderer, Side::Text(ix)))
        .set("set_aside", set_aside(renderer, source))
        .set("origin_of", briefs(renderer, part(&source.origin_of, route.part)));
    let title = renderer.typeset(&source.title);
    page.head("source", "sources", &title, None);
    page.record_foot(ix.into(), longest(source), route.part);
    page.finish("source.html", out)
}

/// Whose words its claims are: how many the text's own, how many reported, and of whom; most first.
fn told(renderer: &Renderer<'_>, source: &Source) -> Object {
    let dossier = renderer.dossier;
    let claims: BTreeSet<ClaimIx> = source.claims.iter().map(|(claim, _)| *claim).collect();
    let reported: Vec<ClaimIx> = claims.iter().copied().filter(|ix| !dossier[*ix].is_of_text()).collect();
    let mut of: BTreeMap<ActorIx, usize> = BTreeMap::new();
    for speaker in reported.iter().flat_map(|ix| &dossier[*ix].by) {
        *of.entry(*speaker).or_default() += 1;
    }
    let mut of: Vec<_> = of.into_iter().collect();
    of.sort_by_key(|(speaker, count)| (std::cmp::Reverse(*count), *speaker));
    let row = |(speaker, count): (ActorIx, usize)| {
        Object::new().set("of", renderer.brief(speaker.into())).set("count", count)
    };
    Object::new()
        .set("own", claims.len() - reported.len())
        .set("reported", reported.len())
        .set("of", of.into_iter().map(row).collect::<Vec<_>>())
}

fn value(page: &Page<'_, '_>, ix: SourceIx, source: &Source) -> Result<Object, Diagnostic> {
    let renderer = page.renderer;
    let person = |author: &Author| {
        Object::new().set("name", renderer.author_name(author)).set("url", renderer.author_url(author))
    };
    let reference = words::reference::source(renderer.dossier, ix, renderer, renderer.words());
    let archive = source
        .archive
        .as_ref()
        .map(|a| Object::new().set("url", &a.url).set("on", a.on.as_ref().map(|d| renderer.moment(d))));
    let reliability =
        (source.reliability.as_ref()).filter(|_| renderer.config().show_reliability).map(|(grade, why)| {
            Object::new()
                .set("grade", grade.as_str())
                .set("because", why.as_ref().map(|w| renderer.typeset(w).into_owned()))
        });
    let standing = source.status.as_deref().filter(|status| status.is != SourceStanding::Current);
    Ok(page
        .record(ix.into())
        .set("authors", source.authors.iter().map(person).collect::<Vec<_>>())
        .set("publisher", source.publisher.as_ref().map(person))
        .set("accessed", source.accessed.as_ref().map(|d| renderer.moment(d)))
        .set("url_original", source.url.as_ref())
        .set("archive", archive)
        .set("public", super::proof::of_source(renderer, ix))
        .set("based_on", origins(renderer, &source.based_on))
        .set("reliability", reliability)
        .set("capture", capture(renderer, ix, source))
        .set("rights", source.text.as_ref().map(|t| renderer.typeset(&t.rights).into_owned()))
        .set("text_html", annotated::text(renderer, ix).map(Html))
        .set("reference_html", Html(pieces_html(renderer, &reference)))
        .set("unsound", standing.map(|status| status.is.as_str()))
        .set("unsound_label", words::standing::unsound(renderer.dossier, ix, renderer.words()))
        .set("because_html", page.blocks_of(standing.and_then(|status| status.because.as_ref()))?)
        .set("summary_html", page.blocks_of(source.summary.as_ref())?))
}

/// What is known of the capture: when it was made, how, its hash. Never its file.
fn capture(renderer: &Renderer<'_>, ix: SourceIx, source: &Source) -> Option<Object> {
    let known = renderer.verified.capture(ix);
    let declared = source.capture.as_ref()?;
    let on = declared.on.as_ref().or(source.accessed.as_ref());
    let sha256 =
        known.map(|k| k.sha256.to_string()).or_else(|| declared.sha256.as_ref().map(|h| h.value.to_lowercase()));
    let value = Object::new()
        .set("on", on.map(|d| renderer.moment(d)))
        .set("method", declared.method.as_ref())
        .set("sha256", sha256.as_ref().map(|h| short_hash(h)))
        .set("sha256_full", sha256)
        .set("says", known.map(|known| says(renderer, &known.facts)).unwrap_or_default());
    Some(value)
}

/// What the file of the capture says of itself, in sentences: by whom and when it was made, and what is to be doubted.
fn says(renderer: &Renderer<'_>, facts: &[Fact]) -> Vec<String> {
    let words = renderer.words();
    let text = |key: &str, values: &[(&str, &str)]| words.fill(&format!("source.copy.{key}"), values);
    let made_by = facts.iter().find_map(|fact| if let Fact::MadeBy(by) = fact { Some(&**by) } else { None });
    let mut said = Vec::new();
    let unlike = facts.iter().filter(|fact| matches!(fact, Fact::Lacks(_) | Fact::Unlike(_))).count();
    for fact in facts {
        match fact {
            Fact::MadeAt(at) => {
                let day = at.get(..10).and_then(|day| Edtf::parse(day).ok());
                let day = day.map_or_else(|| (**at).into(), |day| words::date::label(&day, words));
                said.push(match made_by {
                    Some(by) => text("made", &[("when", &day), ("with", by)]),
                    None => text("made_at", &[("when", &day)]),
                });
            }
            Fact::Whole => said.push(text("whole", &[])),
            Fact::Truncated(_) => said.push(text("truncated", &[])),
            Fact::Status(status) => said.push(text("status", &[("status", &status.to_string())])),
            Fact::Signed(by) => said.push(match by {
                SignedBy::Key(key) => text("signed_key", &[("hash", key)]),
                SignedBy::Domain(domain) => text("signed_domain", &[("domain", domain)]),
                SignedBy::Unproven(domain) => text("signed_unproven", &[("domain", domain)]),
                SignedBy::Nobody => text("signed_nobody", &[]),
            }),
            Fact::Scanned => said.push(text("scanned", &[])),
            _ => {}
        }
    }
    said.extend((unlike > 0).then(|| words.count("source.copy.unlike", unlike, &[])));
    said
}

/// Passages of which no claim is made, and why.
fn set_aside(renderer: &Renderer<'_>, source: &Source) -> Vec<Object> {
    let passage = |passage: &SetAside| {
        Object::new()
            .set("locator", renderer.typeset(&passage.locator.value).into_owned())
            .set("begins", passage.begins.as_ref().map(|b| &b.value))
            .set("because", renderer.typeset(&passage.because).into_owned())
    };
    source.set_aside.iter().map(passage).collect()
}

fn verified(renderer: &Renderer<'_>, source: &Source) -> Object {
    let states: Vec<_> = source.claims.iter().map(|(claim, n)| renderer.verified.state(*claim, *n)).collect();
    let quoted = states.iter().filter(|s| **s != QuoteState::Unquoted).count();
    let verbatim = states.iter().filter(|s| **s == QuoteState::Verbatim).count();
    let n = verbatim.to_string();
    let label = renderer.words().count("source.verified", quoted, &[("verbatim", &n)]);
    Object::new().set("verbatim", verbatim).set("total", quoted).set("label", label)
}

/// The ends of a hash, enough to tell captures apart at a glance.
pub(super) fn short_hash(hash: &str) -> String {
    match (hash.get(..4), hash.get(hash.len().saturating_sub(4)..)) {
        (Some(start), Some(end)) => format!("{start}…{end}"),
        _ => hash.to_owned(),
    }
}

/// Origins as briefs.
pub(super) fn origins(renderer: &Renderer<'_>, origins: &[Origin]) -> Vec<Value> {
    let of = |origin: &Origin| match origin {
        Origin::Actor(ix) => Ref::from(*ix),
        Origin::Source(ix) => Ref::from(*ix),
    };
    origins.iter().map(|origin| renderer.brief(of(origin))).collect()
}
