//! On what terms the answers to a question are compared.

use super::value::{Tolerance, Window, WindowUnit};

/// How far apart the as-of dates of a changing question may lie if it does not say: `31d`.
pub const DEFAULT_WINDOW: Window = Window { count: 31, unit: WindowUnit::Days };

/// What a question says of comparing its answers.
#[derive(Clone, Copy, Debug, Default, Hash)]
pub struct Terms {
    /// Whether the true answer moves with time.
    pub changes: bool,
    /// Whether it can only grow: so much so far.
    pub grows: bool,
    /// Whether a part is no larger than its whole, and parts that share nothing add up.
    pub adds_up: bool,
    /// Whether several values may be true at once.
    pub several: bool,
    /// How far apart as-of dates may lie, if it moves.
    pub window: Option<Window>,
    /// What `~` means.
    pub tolerance: Tolerance,
}
