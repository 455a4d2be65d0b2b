//! Blocks of data set into a text, through templates of the theme: `blocks/table.html`, `chart.html`, `media.html`, `timeline.html`,
//! `compare.html`, and whatever of its own a theme has (`blocks/NAME.html`).

mod chart;
mod records;

use tera::Value;

use super::object::{Html, Object, ToValue};
use super::rooted::ROOT;
use super::{Page, Renderer};
use crate::blocks::{self, Cell, Media, Reader, Set, Table};
use crate::links::Links;
use crate::theme;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::url::percent;
use sourcebook_core::model::block::Block;
use sourcebook_core::model::prose::Prose;

impl Page<'_, '_> {
    /// A block of data as HTML; a fault that was told already makes nothing. `turn` tells the blocks of a page apart.
    pub(super) fn set_block(&self, block: &Block, prose: &Prose, turn: &str) -> Result<String, Diagnostic> {
        let renderer = self.renderer;
        let links = Links { urls: &renderer.urls, parsed: renderer.parsed };
        let read = Reader { links: &links, world: renderer.world() }.read(block, prose);
        if let Some(fault) = read.diagnostics.into_iter().next() {
            return Err(fault);
        }
        match read.value {
            Some(Set::Table(table)) => self.of_data("blocks/table.html", "table", self::table(&table).build()),
            Some(Set::Media(media)) => self.of_data("blocks/media.html", "media", self.media(&media)),
            Some(Set::Chart(chart)) => {
                self.of_data("blocks/chart.html", "chart", chart::value(renderer, &chart, &format!("chart-{turn}")))
            }
            Some(Set::Timeline(timeline)) => {
                self.of_data("blocks/timeline.html", "timeline", records::timeline(renderer, &timeline))
            }
            Some(Set::Compare(compare)) => {
                self.of_data("blocks/compare.html", "compare", records::compare(renderer, &compare, turn))
            }
            None => Ok(String::new()),
        }
    }

    /// A block of the theme's own kind; nothing where the theme has none of that name, so that it is code.
    pub(super) fn theme_block(&self, name: &str, code: &str) -> Result<Option<String>, Diagnostic> {
        let Some(template) = blocks::template_of(name, self.renderer.theme) else { return Ok(None) };
        self.of_data(&template, "data", Value::from_serializable(&blocks::free(code).unwrap_or_default())).map(Some)
    }

    fn of_data(&self, template: &str, key: &'static str, value: Value) -> Result<String, Diagnostic> {
        let mut given = self.renderer.fragment_given();
        given.set(key, value);
        self.renderer.template(template, &given, self.path).map(|html| html.trim().to_owned())
    }

    fn media(&self, media: &Media) -> Value {
        let address = |path: &Option<String>| path.as_ref().map(|path| Html(format!("{ROOT}{}", percent(path))));
        let size = media.poster.as_ref().and_then(|poster| self.renderer.picture_size(poster));
        let (width, height) = size.unzip();
        Object::with_room(14)
            .set("title", self.typeset(&media.title).into_owned())
            .set("is_video", media.is_video)
            .set("file", address(&media.file))
            .set("url", media.url.as_deref())
            .set("host", media.host.as_deref())
            .set("poster", address(&media.poster))
            .set("width", width)
            .set("height", height)
            .set("at", media.at)
            .set("at_label", media.at.map(clock))
            .set("subtitles", address(&media.subtitles))
            .set("transcript", address(&media.transcript))
            .build()
    }
}

impl Renderer<'_> {
    /// What the theme's templates make of the blocks of its own kinds, tried once for each block: every fault, where the block
    /// stands.
    pub fn own_blocks(&self) -> Diagnostics {
        let mut found = Diagnostics::new();
        for prose in self.dossier.all().flat_map(|of| self.dossier.prose_of(of)) {
            for fence in &prose.outline.fences {
                let template = blocks::template_of(&fence.name, self.theme);
                let Some((template, data)) = template.zip(blocks::free(&fence.data.lines)) else { continue };
                let mut given = self.fragment_given();
                given.set("data", Value::from_serializable(&data));
                let Err(error) = self.theme.tera.render(&template, given.context()) else { continue };
                let (fault, _) = theme::explain(&error, &self.theme.templates, &self.parsed.files);
                let start = blocks::start(&fence.data, prose, &self.parsed.files);
                let message = format!("`{template}` cannot show this block: {}", fault.message);
                let told = Diagnostic::error("template-fault", start, message);
                found.push(match fault.span {
                    Some(span) => told.label(span, "it fails here"),
                    None => told,
                });
            }
        }
        found
    }
}

/// Each cell has its column's name, which narrow pages set before it: there a row is a paragraph, named by its first cell.
fn table(table: &Table) -> Object {
    let cell = |cell: &Cell| {
        Object::new().set("text", &*cell.text).set("numeric", cell.numeric).set("value", cell.value.as_deref())
    };
    let labelled = |(n, it): (usize, &Cell)| {
        let label = table.head.get(n).filter(|head| n > 0 && !head.text.is_empty()).map(|head| &*head.text);
        cell(it).set("label", label).build()
    };
    let row = |row: &Vec<Cell>| row.iter().enumerate().map(labelled).collect::<Vec<_>>().to_value();
    Object::new()
        .set("file", Html(format!("{ROOT}{}", percent(&table.path))))
        .set("head", table.head.iter().map(|head| cell(head).build()).collect::<Vec<_>>())
        .set("rows", table.rows.iter().map(row).collect::<Vec<_>>())
        .set("sortable", table.rows.len() > 1)
}

/// Seconds as a clock shows them: `1:23`, `1:02:03`.
fn clock(seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes}:{rest:02}") }
}
