//! Control characters and marks of direction of any input are shown, never sent: arguments, names, messages, summaries.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use crate::scratch::{Scratch, finish, said};

/// A title that a terminal would set, a colour, the controls of Latin-1, DEL, marks that turn the direction of writing.
const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[31m\u{9b}2J\u{7f}\u{202e}\u{2066}\u{85}\r";

/// Whether a terminal would obey anything of a text.
fn obeyed(text: &str) -> Option<char> {
    let turns =
        |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}');
    text.chars().find(|&c| (c.is_control() && c != '\n' && c != '\t') || turns(c))
}

#[track_caller]
fn check(scratch: &Scratch, arguments: &[&str]) {
    let output = scratch.run(arguments);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(obeyed(&told), None, "{arguments:?}: {told:?}");
    assert!(!told.contains("panicked"), "{arguments:?}: {told}");
}

#[test]
fn arguments_are_echoed_without_what_a_terminal_obeys() {
    let scratch = Scratch::used();
    let hostile: &str = &format!("x{HOSTILE}");
    for arguments in [
        &[hostile][..],
        &["build", hostile],
        &[&*format!("--{hostile}")],
        &["build", "--format", hostile],
        &["build", "--output", "content/index.md"],
        &["--root", hostile, "build"],
        &["--captures", hostile, "build"],
        &["explain", hostile],
        &["schema", hostile],
        &["export", hostile],
        &["export", "json", "--output", &format!("none/{hostile}")],
        &["deploy", hostile],
        &["import", hostile],
        &["import", "../elsewhere/works.bib", "--to", hostile],
        &["new", "actor", hostile],
        &["new", "actor", "--to", &format!("content/{hostile}.yaml")],
        &["new", "source", hostile],
        &["new", "claim", "--source", hostile],
        &["new", "d/x", "--language", hostile],
        &["capture", hostile, "../elsewhere/text.txt"],
        &["capture", "other", hostile],
        &["verify", "--against", hostile],
        &["man", "--to", &format!("site.toml/{hostile}")],
        &["serve", "--host", hostile],
        &["completions", hostile],
    ] {
        check(&scratch, arguments);
    }
    let mut command = scratch.command(&["build"]);
    command.arg(OsStr::from_bytes(b"\xff\x1b[31m"));
    let output = finish(&mut command, &["build"]);
    assert_eq!(obeyed(&said(&output)), None, "{:?}", said(&output));
}

/// Everything of a dossier that a message may quote.
#[test]
fn a_dossier_sends_nothing_to_the_terminal() {
    let written = format!("x{HOSTILE}").replace('\r', "");
    let quoted: String = written.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
    let toml: String = written.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    let files: Vec<(String, String)> = vec![
        (format!("d/content/a{written}.md"), "---\ntitle: T\nunknown: x\n---\n[[nobody]] [@nothing]\n".into()),
        (format!("d/content/b{written}.yaml"), "actors:\n  x: { nam: X }\n".into()),
        (format!("d/content/c{written}/d.png"), "x".into()),
        (
            "d/content/e.md".into(),
            format!("---\ntitle: \"{quoted}\"\n---\n[[{written}]] ![x]({written}.png) {{{{{written}}}}}\n"),
        ),
        (
            "d/content/f.yaml".into(),
            format!(
                "actors:\n  \"{quoted}\": {{ name: X }}\n  y: {{ \"{quoted}\": \"{quoted}\", part_of: \"{quoted}\" }}\n"
            ),
        ),
        ("d/content/g.yaml".into(), format!("actors: {written}\n")),
        (
            "d/site.toml".into(),
            format!(
                "title = \"{toml}\"\nlanguage = \"{toml}\"\nbase_url = \"{toml}\"\n\"{toml}\" = 1\n[deploy.\"{toml}\"]\nkind = \"folder\"\npath = \"../x{toml}\"\n"
            ),
        ),
        ("d/captures.lock".into(), format!("sources:\n  \"{quoted}\": x\n{written}\n")),
        (
            "elsewhere/hostile.bib".into(),
            format!("@article{{a{written}, title={{{written}}}, date={{{written}}}, {written}={{x}}}}\n@{written}"),
        ),
        ("elsewhere/hostile.ris".into(), format!("TY  - {written}\nTI  - {written}\nXX  - {written}\n")),
    ];
    let commands: &[&[&str]] = &[
        &["build"],
        &["check"],
        &["check", "--format", "short"],
        &["check", "--format", "github"],
        &["verify"],
        &["deploy"],
        &["deploy", "none"],
        &["new", "actor", "ada"],
        &["import", "../elsewhere/hostile.bib"],
        &["import", "../elsewhere/hostile.ris"],
        &["serve", "--port", "0"],
    ];
    // Each by itself, for one fault hides another; then all.
    for n in 0..=files.len() {
        let scratch = Scratch::used();
        let these = if n < files.len() { &files[n..=n] } else { &files[..] };
        for (path, text) in these {
            scratch.write(path, text);
        }
        for arguments in commands {
            check(&scratch, arguments);
        }
    }
}

/// Other programs' words go the same way.
#[test]
fn what_another_program_says_is_shown() {
    let scratch = Scratch::used();
    let site = std::fs::read_to_string(scratch.path("d/site.toml")).unwrap();
    let site = site
        .replace("kind = \"folder\"\npath = \"../deployed\"", "kind = \"git\"\nremote = \"./\\u001b[31m\\u009b/none\"");
    scratch.write("d/site.toml", site);
    check(&scratch, &["deploy"]);
}
