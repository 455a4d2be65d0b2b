//! What is no page, whom we do not answer, and who takes too long.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use sourcebook_machine::serve::Settings;

use crate::scratch::{Scratch, serve, serve_in, serve_with};

#[test]
fn statuses_and_types() {
    let scratch = Scratch::small("types");
    let client = serve(&scratch.preview());
    let check = |path: &str, status: u16, kind: &str| {
        let answer = client.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (status, kind), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-cache");
    };
    let html = "text/html; charset=utf-8";
    check("/", 200, html);
    check("/?a=b", 200, html);
    check("/actors/ann/", 200, html);
    check("/actors/ann/index.html", 200, html);
    check("/actors/nobody/", 404, html);
    check("/404.html", 200, html);
    check("/image.svg", 200, "image/svg+xml");
    check("/caf%C3%A9%20noir.txt", 200, "text/plain; charset=utf-8");
    check("/caf%c3%a9%20noir.txt", 200, "text/plain; charset=utf-8");
    check("/.sourcebook/live.js", 200, "text/javascript; charset=utf-8");
    check("/.sourcebook/", 404, "text/plain; charset=utf-8");
    assert_eq!(client.get("/actors/ann").header("location"), "/actors/ann/");
}

#[test]
fn nothing_else_can_be_read() {
    let scratch = Scratch::small("outside");
    scratch.put("secret.txt", "secret");
    scratch.put("content/.hidden", "secret");
    let secret = scratch.path().join("secret.txt");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, scratch.path().join("content/inside.txt")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", scratch.path().join("content/outside.txt")).unwrap();
    let preview = scratch.preview();
    assert_eq!(preview.current().faults.len(), 1, "a link that leads out is a fault");
    std::fs::remove_file(scratch.path().join("content/outside.txt")).unwrap();
    let client = serve(&scratch.preview());
    for path in [
        "/site.toml",
        "/secret.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/actors/../../secret.txt",
        "/actors/ann/..%5c..%5c..%5csecret.txt",
        "/..\\secret.txt",
        "/.hidden",
        "/content/index.md",
        "/sheets/people.yaml",
        "/captures/paper.txt",
        "/paper.txt",
        "//etc/passwd",
        "/etc/passwd%00.html",
        "/%c0%ae%c0%ae/secret.txt",
        "/.sourcebook/../secret.txt",
        "/.sourcebook/live.js/../../secret.txt",
    ] {
        let answer = client.get(path);
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!text.contains("secret") && !text.contains("root:"), "{path}: {text}");
    }
}

#[test]
fn other_hosts_and_methods() {
    let scratch = Scratch::small("hosts");
    let client = serve(&scratch.preview());
    let port = client.address.port();
    let check = |request: String, expect: u16| {
        let answer = client.send(&format!("{request}Connection: close\r\n\r\n"));
        assert_eq!(answer.status, expect, "{request}");
    };
    check(format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\n"), 200);
    check(format!("HEAD / HTTP/1.1\r\nHost: localhost:{port}\r\n"), 200);
    check(format!("GET / HTTP/1.1\r\nHost: evil.example:{port}\r\n"), 421);
    check("GET / HTTP/1.1\r\nHost: localhost\r\n".into(), 421);
    check("GET / HTTP/1.1\r\n".into(), 421);
    check(format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nHost: evil.example\r\n"), 421);
    check(format!("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:{port}\r\n"), 421);
    let refused = client.send(&format!("DELETE / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"));
    assert_eq!((refused.status, refused.header("allow")), (405, "GET, HEAD"));
    check(format!("POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 0\r\n"), 405);
    check(format!("GET /.sourcebook/events?page=/ HTTP/1.1\r\nHost: evil.example:{port}\r\n"), 421);
}

#[test]
fn what_is_had_is_not_sent_again() {
    let scratch = Scratch::small("tags");
    let preview = scratch.preview();
    let client = serve(&preview);
    let first = client.get("/actors/ann/");
    let tag = first.header("etag").to_owned();
    let again = client.get_with("/actors/ann/", &[("If-None-Match", &tag)]);
    assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, &*tag));
    scratch.edit("content/sheets/people.yaml", "name: Ann", "name: Anna");
    preview.snapshot().refresh(&sourcebook_machine::serve::change::Change { anything: true, paths: Vec::new() });
    preview.reload(|_| ());
    let changed = client.get_with("/actors/ann/", &[("If-None-Match", &tag)]);
    assert_eq!(changed.status, 200);
    assert!(changed.text().contains("Anna"));
}

#[test]
fn the_slow_are_dropped() {
    let scratch = Scratch::small("slow");
    scratch.put("content/large.bin", &"x".repeat(32 << 20));
    let patience = Duration::from_millis(300);
    let client = serve_with(&scratch.preview(), Settings { patience, ..Settings::default() });
    let start = Instant::now();
    let mut silent = client.connect();
    let mut half = client.connect();
    half.write_all(b"GET / HTTP/1.1\r\nHost:").unwrap();
    let mut greedy = client.connect();
    let request = format!("GET /large.bin HTTP/1.1\r\nHost: {}\r\n\r\n", client.address);
    greedy.write_all(request.as_bytes()).unwrap();
    let mut rest = Vec::new();
    let _ = silent.read_to_end(&mut rest);
    let _ = half.read_to_end(&mut rest);
    std::thread::sleep(patience * 4);
    let mut taken = Vec::new();
    let _ = greedy.read_to_end(&mut taken);
    assert!(taken.len() < 32 << 20, "who does not read is not waited for");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn so_many_connections_and_the_slowest_makes_room() {
    let scratch = Scratch::small("many");
    let settings = Settings { connections: 4, patience: Duration::from_secs(60), ..Settings::default() };
    let (client, crowd) = serve_in(&scratch.preview(), settings);
    let held: Vec<_> = (0..4).map(|_| client.connect()).collect();
    assert_eq!(client.get("/").status, 200, "served, long before anybody's patience ends");
    assert!((1..=4).contains(&crowd.sent_away()), "{}", crowd.sent_away());
    drop(held);
}

/// Hundreds who ask for much and take in nothing: what lies in memory is bounded, and everybody else is served.
#[test]
fn slow_readers_neither_fill_the_memory_nor_keep_others_waiting() {
    const LARGE: usize = 1 << 20;
    const MEMORY: usize = 8 << 20;
    let scratch = Scratch::small("slow-readers");
    scratch.put("content/large.bin", &"x".repeat(LARGE));
    let settings =
        Settings { connections: 32, memory: MEMORY, patience: Duration::from_secs(600), ..Settings::default() };
    let (client, crowd) = serve_in(&scratch.preview(), settings);
    let request = format!("GET /large.bin HTTP/1.1\r\nHost: {}\r\n\r\n", client.address);
    let mut held = Vec::new();
    for round in 0..200 {
        let mut slow = client.connect();
        // Whoever was sent away meanwhile cannot ask any more.
        let _ = slow.write_all(request.as_bytes());
        held.push(slow);
        if round % 10 == 9 {
            assert_eq!(client.get("/").status, 200, "round {round}");
            assert_eq!(client.get("/large.bin").body.len(), LARGE, "round {round}");
        }
    }
    assert!(crowd.peak() <= MEMORY, "{}", crowd.peak());
    assert!(crowd.sent_away() > 100, "{}", crowd.sent_away());
    drop(held);
}

#[test]
fn too_long_a_head_is_refused() {
    let client = serve(&Scratch::small("long").preview());
    let answer = client.get_with("/", &[("X", &"x".repeat(40_000))]);
    assert_eq!(answer.status, 431);
}

#[test]
fn the_passage_around_a_quote() {
    let scratch = Scratch::small("passage");
    let client = serve(&scratch.preview());
    let query = "source=/sources/paper/&quote=%C2%AB%20there+were+ten+of+them%20%C2%BB&locator=%C2%A7+2";
    let answer = client.get(&format!("/.sourcebook/evidence?{query}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let found: serde_json::Value = serde_json::from_str(&answer.text()).unwrap();
    assert_eq!((&found["state"], &found["place"]), (&"verbatim".into(), &"§ 2".into()));
    let pieces = found["pieces"].as_array().unwrap();
    let text: String = pieces.iter().map(|piece| piece["text"].as_str().unwrap()).collect();
    assert_eq!(text, "A first paragraph.\n\nAnn said that there were ten of them, and left.\n");
    assert_eq!(client.get("/.sourcebook/evidence?source=/sources/none/&quote=x").status, 404);
    let foreign = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")];
    assert_eq!(client.get_with(&format!("/.sourcebook/evidence?{query}"), &foreign).status, 403);
}
