//! A record checked by who wrote it.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::evidence::checks::is_same_person;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "self-checked",
    level: Level::Warn,
    about: "The record is checked by the same person who wrote it. A second pair of eyes is somebody else's; such a check \
            counts for nothing, and pages do not tell of it.",
    example: "\
# at fault
curation: { by: Ada, checked: [{ by: Ada, on: 2026-11-20 }] }
# mended
curation: { by: Ada, checked: [{ by: Ben, on: 2026-11-20 }] }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for of in cx.dossier.all() {
        let Some(curation) = cx.dossier.head(of).and_then(|head| head.curation.as_ref()) else { continue };
        let Some(writer) = &curation.by else { continue };
        for check in curation.checked.iter().filter(|check| is_same_person(writer, &check.by)) {
            sink.add(of, check.span, "this is checked by the same person who wrote it");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn a_check_is_somebody_else_s() {
        check(
            &RULE,
            "
    actors:
      a: { name: A, curation: { by: Ada, checked: [{ by: Ben }, { by: ada }] } }
                                                                ^^^^^^^^^^^ this is checked by the same person who wrote it
      b: { name: B, curation: { checked: { by: Ada } } }
    ",
        );
    }
}
