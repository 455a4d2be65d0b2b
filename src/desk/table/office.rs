//! Spreadsheets: cells by `calamine`, and what it leaves out: what is struck through, hidden, or lies under merged cells.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use calamine::{Data, Ods, Range, Reader as _, Xlsx};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use sourcebook_core::base::guard;
use zip::ZipArchive;

use super::cells::{Cell, Format, Table, Told};

/// A spreadsheet unfolds to so many bytes at most.
const UNFOLDED: u64 = 256 << 20;

/// Rows and columns beyond these are none of a table that people keep.
const ROWS: usize = 200_000;
const COLUMNS: usize = 256;

/// What the eye sees of cells, by row and column from 0.
#[derive(Default)]
struct Marks {
    struck: BTreeSet<(usize, usize)>,
    covered: BTreeSet<(usize, usize)>,
    hidden: BTreeSet<usize>,
}

/// Reads a spreadsheet: the sheet of that name, or the first.
///
/// # Errors
/// It cannot be read: a sentence for the writer.
pub fn read(bytes: &[u8], format: Format, sheet: Option<&str>) -> Result<Table, String> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| "this is no spreadsheet of xlsx or ods".to_owned())?;
    let size: u64 = (0..archive.len()).filter_map(|n| archive.by_index_raw(n).ok().map(|file| file.size())).sum();
    if size > UNFOLDED {
        return Err(format!("it unfolds to more than {} MiB", UNFOLDED >> 20));
    }
    let failed = "it cannot be read: save it again, as xlsx, ods or CSV";
    let (range, marks) = guard::caught(|| match format {
        Format::Ods => of_ods(bytes, &mut archive, sheet),
        Format::Xlsx | Format::Csv => of_xlsx(bytes, &mut archive, sheet),
    })
    .unwrap_or_else(|| Err(failed.to_owned()))?;
    Ok(table(&range, &marks))
}

fn table(range: &Range<Data>, marks: &Marks) -> Table {
    let (top, left) = range.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
    let mut table = Table::default();
    for (n, row) in range.rows().take(ROWS).enumerate() {
        let number = top + n;
        if n == 0 {
            table.header = row.iter().take(COLUMNS).map(|cell| cell.to_string().trim().to_owned()).collect();
            continue;
        }
        if marks.hidden.contains(&number) && row.iter().any(|cell| *cell != Data::Empty) {
            table.told.push(Told::new(
                number + 1,
                "",
                "this row is hidden in the spreadsheet: it is read all the same",
            ));
        }
        let mut cells = Vec::new();
        for (m, data) in row.iter().take(COLUMNS).enumerate() {
            let at = (number, left + m);
            let column = table.header.get(m).cloned().unwrap_or_default();
            let mut tell = |what: &str| table.told.push(Told::new(number + 1, &column, what));
            cells.push(match () {
                () if *data == Data::Empty => Cell::Empty,
                () if marks.struck.contains(&at) => {
                    tell("words are struck through here: left out");
                    Cell::Lost
                }
                () if marks.covered.contains(&at) => {
                    tell("this lies unseen under merged cells: left out");
                    Cell::Lost
                }
                () => cell(data, &mut tell),
            });
        }
        table.push(number + 1, cells);
    }
    table
}

fn cell(data: &Data, tell: &mut impl FnMut(&str)) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) if text.trim().is_empty() => Cell::Empty,
        Data::String(text) => Cell::Text(text.clone()),
        Data::Int(number) => Cell::Number(number.to_string()),
        Data::Float(number) if number.is_finite() => Cell::Number(written(*number)),
        Data::Bool(truth) => Cell::Truth(*truth),
        Data::DateTime(moment) if moment.is_datetime() => {
            // Programs count the days before 1 March 1900 in different ways.
            if moment.as_f64() < 61.0 && moment.to_ymd_hms_milli().0 < 1901 {
                tell(
                    "a day before March 1900, on which spreadsheets do not agree: write it as text, 1899-12-31; left out",
                );
                return Cell::Lost;
            }
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            if (hour, minute) != (0, 0) {
                tell("the time of day is left out");
            }
            Cell::Day(format!("{year:04}-{month:02}-{day:02}"))
        }
        Data::DateTimeIso(text) => {
            let (day, time) = text.split_once('T').unwrap_or((text, ""));
            if !time.trim_matches(['0', ':', '.']).is_empty() {
                tell("the time of day is left out");
            }
            Cell::Day(day.to_owned())
        }
        Data::Float(_) | Data::DateTime(_) | Data::DurationIso(_) => {
            tell("a stretch of time, which no field is: left out");
            Cell::Lost
        }
        Data::Error(_) => {
            tell("a formula that fails: left out");
            Cell::Lost
        }
    }
}

fn written(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

fn chosen(names: &[String], sheet: Option<&str>) -> Result<String, String> {
    match sheet {
        Some(name) if names.iter().any(|n| n == name) => Ok(name.to_owned()),
        Some(name) => Err(format!("there is no sheet `{name}`; there is: {}", names.join(", "))),
        None => names.first().cloned().ok_or_else(|| "it has no sheets".to_owned()),
    }
}

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

fn of_xlsx(bytes: &[u8], archive: &mut Archive<'_>, sheet: Option<&str>) -> Result<(Range<Data>, Marks), String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let name = chosen(&book.sheet_names(), sheet)?;
    let range = book.worksheet_range(&name).map_err(|error| error.to_string())?;
    let mut marks = Marks::default();
    for merged in book.merge_cells_by_sheet_name(&name).unwrap_or_default() {
        let (rows, columns) = (merged.start.0..=merged.end.0, merged.start.1..=merged.end.1);
        let all = rows.flat_map(|row| columns.clone().map(move |column| (row as usize, column as usize)));
        marks.covered.extend(all.take(ROWS).filter(|at| *at != (merged.start.0 as usize, merged.start.1 as usize)));
    }
    if let Ok(styles) = book.worksheet_style(&name) {
        let (top, left) = styles.start().unwrap_or((0, 0));
        let (rows, columns) = (styles.height().min(ROWS), styles.width().min(COLUMNS));
        for at in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
            let place = (top + u32::try_from(at.0).unwrap_or(0), left + u32::try_from(at.1).unwrap_or(0));
            let is_struck =
                styles.get(place).and_then(|style| style.font.as_ref()).is_some_and(|font| font.has_strikethrough());
            marks.struck.extend(is_struck.then_some((place.0 as usize, place.1 as usize)));
        }
    }
    let struck_words = struck_strings(&part(archive, "xl/sharedStrings.xml").unwrap_or_default());
    let number = book.sheet_names().iter().position(|n| *n == name).unwrap_or(0);
    if let Some(path) = xlsx_sheet(archive, number) {
        xlsx_marks(&part(archive, &path).unwrap_or_default(), &struck_words, &mut marks);
    }
    Ok((range, marks))
}

/// The path of the nth sheet: by its relation in the workbook.
fn xlsx_sheet(archive: &mut Archive<'_>, number: usize) -> Option<String> {
    let mut ids = Vec::new();
    each(&part(archive, "xl/workbook.xml")?, |tag, name| {
        if name == "sheet" {
            ids.extend(attribute(tag, "id"));
        }
    });
    let wanted = ids.get(number)?.clone();
    let mut found = None;
    each(&part(archive, "xl/_rels/workbook.xml.rels")?, |tag, name| {
        if name == "Relationship" && attribute(tag, "Id").as_ref() == Some(&wanted) {
            found = attribute(tag, "Target");
        }
    });
    let target = found?;
    Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
}

/// The numbers of the shared strings of which some words are struck through.
fn struck_strings(xml: &str) -> BTreeSet<String> {
    let (mut number, mut found) = (0_usize, BTreeSet::new());
    each(xml, |tag, name| match name {
        "si" => number += 1,
        "strike" if attribute(tag, "val").is_none_or(|value| value != "0" && value != "false") => {
            found.insert(number.saturating_sub(1).to_string());
        }
        _ => {}
    });
    found
}

fn xlsx_marks(xml: &str, struck: &BTreeSet<String>, marks: &mut Marks) {
    let mut reader = Reader::from_str(xml);
    let (mut at, mut is_shared, mut in_value) = (None, false, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().as_ref() {
                "row" => {
                    let number = attribute(&tag, "r").and_then(|r| r.parse::<usize>().ok()).unwrap_or(0);
                    if attribute(&tag, "hidden").is_some_and(|value| value == "1" || value == "true") {
                        marks.hidden.insert(number.saturating_sub(1));
                    }
                }
                "c" => {
                    at = attribute(&tag, "r").as_deref().and_then(place);
                    is_shared = attribute(&tag, "t").as_deref() == Some("s");
                }
                "v" => in_value = true,
                "strike" => marks.struck.extend(at),
                _ => {}
            },
            Ok(Event::Text(text)) if in_value && is_shared => {
                let number = text.trim().to_owned();
                marks.struck.extend(at.filter(|_| struck.contains(&number)));
            }
            Ok(Event::End(_)) => in_value = false,
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// Row and column, from 0, of `B12`.
fn place(name: &str) -> Option<(usize, usize)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let letters = name[..digits]
        .bytes()
        .try_fold(0_usize, |n, b| b.is_ascii_uppercase().then(|| n.saturating_mul(26) + usize::from(b - b'A') + 1))?;
    Some((name[digits..].parse::<usize>().ok()?.checked_sub(1)?, letters.checked_sub(1)?))
}

fn of_ods(bytes: &[u8], archive: &mut Archive<'_>, sheet: Option<&str>) -> Result<(Range<Data>, Marks), String> {
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let name = chosen(&book.sheet_names(), sheet)?;
    let range = book.worksheet_range(&name).map_err(|error| error.to_string())?;
    let mut marks = Marks::default();
    ods_marks(&part(archive, "content.xml").unwrap_or_default(), &name, &mut marks);
    Ok((range, marks))
}

fn ods_marks(xml: &str, wanted: &str, marks: &mut Marks) {
    let mut struck: BTreeSet<String> = BTreeSet::new();
    let (mut style, mut is_sheet) = (String::new(), false);
    let (mut row, mut rows, mut column, mut next) = (0_usize, 0_usize, 0_usize, 0_usize);
    each(xml, |tag, name| match name {
        "style" => style = attribute(tag, "name").unwrap_or_default(),
        "text-properties" => {
            let line = attribute(tag, "text-line-through-style").is_some_and(|line| line != "none");
            let kind = attribute(tag, "text-line-through-type").is_some_and(|line| line != "none");
            if line || kind {
                struck.insert(style.clone());
            }
        }
        "table" => {
            is_sheet = attribute(tag, "name").as_deref() == Some(wanted);
            (row, rows) = (0, 0);
        }
        "table-row" if is_sheet => {
            row = rows;
            let repeated = attribute(tag, "number-rows-repeated").and_then(|n| n.parse().ok()).unwrap_or(1_usize);
            rows = rows.saturating_add(repeated).min(ROWS * 10);
            (column, next) = (0, 0);
            if attribute(tag, "visibility").is_some_and(|seen| seen != "visible") {
                marks.hidden.extend((row..rows).take(ROWS));
            }
        }
        "table-cell" | "covered-table-cell" if is_sheet => {
            column = next;
            let repeated = attribute(tag, "number-columns-repeated").and_then(|n| n.parse().ok()).unwrap_or(1_usize);
            next = column.saturating_add(repeated);
            let all = (column..next.min(COLUMNS)).map(|column| (row, column));
            if name == "covered-table-cell" {
                marks.covered.extend(all);
            } else if attribute(tag, "style-name").is_some_and(|style| struck.contains(&style)) {
                marks.struck.extend(all);
            }
        }
        "span" | "p" if is_sheet && attribute(tag, "style-name").is_some_and(|style| struck.contains(&style)) => {
            marks.struck.insert((row, column));
        }
        _ => {}
    });
}

/// A part of a spreadsheet's archive.
fn part(archive: &mut Archive<'_>, name: &str) -> Option<String> {
    let mut text = Vec::new();
    archive.by_name(name).ok()?.take(UNFOLDED).read_to_end(&mut text).ok()?;
    String::from_utf8(text).ok()
}

/// Every start tag of a document, with its local name.
fn each(xml: &str, mut use_tag: impl FnMut(&BytesStart<'_>, &str)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let name = tag.local_name();
                use_tag(&tag, name.as_ref());
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn attribute(tag: &BytesStart<'_>, local: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut all = attributes.with_checks(false).filter_map(Result::ok);
    let found = all.find(|a| a.key.local_name().as_ref() == local)?;
    Some(found.value.into_owned())
}
