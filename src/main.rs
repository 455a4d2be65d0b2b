//! The `sourcebook` program: see [`sourcebook::cli`].

fn main() {}
