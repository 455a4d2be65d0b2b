//! Codes that are no rules: faults of the content, whoever finds them.
//!
//! A test demands that every code of a diagnostic is here or among the rules.

mod evidence;
mod imports;
mod records;
mod texts;

/// A code of the phases, and what it means.
#[derive(Debug)]
pub struct Code {
    /// Stable, in kebab case.
    pub code: &'static str,
    /// One paragraph of Markdown: what is found, and why it matters.
    pub about: &'static str,
    /// What is at fault, and how it is mended; YAML unless it begins as something else.
    pub example: &'static str,
}

/// Every code, in the order of the alphabet.
pub fn codes() -> Vec<&'static Code> {
    let mut all: Vec<_> =
        [evidence::CODES, imports::CODES, records::CODES, texts::CODES].into_iter().flatten().collect();
    all.sort_by_key(|code| code.code);
    all
}
