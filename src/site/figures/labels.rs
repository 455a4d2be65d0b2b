//! Words beside marks, so that none meets a mark, another word, or the edge.
//!
//! Marks stand by per cent and words have a size in pixels, so that what is free depends on the width: a place is taken
//! only if it is free at every width that is tried. Between these, and above the last, distances only grow.

use super::text;

/// A box in pixels: left, top, right, bottom.
type Area = (f64, f64, f64, f64);

/// What is taken already, at each width.
pub(super) struct Room {
    widths: Vec<f64>,
    height: f64,
    size: f64,
    taken: Vec<Vec<Area>>,
}

/// Where words stand from their mark: distances in em, and the anchor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) dx: f64,
    pub(super) dy: f64,
    pub(super) anchor: &'static str,
}

/// All close to the mark: words further off would seem to belong to another.
const PLACES: [Place; 8] = [
    Place { dx: 1.0, dy: 0.35, anchor: "start" },
    Place { dx: -1.0, dy: 0.35, anchor: "end" },
    Place { dx: 0.7, dy: -0.9, anchor: "start" },
    Place { dx: 0.7, dy: 1.5, anchor: "start" },
    Place { dx: -0.7, dy: -0.9, anchor: "end" },
    Place { dx: -0.7, dy: 1.5, anchor: "end" },
    Place { dx: 0.0, dy: -1.0, anchor: "middle" },
    Place { dx: 0.0, dy: 1.7, anchor: "middle" },
];

impl Room {
    /// A box of a height and of several possible widths, for words of a size; all in pixels.
    pub(super) fn new(widths: &[f64], height: f64, size: f64) -> Self {
        Self { widths: widths.to_vec(), height, size, taken: vec![Vec::new(); widths.len()] }
    }

    /// Takes what lies between two points (in per cent of both sides), and `pad` pixels around it.
    pub(super) fn take(&mut self, (x1, x2): (f64, f64), (y1, y2): (f64, f64), pad: f64) {
        let (top, bottom) = (y1.min(y2) * self.height / 100.0 - pad, y1.max(y2) * self.height / 100.0 + pad);
        for (taken, width) in self.taken.iter_mut().zip(&self.widths) {
            taken.push((x1.min(x2) * width / 100.0 - pad, top, x1.max(x2) * width / 100.0 + pad, bottom));
        }
    }

    /// Takes some pixels to the left and right, above and below of a point.
    pub(super) fn take_pixels(&mut self, (x, y): (f64, f64), across: f64, up: f64) {
        for (taken, width) in self.taken.iter_mut().zip(&self.widths) {
            let (x, y) = (x * width / 100.0, y * self.height / 100.0);
            taken.push((x - across, y - up, x + across, y + up));
        }
    }

    /// The first place that is free, and takes it.
    pub(super) fn place(&mut self, words: &str, x: f64, y: f64) -> Option<Place> {
        let place = PLACES.into_iter().find(|place| self.clashes(*place, words, x, y) == 0)?;
        self.keep(place, words, x, y);
        Some(place)
    }

    /// The one of some places that meets the fewest others; and takes it.
    pub(super) fn place_among(&mut self, places: &[Place], words: &str, x: f64, y: f64) -> Option<Place> {
        let best = places.iter().min_by_key(|place| self.clashes(**place, words, x, y)).copied()?;
        self.keep(best, words, x, y);
        Some(best)
    }

    /// The place that meets the fewest others, the first of them where several do.
    pub(super) fn place_anyhow(&mut self, words: &str, x: f64, y: f64) -> Place {
        self.place_among(&PLACES, words, x, y).unwrap_or(PLACES[0])
    }

    fn clashes(&self, place: Place, words: &str, x: f64, y: f64) -> usize {
        let at = |(width, taken): (&f64, &Vec<Area>)| {
            let area = self.area(place, words, x, y, *width);
            let outside = area.0 < 0.0 || area.1 < 0.0 || area.2 > *width || area.3 > self.height;
            usize::from(outside) * 1000 + taken.iter().filter(|other| meet(area, **other)).count()
        };
        self.widths.iter().zip(&self.taken).map(at).sum()
    }

    fn keep(&mut self, place: Place, words: &str, x: f64, y: f64) {
        for index in 0..self.widths.len() {
            let area = self.area(place, words, x, y, self.widths[index]);
            self.taken[index].push(area);
        }
    }

    fn area(&self, place: Place, words: &str, x: f64, y: f64, width: f64) -> Area {
        let wide = text::width(words, self.size);
        let at = x * width / 100.0 + place.dx * self.size;
        let left = match place.anchor {
            "start" => at,
            "end" => at - wide,
            _ => at - wide / 2.0,
        };
        let base = y * self.height / 100.0 + place.dy * self.size;
        (left, base - self.size * 0.85, left + wide, base + self.size * 0.25)
    }
}

fn meet(a: Area, b: Area) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_never_meet_at_widths_between(points in vec((0.0..100.0, 0.0..100.0, 1..20_usize), 2..20)) {
            let mut room = Room::new(&[200.0, 300.0, 420.0, 620.0], 320.0, 13.0);
            points.iter().for_each(|(x, y, _)| room.take((*x, *x), (*y, *y), 8.0));
            let words: Vec<_> = points.iter().map(|(x, y, length)| (*x, *y, "n".repeat(*length))).collect();
            let placed: Vec<_> =
                words.iter().filter_map(|(x, y, word)| Some((*x, *y, word, room.place(word, *x, *y)?))).collect();
            for width in [200.0, 250.0, 340.0, 500.0, 620.0] {
                let areas: Vec<_> = placed.iter().map(|(x, y, word, place)| room.area(*place, word, *x, *y, width)).collect();
                for (index, area) in areas.iter().enumerate() {
                    prop_assert!(area.0 >= 0.0 && area.2 <= width);
                    prop_assert!(areas[..index].iter().all(|other| !meet(*area, *other)), "{width}: {placed:?}");
                }
            }
        }
    }

    #[test]
    fn words_of_one_mark_stand_on_different_sides_until_there_is_no_room() {
        let mut room = Room::new(&[200.0, 400.0], 200.0, 12.0);
        room.take((50.0, 50.0), (50.0, 50.0), 6.0);
        let places: Vec<_> = (0..20).map_while(|_| room.place("word", 50.0, 50.0)).collect();
        assert!((4..9).contains(&places.len()), "{places:?}");
        assert_eq!(places[0].anchor, "start");
        assert_eq!(places[1].anchor, "end");
        assert_eq!(room.place("a word far wider than all of the box that it would stand in", 50.0, 50.0), None);
    }
}
