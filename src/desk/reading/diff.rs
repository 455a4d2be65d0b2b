//! What an edit changes, line by line: edits of ours add lines, and change few.

use serde::Serialize;

/// Lines around a change that are shown with it.
const AROUND: usize = 3;

/// A line of a diff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// ` `, `-` or `+`, as in a unified diff.
    pub sign: char,
    /// Its number: in the old text of what goes, else in the new one.
    pub number: usize,
    /// Its words, without the line end.
    pub text: String,
}

/// The lines in which two texts differ, with some around them; all between the first and the last change is told as changed
/// where it is, line by line.
pub fn diff(old: &str, new: &str) -> Vec<Line> {
    let (was, is): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
    let tail = was[head..].iter().rev().zip(is[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let line = |sign, number: usize, text: &str| Line { sign, number: number + 1, text: text.to_owned() };
    let before = (head.saturating_sub(AROUND)..head).map(|n| line(' ', n, is[n]));
    let (old_end, new_end) = (was.len() - tail, is.len() - tail);
    let (gone, come) = (&was[head..old_end], &is[head..new_end]);
    let mut lines: Vec<_> = before.collect();
    for (kind, range) in changes(gone, come) {
        match kind {
            '-' => lines.extend(range.map(|n| line('-', head + n, gone[n]))),
            sign => lines.extend(range.map(|n| line(sign, head + n, come[n]))),
        }
    }
    lines.extend((new_end..is.len().min(new_end + AROUND)).map(|n| line(' ', n, is[n])));
    lines
}

/// What goes and what comes, where lines that stay may stand between: those of the old text in their order within the new.
fn changes<'t>(gone: &[&'t str], come: &[&'t str]) -> Vec<(char, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let (mut at, mut next) = (0, 0);
    while at < gone.len() {
        match come[next..].iter().position(|line| *line == gone[at]) {
            Some(skip) => {
                found.push(('+', next..next + skip));
                found.push((' ', next + skip..next + skip + 1));
                next += skip + 1;
            }
            None => found.push(('-', at..at + 1)),
        }
        at += 1;
    }
    found.push(('+', next..come.len()));
    found.retain(|(_, range)| !range.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ() {
        let check = |old: &str, new: &str, expect: &[&str]| {
            let found: Vec<_> =
                diff(old, new).into_iter().map(|l| format!("{}{}{}", l.sign, l.number, l.text)).collect();
            assert_eq!(found, expect, "{old:?} {new:?}");
        };
        check("a\nb\nc\nd\n", "a\nb\nc\nd\ne\n", &[" 2b", " 3c", " 4d", "+5e"]);
        check("a\nb\n", "a\nx\nb\n", &[" 1a", "+2x", " 3b"]);
        check("a\n  b\nc\n", "a\n- b\nc\n- d\n", &[" 1a", "-2  b", "+2- b", " 3c", "+4- d"]);
        check("", "a\n", &["+1a"]);
        check("a\n", "a\n", &[" 1a"]);
    }
}
