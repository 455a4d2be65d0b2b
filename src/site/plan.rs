//! Phase 4: every output path, in order, and what it shows.
//!
//! Each kind of page says which routes it has ([`crate::pages::plan`]); here stands what a route is. Faults are: a path that not every system can hold
//! ([`path`]); two that claim one path, also where they differ in case only, which half of all hosts do not tell apart;
//! and a file where another path needs a folder.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::prelude::*;

use crate::theme::Theme;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Report};
use sourcebook_core::base::file::Span;
use sourcebook_core::base::path;
use sourcebook_core::dossier::address::{Urls, part_path};
use sourcebook_core::dossier::load::Parsed;
use sourcebook_core::model::{Dossier, Text};

/// One file of the output.
#[derive(Clone, Debug)]
pub struct Route {
    /// Path in the output folder: `actors/kim-jong-un/index.html`.
    pub path: Text,
    /// The kind of page that renders it, by its number in [`crate::pages::ALL`].
    pub kind: usize,
    /// Which of that kind.
    pub subject: u32,
    /// Which part of a page in parts, from 0.
    pub part: u32,
    /// The line that asked for it, for collisions.
    pub origin: Option<Span>,
}

/// All routes, in the order of their paths.
#[derive(Debug, Default)]
pub struct Routes {
    all: Vec<Route>,
}

impl Routes {
    /// Every route.
    pub fn all(&self) -> &[Route] {
        &self.all
    }

    /// The route of a path in the output folder.
    pub fn find(&self, path: &str) -> Option<&Route> {
        let at = self.all.binary_search_by(|route| (*route.path).cmp(path)).ok()?;
        self.all.get(at)
    }
}

/// What the kinds of pages plan from.
pub struct Planner<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Its files.
    pub parsed: &'a Parsed,
    /// Its theme.
    pub theme: &'a Theme,
    /// Where records stand.
    pub urls: Urls<'a>,
    /// What is wrong so far.
    pub diagnostics: Diagnostics,
    kind: usize,
    routes: Vec<Route>,
}

impl<'a> Planner<'a> {
    /// No routes yet.
    pub fn new(dossier: &'a Dossier, parsed: &'a Parsed, theme: &'a Theme) -> Self {
        let urls = Urls { config: &parsed.config, dossier };
        Self { dossier, parsed, theme, urls, diagnostics: Vec::new(), kind: 0, routes: Vec::new() }
    }

    /// What is added from now on is of this kind of page.
    pub fn turn_to(&mut self, kind: usize) {
        self.kind = kind;
    }

    /// Adds a route.
    pub fn add(&mut self, subject: usize, path: impl Into<Text>, origin: Option<Span>) {
        let subject = u32::try_from(subject).unwrap_or(u32::MAX);
        self.routes.push(Route { path: path.into(), kind: self.kind, subject, part: 0, origin });
    }

    /// Adds a route for a file that the writer may bring along instead, under the same name in `content/`.
    pub fn add_unless_own(&mut self, subject: usize, path: &str) {
        if !self.parsed.content.assets.iter().any(|own| &**own == path) {
            self.add(subject, path, None);
        }
    }

    /// The routes so far, in no order.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// Adds a route for each part of a page: the first at `folder/index.html`, the others at `folder/2/index.html` ….
    pub fn add_parts(&mut self, subject: usize, folder: &str, parts: usize, origin: Option<Span>) {
        self.routes.extend(self.parts_of_page(subject, folder, parts, origin));
    }

    /// What [`Self::add_parts`] adds.
    pub fn parts_of_page(&self, subject: usize, folder: &str, parts: usize, origin: Option<Span>) -> Vec<Route> {
        let (kind, subject) = (self.kind, u32::try_from(subject).unwrap_or(u32::MAX));
        let route = |part| {
            let number = u32::try_from(part).unwrap_or(u32::MAX);
            Route { path: part_path(folder, part).into(), kind, subject, part: number, origin }
        };
        (0..parts.max(1)).map(route).collect()
    }

    /// Adds the routes of many pages, in parallel.
    pub fn add_all(&mut self, count: usize, routes: impl Fn(usize, &Self) -> Vec<Route> + Sync) {
        let this = &*self;
        let made: Vec<Route> = (0..count).into_par_iter().flat_map_iter(|i| routes(i, this)).collect();
        self.routes.extend(made);
    }

    /// The routes in order, and what is wrong with them; `name` is what messages call a kind of page.
    pub fn finish(self, name: Name) -> Report<Routes> {
        let Self { mut routes, mut diagnostics, .. } = self;
        routes.par_sort_by(|a, b| a.path.cmp(&b.path));
        diagnostics.extend(routes.par_iter().filter_map(unsound).collect::<Vec<_>>());
        let (claimed, folders) = rayon::join(|| collisions(&routes, name), || files_for_folders(&routes, name));
        diagnostics.extend(claimed.into_iter().chain(folders));
        Report::new(Routes { all: routes }, diagnostics)
    }
}

/// What messages call the kind of page of a route.
type Name = fn(&Route) -> &'static str;

fn unsound(route: &Route) -> Option<Diagnostic> {
    let fault = path::check(&route.path).err()?;
    let message = format!("the path `{}` cannot be published: {fault}", route.path);
    Some(at("bad-path", route.origin, message).help("give the file or the record another name"))
}

fn at(code: &'static str, origin: Option<Span>, message: String) -> Diagnostic {
    match origin {
        Some(span) => Diagnostic::error(code, span, message),
        None => Diagnostic::placeless(code, message),
    }
}

/// Two claimants of one path. Nearly all paths are in lower case, so that only the few others need to be looked up.
fn collisions(routes: &[Route], name: Name) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut first: Option<&Route> = None;
    let mut cased: HashMap<String, &Route> = HashMap::new();
    for route in routes {
        if let Some(first) = first.filter(|first| first.path == route.path) {
            diagnostics.push(collision(first, route, name));
            continue;
        }
        first = Some(route);
        let folded = folded(&route.path);
        match cased.get(&*folded) {
            Some(first) => diagnostics.push(collision(first, route, name)),
            None if *folded == *route.path => {}
            None => match routes.binary_search_by(|other| (*other.path).cmp(&*folded)) {
                // That one comes later, and finds this one here.
                Ok(at) if routes[at].path < route.path => diagnostics.push(collision(&routes[at], route, name)),
                _ => drop(cased.insert(folded.into_owned(), route)),
            },
        }
    }
    diagnostics
}

/// Files where a folder is needed; nearly all files are the `index.html` of a folder, where nothing else can stand.
fn files_for_folders(routes: &[Route], name: Name) -> Diagnostics {
    let is_page = |path: &str| path.ends_with("/index.html");
    let odd = routes.iter().any(|route| route.path.contains("/index.html/"));
    let files: HashMap<_, _> = (routes.iter().filter(|route| odd || !is_page(&route.path)))
        .map(|route| (folded(&route.path), route))
        .collect();
    let collision = |route: &Route| {
        let folded = folded(&route.path);
        let mut folders = folded.match_indices('/').map(|(i, _)| &folded[..i]);
        let file = folders.find_map(|folder| files.get(folder))?;
        let message = format!(
            "`{}` is to be a folder, for `{}` ({}), and a file ({})",
            file.path,
            route.path,
            name(route),
            name(file)
        );
        Some(with_other(at("duplicate-route", route.origin.or(file.origin), message), route, file))
    };
    routes.par_iter().filter_map(collision).collect()
}

/// A path as half of all hosts compare it.
fn folded(path: &str) -> Cow<'_, str> {
    let is_folded = path.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(path) } else { Cow::Owned(path.to_lowercase()) }
}

fn collision(first: &Route, route: &Route, name: Name) -> Diagnostic {
    let (one, other) = (name(first), name(route));
    let message = if first.path == route.path {
        format!("the path `{}` is claimed twice: by {one} and by {other}", route.path)
    } else {
        format!("the paths `{}` ({one}) and `{}` ({other}) differ in case only", first.path, route.path)
    };
    with_other(at("duplicate-route", route.origin.or(first.origin), message), route, first)
}

fn with_other(diagnostic: Diagnostic, route: &Route, other: &Route) -> Diagnostic {
    match (route.origin, other.origin) {
        (Some(_), Some(span)) => diagnostic.label(span, "the other claimant"),
        _ => diagnostic.help("rename the file, the slug or the segment under `[paths]`"),
    }
}
