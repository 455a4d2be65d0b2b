//! The chronology of events as TimelineJS 3 reads it (its JSON format).
//!
//! TimelineJS shows headlines and texts as HTML, so that they are escaped here, and wants a first day: of an event that is
//! open towards the past it is given the last. The words of the date are those that the site shows.

use super::Input;
use sourcebook_core::base::html::escape;
use sourcebook_core::base::json::Json;
use sourcebook_core::model::EventIx;
use sourcebook_core::model::date::{Civil, Edtf, Form};
use sourcebook_core::words;

/// All events, by time.
pub fn write(input: &Input<'_>, out: &mut String) {
    let mut order: Vec<_> = (0..input.dossier.events.len()).map(EventIx::at).collect();
    order.sort_by_key(|ix| (input.dossier[*ix].date.date.sort_key(), *ix));
    Json::new(out).object(|o| {
        o.table("title", |o| {
            text(o, &input.config.title, input.config.description.as_deref());
        });
        o.key("events").array(|list| order.iter().for_each(|ix| event(list, input, *ix)));
    });
    out.push('\n');
}

fn event(json: &mut Json<'_>, input: &Input<'_>, ix: EventIx) {
    let event = &input.dossier[ix];
    let date = &event.date.date;
    let (first, last) = (date.earliest().or(date.latest()), date.latest().filter(|_| date.earliest().is_some()));
    let Some(first) = first else { return };
    json.line().object(|o| {
        o.text("unique_id", input.id(ix));
        o.table("start_date", |o| day(o, Civil::from_day(first), date));
        if let Some(last) = last.filter(|last| *last > first && !is_plain(date)) {
            o.table("end_date", |o| day(o, Civil::from_day(last), date));
        }
        o.text("display_date", &words::date::event(&event.date, input.messages));
        let summary = event.summary.as_ref().map(|s| input.plain(s));
        text(o, &event.title, summary.as_deref());
        o.maybe("group", event.place.map(|place| &input.dossier[place].name));
        o.text("link", &input.url(ix.into()));
    });
}

fn text(json: &mut Json<'_>, headline: &str, text: Option<&str>) {
    json.table("text", |o| {
        o.text("headline", &escape(headline)).maybe("text", text.map(escape));
    });
}

/// A year or month by itself says how long it is.
fn is_plain(date: &Edtf) -> bool {
    matches!(date.form(), Form::Single(_)) && super::item::single(date).is_some()
}

fn day(json: &mut Json<'_>, civil: Civil, date: &Edtf) {
    let (month, day) = match super::item::single(date) {
        Some((_, month, day)) => (month, day),
        None => (Some(civil.month), Some(civil.day)),
    };
    json.value("year", civil.year);
    for (key, part) in [("month", month), ("day", day)] {
        if let Some(part) = part {
            json.value(key, part);
        }
    }
}
