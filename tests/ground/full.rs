//! A disk without room: the old file stays, nothing half is left, and the next run does it.

use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::scratch::{Scratch, copy, finish, is_root, said};

/// What the writer wrote, and what the program keeps of it.
const THEIRS: &[&str] = &["d/content", "d/captures", "d/captures.lock", "d/site.toml"];

const WRITING: &[&[&str]] = &[
    &["verify"],
    &["new", "actor", "ada"],
    &["new", "source", "../elsewhere/page.html", "--id", "saved"],
    &["capture", "other", "../elsewhere/text.txt"],
    &["import", "../elsewhere/works.bib"],
    &["build"],
    &["deploy"],
];

/// A change that each of the commands has something to do about.
fn prepared() -> Scratch {
    let scratch = Scratch::used();
    scratch.write("d/content/more.md", format!("---\ntitle: More\n---\n{}\n", "More. ".repeat(3_000)));
    let sheet = std::fs::read_to_string(scratch.path("d/content/sheet.yaml")).unwrap();
    scratch.write("d/content/sheet.yaml", sheet.clone() + &"# a long sheet\n".repeat(400));
    std::fs::remove_file(scratch.path("d/captures.lock")).unwrap();
    scratch.write("elsewhere/page.html", format!("<title>Saved</title><p>{}", "Words of a page. ".repeat(900)));
    scratch.write("elsewhere/text.txt", "The words of another text. ".repeat(500));
    let work = |n: usize| format!("@article{{work{n}, title={{Work {n} of many}}, date={{2024-01-02}}}}\n");
    scratch.write("elsewhere/works.bib", (0..400).map(work).collect::<String>());
    scratch
}

fn check(arguments: &[&str], run: impl Fn(&Scratch) -> std::process::Output, scratch: &Scratch) {
    let before: Vec<_> = THEIRS.iter().map(|path| scratch.seen(path)).collect();
    let output = run(scratch);
    let what = format!("{arguments:?}: {}", said(&output));
    assert_ne!(output.status.code(), Some(0), "{what}");
    assert!(output.status.code().is_some() && !what.contains("panicked"), "{what}");
    for (path, before) in THEIRS.iter().zip(before) {
        let mut after = scratch.seen(path);
        // A capture that was written whole before the sheet failed is no loss, nor is what keeps it from git.
        after.retain(|name, (_, _, bytes)| {
            before.contains_key(name) || name.to_string_lossy() != ".gitignore" || bytes.is_empty()
        });
        let names = |seen: &crate::scratch::Seen| seen.keys().cloned().collect::<Vec<_>>();
        let half: Vec<_> = names(&after).into_iter().filter(|name| name.to_string_lossy().ends_with('~')).collect();
        assert!(half.is_empty(), "{what}: {half:?}");
        for (name, seen) in &before {
            assert_eq!(after.get(name), Some(seen), "{what}: {}", name.display());
        }
    }
}

/// Files of more than a block cannot be written: what a quota says, in the middle of a file.
#[test]
fn a_file_that_grows_too_long_is_not_left_half() {
    for arguments in WRITING {
        let scratch = prepared();
        let limited = |scratch: &Scratch| {
            let program = scratch.command(arguments);
            let mut shell = Command::new("sh");
            shell.args(["-c", "trap '' XFSZ; ulimit -f $BLOCKS; exec \"$0\" \"$@\""]).arg(program.get_program());
            // What this writes is shorter than a block.
            shell.env("BLOCKS", if arguments[0] == "verify" { "0" } else { "4" });
            shell.args(arguments.iter()).current_dir(scratch.path("d"));
            finish(&mut shell, arguments)
        };
        check(arguments, limited, &scratch);
        let output = scratch.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    }
}

/// A disk of its own for the test, where the system lets us make one.
struct Small(Scratch);

impl Small {
    fn of(from: &Scratch) -> Option<Self> {
        let small = Self(Scratch::empty());
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=8m,nr_inodes=4000", "none"])
            .arg(&small.0.0)
            .output();
        if !is_root() || !mounted.is_ok_and(|output| output.status.success()) {
            eprintln!("no disk of a test's own can be made here: a full disk is tried by the length of files alone");
            std::mem::forget(small);
            return None;
        }
        copy(&from.0, &small.0.0);
        Some(small)
    }

    /// Leaves no room at all. A system may count what was removed as free only some time later, so this goes on until it finds
    /// none three times in succession.
    fn fill(&self) {
        std::fs::create_dir_all(self.0.path("filler")).unwrap();
        let (mut files, mut full) = (0, 0);
        while full < 3 {
            let more = self.fill_from(files);
            full = if more == 0 { full + 1 } else { 0 };
            files += more;
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    /// Writes files, each as long as fits, from number `first`. Returns how many.
    fn fill_from(&self, first: usize) -> usize {
        let (mut block, mut written) = (vec![0; 4 << 20], 0);
        while !block.is_empty() {
            let path = self.0.path(&format!("filler/{}", first + written));
            if std::fs::write(&path, &block).is_ok() {
                written += 1;
            } else {
                let _ = std::fs::remove_file(&path);
                block.truncate(block.len() / 2);
            }
        }
        written
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0.0).exec_quietly();
    }
}

trait Quiet {
    fn exec_quietly(&mut self) -> bool;
}

impl Quiet for Command {
    fn exec_quietly(&mut self) -> bool {
        // A group of its own: a signal to the test must not keep the disk mounted.
        self.process_group(0).status().is_ok_and(|status| status.success())
    }
}

#[test]
fn a_full_disk_is_told_and_mended() {
    for arguments in WRITING {
        let from = prepared();
        let Some(small) = Small::of(&from) else { return };
        small.fill();
        check(arguments, |scratch| scratch.run(arguments), &small.0);
        std::fs::remove_dir_all(small.0.path("filler")).unwrap();
        let output = small.0.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    }
}
