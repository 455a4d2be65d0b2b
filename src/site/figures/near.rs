//! Places near a place, without a look at each: a tree of halves (Bentley, 1975), by latitude and longitude in turn.

/// Points on the globe, each with a number.
#[derive(Debug, Default)]
pub struct Near {
    /// In the order of the tree: the middle of a stretch parts it in two.
    points: Vec<Point>,
}

#[derive(Clone, Copy, Debug)]
struct Point {
    at: [f64; 2],
    number: usize,
}

/// West, south, east, north, in degrees; may reach beyond 180 either way.
type Window = (f64, f64, f64, f64);

impl Near {
    /// Of latitudes, longitudes and numbers; what is no finite number lies nowhere.
    pub fn new(points: impl IntoIterator<Item = (f64, f64, usize)>) -> Self {
        let points = points.into_iter().filter(|(lat, lon, _)| lat.is_finite() && lon.is_finite());
        let mut points: Vec<Point> = points.map(|(lat, lon, number)| Point { at: [lat, lon], number }).collect();
        part(&mut points, 0);
        Self { points }
    }

    /// The numbers of all points in a window, in order; nothing, if there are more than `most`.
    pub fn within(&self, (west, south, east, north): Window, most: usize) -> Option<Vec<usize>> {
        let mut found = Vec::new();
        for turn in [-360.0, 0.0, 360.0] {
            let mut look = Look { low: [south, west + turn], high: [north, east + turn], most, found };
            if !look.stretch(&self.points, 0) {
                return None;
            }
            found = look.found;
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
    }

    /// The numbers of the points nearest to the middle of a window, in order: the smallest of its windows that holds as many as may be,
    /// found by halving; where too many lie at one point, the first of them.
    pub fn nearest(&self, (west, south, east, north): Window, most: usize) -> Vec<usize> {
        let middle = ((west + east) / 2.0, (south + north) / 2.0);
        let half = ((east - west) / 2.0, (north - south) / 2.0);
        let window = |part: f64| {
            (middle.0 - half.0 * part, middle.1 - half.1 * part, middle.0 + half.0 * part, middle.1 + half.1 * part)
        };
        let (mut low, mut high) = (0.0, 1.0);
        let mut best = self.within(window(0.0), most);
        for _ in 0..24 {
            let part = (low + high) / 2.0;
            match self.within(window(part), most) {
                Some(found) => {
                    low = part;
                    best = Some(found);
                }
                None => high = part,
            }
        }
        best.unwrap_or_default()
    }
}

/// Puts the middle one by an axis into the middle, and so on on either side.
fn part(points: &mut [Point], axis: usize) {
    if points.len() < 2 {
        return;
    }
    let middle = points.len() / 2;
    points.select_nth_unstable_by(middle, |a, b| a.at[axis].total_cmp(&b.at[axis]).then(a.number.cmp(&b.number)));
    let (before, rest) = points.split_at_mut(middle);
    part(before, 1 - axis);
    part(&mut rest[1..], 1 - axis);
}

struct Look {
    low: [f64; 2],
    high: [f64; 2],
    most: usize,
    found: Vec<usize>,
}

impl Look {
    /// Whether there were not too many.
    fn stretch(&mut self, points: &[Point], axis: usize) -> bool {
        let Some(middle) = points.get(points.len() / 2) else { return true };
        let (before, rest) = points.split_at(points.len() / 2);
        if (0..2).all(|i| (self.low[i]..=self.high[i]).contains(&middle.at[i])) {
            self.found.push(middle.number);
        }
        self.found.len() <= self.most
            && (middle.at[axis] < self.low[axis] || self.stretch(before, 1 - axis))
            && (middle.at[axis] > self.high[axis] || self.stretch(&rest[1..], 1 - axis))
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_in_a_window_and_no_others(points in vec((-9i8..9, -9i8..9), 0..60), west in -9i8..9, south in -9i8..9) {
            let numbered = points.iter().enumerate().map(|(n, (lat, lon))| (f64::from(*lat), f64::from(*lon), n));
            let near = Near::new(numbered.clone());
            let (west, south) = (f64::from(west), f64::from(south));
            let window = (west, south, west + 5.0, south + 3.0);
            let inside = numbered.filter(|(lat, lon, _)| {
                (south..=south + 3.0).contains(lat) && (west..=west + 5.0).contains(lon)
            });
            let inside: Vec<_> = inside.map(|(_, _, n)| n).collect();
            prop_assert_eq!(near.within(window, 60), Some(inside.clone()));
            prop_assert_eq!(near.within(window, 4).is_none(), inside.len() > 4);
            let nearest = near.nearest(window, 4);
            prop_assert!(nearest.len() <= 4 && nearest.iter().all(|n| inside.contains(n)));
        }
    }
}
