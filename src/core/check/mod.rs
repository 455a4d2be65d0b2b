//! Phase 3: the editor's rules, one file each.
//!
//! 1. Each rule of [`RULES`] looks at the whole dossier and tells what it finds, in parallel.
//! 2. `site.toml` sets the level of each (`[rules]`) and lets single records pass (`[[exceptions]]`); what it says of
//!    rules or records that there are not is a fault.
//! 3. [`explain`] and `docs/rules.md` are made of what each rule says of itself ([`codes`] says it of all other codes).
//!
//! Beside the rules, [`leak`] guards what is written against words of captures.

pub mod codes;
pub mod coverage;
pub mod explain;
pub mod rules;
pub mod sentences;
pub mod words;

mod dates;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;

pub use explain::explain;

use crate::base::diagnostic::{Diagnostic, Diagnostics, Label, Severity, nearest};
use crate::base::file::Span;
use crate::base::world::World;
use crate::dossier::config::Exception;
pub use crate::dossier::config::Level;
use crate::dossier::load::Parsed;
use crate::evidence::find::Prepared;
use crate::evidence::verify::{self, Verified};
use crate::model::{Dossier, Ref, SourceIx};
pub use rules::RULES;
pub use rules::TO_DO;

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
    /// Something found in a record or article, which an exception for that one lets pass.
    pub fn add(&mut self, of: Ref, span: Span, message: impl Into<String>) -> &mut Found {
        self.push(Some(of), span, message.into())
    }

    /// Something found that no exception lets pass.
    pub fn add_anyway(&mut self, span: Span, message: impl Into<String>) -> &mut Found {
        self.push(None, span, message.into())
    }

    fn push(&mut self, of: Option<Ref>, span: Span, message: String) -> &mut Found {
        let found = Found { of, also: None, span, message, labels: Vec::new(), help: Vec::new() };
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
    span: Span,
    message: String,
    labels: Vec<Label>,
    help: Vec<String>,
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

    fn diagnostic(self, code: &'static str, severity: Severity) -> Diagnostic {
        let Self { span, message, labels, help, .. } = self;
        Diagnostic { code, severity, message, span: Some(span), labels, fixes: Vec::new(), help, unknown: None }
    }
}

/// Runs every rule that is not off.
pub fn run(dossier: &Dossier, parsed: &Parsed, verified: &Verified, world: &dyn World) -> Diagnostics {
    let mut diagnostics = Vec::new();
    let exceptions = exceptions(dossier, parsed, world, &mut diagnostics);
    settings(parsed, &mut diagnostics);
    let cx = Cx::new(dossier, parsed, verified, world);
    let found: Vec<Diagnostics> = RULES.par_iter().map(|rule| one(rule, &cx, &exceptions)).collect();
    diagnostics.extend(found.into_iter().flatten());
    diagnostics
}

/// Whether anything that [`run`] says can be a fault, with which there are no pages.
pub fn may_refuse(dossier: &Dossier, parsed: &Parsed, world: &dyn World) -> bool {
    let mut diagnostics = Vec::new();
    exceptions(dossier, parsed, world, &mut diagnostics);
    settings(parsed, &mut diagnostics);
    let set = parsed.config.rules.iter().map(|(_, level)| *level);
    !diagnostics.is_empty() || set.chain(RULES.iter().map(|rule| rule.level)).any(|level| level == Level::Deny)
}

/// An exception that holds today: the rule's code, and of what.
type Holds<'a> = (&'a str, Ref);

fn one(rule: &Rule, cx: &Cx<'_>, exceptions: &[Holds<'_>]) -> Diagnostics {
    let set = cx.parsed.config.rules.iter().find(|(code, _)| *code.value == *rule.code);
    let severity = match set.map_or(rule.level, |(_, level)| *level) {
        Level::Deny => Severity::Error,
        Level::Warn => Severity::Warning,
        Level::Hint => Severity::Hint,
        Level::Off => return Vec::new(),
    };
    let mut sink = Sink::default();
    (rule.run)(cx, &mut sink);
    let passes = |of: Option<Ref>| of.is_some_and(|of| exceptions.contains(&(rule.code, of)));
    let kept = sink.found.into_iter().filter(|found| !passes(found.of) && !passes(found.also));
    kept.map(|found| found.diagnostic(rule.code, severity)).collect()
}

fn exceptions<'a>(
    dossier: &Dossier,
    parsed: &'a Parsed,
    world: &dyn World,
    diagnostics: &mut Diagnostics,
) -> Vec<Holds<'a>> {
    let today = world.today();
    let mut holding = Vec::new();
    for exception in &parsed.config.exceptions {
        let rule = known_rule(&exception.rule.value, exception.rule.span, diagnostics);
        match dossier.get(&exception.id.value) {
            Some(of) if rule && !is_expired(exception, today) => holding.push((&*exception.rule.value, of)),
            Some(_) => {}
            None if dossier.unread.may_hold(&exception.id.value) => {}
            None => {
                let message = format!("nothing in the dossier has the id `{}`", exception.id.value);
                let suggestion = nearest(&exception.id.value, dossier.ids.keys().map(|k| &**k));
                diagnostics.push(Diagnostic::error("unknown-id", exception.id.span, message).suggest(suggestion));
            }
        }
    }
    holding
}

/// Whether the last day of an exception is over.
fn is_expired(exception: &Exception, today: jiff::civil::Date) -> bool {
    let day = crate::model::date::calendar::day_number(
        i64::from(today.year()),
        today.month().unsigned_abs(),
        today.day().unsigned_abs(),
    );
    exception.until.as_ref().and_then(|until| until.value.latest()).is_some_and(|last| last < day)
}

fn settings(parsed: &Parsed, diagnostics: &mut Diagnostics) {
    for (code, _) in &parsed.config.rules {
        known_rule(&code.value, code.span, diagnostics);
    }
}

fn known_rule(code: &str, span: Span, diagnostics: &mut Diagnostics) -> bool {
    if RULES.iter().any(|rule| rule.code == code) {
        return true;
    }
    let diagnostic = Diagnostic::error("unknown-rule", span, format!("there is no rule `{code}`"));
    diagnostics.push(match nearest(code, RULES.iter().map(|rule| rule.code)) {
        Some(rule) => diagnostic.suggest(Some(rule)),
        None if codes::codes().iter().any(|c| c.code == code) => {
            diagnostic.help("that is a fault of the content, which no setting lets pass: mend it")
        }
        None => diagnostic.help("`sourcebook explain rules` lists them"),
    });
    false
}
