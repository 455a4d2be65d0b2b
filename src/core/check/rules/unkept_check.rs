//! A check of which nobody kept what was checked.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::evidence::checks::CheckState;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unkept-check",
    level: Level::Hint,
    about: "`captures.lock` does not hold what the record said when it was checked, so that nobody would notice if it were \
            changed. `sourcebook verify` keeps it; it needs no captures for that.",
    example: "\
# at fault: a check that was written since `verify` ran
curation: { by: Ada, checked: [{ by: Ben, on: 2026-11-20 }] }
# mended
$ sourcebook verify
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (of, _, check) in cx.checks_in(CheckState::Unkept) {
        let found = sink.add(of, check.span, "`captures.lock` does not hold what was checked here");
        found.help("run `sourcebook verify`, which keeps it");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn what_was_checked_is_kept() {
        check(
            &RULE,
            "
    actors:
      a: { name: A, curation: { by: Ada, checked: { by: Ben } } }
                                                  ^^^^^^^^^^^ `captures.lock` does not hold what was checked here
      b: { name: B }
    ",
        );
    }
}
