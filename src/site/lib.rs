//! A dossier as pages and exports.
//!
//! - [`mod@prepare`]: where the phases meet: all that rendering needs, and everything that is wrong.
//! - [`plan`]: every output path, in order, and what it shows; [`links`]: links that lead nowhere.
//! - [`render`]: values for templates, Markdown as HTML, the theme; [`pages`]: one file a kind of page.
//! - [`figures`]: drawings; [`export`]: the dossier for programs; [`styles`]: citation styles; [`search`]: the index of
//!   titles.

pub mod export;
pub mod figures;
pub mod links;
pub mod pages;
pub mod plan;
pub mod prepare;
pub mod render;
pub mod search;
pub mod styles;
