//! Plain texts, and Markdown.
//!
//! A plain text is taken as it is; where the sheet says with which words its story begins (`begins:`), paragraphs are
//! counted from there. Of Markdown the front matter is left out and the rest read as the page that it makes, so that a
//! quote may run over a link or an emphasis.

use super::refused::is_text;
use super::{Bounds, Fact, Input, Part, Reader, Text, Why, encoding, page};
use crate::evidence::normalise::normalise;
use crate::evidence::parts::{parts, places};

/// See the module.
pub const READER: Reader =
    Reader { name: "a text", endings: &["txt", "text"], is: |head| is_text(head), read: |input, _| plain(input) };

/// See the module.
pub const MARKDOWN: Reader = Reader {
    name: "a text in Markdown",
    endings: &["md", "markdown"],
    is: |head| head.ends(&["md", "markdown"]) && is_text(head),
    read: markdown,
};

fn plain(input: &Input<'_>) -> Result<Text, Why> {
    let read = encoding::of_text(input.bytes, input.charset);
    let facts = read.facts();
    let text = Text::new(read.text).with_facts(facts);
    Ok(match input.begins {
        Some(begins) => from(text, begins),
        None => text,
    })
}

/// With the story begun at the paragraph that holds the first words of it; as it was where they do not stand there.
fn from(text: Text, begins: &str) -> Text {
    let level = normalise(text.as_str());
    let start = parts(begins).first().and_then(|part| {
        let place = places(part.level.text(), text.as_str(), &level).into_iter().next()?;
        Some(level.original(place).start)
    });
    let Some(first) = start.and_then(|start| text.paragraph_at(start)) else {
        return text.with_facts(vec![Fact::NoBeginning]);
    };
    let from = text.paragraphs()[first - 1].start;
    text.with_story(|at| if at < from { Part::Outside } else { Part::Paragraph })
}

fn markdown(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    let read = encoding::of_text(input.bytes, input.charset);
    let facts = read.facts();
    Ok(page::of(&markdown_page(&read.text), MARKDOWN.name, bounds)?.with_facts(facts))
}

fn markdown_page(text: &str) -> String {
    use pulldown_cmark::{Options, Parser, html};
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_DEFINITION_LIST;
    let mut page = String::with_capacity(text.len() * 5 / 4);
    html::push_html(&mut page, Parser::new_ext(without_front_matter(text), options));
    page
}

fn without_front_matter(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("---").and_then(after_line_end) else { return text };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == "---" {
            return &rest[at..];
        }
    }
    text
}

fn after_line_end(text: &str) -> Option<&str> {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n'))
}
