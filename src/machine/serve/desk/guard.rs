//! Who may ask the desk for anything, and who may have it write.
//!
//! Beyond what the preview's guard asks for (our own `Host`, no request of another site):
//!
//! 1. Data is given to whoever knows the secret of the run.
//! 2. A request that may write is a POST of our own page: its `Origin` is ours, `Sec-Fetch-Site` says so where a browser sends
//!    it, and its body is of a type that no form can send.

use axum::http::{HeaderMap, Method, Request, StatusCode, header};

/// The header that carries the secret.
pub(super) const SECRET: &str = "x-sourcebook-secret";

/// Why a request is refused.
pub(super) type Refusal = (StatusCode, &'static str);

/// Whether a request for data may be answered.
pub(super) fn check<B>(request: &Request<B>, secret: &str, is_file: bool) -> Result<(), Refusal> {
    let headers = request.headers();
    if !one(headers, SECRET).is_some_and(|given| is_same(given, secret.as_bytes())) {
        return Err((
            StatusCode::FORBIDDEN,
            "without the secret of this run: open the address that the terminal shows",
        ));
    }
    if one(headers, "sec-fetch-site").is_some_and(|site| site != b"same-origin")
        || headers.get_all("sec-fetch-site").iter().count() > 1
    {
        return Err((StatusCode::FORBIDDEN, "asked for by another page"));
    }
    match *request.method() {
        Method::GET => Ok(()),
        Method::POST => is_ours(headers, is_file),
        _ => Err((StatusCode::METHOD_NOT_ALLOWED, "only GET and POST")),
    }
}

fn is_ours(headers: &HeaderMap, is_file: bool) -> Result<(), Refusal> {
    let host = one(headers, "host").unwrap_or_default();
    let origin = one(headers, "origin").unwrap_or_default();
    if origin.strip_prefix(b"http://") != Some(host) {
        return Err((StatusCode::FORBIDDEN, "asked for by another origin"));
    }
    let wanted = if is_file { "application/octet-stream" } else { "application/json" };
    match one(headers, header::CONTENT_TYPE.as_str()) == Some(wanted.as_bytes()) {
        true => Ok(()),
        false => Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "a body of another type")),
    }
}

/// The value of a header that stands there once.
fn one<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h [u8]> {
    let mut all = headers.get_all(name).iter();
    all.next().filter(|_| all.next().is_none()).map(|value| value.as_bytes())
}

/// Whether two texts are the same, in a time that tells nothing of where they differ.
fn is_same(given: &[u8], secret: &[u8]) -> bool {
    blake3::hash(given) == blake3::hash(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &[(&str, &str)] = &[
        ("host", "127.0.0.1:1118"),
        ("origin", "http://127.0.0.1:1118"),
        ("sec-fetch-site", "same-origin"),
        (SECRET, "0123"),
        ("content-type", "application/json"),
    ];

    /// A good request, with one header another, twice, or gone.
    fn status(method: &str, name: &str, values: &[&str]) -> u16 {
        let mut request = Request::builder().method(method);
        for (header, value) in GOOD.iter().filter(|(header, _)| *header != name) {
            request = request.header(*header, *value);
        }
        for value in values {
            request = request.header(name, *value);
        }
        check(&request.body(()).unwrap(), "0123", false).map_or_else(|(status, _)| status.as_u16(), |()| 200)
    }

    #[test]
    fn who_may_have_it_write() {
        assert_eq!(status("POST", "x", &[]), 200);
        for (name, values, expect) in [
            (SECRET, &[][..], 403),
            (SECRET, &["0124"], 403),
            (SECRET, &["0123", "0123"], 403),
            ("origin", &[], 403),
            ("origin", &["null"], 403),
            ("origin", &["http://127.0.0.1:1117"], 403),
            ("origin", &["https://127.0.0.1:1118"], 403),
            ("origin", &["http://evil.example"], 403),
            ("origin", &["http://127.0.0.1:1118", "http://evil.example"], 403),
            ("sec-fetch-site", &["cross-site"], 403),
            ("sec-fetch-site", &["same-site"], 403),
            ("sec-fetch-site", &["none"], 403),
            ("sec-fetch-site", &["same-origin", "cross-site"], 403),
            // Not every client is a browser that says so: the secret and the origin remain.
            ("sec-fetch-site", &[], 200),
            ("content-type", &["text/plain"], 415),
            ("content-type", &["application/x-www-form-urlencoded"], 415),
            ("content-type", &[], 415),
        ] {
            assert_eq!(status("POST", name, values), expect, "{name}: {values:?}");
        }
        assert_eq!(status("PUT", "x", &[]), 405);
        assert_eq!(status("DELETE", "x", &[]), 405);
    }

    #[test]
    fn who_may_read() {
        assert_eq!(status("GET", "origin", &[]), 200);
        assert_eq!(status("GET", SECRET, &[]), 403);
        assert_eq!(status("GET", "sec-fetch-site", &["cross-site"]), 403);
    }
}
