//! Records in tables: written, edited elsewhere, and brought back; and words that people marked elsewhere.

use crate::program::Dossier;

const SITE: &str =
    "title = \"T\"\nlanguage = \"en\"\n[captures]\ndir = \"captures\"\n[import.columns]\n\"Who says so\" = \"by\"\n";
const SHEET: &str = "\
# Kept as it is.
actors:
  ann: { name: Ann }
sources:
  paper: { title: Paper, url: https://example.org/a, capture: paper.txt }
claims:
  # By hand.
  said: { statement: There were ten., by: ann, evidence: { source: paper, quote: ten of them, locator: § 1 } } # why
";

fn dossier() -> Dossier {
    Dossier::new(&[
        ("site.toml", SITE),
        ("content/index.md", "---\ntitle: Home\n---\nSaid [@said].\n"),
        ("content/sheet.yaml", SHEET),
        ("captures/paper.txt", "There were ten of them.\n\nEleven came later, and twelve at night.\n"),
    ])
}

#[test]
fn a_table_goes_out_and_comes_back() {
    let dossier = dossier();
    dossier.expect(&["export", "table", "claims", "--output", "claims.csv"], 0);
    assert!(dossier.expect(&["import", "claims.csv"], 0).contains("nothing to add, nothing changed"));
    let table = dossier.read("claims.csv").replace("There were ten.", "Ten were there.");
    dossier.write("claims.csv", &format!("{table},Eleven came.,ann,,,,,,paper,Eleven came later,,§ 2\n"));
    let said = dossier.expect(&["import", "claims.csv"], 0);
    assert!(said.contains("  - statement: There were ten.\n  + statement: Ten were there."), "{said}");
    assert!(said.contains("1 fields changed, 1 claims new: nothing is written"), "{said}");
    assert_eq!(dossier.read("content/sheet.yaml"), SHEET);
    dossier.expect(&["import", "claims.csv", "--apply"], 0);
    let expect = SHEET.replace("There were ten.", "Ten were there.");
    let new = "\n  eleven-came:\n    statement: Eleven came.\n    by: ann\n    evidence: { source: paper, quote: Eleven came later, locator: § 2 }\n";
    assert_eq!(dossier.read("content/sheet.yaml"), format!("{expect}{new}"));
    assert!(dossier.expect(&["import", "claims.csv"], 0).contains("nothing to add, nothing changed"));
}

/// Files that openpyxl 3.1.5 and odfpy 1.4.1 wrote: `fixtures/tables/make.py`.
#[test]
fn what_spreadsheets_hide_or_make_of_dates_is_told() {
    let dossier = dossier();
    let folder = crate::driver::suite().join("fixtures/tables");
    let import = |name: &str| {
        std::fs::copy(folder.join(name), dossier.path(name)).unwrap();
        dossier.expect(&["import", name], 0)
    };
    let said = import("openpyxl.xlsx");
    for told in [
        "row 3, `statement`: words are struck through here",
        "row 4: this row is hidden",
        "row 5, `locator`: the spreadsheet made a date of it (2024-03-04)",
        "row 6, `statement`: words are struck through here",
        "row 8: evidence with neither source nor quote",
        "row 9, `on`: a day before March 1900",
        "row 10, `on`: the time of day is left out",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let sheet = dossier.read("content/sheet.yaml");
    assert!(sheet.contains("    on: 2024-06-03\n") && !sheet.contains("1900-01"), "{sheet}");
    import("mac.xlsx");
    let sheet = dossier.read("content/sheet.yaml");
    assert!(sheet.contains("    statement: Mac day claim\n    on: 2024-06-03\n"), "the 1904 system: {sheet}");
    let said = import("odfpy.ods");
    assert!(said.contains("row 5, `quote`: this lies unseen") && said.contains("row 4: this row is hidden"), "{said}");
    let sheet = dossier.read("content/sheet.yaml");
    assert!(sheet.contains("    on: 1871-01-18\n") && !sheet.contains("Struck"), "{sheet}");
}

#[test]
fn columns_are_mapped_and_faults_are_not_written() {
    let dossier = dossier();
    dossier.write("new.csv", "statement;Who says so;source;Remark\nTwelve, at night;ann;paper;x\n");
    let said = dossier.expect(&["import", "new.csv"], 0);
    assert!(said.contains("row 1, `Remark`: is no field of a claim"), "{said}");
    assert!(dossier.read("content/sheet.yaml").contains("statement: \"Twelve, at night\"\n    by: ann\n"));
    let before = dossier.read("content/sheet.yaml");
    dossier.write("bad.csv", "statement,by,source\nA thing,nobody-there,paper\n");
    assert!(dossier.expect(&["import", "bad.csv"], 1).contains("unknown-id"));
    assert_eq!(dossier.read("content/sheet.yaml"), before);
}

#[test]
fn what_people_marked_becomes_claims_to_fill_in() {
    let dossier = dossier();
    let row = |exact: &str| {
        format!(
            "{{\"uri\": \"https://example.org/a\", \"text\": \"see [@x]\", \"target\": [{{\"source\": \"https://example.org/a\", \
             \"selector\": [{{\"type\": \"TextQuoteSelector\", \"exact\": \"{exact}\"}}]}}]}}"
        )
    };
    dossier.write("marks.json", &format!("{{\"rows\": [{}, {}]}}", row("ten of them"), row("twelve at night")));
    let said = dossier.expect(&["import", "marks.json"], 0);
    assert!(said.contains("1 claims to fill in and 0 sources added to content/sheet.yaml, 1 quoted already"), "{said}");
    let sheet = dossier.read("content/sheet.yaml");
    assert!(
        sheet.contains("      source: paper\n      quote: twelve at night\n      locator: § 2\n    note: "),
        "{sheet}"
    );
    assert!(dossier.expect(&["check"], 0).contains("to-do"));
}
