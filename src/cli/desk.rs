//! `sourcebook desk`: the preview, and beside it a reading room that may write.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::global::Global;
use super::serve::{reopener, teller};
use super::{dossier, out};
use sourcebook_core::dossier::load;
use sourcebook_machine::open;
use sourcebook_machine::serve::desk::Desk;
use sourcebook_machine::serve::preview::Preview;
use sourcebook_machine::serve::snapshot::Snapshot;
use sourcebook_machine::serve::watch::Watch;
use sourcebook_machine::serve::{Server, Settings, follow};

/// Options of `desk`.
#[derive(Debug, Args)]
pub struct Options {
    /// The port of the desk, and no other [default: 1117, or the next that is free]; the preview takes the next
    #[arg(long, short)]
    port: Option<u16>,
    /// Open the desk in the browser
    #[arg(long)]
    open: bool,
    /// Look for changes from time to time, for disks that give no notice of them
    #[arg(long)]
    poll: bool,
}

/// Serves the desk and the preview until it is interrupted. For this machine alone: there is no option to have it otherwise.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    try_run(global, options).unwrap_or_else(out::trouble)
}

fn try_run(global: &Global, options: &Options) -> Result<ExitCode, String> {
    // The captures folder is made when the first file is dropped.
    let disk = dossier::open_to_add(global, None)?;
    let captures = dossier::captures(global, &disk, &load::config(&disk))?;
    let listen = |port| Server::bind(Settings { port, ..Settings::default() });
    let server = listen(options.port).map_err(|error| format!("cannot listen: {error}"))?;
    let pages = listen(None).map_err(|error| format!("cannot listen: {error}"))?;
    let drafts = super::global::options(true);
    let preview = Arc::new(Preview::new(Arc::new(Snapshot::new(disk)), drafts));
    let mut watch = Watch::new(options.poll);
    watch.places(&preview.snapshot().first_places());
    let tell = teller(global, false);
    let rest = preview.reload_pages(&tell);
    let base = preview.current().site.as_ref().map_or("/".to_owned(), |site| site.base().into_owned());
    let page = format!("http://{}{base}", pages.address());
    let desk = Desk::new(preview.clone(), page.clone(), captures, drafts).map_err(|error| error.to_string())?;
    let address = format!("http://{}/#{}", server.address(), desk.secret());
    out::result(&format!("{address}\n"));
    out::say(&format!(
        "the desk: {address}\nthe preview: {page}\nwhoever has the desk's address can write into `content/`"
    ));
    if options.open
        && let Err(error) = open::browser(&address)
    {
        out::say(&format!("cannot open a browser: {error}"));
    }
    let (followed, reopen) = (preview.clone(), reopener(global));
    std::thread::spawn(move || follow(&followed, watch, reopen, tell, rest));
    std::thread::spawn(move || pages.run(preview));
    server.run_desk(Arc::new(desk)).map(|()| ExitCode::SUCCESS).map_err(|error| error.to_string())
}
