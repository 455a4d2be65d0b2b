//! sourcebook: a static site generator for source-annotated explainers.
//!
//! The phases, each a function whose value the next one takes. They meet only here.
//!
//! 1. [`load`]: files to sheets and articles, every value with its place. Per file, in parallel.
//! 2. [`resolve`]: ids bound; back links, origins and comparisons computed. Gives a [`model::Dossier`].
//! 3. [`check`]: the editor's rules, one file each.
//! 4. [`plan`]: every output path, in order, and what it shows.
//! 5. [`render`]: the bytes of one route. Pure, from any thread, on its own.
//!
//! Faults in content are data ([`diagnostic`]): every phase returns its value and what is wrong with its input, and
//! one run reports them all. Only [`system`] touches files, time and the terminal; only [`cli`] knows the command line.

pub mod check;
pub mod config;
pub mod diagnostic;
pub mod evidence;
pub mod file;
pub mod load;
pub mod markdown;
pub mod model;
pub mod resolve;
pub mod system;
pub mod tree;
pub mod world;
