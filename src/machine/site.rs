//! Every route rendered, in parallel, and written as soon as it is done: the whole output is never held in memory.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use rayon::prelude::*;

use super::full_text::{self, Indexed, Texts};
use super::held::Folder;
use super::inputs;
use super::output::{Output, OutputError, Summary, Written};
use super::progress::Progress;
use super::report::shown;
use super::shard::{Shard, made_from};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::timings::PageClock;
use sourcebook_core::base::timings::Timings;
use sourcebook_core::base::timings::timed;
use sourcebook_core::base::world::World;
use sourcebook_core::evidence::leak::Guard;
use sourcebook_core::model::Ref;
use sourcebook_site::fresh::{Known, Now, Reader, Standing};
use sourcebook_site::pages::{Role, kind_of, turn};
use sourcebook_site::plan::Route;
use sourcebook_site::prepared::Prepared;
use sourcebook_site::render::Renderer;

/// How many routes a thread takes on at once: few, so that none waits long for another at the end.
const AT_ONCE: usize = 32;

/// How many of the slowest pages `--timings` tells.
const SLOWEST: usize = 10;

/// What a build wrote.
#[derive(Debug)]
pub struct Built {
    /// Pages by kind, in the order of [`sourcebook_site::pages::ALL`].
    pub counts: Vec<(&'static str, usize)>,
    /// Files written, left alone, removed.
    pub summary: Summary,
    /// Which part of the site, where it is not the whole.
    pub shard: Option<Shard>,
    /// Where.
    pub folder: PathBuf,
    /// Seconds, to two decimals, without those of the full-text index.
    pub seconds: String,
    /// What became of the full-text index, and its seconds.
    pub full_text: Option<(Indexed, String)>,
}

impl fmt::Display for Built {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shard {
            Some(shard) => writeln!(f, "part {shard}, to be joined by `sourcebook build --join`")?,
            None => {
                let kinds: Vec<_> = self.counts.iter().map(|(name, n)| format!("{n} {name}")).collect();
                writeln!(f, "{}", kinds.join(", "))?;
            }
        }
        let Summary { written, unchanged, removed, .. } = self.summary;
        write!(
            f,
            "{written} files written, {unchanged} unchanged, {removed} removed in {} s: {}",
            self.seconds,
            shown(&self.folder)
        )?;
        match &self.full_text {
            Some((indexed, seconds)) => write!(f, "\n{indexed} in {seconds} s"),
            None => Ok(()),
        }
    }
}

/// Why a site was not written; what was there before is whole.
#[derive(Debug)]
pub enum Failure {
    /// A template cannot render what it was given, or a page holds words of a capture.
    Pages(Diagnostics),
    /// The output folder cannot be used.
    Output(OutputError),
    /// The full-text index could not be made.
    Search(String),
    /// The site cannot be built in parts: why.
    Parts(&'static str),
}

/// Renders and writes all routes.
///
/// # Errors
/// See [`Failure`].
pub fn write(prepared: &Prepared, world: &dyn World, folder: &Folder, timings: &mut Timings) -> Result<Built, Failure> {
    write_part(prepared, world, folder, None, timings)
}

/// As [`write`], of one part of the routes.
///
/// # Errors
/// See [`Failure`].
pub fn write_part(
    prepared: &Prepared,
    world: &dyn World,
    folder: &Folder,
    shard: Option<Shard>,
    timings: &mut Timings,
) -> Result<Built, Failure> {
    if shard.is_some() && prepared.parsed.config.full_text {
        return Err(Failure::Parts("`[search] full_text` is made of all pages: leave it out, or build in one"));
    }
    let output = Output::open(folder.clone()).map_err(Failure::Output)?;
    let mut output = output.with_recipe(recipe(prepared));
    let inputs = timings.phase("inputs", || inputs(prepared, world, shard))?;
    let built = |summary, indexed: Option<(Indexed, Duration)>, timings: &Timings| {
        let seconds = |time: Duration| format!("{:.2}", time.as_secs_f64());
        let aside = indexed.map_or(Duration::ZERO, |(_, time)| time);
        Built {
            counts: sourcebook_site::pages::counts(&prepared.routes),
            summary,
            shard,
            folder: folder.shown().to_owned(),
            seconds: seconds(timings.total().saturating_sub(aside)),
            full_text: indexed.map(|(indexed, time)| (indexed, seconds(time))),
        }
    };
    if let Some(summary) = timings.phase("compare", || output.stands(inputs.as_deref()?)) {
        return Ok(built(summary, None, timings));
    }
    let guard = Guard::new(&prepared.dossier, &prepared.parsed, world);
    let texts = Texts::wanted(prepared);
    let routes = routes(prepared, shard);
    let progress = Progress::new(routes.len(), "pages");
    let clock = PageClock::new(sourcebook_site::pages::ALL.iter().map(|kind| kind.name), SLOWEST);
    let renderer = prepared.renderer(world);
    // The index of the full text is made of all pages: none is spared.
    let known = output.take_reads().filter(|_| texts.is_none());
    let fresh = timings.phase("standing", || Fresh::new(prepared, world, known, &renderer));
    let job =
        Job { prepared, output: &output, guard: guard.as_ref(), texts: texts.as_ref(), fresh: &fresh, clock: &clock };
    let render = || {
        let each = |renderer: &Renderer<'_>, route, buffer: &mut Vec<u8>| {
            progress.tick();
            job.write(renderer, route, buffer)
        };
        in_turns((prepared, &routes), world, &renderer, each, |made| fresh.shared(made))
    };
    let faults = timings.phase("render", render);
    timings.pages = clock.read();
    failures(faults)?;
    let indexed = texts.map(|texts| index(texts, prepared, world, &output, timings)).transpose()?;
    let finish = || output.finish(inputs.as_deref(), fresh.known(&renderer));
    let summary = timings.phase("finish", finish).map_err(Failure::Output)?;
    Ok(built(summary, indexed, timings))
}

/// What the site, or a part of it, is made from; `None` where that cannot be told, which a part must.
fn inputs(prepared: &Prepared, world: &dyn World, shard: Option<Shard>) -> Result<Option<String>, Failure> {
    let hash = inputs::hash(prepared, world).map(|hash| hash.to_hex().to_string());
    match (shard, hash) {
        (Some(shard), Some(hash)) => Ok(Some(made_from(&hash, shard))),
        (Some(_), None) => Err(Failure::Parts("a file of the dossier cannot be read")),
        (None, hash) => Ok(hash),
    }
}

/// The full-text index, and how long it took.
fn index(
    texts: Texts<'_>,
    prepared: &Prepared,
    world: &dyn World,
    output: &Output,
    timings: &mut Timings,
) -> Result<(Indexed, Duration), Failure> {
    let renderer = prepared.renderer(world);
    let twins = |path: &str, bytes: &[u8], written| twins(prepared, output, path, bytes, written);
    let (indexed, time) = timed(|| texts.index(&renderer, output, recipe(prepared).as_deref(), twins));
    timings.phases.push(("full text", time));
    match indexed {
        Ok(indexed) => Ok((indexed, time)),
        Err(full_text::Failure::Output(error)) => Err(Failure::Output(error)),
        Err(full_text::Failure::Pagefind(message)) => Err(Failure::Search(message)),
    }
}

/// What [`write`] would find wrong with the pages.
///
/// 1. Templates of the dossier's own may be at fault with any value: then every page is rendered, and thrown away.
/// 2. With the built-in theme, pages hold what was written into sheets and articles. Where no capture is at hand, there is
///    nothing to find.
/// 3. With captures, the words of each record are looked through by themselves, as the YAML at the foot of its page shows them
///    all; and what is neither a record's page nor made of records is rendered. Only where words of several places come to
///    stand side by side does a build see more.
pub fn check(prepared: &Prepared, world: &dyn World, timings: &mut Timings) -> Diagnostics {
    let guard = Guard::new(&prepared.dossier, &prepared.parsed, world);
    let is_own = prepared.parsed.theme.iter().any(|file| file.path.starts_with("templates/"));
    let renderer = prepared.renderer(world);
    let faults = match &guard {
        None if !is_own => return Vec::new(),
        Some(guard) if !is_own => timings.phase("guard", || guarded(prepared, guard, &renderer)),
        guard => {
            let each = |renderer: &Renderer<'_>, route: &Route, buffer: &mut Vec<u8>| {
                page(renderer, guard.as_ref(), route, buffer)
            };
            timings.phase("render", || in_turns((prepared, &routes(prepared, None)), world, &renderer, each, |_| ()))
        }
    };
    match failures(faults) {
        Err(Failure::Pages(diagnostics)) => diagnostics,
        Ok(()) | Err(Failure::Output(_) | Failure::Search(_) | Failure::Parts(_)) => Vec::new(),
    }
}

/// Looks for words of captures in all that the writer wrote.
fn guarded(prepared: &Prepared, guard: &Guard<'_>, renderer: &Renderer<'_>) -> Vec<Failure> {
    let found = |leak: Option<Diagnostic>| leak.map_or(Ok(()), |leak| Err(Failure::Pages(vec![leak])));
    let each = |route: &Route| match shows(route) {
        Shows::Record(of) => found(guard.scan(&route.path, renderer.written(of).as_bytes())),
        Shows::Itself => page(renderer, Some(guard), route, &mut Vec::new()),
        Shows::Others => Ok(()),
    };
    let routes = prepared.routes.all().par_iter().with_max_len(AT_ONCE);
    let mut faults: Vec<_> = routes.map(each).filter_map(Result::err).collect();
    // Lists are made of records, but for what days are remembered for.
    let days = prepared.dossier.milestones.iter().map(|day| found(guard.scan("site.toml", day.title.as_bytes())));
    faults.extend(days.filter_map(Result::err));
    faults.push(Failure::Pages(renderer.fragment_faults()));
    faults
}

/// Whose words a page shows first.
enum Shows {
    /// Those of a record, on the first of its pages.
    Record(Ref),
    /// Its own.
    Itself,
    /// Those that other pages show.
    Others,
}

fn shows(route: &Route) -> Shows {
    match kind_of(route).role {
        Role::Record(of) => match of(route.subject) {
            Ref::Article(_) => Shows::Itself,
            of if route.part == 0 => Shows::Record(of),
            _ => Shows::Others,
        },
        Role::List => Shows::Others,
        // Files of the whole dossier are made of its records.
        Role::File if turn(route) < 2 => Shows::Others,
        Role::Home | Role::File => Shows::Itself,
    }
}

/// The routes of a part, or of the whole, in their order.
fn routes(prepared: &Prepared, shard: Option<Shard>) -> Vec<&Route> {
    let all = prepared.routes.all().iter().enumerate();
    all.filter(|(i, _)| shard.is_none_or(|shard| shard.has(*i))).map(|(_, route)| route).collect()
}

/// Does this with every route, in parallel and in [`turn`]s: what only the large files share goes before the pages come.
/// `done` is told of each renderer once its turns are over.
fn in_turns<'a>(
    (prepared, routes): (&'a Prepared, &[&'a Route]),
    world: &'a dyn World,
    renderer: &Renderer<'a>,
    each: impl Fn(&Renderer<'_>, &'a Route, &mut Vec<u8>) -> Result<(), Failure> + Sync,
    done: impl Fn(&Renderer<'_>),
) -> Vec<Failure> {
    let mut turns: [Vec<&Route>; 4] = Default::default();
    for &route in routes {
        turns[turn(route)].push(route);
    }
    let run = |renderer: &Renderer<'_>, routes: &[&'a Route]| -> Vec<Failure> {
        let each = routes.par_iter().with_max_len(AT_ONCE).map_init(Vec::new, |buffer, route| {
            buffer.clear();
            each(renderer, route, buffer)
        });
        each.filter_map(Result::err).collect()
    };
    let [large, of_them, claims, others] = turns;
    let for_large = prepared.renderer(world);
    let mut faults = run(&for_large, &large);
    faults.extend(run(&for_large, &of_them));
    done(&for_large);
    drop(for_large);
    faults.extend(run(renderer, &claims));
    faults.extend(run(renderer, &others));
    done(renderer);
    faults.push(Failure::Pages(renderer.fragment_faults()));
    faults
}

/// What is known of the pages that the last build made, and noted of those that this one makes.
struct Fresh {
    now: Option<Now>,
    before: Option<(Known, Standing)>,
    reader: Reader,
}

impl Fresh {
    fn new(prepared: &Prepared, world: &dyn World, known: Option<Vec<u8>>, renderer: &Renderer<'_>) -> Self {
        let (now, known) = rayon::join(|| Now::of(prepared, world), || Known::read(&known?));
        let before = now.as_ref().zip(known).and_then(|(now, known)| {
            let standing = known.standing(now, renderer)?;
            Some((known, standing))
        });
        Self { now, before, reader: Reader::default() }
    }

    fn stands(&self, route: &Route) -> bool {
        self.before.as_ref().is_some_and(|(_, standing)| standing.holds(&route.path))
    }

    fn page(&self, route: &Route, make: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
        if self.now.is_some() { self.reader.page(route, make) } else { make() }
    }

    fn shared(&self, renderer: &Renderer<'_>) {
        self.reader.shared(renderer.warm());
    }

    /// For the next build.
    fn known(self, renderer: &Renderer<'_>) -> Option<Vec<u8>> {
        Some(self.reader.known(self.now?, self.before, renderer).write())
    }
}

/// What every route of a build is written with.
struct Job<'j, 'a> {
    prepared: &'a Prepared,
    output: &'j Output,
    guard: Option<&'j Guard<'a>>,
    texts: Option<&'j Texts<'a>>,
    fresh: &'j Fresh,
    clock: &'j PageClock,
}

impl<'a> Job<'_, 'a> {
    fn write(&self, renderer: &Renderer<'_>, route: &'a Route, buffer: &mut Vec<u8>) -> Result<(), Failure> {
        let Self { prepared, output, fresh, .. } = self;
        if fresh.stands(route) && output.keep_page(&route.path) {
            return self.keep(&route.path).map_err(Failure::Output);
        }
        let make = || page(renderer, self.guard, route, buffer);
        self.clock.page(kind_of(route).name, &route.path, || fresh.page(route, make))?;
        let written = output.write(&route.path, buffer).map_err(Failure::Output)?;
        if let Some(texts) = self.texts {
            texts.note(renderer, route, buffer);
        }
        twins(prepared, output, &route.path, buffer, written).map_err(Failure::Output)
    }

    /// A page that stands: its twins with it.
    fn keep(&self, path: &str) -> Result<(), OutputError> {
        if recipe(self.prepared).is_none() {
            return Ok(());
        }
        let bytes = self.output.kept(path)?;
        twins(self.prepared, self.output, path, &bytes, Written::Unchanged)
    }
}

#[cfg(feature = "precompress")]
use super::precompress::{recipe, twins};

#[cfg(not(feature = "precompress"))]
fn recipe(_: &Prepared) -> Option<String> {
    None
}

#[cfg(not(feature = "precompress"))]
fn twins(_: &Prepared, _: &Output, _: &str, _: &[u8], _: super::output::Written) -> Result<(), OutputError> {
    Ok(())
}

/// Renders one route and looks at it for words of captures.
fn page(
    renderer: &Renderer<'_>,
    guard: Option<&Guard<'_>>,
    route: &Route,
    buffer: &mut Vec<u8>,
) -> Result<(), Failure> {
    renderer.render(route, buffer).map_err(|fault| Failure::Pages(vec![fault]))?;
    match guard.and_then(|guard| guard.scan(&route.path, buffer)) {
        Some(leak) => Err(Failure::Pages(vec![leak])),
        None => Ok(()),
    }
}

/// One fault of a template shows on many pages: it is told once, with the first of them.
fn failures(all: Vec<Failure>) -> Result<(), Failure> {
    let mut templates: Vec<Diagnostic> = Vec::new();
    for failure in all {
        match failure {
            Failure::Output(_) | Failure::Search(_) | Failure::Parts(_) => return Err(failure),
            Failure::Pages(faults) => {
                for fault in faults {
                    let known = |d: &Diagnostic| d.span == fault.span && d.message == fault.message;
                    if !templates.iter().any(known) {
                        templates.push(fault);
                    }
                }
            }
        }
    }
    if templates.is_empty() { Ok(()) } else { Err(Failure::Pages(templates)) }
}
