//! An exception that has had its day.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::date::Edtf;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "expired-exception",
    level: Level::Warn,
    about: "An exception in `site.toml` was granted until a day that is over. It no longer lets anything pass; mend \
            what it excused, or decide again, with a new reason and a new day.",
    example: "\
# at fault, in site.toml
[[exceptions]]
rule = \"unused-claim\"
id = \"second-thoughts\"
because = \"the article that cites it is being written\"
until = \"2024-01-31\"
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for exception in cx.parsed.config.exceptions.iter().filter(|e| crate::check::dates::is_expired(e, cx.today())) {
        let Some(until) = &exception.until else { continue };
        let day = Edtf::text(&until.value);
        let message = format!("this exception to `{}` ended on {day}", exception.rule.value);
        sink.add_anyway(until.span, message).help("mend what it excused, or decide again until another day");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn exceptions_expire() {
        check(
            &RULE,
            "
    == site.toml
    title = 'T'
    [[exceptions]]
    rule = 'unused-source'
    id = 'a'
    because = 'so'
    until = '2025-12-31'
            ^^^^^^^^^^^^ this exception to `unused-source` ended on 2025-12-31
    [[exceptions]]
    rule = 'unused-source'
    id = 'a'
    because = 'so'
    until = '2026-01-01'
    [[exceptions]]
    rule = 'unused-source'
    id = 'a'
    because = 'so'
    ",
        );
    }
}
