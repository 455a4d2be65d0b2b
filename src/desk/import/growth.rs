//! What is read grows with the file, and not with its square: counted in steps, so that no other load changes the answer.

use std::cell::Cell;

use super::*;
use sourcebook_core::model::Dossier;

thread_local! {
    /// What [`super::step`] counts.
    pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
}

fn steps(format: Format, text: &str) -> usize {
    STEPS.set(0);
    let items = format.read(FileId(0), text).value;
    merge::merge(items, &Dossier::default());
    STEPS.get()
}

/// Four times as much takes four times as many steps, with some room for what is counted once.
#[track_caller]
fn check(format: Format, input: impl Fn(usize) -> String) {
    let [once, twice, four] = [500, 1_000, 2_000].map(|n| steps(format, &input(n)));
    assert!(once > 0, "nothing is counted");
    assert!(twice <= once * 5 / 2 + 200 && four <= twice * 5 / 2 + 200, "{once}, {twice}, {four}");
}

#[test]
fn bibtex() {
    let many = |text: &'static str| move |n: usize| text.repeat(n);
    check(Format::Bibtex, many("@misc{same, title = {x}}\n"));
    check(Format::Bibtex, many("@misc{same, title = {x}} "));
    check(Format::Bibtex, many("@"));
    check(Format::Bibtex, many("@misc{"));
    check(Format::Bibtex, many("@misc{a, t = \""));
    check(Format::Bibtex, many("@misc{a, t = {\n"));
    check(Format::Bibtex, many("@comment{ "));
    check(Format::Bibtex, |n| format!("@misc{{a, t = {{{}}}}}", "\\{".repeat(n)));
    check(Format::Bibtex, |n| format!("%{}", "@".repeat(n)));
    check(Format::Bibtex, |n| format!("@misc{{a, {}}}", "t = {x}, ".repeat(n)));
    check(Format::Bibtex, |n| {
        (0..n).map(|k| format!("@misc{{k{k}, crossref = {{k{}}}, title = {{x}}}}\n", k + 1)).collect()
    });
    check(Format::Bibtex, |n| format!("@misc{{p, title = {{x}}}}\n{}", "@misc{c, crossref = {p}}\n".repeat(n)));
}

#[test]
fn ris() {
    check(Format::Ris, |n| format!("TY  - GEN\nN2  - x\n{}ER  - \n", "and so on\n".repeat(n)));
    check(Format::Ris, |n| "TY  - GEN\nID  - same\nTI  - x\nER  - \n".repeat(n));
    check(Format::Ris, |n| format!("TY  - GEN\n{}", "KW  - x\n".repeat(n)));
}

#[test]
fn csl() {
    check(Format::Csl, |n| format!("[{}{{}}]", r#"{"id":"same","title":"x","author":[{"literal":"A"}]},"#.repeat(n)));
}
