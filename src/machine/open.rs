//! The system's own browser.

use std::io;
use std::process::{Command, Stdio};

/// Opens an address in the browser that the system prefers, and does not wait for it.
///
/// # Errors
/// The system has no program that opens addresses.
pub fn browser(url: &str) -> io::Result<()> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let quiet = Stdio::null;
    let mut command = Command::new(program);
    command.args(arguments).arg(url).stdin(quiet()).stdout(quiet()).stderr(quiet());
    let mut child = command.spawn()?;
    // Somebody must take note of its end.
    std::thread::spawn(move || child.wait());
    Ok(())
}
