//! Signatures of others, checked by kept crates.
//!
//! - [`cms`]: signed messages; [`token`]: timestamps, which are such messages.
//! - [`archive`]: signatures of web archives.

pub mod archive;
pub(crate) mod cms;
pub mod token;
