//! One of the targets, driven by libFuzzer, which sees the branches taken: see `README.md`.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use sourcebook_fuzz::{TARGETS, Target};

/// The target that `TARGET` names.
fn target() -> &'static Target {
    static CHOSEN: OnceLock<&'static Target> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let name = std::env::var("TARGET").unwrap_or_else(|_| "yaml".into());
        TARGETS.iter().find(|target| target.name == name).expect("TARGET names a target")
    })
}

fuzz_target!(|bytes: &[u8]| {
    (target().run)(bytes);
});
