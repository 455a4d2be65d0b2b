//! A capture that git keeps.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::SourceIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "capture-tracked",
    level: Level::Warn,
    about: "A capture is a private copy of somebody else's text. One that git keeps goes wherever the repository goes, \
            and stays in its history when it is removed. `.gitignore` keeps the folder out: `new DIR`, `new source` and \
            `capture` see to it; what was added before must be taken out by hand.",
    example: "\
# mended: git forgets them, the files stay
$ git rm -r --cached captures
$ echo '*' > captures/.gitignore
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    if cx.dossier.sources.iter().all(|source| source.capture.is_none()) {
        return;
    }
    let tracked = cx.tracked_captures();
    for (i, source) in cx.dossier.sources.iter().enumerate() {
        let Some(capture) = source.capture.as_ref().filter(|c| tracked.contains(&*c.file.value)) else { continue };
        sink.add(SourceIx::at(i).into(), capture.file.span, "git keeps this capture")
            .help("`git rm --cached` it, and have the captures folder ignored");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn what_git_keeps_is_told() {
        check(
            &RULE,
            "
    == content/a.yaml
    sources:
      a: { title: A, capture: tracked.txt }
                              ^^^^^^^^^^^ git keeps this capture
      b: { title: B, capture: private.txt }
      c: { title: C }
    == captures/tracked.txt
    x
    == captures/private.txt
    x
    ",
        );
    }
}
