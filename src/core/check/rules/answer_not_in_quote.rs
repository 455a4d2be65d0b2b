//! An answer whose number or date is not in the quote.

use std::collections::BTreeSet;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::check::words::{fold, numbers, weekday};
use crate::evidence::brackets;
use crate::evidence::verify::QuoteState;
use crate::model::claim::ClaimAnswer;
use crate::model::date::{Civil, Edtf, Form, When};
use crate::model::language::month;
use crate::model::value::Answer;
use crate::model::value::Quantity;
use crate::model::{Claim, ClaimIx};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "answer-not-in-quote",
    level: Level::Warn,
    about: "A claim answers a question with a number or a date, and none of its quotes holds it: the answer was \
            mistyped, or the quote was cut too short to carry it. Numbers are found in figures with any separators \
            and in words (English, French and German: « half a million », « deux tiers », « niemand »); of a date the \
            year, month and day are looked for as far as the answer has them. A weekday stands for its day, and no year \
            is asked for beside a day or a month, unless the quote has another. Of a bound, the day beside it stands for it \
            (« before 1 October »), and of two numbers the scale of the second for both (« 1.2 to 1.8 million »). Dates said to be `inferred` are left alone, and so are claims without any quote.",
    example: "\
# at fault
answers: { how-many: 11000 }
evidence: { source: paper, quote: stationed in the region }
# mended
answers: { how-many: 11000 }
evidence: { source: paper, quote: 11,000 men […] stationed in the region }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        let quotes = words_of(claim);
        let ix = ClaimIx::at(i);
        let is_absent = |n: usize| cx.verified.state(ix, n) == QuoteState::Absent;
        // A quote that is itself at fault was told of.
        if quotes.is_empty() || (0..claim.evidence.len()).any(is_absent) {
            continue;
        }
        let mut told = BTreeSet::new();
        for answer in claim.answers.iter().filter(|answer| answer.inferred.is_none()) {
            let Some(missing) = missing(answer, &quotes).filter(|missing| told.insert(missing.clone())) else {
                continue;
            };
            let found = sink.add(ix.into(), answer.span, format!("no quote of this claim holds {missing}"));
            found.help("quote the words that hold it, or correct the answer");
            if let Some(quote) = claim.evidence.iter().find_map(|e| e.quote.as_ref()) {
                found.label(quote.span, "quoted here");
            }
        }
    }
}

/// All quotes of a claim, with their translations.
fn words_of(claim: &Claim) -> String {
    let quotes = claim.evidence.iter().filter_map(|e| {
        let quote = e.quote.as_ref()?;
        let translation = e.translation.as_ref().map_or("", |t| &t.text);
        // What an editor put into a quote is no word of the source's.
        Some(format!("{} ; {translation}", brackets::plain(&quote.value)))
    });
    quotes.collect::<Vec<_>>().join(" ; ")
}

/// What of an answer stands in no quote.
fn missing(answer: &ClaimAnswer, quotes: &str) -> Option<String> {
    match &answer.value {
        Answer::Quantity(quantity) => absent(*quantity, quotes),
        Answer::Measured(measured) => absent(measured.written, quotes),
        Answer::Date(date) => {
            let absent = absent_part(parts(date), quotes)?;
            // « vor dem 1. Oktober » is `[..2032-09-30]`, « after 9 May » `[2024-05-10..]`.
            let is_beside = beside(date).into_iter().any(|parts| absent_part(parts, quotes).is_none());
            (!is_beside).then(|| absent.name())
        }
        Answer::Period(_) | Answer::Choice(_) | Answer::Choices(_) | Answer::Place(..) | Answer::Words(_) => None,
    }
}

fn absent(quantity: Quantity, quotes: &str) -> Option<String> {
    let there = numbers(quotes);
    let absent = quantity.figures().into_iter().find(|n| !there.contains(&n.to_f64()));
    absent.map(|number| format!("the number {number}"))
}

/// The first part of a date that stands in no quote.
fn absent_part(mut parts: Vec<Part>, quotes: &str) -> Option<Part> {
    // A newspaper says « on Tuesday », « le 19 juin », « im November »: the rest is that of its own day.
    let has_year = || numbers(quotes).iter().any(|n| YEARS.contains(n));
    match parts[..] {
        [Part::Year(year), Part::Month(month), Part::Day(day)] if names_weekday(quotes, year, month, day) => {
            return None;
        }
        [Part::Year(_), Part::Month(_), ..] if !has_year() => drop(parts.remove(0)),
        _ => {}
    }
    parts.into_iter().find(|part| !part.stands_in(quotes))
}

/// The day after the last, and before the first, that a bound may mean: what is not given may be what is named.
fn beside(date: &Edtf) -> Vec<Vec<Part>> {
    if matches!(date.form(), Form::Single(_)) {
        return Vec::new();
    }
    let days = [date.latest().map(|day| day + 1), date.earliest().map(|day| day - 1)];
    let parts = |day| {
        let Civil { year, month, day } = Civil::from_day(day);
        vec![Part::Year(year), Part::Month(month), Part::Day(day)]
    };
    days.into_iter().flatten().map(parts).collect()
}

/// Numbers that may be meant as years.
const YEARS: std::ops::RangeInclusive<f64> = 1000.0..=2999.0;

/// Whether a quote names the weekday of a day.
fn names_weekday(quotes: &str, year: i64, month: u8, day: u8) -> bool {
    let date =
        || jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let Some(wanted) = date().map(|date| date.weekday().to_monday_one_offset()) else { return false };
    fold(quotes).split(|c: char| !c.is_alphabetic()).any(|word| weekday(word) == Some(wanted))
}

/// A part of a date that a quote can hold.
enum Part {
    Year(i64),
    Month(u8),
    Day(u8),
}

/// The parts of a date; none of an interval or a set, which a quote may word in many ways.
fn parts(date: &Edtf) -> Vec<Part> {
    let points = date.form().points();
    let [point] = &points[..] else { return Vec::new() };
    match point.when {
        When::Day { year, month, day } => vec![Part::Year(year), Part::Month(month), Part::Day(day)],
        When::Month { year, month } => vec![Part::Year(year), Part::Month(month)],
        When::Year { year } => vec![Part::Year(year)],
        _ => Vec::new(),
    }
}

impl Part {
    fn stands_in(&self, quotes: &str) -> bool {
        match *self {
            Self::Year(year) => numbers(quotes).contains(&(year as f64)),
            Self::Day(day) => numbers(quotes).contains(&f64::from(day)),
            Self::Month(wanted) => {
                let folded = fold(quotes);
                let named = folded.split(|c: char| !c.is_alphabetic()).any(|word| month(word) == Some(wanted));
                named || numbers(quotes).contains(&f64::from(wanted))
            }
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Year(year) => format!("the year {year}"),
            Self::Month(month) => format!("the month ({month})"),
            Self::Day(day) => format!("the day ({day})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn answers_stand_in_quotes() {
        check(
            &RULE,
            "
    sources:
      s: { title: A }
    questions:
      q: { text: Q? }
      d: { text: D?, kind: date }
    claims:
      a: { statement: A, answers: { q: 11000 }, evidence: { source: s, quote: onze mille hommes } }
      b: { statement: A, answers: { q: 12000 }, evidence: { source: s, quote: 11 000 hommes } }
                                       ^^^^^ no quote of this claim holds the number 12000
      c: { statement: A, answers: { q: 11000..15000 }, evidence: { source: s, quote: de 11.000 à 15.000 } }
      d2: { statement: A, answers: { d: 2024-06 }, evidence: { source: s, quote: signé en juin 2024 } }
      e: { statement: A, answers: { d: 2024-06-19 }, evidence: { source: s, quote: signé en juin 2024 } }
                                       ^^^^^^^^^^ no quote of this claim holds the day (19)
      f: { statement: A, answers: { d: 2023 }, evidence: { source: s, quote: signé en juin 2024 } }
                                       ^^^^ no quote of this claim holds the year 2023
      g: { statement: A, answers: { d: { value: { date: 2023, inferred: so } } }, evidence: { source: s, quote: signé } }
      i: { statement: A, answers: { d: 2024-06-19 }, evidence: { source: s, quote: signé mercredi } }
      j: { statement: A, answers: { d: 2024-06-19 }, evidence: { source: s, quote: signé jeudi } }
                                       ^^^^^^^^^^ no quote of this claim holds the month (6)
      k: { statement: A, answers: { d: 2024-06-19 }, evidence: { source: s, quote: am 19. Juni } }
      l: { statement: A, answers: { d: 2024-06-19 }, evidence: { source: s, quote: am 19. Juni 2023 } }
                                       ^^^^^^^^^^ no quote of this claim holds the year 2024
      m: { statement: A, answers: { q: 500000 }, evidence: { source: s, quote: half a million } }
      n: { statement: A, answers: { q: 0 }, evidence: { source: s, quote: no one came } }
      h: { statement: A, answers: { q: 12000 }, evidence: { source: s } }
      o: { statement: A, answers: { d: '[..2032-09-30]' }, evidence: { source: s, quote: vor dem 1. Oktober } }
      p: { statement: A, answers: { d: '[2032-05-10..]' }, evidence: { source: s, quote: after 9 May } }
      r: { statement: A, answers: { d: '[..2032-09-30]' }, evidence: { source: s, quote: vor dem 2. Oktober } }
                                       ^^^^^^^^^^^^^^^^ no quote of this claim holds the month (9)
      t: { statement: A, answers: { d: '[2032-11..]' }, evidence: { source: s, quote: im November } }
      u: { statement: A, answers: { q: 1200000..1800000 }, evidence: { source: s, quote: '1,2 bis 1,8 Millionen Euro' } }
      v: { statement: A, answers: { q: 4000000..6000000 }, evidence: { source: s, quote: between £4 and £6 million } }
      w: { statement: A, answers: { q: 4000000..6000000 }, evidence: { source: s, quote: de quatre à six millions } }
      x: { statement: A, answers: { q: 4000000..6000000 }, evidence: { source: s, quote: four soldiers and six million } }
                                       ^^^^^^^^^^^^^^^^ no quote of this claim holds the number 4000000
    ",
        );
    }
}
