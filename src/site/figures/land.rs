//! The outlines of the world's land, unpacked from `data/land.bin` (see `data/README.md`) and cut to a window.

use std::sync::LazyLock;

/// Longitude and latitude, in degrees.
pub(super) type LonLat = (f64, f64);

/// A ring of land (or of a lake in it), or a border.
pub(super) struct Outline {
    pub(super) border: bool,
    pub(super) points: Vec<LonLat>,
    bounds: Window,
}

/// West, south, east, north: in degrees on the globe, or in pixels of a drawing.
pub(super) type Window = (f64, f64, f64, f64);

static LAND: LazyLock<Vec<Outline>> = LazyLock::new(|| unpack(include_bytes!("data/land.bin")));

/// The outlines that may lie in a window.
pub(super) fn within((west, south, east, north): Window) -> impl Iterator<Item = &'static Outline> {
    LAND.iter().filter(move |outline| {
        let (w, s, e, n) = outline.bounds;
        w <= east && west <= e && s <= north && south <= n
    })
}

fn unpack(mut bytes: &[u8]) -> Vec<Outline> {
    let mut outlines = Vec::new();
    while let Some(head) = number(&mut bytes) {
        let (mut lon, mut lat) = (0, 0);
        let mut points = Vec::new();
        for _ in 0..head / 2 {
            let (Some(x), Some(y)) = (number(&mut bytes), number(&mut bytes)) else { break };
            (lon, lat) = (lon + signed(x), lat + signed(y));
            points.push((lon as f64 / 100.0, lat as f64 / 100.0));
        }
        let bounds = bounds(&points);
        outlines.push(Outline { border: head % 2 == 1, points, bounds });
    }
    outlines
}

/// Unsigned LEB128; `None` at the end.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in 0..9 {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 127) << (7 * shift);
        if first & 128 == 0 {
            return Some(value);
        }
    }
    None
}

/// Zigzag: 0, -1, 1, -2 …
fn signed(value: u64) -> i64 {
    let half = (value / 2) as i64;
    if value.is_multiple_of(2) { half } else { -half - 1 }
}

fn bounds(points: &[LonLat]) -> Window {
    let start = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    points.iter().fold(start, |b, p| (b.0.min(p.0), b.1.min(p.1), b.2.max(p.0), b.3.max(p.1)))
}

/// A ring cut to a window (Sutherland and Hodgman): where it leaves, it runs along the window's edge.
pub(super) fn clip_ring(points: &[LonLat], (left, top, right, bottom): Window) -> Vec<LonLat> {
    let mut ring = points.to_vec();
    let sides: [(bool, f64, f64); 4] =
        [(true, left, 1.0), (true, right, -1.0), (false, top, 1.0), (false, bottom, -1.0)];
    for (upright, at, sign) in sides {
        let depth = |p: LonLat| (if upright { p.0 } else { p.1 } - at) * sign;
        let mut kept = Vec::with_capacity(ring.len());
        for (index, &point) in ring.iter().enumerate() {
            let before = ring[(index + ring.len() - 1) % ring.len()];
            let (a, b) = (depth(before), depth(point));
            if (a < 0.0) != (b < 0.0) {
                kept.push(between(before, point, a / (a - b)));
            }
            if b >= 0.0 {
                kept.push(point);
            }
        }
        ring = kept;
    }
    ring
}

/// The part of a stretch that lies in a window.
pub(super) fn clip_stretch(from: LonLat, to: LonLat, (left, top, right, bottom): Window) -> Option<(LonLat, LonLat)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for (p, q) in [(-dx, from.0 - left), (dx, right - from.0), (-dy, from.1 - top), (dy, bottom - from.1)] {
        if p == 0.0 && q < 0.0 {
            return None;
        }
        if p < 0.0 {
            start = start.max(q / p);
        } else if p > 0.0 {
            end = end.min(q / p);
        }
    }
    (start < end).then(|| (between(from, to, start), between(from, to, end)))
}

fn between(a: LonLat, b: LonLat, share: f64) -> LonLat {
    (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_there() {
        assert!(LAND.len() > 1500);
        assert!(LAND.iter().flat_map(|o| &o.points).all(|p| p.0.abs() <= 180.0 && p.1.abs() <= 90.0));
        assert!(LAND.iter().all(|o| o.border || o.points.first() == o.points.last()));
    }

    #[test]
    fn what_lies_outside_is_cut_off() {
        let window = (0.0, 0.0, 10.0, 10.0);
        let ring = clip_ring(&[(-5.0, 5.0), (5.0, 5.0), (5.0, 20.0), (-5.0, 20.0)], window);
        assert_eq!(ring, [(0.0, 10.0), (0.0, 5.0), (5.0, 5.0), (5.0, 10.0)]);
        assert_eq!(clip_ring(&[(20.0, 20.0), (30.0, 20.0), (20.0, 30.0)], window), []);
        assert_eq!(clip_stretch((-5.0, 5.0), (5.0, 5.0), window), Some(((0.0, 5.0), (5.0, 5.0))));
        assert_eq!(clip_stretch((-5.0, 5.0), (-1.0, 5.0), window), None);
    }
}
