//! `sourcebook serve`: a preview that keeps up with typing.

use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::global::{Format, Global};
use super::{dossier, out};
use sourcebook_machine::open;
use sourcebook_machine::report::summary;
use sourcebook_machine::serve::preview::{Outcome, Preview};
use sourcebook_machine::serve::snapshot::Snapshot;
use sourcebook_machine::serve::watch::Watch;
use sourcebook_machine::serve::{LOOPBACK, Server, Settings, follow};

/// Options of `serve`.
#[derive(Debug, Args)]
pub struct Options {
    /// The port, and no other [default: 1117, or the next that is free]
    #[arg(long, short)]
    port: Option<u16>,
    /// The address to listen at; any but this machine's own needs --expose
    #[arg(long, value_name = "ADDRESS", default_value_t = LOOPBACK)]
    host: IpAddr,
    /// Let other machines read the preview
    #[arg(long)]
    expose: bool,
    /// Names by which other machines call this one
    #[arg(long, value_name = "NAME", requires = "expose")]
    name: Vec<String>,
    /// Open the preview in the browser
    #[arg(long)]
    open: bool,
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
    /// Look for changes from time to time, for disks that give no notice of them
    #[arg(long)]
    poll: bool,
    /// Print how long each phase took
    #[arg(long)]
    timings: bool,
}

/// Serves a preview until it is interrupted.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    if !options.host.is_loopback() && !options.expose {
        return out::trouble(format!(
            "at {} other machines could read the preview, drafts and all: add --expose if they may",
            options.host
        ));
    }
    let disk = match dossier::open(global, None) {
        Ok(disk) => disk,
        Err(message) => return out::trouble(message),
    };
    let names = options.name.clone();
    let settings = Settings { host: options.host, names, port: options.port, ..Settings::default() };
    let server = match Server::bind(settings) {
        Ok(server) => server,
        Err(error) => return out::trouble(cannot_listen(options, &error)),
    };
    let preview = Arc::new(Preview::new(Arc::new(Snapshot::new(disk)), super::global::options(options.drafts)));
    let mut watch = Watch::new(options.poll);
    watch.places(&preview.snapshot().first_places());
    let tell = teller(global, options.timings);
    let rest = preview.reload_pages(&tell);
    announce(&server, &preview, options);
    let reopen = reopener(global);
    let followed = preview.clone();
    std::thread::spawn(move || follow(&followed, watch, reopen, tell, rest));
    match server.run(preview) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => out::trouble(error),
    }
}

fn cannot_listen(options: &Options, error: &std::io::Error) -> String {
    match (error.kind(), options.port) {
        (std::io::ErrorKind::AddrInUse, Some(port)) => {
            format!("port {port} is taken: name another, or leave out --port for the next that is free")
        }
        (_, Some(port)) => format!("cannot listen at {}, port {port}: {error}", options.host),
        (_, None) => format!("cannot listen at {}: {error}", options.host),
    }
}

/// One line with the address, on standard output.
fn announce(server: &Server, preview: &Preview, options: &Options) {
    if !options.host.is_loopback() {
        out::say("warning: every machine that reaches this one can read the preview");
    }
    let base = preview.current().site.as_ref().map_or("/".to_owned(), |site| site.base().into_owned());
    let url = format!("http://{}{base}", server.address());
    out::result(&format!("{url}\n"));
    if options.open
        && let Err(error) = open::browser(&url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:"))
    {
        out::say(&format!("cannot open a browser: {error}"));
    }
}

/// Finds the dossier's folder again: its configuration may name other captures or another output.
pub(super) fn reopener(global: &Global) -> impl Fn() -> Option<sourcebook_machine::disk::Disk> + Send + 'static {
    let global = global.clone();
    move || dossier::open(&global, None).ok()
}

/// Tells the terminal what a reload found.
pub(super) fn teller(global: &Global, timings: bool) -> impl Fn(&Outcome<'_>) + Send + Sync + 'static {
    let global = global.clone();
    move |outcome: &Outcome<'_>| {
        let time = outcome.time.as_millis();
        match global.format {
            // The faults, and one line.
            Format::Human => {
                let faults = outcome.diagnostics.iter().filter(|d| out::is_told_at_once(d)).cloned().collect();
                out::diagnostics(&faults, outcome.files, &global);
                let found = summary(outcome.diagnostics);
                let more = if faults.len() < outcome.diagnostics.len() { "; `sourcebook check` tells" } else { "" };
                out::say(&format!("{found} ({time} ms){more}"));
            }
            _ => {
                out::diagnostics(outcome.diagnostics, outcome.files, &global);
                out::say(&format!("{} ({time} ms)", summary(outcome.diagnostics)));
            }
        }
        if timings {
            out::say(&outcome.timings.to_string());
        }
    }
}
