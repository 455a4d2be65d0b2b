//! The program itself: exit statuses, what it writes, what it leaves alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use crate::driver::files_below;

/// A folder of its own for each dossier, gone with it.
pub(crate) struct Dossier(PathBuf);

impl Drop for Dossier {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A dossier that builds: an article with an old URL, a draft, an asset, records, a theme file.
pub(crate) const SOUND: &[(&str, &str)] = &[
    (
        "site.toml",
        "title = \"T\"\nlanguage = \"en\"\n[paths]\nactors = \"people\"\n[[milestones]]\ndate = \"2024-07-01\"\ntitle = \"M\"\n",
    ),
    ("content/index.md", "---\ntitle: Home\n---\nWelcome to [[essay]].\n"),
    (
        "content/essay.md",
        "---\ntitle: Essay\naliases: [/old/essay/]\n---\nSaid [@said] by [[kim]].\n\n![Logo](img/logo.png)\n",
    ),
    ("content/draft.md", "---\ntitle: Draft\ndraft: true\n---\nNot yet.\n"),
    ("content/img/logo.png", "not really an image"),
    (
        "content/sheet.yaml",
        "actors:\n  kim: { name: Kim }\nevents:\n  signing: { title: Signing, date: 2024-06, actors: [kim] }\nplaces:\n  \
         town: { name: Town }\nsources:\n  paper: { title: Paper, published: 2024-06-03 }\nquestions:\n  many: { text: How many? }\n\
         claims:\n  said:\n    statement: Ten.\n    by: kim\n    on: 2024-06-02\n    answers: { many: 10 }\n    evidence: { source: paper, quote: ten }\n",
    ),
];

impl Dossier {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("sourcebook-suite-{}-{number}", std::process::id()));
        let dossier = Self(root);
        files.iter().for_each(|(path, text)| dossier.write(path, text));
        dossier
    }

    fn sound() -> Self {
        Self::new(SOUND)
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        std::fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        std::fs::write(self.path(path), text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sourcebook"));
        command.args(arguments).current_dir(&self.0).stdin(Stdio::null()).env_remove("SOURCE_DATE_EPOCH");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Builds, and expects an exit status; gives what was said.
    #[track_caller]
    fn build(&self, status: i32) -> String {
        self.expect(&["build"], status)
    }

    #[track_caller]
    pub(crate) fn expect(&self, arguments: &[&str], status: i32) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{said}");
        said
    }

    /// What stands in the output: bytes by path, without what is ours.
    fn output(&self) -> BTreeMap<String, Vec<u8>> {
        output(&self.path("public"))
    }

    fn changed(&self) -> BTreeMap<String, SystemTime> {
        let root = self.path("public");
        let time = |path: &PathBuf| std::fs::metadata(path).unwrap().modified().unwrap();
        files_below(&root).iter().map(|p| (name(&root, p), time(p))).filter(|(n, _)| !n.starts_with('.')).collect()
    }
}

fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap().to_str().unwrap().to_owned()
}

fn output(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = files_below(root).into_iter().map(|path| (name(root, &path), std::fs::read(path).unwrap()));
    files.filter(|(name, _)| !name.starts_with('.')).collect()
}

#[test]
fn a_sound_dossier() {
    let dossier = Dossier::sound();
    dossier.build(0);
    let output = dossier.output();
    for path in [
        "index.html",
        "essay/index.html",
        "old/essay/index.html",
        "people/index.html",
        "people/kim/index.html",
        "img/logo.png",
        "events/signing/index.html",
        "places/town/index.html",
        "sources/paper/index.html",
        "questions/many/index.html",
        "claims/said/index.html",
        "articles/index.html",
        "timeline/index.html",
        "disagreements/index.html",
        "as-of/2024-07-01/index.html",
        "404.html",
    ] {
        assert!(output.contains_key(path), "{path} is missing of {:?}", output.keys());
    }
    assert!(!output.contains_key("draft/index.html"));
    assert!(!output.keys().any(|path| path.starts_with("actors")), "renamed segments leave nothing behind");
    assert_eq!(output["img/logo.png"], b"not really an image");
    assert!(dossier.read("public/old/essay/index.html").contains("../../essay/index.html"));
    assert!(dossier.read("public/essay/index.html").contains("../people/kim/index.html"));
}

#[test]
fn drafts_are_built_when_asked_for() {
    let dossier = Dossier::sound();
    dossier.expect(&["build", "--drafts"], 0);
    assert!(dossier.output().contains_key("draft/index.html"));
    dossier.build(0);
    assert!(!dossier.output().contains_key("draft/index.html"));
}

#[test]
fn exit_statuses() {
    let dossier = Dossier::sound();
    dossier.build(0);
    dossier.expect(&["biuld"], 2);
    dossier.expect(&["build", "--what"], 2);
    dossier.expect(&["build", "--root", "nowhere"], 2);
    dossier.expect(&["--help"], 0);
    dossier.expect(&["--version"], 0);
    dossier.write("content/bad.md", "no front matter");
    assert!(dossier.build(1).contains("bad-front-matter"));
    let elsewhere = Dossier::new(&[("a/b.txt", "")]);
    assert!(elsewhere.build(2).contains("site.toml"));
}

#[test]
fn faults_write_nothing() {
    let dossier = Dossier::sound();
    dossier.write("content/bad.md", "no front matter");
    dossier.build(1);
    assert!(!dossier.path("public").exists());
    std::fs::remove_file(dossier.path("content/bad.md")).unwrap();
    dossier.build(0);
    let (before, times) = (dossier.output(), dossier.changed());
    dossier.write("content/sheet.yaml", "actors:\n  kim: { nam: Kim }\n");
    dossier.build(1);
    assert_eq!((dossier.output(), dossier.changed()), (before.clone(), times.clone()));
    // A fault that comes up only while pages are made, when others have been.
    dossier.write("content/sheet.yaml", SOUND[5].1);
    dossier.write("themes/default/templates/claim.html", "{{ claim.nothing }}");
    assert!(dossier.build(1).contains("template-fault"));
    assert_eq!((dossier.output(), dossier.changed()), (before, times));
}

#[test]
fn unchanged_files_are_left_alone_and_orphans_removed() {
    let dossier = Dossier::sound();
    dossier.build(0);
    let before = dossier.changed();
    std::thread::sleep(Duration::from_millis(30));
    dossier.build(0);
    assert_eq!(dossier.changed(), before);
    let page = dossier.read("public/people/kim/index.html");
    dossier.write("public/people/kim/index.html", "what another hand wrote");
    dossier.build(0);
    assert_eq!(dossier.read("public/people/kim/index.html"), page, "pages are mended, though no input changed");
    let before = dossier.changed();
    dossier.write("content/img/logo.png", "another");
    dossier.write("content/note.md", "---\ntitle: Note\n---\nNew.\n");
    dossier.build(0);
    let after = dossier.changed();
    assert_ne!(after["img/logo.png"], before["img/logo.png"]);
    assert_eq!(after["people/kim/index.html"], before["people/kim/index.html"]);
    assert!(after.contains_key("note/index.html"));
    std::fs::remove_file(dossier.path("content/note.md")).unwrap();
    dossier.build(0);
    assert!(!dossier.path("public/note").exists(), "an empty folder goes with its page");
}

#[test]
fn a_foreign_folder_is_refused() {
    let dossier = Dossier::sound();
    dossier.write("public/mine.txt", "precious");
    dossier.build(2);
    assert_eq!(dossier.output().into_keys().collect::<Vec<_>>(), ["mine.txt"]);
    assert_eq!(dossier.read("public/mine.txt"), "precious");
    dossier.expect(&["build", "--output", "content"], 2);
    assert_eq!(dossier.read("content/essay.md"), SOUND[2].1);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let dossier = Dossier::sound();
    dossier.build(0);
    let first = dossier.output();
    let mut reversed: Vec<_> = SOUND.to_vec();
    reversed.reverse();
    let other = Dossier::new(&reversed);
    let mut command = other.command(&["build"]);
    let settings = [
        ("RAYON_NUM_THREADS", "1"),
        ("TZ", "Pacific/Auckland"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "C"),
        ("SOURCE_DATE_EPOCH", "1"),
    ];
    assert!(command.envs(settings).status().unwrap().success());
    assert_eq!(other.output(), first);
    let mut command = other.command(&["build"]);
    assert_eq!(command.env("SOURCE_DATE_EPOCH", "yesterday").output().unwrap().status.code(), Some(2));
}

#[test]
fn the_dossier_is_found_from_below_and_by_name() {
    let dossier = Dossier::sound();
    let status = dossier.command(&["build"]).current_dir(dossier.path("content/img")).status().unwrap();
    assert!(status.success());
    let first = dossier.output();
    assert!(first.contains_key("index.html"));
    let elsewhere = Dossier::new(&[("x", "")]);
    elsewhere.expect(&["build", "--root", dossier.0.to_str().unwrap(), "--output", "site"], 0);
    assert_eq!(output(&elsewhere.path("site")), first);
}

#[test]
fn a_killed_build_is_mended_by_the_next() {
    let dossier = Dossier::sound();
    for n in 0..400 {
        dossier.write(&format!("content/many/a{n}.md"), &format!("---\ntitle: A{n}\n---\nText {n} of [[kim]].\n"));
    }
    dossier.build(0);
    let old = dossier.output();
    for n in 0..400 {
        dossier
            .write(&format!("content/many/a{n}.md"), &format!("---\ntitle: B{n}\n---\nOther text {n} of [[kim]].\n"));
    }
    let reference = Dossier::new(&[]);
    dossier.expect(&["build", "--output", reference.path("public").to_str().unwrap()], 0);
    let new = reference.output();
    for milliseconds in [5, 40, 90, 140, 200, 260, 320] {
        let mut child = dossier.command(&["build"]).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        let _ = child.kill();
        child.wait().unwrap();
        for (path, bytes) in dossier.output() {
            let whole = old.get(&path) == Some(&bytes) || new.get(&path) == Some(&bytes);
            assert!(whole, "{path} is neither old nor new after {milliseconds} ms");
        }
    }
    dossier.build(0);
    assert_eq!(dossier.output(), new);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_dossier_are_not_followed() {
    let secret = Dossier::new(&[("secret.md", "---\ntitle: Secret\n---\n"), ("folder/secret.txt", "secret")]);
    let dossier = Dossier::sound();
    std::os::unix::fs::symlink(secret.path("secret.md"), dossier.path("content/secret.md")).unwrap();
    std::os::unix::fs::symlink(secret.path("folder"), dossier.path("content/folder")).unwrap();
    std::os::unix::fs::symlink("nowhere", dossier.path("content/broken.png")).unwrap();
    let said = dossier.expect(&["build", "--format", "short"], 1);
    let found: Vec<_> = said.lines().filter(|line| line.contains("error[")).collect();
    assert_eq!(
        found,
        [
            "error[unreadable-file]: `content/broken.png`: the link leads nowhere",
            "error[unreadable-file]: `content/folder`: the link leads out of the dossier",
            "error[unreadable-file]: `content/secret.md`: the link leads out of the dossier",
        ]
    );
    assert!(!dossier.path("public").exists());
}

/// Every format, as the program lists them: its name and its file under `data/`.
fn formats(dossier: &Dossier) -> Vec<(String, String)> {
    let listed = String::from_utf8(dossier.run(&["export"]).stdout).unwrap();
    let words = listed.lines().map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    words.map(|words| (words[0].clone(), format!("data/{}", words[1]))).collect()
}

#[test]
fn an_export_is_the_file_of_the_site() {
    let dossier = Dossier::sound();
    dossier.build(0);
    let output = dossier.output();
    let formats = formats(&dossier);
    let written: Vec<_> = output.keys().filter(|path| path.starts_with("data/")).collect();
    assert_eq!(written.len(), formats.len(), "{written:?}");
    for (format, file) in &formats {
        let printed = dossier.run(&["export", format]);
        assert_eq!(printed.status.code(), Some(0), "{format}");
        assert!(printed.stdout == output[file] && printed.stderr.is_empty(), "{format}");
        for _ in 0..2 {
            let quiet = dossier.run(&["export", format, "--output", "exported"]);
            assert!(quiet.status.success() && quiet.stdout.is_empty() && quiet.stderr.is_empty(), "{format}");
            assert!(std::fs::read(dossier.path("exported")).unwrap() == output[file], "{format}");
        }
    }
}

#[test]
fn an_export_that_fails_prints_nothing_else() {
    let dossier = Dossier::sound();
    let check = |arguments: &[&str], status: i32, said: &str| {
        let output = dossier.run(arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{error}");
        assert!(output.stdout.is_empty() && error.contains(said), "{error}");
    };
    check(&["export", "jsn"], 2, "json");
    check(&["export", "--output", "x"], 2, "FORMAT");
    check(&["export", "json", "--output", "no/such/folder/x"], 2, "no/such/folder");
    dossier.write("content/more.md", "---\ntitle: More\n---\nBy [[nobody]].\n");
    check(&["export", "json"], 1, "unknown-id");
    check(&["export", "json", "--output", "x"], 1, "unknown-id");
    assert!(!dossier.path("x").exists());
    let draft = |arguments: &[&str]| String::from_utf8(dossier.run(arguments).stdout).unwrap().contains("\"draft\"");
    std::fs::remove_file(dossier.path("content/more.md")).unwrap();
    assert!(draft(&["export", "json", "--drafts"]) && !draft(&["export", "json"]));
}

#[test]
fn diagnostics_in_every_format() {
    let dossier = Dossier::sound();
    dossier.write("content/bad.yaml", "actors:\n  x: { nam: X, name: Y }\n");
    let said = dossier.build(1);
    for part in ["unknown-key", "content/bad.yaml:2:8", "did you mean `name`?", "nam: X"] {
        assert!(said.contains(part), "{part} is missing:\n{said}");
    }
    assert!(dossier.expect(&["build", "--format", "short"], 1).contains("content/bad.yaml:2:8: error[unknown-key]"));
    for format in ["json", "sarif"] {
        let out = dossier.run(&["build", "--format", format]).stdout;
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert!(value.to_string().contains("unknown-key"), "{value}");
    }
    let github = String::from_utf8(dossier.run(&["build", "--format", "github"]).stdout).unwrap();
    assert!(github.contains("::error file=content/bad.yaml,line=2,"), "{github}");
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let dossier = Dossier::sound();
    dossier.write("content/bad.md", "no front matter");
    let mut child =
        dossier.command(&["build", "--format", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

#[test]
fn people_are_told_one_warning_of_each_rule() {
    let dossier = Dossier::new(&[
        ("site.toml", "title = \"A\"\nlanguage = \"en\"\n"),
        ("content/index.md", "---\ntitle: A\n---\n"),
        ("content/a.yaml", "actors:\n  a: { name: TO DO }\n  b: { name: TO DO }\n  c: { name: TO DO }\n"),
    ]);
    let count = |said: &str| said.matches("[to-do]").count();
    let said = dossier.expect(&["check"], 0);
    assert!(count(&said) == 1 && said.contains("and 2 more of `to-do`: `--all` shows them"), "{said}");
    assert_eq!(count(&dossier.expect(&["check", "--all"], 0)), 3);
    assert_eq!(count(&dossier.expect(&["check", "--format", "short"], 0)), 3);
    let said = dossier.expect(&["build"], 0);
    assert!(count(&said) == 0 && said.contains("`sourcebook check` tells"), "{said}");
}
