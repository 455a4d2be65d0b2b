//! Claims and answers as CSV (RFC 4180: commas, quotation marks doubled, CRLF, a header line).
//!
//! The files begin with a byte order mark: without one Excel reads UTF-8 as the system's old code page and every accent is
//! lost, while programs that read tables (LibreOffice, pandas, R's readr) pass over it. Several values in one cell are
//! joined by `; `.
//!
//! A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line end, also in
//! their wide forms) is given an apostrophe, which spreadsheets read as "this is text" (OWASP, CSV Injection).

use super::Input;
use sourcebook_core::model::claim::ClaimAnswer;
use sourcebook_core::model::state;
use sourcebook_core::model::voice::{DateFrom, Voice};
use sourcebook_core::model::{ActorIx, ClaimIx, Dated};
use sourcebook_core::words;

const BYTE_ORDER_MARK: char = '\u{feff}';

const CLAIM_COLUMNS: &[&str] = &[
    "claim",
    "url",
    "statement",
    "speakers",
    "speaker_names",
    "said",
    "as_of",
    "modality",
    "status",
    "contested",
    "about",
    "answers",
    "evidence",
    "source",
    "source_title",
    "source_publisher",
    "source_published",
    "source_url",
    "source_archive",
    "quote",
    "language",
    "translation",
    "locator",
    "via",
    "verification",
    "speech",
    "in_own_name",
    "date_from",
];

const ANSWER_COLUMNS: &[&str] = &[
    "question",
    "question_text",
    "claim",
    "url",
    "value",
    "value_label",
    "unit",
    "place",
    "group",
    "as_of",
    "modality",
    "speakers",
    "speaker_names",
    "said",
    "contested",
    "sources",
    "state",
];

/// A row for each claim and evidence.
pub fn claims(input: &Input<'_>, out: &mut String) {
    out.push(BYTE_ORDER_MARK);
    row(out, CLAIM_COLUMNS);
    for ix in input.claims() {
        let shared = claim_cells(input, ix);
        for n in 0..input.dossier[ix].evidence.len() {
            let own = evidence_cells(input, ix, n);
            row(out, shared.iter().chain(&own));
        }
    }
}

/// A row for each answer to a question, question by question, by the date that it is about.
pub fn answers(input: &Input<'_>, out: &mut String) {
    out.push(BYTE_ORDER_MARK);
    row(out, ANSWER_COLUMNS);
    for question in &input.dossier.questions {
        let text = input.plain(&question.text);
        for (n, (claim, number)) in question.answers.iter().enumerate() {
            let answer = &input.dossier[*claim].answers[*number];
            let contested = question.comparison.is_contested(n);
            let value = words::answer::label(input.dossier, &answer.value, question, input.messages);
            let mut cells = answer_cells(input, *claim, answer, contested);
            cells.push(question.comparison.state(n).as_str().to_owned());
            let first = [question.head.id.value.to_string(), text.clone()];
            let unit = question.unit.as_deref().unwrap_or_default().to_owned();
            let [claim, url, written, rest @ ..] = &cells[..] else { continue };
            row(out, first.iter().chain([claim, url, written, &value, &unit]).chain(rest));
        }
    }
}

fn claim_cells(input: &Input<'_>, ix: ClaimIx) -> Vec<String> {
    let claim = &input.dossier[ix];
    let answer = |a: &ClaimAnswer| format!("{}={}", input.id(a.question), a.value);
    vec![
        input.id(ix).to_owned(),
        input.url(ix.into()),
        input.plain(&claim.statement),
        ids(input, &speakers(input, ix)),
        words::text::speaker_label(input.dossier, ix, input.messages),
        edtf(claim.said.as_ref()),
        edtf(claim.as_of.as_ref()),
        claim.modality.to_string(),
        state::lapsed(input.dossier, ix, None).map_or("current", |lapsed| lapsed.how.as_str()).to_owned(),
        claim.contested.to_string(),
        join(claim.about.iter().map(|of| input.id(*of).to_owned())),
        join(claim.answers.iter().map(answer)),
    ]
}

fn evidence_cells(input: &Input<'_>, ix: ClaimIx, n: usize) -> Vec<String> {
    let evidence = &input.dossier[ix].evidence[n];
    let source = &input.dossier[evidence.source];
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    vec![
        (n + 1).to_string(),
        input.id(evidence.source).to_owned(),
        source.title.to_string(),
        text(source.publisher.as_ref().map(|p| input.author(p))),
        edtf(source.published.as_ref()),
        text(source.url.as_deref()),
        text(source.archive.as_ref().map(|a| &*a.url)),
        text(evidence.quote.as_ref().map(|q| &*q.value)),
        text(evidence.language.as_deref()),
        text(evidence.translation.as_ref().map(|t| &*t.text)),
        text(evidence.locator.as_ref().map(|l| &*l.value)),
        ids(input, &evidence.via),
        input.verified.state(ix, n).as_str().to_owned(),
        input.verified.speech_word(input.dossier, ix, n).to_owned(),
        input.dossier[ix].is_of_text().to_string(),
        input.dossier[ix].date_from().map_or("", DateFrom::as_str).to_owned(),
    ]
}

fn answer_cells(input: &Input<'_>, ix: ClaimIx, answer: &ClaimAnswer, contested: bool) -> Vec<String> {
    let claim = &input.dossier[ix];
    let written = answer.value.to_string();
    let mut sources: Vec<_> = claim.evidence.iter().map(|e| e.source).collect();
    sources.dedup();
    vec![
        input.id(ix).to_owned(),
        input.url(ix.into()),
        written,
        answer.place.map(|p| input.id(p).to_owned()).unwrap_or_default(),
        answer.group.map(|g| input.id(g).to_owned()).unwrap_or_default(),
        edtf(answer.as_of.as_ref()),
        answer.modality.to_string(),
        ids(input, &speakers(input, ix)),
        words::text::speaker_label(input.dossier, ix, input.messages),
        edtf(claim.said.as_ref()),
        contested.to_string(),
        join(sources.into_iter().map(|s| input.id(s).to_owned())),
    ]
}

/// The actors who speak.
fn speakers(input: &Input<'_>, ix: ClaimIx) -> Vec<ActorIx> {
    let actor = |voice| if let Voice::Actor(actor) = voice { Some(actor) } else { None };
    input.dossier.voices(ix).into_iter().filter_map(actor).collect()
}

fn ids(input: &Input<'_>, actors: &[ActorIx]) -> String {
    join(actors.iter().map(|ix| input.id(*ix).to_owned()))
}

fn join(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("; ")
}

fn edtf(date: Option<&Dated>) -> String {
    date.map(|d| d.date.text().to_owned()).unwrap_or_default()
}

fn row<T: AsRef<str>>(out: &mut String, cells: impl IntoIterator<Item = T>) {
    for (n, text) in cells.into_iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        cell(out, text.as_ref());
    }
    out.push_str("\r\n");
}

fn cell(out: &mut String, text: &str) {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let quoted = formula || text.contains(['"', ',', '\r', '\n', ';']) || text.trim() != text;
    if !quoted {
        return out.push_str(text);
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut out = String::new();
        cell(&mut out, text);
        assert_eq!(out, expect);
    }

    #[test]
    fn no_cell_is_a_formula() {
        check("11000", "11000");
        check("~11000", "~11000");
        check("=1+1", "\"'=1+1\"");
        check("+33 1", "\"'+33 1\"");
        check("-5", "\"'-5\"");
        check("@SUM(A1)", "\"'@SUM(A1)\"");
        check("\t=1", "\"'\t=1\"");
        check("\r=1", "\"'\r=1\"");
        check("＝1", "\"'＝1\"");
        check("a\"b,c\n", "\"a\"\"b,c\n\"");
        check("a;b", "\"a;b\"");
    }

    proptest! {
        #[test]
        fn any_cells_are_read_back_by_another_reader(cells in proptest::collection::vec(any::<String>(), 2..6)) {
            let mut out = String::new();
            row(&mut out, &cells);
            let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(out.as_bytes());
            let read: Vec<_> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(read.len(), 1);
            for (written, read) in cells.iter().zip(&read[0]) {
                prop_assert_eq!(read.strip_prefix('\'').filter(|_| !written.starts_with('\'')).unwrap_or(read), written);
            }
        }
    }
}
