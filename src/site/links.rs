//! Links written as URLs or paths: to other articles, to assets, to pages of the site.
//!
//! A path is taken from the file it is written in, as in any editor: `../b.md`, `images/a.png`. One that begins with `/`
//! is taken from the site's root: `/actors/kim-jong-un/`. Both may end in an anchor.

use std::ops::Range;

use rayon::prelude::*;

use crate::plan::Routes;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, nearest};
use sourcebook_core::base::url::{percent, unpercent as decode};
use sourcebook_core::dossier::address::Urls;
use sourcebook_core::dossier::address::page_file;
use sourcebook_core::dossier::load::Parsed;
use sourcebook_core::model::prose::{Prose, Written};
use sourcebook_core::model::{Article, ArticleIx, Dossier, Ref, Text};

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
    pub fn resolve(&self, url: &str, prose: &Prose) -> Option<Destination> {
        self.resolve_from(&self.folder(prose), url)
    }

    /// Where an address leads that is written in a file of a folder of `content/`.
    pub fn resolve_from(&self, folder: &str, url: &str) -> Option<Destination> {
        if is_external(url) {
            return Some(Destination::Elsewhere);
        }
        let (path, anchor) = match url.split_once('#') {
            Some((path, anchor)) => (path, Some(Text::from(decode(anchor)))),
            None => (url, None),
        };
        let path = decode(path.split('?').next().unwrap_or_default());
        if path.is_empty() {
            return Some(Destination::Here(anchor.unwrap_or_default()));
        }
        let path = match path.strip_prefix('/') {
            Some(from_root) => self.of_site(&normalise("", from_root)?),
            None => self.relative(&normalise(folder, &path)?, path.ends_with('/')),
        };
        Some(Destination::File { path, anchor })
    }

    /// The folder below `content/` that a text's paths are taken from.
    fn folder(&self, prose: &Prose) -> String {
        let (Written::Body(span) | Written::Scalar(span)) = prose.place;
        let path = &self.parsed.files.get(span.file).path;
        let inside = path.strip_prefix("content/").unwrap_or(path);
        inside.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
    }

    /// A file of `content/`: an article by its Markdown file, else an asset, else a page of the site.
    fn relative(&self, path: &str, is_folder: bool) -> String {
        let article = |file: &str| {
            let found = self.urls.dossier.article_files.get(file);
            found.map(|ix| self.urls.file((*ix).into()))
        };
        article(path).unwrap_or_else(|| if is_folder { page_file(path) } else { self.of_site(path) })
    }

    /// The file that serves a path of the site: a file of `content/` whatever its name, else by its form.
    fn of_site(&self, path: &str) -> String {
        let assets = &self.parsed.content.assets;
        let is_asset = assets.binary_search_by(|asset| (**asset).cmp(path)).is_ok();
        if is_asset { path.to_owned() } else { site_file(path) }
    }
}

/// Reports links that lead to no page, file or heading of the site.
pub fn check(dossier: &Dossier, parsed: &Parsed, routes: &Routes) -> Diagnostics {
    let urls = Urls { config: &parsed.config, dossier };
    let links = Links { urls: &urls, parsed };
    let of = |page: Ref| {
        let mut diagnostics = Vec::new();
        for prose in dossier.prose_of(page) {
            let checker = Checker { links: &links, routes, page, prose };
            let written = prose.outline.urls.iter().filter_map(|url| checker.url(&url.url, &url.range));
            diagnostics.extend(written);
            diagnostics.extend(prose.outline.links.iter().filter_map(|link| checker.id(&link.value, &link.range)));
        }
        diagnostics
    };
    let leads = dossier.articles.iter().filter_map(|article| lead(article, &links, routes)).collect::<Vec<_>>();
    let pages: Vec<_> = dossier.all().collect();
    leads.into_par_iter().chain(pages.into_par_iter().flat_map_iter(of)).collect()
}

/// How the names of pictures end that browsers show.
const PICTURES: [&str; 7] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// Whether a file is a picture, by the end of its name.
pub fn is_picture(path: &str) -> bool {
    let end = path.rsplit_once('.').map_or("", |(_, end)| end);
    PICTURES.iter().any(|picture| end.eq_ignore_ascii_case(picture))
}

/// What is wrong with the file of the picture above an article.
fn lead(article: &Article, links: &Links<'_>, routes: &Routes) -> Option<Diagnostic> {
    let file = &article.lead.as_ref()?.file;
    let (url, span) = (&*file.value, file.span);
    let path = match links.resolve_from(article.folder(), url) {
        Some(Destination::Elsewhere) => {
            let message = format!("`{url}` is an image of somebody else's server");
            let help = "put a copy into `content/`: pages load nothing from elsewhere";
            return Some(Diagnostic::error("remote-image", span, message).help(help));
        }
        Some(Destination::File { path, .. }) if !path.ends_with('/') => path,
        _ => return Some(Diagnostic::error("missing-file", span, format!("`{url}` is no file of `content/`"))),
    };
    if !is_picture(&path) {
        let message = format!("`{url}` is no picture that browsers show");
        let help = format!("the name of a picture ends in {}", PICTURES.map(|end| format!("`.{end}`")).join(", "));
        return Some(Diagnostic::error("bad-value", span, message).help(help));
    }
    let is_there = routes.find(&path).is_some();
    (!is_there).then(|| {
        let pictures = links.parsed.content.assets.iter().filter(|asset| is_picture(asset)).map(|asset| &**asset);
        let near = nearest(&path, pictures).map(|found| from_folder(article.folder(), found));
        let message = format!("`{url}` is no file of `content/`");
        Diagnostic::error("missing-file", span, message).suggest(near.as_deref())
    })
}

struct Checker<'a> {
    links: &'a Links<'a>,
    routes: &'a Routes,
    page: Ref,
    prose: &'a Prose,
}

impl Checker<'_> {
    fn url(&self, url: &str, range: &Range<usize>) -> Option<Diagnostic> {
        match self.links.resolve(url, self.prose) {
            None => Some(self.broken(range, format!("`{url}` leads out of the site"))),
            Some(Destination::Elsewhere) => None,
            Some(Destination::Here(anchor)) => self.anchor(self.page, &anchor, range),
            Some(Destination::File { path, anchor }) => {
                if self.routes.find(&path).is_none() {
                    return self.leads_nowhere(url, &path, range);
                }
                let article = self.article_at(&path)?;
                self.anchor(article, &anchor?, range)
            }
        }
    }

    /// Silent where the record of that page may merely be unread.
    fn leads_nowhere(&self, url: &str, path: &str, range: &Range<usize>) -> Option<Diagnostic> {
        let Links { urls, parsed } = self.links;
        let unread = &urls.dossier.unread;
        if let [segment, id, "index.html"] = *path.split('/').collect::<Vec<_>>().as_slice()
            && urls.paths().kinds.iter().any(|(_, own)| **own == *segment)
            && unread.may_hold(id)
        {
            return None;
        }
        let broken = self.broken(range, format!("`{url}` leads to no page or file of this site"));
        let folder = self.links.folder(self.prose);
        let in_folder = |path: &str| normalise(&folder, &decode(path)).unwrap_or_default();
        let whole = in_folder(url);
        if url.contains(['#', '?']) && parsed.content.assets.iter().any(|asset| **asset == *whole) {
            let written = percent(&decode(url));
            return Some(broken.help(format!("in an address, `#` and `?` end the path: write `{written}`")));
        }
        let file = in_folder(url.split(['#', '?']).next().unwrap_or_default());
        if !sourcebook_core::dossier::load::is_article(&file) {
            let known = self.routes.all().iter().map(|route| &*route.path);
            let nearest = nearest(path, known).map(|p| format!("/{}", p.trim_end_matches("index.html")));
            return Some(broken.suggest(nearest.as_deref()));
        }
        if parsed.content.articles.iter().any(|article| *article.path == *file) {
            return Some(broken.help("that article is a draft: publish it, or build with `--drafts`"));
        }
        let known = || urls.dossier.articles.iter().map(|article| &*article.path);
        let same = known().find(|path| path.to_lowercase() == file.to_lowercase());
        let found = same.or_else(|| nearest(&file, known()));
        Some(broken.suggest(found.map(|to| from_folder(&folder, to)).as_deref()))
    }

    /// `[[id#anchor]]`; the id itself was looked up by [`sourcebook_core::dossier::resolve`].
    fn id(&self, link: &str, range: &Range<usize>) -> Option<Diagnostic> {
        let (id, anchor) = link.split_once('#')?;
        self.anchor(self.links.urls.dossier.get(id)?, anchor, range)
    }

    fn article_at(&self, path: &str) -> Option<Ref> {
        let articles = &self.links.urls.dossier.articles;
        let url = path.strip_suffix("index.html")?.trim_end_matches('/');
        let found = articles.binary_search_by(|article| (*article.url).cmp(url)).ok();
        found.map(|i| ArticleIx::at(i).into())
    }

    /// Headings are the anchors of an article; those of other pages are the theme's, and not ours to know.
    fn anchor(&self, page: Ref, anchor: &str, range: &Range<usize>) -> Option<Diagnostic> {
        let Ref::Article(ix) = page else { return None };
        let article = &self.links.urls.dossier[ix];
        let mut headings = article.body.outline.headings.iter().map(|heading| &*heading.id);
        if anchor.is_empty() || headings.clone().any(|id| id == anchor) {
            return None;
        }
        let message = format!("no heading of « {} » has the anchor `{anchor}`", article.title);
        let nearest = nearest(anchor, headings.by_ref()).map(|id| format!("#{id}"));
        Some(self.broken(range, message).suggest(nearest.as_deref()))
    }

    fn broken(&self, range: &Range<usize>, message: String) -> Diagnostic {
        Diagnostic::error("broken-link", self.prose.span(range, &self.links.parsed.files), message)
    }
}

/// The file of a path by its form: what ends in a suffix is a file, anything else a folder's page.
fn site_file(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or_default();
    if last.contains('.') { path.to_owned() } else { page_file(path.trim_end_matches('/')) }
}

/// A path of `content/` as it is written in a file of a folder: `../b.md`.
fn from_folder(folder: &str, path: &str) -> String {
    let shared = folder.split('/').zip(path.split('/')).take_while(|(a, b)| a == b && !a.is_empty()).count();
    let up = folder.split('/').filter(|part| !part.is_empty()).count().saturating_sub(shared);
    let rest: Vec<_> = path.split('/').skip(shared).collect();
    format!("{}{}", "../".repeat(up), rest.join("/"))
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
        assert_eq!(from_folder("a/b", "a/c.md"), "../c.md");
        assert_eq!(from_folder("", "c.md"), "c.md");
        assert_eq!(from_folder("a", "a/b/c.md"), "b/c.md");
    }
}
