//! Code in colour: classes (`hl-string`), never inline styles, so that a strict policy and both schemes work.

mod yaml;

use sourcebook_core::base::html::push;
#[cfg(feature = "highlight")]
use sourcebook_core::model::markdown::LONGEST_CODE_LINE;

/// A fenced block.
pub fn block(code: &str, language: &str) -> String {
    let mut out = String::from("<pre class=\"code\" tabindex=\"0\"><code");
    if !language.is_empty() {
        out.push_str(" class=\"language-");
        push(&mut out, language);
        out.push('"');
    }
    out.push('>');
    out.push_str(&spans(code, language));
    out.push_str("</code></pre>\n");
    out
}

/// The code with its parts marked, as far as the language is known.
pub fn spans(code: &str, language: &str) -> String {
    match language {
        "yaml" | "yml" => yaml::spans(code),
        _ => by_grammar(code, language),
    }
}

#[cfg(feature = "highlight")]
fn by_grammar(code: &str, language: &str) -> String {
    use std::sync::OnceLock;

    use sourcebook_core::base::guard::caught;
    use syntect::html::{ClassStyle, ClassedHTMLGenerator};
    use syntect::parsing::SyntaxSet;
    use syntect::util::LinesWithEndings;

    // Loading the grammars takes longer than a small page: only once, and only if there is code.
    static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();
    let plain = || {
        let mut out = String::new();
        push(&mut out, code);
        out
    };
    // What is too long to be coloured was told with the text.
    if language.is_empty() || code.lines().any(|line| line.len() > LONGEST_CODE_LINE) {
        return plain();
    }
    let grammars = GRAMMARS.get_or_init(SyntaxSet::load_defaults_newlines);
    let Some(syntax) = grammars.find_syntax_by_token(language) else { return plain() };
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, grammars, style);
    // A grammar that fails, by an error or by a panic, takes the colours and nothing else.
    let coloured = caught(|| {
        for line in LinesWithEndings::from(code) {
            generator.parse_html_for_line_which_includes_newline(line).ok()?;
        }
        Some(generator.finalize())
    });
    coloured.flatten().unwrap_or_else(plain)
}

/// The code, escaped: this build knows no colours.
#[cfg(not(feature = "highlight"))]
fn by_grammar(code: &str, _: &str) -> String {
    let mut out = String::new();
    push(&mut out, code);
    out
}
