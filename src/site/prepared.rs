//! What rendering needs, as data.

use std::sync::Arc;

use sourcebook_core::base::diagnostic::Diagnostics;
use sourcebook_core::dossier::load::Parsed;
use sourcebook_core::evidence::stamps::Proven;
use sourcebook_core::evidence::verify::Verified;
use sourcebook_core::model::Dossier;

use crate::export::Input;
use crate::plan::Routes;
use crate::styles::Style;
use crate::theme::Theme;

/// A dossier with all that rendering needs, and everything that is wrong with it.
pub struct Prepared {
    /// The files as they were read.
    pub parsed: Parsed,
    /// [`crate::prepare::Options::program`].
    pub program: &'static str,
    /// The dossier.
    pub dossier: Dossier,
    /// The citation style, if the dossier names one that can be used.
    pub style: Option<Style>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// Every output path.
    pub routes: Routes,
    /// What is known of the quotes.
    pub verified: Verified,
    /// Timestamps that hold.
    pub proven: Proven,
    /// In the order of files and lines.
    pub diagnostics: Diagnostics,
}

impl Prepared {
    /// What exports are made from.
    pub fn export(&self) -> Input<'_> {
        let Self { dossier, verified, proven, parsed, theme, .. } = self;
        let history = &parsed.beside.history;
        Input { dossier, verified, proven, history, config: &parsed.config, messages: &theme.messages }
    }
}
