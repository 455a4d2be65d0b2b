//! Where a run can be stopped by a test: before each change on the disk.
//!
//! A program compiled with debug assertions ends itself by the signal that nobody can catch, `SIGKILL`, before its Nth
//! change (`SOURCEBOOK_KILL_AT=any:N`) or its Nth of a kind (`make:N`, `sync:N`, `move:N`, `remove:N`). One that is shipped
//! does not look. `tests/ground/kills.rs` does so at every place.

use std::io;

/// Before a change.
///
/// # Errors
/// Never.
#[inline]
#[cfg_attr(
    not(all(debug_assertions, unix)),
    expect(clippy::unnecessary_wraps, unused_variables, reason = "nothing stops a program that is shipped")
)]
#[cfg_attr(all(debug_assertions, unix), expect(clippy::unnecessary_wraps, reason = "as changes of the disk are"))]
pub(super) fn step(kind: &'static str) -> io::Result<()> {
    #[cfg(all(debug_assertions, unix))]
    hook::count(kind);
    Ok(())
}

#[cfg(all(debug_assertions, unix))]
mod hook {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static AT: LazyLock<Option<(String, u64)>> = LazyLock::new(|| {
        let value = std::env::var_os("SOURCEBOOK_KILL_AT")?;
        let (kind, number) = value.to_str()?.split_once(':')?;
        Some((kind.to_owned(), number.parse().ok()?))
    });

    static DONE: AtomicU64 = AtomicU64::new(0);

    pub(super) fn count(kind: &str) {
        if let Some((wanted, number)) = &*AT
            && (wanted == "any" || wanted == kind)
            && DONE.fetch_add(1, Ordering::SeqCst) + 1 == *number
        {
            let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
            // Until it arrives.
            loop {
                std::thread::park();
            }
        }
    }
}
