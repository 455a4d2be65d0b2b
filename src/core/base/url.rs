//! Addresses: which may be linked to, and how a path is written in one.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All but what a path may hold as it is, here.
const PATH: &AsciiSet = &VALUE.remove(b'/');

/// All but what RFC 3986 lets a path hold as it is, without `:` and `&`, at which programs cut.
const FILE: &AsciiSet = &PATH
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// What no address may hold as it is.
const ADDRESS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// A path as a URL has it.
pub fn percent(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// The value of a query as a URL has it.
pub fn percent_value(value: &str) -> String {
    utf8_percent_encode(value, VALUE).to_string()
}

/// The path of a file as the URL of a program has it.
pub fn percent_file(path: &str) -> String {
    utf8_percent_encode(path, FILE).to_string()
}

/// An address that a person wrote, with spaces and letters beyond ASCII as a URL has them.
pub fn percent_address(address: &str) -> String {
    utf8_percent_encode(address, ADDRESS).to_string()
}

/// As [`unpercent`]; `None` where a `%` stands before what is no byte, or what comes of it is no text.
pub fn unpercent_whole(path: &str) -> Option<String> {
    let is_byte = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|b| b.is_ascii_hexdigit());
    let whole = path.split('%').skip(1).all(is_byte);
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    whole.then(|| decoded.into_owned())
}

/// A path of a URL as files have it.
pub fn unpercent(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// Whether a URL is http, https or mailto, and cannot break out of where it is written.
pub fn is_safe_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let sound =
        !rest.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '`'));
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" => {
            let host = rest.strip_prefix("//").and_then(|r| r.split(['/', '?', '#']).next());
            sound && host.is_some_and(|h| !h.is_empty())
        }
        "mailto" => sound && rest.contains('@'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        for good in ["https://example.org/a?b=c#d", "http://é.fr/", "mailto:a@b.org", "HTTPS://EXAMPLE.ORG"] {
            assert!(is_safe_url(good), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "javascript:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "https://",
            "https:///a",
            "https://a b",
            "https://a\"onclick=",
            "//example.org",
            "mailto:nobody",
            "file:///etc/passwd",
            "https:\\\\a",
        ] {
            assert!(!is_safe_url(bad), "{bad}");
        }
    }

    #[test]
    fn paths_are_urls() {
        assert_eq!(percent("é a/b-c_d.html"), "%C3%A9%20a/b-c_d.html");
        assert_eq!(percent("a#b%c?d.png"), "a%23b%25c%3Fd.png");
        assert_eq!(percent_value("a/b=ö~"), "a%2Fb%3D%C3%B6~");
        assert_eq!(percent_file("/é dir/a(1),b@c:d&e.md"), "/%C3%A9%20dir/a(1),b@c%3Ad%26e.md");
        assert_eq!(percent_address("https://é.fr/a b?c=%20|d#e"), "https://%C3%A9.fr/a%20b?c=%20%7Cd#e");
        assert_eq!(unpercent("a%20b%C3%A9%zz%23"), "a bé%zz#");
        assert_eq!(unpercent_whole("/a%20b%C3%A9"), Some("/a bé".to_owned()));
        for bad in ["%", "%4", "%zz", "a%C3", "%é0"] {
            assert_eq!(unpercent_whole(bad), None, "{bad}");
        }
    }
}
