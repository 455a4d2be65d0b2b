//! A saved page as a source record, with what the page says of itself.

use std::path::Path;

use super::item::Item;
use super::page::{self, Page};
use super::record::{People, fields};
use super::text;
use sourcebook_core::base::tree::emit::{Pair, Value};
use sourcebook_core::base::url::is_safe_url;
use sourcebook_core::evidence::readers::{self, Bounds, Input, encoding};
use sourcebook_core::evidence::sha256::Sha256;
use sourcebook_core::model::date::Edtf;

/// A saved page, or another file that can be a capture.
pub struct Saved<'b> {
    bytes: &'b [u8],
    /// What a message calls such a file, without an article.
    kind: &'static str,
    /// What it says of itself.
    pub page: Page,
}

impl<'b> Saved<'b> {
    /// Reads it, by its name and the address that it is from, if that is known otherwise.
    ///
    /// # Errors
    /// No reader of captures can: a sentence for the writer.
    pub fn read(name: &str, bytes: &'b [u8], url: Option<&str>) -> Result<Self, String> {
        if let Some(url) = url.filter(|url| !is_safe_url(url)) {
            return Err(format!("`{url}` is not an address that a page may link to"));
        }
        let is_text = readers::read(&Input::new(name, bytes), &Bounds::default());
        is_text.map_err(|why| format!("`{name}`: {why}; {}", why.help()))?;
        let kind = readers::reader_of(&Input::new(name, bytes)).map_or("a file", |reader| reader.name);
        let html = encoding::of_page(bytes, None).text;
        let mut page = page::read(&html, url);
        // Of what is no page, nothing that looks like a tag says anything.
        if !["page", "archive"].iter().any(|word| kind.contains(word)) {
            let item = Item { url: page.item.url.filter(|_| url.is_some()), ..Item::new(page.item.span) };
            page = Page { item, from: std::collections::BTreeMap::new(), saved_by: None };
        }
        if page.item.title.is_none() {
            let stem = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
            page.item.title = stem.map(|stem| text::line(&stem)).filter(|stem| !stem.is_empty()).or(Some("?".into()));
            page.from.insert("title", "the page has none: the name of its file".into());
        }
        let kind = kind.trim_start_matches("an ").trim_start_matches("a ");
        Ok(Self { bytes, kind, page })
    }

    /// The fields of the source, its capture last; `item` is what the page says, or what somebody made of it.
    pub fn record(&self, item: &Item, capture: &str, today: &str, people: &People<'_>) -> Vec<Pair> {
        let mut item = item.clone();
        let mut from = self.page.from.clone();
        let (on, on_from) = match &item.accessed {
            Some(day) => (day.clone(), from.get("accessed").cloned()),
            None => (today.to_owned(), Some("today; the page does not say when it was saved".to_owned())),
        };
        if item.accessed.is_none() {
            from.insert("accessed", "today".to_owned());
            item.accessed = Some(today.to_owned());
        }
        // A page that says so is wrong, or its clock is a day ahead: which, is for the writer to say.
        if item.published.as_deref().is_some_and(|published| is_after(published, &on)) {
            let published = item.published.take().unwrap_or_default();
            item.extra.insert("published".to_owned(), published.into());
        }
        let word = |text: &str| Value::Word(text.to_owned());
        let capture = vec![
            Pair::new("file", Value::Text(capture.to_owned())),
            Pair::new("sha256", word(&Sha256::of(self.bytes).to_string())),
            Pair::new("on", word(&on)).with(on_from),
            Pair::new("method", Value::Text(self.page.saved_by.unwrap_or(self.kind).to_owned())),
        ];
        let mut pairs = fields(&item, people, &from);
        pairs.push(Pair::new("capture", Value::Map(capture)));
        pairs
    }
}

/// Whether a date is after another, however both are read.
fn is_after(date: &str, other: &str) -> bool {
    let parsed = |text: &str| Edtf::parse(text).ok();
    let Some((date, other)) = parsed(date).zip(parsed(other)) else { return false };
    date.earliest().zip(other.latest()).is_some_and(|(date, other)| date > other)
}
