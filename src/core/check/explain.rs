//! What each code means, for `sourcebook explain` and `docs/rules.md`.

use super::codes::{Code, codes};
use super::rule::{Level, Rule};
use super::rules::RULES;

/// What a code means, why it matters, and an example, in Markdown; for `rules` the list of all rules. `None` for a code
/// that there is not.
pub fn explain(code: &str) -> Option<String> {
    if code == "rules" {
        return Some(RULES.iter().map(|rule| format!("{:5} {}\n", level(rule.level), rule.code)).collect());
    }
    let rule = RULES.iter().find(|rule| rule.code == code).map(|rule| explain_rule(rule));
    rule.or_else(|| codes().into_iter().find(|c| c.code == code).map(explain_code))
}

/// Every code, rules first, each in the order of its list: for "did you mean" and completion.
pub fn all() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.code).chain(codes().into_iter().map(|c| c.code))
}

/// `docs/rules.md`, whole.
pub fn documentation() -> String {
    let mut out = String::from(BEGINNING);
    for rule in RULES {
        let level = level(rule.level);
        out += &format!("| [`{}`](#{}) | {level} |\n", rule.code, rule.code);
    }
    out += "\n## Rules\n";
    for rule in RULES {
        out += &section(rule.code, &explain_rule(rule));
    }
    out += "\n## Faults\n\nWhat no setting lets pass.\n";
    for code in codes() {
        out += &section(code.code, &explain_code(code));
    }
    out
}

const BEGINNING: &str = "\
# Rules and faults

What `sourcebook check` finds, why, and how to mend it. This page is generated from what `sourcebook explain CODE` says.

| rule | level unless `site.toml` says otherwise |
|---|---|
";

/// The explanation begins with the code as its heading, two levels down here.
fn section(code: &str, explanation: &str) -> String {
    let body = explanation.split_once('\n').map_or("", |(_, body)| body);
    format!("\n### {code}\n{body}")
}

fn explain_rule(rule: &Rule) -> String {
    let level = level(rule.level);
    text(rule.code, &format!("A rule, at `{level}` unless `site.toml` says otherwise."), rule.about, rule.example)
}

fn explain_code(code: &Code) -> String {
    text(code.code, "", code.about, code.example)
}

fn level(level: Level) -> &'static str {
    level.as_str()
}

fn text(code: &str, kind: &str, about: &str, example: &str) -> String {
    let fence = match example.trim_start() {
        t if t.starts_with("<!--") => "markdown",
        t if t.starts_with('$') => "console",
        t if t.starts_with("{#") => "jinja",
        t if t.contains("[[") && t.contains(" = ") => "toml",
        _ => "yaml",
    };
    let kind = if kind.is_empty() { String::new() } else { format!("\n{kind}\n") };
    format!("# {code}\n{kind}\n{about}\n\n```{fence}\n{}\n```\n", example.trim_end())
}
