//! How long the phases take, for `--timings`. Nothing of this ever reaches the output.

use std::fmt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The phases of a run and the wall time of each, in order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Timings {
    /// Name and duration.
    pub phases: Vec<(&'static str, Duration)>,
    /// What the pages cost.
    pub pages: PageTimes,
}

/// What pages cost, in the time of the thread that made each.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PageTimes {
    /// Kinds of pages, each by a template of its own: how many, and their time together.
    pub kinds: Vec<(&'static str, usize, Duration)>,
    /// The slowest pages, by path.
    pub slowest: Vec<(Duration, String)>,
}

impl Timings {
    /// Runs a phase and writes down how long it took.
    pub fn phase<T>(&mut self, name: &'static str, run: impl FnOnce() -> T) -> T {
        let (value, time) = timed(run);
        self.phases.push((name, time));
        value
    }

    /// Does two things side by side, each of phases of its own.
    pub fn both<A: Send, B: Send>(
        &mut self,
        one: impl FnOnce(&mut Self) -> A + Send,
        other: impl FnOnce(&mut Self) -> B + Send,
    ) -> (A, B) {
        let (mut first, mut second) = (Self::default(), Self::default());
        let both = rayon::join(|| one(&mut first), || other(&mut second));
        self.phases.append(&mut first.phases);
        self.phases.append(&mut second.phases);
        both
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
            writeln!(f, "{name:<12} {:>10.1} ms {:>5.1} %", milliseconds(*time), share(*time))?;
        }
        self.pages.fmt(f)
    }
}

impl fmt::Display for PageTimes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, count, time) in &self.kinds {
            let each = milliseconds(*time) / (*count).max(1) as f64;
            writeln!(f, "{name:<20} {:>10.1} ms {count:>8} pages {each:>10.3} ms each", milliseconds(*time))?;
        }
        for (time, path) in &self.slowest {
            writeln!(f, "{:>10.1} ms {path}", milliseconds(*time))?;
        }
        Ok(())
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Runs something and says how long it took.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = run();
    (value, start.elapsed())
}

/// Adds up what pages cost, from any thread.
#[derive(Debug)]
pub struct PageClock {
    kinds: Vec<(&'static str, AtomicUsize, AtomicU64)>,
    slowest: Slowest,
}

impl PageClock {
    /// For pages of these kinds, keeping the slowest few.
    pub fn new(kinds: impl Iterator<Item = &'static str>, keep: usize) -> Self {
        let kinds = kinds.map(|name| (name, AtomicUsize::new(0), AtomicU64::new(0))).collect();
        Self { kinds, slowest: Slowest::new(keep) }
    }

    /// Makes a page and adds what it cost.
    pub fn page<T>(&self, kind: &'static str, path: &str, run: impl FnOnce() -> T) -> T {
        let (value, time) = timed(run);
        if let Some((_, count, sum)) = self.kinds.iter().find(|(name, ..)| *name == kind) {
            count.fetch_add(1, Ordering::Relaxed);
            sum.fetch_add(u64::try_from(time.as_nanos()).unwrap_or(0), Ordering::Relaxed);
        }
        self.slowest.add(time, || path.to_owned());
        value
    }

    /// What was added up; the costliest kind first.
    pub fn read(self) -> PageTimes {
        let read = |(name, count, sum): (_, AtomicUsize, AtomicU64)| {
            (name, count.into_inner(), Duration::from_nanos(sum.into_inner()))
        };
        let mut kinds: Vec<_> = self.kinds.into_iter().map(read).filter(|(_, count, _)| *count > 0).collect();
        kinds.sort_by_key(|(.., time)| std::cmp::Reverse(*time));
        PageTimes { kinds, slowest: self.slowest.list() }
    }
}

/// The slowest of many pieces of work, from any thread.
#[derive(Debug)]
pub struct Slowest {
    keep: usize,
    worst: Mutex<Vec<(Duration, String)>>,
    /// Nanoseconds that a piece must exceed to be kept: most need not take the lock.
    least: AtomicU64,
}

impl Slowest {
    /// Keeps that many.
    pub fn new(keep: usize) -> Self {
        Self { keep, worst: Mutex::default(), least: AtomicU64::new(0) }
    }

    /// Tells of one piece; its name is asked for only if it is among the slowest.
    pub fn add(&self, time: Duration, name: impl FnOnce() -> String) {
        let nanoseconds = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        if nanoseconds(time) < self.least.load(Ordering::Relaxed) {
            return;
        }
        let mut worst = self.worst.lock().unwrap_or_else(PoisonError::into_inner);
        if worst.len() >= self.keep && worst.last().is_none_or(|(least, _)| time <= *least) {
            return;
        }
        let at = worst.partition_point(|(other, _)| *other >= time);
        worst.insert(at, (time, name()));
        worst.truncate(self.keep);
        if let Some((least, _)) = worst.last().filter(|_| worst.len() == self.keep) {
            self.least.store(nanoseconds(*least), Ordering::Relaxed);
        }
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
        let timings = Timings { phases: vec![("load", ms(10)), ("render", ms(30))], ..Timings::default() };
        let expect = "load               10.0 ms  25.0 %\n\
                      render             30.0 ms  75.0 %\n\
                      total              40.0 ms 100.0 %\n";
        assert_eq!(timings.to_string(), expect);
        assert_eq!(Timings::default().to_string(), "total               0.0 ms   0.0 %\n");
    }

    #[test]
    fn pages_by_kind() {
        let clock = PageClock::new(["a", "b", "none"].into_iter(), 1);
        assert_eq!(
            [clock.page("a", "a/1", || 1), clock.page("b", "b/1", || 2), clock.page("b", "b/2", || 3)],
            [1, 2, 3]
        );
        let times = clock.read();
        let mut counts: Vec<_> = times.kinds.iter().map(|(name, count, _)| (*name, *count)).collect();
        counts.sort_unstable();
        assert_eq!(counts, [("a", 1), ("b", 2)]);
        assert_eq!(times.slowest.len(), 1);
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
