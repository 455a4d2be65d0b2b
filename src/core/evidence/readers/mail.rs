//! MIME: a mail (`.eml`, RFC 5322) and a page that a browser saved with its parts (`.mht`, `.mhtml`, RFC 2557).
//!
//! - Of a mail the body is read as mail programs show it: the HTML where there is some, else the text. Marks of quotation
//!   (`>`) at the beginning of lines are form. Sender, addressee, date and subject stand outside the story. Attachments
//!   are named ([`Fact::Attachment`]) and not read.
//! - Of a saved page, the root part is read as a page; frames that were saved with it (`cid:`) come after it, outside the
//!   story. Chrome's parts name no charset: the page's own `<meta>` decides.

use mail_parser::{Address, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::joined::Joined;
use super::unpack::Budget;
use super::{Bounds, Fact, Head, Input, Part, Reader, Text, Why, encoding};

/// A mail.
pub(super) const MAIL: Reader = Reader { name: "a mail", endings: &["eml"], is: is_mail, read: read_mail };

/// A page saved with its parts.
pub(super) const PAGE: Reader =
    Reader { name: "a saved page (MHTML)", endings: &["mhtml", "mht"], is: is_page, read: read_page };

fn is_mail(head: &Head<'_>) -> bool {
    head.ends(&["eml"]) && !head.bytes.contains(&0)
}

fn is_page(head: &Head<'_>) -> bool {
    let saved = ["From: <Saved by ", "From: \"Saved by ", "From: Saved by "];
    head.begins(&saved)
        || (head.ends(&["mhtml", "mht"]) && memchr::memmem::find(head.bytes, b"multipart/related").is_some())
}

fn parse<'a>(what: &'static str, input: &Input<'a>, bounds: &Bounds) -> Result<Message<'a>, Why> {
    // A part costs some hundred bytes of memory however small it is: each begins with a boundary.
    if memchr::memmem::find_iter(input.bytes, b"\n--").nth(bounds.entries).is_some() {
        return Err(Why::Bound { what, bound: "parts" });
    }
    let message = MessageParser::default().parse(input.bytes);
    message.ok_or_else(|| Why::Broken { what, reason: "it has no headers".into() })
}

fn read_mail(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    let message = parse(MAIL.name, input, bounds)?;
    let mut budget = Budget::new(MAIL.name, bounds);
    let mut joined = Joined::default();
    joined.block(&headers(&message), Part::Outside);
    for &id in &message.html_body {
        let Some(part) = message.parts.get(id as usize) else { continue };
        match &part.body {
            PartType::Html(_) => joined.add(&page(input, part, bounds, &mut budget)?, Part::Paragraph),
            PartType::Text(_) => {
                let read = encoding::of_text(&bytes(input.bytes, part, &mut budget)?, charset(part));
                read.facts().into_iter().for_each(|fact| joined.fact(fact));
                unquoted(&read.text, part).iter().for_each(|block| joined.block(block, Part::Paragraph));
            }
            _ => {}
        }
    }
    for part in message.attachments() {
        // Pictures of the body are no attachments to a reader.
        let shown = part.content_id().is_some() && part.is_content_type("image", "png");
        if !shown {
            joined.fact(Fact::Attachment(attachment(part).into()));
        }
    }
    Ok(joined.finish())
}

fn attachment(part: &MessagePart<'_>) -> String {
    match (part.attachment_name(), part.message()) {
        (Some(name), _) => name.to_owned(),
        (None, Some(message)) => message.subject().unwrap_or("a mail").to_owned(),
        (None, None) => {
            part.content_type().map_or_else(String::new, |t| [t.ctype(), t.subtype().unwrap_or_default()].join("/"))
        }
    }
}

/// What a mail program shows above the body.
fn headers(message: &Message<'_>) -> String {
    let people = |address: Option<&Address<'_>>| {
        let each = address?.iter().map(|a| match (a.name(), a.address()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (name, address) => name.or(address).unwrap_or_default().to_owned(),
        });
        Some(each.collect::<Vec<_>>().join(", "))
    };
    let lines = [
        ("From", people(message.from())),
        ("To", people(message.to())),
        ("Cc", people(message.cc())),
        ("Date", message.date().map(mail_parser::DateTime::to_rfc822)),
        ("Subject", message.subject().map(str::to_owned)),
    ];
    let line = |(name, value): (&str, Option<String>)| Some(format!("{name}: {}", value?));
    lines.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// The blocks of a plain text, without marks of quotation; `delsp` undone (RFC 3676).
fn unquoted(text: &str, part: &MessagePart<'_>) -> Vec<String> {
    let glued = part.content_type().and_then(|t| t.attribute("delsp")).is_some_and(|d| d.eq_ignore_ascii_case("yes"));
    let (mut blocks, mut before): (Vec<String>, _) = (vec![String::new()], 0usize);
    for line in text.lines() {
        let words = line.trim_start_matches(['>', ' ']);
        let level = line[..line.len() - words.len()].matches('>').count();
        // A line without a mark keeps what it begins with.
        let words = if level == 0 { line } else { words };
        if words.trim().is_empty() || level != before {
            blocks.push(String::new());
        }
        before = level;
        let Some(block) = blocks.last_mut() else { continue };
        if glued && block.ends_with(" \n") {
            block.truncate(block.len() - 2);
        }
        if !words.trim().is_empty() {
            block.push_str(words);
            block.push('\n');
        }
    }
    blocks
}

fn read_page(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    let message = parse(PAGE.name, input, bounds)?;
    let mut budget = Budget::new(PAGE.name, bounds);
    let is_html = |part: &&MessagePart<'_>| {
        part.is_content_type("text", "html") || part.is_content_type("application", "xhtml+xml")
    };
    let pages: Vec<&MessagePart<'_>> = message.parts.iter().filter(is_html).collect();
    let start = message.parts.first().and_then(|p| p.content_type()?.attribute("start"));
    let is_start =
        |part: &&&MessagePart<'_>| start.is_some_and(|id| part.content_id() == Some(id.trim_matches(['<', '>'])));
    let Some(root) = pages.iter().find(is_start).or(pages.first()).copied() else {
        return Err(Why::NoText {
            what: PAGE.name,
            hint: "save the page again: this file holds no page, only parts of one",
        });
    };
    let mut joined = Joined::default();
    joined.add(&page(input, root, bounds, &mut budget)?, Part::Paragraph);
    if let Some(url) = message.header_raw("Snapshot-Content-Location").or(root.content_location()) {
        joined.fact(Fact::Address(url.trim().into()));
    }
    for frame in pages.into_iter().filter(|part| !std::ptr::eq(*part, root)) {
        joined.add(&page(input, frame, bounds, &mut budget)?, Part::Outside);
    }
    Ok(joined.finish())
}

fn page(input: &Input<'_>, part: &MessagePart<'_>, bounds: &Bounds, budget: &mut Budget) -> Result<Text, Why> {
    let bytes = bytes(input.bytes, part, budget)?;
    super::read(&input.inner("page.html", &bytes, charset(part)), bounds)
}

fn charset<'p>(part: &'p MessagePart<'_>) -> Option<&'p str> {
    part.content_type()?.attribute("charset")
}

/// A part's own bytes: the parser's text has lost them where it did not know their encoding.
fn bytes(whole: &[u8], part: &MessagePart<'_>, budget: &mut Budget) -> Result<Vec<u8>, Why> {
    let raw = whole.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let bytes = match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => mail_parser::decoders::quoted_printable::quoted_printable_decode(raw),
        Encoding::Base64 => mail_parser::decoders::base64::base64_decode(raw),
    };
    let bytes = bytes.unwrap_or_else(|| part.contents().to_vec());
    budget.spend(bytes.len() as u64)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
