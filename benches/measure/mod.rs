//! What benchmarks of whole processes share: writing a corpus, running a command, weighing an output.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::corpus;

/// What one process cost.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    /// From start to exit.
    pub(crate) wall: Duration,
    /// Its own and the system's, with what its children used.
    pub(crate) cpu: Duration,
    /// The largest resident set, in bytes.
    pub(crate) memory: u64,
}

/// Writes a corpus to a folder.
pub(crate) fn write(folder: &Path, make: impl FnOnce(&mut corpus::Sink<'_>)) {
    make(&mut |path, text| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    });
}

/// Pages and bytes of an output.
pub(crate) struct Site {
    /// Files that end in `.html`.
    pub(crate) pages: usize,
    /// Of all files.
    pub(crate) bytes: u64,
}

/// Counts the files of an output.
pub(crate) fn weigh(folder: &Path) -> Site {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.fold(Site { pages: 0, bytes: 0 }, |site, entry| Site {
        pages: site.pages + usize::from(entry.path().extension().is_some_and(|e| e == "html")),
        bytes: site.bytes + entry.metadata().map_or(0, |m| m.len()),
    })
}

/// Runs a command to its end, which must be a good one.
pub(crate) fn run(command: Command) -> Run {
    run_to(command, true)
}

/// As [`run`]; whether the end must be a good one is said.
pub(crate) fn run_to(mut command: Command, must_succeed: bool) -> Run {
    command.stdout(Stdio::null()).stderr(if must_succeed { Stdio::inherit() } else { Stdio::null() });
    let before = children_cpu();
    let start = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut memory = 0;
    loop {
        let ended = child.try_wait().unwrap();
        memory = memory.max(peak(&child).unwrap_or(0));
        if let Some(ended) = ended {
            assert!(ended.success() || !must_succeed, "{command:?}");
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Run { wall: start.elapsed(), cpu: children_cpu() - before, memory }
}

/// The largest resident set so far, as the kernel keeps it (`VmHWM`).
pub(crate) fn peak(child: &Child) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib << 10)
}

/// What all ended children have used, in ticks of a hundredth of a second (`proc_pid_stat(5)`, fields 16 and 17).
pub(crate) fn children_cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<_> = text.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: u64 = fields[13].parse::<u64>().unwrap() + fields[14].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}
