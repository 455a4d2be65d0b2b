//! Figures drawn when the site is built: plain data in, one `<figure>` out, the same bytes on every run.
//!
//! - [`answers`]: who gives which value, on one scale. [`choices`]: who chose what, and when.
//! - [`over_time`]: value against time. [`timeline`]: events, and when things were said about them.
//! - [`chart`]: bars and lines of a file.
//! - [`impossible`]: parts that exceed their whole.
//! - [`strips`]: the positions of answers that a page lists. [`small`]: the positions of the answers alone. [`derivation`]: from outlet to origin. [`map`]: where a place lies.
//!
//! What holds for all of them:
//! - Words stay text of the page wherever they can: they wrap, grow and are read out. Drawings stand beside them and are
//!   hidden from assistive technology, so that nothing is said twice.
//! - Nothing rests on colour: every meaning has a shape, and the legend explains those that occur.
//! - A drawing that must fill any width places things by per cent, and keeps marks and words at their size.
//! - Classes and presentation attributes only: no style, no script, so that a strict content security policy holds.
//! - Texts come worded and unescaped; addresses come ready for the page that the figure stands on.

mod answers;
mod bands;
mod chart;
mod derivation;
mod impossible;
mod labels;
mod land;
mod legend;
mod map;
mod marks;
mod near;
mod over_time;
mod plane;
mod scale;
mod small;
mod strips;
mod svg;
#[cfg(test)]
mod tests;
mod text;
mod timeline;

use sourcebook_core::model::date::{Day, DaySet, Edtf};
use sourcebook_core::model::value::{Decimal, End, Quantity, Tolerance};

pub use answers::{AnswersFigure, Choice, ChoicesFigure, answers, choices};
pub use chart::{ChartAlong, ChartFigure, ChartLine, chart};
pub use derivation::{DerivationFigure, Node, Origin, derivation};
pub use impossible::{ImpossibleFigure, Step, impossible};
pub use legend::Legend;
pub use map::{MOST as MOST_ON_A_MAP, MapFigure, Spot, is_point, map, window};
pub use near::Near;
pub use over_time::{OverTimeFigure, over_time};
pub use scale::{Scale, Tick, Wording};
pub use small::{SmallFigure, small};
pub use strips::{Strips, StripsFigure, strips};
pub use timeline::{Entry, TimelineFigure, timeline};

/// What an answer says, as far as it can be drawn. Numbers that are not finite are not drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing that has a place on a scale.
    #[default]
    None,
    /// This number.
    Exact(f64),
    /// About this number; what it may mean, from `low` to `high`, where the question has a tolerance.
    About {
        /// The number given.
        at: f64,
        /// The least that it may mean.
        low: f64,
        /// The most that it may mean.
        high: f64,
    },
    /// This number or more (or more than it).
    AtLeast(f64),
    /// This number or less (or less than it).
    AtMost(f64),
    /// Between these, ends included.
    Between(f64, f64),
    /// Some day of these; several ranges where one of several dates is meant.
    Days(Span),
}

/// When: the days that a date may mean, and whether it is given with a doubt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The days. Empty for no date at all.
    pub days: DaySet,
    /// Doubted, inferred or approximate: drawn dashed.
    pub unsure: bool,
}

impl Span {
    /// The days that a date may mean, dashed where it is uncertain or approximate.
    pub fn of(date: &Edtf) -> Self {
        Self { days: date.days(), unsure: date.is_uncertain() || date.is_approximate() }
    }

    /// What spans are ordered by: first day, then last; no date comes last.
    fn order(&self) -> (bool, Day, Day) {
        let (first, last) = (self.days.first().unwrap_or(Day::MIN), self.days.last().unwrap_or(Day::MAX));
        (self.days.ranges().is_empty(), first, last)
    }
}

impl Value {
    /// A quantity, with the question's tolerance for `~`.
    pub fn quantity(quantity: Quantity, tolerance: Option<Tolerance>) -> Self {
        let float = Decimal::to_f64;
        match quantity {
            Quantity::Exactly(n) => Self::Exact(float(n)),
            Quantity::About(n) => Self::about(n, quantity.range(tolerance)),
            Quantity::MoreThan(n) | Quantity::AtLeast(n) => Self::AtLeast(float(n)),
            Quantity::LessThan(n) | Quantity::AtMost(n) => Self::AtMost(float(n)),
            Quantity::Between(low, high) => Self::Between(float(low), float(high)),
            Quantity::Margin(n, _) | Quantity::Best { best: n, .. } => Self::about(n, quantity.range(tolerance)),
        }
    }

    fn about(number: Decimal, range: sourcebook_core::model::value::NumberRange) -> Self {
        let end = |end| match end {
            End::At { value, .. } => Decimal::to_f64(value),
            End::Open => number.to_f64(),
        };
        Self::About { at: number.to_f64(), low: end(range.low), high: end(range.high) }
    }

    /// A date, dashed where it is uncertain or approximate.
    pub fn date(date: &Edtf) -> Self {
        Self::Days(Span::of(date))
    }
}

/// One answer, as the figures show it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Who holds it.
    pub speaker: String,
    /// Below the speaker: date said, modality, place. May be empty.
    pub sub: String,
    /// Where it stands on the scale.
    pub value: Value,
    /// The value in words.
    pub value_label: String,
    /// How it is contested, in words ("differs from 2 answers"); `None` where it is not.
    pub contested: Option<String>,
    /// Why it is not comparable with the rest, in words; it is then drawn apart.
    pub apart: Option<String>,
    /// Where the speaker's name leads.
    pub href: Option<String>,
    /// When it held: rows are in this order, and [`over_time`] and [`choices`] draw it.
    pub as_of: Span,
}

/// The rows in order of as-of date; rows of one date keep the caller's order.
fn in_order(rows: &[Row]) -> Vec<&Row> {
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort_by_key(|row| row.as_of.order());
    rows
}
