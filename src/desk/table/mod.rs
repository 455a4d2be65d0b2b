//! Records in tables, as spreadsheets keep them: read, compared with the sheets, and written.
//!
//! 1. [`cells`], [`office`]: a file (CSV; xlsx, ods) as rows of cells, each with its kind as the file has it; what is odd is told.
//! 2. [`columns`]: which column is which field, and of which kind of record.
//! 3. [`text`]: a field as the text of a cell, and back.
//! 4. [`sheets`]: the records that are there. [`compare`]: rows against them: new ones, and fields that are otherwise.
//! 5. [`write`]: all records of a kind as a table (CSV), which 1 to 4 read without finding anything changed.
//!
//! Nothing is guessed and nothing is deleted: an empty cell changes nothing, a row that is gone neither.

pub mod cells;
pub mod columns;
pub mod compare;
pub mod office;
mod sheets;
mod text;
pub mod write;

#[cfg(test)]
mod tests;
