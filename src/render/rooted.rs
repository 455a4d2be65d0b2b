//! The way back to the site's root, which is another at each depth: values and fragments hold [`ROOT`] in its place, so
//! that one serves pages at any depth, and a page puts its own way there when it is done.

/// Stands for the way to the site's root wherever an address begins: a noncharacter, which HTML forbids in texts.
pub const ROOT: &str = "\u{fdd0}";

/// The first byte of [`ROOT`], which few texts hold.
const LEAD: u8 = ROOT.as_bytes()[0];

/// Appends a page, with the way back to the root (`../../`) in place of each [`ROOT`].
pub fn append(page: &[u8], root: &str, out: &mut Vec<u8>) {
    out.reserve(page.len() + page.len() / 16);
    let mut from = 0;
    for at in memchr::memchr_iter(LEAD, page) {
        if page[at..].starts_with(ROOT.as_bytes()) {
            out.extend_from_slice(&page[from..at]);
            out.extend_from_slice(root.as_bytes());
            from = at + ROOT.len();
        }
    }
    out.extend_from_slice(&page[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let mut out = b"before ".to_vec();
        append(html.as_bytes(), "../", &mut out);
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
