//! The preview: pages rendered when they are asked for, and browsers told when something changed. Writes nothing but at the [`desk`].
//!
//! 1. [`watch`] begins to listen before anything is read; [`snapshot`] remembers what was seen.
//! 2. [`preview`] prepares a dossier again after each change, and keeps the last good one while there are faults.
//! 3. [`http`] accepts connections, no slower than it says, and [`crowd`] so many, with answers of a bounded size in all; [`guard`] refuses what is not meant for us.
//! 4. [`pages`] answers with the bytes that a build would write, and one script more.
//! 5. [`desk`] is the room that may write, on a port of its own.
//! 6. [`live`] tells open pages what they need to know; [`evidence`] shows the capture around a quote.

pub mod change;
pub mod crowd;
pub mod desk;
pub mod editor;
mod evidence;
pub mod guard;
mod http;
mod live;
pub mod pages;
pub mod preview;
mod shared;
pub mod snapshot;
pub mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crowd::Crowd;
use preview::{Outcome, Preview, Rest};
use watch::Watch;

use super::disk::Disk;

/// What only this machine sees.
pub const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

/// The port that is tried first.
pub const PORT: u16 = 1117;

/// Where the preview's own files stand; no output path begins with a point.
const OWN: &str = "/.sourcebook/";

/// How the server listens.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address; anything but loopback lets others read.
    pub host: IpAddr,
    /// Names by which it may be called besides its address: `localhost` always is one.
    pub names: Vec<String>,
    /// The port, and no other; without one the first that is free from [`PORT`] on.
    pub port: Option<u16>,
    /// Connections at one time.
    pub connections: usize,
    /// Bytes of answers that lie in memory, waiting to be taken in.
    pub memory: usize,
    /// How long a client may take to send the head of a request, or to take in a part of an answer.
    pub patience: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        let patience = Duration::from_secs(10);
        Self { host: LOOPBACK, names: Vec::new(), port: None, connections: 128, memory: 64 << 20, patience }
    }
}

/// A server that listens, and does not answer yet.
pub struct Server {
    settings: Settings,
    listener: std::net::TcpListener,
    address: SocketAddr,
    crowd: Arc<Crowd>,
}

impl Server {
    /// Takes the port.
    ///
    /// # Errors
    /// It is taken, or the system refuses the address.
    pub fn bind(settings: Settings) -> io::Result<Self> {
        let listener = match settings.port {
            Some(port) => std::net::TcpListener::bind((settings.host, port))?,
            None => bind_free(settings.host)?,
        };
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let crowd = Crowd::new(settings.connections, settings.memory);
        Ok(Self { settings, listener, address, crowd })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Who is connected, in numbers.
    pub fn crowd(&self) -> Arc<Crowd> {
        self.crowd.clone()
    }

    /// Answers, for ever.
    ///
    /// # Errors
    /// The system gives no threads, or takes the listener away.
    pub fn run(self, preview: Arc<Preview>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(http::preview(self, preview))
    }

    /// Answers as the desk, for ever.
    ///
    /// # Errors
    /// As [`Server::run`]; it listens at an address that others reach.
    pub fn run_desk(self, desk: Arc<desk::Desk>) -> io::Result<()> {
        if !self.address.ip().is_loopback() {
            return Err(io::Error::other("the desk is for this machine alone"));
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let crowd = self.crowd.clone();
        runtime.block_on(http::accept(self, |guard| desk::http::router(desk, guard, crowd)))
    }
}

/// Keeps a preview up to date, for ever. `reopen` finds the dossier's folder as its configuration has it now; `first` is
/// what is still to be found out about the pages that are shown.
///
/// The rules have a thread to themselves, and pages do not wait for them: what a page says is there at once, however much
/// there is to say of how it is written.
pub fn follow(
    preview: &Preview,
    watch: Watch,
    reopen: impl Fn() -> Option<Disk>,
    tell: impl Fn(&Outcome<'_>) + Sync,
    first: Option<Rest>,
) {
    let (sender, receiver) = std::sync::mpsc::channel::<Rest>();
    let tell = &tell;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while let Ok(rest) = receiver.recv() {
                // Of several that wait, the last is wanted.
                let rest = receiver.try_iter().last().unwrap_or(rest);
                preview.judge_rest(rest, tell);
            }
        });
        // Whoever receives is there as long as this is.
        let judge = |rest: Option<Rest>| rest.into_iter().for_each(|rest| drop(sender.send(rest)));
        judge(first);
        follow_pages(preview, watch, reopen, tell, judge)
    });
}

fn follow_pages(
    preview: &Preview,
    mut watch: Watch,
    reopen: impl Fn() -> Option<Disk>,
    tell: impl Fn(&Outcome<'_>),
    judge: impl Fn(Option<Rest>),
) -> ! {
    let snapshot = preview.snapshot();
    loop {
        watch.places(&snapshot.places());
        let change = watch.wait();
        let start = Instant::now();
        let is_other = reopen().is_some_and(|disk| snapshot.reopen(disk));
        let look = snapshot.refresh(&change);
        if look.at_everything {
            watch.looked(start.elapsed(), look.changed);
        }
        if look.changed || is_other {
            judge(preview.reload_pages(&tell));
        }
    }
}

/// The first free port from [`PORT`] on; where twenty are taken, any.
fn bind_free(host: IpAddr) -> io::Result<std::net::TcpListener> {
    let wanted = (PORT..PORT + 20).chain([0]);
    let mut refused = None;
    for port in wanted {
        match std::net::TcpListener::bind((host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(refused.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
}
