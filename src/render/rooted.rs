//! The way back to the site's root, which is another at each depth: values and fragments hold [`ROOT`] in its place, so
//! that one serves pages at any depth, and a page puts its own way there as it is written.

use std::io::{Result, Write};

/// Stands for the way to the site's root wherever an address begins: a noncharacter, which HTML forbids in texts.
pub const ROOT: &str = "\u{fdd0}";

/// Appends what it is given, with the way back to the root in place of [`ROOT`].
pub struct Rooted<'a> {
    /// The page's bytes.
    pub out: &'a mut Vec<u8>,
    /// `../../`
    pub root: &'a [u8],
}

impl Write for Rooted<'_> {
    fn write(&mut self, mut bytes: &[u8]) -> Result<usize> {
        let all = bytes.len();
        while let Some(at) = memchr::memchr(LEAD, bytes) {
            let (before, rest) = bytes.split_at(at);
            self.out.extend_from_slice(before);
            bytes = match rest.strip_prefix(ROOT.as_bytes()) {
                Some(after) => {
                    self.out.extend_from_slice(self.root);
                    after
                }
                None => {
                    self.out.push(LEAD);
                    &rest[1..]
                }
            };
        }
        self.out.extend_from_slice(bytes);
        Ok(all)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// The first byte of [`ROOT`], which few texts hold.
const LEAD: u8 = ROOT.as_bytes()[0];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let mut out = b"before ".to_vec();
        Rooted { out: &mut out, root: b"../" }.write_all(html.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("before {expected}"));
    }

    #[test]
    fn the_way_back_is_put_in_its_place() {
        check("", "");
        check("no mark, ｆｕｌｌ width", "no mark, ｆｕｌｌ width");
        check(ROOT, "../");
        check(&format!("<a href=\"{ROOT}a\">ﷲ</a>{ROOT}{ROOT}."), "<a href=\"../a\">ﷲ</a>../../.");
    }
}
