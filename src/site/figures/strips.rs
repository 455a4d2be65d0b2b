//! The positions of answers beside their words: a strip for each value, one axis below them all.
//!
//! What [`super::answers`] draws as one figure, for a page that lists the answers itself, each with its words.

use super::bands::{grid, scale_line};
use super::legend::{Legend, Shapes, legend};
use super::scale::{Axis, Reach, Scale, Wording};
use super::svg::fluid;
use super::{Value, marks};

/// What is drawn.
#[derive(Clone, Copy)]
pub struct StripsFigure<'a> {
    /// What the scale measures.
    pub scale: Scale,
    /// The marks of each strip, in the order of the page, each with whether it is contested.
    pub strips: &'a [Vec<(Value, bool)>],
    /// What the shapes mean.
    pub legend: &'a Legend,
    /// How ticks are worded.
    pub tick: Wording<'a>,
}

/// The drawings, as HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strips {
    /// One for each strip; empty where nothing of it has a place on the scale.
    pub strips: Vec<String>,
    /// The ticks.
    pub axis: String,
    /// What the shapes that occur mean.
    pub legend: String,
}

/// Draws the strips; `None` where no value has a place on the scale.
pub fn strips(input: &StripsFigure) -> Option<Strips> {
    let (mut reach, mut shapes) = (Reach::default(), Shapes::new());
    let all = || input.strips.iter().flatten().filter(|(value, _)| marks::drawn(value));
    all().next()?;
    for (value, contested) in all() {
        marks::reach(value, &mut reach);
        marks::shapes(value, *contested, &mut shapes);
    }
    let axis = Axis::new(input.scale, reach, input.tick);
    let strip = |marks: &Vec<(Value, bool)>| {
        let drawn: Vec<_> = marks.iter().filter(|(value, _)| marks::drawn(value)).collect();
        if drawn.is_empty() {
            return String::new();
        }
        let mark = |(value, contested): &&(Value, bool)| marks::mark(&axis, value, *contested, 50.0, marks::Fit::Row);
        fluid("fig-strip", &(grid(&axis) + &drawn.iter().map(mark).collect::<String>()))
    };
    Some(Strips {
        strips: input.strips.iter().map(strip).collect(),
        axis: scale_line(&axis),
        legend: legend(input.legend, &shapes),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Tick;
    use super::*;

    fn draw(strips: &[Vec<(Value, bool)>]) -> Option<Strips> {
        let legend = Legend { contested: "contested".into(), at_most: "at most".into(), ..Legend::default() };
        let tick = |tick| match tick {
            Tick::Number { value, .. } => value.to_string(),
            _ => String::new(),
        };
        super::strips(&StripsFigure { scale: Scale::Number, strips, legend: &legend, tick: &tick })
    }

    #[test]
    fn each_value_has_its_strip_and_all_have_one_axis() {
        let drawn =
            draw(&[vec![(Value::Exact(8.0), true)], vec![(Value::None, false)], vec![(Value::AtMost(10.0), false)]]);
        let drawn = drawn.unwrap();
        assert!(drawn.strips[0].contains("fig-diamond") && drawn.strips[2].contains("fig-head"));
        assert_eq!(drawn.strips[1], "");
        assert!(drawn.axis.contains("<text class=\"fig-tick\""));
        assert!(drawn.legend.contains("contested") && drawn.legend.contains("at most"));
    }

    #[test]
    fn what_has_no_place_is_not_drawn() {
        assert_eq!(draw(&[vec![(Value::None, true)]]), None);
        assert_eq!(draw(&[]), None);
    }
}
