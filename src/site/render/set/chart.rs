//! A chart, for its template.

use tera::Value;

use super::super::Renderer;
use super::super::figures::worded;
use super::super::object::{Html, Object};
use crate::blocks::{Along, Chart};
use crate::figures::{ChartAlong, ChartFigure, ChartLine, Tick, chart};
use sourcebook_core::words::number;

pub(super) fn value(renderer: &Renderer<'_>, data: &Chart, id: &str) -> Value {
    let words = renderer.words();
    let lines: Vec<_> =
        data.series.iter().map(|series| ChartLine { name: &series.name, values: &series.values }).collect();
    let along = data.along.as_ref().map(|along| match along {
        Along::Days(days) => ChartAlong::Days(days),
        Along::Numbers(numbers) => ChartAlong::Numbers(numbers),
    });
    let percent = data.series.iter().all(|series| series.percent);
    let figure = chart(&ChartFigure {
        id,
        title: &renderer.typeset(&data.title),
        labels: &data.labels,
        lines: &lines,
        along,
        missing: words.text("box.no_value"),
        tick: &|tick| worded(renderer, tick),
        value_tick: &|tick| match tick {
            Tick::Number { value, decimals } if percent => {
                words.fill("ui.percent", &[("n", &number::float(value, decimals, words.language()))])
            }
            tick => worded(renderer, tick),
        },
    });
    Object::new()
        .set("title", renderer.typeset(&data.title).into_owned())
        .set("kind", if data.along.is_some() { "lines" } else { "bars" })
        .set("figure_html", Html(figure))
        .set("table", super::table(&data.table).build())
        .build()
}
