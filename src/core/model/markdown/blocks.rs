//! Figures, boxes and pull quotes: blocks that Markdown has no word for, found among the tokens of a text.
//!
//! 1. A paragraph whose first lines are images alone is a figure, or a gallery; the lines after them are its caption, of which
//!    one that begins with `credit:` is the credit.
//!    So is a fenced block whose language is a [`BlockKind`]: its caption follows the fence without an empty line.
//! 2. A block quotation that begins with a line `[!QUOTE]` is a pull quote.
//! 3. What stands between `^` or `~` after a word, without a space, is raised or lowered: `10^3^`, `H~2~O`.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{Placed, Token};
use crate::model::block::{Block, BlockKind, Fenced};

/// What is a figure, with its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It begins, with so many images.
    Open(usize),
    /// Its caption begins.
    Caption,
    /// Its credit begins.
    Credit,
    /// It ends.
    Close,
}

/// How a line of a caption begins that is the credit.
const CREDIT: &[&str] = &[
    "credit:",
    "crédit:",
    "crédit :",
    "crédit\u{a0}:",
    "crédit\u{202f}:",
    "credits:",
    "bildnachweis:",
    "source:",
    "source :",
    "source\u{a0}:",
    "source\u{202f}:",
    "sources:",
    "sources :",
    "quelle:",
    "quellen:",
];

/// The length of the word that makes a line the credit.
fn credit(line: &str) -> Option<usize> {
    CREDIT.iter().find_map(|word| {
        let head = line.get(..word.len())?;
        (head.to_lowercase() == **word).then(|| line.len() - line[word.len()..].trim_start().len())
    })
}

fn is_break(token: &Token<'_>) -> bool {
    matches!(token, Token::Markdown(Event::SoftBreak | Event::HardBreak))
}

fn is_start(token: &Token<'_>) -> bool {
    matches!(token, Token::Markdown(Event::Start(Tag::Paragraph)))
}

fn is_end(token: &Token<'_>) -> bool {
    matches!(token, Token::Markdown(Event::End(TagEnd::Paragraph)))
}

/// Past the image that begins here.
fn past_image(tokens: &[Placed<'_>], at: usize) -> Option<usize> {
    matches!(tokens.get(at)?.0, Token::Markdown(Event::Start(Tag::Image { .. }))).then_some(())?;
    let mut depth = 0usize;
    tokens[at..].iter().enumerate().find_map(|(i, (token, _))| {
        match token {
            Token::Markdown(Event::Start(Tag::Image { .. })) => depth += 1,
            Token::Markdown(Event::End(TagEnd::Image)) => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at + i + 1)
    })
}

/// Where the images end that a paragraph begins with, each on a line of its own, and how many they are.
fn images(tokens: &[Placed<'_>], start: usize) -> Option<(usize, usize)> {
    let (mut at, mut count) = (start + 1, 0);
    while let Some(past) = past_image(tokens, at) {
        let next = &tokens.get(past)?.0;
        if is_end(next) {
            return Some((past, count + 1));
        }
        if !is_break(next) {
            return None;
        }
        count += 1;
        at = past + 1;
    }
    (count > 0).then_some((at, count))
}

/// Finds figures.
pub(super) fn figures<'t>(text: &str, tokens: Vec<Placed<'t>>) -> Vec<Placed<'t>> {
    let has_image = |(token, _): &Placed<'t>| matches!(token, Token::Markdown(Event::Start(Tag::Image { .. })));
    if !tokens.iter().any(|one| has_image(one) || data_kind(one).is_some()) {
        return tokens;
    }
    let mut out = Vec::with_capacity(tokens.len() + 8);
    let mut i = 0;
    while i < tokens.len() {
        if let Some(kind) = data_kind(&tokens[i]) {
            i = block(text, kind, &tokens, i, &mut out);
            continue;
        }
        let figure = if is_start(&tokens[i].0) { images(&tokens, i) } else { None };
        let Some((past, count)) = figure else {
            out.push(tokens[i].clone());
            i += 1;
            continue;
        };
        let whole = tokens[i].1.clone();
        out.push((Token::Figure(Part::Open(count)), whole.clone()));
        out.extend(tokens[i + 1..past].iter().filter(|(token, _)| !is_break(token)).cloned());
        i = caption(&tokens, past, &whole, &mut out);
    }
    out
}

/// The kind of a fenced block that is no code.
fn data_kind((token, _): &Placed<'_>) -> Option<BlockKind> {
    let Token::Markdown(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))) = token else { return None };
    BlockKind::of(info)
}

/// A block that is made of data, with the paragraph that follows its fence; past both.
fn block<'t>(text: &str, kind: BlockKind, tokens: &[Placed<'t>], start: usize, out: &mut Vec<Placed<'t>>) -> usize {
    let whole = tokens[start].1.clone();
    let mut lines = String::new();
    let mut range: Option<Range<usize>> = None;
    let mut i = start + 1;
    while let Some((Token::Markdown(Event::Text(line)), at)) = tokens.get(i) {
        lines.push_str(line);
        range = Some(range.map_or(at.start, |range| range.start)..at.end);
        i += 1;
    }
    let range = range.unwrap_or(whole.end..whole.end);
    let past = i + 1;
    let follows = tokens.get(past).is_some_and(|(token, at)| {
        let between = text.get(whole.end..at.start).unwrap_or("\n\n");
        is_start(token) && between.trim().is_empty() && between.matches('\n').count() < 2
    });
    let sourced = follows && is_sourced(&tokens[past + 1..]);
    let data = Fenced { lines: lines.into(), range };
    out.push((Token::Block(Box::new(Block { kind, data, sourced })), whole.clone()));
    if follows {
        return caption(tokens, past + 1, &tokens[past].1.clone(), out);
    }
    out.push((Token::Figure(Part::Close), whole));
    past
}

/// Whether a caption that begins here cites something, or names a source.
fn is_sourced(tokens: &[Placed<'_>]) -> bool {
    let mut begins = true;
    for (token, _) in tokens.iter().take_while(|(token, _)| !is_end(token)) {
        match token {
            Token::Citation(_) => return true,
            Token::Markdown(Event::Text(text)) if begins && credit(text).is_some() => return true,
            _ => begins = is_break(token),
        }
    }
    false
}

/// The lines after the images, to past the end of the paragraph.
fn caption<'t>(tokens: &[Placed<'t>], from: usize, whole: &Range<usize>, out: &mut Vec<Placed<'t>>) -> usize {
    let mut i = from;
    let mut begins = true;
    let mut credited = false;
    let part = |part| (Token::Figure(part), whole.clone());
    if !is_end(&tokens[i].0) {
        out.push(part(Part::Caption));
    }
    while !is_end(&tokens[i].0) {
        let (token, range) = &tokens[i];
        match token {
            Token::Markdown(Event::Text(text)) if begins && !credited && credit(text).is_some() => {
                let cut = credit(text).unwrap_or(0);
                if out.last().is_some_and(|(token, _)| is_break(token)) {
                    out.pop();
                }
                out.push(part(Part::Credit));
                credited = true;
                if cut < text.len() {
                    let at = (range.start + cut).min(range.end)..range.end;
                    out.push((Token::Markdown(Event::Text(text[cut..].to_owned().into())), at));
                }
            }
            _ => out.push(tokens[i].clone()),
        }
        begins = is_break(token);
        i += 1;
    }
    out.push(part(Part::Close));
    i + 1
}

/// Finds pull quotes.
pub(super) fn pull_quotes(tokens: &mut Vec<Placed<'_>>) {
    let mut dropped = Vec::new();
    for i in 0..tokens.len().saturating_sub(4) {
        let begins = matches!(tokens[i].0, Token::Markdown(Event::Start(Tag::BlockQuote(None))))
            && is_start(&tokens[i + 1].0)
            && matches!(&tokens[i + 2].0, Token::Markdown(Event::Text(text)) if text.trim().eq_ignore_ascii_case("[!quote]"))
            && is_break(&tokens[i + 3].0);
        let Some(end) = begins.then(|| quotation_end(tokens, i)).flatten() else { continue };
        tokens[i].0 = Token::Pull(true);
        tokens[end].0 = Token::Pull(false);
        dropped.extend([i + 2, i + 3]);
    }
    let mut dropped = dropped.into_iter().peekable();
    let mut index = 0;
    tokens.retain(|_| {
        let drop = dropped.next_if_eq(&index).is_some();
        index += 1;
        !drop
    });
}

fn quotation_end(tokens: &[Placed<'_>], start: usize) -> Option<usize> {
    let mut depth = 0usize;
    (start..tokens.len()).find(|i| {
        match &tokens[*i].0 {
            Token::Markdown(Event::Start(Tag::BlockQuote(_))) | Token::Pull(true) => depth += 1,
            Token::Markdown(Event::End(TagEnd::BlockQuote(_))) | Token::Pull(false) => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// Finds what stands higher or lower: `10^3^`, `H~2~O`, without a space in it. pulldown-cmark knows neither after a letter or digit.
pub(super) fn raised<'t>(text: &'t str, tokens: Vec<Placed<'t>>) -> Vec<Placed<'t>> {
    let is_text = |range: &Range<usize>, words: &str| text.get(range.clone()) == Some(words);
    let has = |(token, range): &Placed<'t>| matches!(token, Token::Markdown(Event::Text(words)) if words.contains(['^', '~']) && is_text(range, words));
    if !tokens.iter().any(has) {
        return tokens;
    }
    let mut out = Vec::with_capacity(tokens.len() + 8);
    let mut in_code = false;
    for placed in tokens {
        match &placed.0 {
            Token::Markdown(Event::Start(Tag::CodeBlock(_))) => in_code = true,
            Token::Markdown(Event::End(TagEnd::CodeBlock)) => in_code = false,
            _ => {}
        }
        if in_code || !has(&placed) {
            out.push(placed);
            continue;
        }
        let (mut from, end) = (placed.1.start, placed.1.end);
        let words = |at: Range<usize>| (Token::Markdown(Event::Text(text[at.clone()].into())), at);
        while let Some((open, close)) = next_raised(text, from..end) {
            out.extend((from < open).then(|| words(from..open)));
            let (start, stop) = match &text[open..=open] {
                "^" => (Tag::Superscript, TagEnd::Superscript),
                _ => (Tag::Subscript, TagEnd::Subscript),
            };
            out.push((Token::Markdown(Event::Start(start)), open..close + 1));
            out.push(words(open + 1..close));
            out.push((Token::Markdown(Event::End(stop)), open..close + 1));
            from = close + 1;
        }
        out.extend((from < end).then(|| words(from..end)));
    }
    out
}

/// What is longer is no exponent.
const LONGEST_RAISED: usize = 24;

/// The signs around the next that is raised or lowered.
fn next_raised(text: &str, within: Range<usize>) -> Option<(usize, usize)> {
    let mut signs = text[within.clone()].match_indices(['^', '~']).map(|(i, sign)| (within.start + i, sign));
    signs.find_map(|(open, sign)| {
        let before = text[..open].chars().next_back();
        let opens = before.is_some_and(char::is_alphanumeric) || (sign == "^" && before == Some(')'));
        let rest = &text[open + 1..within.end];
        let inner = rest.find(sign).map(|i| &rest[..i]).filter(|_| opens)?;
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '−' | '(' | ')' | ',' | '.' | '/');
        let sound = !inner.is_empty() && inner.len() <= LONGEST_RAISED && inner.chars().all(plain);
        sound.then_some((open, open + 1 + inner.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let (tokens, faults) = tokens(text);
        assert_eq!(faults, []);
        let word = |(token, _): &Placed<'_>| match token {
            Token::Figure(Part::Open(n)) => format!("figure {n}"),
            Token::Block(block) => format!("block {}", block.kind.as_str()),
            Token::Figure(part) => format!("{part:?}").to_lowercase(),
            Token::Pull(true) => "pull".into(),
            Token::Pull(false) => "/pull".into(),
            Token::Citation(citation) => format!("@{}", &*citation.items[0].id.value),
            Token::Markdown(Event::Start(tag)) => {
                format!("{tag:?}").split(['(', ' ']).next().unwrap_or_default().into()
            }
            Token::Markdown(Event::End(_)) => "/".into(),
            Token::Markdown(Event::Text(text)) => format!("“{text}”"),
            Token::Markdown(Event::SoftBreak) => "|".into(),
            other => format!("{other:?}"),
        };
        assert_eq!(tokens.iter().map(word).collect::<Vec<_>>().join(" "), expect);
    }

    #[test]
    fn images_on_their_own_lines_are_figures() {
        check("![a](b.png)", "figure 1 Image “a” / close");
        check("![a](b.png)\nWhat [@c].\nCredit: Ann", "figure 1 Image “a” / caption “What ” @c “.” credit “Ann” close");
        check("![a](b.png)\n![c](d.png)\nTwo\nlines", "figure 2 Image “a” / Image “c” / caption “Two” | “lines” close");
        check("![a](b.png) and words", "Paragraph Image “a” / “ and words” /");
        check("Words\n![a](b.png)", "Paragraph “Words” | Image “a” / /");
        check("![a](b.png)\nCrédit : *Ann*", "figure 1 Image “a” / caption credit Emphasis “Ann” / close");
    }

    #[test]
    fn data_is_set_into_the_text() {
        check(
            "```table\nfile: a.csv\n```\nWhat [@c].\nSource: Ann",
            "block table caption “What ” @c “.” credit “Ann” close",
        );
        check("```table\n```\n\nWords", "block table close Paragraph “Words” /");
        check("```table x\na\n```\nWords", "CodeBlock “a\n” / Paragraph “Words” /");
        check("> ```video\n> file: a\n> ```", "BlockQuote block video close /");
    }

    #[test]
    fn block_quotations_may_be_pull_quotes() {
        check("> [!QUOTE]\n> Words [@c].", "pull Paragraph “Words ” @c “.” / /pull");
        check("> Words.", "BlockQuote Paragraph “Words.” / /");
    }

    #[test]
    fn what_is_raised_holds_no_space() {
        check("10^3^", "Paragraph “10” Superscript “3” / /");
        check("H~2~O", "Paragraph “H” Subscript “2” / “O” /");
        check("10^3 or 10^4", "Paragraph “10^3 or 10^4” /");
        check("about ~11 and ~12", "Paragraph “about ~11 and ~12” /");
        check("m^2^, [@c]", "Paragraph “m” Superscript “2” / “, ” @c /");
    }
}
