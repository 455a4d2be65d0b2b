//! The way back to the site's root, which is another at each depth: values and fragments hold [`ROOT`] in its place, so
//! that one serves pages at any depth, and a page puts its own way there when it is done.

/// Stands for the way to the site's root wherever an address begins: noncharacters, which HTML forbids in texts, and as many
/// bytes as `../../`, the way back from the page of a record.
pub const ROOT: &str = "\u{fdd0}\u{fdd1}";

/// The first byte of [`ROOT`], which few texts hold.
const LEAD: u8 = ROOT.as_bytes()[0];

/// Appends a page, with the way back to the root (`../../`) in place of each [`ROOT`]. The page is used up: where nothing has to
/// move, nothing is copied.
pub fn append(page: &mut Vec<u8>, root: &str, out: &mut Vec<u8>) {
    let is_root = |page: &[u8], at: usize| page[at..].starts_with(ROOT.as_bytes());
    if root.len() == ROOT.len() && out.is_empty() {
        let mut from = 0;
        while let Some(at) = memchr::memchr(LEAD, &page[from..]).map(|i| from + i) {
            from = at + 1;
            if is_root(page, at) {
                from = at + ROOT.len();
                page[at..from].copy_from_slice(root.as_bytes());
            }
        }
        std::mem::swap(page, out);
        return;
    }
    let mut from = 0;
    for at in memchr::memchr_iter(LEAD, page).filter(|at| is_root(page, *at)) {
        out.extend_from_slice(&page[from..at]);
        out.extend_from_slice(root.as_bytes());
        from = at + ROOT.len();
    }
    out.extend_from_slice(&page[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        for root in ["", "../", "../../", "../../../"] {
            for before in ["", "before "] {
                let mut out = before.as_bytes().to_vec();
                append(&mut html.as_bytes().to_vec(), root, &mut out);
                assert_eq!(String::from_utf8(out).unwrap(), format!("{before}{}", expected.replace("../", root)));
            }
        }
    }

    #[test]
    fn the_way_back_is_put_in_its_place() {
        check("", "");
        check("no mark, ｆｕｌｌ width", "no mark, ｆｕｌｌ width");
        check(ROOT, "../");
        check(&format!("<a href=\"{ROOT}a\">ﷲ</a>{ROOT}{ROOT}."), "<a href=\"../a\">ﷲ</a>../../.");
    }
}
