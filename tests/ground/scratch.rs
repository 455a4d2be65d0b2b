//! A dossier with everything in it that a command touches, and beside it what none may touch.

use std::collections::BTreeMap;
use std::io::Read;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Nobody waits longer for a command than for a hang.
const PATIENCE: Duration = Duration::from_secs(120);

/// The user without rights.
const NOBODY: u32 = 65_534;

const FILES: &[(&str, &str)] = &[
    (
        "d/site.toml",
        "title = \"T\"\nlanguage = \"en\"\n[captures]\ndir = \"captures\"\n[publish]\nprecompress = [\"gzip\"]\n\
         [deploy.folder]\nkind = \"folder\"\npath = \"../deployed\"\n",
    ),
    ("d/content/index.md", "---\ntitle: Home\n---\nSaid [@said]. ![Logo](img/logo.png)\n"),
    ("d/content/img/logo.png", "not really an image"),
    (
        "d/content/sheet.yaml",
        "actors:\n  kim: { name: Kim }\nsources:\n  paper: { title: Paper, published: 2024-06-03, url: 'http://127.0.0.1:9/', \
         capture: paper.txt }\n  other: { title: Other, published: 2024-06-04 }\nclaims:\n  said: { statement: Ten., on: \
         2024-06-02, by: kim, evidence: { source: paper, quote: There were ten of them, locator: § 1 } }\n",
    ),
    (
        "d/captures/paper.txt",
        "There were ten of them, says the mayor of the town by the sea, and nobody else was there.",
    ),
    ("d/themes/default/templates/none.txt", "a file of a theme"),
    ("elsewhere/works.bib", "@article{work, title={Work}, date={2024-01-02}}"),
    ("elsewhere/page.html", "<title>Saved</title><p>Words of a page that somebody saved"),
    ("elsewhere/text.txt", "The words of another text, long enough to be one."),
    ("outside/precious", "precious"),
    ("outside/new", "called as our staging folder is"),
    ("outside/deep/index.html", "called as a page is"),
    ("outside/deployed", "called as our list is"),
    ("outside/lock", ""),
    ("outside/manifest", "sourcebook output 1\nindex.html\n"),
];

/// A folder of its own for each test, gone with it.
pub(crate) struct Scratch(pub PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What stands somewhere: kind, rights and bytes by path.
pub(crate) type Seen = BTreeMap<PathBuf, (String, u32, Vec<u8>)>;

impl Scratch {
    pub(crate) fn empty() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("sourcebook-ground-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        Self(root.canonicalize().unwrap())
    }

    /// As it was written.
    pub(crate) fn new() -> Self {
        let scratch = Self::empty();
        FILES.iter().for_each(|(path, text)| scratch.write(path, text));
        scratch
    }

    /// Built, verified and deployed, with links asked for: whatever a command finds of an earlier one is there.
    pub(crate) fn used() -> Self {
        static MADE: LazyLock<Scratch> = LazyLock::new(|| {
            // Nothing that is static is ever dropped: it lies among what is compiled, and gives way to the next.
            let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("ground");
            let _ = std::fs::remove_dir_all(&root);
            std::fs::create_dir_all(&root).unwrap();
            let scratch = Scratch(root.canonicalize().unwrap());
            FILES.iter().for_each(|(path, text)| scratch.write(path, text));
            for arguments in [&["verify"][..], &["check", "--links"], &["deploy"]] {
                // Nobody can be asked here, and that is told: all that counts is what is written.
                let output = scratch.run(arguments);
                assert!(output.status.code().is_some_and(|code| code < 2), "{arguments:?}: {}", said(&output));
            }
            scratch
        });
        let scratch = Self::empty();
        copy(&MADE.0, &scratch.0);
        scratch
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        std::fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        std::fs::write(self.path(path), text).unwrap();
    }

    /// The program, in the dossier.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(self.path("d")).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        finish(&mut self.command(arguments), arguments)
    }

    /// As somebody whom rights hold back, which the administrator is not.
    pub(crate) fn run_without_rights(&self, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        if is_root() {
            give(&self.0);
            command.uid(NOBODY).gid(NOBODY);
        }
        finish(&mut command, arguments)
    }

    pub(crate) fn seen(&self, path: &str) -> Seen {
        let mut seen = Seen::new();
        see(&self.path(path), Path::new(""), &mut seen);
        seen
    }
}

/// What a command said.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Waits for the end of a command, and for no hang. A preview that has told its address is ended.
pub(crate) fn finish(command: &mut Command, arguments: &[&str]) -> Output {
    let is_preview = arguments.first() == Some(&"serve");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let start = Instant::now();
    let told = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        let (told, (mut stdout, mut stderr)) = (&told, (stdout, stderr));
        let out = scope.spawn(move || {
            let mut part = [0; 4096];
            while let Ok(n @ 1..) = stdout.read(&mut part) {
                told.lock().unwrap().extend_from_slice(&part[..n]);
            }
        });
        let err = scope.spawn(move || {
            let mut all = Vec::new();
            let _ = stderr.read_to_end(&mut all);
            all
        });
        let mut hangs = false;
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            let is_up = is_preview && told.lock().unwrap().starts_with(b"http://");
            hangs = start.elapsed() > PATIENCE;
            if is_up || hangs {
                let _ = child.kill();
                break child.wait().unwrap();
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        out.join().unwrap();
        let output = Output { status, stderr: err.join().unwrap(), stdout: std::mem::take(&mut told.lock().unwrap()) };
        assert!(!hangs, "{arguments:?} hangs: {}", said(&output));
        output
    })
}

/// The program, where nobody may run it from: a home may be closed to others.
fn program() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        let built = PathBuf::from(env!("CARGO_BIN_EXE_sourcebook"));
        let mut nobody = Command::new(&built);
        nobody.arg("--version").stdout(Stdio::null());
        if is_root() {
            nobody.uid(NOBODY).gid(NOBODY);
        }
        if nobody.status().is_ok_and(|status| status.success()) {
            return built;
        }
        let copy = std::env::temp_dir().join(format!("sourcebook-ground-{}", std::process::id()));
        std::fs::hard_link(&built, &copy).or_else(|_| std::fs::copy(&built, &copy).map(drop)).unwrap();
        copy
    });
    &PROGRAM
}

pub(crate) fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|data| std::os::unix::fs::MetadataExt::uid(&data) == 0)
}

/// Gives all of it to nobody.
fn give(path: &Path) {
    let data = std::fs::symlink_metadata(path).unwrap();
    if !data.is_symlink() {
        chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    if data.is_dir() {
        std::fs::read_dir(path).unwrap().for_each(|entry| give(&entry.unwrap().path()));
    }
}

/// All of a folder, with its times.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, to, kind) = (entry.path(), to.join(entry.file_name()), entry.file_type().unwrap());
        if kind.is_dir() {
            copy(&path, &to);
        } else if kind.is_symlink() {
            symlink(std::fs::read_link(&path).unwrap(), &to).unwrap();
        } else {
            std::fs::copy(&path, &to).unwrap();
            let time = std::fs::metadata(&path).unwrap().modified().unwrap();
            std::fs::File::options().append(true).open(&to).unwrap().set_modified(time).unwrap();
        }
    }
}

fn see(path: &Path, name: &Path, seen: &mut Seen) {
    let Ok(data) = std::fs::symlink_metadata(path) else { return };
    let kind = format!("{:?}", data.file_type());
    let bytes = if data.is_file() { std::fs::read(path).unwrap_or_default() } else { Vec::new() };
    seen.insert(name.to_owned(), (kind, data.permissions().mode(), bytes));
    if data.is_dir() {
        let entries = std::fs::read_dir(path).unwrap().map(Result::unwrap);
        entries.for_each(|entry| see(&entry.path(), &name.join(entry.file_name()), seen));
    }
}
