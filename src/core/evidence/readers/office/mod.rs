//! Documents of word processors: [`docx`] (ECMA-376) and [`odt`] (OpenDocument, also as one flat file).
//!
//! What is read is what is printed: changes as if accepted, the words of fields and not their code, text boxes once.
//! What is struck through or hidden was taken back, and is not read. Headings, notes, headers and footers stand outside
//! the count of paragraphs; notes, headers and footers come after the story. Comments are not read.

pub(super) mod docx;
pub(super) mod odt;

#[cfg(test)]
mod tests;
