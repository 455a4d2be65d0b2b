//! The command line: one file a command, each short, for what is done is done by the library.
//!
//! Results go to standard output, diagnostics and progress to standard error. Exit status: 0 clean, 1 faults in the
//! content, 2 usage or environment.

pub mod adding;
pub mod against;
pub mod archive;
pub mod build;
pub mod capture;
pub mod check;
pub mod completions;
#[cfg(feature = "deploy")]
pub mod deploy;
#[cfg(feature = "serve")]
pub mod desk;
pub mod dossier;
pub mod explain;
pub mod export;
pub mod global;
pub mod history;
pub mod import;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod man;
pub mod new;
pub mod out;
pub mod quote;
pub mod schema;
#[cfg(feature = "serve")]
pub mod serve;
#[cfg(feature = "stamp")]
pub mod stamp;
pub mod theme;
pub mod verify;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use global::{Global, TROUBLE};
use sourcebook_core::base::guard;
use sourcebook_machine::report;

/// Articles and claim sheets to a site in which every sentence leads to the exact words of its source.
#[derive(Debug, Parser)]
#[command(name = "sourcebook", version, about, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the addresses of sources that no archive is known to hold, or take up what archives answered
    Archive(archive::Options),
    /// Build the site
    Build(build::Options),
    /// Put a file among the captures of a source that is there, and look its quotes up
    Capture(capture::Options),
    /// Check the dossier and every page it would make, writing nothing
    Check(check::Options),
    /// Build the site and put it where it is read, as [deploy.NAME] of site.toml says
    #[cfg(feature = "deploy")]
    Deploy(deploy::Options),
    /// Serve a preview with a desk beside it: sources to read, and records made of what is selected
    #[cfg(feature = "serve")]
    Desk(desk::Options),
    /// Say what a code means, why it matters, and how it is mended
    Explain(explain::Options),
    /// Print the dossier for other programs: JSON, CSV, BibTeX and more
    Export(export::Options),
    /// Print what a record said before, from git
    History(history::Options),
    /// Add the works of a BibTeX, CSL-JSON or RIS file to a sheet, as sources
    Import(import::Options),
    /// Serve an editor: completion, hover, definitions, renaming, faults as you type (LSP)
    #[cfg(feature = "lsp")]
    Lsp(lsp::Options),
    /// Look words up in a file, or many in many, without a dossier
    Quote(quote::Options),
    /// Ask timestamp authorities for a token over captures.lock (RFC 3161)
    #[cfg(feature = "stamp")]
    Stamp(stamp::Options),
    /// Copy files of the program's own theme into yours, and see what became of them
    Theme(theme::Options),
    /// Look up every quote in its capture, and write what was found to captures.lock
    Verify(verify::Options),
    /// Write a small example dossier into a new folder, or add a record to a sheet
    New(new::Options),
    /// Print the JSON Schema of sheets, of front matter or of site.toml, for editors
    Schema(schema::Options),
    /// Print what a shell completes the command line with
    Completions(completions::Options),
    /// Print the manual page, or write all of them into a folder
    Man(man::Options),
    /// Serve a preview that keeps up with typing
    #[cfg(feature = "serve")]
    Serve(serve::Options),
}

/// Runs the program.
pub fn run() -> ExitCode {
    quiet_caught_panics();
    let cli = match parse() {
        Ok(cli) => cli,
        Err(status) => return status,
    };
    match &cli.command {
        Command::Archive(options) => archive::run(&cli.global, options),
        Command::Build(options) => build::run(&cli.global, options),
        Command::Capture(options) => capture::run(&cli.global, options),
        Command::Check(options) => check::run(&cli.global, options),
        #[cfg(feature = "deploy")]
        Command::Deploy(options) => deploy::run(&cli.global, options),
        #[cfg(feature = "serve")]
        Command::Desk(options) => desk::run(&cli.global, options),
        Command::Explain(options) => explain::run(options),
        Command::Export(options) => export::run(&cli.global, options),
        Command::Quote(options) => quote::run(options),
        #[cfg(feature = "stamp")]
        Command::Stamp(options) => stamp::run(&cli.global, options),
        Command::Theme(options) => theme::run(&cli.global, options),
        Command::Verify(options) => verify::run(&cli.global, options),
        #[cfg(feature = "lsp")]
        Command::Lsp(options) => lsp::run(&cli.global, options),
        Command::History(options) => history::run(&cli.global, options),
        Command::Import(options) => import::run(&cli.global, options),
        Command::New(options) => new::run(&cli.global, options),
        Command::Schema(options) => schema::run(options),
        Command::Completions(options) => completions::run(options, Cli::command()),
        Command::Man(options) => man::run(options, Cli::command()),
        #[cfg(feature = "serve")]
        Command::Serve(options) => serve::run(&cli.global, options),
    }
}

/// Reads the command line. What is wrong with it is told in clap's words and colours, unless an argument holds what a
/// terminal obeys: then without colours, and without that.
fn parse() -> Result<Cli, ExitCode> {
    Cli::try_parse().map_err(|error| {
        let hostile = |argument: &OsStr| matches!(report::printable(&argument.to_string_lossy()), Cow::Owned(_));
        if std::env::args_os().any(|argument| hostile(&argument)) {
            out::say(error.render().to_string().trim_end());
        } else {
            let _ = error.print();
        }
        ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(TROUBLE))
    })
}

/// What is caught is told as a fault of the file, with its place: the panic itself says nothing. One that is not caught is
/// ours, and is told in words that no terminal obeys.
fn quiet_caught_panics() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if guard::is_catching() {
            return;
        }
        if std::env::var_os("RUST_BACKTRACE").is_some() {
            return loud(panic);
        }
        let place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
        let words = panic.payload_as_str().unwrap_or("without a word");
        out::say(&format!(
            "error: sourcebook itself is at fault, and panicked{place}: {words}\nplease report it, with what you did (SECURITY.md)"
        ));
    }));
}
