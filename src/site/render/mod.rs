//! Phase 5: the bytes of one route.
//!
//! A [`Renderer`] holds what all pages share and what is built once: the theme, a value for each record, a claim's card.
//! `Renderer::render` ([`crate::pages`]) is pure and may be called from any thread, for any route, in any order.

pub mod annotated;
pub mod answer;
pub mod brief;
mod cards;
mod chronology;
pub mod cite;
mod deep_link;
mod description;
mod evidence;
pub mod facing;
mod feedback;
pub mod figures;
mod footnotes;
pub mod given;
pub mod highlight;
pub mod impossible;
pub mod inline;
pub mod jsonld;
pub mod kept;
mod lead;
pub mod markdown;
pub mod notes;
pub mod object;
pub mod pattern;
mod pictures;
mod references;
pub mod rooted;
mod sentence_ids;
mod set;
pub mod yaml;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tera::Value;

use crate::export::{Input, atom};
use crate::figures::{Near, is_point};
use crate::lists::disagreements::Disagreements;
use crate::lists::facing::Facing;
use crate::lists::{Lists, timeline};
use crate::plan::{Route, Routes};
use crate::policy::policy;
use crate::prepared::Prepared;
use crate::search::{self, Index};
use crate::styles::Style;
use crate::theme::{self, Theme};
use brief::Briefs;
use given::{Given, Probe};
use kept::Kept;
use object::{Html, Object, ToValue};
use rooted::ROOT;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::reads::{self, Node, Print, note};
use sourcebook_core::base::url::percent;
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::address::Urls;
use sourcebook_core::dossier::address::page_url;
use sourcebook_core::dossier::address::root_of;
use sourcebook_core::dossier::config::Config;
use sourcebook_core::dossier::load::Parsed;
use sourcebook_core::evidence::stamps::Proven;
use sourcebook_core::evidence::verify::Verified;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::{ArticleIx, Dated, Dossier, QuestionIx, Ref, Text};
use sourcebook_core::words::messages::Messages;

/// What all pages share.
pub struct Renderer<'a> {
    /// The files as they were read.
    pub parsed: &'a Parsed,
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The citation style.
    pub style: Option<&'a Style>,
    /// The theme.
    pub theme: &'a Theme,
    /// Every route.
    pub routes: &'a Routes,
    /// Where everything stands.
    pub urls: Urls<'a>,
    /// What is known of the quotes.
    pub verified: &'a Verified,
    /// Timestamps that hold.
    pub proven: &'a Proven,
    world: &'a dyn World,
    warm: Arc<Warm>,
}

/// What is built once and shared by all pages of one dossier: it outlives the renderer, which only borrows.
pub struct Warm {
    briefs: Briefs,
    lists: Lists,
    near: Kept<Near>,
    search: Kept<Index>,
    tails: jsonld::Tails,
    references: references::References,
    shown: answer::Shown,
    patterns: pattern::Patterns,
    sizes: pictures::Sizes,
    frames: Mutex<HashMap<(&'static str, &'static str), Value>>,
    faults: Mutex<Vec<Diagnostic>>,
    probe: Option<Probe>,
    shared: Shared,
}

impl Warm {
    /// The faults so far of what is rendered once. No page is finished while there are any.
    pub fn faults(&self) -> Vec<Diagnostic> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Nothing yet but empty cells.
    pub fn new(prepared: &Prepared) -> Arc<Self> {
        let Prepared { parsed, dossier, style, theme, routes, .. } = prepared;
        let shared = Shared::new(&parsed.config, theme, routes);
        Arc::new(Self {
            briefs: Briefs::new(dossier),
            lists: Lists::default(),
            near: Kept::default(),
            search: Kept::default(),
            tails: jsonld::Tails::new(dossier),
            references: references::References::new(style.as_ref(), dossier),
            shown: answer::Shown::default(),
            patterns: pattern::Patterns::default(),
            sizes: pictures::Sizes::default(),
            frames: Mutex::default(),
            faults: Mutex::default(),
            probe: None,
            shared,
        })
    }

    /// As [`Warm::new`], and what each template is given is kept.
    pub fn probing(prepared: &Prepared) -> Arc<Self> {
        let mut warm = Self::new(prepared);
        if let Some(warm) = Arc::get_mut(&mut warm) {
            warm.probe = Some(Probe::default());
        }
        warm
    }

    /// What was kept, if anything was to be.
    pub fn kept(&self) -> Vec<(String, Given)> {
        self.probe.as_ref().map(Probe::take).unwrap_or_default()
    }
}

impl Prepared {
    /// Renders routes of this dossier.
    pub fn renderer<'a>(&'a self, world: &'a dyn World) -> Renderer<'a> {
        Renderer::new(self, world)
    }
}

/// Values that every page gets.
struct Shared {
    site: Value,
    assets: Value,
    words: Value,
    /// The navigation as it stands on the pages of each section, and last as on pages of none.
    nav: Vec<(&'static str, Value)>,
}

thread_local! {
    /// The page that this thread renders, before its addresses lead from where it stands.
    static PAGE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A page being rendered.
pub struct Page<'r, 'a> {
    /// What all pages share.
    pub renderer: &'r Renderer<'a>,
    /// What leads back to the site's root.
    pub root: String,
    /// What it is the page of.
    pub subject: Option<Ref>,
    path: &'r str,
    /// The file whose address is this page's own: itself, unless it stands for another or for none.
    pub canonical: Option<Text>,
    given: Given,
}

impl<'a> Renderer<'a> {
    /// Prepares rendering.
    pub fn new(prepared: &'a Prepared, world: &'a dyn World) -> Self {
        Self::with(prepared, world, Warm::new(prepared))
    }

    /// As [`Renderer::new`], with what another renderer of the same dossier built.
    pub fn with(prepared: &'a Prepared, world: &'a dyn World, warm: Arc<Warm>) -> Self {
        let Prepared { parsed, dossier, style, theme, routes, verified, proven, .. } = prepared;
        let urls = Urls { config: &parsed.config, dossier };
        Self { parsed, dossier, style: style.as_ref(), theme, routes, urls, verified, proven, world, warm }
    }

    /// The configuration.
    pub fn config(&self) -> &'a Config {
        &self.parsed.config
    }

    /// What exports are made from.
    pub fn export(&self) -> Input<'a> {
        let Self { dossier, verified, proven, .. } = *self;
        let history = &self.parsed.beside.history;
        Input { dossier, verified, proven, history, config: self.config(), messages: self.words() }
    }

    /// The files that are copied as they are. Of none is it known whether it changed.
    pub fn world(&self) -> &'a dyn World {
        note(Node::new(kept::OUTSIDE, 0));
        self.world
    }

    /// The words of the interface.
    pub fn words(&self) -> &'a Messages {
        &self.theme.messages
    }

    /// The entries of a view of the chronology, sorted once for all its parts.
    pub fn timeline(&self, view: timeline::View) -> &[timeline::Entry] {
        self.warm.lists.timeline(self.dossier, view)
    }

    /// All records of a kind, in the order of its index.
    pub fn listed(&self, kind: Kind) -> &[Ref] {
        self.warm.lists.index(self.dossier, kind)
    }

    /// Articles in the order in which they are to be read.
    pub fn reading_order(&self) -> &[ArticleIx] {
        self.warm.lists.reading_order(self.dossier)
    }

    /// The place of an article in [`Self::reading_order`].
    pub fn place_in_order(&self, ix: ArticleIx) -> Option<usize> {
        self.warm.lists.place_in_order(self.dossier, ix)
    }

    /// The places that maps of other places may show, by [`sourcebook_core::model::PlaceIx`].
    pub fn near(&self) -> &Near {
        let places = || self.dossier.places.iter().enumerate().filter(|(_, place)| is_point(place.precision));
        let points = || places().filter_map(|(n, place)| place.coordinates.map(|(lat, lon)| (lat, lon, n)));
        self.warm.near.get_or_make(kept::NEAR, || Near::new(points()))
    }

    /// What disagrees.
    pub fn disagreements(&self) -> &Disagreements {
        self.warm.lists.disagreements(self.dossier)
    }

    /// Which texts and outlets are set face to face.
    pub fn facing(&self) -> &Facing {
        self.warm.lists.facing(self.dossier)
    }

    /// The place of a question where questions are listed by what is at odds.
    pub fn rank(&self, ix: QuestionIx) -> u32 {
        self.warm.lists.ranks(self.dossier).get(ix.position()).copied().unwrap_or(u32::MAX)
    }

    /// What a list is now, by its node.
    pub fn list_print(&self, node: Node) -> Option<Print> {
        self.warm.lists.print(self.dossier, node)
    }

    /// What all pages share, and what was read for it.
    pub fn warm(&self) -> &Warm {
        &self.warm
    }

    /// The index of the quick search, made once for all its files of these entries. Nothing in it may wait for another
    /// thread.
    pub fn search(&self, entries: impl FnOnce() -> Vec<search::Kind>) -> &Index {
        self.warm.search.get_or_make(kept::SEARCH, || Index::new(&entries()))
    }

    /// The words of the interface, for templates.
    pub fn shared_words(&self) -> Value {
        self.warm.shared.words.clone()
    }

    /// Starts a page.
    pub fn page<'r>(&'r self, route: &'r Route, subject: Option<Ref>) -> Page<'r, 'a> {
        let root = root_of(&route.path);
        let mut given = self.fragment_given();
        given.set("assets", self.warm.shared.assets.clone());
        Page { renderer: self, root, subject, path: &route.path, canonical: Some(route.path.clone()), given }
    }

    /// Renders what many pages show, for whoever keeps it. A fault is kept too: no page is finished then.
    pub fn fragment(&self, template: &str, values: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
        let mut given = self.fragment_given();
        for (key, value) in values {
            given.set(key, value);
        }
        self.keep(template, &given);
        match self.theme.tera.render(template, given.context()) {
            Ok(html) => Value::safe_string(html.trim()),
            Err(error) => {
                let (fault, _) = theme::explain(&error, &self.theme.templates, &self.parsed.files);
                self.warm.faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
                Value::safe_string("")
            }
        }
    }

    /// See [`Warm::faults`].
    pub fn fragment_faults(&self) -> Vec<Diagnostic> {
        self.warm.faults()
    }

    /// What stands around the pages of a kind in a section, rendered once.
    fn frame(&self, section: &'static str, kind: &'static str, nav: &Value) -> Value {
        let frames = || self.warm.frames.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = frames().get(&(section, kind)) {
            return known.clone();
        }
        let Shared { assets, .. } = &self.warm.shared;
        let page = Object::new().set("kind", kind).build();
        let part = |template: &str| {
            let values = [("assets", assets.clone()), ("nav", nav.clone()), ("page", page.clone())];
            self.fragment(template, values)
        };
        let make = || {
            Object::new()
                .set("links_html", part("frame/links.html"))
                .set("nav_html", part("frame/nav.html"))
                .set("foot_html", part("frame/foot.html"))
                .set("search_html", part("frame/search.html"))
                .build()
        };
        let frame = reads::pure(make);
        frames().entry((section, kind)).or_insert(frame).clone()
    }

    /// What every template is given, whatever it renders.
    fn fragment_given(&self) -> Given {
        let mut given = Given::default();
        given.set("root", Html(ROOT).to_value());
        given.set("lang", self.config().language.as_str().to_value());
        given.set("t", self.shared_words());
        given.set("site", self.warm.shared.site.clone());
        given
    }

    fn keep(&self, template: &str, given: &Given) {
        if let Some(probe) = &self.warm.probe {
            probe.keep(template, given);
        }
    }

    /// Renders a template; a fault is told with the page on which it came up.
    pub fn template(&self, name: &str, given: &Given, path: &str) -> Result<String, Diagnostic> {
        self.keep(name, given);
        self.theme.tera.render(name, given.context()).map_err(|error| self.explain(&error, path))
    }

    fn explain(&self, error: &tera::Error, path: &str) -> Diagnostic {
        let (diagnostic, _) = theme::explain(error, &self.theme.templates, &self.parsed.files);
        diagnostic.help(format!("it came up on `{path}`"))
    }
}

impl Page<'_, '_> {
    /// Sets a value for the template.
    pub fn set(&mut self, key: &'static str, value: impl ToValue) -> &mut Self {
        self.given.set(key, value.to_value());
        self
    }

    /// Sets `page` and `nav`: title, description and the section of the navigation that the page belongs to.
    pub fn head(&mut self, kind: &'static str, section: &str, title: &str, description: Option<&str>) -> &mut Self {
        let navs = &self.renderer.warm.shared.nav;
        let of_section = navs.iter().find(|(key, _)| *key == section).or(navs.last());
        let (section, nav) = of_section.map_or_else(|| ("none", Value::none()), |(key, nav)| (*key, nav.clone()));
        let frame = self.renderer.frame(section, kind, &nav);
        let config = self.renderer.config();
        let canonical = config.base_url.as_ref().zip(self.canonical.as_ref()).map(|(base, file)| {
            let folder = file.strip_suffix("index.html").unwrap_or(file);
            page_url(base, folder.trim_end_matches('/'))
        });
        let day = |date: Option<&Dated>| date.and_then(|d| sourcebook_core::words::date::iso(&d.date));
        let (published, modified) = match self.subject {
            Some(Ref::Article(ix)) if kind == "article" => {
                let article = &self.renderer.dossier[ix];
                (day(article.date.as_ref()), day(article.updated.as_ref()))
            }
            _ => (None, None),
        };
        let words = self.renderer.words();
        let image = match self.subject {
            Some(Ref::Article(ix)) => self.shared_lead(ix),
            _ => None,
        };
        let image = image.map(|(url, alt)| Object::new().set("url", url).set("alt", alt));
        let label_key = format!("kind.{kind}");
        let label = words.has(&label_key).then(|| words.text(&label_key));
        let page = Object::with_room(14)
            .set("kind", kind)
            .set("title", title)
            .set("description", description)
            .set("meta_description", self.meta_description(title, description))
            .set("canonical_url", canonical)
            .set("published", published)
            .set("modified", modified)
            .set("image", image)
            .set("kind_label", label);
        let subject = self.subject;
        let jsonld = jsonld::write(self, kind, subject).map(Html);
        let cite = subject.filter(|_| kind != "home").and_then(|of| cite::value(self.renderer, of));
        self.set("nav", nav).set("frame", frame).set("page", page).set("jsonld", jsonld).set("cite", cite)
    }

    /// Renders the page by a template and appends it.
    pub fn finish(self, template: &str, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        self.renderer.keep(template, &self.given);
        PAGE.with_borrow_mut(|html| {
            html.clear();
            let rendered = self.renderer.theme.tera.render_to(template, self.given.context(), &mut *html);
            rendered.map_err(|error| self.renderer.explain(&error, self.path))?;
            self.renderer.fragment_faults().into_iter().next().map_or(Ok(()), Err)?;
            rooted::append(html, &self.root, out);
            Ok(())
        })
    }

    /// Typography of the dossier's own words.
    pub fn typeset<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        sourcebook_core::words::typography::apply(self.renderer.config().language, text)
    }
}

impl Shared {
    fn new(config: &Config, theme: &Theme, routes: &Routes) -> Self {
        let asset = |name: &str| theme.asset(name).map(|path| path.to_value()).to_value();
        let assets = Object::new()
            .set("css", asset("style.css"))
            .set("script", asset("script.js"))
            .set("search", search::HEAD)
            .set("full_text", config.full_text.then_some(search::FULL_TEXT))
            .set("icon", asset("icon.svg"))
            .set("font_roman", asset("fonts/source-serif-4-latin-wght-normal.woff2"))
            .set("font_italic", asset("fonts/source-serif-4-latin-wght-italic.woff2"));
        let feed = |n: usize| routes.find(atom::FILES[n]).map(|_| atom::FILES[n]);
        // Whoever shows a picture elsewhere needs its address.
        let image = config.publish.image.as_ref().zip(config.base_url.as_ref());
        let image = image.map(|(path, base)| format!("{base}/{}", path.value));
        let typeset = |words: &str| sourcebook_core::words::typography::apply(config.language, words).into_owned();
        let site = Object::new()
            .set("title", typeset(&config.title))
            .set("description", config.description.as_ref().map(|words| typeset(words)))
            .set("authors", config.authors.clone())
            .set("base_url", config.base_url.as_ref())
            .set("url", "index.html")
            .set("policy", Html(policy(config)))
            .set("feed", feed(0))
            .set("changes_feed", feed(1))
            .set("image", image)
            .set("extra", &config.extra);
        let words = Value::from_serializable(&theme.messages.nested());
        Self { site: site.build(), assets: assets.build(), words, nav: nav(config, theme, routes) }
    }
}

/// Kinds of record in the order in which the navigation names them.
const IN_NAV: [Kind; Kind::ALL.len()] =
    [Kind::Question, Kind::Actor, Kind::Event, Kind::Source, Kind::Place, Kind::Claim];

/// The navigation for the pages of each section: sections that have a page.
fn nav(config: &Config, theme: &Theme, routes: &Routes) -> Vec<(&'static str, Value)> {
    let paths = &config.paths;
    let mut sections =
        vec![("articles", &paths.articles), ("timeline", &paths.timeline), ("disagreements", &paths.disagreements)];
    sections.extend(IN_NAV.map(|kind| (kind.plural(), paths.of(kind))));
    let entry = |section: &str, key: &'static str, segment: &Text| {
        let file = format!("{segment}/index.html");
        let label = theme.messages.text(&format!("nav.{key}")).to_owned();
        let entry = Object::new().set("key", key).set("label", label).set("current", key == section);
        routes.find(&file).map(|_| entry.set("url", percent(&file)).build())
    };
    let of = |section: &'static str| {
        let entries: Vec<_> = sections.iter().filter_map(|(key, segment)| entry(section, key, segment)).collect();
        (section, entries.to_value())
    };
    sections.iter().map(|(key, _)| *key).chain(["none"]).map(of).collect()
}
