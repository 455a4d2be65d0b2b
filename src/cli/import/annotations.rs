//! `sourcebook import ANNOTATIONS.json`: words that people marked elsewhere, as claims to fill in.
//!
//! 1. Each work is a source that is there, by its address or title, or becomes one.
//! 2. Words that a claim quotes of it already are passed over; where its capture is at hand, the place is looked up.
//! 3. Each other passage is a claim to fill in, with source, words and place; what was written beside it is its note.

use std::collections::BTreeMap;
use std::process::ExitCode;

use super::Options;
use crate::cli::adding::{self, Target};
use crate::cli::global::Global;
use crate::cli::out;
use sourcebook_core::base::file::{FileId, Span};
use sourcebook_core::base::tree::emit::{self, Pair, Value};
use sourcebook_core::base::url::is_safe_url;
use sourcebook_core::base::world::World;
use sourcebook_core::evidence::find::{Finding, Prepared, find};
use sourcebook_core::evidence::normalise::normalise;
use sourcebook_core::evidence::verify;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::{Ref, SourceIx};
use sourcebook_desk::import::annotation::Annotation;
use sourcebook_desk::import::item::Item;
use sourcebook_desk::import::merge;
use sourcebook_desk::import::record::{People, fields};
use sourcebook_desk::reading::form::free_id;
use sourcebook_desk::scaffold::append::Addition;
use sourcebook_desk::scaffold::skeleton::TO_DO;

/// Imports annotations.
pub(super) fn run(global: &Global, options: &Options, all: Vec<Annotation>) -> Result<ExitCode, ExitCode> {
    let target = adding::open(global)?;
    let mut works = Works { target: &target, new: BTreeMap::new(), texts: BTreeMap::new(), additions: Vec::new() };
    let (mut claims, mut known) = (Vec::new(), 0);
    for (n, annotation) in all.iter().enumerate() {
        let source = works.source(annotation);
        if works.is_quoted(&source, &annotation.exact) {
            known += 1;
            continue;
        }
        let locator = annotation
            .page
            .as_ref()
            .map(|page| format!("p. {page}"))
            .or_else(|| works.place(&source, &annotation.exact));
        claims.push(claim(&target, annotation, &source, locator, n + 1));
    }
    if claims.is_empty() {
        out::say(&format!("nothing to add, {known} quoted already"));
        return Ok(ExitCode::SUCCESS);
    }
    let (sources, count) = (works.additions.len(), claims.len());
    let mut additions = works.additions;
    additions.append(&mut claims);
    let sheet = target.sheet(options.to.as_deref(), &target.usual_sheet(Kind::Claim)).map_err(out::trouble)?;
    let whole = target.with(&sheet, &additions, None, global)?;
    if options.dry_run {
        out::result(&whole);
        return Ok(ExitCode::SUCCESS);
    }
    sheet.write(&whole).map_err(out::trouble)?;
    out::say(&format!(
        "{count} claims to fill in and {sources} sources added to {}, {known} quoted already",
        sheet.path
    ));
    Ok(ExitCode::SUCCESS)
}

fn claim(target: &Target, annotation: &Annotation, source: &str, locator: Option<String>, number: usize) -> Addition {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut evidence =
        vec![Pair::new("source", Value::Word(source.to_owned())), Pair::new("quote", text(&annotation.exact))];
    evidence.extend(locator.map(|locator| Pair::new("locator", text(&locator))));
    let mut pairs = vec![Pair::new("statement", text(TO_DO)), Pair::new("evidence", Value::Map(evidence))];
    pairs.extend(annotation.comment.as_ref().map(|comment| Pair::new("note", text(&plain(comment)))));
    let id = free_id(&target.dossier, &format!("{source}-marked-{number}"), "marked");
    Addition { kind: Kind::Claim, id, fields: emit::map(&pairs) }
}

/// Words of somebody's, in which nothing is a citation, a link or an element.
fn plain(comment: &str) -> String {
    comment.replace('\\', "\\\\").replace('[', "\\[").replace('<', "\\<")
}

/// The works that annotations are of.
struct Works<'t> {
    target: &'t Target,
    /// Sources that are made, by address and title.
    new: BTreeMap<(Option<String>, Option<String>), String>,
    texts: BTreeMap<String, Option<Prepared>>,
    additions: Vec<Addition>,
}

impl Works<'_> {
    /// The id of the source of an annotation: one that is there, or a new one.
    fn source(&mut self, annotation: &Annotation) -> String {
        let dossier = &self.target.dossier;
        let address = annotation.address.as_deref().filter(|url| is_safe_url(url));
        if let Some(id) = address.and_then(|url| merge::saved_before(url, dossier)) {
            return id;
        }
        let title = annotation.title.as_deref();
        let titled = dossier
            .sources
            .iter()
            .find(|source| Some(&*source.title) == title && (address.is_none() || source.url.is_none()));
        if let Some(source) = titled {
            return source.head.id.value.to_string();
        }
        let key = (address.map(str::to_owned), annotation.title.clone());
        if let Some(id) = self.new.get(&key) {
            return id.clone();
        }
        let title = title.or(address).unwrap_or(TO_DO).to_owned();
        let item = Item { title: Some(title), url: key.0.clone(), ..Item::new(Span::new(FileId(0), 0..0)) };
        let mut id = free_id(dossier, &merge::id_of(&item), "source");
        while self.additions.iter().any(|addition| addition.id == id) {
            id.push_str("-2");
        }
        let pairs = fields(&item, &People::of(dossier), &BTreeMap::new());
        self.additions.push(Addition { kind: Kind::Source, id: id.clone(), fields: emit::map(&pairs) });
        self.new.insert(key, id.clone());
        id
    }

    fn ix(&self, id: &str) -> Option<SourceIx> {
        match self.target.dossier.get(id) {
            Some(Ref::Source(ix)) => Some(ix),
            _ => None,
        }
    }

    /// Whether a claim quotes these words of it already, or words around them.
    fn is_quoted(&self, id: &str, exact: &str) -> bool {
        let dossier = &self.target.dossier;
        let Some(ix) = self.ix(id) else { return false };
        let level = normalise(exact);
        let quotes = dossier[ix].claims.iter().filter_map(|(claim, n)| dossier[*claim].evidence[*n].quote.as_ref());
        quotes.into_iter().any(|quote| normalise(&quote.value).text().contains(level.text()))
    }

    /// Where the words stand in its capture, if they stand there once.
    fn place(&mut self, id: &str, exact: &str) -> Option<String> {
        let ix = self.ix(id)?;
        let target = self.target;
        let read = || {
            let source = &target.dossier[ix];
            let bytes = target.disk.capture(&source.capture.as_ref()?.file.value)?.ok()?;
            Some(Prepared::new(verify::read(source, &bytes)?.ok()?))
        };
        let text = self.texts.entry(id.to_owned()).or_insert_with(read).as_ref()?;
        match find(exact, text, None) {
            Finding::Verbatim { hit, .. } => hit.first.spot.locator(),
            Finding::Ambiguous { .. } | Finding::Absent { .. } => None,
        }
    }
}
