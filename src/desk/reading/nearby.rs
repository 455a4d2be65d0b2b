//! What stands near some words of a text.
//!
//! Settled here:
//! - **Who speaks** is looked for in the sentence: the actor whose name stands nearest to a word of saying, outside of
//!   quotation marks; of words between quotation marks, else whoever is named so in the sentence before. Nobody is guessed
//!   from a name alone: who is named may be spoken of.
//! - **A number** is offered as it is given: « environ 11 000 » is `~11000`, "more than" is `>`, "between … and" a range.
//! - **A date** needs its month in words; its year may be that in which the source was published, which is then said.
//! - **A claim says alike** if it shares most of its longer words: it is offered, and never taken.

use std::collections::BTreeSet;
use std::ops::Range;

use sourcebook_core::check::words::{amounts, find_any, fold, places};
use sourcebook_core::model::kinds::{ActorKind, QuestionKind};
use sourcebook_core::model::language::{Language, month};
use sourcebook_core::model::{ActorIx, ClaimIx, Dossier, PlaceIx, Source, Text};
use sourcebook_core::words::rules::Bounds;

/// A passage of a text around some words: strings of it, in order.
#[derive(Clone, Copy, Debug)]
pub struct Around<'t> {
    /// The sentence before, of the same paragraph.
    pub before: &'t str,
    /// The sentences that hold the words.
    pub sentence: &'t str,
    /// The sentence after.
    pub after: &'t str,
    /// The words themselves.
    pub words: &'t str,
    /// Whether they stand between quotation marks, wholly or in part.
    pub is_quoted: bool,
}

/// Whoever is likely to speak, the likeliest first.
pub fn speakers(dossier: &Dossier, around: Around<'_>) -> Vec<ActorIx> {
    let mut found = said_in(dossier, around.sentence);
    if around.is_quoted && found.is_empty() {
        let beside = [around.before, around.after].map(|text| said_in(dossier, text));
        found.extend(beside.into_iter().flatten());
    }
    let mut seen = BTreeSet::new();
    found.retain(|actor| seen.insert(*actor));
    found
}

/// Actors named beside a word of saying, the nearest first.
fn said_in(dossier: &Dossier, sentence: &str) -> Vec<ActorIx> {
    let folded = outside_of_marks(&fold(sentence));
    let verbs: Vec<usize> = Language::all_rules()
        .flat_map(|rules| rules.vocabulary.says.iter().chain(rules.vocabulary.attributes).chain(&["selon", "laut"]))
        .filter(|verb| !verb.starts_with('*'))
        .flat_map(|verb| places(&folded, verb))
        .collect();
    let mut near: Vec<(usize, ActorIx)> = Vec::new();
    for (n, actor) in dossier.actors.iter().enumerate() {
        let names = names(&actor.name, &actor.aliases, actor.kind == ActorKind::Person);
        let at = names.iter().flat_map(|name| places(&folded, name).map(|at| at..at + name.len()).collect::<Vec<_>>());
        let distance = |name: Range<usize>| verbs.iter().map(move |verb| apart(&name, *verb)).min();
        near.extend(at.filter_map(distance).min().map(|distance| (distance, ActorIx::at(n))));
    }
    near.sort_unstable();
    near.into_iter().map(|(_, actor)| actor).collect()
}

/// Bytes between a name and a word that begins at a byte.
fn apart(name: &Range<usize>, verb: usize) -> usize {
    if verb >= name.end { verb - name.end } else { name.start.saturating_sub(verb) }
}

/// A folded text without what stands between quotation marks: as many bytes, so that distances stay.
fn outside_of_marks(folded: &str) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(folded.len());
    // An unpaired mark hides nothing.
    let paired = folded.matches('"').count().is_multiple_of(2);
    for c in folded.chars() {
        inside ^= c == '"' && paired;
        if inside { out.extend(std::iter::repeat_n(' ', c.len_utf8())) } else { out.push(c) }
    }
    out
}

/// What somebody may be called by, folded; of a person the last word of a name of several, too.
fn names(name: &Text, aliases: &[Text], is_person: bool) -> Vec<String> {
    let mut names: Vec<_> = std::iter::once(name).chain(aliases).map(|name| fold(name)).collect();
    let last = names.iter().filter_map(|name| name.rsplit_once(' ')).map(|(_, last)| last.to_owned());
    if is_person {
        let last: Vec<_> = last.filter(|last| last.chars().count() >= 4).collect();
        names.extend(last);
    }
    names.retain(|name| name.chars().count() >= 2);
    names
}

/// Actors that are named in some words, in the order of their ids: by a whole name or alias.
pub fn actors_in(dossier: &Dossier, words: &str) -> Vec<ActorIx> {
    let folded = fold(words);
    let named = |(n, actor): (usize, &sourcebook_core::model::Actor)| {
        let names = names(&actor.name, &actor.aliases, false);
        names.iter().any(|name| find_any(&folded, &[name]).is_some()).then(|| ActorIx::at(n))
    };
    dossier.actors.iter().enumerate().filter_map(named).collect()
}

/// Places that are named in some words, in the order of their ids.
pub fn places_in(dossier: &Dossier, words: &str) -> Vec<PlaceIx> {
    let folded = fold(words);
    let named = |(n, place): (usize, &sourcebook_core::model::Place)| {
        let names = names(&place.name, &place.aliases, false);
        names.iter().any(|name| find_any(&folded, &[name]).is_some()).then(|| PlaceIx::at(n))
    };
    dossier.places.iter().enumerate().filter_map(named).collect()
}

/// Numbers in some words, each as a sheet would write it.
pub fn quantities(words: &str) -> Vec<String> {
    let folded = fold(words);
    let dates: Vec<_> = dated(&folded).into_iter().map(|(_, range)| range).collect();
    let found: Vec<_> = amounts(&folded)
        .into_iter()
        .filter(|(_, range)| !dates.iter().any(|date| date.start < range.end && range.start < date.end))
        .collect();
    let mut out = Vec::new();
    let mut skip = false;
    for (n, (number, range)) in found.iter().enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        let between = found
            .get(n + 1)
            .filter(|(next, there)| number < next && is_range(&folded[..range.start], &folded[range.end..there.start]));
        match between {
            Some((next, _)) => {
                out.push(format!("{}..{}", written(*number), written(*next)));
                skip = true;
            }
            None => out.push(format!("{}{}", bound(&folded[..range.start]), written(*number))),
        }
    }
    out.dedup();
    out
}

/// Whether two numbers are the ends of one range, by what stands before them and between.
fn is_range(before: &str, between: &str) -> bool {
    let between = between.trim();
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
    let opens = matches!(last, "entre" | "between" | "zwischen" | "de" | "from" | "von");
    between == "-" || opens && matches!(between, "et" | "and" | "und" | "à" | "to" | "bis")
}

/// The sign for what stands before a number.
fn bound(before: &str) -> &'static str {
    type List = fn(&Bounds) -> &'static [&'static str];
    const SIGNS: [(&str, List); 5] = [
        (">=", |b| b.at_least),
        ("<=", |b| b.at_most),
        (">", |b| b.more_than),
        ("<", |b| b.less_than),
        ("~", |b| b.about),
    ];
    let before = before.trim_end();
    let ends = |phrases: &[&str]| {
        phrases.iter().any(|phrase| {
            let rest = before.strip_suffix(phrase);
            rest.is_some_and(|rest| phrase.ends_with('\'') || !rest.ends_with(char::is_alphanumeric))
        })
    };
    let is = |list: List| Language::all_rules().any(|rules| ends(list(&rules.vocabulary.bounds)));
    SIGNS.into_iter().find(|(_, list)| is(*list)).map_or("", |(sign, _)| sign)
}

/// A number without more decimals than it has.
fn written(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Dates in some words, as EDTF; one without a year has that of the source's publication, where it is known to a year.
pub fn dates(words: &str, source: &Source) -> Vec<String> {
    let year = source.published.as_ref().and_then(|dated| dated.date.text().get(..4)?.parse::<u32>().ok());
    let mut found: Vec<String> = Vec::new();
    for (date, _) in dated(&fold(words)) {
        let Some(year) = date.year.or(year) else { continue };
        let text = match date.day {
            Some(day) => format!("{year:04}-{:02}-{day:02}", date.month),
            None => format!("{year:04}-{:02}", date.month),
        };
        if !found.contains(&text) && sourcebook_core::model::date::Edtf::parse(&text).is_ok() {
            found.push(text);
        }
    }
    found
}

/// A date as words give it.
struct Named {
    year: Option<u32>,
    month: u8,
    day: Option<u32>,
}

/// Months in words with the day and year beside them: « 3 novembre 2024 », "November 3, 2024", „3. November“, “May 2024”.
fn dated(folded: &str) -> Vec<(Named, Range<usize>)> {
    let is_word = |c: char| c.is_alphanumeric();
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in folded.char_indices().filter(|(_, c)| is_word(*c)) {
        match words.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + c.len_utf8(),
            None => words.push(at..at + c.len_utf8()),
        }
    }
    let number = |n: Option<usize>| {
        let word = &folded[words.get(n?)?.clone()];
        let digits = ["er", "st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        digits.parse::<u32>().ok()
    };
    let is_day = |n: &u32| (1..=31).contains(n);
    let is_year = |n: &u32| (1000..=2999).contains(n);
    let mut found = Vec::new();
    for (n, range) in words.iter().enumerate() {
        let Some(month) = month(&folded[range.clone()]) else { continue };
        let (before, after, second) = (n.checked_sub(1), Some(n + 1), Some(n + 2));
        let day_before = number(before).filter(is_day);
        let day_after = number(after).filter(|day| day_before.is_none() && is_day(day));
        let at_year = if day_after.is_some() { second } else { after };
        let year = number(at_year).filter(is_year);
        let day = day_before.or(day_after);
        // « mai », "may", "march" are words of their own.
        if day.is_none() && year.is_none() {
            continue;
        }
        let start = if day_before.is_some() { words[n - 1].start } else { range.start };
        let last = match (year.is_some(), day_after.is_some()) {
            (true, _) => at_year,
            (false, true) => after,
            (false, false) => None,
        };
        let end = last.map_or(range.end, |last| words[last].end);
        found.push((Named { year, month, day }, start..end));
    }
    found
}

/// Claims that say much the same as some words, the likest first; `but` are none of them.
pub fn alike(dossier: &Dossier, words: &str, but: &[ClaimIx]) -> Vec<ClaimIx> {
    let wanted = long_words(words);
    if wanted.len() < 3 {
        return Vec::new();
    }
    let score = |(n, claim): (usize, &sourcebook_core::model::Claim)| {
        let quotes = claim.evidence.iter().filter_map(|e| e.quote.as_ref()).map(|quote| &*quote.value);
        let texts = std::iter::once(&*claim.statement.text).chain(quotes);
        let best = texts.map(|text| {
            let there = long_words(text);
            let both = there.intersection(&wanted).count();
            if both < 3 { 0 } else { both * 100 / there.len().min(wanted.len()).max(1) }
        });
        let best = best.max().unwrap_or(0);
        let ix = ClaimIx::at(n);
        (best >= 60 && !but.contains(&ix)).then_some((best, ix))
    };
    let mut found: Vec<_> = dossier.claims.iter().enumerate().filter_map(score).collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, claim)| claim).take(3).collect()
}

/// Words of five letters and more, and figures.
fn long_words(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|w| w.chars().count() >= 5 || w.parse::<u32>().is_ok()).map(str::to_owned).collect()
}

/// Questions that some words may answer, each with the answers that stand in them: those of the kind of what stands there,
/// the ones that the source answers already first.
pub fn questions(
    dossier: &Dossier,
    source: &Source,
    words: &str,
) -> Vec<(sourcebook_core::model::QuestionIx, Vec<String>)> {
    let (numbers, dates) = (quantities(words), dates(words, source));
    let places: Vec<_> =
        places_in(dossier, words).into_iter().map(|place| dossier[place].head.id.value.to_string()).collect();
    let folded = fold(words);
    let answered = |ix| {
        let claims = source.claims.iter().filter(|(claim, _)| dossier[*claim].answers.iter().any(|a| a.question == ix));
        claims.count()
    };
    let mut found = Vec::new();
    for (n, question) in dossier.questions.iter().enumerate() {
        let ix = sourcebook_core::model::QuestionIx::at(n);
        let answers = match question.kind {
            QuestionKind::Quantity => numbers.clone(),
            QuestionKind::Date => dates.clone(),
            QuestionKind::Place => places.clone(),
            QuestionKind::Period | QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Text => Vec::new(),
        };
        if answers.is_empty() {
            continue;
        }
        let unit = question.unit.as_deref().map(fold).unwrap_or_default();
        let unit = unit.trim_end_matches(['s', 'e', 'n']);
        let has_unit = !unit.is_empty() && folded.contains(unit);
        let shared = long_words(&question.text.text).intersection(&long_words(words)).count();
        found.push((usize::from(has_unit) * 2 + shared, answered(ix), ix, answers));
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    found.into_iter().map(|(_, _, ix, answers)| (ix, answers)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::tests::{dossier, source};

    const PEOPLE: &str = "
actors:
  zelensky: { name: Volodymyr Zelensky, type: person }
  umerov: { name: Rustem Umerov, type: person }
  kiev: { name: Ukraine, type: state, aliases: [Kiev] }
";

    #[track_caller]
    fn said(sentence: &str, before: &str, is_quoted: bool, expect: &[&str]) {
        let dossier = dossier(PEOPLE);
        let around = Around { before, sentence, after: "", words: sentence, is_quoted };
        let found: Vec<_> =
            speakers(&dossier, around).into_iter().map(|a| dossier[a].head.id.value.to_string()).collect();
        assert_eq!(found, expect, "{sentence}");
    }

    #[test]
    fn who_speaks_stands_beside_a_word_of_saying() {
        said("« Ils sont là », a déclaré Zelensky à Kiev.", "", true, &["zelensky", "kiev"]);
        said("Selon Rustem Umerov, les soldats de l’Ukraine avancent.", "", false, &["umerov", "kiev"]);
        said("Zelensky est arrivé lundi.", "", false, &[]);
        said("« Ils sont là. »", "Rustem Umerov l’a annoncé.", true, &["umerov"]);
        said("Ils sont là.", "Rustem Umerov l’a annoncé.", false, &[]);
        said("The mayor said « Zelensky told us ».", "", true, &[]);
    }

    #[test]
    fn numbers_as_they_are_given() {
        let check = |words: &str, expect: &[&str]| assert_eq!(quantities(words), expect, "{words}");
        check("entre 11 000 et 15 000 hommes", &["11000..15000"]);
        check("11 000-15 000 hommes", &["11000..15000"]);
        check("environ 10 000 soldats", &["~10000"]);
        check("more than 1.5 million people", &[">1500000"]);
        check("mindestens 4,5 Milliarden", &[">=4500000000"]);
        check("le 3 novembre 2024, 300 soldats", &["300"]);
        check("300 soldats et 20 chars", &["300", "20"]);
        check("up to 12,000 troops", &["<=12000"]);
    }

    #[test]
    fn dates_with_their_year_or_that_of_the_source() {
        let dossier = dossier("sources:\n  a: { title: A, published: 2023-02 }\n  b: { title: B }\n");
        let check = |source_id: &str, words: &str, expect: &[&str]| {
            assert_eq!(dates(words, source(&dossier, source_id)), expect, "{words}");
        };
        check("a", "le 3 novembre 2024", &["2024-11-03"]);
        check("a", "on November 3, 2024, and in May 2025", &["2024-11-03", "2025-05"]);
        check("a", "am 1. März", &["2023-03-01"]);
        check("b", "le 1er mars", &[]);
        check("a", "they may come", &[]);
    }

    #[test]
    fn claims_that_say_alike() {
        let dossier = dossier(
            "
sources: { a: { title: A } }
claims:
  one: { statement: Eleven thousand soldiers fight near Koursk., evidence: { source: a } }
  two: { statement: The bridge is shut., evidence: { source: a } }
",
        );
        let check = |words: &str, expect: &[&str]| {
            let found = alike(&dossier, words, &[]);
            let found: Vec<_> = found.into_iter().map(|c| dossier[c].head.id.value.to_string()).collect();
            assert_eq!(found, expect, "{words}");
        };
        check("thousand soldiers now fight around Koursk", &["one"]);
        check("soldiers fight", &[]);
    }
}
