//! How long the phases take, for `--timings`. Nothing of this ever reaches the output.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The phases of a run and the wall time of each, in order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Timings {
    /// Name and duration.
    pub phases: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// Runs a phase and writes down how long it took.
    pub fn phase<T>(&mut self, name: &'static str, run: impl FnOnce() -> T) -> T {
        let (value, time) = timed(run);
        self.phases.push((name, time));
        value
    }

    /// All phases together.
    pub fn total(&self) -> Duration {
        self.phases.iter().map(|(_, time)| *time).sum()
    }
}

impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = ("total", self.total());
        let share = |time: Duration| 100.0 * time.as_secs_f64() / total.1.as_secs_f64().max(f64::MIN_POSITIVE);
        for (name, time) in self.phases.iter().chain([&total]) {
            writeln!(f, "{name:<12} {:>10.1} ms {:>5.1} %", time.as_secs_f64() * 1000.0, share(*time))?;
        }
        Ok(())
    }
}

/// Runs something and says how long it took.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = run();
    (value, start.elapsed())
}

/// The slowest of many pieces of work, from any thread.
#[derive(Debug)]
pub struct Slowest {
    keep: usize,
    worst: Mutex<Vec<(Duration, String)>>,
}

impl Slowest {
    /// Keeps that many.
    pub fn new(keep: usize) -> Self {
        Self { keep, worst: Mutex::default() }
    }

    /// Tells of one piece; its name is asked for only if it is among the slowest.
    pub fn add(&self, time: Duration, name: impl FnOnce() -> String) {
        let mut worst = self.worst.lock().unwrap_or_else(PoisonError::into_inner);
        if worst.len() >= self.keep && worst.last().is_none_or(|(least, _)| time <= *least) {
            return;
        }
        let at = worst.partition_point(|(other, _)| *other >= time);
        worst.insert(at, (time, name()));
        worst.truncate(self.keep);
    }

    /// The slowest first.
    pub fn list(self) -> Vec<(Duration, String)> {
        self.worst.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_are_kept_in_order() {
        let mut timings = Timings::default();
        assert_eq!(timings.phase("load", || 1), 1);
        timings.phase("render", || ());
        assert_eq!(timings.phases.iter().map(|p| p.0).collect::<Vec<_>>(), ["load", "render"]);
    }

    #[test]
    fn a_table_with_shares() {
        let ms = Duration::from_millis;
        let timings = Timings { phases: vec![("load", ms(10)), ("render", ms(30))] };
        let expect = "load               10.0 ms  25.0 %\n\
                      render             30.0 ms  75.0 %\n\
                      total              40.0 ms 100.0 %\n";
        assert_eq!(timings.to_string(), expect);
        assert_eq!(Timings::default().to_string(), "total               0.0 ms   0.0 %\n");
    }

    #[test]
    fn only_the_slowest_are_kept() {
        let slowest = Slowest::new(2);
        for n in [3, 1, 4, 1, 5] {
            slowest.add(Duration::from_millis(n), || n.to_string());
        }
        assert_eq!(slowest.list().into_iter().map(|(_, name)| name).collect::<Vec<_>>(), ["5", "4"]);
        let none = Slowest::new(0);
        none.add(Duration::from_millis(1), || unreachable!());
        assert!(none.list().is_empty());
    }
}
