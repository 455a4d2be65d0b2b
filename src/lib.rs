//! sourcebook: a static site generator for source-annotated explainers.
//!
//! The program's command line, one file a command. What it does is in the packages below it: `sourcebook-core` (what a
//! dossier is, and what can be known of it), `sourcebook-desk` (what helps writers), `sourcebook-site` (pages and exports),
//! `sourcebook-machine` (disk, output, terminal, preview, deploys).

pub mod cli;
#[cfg(feature = "lsp")]
pub mod lsp;
