//! Blocks of data set into a text, through templates of the theme: `blocks/table.html`, `blocks/media.html`, and whatever of its own a
//! theme has (`blocks/NAME.html`).

use tera::Value;

use super::Page;
use super::object::{Html, Object, ToValue};
use super::rooted::ROOT;
use crate::blocks::{self, Cell, Media, Reader, Set, Table};
use crate::links::Links;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::url::percent;
use sourcebook_core::model::prose::{Block, Prose};

impl Page<'_, '_> {
    /// A block of data as HTML; a fault that was told already makes nothing.
    pub(super) fn set_block(&self, block: &Block, prose: &Prose) -> Result<String, Diagnostic> {
        let renderer = self.renderer;
        let links = Links { urls: &renderer.urls, parsed: renderer.parsed };
        let read = Reader { links: &links, world: renderer.world() }.read(block, prose);
        if let Some(fault) = read.diagnostics.into_iter().next() {
            return Err(fault);
        }
        match read.value {
            Some(Set::Table(table)) => self.of_data("blocks/table.html", "table", self::table(&table).build()),
            Some(Set::Media(media)) => self.of_data("blocks/media.html", "media", self.media(&media)),
            None => Ok(String::new()),
        }
    }

    /// A block of the theme's own kind; nothing where the theme has none of that name, so that it is code.
    pub(super) fn theme_block(&self, name: &str, code: &str) -> Result<Option<String>, Diagnostic> {
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let template = format!("blocks/{name}.html");
        if !is_name || !self.renderer.theme.templates.contains_key(&template) || name == "media" {
            return Ok(None);
        }
        let data = blocks::free(code)
            .map_err(|fault| fault.help(format!("it came up in a block `{name}` of `{}`", self.path)))?;
        self.of_data(&template, "data", Value::from_serializable(&data)).map(Some)
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
