//! Sentences about claims: the note that an editor would print, the chain from speaker to reader, whose words they are.
//!
//! A person *estimates*, in their own words; a body, a state or unnamed voices stand before a noun ("Kremlin (affirmation)"), because
//! their names tell neither their article nor their number, and so does a person of whom the words quoted are the text's.

use super::messages::Messages;
use super::piece::{self, Piece};
use super::reference::InStyle;
use super::{date, kinds, modality, reference, standing, text, typography};
use crate::model::claim::Evidence;
use crate::model::kinds::ActorKind;
use crate::model::modality::Modality;
use crate::model::source::Origin;
use crate::model::voice::Voice;
use crate::model::{ActorIx, Claim, ClaimIx, Dated, Dossier, SourceIx};

/// A longer role is left out of sentences.
const SHORT_ROLE: usize = 60;
/// More origins than this are counted, not named.
const NAMED_ORIGINS: usize = 4;

/// The note of a claim: speaker, what they do, when; then each place where it is found, with the exact words, the work
/// and the locator. `locator` is that of the citation, in place of the evidence's own.
pub fn note(
    dossier: &Dossier,
    ix: ClaimIx,
    locator: Option<&str>,
    style: &dyn InStyle,
    messages: &Messages,
) -> Vec<Piece> {
    let claim = &dossier[ix];
    let place = |(n, evidence)| {
        let locator = locator.filter(|_| n == 0).or(own_locator(evidence));
        let work = work(dossier, claim, evidence, style, messages);
        let work = [work, details(dossier, evidence, locator, messages)].concat();
        place(dossier, ix, n, (work, style.speech(dossier, ix, n)), messages)
    };
    let places: Vec<_> = claim.evidence.iter().enumerate().map(place).collect();
    let places = piece::join(&places, messages.text("note.next"));
    let quotes =
        |(n, evidence): (usize, &Evidence)| evidence.quote.is_some().then(|| style.speech(dossier, ix, n) == "direct");
    let is_direct = claim.evidence.iter().enumerate().filter_map(quotes).all(|direct| direct);
    let sentence = piece::close(opened(dossier, ix, &places, is_direct, messages));
    match standing::standing(dossier, ix, messages) {
        Some(standing) => piece::join(&[sentence, standing], " "),
        None => sentence,
    }
}

/// Speaker, what they do, when; then the places. After a verb stand the speaker's own words alone: "affirms: “has expressed
/// its concern”" would give them those of the text.
fn opened(dossier: &Dossier, ix: ClaimIx, places: &[Piece], is_direct: bool, messages: &Messages) -> Vec<Piece> {
    let claim = &dossier[ix];
    let spoken = claim.by.iter().all(|a| dossier[*a].kind == ActorKind::Person);
    let role = role(dossier, &claim.by).map(|role| piece::text(typeset(role, messages)));
    let (key, inferred) = match (claim.by.as_slice(), spoken, &role) {
        _ if claim.is_silence() => (silence(claim, ["note.silence", "note.unsaid"]), "note.inferred"),
        ([], _, _) if claim.modality == Modality::Asserts && claim.on.is_none() => {
            (itself(dossier, ix, ["note.itself", "note.several", "note.author", "note.authors"]), "note.inferred")
        }
        ([], _, _) => {
            let keys = ["note.itself_as", "note.several_as", "note.author_as", "note.authors_as"];
            (itself(dossier, ix, keys), "note.inferred_inside")
        }
        (_, true, None) if is_direct => ("note.person", "note.inferred"),
        (_, true, Some(_)) if is_direct => ("note.person_role", "note.inferred"),
        (_, _, None) => ("note.body", "note.inferred"),
        (_, _, Some(_)) => ("note.body_role", "note.inferred_inside"),
    };
    let values: [(&str, &[Piece]); 7] = [
        ("outlet", &text::voices(dossier, ix, messages)),
        ("speaker", &speakers(dossier, &claim.by, messages)),
        ("role", &role.unwrap_or_default()),
        ("verb", &piece::text(modality::verb(claim.modality, claim.by.len() > 1, messages))),
        ("noun", &piece::text(modality::noun(claim.modality, messages))),
        ("when", &when(claim.on.as_ref(), inferred, messages)),
        ("places", places),
    ];
    piece::fill(messages, key, &values)
}

/// The key for silence: of who was asked to confirm, and of who said nothing.
fn silence<'k>(claim: &Claim, [unconfirmed, unsaid]: [&'k str; 2]) -> &'k str {
    if claim.modality == Modality::DeclinesToConfirm { unconfirmed } else { unsaid }
}

/// The key for a text that speaks: of one outlet or body, of several, of one author, of several. A person has no name "of
/// its own" to speak in: what an author writes is said in their text.
fn itself<'k>(dossier: &Dossier, ix: ClaimIx, [itself, several, author, authors]: [&'k str; 4]) -> &'k str {
    let claim = &dossier[ix];
    let is_person = |voice: &Voice| match voice {
        Voice::Actor(actor) => dossier[*actor].kind == ActorKind::Person,
        Voice::Name(_) => claim.evidence.iter().all(|evidence| dossier[evidence.source].is_authored()),
        Voice::Source(_) => false,
    };
    let voices = dossier.voices(ix);
    match (voices.iter().all(is_person), voices.len() > 1) {
        (true, false) => author,
        (true, true) => authors,
        (false, true) => several,
        (false, false) => itself,
    }
}

/// Who speaks, and that a text speaks in its own name if it does: "Volodymyr Zelensky", "News Day FR, en son nom".
pub fn who(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> Vec<Piece> {
    let claim = &dossier[ix];
    let key = match (claim.by.is_empty(), claim.is_silence()) {
        (true, _) => itself(dossier, ix, ["speaker.itself", "speaker.several", "speaker.author", "speaker.authors"]),
        (_, true) => silence(claim, ["speaker.silence", "speaker.unsaid"]),
        _ => return text::voices(dossier, ix, messages),
    };
    let speaker = speakers(dossier, &claim.by, messages);
    piece::fill(messages, key, &[("outlet", &text::voices(dossier, ix, messages)), ("speaker", &speaker)])
}

/// The note of a source: its full reference and the locator; and what became of it.
pub fn note_source(
    dossier: &Dossier,
    ix: SourceIx,
    locator: Option<&str>,
    style: &dyn InStyle,
    messages: &Messages,
) -> Vec<Piece> {
    let reference = located(dossier, ix, locator, style, messages);
    match standing::unsound(dossier, ix, messages) {
        Some(unsound) => piece::join(&[reference, piece::text(unsound)], " "),
        None => reference,
    }
}

fn located(
    dossier: &Dossier,
    ix: SourceIx,
    locator: Option<&str>,
    style: &dyn InStyle,
    messages: &Messages,
) -> Vec<Piece> {
    let mut parts = match (style.styled(ix), locator) {
        (Some(styled), None) => return styled.note.clone(),
        (Some(styled), Some(_)) => vec![piece::open(styled.note.clone())],
        (None, _) => vec![reference::full(dossier, ix, messages)],
    };
    parts.extend(locator.map(|l| piece::text(typeset(l, messages))));
    piece::close(piece::join(&parts, messages.text("list.comma")))
}

/// The whole chain in one sentence: who said it, as what, when; through whom; in which work, by whom, when; when it was
/// read.
pub fn provenance(dossier: &Dossier, ix: ClaimIx, style: &dyn InStyle, messages: &Messages) -> Vec<Piece> {
    let claim = &dossier[ix];
    let speaker = who(dossier, ix, messages);
    let role = role(dossier, &claim.by).map(|r| typeset(r, messages)).unwrap_or_default();
    let noun = piece::text(modality::noun(claim.modality, messages));
    let (key, inferred) = match (claim.by.is_empty(), claim.is_silence(), role.is_empty()) {
        (true, ..) => ("provenance.itself", "note.inferred_inside"),
        (_, true, _) => ("provenance.silence", "note.inferred"),
        (_, _, true) => ("provenance.said", "note.inferred"),
        (_, _, false) => ("provenance.said_role", "note.inferred_inside"),
    };
    let when = when(claim.on.as_ref(), inferred, messages);
    let values: [(&str, &[Piece]); 4] =
        [("speaker", &speaker), ("role", &piece::text(role)), ("noun", &noun), ("when", &when)];
    let said = piece::fill(messages, key, &values);
    let chain = |(n, evidence)| chain(dossier, evidence, style.speech(dossier, ix, n), messages);
    let chains: Vec<_> = claim.evidence.iter().enumerate().map(chain).collect();
    let chains = piece::join(&chains, messages.text("note.next"));
    piece::close(piece::join(&[said, chains], messages.text("list.comma")))
}

/// One line for a margin: who, outlet, locator, quote, and whose words it is.
pub fn short(dossier: &Dossier, ix: ClaimIx, style: &dyn InStyle, messages: &Messages) -> Vec<Piece> {
    let claim = &dossier[ix];
    let mut parts = vec![who(dossier, ix, messages)];
    let Some(evidence) = claim.evidence.first() else { return parts.remove(0) };
    let outlet = reference::outlet_or_title(dossier, evidence.source, messages);
    let named = piece::plain(&parts[0]).contains(&piece::plain(&outlet));
    parts.extend((!named).then_some(outlet));
    parts.extend(own_locator(evidence).map(|l| piece::text(typeset(l, messages))));
    let place = piece::join(&parts, messages.text("list.comma"));
    let line = match quote(evidence, messages) {
        Some(quote) => {
            let quote = marked(quote, style.speech(dossier, ix, 0), messages);
            piece::fill(messages, "note.margin", &[("place", &place), ("quote", &quote)])
        }
        None => place,
    };
    match standing::mark(dossier, ix, messages) {
        Some(mark) => piece::fill(messages, "note.margin_lapsed", &[("line", &line), ("state", &piece::text(mark))]),
        None => line,
    }
}

/// A claim in one line, for where its page is named by itself: never without who says it, and how, and what became of it.
/// "[withdrawn] Kremlin (denial): …".
pub fn titled(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> String {
    let line = attributed(dossier, ix, messages);
    match standing::mark(dossier, ix, messages) {
        Some(mark) => messages.fill("note.titled_marked", &[("mark", &mark), ("line", &line)]),
        None => line,
    }
}

/// The same without what became of it: "Kremlin (denial): …".
pub fn attributed(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> String {
    let claim = &dossier[ix];
    let key = match claim.modality {
        _ if claim.is_silence() => "note.titled_silence",
        Modality::Asserts => "note.titled",
        _ => "note.titled_as",
    };
    let who = piece::plain(&who(dossier, ix, messages));
    let noun = modality::noun(claim.modality, messages);
    let values = [("who", &*who), ("noun", noun), ("statement", &*text::statement(dossier, claim, messages))];
    messages.fill(key, &values)
}

/// A quote with whose words it is, where there is anything to tell apart.
fn marked(quote: Vec<Piece>, speech: &str, messages: &Messages) -> Vec<Piece> {
    match kinds::speech(speech, messages) {
        Some(whose) => piece::fill(messages, "note.marked", &[("quote", &quote), ("whose", &piece::text(whose))]),
        None => quote,
    }
}

/// "1 origine : Volodymyr Zelensky", "origine inconnue".
pub fn origins(dossier: &Dossier, origins: &[Origin], messages: &Messages) -> String {
    piece::plain(&origins_linked(dossier, origins, messages))
}

/// The same beside a claim whose speaker is named already: "1 origine". Speakers are the origins of what they say.
pub fn origins_of(dossier: &Dossier, claim: &Claim, messages: &Messages) -> String {
    match claim.by.len() {
        _ if claim.is_of_text() => origins(dossier, &claim.origins, messages),
        _ => messages.count("origins.count", claim.origins.len(), &[]),
    }
}

/// The same with links.
pub fn origins_linked(dossier: &Dossier, origins: &[Origin], messages: &Messages) -> Vec<Piece> {
    if origins.is_empty() {
        return piece::text(messages.text("origins.unknown"));
    }
    let count = piece::text(messages.count("origins.count", origins.len(), &[]));
    let names = named(dossier, origins, messages);
    piece::fill(messages, "origins.named", &[("count", &count), ("names", &names)])
}

/// The names of origins, those beyond the first few counted: "Kim Jong-un et KCNA".
pub fn origin_names(dossier: &Dossier, origins: &[Origin], messages: &Messages) -> String {
    piece::plain(&named(dossier, origins, messages))
}

fn named(dossier: &Dossier, origins: &[Origin], messages: &Messages) -> Vec<Piece> {
    let mut names: Vec<_> = origins.iter().take(NAMED_ORIGINS).map(|o| origin(dossier, *o, messages)).collect();
    let more = origins.len() - names.len();
    if more > 0 {
        names.push(piece::text(messages.count("origins.more", more, &[])));
    }
    piece::list(&names, messages)
}

/// "4 textes, 1 origine : Volodymyr Zelensky, le reste sans origine indiquée": what stands behind several claims. Unknown
/// origins are said to be so once, and never counted.
pub fn origins_among(
    dossier: &Dossier,
    sources: usize,
    origins: &[Origin],
    unknown: bool,
    messages: &Messages,
) -> Vec<Piece> {
    let mut parts = vec![piece::text(messages.count("origins.sources", sources, &[]))];
    match (origins.is_empty(), unknown) {
        (true, _) => parts.push(piece::text(messages.text("origins.none_given"))),
        (false, rest) => {
            parts.push(origins_linked(dossier, origins, messages));
            parts.extend(rest.then(|| piece::text(messages.text("origins.rest_unknown"))));
        }
    }
    piece::join(&parts, messages.text("list.comma"))
}

/// The work in which a claim is found, in the dossier's style or short, with its date unless that was just said.
fn work(
    dossier: &Dossier,
    claim: &Claim,
    evidence: &Evidence,
    style: &dyn InStyle,
    messages: &Messages,
) -> Vec<Vec<Piece>> {
    if let Some(styled) = style.styled(evidence.source) {
        return vec![piece::open(styled.note.clone())];
    }
    let named = claim.is_of_text();
    let title = if named { reference::shortest } else { reference::short };
    let mut work = vec![title(dossier, evidence.source, messages)];
    let said = claim.on.as_ref().map(|d| &d.date);
    let published = dossier[evidence.source].published.as_ref().filter(|p| Some(&p.date) != said);
    work.extend(published.map(|p| piece::text(reference::published(p, messages))));
    work
}

/// Through whom, and where in the work.
fn details(dossier: &Dossier, evidence: &Evidence, locator: Option<&str>, messages: &Messages) -> Vec<Vec<Piece>> {
    let locator = locator.map(|l| piece::text(typeset(l, messages)));
    via(dossier, evidence, messages).into_iter().chain(locator).collect()
}

/// Where a claim is found, with the words and whose they are: « … » (paroles citées), dans « Titre », *Journal*, d’après
/// KCNA, § 4; of what a text says in its own name: « … » (« Titre », § 4).
fn place(
    dossier: &Dossier,
    ix: ClaimIx,
    n: usize,
    (work, speech): (Vec<Vec<Piece>>, &str),
    messages: &Messages,
) -> Vec<Piece> {
    let (claim, evidence) = (&dossier[ix], &dossier[ix].evidence[n]);
    let work = piece::join(&work, messages.text("list.comma"));
    let words = match quote(evidence, messages) {
        // That these are the text's words is said before.
        Some(quote) if claim.is_silence() => quote,
        Some(quote) => marked(quote, speech, messages),
        None if n == 0 => {
            let statement = piece::text(text::statement(dossier, claim, messages).trim_end_matches('.'));
            piece::fill(messages, "note.paraphrase", &[("statement", &statement)])
        }
        None => return piece::fill(messages, "note.found", &[("work", &work)]),
    };
    let key = if claim.is_of_text() { "note.place_own" } else { "note.place" };
    piece::fill(messages, key, &[("words", &words), ("work", &work)])
}

/// The exact words in the interface's marks, with the translation if there is one.
fn quote(evidence: &Evidence, messages: &Messages) -> Option<Vec<Piece>> {
    let exact = |words: &str, lang: Option<&str>| {
        let text = typography::inside_quotes(words, messages.language()).into_owned();
        let quote = [Piece::Quote { text, lang: lang.map(str::to_owned) }];
        piece::fill(messages, "note.quoted", &[("quote", &quote)])
    };
    let quote = exact(&evidence.quote.as_ref()?.value, evidence.language.as_deref());
    let Some(translation) = &evidence.translation else { return Some(quote) };
    let own = exact(&translation.text, None);
    let by = piece::text(translation.by.as_deref().unwrap_or_default());
    let key = if translation.by.is_some() { "note.translated_by" } else { "note.translated" };
    Some(piece::fill(messages, key, &[("quote", &quote), ("translation", &own), ("by", &by)]))
}

fn via(dossier: &Dossier, evidence: &Evidence, messages: &Messages) -> Option<Vec<Piece>> {
    if evidence.via.is_empty() {
        return None;
    }
    let names: Vec<_> = evidence.via.iter().map(|a| piece::actor(dossier, *a)).collect();
    Some(piece::fill(messages, "note.via", &[("via", &piece::list(&names, messages))]))
}

/// Through whom, in which work, by whom, when, when read, where in it.
fn chain(dossier: &Dossier, evidence: &Evidence, speech: &str, messages: &Messages) -> Vec<Piece> {
    let source = &dossier[evidence.source];
    let mut parts: Vec<Vec<Piece>> = via(dossier, evidence, messages).into_iter().collect();
    let title = reference::title(evidence.source, source, &source.title, messages);
    let known = evidence.quote.as_ref().filter(|_| speech != "unknown");
    let found = match known.and_then(|_| kinds::speech(speech, messages)) {
        Some(whose) => piece::fill(messages, "provenance.found", &[("whose", &piece::text(whose)), ("work", &title)]),
        None => piece::fill(messages, "note.found", &[("work", &title)]),
    };
    parts.push(found);
    if let Some(authors) = reference::authors(dossier, source, messages) {
        parts.push(piece::fill(messages, "provenance.signed", &[("authors", &authors)]));
    }
    parts.extend(publication(dossier, evidence.source, messages));
    if let Some(accessed) = &source.accessed {
        let date = date::moment_phrase(&accessed.date, messages);
        parts.push(piece::text(messages.fill("reference.accessed", &[("date", &date)])));
    }
    parts.extend(own_locator(evidence).map(|l| piece::text(typeset(l, messages))));
    piece::join(&parts, messages.text("list.comma"))
}

fn publication(dossier: &Dossier, ix: SourceIx, messages: &Messages) -> Option<Vec<Piece>> {
    let source = &dossier[ix];
    let outlet = reference::outlet(dossier, source);
    let date = source.published.as_ref().map(|published| {
        let phrase = date::moment_phrase(&published.date, messages);
        piece::text(reference::inferred(phrase, published, "note.inferred", messages))
    });
    let key = match (&outlet, &date) {
        (Some(_), Some(_)) => "provenance.published_by_on",
        (Some(_), None) => "provenance.published_by",
        (None, Some(_)) => "provenance.published_on",
        (None, None) => return None,
    };
    let (outlet, date) = (outlet.unwrap_or_default(), date.unwrap_or_default());
    Some(piece::fill(messages, key, &[("outlet", &outlet), ("date", &date)]))
}

fn when(on: Option<&Dated>, inferred: &str, messages: &Messages) -> Vec<Piece> {
    let Some(on) = on else { return Vec::new() };
    let date = reference::inferred(date::moment_phrase(&on.date, messages), on, inferred, messages);
    piece::text(messages.fill("note.when", &[("date", &date)]))
}

fn speakers(dossier: &Dossier, by: &[ActorIx], messages: &Messages) -> Vec<Piece> {
    let names: Vec<_> = by.iter().map(|a| piece::actor(dossier, *a)).collect();
    piece::list(&names, messages)
}

/// The role of a single speaker, if it fits into a sentence.
fn role<'a>(dossier: &'a Dossier, by: &[ActorIx]) -> Option<&'a str> {
    let [one] = by else { return None };
    dossier[*one].role.as_deref().filter(|role| role.chars().count() <= SHORT_ROLE)
}

fn own_locator(evidence: &Evidence) -> Option<&str> {
    evidence.locator.as_ref().map(|l| &*l.value)
}

/// An origin by its name: an actor, or the title of a source.
pub fn origin(dossier: &Dossier, origin: Origin, messages: &Messages) -> Vec<Piece> {
    match origin {
        Origin::Actor(ix) => piece::actor(dossier, ix),
        Origin::Source(ix) => reference::title(ix, &dossier[ix], &dossier[ix].title, messages),
    }
}

fn typeset(text: &str, messages: &Messages) -> String {
    typography::apply(messages.language(), text).into_owned()
}

/// Who answers, beside a value: who speaks. Where the speakers said nothing, the text's word that they did not: the value is not
/// to be taken for what the outlet was asked of.
pub fn answering(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> Vec<Piece> {
    match dossier[ix].is_silence() {
        true => who(dossier, ix, messages),
        false => text::voices(dossier, ix, messages),
    }
}

/// Each of those, by name: of a claim of two speakers both, so that nobody is named twice beside one value.
pub fn each_answering(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> Vec<String> {
    match dossier[ix].is_silence() {
        true => vec![piece::plain(&who(dossier, ix, messages))],
        false => text::each_voice(dossier, ix, messages).iter().map(|voice| piece::plain(voice)).collect(),
    }
}

/// What an answer is called beside another: its speakers, also where they are silent, else its outlet; without what stands in
/// brackets after a name.
pub(super) fn side(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> String {
    let name = match dossier[ix].is_silence() {
        true => piece::plain(&speakers(dossier, &dossier[ix].by, messages)),
        false => text::speaker_label(dossier, ix, messages),
    };
    match name.split_once(" (") {
        Some((short, _)) if name.ends_with(')') => short.to_owned(),
        _ => name,
    }
}
