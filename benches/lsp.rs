//! The benchmark of the language server: `cargo bench --bench lsp -- [N …]`.
//!
//! For each corpus size, with the server in this process and messages as an editor sends them: open the sheet of claims, type a
//! character and ask at once, so many times; then the median and the slowest of each kind of answer, in milliseconds.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a tool, not the program"
)]

#[allow(missing_docs, dead_code, reason = "a tool, not the program")]
mod corpus;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};
use sourcebook::lsp::server::Server;
use sourcebook_machine::disk::Disk;
use sourcebook_site::prepare::Options;

/// As the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each is asked.
const TIMES: usize = 21;

fn main() {
    let mut sizes: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![200, 2000];
    }
    println!("| claims | asked | median ms | slowest ms |");
    println!("|---|---|---|---|");
    sizes.into_iter().for_each(measure);
}

/// How long the client waits to be told what is wrong.
const PATIENCE: Duration = Duration::from_secs(120);

/// A client at the other end of the server's messages.
struct Client {
    wire: Connection,
    next: i32,
    /// The version of the open sheet of which it was told last what is wrong.
    told: i64,
}

impl Client {
    fn tell(&self, method: &str, params: Value) {
        self.wire.sender.send(Message::Notification(Notification::new(method.to_owned(), params))).unwrap();
    }

    /// The answer, and how long it took, in milliseconds.
    fn ask(&mut self, method: &str, params: Value) -> (Value, f64) {
        self.next += 1;
        let id = RequestId::from(self.next);
        let start = Instant::now();
        self.wire.sender.send(Message::Request(Request::new(id.clone(), method.to_owned(), params))).unwrap();
        loop {
            match self.wire.receiver.recv().unwrap() {
                Message::Response(response) if response.id == id => {
                    return (response.response_result.unwrap_or_default(), start.elapsed().as_secs_f64() * 1000.0);
                }
                Message::Notification(told) => self.hear(&told),
                Message::Response(_) | Message::Request(_) => {}
            }
        }
    }

    /// What is told while something else is waited for is told all the same.
    fn hear(&mut self, told: &Notification) {
        if told.method == "textDocument/publishDiagnostics" {
            self.told = told.params["version"].as_i64().unwrap_or(self.told);
        }
    }

    /// Waits until it is told what is wrong with a version of the open sheet, in milliseconds.
    fn told(&mut self, version: i64) -> f64 {
        let start = Instant::now();
        while self.told < version {
            match self.wire.receiver.recv_timeout(PATIENCE) {
                Ok(Message::Notification(told)) => self.hear(&told),
                Ok(_) => {}
                Err(_) => panic!("nothing was told of version {version}"),
            }
        }
        start.elapsed().as_secs_f64() * 1000.0
    }
}

fn measure(size: usize) {
    let root: PathBuf = std::env::temp_dir().join(format!("sourcebook-lsp-{}-{size}", std::process::id()));
    corpus::dossier::write(size, corpus::Shape::Popular, &mut |path, text| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    });
    let (server, wire) = Connection::memory();
    let folder = root.clone();
    std::thread::spawn(move || {
        let opener = move |_| Disk::open(&folder).ok();
        Server::run(&server, Box::new(opener), Options::default()).unwrap();
    });
    let mut client = Client { wire, next: 0, told: 0 };
    let row = |asked: &str, mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        println!("| {size} | {asked} | {:.1} | {:.1} |", times[times.len() / 2], times[times.len() - 1]);
    };
    let (_, time) = client.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    client.tell("initialized", json!({}));
    let sheet = sheet(&root);
    let text = std::fs::read_to_string(root.join(&sheet)).unwrap();
    let uri = format!("file://{}/{sheet}", root.canonicalize().unwrap().display());
    let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
    client.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let line = text.lines().position(|line| line.trim_start().starts_with("by: ")).unwrap();
    let end = text.lines().nth(line).unwrap().len();
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": end } });
    let first = client.ask("textDocument/hover", at.clone()).1;
    row("first answer after the greeting", vec![time + first]);
    let (mut completion, mut hover, mut definition, mut references, mut told) =
        (vec![], vec![], vec![], vec![], vec![]);
    for n in 0..TIMES {
        // A letter more, a letter less.
        let (from, to, text) = if n % 2 == 0 { (end, end, "a") } else { (end, end + 1, "") };
        let range = json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } });
        let change = json!({ "textDocument": { "uri": uri, "version": n + 2 }, "contentChanges": [{ "range": range, "text": text }] });
        client.tell("textDocument/didChange", change);
        let mut caret = at.clone();
        caret["position"]["character"] = (from + text.len()).into();
        completion.push(client.ask("textDocument/completion", caret).1);
        hover.push(client.ask("textDocument/hover", at.clone()).1);
        definition.push(client.ask("textDocument/definition", at.clone()).1);
        let mut all = at.clone();
        all["context"] = json!({ "includeDeclaration": true });
        references.push(client.ask("textDocument/references", all).1);
        told.push(client.told(i64::try_from(n).unwrap() + 2));
    }
    row("completion after a key stroke", completion);
    row("hover", hover);
    row("definition, what was typed being read first", definition);
    row("references", references);
    row("what is wrong, after the last question", told);
    std::fs::remove_dir_all(&root).unwrap();
}

/// The sheet with the most lines of speakers.
fn sheet(root: &std::path::Path) -> String {
    let files = walkdir::WalkDir::new(root.join("content")).into_iter().filter_map(Result::ok);
    let yaml = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "yaml"));
    let count =
        |entry: &walkdir::DirEntry| std::fs::read_to_string(entry.path()).unwrap().matches("\n    by: ").count();
    let most = yaml.max_by_key(count).unwrap();
    most.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned()
}
