//! The command, as it is run.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::scratch::Scratch;

fn command(scratch: &Scratch, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sourcebook"));
    command.arg("serve").arg("--root").arg(scratch.path()).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A server as a child that ends with the value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts it and reads the line with the address.
fn start(scratch: &Scratch, arguments: &[&str]) -> (Running, Client) {
    let mut child = command(scratch, arguments).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("http://").and_then(|rest| rest.split('/').next()).expect(&line);
    (Running(child), Client { address: address.parse().unwrap() })
}

#[test]
fn the_next_free_port_unless_one_is_named() {
    let scratch = Scratch::small("port");
    let (_first, one) = start(&scratch, &[]);
    let (_second, two) = start(&scratch, &[]);
    assert_ne!(one.address.port(), two.address.port());
    assert_eq!((one.get("/").status, two.get("/").status), (200, 200));
    let port = one.address.port().to_string();
    let out = command(&scratch, &["--port", &port]).output().unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(out.stderr).unwrap(),
        format!("error: port {port} is taken: name another, or leave out --port for the next that is free\n")
    );
}

#[test]
fn others_may_read_only_when_told_so() {
    let scratch = Scratch::small("expose");
    let out = command(&scratch, &["--host", "0.0.0.0"]).output().unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8(out.stderr).unwrap().contains("--expose"));
    scratch.put("captures/.gitignore", "*\n");
    let captures = scratch.path().join("captures");
    let arguments = ["--host", "0.0.0.0", "--expose", "--captures", captures.to_str().unwrap()];
    let (_running, client) = start(&scratch, &arguments);
    let client = Client { address: format!("127.0.0.1:{}", client.address.port()).parse().unwrap() };
    assert_eq!(client.get("/").status, 200);
    let evidence = client.get("/.sourcebook/evidence?source=/sources/paper/&quote=ten");
    assert_eq!(evidence.status, 403, "captures never leave this machine");
}

#[test]
fn drafts_only_when_asked_for() {
    let scratch = Scratch::small("drafts");
    scratch.put("content/draft.md", "---\ntitle: Draft\ndraft: true\n---\nNot yet.\n");
    let (_without, client) = start(&scratch, &[]);
    assert_eq!(client.get("/draft/").status, 404);
    let (_with, client) = start(&scratch, &["--drafts"]);
    assert_eq!(client.get("/draft/").status, 200);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_at_once() {
    let scratch = Scratch::small("interrupt");
    let (mut running, client) = start(&scratch, &[]);
    let _open = client.connect();
    client.event("/", |_| true);
    let asked = Instant::now();
    let pid = running.0.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    running.0.wait().unwrap();
    assert!(asked.elapsed() < Duration::from_millis(500), "{:?}", asked.elapsed());
}

#[test]
fn nothing_is_written() {
    let scratch = Scratch::small("writes");
    let list = || {
        let mut all: Vec<_> = walk(scratch.path());
        all.sort();
        all
    };
    let before = list();
    let (running, client) = start(&scratch, &[]);
    assert_eq!(client.get("/").status, 200);
    drop(running);
    assert_eq!(list(), before);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
