//! A dossier as pages and exports.
//!
//! From the top; a room knows those below it and no other.
//!
//! - [`mod@prepare`]: where the phases meet: all that rendering needs, and everything that is wrong.
//! - [`omits`]: what readers must see cannot be left out by a theme.
//! - [`fresh`]: which pages stand since the last build.
//! - [`pages`]: one file a kind of page, and their table, from which the output is planned.
//! - [`render`]: values for templates, Markdown as HTML; what all pages share.
//! - [`prepared`]: what rendering needs, as data.
//! - [`lists`]: what several pages show a part of.
//! - [`export`]: the dossier for programs.
//! - [`blocks`]: tables, videos and sounds in articles.
//! - [`links`]: links that lead nowhere; [`plan`]: what a route is, and which cannot stand side by side.
//! - [`theme`]: templates, static files and words; [`policy`]: what browsers let a page do.
//! - [`search`]: the index of titles; [`styles`]: citation styles; [`figures`]: drawings.

pub mod blocks;
pub mod export;
pub mod figures;
pub mod fresh;
pub mod links;
pub mod lists;
pub mod omits;
pub mod pages;
pub mod plan;
pub mod policy;
pub mod prepare;
pub mod prepared;
pub mod render;
pub mod search;
pub mod styles;
pub mod theme;
