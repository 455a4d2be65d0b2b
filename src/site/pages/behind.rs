//! What stands behind each note beside its own words: the way from the speaker to the page that was read, and what others
//! answer to the same questions. As data for the script, which shows it beside the sentence under the eye, at a pointer and
//! on a phone: JSON in an attribute, so that nothing is fetched, and no reader without a script has it twice.
//!
//! `{"notes": {"1": {"chain": [[step…]…], "answers": [[question, line, value, differs]…]}}, "steps": [[name, address]…],
//! "questions": [[text, address, [[value, voices]…]]…]}`: a chain for each place where the claim was read, from the speaker
//! on, each step by its place in `steps`, and one that has a locator with it, as `[step, "§ 3"]`; an address is empty where
//! there is none. A question goes by its place in `questions`, and `line` is the one of its lines that the claim's answer stands
//! on, or -1.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use tera::Value;

use super::disagreements::{line_of, tally};
use crate::render::brief::get;
use crate::render::object::Html;
use crate::render::rooted::ROOT;
use crate::render::{Page, Renderer};
use sourcebook_core::base::json::Json;
use sourcebook_core::model::claim::Evidence;
use sourcebook_core::model::prose::Prose;
use sourcebook_core::model::source::Author;
use sourcebook_core::model::{ClaimIx, QuestionIx, Ref};
use sourcebook_core::words;

/// What notes have in common.
#[derive(Default)]
struct Common {
    /// Names, and where they lead; empty where they lead nowhere.
    steps: Places<(String, String)>,
    questions: Places<QuestionIx>,
}

impl Common {
    fn step(&mut self, name: String, address: String) -> usize {
        self.steps.of((name, address))
    }
}

/// Values, each once, by the places in which they first came.
struct Places<T>(HashMap<T, usize>);

impl<T> Default for Places<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Eq + Hash> Places<T> {
    fn of(&mut self, value: T) -> usize {
        let next = self.0.len();
        *self.0.entry(value).or_insert(next)
    }

    fn in_order(self) -> Vec<T> {
        let mut all: Vec<_> = self.0.into_iter().collect();
        all.sort_unstable_by_key(|(_, place)| *place);
        all.into_iter().map(|(value, _)| value).collect()
    }
}

impl Page<'_, '_> {
    /// See the module; nothing where no claim is cited.
    pub fn behind_notes(&self, texts: &[&Prose]) -> Option<Html<String>> {
        let notes = texts.iter().flat_map(|text| &text.notes);
        let claims: BTreeMap<u32, ClaimIx> = notes
            .filter_map(|note| match note.target {
                Some(Ref::Claim(ix)) => Some((note.number, ix)),
                _ => None,
            })
            .collect();
        if claims.is_empty() {
            return None;
        }
        let mut common = Common::default();
        let mut out = String::with_capacity(claims.len() * 256);
        Json::for_html(&mut out).object(|json| {
            json.key("notes").object(|json| {
                for (number, ix) in &claims {
                    json.key(&number.to_string()).object(|json| note(self.renderer, *ix, &mut common, json));
                }
            });
            let Common { steps, questions } = std::mem::take(&mut common);
            json.list("steps", &steps.in_order(), |json, (name, address)| {
                json.array(|json| {
                    json.string(name).string(address);
                });
            });
            json.list("questions", &questions.in_order(), |json, ix| question(self.renderer, *ix, json));
        });
        // It stands between single quotation marks, in an attribute.
        Some(Html(out.replace('\'', "\\u0027")))
    }
}

fn note(renderer: &Renderer<'_>, ix: ClaimIx, common: &mut Common, json: &mut Json<'_>) {
    let claim = &renderer.dossier[ix];
    json.key("chain").array(|json| {
        for evidence in &claim.evidence {
            json.array(|json| {
                for (step, locator) in chain(renderer, ix, evidence, common) {
                    match locator {
                        Some(locator) => json.array(|json| {
                            json.raw(step).string(&locator);
                        }),
                        None => json.raw(step),
                    };
                }
            });
        }
    });
    json.key("answers").array(|json| {
        for (answer, n) in claim.numbered() {
            let number = common.questions.of(answer.question);
            let asked = &renderer.dossier[answer.question];
            let differs = asked.comparison.differs_from(n);
            let differs = (differs > 0).then(|| renderer.words().count("figure.differs", differs, &[]));
            let value = words::answer::label(renderer.dossier, &answer.value, asked, renderer.words());
            json.array(|json| {
                let line = line_of(renderer, answer.question, n);
                let line = line.and_then(|line| i64::try_from(line).ok()).unwrap_or(-1);
                json.raw(number).raw(line).string(&value).string(differs.as_deref().unwrap_or_default());
            });
        }
    });
}

/// From the speaker, through whom the text names, to the text and the day on which it was read; beside the text the locator.
fn chain(
    renderer: &Renderer<'_>,
    ix: ClaimIx,
    evidence: &Evidence,
    common: &mut Common,
) -> Vec<(usize, Option<String>)> {
    let (dossier, words) = (renderer.dossier, renderer.words());
    let claim = &dossier[ix];
    let address = |of: Ref| format!("{ROOT}{}", renderer.urls.address(of));
    let named = |of: Ref| (renderer.typeset(dossier.label(of)).into_owned(), address(of));
    let mut steps: Vec<(String, String)> = match claim.by.as_slice() {
        [one] => vec![named((*one).into())],
        [] if claim.origins.is_empty() => vec![(words.text("figure.unknown_origin").to_owned(), String::new())],
        [] => Vec::new(),
        _ => vec![(words::text::speaker_label(dossier, ix, words), String::new())],
    };
    steps.extend(evidence.via.iter().rev().map(|via| named((*via).into())));
    let source = &dossier[evidence.source];
    let outlet = match &source.publisher {
        Some(Author::Actor(actor)) => dossier.label((*actor).into()),
        Some(Author::Name(name)) => name,
        None => dossier.label(evidence.source.into()),
    };
    steps.push((renderer.typeset(outlet).into_owned(), address(evidence.source.into())));
    let mut chain: Vec<_> = steps.into_iter().map(|(name, address)| (common.step(name, address), None)).collect();
    if let Some((_, locator)) = chain.last_mut() {
        *locator = evidence.locator.as_ref().map(|locator| renderer.typeset(&locator.value).into_owned());
    }
    if let Some(read) = source.accessed.as_ref() {
        let date = words::date::moment_phrase(&read.date, words);
        chain.push((common.step(words.fill("note.read", &[("date", &date)]), String::new()), None));
    }
    chain
}

/// What is asked, and who answers what.
fn question(renderer: &Renderer<'_>, ix: QuestionIx, json: &mut Json<'_>) {
    let label = renderer.typeset(renderer.dossier.label(ix.into())).into_owned();
    json.array(|json| {
        json.string(&label).string(&format!("{ROOT}{}", renderer.urls.address(ix.into())));
        json.array(|json| {
            for line in tally(renderer, ix).unwrap_or_default() {
                let [value, voices] = told(&line);
                json.array(|json| {
                    json.string(&value).string(&voices);
                });
            }
        });
    });
}

/// A line of a tally: the value; who gives it, for where and whom, and how it is held if it is not simply held.
fn told(line: &Value) -> [String; 2] {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let key = |key| text(get(line, key));
    let label = |key| text(get(line, key).and_then(|of| get(of, "label")));
    let beside = [key("who"), label("place"), label("group"), key("state_label")];
    let beside: Vec<_> = beside.into_iter().filter(|part| !part.is_empty()).collect();
    [key("value_label"), beside.join(" · ")]
}
