//! Small dossiers with the expected findings annotated under the line at fault.
//!
//! ```text
//! == content/a.yaml
//! actors:
//!   kcna: { name: KCNA }
//!   ^^^^ nothing refers to this actor
//! ```
//!
//! What all lines are indented by is no part of the files. A line that holds only carets and words is no part of the file: the carets stand under what is at fault, or under
//! its part on this line. A fixture without `==` is one sheet; a file below `captures/` is a capture.

use super::{Cx, Rule, Sink};
use crate::base::memory::MemoryWorld;
use crate::dossier::load::load;
use crate::dossier::resolve::{Options, resolve};
use crate::evidence::verify::verify;

/// Runs one rule on a fixture and compares what it finds with the annotations.
#[track_caller]
pub(super) fn check(rule: &Rule, fixture: &str) {
    let (world, expected) = read(fixture);
    assert_eq!(told(rule, &world), expected);
}

/// What a rule finds in a fixture without annotations.
pub(super) fn found(rule: &Rule, fixture: &str) -> Vec<String> {
    told(rule, &read(fixture).0)
}

fn told(rule: &Rule, world: &MemoryWorld) -> Vec<String> {
    let parsed = load(world);
    assert_eq!(parsed.diagnostics, [], "load");
    let parsed = parsed.value;
    let dossier = resolve(&parsed, Options::default());
    assert_eq!(dossier.diagnostics, [], "resolve");
    let verified = verify(&dossier.value, &parsed, world, parsed.lock()).value;
    let mut sink = Sink::default();
    (rule.run)(&Cx::new(&dossier.value, &parsed, &verified, world), &mut sink);
    let found = super::rule::told(sink.into_found().into_iter()).into_iter().map(|f| {
        let file = parsed.files.get(f.span.file);
        let at = file.position(f.span.start as usize);
        let text = parsed.files.text(f.span);
        let width = text.lines().next().map_or(0, |l| l.chars().count()).max(1);
        format!("{}:{at} {} {}", file.path, "^".repeat(width), f.message)
    });
    let mut found: Vec<_> = found.collect();
    found.sort();
    found
}

pub(super) fn read(fixture: &str) -> (MemoryWorld, Vec<String>) {
    let fixture = dedent(fixture);
    let whole = if fixture.contains("== ") { fixture } else { format!("== content/a.yaml\n{fixture}") };
    let mut world = MemoryWorld::new().with("site.toml", "title = \"T\"\n");
    let mut expected = Vec::new();
    for part in whole.split("== ").skip(1) {
        let (path, body) = part.split_once('\n').unwrap();
        let (mut text, mut line) = (String::new(), 0);
        for written in body.lines() {
            match annotation(written) {
                Some((column, carets, message)) => expected.push(format!("{path}:{line}:{column} {carets} {message}")),
                None => {
                    text.push_str(written);
                    text.push('\n');
                    line += 1;
                }
            }
        }
        world = match path.strip_prefix("captures/") {
            Some(name) => world.with_capture(name, text),
            None => world.with(path, text),
        };
    }
    expected.sort();
    (world, expected)
}

/// Takes away what all lines are indented by.
fn dedent(text: &str) -> String {
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    let indent = filled.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    text.lines().map(|line| format!("{}\n", line.get(indent..).unwrap_or(""))).collect()
}

/// The column, from 1, the carets and the message of a line of annotation.
fn annotation(line: &str) -> Option<(usize, &str, &str)> {
    let carets = line.trim_start();
    let (marks, message) = carets.split_once(' ')?;
    let is_annotation = !marks.is_empty() && marks.bytes().all(|b| b == b'^');
    is_annotation.then(|| (line.chars().count() - carets.chars().count() + 1, marks, message.trim()))
}
