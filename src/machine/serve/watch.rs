//! Changes of the dossier's folder, none of them lost.
//!
//! 1. The system's notices are listened to before the first load. They say when to look, and where; what changed is
//!    found by looking ([`Snapshot::refresh`](super::snapshot::Snapshot::refresh)).
//! 2. A burst is waited for, but never longer than [`BURST`].
//! 3. Notices get lost: a folder made and filled before it is watched, a queue that runs over, a network's disk. So
//!    everything is looked at again shortly after a change of the tree, and now and then for ever, at a small part of the
//!    machine's time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::change::{Change, Places};
use crate::held::named;

/// A burst is over when nothing came for so long …
const QUIET: Duration = Duration::from_millis(6);
/// … or when it lasted so long.
const BURST: Duration = Duration::from_millis(30);
/// How soon after a change everything is looked at again.
const SOON: [Duration; 2] = [Duration::from_millis(120), Duration::from_millis(1000)];
/// How often everything is looked at where the system gives notice, and where it does not.
const NOTICED: Duration = Duration::from_secs(2);
const POLLED: Duration = Duration::from_millis(300);
/// Looking at everything takes at most this part of the time.
const SHARE: u32 = 50;

/// What tells of changes.
pub struct Watch {
    watcher: Option<RecommendedWatcher>,
    watched: BTreeMap<PathBuf, (bool, u64)>,
    notices: Receiver<Notice>,
    /// When everything is to be looked at, the next first.
    due: Vec<Instant>,
    every: Duration,
    // Kept so that the receiver never ends, where there is no watcher.
    _sender: Sender<Notice>,
}

enum Notice {
    Paths(Vec<PathBuf>),
    Lost,
}

impl Watch {
    /// Begins to listen; `poll` looks from time to time only, as is needed on disks that give no notice.
    pub fn new(poll: bool) -> Self {
        let (sender, notices) = channel();
        let tell = sender.clone();
        let handle = move |event: notify::Result<Event>| {
            let notice = match event {
                Ok(event) if event.need_rescan() => Notice::Lost,
                Ok(event) if is_change(&event.kind) => Notice::Paths(event.paths),
                Ok(_) => return,
                Err(_) => Notice::Lost,
            };
            let _ = tell.send(notice);
        };
        // What links lead to is among the places, where it may be listed; where it may not, the whole disk may lie behind it.
        let config = Config::default().with_follow_symlinks(false);
        let watcher = (!poll).then(|| RecommendedWatcher::new(handle, config).ok()).flatten();
        let every = if watcher.is_some() { NOTICED } else { POLLED };
        Self { watcher, watched: BTreeMap::new(), notices, due: vec![Instant::now() + every], every, _sender: sender }
    }

    /// Watches these places, and no others. What is not there is passed over: its folder is watched for it to come.
    pub fn places(&mut self, places: &Places) {
        let Some(watcher) = &mut self.watcher else { return };
        let now: BTreeMap<PathBuf, (bool, u64)> =
            places.iter().filter_map(|(path, deep)| Some((path.clone(), (*deep, number(path)?)))).collect();
        for (path, _) in self.watched.iter().filter(|(path, state)| now.get(*path) != Some(*state)) {
            let _ = watcher.unwatch(path);
        }
        let mut failed = false;
        for (path, (deep, _)) in now.iter().filter(|(path, state)| self.watched.get(*path) != Some(*state)) {
            let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            failed |= watcher.watch(path, mode).is_err();
        }
        self.watched = now;
        // The system has no more watches to give: looking from time to time does without.
        if failed {
            self.every = POLLED;
        }
    }

    /// Waits for the next change, or for the time to look at everything.
    pub fn wait(&mut self) -> Change {
        let until = self.due.iter().min().copied().unwrap_or_else(Instant::now);
        match self.notices.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(first) => self.burst(first),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => everything(),
        }
    }

    /// Notes that everything was looked at, in so much time, and whether to do so again soon.
    pub fn looked(&mut self, took: Duration, soon: bool) {
        let now = Instant::now();
        self.due.retain(|due| *due > now);
        if soon {
            self.due.extend(SOON.map(|delay| now + delay));
        }
        self.due.push(now + self.every.max(took * SHARE));
        self.due.sort_unstable();
        self.due.truncate(SOON.len() + 1);
    }

    fn burst(&self, first: Notice) -> Change {
        let end = Instant::now() + BURST;
        let mut change = Change::default();
        add(&mut change, first);
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            match self.notices.recv_timeout(left.min(QUIET)) {
                Ok(notice) => add(&mut change, notice),
                Err(_) => break,
            }
        }
        change.paths.sort_unstable();
        change.paths.dedup();
        change
    }
}

/// What is looked at when nothing in particular is known to have changed.
fn everything() -> Change {
    Change { paths: Vec::new(), anything: true }
}

fn add(change: &mut Change, notice: Notice) {
    match notice {
        Notice::Paths(paths) => change.paths.extend(paths),
        Notice::Lost => change.anything = true,
    }
}

/// Opening and reading change nothing, and we do both.
fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// What tells a folder from another that took its place; 0 where the system does not say.
fn number(path: &Path) -> Option<u64> {
    named::meta_through(path).map(|meta| meta.changed.0)
}
