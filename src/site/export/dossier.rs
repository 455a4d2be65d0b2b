//! The whole dossier as JSON, by the published schema `dossier.schema.json`.
//!
//! The names are those of the sheets (FORMAT), so that what is known of one serves the other; what is computed (`url`,
//! `said`, `contested`, `origins`, `verification`) is added. Dates are EDTF, texts marked **md** Markdown.

use super::Input;
use sourcebook_core::base::json::Json;
use sourcebook_core::model::claim::{ClaimAnswer, Evidence, Relation};
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::place::Whole;
use sourcebook_core::model::source::{Author, Origin, SetAside};
use sourcebook_core::model::state::{self, State};
use sourcebook_core::model::value::Answer;
use sourcebook_core::model::voice::{DateFrom, Voice};
use sourcebook_core::model::{
    ActorIx, ArticleIx, Claim, ClaimIx, Dated, EventIx, Head, PlaceIx, Question, QuestionIx, Ref, Source, SourceIx,
};
use sourcebook_core::words;

/// The version of the schema: the first number changes when what was true of a file no longer is.
pub const VERSION: &str = "1.2";

const SCHEMA: &str = include_str!("dossier.schema.json");

/// The JSON Schema (draft 2020-12) of [`write`].
pub fn schema(_: &Input<'_>, out: &mut String) {
    out.push_str(SCHEMA);
}

/// The whole dossier.
pub fn write(input: &Input<'_>, out: &mut String) {
    let dossier = input.dossier;
    Json::new(out).object(|o| {
        o.text("$schema", "dossier.schema.json").text("version", VERSION);
        o.table("site", |o| site(o, input));
        for kind in Kind::ALL {
            records(o, kind.plural(), dossier.count(*kind), |o, i| match Ref::at(*kind, i) {
                Ref::Actor(ix) => actor(o, input, ix),
                Ref::Event(ix) => event(o, input, ix),
                Ref::Place(ix) => place(o, input, ix),
                Ref::Source(ix) => source(o, input, ix),
                Ref::Question(ix) => question(o, input, ix),
                Ref::Claim(ix) => claim(o, input, ix),
                Ref::Article(ix) => article(o, input, ix),
            });
        }
        records(o, "articles", dossier.articles.len(), |o, i| article(o, input, ArticleIx::at(i)));
    });
    out.push('\n');
}

fn records(json: &mut Json<'_>, key: &str, count: usize, write: impl Fn(&mut Json<'_>, usize)) {
    json.line().key(key).array(|list| {
        for i in 0..count {
            list.line().object(|o| write(o, i));
        }
    });
}

fn site(json: &mut Json<'_>, input: &Input<'_>) {
    json.text("title", &input.config.title).maybe("description", input.config.description.as_ref());
    json.text("language", input.config.language.as_str()).maybe("base_url", input.config.base_url.as_ref());
    strings(json, "authors", input.config.authors.iter());
}

fn actor(json: &mut Json<'_>, input: &Input<'_>, ix: ActorIx) {
    let actor = &input.dossier[ix];
    start(json, input, ix.into());
    json.text("name", &actor.name).text("type", actor.kind.as_str());
    strings(json, "aliases", actor.aliases.iter());
    json.maybe("role", actor.role.as_ref()).maybe("part_of", actor.part_of.map(|ix| input.id(ix)));
    flag(json, "disjoint_parts", actor.disjoint_parts);
    flag(json, "one_voice", actor.one_voice);
    json.maybe("speaks_for", actor.speaks_for.map(|ix| input.id(ix)));
    json.maybe("wikidata", actor.wikidata.as_ref()).maybe("summary", actor.summary.as_ref().map(|p| p.public()));
    end(json, input, &actor.head);
}

fn event(json: &mut Json<'_>, input: &Input<'_>, ix: EventIx) {
    let event = &input.dossier[ix];
    start(json, input, ix.into());
    json.text("title", &event.title);
    dated(json, "date", Some(&event.date));
    json.maybe("place", event.place.map(|ix| input.id(ix)));
    json.list("actors", &event.actors, |list, (actor, role)| {
        list.object(|o| {
            o.text("actor", input.id(*actor)).maybe("role", role.as_ref());
        });
    });
    json.maybe("part_of", event.part_of.map(|ix| input.id(ix)));
    json.maybe("summary", event.summary.as_ref().map(|p| p.public()));
    end(json, input, &event.head);
}

fn place(json: &mut Json<'_>, input: &Input<'_>, ix: PlaceIx) {
    let place = &input.dossier[ix];
    start(json, input, ix.into());
    json.text("name", &place.name);
    strings(json, "aliases", place.aliases.iter());
    if let Some((latitude, longitude)) = place.coordinates {
        json.list("coordinates", &[latitude, longitude], |list, n| {
            list.raw(n);
        });
    }
    json.maybe("precision", place.precision.map(|p| p.as_str()));
    json.maybe(
        "part_of",
        place.part_of.map(|whole| match whole {
            Whole::Place(ix) => input.id(ix),
            Whole::Actor(ix) => input.id(ix),
        }),
    );
    flag(json, "disjoint_parts", place.disjoint_parts);
    json.maybe("wikidata", place.wikidata.as_ref()).maybe("summary", place.summary.as_ref().map(|p| p.public()));
    end(json, input, &place.head);
}

fn source(json: &mut Json<'_>, input: &Input<'_>, ix: SourceIx) {
    let source = &input.dossier[ix];
    start(json, input, ix.into());
    json.text("title", &source.title).text("type", &source.kind);
    json.list("author", &source.authors, |list, author| named(list, input, author));
    if let Some(publisher) = &source.publisher {
        named(json.key("publisher"), input, publisher);
    }
    dated(json, "published", source.published.as_ref());
    dated(json, "accessed", source.accessed.as_ref());
    // `url` is its page, as of every record.
    json.maybe("original_url", source.url.as_ref());
    if let Some(archive) = &source.archive {
        json.table("archive", |o| {
            o.text("url", &archive.url);
            dated(o, "on", archive.on.as_ref());
        });
    }
    json.maybe("language", source.language.as_ref());
    origins(json, "based_on", input, &source.based_on);
    origins(json, "origins", input, &source.origins);
    if let Some(status) = &source.status {
        json.table("status", |o| {
            o.text("is", status.is.as_str());
            dated(o, "on", status.on.as_ref());
            o.maybe("because", status.because.as_ref().map(|p| &p.text));
        });
    }
    source_checks(json, input, ix, source);
    json.maybe("summary", source.summary.as_ref().map(|p| p.public()));
    end(json, input, &source.head);
}

/// What its page says of reliability, rights and the private copy, and no more.
fn source_checks(json: &mut Json<'_>, input: &Input<'_>, ix: SourceIx, source: &Source) {
    if let Some((grade, because)) = source.reliability.as_ref().filter(|_| input.config.show_reliability) {
        json.table("reliability", |o| {
            o.text("grade", grade.as_str()).maybe("because", because.as_ref());
        });
    }
    if let Some(capture) = &source.capture {
        let known = input.verified.capture(ix).map(|known| known.sha256.to_string());
        let sha256 = known.or_else(|| capture.sha256.as_ref().map(|hash| hash.value.to_lowercase()));
        json.table("capture", |o| {
            dated(o, "on", capture.on.as_ref());
            o.maybe("method", capture.method.as_ref()).maybe("sha256", sha256);
        });
    }
    let aside: Vec<&SetAside> = source.set_aside.iter().collect();
    json.list("set_aside", &aside, |list, passage| {
        list.object(|o| {
            o.text("locator", &passage.locator.value).maybe("begins", passage.begins.as_ref().map(|b| &b.value));
            o.text("because", &passage.because);
        });
    });
    json.maybe("rights", source.text.as_ref().map(|text| &text.rights));
}

fn question(json: &mut Json<'_>, input: &Input<'_>, ix: QuestionIx) {
    let question: &Question = &input.dossier[ix];
    start(json, input, ix.into());
    json.text("text", &question.text.public()).text("kind", question.kind.as_str());
    json.maybe("unit", question.unit.as_ref()).value("changes", question.changes);
    flag(json, "grows", question.grows);
    flag(json, "adds_up", question.adds_up);
    flag(json, "several", question.several);
    json.maybe("place", question.place.map(|ix| input.id(ix))).maybe("group", question.group.map(|ix| input.id(ix)));
    json.maybe("window", question.window.map(|w| w.to_string()));
    json.maybe("tolerance", question.tolerance.map(|t| t.to_string()));
    json.list("rates", &question.rates, |list, rate| {
        list.object(|o| {
            o.text("unit", &rate.unit).text("rate", &rate.rate.to_string()).text("source", input.id(rate.source));
        });
    });
    json.list("options", &question.options, |list, (key, label)| {
        list.object(|o| {
            o.text("key", key).text("label", label);
        });
    });
    if let Some(assessment) = &question.assessment {
        json.table("assessment", |o| {
            o.maybe("answer", assessment.answer.as_ref().map(ToString::to_string));
            o.text("status", assessment.status.as_str());
            dated(o, "on", assessment.on.as_ref());
            o.maybe("because", assessment.because.as_ref().map(|p| p.public()));
        });
    }
    json.value("contested", question.comparison.is_any_contested());
    impossible(json, input, ix);
    json.maybe("summary", question.summary.as_ref().map(|p| p.public()));
    end(json, input, &question.head);
}

/// The smallest sets of answers that cannot all be true, each with its arithmetic.
fn impossible(json: &mut Json<'_>, input: &Input<'_>, ix: QuestionIx) {
    let question: &Question = &input.dossier[ix];
    let found = question.comparison.impossible();
    let claim = |n: usize| input.id(question.answers[n].0);
    json.list("impossible", &found.sets, |list, set| {
        list.object(|o| {
            strings(o, "parts", set.floors.iter().map(|n| claim(*n)));
            o.text("whole", claim(set.ceiling));
            o.text("sum", &set.sum.to_string()).value("sum_exceeded", set.is_more);
            o.text("limit", &set.limit.to_string()).value("limit_excluded", set.is_less);
            let sentence = words::impossible::sentence(input.dossier, ix, set, input.messages);
            o.text("sentence", &words::piece::plain(&sentence));
        });
    });
    if !found.is_complete {
        json.value("impossible_searched", found.searched);
    }
}

fn flag(json: &mut Json<'_>, key: &str, is_set: bool) {
    if is_set {
        json.value(key, true);
    }
}

fn claim(json: &mut Json<'_>, input: &Input<'_>, ix: ClaimIx) {
    let claim: &Claim = &input.dossier[ix];
    start(json, input, ix.into());
    json.text("statement", &claim.statement.public());
    strings(json, "by", claim.by.iter().map(|ix| input.id(*ix)));
    dated(json, "on", claim.on.as_ref());
    dated(json, "said", claim.said.as_ref());
    dated(json, "as_of", claim.as_of.as_ref());
    json.maybe("date_from", claim.date_from().map(DateFrom::as_str));
    json.value("in_own_name", claim.is_of_text());
    json.list("voices", &input.dossier.voices(ix), |list, voice| {
        list.object(|o| {
            match voice {
                Voice::Actor(actor) => o.text("actor", input.id(*actor)).text("name", &input.dossier[*actor].name),
                Voice::Name(name) => o.text("name", name),
                Voice::Source(source) => {
                    o.text("source", input.id(*source)).text("name", &input.dossier[*source].title)
                }
            };
        });
    });
    json.text("modality", claim.modality.as_str());
    strings(json, "about", claim.about.iter().map(|of| input.id(*of)));
    strings(json, "order", claim.order.iter().map(|event| input.id(*event)));
    let states = (0..claim.answers.len()).map(|n| state::of_answer(input.dossier, (ix, n), None));
    let answers: Vec<_> = claim.answers.iter().zip(states).collect();
    json.list("answers", &answers, |list, (a, state)| answer(list, input, a, *state));
    json.key("evidence").array(|list| {
        for (n, item) in claim.evidence.iter().enumerate() {
            evidence(list, input, item, (ix, n));
        }
    });
    relations(json, "contradicts", input, &claim.contradicts);
    relations(json, "supports", input, &claim.supports);
    relations(json, "supersedes", input, &claim.supersedes);
    if let Some(status) = &claim.status {
        json.table("status", |o| {
            o.text("is", status.is.as_str());
            dated(o, "on", status.on.as_ref());
            o.maybe("because", status.because.as_ref().map(|p| p.public()));
        });
    }
    if let Some(lapsed) = state::lapsed(input.dossier, ix, None) {
        json.table("lapse", |o| {
            o.text("how", lapsed.how.as_str());
            strings(o, "by", lapsed.by.iter().map(|ix| input.id(*ix)));
            dated(o, "on", lapsed.on);
        });
    }
    json.value("contested", claim.contested);
    origins(json, "origins", input, &claim.origins);
    json.maybe("note", claim.note.as_ref().map(|p| p.public()));
    end(json, input, &claim.head);
}

fn answer(json: &mut Json<'_>, input: &Input<'_>, answer: &ClaimAnswer, state: State) {
    json.object(|o| {
        o.text("question", input.id(answer.question)).text("value", &answer.value.to_string());
        if let Answer::Measured(measured) = &answer.value {
            o.maybe("converted", measured.value.filter(|_| measured.unit.is_some()).map(|value| value.to_string()));
        }
        o.maybe("inferred", answer.inferred.as_ref()).maybe("place", answer.place.map(|ix| input.id(ix)));
        o.maybe("group", answer.group.map(|ix| input.id(ix)));
        dated(o, "as_of", answer.as_of.as_ref());
        o.text("modality", answer.modality.as_str()).text("state", state.as_str());
    });
}

fn evidence(json: &mut Json<'_>, input: &Input<'_>, evidence: &Evidence, (ix, n): (ClaimIx, usize)) {
    json.object(|o| {
        o.text("source", input.id(evidence.source)).maybe("quote", evidence.quote.as_ref().map(|q| &q.value));
        o.maybe("shows", evidence.shows.as_ref());
        o.maybe("language", evidence.language.as_ref());
        if let Some(translation) = &evidence.translation {
            o.table("translation", |o| {
                o.text("text", &translation.text).maybe("by", translation.by.as_ref());
            });
        }
        o.maybe("locator", evidence.locator.as_ref().map(|l| &l.value));
        strings(o, "via", evidence.via.iter().map(|ix| input.id(*ix)));
        o.text("verification", input.verified.state(ix, n).as_str());
        o.text("speech", input.verified.speech_word(input.dossier, ix, n));
        super::proof::members(o, input, ix, n);
    });
}

fn article(json: &mut Json<'_>, input: &Input<'_>, ix: ArticleIx) {
    let article = &input.dossier[ix];
    start(json, input, ix.into());
    json.text("title", &article.title).maybe("description", article.description.as_ref());
    dated(json, "date", article.date.as_ref());
    dated(json, "updated", article.updated.as_ref());
    strings(json, "authors", article.authors.iter());
    strings(json, "about", article.about.iter().map(|of| input.id(*of)));
    json.text("text", &article.body.public());
    extra(json, &article.extra);
}

fn start(json: &mut Json<'_>, input: &Input<'_>, of: Ref) {
    json.text("id", input.id(of)).text("url", &input.url(of));
}

fn end(json: &mut Json<'_>, input: &Input<'_>, head: &Head) {
    if let Some(curation) = &head.curation {
        json.table("curation", |o| {
            o.maybe("by", curation.by.as_ref()).maybe("on", curation.on.as_ref().map(|d| d.text()));
            o.maybe("note", curation.note.as_ref());
            let checks: Vec<_> = curation.checked.iter().zip(input.verified.checks(head)).collect();
            o.list("checked", &checks, |list, (check, state)| {
                list.object(|o| {
                    o.text("by", &check.by).maybe("on", check.on.as_ref().map(|d| d.text()));
                    o.maybe("note", check.note.as_ref()).text("state", state.as_str());
                });
            });
        });
    }
    extra(json, &head.extra);
}

fn extra(json: &mut Json<'_>, extra: &serde_json::Value) {
    if !extra.is_null() {
        json.value("extra", extra);
    }
}

fn dated(json: &mut Json<'_>, key: &str, dated: Option<&Dated>) {
    let Some(dated) = dated else { return };
    json.table(key, |o| {
        o.text("date", dated.date.text()).maybe("inferred", dated.inferred.as_ref());
    });
}

fn strings(json: &mut Json<'_>, key: &str, items: impl Iterator<Item = impl AsRef<str>>) {
    let mut items = items.peekable();
    if items.peek().is_some() {
        json.key(key).array(|list| {
            for item in items {
                list.string(item.as_ref());
            }
        });
    }
}

fn origins(json: &mut Json<'_>, key: &str, input: &Input<'_>, origins: &[Origin]) {
    strings(
        json,
        key,
        origins.iter().map(|origin| match origin {
            Origin::Actor(ix) => input.id(*ix),
            Origin::Source(ix) => input.id(*ix),
        }),
    );
}

fn relations(json: &mut Json<'_>, key: &str, input: &Input<'_>, relations: &[Relation]) {
    json.list(key, relations, |list, relation| {
        list.object(|o| {
            o.text("claim", input.id(relation.claim)).maybe("reason", relation.reason.as_ref());
        });
    });
}

fn named(json: &mut Json<'_>, input: &Input<'_>, author: &Author) {
    json.object(|o| {
        if let Author::Actor(ix) = author {
            o.text("actor", input.id(*ix));
        }
        o.text("name", input.author(author));
    });
}
