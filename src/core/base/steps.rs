//! What loops look at, counted for tests of growth; elsewhere it costs nothing.

#[cfg(test)]
thread_local! {
    /// What was looked at on this thread.
    pub(crate) static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts.
#[inline]
pub(crate) fn step(_count: usize) {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + _count));
}
