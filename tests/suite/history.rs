//! `sourcebook history`: a record through commits, from file to file and through a merge.

use std::process::Command;

use crate::program::Dossier;

fn git(dossier: &Dossier, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(dossier.path("")).args([
        "-c",
        "user.name=Ada L.",
        "-c",
        "user.email=a@b.example",
        "-c",
        "commit.gpgsign=false",
    ]);
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?} {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(dossier: &Dossier, path: &str, text: &str, why: &str) {
    dossier.write(path, text);
    git(dossier, &["add", "-A"]);
    git(dossier, &["commit", "-q", "-m", why]);
}

#[test]
fn a_record_is_followed_by_its_id() {
    let dossier = Dossier::new(&[("site.toml", "title = \"T\"\n")]);
    git(&dossier, &["init", "-q", "-b", "main"]);
    let sheet = |name: &str| format!("actors:\n  kim: {{ name: {name} }}\n");
    commit(&dossier, "content/a.yaml", &sheet("Kim"), "first");
    commit(&dossier, "content/a.yaml", "actors:\n  # tidied\n  kim:\n    name: 'Kim'\n", "layout alone");
    git(&dossier, &["mv", "content/a.yaml", "content/b.yaml"]);
    git(&dossier, &["commit", "-q", "-m", "another file"]);
    git(&dossier, &["checkout", "-q", "-b", "side"]);
    commit(&dossier, "content/b.yaml", &sheet("Kim Jong-un"), "full name\n\nand more");
    git(&dossier, &["checkout", "-q", "main"]);
    commit(&dossier, "content/c.yaml", "actors:\n  other: { name: O }\n", "beside");
    git(&dossier, &["merge", "-q", "--no-ff", "-m", "merged", "side"]);
    commit(&dossier, "content/b.yaml", "actors: {}\n", "gone");
    let output = dossier.run(&["history", "kim", "--json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let told = |version: &serde_json::Value| {
        let field = &version["fields"][0];
        let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
        [&version["what"], &version["why"], &version["sheet"], &field["before"], &field["after"], &version["by"]]
            .map(text)
    };
    let found: Vec<_> = json["versions"].as_array().unwrap().iter().map(told).collect();
    let expect = [
        ["added", "first", "content/a.yaml", "-", "Kim", "Ada L."],
        ["changed", "full name", "content/b.yaml", "'Kim'", "Kim Jong-un", "Ada L."],
        ["removed", "gone", "-", "Kim Jong-un", "-", "Ada L."],
    ];
    assert_eq!(found, expect.map(|row| row.map(str::to_owned)));
    let said = String::from_utf8(dossier.run(&["history", "kim"]).stdout).unwrap();
    assert!(said.contains("changed in content/b.yaml, by Ada L.: full name"), "{said}");
    assert!(said.contains("  -   'Kim'\n  +   Kim Jong-un\n"), "{said}");
    assert_eq!(dossier.run(&["history", "nobody"]).status.code(), Some(2));
    assert_eq!(dossier.run(&["history", "--upload-pack=x"]).status.code(), Some(2));
}

#[test]
fn without_a_repository_there_is_no_history() {
    let dossier = Dossier::new(&[("site.toml", "title = \"T\"\n")]);
    let output =
        dossier.command(&["history", "kim"]).env("GIT_CEILING_DIRECTORIES", dossier.path("..")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("git"));
}

const SITE: &str = "title = \"T\"\nbase_url = \"https://example.org/d\"\nlanguage = \"en\"\n";

/// A dossier of which a claim was changed, by Ada, in a repository of git.
fn changed(table: &str) -> Dossier {
    let dossier = Dossier::new(&[("site.toml", &format!("{SITE}{table}"))]);
    git(&dossier, &["init", "-q", "-b", "main"]);
    let sheet = |statement: &str, quote: &str| {
        format!(
            "actors:\n  ann: {{ name: Ann }}\nsources:\n  paper: {{ title: P, capture: secret-file.txt }}\nclaims:\n  ten:\n    \
             statement: {statement}\n    by: ann\n    on: 2024-06-02\n    # a remark\n    evidence: {{ source: paper, quote: {quote} }}\n"
        )
    };
    commit(&dossier, "content/a.yaml", &sheet("Ten <!-- why --> came.", "ten came at last"), "first");
    commit(&dossier, "content/a.yaml", &sheet("Twelve came.", "twelve came"), "the number was misread <b>");
    dossier
}

fn without_git(dossier: &Dossier) -> String {
    let output = dossier.command(&["build"]).env("PATH", "").output().unwrap();
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn what_a_record_said_before_has_a_page() {
    let dossier = changed("[history]\n");
    dossier.expect(&["build"], 0);
    let page = dossier.read("public/claims/ten/history/index.html");
    for part in [
        "<del><span class=\"sign\">− <span class=\"visually-hidden\">Before:</span></span>Ten  came.</del>",
        "<ins><span class=\"sign\">+ <span class=\"visually-hidden\">After:</span></span>Twelve came.</ins>",
        "ten came at last",
        "by Ada L.",
        "the number was misread &lt;b&gt;",
        "Ann: Twelve came.",
        "prov:wasRevisionOf",
        "noindex",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("remark") && !page.contains("why --") && !page.contains("secret-file"), "{page}");
    let record = dossier.read("public/claims/ten/index.html");
    assert!(record.contains("history/index.html\">1 change to this record, on "), "{record}");
    let feed = dossier.read("public/changes.xml");
    assert!(feed.contains("<title>Record changed: "), "{feed}");
    assert!(feed.contains("the number was misread &lt;b&gt; (statement, evidence)"), "{feed}");
    assert!(!dossier.path("public/actors/ann/history").exists(), "nothing of it changed");
    assert!(!dossier.read("public/sitemap.xml").contains("history"));
    // The same commit, in another clone, gives the same page.
    let other = Dossier::new(&[]);
    git(&dossier, &["clone", "-q", dossier.path("").to_str().unwrap(), other.path("").to_str().unwrap()]);
    other.expect(&["build"], 0);
    assert_eq!(other.read("public/claims/ten/history/index.html"), page);
    // What is not committed has no date: it is only said that it is there.
    let sheet = dossier.read("content/a.yaml").replace("Twelve came", "Thirteen came");
    dossier.write("content/a.yaml", &sheet);
    dossier.expect(&["build"], 0);
    assert!(dossier.read("public/claims/ten/history/index.html").contains("history.uncommitted"));
}

#[test]
fn what_is_told_of_the_past_can_be_bounded() {
    let dossier = changed("[history]\nauthors = false\n");
    dossier.expect(&["build"], 0);
    assert!(!dossier.read("public/claims/ten/history/index.html").contains("Ada"));
    let table = |dossier: &Dossier, table: &str| dossier.write("site.toml", &format!("{SITE}[history]\n{table}\n"));
    table(&dossier, "except = ['ten']");
    dossier.expect(&["build"], 0);
    assert!(!dossier.path("public/claims/ten/history").exists());
    table(&dossier, "since = '9999-01-01'");
    dossier.expect(&["build"], 0);
    assert!(!dossier.path("public/claims/ten/history").exists());
    table(&dossier, "except = ['tenn']");
    assert!(dossier.expect(&["build"], 1).contains("no record has the id `tenn`"));
}

/// A quote that was cut is published where it was changed, and no leak.
#[test]
fn what_was_quoted_before_is_no_leak() {
    let words = "one two three four five six seven eight nine ten eleven twelve";
    let site = format!("{SITE}[captures]\ndir = 'captures'\n[history]\n");
    let dossier = Dossier::new(&[("site.toml", &site), ("captures/p.txt", words), (".gitignore", "captures\n")]);
    git(&dossier, &["init", "-q", "-b", "main"]);
    let sheet = |quote: &str| {
        format!(
            "sources:\n  paper: {{ title: P, capture: p.txt }}\nclaims:\n  ten: {{ statement: S, evidence: {{ source: paper, quote: {quote} }} }}\n"
        )
    };
    commit(&dossier, "content/a.yaml", &sheet(words), "first");
    commit(&dossier, "content/a.yaml", &sheet("one two three"), "shorter");
    dossier.expect(&["build"], 0);
    assert!(dossier.read("public/claims/ten/history/index.html").contains("eleven twelve"));
    let note = format!(
        "{}    note: {words}\n",
        "sources:\n  paper: { title: P, capture: p.txt }\nclaims:\n  ten:\n    statement: S\n    evidence: { source: paper, quote: one two three }\n"
    );
    commit(&dossier, "content/a.yaml", &note, "a mistake");
    commit(&dossier, "content/a.yaml", &sheet("one two three"), "mended");
    // In the versions that are shown, the words still were a quote of the first; without it they are nobody's.
    dossier.write("site.toml", &format!("{site}since = '9999-01-01'\n"));
    dossier.expect(&["build"], 0);
}

#[test]
fn a_past_that_is_not_there_is_told() {
    let dossier = changed("[history]\n");
    let said = without_git(&dossier);
    assert!(said.contains("no-history") && said.contains("git cannot be run"), "{said}");
    assert!(!dossier.path("public/claims/ten/history").exists());
    let shallow = Dossier::new(&[]);
    let from = format!("file://{}", dossier.path("").to_str().unwrap());
    git(&dossier, &["clone", "-q", "--depth", "1", &from, shallow.path("").to_str().unwrap()]);
    let said = shallow.expect(&["build"], 0);
    assert!(said.contains("the clone is shallow") && said.contains("fetch-depth: 0"), "{said}");
    assert!(!shallow.path("public/claims/ten/history").exists(), "what it lacks is not told as if it had not been");
}

#[test]
fn a_site_that_does_not_ask_for_it_asks_no_git() {
    let dossier = changed("");
    let said = without_git(&dossier);
    assert!(!said.contains("git"), "{said}");
    assert!(!dossier.path("public/claims/ten/history").exists());
    assert!(!dossier.read("public/changes.xml").contains("<entry>"));
}
