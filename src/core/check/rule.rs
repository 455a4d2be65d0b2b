//! What a rule is, what it looks at and where it puts what it finds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::base::diagnostic::{Diagnostic, Label, Severity};
use crate::base::file::Span;
use crate::base::world::World;
pub use crate::dossier::config::Level;
use crate::dossier::load::Parsed;
use crate::evidence::checks::CheckState;
use crate::evidence::find::Prepared;
use crate::evidence::verify::{self, Verified};
use crate::model::{Check, Dossier, Head, Ref, SourceIx};

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Stable, in kebab case.
    pub code: &'static str,
    /// Unless `site.toml` says otherwise.
    pub level: Level,
    /// One paragraph of Markdown: what is found, and why it matters.
    pub about: &'static str,
    /// What is at fault, and how it is mended; YAML unless it begins with another fence.
    pub example: &'static str,
    /// Looks for it.
    pub run: fn(&Cx<'_>, &mut Sink),
}

/// What rules look at.
pub struct Cx<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// As it was written.
    pub parsed: &'a Parsed,
    /// What is known of its quotes.
    pub verified: &'a Verified,
    world: &'a dyn World,
    captures: OnceLock<Vec<Option<Prepared>>>,
}

impl<'a> Cx<'a> {
    /// The checks of records that are in a state, each with its record.
    pub(crate) fn checks_in(&self, state: CheckState) -> impl Iterator<Item = (Ref, &'a Head, &'a Check)> {
        let (dossier, verified) = (self.dossier, self.verified);
        let of_record = move |of: Ref| {
            let head = dossier.head(of)?;
            let checks = head.curation.iter().flat_map(|curation| &curation.checked);
            let states = checks.zip(verified.checks(head)).filter(move |(_, known)| **known == state);
            Some(states.map(move |(check, _)| (of, head, check)))
        };
        dossier.all().filter_map(of_record).flatten()
    }

    /// What rules look at.
    pub fn new(dossier: &'a Dossier, parsed: &'a Parsed, verified: &'a Verified, world: &'a dyn World) -> Self {
        Self { dossier, parsed, verified, world, captures: OnceLock::new() }
    }

    /// The text of a source's capture, where it is at hand.
    pub fn capture(&self, source: SourceIx) -> Option<&Prepared> {
        self.captures().get(source.position())?.as_ref()
    }

    /// The captures of all sources, read when a rule first asks for them.
    pub fn captures(&self) -> &[Option<Prepared>] {
        self.captures.get_or_init(|| verify::captures(self.dossier, self.world))
    }

    /// The captures that git keeps.
    pub fn tracked_captures(&self) -> BTreeSet<String> {
        self.world.tracked_captures()
    }

    /// Whether all could be read: else what seems unused may be used where it could not.
    pub fn is_whole(&self) -> bool {
        !self.dossier.unread.anything && self.dossier.unread.names.is_empty()
    }

    /// What articles say that they are about.
    pub fn subjects(&self) -> BTreeSet<Ref> {
        self.dossier.articles.iter().flat_map(|article| article.about.iter().copied()).collect()
    }

    /// Today.
    pub fn today(&self) -> jiff::civil::Date {
        self.world.today()
    }
}

/// Where a rule puts what it finds.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Found>,
}

impl Sink {
    /// What was found.
    pub fn into_found(self) -> Vec<Found> {
        self.found
    }

    /// Something found in a record or article, which an exception for that one lets pass.
    pub fn add(&mut self, of: Ref, span: Span, message: impl Into<String>) -> &mut Found {
        self.push(Some(of), span, message.into())
    }

    /// Something found that no exception lets pass.
    pub fn add_anyway(&mut self, span: Span, message: impl Into<String>) -> &mut Found {
        self.push(None, span, message.into())
    }

    fn push(&mut self, of: Option<Ref>, span: Span, message: String) -> &mut Found {
        let found = Found { of, also: None, span, message, labels: Vec::new(), help: Vec::new(), once_for: None };
        self.found.push(found);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

/// What a rule found.
#[derive(Debug)]
pub struct Found {
    of: Option<Ref>,
    also: Option<Ref>,
    pub(super) span: Span,
    pub(super) message: String,
    labels: Vec<Label>,
    help: Vec<String>,
    /// What it is told of once, however often it is found.
    once_for: Option<Ref>,
}

impl Found {
    /// Another record, for which an exception lets it pass as well.
    pub fn also(&mut self, of: Ref) -> &mut Self {
        self.also = Some(of);
        self
    }

    /// Adds a secondary place.
    pub fn label(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds what to do.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help.push(text.into());
        self
    }

    /// Is told once for something, for which an exception lets all pass: of several that no exception lets pass, the first
    /// is told, with the number of the others.
    pub fn once_for(&mut self, of: Ref) -> &mut Self {
        self.once_for = Some(of);
        self
    }

    /// Whether exceptions let it pass, which are asked of each record that it is about.
    pub fn passes(&self, is_excepted: impl Fn(Ref) -> bool) -> bool {
        [self.of, self.also, self.once_for].into_iter().flatten().any(is_excepted)
    }

    /// As it is told.
    pub fn diagnostic(self, code: &'static str, severity: Severity) -> Diagnostic {
        let Self { span, message, labels, help, .. } = self;
        Diagnostic { code, severity, message, span: Some(span), labels, fixes: Vec::new(), help, unknown: None }
    }
}

/// What is told of what was found: once for each thing that asks for it.
pub(super) fn told(found: impl Iterator<Item = Found>) -> Vec<Found> {
    let (mut told, mut firsts) = (Vec::<Found>::new(), BTreeMap::<Ref, (usize, usize)>::new());
    for one in found {
        match one.once_for.and_then(|of| firsts.get_mut(&of)) {
            Some((_, more)) => *more += 1,
            None => {
                firsts.extend(one.once_for.map(|of| (of, (told.len(), 0))));
                told.push(one);
            }
        }
    }
    for (first, more) in firsts.into_values().filter(|(_, more)| *more > 0) {
        told[first].message.push_str(&format!(" ({more} more like it)"));
    }
    told
}
