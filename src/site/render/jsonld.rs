//! What a page is about, for search engines and other programs: JSON-LD by schema.org's vocabulary, in the page's head.
//!
//! It stands in a data block, which runs nothing, so that the policy of the page allows it; it is escaped so that no text
//! can end it. What is told of actors and sources on many pages is written once ([`Tails`]), and what a record is about or rests on is
//! named by its address alone. Dates are left out where a
//! machine would take them for more exact than they are.

use super::kept::{self, Kept, cells, filled};
use super::rooted::ROOT;
use super::{Page, Renderer};
use crate::lists::standing::held;
use sourcebook_core::base::json::Json;
use sourcebook_core::base::reads::{Node, Reads};
use sourcebook_core::dossier::address::page_url;
use sourcebook_core::model::kinds::{ActorKind, SourceStanding};
use sourcebook_core::model::modality::Modality;
use sourcebook_core::model::place::Whole;
use sourcebook_core::model::prose::Texts;
use sourcebook_core::model::source::{Author, Origin};
use sourcebook_core::model::state;
use sourcebook_core::model::voice::Voice;
use sourcebook_core::model::{
    ActorIx, ArticleIx, ClaimIx, Dated, Dossier, EventIx, PlaceIx, QuestionIx, Ref, SourceIx, Text,
};
use sourcebook_core::words;
use sourcebook_core::words::date::iso;
use sourcebook_core::words::sentence;

/// Answers told of one question.
const SUGGESTED: usize = 60;

const CONTEXT: &str = "https://schema.org";

/// What stands after `"@id"` wherever an actor or source is named, filled when first asked for.
pub struct Tails {
    actors: Vec<Kept<String>>,
    sources: Vec<Kept<String>>,
}

impl Tails {
    /// Empty cells for a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        Self { actors: cells(dossier.actors.count()), sources: cells(dossier.sources.count()) }
    }

    /// What was read for what was made so far.
    pub fn reads(&self) -> impl Iterator<Item = (Node, &Reads)> {
        filled(kept::ACTOR_TAIL, &self.actors).chain(filled(kept::SOURCE_TAIL, &self.sources))
    }
}

/// The JSON-LD of a page; nothing for lists and indexes.
pub fn write(page: &Page<'_, '_>, kind: &str, of: Option<Ref>) -> Option<String> {
    let mut out = String::new();
    let mut json = Json::for_html(&mut out);
    let o = &mut json;
    match (kind, of) {
        ("home", _) => page.root_object(o, "WebSite", None, |page, o| page.site(o)),
        (_, Some(Ref::Article(ix))) => page.root_object(o, "Article", of, |page, o| page.article(o, ix)),
        (_, Some(Ref::Actor(ix))) => {
            page.root_object(o, actor_type(page.renderer.dossier[ix].kind), of, |page, o| page.actor(o, ix));
        }
        (_, Some(Ref::Event(ix))) => page.root_object(o, "Event", of, |page, o| page.event(o, ix)),
        (_, Some(Ref::Place(ix))) => page.root_object(o, "Place", of, |page, o| page.place(o, ix)),
        (_, Some(Ref::Source(ix))) => {
            let kind = work_type(&page.renderer.dossier[ix].kind);
            page.root_object(o, kind, of, |page, o| page.source(o, ix));
        }
        (_, Some(Ref::Question(ix))) => page.root_object(o, "Question", of, |page, o| page.question(o, ix)),
        (_, Some(Ref::Claim(ix))) => page.root_object(o, "Claim", of, |page, o| page.claim(o, ix)),
        (_, None) => return None,
    }
    Some(out)
}

impl Page<'_, '_> {
    fn root_object(&self, o: &mut Json<'_>, kind: &str, of: Option<Ref>, write: impl FnOnce(&Self, &mut Json<'_>)) {
        o.object(|o| {
            o.text("@context", CONTEXT).text("@type", kind);
            o.maybe("@id", of.map(|of| self.address(of)));
            write(self, o);
        });
    }

    /// Where a record's page is: its address, else its path from this page.
    fn address(&self, of: Ref) -> String {
        match &self.renderer.config().base_url {
            Some(base) => page_url(base, &self.renderer.urls.folder(of)),
            None => format!("{ROOT}{}", self.renderer.urls.address(of)),
        }
    }

    fn site(&self, o: &mut Json<'_>) {
        let config = self.renderer.config();
        o.text("name", &config.title).maybe("description", config.description.as_ref());
        o.text("inLanguage", config.language.as_str()).maybe("url", config.base_url.as_ref().map(|b| format!("{b}/")));
    }

    fn article(&self, o: &mut Json<'_>, ix: ArticleIx) {
        let dossier = self.renderer.dossier;
        let article = &dossier[ix];
        o.text("headline", &article.title).maybe("description", article.description.as_ref());
        dated(o, "datePublished", article.date.as_ref());
        dated(o, "dateModified", article.updated.as_ref().or(article.date.as_ref()));
        o.text("inLanguage", self.renderer.config().language.as_str());
        o.list("author", &article.authors, |list, name| named(list, name));
        o.table("isPartOf", |o| {
            o.text("@type", "WebSite");
            self.site(o);
        });
        o.list("about", &article.about, |list, of| self.pointer(list, *of));
        o.maybe("image", self.shared_lead(ix).map(|(address, _)| address));
        let notes = article.prose().into_iter().flat_map(|text| &text.notes);
        let mut cited: Vec<Ref> = notes.filter_map(|note| note.target).collect();
        cited.sort();
        cited.dedup();
        o.list("citation", &cited, |list, of| self.pointer(list, *of));
    }

    fn actor(&self, o: &mut Json<'_>, ix: ActorIx) {
        let actor = &self.renderer.dossier[ix];
        o.text("name", &actor.name).maybe("description", actor.role.as_ref());
        strings(o, "alternateName", &actor.aliases);
        wikidata(o, actor.wikidata.as_ref());
        if let Some(whole) = actor.part_of {
            let key = match actor.kind {
                ActorKind::Person => "memberOf",
                ActorKind::Unnamed => return,
                _ => "parentOrganization",
            };
            self.reference(o.key(key), whole.into());
        }
    }

    fn event(&self, o: &mut Json<'_>, ix: EventIx) {
        let event = &self.renderer.dossier[ix];
        o.text("name", &event.title);
        dated(o, "startDate", Some(&event.date));
        if let Some(place) = event.place {
            self.reference(o.key("location"), place.into());
        }
        o.list("contributor", &event.actors, |list, (actor, _)| self.reference(list, (*actor).into()));
        if let Some(whole) = event.part_of {
            self.reference(o.key("superEvent"), whole.into());
        }
    }

    fn place(&self, o: &mut Json<'_>, ix: PlaceIx) {
        let place = &self.renderer.dossier[ix];
        o.text("name", &place.name);
        strings(o, "alternateName", &place.aliases);
        if let Some((latitude, longitude)) = place.coordinates {
            o.table("geo", |o| {
                o.text("@type", "GeoCoordinates").value("latitude", latitude).value("longitude", longitude);
            });
        }
        if let Some(Whole::Place(whole)) = place.part_of {
            self.reference(o.key("containedInPlace"), whole.into());
        }
        wikidata(o, place.wikidata.as_ref());
    }

    fn source(&self, o: &mut Json<'_>, ix: SourceIx) {
        o.members(&members(|o| source_members(self.renderer, o, ix)));
        let source = &self.renderer.dossier[ix];
        // A work is based on works; people and institutions contribute to it.
        let (mut works, mut agents) = (Vec::new(), Vec::new());
        for origin in &source.based_on {
            match origin {
                Origin::Actor(ix) => agents.push(Ref::from(*ix)),
                Origin::Source(ix) => works.push(Ref::from(*ix)),
            }
        }
        o.list("isBasedOn", &works, |list, of| self.reference(list, *of));
        o.list("contributor", &agents, |list, of| self.reference(list, *of));
    }

    fn question(&self, o: &mut Json<'_>, ix: QuestionIx) {
        let renderer = self.renderer;
        let question = &renderer.dossier[ix];
        let text = renderer.export().plain(&question.text);
        o.text("name", &text).value("answerCount", question.answers.len());
        let held: Vec<usize> = held(question).take(SUGGESTED).collect();
        o.list("suggestedAnswer", &held, |list, n| self.answer(list, ix, *n));
        let Some(assessment) = &question.assessment else { return };
        o.table("subjectOf", |o| {
            let answer = assessment.answer.as_ref();
            let answer =
                answer.map(|a| sourcebook_core::words::answer::label(renderer.dossier, a, question, renderer.words()));
            o.text("@type", "ClaimReview").text("claimReviewed", &text);
            o.list("author", &renderer.config().authors, |list, name| named(list, name));
            dated(o, "datePublished", assessment.on.as_ref());
            o.maybe("reviewBody", assessment.because.as_ref().map(|p| renderer.export().plain(p)));
            o.table("reviewRating", |o| {
                let status = sourcebook_core::words::kinds::settled(assessment.status, renderer.words());
                o.text("@type", "Rating").text("alternateName", status).maybe("ratingExplanation", answer);
            });
            let mut claims: Vec<ClaimIx> = question.answers.iter().map(|(claim, _)| *claim).collect();
            claims.dedup();
            o.list("itemReviewed", &claims, |list, claim| {
                list.object(|o| {
                    o.text("@type", "Claim").text("@id", &self.address((*claim).into()));
                });
            });
        });
    }

    /// An answer that is held, with its place and group, whose it is, and for when it holds.
    fn answer(&self, o: &mut Json<'_>, ix: QuestionIx, n: usize) {
        let renderer = self.renderer;
        let (claim, at) = renderer.dossier[ix].answers[n];
        let answer = &renderer.dossier[claim].answers[at];
        let value = words::answer::label(renderer.dossier, &answer.value, &renderer.dossier[ix], renderer.words());
        let place = answer.place.map(|place| renderer.dossier[place].name.to_string());
        let group = answer.group.map(|group| renderer.dossier[group].name.to_string());
        let text: Vec<String> = [Some(value.to_string()), place, group].into_iter().flatten().collect();
        o.object(|o| {
            o.text("@type", "Answer").text("text", &text.join(", ")).text("url", &self.address(claim.into()));
            o.list("author", &renderer.dossier.voices(claim), |list, voice| self.voice(list, voice));
            o.maybe("temporal", answer.as_of.as_ref().map(|date| date.date.text()));
        });
    }

    fn claim(&self, o: &mut Json<'_>, ix: ClaimIx) {
        let dossier = self.renderer.dossier;
        let claim = &dossier[ix];
        // What somebody denies, foretells or leaves open is no claim of theirs without that word.
        let text = match claim.modality {
            Modality::Asserts | Modality::Confirms if !claim.is_silence() => {
                self.renderer.export().plain(&claim.statement)
            }
            _ => sentence::attributed(dossier, ix, self.renderer.words()),
        };
        o.text("text", &text);
        o.text("inLanguage", self.renderer.config().language.as_str());
        if let Some(lapsed) = state::lapsed(dossier, ix, None) {
            let words = self.renderer.words();
            o.text("creativeWorkStatus", sourcebook_core::words::kinds::state(lapsed.how.into(), words));
        }
        o.list("author", &dossier.voices(ix), |list, voice| self.voice(list, voice));
        dated(o, "dateCreated", claim.on.as_ref());
        let mut sources: Vec<SourceIx> = claim.evidence.iter().map(|e| e.source).collect();
        sources.sort();
        sources.dedup();
        o.list("appearance", &sources, |list, source| self.pointer(list, (*source).into()));
        let dated = sources.iter().filter_map(|s| Some((dossier[*s].published.as_ref()?.date.sort_key(), *s)));
        if let Some((_, first)) = dated.min() {
            self.pointer(o.key("firstAppearance"), first.into());
        }
        o.list("about", &claim.about, |list, of| self.pointer(list, *of));
        let quoted: Vec<usize> = (0..claim.evidence.len()).filter(|n| claim.evidence[*n].quote.is_some()).collect();
        o.list("citation", &quoted, |list, n| self.quotation(list, ix, *n));
    }

    fn voice(&self, list: &mut Json<'_>, voice: &Voice) {
        match voice {
            Voice::Actor(actor) => self.reference(list, (*actor).into()),
            Voice::Name(name) => named(list, name),
            Voice::Source(source) => self.reference(list, (*source).into()),
        }
    }

    /// A quotation is by the speakers where all its words are theirs, and by whoever answers for the text where none is.
    fn quotation(&self, o: &mut Json<'_>, ix: ClaimIx, n: usize) {
        let renderer = self.renderer;
        let (claim, evidence) = (&renderer.dossier[ix], &renderer.dossier[ix].evidence[n]);
        let speech = renderer.verified.speech_word(renderer.dossier, ix, n);
        o.object(|o| {
            o.text("@type", "Quotation").maybe("text", evidence.quote.as_ref().map(|q| &q.value));
            match speech {
                "direct" => {
                    o.list("author", &claim.by, |list, actor| self.pointer(list, (*actor).into()));
                }
                "indirect" | "silence" | "own" => {
                    o.list("author", renderer.dossier[evidence.source].answers_for(), |list, author| match author {
                        Author::Actor(actor) => self.pointer(list, (*actor).into()),
                        Author::Name(name) => named(list, name),
                    });
                }
                _ => {}
            }
            o.maybe("description", sourcebook_core::words::kinds::speech(speech, renderer.words()));
            o.maybe("inLanguage", evidence.language.as_ref());
            o.maybe("position", evidence.locator.as_ref().map(|l| &l.value));
            self.pointer(o.key("isPartOf"), evidence.source.into());
        });
    }

    /// A record by its address: what it is stands on its own page, and is not told again on each that names it.
    fn pointer(&self, o: &mut Json<'_>, of: Ref) {
        o.object(|o| {
            o.text("@id", &self.address(of));
        });
    }

    /// A record in a few words: where a reader of the page's data alone must know whose or what it is.
    fn reference(&self, o: &mut Json<'_>, of: Ref) {
        let renderer = self.renderer;
        o.object(|o| {
            o.text("@id", &self.address(of));
            match of {
                Ref::Actor(ix) => {
                    o.members(
                        renderer.warm.tails.actors[ix.position()]
                            .get_or_make(Node::new(kept::ACTOR_TAIL, ix.0), || {
                                members(|o| actor_members(renderer, o, ix))
                            }),
                    );
                }
                Ref::Source(ix) => {
                    o.members(renderer.warm.tails.sources[ix.position()].get_or_make(
                        Node::new(kept::SOURCE_TAIL, ix.0),
                        || {
                            members(|o| {
                                o.text("@type", work_type(&renderer.dossier[ix].kind));
                                source_members(renderer, o, ix);
                            })
                        },
                    ));
                }
                other => {
                    o.text("@type", type_of(other));
                    if !matches!(other, Ref::Claim(_)) {
                        o.text("name", renderer.dossier.label(other));
                    }
                }
            }
        });
    }
}

/// Members of an object to be set after others: `,"a":1`.
fn members(write: impl FnOnce(&mut Json<'_>)) -> String {
    let mut out = String::new();
    Json::for_html(&mut out).object(write);
    let inner = out.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    if inner.is_empty() { String::new() } else { format!(",{inner}") }
}

fn actor_members(renderer: &Renderer<'_>, o: &mut Json<'_>, ix: ActorIx) {
    let actor = &renderer.dossier[ix];
    // An author is a person or an organisation to schema.org; which of them a voice without a name is, nobody knows.
    let kind = Some(actor_type(actor.kind)).filter(|_| actor.kind != ActorKind::Unnamed);
    o.maybe("@type", kind).text("name", &actor.name);
}

fn source_members(renderer: &Renderer<'_>, o: &mut Json<'_>, ix: SourceIx) {
    let source = &renderer.dossier[ix];
    let person = |o: &mut Json<'_>, author: &Author| {
        match author {
            Author::Actor(ix) => o.object(|o| actor_members(renderer, o, *ix)),
            Author::Name(name) => o.object(|o| {
                o.text("name", name);
            }),
        };
    };
    o.text("name", &source.title);
    let standing = source.status.as_ref().map(|status| status.is).filter(|is| *is != SourceStanding::Current);
    o.maybe("creativeWorkStatus", standing.map(|is| sourcebook_core::words::kinds::unsound(is, renderer.words())));
    o.list("author", &source.authors, person);
    if let Some(publisher) = &source.publisher {
        person(o.key("publisher"), publisher);
    }
    dated(o, "datePublished", source.published.as_ref());
    o.maybe("url", source.url.as_ref()).maybe("archivedAt", source.archive.as_ref().map(|a| &a.url));
    o.maybe("inLanguage", source.language.as_ref());
}

fn type_of(of: Ref) -> &'static str {
    match of {
        Ref::Article(_) => "Article",
        Ref::Event(_) => "Event",
        Ref::Place(_) => "Place",
        Ref::Question(_) => "Question",
        Ref::Claim(_) => "Claim",
        Ref::Actor(_) | Ref::Source(_) => "Thing",
    }
}

/// What kind of agent; unnamed voices are none that could be told.
fn actor_type(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "Person",
        ActorKind::Media => "NewsMediaOrganization",
        ActorKind::Organization | ActorKind::State | ActorKind::ArmedForce => "Organization",
        ActorKind::Unnamed => "Thing",
    }
}

fn work_type(kind: &str) -> &'static str {
    match kind {
        "article-newspaper" => "NewsArticle",
        "article-journal" => "ScholarlyArticle",
        "article" | "article-magazine" | "post-weblog" => "Article",
        "book" | "classic" => "Book",
        "chapter" => "Chapter",
        "dataset" => "Dataset",
        "map" => "Map",
        "motion_picture" => "Movie",
        "post" => "SocialMediaPosting",
        "report" => "Report",
        "thesis" => "Thesis",
        "webpage" => "WebPage",
        _ => "CreativeWork",
    }
}

fn named(list: &mut Json<'_>, name: &Text) {
    list.object(|o| {
        o.text("name", name);
    });
}

fn strings(o: &mut Json<'_>, key: &str, all: &[Text]) {
    o.list(key, all, |list, text| {
        list.string(text);
    });
}

fn wikidata(o: &mut Json<'_>, id: Option<&Text>) {
    o.maybe("sameAs", id.map(|id| format!("https://www.wikidata.org/entity/{id}")));
}

fn dated(o: &mut Json<'_>, key: &str, date: Option<&Dated>) {
    // What a writer inferred is no date that a machine may take for given.
    o.maybe(key, date.filter(|d| d.inferred.is_none()).and_then(|d| iso(&d.date)));
}
