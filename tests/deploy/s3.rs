//! To an S3 server, and what happens on the way.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use crate::program::{deploy, said, start};
use crate::proxy::{Fate, Proxy, Request};
use crate::servers::moto;
use crate::site::{Files, Site, assert_same};
use crate::watch::Watch;

const KEYS: &[(&str, &str)] = &[("AWS_ACCESS_KEY_ID", "me"), ("AWS_SECRET_ACCESS_KEY", "hush-hush-hush")];

/// The server looks at who asks, and not whether it is true.
const SIGNED: (&str, &str) = (
    "authorization",
    "AWS4-HMAC-SHA256 Credential=me/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x",
);

/// A bucket of its own for each test.
struct Bucket(String);

impl Bucket {
    fn new(name: &str) -> Self {
        ureq::put(format!("http://127.0.0.1:{}/{name}", moto())).send_empty().unwrap();
        Self(name.to_owned())
    }

    fn url(&self, key: &str) -> String {
        format!("http://127.0.0.1:{}/{}/{key}", moto(), self.0)
    }

    fn keys(&self) -> Vec<String> {
        let listed = ureq::get(self.url("?list-type=2&max-keys=1000")).header(SIGNED.0, SIGNED.1).call();
        let listed = listed.unwrap().body_mut().read_to_string().unwrap();
        let document = roxmltree::Document::parse(&listed).unwrap();
        let keys = document.descendants().filter(|node| node.tag_name().name() == "Key");
        keys.map(|node| node.text().unwrap().to_owned()).collect()
    }

    /// What is there of a site, without what is the program's own.
    fn files(&self, prefix: &str) -> Files {
        let keys = self.keys().into_iter().filter(|key| !key.contains(".sourcebook/"));
        keys.filter_map(|key| {
            let path = key.strip_prefix(prefix)?.to_owned();
            Some((path, self.get(&key).1))
        })
        .collect()
    }

    /// Headers and bytes.
    fn get(&self, key: &str) -> (ureq::http::HeaderMap, Vec<u8>) {
        let encoded: String = key
            .bytes()
            .map(|b| match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => char::from(b).to_string(),
                b => format!("%{b:02X}"),
            })
            .collect();
        let mut answer = ureq::get(self.url(&encoded)).header(SIGNED.0, SIGNED.1).call().unwrap();
        let bytes = answer.body_mut().with_config().limit(1 << 30).read_to_vec().unwrap();
        (answer.headers().clone(), bytes)
    }

    fn put(&self, key: &str, bytes: &str) {
        ureq::put(self.url(key)).header(SIGNED.0, SIGNED.1).send(bytes).unwrap();
    }
}

/// A site whose target is reached through the proxy at this port.
fn site(name: &str, bucket: &Bucket, port: u16, more: &str) -> Site {
    let site = Site::new(name);
    site.target(&format!("kind = \"s3\"\nbucket = \"{}\"\nendpoint = \"http://127.0.0.1:{port}\"\n{more}", bucket.0));
    site
}

fn to_proxy(fate: impl FnMut(&Request) -> Fate + Send + 'static) -> (Proxy, Watch) {
    let watch = Watch::default();
    (Proxy::new(moto(), watch.with(fate)), watch)
}

#[test]
fn all_of_it_then_only_what_changed() {
    let bucket = Bucket::new("changes");
    let (proxy, watch) = to_proxy(|_| Fate::Pass);
    let site = site("changes", &bucket, proxy.port, "");
    deploy(&site, &[], KEYS).expect(0, " new, 0 changed, 0 removed, 0 unchanged");
    assert_same(&bucket.files(""), &site.built());

    let before = proxy.count("PUT");
    deploy(&site, &[], KEYS).expect(0, "0 new, 0 changed, 0 removed").expect(0, "0 files sent");
    assert_eq!(proxy.count("PUT"), before);

    // Another style is another file, which every page names.
    site.put("themes/default/static/extra.css", "a { color: navy }\n");
    site.actors(2..=31);
    deploy(&site, &[], KEYS).expect(0, " removed");
    assert_same(&bucket.files(""), &site.built());
    watch.assert_never_broken(60);
    assert!(proxy.keys("DELETE").iter().any(|key| key.ends_with(".css")), "{:?}", proxy.keys("DELETE"));

    site.put(
        "content/notes/one.md",
        "---\ntitle: One\n---\nAnn, see [[ann]]. One word more.\n\n![A drawing](../drawing.svg)\n",
    );
    let before = proxy.keys("PUT").len();
    deploy(&site, &[], KEYS).expect(0, "0 new");
    let sent = proxy.keys("PUT").split_off(before);
    assert!(sent.iter().any(|key| key == "notes/one/index.html") && sent.len() < 10, "{sent:?}");
    assert_same(&bucket.files(""), &site.built());
}

#[test]
fn types_and_caches() {
    let bucket = Bucket::new("headers");
    let site = site("headers", &bucket, moto(), "prefix = \"/deep/in/\"");
    site.put("content/large.txt.gz", "not really");
    site.put("content/drawing.svg.gz", "not really either");
    deploy(&site, &[], KEYS).expect(0, "s3://headers/deep/in: ");
    let built = site.built();
    assert_same(&bucket.files("deep/in/"), &built);
    let style = built.keys().find(|path| path.ends_with(".css")).unwrap();
    let check = |path: &str, expect: [Option<&str>; 3]| {
        let (headers, _) = bucket.get(&format!("deep/in/{path}"));
        let found = ["content-type", "cache-control", "content-encoding"]
            .map(|name| headers.get(name).map(|v| v.to_str().unwrap()));
        assert_eq!(found, expect, "{path}");
    };
    let (long, short) = (Some("public, max-age=31536000, immutable"), Some("public, max-age=0, must-revalidate"));
    check("index.html", [Some("text/html; charset=utf-8"), short, None]);
    check(style, [Some("text/css; charset=utf-8"), long, None]);
    check("café noir.txt", [Some("text/plain; charset=utf-8"), short, None]);
    check("drawing.svg", [Some("image/svg+xml"), short, None]);
    check("drawing.svg.gz", [Some("image/svg+xml"), short, Some("gzip")]);
    check("large.txt.gz", [Some("application/gzip"), short, None]);
}

#[test]
fn the_work_of_other_hands() {
    let bucket = Bucket::new("others");
    bucket.put("theirs.html", "theirs");
    let site = site("others", &bucket, moto(), "");
    deploy(&site, &[], KEYS).expect(0, "1 of other hands left alone");
    // Somebody mends a page by hand, and loses another.
    bucket.put("index.html", "mended");
    ureq::delete(bucket.url("404.html")).header(SIGNED.0, SIGNED.1).call().unwrap();
    deploy(&site, &[], KEYS).expect(0, "1 new, 1 changed, 0 removed");
    let mut there = bucket.files("");
    assert_eq!(there.remove("theirs.html").as_deref(), Some(&b"theirs"[..]));
    assert_same(&there, &site.built());
}

#[test]
fn a_manifest_that_lies_or_is_lost() {
    let bucket = Bucket::new("lies");
    let site = site("lies", &bucket, moto(), "");
    deploy(&site, &[], KEYS).expect(0, " new");
    let (_, manifest) = bucket.get(".sourcebook/deployed");
    let manifest = String::from_utf8(manifest).unwrap();
    let damaged = ["", "<html>", &manifest[..manifest.len() / 2], &manifest.replace(['a', 'b'], "0")];
    for text in damaged {
        bucket.put(".sourcebook/deployed", text);
        bucket.put("index.html", "not ours");
        deploy(&site, &[], KEYS).expect(0, "0 removed");
        assert_same(&bucket.files(""), &site.built());
    }
    // What only a lost manifest named is not removed: nobody knows any more that it was ours.
    bucket.put(".sourcebook/deployed", "");
    site.actors(1..=29);
    deploy(&site, &[], KEYS).expect(0, "of other hands left alone");
    assert!(bucket.keys().iter().any(|key| key == "actors/a30/index.html"));
}

#[test]
fn the_brake() {
    let bucket = Bucket::new("brake");
    let site = site("brake", &bucket, moto(), "max_deletes = 3");
    deploy(&site, &[], KEYS).expect(0, " new");
    let before = bucket.files("");
    site.actors(1..=10);
    for arguments in [&[][..], &["--dry-run"]] {
        let said = deploy(&site, arguments, KEYS).expect(2, "no more than 3 may go at once");
        said.expect_either("- actors/a11/index.html");
        assert_eq!(bucket.files(""), before);
    }
    deploy(&site, &["--force"], KEYS).expect(0, "20 removed");
    let (there, built) = (bucket.files(""), site.built());
    assert_eq!(there, built);
}

impl crate::program::Said {
    /// For a word on either output.
    #[track_caller]
    fn expect_either(self, word: &str) -> Self {
        assert!(self.out.contains(word) || self.err.contains(word), "{word:?}: {}\n{}", self.out, self.err);
        self
    }
}

#[test]
fn a_dry_run_sends_nothing() {
    let bucket = Bucket::new("dry");
    let (proxy, _) = to_proxy(|_| Fate::Pass);
    let site = site("dry", &bucket, proxy.port, "");
    let said = deploy(&site, &["-n"], KEYS).expect(0, "this was a dry run").expect_either("+ index.html (");
    assert_eq!(said.out.lines().count(), site.built().len());
    assert_eq!((proxy.count("PUT"), proxy.count("DELETE")), (0, 0));
}

/// Cut before and after, cut in the middle of the answer, and the answers of a server that cannot.
#[test]
fn what_fails_on_the_way_is_tried_again() {
    let bucket = Bucket::new("faults");
    let number = AtomicUsize::new(0);
    let (proxy, watch) = to_proxy(move |_| match number.fetch_add(1, Ordering::Relaxed) % 13 {
        1 => Fate::Cut,
        3 => Fate::Status(500),
        5 => Fate::CutAfter,
        6 => Fate::Status(503),
        7 => Fate::Half,
        _ => Fate::Pass,
    });
    let site = site("faults", &bucket, proxy.port, "");
    deploy(&site, &[], KEYS).expect(0, " files sent");
    assert_same(&bucket.files(""), &site.built());
    site.put("themes/default/static/extra.css", "a { color: navy }\n");
    site.actors(11..=40);
    deploy(&site, &[], KEYS).expect(0, " removed");
    assert_same(&bucket.files(""), &site.built());
    watch.assert_never_broken(60);
}

#[test]
fn a_store_that_stays_away_is_told_and_the_next_deploy_goes_on() {
    let bucket = Bucket::new("away");
    let refuse = Arc::new(Mutex::new(true));
    let (refused, refusing) = (AtomicUsize::new(0), refuse.clone());
    let (proxy, watch) = to_proxy(move |request| {
        let late = request.method == "PUT" && refused.fetch_add(1, Ordering::Relaxed) > 30;
        if late && *refusing.lock().unwrap() { Fate::Status(403) } else { Fate::Pass }
    });
    let site = site("away", &bucket, proxy.port, "");
    deploy(&site, &[], KEYS).expect(2, "these credentials may not do it");
    let there = bucket.files("").len();
    assert!(there > 10, "{there}");
    *refuse.lock().unwrap() = false;
    let before = proxy.keys("PUT").len();
    deploy(&site, &[], KEYS).expect(0, " unchanged");
    assert_same(&bucket.files(""), &site.built());
    let sent = proxy.keys("PUT").len() - before;
    assert_eq!(sent, site.built().len() - there, "what had arrived was sent again");
    watch.assert_never_broken(30);
}

/// Killed at one request after another, in deploys that send, change and remove.
#[test]
fn killed_half_way() {
    for (round, at) in [1, 2, 12, 33, 50, 64].into_iter().enumerate() {
        let bucket = Bucket::new(&format!("killed-{round}"));
        let (reached, wait) = mpsc::channel();
        let seen = AtomicUsize::new(0);
        let (proxy, watch) = to_proxy(move |request| {
            let writes = matches!(&*request.method, "PUT" | "DELETE");
            if writes && seen.fetch_add(1, Ordering::Relaxed) == at {
                let _ = reached.send(());
            }
            Fate::Pass
        });
        let site = site("killed", &bucket, proxy.port, "max_deletes = 50");
        if round % 2 == 1 {
            // An older site is up already, by another way.
            site.actors(15..=45);
            site.put("themes/default/static/extra.css", "a { color: red }\n");
            site_at(&site, proxy.port, moto());
            deploy(&site, &[], KEYS).expect(0, " new");
            site_at(&site, moto(), proxy.port);
            site.actors(1..=30);
            site.put("themes/default/static/extra.css", "a { color: teal }\n");
        }
        let mut child = start(&site, KEYS);
        wait.recv().unwrap();
        child.kill().unwrap();
        let ended = said(child.wait_with_output().unwrap());
        assert_eq!(ended.status, None, "it ended before it was killed: {}", ended.err);
        deploy(&site, &[], KEYS).expect(0, " files sent");
        assert_same(&bucket.files(""), &site.built());
        deploy(&site, &[], KEYS).expect(0, "0 new, 0 changed, 0 removed");
        if round % 2 == 0 {
            watch.assert_never_broken(20);
        }
    }
}

/// Changes the port that the target names.
fn site_at(site: &Site, from: u16, to: u16) {
    let path = site.dossier().join("site.toml");
    let text = std::fs::read_to_string(&path).unwrap().replace(&format!(":{from}\""), &format!(":{to}\""));
    std::fs::write(path, text).unwrap();
}

#[test]
fn a_file_of_many_parts_is_left_alone_too() {
    let bucket = Bucket::new("parts");
    let (proxy, _) = to_proxy(|_| Fate::Pass);
    let site = site("parts", &bucket, proxy.port, "");
    let long: String = (0..3_000_000).map(|n| format!("{n:06}\n")).collect();
    site.put("content/long.txt", &long);
    deploy(&site, &[], KEYS).expect(0, " new");
    let tag = bucket.get("long.txt").0.get("etag").unwrap().to_str().unwrap().to_owned();
    assert!(tag.contains('-'), "{tag} is no tag of parts");
    assert_same(&bucket.files(""), &site.built());
    let before = proxy.count("PUT");
    deploy(&site, &[], KEYS).expect(0, "0 new, 0 changed, 0 removed");
    assert_eq!(proxy.count("PUT"), before);
}

#[test]
fn no_site_with_faults() {
    let bucket = Bucket::new("faulty");
    let (proxy, _) = to_proxy(|_| Fate::Pass);
    let site = site("faulty", &bucket, proxy.port, "");
    site.put("content/notes/one.md", "---\ntitle: One\n---\nAnn.[@nobody]\n");
    deploy(&site, &[], KEYS).expect(1, "unknown-id");
    assert_eq!(proxy.requests.lock().unwrap().len(), 0);
}
