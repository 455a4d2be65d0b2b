//! Phase 3: the editor's rules, one file each.
//!
//! 1. Each rule ([`rule`]) of [`RULES`] looks at the whole dossier and tells what it finds, in parallel.
//! 2. `site.toml` sets the level of each (`[rules]`) and lets single records pass (`[[exceptions]]`); what it says of
//!    rules or records that there are not is a fault.
//! 3. [`explain`] and `docs/rules.md` are made of what each rule says of itself ([`codes`] says it of all other codes).
//!
//! Beside the rules, [`leak`] guards what is written against words of captures.

pub mod cited;
pub mod codes;
pub mod coverage;
pub mod explain;
pub mod rule;
pub mod rules;
pub mod sentences;
pub mod used;
pub mod words;

mod dates;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use rayon::prelude::*;

pub use explain::explain;

use dates::is_expired;

use crate::base::diagnostic::{Diagnostic, Diagnostics, Severity, nearest};
use crate::base::file::Span;
use crate::base::world::World;
use crate::dossier::config::Config;
use crate::dossier::load::Parsed;
use crate::evidence::verify::Verified;
use crate::model::{Dossier, Ref};
pub use rule::{Cx, Found, Level, Rule, Sink};
pub use rules::RULES;
pub use rules::TO_DO;

/// Runs every rule that is not off.
pub fn run(dossier: &Dossier, parsed: &Parsed, verified: &Verified, world: &dyn World) -> Diagnostics {
    run_while(dossier, parsed, verified, world, &|| true).unwrap_or_default()
}

/// As [`run`], as long as somebody wants to know: that is asked before each rule. `None` once nobody does.
pub fn run_while(
    dossier: &Dossier,
    parsed: &Parsed,
    verified: &Verified,
    world: &dyn World,
    wanted: &(dyn Fn() -> bool + Sync),
) -> Option<Diagnostics> {
    let mut diagnostics = Vec::new();
    let exceptions = exceptions(dossier, &parsed.config, world, &mut diagnostics);
    settings(&parsed.config, &mut diagnostics);
    let cx = Cx::new(dossier, parsed, verified, world);
    let one = |rule: &&Rule| wanted().then(|| one(rule, &cx, &exceptions));
    let found: Option<Vec<Diagnostics>> = RULES.par_iter().map(one).collect();
    diagnostics.extend(found?.into_iter().flatten());
    Some(diagnostics)
}

/// Whether anything that [`run`] says can be a fault, with which there are no pages.
pub fn may_refuse(dossier: &Dossier, config: &Config, world: &dyn World) -> bool {
    let mut diagnostics = Vec::new();
    exceptions(dossier, config, world, &mut diagnostics);
    settings(config, &mut diagnostics);
    let set = config.rules.iter().map(|(_, level)| *level);
    !diagnostics.is_empty() || set.chain(RULES.iter().map(|rule| rule.level)).any(|level| level == Level::Deny)
}

/// An exception that holds today: the rule's code, and of what.
type Holds<'a> = (&'a str, Ref);

fn one(rule: &Rule, cx: &Cx<'_>, exceptions: &HashSet<Holds<'_>>) -> Diagnostics {
    let set = cx.parsed.config.rules.iter().find(|(code, _)| *code.value == *rule.code);
    let severity = match set.map_or(rule.level, |(_, level)| *level) {
        Level::Deny => Severity::Error,
        Level::Warn => Severity::Warning,
        Level::Hint => Severity::Hint,
        Level::Off => return Vec::new(),
    };
    let mut sink = Sink::default();
    (rule.run)(cx, &mut sink);
    let is_excepted = |of| exceptions.contains(&(rule.code, of));
    let kept = sink.into_found().into_iter().filter(|found| !found.passes(is_excepted));
    rule::told(kept).into_iter().map(|found| found.diagnostic(rule.code, severity)).collect()
}

fn exceptions<'a>(
    dossier: &Dossier,
    config: &'a Config,
    world: &dyn World,
    diagnostics: &mut Diagnostics,
) -> HashSet<Holds<'a>> {
    let today = world.today();
    let mut holding = HashSet::new();
    for exception in &config.exceptions {
        let rule = known_rule(&exception.rule.value, exception.rule.span, diagnostics);
        match dossier.get(&exception.id.value) {
            Some(of) if rule && !is_expired(exception, today) => drop(holding.insert((&*exception.rule.value, of))),
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

fn settings(config: &Config, diagnostics: &mut Diagnostics) {
    for (code, _) in &config.rules {
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
