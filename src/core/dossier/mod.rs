//! From files to a bound dossier.
//!
//! 1. [`config`][]: `site.toml`.
//! 2. [`load`][]: files to sheets and articles, every value with its place. Per file, in parallel.
//! 3. [`resolve`][]: ids bound; back links, origins and comparisons computed. Gives a [`crate::model::Dossier`].
//!
//! Besides, [`address`]: where records stand in the output; [`blocks`]: which records a block in a text names; [`history`] and [`versions`]: what records said before.

pub mod address;
pub mod blocks;
pub mod config;
pub mod history;
pub mod load;
pub mod proof;
pub mod resolve;
pub mod versions;
