//! Short texts as HTML: sentences made of pieces, and Markdown without its links.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Renderer;
use super::rooted::ROOT;
use sourcebook_core::base::html::push;
use sourcebook_core::dossier::config::HtmlPolicy;
use sourcebook_core::model::markdown::plain::on_one_line;
use sourcebook_core::model::markdown::{Placed, Token, tokens};
use sourcebook_core::model::prose::Prose;
use sourcebook_core::words;
use sourcebook_core::words::piece::{Marks, Piece, Raised, Target};
use sourcebook_core::words::spaces::{bound, direction, rules_of};

/// A sentence as HTML.
pub fn pieces_html(renderer: &Renderer<'_>, pieces: &[Piece]) -> String {
    let interface = renderer.config().language;
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => push(&mut out, &bound(text, interface)),
            Piece::Italic(text) => wrap(&mut out, "<cite>", &bound(text, interface), "</cite>"),
            Piece::Link { target, text, italic } => {
                let (open, close) = if *italic { ("<cite>", "</cite>") } else { ("", "") };
                linked(renderer, &mut out, target, |out| wrap(out, open, &bound(text, interface), close));
            }
            Piece::Marked { text, marks, target } => {
                let (open, close) = tags(*marks);
                let text = &bound(text, interface);
                match target {
                    Some(target) => linked(renderer, &mut out, target, |out| wrap(out, &open, text, &close)),
                    None => wrap(&mut out, &open, text, &close),
                }
            }
            Piece::Quote { text, lang } => {
                // The marks stand in the texts around it, as its language writes them.
                out.push_str("<span class=\"quote\"");
                if let Some(lang) = lang.as_deref().filter(|lang| *lang != interface.as_str()) {
                    wrap(&mut out, " lang=\"", lang, "\"");
                    if let Some(direction) = direction(Some(lang)) {
                        wrap(&mut out, " dir=\"", direction, "\"");
                    }
                }
                let language = rules_of(lang.as_deref(), interface);
                wrap(&mut out, ">", &bound(text, language), "</span>");
            }
        }
    }
    out
}

fn linked(renderer: &Renderer<'_>, out: &mut String, target: &Target, write: impl FnOnce(&mut String)) {
    let href = match target {
        Target::Record(of) => format!("{ROOT}{}", renderer.urls.address(*of)),
        Target::Url(url) => url.to_string(),
    };
    wrap(out, "<a href=\"", &href, "\">");
    write(out);
    out.push_str("</a>");
}

/// The elements that set words as a citation style wants them.
fn tags(marks: Marks) -> (String, String) {
    let Marks { italic, bold, small_caps, underline, raised } = marks;
    let elements = [
        (italic, "<i>", "</i>"),
        (bold, "<b>", "</b>"),
        (small_caps, "<span class=\"small-caps\">", "</span>"),
        (underline, "<u>", "</u>"),
        (raised == Some(Raised::Above), "<sup>", "</sup>"),
        (raised == Some(Raised::Below), "<sub>", "</sub>"),
    ];
    let open = elements.iter().filter(|e| e.0).map(|e| e.1).collect();
    (open, elements.iter().rev().filter(|e| e.0).map(|e| e.2).collect())
}

fn wrap(out: &mut String, before: &str, text: &str, after: &str) {
    out.push_str(before);
    push(out, text);
    out.push_str(after);
}

impl Renderer<'_> {
    /// A Markdown text as words alone, on one line.
    pub fn plain(&self, prose: &Prose) -> String {
        on_one_line(words::text::plain(self.dossier, prose, self.words()))
    }

    /// A Markdown text as one run of HTML, without its links, notes and blocks: for places that are links themselves.
    pub fn unlinked(&self, prose: &Prose) -> String {
        let mut out = String::with_capacity(prose.text.len() + 16);
        if prose.outline.plain {
            push(&mut out, &self.typeset(&prose.text));
            return out;
        }
        let (tokens, _) = tokens(&prose.text);
        let mut events = Vec::new();
        self.unlink(tokens, &mut events);
        pulldown_cmark::html::push_html(&mut out, events.into_iter());
        out.trim().to_owned()
    }

    fn unlink<'t>(&self, tokens: Vec<Placed<'t>>, events: &mut Vec<Event<'t>>) {
        for (token, _) in tokens {
            match token {
                Token::Markdown(event) => events.extend(inline(event, self)),
                Token::LinkStart { id, worded: false } => {
                    let id = id.split('#').next().unwrap_or_default();
                    let label = self.dossier.get(id).map(|of| self.typeset(self.dossier.label(of)).into_owned());
                    events.push(Event::Text(label.unwrap_or_else(|| id.to_owned()).into()));
                }
                Token::Citation(citation) if citation.in_text => {
                    let first = citation.items.first().and_then(|item| self.dossier.get(&item.id.value));
                    match first.and_then(|of| words::text::voice(self.dossier, of, self.words())) {
                        Some(voice) => events.push(Event::Text(self.typeset(&voice).into_owned().into())),
                        None => self.unlink(citation.written, events),
                    }
                }
                Token::Citation(_) => {
                    if let Some(Event::Text(text)) = events.last_mut() {
                        *text = text.trim_end().to_owned().into();
                    }
                }
                _ => {}
            }
        }
    }
}

/// A text of no more than so many characters, cut between words.
pub fn cut(text: &str, longest: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(longest) else { return text.to_owned() };
    let end = text[..end].rfind(' ').unwrap_or(end);
    let loose = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '«' | '(' | '—' | '–');
    format!("{}…", text[..end].trim_end_matches(loose))
}

/// Emphasis and code stay; links and blocks lose their tags.
fn inline<'t>(event: Event<'t>, renderer: &Renderer<'_>) -> Option<Event<'t>> {
    match event {
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
        | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
        | Event::Code(_) => Some(event),
        Event::Text(text) => Some(Event::Text(renderer.typeset(&text).into_owned().into())),
        Event::Html(html) | Event::InlineHtml(html) => match renderer.config().html {
            HtmlPolicy::Escape => Some(Event::Text(html)),
            HtmlPolicy::Allow | HtmlPolicy::Refuse => None,
        },
        Event::SoftBreak | Event::HardBreak => Some(Event::Text(" ".into())),
        Event::End(TagEnd::Link | TagEnd::Image) => None,
        Event::End(_) => Some(Event::Text(" ".into())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn texts_are_cut_between_words() {
        assert_eq!(cut("Séoul", 5), "Séoul");
        assert_eq!(cut("Séoul et Moscou", 9), "Séoul et…");
        assert_eq!(cut("Séoul : Moscou", 9), "Séoul…");
        assert_eq!(cut("Anticonstitutionnellement", 5), "Antic…");
    }
}
