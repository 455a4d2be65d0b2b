//! Codes that are no rules.

/// A code of the phases before the rules.
#[derive(Debug)]
pub struct Code {
    /// Stable, in kebab case.
    pub code: &'static str,
    /// One paragraph of Markdown: what is found, and why it matters.
    pub about: &'static str,
    /// What is at fault, and how it is mended.
    pub example: &'static str,
}

/// Every one.
pub static CODES: &[Code] = &[];
