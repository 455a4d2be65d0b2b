//! Addresses of files (RFC 8089), as editors write them: `file:///home/ada/dossier/content/a.md`.

use std::path::{Component, Path, Prefix};

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is written as it is: RFC 3986's unreserved characters, and the slash.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The address of a folder, without a slash at the end.
pub fn of_folder(folder: &Path) -> String {
    let mut address = String::from("file://");
    for part in folder.components() {
        match part {
            Component::Prefix(prefix) => match prefix.kind() {
                Prefix::Disk(letter) | Prefix::VerbatimDisk(letter) => {
                    address += &format!("/{}:", char::from(letter).to_ascii_lowercase());
                }
                _ => address += &prefix.as_os_str().to_string_lossy(),
            },
            Component::Normal(name) => {
                address.push('/');
                address.extend(utf8_percent_encode(&name.to_string_lossy(), KEPT));
            }
            Component::RootDir | Component::CurDir | Component::ParentDir => {}
        }
    }
    address
}

/// The address of a file below a folder.
pub fn of_path(folder: &str, path: &str) -> Option<Uri> {
    format!("{folder}/{}", utf8_percent_encode(path, KEPT)).parse().ok()
}

/// The path of a file below a folder, with `/`. Editors encode more or fewer characters than we do (`%3A` for `:`).
pub fn inside(folder: &str, address: &str) -> Option<String> {
    let plain = |text: &str| percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned());
    let (folder, address) = (plain(folder)?, plain(address)?);
    let rest = address.strip_prefix(&folder).or_else(|| {
        // `file:///C:/` and `file:///c:/` are one.
        let is_same = address.get(..folder.len())?.eq_ignore_ascii_case(&folder)
            && folder.contains(":/")
            && folder.get(9..10) == Some(":");
        if is_same { address.get(folder.len()..) } else { None }
    })?;
    let path = rest.strip_prefix('/')?;
    (!path.split('/').any(|part| part == "..")).then(|| path.to_owned())
}

/// The path on the disk of the file or folder that an address names.
pub fn on_disk(address: &str) -> Option<std::path::PathBuf> {
    let path = address.strip_prefix("file://")?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    // `/c:/…`
    let is_drive = path.as_bytes().get(2) == Some(&b':') && path.starts_with('/');
    Some(if is_drive { path[1..].into() } else { path.as_ref().into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let folder = of_folder(Path::new("/home/ada b/dossier"));
        assert_eq!(folder, "file:///home/ada%20b/dossier");
        let uri = of_path(&folder, "content/é#1.md").unwrap();
        assert_eq!(uri.as_str(), "file:///home/ada%20b/dossier/content/%C3%A9%231.md");
        assert_eq!(inside(&folder, uri.as_str()).as_deref(), Some("content/é#1.md"));
    }

    #[test]
    fn what_lies_elsewhere() {
        let check = |address: &str, expect: Option<&str>| {
            assert_eq!(inside("file:///c:/d", address).as_deref(), expect, "{address}");
        };
        check("file:///c%3A/d/site.toml", Some("site.toml"));
        check("file:///C:/d/site.toml", Some("site.toml"));
        check("file:///c:/dd/site.toml", None);
        check("file:///c:/d/../e", None);
        check("untitled:1", None);
    }
}
