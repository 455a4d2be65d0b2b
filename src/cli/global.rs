//! What all commands have in common: options, exit statuses, and what is prepared.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Faults in the content.
pub const FAULTS: u8 = 1;
/// Wrong usage, or an environment in which nothing can be done.
pub const TROUBLE: u8 = 2;

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The dossier [default: this folder, or the nearest above it with a site.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The folder of captures, in place of the one in site.toml
    #[arg(long, global = true, value_name = "DIR")]
    pub captures: Option<PathBuf>,
    /// How diagnostics are written
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

impl Global {
    /// The same with diagnostics for people, who read standard error.
    pub fn to_terminal(&self) -> Self {
        let format = if self.format == Format::Short { Format::Short } else { Format::Human };
        Self { root: self.root.clone(), captures: self.captures.clone(), format }
    }
}

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines and what to do, for people.
    Human,
    /// One line each.
    Short,
    /// For programs: see docs/diagnostics.md.
    Json,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// What to prepare: drafts or none, by this very program.
pub fn options(drafts: bool) -> sourcebook_site::prepare::Options {
    sourcebook_site::prepare::Options { drafts, program: env!("SOURCEBOOK_PROGRAM") }
}
