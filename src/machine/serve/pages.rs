//! The answer to a request for a page or file: the bytes that a build would write, and in a page one script more.
//!
//! 1. The path is decoded once and looked up among the routes: what is no route is not there, whatever lies on the disk.
//! 2. The route is rendered; a page gets the preview's script before its end, with what it needs to know of itself.
//! 3. A request that has the same already gets no body.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use super::OWN;
use super::preview::{Current, Site, short};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::media::media_type;
use sourcebook_core::base::url::{percent, unpercent_whole};
use sourcebook_core::dossier::address::page_file;
use sourcebook_site::plan::Route;

/// What stands at a path of the server.
pub enum Found<'a> {
    /// A file of the output.
    Route(&'a Route),
    /// A folder, written without the slash at its end.
    Folder(String),
    /// Nothing: the page for that, if there is one.
    Nothing(Option<&'a Route>),
}

/// A page and what its script says of it.
pub struct Page {
    /// The bytes as a build would write them.
    pub bytes: Vec<u8>,
    /// Changes with all but the stylesheet's name.
    pub hash: String,
}

/// What stands at a path of the server, percent-encoded as in the request.
pub fn find<'a>(site: &'a Site, path: &str) -> Found<'a> {
    let routes = &site.prepared.routes;
    let nothing = || Found::Nothing(routes.find("404.html"));
    let Some(decoded) = decode(path) else { return nothing() };
    let base = site.base();
    let Some(file) = decoded.strip_prefix(&*base) else {
        let is_root = decoded == "/" || format!("{decoded}/") == *base;
        return if is_root { Found::Folder(percent(&base)) } else { nothing() };
    };
    if file.is_empty() || file.ends_with('/') {
        let folder = file.strip_suffix('/').unwrap_or(file);
        return routes.find(&page_file(folder)).map_or_else(nothing, Found::Route);
    }
    match routes.find(file) {
        Some(route) => Found::Route(route),
        None if routes.find(&page_file(file)).is_some() => Found::Folder(percent(&format!("{decoded}/"))),
        None => nothing(),
    }
}

/// Answers a request for a path.
pub fn answer(current: &Current, path: &str, query: Option<&str>, headers: &HeaderMap) -> Response<Body> {
    let Some(site) = &current.site else { return shell(StatusCode::SERVICE_UNAVAILABLE) };
    match find(site, path) {
        Found::Route(route) => file(site, route, StatusCode::OK, headers),
        Found::Nothing(Some(route)) => file(site, route, StatusCode::NOT_FOUND, headers),
        Found::Nothing(None) => plain(StatusCode::NOT_FOUND, "not found"),
        Found::Folder(to) => {
            let to = query.map_or(to.clone(), |query| format!("{to}?{query}"));
            let mut response = plain(StatusCode::TEMPORARY_REDIRECT, "");
            if let Ok(to) = HeaderValue::try_from(to) {
                response.headers_mut().insert(header::LOCATION, to);
            }
            response
        }
    }
}

/// Renders a route.
pub fn page(site: &Site, route: &Route) -> Result<Page, Diagnostic> {
    let bytes = site.render(route)?;
    let mut hash = blake3::Hasher::new();
    let css = site.css();
    let mut rest = &bytes[..];
    // Stylesheets are swapped in place: their name is left out of what makes a page another.
    while let Some(at) = (!css.is_empty()).then(|| memchr::memmem::find(rest, css.as_bytes())).flatten() {
        hash.update(&rest[..at]);
        rest = &rest[at + css.len()..];
    }
    hash.update(rest);
    Ok(Page { hash: short(&hash.finalize()), bytes })
}

fn file(site: &Site, route: &Route, status: StatusCode, headers: &HeaderMap) -> Response<Body> {
    let kind = media_type(&route.path);
    let Ok(Page { mut bytes, hash }) = page(site, route) else {
        // A page has a template at fault, which its script will tell; anything else was taken away since.
        let is_page = kind.starts_with("text/html");
        return if is_page {
            shell(StatusCode::INTERNAL_SERVER_ERROR)
        } else {
            plain(StatusCode::NOT_FOUND, "not found")
        };
    };
    if kind.starts_with("text/html") {
        add_script(&mut bytes, site, &hash);
    }
    let tag = format!("\"{}\"", short(&blake3::hash(&bytes)));
    let same = status == StatusCode::OK && headers.get(header::IF_NONE_MATCH).is_some_and(|have| matches(have, &tag));
    let (status, body) = if same { (StatusCode::NOT_MODIFIED, Body::empty()) } else { (status, Body::from(bytes)) };
    let mut response = with_type(status, kind, body);
    if let Ok(tag) = HeaderValue::try_from(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// Whether one of the tags is ours (RFC 9110, weak comparison).
fn matches(have: &HeaderValue, tag: &str) -> bool {
    let have = have.to_str().unwrap_or_default();
    have.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*")
}

/// What is added to a page: before its end, so that everything it looks at is there.
fn add_script(bytes: &mut Vec<u8>, site: &Site, hash: &str) {
    let (css, assets) = (site.css(), &site.assets);
    let script = format!(
        "<script src=\"{OWN}live.js\" data-page=\"{hash}\" data-css=\"{css}\" data-assets=\"{assets}\"></script>"
    );
    let at = memchr::memmem::rfind(bytes, b"</body>").unwrap_or(bytes.len());
    bytes.splice(at..at, script.into_bytes());
}

/// A page without anything but the preview's script, which shows what is wrong: there is nothing good to show yet.
fn shell(status: StatusCode) -> Response<Body> {
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>sourcebook</title><body>\
         <script src=\"{OWN}live.js\" data-page=\"\" data-css=\"\" data-assets=\"\"></script></body></html>"
    );
    with_type(status, "text/html; charset=utf-8", Body::from(html))
}

/// A word instead of a page.
pub fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    with_type(status, "text/plain; charset=utf-8", Body::from(text))
}

/// A body of a type.
pub fn with_type(status: StatusCode, kind: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A path decoded, once; `None` for what no path of the output can be.
fn decode(path: &str) -> Option<String> {
    let text = unpercent_whole(path)?;
    let is_name = |part: &str| part != "." && part != ".." && !part.contains(['\\', '\0']);
    (text.starts_with('/') && text.split('/').all(is_name)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once() {
        let check = |path: &str, expect: Option<&str>| assert_eq!(decode(path).as_deref(), expect, "{path}");
        check("/a/b/", Some("/a/b/"));
        check("/caf%C3%A9%20noir", Some("/café noir"));
        check("/%252e%252e/x", Some("/%2e%2e/x"));
        for bad in ["/../a", "/a/%2e%2e/b", "/%2E./a", "/a\\b", "/a%5c..", "/a%00", "/%ff", "/%4", "/%zz", "a", ""] {
            check(bad, None);
        }
    }

    #[test]
    fn tags() {
        let check = |have: &'static str, expect| assert_eq!(matches(&HeaderValue::from_static(have), "\"a\""), expect);
        check("\"a\"", true);
        check("\"b\", W/\"a\"", true);
        check("*", true);
        check("\"ab\"", false);
        check("", false);
    }
}
