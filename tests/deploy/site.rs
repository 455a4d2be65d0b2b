//! A dossier in a folder of its own, and what a visitor would find of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder that goes with the value: the dossier in `dossier`, and room beside it.
pub(crate) struct Site(PathBuf);

/// Paths and bytes.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

impl Site {
    /// Forty pages, a picture, a style that the pages name by its content.
    pub(crate) fn new(name: &str) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = format!("deploy-{name}-{}-{number}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        std::fs::create_dir_all(path.join("dossier")).unwrap();
        let site = Self(path.canonicalize().unwrap());
        site.put("site.toml", "title = \"Small\"\nlanguage = \"en\"\nbase_url = \"https://example.org\"\n");
        site.put("content/index.md", "---\ntitle: Home\n---\nWelcome.\n");
        site.put("content/notes/one.md", "---\ntitle: One\n---\nAnn, see [[ann]].\n\n![A drawing](../drawing.svg)\n");
        site.put("content/drawing.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
        site.put("content/café noir.txt", "black\n");
        site.put("themes/default/static/extra.css", "a { color: teal }\n");
        site.actors(1..=30);
        site
    }

    /// The actors of these numbers, and no others but Ann.
    pub(crate) fn actors(&self, numbers: impl IntoIterator<Item = u32>) {
        let actors =
            numbers.into_iter().map(|n| format!("  a{n}: {{ name: Ann {n}, type: person, summary: Number {n}. }}\n"));
        self.put(
            "content/sheets/people.yaml",
            &format!("actors:\n  ann: {{ name: Ann, type: person }}\n{}", actors.collect::<String>()),
        );
    }

    /// Adds a target to `site.toml`.
    pub(crate) fn target(&self, toml: &str) {
        let text = std::fs::read_to_string(self.dossier().join("site.toml")).unwrap();
        self.put("site.toml", &format!("{text}[deploy.web]\n{toml}\n"));
    }

    pub(crate) fn dossier(&self) -> PathBuf {
        self.0.join("dossier")
    }

    /// Room beside the dossier.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.dossier().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        std::fs::remove_file(self.dossier().join(path)).unwrap();
    }

    /// What the last build wrote.
    pub(crate) fn built(&self) -> Files {
        files(&self.dossier().join("public"))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Every file of a folder but what is the program's own, or git's.
pub(crate) fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        if entry.file_type().is_file() && !path.starts_with(".sourcebook") && !path.starts_with(".git/") {
            files.insert(path, std::fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// Files of the site that a page cannot do without, from the site's root: styles, scripts, pictures.
pub(crate) fn parts_of(page: &str, html: &[u8]) -> Vec<String> {
    let html = String::from_utf8_lossy(html);
    let mut parts = Vec::new();
    for attribute in ["src=\"", "href=\""] {
        for value in html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
            let ends = [".css", ".js", ".svg", ".woff2", ".png"].iter().any(|end| value.ends_with(end));
            if ends && !value.contains(':') && !value.starts_with('/') {
                parts.push(resolve(page, value));
            }
        }
    }
    parts
}

fn resolve(page: &str, link: &str) -> String {
    let mut path: Vec<&str> = page.split('/').collect();
    path.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    path.join("/")
}

/// Which paths are here and not there, or differ.
pub(crate) fn differences(one: &Files, other: &Files) -> Vec<String> {
    let paths = one.keys().chain(other.keys()).collect::<std::collections::BTreeSet<_>>();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}

/// Fails with the paths alone: whole pages would not be read.
pub(crate) fn assert_same(one: &Files, other: &Files) {
    assert_eq!(differences(one, other), Vec::<String>::new());
    assert!(one.len() > 40, "{} files are no site", one.len());
}
