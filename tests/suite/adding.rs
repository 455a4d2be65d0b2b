//! `import`, `new RECORD`, `completions` and `man`, by the program itself: what is written, what is left alone, and that
//! a dossier builds with it.

use std::process::Command;

use crate::driver::files_below;
use crate::program::Dossier;

const SITE: &str = "title = \"T\"\nlanguage = \"en\"\n[captures]\ndir = \"captures\"\n";
const SHEET: &str = "# Mine\nactors:\n  journal: { name: Le Journal } # the paper\n\nsources:\n  known:\n    title: Known\n    url: https://known.example/a\n    # to the end\n";

fn dossier() -> Dossier {
    Dossier::new(&[
        ("site.toml", SITE),
        ("content/sheet.yaml", SHEET),
        ("content/essay.md", "---\ntitle: Essay\n---\nSaid [@known] by [[journal]].\n"),
    ])
}

const BIB: &str = "@online{one, title={One}, url={https://one.example/}, date={2024-10-23}, author={Le Journal}}\n@misc{two, title={Known}, url={http://known.example/a/}}\n@misc{journal, title={Three}, file={:home/x.pdf:pdf}}\n";

#[test]
fn what_is_imported_builds_and_is_imported_once() {
    let dossier = dossier();
    dossier.write("refs.bib", BIB);
    let said = dossier.expect(&["import", "refs.bib"], 0);
    for part in [
        "2 sources added to content/refs.yaml, 1 there already",
        "`two` is there already: `known` (content/sheet.yaml:6) has the same address",
        "`journal` is something else (content/sheet.yaml:3): the new source is `journal-2`",
        "`file` is left out",
    ] {
        assert!(said.contains(part), "{part} is missing:\n{said}");
    }
    let sheet = dossier.read("content/refs.yaml");
    assert_eq!(
        sheet,
        "sources:\n  one:\n    title: One\n    type: webpage\n    author: [journal]  # Le Journal\n    published: 2024-10-23\n    url: https://one.example/\n\n  journal-2:\n    title: Three\n    type: document\n"
    );
    dossier.expect(&["check"], 0);
    dossier.expect(&["build"], 0);
    let said = dossier.expect(&["import", "refs.bib"], 0);
    assert!(said.contains("nothing to add, 3 there already"), "{said}");
    assert_eq!(dossier.read("content/refs.yaml"), sheet);
}

#[test]
fn an_import_adds_to_a_sheet_and_changes_nothing_of_it() {
    let dossier = dossier();
    dossier.write("refs.ris", "TY  - NEWS\nTI  - New\nPY  - 2024/10/23/\nER  - \n");
    let output = dossier.run(&["import", "refs.ris", "--to", "content/sheet.yaml", "--dry-run"]);
    let would = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        would,
        format!("{SHEET}\n  new:\n    title: New\n    type: article-newspaper\n    published: 2024-10-23\n")
    );
    assert_eq!(dossier.read("content/sheet.yaml"), SHEET);
    dossier.expect(&["import", "refs.ris", "--to", "content/sheet.yaml"], 0);
    assert_eq!(dossier.read("content/sheet.yaml"), would);
    dossier.expect(&["check"], 0);
}

#[test]
fn what_cannot_be_read_is_told_and_left_out() {
    let dossier = dossier();
    let before = files_below(&dossier.path("."));
    dossier.write("bad.bib", "@misc{a, title = {A} year 1}\n@misc{b, title = {B}}\n@misc{c, title = }\n");
    let said = dossier.expect(&["import", "bad.bib", "--format", "short"], 1);
    let found: Vec<_> = said.lines().filter(|line| line.contains("error[")).collect();
    assert_eq!(
        found,
        [
            "bad.bib:1:22: error[bibtex-syntax]: this entry cannot be read, and is left out: expected a comma here",
            "bad.bib:3:18: error[bibtex-syntax]: this entry cannot be read, and is left out: expected a value here",
        ],
        "{said}"
    );
    assert!(said.contains("1 source added to content/bad.yaml"), "{said}");
    assert_eq!(dossier.read("content/bad.yaml"), "sources:\n  b:\n    title: B\n    type: document\n");
    // A file of which nothing can be read changes nothing.
    dossier.write("worse.bib", "@misc{a, title = {A} year 1}\n");
    dossier.expect(&["import", "worse.bib"], 1);
    dossier.expect(&["import", "nowhere.bib"], 2);
    dossier.expect(&["import", "bad.bib", "--to", "../outside.yaml"], 1);
    dossier.write("fine.bib", "@misc{d, title = {D}}");
    for to in ["outside.yaml", "../x.yaml", "content/x.md", "content/.hidden.yaml", "content"] {
        dossier.expect(&["import", "fine.bib", "--to", to], 2);
    }
    dossier.write("words.txt", "words");
    dossier.expect(&["import", "words.txt"], 2);
    assert_eq!(files_below(&dossier.path(".")).len(), before.len() + 5);
    // A sheet that cannot be read may hold any id.
    dossier.write("content/broken.yaml", "actors: {");
    dossier.expect(&["import", "fine.bib"], 1);
}

const PAGE: &str = "<!doctype html><html lang=en><head><title>x</title><meta property='og:title' content='A long title of a page of more than eight words in a row'>\
<meta property='og:site_name' content='Le Journal'><meta property='article:published_time' content='2024-10-23T10:00:00Z'>\
<link rel=canonical href='https://page.example/a'></head><body><p>What it says.</p></body></html>";

#[test]
fn a_saved_page_becomes_a_source_with_its_capture() {
    let dossier = dossier();
    dossier.write("saved page.html", PAGE);
    let mut command = dossier.command(&["new", "source", "saved page.html"]);
    let output = command.env("SOURCE_DATE_EPOCH", "1732000000").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sheet = dossier.read("content/sheet.yaml");
    let added = sheet.strip_prefix(SHEET).unwrap();
    let hash = sourcebook_core::evidence::sha256::Sha256::of(PAGE.as_bytes());
    assert_eq!(
        added,
        format!(
            "\n  le-journal-2024-10-23:\n    title: A long title of a page of more than eight words in a row  # from og:title\n    \
             type: webpage  # since nothing says more\n    publisher: journal  # Le Journal; from og:site_name\n    \
             published: 2024-10-23  # from article:published_time\n    accessed: 2024-11-19  # today\n    \
             url: https://page.example/a  # from <link rel=canonical>\n    language: en  # from <html lang>\n    capture:\n      \
             file: le-journal-2024-10-23.html\n      sha256: {hash}\n      on: 2024-11-19  # today; the page does not say when it was saved\n      \
             method: saved page\n"
        )
    );
    assert_eq!(dossier.read("captures/le-journal-2024-10-23.html"), PAGE);
    dossier.write(
        "content/claims.yaml",
        "claims:\n  c: { statement: C, evidence: { source: le-journal-2024-10-23, quote: What it says } }\n",
    );
    dossier.expect(&["verify"], 0);
    dossier.expect(&["build"], 0);
    let shown = dossier.read("public/sources/le-journal-2024-10-23/index.html");
    assert!(
        !shown.contains("le-journal-2024-10-23.html") && !shown.contains("from og:title"),
        "private words are published"
    );
    // Again: it is there.
    let said = dossier.expect(&["new", "source", "saved page.html"], 2);
    assert!(said.contains("there already: `le-journal-2024-10-23`"), "{said}");
    assert_eq!(dossier.read("content/sheet.yaml"), sheet);
}

#[test]
fn captures_are_never_overwritten() {
    let dossier = dossier();
    dossier.write("captures/mine.html", "<title>Other</title>");
    dossier.write("page.html", "<title>Page</title>");
    dossier.expect(&["new", "source", "page.html", "--id", "mine", "--url", "https://mine.example/"], 0);
    assert_eq!(dossier.read("captures/mine.html"), "<title>Other</title>");
    assert_eq!(dossier.read("captures/mine-2.html"), "<title>Page</title>");
    // One that lies among the captures stays where it is.
    dossier.write("captures/deep/there.html", "<title>There</title>");
    dossier.expect(&["new", "source", "captures/deep/there.html"], 0);
    assert!(dossier.read("content/sheet.yaml").contains("file: deep/there.html"));
    for bad in [
        &["new", "source", "page.html", "--url", "javascript:x"][..],
        &["new", "source", "page.html", "--id", "known"],
        &["new", "source", "page.html", "--id", "No"],
    ] {
        dossier.expect(bad, 2);
    }
    dossier.expect(&["check"], 0);
}

#[test]
fn every_record_can_be_begun() {
    let dossier = dossier();
    for kind in ["actor", "event", "place", "question", "claim", "source"] {
        dossier.expect(&["new", kind], 0);
        let id: &[&str] =
            if kind == "source" { &["new", kind, "--id", "my-source"] } else { &["new", kind, &format!("my-{kind}")] };
        let id = if kind == "claim" { [id, &["--source", "known"]].concat() } else { id.to_vec() };
        dossier.expect(&id, 0);
    }
    assert!(dossier.read("content/sheet.yaml").starts_with(
        "# Mine\nactors:\n  journal: { name: Le Journal } # the paper\n\n  new-actor:\n    name: TO DO\n"
    ));
    let said = dossier.expect(&["check", "--format", "short"], 0);
    assert_eq!(said.matches("warning[to-do]").count(), 12, "{said}");
    dossier.expect(&["build"], 0);
    let sheet = dossier.read("content/sheet.yaml");
    for refused in [
        &["new", "actor", "journal"][..],
        &["new", "actor", "Bad_Id"],
        &["new", "claim", "c", "--source", "knwon"],
        &["new", "claim", "d"],
    ] {
        dossier.expect(refused, 2);
    }
    assert_eq!(dossier.read("content/sheet.yaml"), sheet);
    dossier.expect(&["new", "--root", ".", "actor", "by-root"], 0);
    dossier.expect(&["new", "folder", "actor", "x"], 2);
    dossier.expect(&["new", "--language", "fr", "actor", "x"], 2);
    dossier.expect(&["new", "place", "here", "--to", "content/new/places.yaml"], 0);
    assert!(dossier.read("content/new/places.yaml").starts_with("places:\n  here:\n    name: TO DO\n"));
}

#[test]
fn a_claim_of_a_new_dossier_brings_its_source() {
    let dossier = Dossier::new(&[("site.toml", SITE)]);
    dossier.expect(&["new", "claim"], 0);
    assert!(dossier.read("content/claims.yaml").contains("source: new-source\n"));
    dossier.expect(&["build"], 0);
}

#[test]
fn a_folder_of_a_records_name() {
    let dossier = Dossier::new(&[("x", "")]);
    dossier.expect(&["new", "actor"], 2);
    dossier.expect(&["new", "./actor", "--language", "fr"], 0);
    assert!(dossier.path("actor/site.toml").is_file());
    dossier.expect(&["new"], 2);
}

#[test]
fn what_the_dossier_exports_it_has() {
    let dossier = dossier();
    let sheet = "sources:\n  a: { title: \"Où\u{a0}?\", published: 2024-06~, author: [Kim Jong-un] }\n  b: { title: B, published: { date: 2024, inferred: so } }\n";
    dossier.write("content/more.yaml", sheet);
    for (format, file) in [("bibtex", "own.bib"), ("csl", "own.json"), ("ris", "own.ris")] {
        dossier.expect(&["export", format, "--output", file], 0);
        let said = dossier.expect(&["import", file], 0);
        assert!(said.contains("nothing to add, 3 there already"), "{said}");
    }
}

/// Bash reads the script, and completes commands, records, options and formats with it.
#[test]
fn bash_completes() {
    let dossier = Dossier::new(&[("x", "")]);
    let script = String::from_utf8(dossier.run(&["completions", "bash"]).stdout).unwrap();
    dossier.write("complete.bash", &script);
    let complete = |words: &str| {
        let run = format!(
            "source ./complete.bash; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=(); _sourcebook sourcebook \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; echo ${{COMPREPLY[*]}}"
        );
        let output = Command::new("bash").args(["--norc", "-c", &run]).current_dir(dossier.path(".")).output().unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    assert!(Command::new("bash").arg("-n").arg(dossier.path("complete.bash")).status().unwrap().success());
    assert_eq!(complete("sourcebook imp"), "import");
    assert_eq!(complete("sourcebook new act"), "actor");
    assert_eq!(complete("sourcebook import --dry"), "--dry-run");
    assert_eq!(complete("sourcebook import --from ''"), "bibtex csl ris");
    assert_eq!(complete("sourcebook completions z"), "zsh");
}

/// Other shells' scripts, read by these shells where that needs no more than to read them.
#[test]
fn other_shells_read_their_scripts() {
    let dossier = Dossier::new(&[("x", "")]);
    for (shell, check) in
        [("zsh", Some(["zsh", "-n"])), ("fish", Some(["fish", "--no-execute"])), ("elvish", None), ("powershell", None)]
    {
        let script = dossier.run(&["completions", shell]).stdout;
        assert_eq!(script, dossier.run(&["completions", shell]).stdout);
        let script = String::from_utf8(script).unwrap();
        assert!(script.contains("sourcebook") && script.contains("import"), "{shell}");
        if let Some([program, option]) = check {
            dossier.write("script", &script);
            let output = Command::new(program)
                .arg(option)
                .arg(dossier.path("script"))
                .output()
                .unwrap_or_else(|e| panic!("{program}: {e}"));
            assert!(
                output.status.success() && output.stderr.is_empty(),
                "{program}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
    }
    dossier.expect(&["completions", "cmd"], 2);
}

#[test]
fn manual_pages_are_read_without_a_warning() {
    let dossier = Dossier::new(&[("x", "")]);
    dossier.expect(&["man", "--to", "man1"], 0);
    let pages = files_below(&dossier.path("man1"));
    let names: Vec<_> = pages.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    for name in [
        "sourcebook.1",
        "sourcebook-build.1",
        "sourcebook-import.1",
        "sourcebook-new.1",
        "sourcebook-new-claim.1",
        "sourcebook-man.1",
    ] {
        assert!(names.contains(&name), "{name} is missing of {names:?}");
    }
    for page in &pages {
        let output =
            Command::new("groff").args(["-man", "-ww", "-Tutf8", "-K", "utf8"]).arg(page).output().expect("groff");
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{}: {}",
            page.display(),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(String::from_utf8_lossy(&output.stdout).contains("sourcebook"));
    }
    assert_eq!(String::from_utf8(dossier.run(&["man"]).stdout).unwrap(), dossier.read("man1/sourcebook.1"));
}

#[test]
fn works_without_a_title_are_known_again() {
    let dossier = Dossier::new(&[
        ("site.toml", "title = \"T\"\nlanguage = \"en\"\n"),
        ("content/index.md", "---\ntitle: Home\n---\nHello.\n"),
        (
            "a.ris",
            "TY  - GEN\nAU  - Roe, Ann\nPY  - 2019\nER  - \n\nTY  - GEN\nAU  - Roe, Ann\nPY  - 2019\nER  - \n\nTY  - GEN\nPY  - 2018\nER  - \n",
        ),
    ]);
    let said = dossier.expect(&["import", "a.ris"], 0);
    assert!(said.contains("3 sources added"), "{said}");
    let before = dossier.read("content/a.yaml");
    let said = dossier.expect(&["import", "a.ris", "--to", "content/a.yaml"], 0);
    assert!(said.contains("nothing to add, 3 there already"), "{said}");
    assert_eq!(dossier.read("content/a.yaml"), before);
}
