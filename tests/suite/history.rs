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
