//! A page in the reader's browser.

use std::path::Path;
use std::process::{Command, Stdio};

/// Opens a file with the program that the desktop has for it; says whether one was found and took it.
pub fn open(file: &Path) -> bool {
    let mut command = opener();
    let quiet = command.arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

#[cfg(target_os = "macos")]
fn opener() -> Command {
    Command::new("open")
}

#[cfg(windows)]
fn opener() -> Command {
    let mut command = Command::new("cmd");
    // `start` takes its first quoted argument for a window's title.
    command.args(["/C", "start", ""]);
    command
}

#[cfg(not(any(target_os = "macos", windows)))]
fn opener() -> Command {
    Command::new("xdg-open")
}
