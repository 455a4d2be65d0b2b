//! Where links lead, and what became of what they lead to.

use super::super::Page;
use super::super::rooted::ROOT;
use super::Writer;
use crate::links::{self, Destination};
use sourcebook_core::base::html::escape;
use sourcebook_core::base::url::percent;
use sourcebook_core::model::Ref;
use sourcebook_core::model::kinds::SourceStanding;
use sourcebook_core::model::prose::Prose;
use sourcebook_core::model::state::{self, Lapse};
use sourcebook_core::words;

impl Page<'_, '_> {
    /// Why a claim no longer stands, if it does not.
    pub fn lapse(&self, of: Option<Ref>) -> Option<Lapse> {
        let Some(Ref::Claim(ix)) = of else { return None };
        state::lapsed(self.renderer.dossier, ix, None).map(|lapsed| lapsed.how)
    }

    /// What became of a claim or a text that is linked to, in words: also where no style sheet marks it.
    pub(super) fn became(&self, of: Ref) -> Option<String> {
        let (renderer, words) = (self.renderer, self.renderer.words());
        let (hook, label) = match of {
            Ref::Claim(ix) => {
                let hook = match state::lapsed(renderer.dossier, ix, None) {
                    Some(lapsed) => ("lapse", lapsed.how.as_str()),
                    None => ("unsound", state::unsound(renderer.dossier, ix, None)?.is.as_str()),
                };
                (hook, words::standing::mark(renderer.dossier, ix, words)?)
            }
            Ref::Source(ix) => {
                let is = renderer.dossier[ix].status.as_ref().map(|status| status.is)?;
                (is != SourceStanding::Current)
                    .then(|| (("unsound", is.as_str()), words::kinds::unsound(is, words).to_owned()))?
            }
            _ => return None,
        };
        let ((what, is), label) = (hook, words.fill("note.became", &[("state", &label)]));
        Some(format!(" <span class=\"lapsed-mark\" data-{what}=\"{is}\">{}</span>", escape(&label)))
    }

    /// Where a link written as a URL or path leads, from this page.
    pub(super) fn destination(&self, url: &str, prose: &Prose) -> String {
        let links = links::Links { urls: &self.renderer.urls, parsed: self.renderer.parsed };
        match links.resolve(url, prose) {
            Some(Destination::File { path, anchor }) => {
                let anchor = anchor.map(|a| format!("#{a}")).unwrap_or_default();
                format!("{ROOT}{}{anchor}", percent(&path))
            }
            Some(Destination::Here(anchor)) => format!("#{anchor}"),
            Some(Destination::Elsewhere) | None => url.to_owned(),
        }
    }

    /// The file of `content/` that an address leads to.
    pub(super) fn asset_of(&self, url: &str, prose: &Prose) -> Option<String> {
        let links = links::Links { urls: &self.renderer.urls, parsed: self.renderer.parsed };
        match links.resolve(url, prose)? {
            Destination::File { path, .. } => Some(path),
            _ => None,
        }
    }
}

impl Writer<'_, '_, '_, '_> {
    pub(super) fn link_start(&mut self, id: &str, worded: bool) {
        let (id, anchor) = id.split_once('#').map_or((id, ""), |(id, anchor)| (id, anchor));
        self.links += 1;
        let Some(of) = self.page.renderer.dossier.get(id) else {
            return self.open_tag("<a>".into());
        };
        let class = of.kind().map_or("article", |kind| kind.as_str());
        let mut href = format!("{ROOT}{}", self.page.renderer.urls.address(of));
        if !anchor.is_empty() {
            href = format!("{href}#{anchor}");
        }
        let (class, became) = match self.page.lapse(Some(of)) {
            Some(lapse) => (format!("{class} lapsed"), format!(" data-lapse=\"{}\"", lapse.as_str())),
            None if self.page.is_contested(Some(of)) => (format!("{class} contested"), String::new()),
            None => (class.to_owned(), String::new()),
        };
        if self.links == 1 && self.image.is_none() {
            self.became = self.page.became(of);
        }
        self.open_tag(format!("<a class=\"{class}\"{became} href=\"{}\">", escape(&href)));
        if !worded {
            let label = self.page.typeset(self.page.renderer.dossier.label(of)).into_owned();
            self.last = label.chars().next_back();
            match &mut self.image {
                Some(image) => image.alt.push_str(&label),
                None => {
                    let html = match self.page.renderer.dossier.titled(of) {
                        Some(prose) => self.page.renderer.unlinked(prose),
                        None => escape(&label).into_owned(),
                    };
                    self.html(html);
                }
            }
        }
    }

    /// Of links within one another, the outermost is one.
    fn open_tag(&mut self, tag: String) {
        if self.links == 1 && self.image.is_none() {
            self.html(tag);
        }
    }

    pub(super) fn close_link(&mut self) {
        self.links = self.links.saturating_sub(1);
        if self.links == 0 && self.image.is_none() {
            self.html("</a>".into());
            if let Some(mark) = self.became.take() {
                self.html(mark);
            }
        }
        self.marks_that_wait();
    }

    pub(super) fn open_link(&mut self, url: &str, title: &str) {
        self.links += 1;
        let external = crate::links::is_external(url);
        let href = self.page.destination(url, self.prose);
        let class = if external { " class=\"external\" rel=\"noopener\"" } else { "" };
        let title = match title {
            "" => String::new(),
            title => format!(" title=\"{}\"", escape(&self.page.typeset(title))),
        };
        self.open_tag(format!("<a{class} href=\"{}\"{title}>", escape(&href)));
    }
}
