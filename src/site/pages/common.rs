//! What the pages of all records have in common.

use tera::Value;

use crate::plan::Planner;
use crate::render::object::{Html, Object, ToValue};
use crate::render::{Page, Renderer, yaml};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::evidence::checks::is_same_person;
use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::{Check, ClaimIx, Curation, Dated, Dossier, Head, Mention, Ref};
use sourcebook_core::words;

/// Entries of each list on one page of a record; more go to pages in parts.
pub(super) const A_PART: usize = 200;

/// Longer lists of claims are folded by time: by month, or by year where there would be more months than these.
const AT_A_GLANCE: usize = 24;
const PERIODS: usize = 14;

/// Adds the routes of each record of a table; `longest` is the length of its longest list.
pub(super) fn plan_records(
    planner: &mut Planner<'_>,
    count: usize,
    make: impl Fn(usize) -> Ref + Sync,
    longest: impl Fn(&Dossier, usize) -> usize + Sync,
) {
    planner.add_all(count, |i, planner| {
        let of = make(i);
        let folder = planner.urls.folder(of);
        let parts = parts_of(planner.dossier, of, longest(planner.dossier, i));
        planner.parts_of_page(i, &folder, parts, Some(planner.dossier.span(of)))
    });
}

/// How many parts a record needs for its longest list; pages that mention it are a list too.
fn parts_of(dossier: &Dossier, of: Ref, longest: usize) -> usize {
    longest.max(dossier.mentions(of).len()).div_ceil(A_PART).max(1)
}

impl Renderer<'_> {
    /// All that was written of a record, as its page shows it: its YAML without what is private, and what its sheet says of who
    /// compiled it. Nothing for an article.
    pub fn written(&self, of: Ref) -> String {
        let Some(head) = self.dossier.head(of) else { return String::new() };
        let mut words = yaml::public(&self.parsed.files, head.entry, &self.dossier.prose_of(of));
        if let Some(curation) = &head.curation {
            let Curation { by, on: _, note, checked } = &**curation;
            let checks = checked.iter().flat_map(|Check { by, on: _, note, span: _ }| note.iter().chain([by]));
            by.iter().chain(note).chain(checks).for_each(|part| words.extend(["\n\n", part]));
        }
        words
    }
}

impl Page<'_, '_> {
    /// Starts the value of the record the page is of.
    pub fn record(&self, of: Ref) -> Object {
        let brief = self.renderer.whole(of);
        match self.renderer.dossier.head(of) {
            Some(head) => brief.set("extra", &head.extra),
            None => brief,
        }
    }

    /// Sets what every record's page shows: notes, mentions, curation, YAML, parts.
    pub fn record_foot(&mut self, of: Ref, longest: usize, number: u32) -> &mut Self {
        let renderer = self.renderer;
        let texts = renderer.dossier.prose_of(of);
        let notes = self.notes(&texts);
        let mentions = self.mentions(part(renderer.dossier.mentions(of), number));
        if let Some(head) = renderer.dossier.head(of) {
            let curation = self.curation(head);
            self.set("curation", curation)
                .set("yaml_html", Html(yaml::folded(&renderer.parsed.files, head.entry, &texts)))
                .set("extra", &head.extra);
        }
        self.feedback(of).changes_link(of).embed_link(of);
        let total = parts_of(renderer.dossier, of, longest);
        let parts = self.parts(&renderer.urls.folder(of), total, number as usize);
        let behind = self.behind_notes(&texts);
        self.set("notes", notes).set("behind", behind).set("mentions", mentions).set("parts", parts)
    }

    /// Where a page in parts goes on; none for a page in one.
    pub fn parts(&self, folder: &str, total: usize, current: usize) -> Option<Value> {
        let url = |part: usize| {
            sourcebook_core::base::url::percent(&sourcebook_core::dossier::address::part_path(folder, part))
        };
        (total > 1).then(|| {
            Object::new()
                .set("current", current + 1)
                .set("total", total)
                .set("previous_url", (current > 0).then(|| url(current - 1)))
                .set("next_url", (current + 1 < total).then(|| url(current + 1)))
                .build()
        })
    }

    fn curation(&self, head: &Head) -> Option<Value> {
        let Curation { by, on, note, checked } = &**head.curation.as_ref()?;
        let on = on
            .as_ref()
            .map(|date| self.renderer.moment(&Dated { date: date.clone(), inferred: None, span: head.id.span }));
        let note = note.as_ref().map(|n| self.typeset(n).into_owned());
        let states = self.renderer.verified.checks(head);
        let others = checked.iter().zip(states).filter(|(check, _)| !is_own(by.as_deref(), check));
        let checks = others.map(|(check, state)| {
            let date = |date: &Edtf| words::date::label(date, self.renderer.words());
            Object::new()
                .set("by", &check.by)
                .set("on", check.on.as_ref().map(date))
                .set("note", check.note.as_ref().map(|n| self.renderer.typeset(n).into_owned()))
                .set("state", state.as_str())
        });
        let checks: Vec<Object> = checks.collect();
        // A sheet may say who checked a record and not who wrote it.
        let compiled = by.is_some() || on.is_some() || note.is_some();
        let value = Object::new().set("by", by.as_ref()).set("on", on).set("note", note).set("compiled", compiled);
        Some(value.set("checks", checks).build())
    }

    /// Pages that cite or link here, by page and note.
    pub fn mentions(&self, mentions: &[Mention]) -> Vec<Value> {
        mentions
            .iter()
            .map(|mention| {
                let file = self.renderer.urls.address(mention.page);
                let url = match mention.note {
                    Some(n) => format!("{file}#note-{n}"),
                    None => file,
                };
                let label = match mention.note {
                    Some(n) => self.renderer.words().fill("note.number", &[("number", &n.to_string())]),
                    None => self.renderer.dossier.label(mention.page).to_string(),
                };
                Object::new()
                    .set("page", self.renderer.brief(mention.page))
                    .set("note", mention.note)
                    .set("url", url)
                    .set("label", label)
                    .build()
            })
            .collect()
    }

    /// Claims with their cards. In a long list the first of each period says so: the list can then be folded by time.
    pub fn claim_items(&self, claims: &[ClaimIx]) -> Vec<Value> {
        let mut items: Vec<_> = claims.iter().map(|ix| self.renderer.claim_item(*ix).build()).collect();
        if claims.len() <= AT_A_GLANCE {
            return items;
        }
        let mut periods: Vec<_> = claims.iter().map(|ix| self.period(*ix, super::timeline::month)).collect();
        if periods.chunk_by(|a, b| a == b).count() > PERIODS {
            periods = claims.iter().map(|ix| self.period(*ix, super::timeline::year)).collect();
        }
        let mut start = 0;
        for same in periods.chunk_by(|a, b| a == b) {
            let period = Object::new().set("label", same[0].as_str()).set("count", same.len()).build();
            items[start] = Object::from(&items[start]).set("period", period).build();
            start += same.len();
        }
        items
    }

    fn period(&self, ix: ClaimIx, of: fn(&Edtf, &Renderer<'_>) -> String) -> String {
        let said = self.renderer.dossier[ix].said.as_ref();
        said.map_or_else(|| self.renderer.words().text("timeline.undated").to_owned(), |d| of(&d.date, self.renderer))
    }

    /// A summary, as blocks.
    pub fn blocks_of(
        &self,
        prose: Option<&sourcebook_core::model::prose::Prose>,
    ) -> Result<Option<Html<String>>, Diagnostic> {
        prose.map(|p| self.blocks(p).map(Html)).transpose()
    }
}

/// What of a list stands on one part of a page.
pub(super) fn part<T>(list: &[T], part: u32) -> &[T] {
    let start = (part as usize * A_PART).min(list.len());
    &list[start..(start + A_PART).min(list.len())]
}

/// A list of briefs as a value.
pub(super) fn briefs<T: Into<Ref> + Copy>(renderer: &Renderer<'_>, list: &[T]) -> Value {
    renderer.brief_list(list).to_value()
}

/// A check by who wrote the record is none.
fn is_own(writer: Option<&str>, check: &Check) -> bool {
    writer.is_some_and(|writer| is_same_person(writer, &check.by))
}

/// How many claims somebody else has checked as they are; nothing where nobody checks claims.
pub(super) fn checked(renderer: &Renderer<'_>) -> Option<Object> {
    let dossier = renderer.dossier;
    let count = dossier.claims.iter().filter(|claim| renderer.verified.is_checked(&claim.head)).count();
    if count == 0 {
        return None;
    }
    let all = dossier.claims.len();
    let label = renderer.words().count("home.checked", all, &[("checked", &count.to_string())]);
    Some(Object::new().set("claims", count).set("label", label))
}
