//! The dossier as browsers see it now.
//!
//! 1. [`Preview::reload`] prepares the dossier again; files that did not change are not parsed again.
//! 2. Without faults it takes the place of the one before, at once and whole; pages asked for meanwhile are the old ones.
//! 3. What the editor's rules say comes after the pages, which do not wait for it: nor does the next reload, with which
//!    nobody wants to know it any more.
//! 4. With faults the last good dossier stays, and only the faults are new.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::editor;
use super::snapshot::Snapshot;
use crate::terminal;
use sourcebook_core::base::diagnostic::{self, Diagnostic, Diagnostics, Severity, has_errors};
use sourcebook_core::base::file::Files;
use sourcebook_core::base::timings::Timings;
use sourcebook_core::check;
use sourcebook_site::plan::Route;
use sourcebook_site::prepare::Cache;
use sourcebook_site::prepare::Options;
use sourcebook_site::prepared::Prepared;
use sourcebook_site::render::{Renderer, Warm};

/// As many faults, and as many warnings, as a page shows.
const SHOWN: usize = 30;

/// The dossier as browsers see it now.
pub struct Preview {
    snapshot: Arc<Snapshot>,
    options: Options,
    cache: Mutex<Cache>,
    current: RwLock<Arc<Current>>,
    changes: watch::Sender<u64>,
    open: Mutex<BTreeMap<String, usize>>,
    /// Grows with each reload that begins.
    begun: AtomicU64,
}

/// What is shown between two changes.
pub struct Current {
    /// Grows with each change.
    pub number: u64,
    /// The last dossier without faults, if there ever was one.
    pub site: Option<Arc<Site>>,
    /// What is wrong now.
    pub faults: Vec<Shown>,
    /// What an editor should look at.
    pub warnings: Vec<Shown>,
    /// How many faults and warnings there are, shown or not.
    pub counts: (usize, usize),
}

/// A dossier without faults.
pub struct Site {
    /// The dossier and its routes.
    pub prepared: Prepared,
    /// Changes with any asset.
    pub assets: String,
    warm: Arc<Warm>,
    snapshot: Arc<Snapshot>,
}

/// A diagnostic as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Shown {
    /// As in the terminal.
    pub text: String,
    /// `content/a.md:3:1`
    pub place: Option<String>,
    /// What opens the editor there.
    pub href: Option<String>,
}

/// What is still to be found out about pages that are shown already: what the editor's rules say.
pub struct Rest {
    /// Of which reload.
    turn: u64,
    site: Arc<Site>,
    diagnostics: Diagnostics,
    time: Duration,
    timings: Timings,
}

/// What a reload found, for the terminal.
pub struct Outcome<'a> {
    /// All of them.
    pub diagnostics: &'a Diagnostics,
    /// What they point into.
    pub files: &'a Files,
    /// From the first look to the new pages.
    pub time: Duration,
    /// How long each phase took.
    pub timings: &'a Timings,
}

impl Preview {
    /// A preview of a dossier that is not loaded yet.
    pub fn new(snapshot: Arc<Snapshot>, options: Options) -> Self {
        let current = Current { number: 0, site: None, faults: Vec::new(), warnings: Vec::new(), counts: (0, 0) };
        Self {
            snapshot,
            options,
            cache: Mutex::default(),
            current: RwLock::new(Arc::new(current)),
            changes: watch::channel(0).0,
            open: Mutex::default(),
            begun: AtomicU64::new(0),
        }
    }

    /// The dossier's folder.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// What is shown now.
    pub fn current(&self) -> Arc<Current> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Prepares the dossier again and shows it, or what is wrong with it; then finds out what the editor's rules say.
    pub fn reload(&self, tell: impl Fn(&Outcome<'_>)) {
        if let Some(rest) = self.reload_pages(&tell) {
            self.judge_rest(rest, &tell);
        }
    }

    /// Prepares the dossier again and shows it, or what is wrong with it. What the editor's rules say is left for
    /// [`Self::judge_rest`], unless it can be a fault.
    pub fn reload_pages(&self, tell: impl Fn(&Outcome<'_>)) -> Option<Rest> {
        let turn = self.begun.fetch_add(1, Ordering::Relaxed) + 1;
        let start = Instant::now();
        let mut timings = Timings::default();
        let world = &*self.snapshot;
        let mut prepared =
            sourcebook_site::prepare::prepare_pages(world, self.options, &mut timings, Some(&mut lock(&self.cache)));
        // The index is made of all pages, which nobody waits for here: the preview's search knows titles and names.
        prepared.parsed.config.full_text = false;
        let rules_first = check::may_refuse(&prepared.dossier, &prepared.parsed.config, world);
        if rules_first {
            let found = prepared.rules(world, &mut timings);
            prepared.diagnostics.extend(found);
        }
        let found = self.judge(prepared, &mut timings);
        let (prepared, site) = match &found {
            Ok(site) => (&site.prepared, Some(site.clone())),
            Err(prepared) => (&**prepared, self.current().site.clone()),
        };
        let mut diagnostics = prepared.diagnostics.clone();
        if let (Ok(site), false) = (&found, rules_first) {
            let before = self.current();
            let (warnings, counts) = (before.warnings.clone(), (0, before.counts.1));
            let shown = Some(site.clone());
            self.show(Current { number: before.number + 1, site: shown, faults: Vec::new(), warnings, counts });
            return Some(Rest { turn, site: site.clone(), diagnostics, time: start.elapsed(), timings });
        }
        let time = start.elapsed();
        diagnostic::sort(&mut diagnostics, &prepared.parsed.files);
        tell(&Outcome { diagnostics: &diagnostics, files: &prepared.parsed.files, time, timings: &timings });
        self.show(self.next(prepared, &diagnostics, site));
        None
    }

    /// Finds out what the editor's rules say of pages that are shown, tells it and shows it; unless another reload begins
    /// meanwhile.
    pub fn judge_rest(&self, rest: Rest, tell: impl Fn(&Outcome<'_>)) {
        let Rest { turn, site, mut diagnostics, time, mut timings } = rest;
        let prepared = &site.prepared;
        let wanted = || self.begun.load(Ordering::Relaxed) == turn;
        let Some(found) = prepared.rules_while(&*self.snapshot, &mut timings, &wanted) else { return };
        diagnostics.extend(found);
        diagnostic::sort(&mut diagnostics, &prepared.parsed.files);
        let next = self.next(prepared, &diagnostics, Some(site.clone()));
        if wanted() {
            tell(&Outcome { diagnostics: &diagnostics, files: &prepared.parsed.files, time, timings: &timings });
            self.show_if(next, wanted);
        }
    }

    /// Whether a dossier may be shown.
    fn judge(&self, mut prepared: Prepared, timings: &mut Timings) -> Result<Arc<Site>, Box<Prepared>> {
        if has_errors(&prepared.diagnostics) {
            return Err(Box::new(prepared));
        }
        let site = self.site(prepared);
        let faults = timings.phase("probe", || self.probe(&site));
        if faults.is_empty() {
            return Ok(Arc::new(site));
        }
        prepared = site.prepared;
        prepared.diagnostics.extend(faults);
        Err(Box::new(prepared))
    }

    fn site(&self, prepared: Prepared) -> Site {
        let warm = Warm::new(&prepared);
        let mut assets = blake3::Hasher::new();
        for path in &prepared.parsed.content.assets {
            let version = self.snapshot.version_of_asset(path);
            assets.update(path.as_bytes()).update(&version.to_le_bytes());
        }
        let assets = short(&assets.finalize());
        Site { prepared, assets, warm, snapshot: self.snapshot.clone() }
    }

    fn next(&self, prepared: &Prepared, diagnostics: &Diagnostics, site: Option<Arc<Site>>) -> Current {
        let disk = self.snapshot.disk();
        let shown = |severities: &[Severity]| {
            let these = diagnostics.iter().filter(|d| severities.contains(&d.severity));
            let show = |d: &Diagnostic| show(d, prepared, disk.root());
            (these.clone().take(SHOWN).map(show).collect::<Vec<_>>(), these.count())
        };
        let (faults, fault_count) = shown(&[Severity::Error]);
        let (warnings, warning_count) = shown(&[Severity::Warning, Severity::Hint]);
        let counts = (fault_count, warning_count);
        Current { number: self.current().number + 1, site, faults, warnings, counts }
    }

    fn show(&self, next: Current) {
        self.show_if(next, || true);
    }

    /// Shows something, if it is still wanted once nobody else can show anything.
    fn show_if(&self, next: Current, wanted: impl Fn() -> bool) {
        let (before, number) = {
            let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
            if !wanted() {
                return;
            }
            let number = current.number + 1;
            (std::mem::replace(&mut *current, Arc::new(Current { number, ..next })), number)
        };
        self.changes.send_replace(number);
        // A large dossier takes a while to drop: after everybody was told.
        drop(before);
    }

    /// Faults of templates on the pages that are open, and, where the theme is another, on the first of each kind: they
    /// come up only in rendering.
    fn probe(&self, site: &Site) -> Diagnostics {
        let mut paths: Vec<String> = lock(&self.open).keys().cloned().collect();
        let before = self.current().site.clone();
        if before.is_some_and(|before| !Arc::ptr_eq(&before.prepared.theme, &site.prepared.theme)) {
            let routes = site.prepared.routes.all();
            let first = |kind| routes.iter().find(|route| route.kind == kind).map(|route| route.path.to_string());
            paths.extend((0..sourcebook_site::pages::ALL.len()).filter_map(first));
        }
        let mut faults = Diagnostics::new();
        for path in paths {
            faults.extend(site.prepared.routes.find(&path).and_then(|route| site.render(route).err()));
        }
        faults.extend(site.warm.faults());
        let mut seen = BTreeSet::new();
        faults.retain(|fault| seen.insert(fault.span));
        faults
    }

    /// Tells of each change.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Notes that a browser shows a path of the output, until the guard is dropped.
    pub fn opened(self: &Arc<Self>, path: &str) -> Opened {
        *lock(&self.open).entry(path.to_owned()).or_default() += 1;
        Opened { preview: self.clone(), path: path.to_owned() }
    }

    /// How many browsers listen.
    pub fn listeners(&self) -> usize {
        self.changes.receiver_count()
    }

    /// A diagnostic that came up in rendering, as a page shows it.
    pub fn shown(&self, diagnostic: &Diagnostic, site: &Site) -> Shown {
        show(diagnostic, &site.prepared, self.snapshot.disk().root())
    }
}

/// A page that a browser shows.
pub struct Opened {
    preview: Arc<Preview>,
    path: String,
}

impl Drop for Opened {
    fn drop(&mut self) {
        let mut open = lock(&self.preview.open);
        if let Some(count) = open.get_mut(&self.path) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.path);
            }
        }
    }
}

impl Site {
    /// The bytes of one route, as a build would write them.
    ///
    /// # Errors
    /// A fault of a template.
    pub fn render(&self, route: &Route) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::new();
        Renderer::with(&self.prepared, &*self.snapshot, self.warm.clone()).render(route, &mut bytes)?;
        Ok(bytes)
    }

    /// The path under which the site is served, between slashes: that of its `base_url`.
    pub fn base(&self) -> Cow<'_, str> {
        let url = self.prepared.parsed.config.base_url.as_deref().unwrap_or_default();
        let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        if path.is_empty() { Cow::Borrowed("/") } else { Cow::Owned(format!("/{path}/")) }
    }

    /// The path of the stylesheet.
    pub fn css(&self) -> &str {
        self.prepared.theme.asset("style.css").map_or("", |path| path)
    }
}

fn show(diagnostic: &Diagnostic, prepared: &Prepared, root: &std::path::Path) -> Shown {
    let files = &prepared.parsed.files;
    let text = terminal::human(std::slice::from_ref(diagnostic), files, false).trim_end().to_owned();
    let place = diagnostic.span.map(|span| {
        let file = files.get(span.file);
        (file.path.clone(), file.position(span.start as usize))
    });
    let href = place.as_ref().and_then(|(path, at)| editor::link(prepared.parsed.config.editor, root, path, *at));
    Shown { text, place: place.map(|(path, at)| format!("{path}:{at}")), href }
}

/// Enough of a hash to tell states apart.
pub(super) fn short(hash: &blake3::Hash) -> String {
    hash.to_hex()[..16].to_owned()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
