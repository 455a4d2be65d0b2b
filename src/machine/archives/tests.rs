//! Against a server of the test's own that speaks Memento (RFC 7089), on the loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::*;
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::dossier::load::load;
use sourcebook_core::dossier::resolve::{Options, resolve};
use sourcebook_core::evidence::public::{InPublic, in_public};

/// An archive; what was asked of it is kept.
struct Archive {
    port: u16,
    log: Arc<Mutex<Vec<String>>>,
}

impl Archive {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&log);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = Arc::clone(&seen);
                thread::spawn(move || answer(stream, port, &seen));
            }
        });
        Self { port, log }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.log.lock().unwrap())
    }
}

const MEMENTO: &str = "Memento-Datetime: Mon, 04 Nov 2024 23:30:00 GMT\r\n";

fn answer(mut stream: TcpStream, port: u16, log: &Mutex<Vec<String>>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines().map_while(Result::ok);
    let request = lines.next()?;
    let head: Vec<_> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    assert!(head.iter().any(|line| line.contains("archived copies; for https://site.example")), "it says who it is");
    let path = request.split(' ').nth(1)?.to_owned();
    let before = {
        let mut log = log.lock().unwrap();
        log.push(path.clone());
        log.iter().filter(|other| **other == path).count()
    };
    let page = "<p>The bridge was closed on Monday.</p>";
    let ok = |headers: &str, body: &str| {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    let no = |head: &str| format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let text = match &*path {
        "/c/20241104id_/http://a/found" => ok(MEMENTO, page),
        "/c/20241104id_/http://a/changed" => ok(MEMENTO, "<p>The bridge was closed on Tuesday.</p>"),
        "/c/20241104id_/http://a/frame" => ok(MEMENTO, "<title>Archive</title><iframe src='x'></iframe><p>Replay</p>"),
        "/c/20241104id_/http://a/soft" => ok(MEMENTO, "<h1>Not found</h1><p>We could not find this page.</p>"),
        "/c/20241104id_/http://a/undated" => ok("", page),
        "/c/20241104id_/http://a/two-days" => ok(
            &format!("{MEMENTO}Content-Location: http://127.0.0.1:{port}/c/20230101000000id_/http://a/two-days\r\n"),
            page,
        ),
        "/c/20241104id_/http://a/nearest" => ok("Memento-Datetime: Tue, 31 Dec 2024 00:00:00 GMT\r\n", page),
        "/c/20241104id_/http://a/in" => no("302 Found\r\nLocation: /c/20241104233000/http://a/found"),
        "/c/20241104233000id_/http://a/found" => ok(MEMENTO, page),
        "/c/20241104id_/http://a/out" => no("302 Found\r\nLocation: http://elsewhere.example/x"),
        "/c/20241104id_/http://a/moved" => no(&format!("301 Moved\r\n{MEMENTO}Location: http://a/found")),
        "/c/20241104id_/http://a/was-404" => no(&format!("404 Not Found\r\n{}", MEMENTO.trim_end())),
        "/c/20241104id_/http://a/busy" => no("429 Too Many Requests\r\nRetry-After: 3600"),
        "/c/20241104id_/http://a/patient" if before == 1 => no("503 Service Unavailable\r\nRetry-After: 1"),
        "/c/20241104id_/http://a/patient" => ok(MEMENTO, page),
        "/c/20241104id_/http://a/image" => ok(MEMENTO, "\u{1}PNG").replace("text/html", "image/png"),
        "/short/AbC" => ok(
            &format!(
                "Link: <http://a/>; rel=\"original\", <http://127.0.0.1:{port}/c/20241104/http://a/found>; rel=\"memento\"\r\n"
            ),
            "frame",
        ),
        "/c/20241104id_/http://a/big" => {
            let head =
                format!("HTTP/1.1 200 OK\r\n{MEMENTO}Content-Length: {}\r\nConnection: close\r\n\r\n", fetch::MOST + 1);
            stream.write_all(head.as_bytes()).ok()?;
            let chunk = vec![b'x'; 1 << 20];
            return (0..=fetch::MOST >> 20).try_for_each(|_| stream.write_all(&chunk)).ok();
        }
        // The address that people copy: the frame, and the time that was asked.
        other if other.contains("/20241104/") => ok(MEMENTO, "<iframe></iframe> frame"),
        _ => no("404 Not Found"),
    };
    stream.write_all(text.as_bytes()).ok()
}

fn quick() -> Manners {
    let usual = manners(Some("https://site.example"));
    Manners {
        pause: Duration::from_millis(5),
        timeout: Duration::from_secs(5),
        patience: Duration::from_secs(2),
        total: Duration::from_secs(60),
        proxies: false,
        ..usual
    }
}

struct Pass {
    lock: Lock,
    cache: Cache,
    said: Vec<(&'static str, String)>,
    known: String,
}

fn pass(sheet: &str, site: Option<&str>, lock: &Lock, cache: &Cache, today: Date) -> Pass {
    let world = MemoryWorld::new().with("site.toml", "title = \"T\"").with("content/a.yaml", sheet);
    let parsed = load(&world).value;
    let dossier = resolve(&parsed, Options::default()).value;
    let mut lock = lock.clone();
    let asking = Asking { dossier: &dossier, files: &parsed.files, site, today };
    let asked = ask(&asking, &mut lock, cache, &quick());
    let said = asked.diagnostics.iter().map(|d| (d.code, d.message.clone())).collect();
    let written = sourcebook_core::evidence::lock::write(&lock);
    assert_eq!(sourcebook_core::evidence::lock_read::parse(&written).as_ref(), Ok(&lock), "{written}");
    let known = match in_public(lock.public.get("s"), &dossier.sources[0], Some("closed on Monday"), None) {
        InPublic::Nothing => "nothing".to_owned(),
        InPublic::NotAsked => "not asked".to_owned(),
        InPublic::Found(copy) => format!("found {}", copy.on),
        InPublic::Differs(copy) => format!("differs {}", copy.on),
        InPublic::Without(standing) => standing.as_str().to_owned(),
    };
    Pass { lock, cache: asked.cache, said, known }
}

fn sheet(url: &str) -> String {
    format!(
        "sources:\n  s: {{ title: S, url: 'http://a/x', archive: {{ url: '{url}', on: 2024-11-04 }} }}\nclaims:\n  c: {{ statement: S., \
         evidence: {{ source: s, quote: closed on Monday }} }}\n"
    )
}

const DAY: Date = jiff::civil::date(2026, 1, 1);

#[test]
fn what_archives_answer() {
    let archive = Archive::start();
    for (path, expect, told) in [
        ("/c/20241104/http://a/found", "found 2024-11-04", &[][..]),
        ("/c/20241104/http://a/changed", "differs 2024-11-04", &["public-copy-differs"]),
        ("/c/20241104/http://a/frame", "unlike", &["public-copy"]),
        ("/c/20241104/http://a/soft", "unlike", &["public-copy"]),
        ("/c/20241104/http://a/undated", "no-memento", &["public-copy"]),
        ("/c/20241104/http://a/two-days", "no-memento", &["public-copy"]),
        ("/c/20241104/http://a/nearest", "found 2024-12-31", &["archive-date"]),
        ("/c/20241104/http://a/in", "found 2024-11-04", &[]),
        ("/c/20241104/http://a/out", "outside", &["public-copy"]),
        ("/c/20241104/http://a/moved", "found 2024-11-04", &[]),
        ("/c/20241104/http://a/never", "gone", &["public-copy"]),
        ("/c/20241104/http://a/was-404", "gone", &["public-copy"]),
        ("/c/20241104/http://a/busy", "not asked", &["public-copy"]),
        ("/c/20241104/http://a/patient", "found 2024-11-04", &[]),
        ("/c/20241104/http://a/image", "unreadable", &["public-copy"]),
        ("/c/20241104/http://a/big", "too-big", &["public-copy"]),
        ("/short/AbC", "found 2024-11-04", &[]),
    ] {
        let url = format!("http://127.0.0.1:{}{path}", archive.port);
        let found = pass(&sheet(&url), Some("https://site.example"), &Lock::default(), &Cache::default(), DAY);
        let codes: Vec<_> = found.said.iter().map(|(code, _)| *code).collect();
        assert_eq!((&*found.known, &*codes), (expect, told), "{path} {:?}", found.said);
    }
    assert!(archive.asked().iter().all(|path| !path.contains("/20241104/")), "the frame is never asked");
}

#[test]
fn one_s_own_copy_is_never_asked() {
    let archive = Archive::start();
    let site = format!("http://127.0.0.1:{}", archive.port);
    let url = format!("{site}/c/20241104/http://a/found");
    let found = pass(&sheet(&url), Some(&site), &Lock::default(), &Cache::default(), DAY);
    assert_eq!((&*found.known, archive.asked().len()), ("own", 0));
}

#[test]
fn what_is_known_is_not_asked_again_and_never_lost() {
    let archive = Archive::start();
    let url = format!("http://127.0.0.1:{}/c/20241104/http://a/found", archive.port);
    let first = pass(&sheet(&url), None, &Lock::default(), &Cache::default(), DAY);
    assert_eq!(archive.asked().len(), 1);
    let again = pass(&sheet(&url), None, &first.lock, &first.cache, DAY);
    assert_eq!((archive.asked().len(), &again.lock), (0, &first.lock));
    let later = pass(&sheet(&url), None, &first.lock, &first.cache, jiff::civil::date(2026, 2, 1));
    assert_eq!((archive.asked().len(), &later.lock), (1, &first.lock), "the day of the finding stays");
    let more = sheet(&url)
        .replace("closed on Monday }", "closed on Monday }, note: N.")
        .replace("closed on Monday", "The bridge");
    pass(&more, None, &first.lock, &first.cache, DAY);
    assert_eq!(archive.asked().len(), 1, "another quote is another question");
    // What is found once stays while an archive asks for patience.
    let busy = url.replace("found", "busy");
    let mut held = first.lock.clone();
    held.public.get_mut("s").unwrap().url = busy.clone();
    let after = pass(&sheet(&busy), None, &held, &Cache::default(), DAY);
    assert_eq!((&*after.known, after.lock), ("found 2024-11-04", held));
}
