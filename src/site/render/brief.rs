//! The values by which pages speak of records they are not about: a name with a link, a claim's card.
//!
//! Each is built once and shared by all pages (`Arc` inside). URLs in them are from the site's root, so that the same
//! value serves at any depth.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tera::Value;
use tera::value::Key;

use super::Renderer;
use super::inline::pieces_html;
use super::kept::{self, Kept, cells, filled};
use super::object::{Html, Object, ToValue};
use crate::lists::disagreements::{rivals, rivals_label};
use sourcebook_core::base::html::{escape, heading};
use sourcebook_core::base::reads::{self, Node, Reads};
use sourcebook_core::model::claim::ClaimAnswer;
use sourcebook_core::model::date::{Edtf, Form};
use sourcebook_core::model::kinds::{ActorKind, ByKind, Kind, SourceStanding};
use sourcebook_core::model::source::Author;
use sourcebook_core::model::voice::DateFrom;
use sourcebook_core::model::{
    ActorIx, ArticleIx, Claim, ClaimIx, Dated, Dossier, EventIx, PlaceIx, QuestionIx, Ref, SourceIx, state,
};
use sourcebook_core::words;

/// One cell a record, filled when first asked for.
pub struct Briefs {
    records: ByKind<Vec<Kept<Value>>>,
    articles: Vec<Kept<Value>>,
    cards: Vec<Kept<Value>>,
    /// Dates as texts give them, which are far fewer than their uses; in shards, so that threads do not wait.
    dates: [Mutex<HashMap<Box<str>, Value>>; 16],
}

impl Briefs {
    /// Empty cells for a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        Self {
            records: ByKind::of(|kind| cells(dossier.count(kind))),
            articles: cells(dossier.articles.count()),
            cards: cells(dossier.claims.count()),
            dates: Default::default(),
        }
    }

    /// The value of a date that a text gives, made once.
    fn date(&self, text: &str, make: impl FnOnce() -> Value) -> Value {
        let shard =
            text.bytes().fold(0, |sum: usize, byte| sum.wrapping_mul(31) + usize::from(byte)) % self.dates.len();
        let mut known = self.dates[shard].lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(text) {
            Some(value) => value.clone(),
            None => known.entry(text.into()).or_insert_with(|| reads::pure(make)).clone(),
        }
    }

    fn cell(&self, of: Ref) -> &Kept<Value> {
        let table = of.kind().map_or(&self.articles, |kind| &self.records[kind]);
        &table[of.position()]
    }

    /// What was read for what was made so far.
    pub fn reads(&self) -> impl Iterator<Item = (Node, &Reads)> {
        let of_kind = |kind: &Kind| {
            let at = Ref::at(*kind, 0).node().kind();
            filled(kept::BRIEF, &self.records[*kind]).map(move |(node, reads)| (brief_node(at, node), reads))
        };
        let articles = ArticleIx::at(0);
        let at = Ref::from(articles).node().kind();
        let articles = filled(kept::BRIEF, &self.articles).map(move |(node, reads)| (brief_node(at, node), reads));
        Kind::ALL.iter().flat_map(of_kind).chain(articles).chain(filled(kept::CARD, &self.cards))
    }
}

/// The node of the brief value that stands there in the cells of a kind of record.
fn brief_node(kind: u8, cell: Node) -> Node {
    kept::of_record(kept::BRIEF, Node::new(kind, cell.at() as u32))
}

/// A claim's page adds to what its card shows: so many keys in all.
const ON_ITS_PAGE: usize = 40;

impl Renderer<'_> {
    /// The brief value of anything.
    pub fn brief(&self, of: Ref) -> Value {
        let make = || match of {
            Ref::Actor(ix) => self.actor_brief(ix),
            Ref::Event(ix) => self.event_brief(ix),
            Ref::Place(ix) => self.place_brief(ix),
            Ref::Source(ix) => self.source_brief(ix),
            Ref::Question(ix) => self.question_brief(ix),
            Ref::Claim(ix) => self.claim_brief(ix),
            Ref::Article(ix) => self.article_brief(ix),
        };
        let node = kept::of_record(kept::BRIEF, of.node());
        self.warm.briefs.cell(of).get_or_make(node, make).clone()
    }

    /// The link of anything: `chips/link.html`.
    pub fn link(&self, of: Ref) -> Value {
        get(&self.brief(of), "link_html").cloned().unwrap_or_else(Value::none)
    }

    /// The brief value of anything, and of a claim all that its card shows.
    pub fn whole(&self, of: Ref) -> Object {
        match of {
            Ref::Claim(ix) => self.claim(ix),
            _ => Object::from(&self.brief(of)),
        }
    }

    /// The value of anything as an index or a chronology lists it.
    pub fn row(&self, of: Ref) -> Object {
        match of {
            Ref::Claim(ix) => self.claim_row(ix),
            _ => Object::from(&self.brief(of)),
        }
    }

    /// Brief values of a list.
    pub fn brief_list<T: Into<Ref> + Copy>(&self, list: &[T]) -> Vec<Value> {
        list.iter().map(|item| self.brief((*item).into())).collect()
    }

    fn named(&self, of: Ref, kind: &'static str) -> Object {
        self.name(Object::with_room(14), of, kind)
    }

    pub(super) fn name(&self, object: Object, of: Ref, kind: &'static str) -> Object {
        let label = self.typeset(self.dossier.label(of));
        let url = self.urls.address(of);
        let unnamed = matches!(of, Ref::Actor(ix) if self.dossier[ix].kind == ActorKind::Unnamed);
        let variant = if unnamed { ActorKind::Unnamed.as_str() } else { kind };
        let known = || [("kind", kind.to_value()), ("unnamed", unnamed.to_value())];
        let mut link = String::with_capacity(url.len() + label.len() + 64);
        let label_html = self.heading_html(of);
        let words = [("url", Some(&*escape(&url))), ("label_html", Some(&*label_html))];
        self.filled("chips/link.html", (variant, known), words, &mut link);
        let object = object
            .set("kind", kind)
            .set("id", self.dossier.id(of))
            .set("url", url)
            .set("label", label.as_ref())
            .set("link_html", Html(link));
        // Most have none: that takes no room.
        match self.dossier.extra(of) {
            serde_json::Value::Null => object,
            extra => object.set("extra", extra),
        }
    }

    /// What a reader calls anything, as HTML that may stand in a heading and in a link.
    pub fn heading_html(&self, of: Ref) -> String {
        match self.dossier.titled(of) {
            Some(prose) => self.unlinked(prose),
            None => heading(&self.typeset(self.dossier.label(of))),
        }
    }

    /// Typography of the dossier's own words.
    pub fn typeset<'t>(&self, text: &'t str) -> Cow<'t, str> {
        words::typography::apply(self.config().language, text)
    }

    /// Words that must stay as they are, in a language: only their spaces hold together what a line should not part.
    pub fn bound<'t>(&self, text: &'t str, tag: Option<&str>) -> Cow<'t, str> {
        words::spaces::bound(text, words::spaces::rules_of(tag, self.config().language))
    }

    fn actor_brief(&self, ix: ActorIx) -> Value {
        let actor = &self.dossier[ix];
        self.named(ix.into(), "actor")
            .set("name", self.typeset(&actor.name).as_ref())
            .set("type", actor.kind.as_str())
            .set("type_label", words::kinds::actor(actor.kind, self.words()))
            .set("role", actor.role.as_ref().map(|r| self.typeset(r).into_owned()))
            .build()
    }

    fn event_brief(&self, ix: EventIx) -> Value {
        let event = &self.dossier[ix];
        self.name(Object::new(), ix.into(), "event")
            .set("title", self.typeset(&event.title).as_ref())
            .set("date", self.event_date(&event.date))
            .build()
    }

    fn place_brief(&self, ix: PlaceIx) -> Value {
        let place = &self.dossier[ix];
        self.named(ix.into(), "place")
            .set("name", self.typeset(&place.name).as_ref())
            .set("precision", place.precision.map(|p| p.as_str()))
            .set("precision_label", place.precision.map(|p| words::kinds::precision(p, self.words())))
            .build()
    }

    fn source_brief(&self, ix: SourceIx) -> Value {
        let source = &self.dossier[ix];
        let outlet = source.publisher.as_ref().map(|p| self.author_name(p));
        let outlet_url = source.publisher.as_ref().and_then(|p| self.author_url(p));
        let standing = source.status.as_ref().map(|status| status.is).filter(|is| *is != SourceStanding::Current);
        self.marked(self.named(ix.into(), "source"), standing.map(|is| self.unsound_mark(is)))
            .set("title", self.bound(&source.title, source.language.as_deref()).as_ref())
            .set("type", &source.kind)
            .set("type_label", words::kinds::csl(&source.kind, self.words()))
            .set("outlet", outlet)
            .set("outlet_url", outlet_url)
            .set("published", source.published.as_ref().map(|d| self.moment(d)))
            .set("language", source.language.as_ref())
            .set("dir", words::spaces::direction(source.language.as_deref()))
            .set("claims_count", source.distinct_claims().len())
            .build()
    }

    /// The name of an author or publisher.
    pub fn author_name(&self, author: &Author) -> String {
        match author {
            Author::Actor(ix) => self.typeset(&self.dossier[*ix].name).into_owned(),
            Author::Name(name) => self.typeset(name).into_owned(),
        }
    }

    /// The page of an author or publisher.
    pub fn author_url(&self, author: &Author) -> Option<String> {
        match author {
            Author::Actor(ix) => Some(self.urls.address((*ix).into())),
            Author::Name(_) => None,
        }
    }

    fn question_brief(&self, ix: QuestionIx) -> Value {
        let question = &self.dossier[ix];
        let status = question.assessment.as_ref().map(|a| a.status);
        let at_odds = rivals(self.dossier, ix);
        self.named(ix.into(), "question")
            .set("text", self.typeset(self.dossier.label(ix.into())).as_ref())
            .set("text_html", Html(self.heading_html(ix.into())))
            .set("type", question.kind.as_str())
            .set("answers_count", question.answers.len())
            .set("differs_count", at_odds.values)
            .set("differs_label", rivals_label(&at_odds, self.words()))
            .set("contested", question.comparison.is_any_contested())
            .set("status", status.map(|s| s.as_str()))
            .set("status_label", status.map(|s| words::kinds::settled(s, self.words())))
            .build()
    }

    fn article_brief(&self, ix: ArticleIx) -> Value {
        let article = &self.dossier[ix];
        self.named(ix.into(), "article")
            .set("title", self.typeset(&article.title).as_ref())
            .set("description", article.description.as_ref().map(|d| self.typeset(d).into_owned()))
            .set("date", article.date.as_ref().map(|d| self.date(d)))
            .set("updated", article.updated.as_ref().map(|d| self.date(d)))
            .build()
    }

    /// A date's value.
    pub fn date(&self, dated: &Dated) -> Value {
        let make = || self.date_value(dated);
        match &dated.inferred {
            None => self.warm.briefs.date(dated.date.text(), make),
            Some(how) => self.warm.briefs.date(&format!("{}\n{how}", dated.date.text()), make),
        }
    }

    /// A date's value where it is that of one moment, such as a speech: an interval gives its bounds.
    pub fn moment(&self, dated: &Dated) -> Value {
        if !matches!(dated.date.form(), Form::Interval { .. }) {
            return self.date(dated);
        }
        let words = self.words();
        let make = || {
            let label = words::date::moment(&dated.date, words);
            let phrase = words::date::moment_phrase(&dated.date, words);
            self.date_worded(dated, [&label, &phrase, &words::date::lasting_moment(&dated.date, words)])
        };
        let how = dated.inferred.as_deref().unwrap_or_default();
        self.warm.briefs.date(&format!("at {}\n{how}", dated.date.text()), make)
    }

    /// For when an answer of a claim holds: [`words::date::held`].
    pub fn held(&self, said: Option<&Dated>, as_of: &Dated) -> Value {
        if words::date::is_moment(said, as_of) { self.moment(as_of) } else { self.date(as_of) }
    }

    /// The date of an event: [`words::date::event`].
    pub fn event_date(&self, dated: &Dated) -> Value {
        if dated.inferred.is_some() { self.moment(dated) } else { self.date(dated) }
    }

    fn date_value(&self, dated: &Dated) -> Value {
        let (date, words) = (&dated.date, self.words());
        let (label, phrase) = (words::date::label(date, words), words::date::phrase(date, words));
        self.date_worded(dated, [&label, &phrase, &words::date::lasting(date, words)])
    }

    /// The value of a date in the words for it: by itself, in a sentence, after "for".
    fn date_worded(&self, dated: &Dated, [label, phrase, period]: [&str; 3]) -> Value {
        let date = &dated.date;
        let object = Object::with_room(14)
            .set("label", self.bound(label, None).as_ref())
            .set("phrase", self.bound(phrase, None).as_ref())
            .set("period", self.bound(period, None).as_ref())
            .set("iso", words::date::iso(date))
            .set("edtf", date.text())
            .set("precision", shape(date))
            .set("uncertain", date.is_uncertain())
            .set("approximate", date.is_approximate())
            .set("inferred", dated.inferred.as_ref().map(|i| self.typeset(i).into_owned()));
        let html = self.fragment("chips/date.html", [("date", object.clone().build())]);
        object.set("html", html).build()
    }

    /// In as many keys as a small mapping has room for: a dossier has more claims than all else. Of those that no longer
    /// stand, or whose text does not, one more: wherever they are named, they are marked.
    fn claim_brief(&self, ix: ClaimIx) -> Value {
        let said = self.dossier[ix].said.as_ref();
        let lapsed = state::lapsed(self.dossier, ix, None);
        let mark = match &lapsed {
            Some(lapsed) => {
                Some(self.mark("lapse", lapsed.how.as_str(), words::kinds::state(lapsed.how.into(), self.words())))
            }
            None => state::unsound(self.dossier, ix, None).map(|text| {
                let label = words::standing::unsound_mark(self.dossier, ix, self.words());
                self.mark("unsound", text.is.as_str(), &label.unwrap_or_default())
            }),
        };
        self.marked(self.name(Object::new(), ix.into(), "claim"), mark)
            .set("voice_label", words::text::speaker_label(self.dossier, ix, self.words()))
            .set("said", said.map(|d| self.moment(d)))
            .build()
    }

    /// What became of a claim or a text, in a word, for wherever it is named.
    fn mark(&self, what: &'static str, is: &str, label: &str) -> Value {
        let values = [("what", what.to_value()), ("is", is.to_value()), ("label", label.to_value())];
        self.fragment("chips/mark.html", values)
    }

    fn unsound_mark(&self, is: SourceStanding) -> Value {
        self.mark("unsound", is.as_str(), words::kinds::unsound(is, self.words()))
    }

    /// With its mark, by itself and after its link.
    fn marked(&self, object: Object, mark: Option<Value>) -> Object {
        let Some(mark) = mark else { return object };
        let brief = object.build();
        let html = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let link = format!("{} {}", html(get(&brief, "link_html")), html(Some(&mark)));
        Object::from(&brief).set("link_html", Html(link)).set("mark_html", mark)
    }

    /// A claim as a row of a list tells it, in eighteen keys: made each time, as few lists do.
    pub fn claim_row(&self, ix: ClaimIx) -> Object {
        self.with_row(ix, Object::over(&self.brief(ix.into()), 18))
    }

    fn with_row(&self, ix: ClaimIx, object: Object) -> Object {
        let (claim, words) = (&self.dossier[ix], self.words());
        // Of who says nothing, there is no manner of saying it.
        let modality = (!claim.is_silence()).then(|| words::modality::noun(claim.modality, words));
        object
            .set("contested", claim.contested)
            .set("voice_html", Html(pieces_html(self, &words::text::voices(self.dossier, ix, words))))
            .set("said_by", if claim.is_of_text() { "text" } else { "speakers" })
            .set("date_from", claim.date_from().map(DateFrom::as_str))
            .set("when_html", self.when(claim))
            .set("as_of", claim.as_of.as_ref().map(|d| self.held(claim.said.as_ref(), d)))
            .set("modality", claim.modality.as_str())
            .set("modality_label", modality)
            .set("origins_count", claim.origins.len())
    }

    /// The date of a claim, and what it is the date of.
    fn when(&self, claim: &Claim) -> Option<Value> {
        let (said, from) = (claim.said.as_ref()?, claim.date_from()?);
        let date = self.moment(said);
        let (how, from) = (said.inferred.as_deref().unwrap_or_default(), from.as_str());
        let make = || {
            let phrase = get(&date, "phrase").and_then(Value::as_str).unwrap_or_default();
            let reported = self.words().fill("claim.reported", &[("date", phrase)]);
            let words = [("date", date.clone()), ("from", from.to_value()), ("reported", reported.to_value())];
            self.fragment("chips/when.html", words)
        };
        // As dates: there are far fewer than claims.
        Some(self.warm.briefs.date(&format!("{from} {}\n{how}", said.date.text()), make))
    }

    /// A claim with its evidence, for a card or its own page.
    pub fn claim(&self, ix: ClaimIx) -> Object {
        let (claim, words) = (&self.dossier[ix], self.words());
        let lapsed = state::lapsed(self.dossier, ix, None);
        let told =
            lapsed.as_ref().map(|lapsed| pieces_html(self, &words::standing::lapse(self.dossier, lapsed, words)));
        let evidence: Vec<_> = (0..claim.evidence.len()).map(|n| self.evidence(ix, n)).collect();
        let comparison = self.comparison_url(claim);
        let contested_label = claim.contested.then(|| words.text("claim.contested"));
        let origins_label = words::sentence::origins_of(self.dossier, claim, words);
        let origins_count = claim.origins.len().to_string();
        // One origin, the speaker, is the rule, which every page's foot says.
        let origins_marked = (claim.is_of_text() || claim.origins.len() != 1).then_some(&*origins_label);
        let shown = [
            ("comparison_url", comparison.as_deref().map(escape)),
            ("contested_label", contested_label.map(escape)),
            ("origins_label", origins_marked.map(escape)),
            ("origins_count", Some(Cow::Borrowed(&*origins_count))),
        ];
        let flags = self.filled_by("chips/flags.html", &shown, 256);
        let label = words::text::speaker_label(self.dossier, ix, words);
        let html = Html(pieces_html(self, &words::sentence::who(self.dossier, ix, words)));
        self.with_row(ix, Object::over(&self.brief(ix.into()), ON_ITS_PAGE))
            .set("speaker_label", label)
            .set("speaker_html", html)
            .set("source", claim.evidence.first().map(|e| self.brief(e.source.into())))
            .set("statement_html", Html(self.unlinked(&claim.statement)))
            .set("evidence", evidence)
            .set("comparison_url", comparison)
            .set("contested_label", contested_label)
            .set("origins_marked", origins_marked)
            .set("origins_label", origins_label.as_str())
            .set("flags_html", flags)
            .set("lapse", lapsed.as_ref().map(|lapsed| lapsed.how.as_str()))
            .set("lapse_html", told.map(Html))
    }

    /// Where a contested claim is compared: the question on which it differs, else its own page's relations.
    pub fn comparison_url(&self, claim: &Claim) -> Option<String> {
        if !claim.contested {
            return None;
        }
        let differs =
            |(answer, number): &(&ClaimAnswer, usize)| self.dossier[answer.question].comparison.is_contested(*number);
        match claim.numbered().find(differs) {
            Some((answer, _)) => Some(self.urls.address(answer.question.into())),
            None => Some(format!("{}#relations", self.urls.address(self.dossier.get(&claim.head.id.value)?))),
        }
    }

    /// The fragment of a template of which nothing is known but its words, with room for so many bytes.
    pub(super) fn filled_by<const N: usize>(
        &self,
        template: &'static str,
        words: &[(&'static str, Option<Cow<'_, str>>); N],
        room: usize,
    ) -> Html<String> {
        let mut html = String::with_capacity(room);
        let words = words.each_ref().map(|(key, word)| (*key, word.as_deref()));
        self.filled(template, ("", || []), words, &mut html);
        Html(html)
    }

    /// A claim's card, rendered once for all pages.
    pub fn claim_card(&self, ix: ClaimIx) -> Value {
        self.card_of(ix, || self.claim(ix).build())
    }

    /// A claim with its evidence, from which its card is made as well: whoever shows the card has read what this was made of.
    pub fn claim_with_card(&self, ix: ClaimIx) -> Object {
        let (claim, reads) = reads::noted(|| self.claim(ix));
        reads::note_again(&reads);
        self.card_of(ix, || {
            reads::note_again(&reads);
            claim.clone().build()
        });
        claim
    }

    fn card_of(&self, ix: ClaimIx, claim: impl FnOnce() -> Value) -> Value {
        let render = || self.fragment("cards/claim.html", [("claim", claim())]);
        self.warm.briefs.cards[ix.position()].get_or_make(Node::new(kept::CARD, ix.0), render).clone()
    }

    /// A claim with its card, for lists.
    pub fn claim_item(&self, ix: ClaimIx) -> Object {
        Object::new().set("claim", self.brief(ix.into())).set("card_html", self.claim_card(ix))
    }
}

/// A field of a brief value.
pub fn get<'v>(brief: &'v Value, key: &'static str) -> Option<&'v Value> {
    brief.as_map()?.get(&Key::Str(key))
}

/// What a date is like: its precision, or that it is a stretch or a choice of dates.
fn shape(date: &Edtf) -> &'static str {
    match date.form() {
        Form::Single(_) => date.precision().as_str(),
        Form::Interval { .. } => "interval",
        Form::OneOf(_) => "one-of",
    }
}
