//! Two actors of one name.

use std::collections::BTreeMap;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::check::words::fold;
use crate::model::ActorIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "shared-name",
    level: Level::Warn,
    about: "Two actors that share a name or an alias are taken for one another: by readers, by the search, and by \
            whoever fills in the next claim. If they are one, merge them; if not, tell them apart in the name.",
    example: "\
# at fault
actors:
  press-office: { name: Press Office, aliases: [the spokesman] }
  jane-doe: { name: Jane Doe, aliases: [the spokesman] }
# mended
actors:
  press-office: { name: Press Office }
  jane-doe: { name: Jane Doe, aliases: [the spokesman] }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    let mut first: BTreeMap<String, ActorIx> = BTreeMap::new();
    for (i, actor) in cx.dossier.actors.iter().enumerate() {
        let ix = ActorIx::at(i);
        for name in std::iter::once(&actor.name).chain(&actor.aliases) {
            let other = *first.entry(fold(name)).or_insert(ix);
            if other != ix {
                sink.add(ix.into(), actor.head.id.span, format!("`{name}` is also a name of another actor"))
                    .also(other.into())
                    .label(cx.dossier[other].head.id.span, "this one")
                    .help("merge the two, or tell them apart in the name");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn names_are_of_one_actor() {
        check(
            &RULE,
            "
    actors:
      a: { name: L’ONU, aliases: [ONU] }
      b: { name: onu }
      ^ `onu` is also a name of another actor
      c: { name: C, aliases: [c] }
    ",
        );
    }
}
