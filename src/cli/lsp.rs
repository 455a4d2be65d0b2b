//! `sourcebook lsp`: a language server over standard input and output.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::global::{self, Global};
use super::{dossier, out};
use crate::lsp::server::Server;
use sourcebook_machine::disk::{Disk, find_root};

/// Options of `lsp`.
#[derive(Debug, Args)]
pub struct Options {
    /// Over standard input and output, which is the only way there is: some editors say so
    #[arg(long)]
    stdio: bool,
    /// With drafts, unless this is given
    #[arg(long)]
    no_drafts: bool,
}

/// Serves an editor until it takes leave.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    let (connection, threads) = lsp_server::Connection::stdio();
    let global = global.clone();
    let opener = move |place: Option<PathBuf>| open(&global, place);
    let ended = Server::run(&connection, Box::new(opener), global::options(!options.no_drafts));
    drop(connection);
    match ended.map_err(|error| error.to_string()).and_then(|()| threads.join().map_err(|error| error.to_string())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => out::trouble(message),
    }
}

/// The dossier that the command line names, else the one in which a folder or a file lies, else this folder's.
fn open(global: &Global, place: Option<PathBuf>) -> Option<Disk> {
    let mut global = global.clone();
    let found = || place.as_deref().and_then(|place| find_root(place).or_else(|| find_root(place.parent()?)));
    global.root = global.root.clone().or_else(found);
    dossier::open(&global, None).ok()
}
