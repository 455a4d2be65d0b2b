//! Small cases byte for byte, and what must hold for every input: well-formed, in its box, text escaped.

use proptest::prelude::*;
use roxmltree::{Document, Node as Element};

use super::*;
use sourcebook_core::model::kinds::PlacePrecision;

fn plain(tick: Tick) -> String {
    match tick {
        Tick::Number { value, decimals } => format!("{value:.decimals$}"),
        Tick::Year(year) => year.to_string(),
        Tick::Month { year, month, .. } => format!("{year}-{month:02}"),
        Tick::Day { year, month, day, .. } => format!("{year}-{month:02}-{day:02}"),
    }
}

fn words() -> Legend {
    let [exact, about, at_least, at_most, range, unsure, one_of, contested] =
        ["exact", "about", "at least", "at most", "range", "unsure", "one of", "contested"].map(str::to_owned);
    Legend { exact, about, at_least, at_most, range, unsure, one_of, contested }
}

fn date(text: &str) -> Span {
    Span::of(&Edtf::parse(text).unwrap())
}

fn row(speaker: &str, as_of: &str, value: Value) -> Row {
    let value_label = format!("{speaker}’s");
    Row { speaker: speaker.to_owned(), value_label, value, as_of: date(as_of), ..Row::default() }
}

fn contested(row: Row) -> Row {
    Row { contested: Some("differs".to_owned()), ..row }
}

fn draw_answers(scale: Scale, rows: &[Row]) -> String {
    answers(&AnswersFigure {
        id: "a",
        title: "How many?",
        caption: "",
        scale,
        rows,
        apart_heading: "Apart",
        legend: &words(),
        tick: &plain,
    })
}

fn draw_over_time(rows: &[Row]) -> String {
    over_time(&OverTimeFigure { id: "o", title: "When?", caption: "", rows, legend: &words(), tick: &plain })
}

fn draw_timeline(events: &[Entry], said: &[Entry], listed: bool) -> String {
    let (above, below, legend) = ("Events", "Statements", &words());
    let (id, title, caption) = ("t", "", "");
    timeline(&TimelineFigure { id, title, caption, above, events, below, said, listed, legend, tick: &plain })
}

/// Every figure that takes rows, for the same ones.
fn draw_all(rows: &[Row]) -> Vec<String> {
    let choice = |label: &str, rows: &[Row]| Choice { label: label.to_owned(), rows: rows.to_vec() };
    let half = rows.split_at(rows.len() / 2);
    let two = [choice("yes", half.0), choice("no", half.1), choice("neither", &[])];
    let entries: Vec<_> = rows.iter().map(entry).collect();
    vec![
        draw_answers(Scale::Number, rows),
        draw_answers(Scale::Date, rows),
        draw_over_time(rows),
        choices(&ChoicesFigure { id: "c", title: "", caption: "", choices: &two, legend: &words(), tick: &plain }),
        draw_timeline(&entries, &entries, rows.len().is_multiple_of(2)),
        small(&SmallFigure { id: "s", title: "x", scale: Scale::Number, rows, tick: &plain }),
    ]
}

fn entry(row: &Row) -> Entry {
    let (label, date_label) = (row.speaker.clone(), row.sub.clone());
    Entry { label, date_label, when: row.as_of.clone(), href: row.href.clone(), contested: row.contested.is_some() }
}

/// The shapes of a figure in order, each as its class and its places: what a golden file would hold, to be read.
fn shapes(markup: &str) -> Vec<String> {
    let document = Document::parse(markup).unwrap();
    let marks = document.descendants().filter(|n| n.attribute("class").is_some_and(|c| c.starts_with("fig-mark")));
    marks.map(|mark| mark.descendants().filter_map(shape).collect::<Vec<_>>().join(", ")).collect()
}

fn shape(node: Element) -> Option<String> {
    let class = node.attribute("class").filter(|_| !node.has_tag_name("g"))?.replace("fig-", "");
    let places: Vec<_> = ["x", "cx", "x1", "x2", "width"].iter().filter_map(|name| node.attribute(*name)).collect();
    Some([class].into_iter().chain(places.into_iter().map(str::to_owned)).collect::<Vec<_>>().join(" "))
}

#[test]
fn every_kind_of_value_has_a_shape() {
    let about = Value::About { at: 5.0, low: 4.0, high: 6.0 };
    for (value, plain, differing) in [
        (Value::Exact(0.0), "dot 3%", "at 3%, diamond"),
        (about, "ray 40.6% 59.4%, ring 50%", "ray 40.6% 59.4%, at 50%, diamond hollow"),
        (
            Value::AtLeast(5.0),
            "ray 34.3% 100%, at 100%, head, at 34.3%, cap",
            "ray 34.3% 100%, at 100%, head, at 34.3%, diamond",
        ),
        (Value::AtMost(5.0), "ray 50% 0%, at 0%, head, at 50%, cap", "ray 50% 0%, at 0%, head, at 50%, diamond"),
        (Value::Between(0.0, 5.0), "at, bar 3% 47%", "at, bar 3% 47%, at 26.5%, diamond"),
        (Value::None, "", ""),
    ] {
        let ends = [Value::Exact(0.0), Value::Exact(10.0), Value::Exact(9.9)];
        let [first, last, near] = ends.map(|value| row("end", "2024", value));
        let drawn =
            |mark: Row| shapes(&draw_answers(Scale::Number, &[first.clone(), last.clone(), near.clone(), mark]));
        assert_eq!(drawn(row("x", "2025", value.clone())).get(3).map_or("", |s| s), plain, "{value:?}");
        assert_eq!(drawn(contested(row("x", "2025", value.clone()))).get(3).map_or("", |s| s), differing, "{value:?}");
    }
}

#[test]
fn a_date_is_as_wide_as_its_text_leaves_it() {
    for (text, expect) in [
        ("2023", "at, bar 6.5% 43.5%"),
        ("2024-06", "at, bar 68% 3.6%"),
        ("2024-06-19", "dot 70.2%"),
        ("2024-06-19~", "ring 70.2%"),
        ("2023-05?", "at, bar unsure 20.8% 3.7%"),
        ("[2023-01, 2024-06-19]", "join 10.2% 70.2%, at, bar 6.5% 3.7%, dot 70.2%"),
        ("2024-06/..", "at, bar 63.6% 36.4%, at 100%, head"),
    ] {
        let frame = ["2023", "2024-12-31"].map(|d| row("end", "2024", Value::date(&Edtf::parse(d).unwrap())));
        let mark = row("x", "2025", Value::Days(date(text)));
        let drawn = shapes(&draw_answers(Scale::Date, &[frame[0].clone(), frame[1].clone(), mark]));
        assert_eq!(drawn[2], expect, "{text}");
    }
}

#[test]
fn a_small_question_byte_for_byte() {
    let eight = contested(row("A & B", "2024-11-03", Value::Exact(8.0)));
    let ten = Row {
        apart: Some("elsewhere".into()),
        href: Some("b/?x=1&y".into()),
        ..row("B", "2024-11", Value::AtMost(10.0))
    };
    let expect = concat!(
        "<figure class=\"fig fig-answers\" id=\"a\" aria-labelledby=\"a-title\">",
        "<p class=\"fig-title\" id=\"a-title\">How many?</p>",
        "<div class=\"fig-bands\"><div class=\"fig-band\"><ol class=\"fig-rows\"><li class=\"fig-row fig-contested\">",
        "<p class=\"fig-who\">A &amp; B</p><p class=\"fig-value\">A &amp; B’s ",
        "<small class=\"fig-differs\"><span aria-hidden=\"true\">◆</span> differs</small></p>",
        "<div class=\"fig-box\">STRIP<g class=\"fig-mark fig-contested\"><svg class=\"fig-at\" x=\"21.8%\" y=\"50%\" ",
        "overflow=\"visible\"><path class=\"fig-diamond\" d=\"M0 -7.5L7.5 0L0 7.5L-7.5 0Z\"/></svg></g></svg></div></li></ol></div>",
        "<div class=\"fig-band fig-apart\"><p class=\"fig-heading\">Apart</p><ol class=\"fig-rows\"><li class=\"fig-row\">",
        "<p class=\"fig-who\"><a href=\"b/?x=1&amp;y\">B</a></p>",
        "<p class=\"fig-value\">B’s <small class=\"fig-why\">elsewhere</small></p>",
        "<div class=\"fig-box\">STRIP<g class=\"fig-mark\">",
        "<line class=\"fig-ray\" x1=\"97%\" y1=\"50%\" x2=\"0%\" y2=\"50%\"/>",
        "<svg class=\"fig-at\" x=\"0%\" y=\"50%\" overflow=\"visible\"><path class=\"fig-head\" d=\"M9 -5L0 0L9 5Z\"/></svg>",
        "<svg class=\"fig-at\" x=\"97%\" y=\"50%\" overflow=\"visible\"><path class=\"fig-cap\" d=\"M0 -8V8\"/></svg></g></svg>",
        "</div></li></ol></div>",
    );
    let drawn = draw_answers(Scale::Number, &[ten, eight]);
    let strip = drawn.find("<svg class=\"fig-strip\"").unwrap()..drawn.find("<g class=\"fig-mark").unwrap();
    let drawn = drawn.replace(&drawn[strip], "STRIP");
    assert_eq!(drawn.split("<div class=\"fig-scale\">").next(), Some(expect));
    assert!(
        drawn.contains(">7.5</text>") && drawn.contains("at most</li>") && !drawn.contains("range</li>"),
        "{drawn}"
    );
}

#[test]
fn rows_stand_in_order_of_time() {
    let rows = [("c", ""), ("b", "2025"), ("a", "2024-11-03"), ("d", "2024")].map(|(name, when)| Row {
        as_of: if when.is_empty() { Span::default() } else { date(when) },
        ..row(name, "2024", Value::Exact(1.0))
    });
    let names = in_order(&rows).iter().map(|row| row.speaker.as_str()).collect::<String>();
    assert_eq!(names, "dabc");
}

#[test]
fn a_chain_reads_from_outlet_to_origin() {
    let node = |label: &str| Node { label: label.to_owned(), ..Node::default() };
    let unknown = Node { unknown: true, ..node("unknown") };
    let origins = [
        Origin {
            node: node("speaker"),
            chains: vec![vec![node("<outlet>"), node("agency")], vec![node("other")], vec![]],
        },
        Origin { node: unknown, chains: vec![] },
    ];
    let drawn = derivation(&DerivationFigure { id: "d", title: "", caption: "", origins: &origins, arrow: "after" });
    let document = Document::parse(&drawn).unwrap();
    let text: String = document.descendants().filter_map(|n| n.text().filter(|_| n.is_text())).collect();
    assert_eq!(text, "<outlet> after agencyother after speakerunknown");
    assert!(drawn.contains("fig-several") && drawn.contains("<span class=\"fig-node fig-unknown\">unknown</span>"));
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(draw_over_time(&[]), "");
    assert_eq!(draw_timeline(&[], &[], true), "");
    assert_eq!(small(&SmallFigure { id: "s", title: "", scale: Scale::Date, rows: &[], tick: &plain }), "");
    assert_eq!(shapes(&draw_answers(Scale::Number, &[])), Vec::<String>::new());
    let nowhere = Spot { label: "", lat: f64::NAN, lon: 0.0, precision: None };
    assert_eq!(map(&MapFigure { id: "m", title: "", description: "", caption: "", place: nowhere, others: &[] }), "");
}

#[test]
fn a_dense_time_stacks_without_overlap() {
    let entry = |i: usize| Entry {
        label: format!("entry {i}"),
        when: date(&format!("2024-11-{:02}", i % 28 + 1)),
        ..Entry::default()
    };
    let said: Vec<_> = (0..150).map(entry).collect();
    let drawn = draw_timeline(&[], &said, true);
    let document = Document::parse(&drawn).unwrap();
    let narrow = document.descendants().find(|n| n.attribute("class") == Some("fig-strip-of-time")).unwrap();
    let lanes: Vec<_> = narrow.descendants().filter(|n| n.attribute("class") == Some("fig-lane")).collect();
    assert!((6..20).contains(&lanes.len()), "{}", lanes.len());
    let places = |lane: &Element| -> Vec<f64> {
        lane.descendants().filter_map(|n| n.attribute("cx")?.trim_end_matches('%').parse().ok()).collect()
    };
    assert_eq!(lanes.iter().map(|lane| places(lane).len()).sum::<usize>(), 150);
    for lane in &lanes {
        assert!(places(lane).windows(2).all(|pair| (pair[1] - pair[0]) * 2.6 > 8.0), "{:?}", places(lane));
    }
    assert!(!drawn.contains("<ol") && draw_timeline(&[], &said, false).contains("<ol"));
}

/// What holds for all markup: it parses, brings no style or script, and places nothing outside its box.
fn sound(markup: &str) -> Result<(), TestCaseError> {
    if markup.is_empty() {
        return Ok(());
    }
    let document = Document::parse(markup).map_err(|fault| TestCaseError::fail(format!("{fault}: {markup}")))?;
    for node in document.descendants().filter(Element::is_element) {
        prop_assert!(!["script", "style", "image", "b"].contains(&node.tag_name().name()));
        for attribute in node.attributes() {
            prop_assert!(attribute.name() != "style" && !attribute.name().starts_with("on"), "{}", markup);
            let placed = ["x", "y", "cx", "cy", "x1", "y1", "x2", "y2", "width", "height"].contains(&attribute.name());
            if let Some(share) = attribute.value().strip_suffix('%').filter(|_| placed) {
                let share: f64 = share.parse().map_err(|_| TestCaseError::fail(attribute.value().to_owned()))?;
                prop_assert!((0.0..=100.0).contains(&share), "{}", markup);
            }
        }
    }
    let ids: Vec<_> = document.descendants().filter_map(|n| n.attribute("id")).collect();
    prop_assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    Ok(())
}

fn number() -> impl Strategy<Value = f64> {
    let odd = [0.0, -0.0, f64::NAN, f64::INFINITY, f64::MIN, f64::MAX, f64::MIN_POSITIVE, 1e15, -1e15];
    prop_oneof![(-20_000_i32..20_000).prop_map(f64::from), proptest::sample::select(odd.to_vec()), any::<f64>()]
}

fn days() -> impl Strategy<Value = Span> {
    let day = || prop_oneof![Just(None), (19_000_i64..21_000).prop_map(Some), any::<i64>().prop_map(Some)];
    let range = (day(), day()).prop_map(|(first, last)| sourcebook_core::model::date::DayRange { first, last });
    let unsure = any::<bool>();
    (proptest::collection::vec(range, 0..3), unsure).prop_map(|(all, unsure)| Span { days: DaySet::new(all), unsure })
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::None),
        number().prop_map(Value::Exact),
        (number(), number(), number()).prop_map(|(at, low, high)| Value::About { at, low, high }),
        number().prop_map(Value::AtLeast),
        number().prop_map(Value::AtMost),
        (number(), number()).prop_map(|(low, high)| Value::Between(low, high)),
        days().prop_map(Value::Days),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("</text><b>&\"'".to_owned()), "\\PC{0,40}", any::<String>()]
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let maybe = || proptest::option::of(text());
    let row = (text(), text(), value(), text(), maybe(), maybe(), maybe(), days());
    let row = row.prop_map(|(speaker, sub, value, value_label, contested, apart, href, as_of)| Row {
        speaker,
        sub,
        value,
        value_label,
        contested,
        apart,
        href,
        as_of,
    });
    proptest::collection::vec(row, 0..7)
}

proptest! {
    #[test]
    fn every_figure_of_any_rows_is_sound_and_the_same_again(rows in rows()) {
        let drawn = draw_all(&rows);
        for markup in &drawn {
            sound(markup)?;
        }
        prop_assert_eq!(drawn, draw_all(&rows));
    }

    #[test]
    fn every_map_is_sound_and_in_its_box(lat in number(), lon in number(), other in number(), label in text(), near in -400.0..400.0) {
        let spot = |label, lat, lon, precision| Spot { label, lat, lon, precision };
        for (lat, lon) in [(lat, lon), (near / 5.0, near)] {
            let place = spot(&label, lat, lon, Some(PlacePrecision::Country));
            let others = [spot("other", other, lon, None), spot("near", lat + 1.0, lon - 1.0, None)];
            let markup = map(&MapFigure { id: "m", title: "", description: &label, caption: "", place, others: &others });
            sound(&markup)?;
            for d in markup.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                prop_assert!(in_box(d), "{}", d);
            }
        }
    }
}

/// Whether a path stays in the picture and the little bleed around it.
fn in_box(d: &str) -> bool {
    let (mut x, mut y) = (0.0, 0.0);
    let starts = d.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()).map(|(i, _)| i).chain([d.len()]);
    let starts: Vec<_> = starts.collect();
    starts.windows(2).all(|pair| {
        let step = &d[pair[0]..pair[1]];
        let numbers: Vec<f64> = step[1..].split(' ').filter_map(|n| n.parse().ok()).collect();
        match (step.as_bytes()[0], numbers.as_slice()) {
            (b'M', [u, v]) => (x, y) = (*u, *v),
            (b'l', [u, v]) => (x, y) = (x + u, y + v),
            (b'H', [u]) => x = *u,
            (b'V', [v]) => y = *v,
            (b'Z', []) => {}
            _ => return false,
        }
        (-6.1..=366.1).contains(&x) && (-6.1..=246.1).contains(&y)
    })
}
