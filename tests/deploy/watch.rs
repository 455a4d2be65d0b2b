//! Whoever visits a site while it is deployed: is a page ever up without its parts?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use crate::proxy::{Fate, Plan, Request};
use crate::site::parts_of;

/// What is up, with the parts that each page needs, told by the requests that the store has answered.
#[derive(Clone, Default)]
pub(crate) struct Watch(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    up: BTreeMap<String, Vec<String>>,
    pages: usize,
    broken: Vec<String>,
}

impl Watch {
    /// A plan that watches, and leaves what becomes of each request to `fate`, by its number among those of its method.
    pub(crate) fn with(&self, fate: impl FnMut(&Request) -> Fate + Send + 'static) -> impl Plan + 'static {
        Watching { watch: self.clone(), fate }
    }

    fn request(&self, request: &Request) {
        let mut state = self.0.lock().unwrap();
        let missing = match &*request.method {
            "PUT" if request.key.ends_with(".html") => {
                state.pages += 1;
                let parts = parts_of(&request.key, &request.body);
                parts.into_iter().find(|part| !state.up.contains_key(part))
            }
            "DELETE" => state.up.iter().find(|(_, parts)| parts.contains(&request.key)).map(|(page, _)| page.clone()),
            _ => None,
        };
        let told = missing.map(|what| format!("{} {} while {what} was not right", request.method, request.key));
        state.broken.extend(told);
    }

    fn done(&self, request: &Request) {
        let mut state = self.0.lock().unwrap();
        match &*request.method {
            "PUT" => drop(state.up.insert(
                request.key.clone(),
                match request.key.ends_with(".html") {
                    true => parts_of(&request.key, &request.body),
                    false => Vec::new(),
                },
            )),
            "DELETE" => drop(state.up.remove(&request.key)),
            _ => {}
        }
    }

    /// Fails if a page was ever up without its parts, or if fewer than so many pages came by.
    #[track_caller]
    pub(crate) fn assert_never_broken(&self, pages: usize) {
        let state = self.0.lock().unwrap();
        assert_eq!(state.broken, Vec::<String>::new());
        assert!(state.pages >= pages, "only {} pages came by", state.pages);
    }
}

struct Watching<F> {
    watch: Watch,
    fate: F,
}

impl<F: FnMut(&Request) -> Fate + Send> Plan for Watching<F> {
    fn fate(&mut self, request: &Request) -> Fate {
        self.watch.request(request);
        (self.fate)(request)
    }

    fn done(&mut self, request: &Request) {
        self.watch.done(request);
    }
}

/// Looks at a folder, again and again, until it is asked what it saw.
pub(crate) struct Visitor {
    stop: Arc<AtomicBool>,
    looking: JoinHandle<(usize, Vec<String>)>,
}

impl Visitor {
    pub(crate) fn new(folder: &Path) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (folder, end) = (folder.to_owned(), stop.clone());
        let looking = std::thread::spawn(move || {
            let (mut rounds, mut broken) = (0, Vec::new());
            while !end.load(Ordering::Relaxed) {
                broken.extend(pages(&folder).iter().filter_map(|page| lacking(&folder, page)));
                rounds += 1;
            }
            (rounds, broken)
        });
        Self { stop, looking }
    }

    #[track_caller]
    pub(crate) fn assert_never_broken(self) {
        self.stop.store(true, Ordering::Relaxed);
        let (rounds, broken) = self.looking.join().unwrap();
        assert_eq!(broken, Vec::<String>::new());
        assert!(rounds > 3, "it looked {rounds} times only");
    }
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    // The temporary files of rsync begin with a dot.
    all.filter(|e| {
        e.path().extension().is_some_and(|end| end == "html") && !e.file_name().to_string_lossy().starts_with('.')
    })
    .map(walkdir::DirEntry::into_path)
    .collect()
}

/// A part that a page lacks, unless the page was another by the time it was missed.
fn lacking(folder: &Path, page: &Path) -> Option<String> {
    let html = std::fs::read(page).ok()?;
    let name = page.strip_prefix(folder).unwrap().to_str().unwrap();
    let missing = parts_of(name, &html).into_iter().find(|part| !folder.join(part).is_file())?;
    let still = std::fs::read(page).is_ok_and(|now| now == html);
    still.then(|| format!("{name} was up without {missing}"))
}
