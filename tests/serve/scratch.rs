//! A dossier in a folder of its own, and a preview of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sourcebook_machine::disk::Disk;
use sourcebook_machine::serve::crowd::Crowd;
use sourcebook_machine::serve::preview::Preview;
use sourcebook_machine::serve::snapshot::Snapshot;
use sourcebook_machine::serve::watch::Watch;
use sourcebook_machine::serve::{Server, Settings, follow};
use sourcebook_site::prepare::Options;

use crate::client::Client;

/// A folder that goes with the value.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = format!("serve-{name}-{}-{number}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        std::fs::create_dir_all(&path).unwrap();
        Self(path.canonicalize().unwrap())
    }

    /// A small dossier with a bit of everything.
    pub(crate) fn small(name: &str) -> Self {
        let scratch = Self::new(name);
        for (path, text) in SMALL {
            scratch.put(path, text);
        }
        scratch
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.0.join(path)).unwrap();
        assert!(text.contains(from), "{path} has no `{from}`");
        self.put(path, &text.replace(from, to));
    }

    pub(crate) fn disk(&self) -> Disk {
        let disk = Disk::open(&self.0).unwrap().with_output(Path::new("public"));
        disk.with_captures(Path::new("captures")).unwrap()
    }

    /// A preview, loaded.
    pub(crate) fn preview(&self) -> Arc<Preview> {
        let preview = Arc::new(Preview::new(Arc::new(Snapshot::new(self.disk())), Options::default()));
        preview.reload(|_| ());
        preview
    }

    /// A preview that follows changes by itself.
    pub(crate) fn followed(&self) -> Arc<Preview> {
        let preview = Arc::new(Preview::new(Arc::new(Snapshot::new(self.disk())), Options::default()));
        let mut watch = Watch::new(false);
        watch.places(&preview.snapshot().first_places());
        preview.reload(|_| ());
        let (root, followed) = (self.0.clone(), preview.clone());
        std::thread::spawn(move || {
            let open =
                || Disk::open(&root).ok()?.with_output(Path::new("public")).with_captures(Path::new("captures")).ok();
            follow(&followed, watch, open, |_| (), None)
        });
        preview
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Serves a preview, and gives a client of it.
pub(crate) fn serve(preview: &Arc<Preview>) -> Client {
    serve_with(preview, Settings { patience: Duration::from_secs(5), ..Settings::default() })
}

pub(crate) fn serve_with(preview: &Arc<Preview>, settings: Settings) -> Client {
    serve_in(preview, settings).0
}

/// With the numbers of who is connected.
pub(crate) fn serve_in(preview: &Arc<Preview>, settings: Settings) -> (Client, Arc<Crowd>) {
    let server = Server::bind(Settings { port: Some(0), ..settings }).unwrap();
    let (address, crowd) = (server.address(), server.crowd());
    let preview = preview.clone();
    std::thread::spawn(move || server.run(preview));
    (Client { address }, crowd)
}

pub(crate) const SMALL: &[(&str, &str)] = &[
    ("site.toml", "title = \"Small\"\nlanguage = \"en\"\n"),
    ("content/index.md", "---\ntitle: Home\n---\nWelcome, see [[ann]].\n"),
    ("content/notes/one.md", "---\ntitle: One\n---\n## A part\n\nAnn spoke.[@said]\n\n![[said]]\n"),
    ("content/image.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
    ("content/caf\u{e9} noir.txt", "black\n"),
    (
        "content/sheets/people.yaml",
        "actors:\n  ann: { name: Ann, type: person }\n  bob: { name: Bob, type: person, summary: \"A friend of [[ann]].\" }\n",
    ),
    (
        "content/sheets/claims.yaml",
        "sources:\n  paper: { title: The paper, type: article-newspaper, published: 2024-05-02, capture: paper.txt }\n\
         questions:\n  how-many: { text: \"How many?\", kind: quantity }\n\
         claims:\n  said:\n    statement: There were ten.\n    by: ann\n    on: 2024-05-01\n    answers: { how-many: 10 }\n    \
         evidence: { source: paper, quote: there were ten of them, locator: § 2 }\n",
    ),
    ("captures/paper.txt", "A first paragraph.\n\nAnn said that there were ten of them, and left.\n"),
];
