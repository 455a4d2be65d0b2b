//! Against a server of the test's own, on the loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::fetch::{Manners, Outcome};
use super::*;
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::base::timings::Timings;
use sourcebook_site::prepare::Options;
use sourcebook_site::prepare::prepare;

/// A server that writes down what it is asked, and how many requests it had at once.
struct Server {
    port: u16,
    log: Arc<Mutex<Vec<(String, Instant)>>>,
    most: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), log: Arc::default(), most: Arc::default() };
        let (log, most, now) = (server.log.clone(), server.most.clone(), Arc::new(AtomicUsize::new(0)));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (log, most, now) = (log.clone(), most.clone(), now.clone());
                thread::spawn(move || {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    let _ = serve(stream, &log);
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        server
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// `HEAD /path`, in order; emptied.
    fn asked(&self) -> Vec<String> {
        self.log.lock().unwrap().drain(..).map(|(request, _)| request).collect()
    }

    /// What an address answers, with ports left out.
    fn outcome(&self, path: &str) -> Outcome {
        let url = self.url(path);
        let found = fetch::all(&[&url], &manners(), &|| ()).remove(0);
        let plain = |text: String| text.replace(&format!(":{}", self.port), "");
        match found {
            Outcome::Moved(to) => Outcome::Moved(plain(to)),
            Outcome::Dead(why) => Outcome::Dead(plain(why)),
            other => other,
        }
    }
}

/// Answers one request. `/slow` is slower than patience, `/reset` says nothing, `/N/…` answers with that status.
fn serve(mut stream: TcpStream, log: &Mutex<Vec<(String, Instant)>>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines().map_while(Result::ok);
    let request = lines.next()?.replace(" HTTP/1.1", "");
    let head: Vec<_> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    assert!(head.iter().any(|line| line.contains("sourcebook/")), "it says who it is");
    let before = {
        let mut log = log.lock().unwrap();
        log.push((request.clone(), Instant::now()));
        log.iter().filter(|(other, _)| *other == request).count()
    };
    let (method, path) = request.split_once(' ')?;
    thread::sleep(Duration::from_millis(20));
    let head = match (path, method) {
        ("/reset", _) => return None,
        ("/slow", _) => {
            thread::sleep(Duration::from_millis(900));
            return None;
        }
        ("/moved", _) => "301 Moved Permanently\r\nLocation: /200/new".to_owned(),
        ("/moved-twice", _) => "308 Permanent Redirect\r\nLocation: /moved".to_owned(),
        ("/elsewhere", _) => "302 Found\r\nLocation: /moved".to_owned(),
        ("/to-nothing", _) => "301 Moved Permanently\r\nLocation: /404/x".to_owned(),
        ("/circle", _) => "302 Found\r\nLocation: /circle".to_owned(),
        ("/nowhere", _) => "302 Found".to_owned(),
        ("/no-head", "HEAD") => "405 Method Not Allowed".to_owned(),
        ("/no-head", _) => "200 OK".to_owned(),
        ("/busy-once", _) if before == 1 => "429 Too Many Requests\r\nRetry-After: 1".to_owned(),
        ("/busy-once", _) => "200 OK".to_owned(),
        ("/busy", _) => "503 Service Unavailable\r\nRetry-After: 0".to_owned(),
        ("/busy-long", _) => "429 Too Many Requests\r\nRetry-After: 3600".to_owned(),
        _ => match path.strip_prefix("/on/").map(|n| n.parse::<u32>().unwrap()) {
            Some(n) => format!("302 Found\r\nLocation: /on/{}", n + 1),
            None => format!("{} X", path.split('/').nth(1)?),
        },
    };
    write!(stream, "HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok()
}

fn manners() -> Manners {
    Manners {
        pause: Duration::from_millis(30),
        timeout: Duration::from_millis(600),
        hosts: 4,
        patience: Duration::from_secs(2),
        total: Duration::from_secs(30),
        proxies: false,
        ..Manners::of(Some("https://site.example"))
    }
}

fn dead(why: &str) -> Outcome {
    Outcome::Dead(why.to_owned())
}

fn moved() -> Outcome {
    Outcome::Moved("http://127.0.0.1/200/new".to_owned())
}

#[test]
fn what_answers_mean() {
    let server = Server::start();
    let there = "it redirects to `http://127.0.0.1/404/x`, and there it answers 404 Not Found";
    for (path, expect, requests) in [
        ("/200/a", Outcome::Alive, 1),
        ("/moved", moved(), 2),
        ("/moved-twice", moved(), 3),
        ("/elsewhere", Outcome::Alive, 3),
        ("/404/x", dead("it answers 404 Not Found"), 1),
        ("/410/x", dead("it answers 410 Gone"), 1),
        ("/403/x", dead("it answers 403 Forbidden, which it may say to programs only"), 2),
        ("/500/x", dead("it answers 500 Internal Server Error"), 1),
        ("/to-nothing", dead(there), 2),
        ("/circle", dead("it redirects in a circle"), 1),
        ("/on/1", dead("it redirects more than 5 times"), 6),
        ("/nowhere", dead("it answers 302 Found and not where to"), 1),
        ("/no-head", Outcome::Alive, 2),
        ("/slow", dead("no answer within 0.6 s"), 1),
        ("/reset", dead("the connection breaks off"), 1),
    ] {
        assert_eq!(server.outcome(path), expect, "{path}");
        assert_eq!(server.asked().len(), requests, "{path}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = fetch::all(&[&format!("http://{closed}/"), "https://é/", "http://"], &manners(), &|| ());
    assert_eq!(refused, [dead("the connection is refused"), Outcome::Unasked, Outcome::Unasked]);
}

#[test]
fn patience_is_had_once() {
    let server = Server::start();
    let start = Instant::now();
    assert_eq!(server.outcome("/busy-once"), Outcome::Alive);
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.asked(), ["HEAD /busy-once"; 2]);
    assert_eq!(server.outcome("/busy"), dead("it answers 503 Service Unavailable"));
    assert_eq!(server.asked(), ["HEAD /busy"; 2]);
    let urls = ["/busy-long", "/200/a"].map(|path| server.url(path));
    let found = fetch::all(&[&urls[0], &urls[1]], &manners(), &|| ());
    assert_eq!(found[1], dead("its host asks for patience (429 Too Many Requests)"));
    assert_eq!(server.asked(), ["HEAD /busy-long"]);
}

#[test]
fn never_two_at_once_to_one_host() {
    let (one, other) = (Server::start(), Server::start());
    // The other port is the same machine, and half of the addresses lead on.
    let paths = (0..8).map(|i| if i % 2 == 0 { format!("/200/{i}") } else { "/moved".to_owned() });
    let urls: Vec<_> = paths.flat_map(|path| [one.url(&path), other.url(&path)]).collect();
    let urls: Vec<_> = urls.iter().map(|url| &**url).collect();
    let found = fetch::all(&urls, &manners(), &|| ());
    assert!(found.iter().all(|outcome| !matches!(outcome, Outcome::Dead(_) | Outcome::Unasked)), "{found:?}");
    assert_eq!([&one, &other].map(|server| server.most.load(Ordering::SeqCst)), [1, 1]);
    let mut times: Vec<_> = [one, other].iter().flat_map(|s| s.log.lock().unwrap().clone()).map(|(_, t)| t).collect();
    times.sort();
    assert_eq!(times.len(), 24);
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= Duration::from_millis(40)), "{times:?}");
}

#[test]
fn several_hosts_at_once_and_none_for_ever() {
    let server = Server::start();
    let local = format!("http://localhost:{}/slow", server.port);
    let start = Instant::now();
    // A host that twice stays silent is not asked a third time.
    let slow = [server.url("/slow"), server.url("/slow?"), server.url("/slow?a"), local];
    let slow: Vec<_> = slow.iter().map(|url| &**url).collect();
    fetch::all(&slow[..1], &Manners { total: Duration::ZERO, ..manners() }, &|| ());
    assert_eq!(server.asked(), [""; 0]);
    let found = fetch::all(&slow, &Manners { timeout: Duration::from_millis(10), ..manners() }, &|| ());
    assert_eq!(
        found[..3],
        [dead("no answer within 0.01 s"), dead("no answer within 0.01 s"), dead("no answer within 0.01 s")]
    );
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn the_second_run_asks_only_for_failures() {
    let server = Server::start();
    let sheet = format!(
        "sources:\n  s:\n    title: S\n    url: {}#top\n    archive: {{ url: \"{}\" }}\n  t: {{ title: T, url: {} }}\n",
        server.url("/200/a"),
        server.url("/moved"),
        server.url("/404/a")
    );
    let page = format!("# P\n\n[a]({}) [b]({}) [c](mailto:a@b.c)\n", server.url("/200/a"), server.url("/404/a"));
    let world = MemoryWorld::new()
        .with("site.toml", "title = 'T'")
        .with("content/a.yaml", sheet)
        .with("content/p.md", format!("---\ntitle: P\n---\n{page}"));
    let prepared = prepare(&world, Options::default(), &mut Timings::default());
    assert_eq!(server.asked(), [""; 0], "without --links nothing is asked");
    let pass = |cache: &Cache, world: &MemoryWorld| {
        let checked = check(&prepared, world, cache, &manners());
        let show = |d: &Diagnostic| {
            let at = prepared.parsed.files.text(d.span.unwrap());
            (d.code, d.severity, at.replace(&format!(":{}", server.port), ""), d.labels.len())
        };
        (checked.diagnostics.iter().map(show).collect::<Vec<_>>(), checked.cache, checked.summary)
    };
    let (said, cache, summary) = pass(&Cache::default(), &world);
    let expect = [
        ("moved-link", Severity::Hint, "http://127.0.0.1/moved".to_owned(), 0),
        ("dead-link", Severity::Warning, "http://127.0.0.1/404/a".to_owned(), 1),
    ];
    assert_eq!(said, expect);
    assert_eq!(summary, "3 external links: 3 asked now, 0 known from before");
    assert_eq!(server.asked(), ["HEAD /200/a", "HEAD /404/a", "HEAD /moved", "HEAD /200/new"]);
    let (again, kept, summary) = pass(&cache, &world);
    assert_eq!((again, kept), (said, cache.clone()));
    assert_eq!(summary, "3 external links: 1 asked now, 2 known from before");
    assert_eq!(server.asked(), ["HEAD /404/a"]);
    pass(&cache, &world.clone().on(jiff::civil::date(2026, 1, 8)));
    assert_eq!(server.asked().len(), 4, "after a week");
}
