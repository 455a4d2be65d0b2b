//! Figures, boxes and pull quotes of a text, and the marks of task lists.

use pulldown_cmark::BlockQuoteKind;

use super::{Writer, escape};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::block::Block;
use sourcebook_core::model::markdown::FigurePart;

impl Writer<'_, '_, '_, '_> {
    /// A part of a figure. Its pictures stand together, so that several are a gallery.
    pub(super) fn figure(&mut self, part: FigurePart) {
        self.last = None;
        match part {
            FigurePart::Open(images) => {
                let class = if images > 1 { "picture gallery" } else { "picture" };
                self.html(format!("<figure class=\"{class}\"><div class=\"pictures\">"));
                self.of_data = false;
            }
            FigurePart::Caption => self.html("</div>\n<figcaption>".into()),
            FigurePart::Credit => {
                let word =
                    escape(self.page.renderer.words().text(if self.of_data { "box.source" } else { "box.credit" }))
                        .into_owned();
                self.html(format!(" <span class=\"credit\">{word} "));
            }
            FigurePart::Close => {
                let end = match self.figure_part {
                    Some(FigurePart::Credit) => "</span></figcaption></figure>\n",
                    Some(FigurePart::Caption) => "</figcaption></figure>\n",
                    _ => "</div></figure>\n",
                };
                self.html(end.into());
            }
        }
        self.figure_part = Some(part).filter(|part| *part != FigurePart::Close);
    }

    /// A block of data; its caption and the end of its figure come after.
    pub(super) fn block(&mut self, block: &Block) -> Result<(), Diagnostic> {
        self.set += 1;
        let of_page = self.page.turn_of(self.prose);
        let turn = if of_page == 0 { self.set.to_string() } else { format!("{of_page}-{}", self.set) };
        let html = self.page.set_block(block, self.prose, &turn)?;
        self.last = None;
        self.of_data = true;
        self.figure_part = Some(FigurePart::Open(0));
        self.html(format!("<figure class=\"picture set set-{}\"><div class=\"set-body\">{html}", block.kind.as_str()));
        Ok(())
    }

    /// A pull quote, or its end.
    pub(super) fn pull(&mut self, begins: bool) {
        self.last = None;
        let tag = if begins { "<figure class=\"pull\"><blockquote>\n" } else { "</blockquote></figure>\n" };
        self.html(tag.into());
    }

    /// A box (`> [!NOTE]`), or the end of one or of a quotation.
    pub(super) fn open_box(&mut self, kind: BlockQuoteKind) {
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = escape(self.page.renderer.words().text(&format!("box.{name}"))).into_owned();
        self.html(format!("<div class=\"box box-{name}\" role=\"note\">\n<p class=\"box-title\">{title}</p>\n"));
    }

    /// Whether a task is done: a picture of a box, since nothing on a page can be ticked.
    pub(super) fn task(&mut self, done: bool) {
        let (sign, key) = if done { ("☑", "box.done") } else { ("☐", "box.to_do") };
        let label = escape(self.page.renderer.words().text(key)).into_owned();
        self.html(format!("<span class=\"task\" role=\"img\" aria-label=\"{label}\">{sign}</span> "));
    }
}
