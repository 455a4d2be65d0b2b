//! A record that was begun and not yet written.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::Ref;

/// See `about`.
/// What stands for words that are still to be written.
pub const TO_DO: &str = "TO DO";

pub(super) static RULE: Rule = Rule {
    code: "to-do",
    level: Level::Warn,
    about: "A record says `TO DO`, in a field or in a comment: `sourcebook new` writes so what only its writer can know. \
            The record builds, and readers would see it as it is.",
    example: "\
# at fault
actors:
  new-actor: { name: TO DO }
# mended
actors:
  ada-fenwick: { name: Ada Fenwick }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for record in cx.dossier.all() {
        let Some(head) = cx.dossier.head(record) else { continue };
        // To the end of the line: a comment may stand behind the last value.
        let whole = &cx.parsed.files.get(head.entry.file).text[head.entry.range().start..];
        let length = head.entry.range().len();
        let text = &whole[..whole[length..].find('\n').map_or(whole.len(), |end| length + end)];
        if let Some(at) = text.find(TO_DO) {
            sink.add(record, head.entry.part(at..at + TO_DO.len()), what(record))
                .help("write it, or remove the record");
        }
    }
}

fn what(record: Ref) -> &'static str {
    match record {
        Ref::Claim(_) => "this claim is still to be written",
        Ref::Source(_) => "this source is still to be described",
        _ => "this record is still to be written",
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn what_is_begun_is_found() {
        check(
            &RULE,
            "
    actors:
      a:
        name: TO DO
              ^^^^^ this record is still to be written
      b: { name: To do lists }
    events:
      e:
        title: E
        date: 2024  # TO DO: when
                      ^^^^^ this record is still to be written
    ",
        );
    }
}
