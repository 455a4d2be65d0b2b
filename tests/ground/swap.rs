//! The name is swapped while the command runs: a folder or file, then a link out, then the folder again.

use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::scratch::{Scratch, said};

/// So many runs a name and command.
const ROUNDS: usize = 4;

fn check(name: &str, to: &str, arguments: &[&str]) {
    for _ in 0..ROUNDS {
        let scratch = Scratch::used();
        scratch.write("d/content/more.md", "---\ntitle: More\n---\nMore.\n");
        let (real, spare, link) = (scratch.path(name), scratch.path("spare"), scratch.path("link"));
        symlink(scratch.path(to), &link).unwrap();
        let before = scratch.seen("outside");
        let done = AtomicBool::new(false);
        let said = std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    for (from, to) in [(&real, &spare), (&link, &real), (&real, &link), (&spare, &real)] {
                        let _ = std::fs::rename(from, to);
                        std::thread::yield_now();
                    }
                }
            });
            let output = scratch.run(arguments);
            done.store(true, Ordering::Relaxed);
            said(&output)
        });
        assert!(!said.contains("panicked"), "{name} {arguments:?}: {said}");
        assert_eq!(scratch.seen("outside"), before, "{name} {arguments:?}: {said}");
    }
}

#[test]
fn a_name_that_is_swapped_leads_nowhere() {
    let change = ["d/public", "d/public/claims", "d/public/.sourcebook", "d/public/.sourcebook/new"];
    for name in change {
        check(name, "outside", &["build", "--drafts"]);
    }
    for name in ["deployed/claims", "deployed/.sourcebook"] {
        check(name, "outside", &["deploy", "--force"]);
    }
    for name in ["d/content", "d/captures"] {
        check(name, "outside", &["new", "source", "../elsewhere/page.html", "--id", "saved"]);
    }
    check("d/captures.lock", "outside/precious", &["verify"]);
    check("d/content/sheet.yaml", "outside/precious", &["new", "actor", "ada"]);
    check("d/content/sheet.yaml", "outside/precious", &["capture", "other", "../elsewhere/text.txt"]);
}
