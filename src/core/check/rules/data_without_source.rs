//! A table or a chart of which nobody says whose figures it shows.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::block::Block;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "data-without-source",
    level: Level::Warn,
    about: "A table or a chart states figures as a sentence does, and owes its source as a sentence does: a line \
            `source: …` below its block, or a citation in its caption.",
    example: "\
# at fault, in an article
# ```table
# file: troops.csv
# ```
# mended: the lines after the block, without an empty one
# Troops by month [@estimate].
# source: The Agency
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for page in cx.dossier.all() {
        for prose in cx.dossier.prose_of(page) {
            let owing = prose.outline.blocks.iter().filter(|block| block.kind.owes_source() && !block.sourced);
            for Block { kind, data, .. } in owing {
                let line = data.lines.lines().next().map_or(0, str::len);
                let start = data.range.start;
                let range = start..(start + line).min(data.range.end);
                let message = format!("nothing says whose figures this {} shows", kind.as_str());
                sink.add(page, prose.span(&range, &cx.parsed.files), message)
                    .help("say it right below the block: `source: …`, or cite a claim or a source in its caption");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn figures_have_a_source() {
        check(
            &RULE,
            "
    == content/a.yaml
    sources:
      s: { title: A }
    == content/b.md
    ---
    title: B
    ---
    ```table
    file: a.csv
    ^^^^^^^^^^^ nothing says whose figures this table shows
    ```
    What each side gave.

    ```chart
    file: a.csv
    title: A chart
    ```
    Source: The Agency

    ```chart
    file: a.csv
    title: A chart
    ```
    What each gave [@s].

    ```timeline
    records: [s]
    ```
    ",
        );
    }
}
