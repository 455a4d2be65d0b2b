//! The dossier: plain data, without YAML, HTML or paths.
