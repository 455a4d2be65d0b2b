//! One file of the dossier written whole or not at all: a temporary file beside it, then a rename.
#![expect(clippy::disallowed_methods, reason = "the one place where the program writes into the dossier itself")]

use std::fs;
use std::io;
use std::path::Path;

/// Writes a file, unless it holds these bytes already; says whether it did.
///
/// # Errors
/// What the system says. The old file is then whole.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new~");
    let temporary = path.with_file_name(name);
    fs::write(&temporary, bytes)?;
    fs::rename(&temporary, path).inspect_err(|_| drop(fs::remove_file(&temporary)))?;
    Ok(true)
}
