//! What a dossier is, and what can be known of it without drawing a page or touching the machine.
//!
//! From the ground up, each knowing only those before it: [`base`] (text with places), [`model`] (a dossier as plain
//! data), [`dossier`] (from files to a bound dossier), [`words`] (sentences in a language), [`evidence`] (captures and
//! quotes), [`check`] (the editor's rules).

pub mod base;
pub mod check;
pub mod dossier;
pub mod evidence;
pub mod model;
pub mod words;
