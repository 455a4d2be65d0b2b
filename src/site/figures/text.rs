//! How wide a text is, guessed from above: no font is at hand when a page is built, and a label must never meet another.

/// Width in pixels at a size in pixels, for a wide system sans.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// The text, cut and closed with an ellipsis where it would be wider than `room`.
pub(super) fn shorten(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = em('…') * size;
    for c in text.chars() {
        used += em(c) * size;
        if used > room {
            break;
        }
        out.push(c);
    }
    format!("{}…", out.trim_end())
}

fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' => 0.33,
        '\u{202f}' | '\u{2009}' => 0.28,
        ' ' | '\u{a0}' | 'f' | 'r' | 't' | '-' | '(' | ')' | '·' => 0.42,
        '0'..='9' => 0.6,
        'm' | 'w' | 'M' | 'W' | '%' | '…' | '—' | '@' | '◆' | 'œ' | 'Œ' | 'æ' | 'Æ' => 1.0,
        '\u{300}'..='\u{36f}' => 0.0,
        '\u{1100}'.. => 1.05,
        c if c.is_uppercase() => 0.78,
        _ => 0.61,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_to_its_room() {
        assert_eq!(shorten("Kyiv", 13.0, 60.0), "Kyiv");
        let cut = shorten("Sources américaines anonymes", 13.0, 90.0);
        assert!(cut.ends_with('…') && width(&cut, 13.0) <= 90.0, "{cut}");
        assert_eq!(shorten("abc", 13.0, 0.0), "…");
    }
}
