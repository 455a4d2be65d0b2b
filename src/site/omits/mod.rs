//! What readers must see cannot be left out by a theme: a theme of the house is tried with planted records, and refused where it
//! does not show them.
//!
//! 1. A small dossier that has one of each ([`planted`]) is rendered with the theme, and what each template was given is kept.
//! 2. For each row of the list ([`contract`]) the template is rendered once more without what it must show ([`knock`]). If no
//!    word that is seen changes ([`seen`]), it does not show it, whatever it is called there.
//! 3. What is missing is told once for each file of the house's.
//!
//! Old copies of templates are judged like new ones, and a theme may say it in its own words. What a style hides is not seen
//! here.

pub mod contract;
mod knock;
mod planted;
mod seen;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::Span;
use sourcebook_core::model::language::Language;
use tera::value::{Key, Map};
use tera::{Context, Tera, Value};

use crate::render::given::Given;
use crate::theme::Theme;
use contract::{BUT, LIST, Must, What};
use knock::{Place, Values, edited, holds, walk, without, without_text};
use seen::seen;

/// What a theme omits, told where it lies; nothing for the program's own theme, of which a test asks it.
pub fn check(theme: &Theme, language: Language, asked: &BTreeSet<String>) -> Diagnostics {
    if theme.own.is_empty() {
        return Diagnostics::new();
    }
    let mut told: BTreeMap<String, BTreeSet<(What, String)>> = BTreeMap::new();
    let all = missing(theme, language, asked, &|name| is_touched(theme, name));
    // What a file of the house's leaves out is missing wherever that is shown: that is no second cause.
    let is_own = |missing: &Missing| theme.own.contains(&missing.template);
    let of_own: BTreeSet<What> = all.iter().filter(|m| is_own(m)).map(|m| m.what).collect();
    for missing in all.into_iter().filter(|m| is_own(m) || !of_own.contains(&m.what)) {
        let file = blamed(theme, &missing.template);
        told.entry(file).or_default().insert((missing.what, missing.hint));
    }
    told.into_iter().map(|(file, missing)| diagnostic(theme, &file, &missing)).collect()
}

/// One thing that a template does not show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The template that was given it.
    pub template: String,
    /// What it is.
    pub what: What,
    /// The values of which any shows it.
    pub hint: String,
}

/// Whether what a template shows may differ from what the program's own theme shows. A page of the house's is no part of any
/// other page; whatever else is the house's may be part of all.
fn is_touched(theme: &Theme, name: &str) -> bool {
    let is_page = |own: &String| !own.contains('/') && own != "base.html";
    theme.own.contains(name) || !theme.own.iter().all(is_page)
}

/// All that the templates asked for do not show, also where templates of articles take the place of `article.html`.
pub fn missing(
    theme: &Theme,
    language: Language,
    asked: &BTreeSet<String>,
    wanted: &dyn Fn(&str) -> bool,
) -> BTreeSet<Missing> {
    let mut found = BTreeSet::new();
    let mut looked = BTreeMap::new();
    let given = planted::given(theme, language);
    for (template, given) in &given {
        let same = asked.iter().filter(|_| template == "article.html").map(String::as_str);
        for name in [&**template].into_iter().chain(same).filter(|name| wanted(name)) {
            let trial = Trial { tera: &theme.tera, name, rows: template, values: Values::new(given) };
            trial.run(&mut looked, &mut found);
        }
    }
    found.extend(rule(theme, &given));
    found
}

/// On so many pages at most a value is looked for that the template may not name at all.
const TRIES: usize = 4;

/// A template, a place in it, a row, and which of the row's values are there: what differs in these may be shown otherwise.
type Asked = (String, String, usize, String);

/// Words for programs, of which each may be shown in another way.
const CODES: &[&str] = &["lapse", "unsound", "state", "modality", "speech", "from", "is", "verdict"];

/// Of these alone there is nothing to show: a label stands beside them where there is.
const BARE: &[&str] = &["state", "modality", "is", "verdict"];

/// Which of a row's values a mapping has, if the row asks for any of them.
fn bears(row: &Must, map: &Map) -> Option<String> {
    let held = || row.shows.iter().filter(|key| holds(map, key));
    if held().all(|key| BARE.contains(key)) || !(row.when)(map) {
        return None;
    }
    let word = |key: &&str| knock::get(map, key).and_then(Value::as_str).filter(|_| CODES.contains(key));
    Some(held().map(|key| format!("{key} {} ", word(key).unwrap_or_default())).collect())
}

/// A template with what it is given.
struct Trial<'t> {
    tera: &'t Tera,
    name: &'t str,
    /// The name by which rows know it.
    rows: &'t str,
    values: Values,
}

impl Trial<'_> {
    /// What was asked of a template at a place is not asked again of its next page.
    fn run(&self, looked: &mut BTreeMap<Asked, usize>, found: &mut BTreeSet<Missing>) {
        let mut asked: BTreeMap<(String, usize, String), Place> = BTreeMap::new();
        walk(self.values.root(), &mut Place::new(), &mut |place, map| {
            for (n, row) in LIST.iter().enumerate() {
                let at = joined(place);
                if let Some(there) = bears(row, map).filter(|_| self.applies(row, &at)) {
                    asked.entry((at, n, there)).or_insert_with(|| place.clone());
                }
            }
        });
        let mut whole = None;
        for ((at, n, there), place) in asked {
            let tries = looked.entry((self.name.to_owned(), at.clone(), n, there.clone())).or_insert(0);
            if *tries >= TRIES {
                continue;
            }
            // What cannot be rendered at all is a fault of the template, told where it comes up.
            let Some(whole) = whole.get_or_insert_with(|| self.render(self.values.root())) else { return };
            let shown = self.shows(&LIST[n], &there, &place, whole);
            *tries = shown.map_or(*tries + 1, |_| TRIES);
            if shown == Some(false) {
                let names = LIST[n].shows.iter().map(|key| {
                    if at.is_empty() { (*key).to_owned() } else { format!("{}.{key}", at.replace('/', ".")) }
                });
                let hint = names.collect::<Vec<_>>().join("`, `");
                found.insert(Missing { template: self.name.to_owned(), what: LIST[n].what, hint });
            }
        }
    }

    fn applies(&self, row: &Must, at: &str) -> bool {
        let is = |pattern: &str, name: &str| pattern == "*" || pattern == name;
        let but = |but: &&(&str, &str, What)| is(but.0, self.rows) && but.1 == at && but.2 == row.what;
        is(row.template, self.rows) && is(row.at, at) && (row.at != "*" || BUT.iter().find(but).is_none())
    }

    /// Whether it is shown; nothing where what it stands beside is not shown either.
    fn shows(&self, row: &Must, there: &str, place: &Place, whole: &str) -> Option<bool> {
        let bears = |map: &Map| bears(row, map).as_deref() == Some(there);
        let shown = edited(self.values.root(), place, &|map| if bears(map) { unmarked(map, row) } else { map.clone() });
        // One that asks for it so that it fails without it makes something of it.
        if self.render(&shown).is_none_or(|other| other != whole) {
            return Some(true);
        }
        if row.beside.is_empty() {
            return Some(false);
        }
        let named = |map: &Map| if bears(map) { without(map, row.beside) } else { map.clone() };
        let mut nameless = edited(self.values.root(), place, &named);
        // An answer names its claim by the answer's value.
        if let Some((last, before)) = place.split_last()
            && last.as_str() == Some("claim")
        {
            let bears = |map: &Map| knock::get(map, "claim").and_then(Value::as_map).is_some_and(bears);
            let named = |map: &Map| if bears(map) { without(map, &["value_label"]) } else { map.clone() };
            nameless = edited(&nameless, before, &named);
        }
        self.render(&nameless).is_none_or(|other| other != whole).then_some(false)
    }

    fn render(&self, root: &Value) -> Option<String> {
        self.tera.render(self.name, &self.values.context(root)).ok().map(|html| seen(&html))
    }
}

/// Without what a row asks for, also where it stands within another value of the same mapping: a link has its mark after it.
fn unmarked(map: &Map, row: &Must) -> Map {
    let text = knock::get(map, "mark_html").and_then(Value::as_str).filter(|_| row.what == What::Lapse);
    let map = without(map, row.shows);
    text.map_or_else(|| map.clone(), |text| without_text(&map, text))
}

fn joined(place: &[Key<'static>]) -> String {
    place.iter().filter_map(Key::as_str).collect::<Vec<_>>().join("/")
}

/// Whatever is not marked is as the foot of every page says: that stands on the page, in the foot or around it.
fn rule(theme: &Theme, given: &[(String, Given)]) -> Option<Missing> {
    let of = |name: &str| given.iter().find(|(template, _)| template == name).map(|(_, given)| Values::new(given));
    let seen_of = |name: &str, context: &Context| theme.tera.render(name, context).ok().map(|html| seen(&html));
    let sees = |name: &'static str, values: &Values, key: &'static str, other: Value| {
        let mut context = values.context(values.root());
        let before = seen_of(name, &context);
        context.insert_value(key, other);
        before != seen_of(name, &context)
    };
    let ruleless =
        |values: &Values| values.fixed("t").map(|t| edited(t, &[Key::Str("base")], &|map| without(map, &["rule"])));
    let page = of("404.html")?;
    // What fails is told where it comes up.
    let fails = |name: &str| of(name).is_none_or(|values| seen_of(name, &values.context(values.root())).is_none());
    if fails("404.html") || fails("frame/foot.html") {
        return None;
    }
    let on_page = ruleless(&page).is_some_and(|t| sees("404.html", &page, "t", t));
    let in_foot = of("frame/foot.html").is_some_and(|foot| {
        let shows_foot = page.fixed("frame").map(|frame| edited(frame, &[], &|map| without(map, &["foot_html"])));
        ruleless(&foot).is_some_and(|t| sees("frame/foot.html", &foot, "t", t))
            && shows_foot.is_some_and(|frame| sees("404.html", &page, "frame", frame))
    });
    let template = if theme.own.contains("frame/foot.html") { "frame/foot.html" } else { "base.html" };
    (!on_page && !in_foot).then(|| Missing {
        template: template.to_owned(),
        what: What::Rule,
        hint: "t.base.rule".to_owned(),
    })
}

/// The file of the house's in which something is left out: the template itself, or the one without which it would not be.
fn blamed(theme: &Theme, template: &str) -> String {
    if theme.own.contains(template) {
        return template.to_owned();
    }
    let parts = ["claim-card", "lists", "pair", "ui", "notes", "record-foot", "index-", "foot", "base"];
    let near = |name: &&String| parts.iter().any(|part| name.contains(part));
    let folder = |name: &&String| name.starts_with("components/") || name.starts_with("partials/");
    let own = || theme.own.iter();
    own()
        .find(|name| folder(name) && near(name))
        .or_else(|| own().find(folder))
        .or_else(|| own().next())
        .map_or_else(|| template.to_owned(), Clone::clone)
}

fn diagnostic(theme: &Theme, file: &str, missing: &BTreeSet<(What, String)>) -> Diagnostic {
    let mut whats: Vec<_> = missing.iter().map(|(what, _)| what.told()).collect();
    whats.dedup();
    let message = format!("this theme does not show readers {}", whats.join("; "));
    let diagnostic = match theme.templates.get(file) {
        Some(id) => Diagnostic::error("theme-omits", Span::new(*id, 0..0), message),
        None => Diagnostic::placeless("theme-omits", format!("`{file}`: {message}")),
    };
    let values: Vec<_> = missing.iter().map(|(_, hint)| format!("`{hint}`")).collect();
    diagnostic.help(format!("print one of each of these where they are given: {}", values.join("; ")))
}
