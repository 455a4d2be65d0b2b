//! A way to a store that can be watched, and that fails as it is told.
//!
//! One request a connection, HTTP/1.1: read whole, put to the plan, passed on, and the answer brought back.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub method: String,
    /// From the bucket's root, decoded; without query.
    pub key: String,
    pub body: Vec<u8>,
    whole: Vec<u8>,
}

/// What becomes of a request.
pub(crate) enum Fate {
    /// It is passed on.
    Pass,
    /// The connection is cut before the store sees it.
    Cut,
    /// The store does it, and the connection is cut before the answer.
    CutAfter,
    /// The answer is cut in the middle.
    Half,
    /// A server says that it fails.
    Status(u16),
    /// A server refuses, and repeats in its answer what it was told, head and all.
    Echo,
}

/// What is asked on each request, in the order in which they come, and told once the store has answered it.
pub(crate) trait Plan: Send {
    fn fate(&mut self, request: &Request) -> Fate;
    fn done(&mut self, _request: &Request) {}
}

pub(crate) struct Proxy {
    pub port: u16,
    pub requests: Arc<Mutex<Vec<Request>>>,
}

impl Proxy {
    pub(crate) fn new(to: u16, plan: impl Plan + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (log, plan) = (requests.clone(), Arc::new(Mutex::new(plan)));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (log, plan) = (log.clone(), plan.clone());
                // A client that was killed is gone, and so is its request.
                std::thread::spawn(move || drop(serve(stream, to, &log, &*plan)));
            }
        });
        Self { port, requests }
    }

    pub(crate) fn count(&self, method: &str) -> usize {
        self.requests.lock().unwrap().iter().filter(|request| request.method == method).count()
    }

    /// Keys of requests of this method, without the program's own.
    pub(crate) fn keys(&self, method: &str) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        let of = |request: &&Request| request.method == method && !request.key.contains(".sourcebook/");
        requests.iter().filter(of).map(|request| request.key.clone()).collect()
    }
}

fn serve(mut client: TcpStream, to: u16, log: &Mutex<Vec<Request>>, plan: &Mutex<impl Plan>) -> io::Result<()> {
    let request = read(&mut client)?;
    log.lock().unwrap().push(request.clone());
    let fate = plan.lock().unwrap().fate(&request);
    match fate {
        Fate::Cut => return Ok(()),
        Fate::Status(status) => {
            return write!(client, "HTTP/1.1 {status} Oh\r\nContent-Length: 4\r\nConnection: close\r\n\r\noh!\n");
        }
        Fate::Echo => {
            let told = String::from_utf8_lossy(&request.whole);
            return write!(
                client,
                "HTTP/1.1 403 No\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{told}",
                told.len()
            );
        }
        Fate::Pass | Fate::CutAfter | Fate::Half => {}
    }
    let mut server = TcpStream::connect(("127.0.0.1", to))?;
    server.write_all(&request.whole)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    if answer.starts_with(b"HTTP/1.1 2") {
        plan.lock().unwrap().done(&request);
    }
    match fate {
        Fate::CutAfter => Ok(()),
        Fate::Half => client.write_all(&answer[..answer.len() / 2]),
        _ => client.write_all(&answer),
    }
}

/// A request, made one that closes its connection.
fn read(client: &mut TcpStream) -> io::Result<Request> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 * 1024];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") {
            break end;
        }
        match client.read(&mut buffer)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => bytes.extend_from_slice(&buffer[..n]),
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let header = |name: &str| {
        let lines = head.lines().filter_map(|line| line.split_once(':'));
        lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned()).next()
    };
    let length = header("content-length").map_or(0, |text| text.parse().unwrap());
    let mut body = bytes[end + 4..].to_vec();
    while body.len() < length {
        match client.read(&mut buffer)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => body.extend_from_slice(&buffer[..n]),
        }
    }
    let mut words = head.split(' ');
    let (method, target) = (words.next().unwrap().to_owned(), words.next().unwrap());
    let path = target.split('?').next().unwrap();
    let key = path.trim_start_matches('/').split_once('/').map_or("", |(_, key)| key);
    let key = percent_decoded(key);
    let lines: Vec<_> = head.lines().filter(|line| !line.to_lowercase().starts_with("connection:")).collect();
    let mut whole = format!("{}\r\nConnection: close\r\n\r\n", lines.join("\r\n")).into_bytes();
    whole.extend_from_slice(&body);
    Ok(Request { method, key, body, whole })
}

pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        let code = more.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => (bytes.push(byte), rest = &more[2..]).1,
            None => (bytes.push(*first), rest = more).1,
        }
    }
    String::from_utf8(bytes).unwrap()
}
