//! Links written as URLs or paths: to other articles, to assets, to pages of the site.
//!
//! A path is taken from the file it is written in, as in any editor: `../b.md`, `images/a.png`. One that begins with `/`
//! is taken from the site's root: `/actors/kim-jong-un/`. Both may end in an anchor.

use crate::load::Parsed;
use crate::model::prose::{Place, Prose};
use crate::model::{ArticleIx, Ref, Text};
use crate::plan::{Urls, page_file};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// An anchor of the same page.
    Here(Text),
    /// A file of the output, perhaps at an anchor.
    File {
        /// Path in the output.
        path: String,
        /// Without `#`.
        anchor: Option<Text>,
    },
    /// An address on the web.
    Elsewhere,
}

/// What links are resolved with.
pub struct Links<'a> {
    /// Where records and articles stand.
    pub urls: &'a Urls<'a>,
    /// The files as they were read.
    pub parsed: &'a Parsed,
}

/// Whether a link leads out of the site.
pub fn is_external(url: &str) -> bool {
    let scheme = url.split(['/', '?', '#']).next().unwrap_or_default();
    url.starts_with("//") || scheme.contains(':')
}

impl Links<'_> {
    /// Where a link of a text leads; `None` if its path leads out of the dossier.
    pub fn resolve(&self, url: &str, prose: &Prose, page: Option<Ref>) -> Option<Destination> {
        if is_external(url) {
            return Some(Destination::Elsewhere);
        }
        let (path, anchor) = match url.split_once('#') {
            Some((path, anchor)) => (path, Some(Text::from(anchor))),
            None => (url, None),
        };
        let path = decode(path.split('?').next().unwrap_or_default());
        if path.is_empty() {
            return Some(Destination::Here(anchor.unwrap_or_default()));
        }
        let path = match path.strip_prefix('/') {
            Some(from_root) => site_file(&normalise("", from_root)?),
            None => self.relative(&normalise(&self.folder(prose, page), &path)?, path.ends_with('/')),
        };
        Some(Destination::File { path, anchor })
    }

    /// The folder below `content/` that a text's paths are taken from.
    fn folder(&self, prose: &Prose, _: Option<Ref>) -> String {
        let (Place::Body(span) | Place::Scalar(span)) = prose.place;
        let path = &self.parsed.files.get(span.file).path;
        let inside = path.strip_prefix("content/").unwrap_or(path);
        inside.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
    }

    /// A file of `content/`: an article by its Markdown file, else an asset, else a page of the site.
    fn relative(&self, path: &str, is_folder: bool) -> String {
        let article = |file: &str| {
            let found = self.urls.dossier.articles.iter().position(|a| &*a.path == file);
            found.map(|i| self.urls.file(ArticleIx::at(i).into()))
        };
        article(path).unwrap_or_else(|| if is_folder { page_file(path) } else { site_file(path) })
    }
}

/// The file that serves a path of the site.
fn site_file(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or_default();
    if last.contains('.') { path.to_owned() } else { page_file(path.trim_end_matches('/')) }
}

/// A path without `.` and `..`; `None` if it climbs out.
fn normalise(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Reads `%20` and its kin.
fn decode(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = bytes.get(i + 1..i + 3).and_then(|h| std::str::from_utf8(h).ok());
        match (bytes[i], hex.and_then(|h| u8::from_str_radix(h, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                i += 3;
            }
            (byte, _) => {
                out.push(byte);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        assert_eq!(normalise("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(normalise("", "../c.md"), None);
        assert_eq!(site_file("actors/kim"), "actors/kim/index.html");
        assert_eq!(site_file("img/a.png"), "img/a.png");
        assert_eq!(site_file(""), "index.html");
        assert_eq!(decode("a%20b%C3%A9%zz"), "a bé%zz");
    }
}
