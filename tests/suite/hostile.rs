//! Input made to hurt ends in a diagnostic: no panic, no hang, no swollen process.

use std::fmt::Write;
use std::time::{Duration, Instant};

use sourcebook_machine::report::short::short;
use sourcebook_site::prepare::Options;

use crate::driver::{Memory, run};

/// Enough for a slow machine in the dev profile; a hang or a quadratic algorithm takes far longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs a dossier with one file of `text`, and gives the first lines of what is said, each cut short.
#[track_caller]
fn check(path: &str, text: impl Into<Vec<u8>>, expect: &[&str]) {
    let start = Instant::now();
    let (prepared, diagnostics) = run(&Memory::of(&[]).with(path, text), Options::default());
    let shown = short(&diagnostics, &prepared.parsed.files);
    let lines: Vec<String> = shown.lines().take(6).map(|line| line.chars().take(110).collect()).collect();
    assert_eq!(lines, expect);
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
}

#[test]
fn a_bomb_of_aliases() {
    let mut text = String::from("actors:\n  a0: &a0 { name: lol }\n");
    for n in 1..30 {
        let row = vec![format!("*a{}", n - 1); 10].join(", ");
        writeln!(text, "  a{n}: &a{n} [{row}]").unwrap();
    }
    let start = Instant::now();
    let (prepared, diagnostics) = run(&Memory::of(&[]).with("content/a.yaml", text), Options::default());
    let shown = short(&diagnostics, &prepared.parsed.files);
    assert_eq!(shown.matches("yaml-limit").count(), 1, "{shown}");
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn deep_nesting_in_yaml() {
    let deep = 10_000;
    let limit = "error[yaml-syntax]: this is not YAML: recursion limit exceeded";
    check("content/a.yaml", "[".repeat(deep), &[&format!("content/a.yaml:1:256: {limit}")]);
    check("content/a.yaml", format!("actors: {}", "{ a: ".repeat(deep)), &[&format!("content/a.yaml:1:1284: {limit}")]);
    check("content/a.yaml", "- ".repeat(deep), &[&format!("content/a.yaml:1:511: {limit}")]);
    check(
        "content/a.md",
        format!("---\ntitle: {}\n---\n", "[".repeat(deep)),
        &[&format!("content/a.md:2:263: {limit}")],
    );
}

#[test]
fn deep_nesting_in_toml() {
    let deep = 10_000;
    let limit = "error[toml-syntax]: this is not TOML: cannot recurse further; max recursion depth met";
    check(
        "site.toml",
        format!("title = \"T\"\nextra = {}{}", "[".repeat(deep), "]".repeat(deep)),
        &[&format!("site.toml:2:89: {limit}")],
    );
    let dotted = format!("title = \"T\"\n[{}]\n", vec!["extra"; deep].join("."));
    check("site.toml", dotted, &["site.toml:1:1: error[toml-syntax]: this is not TOML: recursion limit"]);
}

#[test]
fn deep_nesting_in_markdown() {
    let deep = 10_000;
    let article = |body: String| format!("---\ntitle: A\n---\n{body}\n");
    let too_deep: &[&str] = &["content/a.md:5:1: error[too-deep]: this text is nested too deeply to be read"];
    check("content/a.md", article(format!("{} x", ">".repeat(deep))), too_deep);
    check("content/a.md", article(format!("{}x", "- ".repeat(deep))), too_deep);
    check("content/a.md", article(format!("{}x{}", "*a ".repeat(deep), " a*".repeat(deep))), too_deep);
    check("content/a.md", article(format!("{}x{}", "[".repeat(deep), "](/)".repeat(deep))), &[]);
    check("content/a.md", article("![".repeat(deep)), &[]);
}

#[test]
fn very_many_open_citations() {
    check("content/a.md", format!("---\ntitle: A\n---\n{}\n", "[@".repeat(10_000)), &[]);
}

#[test]
fn very_long_lines() {
    let long = 1 << 18;
    check("content/a.yaml", format!("actors: {{ a: {{ name: {} }} }}\n", "x".repeat(long)), &[]);
    check(
        "content/a.yaml",
        "x".repeat(long),
        &[
            "content/a.yaml:1:1: error[wrong-type]: expected a mapping of kinds of records, found `xxxxxxxxxxxxxxxxxxxxxxxx",
        ],
    );
    check("content/a.md", format!("---\ntitle: A\n---\n{}", "é ".repeat(long / 3)), &[]);
    check("site.toml", format!("title = \"{}\"", "x".repeat(long)), &[]);
}

/// A misspelt field and the missing one are one cause.
#[test]
fn very_many_faults() {
    let mut text = String::from("actors:\n");
    for n in 0..2_000 {
        writeln!(text, "  a{n}: {{ nam: x, part_of: nobody }}").unwrap();
    }
    let start = Instant::now();
    let (prepared, diagnostics) = run(&Memory::of(&[]).with("content/a.yaml", text), Options::default());
    assert_eq!(diagnostics.len(), 4_000);
    assert_eq!(short(&diagnostics, &prepared.parsed.files).lines().count(), 4_000);
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
}

#[test]
fn very_many_keys() {
    let mut text = String::from("events:\n  e:\n    title: E\n    date: 2024\n    extra:\n");
    for n in 0..50_000 {
        writeln!(text, "      k{n}: v").unwrap();
    }
    text += "      k0: w\n";
    check("content/a.yaml", text, &["content/a.yaml:50006:7: error[duplicate-key]: `k0` stands here twice"]);
}

#[test]
fn a_file_that_is_far_too_large() {
    let path = "content/a.yaml";
    let large = vec![b' '; (64 << 20) + 1];
    check(path, large, &["content/a.yaml:1:1: error[file-too-large]: this file has 64 MiB, more than the 64 allowed"]);
}

#[test]
fn nothing_at_all() {
    check("site.toml", "", &["site.toml:1:1: error[missing-field]: `title` is missing"]);
    check("content/a.yaml", "", &[]);
    check("content/empty.png", "", &[]);
}
