//! Paths that every file system and every host can hold.
//!
//! The stricter rules are Windows' ("Naming Files, Paths, and Namespaces"): a site built on one system is unpacked on
//! another.

use std::fmt;

/// The folder within the output that holds what is ours and no part of the site; nothing deploys it.
pub const PRIVATE: &str = ".sourcebook";

const LONGEST: usize = 1000;

/// Why a path cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathFault {
    /// It is empty, absolute, or has an empty, `.` or `..` part.
    NotPlain,
    /// A part is longer than 255 bytes, or the whole longer than 1000 (macOS opens no more than 1024 with the folder).
    TooLong,
    /// It holds a character that no Windows file name may hold.
    Character(char),
    /// A part is a name that Windows keeps for a device, such as `con`.
    Device,
    /// A part ends in a dot or a space, which Windows drops.
    End,
    /// It lies in the folder that holds the list of written files.
    Private,
}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPlain => write!(f, "its parts must be plain names, without `.` or `..`, joined by `/`"),
            Self::TooLong => write!(f, "a name is longer than 255 bytes, or the whole longer than {LONGEST}"),
            Self::Character(c) => write!(f, "a name holds `{}`, which Windows does not allow", c.escape_debug()),
            Self::Device => write!(f, "a name is one that Windows keeps for a device"),
            Self::End => write!(f, "a name ends in a dot or a space, which Windows drops"),
            Self::Private => write!(f, "`{}` is kept for the list of written files", PRIVATE),
        }
    }
}

/// Checks a relative path with `/`.
///
/// # Errors
/// The first fault.
pub fn check(path: &str) -> Result<(), PathFault> {
    let first = path.split('/').next().unwrap_or_default();
    if first.eq_ignore_ascii_case(PRIVATE) {
        return Err(PathFault::Private);
    }
    if path.len() > LONGEST {
        return Err(PathFault::TooLong);
    }
    path.split('/').try_for_each(check_part)
}

fn check_part(part: &str) -> Result<(), PathFault> {
    if matches!(part, "" | "." | "..") {
        return Err(PathFault::NotPlain);
    }
    if part.len() > 255 {
        return Err(PathFault::TooLong);
    }
    if let Some(c) = part.chars().find(|&c| c.is_control() || r#"<>:"\|?*"#.contains(c)) {
        return Err(PathFault::Character(c));
    }
    if part.ends_with(['.', ' ']) {
        return Err(PathFault::End);
    }
    if is_device(part) { Err(PathFault::Device) } else { Ok(()) }
}

/// `CON`, `PRN`, `AUX`, `NUL`, `COM0`–`COM9`, `LPT0`–`LPT9` (with superscripts too), whatever the extension.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end();
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].iter().any(|device| stem.eq_ignore_ascii_case(device)) {
        return true;
    }
    let Some((name, digit)) = stem.split_at_checked(3) else { return false };
    let is_numbered = ["COM", "LPT"].iter().any(|device| name.eq_ignore_ascii_case(device));
    is_numbered && (matches!(digit, "¹" | "²" | "³") || (digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_published() {
        for path in ["index.html", "a/b/index.html", "é/œuvre (1).pdf", ".well-known/x", "console/com/auxiliary.js"] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
        assert_eq!(check(&format!("a/{}", "x".repeat(255))), Ok(()));
    }

    #[test]
    fn what_may_not() {
        use PathFault::*;
        for path in ["", "/etc/passwd", "a//b", "a/", "./a", "a/../b", ".."] {
            assert_eq!(check(path), Err(NotPlain), "{path}");
        }
        assert_eq!(check(r"a\..\b"), Err(Character('\\')));
        assert_eq!(check("C:/x"), Err(Character(':')));
        assert_eq!(check("a\0b"), Err(Character('\0')));
        assert_eq!(check("a\u{85}b"), Err(Character('\u{85}')));
        for path in ["con", "a/NUL.html", "Com1/x", "lpt¹.txt", "aux .md"] {
            assert_eq!(check(path), Err(Device), "{path}");
        }
        assert_eq!(check("a./b"), Err(End));
        assert_eq!(check("a /b"), Err(End));
        assert_eq!(check(&"é".repeat(128)), Err(TooLong));
        assert_eq!(check(&"d/".repeat(501)), Err(TooLong));
        assert_eq!(check(".sourcebook/manifest"), Err(Private));
        assert_eq!(check(".SourceBook/manifest"), Err(Private));
    }
}
