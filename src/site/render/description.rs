//! The description of a page for those who see a link to it: `<meta name="description">`.
//!
//! What the page says of itself; else the record's summary, a claim as its page is titled; else its title and what the
//! dossier is.

use super::Page;
use super::inline::cut;
use sourcebook_core::model::Ref;
use sourcebook_core::words;

/// About as much as search engines show.
const LONGEST: usize = 200;

impl Page<'_, '_> {
    pub(super) fn meta_description(&self, title: &str, own: Option<&str>) -> String {
        let told = own.map(str::to_owned).or_else(|| self.subject.and_then(|of| self.told(of)));
        cut(&told.unwrap_or_else(|| self.of_dossier(title)), LONGEST)
    }

    fn told(&self, of: Ref) -> Option<String> {
        let renderer = self.renderer;
        if let Ref::Claim(ix) = of {
            return Some(words::sentence::titled(renderer.dossier, ix, renderer.words()));
        }
        let prose = renderer.dossier.prose_of(of);
        let text = renderer.plain(prose.first()?);
        (!text.is_empty()).then_some(text)
    }

    fn of_dossier(&self, title: &str) -> String {
        let config = self.renderer.config();
        let about = config.description.as_ref().unwrap_or(&config.title);
        let about = self.typeset(about);
        if *about == *title { title.to_owned() } else { format!("{title} — {about}") }
    }
}
