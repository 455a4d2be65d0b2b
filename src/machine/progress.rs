//! A line that says how far a long piece of work is: on a terminal only, and only once it takes longer than a blink.

use std::io::{self, IsTerminal};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work shorter than this shows nothing.
const BLINK: Duration = Duration::from_millis(300);

/// Between two drawings. The bar has a limit of its own, but asking it takes a lock.
const BETWEEN: u64 = 100;

/// Counts pieces of work from any thread. The line goes when this is dropped.
#[derive(Debug)]
pub struct Progress {
    total: u64,
    what: &'static str,
    visible: bool,
    start: Instant,
    done: AtomicU64,
    /// When to draw next, in milliseconds from the start.
    next: AtomicU64,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// Progress towards `total` of `what` ("pages"), shown on standard error if that is a terminal.
    pub fn new(total: usize, what: &'static str) -> Self {
        Self::with(total, what, io::stderr().is_terminal(), BLINK)
    }

    fn with(total: usize, what: &'static str, visible: bool, blink: Duration) -> Self {
        Self {
            total: total as u64,
            what,
            visible,
            start: Instant::now(),
            done: AtomicU64::new(0),
            next: AtomicU64::new(u64::try_from(blink.as_millis()).unwrap_or(u64::MAX)),
            bar: OnceLock::new(),
        }
    }

    /// One more is done.
    pub fn tick(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.visible {
            self.draw(done);
        }
    }

    fn draw(&self, done: u64) {
        let now = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let next = self.next.load(Ordering::Relaxed);
        let mine = now >= next
            && self.next.compare_exchange(next, now + BETWEEN, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if mine {
            self.bar.get_or_init(|| self.make_bar()).set_position(done);
        }
    }

    fn make_bar(&self) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(Some(self.total), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.with_message(self.what)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(visible: bool, blink: Duration) -> Option<u64> {
        let progress = Progress::with(10, "pages", visible, blink);
        rayon::scope(|scope| (0..4).for_each(|_| scope.spawn(|_| progress.tick())));
        assert_eq!(progress.done.load(Ordering::Relaxed), 4);
        progress.bar.get().map(ProgressBar::length).map(|length| length.unwrap())
    }

    #[test]
    fn shown_only_on_a_terminal_and_after_a_blink() {
        assert_eq!(shown(true, Duration::ZERO), Some(10));
        assert_eq!(shown(true, Duration::from_secs(3600)), None);
        assert_eq!(shown(false, Duration::ZERO), None);
    }
}
