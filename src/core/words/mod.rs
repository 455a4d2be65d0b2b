//! The renderer's own sentences, in the language of the interface: plain text and small structured [`piece`]s, no HTML.
//!
//! 1. [`messages`]: what can be said, from the theme's `i18n/LANGUAGE.*.toml`, so that a house theme can reword it.
//! 2. Values in words: [`number`], [`quantity`], [`date`], [`answer`], [`list`], [`kinds`], [`modality`], [`verdict`].
//! 3. Sentences with links: [`reference`] (the bibliographic form of a source), [`sentence`] (notes and provenance).
//! 4. [`typography`]: what a compositor does to a text in French or English; [`spaces`]: the part of it that exact words bear.
//!
//! Grammar that a file cannot hold (plural rules, elision, ordinals, groups of digits) is in Rust, by language.

pub mod answer;
pub mod date;
pub mod distance;
pub mod impossible;
pub mod kinds;
pub mod list;
pub mod messages;
pub mod modality;
pub mod number;
pub mod piece;
pub mod quantity;
pub mod reference;
pub mod rules;
pub mod sentence;
pub mod spaces;
pub mod standing;
#[cfg(test)]
mod tests;
pub mod text;
pub mod typography;
pub mod verdict;
