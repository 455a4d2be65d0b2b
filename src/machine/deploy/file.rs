//! One file of the output: what it holds, what is said of it, and when in a deploy its turn comes.

use std::collections::HashSet;
use std::fmt::Write;

use md5::{Digest, Md5};

use sourcebook_core::base::media::media_type;
use sourcebook_site::theme::ASSETS;

/// What is said of a file that is named by its content.
pub const LONG: &str = "public, max-age=31536000, immutable";
/// What is said of every other: keep it, but ask each time. A page that was kept longer could outlive its parts.
pub const SHORT: &str = "public, max-age=0, must-revalidate";

/// A file to be deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalFile {
    /// From the site's root.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Of the bytes, in hexadecimal: the tag that S3 and Google give to what was sent in one piece (RFC 1321).
    pub md5: String,
    /// BLAKE3 of headers and bytes, in hexadecimal: two files of one hash are served alike.
    pub hash: String,
    /// How it is served, where the target can say so.
    pub headers: Headers,
    /// When its turn comes.
    pub role: Role,
}

/// How a file is served (RFC 9110, RFC 9111).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headers {
    /// `Content-Type`.
    pub media_type: &'static str,
    /// `Cache-Control`.
    pub cache: &'static str,
    /// `Content-Encoding`.
    pub encoding: Option<&'static str>,
}

/// What part a file plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What pages need.
    Part,
    /// What pages need, and what leads to pages: the quick search.
    Index,
    /// A page.
    Page,
    /// What leads to pages: the home page, feeds, the site map, the exports.
    Front,
}

/// What is known of all files when each is looked at.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Every path.
    pub all: HashSet<String>,
    /// Those named by their content.
    pub hashed: HashSet<String>,
}

impl LocalFile {
    /// A file with these bytes.
    pub fn of(path: &str, bytes: &[u8], names: &Names) -> Self {
        let headers = Headers::of(path, names);
        Self {
            path: path.to_owned(),
            size: bytes.len() as u64,
            md5: hex(&Md5::digest(bytes)),
            hash: hash(&headers, bytes),
            headers,
            role: role(plain(path, names).0),
        }
    }
}

impl Headers {
    /// How a path is served.
    pub fn of(path: &str, names: &Names) -> Self {
        let (plain, encoding) = plain(path, names);
        let cache = if names.hashed.contains(plain) { LONG } else { SHORT };
        Self { media_type: media_type(plain), cache, encoding }
    }
}

/// The path of which this is the compressed twin, and how it is compressed; a lone `.gz` is a file to be kept as it is.
fn plain<'a>(path: &'a str, names: &Names) -> (&'a str, Option<&'static str>) {
    let twin = [(".gz", "gzip"), (".br", "br"), (".zst", "zstd")]
        .into_iter()
        .find_map(|(end, encoding)| Some((path.strip_suffix(end)?, encoding)));
    match twin {
        Some((plain, encoding)) if names.all.contains(plain) => (plain, Some(encoding)),
        _ => (path, None),
    }
}

/// The role of a path.
pub fn role(path: &str) -> Role {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let listing = |name: &str| name.ends_with(".xml") || matches!(name, "index.html" | "_redirects" | "robots.txt");
    match () {
        () if folder.is_empty() && listing(name) => Role::Front,
        () if folder == sourcebook_site::export::FOLDER => Role::Front,
        () if path.strip_prefix(ASSETS).is_some_and(|rest| rest.starts_with("/search/")) => Role::Index,
        () if name.ends_with(".html") || name.ends_with(".htm") => Role::Page,
        () => Role::Part,
    }
}

fn hash(headers: &Headers, bytes: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [headers.media_type, headers.cache, headers.encoding.unwrap_or_default()] {
        hasher.update(part.as_bytes()).update(b"\n");
    }
    hasher.update(bytes).finalize().to_hex().to_string()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let all = ["a/index.html", "a/index.html.gz", "assets/style.1.css", "assets/style.1.css.br", "data/old.tar.gz"];
        Names { all: all.map(str::to_owned).into(), hashed: [String::from("assets/style.1.css")].into() }
    }

    #[test]
    fn headers_of_paths() {
        let check = |path: &str, expect: (&str, &str, Option<&str>)| {
            let Headers { media_type, cache, encoding } = Headers::of(path, &names());
            assert_eq!((media_type, cache, encoding), expect, "{path}");
        };
        check("a/index.html", ("text/html; charset=utf-8", SHORT, None));
        check("a/index.html.gz", ("text/html; charset=utf-8", SHORT, Some("gzip")));
        check("assets/style.1.css", ("text/css; charset=utf-8", LONG, None));
        check("assets/style.1.css.br", ("text/css; charset=utf-8", LONG, Some("br")));
        check("data/old.tar.gz", ("application/gzip", SHORT, None));
        check("image.svg", ("image/svg+xml", SHORT, None));
        check("data/dossier.json", ("application/json", SHORT, None));
        check("noname", ("application/octet-stream", SHORT, None));
    }

    #[test]
    fn roles_of_paths() {
        let check = |path: &str, expect| assert_eq!(role(path), expect, "{path}");
        check("index.html", Role::Front);
        check("feed.xml", Role::Front);
        check("sitemap-2.xml", Role::Front);
        check("data/claims.csv", Role::Front);
        check("actors/a/index.html", Role::Page);
        check("404.html", Role::Page);
        check("assets/style.1.css", Role::Part);
        check("photos/map.xml", Role::Part);
        check("CNAME", Role::Part);
        check(".nojekyll", Role::Part);
    }

    #[test]
    fn one_hash_is_served_alike() {
        let file = |path: &str, bytes: &[u8]| LocalFile::of(path, bytes, &names());
        assert_eq!(file("b.html", b"x").hash, file("c.html", b"x").hash);
        assert_ne!(file("b.html", b"x").hash, file("b.txt", b"x").hash);
        assert_ne!(file("b.html", b"x").hash, file("b.html", b"y").hash);
        assert_eq!(file("b.html", b"").md5, "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(file("a/index.html.gz", b"").role, Role::Page);
    }
}
