//! `sourcebook lsp`: a language server (LSP 3.17) over the phases that the preview runs, on what is open in the editor.
//!
//! 1. [`buffers`]: the folder with open texts in place of saved ones. [`dossier`]: what is known of it, read again in a pause
//!    of typing and before any answer that needs places.
//! 2. [`context`]: what stands at the caret of a text that is not sound yet; [`walk`]: every key and value of one that is.
//! 3. [`complete`], [`hover`], [`navigate`], [`outline`], [`mend`]: the answers, as functions of what is known and a text.
//! 4. [`desk`]: the dossier at hand; [`answer`]: each request, to one of these; [`server`]: messages in, messages out.
//!
//! Nothing here writes a file: changes go to the editor, which makes them.

pub mod allowed;
pub mod answer;
pub mod buffers;
pub mod complete;
pub mod context;
pub mod desk;
pub mod dossier;
pub mod hover;
pub mod mend;
pub mod names;
pub mod navigate;
pub mod outline;
pub mod server;
pub mod shape;
pub mod text;
pub mod uri;
pub mod walk;
