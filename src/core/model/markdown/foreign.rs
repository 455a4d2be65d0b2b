//! The syntax of other programs, which would be printed as it was typed: shortcodes, containers, attributes.

use std::ops::Range;

use crate::model::foreign::Foreign;

/// What is foreign in a run of words as it is written, with its bytes; `begins` where it is the first of its block.
pub fn find(written: &str, begins: bool) -> Vec<(Range<usize>, Foreign)> {
    let mut found = Vec::new();
    comments(written, &mut found);
    block_name(written, &mut found);
    between(written, "{{", "}}", Foreign::Shortcode, &mut found);
    between(written, "{%", "%}", Foreign::Tag, &mut found);
    math(written, &mut found);
    attributes(written, &mut found);
    for sign in ["==", "++", "||"] {
        marked(written, sign, &mut found);
    }
    between(written, "{++", "++}", Foreign::Marked, &mut found);
    between(written, "{--", "--}", Foreign::Marked, &mut found);
    bracketed(written, &mut found);
    if begins {
        found.extend(first(written));
    }
    // `{{% … %}}` is one thing.
    found.sort_by_key(|(at, _)| (at.start, std::cmp::Reverse(at.end)));
    let mut end = 0;
    found.retain(|(at, _)| {
        let within = at.start < end;
        end = end.max(at.end);
        !within
    });
    found
}

fn is_free(text: &str, at: usize) -> bool {
    !text[..at].ends_with('\\')
}

fn between(text: &str, open: &str, close: &str, what: Foreign, found: &mut Vec<(Range<usize>, Foreign)>) {
    let mut from = 0;
    while let Some(at) = text[from..].find(open).map(|i| from + i) {
        let Some(end) = text[at..].find(close).map(|i| at + i + close.len()) else { return };
        if is_free(text, at) {
            found.push((at..end, what));
        }
        from = end;
    }
}

/// By Pandoc's rule: no space within the signs, no digit after them; and what is between looks like a formula, not like a price.
fn math(text: &str, found: &mut Vec<(Range<usize>, Foreign)>) {
    if text.matches('$').count() < 2 {
        return;
    }
    let signs: Vec<usize> = text.match_indices('$').map(|(i, _)| i).filter(|i| is_free(text, *i)).collect();
    let mut pairs = signs.windows(2);
    while let Some(&[open, close]) = pairs.next() {
        let inner = &text[open + 1..close];
        let is_tight =
            !inner.is_empty() && !inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace);
        let is_letter = inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic);
        let is_formula = is_letter || inner.contains(['\\', '^', '_', '=', '+']);
        let after = text[close + 1..].starts_with(|c: char| c.is_ascii_digit());
        if is_tight && is_formula && !after && inner.len() < 400 {
            found.push((open..close + 1, Foreign::Math));
            pairs.next();
        }
    }
}

fn attributes(text: &str, found: &mut Vec<(Range<usize>, Foreign)>) {
    for (at, _) in text.match_indices('{').filter(|(at, _)| is_free(text, *at)) {
        let Some(end) = text[at..].find('}').map(|i| at + i) else { return };
        let inner = text[at + 1..end].trim_start_matches(':').trim();
        let word = |part: &str| {
            let name = |name: &str| {
                !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
            };
            part.strip_prefix(['.', '#']).is_some_and(name)
                || part.split_once('=').is_some_and(|(key, value)| name(key) && !value.is_empty())
        };
        if !inner.is_empty() && inner.split_whitespace().all(word) {
            found.push((at..end + 1, Foreign::Attributes));
        }
    }
}

fn comments(text: &str, found: &mut Vec<(Range<usize>, Foreign)>) {
    const PAIRS: &[(&str, &str)] = &[
        ("{>>", "<<}"),
        ("{# ", "#}"),
        ("{/*", "*/}"),
        ("{!--", "--}"),
        ("{{!--", "--}}"),
        ("{{/*", "*/}}"),
        ("{{< /*", "*/ >}}"),
    ];
    for (open, close) in PAIRS {
        between(text, open, close, Foreign::Comment, found);
    }
}

/// Obsidian's `%% … %%` in a whole text, of which `signs` are the places of all `%%` among words: from one to the next, or where one
/// begins a line to its end. « 100 %% » is none.
pub fn percents(text: &str, signs: &[usize]) -> Vec<Range<usize>> {
    let line = |at: usize| text[at..].find('\n').map_or(text.len(), |i| at + i);
    let begins =
        |at: usize| text[..at].rsplit('\n').next().is_some_and(|line| line.trim_matches(['>', ' ', '-']).is_empty());
    let pairs = signs.chunks(2).filter_map(|pair| match *pair {
        [open, close] => Some(open..(close + 2).min(line(open))),
        [open] => begins(open).then(|| open..line(open)),
        _ => None,
    });
    pairs.collect()
}

/// Obsidian's ` ^name`, with which other notes link to a block.
fn block_name(text: &str, found: &mut Vec<(Range<usize>, Foreign)>) {
    let Some(at) = text.rfind(" ^").map(|i| i + 1) else { return };
    let name = &text[at + 1..];
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if name.len() > 3 && name.chars().all(is_name) && name.contains(|c: char| c.is_ascii_alphabetic()) {
        found.push((at..text.len(), Foreign::BlockName));
    }
}

fn marked(text: &str, sign: &str, found: &mut Vec<(Range<usize>, Foreign)>) {
    let mut from = 0;
    while let Some(at) = text[from..].find(sign).map(|i| from + i) {
        let inner = &text[at + 2..];
        let end = inner.find(sign).filter(|end| *end > 0 && !inner[..*end].contains('\n'));
        let tight = |end: usize| !inner.starts_with([' ', '=', '+', '|']) && !inner[..end].ends_with(' ');
        match end.filter(|end| tight(*end)) {
            Some(end) => {
                if is_free(text, at) {
                    found.push((at..at + end + 4, Foreign::Marked));
                }
                from = at + end + 4;
            }
            None => from = at + 2,
        }
    }
}

fn bracketed(text: &str, found: &mut Vec<(Range<usize>, Foreign)>) {
    const NAMES: &[&str] = &["gallery", "caption", "embed", "video", "audio", "youtube", "shortcode", "/caption"];
    for (at, _) in text.match_indices('[').filter(|(at, _)| is_free(text, *at)) {
        let Some(end) = text[at..].find(']').map(|i| at + i) else { return };
        let inner = &text[at + 1..end];
        let name = inner.split([' ', ':']).next().unwrap_or_default();
        let has_more = inner.contains(['=', ':']) || inner.starts_with('/');
        if NAMES.contains(&name) && (has_more || text[end..].contains(&format!("[/{name}]"))) {
            found.push((at..end + 1, Foreign::Bracketed));
        }
    }
}

fn first(text: &str) -> Option<(Range<usize>, Foreign)> {
    let line = text.lines().next().unwrap_or_default();
    let word_after = |mark: &str| {
        line.strip_prefix(mark)
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_alphabetic() || c == '{'))
    };
    let callout = line.strip_prefix("[!").and_then(|rest| rest.split_once(']'));
    let is_callout =
        callout.is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-'));
    let what = if word_after(":::") || line == ":::" || word_after("!!! ") {
        Foreign::Container
    } else if is_callout {
        Foreign::Callout
    } else if line.starts_with(": ") || line.starts_with("Table: ") && line.len() > 7 {
        Foreign::Caption
    } else if line.starts_with("*[") && line.contains("]: ") {
        Foreign::Abbreviation
    } else if matches!(&*line.trim().to_ascii_lowercase(), "[toc]" | "[[toc]]" | "[[_toc_]]") {
        Foreign::Contents
    } else {
        return None;
    };
    Some((0..line.len(), what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(&str, Foreign)]) {
        let found: Vec<_> = find(text, true).into_iter().map(|(at, what)| (&text[at], what)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn what_is_foreign() {
        check("a {{< youtube x >}} b", &[("{{< youtube x >}}", Foreign::Shortcode)]);
        check("{{% note %}}", &[("{{% note %}}", Foreign::Shortcode)]);
        check("a {% include x.html %}", &[("{% include x.html %}", Foreign::Tag)]);
        check("::: box", &[("::: box", Foreign::Container)]);
        check("!!! note", &[("!!! note", Foreign::Container)]);
        check("where $a$ and $x^2 = y$ are", &[("$a$", Foreign::Math), ("$x^2 = y$", Foreign::Math)]);
        check("Words {.pull}", &[("{.pull}", Foreign::Attributes)]);
        check("Words {#a .b width=3}", &[("{#a .b width=3}", Foreign::Attributes)]);
        check("{: .lead}", &[("{: .lead}", Foreign::Attributes)]);
        check(": A caption", &[(": A caption", Foreign::Caption)]);
        check("*[NATO]: North", &[("*[NATO]: North", Foreign::Abbreviation)]);
        check("a ==b c== d", &[("==b c==", Foreign::Marked)]);
        check("[gallery ids=\"1,2\"]", &[("[gallery ids=\"1,2\"]", Foreign::Bracketed)]);
        check("[!INFO]", &[("[!INFO]", Foreign::Callout)]);
        check("[!NOTE] Title", &[("[!NOTE] Title", Foreign::Callout)]);
        check("[TOC]", &[("[TOC]", Foreign::Contents)]);
        check("a {>>b<<} {# c #}", &[("{>>b<<}", Foreign::Comment), ("{# c #}", Foreign::Comment)]);
        check("{/* a */} {!-- b --}", &[("{/* a */}", Foreign::Comment), ("{!-- b --}", Foreign::Comment)]);
        check("{{!-- a --}} {{/* b */}}", &[("{{!-- a --}}", Foreign::Comment), ("{{/* b */}}", Foreign::Comment)]);
        check("{++a b++} {--c--}", &[("{++a b++}", Foreign::Marked), ("{--c--}", Foreign::Marked)]);
        check("||a b|| ++c++", &[("||a b||", Foreign::Marked), ("++c++", Foreign::Marked)]);
        check("A block ^abc12d", &[("^abc12d", Foreign::BlockName)]);
    }

    #[test]
    fn what_is_not() {
        for text in [
            "It cost $5 and then $6, or US$7 = $7.",
            "between 5$ and 6$",
            "a \\{% b %} and \\{.c}",
            "{a, b} of {1, 2}",
            "a == b",
            "C++ and D++",
            "a || b || c",
            "100 %% of it",
            "10 ^2",
            "{#} {>} {/}",
            "[caption] alone",
            "he said: nothing",
            "$",
            "{",
            "[",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn outlines_tell_it() {
        let told = |text: &str| crate::model::markdown::outline(text).faults.len();
        for text in
            ["{{< youtube x >}}", "{% include x %}", "Words\n{.pull}", "::: box", "where $a$ is", "> [!INFO]\n> Words"]
        {
            assert_eq!(told(text), 1, "{text}");
        }
        for text in ["a %%b *c*%% d", "%% over\nlines %%", "> %% open", "%%\n\na\n\n%%", "is it? %% no %%"] {
            assert_eq!(told(text), 1, "{text}");
        }
        for text in ["\\%%a \\%%", "`%%a%%`", "100 %% of it"] {
            assert_eq!(told(text), 0, "{text}");
        }
        for text in ["\\{{< youtube x >}}", "`{% include x %}`", "```\n::: box\n```", "\\$a$"] {
            assert_eq!(told(text), 0, "{text}");
        }
    }
}
