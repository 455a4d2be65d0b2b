//! Work that may panic though it must not: a library on bytes that nobody foresaw.
//!
//! Every reader of foreign bytes that we did not write is called through [`caught`]: of captures (`evidence::readers`), of
//! BibTeX (`desk::import`), of styles (`site::styles`), of code (`site::render::highlight`). Whoever calls says what could
//! not be read, and where; the program's hook for panics keeps silent meanwhile ([`is_catching`]).

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Does the work; nothing where it panicked.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = CATCHING.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    CATCHING.set(before);
    done
}

/// Whether a panic of this thread will be caught and told as a fault of what it read: nothing to print.
pub fn is_catching() -> bool {
    CATCHING.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_end() {
        let quiet = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        assert_eq!(caught(|| -> usize { panic!("a library's") }), None);
        std::panic::set_hook(quiet);
        assert_eq!(caught(|| (is_catching(), 7)), Some((true, 7)));
        assert!(!is_catching());
    }
}
