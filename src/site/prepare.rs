//! Where the phases meet: a dossier with all that rendering needs, and everything that is wrong with it.

use std::collections::BTreeSet;
use std::sync::Arc;

use sourcebook_core::base::diagnostic::{self, Diagnostics};
use sourcebook_core::base::timings::Timings;
use sourcebook_core::base::world::World;
use sourcebook_core::check;
use sourcebook_core::dossier::history;
use sourcebook_core::dossier::load;
use sourcebook_core::dossier::resolve;
use sourcebook_core::evidence::stamps;
use sourcebook_core::evidence::verify::verify;
use sourcebook_core::model::Dossier;
use sourcebook_core::model::language::Language;

use crate::prepared::Prepared;
use crate::theme::Theme;
use crate::{blocks, links, omits, pages, styles, theme};

/// What an earlier run of [`prepare_pages`] read and made.
#[derive(Default)]
pub struct Cache {
    files: load::cache::Cache,
    bound: resolve::Cache,
    style: styles::load::LastStyle,
    theme: Option<theme::cache::LastTheme>,
    omits: Option<Tried>,
    history: history::Cache,
}

/// What a theme was found to omit, with the templates that articles asked for.
type Tried = (Arc<Theme>, BTreeSet<String>, Diagnostics);

/// What to prepare.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether drafts are part of the dossier.
    pub drafts: bool,
    /// The program that makes it: what another one made is made anew.
    pub program: &'static str,
}

impl Prepared {
    /// What the editor's rules say. A dossier that is broken is not yet worth an editor's eye: what its rules would say
    /// may merely follow.
    pub fn rules(&self, world: &dyn World, timings: &mut Timings) -> Diagnostics {
        if diagnostic::has_errors(&self.diagnostics) {
            return Diagnostics::new();
        }
        timings.phase("check", || check::run(&self.dossier, &self.parsed, &self.verified, world))
    }

    /// As [`Self::rules`], as long as somebody wants to know; `None` once nobody does.
    pub fn rules_while(
        &self,
        world: &dyn World,
        timings: &mut Timings,
        wanted: &(dyn Fn() -> bool + Sync),
    ) -> Option<Diagnostics> {
        if diagnostic::has_errors(&self.diagnostics) {
            return Some(Diagnostics::new());
        }
        let run = || check::run_while(&self.dossier, &self.parsed, &self.verified, world, wanted);
        timings.phase("check", run)
    }
}

/// Runs every phase but the rendering.
pub fn prepare(world: &dyn World, options: Options, timings: &mut Timings) -> Prepared {
    let mut prepared = prepare_pages(world, options, timings, None);
    let found = prepared.rules(world, timings);
    prepared.diagnostics.extend(found);
    diagnostic::sort(&mut prepared.diagnostics, &prepared.parsed.files);
    prepared
}

/// As [`prepare`], without what the editor's rules say, for which no page need wait. What did not change since the run
/// that left the cache is not done again, with the same result; without a cache, nothing is kept for a run to come.
pub fn prepare_pages(
    world: &dyn World,
    options: Options,
    timings: &mut Timings,
    cache: Option<&mut Cache>,
) -> Prepared {
    let mut diagnostics = Diagnostics::new();
    let (mut none, is_last) = (Cache::default(), cache.is_none());
    let cache = cache.unwrap_or(&mut none);
    let mut parsed = timings.phase("load", || load::load_again(world, &mut cache.files)).take(&mut diagnostics);
    // A site that does not ask for it is not slowed by it: git is not even started.
    parsed.beside.history =
        timings.phase("history", || history::of(world, &parsed, &mut cache.history, &mut diagnostics));
    let style = timings.phase("style", || {
        styles::load::load(world, &parsed.config, &mut parsed.files, &mut cache.style, &mut diagnostics)
    });
    let theme = timings.phase("theme", || theme::cache::load(&mut parsed, world, &mut cache.theme));
    let theme = theme.take(&mut diagnostics);
    let program = options.program;
    let options = resolve::Options { drafts: options.drafts };
    let dossier = timings.phase("resolve", || resolve::resolve_again(&parsed, options, &mut cache.bound));
    let dossier = dossier.take(&mut diagnostics);
    diagnostics.extend(timings.phase("omits", || omitted(&theme, &dossier, parsed.config.language, &mut cache.omits)));
    if is_last {
        // Sheets take as much room as the dossier, which has all that pages need.
        parsed.content.sheets = Vec::new();
        *cache = Cache::default();
    }
    let ((routes, broken), verified) = timings.both(
        |timings| {
            let routes = timings.phase("plan", || pages::plan(&dossier, &parsed, &theme));
            let mut broken = timings.phase("links", || links::check(&dossier, &parsed, &routes.value));
            broken.extend(timings.phase("blocks", || blocks::check(&dossier, &parsed, &theme, world)));
            (routes, broken)
        },
        |timings| timings.phase("verify", || verify(&dossier, &parsed, world, parsed.lock())),
    );
    let routes = routes.take(&mut diagnostics);
    diagnostics.extend(broken);
    let verified = verified.take(&mut diagnostics);
    let proven = stamps::prove(&parsed.beside.proof, &parsed.config.authorities).take(&mut diagnostics);
    let mut prepared = Prepared { parsed, program, dossier, style, theme, routes, verified, proven, diagnostics };
    let faults = timings.phase("own blocks", || own_blocks(&prepared, world));
    prepared.diagnostics.extend(faults);
    diagnostic::sort(&mut prepared.diagnostics, &prepared.parsed.files);
    cache.files.number(&prepared.parsed.files);
    prepared
}

/// What the templates of the theme's own kinds of block cannot show; nothing where it has none, or is at fault itself.
fn own_blocks(prepared: &Prepared, world: &dyn World) -> Diagnostics {
    let is_own = |name: &String| name.starts_with("blocks/");
    if prepared.theme.is_broken || !prepared.theme.own.iter().any(is_own) {
        return Diagnostics::new();
    }
    prepared.renderer(world).own_blocks()
}

/// What the theme leaves out that readers must see, looked for once for each theme. One with a fault is not tried: what it shows
/// may be missing for that.
fn omitted(theme: &Arc<Theme>, dossier: &Dossier, language: Language, known: &mut Option<Tried>) -> Diagnostics {
    let asked = dossier.articles.iter().filter_map(|article| article.template.as_ref());
    let asked: BTreeSet<_> = asked.map(|template| template.value.to_string()).collect();
    if theme.is_broken {
        return Diagnostics::new();
    }
    let same = |tried: &&Tried| Arc::ptr_eq(&tried.0, theme) && tried.1 == asked;
    if let Some((_, _, found)) = known.as_ref().filter(same) {
        return found.clone();
    }
    let found = omits::check(theme, language, &asked);
    *known = Some((theme.clone(), asked, found.clone()));
    found
}
