//! What is known of the thing under the pointer, in Markdown and in the dossier's language.

use sourcebook_core::check::explain;
use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::question::Question;
use sourcebook_core::model::{ActorIx, ClaimIx, Dossier, QuestionIx, Ref, SourceIx};
use sourcebook_core::words::messages::Messages;
use sourcebook_core::words::{answer, date, kinds, piece, reference, sentence};
use sourcebook_desk::schema::Subject;

use super::dossier::Known;
use super::shape;
use super::walk::{FileKind, Spot, occurrences, spots};

/// What is shown, and of which bytes.
pub struct Hover {
    /// Markdown.
    pub text: String,
    /// What it is said of.
    pub range: std::ops::Range<usize>,
}

/// What is known of what stands at a byte of a file.
pub fn hover(known: &Known, path: &str, text: &str, at: usize) -> Option<Hover> {
    let kind = FileKind::of(path);
    let dossier = &known.prepared.dossier;
    let kind_of = |id: &str| dossier.get(id).map(Ref::kind);
    let holds = |range: &std::ops::Range<usize>| range.start <= at && at <= range.end;
    if let Some(found) = occurrences(kind, text, &kind_of).into_iter().find(|o| holds(&o.range))
        && let Some(of) = dossier.get(&found.id)
    {
        return Some(Hover { text: card(known, of), range: found.range });
    }
    let subject = kind.subject()?;
    let spot = spots(kind, text).into_iter().find(|spot| holds(&spot.range))?;
    let said = if spot.is_key { key(subject, &spot) } else { value(known, subject, &spot) };
    Some(Hover { text: said?, range: spot.range })
}

/// What a key means, or a rule.
fn key(subject: Subject, spot: &Spot) -> Option<String> {
    if subject == Subject::Site && spot.path == ["rules"] {
        return explain(&spot.text);
    }
    let mut path = spot.path.clone();
    path.push(spot.text.clone());
    let found = shape::at(subject, &path);
    let meaning = found.iter().find(|found| found.key == Some(&*spot.text))?.meaning()?;
    Some(format!("`{}` · {meaning}", spot.text))
}

/// A value in words.
fn value(known: &Known, subject: Subject, spot: &Spot) -> Option<String> {
    let found = shape::at(subject, &spot.path);
    let place = found.first()?;
    if (place.record, place.key) == (Some("Exception"), Some("rule")) {
        return explain(&spot.text);
    }
    let messages = &known.prepared.theme.messages;
    if let Some(said) = answered(&known.prepared.dossier, spot, messages) {
        return Some(said);
    }
    let is_date = spot.text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '[' | '-' | '.' | 'Y'))
        && place.forms().iter().any(|form| form.get("pattern").is_some());
    is_date.then(|| Edtf::parse(&spot.text).ok()).flatten().map(|read| date::label(&read, messages))
}

/// An answer as a reader reads it.
fn answered(dossier: &Dossier, spot: &Spot, messages: &Messages) -> Option<String> {
    let [kind, claim, answers, question, rest @ ..] = &spot.path[..] else { return None };
    let is_value = rest.is_empty() || rest == ["value"];
    if kind != "claims" || answers != "answers" || !is_value {
        return None;
    }
    let (Some(Ref::Claim(claim)), Some(Ref::Question(question))) = (dossier.get(claim), dossier.get(question)) else {
        return None;
    };
    let given = dossier[claim].answers.iter().find(|given| given.question == question)?;
    let label = answer::label(dossier, &given.value, &dossier[question], messages);
    Some(format!("**{label}** · {}", dossier.label(question.into())))
}

/// What is known of a record, in a few lines of Markdown.
pub fn card(known: &Known, of: Ref) -> String {
    let dossier = &known.prepared.dossier;
    let messages = &known.prepared.theme.messages;
    let mut lines = vec![format!("**{}**", escaped(dossier.label(of)))];
    match of {
        Ref::Actor(ix) => actor(dossier, ix, messages, &mut lines),
        Ref::Event(ix) => lines.push(date::event(&dossier[ix].date, messages)),
        Ref::Place(ix) => lines.extend(dossier[ix].aliases.first().map(|_| dossier[ix].aliases.join(", "))),
        Ref::Source(ix) => source(dossier, ix, messages, &mut lines),
        Ref::Question(ix) => question(dossier, ix, messages, &mut lines),
        Ref::Claim(ix) => claim(known, ix, messages, &mut lines),
        Ref::Article(ix) => lines.extend(dossier[ix].description.iter().map(|d| escaped(d))),
    }
    let kind = of.kind().map_or("article", |kind| kind.as_str());
    lines.push(format!("`{}` · {kind}", dossier.id(of)));
    lines.join("\n\n")
}

fn actor(dossier: &Dossier, ix: ActorIx, messages: &Messages, lines: &mut Vec<String>) {
    let actor = &dossier[ix];
    let role = actor.role.as_deref().map_or_else(|| kinds::actor(actor.kind, messages).to_owned(), escaped);
    lines.push(role);
    if !actor.aliases.is_empty() {
        lines.push(escaped(&actor.aliases.join(", ")));
    }
}

fn source(dossier: &Dossier, ix: SourceIx, messages: &Messages, lines: &mut Vec<String>) {
    lines.push(escaped(&piece::plain(&reference::source(dossier, ix, &(), messages))));
    let claims = dossier.claims.iter().filter(|claim| claim.evidence.iter().any(|e| e.source == ix)).count();
    lines.push(format!("{claims} × `evidence`"));
}

fn question(dossier: &Dossier, ix: QuestionIx, messages: &Messages, lines: &mut Vec<String>) {
    let question: &Question = &dossier[ix];
    let unit = question.unit.as_deref().map(|unit| format!(" · {unit}")).unwrap_or_default();
    lines.push(format!("{}{unit}", kinds::question(question.kind, messages)));
    let options = question.options.iter().map(|(word, label)| format!("- `{word}`: {}", escaped(label)));
    lines.extend(Some(options.collect::<Vec<_>>().join("\n")).filter(|list| !list.is_empty()));
    let mut answers = Vec::new();
    for claim in &dossier.claims {
        for given in claim.answers.iter().filter(|given| given.question == ix).take(1) {
            let label = answer::label(dossier, &given.value, question, messages);
            answers.push(format!("- {} · `{}`", escaped(&label), claim.head.id.value));
        }
    }
    lines.extend(Some(answers[..answers.len().min(12)].join("\n")).filter(|list| !list.is_empty()));
    if answers.len() > 12 {
        lines.push(format!("… {}", answers.len()));
    }
}

fn claim(known: &Known, ix: ClaimIx, messages: &Messages, lines: &mut Vec<String>) {
    let dossier = &known.prepared.dossier;
    lines.push(escaped(&piece::plain(&sentence::provenance(dossier, ix, &(), messages))));
    for (n, evidence) in dossier[ix].evidence.iter().enumerate() {
        if let Some(quote) = &evidence.quote {
            lines.push(format!("> {}", escaped(&quote.value)));
        }
        let state = known.prepared.verified.state(ix, n);
        let locator = evidence.locator.as_ref().map(|locator| format!(" · {}", locator.value)).unwrap_or_default();
        let source = dossier.id(evidence.source.into());
        lines.push(format!("{} · `{source}`{locator}", kinds::verification(state.as_str(), messages)));
    }
}

/// Text as Markdown that says the same.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!') {
            out.push('\\');
        }
        out.push(if character == '\n' { ' ' } else { character });
    }
    out
}
