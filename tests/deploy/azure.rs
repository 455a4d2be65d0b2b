//! To Azurite, whose tags say nothing of the bytes.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use crate::program::{deploy, run, start};
use crate::proxy::{Fate, Proxy, Request};
use crate::servers::Server;
use crate::site::{Files, Site, assert_same};
use crate::watch::Watch;

/// The emulator's key is the same everywhere, and published.
const KEYS: &[(&str, &str)] = &[(
    "AZURE_STORAGE_ACCOUNT_KEY",
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
)];

/// A container that anyone may read, and a way to it that fails as it is told.
struct Container {
    server: Server,
    proxy: Proxy,
    watch: Watch,
}

impl Container {
    fn new(site: &Site, fate: impl FnMut(&Request) -> Fate + Send + 'static) -> Self {
        let server = Server::azurite(&site.beside("azurite"));
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/deploy/azure_container.py");
        run(Path::new("."), "python3", &[script.to_str().unwrap(), &server.port.to_string(), "site"]);
        let watch = Watch::default();
        let proxy = Proxy::new(server.port, watch.with(fate));
        let endpoint = format!("http://127.0.0.1:{}/devstoreaccount1", proxy.port);
        site.target(&format!(
            "kind = \"azure\"\naccount = \"devstoreaccount1\"\ncontainer = \"site\"\nendpoint = \"{endpoint}\"\nprefix = \"www\""
        ));
        Self { server, proxy, watch }
    }

    fn url(&self, rest: &str) -> String {
        format!("http://127.0.0.1:{}/devstoreaccount1/site{rest}", self.server.port)
    }

    fn files(&self) -> Files {
        let listed =
            ureq::get(self.url("?restype=container&comp=list")).call().unwrap().body_mut().read_to_string().unwrap();
        let document = roxmltree::Document::parse(listed.trim_start_matches('\u{feff}')).unwrap();
        let names = document.descendants().filter(|node| node.has_tag_name("Name")).filter_map(|node| node.text());
        let paths = names.filter_map(|name| name.strip_prefix("www/")).filter(|path| !path.starts_with(".sourcebook"));
        paths.map(|path| (path.to_owned(), self.get(path).1)).collect()
    }

    fn get(&self, path: &str) -> (ureq::http::HeaderMap, Vec<u8>) {
        let encoded = path.replace(' ', "%20").replace('é', "%C3%A9");
        let mut answer = ureq::get(self.url(&format!("/www/{encoded}"))).call().unwrap();
        (answer.headers().clone(), answer.body_mut().read_to_vec().unwrap())
    }
}

#[test]
fn all_of_it_with_faults_on_the_way_then_only_what_changed() {
    let site = Site::new("azure");
    let number = AtomicUsize::new(0);
    let container = Container::new(&site, move |_| match number.fetch_add(1, Ordering::Relaxed) % 13 {
        3 => Fate::Cut,
        6 => Fate::Status(503),
        9 => Fate::CutAfter,
        _ => Fate::Pass,
    });
    deploy(&site, &[], KEYS).expect(0, "azure://site/www: ").expect(0, " new, 0 changed, 0 removed, 0 unchanged");
    assert_same(&container.files(), &site.built());
    deploy(&site, &[], KEYS).expect(0, "0 new, 0 changed, 0 removed");
    site.put("themes/default/static/extra.css", "a { color: navy }\n");
    site.actors(2..=31);
    deploy(&site, &[], KEYS).expect(0, " removed");
    assert_same(&container.files(), &site.built());
    let (headers, _) = container.get("index.html");
    assert_eq!(headers.get("content-type").unwrap(), "text/html; charset=utf-8");
    assert_eq!(headers.get("cache-control").unwrap(), "public, max-age=0, must-revalidate");
}

#[test]
fn killed_half_way() {
    let site = Site::new("azure-killed");
    let (reached, wait) = mpsc::channel();
    let seen = AtomicUsize::new(0);
    let container = Container::new(&site, move |request| {
        if request.method == "PUT" && seen.fetch_add(1, Ordering::Relaxed) == 40 {
            let _ = reached.send(());
        }
        Fate::Pass
    });
    let mut child = start(&site, KEYS);
    wait.recv().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    deploy(&site, &[], KEYS).expect(0, " files sent");
    assert_same(&container.files(), &site.built());
    deploy(&site, &[], KEYS).expect(0, "0 new, 0 changed, 0 removed");
    assert!(container.proxy.count("PUT") > 40);
    container.watch.assert_never_broken(0);
}
