//! Numbers as people write them (`11 000`, `1,5`, `−3 %`), column by column: what a comma is, the other cells tell.

use sourcebook_core::{decode_words, words};

words! {
    /// What parts the whole of a number from its fraction, as a block says it: `decimal: comma`.
    Mark {
        /// `1.5`
        Point = "point",
        /// `1,5`
        Comma = "comma",
    }
}

decode_words!(Mark);

/// A number of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// As machines write it.
    pub(super) plain: String,
    /// Whether `%` follows.
    pub(super) percent: bool,
}

/// Why a column is none of numbers: the cell, by its number from above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It holds something else.
    NoNumber(usize),
    /// Of two cells, each says otherwise what a comma is.
    AtOdds(usize),
    /// `1,234` is a thousand and more, or one and a fraction: no other cell says which.
    Unclear(usize),
}

/// What a cell says of the mark.
enum Sign {
    /// It has no mark, or only such as part thousands without doubt.
    Silent,
    Is(Mark),
    /// It could be either.
    Either,
}

/// A cell without spaces and signs: sign, digits and marks.
struct Cell {
    sign: &'static str,
    digits: String,
    percent: bool,
    /// Whether spaces part its thousands.
    spaced: bool,
}

fn cell(text: &str) -> Option<Cell> {
    let text = text.trim();
    let percent = text.ends_with('%');
    let text = text.trim_end_matches('%').trim();
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | '_');
    let spaced = text.contains(is_space);
    let plain = text.replace(is_space, "").replace('−', "-");
    let sign = if plain.starts_with('-') { "-" } else { "" };
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let is_sound = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && digits.len() <= 30;
    is_sound.then(|| Cell { sign, digits: digits.to_owned(), percent, spaced })
}

/// Whether marks stand before groups of three alone.
fn parts_thousands(digits: &str, mark: char) -> bool {
    let mut groups = digits.split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

/// What a cell says; none where it is no number at all.
fn sign(cell: &Cell) -> Option<Sign> {
    let digits = &*cell.digits;
    let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
    let (mark, other, count, is) = match (commas, points) {
        (0, 0) => return Some(Sign::Silent),
        (_, 0) => (',', Mark::Point, commas, Mark::Comma),
        (0, _) => ('.', Mark::Comma, points, Mark::Point),
        _ => {
            let at = digits.rfind([',', '.'])?;
            let last = if digits[at..].starts_with(',') { ',' } else { '.' };
            let first = if last == ',' { '.' } else { ',' };
            let is_sound = digits[..at].find(last).is_none() && parts_thousands(&digits[..at], first) && !cell.spaced;
            let mark = if last == ',' { Mark::Comma } else { Mark::Point };
            return is_sound.then_some(Sign::Is(mark));
        }
    };
    if count > 1 {
        return (parts_thousands(digits, mark) && !cell.spaced).then_some(Sign::Is(other));
    }
    let could_part = parts_thousands(digits, mark) && !digits.starts_with('0') && !cell.spaced;
    Some(if could_part { Sign::Either } else { Sign::Is(is) })
}

fn number(cell: &Cell, mark: Mark) -> Number {
    let (thousands, decimal) = if mark == Mark::Point { (',', '.') } else { ('.', ',') };
    let plain = cell.digits.replace(thousands, "").replace(decimal, ".");
    Number { plain: format!("{}{plain}", cell.sign), percent: cell.percent }
}

/// The numbers of a column; an empty cell has none. Where nothing tells the mark, it is the `usual` one.
pub(super) fn column<'c>(
    cells: impl Iterator<Item = &'c str>,
    given: Option<Mark>,
    usual: Option<Mark>,
) -> Result<Vec<Option<Number>>, Fault> {
    let (mut mark, mut unclear) = (given, None);
    let mut read = Vec::new();
    for (n, text) in cells.enumerate() {
        if text.trim().is_empty() {
            read.push(None);
            continue;
        }
        let cell = cell(text).ok_or(Fault::NoNumber(n))?;
        match sign(&cell).ok_or(Fault::NoNumber(n))? {
            Sign::Silent => {}
            Sign::Is(is) if mark.is_none_or(|known| known == is) => mark = Some(is),
            Sign::Is(_) => return Err(Fault::AtOdds(n)),
            Sign::Either => unclear = unclear.or(Some(n)),
        }
        read.push(Some(cell));
    }
    let mark = match (mark.or(usual), unclear) {
        (Some(mark), _) => mark,
        (None, Some(n)) => return Err(Fault::Unclear(n)),
        (None, None) => Mark::Point,
    };
    Ok(read.iter().map(|cell| cell.as_ref().map(|cell| number(cell, mark))).collect())
}

#[cfg(test)]
mod tests {
    use super::{Fault, Mark, column};

    #[test]
    fn columns() {
        let check = |cells: &str, expect: &str| {
            let told = match column(cells.split('|'), None, None) {
                Ok(all) => all
                    .into_iter()
                    .map(|number| number.map_or("-".into(), |n| n.plain + if n.percent { "%" } else { "" }))
                    .collect::<Vec<_>>()
                    .join("|"),
                Err(fault) => format!("{fault:?}"),
            };
            assert_eq!(told, expect, "{cells}");
        };
        check("11 000|11\u{202f}000|5", "11000|11000|5");
        check("1,5|−3 %||+2", "1.5|-3%|-|2");
        check("1.234.567|2,5", "1234567|2.5");
        check("1,234|2.5", "1234|2.5");
        check("1,234|2,5", "1.234|2.5");
        check("1.234,5", "1234.5");
        check("1,234.5|1,000", "1234.5|1000");
        check("0,125", "0.125");
        check("1 234,567", "1234.567");
        check("1234,567", "1234.567");
        check("1,234|7", "Unclear(0)");
        check("1,5|2.5", "AtOdds(1)");
        check("1|about 5", "NoNumber(1)");
        check("1|2024-05", "NoNumber(1)");
        check("3.5.2024", "NoNumber(0)");
        check("1,2,3", "NoNumber(0)");
        check("5.", "NoNumber(0)");
        check("1,234,5.6", "NoNumber(0)");
        check("+", "NoNumber(0)");
        assert_eq!(column(["1,234"].into_iter(), Some(Mark::Comma), None).unwrap()[0].as_ref().unwrap().plain, "1.234");
        assert_eq!(column(["1,234"].into_iter(), None, Some(Mark::Point)).unwrap()[0].as_ref().unwrap().plain, "1234");
        assert_eq!(column(["1,5"].into_iter(), Some(Mark::Point), None), Err(Fault::AtOdds(0)));
    }
}
