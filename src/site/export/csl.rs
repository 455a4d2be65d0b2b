//! CSL-JSON (csl-data.json of the Citation Style Language, 1.0.2): what Zotero, Pandoc and citeproc read.

use super::Input;
use super::item::{Item, parts, sources};
use sourcebook_core::base::json::Json;
use sourcebook_core::model::date::{Bound, Civil, Edtf, Form, Point, Season, When};

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
        o.maybe("language", item.language);
    });
}

/// As date parts where the date is one or an interval of two; else as the text of it.
fn date(json: &mut Json<'_>, key: &str, date: Option<&Edtf>) {
    let Some(date) = date else { return };
    let points = match date.form() {
        Form::Single(point) => Some(vec![*point]),
        Form::Interval { start: Bound::At(start), end: Bound::At(end) } => Some(vec![*start, *end]),
        Form::Interval { .. } | Form::OneOf(_) => None,
    };
    json.table(key, |o| match points.as_deref() {
        Some([Point { when: When::Season { year, season }, .. }]) => {
            o.key("date-parts").array(|list| {
                list.array(|parts| {
                    parts.raw(year);
                });
            });
            o.value("season", number(*season));
        }
        Some(points) if points.iter().all(|p| parts(*p).is_some()) => {
            o.key("date-parts").array(|list| points.iter().filter_map(|p| parts(*p)).for_each(|p| date_parts(list, p)));
            if date.is_uncertain() || date.is_approximate() {
                o.value("circa", true);
            }
        }
        // What no parts can say is said in words; the days that it may mean are there to sort by.
        _ => {
            let days = [date.earliest(), date.latest()].into_iter().flatten().map(Civil::from_day);
            let days: Vec<_> = days.map(|c| (c.year, Some(c.month), Some(c.day))).collect();
            o.list("date-parts", &days, |list, day| date_parts(list, *day));
            o.text("literal", date.text());
        }
    });
}

fn date_parts(json: &mut Json<'_>, (year, month, day): (i64, Option<u8>, Option<u8>)) {
    json.array(|list| {
        list.raw(year);
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
