//! A client of our own making: it frames messages, and keeps what the server tells unasked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use sourcebook_core::model::language::Language;

/// The scaffold in a folder of its own, and an editor that has it open.
pub(crate) struct Editor {
    pub folder: PathBuf,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next: i64,
    /// Diagnostics by address, as last told.
    pub told: BTreeMap<String, Vec<Value>>,
    utf8: bool,
}

impl Editor {
    /// Opens the English example.
    pub(crate) fn new() -> Self {
        Self::with(json!({}), |_| ())
    }

    /// With capabilities, and with a change to the folder before it is opened.
    pub(crate) fn with(capabilities: Value, change: impl FnOnce(&Path)) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("lsp é-{}-{number}", std::process::id()));
        for (path, text) in sourcebook_desk::scaffold::files(Language::English) {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let folder = folder.canonicalize().unwrap();
        change(&folder);
        let mut child = Command::new(env!("CARGO_BIN_EXE_sourcebook"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let utf8 = capabilities.pointer("/general/positionEncodings/0").is_some_and(|units| units == "utf-8");
        let mut editor = Self { folder, child, input, output, next: 0, told: BTreeMap::new(), utf8 };
        let folders = json!([{ "uri": editor.uri(""), "name": "dossier" }]);
        let params =
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders });
        let greeting = editor.ask("initialize", params);
        assert_eq!(greeting["serverInfo"]["name"], "sourcebook");
        editor.tell("initialized", json!({}));
        editor
    }

    pub(crate) fn uri(&self, path: &str) -> String {
        let folder = self.folder.to_str().unwrap().replace(' ', "%20").replace('é', "%C3%A9");
        format!("file://{folder}/{path}").trim_end_matches('/').to_owned()
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path)).unwrap()
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the server has gone");
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", n)) => length = n.parse().unwrap(),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// Receives one message, and keeps it if it is diagnostics.
    fn hear(&mut self) -> Value {
        let message = self.receive();
        if message["method"] == "textDocument/publishDiagnostics" {
            let told = message["params"]["diagnostics"].as_array().unwrap().clone();
            self.told.insert(message["params"]["uri"].as_str().unwrap().to_owned(), told);
        }
        message
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and waits for the whole answer.
    pub(crate) fn answer(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.hear();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// Waits until diagnostics are told that answer to this.
    pub(crate) fn wait(&mut self, mut enough: impl FnMut(&BTreeMap<String, Vec<Value>>) -> bool) {
        while !enough(&self.told) {
            self.hear();
        }
    }

    /// Opens a text with a caret `¦` in it, which is taken out; the place of the caret.
    pub(crate) fn open(&mut self, path: &str, text: &str) -> Value {
        let uri = self.uri(path);
        let at = text.find('¦').unwrap_or(0);
        let plain = text.replace('¦', "");
        let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": plain });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        json!({ "textDocument": { "uri": uri }, "position": self.position(&plain, at) })
    }

    pub(crate) fn position(&self, text: &str, at: usize) -> Value {
        let before = &text[..at];
        let line = before.rsplit('\n').next().unwrap();
        let character = if self.utf8 { line.len() } else { line.encode_utf16().count() };
        json!({ "line": before.matches('\n').count(), "character": character })
    }

    /// The text with what the server wants changed in it.
    pub(crate) fn apply(&self, path: &str, text: &str, edit: &Value) -> String {
        let uri = self.uri(path);
        let edits = match edit["documentChanges"].as_array() {
            Some(changes) => changes
                .iter()
                .filter(|c| c["textDocument"]["uri"] == *uri)
                .flat_map(|c| c["edits"].as_array().unwrap())
                .cloned()
                .collect(),
            None => edit["changes"][&uri].as_array().cloned().unwrap_or_default(),
        };
        self.edited(text, &edits)
    }

    /// The text with edits made, which speak of it as it is.
    pub(crate) fn edited(&self, text: &str, edits: &[Value]) -> String {
        let byte = |place: &Value| {
            let line = place["line"].as_u64().unwrap() as usize;
            let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            let mut units = place["character"].as_u64().unwrap() as usize;
            let mut at = start;
            for c in text[start..].chars().take_while(|c| *c != '\n') {
                let width = if self.utf8 { c.len_utf8() } else { c.len_utf16() };
                if units < width {
                    break;
                }
                units -= width;
                at += c.len_utf8();
            }
            at
        };
        let mut out = text.to_owned();
        let mut all: Vec<_> = edits
            .iter()
            .map(|e| (byte(&e["range"]["start"]), byte(&e["range"]["end"]), e["newText"].as_str().unwrap()))
            .collect();
        all.sort_by_key(|(start, ..)| *start);
        for (start, end, new) in all.into_iter().rev() {
            out.replace_range(start..end, new);
        }
        out
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.ask("shutdown", Value::Null);
            self.tell("exit", Value::Null);
            assert!(self.child.wait().unwrap().success());
            std::fs::remove_dir_all(&self.folder).unwrap();
        }
        let _ = self.child.kill();
    }
}
