//! The list of files that a build wrote: a line that says so, then a path a line, sorted. No time, no host.

use super::check_path;

const HEAD: &str = "sourcebook output 1";

/// The text for paths that are sorted.
pub(super) fn print(paths: &[&str]) -> String {
    let mut text = String::with_capacity(HEAD.len() + 1 + paths.iter().map(|p| p.len() + 1).sum::<usize>());
    for line in std::iter::once(&HEAD).chain(paths) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The paths; `None` for a text that we did not print. Nothing is removed on the word of a list that names a path
/// which we would not write.
pub(super) fn parse(text: &str) -> Option<Vec<&str>> {
    let mut lines = text.strip_suffix('\n')?.split('\n');
    if lines.next() != Some(HEAD) {
        return None;
    }
    lines.map(|path| check_path(path).is_ok().then_some(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read() {
        for paths in [vec![], vec!["index.html"], vec!["a/b.html", "index.html"]] {
            assert_eq!(parse(&print(&paths)), Some(paths));
        }
    }

    #[test]
    fn what_is_not_ours_is_not_read() {
        for text in
            ["", "index.html\n", "sourcebook output 1", "sourcebook output 2\na\n", "sourcebook output 1\n../x\n"]
        {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
