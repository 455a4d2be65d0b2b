//! A text as words alone, on one line: for titles, descriptions, indexes, and wherever a page is named.

use pulldown_cmark::{Event, TagEnd};

use super::{FigurePart, Placed, Token, tokens};

/// How what a text refers to is called.
pub struct Names<'n> {
    /// The label of a record or article.
    pub label: &'n dyn Fn(&str) -> Option<String>,
    /// Who speaks in a claim or wrote a source; `None` for any other id.
    pub voice: &'n dyn Fn(&str) -> Option<String>,
}

/// The words of a text: without markup, notes, cards and comments; what it links to by its label.
pub fn words(text: &str, names: &Names<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    push(&tokens(text).0, names, &mut out);
    on_one_line(out)
}

fn push(tokens: &[Placed<'_>], names: &Names<'_>, out: &mut String) {
    for (token, _) in tokens {
        match token {
            Token::Markdown(event) => event_words(event, out),
            Token::LinkStart { id, worded: false } => {
                let id = id.split('#').next().unwrap_or_default();
                out.push_str(&(names.label)(id).unwrap_or_else(|| id.to_owned()));
            }
            Token::Citation(citation) if citation.in_text => {
                match citation.items.first().and_then(|item| (names.voice)(&item.id.value)) {
                    Some(voice) => out.push_str(&voice),
                    None => push(&citation.written, names, out),
                }
            }
            Token::Citation(_) => {
                // A note's mark stands close to its word: the space before it is none of the words'.
                let length = out.trim_end_matches([' ', '\n']).len();
                out.truncate(length);
            }
            Token::Figure(FigurePart::Caption | FigurePart::Credit | FigurePart::Close) | Token::Pull(false) => {
                out.push(' ')
            }
            Token::LinkStart { .. } | Token::LinkEnd | Token::Card(..) | Token::Uncited(_) | Token::Comment => {}
            Token::Figure(FigurePart::Open(_)) | Token::Block(_) | Token::Pull(true) => {}
        }
    }
}

fn event_words(event: &Event<'_>, out: &mut String) {
    match event {
        Event::Text(words) | Event::Code(words) => out.push_str(words),
        Event::Html(html) => out.push_str(&without_tags(html)),
        Event::SoftBreak | Event::HardBreak => out.push(' '),
        Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) => {}
        Event::End(_) => out.push(' '),
        _ => {}
    }
}

/// The words between tags.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = match rest[open..].find('>') {
            Some(close) => &rest[open + close + 1..],
            None => "",
        };
    }
    out + rest
}

/// Words with one space between them.
pub fn on_one_line(text: String) -> String {
    let ends = |c: char| c.is_ascii_whitespace();
    let loose = |pair: &[u8]| pair[0].is_ascii_whitespace() && pair[1] == b' ';
    let breaks = text.bytes().any(|byte| byte != b' ' && byte.is_ascii_whitespace());
    if !breaks && !text.starts_with(ends) && !text.ends_with(ends) && !text.as_bytes().windows(2).any(loose) {
        return text;
    }
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let label = |id: &str| (id == "kcna").then(|| "KCNA".to_owned());
        let voice = |id: &str| (id == "a").then(|| "The mayor".to_owned());
        assert_eq!(words(text, &Names { label: &label, voice: &voice }), expect, "{text}");
    }

    #[test]
    fn words_alone() {
        check("The *bridge* was **never** `safe`.", "The bridge was never safe.");
        check("How *many* in [[kcna]]’s [[kcna|town]], [b](https://b.org)?", "How many in KCNA’s town, b?");
        check("It fell [@a]. It rose [@b] again.", "It fell. It rose again.");
        check("@a says no; @mayor too.", "The mayor says no; @mayor too.");
        check("A<!-- not --> b\n<!-- nor\nthis -->", "A b");
        check("![A bridge [@a] closed](a.png)", "A bridge closed");
        check("# Title\n\ntext[^1]\n\n[^1]: note", "Title text note");
        check("<p>in a <b>box</b></p>", "in a box");
    }

    #[test]
    fn texts_stand_on_one_line() {
        assert_eq!(on_one_line("Séoul, et Moscou.".into()), "Séoul, et Moscou.");
        assert_eq!(on_one_line(" Séoul,\n et \tMoscou .".into()), "Séoul, et Moscou .");
    }
}
