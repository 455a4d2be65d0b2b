//! `sourcebook deploy`: the site to where it is read.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::global::Global;
use super::{build, out};
use sourcebook_core::dossier::config::Target;
use sourcebook_machine::deploy::Plan;
use sourcebook_site::prepared::Prepared;

use sourcebook_core::base::timings::Timings;
use sourcebook_core::base::timings::timed;
use sourcebook_machine::deploy::carrier::{self as executors, Failure, Site};
use sourcebook_machine::deploy::redact::Redactor;
use sourcebook_machine::disk::Disk;
use sourcebook_machine::held::Folder;
use sourcebook_machine::progress::Progress;

/// So many files of each sign are shown before a deploy; a dry run shows all.
const SHOWN: usize = 10;

/// Options of `deploy`.
#[derive(Debug, Args)]
pub struct Options {
    /// The NAME of [deploy.NAME] in site.toml; it may be left out where there is only one
    #[arg(value_name = "TARGET")]
    target: Option<String>,
    /// Show what would be done, and do nothing but build
    #[arg(long, short = 'n')]
    dry_run: bool,
    /// Remove more files than max_deletes; with git, overwrite what others pushed meanwhile
    #[arg(long)]
    force: bool,
    /// Deploy drafts too
    #[arg(long)]
    drafts: bool,
    /// The output folder, in place of the one in site.toml
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Builds and deploys.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    let mut timings = Timings::default();
    let (disk, prepared) = match build::prepare(global, options.output.as_deref(), options.drafts, &mut timings) {
        Ok(ready) => ready,
        Err(status) => return status,
    };
    let target = match choose(&prepared.parsed.config.deploy, options.target.as_deref()) {
        Ok(target) => target,
        Err(message) => return out::trouble(message),
    };
    let output = match build::write(global, &disk, &prepared, options.output.as_deref(), &mut timings) {
        Ok(folder) => folder,
        Err(status) => return status,
    };
    let mut secrets = executors::secrets();
    match deploy(target, &prepared, disk, output, options, &mut secrets) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => out::trouble(secrets.clean(&failure.to_string())),
    }
}

/// The target of this name, or the only one.
fn choose<'a>(targets: &'a [Target], name: Option<&str>) -> Result<&'a Target, String> {
    let names = || targets.iter().map(|target| format!("`{}`", target.name.value)).collect::<Vec<_>>().join(", ");
    match (targets, name) {
        ([], _) => Err("site.toml names no target: give it a table [deploy.NAME] (see docs/deploying.md)".to_owned()),
        ([only], None) => Ok(only),
        (_, None) => Err(format!("site.toml names several targets: say which of {}", names())),
        (_, Some(name)) => targets
            .iter()
            .find(|target| &*target.name.value == name)
            .ok_or_else(|| format!("site.toml names no target `{name}`; there is {}", names())),
    }
}

fn deploy(
    target: &Target,
    prepared: &Prepared,
    disk: Disk,
    output: Folder,
    options: &Options,
    secrets: &mut Redactor,
) -> Result<(), Failure> {
    let hashed = prepared.theme.statics.iter().map(|file| file.path.to_string()).collect();
    let files = executors::files(&output, hashed)?;
    let site = Site { disk, output, force: options.force };
    let mut carrier = executors::open(target, site, secrets)?;
    let plan = Plan::new(&files, &carrier.look(&files)?);
    out::say(&secrets.clean(&format!("to {}: {plan}", carrier.place())));
    let list = plan.list(&files, if options.dry_run { usize::MAX } else { SHOWN });
    if options.dry_run {
        out::result(&list);
    } else if !list.is_empty() {
        out::say(list.trim_end());
    }
    if !options.force {
        plan.brake(target.max_deletes).map_err(|brake| Failure(brake.to_string()))?;
    }
    if options.dry_run {
        out::say("nothing was done: this was a dry run");
        return Ok(());
    }
    let progress = Progress::new(plan.steps(), "files");
    let (done, time) = timed(|| carrier.carry_out(&files, &plan, &progress));
    drop(progress);
    done?;
    let sent = plan.new.len() + plan.changed.len();
    out::say(&format!("{sent} files sent, {} removed in {:.2} s", plan.removed(), time.as_secs_f64()));
    Ok(())
}
