//! Each name that a command touches is, one after the other, something else: nothing outside is otherwise, nothing hangs,
//! nothing panics, and where the command cannot do its work it says so.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::scratch::{Scratch, said};

/// What stands in the place of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    ToFile,
    ToFolder,
    Dangling,
    Absolute,
    Folder,
    Pipe,
    NoRights,
    Hard,
}

const SHAPES: &[Shape] = &[
    Shape::ToFile,
    Shape::ToFolder,
    Shape::Dangling,
    Shape::Absolute,
    Shape::Folder,
    Shape::Pipe,
    Shape::NoRights,
    Shape::Hard,
];

const DOSSIER: &[&str] = &[
    "d/site.toml",
    "d/content",
    "d/content/index.md",
    "d/content/sheet.yaml",
    "d/content/img",
    "d/content/img/logo.png",
    "d/captures",
    "d/captures/paper.txt",
    "d/captures.lock",
    "d/themes",
    "d/themes/default/templates",
    "d/.git",
    "d/.git/index",
];

const OUTPUT: &[&str] = &[
    "d/public",
    "d/public/index.html",
    "d/public/index.html.gz",
    "d/public/claims",
    "d/public/claims/said/index.html",
    "d/public/new-name",
    "d/public/.sourcebook",
    "d/public/.sourcebook/lock",
    "d/public/.sourcebook/manifest",
    "d/public/.sourcebook/manifest.new",
    "d/public/.sourcebook/stamp",
    "d/public/.sourcebook/stamp.new",
    "d/public/.sourcebook/recipe",
    "d/public/.sourcebook/derived",
    "d/public/.sourcebook/new",
];

const DEPLOYED: &[&str] = &[
    "deployed/index.html",
    "deployed/claims",
    "deployed/claims/said",
    "deployed/.sourcebook",
    "deployed/.sourcebook/deployed",
    "deployed/.sourcebook/new-1b4f0e9851971998e732078544c96b36c3d01cedf7caa332359d6f1d83567014",
];

/// Commands, and the names that each touches besides the dossier's.
const COMMANDS: &[(&[&str], &[&str])] = &[
    (&["build"], OUTPUT),
    (&["check"], &[]),
    (&["check", "--links"], &["d/.sourcebook-links.json"]),
    (&["verify"], &["d/captures.lock.new~", "d/.captures.lock.new~"]),
    (&["verify", "--archives"], &["d/.sourcebook-archives.json"]),
    (&["archive"], &[]),
    (&["new", "actor", "ada"], &["d/content/actors.yaml", "d/content/sheet.yaml.new~"]),
    (
        &["new", "claim", "--source", "paper", "--to", "content/more/claims.yaml"],
        &["d/content/more", "d/content/more/claims.yaml"],
    ),
    (
        &["new", "source", "../elsewhere/page.html", "--id", "saved"],
        &["d/captures/saved.html", "d/captures/.gitignore", "d/content/sheet.yaml.new~"],
    ),
    (&["capture", "other", "../elsewhere/text.txt"], &["d/captures/other.txt", "d/captures/.gitignore"]),
    (&["import", "../elsewhere/works.bib"], &["d/content/works.yaml"]),
    (&["export", "json"], &[]),
    (&["deploy"], DEPLOYED),
    (&["serve", "--port", "0"], &[]),
    (&["schema"], &[]),
    (&["explain", "quote-absent"], &[]),
];

/// Puts it there; `false` where it would be no other than it is.
fn put(scratch: &Scratch, name: &str, shape: Shape) {
    let path = scratch.path(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let was_folder = path.is_dir();
    match was_folder {
        true => std::fs::remove_dir_all(&path).unwrap(),
        false => drop(std::fs::remove_file(&path)),
    }
    let up = "../".repeat(Path::new(name).components().count() - 1);
    match shape {
        Shape::ToFile => symlink(format!("{up}outside/precious"), &path).unwrap(),
        Shape::ToFolder => symlink(format!("{up}outside"), &path).unwrap(),
        Shape::Dangling => symlink(format!("{up}outside/gone"), &path).unwrap(),
        Shape::Absolute => symlink(scratch.path("outside"), &path).unwrap(),
        Shape::Folder => {
            std::fs::create_dir(&path).unwrap();
            std::fs::write(path.join("inner"), "somebody's").unwrap();
        }
        Shape::Pipe => assert!(Command::new("mkfifo").arg(&path).status().unwrap().success()),
        Shape::NoRights if was_folder => {
            std::fs::create_dir(&path).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).unwrap();
        }
        Shape::NoRights => {
            std::fs::write(&path, "closed").unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).unwrap();
        }
        Shape::Hard => std::fs::hard_link(scratch.path("outside/precious"), &path).unwrap(),
    }
}

fn check(arguments: &[&str], name: &str, shape: Shape) {
    let scratch = Scratch::used();
    // Something to write.
    scratch.write("d/content/more.md", "---\ntitle: More\n---\nMore.\n");
    put(&scratch, name, shape);
    let before = scratch.seen("outside");
    let output = match shape {
        Shape::NoRights => scratch.run_without_rights(arguments),
        _ => scratch.run(arguments),
    };
    let said = said(&output);
    let what = format!("{arguments:?} where {name} is {shape:?}: {said}");
    let is_preview = arguments.first() == Some(&"serve");
    assert!(
        is_preview || output.status.code().is_some_and(|code| (0..=2).contains(&code)),
        "{:?}: {what}",
        output.status
    );
    assert!(!said.contains("panicked"), "{what}");
    assert_eq!(scratch.seen("outside"), before, "{what}");
    // What failed says why.
    assert!(output.status.success() || !said.trim().is_empty(), "{what}");
    for (path, (kind, ..)) in scratch.seen("d").into_iter().chain(scratch.seen("deployed")) {
        let temporary = path.to_string_lossy().ends_with(".new~") && !name.ends_with(".new~");
        assert!(!temporary, "{what}\nleft behind: {} {kind}", path.display());
    }
    if shape == Shape::NoRights {
        let _ = std::fs::set_permissions(scratch.path(name), std::fs::Permissions::from_mode(0o700));
    }
}

#[test]
fn whatever_a_name_is_nothing_outside_is_touched() {
    let mut cases = Vec::new();
    for (arguments, names) in COMMANDS {
        let of_dossier = match arguments {
            ["check", "--links"] => &[],
            ["check"] => DOSSIER,
            _ if names.is_empty() => &DOSSIER[..3],
            _ => DOSSIER,
        };
        let names = of_dossier.iter().chain(*names);
        cases.extend(names.flat_map(|name| SHAPES.iter().map(|shape| (*arguments, *name, *shape))));
    }
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((arguments, name, shape)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    check(arguments, name, *shape);
                }
            });
        }
    });
    assert!(cases.len() > 1_000, "{}", cases.len());
}

/// Names of `site.toml` that lie in what the site is made of, however they are written.
#[test]
fn a_deploy_goes_nowhere_into_the_dossier() {
    for path in [
        ".",
        "..",
        "content",
        "content/img",
        "themes",
        "captures",
        "captures/deep",
        "public",
        "public/claims",
        ".git",
        ".git/hooks",
        "../missing/../d/public",
        "../d/content",
        "../missing/deep/../../d",
        "out",
        "out/deep",
    ] {
        let scratch = Scratch::used();
        symlink("../outside", scratch.path("d/out")).unwrap();
        let site = std::fs::read_to_string(scratch.path("d/site.toml")).unwrap().replace("../deployed", path);
        scratch.write("d/site.toml", site);
        let before =
            (scratch.seen("outside"), scratch.seen("d/content"), scratch.seen("d/captures"), scratch.seen("deployed"));
        let output = scratch.run(&["deploy"]);
        assert_eq!(output.status.code(), Some(2), "{path}: {}", said(&output));
        let after =
            (scratch.seen("outside"), scratch.seen("d/content"), scratch.seen("d/captures"), scratch.seen("deployed"));
        assert_eq!(before, after, "{path}");
    }
    // A folder of the dossier that is none of these may be published from, and one elsewhere may be a link of the machine's.
    for path in ["docs", "../link"] {
        let scratch = Scratch::used();
        std::fs::create_dir(scratch.path("www")).unwrap();
        symlink("www", scratch.path("link")).unwrap();
        let site = std::fs::read_to_string(scratch.path("d/site.toml")).unwrap().replace("../deployed", path);
        scratch.write("d/site.toml", site);
        let output = scratch.run(&["deploy"]);
        assert_eq!(output.status.code(), Some(0), "{path}: {}", said(&output));
        assert!(scratch.path("d").join(path).join("index.html").is_file(), "{path}");
    }
}

#[test]
fn a_site_is_not_written_over_the_dossier() {
    for (path, why) in [
        (".", "it holds the dossier"),
        ("..", "it holds the dossier"),
        ("content", "the dossier is written there"),
        ("themes", "the dossier is written there"),
        ("captures", "the captures are there"),
        ("captures/site", "the captures are there"),
        (".git/site", "git keeps its own files there"),
        ("out", "leads out of the dossier by a link"),
        ("out/site", "leads out of the dossier by a link"),
    ] {
        let scratch = Scratch::used();
        symlink("../outside", scratch.path("d/out")).unwrap();
        let site = std::fs::read_to_string(scratch.path("d/site.toml")).unwrap();
        scratch.write("d/site.toml", format!("output = \"{path}\"\n{site}"));
        let before = (scratch.seen("outside"), scratch.seen("d"));
        let output = scratch.run(&["build"]);
        assert_eq!(output.status.code(), Some(2), "{path}: {}", said(&output));
        assert!(said(&output).contains(why), "{path}: {}", said(&output));
        assert_eq!((scratch.seen("outside"), scratch.seen("d")), before, "{path}");
    }
    // Output within the content is never content.
    let scratch = Scratch::used();
    let site = std::fs::read_to_string(scratch.path("d/site.toml")).unwrap();
    scratch.write("d/site.toml", format!("output = \"content/site\"\n{site}"));
    for _ in 0..2 {
        let output = scratch.run(&["build"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
    assert!(scratch.path("d/content/site/index.html").is_file());
    assert!(!scratch.path("d/content/site/site").exists());
}

/// A list of what is ours may come from a stranger too.
#[test]
fn lists_name_nothing_outside() {
    let scratch = Scratch::used();
    let before = scratch.seen("outside");
    for (list, line) in [("d/public/.sourcebook/manifest", ""), ("deployed/.sourcebook/deployed", "- - ")] {
        for path in [
            "../outside/precious",
            "../../outside/precious",
            "/etc/passwd",
            "a/../../../outside/precious",
            "out\ninner",
        ] {
            let scratch = Scratch::used();
            let text = std::fs::read_to_string(scratch.path(list)).unwrap();
            scratch.write(list, format!("{text}{line}{path}\n"));
            let output = scratch.run(&["deploy", "--force"]);
            assert!(!said(&output).contains("panicked"), "{path}: {}", said(&output));
            assert_eq!(scratch.seen("outside"), before, "{path}");
        }
    }
}

/// Links that people use on purpose: within the dossier. A link as the content folder itself is told, never passed over.
#[test]
fn links_within_the_dossier_are_followed_and_those_out_are_told() {
    let scratch = Scratch::used();
    std::fs::rename(scratch.path("d/content"), scratch.path("d/text")).unwrap();
    symlink("text", scratch.path("d/content")).unwrap();
    assert_eq!(scratch.run(&["check"]).status.code(), Some(0), "{}", said(&scratch.run(&["check"])));
    std::fs::remove_file(scratch.path("d/content")).unwrap();
    std::fs::rename(scratch.path("d/text"), scratch.path("text")).unwrap();
    symlink("../text", scratch.path("d/content")).unwrap();
    let output = scratch.run(&["check"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("leads out of the dossier"), "{}", said(&output));
}
