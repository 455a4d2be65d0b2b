//! A text that cites what no longer stands.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::check::sentences;
use crate::check::words::{find_any, fold};
use crate::model::kinds::SourceStanding;
use crate::model::language::Language;
use crate::model::prose::Prose;
use crate::model::state::{self, Lapse};
use crate::model::{ClaimIx, Dossier, Ref};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "cites-corrected",
    level: Level::Warn,
    about: "A sentence cites a claim that was since corrected, withdrawn or replaced, or a text that was corrected or \
            retracted: the note says so, and the sentence goes on as if nothing had happened. Say in the text what became \
            of it. What says so (« withdrew », « corrigé », « zurückgenommen ») is the sentence itself, to its full stop or \
            semicolon, or the one of its paragraph that says so without citing anything else that lapsed, of the last such \
            sentence before it. It also passes where the paragraph cites what replaces the claim, or what its status gives \
            as the reason. The texts of records (summaries, notes, reasons) are read like those of articles.",
    example: "\
# at fault, in an article; the ministry has since spoken of 20 (`supersedes: [twenty-five]`)
# Twenty-five people came [@twenty-five].
# mended
# The ministry first spoke of twenty-five people [@twenty-five], then of twenty [@twenty].
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for of in cx.dossier.all() {
        for prose in cx.dossier.prose_of(of).into_iter().filter(|prose| !prose.outline.citations.is_empty()) {
            for block in blocks(prose) {
                in_block(cx, sink, of, prose, &block);
            }
        }
    }
}

/// A sentence, or what stands for one outside running text.
struct Sentence<'t> {
    /// Whether its words say that something no longer stands.
    tells: bool,
    /// What it cites, and where.
    cited: Vec<(&'t Range<usize>, Ref)>,
}

/// The paragraphs of a text that cite something, sentence by sentence; outside of paragraphs each line is one by itself:
/// an item of a list, a row of a table, a heading.
fn blocks(prose: &Prose) -> Vec<Vec<Sentence<'_>>> {
    let items = prose.outline.citations.iter().flat_map(|citation| citation.items.iter().map(|_| &citation.range));
    let mut cited: Vec<_> = items.zip(&prose.notes).filter_map(|(range, note)| Some((range, note.target?))).collect();
    cited.sort_by_key(|(range, _)| range.start);
    let mut paragraphs = prose.outline.paragraphs.iter().peekable();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some((range, _)) = cited.get(at) {
        while paragraphs.next_if(|paragraph| paragraph.range.end <= range.start).is_some() {}
        let parts = match paragraphs.peek().filter(|paragraph| paragraph.range.start <= range.start) {
            Some(paragraph) => at_semicolons(prose, sentences::of_paragraph(prose, paragraph)),
            None => vec![line(&prose.text, range.start)],
        };
        let end = parts.last().map_or(range.end, |last| last.end.max(range.end));
        let here = &cited[at..at + cited[at..].partition_point(|(range, _)| range.start < end)];
        found.push(parts.iter().map(|part| Sentence::new(prose, part, here)).collect());
        at += here.len();
    }
    found
}

/// The line of a text that a byte stands in.
fn line(text: &str, at: usize) -> Range<usize> {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    before.rfind('\n').map_or(0, |end| end + 1)..at + after.find('\n').unwrap_or(after.len())
}

/// Sentences, cut at the semicolons that do not stand in a citation.
fn at_semicolons(prose: &Prose, sentences: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let citations = &prose.outline.citations;
    let is_cited = |at: usize| citations[..citations.partition_point(|c| c.range.start <= at)].last();
    let mut found = Vec::new();
    for sentence in sentences {
        let mut from = sentence.start;
        for (at, _) in prose.text[sentence.clone()].match_indices(';') {
            let at = sentence.start + at;
            if is_cited(at).is_none_or(|citation| !citation.range.contains(&at)) {
                found.push(from..at);
                from = at;
            }
        }
        found.push(from..sentence.end);
    }
    found
}

impl<'t> Sentence<'t> {
    fn new(prose: &Prose, part: &Range<usize>, cited: &[(&'t Range<usize>, Ref)]) -> Self {
        let from = cited.partition_point(|(range, _)| range.start < part.start);
        let cited = &cited[from..from + cited[from..].partition_point(|(range, _)| range.start < part.end)];
        // An id is no word: `[@withdrawn-figure]` tells nothing.
        let (mut words, mut at) = (String::with_capacity(part.len()), part.start);
        for (range, _) in cited {
            words.push_str(prose.text.get(at..range.start).unwrap_or_default());
            at = range.end.min(part.end).max(at);
        }
        words.push_str(prose.text.get(at..part.end).unwrap_or_default());
        Self { tells: tells(&fold(&words)), cited: cited.to_vec() }
    }
}

fn in_block(cx: &Cx<'_>, sink: &mut Sink, of: Ref, prose: &Prose, block: &[Sentence<'_>]) {
    let mut all: BTreeSet<Ref> = block.iter().flat_map(|sentence| &sentence.cited).map(|(_, target)| *target).collect();
    all.insert(of);
    let lapsed: Vec<Vec<_>> = block
        .iter()
        .map(|sentence| {
            let gone = |(range, target): &(_, Ref)| Some((*range, *target, gone(cx.dossier, *target, &all)?));
            sentence.cited.iter().filter(|(_, target)| *target != of).filter_map(gone).collect()
        })
        .collect();
    let mut told = vec![false; block.len()];
    for (n, _) in block.iter().enumerate().filter(|(_, sentence)| sentence.tells) {
        let before = || (0..n).rev().find(|before| !lapsed[*before].is_empty());
        let next = || Some(n + 1).filter(|next| *next < block.len());
        if let Some(of) = Some(n).filter(|n| !lapsed[*n].is_empty()).or_else(before).or_else(next) {
            told[of] = true;
        }
    }
    for (range, target, (message, help)) in
        lapsed.into_iter().zip(told).filter(|(_, told)| !told).flat_map(|(all, _)| all)
    {
        sink.add(of, prose.span(range, &cx.parsed.files), message).also(target).help(help);
    }
}

/// Whether words of any language say that something no longer stands.
fn tells(folded: &str) -> bool {
    Language::all_rules().any(|rules| find_any(folded, rules.vocabulary.lapses).is_some())
}

/// What became of something cited, and what to do, unless its paragraph tells of what replaces it.
fn gone(dossier: &Dossier, target: Ref, beside: &BTreeSet<Ref>) -> Option<(String, String)> {
    let id = dossier.id(target);
    match target {
        Ref::Claim(ix) => match state::lapsed(dossier, ix, None) {
            Some(_) if replacements(dossier, ix).iter().any(|by| beside.contains(&Ref::Claim(*by))) => None,
            // The paragraph cites what the sheet gives as the reason: it tells of it.
            Some(_) if reasons(dossier, ix).any(|of| beside.contains(&of)) => None,
            Some(lapsed) => Some(lapse(dossier, id, lapsed.how, &lapsed.by)),
            None => {
                let text = state::unsound(dossier, ix, None)?;
                let source = dossier.id(text.source.into());
                let message = format!("`{id}` rests on `{source}`, a text that was {} since", text.is.as_str());
                Some((message, "say so, or rest the sentence on another text".to_owned()))
            }
        },
        Ref::Source(ix) => {
            let is = state::standing(dossier, ix, None);
            let message = format!("`{id}` was {} since", is.as_str());
            (is != SourceStanding::Current).then(|| (message, "say so, or cite another text".to_owned()))
        }
        _ => None,
    }
}

/// The claims that replace one, through chains of them.
fn replacements(dossier: &Dossier, ix: ClaimIx) -> BTreeSet<ClaimIx> {
    let (mut found, mut open) = (BTreeSet::new(), vec![ix]);
    while let Some(next) = open.pop() {
        let by = dossier[next].back.superseded_by.iter().map(|relation| relation.claim);
        open.extend(by.filter(|by| *by != ix && found.insert(*by)));
    }
    found
}

/// What the reason of a claim's status cites.
fn reasons(dossier: &Dossier, ix: ClaimIx) -> impl Iterator<Item = Ref> {
    let because = dossier[ix].status.as_ref().and_then(|status| status.because.as_ref());
    because.into_iter().flat_map(|because| because.notes.iter().filter_map(|note| note.target))
}

fn lapse(dossier: &Dossier, id: &str, how: Lapse, by: &[ClaimIx]) -> (String, String) {
    let became = match how {
        Lapse::Superseded => "replaced",
        Lapse::Corrected => "corrected",
        Lapse::Withdrawn => "withdrawn",
        Lapse::Retracted => "retracted with its text",
    };
    let help = match by.first() {
        Some(by) => format!("cite `{}`, which replaces it, beside it or in its place", dossier.id((*by).into())),
        None => "say what became of it, or leave it out".to_owned(),
    };
    (format!("`{id}` was {became} since, and the text does not say so"), help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn what_no_longer_stands_is_not_cited_as_if_it_did() {
        check(
            &RULE,
            "
    == content/a.yaml
    sources:
      s: { title: S }
      gone: { title: G, status: { is: retracted } }
      mended: { title: M, status: { is: corrected } }
    claims:
      old: { statement: A, evidence: { source: s } }
      new: { statement: B, supersedes: [old], evidence: { source: s } }
      back: { statement: C, status: { is: withdrawn }, evidence: { source: s } }
      lost: { statement: D, evidence: { source: gone } }
      rest: { statement: E, evidence: { source: mended } }
      kept: { statement: F, evidence: [{ source: s }, { source: gone }] }
    == content/b.md
    ---
    title: B
    ---
    It was so [@old]. It is so [@new].

    It was so [@old].
              ^^^^^^ `old` was replaced since, and the text does not say so

    It was [@back; @lost].
           ^^^^^^^^^^^^^^ `back` was withdrawn since, and the text does not say so
           ^^^^^^^^^^^^^^ `lost` was retracted with its text since, and the text does not say so

    It rests on little [@rest]. It rests on more [@kept]. Read on [@gone].
                       ^^^^^^^ `rest` rests on `mended`, a text that was corrected since
                                                 ^^^^^^^ `kept` rests on `gone`, a text that was retracted since
                                                                  ^^^^^^^ `gone` was retracted since

    It was so [@back], and she took that back.
    ",
        );
    }

    #[test]
    fn what_is_said_of_one_claim_is_not_said_of_another() {
        check(
            &RULE,
            "
    == content/a.yaml
    sources: { s: { title: S } }
    questions:
      q: { text: Why?, summary: \"Few came [@old].\" }
                                          ^^^^^^ `old` was replaced since, and the text does not say so
    claims:
      first: { statement: A, evidence: { source: s } }
      old: { statement: A, supersedes: [first], evidence: { source: s } }
      new: { statement: B, supersedes: [old], note: 'Unlike [@old].', evidence: { source: s } }
      withdrawn-one: { statement: C, status: { is: withdrawn }, note: 'As [@withdrawn-one] has it.', evidence: { source: s } }
    == content/b.md
    ---
    title: B
    ---
    Twenty-five came [@old]. Ann took back what she had said [@withdrawn-one].
                     ^^^^^^ `old` was replaced since, and the text does not say so

    Twenty-five came [@old]; Ann took back what she had said [@withdrawn-one].
                     ^^^^^^ `old` was replaced since, and the text does not say so

    Ann said so [@withdrawn-one].
                ^^^^^^^^^^^^^^^^ `withdrawn-one` was withdrawn since, and the text does not say so

    Thirty came [@first], then twenty [@new].

    Twenty-five came [@old]. The ministry corrected that figure a week later.

    The ministry corrected its figure. It had been twenty-five [@old].

    - Twenty-five came [@old]
                       ^^^^^^ `old` was replaced since, and the text does not say so
    - Ann [@withdrawn-one] has withdrawn her words

    | who |
    | --- |
    | Ann [@withdrawn-one] |
          ^^^^^^^^^^^^^^^^ `withdrawn-one` was withdrawn since, and the text does not say so
    | Bob [@old], since corrected |
    ",
        );
    }
}
