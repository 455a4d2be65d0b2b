//! Requests that are not meant for us are refused before anything else is looked at.
//!
//! 1. The `Host` must be ours: a page of somebody else's whose name was made to lead here (DNS rebinding) names another.
//! 2. So must the origin of what a script asks for: other sites may link to the preview, not read or embed it.
//! 3. Only GET and HEAD.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, Method, Request, StatusCode, header};

/// Whom we answer, and by which names.
#[derive(Clone, Debug)]
pub struct Guard {
    address: SocketAddr,
    names: Vec<String>,
}

/// Why a request is refused.
pub type Refusal = (StatusCode, &'static str);

impl Guard {
    /// A guard of a server that listens at `address` and goes by `names` too.
    pub fn new(address: SocketAddr, names: &[String]) -> Self {
        let names = names.iter().map(|name| name.to_ascii_lowercase()).chain(["localhost".into()]).collect();
        Self { address, names }
    }

    /// Whether a request is meant for us.
    pub fn check<B>(&self, request: &Request<B>) -> Result<(), Refusal> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err((StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD"));
        }
        self.is_meant(request)
    }

    /// As [`Guard::check`], whatever the method.
    pub fn is_meant<B>(&self, request: &Request<B>) -> Result<(), Refusal> {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let (host, second) = (hosts.next().and_then(|host| host.to_str().ok()), hosts.next());
        let ours = host.is_some_and(|host| self.is_ours(host)) && second.is_none();
        let uri = request.uri().authority().is_none_or(|authority| self.is_ours(authority.as_str()));
        if !ours || !uri {
            return Err((StatusCode::MISDIRECTED_REQUEST, "this host name is not ours"));
        }
        if is_foreign(request.headers()) {
            return Err((StatusCode::FORBIDDEN, "asked for by another site"));
        }
        Ok(())
    }

    /// Names with our port. A literal address cannot be made to lead elsewhere, so any is ours where we listen on all.
    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = split(host);
        if port != Some(self.address.port()) {
            return false;
        }
        let name = name.to_ascii_lowercase();
        let literal = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match literal {
            Ok(ip) => ip == self.address.ip() || ip.is_loopback() || self.address.ip().is_unspecified(),
            Err(_) => self.names.contains(&name),
        }
    }
}

/// What a browser says of who asks (Fetch Metadata); a link followed from another site is no danger.
fn is_foreign(headers: &HeaderMap) -> bool {
    let get = |name: &str| headers.get(name).map(|value| value.as_bytes());
    let elsewhere = matches!(get("sec-fetch-site"), Some(b"cross-site" | b"same-site"));
    elsewhere && (get("sec-fetch-mode") != Some(b"navigate") || get("sec-fetch-dest") != Some(b"document"))
}

/// A name and a port; without one, that of HTTP.
fn split(host: &str) -> (&str, Option<u16>) {
    let bracket = host.rfind(']').map_or(0, |i| i + 1);
    match host[bracket..].split_once(':') {
        Some((name, port)) => (&host[..bracket + name.len()], port.parse().ok()),
        None => (host, Some(80)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(guard: &Guard, headers: &[(&str, &str)], method: &str, uri: &str) -> u16 {
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        guard.check(&request.body(()).unwrap()).map_or_else(|(status, _)| status.as_u16(), |()| 200)
    }

    #[test]
    fn hosts() {
        let here = Guard::new("127.0.0.1:1117".parse().unwrap(), &[]);
        let all = Guard::new("0.0.0.0:1117".parse().unwrap(), &["Desk.local".into()]);
        let check = |guard: &Guard, host: &str, expect: u16| {
            assert_eq!(status(guard, &[("host", host)], "GET", "/"), expect, "{host}");
        };
        for good in ["127.0.0.1:1117", "localhost:1117", "LOCALHOST:1117", "[::1]:1117"] {
            check(&here, good, 200);
        }
        for bad in [
            "evil.example:1117",
            "localhost",
            "localhost:80",
            "127.0.0.1",
            "192.168.1.2:1117",
            "localhost.evil.example:1117",
            "127.0.0.1.evil.example:1117",
            "localhost:1117@evil.example",
            "",
            ":1117",
            "desk.local:1117",
        ] {
            check(&here, bad, 421);
        }
        check(&all, "192.168.1.2:1117", 200);
        check(&all, "desk.local:1117", 200);
        check(&all, "evil.example:1117", 421);
    }

    #[test]
    fn one_host_and_the_same_in_the_address() {
        let guard = Guard::new("127.0.0.1:1117".parse().unwrap(), &[]);
        let ours = ("host", "localhost:1117");
        assert_eq!(status(&guard, &[], "GET", "/"), 421);
        assert_eq!(status(&guard, &[ours, ours], "GET", "/"), 421);
        assert_eq!(status(&guard, &[ours], "GET", "http://evil.example/"), 421);
        assert_eq!(status(&guard, &[ours], "POST", "/"), 405);
        assert_eq!(status(&guard, &[ours], "HEAD", "/"), 200);
    }

    #[test]
    fn other_sites_may_link_but_not_read() {
        let guard = Guard::new("127.0.0.1:1117".parse().unwrap(), &[]);
        let check = |site, mode, dest, expect| {
            let headers = [
                ("host", "localhost:1117"),
                ("sec-fetch-site", site),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
            ];
            assert_eq!(status(&guard, &headers, "GET", "/"), expect, "{site} {mode} {dest}");
        };
        check("same-origin", "cors", "empty", 200);
        check("none", "navigate", "document", 200);
        check("cross-site", "navigate", "document", 200);
        check("cross-site", "navigate", "iframe", 403);
        check("cross-site", "no-cors", "script", 403);
        check("same-site", "cors", "empty", 403);
    }
}
