//! A record that no second person has checked.

use crate::check::rule::{Cx, Level, Rule, Sink};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unchecked",
    level: Level::Off,
    about: "Nobody but who wrote the record has checked it, or it was changed since. Off unless `[rules]` says otherwise: with \
            `unchecked = \"deny\"` nothing is published that only one person has looked at.",
    example: "\
# at fault
bridge-closed: { …, curation: { by: Ada } }
# mended
bridge-closed: { …, curation: { by: Ada, checked: [{ by: Ben, on: 2026-11-20 }] } }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for of in cx.dossier.all() {
        let Some(head) = cx.dossier.head(of) else { continue };
        if !cx.verified.is_checked(head) {
            let found = sink.add(of, head.id.span, "no second person has checked this record as it is");
            found.help("who has adds `checked: [{ by, on }]` to its `curation`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn somebody_else_has_looked_at_it() {
        check(
            &RULE,
            "
    actors:
      a: { name: A, curation: { by: Ada, checked: [{ by: Ben, on: 2026-01-02 }] } }
      b: { name: B, curation: { by: Ada, checked: [{ by: ada, on: 2026-01-02 }] } }
      ^ no second person has checked this record as it is
      c: { name: C }
      ^ no second person has checked this record as it is
    ",
        );
    }
}
