//! The dossier: plain data, without YAML, HTML or paths.

pub mod compare;
pub mod date;
pub mod fault;
pub mod modality;
pub mod value;
