//! Addresses: which may be linked to, and how a path is written in one.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but what a path may hold as it is: the unreserved characters of RFC 3986, and `/`.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A path as a URL has it.
pub fn percent(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
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
    use super::{is_safe_url, percent, unpercent};

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
        assert_eq!(unpercent("a%20b%C3%A9%zz%23"), "a bé%zz#");
    }
}
