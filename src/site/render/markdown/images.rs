//! Images in a text.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Writer;
use sourcebook_core::base::html::escape;
use sourcebook_core::words::typography;

/// An image that is being read: its words are an attribute, so that what else stands in it comes after.
pub(super) struct Image {
    address: String,
    /// Where it stands in `content/`.
    file: Option<String>,
    title: String,
    /// Its words so far.
    pub(super) alt: String,
    depth: usize,
}

impl<'p> Writer<'_, 'p, '_, '_> {
    /// An image begins.
    pub(super) fn open_image(&mut self, address: &str, title: &str) {
        let file = self.page.asset_of(address, self.prose);
        let address = self.page.destination(address, self.prose);
        let title = self.page.typeset(title).into_owned();
        self.image = Some(Image { address, file, title, alt: String::new(), depth: 0 });
    }

    /// What stands in an image: words alone.
    pub(super) fn in_image(&mut self, event: &Event<'p>) -> bool {
        let Some(image) = &mut self.image else { return false };
        match event {
            Event::Text(text) => {
                let text = typography::after(self.last, self.page.renderer.config().language, text);
                self.last = text.chars().next_back().or(self.last);
                image.alt.push_str(&text);
            }
            Event::Code(code) => image.alt.push_str(code),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::FootnoteReference(label) => {
                let mark = self.footnote_mark(label);
                self.mark(mark);
            }
            Event::Start(Tag::Image { .. }) => image.depth += 1,
            Event::End(TagEnd::Image) if image.depth > 0 => image.depth -= 1,
            Event::End(TagEnd::Image) => self.close_image(),
            _ => {}
        }
        true
    }

    fn close_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let mut html = format!("<img src=\"{}\" alt=\"{}\"", escape(&image.address), escape(image.alt.trim()));
        if let Some((width, height)) = image.file.as_deref().and_then(|file| self.page.renderer.picture_size(file)) {
            html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        if self.figure_part.is_some() {
            html.push_str(" loading=\"lazy\" decoding=\"async\"");
        }
        if !image.title.is_empty() {
            html.push_str(&format!(" title=\"{}\"", escape(&image.title)));
        }
        self.html(html + " />");
        self.marks_that_wait();
    }
}
