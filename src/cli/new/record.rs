//! `sourcebook new actor` and its like: a record to fill in, added to a sheet of which every byte stays.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::page;
use crate::cli::adding::{self, Target, addition, blank};
use crate::cli::global::Global;
use crate::cli::out;
use sourcebook_core::model::kinds::Kind;
use sourcebook_desk::scaffold::append::Addition;
use sourcebook_desk::scaffold::skeleton;

/// A record to make.
#[derive(Debug, Subcommand)]
pub(super) enum Record {
    /// Add an actor to fill in: somebody, or a body, that speaks or acts
    Actor(Options),
    /// Add an event to fill in
    Event(Options),
    /// Add a place to fill in
    Place(Options),
    /// Add a source: of a saved page with what the page says of itself, or one to fill in
    Source(page::Options),
    /// Add a question to fill in: what several claims answer
    Question(Options),
    /// Add a claim to fill in: who said what, in which source
    Claim(ClaimOptions),
}

/// Options of all records but sources.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Its id: lower-case letters and digits, joined by hyphens [default: `new-actor` and its like]
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// The sheet to add to, or to make [default: the one that holds most of its kind]
    #[arg(long, value_name = "SHEET")]
    to: Option<PathBuf>,
}

/// Options of claims.
#[derive(Debug, Args)]
pub(super) struct ClaimOptions {
    #[command(flatten)]
    all: Options,
    /// The source that the claim is in [default: the only one; where there are more, name it]
    #[arg(long, value_name = "ID")]
    source: Option<String>,
}

/// Adds a record.
pub(super) fn run(global: &Global, record: &Record) -> Result<ExitCode, ExitCode> {
    let (kind, options) = match record {
        Record::Source(options) => return page::run(global, options),
        Record::Claim(options) => (Kind::Claim, &options.all),
        Record::Actor(options) => (Kind::Actor, options),
        Record::Event(options) => (Kind::Event, options),
        Record::Place(options) => (Kind::Place, options),
        Record::Question(options) => (Kind::Question, options),
    };
    let target = adding::open(global)?;
    let mut before = Vec::new();
    let source = match record {
        Record::Claim(options) => source_of(&target, options, &mut before).map_err(out::trouble)?,
        _ => String::new(),
    };
    blank(&target, kind, options.id.as_deref(), options.to.as_deref(), &source, before, global)
}

/// The source of a claim. A dossier that has none gets one to fill in; of several, nobody but the writer knows which.
fn source_of(target: &Target, options: &ClaimOptions, before: &mut Vec<Addition>) -> Result<String, String> {
    if let Some(id) = &options.source {
        return match target.dossier.get(id).map(|found| (found.kind(), found.with_article())) {
            Some((Some(Kind::Source), _)) => Ok(id.clone()),
            Some((_, what)) => Err(format!("`{id}` is {what}, and no source")),
            None => {
                let ids = target.dossier.sources.iter().map(|source| &*source.head.id.value);
                let near = sourcebook_core::base::diagnostic::nearest(id, ids);
                let hint = near.map_or_else(String::new, |near| format!(": did you mean `{near}`?"));
                Err(format!("no source has the id `{id}`{hint}"))
            }
        };
    }
    match target.dossier.sources.as_slice() {
        [only] => Ok(only.head.id.value.to_string()),
        [] => {
            let id = skeleton::free_id(Kind::Source, &target.dossier);
            before.push(addition(target, Kind::Source, &id, ""));
            Ok(id)
        }
        more => Err(format!("the dossier has {} sources: name the one that the claim is in by --source", more.len())),
    }
}
