//! A record to be made of a selection, filled in as far as it can be.
//!
//! 1. The selection is drawn to whole words; quotation marks around all of it are left out.
//! 2. The quote is looked up again as `verify` will: where it stands more than once, the form says so.
//! 3. Place, language and whose words they are come from the text; who speaks, and which question is answered, are offered.

use std::ops::Range;

use sourcebook_core::check::used;
use sourcebook_core::evidence::find::{Finding, Prepared, find};
use sourcebook_core::evidence::quotation::{Quotations, Quoted};
use sourcebook_core::evidence::readers::Spot;
use sourcebook_core::model::kinds::{ActorKind, Kind, PlacePrecision, QuestionKind};
use sourcebook_core::model::modality::Modality;
use sourcebook_core::model::source::Author;
use sourcebook_core::model::speech::Speech;
use sourcebook_core::model::{ClaimIx, Dossier, Ref, Source, SourceIx};

use super::essence::essence;
use super::form::{Choice, Form, Shape, free_id};
use super::nearby::{self, Around};

/// A source, and the part of its text that is selected.
pub struct Selection<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The source.
    pub source: SourceIx,
    /// Its text.
    pub text: &'a Prepared,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The language of the dossier, as its tag.
    pub language: &'a str,
}

/// Where records of a kind may go: the sheets, the usual one first.
pub struct Sheets(pub Vec<String>);

/// The words that are selected, as they will be quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// On one line.
    pub quote: String,
    /// With the article before them: as a statement begins.
    pub said: String,
    /// Where they stand, as a writer would say it.
    pub locator: Option<String>,
    /// How much of them stands between quotation marks; nothing where it cannot be told.
    pub quoted: Option<Quoted>,
    /// `verbatim`, `ambiguous`, `absent`.
    pub found: &'static str,
}

impl Selection<'_> {
    fn record(&self) -> &Source {
        &self.dossier[self.source]
    }

    /// The words that are selected; nothing where none are.
    pub fn words(&self) -> Option<Words> {
        let whole = self.text.text().as_str();
        let (said, article) = self.carrying(to_words(whole, self.range.clone())?);
        let said = without_marks(whole, said);
        let range = said.start + article..said.end;
        let (quote, said) = (one_line(&whole[range.clone()]), one_line(&whole[said]));
        let locator = self.locator(&range);
        let finding = find(&quote, self.text, locator.as_deref());
        let (found, hit) = match &finding {
            Finding::Verbatim { hit, elsewhere: None } => ("verbatim", Some(hit)),
            Finding::Verbatim { .. } => ("ambiguous", None),
            Finding::Ambiguous { hits } => ("ambiguous", hits.first()),
            Finding::Absent { .. } => ("absent", None),
        };
        let quotations = Quotations::of(self.text.text());
        let quoted = hit.and_then(|hit| Some(Quoted::of(hit, &quotations.within(self.text.text(), hit)?)));
        (!quote.is_empty()).then_some(Words { range, quote, said, locator, quoted, found })
    }

    /// Of a sentence that is selected whole, the words that carry a claim, and how many bytes of them are an article.
    fn carrying(&self, range: Range<usize>) -> (Range<usize>, usize) {
        let whole = self.text.text().as_str();
        let is_it = |(_, sentence): &(_, Range<usize>)| *sentence == range;
        if !used::sentences_of(self.text).iter().any(is_it) {
            return (range, 0);
        }
        let (part, article) = essence(&whole[range.clone()]);
        (range.start + part.start..range.start + part.end, article)
    }

    /// From the place where a range begins to that where it ends.
    fn locator(&self, range: &Range<usize>) -> Option<String> {
        let text = self.text.text();
        let (first, last) = (text.place(range.start).spot, text.place(range.end.saturating_sub(1)).spot);
        match (&first, &last) {
            (Spot::Paragraph(a), Spot::Paragraph(b)) if a < b => Some(format!("§ {a}-{b}")),
            _ => first.locator(),
        }
    }

    /// The sentences that the selection touches, with those before and after in its paragraphs.
    fn around<'t>(&'t self, words: &'t Words) -> (Around<'t>, Vec<Range<usize>>) {
        let whole = self.text.text().as_str();
        let all: Vec<_> = used::sentences_of(self.text).into_iter().map(|(_, range)| range).collect();
        let first = all.iter().position(|s| s.end > words.range.start);
        let last = all.iter().rposition(|s| s.start < words.range.end);
        let (Some(first), Some(last)) = (first, last.filter(|last| Some(*last) >= first)) else {
            let words_alone = &whole[words.range.clone()];
            let is_quoted = matches!(words.quoted, Some(Quoted::All | Quoted::Part));
            return (
                Around { before: "", sentence: words_alone, after: "", words: words_alone, is_quoted },
                Vec::new(),
            );
        };
        let text = |n: Option<usize>| n.and_then(|n| all.get(n)).map_or("", |range| &whole[range.clone()]);
        let around = Around {
            before: text(first.checked_sub(1)),
            sentence: &whole[all[first].start..all[last].end],
            after: text(Some(last + 1)),
            words: &whole[words.range.clone()],
            is_quoted: matches!(words.quoted, Some(Quoted::All | Quoted::Part)),
        };
        (around, all[first..=last].to_vec())
    }
}

/// A claim made of a selection.
pub fn claim(selection: &Selection<'_>, sheets: &Sheets) -> Option<Form> {
    let words = selection.words()?;
    let (dossier, source) = (selection.dossier, selection.record());
    let (around, _) = selection.around(&words);
    let label = |of: Ref| dossier.label(of).to_string();
    let choice = |of: Ref| Choice { value: dossier.id(of).to_string(), label: label(of) };
    let speakers: Vec<_> = nearby::speakers(dossier, around).into_iter().map(|ix| choice(ix.into())).collect();
    let speaker = speakers.first().map(|speaker| speaker.value.clone()).unwrap_or_default();
    let questions = nearby::questions(dossier, source, around.words);
    let answers = questions.iter().flat_map(|(ix, answers)| {
        let question = dossier[*ix].head.id.value.clone();
        answers.iter().map(move |answer| Choice { value: answer.clone(), label: question.to_string() })
    });
    let answers = answers.collect();
    let offered = questions.iter().map(|(ix, _)| choice((*ix).into())).collect();
    let here: Vec<ClaimIx> = overlapping(selection, &words);
    let alike = nearby::alike(dossier, &words.quote, &here).into_iter().map(|ix| choice(ix.into())).collect();
    let statement = as_sentence(&words.said);
    let about = about(selection, &words.said, &speaker);
    let id = free_id(dossier, &id_words(&speaker, &statement), "new-claim");
    let language = source.language.as_deref().unwrap_or_default();
    let is_foreign = !language.is_empty() && !same_language(language, selection.language);
    let modalities = Modality::ALL.iter().map(|modality| Choice::plain(modality.as_str())).collect();
    let speech = std::iter::once(Choice { value: String::new(), label: String::new() });
    let speech = speech.chain(Speech::ALL.iter().map(|speech| Choice::plain(speech.as_str()))).collect();
    let form = Form::new("claim")
        .with("statement", Shape::Text, if is_foreign { String::new() } else { statement })
        .offering("by", Shape::Actors, speaker, speakers)
        .offering("second", Shape::Claim, "", alike)
        .offering("question", Shape::Question, "", offered)
        .offering("answer", Shape::Line, "", answers)
        .with("on", Shape::Line, "")
        .offering("modality", Shape::Choice, Modality::ALL[0].as_str(), modalities)
        .with("about", Shape::Anything, about)
        .with("quote", Shape::Text, words.quote.clone());
    let form = if is_foreign { form.with("translation", Shape::Text, "") } else { form };
    let form = form
        .with("locator", Shape::Line, words.locator.clone().unwrap_or_default())
        .with("language", Shape::Told, language)
        .with("marks", Shape::Told, marks(words.quoted))
        .offering("speech", Shape::Choice, "", speech)
        .with("found", Shape::Told, words.found)
        .with("source", Shape::Kept, &*source.head.id.value);
    Some(placed(form, id, sheets))
}

/// Whom the words name, but whoever speaks or publishes: what the claim is about.
fn about(selection: &Selection<'_>, words: &str, speaker: &str) -> String {
    let dossier = selection.dossier;
    let publisher = match &selection.record().publisher {
        Some(Author::Actor(ix)) => Some(*ix),
        _ => None,
    };
    let named = nearby::actors_in(dossier, words).into_iter().filter(|ix| Some(*ix) != publisher);
    let ids = named.map(|ix| dossier[ix].head.id.value.to_string()).filter(|id| id != speaker);
    ids.collect::<Vec<_>>().join(", ")
}

/// A passage set aside.
pub fn aside(selection: &Selection<'_>) -> Option<Form> {
    let words = selection.words()?;
    let (_, sentences) = selection.around(&words);
    let text = selection.text.text();
    let first = sentences.first()?;
    let place = text.place(first.start);
    let locator = place.spot.locator()?;
    let paragraph = text.paragraphs().get(place.block.checked_sub(1)?)?;
    let all = used::sentences_of(selection.text).into_iter().filter(|(at, _)| at.block == place.block).count();
    let inside: Vec<_> = sentences.iter().filter(|s| s.start < paragraph.end).collect();
    let is_whole = inside.len() == all && matches!(place.spot, Spot::Paragraph(_));
    let begins: Vec<String> = match is_whole {
        true => Vec::new(),
        false => inside.iter().map(|sentence| first_words(selection, sentence, &locator)).collect(),
    };
    Some(
        Form::new("aside")
            .with("because", Shape::Line, "")
            .with("locator", Shape::Told, locator)
            .with("begins", if is_whole { Shape::Kept } else { Shape::Told }, begins.join("\n"))
            .with("source", Shape::Kept, &*selection.record().head.id.value),
    )
}

/// The first words of a sentence: as many as tell it from others at its place.
fn first_words(selection: &Selection<'_>, sentence: &Range<usize>, locator: &str) -> String {
    let words: Vec<_> = selection.text.text().as_str()[sentence.clone()].split_whitespace().collect();
    let begins = |n: usize| trimmed(&words[..n].join(" ")).to_owned();
    let is_one = |words: &String| {
        matches!(find(words, selection.text, Some(locator)), Finding::Verbatim { elsewhere: None, .. })
    };
    let enough = (words.len().min(3)..=words.len()).map(begins).find(is_one);
    enough.unwrap_or_else(|| begins(words.len()))
}

/// An actor, an event, a place or a question, its name that which is selected.
pub fn record(kind: Kind, dossier: &Dossier, words: &str, sheets: &Sheets) -> Option<Form> {
    let words = one_line(words);
    let choices = |words: Vec<&'static str>| words.into_iter().map(Choice::plain).collect::<Vec<_>>();
    let id = free_id(dossier, &words, &format!("new-{}", kind.as_str()));
    let form = match kind {
        Kind::Actor => Form::new("actor")
            .with("name", Shape::Line, words)
            .offering("type", Shape::Choice, "person", choices(ActorKind::ALL.iter().map(|k| k.as_str()).collect()))
            .with("role", Shape::Line, "")
            .with("aliases", Shape::Line, "")
            .with("part_of", Shape::Actor, ""),
        Kind::Event => Form::new("event").with("title", Shape::Line, words.clone()).with("date", Shape::Line, "").with(
            "place",
            Shape::Place,
            "",
        ),
        Kind::Place => Form::new("place")
            .with("name", Shape::Line, words)
            .with("aliases", Shape::Line, "")
            .with("coordinates", Shape::Line, "")
            .offering(
                "precision",
                Shape::Choice,
                "",
                std::iter::once(Choice::plain(""))
                    .chain(PlacePrecision::ALL.iter().map(|p| Choice::plain(p.as_str())))
                    .collect(),
            )
            .with("part_of", Shape::Place, ""),
        Kind::Question => Form::new("question")
            .with("text", Shape::Line, words)
            .offering(
                "kind",
                Shape::Choice,
                "quantity",
                choices(QuestionKind::ALL.iter().map(|k| k.as_str()).collect()),
            )
            .with("unit", Shape::Line, "")
            .with("options", Shape::Text, ""),
        Kind::Source | Kind::Claim => return None,
    };
    Some(placed(form, id, sheets))
}

/// With where the record goes, and its id.
pub(super) fn placed(form: Form, id: String, sheets: &Sheets) -> Form {
    let usual = sheets.0.first().cloned().unwrap_or_default();
    let options = sheets.0.iter().map(|sheet| Choice::plain(sheet)).collect();
    form.with("id", Shape::Line, id).offering("sheet", Shape::Choice, usual, options)
}

/// Claims that quote some of the words already.
fn overlapping(selection: &Selection<'_>, words: &Words) -> Vec<ClaimIx> {
    let uses = used::uses(selection.dossier, selection.record(), selection.text);
    let touches = |one: &used::Use| used::touches(&words.range, &one.ranges);
    uses.into_iter().filter(touches).map(|one| one.claim).collect()
}

fn marks(quoted: Option<Quoted>) -> &'static str {
    match quoted {
        Some(Quoted::All) => "all",
        Some(Quoted::Part) => "part",
        Some(Quoted::Nothing) => "nothing",
        None => "unknown",
    }
}

/// Whether two tags are of one language.
fn same_language(one: &str, other: &str) -> bool {
    let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    main(one) == main(other)
}

/// A range drawn to the edges of words, without spaces around it.
fn to_words(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let (start, end) = (text.floor_char_boundary(range.start), text.ceil_char_boundary(range.end.min(text.len())));
    let inside = text.get(start..end)?;
    let start = start + (inside.len() - inside.trim_start().len());
    let end = end - (inside.len() - inside.trim_end().len());
    if start >= end {
        return None;
    }
    let is_inner = |at: usize| {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        before && text[at..].chars().next().is_some_and(char::is_alphanumeric)
    };
    let letters = |c: char| !c.is_alphanumeric();
    let start = if is_inner(start) {
        text[..start].rfind(letters).map_or(0, |i| text.ceil_char_boundary(i + 1))
    } else {
        start
    };
    let end = if is_inner(end) { text[end..].find(letters).map_or(text.len(), |i| end + i) } else { end };
    Some(start..end)
}

/// A range without the quotation marks around all of it, and without a comma or the like at its end.
fn without_marks(text: &str, range: Range<usize>) -> Range<usize> {
    const OPEN: &[char] = &['«', '“', '„', '"', '‹', '‘', '‚'];
    const CLOSE: &[char] = &['»', '”', '“', '"', '›', '’', '‘'];
    let whole = &text[range.clone()];
    let outer = whole.trim_end_matches(['.', ',', ';', ' ', '\u{a0}', '\u{202f}']);
    let inner = outer.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(CLOSE));
    // « a » and « b » is not one quotation.
    let inner = inner.filter(|inner| !inner.contains(OPEN) && !inner.contains(['»', '”'])).map(str::trim);
    let kept = match inner {
        Some(inner) if !inner.is_empty() => inner,
        _ => without_lone_mark(whole.trim_end_matches([',', ';', ':', ' ', '\u{a0}', '\u{202f}'])),
    };
    let from = range.start + whole.find(kept).unwrap_or(0);
    if kept.is_empty() { range } else { from..from + kept.len() }
}

/// Words without a quotation mark at one end whose other half is not among them.
fn without_lone_mark(words: &str) -> &str {
    const PAIRS: [(char, char); 4] = [('«', '»'), ('“', '”'), ('„', '“'), ('‹', '›')];
    let opens = words.chars().next().and_then(|first| PAIRS.iter().find(|(open, _)| *open == first));
    if let Some((open, _)) = opens.filter(|(_, close)| !words.contains(*close)) {
        return words.trim_start_matches(*open).trim_start();
    }
    let closes = words.chars().next_back().and_then(|last| PAIRS.iter().find(|(_, close)| *close == last));
    match closes.filter(|(open, _)| !words.contains(*open)) {
        Some((_, close)) => words.trim_end_matches(*close).trim_end(),
        None => words,
    }
}

/// Words without what stands at a sentence's edges.
fn trimmed(words: &str) -> &str {
    words.trim_end_matches(|c: char| !c.is_alphanumeric()).trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// Runs of spaces and line ends made one space; spaces that bind (U+00A0, U+202F) stay as they are.
fn one_line(words: &str) -> String {
    let is_loose = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    words.split(is_loose).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Words as a sentence: with a capital and a full stop.
fn as_sentence(words: &str) -> String {
    let words = words.trim();
    let mut rest = words.chars();
    let first: String = rest.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let end = if words.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{first}{}{end}", rest.as_str())
}

/// Of a claim's id: whoever speaks, and the first long words.
fn id_words(speaker: &str, statement: &str) -> String {
    let last = speaker.rsplit('-').next().unwrap_or_default();
    let long = statement.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 5);
    let words: Vec<_> = std::iter::once(last).chain(long.take(4)).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::tests::{dossier, source_ix};
    use sourcebook_core::evidence::readers::Text;

    const TEXT: &str = "Un premier paragraphe.\n\n« Ils sont environ 10\u{a0}000 », a déclaré Volodymyr Zelensky le \
                        3 novembre 2024. Personne ne le confirme.";

    const SHEET: &str = "
actors:
  zelensky: { name: Volodymyr Zelensky, type: person }
sources:
  a: { title: A, language: fr }
questions:
  how-many: { text: Combien sont-ils ?, kind: quantity }
  when: { text: Quand ?, kind: date }
claims:
  near: { statement: Ils sont environ 10 000 soldats là-bas depuis octobre., evidence: { source: a } }
";

    fn form(words: &str) -> Form {
        let dossier = dossier(SHEET);
        let text = Prepared::new(Text::new(TEXT.into()));
        let at = TEXT.find(words).unwrap();
        let selection = Selection {
            dossier: &dossier,
            source: source_ix(&dossier, "a"),
            text: &text,
            range: at..at + words.len(),
            language: "fr",
        };
        claim(&selection, &Sheets(vec!["content/a.yaml".into()])).unwrap()
    }

    #[test]
    fn a_claim_is_filled_in() {
        let form = form("« Ils sont environ 10\u{a0}000 »,");
        assert_eq!(form.value("quote"), "Ils sont environ 10\u{a0}000");
        assert_eq!(form.value("statement"), "Ils sont environ 10\u{a0}000.");
        assert_eq!(form.value("locator"), "§ 2");
        assert_eq!(form.value("by"), "zelensky");
        assert_eq!(form.value("marks"), "all");
        assert_eq!(form.value("found"), "verbatim");
        assert_eq!(form.value("id"), "zelensky-environ");
        assert_eq!(form.value("sheet"), "content/a.yaml");
        assert_eq!(form.value("answer"), "", "an answer is offered, and not given");
        let options = |key: &str| -> Vec<_> {
            let field = form.fields.iter().find(|field| field.key == key).unwrap();
            field.options.iter().map(|option| option.value.clone()).collect()
        };
        assert_eq!(options("question"), ["how-many"]);
        assert_eq!(options("answer"), ["~10000"]);
    }

    #[test]
    fn words_are_whole_and_dates_are_offered() {
        let form = form("clar\u{e9} Volodymyr Zelensky le 3 novembre 202");
        assert_eq!(form.value("quote"), "déclaré Volodymyr Zelensky le 3 novembre 2024");
        assert_eq!(form.value("marks"), "nothing");
        let question = form.fields.iter().find(|field| field.key == "question").unwrap();
        assert_eq!(question.options[0].value, "when");
    }

    #[test]
    fn one_sentence_or_a_whole_paragraph_is_set_aside() {
        let dossier = dossier(SHEET);
        let text = Prepared::new(Text::new(TEXT.into()));
        let check = |words: &str, expect: (&str, &str)| {
            let at = TEXT.find(words).unwrap();
            let range = at..at + words.len();
            let source = source_ix(&dossier, "a");
            let form = aside(&Selection { dossier: &dossier, source, text: &text, range, language: "fr" }).unwrap();
            assert_eq!((form.value("locator"), form.value("begins")), expect, "{words}");
        };
        check("premier", ("§ 1", ""));
        check("Personne ne", ("§ 2", "Personne ne le"));
    }
}
