use super::cells::{Told, of_text};
use super::columns::{Names, kind_of};
use super::compare::{Outcome, compare};
use super::write::csv;
use sourcebook_core::model::kinds::Kind;
use std::collections::BTreeSet;

const SHEET: &str = "\
# Of the bridge.
claims:
  # The first.
  safe:
    statement: The bridge was safe; so he says.
    by: [ann, bob]
    on: 2024-05-01
    answers: { how-many: ~11000, when: { date: 2024-05, inferred: by us } }
    evidence:
      source: paper  # by hand
      quote: >-
        it was safe when I
        walked over it
      locator: § 2
  shut:
    statement: It is shut.
    evidence:
      - { source: paper, quote: it is shut, locator: § 1 }
      - { source: other, quote: shut since May, language: fr }
";

fn sheets() -> Vec<(String, String)> {
    vec![("content/a.yaml".to_owned(), SHEET.to_owned())]
}

fn read(table: &str, names: &Names) -> Outcome {
    let table = of_text(table, names).unwrap();
    let keys: Vec<_> = table.header.iter().map(|name| names.key(name)).collect();
    let taken: BTreeSet<String> = ["safe", "shut", "paper", "other", "ann", "bob"].map(str::to_owned).into();
    compare(&table, kind_of(&keys).unwrap(), names, &sheets(), &taken)
}

fn applied(outcome: &Outcome) -> String {
    outcome
        .changed
        .iter()
        .fold(SHEET.to_owned(), |text, change| change.apply(&text).unwrap_or_else(|| panic!("{change:?}")))
}

#[test]
fn what_is_written_is_read_without_a_change() {
    for kind in Kind::ALL {
        let outcome = read_kind(&csv(&sheets(), *kind), *kind);
        assert!(outcome.changed.is_empty() && outcome.new.is_empty() && outcome.told.is_empty(), "{outcome:#?}");
    }
}

fn read_kind(table: &str, kind: Kind) -> Outcome {
    compare(&of_text(table, &Names::default()).unwrap(), kind, &Names::default(), &sheets(), &BTreeSet::new())
}

#[test]
fn a_changed_cell_is_a_changed_field_and_nothing_else() {
    let table = csv(&sheets(), Kind::Claim)
        .replace("It is shut.", "It has been shut.")
        .replace("shut since May", "closed since May")
        .replace("ann; bob", "bob");
    let outcome = read(&table, &Names::default());
    let said: Vec<_> = outcome.changed.iter().map(|c| format!("{} {}: {} > {}", c.id, c.field, c.was, c.is)).collect();
    assert_eq!(
        said,
        [
            "safe by: ann; bob > bob",
            "shut statement: It is shut. > It has been shut.",
            "shut evidence 2: quote: shut since May > closed since May",
        ]
    );
    let expect = SHEET
        .replace("It is shut.", "It has been shut.")
        .replace("shut since May", "closed since May")
        .replace("[ann, bob]", "bob");
    assert_eq!(applied(&outcome), expect);
}

#[test]
fn rows_are_added_and_never_taken_away() {
    let outcome = read(
        "id;statement;by;source;quote;locator\nsafe;;;;;\n;A new, long claim;ann;paper;\"one quote\nanother quote\";\"§ 1\n§ 2\"\n;;;other;third;\n",
        &Names::default(),
    );
    assert!(outcome.changed.is_empty(), "{:#?}", outcome.changed);
    assert_eq!(outcome.new[0].id, "new-long-claim");
    assert_eq!(
        outcome.new[0].fields,
        "statement: \"A new, long claim\"\nby: ann\nevidence:\n  - { source: paper, quote: one quote, locator: § 1 }\n  \
         - { source: paper, quote: another quote, locator: § 2 }\n  - { source: other, quote: third }\n"
    );
}

#[test]
fn a_row_without_an_id_is_known_again_by_what_it_is_called() {
    let outcome = read("statement,by\nIt is shut.,ann\n", &Names::default());
    assert!(outcome.new.is_empty());
    assert_eq!(outcome.changed.iter().map(|c| &*c.field).collect::<Vec<_>>(), ["by"]);
}

#[test]
fn more_evidence_of_a_claim_that_is_there() {
    let outcome = read(
        "id,source,quote,statement\nsafe,paper,it was safe when I walked over it,\nsafe,other,it was safe,\n",
        &Names::default(),
    );
    assert_eq!(outcome.changed.len(), 1, "{:#?}", outcome.changed);
    let text = applied(&outcome);
    assert!(
        text.contains("    - source: paper  # by hand\n")
            && text.contains("    - { source: other, quote: it was safe }\n"),
        "{text}"
    );
}

#[test]
fn names_of_columns_are_mapped_and_the_separator_is_theirs() {
    let names = Names::new([("Aussage".to_owned(), "statement".to_owned()), ("Wer".to_owned(), "by".to_owned())]);
    let outcome = read("Aussage;Wer;Bemerkung\nEins, zwei und mehr;ann;x\n", &names);
    assert_eq!(outcome.new[0].fields, "statement: \"Eins, zwei und mehr\"\nby: ann\n");
    assert_eq!(outcome.told.iter().map(|t| &*t.column).collect::<Vec<_>>(), ["Bemerkung"]);
}

#[test]
fn what_is_odd_is_told_and_never_guessed() {
    let check = |table: &str, row: usize, what: &str| {
        let outcome = read(table, &Names::default());
        assert!(
            outcome.told.iter().any(|Told { row: r, what: w, .. }| *r == row && w.contains(what)),
            "{table}: {:#?}",
            outcome.told
        );
    };
    check("id,statement,on\na,A,3/4/2024\n", 2, "write 2024-04-03 (day 3, month 4) or 2024-03-04 (day 4, month 3)");
    check("id,statement\nA b,A\n", 2, "cannot be an id");
    check("id,statement\npaper,A\n", 2, "something else");
    check("statement,by\n,ann\n", 2, "neither which record");
    check("id,statement\na,A,B,C\n", 2, "columns");
    check("id,statement,statement\na,A,B\n", 1, "second column");
}
