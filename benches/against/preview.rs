//! A preview as a person at it finds it: the first page, and the page after a save.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::measure::{Run, children_cpu, peak};

/// Saves of one run.
const SAVES: usize = 3;

/// What was seen.
pub(crate) struct Seen {
    /// From the start to the first page; CPU and memory until it was ended.
    pub(crate) first: Run,
    /// From the save to the new page.
    pub(crate) saves: Vec<Duration>,
}

/// Starts a preview, waits for its first page, then saves a claim's sheet and waits for the claim's page.
pub(crate) fn watch(mut command: Command, claim: &(PathBuf, usize), round: usize) -> Seen {
    let before = children_cpu();
    let start = Instant::now();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("http://").unwrap();
    let (address, base) = url.split_at(url.find('/').unwrap());
    while !get(address, base).contains("</html>") {
        std::thread::sleep(Duration::from_millis(2));
    }
    let wall = start.elapsed();
    let saves = (0..SAVES).map(|n| save(claim, address, base, &format!("nr{round}x{n}x{}", child.id()))).collect();
    let memory = peak(&child).unwrap_or(0);
    end(child);
    Seen { first: Run { wall, cpu: children_cpu() - before, memory }, saves }
}

fn end(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

fn save((path, at): &(PathBuf, usize), address: &str, base: &str, mark: &str) -> Duration {
    std::thread::sleep(Duration::from_millis(500));
    let text = std::fs::read_to_string(path).unwrap();
    let (before, after) = text.split_at(*at);
    let id = before.trim_end_matches("    statement: ").trim_end().rsplit('\n').next().unwrap();
    let page = format!("{base}claims/{}/", id.trim().trim_end_matches(':'));
    // The mark of the save before goes.
    let rest = after.strip_prefix("nr").and_then(|mark| mark.split_once('\u{b7}')).map_or(after, |(_, rest)| rest);
    let start = Instant::now();
    std::fs::write(path, format!("{before}{mark}\u{b7}{rest}")).unwrap();
    while !get(address, &page).contains(mark) {
        assert!(start.elapsed() < Duration::from_secs(300), "the page at {page} did not change");
        std::thread::sleep(Duration::from_millis(1));
    }
    start.elapsed()
}

fn get(address: &str, path: &str) -> String {
    let Ok(mut stream) = TcpStream::connect(address) else { return String::new() };
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
