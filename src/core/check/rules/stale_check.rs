//! A record that was changed after it was checked.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::evidence::checks::CheckState;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "stale-check",
    level: Level::Warn,
    about: "The record no longer says what it said when it was checked: `captures.lock` keeps the hash of what was checked. \
            Layout, comments and `curation` do not count. Pages say that it was changed since. Whoever checks it anew writes \
            another day, and `sourcebook verify` keeps what was checked then.",
    example: "\
# at fault: the statement was changed in December
curation: { by: Ada, checked: [{ by: Ben, on: 2026-11-20 }] }
# mended
curation: { by: Ada, checked: [{ by: Ben, on: 2026-12-04 }] }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (of, head, check) in cx.checks_in(CheckState::Stale) {
        let found = sink.add(of, head.id.span, "this record was changed after it was checked");
        found.label(check.span, "checked then");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn what_was_changed_since_is_told() {
        check(
            &RULE,
            "
    == content/a.yaml
    actors:
      a: { name: A, curation: { by: Ada, checked: [{ by: Ben }, { by: Cleo }] } }
      ^ this record was changed after it was checked
    == captures.lock
    version = 3
    [checked.a]
    checks = [{ by = \"Ben\", sha256 = \"0000000000000000000000000000000000000000000000000000000000000000\" }]
    ",
        );
    }
}
