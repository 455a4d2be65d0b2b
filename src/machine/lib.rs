//! The disk, the output folder, the terminal and the clock: all that is not pure.
//!
//! - [`held`]: the one room that opens paths: from folders held open, and through no link.
//! - [`disk`]: a dossier's folder as a [`World`](sourcebook_core::base::world::World);
//!   [`overlay`]: one in which a file is another; [`kept`]: a file put among its captures.
//! - [`output`]: the output folder, written so that a build may be killed at any moment.
//! - [`site`]: every page of a dossier written there; [`inputs`]: what it is made from, in one hash.
//!   [`shard`]: a part of it, and the parts joined.
//! - [`fresh`]: a new folder with files in it; [`asked`]: questions that come over standard input.
//! - [`history`]: what records said before, from git.
//! - [`terminal`]: diagnostics for people; [`report`]: the same for programs.
//! - [`open`]: a page in the reader's browser.
//! - `serve`: the preview, with the Cargo feature `serve`.
//! - `deploy`: the site to where it is read, with the Cargo feature `deploy`.
//! - `links`: the pass over links that lead out of the site, with the Cargo feature `links`;
//!   `archives`: the pass over archived copies, likewise.
//! - `precompress`: compressed twins of what is written, with the Cargo feature `precompress`.
//! - [`full_text`]: the index over all texts; by Pagefind, with the Cargo feature `search`.
//! - `stamp`: timestamps, asked of authorities, with the Cargo feature `stamp`.
//! - [`progress`]: how far it is.

#[cfg(feature = "links")]
pub mod archives;
pub mod asked;
#[cfg(feature = "deploy")]
pub mod deploy;
pub mod disk;
pub mod fresh;
pub mod full_text;
pub mod held;
pub mod history;
pub mod inputs;
pub mod kept;
#[cfg(feature = "links")]
pub mod links;
pub mod open;
pub mod output;
pub mod overlay;
#[cfg(feature = "precompress")]
pub mod precompress;
pub mod progress;
pub mod report;
#[cfg(feature = "serve")]
pub mod serve;
pub mod shard;
pub mod site;
#[cfg(feature = "stamp")]
pub mod stamp;
pub mod terminal;
