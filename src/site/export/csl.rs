//! CSL-JSON (csl-data.json of the Citation Style Language, 1.0.2): what Zotero, Pandoc and citeproc read.

use super::Input;
use super::item::{Item, parts, sources};
use sourcebook_core::base::json::Json;
use sourcebook_core::model::date::{Bound, Edtf, Form, Point, Season, When};

/// All sources.
pub fn write(input: &Input<'_>, out: &mut String) {
    Json::new(out).array(|json| {
        for item in sources(input) {
            write_item(json.line(), &item);
        }
    });
    out.push('\n');
}

/// One item.
pub fn write_item(json: &mut Json<'_>, item: &Item<'_>) {
    json.object(|o| {
        o.text("id", item.id).text("type", item.kind).text("title", &item.title);
        o.list("author", &item.authors, |list, name| {
            list.object(|o| {
                o.text("literal", name);
            });
        });
        o.maybe(if item.is_part() { "container-title" } else { "publisher" }, item.publisher);
        date(o, "issued", item.issued);
        date(o, "accessed", item.accessed);
        o.maybe("URL", item.url.as_ref());
        o.maybe("archive_location", item.archive);
        o.maybe("language", item.language).maybe("status", item.status);
    });
}

/// As date parts where the date is one, or an interval of two of one precision; else in words, which no reader turns into a
/// day that nobody said. Parts and words together are printed one behind the other by citeproc-js, and it stops at intervals
/// of a year and a month.
fn date(json: &mut Json<'_>, key: &str, date: Option<&Edtf>) {
    let Some(date) = date else { return };
    let points = match date.form() {
        Form::Single(point) => Some(vec![*point]),
        Form::Interval { start: Bound::At(start), end: Bound::At(end) } => Some(vec![*start, *end]),
        Form::Interval { .. } | Form::OneOf(_) => None,
    };
    json.table(key, |o| match points.as_deref() {
        Some([point @ Point { when: When::Season { year, season }, .. }]) => {
            o.key("date-parts").array(|list| date_parts(list, (*year, None, None)));
            o.value("season", number(*season));
            doubt(o, *point);
        }
        Some(points) if are_parts(points) => {
            o.key("date-parts").array(|list| points.iter().filter_map(|p| parts(*p)).for_each(|p| date_parts(list, p)));
            points.first().iter().for_each(|point| doubt(o, **point));
        }
        _ => {
            // Without this list, citationberg reads no date, and no work.
            o.key("date-parts").array(|_| {});
            o.text("literal", date.text());
        }
    });
}

/// Whether points are dates with the same parts and the same doubts, in their order.
fn are_parts(points: &[Point]) -> bool {
    let shape = |point: &Point| {
        let (_, month, day) = parts(*point)?;
        Some((month.is_some(), day.is_some(), point.uncertain, point.approximate))
    };
    let exact = |point: &Point| matches!(point.when, When::Day { .. } | When::Month { .. } | When::Year { .. });
    let first = points.first().and_then(shape);
    first.is_some() && points.iter().all(|point| shape(point) == first && (points.len() == 1 || exact(point)))
}

/// `circa`: the one mark of doubt that CSL has. Only `true` is read as yes by everybody.
fn doubt(o: &mut Json<'_>, point: Point) {
    if point.uncertain || point.approximate {
        o.value("circa", true);
    }
}

/// CSL has no year 0: before the year 1 comes -1, where EDTF has 0000.
fn date_parts(json: &mut Json<'_>, (year, month, day): (i64, Option<u8>, Option<u8>)) {
    json.array(|list| {
        list.raw(if year <= 0 { year - 1 } else { year });
        for part in month.into_iter().chain(day) {
            list.raw(part);
        }
    });
}

fn number(season: Season) -> u8 {
    match season {
        Season::Spring => 1,
        Season::Summer => 2,
        Season::Autumn => 3,
        Season::Winter => 4,
    }
}
