//! Messages in, messages out.
//!
//! One thread answers, in the order asked. What changed is read again in a pause of typing; what the editor's rules say is
//! found out by another thread, and told if nothing changed meanwhile.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, never, select, unbounded};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{self, Notification as _};
use lsp_types::{InitializeParams, Uri};
use sourcebook_core::base::diagnostic::{Diagnostics, has_errors};
use sourcebook_machine::disk::Disk;
use sourcebook_machine::serve::change::Change;
use sourcebook_site::prepare::Options;

use super::answer;
use super::desk::Desk;
use super::text::Units;
use super::uri;

/// How long nothing is typed before what was typed is read.
const PAUSE: Duration = Duration::from_millis(120);

/// Why the server ended before it was asked to.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// How a dossier is opened, by the folder that an editor has open or a file in it; the command line may name another.
pub type Opener = Box<dyn Fn(Option<PathBuf>) -> Option<Disk>>;

/// What the editor's rules say of a moment.
type Judged = (u64, Diagnostics);

/// A server at work.
pub struct Server<'c> {
    connection: &'c Connection,
    opener: Opener,
    options: Options,
    units: Units,
    /// `WorkspaceEdit.documentChanges` may be sent.
    versions: bool,
    desk: Option<Desk>,
    judged: (Sender<Judged>, Receiver<Judged>),
    is_judged: bool,
}

impl<'c> Server<'c> {
    /// Greets a client, and serves until it takes leave.
    ///
    /// # Errors
    /// The client went without a word, or spoke another protocol.
    pub fn run(connection: &'c Connection, opener: Opener, options: Options) -> Result<(), Trouble> {
        let (id, params) = connection.initialize_start()?;
        let params: InitializeParams = serde_json::from_value(params)?;
        let units = answer::units(&params);
        connection.initialize_finish(id, answer::greeting(units))?;
        let versions = answer::takes_versions(&params);
        let mut server =
            Server { connection, opener, options, units, versions, desk: None, judged: unbounded(), is_judged: true };
        server.open(answer::folder(&params));
        if answer::takes_watchers(&params) {
            connection.sender.send(Message::Request(answer::watch()))?;
        }
        server.serve()
    }

    fn open(&mut self, place: Option<PathBuf>) {
        if self.desk.is_none()
            && let Some(disk) = (self.opener)(place)
        {
            self.desk = Some(Desk::open(disk, self.options));
            self.is_judged = false;
        }
    }

    fn serve(&mut self) -> Result<(), Trouble> {
        let connection = self.connection;
        let judged = self.judged.1.clone();
        loop {
            let is_old = self.desk.as_ref().is_some_and(|desk| desk.is_old) || !self.is_judged;
            let pause = if is_old { crossbeam_channel::after(PAUSE) } else { never() };
            select! {
                recv(connection.receiver) -> message => match message {
                    Ok(Message::Request(request)) => {
                        if connection.handle_shutdown(&request)? {
                            return Ok(());
                        }
                        self.answer(request)?;
                    }
                    Ok(Message::Notification(told)) => self.hear(told),
                    Ok(Message::Response(_)) => {}
                    Err(_) => return Ok(()),
                },
                recv(judged) -> judged => {
                    if let Ok((moment, found)) = judged {
                        self.take(moment, found)?;
                    }
                }
                recv(pause) -> _ => self.settle()?,
            }
        }
    }

    /// Reads what changed, and has it judged.
    fn settle(&mut self) -> Result<(), Trouble> {
        self.is_judged = true;
        let Some(desk) = &mut self.desk else { return Ok(()) };
        desk.read();
        if has_errors(&desk.found) {
            return self.tell();
        }
        let (known, world, moment) = (desk.known.clone(), desk.buffers.clone(), desk.moment);
        let (sender, latest) = (self.judged.0.clone(), desk.latest.clone());
        std::thread::spawn(move || {
            let wanted = || latest.load(Ordering::Relaxed) == moment;
            if let Some(found) = aside(|| known.judge(&world, &wanted)) {
                // Nobody waits for it where the server has ended.
                let _ = sender.send((moment, found));
            }
        });
        Ok(())
    }

    fn take(&mut self, moment: u64, found: Diagnostics) -> Result<(), Trouble> {
        match &mut self.desk {
            Some(desk) if desk.moment == moment && !desk.is_old => desk.found = Arc::new(found),
            _ => return Ok(()),
        }
        self.tell()
    }

    fn tell(&mut self) -> Result<(), Trouble> {
        let Some(desk) = &mut self.desk else { return Ok(()) };
        for params in desk.tell_by_file(self.units) {
            let told = Notification::new(notification::PublishDiagnostics::METHOD.to_owned(), params);
            self.connection.sender.send(Message::Notification(told))?;
        }
        Ok(())
    }

    fn answer(&mut self, request: Request) -> Result<(), Trouble> {
        let id = request.id.clone();
        let response = match &mut self.desk {
            Some(desk) => answer::answer(desk, self.units, self.versions, request),
            None => Ok(serde_json::Value::Null),
        };
        // What reading on the way found has not been judged.
        self.is_judged &= self.desk.as_ref().is_none_or(|desk| !desk.is_old);
        let response = match response {
            Ok(result) => Response::new_ok(id, result),
            Err(answer::Refusal::Unknown(method)) => {
                Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("`{method}` is not answered"))
            }
            Err(answer::Refusal::Params(message)) => Response::new_err(id, ErrorCode::InvalidParams as i32, message),
        };
        Ok(self.connection.sender.send(Message::Response(response))?)
    }

    fn hear(&mut self, told: Notification) {
        if told.method == notification::DidOpenTextDocument::METHOD {
            let uri = told.params.pointer("/textDocument/uri").and_then(|uri| uri.as_str());
            let place = uri.and_then(uri::on_disk);
            self.open(place);
        }
        let Some(desk) = &mut self.desk else { return };
        let moment = desk.moment;
        match &*told.method {
            notification::DidSaveTextDocument::METHOD | notification::DidChangeWatchedFiles::METHOD => {
                let is_site = told.params.to_string().contains("site.toml");
                look_again(desk, &told);
                if is_site && let Some(disk) = (self.opener)(None) {
                    desk.buffers.folder.0.reopen(disk);
                }
                desk.touch();
            }
            _ => answer::hear(desk, self.units, &told),
        }
        self.is_judged &= !desk.is_old && moment == desk.moment;
    }
}

/// Does what takes long in one thread, beside all others: whoever asks meanwhile is answered first.
fn aside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Looks at the folder again where it changed.
fn look_again(desk: &mut Desk, told: &Notification) {
    let changes = told.params.get("changes").and_then(|changes| changes.as_array()).into_iter().flatten();
    let saved = told.params.pointer("/textDocument/uri").into_iter();
    let uris = changes.filter_map(|change| change.get("uri")).chain(saved);
    let paths: Vec<PathBuf> = uris.filter_map(|uri| uri::on_disk(uri.as_str()?)).collect();
    desk.buffers.folder.0.refresh(&Change { paths, anything: true });
}

/// The path of a document, from the dossier's root.
pub fn path(desk: &Desk, uri: &Uri) -> Option<String> {
    desk.root.path(uri)
}
