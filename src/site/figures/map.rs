//! Where a place lies: a window of the world around it (equirectangular, true in size at the place's latitude), and the
//! place as exactly as it is known: a point for what is one, a soft ring for what is larger.

use std::fmt::Write;

use sourcebook_core::model::kinds::PlacePrecision;

use super::answers::sentence;
use super::labels::{Place, Room};
use super::land::{self, LonLat, Window};
use super::svg::{escape, figure, ident, num};
use super::text;

/// A locator map.
#[derive(Clone, Copy, Debug)]
pub struct MapFigure<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What the figure shows, as a heading; may be empty.
    pub title: &'a str,
    /// In a sentence, what is to be seen: read out in place of the drawing.
    pub description: &'a str,
    /// Below the map: that a ring is approximate, where borders come from; may be empty.
    pub caption: &'a str,
    /// The place.
    pub place: Spot<'a>,
    /// Other places of the dossier, drawn faintly where they lie in the window.
    pub others: &'a [Spot<'a>],
}

/// A place on the map.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    /// Its name.
    pub label: &'a str,
    /// Degrees north; beyond 85 either way, the map stops there.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// How exact that is meant.
    pub precision: Option<PlacePrecision>,
}

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 240.0;
const SIZE: f64 = 12.5;
const LONGEST: f64 = 200.0;
/// The foot of the picture, where the yardstick stands.
const FOOT: f64 = 22.0;
const KM_A_DEGREE: f64 = 111.2;
/// What is cut off lies this far outside the picture, so that no cut edge is seen.
const BLEED: f64 = 6.0;

/// So many other places are drawn on one map: more would lie over one another, and each looks for room among all.
pub const MOST: usize = 40;

/// The part of the world that the map of a place shows; west, south, east, north, in degrees, a little more than is seen.
pub fn window(place: &Spot) -> Option<(f64, f64, f64, f64)> {
    View::around(place).map(|view| view.window())
}

/// Whether a place is drawn as a point on the maps of others.
pub fn is_point(precision: Option<PlacePrecision>) -> bool {
    ring(precision).is_none()
}

/// Draws the map; an empty text where the place has no coordinates that make sense.
pub fn map(input: &MapFigure) -> String {
    let Some(view) = View::around(&input.place) else { return String::new() };
    let id = ident(input.id);
    let mut svg = format!(
        "<svg class=\"fig-map\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{id}-what\"><title \
         id=\"{id}-what\">{}</title><rect class=\"fig-sea\" width=\"{}\" height=\"{}\"/>",
        num(WIDTH),
        num(HEIGHT),
        escape(input.description),
        num(WIDTH),
        num(HEIGHT)
    );
    svg += &outlines(&view);
    svg += &graticule(&view);
    svg += &spots(&view, input);
    svg += &yardstick(&view);
    svg.push_str("</svg>");
    figure("locator", input.id, input.title, &svg, &sentence(input.caption))
}

/// The radius of the ring, in kilometres: none for what is a point at this scale.
fn ring(precision: Option<PlacePrecision>) -> Option<f64> {
    match precision? {
        PlacePrecision::Point | PlacePrecision::Site | PlacePrecision::City => None,
        PlacePrecision::District => Some(30.0),
        PlacePrecision::Region => Some(120.0),
        PlacePrecision::Area => Some(250.0),
        PlacePrecision::Country => Some(400.0),
    }
}

/// A window: its centre, and pixels a degree.
struct View {
    centre: LonLat,
    across: f64,
    up: f64,
}

impl View {
    fn around(spot: &Spot) -> Option<Self> {
        if !spot.lat.is_finite() || !spot.lon.is_finite() || spot.lat.abs() > 90.0 || spot.lon.abs() > 360.0 {
            return None;
        }
        let half = ring(spot.precision).map_or(350.0, |radius| radius.max(90.0) * 4.0) / KM_A_DEGREE;
        let centre = (wrap(spot.lon), spot.lat.clamp(-85.0, 85.0));
        let up = HEIGHT / 2.0 / half;
        Some(Self { centre, across: up * centre.1.to_radians().cos(), up })
    }

    fn project(&self, (lon, lat): LonLat) -> LonLat {
        (WIDTH / 2.0 + (lon - self.centre.0) * self.across, HEIGHT / 2.0 - (lat - self.centre.1) * self.up)
    }

    /// In degrees.
    fn window(&self) -> Window {
        let (x, y) = (WIDTH / 2.0 / self.across + 1.0, HEIGHT / 2.0 / self.up + 1.0);
        (self.centre.0 - x, self.centre.1 - y, self.centre.0 + x, self.centre.1 + y)
    }

    fn sees(&self, (x, y): LonLat) -> bool {
        (0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT - FOOT).contains(&y)
    }

    /// A place, on whichever turn of the globe is nearest.
    fn spot(&self, spot: &Spot) -> LonLat {
        self.project((self.centre.0 + wrap(spot.lon - self.centre.0), spot.lat))
    }
}

/// To between -180 and 180.
fn wrap(lon: f64) -> f64 {
    if (-180.0..=180.0).contains(&lon) { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

fn outlines(view: &View) -> String {
    let paper = (-BLEED, -BLEED, WIDTH + BLEED, HEIGHT + BLEED);
    let (west, south, east, north) = view.window();
    let (mut land, mut borders) = (String::new(), String::new());
    for turn in [-360.0, 0.0, 360.0] {
        for outline in land::within((west - turn, south, east - turn, north)) {
            let points = outline.points.iter().map(|(lon, lat)| view.project((lon + turn, *lat)));
            let points: Vec<_> = points.collect();
            if outline.border {
                line(&mut borders, &points, paper);
            } else {
                path(&mut land, &land::clip_ring(&points, paper), true);
            }
        }
    }
    let mut out = String::new();
    for (class, d) in [("fig-land\" fill-rule=\"evenodd", land), ("fig-border", borders)] {
        if !d.is_empty() {
            let _ = write!(out, "<path class=\"{class}\" d=\"{d}\"/>");
        }
    }
    out
}

fn line(out: &mut String, points: &[LonLat], paper: Window) {
    let mut run: Vec<LonLat> = Vec::new();
    for pair in points.windows(2) {
        let Some((from, to)) = land::clip_stretch(pair[0], pair[1], paper) else { continue };
        if run.last() != Some(&from) {
            path(out, &run, false);
            run = vec![from];
        }
        run.push(to);
    }
    path(out, &run, false);
}

/// Points in tenths of a pixel, each from the one before; those nearer to it than a pixel are left out.
fn path(out: &mut String, points: &[LonLat], closed: bool) {
    let tenths = |(x, y): LonLat| ((x * 10.0).round() as i64, (y * 10.0).round() as i64);
    let mut kept: Vec<(i64, i64)> = Vec::new();
    for point in points.iter().map(|p| tenths(*p)) {
        if kept.last().is_none_or(|last| (last.0 - point.0).abs() + (last.1 - point.1).abs() > 11) {
            kept.push(point);
        }
    }
    if kept.len() < if closed { 3 } else { 2 } {
        return;
    }
    let (mut from, mut sign) = ((0, 0), 'M');
    for (x, y) in kept {
        let _ = write!(out, "{sign}{} {}", num((x - from.0) as f64 / 10.0), num((y - from.1) as f64 / 10.0));
        (from, sign) = ((x, y), 'l');
    }
    if closed {
        out.push('Z');
    }
}

/// Hairlines at whole degrees, three or more each way.
fn graticule(view: &View) -> String {
    let (west, south, east, north) = view.window();
    let steps = [30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5];
    let step = steps.into_iter().find(|step| (north - south) / step >= 3.0).unwrap_or(0.5);
    let mut d = String::new();
    for x in multiples(west, east, step).map(|lon| view.project((lon, 0.0)).0).filter(|x| (0.0..=WIDTH).contains(x)) {
        let _ = write!(d, "M{} 0V{}", num(x), num(HEIGHT));
    }
    for y in multiples(south, north, step).map(|lat| view.project((0.0, lat)).1).filter(|y| (0.0..=HEIGHT).contains(y))
    {
        let _ = write!(d, "M0 {}H{}", num(y), num(WIDTH));
    }
    format!("<path class=\"fig-grid\" d=\"{d}\"/>")
}

fn multiples(low: f64, high: f64, step: f64) -> impl Iterator<Item = f64> {
    let (from, to) = ((low / step).ceil() as i32, (high / step).floor() as i32);
    (from..=to).take(100).map(move |i| f64::from(i) * step)
}

/// The place, and the others that are seen, named where there is room.
fn spots(view: &View, input: &MapFigure) -> String {
    let at = view.spot(&input.place);
    let radius = ring(input.place.precision).map(|km| km / KM_A_DEGREE * view.up);
    let mut room = Room::new(&[WIDTH], HEIGHT - FOOT, SIZE);
    let percent = |(x, y): LonLat| (x / WIDTH * 100.0, y / (HEIGHT - FOOT) * 100.0);
    let seen = input.others.iter().map(|spot| (spot, view.spot(spot)));
    let seen = seen.filter(|(spot, at)| view.sees(*at) && spot.label != input.place.label && is_point(spot.precision));
    let seen: Vec<_> = seen.take(MOST).collect();
    for (x, y) in seen.iter().map(|(_, at)| percent(*at)).chain([percent(at)]) {
        room.take((x, x), (y, y), 5.0);
    }
    let mut out = match radius {
        Some(radius) => circle("fig-zone", at, radius) + &circle("fig-centre", at, 2.0),
        None => circle("fig-dot", at, 5.0),
    };
    out += &here(&mut room, input.place.label, at, percent(at), radius);
    for (spot, at) in seen {
        out += &circle("fig-other", at, 2.5);
        let name = text::shorten(spot.label, SIZE, LONGEST);
        let place = room.place(&name, percent(at).0, percent(at).1);
        out += &place.map_or_else(String::new, |place| label("fig-there", &name, at, place));
    }
    out
}

fn circle(class: &str, (x, y): LonLat, radius: f64) -> String {
    format!("<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", num(x), num(y), num(radius))
}

/// The name of the place: below its ring, or above it, or beside its point.
fn here(room: &mut Room, name: &str, at: LonLat, percent: (f64, f64), radius: Option<f64>) -> String {
    let name = text::shorten(name, SIZE * 1.1, LONGEST);
    let place = radius.and_then(|radius| {
        let em = radius / SIZE;
        let below = Place { dx: 0.0, dy: em + 1.2, anchor: "middle" };
        let above = Place { dx: 0.0, dy: -em - 0.5, anchor: "middle" };
        room.place_among(&[below, above], &name, percent.0, percent.1)
    });
    let place = place.unwrap_or_else(|| room.place_anyhow(&name, percent.0, percent.1));
    label("fig-here", &name, at, place)
}

fn label(class: &str, name: &str, at: LonLat, place: Place) -> String {
    let (x, y) = (num(at.0 + place.dx * SIZE), num(at.1 + place.dy * SIZE));
    format!(
        "<text class=\"fig-label {class}\" x=\"{x}\" y=\"{y}\" font-size=\"{}\" text-anchor=\"{}\">{}</text>",
        num(SIZE),
        place.anchor,
        escape(name)
    )
}

/// How long some kilometres are, at the foot.
fn yardstick(view: &View) -> String {
    let lengths = [500.0, 200.0, 100.0, 50.0, 20.0, 10.0];
    let length = |km: f64| km / KM_A_DEGREE * view.up;
    let Some(km) = lengths.into_iter().find(|km| length(*km) < 90.0) else { return String::new() };
    let (end, y) = (WIDTH - 12.0, HEIGHT - 8.0);
    let start = end - length(km);
    format!(
        "<path class=\"fig-yard\" d=\"M{0} {1}V{2}H{3}V{1}\"/><text class=\"fig-tick\" x=\"{4}\" y=\"{2}\" \
         font-size=\"11\" text-anchor=\"end\">{5}\u{a0}km</text>",
        num(start),
        num(y - 4.0),
        num(y),
        num(end),
        num(start - 5.0),
        num(km)
    )
}
