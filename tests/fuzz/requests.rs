//! Requests to the preview: a head as bytes, against the guard, then against the pages of a small dossier.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use axum::http::{Request, header};
use sourcebook_core::model::language::Language;
use sourcebook_machine::disk::Disk;
use sourcebook_machine::serve::guard::Guard;
use sourcebook_machine::serve::pages;
use sourcebook_machine::serve::preview::{Current, Preview};
use sourcebook_machine::serve::snapshot::Snapshot;
use sourcebook_site::prepare::Options;

use crate::{Target, signature};

/// Heads of requests.
pub const REQUESTS: Target = Target {
    name: "requests",
    run: answered,
    endings: &[],
    words: &[
        "GET / HTTP/1.1\n",
        "GET /actors/index.html HTTP/1.1\n",
        "HEAD ",
        "POST ",
        "Host: localhost:1117\n",
        "Host: 127.0.0.1:1117\n",
        "/../",
        "%2e%2e%2f",
        "%00",
        "//",
        "\\",
        "?a=b",
        "#x",
        "Sec-Fetch-Site: cross-site\n",
        "If-None-Match: *\n",
        "/.sourcebook/",
        "index.html",
        "%",
        ":1117",
        "[::1]",
    ],
    weight: 1,
};

fn answered(head: &[u8]) -> u64 {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, uri) = (first.next().unwrap_or_default(), first.next().unwrap_or("/"));
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in lines.take_while(|line| !line.is_empty()).filter_map(|line| line.split_once(": ")).take(20) {
        request = request.header(name, value);
    }
    let Ok(request) = request.body(()) else { return 0 };
    let guard = Guard::new(SocketAddr::from(([127, 0, 0, 1], 1117)), &["desk.local".into()]);
    if let Err((status, _)) = guard.check(&request) {
        return signature(status.as_u16());
    }
    let uri = request.uri();
    let response = pages::answer(current(), uri.path(), uri.query(), request.headers());
    let status = response.status().as_u16();
    assert!([200, 304, 307, 404].contains(&status), "{status} for {uri}");
    if let Some(to) = response.headers().get(header::LOCATION) {
        let to = to.as_bytes();
        assert!(to.starts_with(b"/") && !to.starts_with(b"//") && !to.starts_with(b"/\\"), "{uri} leads to {to:?}");
    }
    let kind = response.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_vec());
    signature((status, kind))
}

/// The pages of the example dossier.
fn current() -> &'static Current {
    static CURRENT: OnceLock<Arc<Current>> = OnceLock::new();
    CURRENT.get_or_init(|| {
        let folder: PathBuf = std::env::temp_dir().join(format!("sourcebook-fuzz-{}", std::process::id()));
        for (path, text) in sourcebook_desk::scaffold::files(Language::English) {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let preview = Preview::new(Arc::new(Snapshot::new(Disk::open(&folder).unwrap())), Options::default());
        preview.reload(|_| {});
        let current = preview.current();
        std::fs::remove_dir_all(folder).unwrap();
        assert!(current.site.is_some(), "the example dossier has pages");
        current
    })
}
