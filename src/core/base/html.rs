//! Text for HTML: escaped for where it stands.

use std::borrow::Cow;

/// Escapes text for an element's content or a quoted attribute.
pub fn escape(text: &str) -> Cow<'_, str> {
    let needs = |b: u8| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'');
    if !text.bytes().any(needs) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    push(&mut out, text);
    Cow::Owned(out)
}

/// Appends escaped text.
pub fn push(out: &mut String, text: &str) {
    replace(out, text, |byte| match byte {
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => in_content(byte),
    });
}

/// Appends text for an element's content alone, where quotation marks end nothing.
pub fn push_content(out: &mut String, text: &str) {
    replace(out, text, in_content);
}

fn in_content(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    }
}

#[inline]
fn replace(out: &mut String, text: &str, entity: impl Fn(u8) -> Option<&'static str>) {
    let mut from = 0;
    for (i, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            out.push_str(&text[from..i]);
            out.push_str(entity);
            from = i + 1;
        }
    }
    out.push_str(&text[from..]);
}

/// A longer compound breaks where it may.
const LONGEST: usize = 24;

/// A heading's words: a compound such as « nord-coréen » is taken whole to the next line, and « à » goes with its noun.
/// The box still breaks where it is wider than the page.
pub fn heading(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 48);
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let compound = word.trim_matches(|c: char| !c.is_alphanumeric()).contains(['-', '\u{2011}']);
        let solid = compound && word.chars().count() <= LONGEST;
        out.push_str(if solid { "<span class=\"solid\">" } else { "" });
        push(&mut out, word);
        out.push_str(if solid { "</span>" } else { "" });
        if words.peek().is_some() {
            out.push(if matches!(word, "à" | "À" | "a" | "y" | "ô" | "Ô") { '\u{a0}' } else { ' ' });
        }
    }
    out
}

/// The words of an HTML fragment: tags dropped, entities of [`escape`] read.
pub fn words(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if !in_tag => out.push(c),
            _ => {}
        }
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")]
        .iter()
        .fold(out, |text, (entity, c)| text.replace(entity, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_keep_compounds_whole() {
        let solid = |word: &str| format!("<span class=\"solid\">{word}</span>");
        assert_eq!(heading("De Koursk à la reconnaissance"), "De Koursk à\u{a0}la reconnaissance");
        assert_eq!(heading("Soldats nord-coréens\u{202f}?"), format!("Soldats {}", solid("nord-coréens\u{202f}?")));
        assert_eq!(heading("2023 - 2024 <b>"), "2023 - 2024 &lt;b&gt;");
    }

    #[test]
    fn escaping_there_and_back() {
        let nasty = "<script>\"a\" & 'b'</script>";
        assert_eq!(escape(nasty), "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;");
        assert_eq!(words(&escape(nasty)), nasty);
        assert!(matches!(escape("é"), Cow::Borrowed(_)));
    }
}
