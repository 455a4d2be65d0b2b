//! Too much of one source quoted.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::evidence::find::{Finding, find};
use crate::evidence::words::words;
use crate::model::SourceIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "quote-share",
    level: Level::Warn,
    about: "Many short quotations can add up to a whole article. All quotations from one source together may hold at \
            most `[quotes] max_share` of its capture's words (a third unless `site.toml` says otherwise; words quoted \
            twice count once). Only seen where the capture is at hand; published texts (`text`, with `rights`) are \
            left alone.",
    example: "\
# in site.toml, for a dossier that quotes long reports
[quotes]
max_share = 0.1
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    let most = cx.parsed.config.quotes.max_share;
    for (i, source) in cx.dossier.sources.iter().enumerate().filter(|(_, s)| s.text.is_none()) {
        let ix = SourceIx::at(i);
        let Some((quoted, all)) = share(cx, ix) else { continue };
        let share = quoted as f64 / all.max(1) as f64;
        if share > most {
            let message = format!("the quotations hold {quoted} of this source's {all} words, {}", percent(share));
            sink.add(ix.into(), source.head.id.span, message)
                .help(format!("quote less of it: {} are allowed (`[quotes] max_share`)", percent(most)));
        }
    }
}

/// To a tenth, and upwards: what is told to exceed never reads like what is allowed.
fn percent(share: f64) -> String {
    let tenths = (share * 1000.0 - 1e-6).ceil();
    format!("{} %", tenths / 10.0)
}

/// How many words of a source's capture are quoted, and how many it has.
fn share(cx: &Cx<'_>, source: SourceIx) -> Option<(usize, usize)> {
    let capture = cx.capture(source)?;
    let mut ranges = Vec::new();
    for &(claim, n) in &cx.dossier[source].claims {
        let evidence = &cx.dossier[claim].evidence[n];
        let locator = evidence.locator.as_ref().map(|l| &*l.value);
        let quote = evidence.quote.as_ref().map(|quote| find(&quote.value, capture, locator));
        if let Some(Finding::Verbatim { hit, .. }) = quote {
            ranges.extend(hit.ranges);
        }
    }
    let level = capture.level();
    // In order: how far the ones that begin before a word reach tells whether one of them holds it.
    ranges.sort_unstable_by_key(|range| range.start);
    let mut reach = 0;
    for range in &mut ranges {
        reach = range.end.max(reach);
        range.end = reach;
    }
    let is_quoted = |at: usize| {
        let next = ranges.partition_point(|range| range.start <= at);
        next.checked_sub(1).is_some_and(|last| at < ranges[last].end)
    };
    let places: Vec<_> = words(level.text()).map(|word| level.original(word).start).collect();
    Some((places.iter().filter(|at| is_quoted(**at)).count(), places.len()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn quotes_leave_most_unquoted() {
        let fixture = "
    == site.toml
    title = 'T'
    quotes = { max_share = 0.5 }
    == captures/a.txt
    one two three four
    five six seven eight
    == content/a.yaml
    sources:
      some: { title: A, capture: a.txt }
      most: { title: A, capture: a.txt }
      ^^^^ the quotations hold 6 of this source's 8 words, 75 %
    claims:
      a: { statement: A, evidence: [{ source: most, quote: one two three four }, { source: most, quote: four five six }] }
      b: { statement: A, evidence: [{ source: some, quote: one two three four }, { source: some, quote: four }] }
    ";
        check(&RULE, fixture);
    }

    #[test]
    fn shares_that_exceed_never_read_like_the_allowed_one() {
        let expect = |share: f64, told: &str| assert_eq!(super::percent(share), told);
        expect(0.75, "75 %");
        expect(0.33, "33 %");
        expect(115.0 / 345.0, "33.4 %");
        expect(0.330_001, "33.1 %");
        expect(1.0, "100 %");
    }
}
