//! One base for every path: whatever folder a command is typed in, and however it names the dossier.

use std::process::{Command, Output, Stdio};

use crate::program::Dossier;

const SITE: &str = "title = \"T\"\nlanguage = \"en\"\n[captures]\ndir = \"captures\"\n[deploy.folder]\nkind = \"folder\"\npath = \"../deployed\"\n";
const SHEET: &str = "sources:\n  paper: { title: Paper, published: 2024-06-03, url: 'https://example.org/', capture: paper.txt }\nclaims:\n  \
                     said: { statement: Ten., on: 2024-06-02, evidence: { source: paper, quote: QUOTE, locator: § 1 } }\n";
const CAPTURE: &str =
    "There were ten of them, says the mayor of the town by the sea, and nobody else was there to see it.";
const HOME: &str = "---\ntitle: Home\n---\nSaid [@said]. TEXT\n";

/// The dossier in `d/`, beside it an empty folder and a file to import.
fn dossier(quote: &str, text: &str) -> Dossier {
    Dossier::new(&[
        ("d/site.toml", SITE),
        ("d/content/index.md", &HOME.replace("TEXT", text)),
        ("d/content/sheet.yaml", &SHEET.replace("QUOTE", quote)),
        ("d/captures/paper.txt", CAPTURE),
        ("elsewhere/works.bib", "@article{other, title={Other}, date={2024-01-02}}"),
        ("elsewhere/page.html", "<title>Saved</title><p>Words of a page"),
    ])
}

/// Runs a command from each of three folders, with the dossier named from there and from the root of the disk, and
/// where it is in the dossier not at all. `FILE.` stands for a path in `elsewhere/` as it is from there.
#[track_caller]
fn everywhere(quote: &str, text: &str, arguments: &[&str], expect: impl Fn(&Output, &Dossier, &str)) {
    for (folder, relative, files) in
        [(".", "d", "elsewhere/"), ("d/content", "..", "../../elsewhere/"), ("elsewhere", "../d", "")]
    {
        for root in [Some(relative.to_owned()), None, Some("/".to_owned())] {
            let dossier = dossier(quote, text);
            let mut command = Command::new(env!("CARGO_BIN_EXE_sourcebook"));
            command.current_dir(dossier.path(folder)).stdin(Stdio::null());
            match root.as_deref() {
                None if folder != "d/content" => continue,
                None => {}
                Some("/") => drop(command.arg("--root").arg(dossier.path("d"))),
                Some(relative) => drop(command.arg("--root").arg(relative)),
            }
            command.args(arguments.iter().map(|a| a.replace("FILE.", files)));
            let said = format!("{arguments:?} in {folder} with {root:?}");
            expect(&command.output().unwrap(), &dossier, &said);
        }
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn ends(arguments: &[&str], status: i32, file: Option<&str>) {
    everywhere("There were ten of them", "", arguments, |output, dossier, said| {
        assert_eq!(output.status.code(), Some(status), "{said}: {}", stderr(output));
        assert!(!stderr(output).contains("captures-absent"), "{said}: {}", stderr(output));
        if let Some(file) = file {
            assert!(dossier.path(file).exists(), "{said} makes {file}");
        }
    });
}

#[test]
fn a_false_quote_is_found_from_everywhere() {
    for command in ["check", "build", "verify"] {
        everywhere("There were nine of them", "", &[command], |output, _, said| {
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(stderr(output).contains("quote-absent"), "{said}: {}", stderr(output));
        });
    }
}

#[test]
fn private_words_are_guarded_from_everywhere() {
    let private = "The mayor of the town by the sea, and nobody else was there to see it.";
    for command in ["check", "build"] {
        everywhere("There were ten of them", private, &[command], |output, dossier, said| {
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(stderr(output).contains("[leak]"), "{said}: {}", stderr(output));
            assert!(!dossier.path("d/public/index.html").exists(), "{said}");
        });
    }
}

#[test]
fn every_command_finds_its_way_from_everywhere() {
    ends(&["check"], 0, None);
    ends(&["build"], 0, Some("d/public/index.html"));
    ends(&["verify"], 0, Some("d/captures.lock"));
    ends(&["export", "json"], 0, None);
    ends(&["import", "FILE.works.bib"], 0, Some("d/content/works.yaml"));
    ends(&["new", "source", "FILE.page.html", "--id", "saved"], 0, Some("d/captures/saved.html"));
    ends(&["new", "actor", "ada"], 0, Some("d/content/actors.yaml"));
}

#[cfg(feature = "deploy")]
#[test]
fn a_deploy_finds_its_way_from_everywhere() {
    ends(&["deploy", "folder"], 0, Some("deployed/index.html"));
}

#[test]
fn paths_of_the_command_line_are_from_where_it_is_typed() {
    for (folder, output, made) in [(".", "out", "out"), ("elsewhere", "../d/out", "d/out"), ("d", "out", "d/out")] {
        let dossier = dossier("There were ten of them", "");
        let root = dossier.path("d");
        std::fs::rename(dossier.path("d/captures"), dossier.path("elsewhere/private")).unwrap();
        let captures = match folder {
            "elsewhere" => "private",
            "." => "elsewhere/private",
            _ => "../elsewhere/private",
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_sourcebook"));
        command.current_dir(dossier.path(folder)).arg("--root").arg(root);
        let output = command.args(["--captures", captures, "build", "--output", output]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{folder}: {}", stderr(&output));
        assert!(dossier.path(made).join("index.html").exists(), "{folder}");
        assert!(!stderr(&output).contains("captures-absent"), "{}", stderr(&output));
    }
}

#[test]
fn a_captures_folder_that_is_named_and_absent_is_told() {
    let dossier = dossier("There were ten of them", "");
    std::fs::remove_dir_all(dossier.path("d/captures")).unwrap();
    for command in ["build", "check"] {
        let said = dossier.expect(&["--root", "d", command], 0);
        assert!(said.contains("the captures folder `captures` is not there: no quote is looked up"), "{said}");
        assert!(said.contains("no page is searched for words of captures"), "{said}");
        // A build tells the rest in one line.
        assert!(
            said.contains(if command == "check" { "quote-unverified" } else { "`sourcebook check` tells" }),
            "{said}"
        );
        let said = dossier.expect(&["--root", "d", "--captures", "nowhere", command], 2);
        assert!(said.contains("--captures `nowhere`: there is no such folder"), "{said}");
    }
    dossier.write("d/captures", "a file");
    assert!(dossier.expect(&["--root", "d", "check"], 0).contains("is not there"));
}

#[test]
fn captures_that_git_keeps_are_told() {
    let dossier = dossier("There were ten of them", "");
    let git = |arguments: &[&str]| {
        let run = Command::new("git").current_dir(dossier.path("d")).args(arguments).output();
        run.is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q"]) {
        return;
    }
    assert!(!dossier.expect(&["--root", "d", "check"], 0).contains("capture-tracked"));
    assert!(git(&["add", "."]));
    assert!(dossier.expect(&["--root", "d", "check"], 0).contains("git keeps this capture"));
}
