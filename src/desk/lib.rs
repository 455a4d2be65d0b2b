//! What helps writers: [`schema`] says what sheets may hold, [`scaffold`] makes dossiers and records to fill in,
//! [`import`] takes works from other programs and saved pages.

pub mod import;
pub mod scaffold;
pub mod schema;
