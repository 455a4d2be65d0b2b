//! What helps writers: [`schema`] says what sheets may hold, [`scaffold`] makes dossiers and records to fill in,
//! [`import`] takes works from other programs and saved pages, [`reading`] makes records of what is selected in a text,
//! [`table`] of the rows of a spreadsheet.

pub mod import;
pub mod reading;
pub mod scaffold;
pub mod schema;
pub mod table;
