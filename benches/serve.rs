//! The benchmark of the preview: `cargo bench --bench serve -- [N … | DOSSIER …] [--saves N]`.
//!
//! For each corpus size, or copy of a dossier, in one run:
//! 1. Build it into a new folder, for the ratios.
//! 2. Start the preview, and wait for the first page over HTTP.
//! 3. Save a sheet with one claim changed, so many times, and wait each time for the claim's page to have the new words.

#![expect(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used, reason = "a tool, not the program")]

#[allow(missing_docs, dead_code, reason = "a tool, not the program")]
mod corpus;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sourcebook_core::base::timings::Timings;
use sourcebook_core::base::timings::timed;
use sourcebook_machine::disk::Disk;
use sourcebook_machine::serve::preview::Preview;
use sourcebook_machine::serve::snapshot::Snapshot;
use sourcebook_machine::serve::watch::Watch;
use sourcebook_machine::serve::{Server, Settings, follow};
use sourcebook_machine::site;
use sourcebook_site::prepare::Options;

/// As the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let saves = words.iter().position(|word| word == "--saves").map_or(20, |at| {
        let number = words.remove(at + 1).parse().unwrap();
        words.remove(at);
        number
    });
    if words.is_empty() {
        words.push("2000".into());
    }
    println!("| corpus | pages | what | ms | of a full build |");
    println!("|---|---|---|---|---|");
    for word in &words {
        measure(word, saves);
    }
}

/// Writes a corpus, or copies a dossier, into a folder of its own.
fn prepare(word: &str) -> PathBuf {
    let work = std::env::temp_dir().join(format!("sourcebook-serve-{}", std::process::id()));
    let root = work.join(word.replace(['/', '\\'], "_"));
    let put = |path: &str, bytes: &[u8]| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    match word.parse() {
        Ok(size) => corpus::dossier::write(size, corpus::Shape::Popular, &mut |path, text| put(path, text.as_bytes())),
        Err(_) => {
            for file in walkdir::WalkDir::new(word).into_iter().flatten().filter(|file| file.file_type().is_file()) {
                let path = file.path().strip_prefix(word).unwrap().to_str().unwrap();
                put(path, &std::fs::read(file.path()).unwrap());
            }
        }
    }
    root.canonicalize().unwrap()
}

fn measure(word: &str, saves: usize) {
    let root = prepare(word);
    let (pages, full) = build(&root);
    let ratio = |time: Duration| time.as_secs_f64() / full.as_secs_f64();
    let row = |what: &str, time: Duration| {
        println!("| {word} | {pages} | {what} | {:.1} | {:.3} |", time.as_secs_f64() * 1000.0, ratio(time));
    };
    row("full build", full);
    let claim = Claim::find(&root);
    let start = Instant::now();
    let (address, base, phases) = serve(&root);
    get(address, &base);
    row("start to first page", start.elapsed());
    let mut times: Vec<Duration> = (0..saves).map(|n| save(&claim, address, &base, n)).collect();
    times.sort_unstable();
    row("save to new page, median", times[times.len() / 2]);
    row("save to new page, slowest", times[times.len() - 1]);
    for (phase, time) in &phases.lock().unwrap().phases {
        row(&format!("of the last save: {phase}"), *time);
    }
    println!();
    let _ = std::fs::remove_dir_all(root.parent().unwrap());
}

fn build(root: &Path) -> (usize, Duration) {
    let out = root.with_extension("out");
    timed(|| {
        let disk = Disk::open(root).unwrap();
        let mut timings = Timings::default();
        let prepared = sourcebook_site::prepare::prepare(&disk, Options::default(), &mut timings);
        assert!(
            !sourcebook_core::base::diagnostic::has_errors(&prepared.diagnostics),
            "{:?}",
            prepared.diagnostics.first()
        );
        site::write(&prepared, &disk, &sourcebook_machine::held::Folder::make(&out).unwrap(), &mut timings).unwrap();
        prepared.routes.all().len()
    })
}

/// Starts a preview in this process; gives its address, the site's path there, and the phases of its last reload.
fn serve(root: &Path) -> (SocketAddr, String, Arc<Mutex<Timings>>) {
    let server = Server::bind(Settings { port: Some(0), ..Settings::default() }).unwrap();
    let address = server.address();
    let open = |root: &Path| Disk::open(root).ok();
    let preview = Arc::new(Preview::new(Arc::new(Snapshot::new(open(root).unwrap())), Options::default()));
    let mut watch = Watch::new(false);
    watch.places(&preview.snapshot().first_places());
    let rest = preview.reload_pages(|_| ());
    let base = preview.current().site.as_ref().unwrap().base().into_owned();
    let phases = Arc::new(Mutex::new(Timings::default()));
    let (followed, root, told) = (preview.clone(), root.to_path_buf(), phases.clone());
    std::thread::spawn(move || {
        follow(&followed, watch, || open(&root), |outcome| *told.lock().unwrap() = outcome.timings.clone(), rest)
    });
    std::thread::spawn(move || server.run(preview).unwrap());
    (address, base, phases)
}

/// A claim of the dossier, and the sheet that it stands in.
struct Claim {
    id: String,
    sheet: PathBuf,
    text: String,
    at: usize,
}

impl Claim {
    /// The first whose statement stands on one line.
    fn find(root: &Path) -> Self {
        let files = walkdir::WalkDir::new(root.join("content")).sort_by_file_name().into_iter().flatten();
        files.filter(|file| file.path().extension().is_some_and(|suffix| suffix == "yaml")).find_map(Self::of).unwrap()
    }

    fn of(file: walkdir::DirEntry) -> Option<Self> {
        let text = std::fs::read_to_string(file.path()).ok()?;
        let statement = text.find("\n    statement: ")? + 1;
        let before = text[..statement].trim_end().rsplit('\n').next()?;
        let id = before.trim().strip_suffix(':')?.to_owned();
        let line = statement + text[statement..].find('\n')?;
        let at = if text[..line].ends_with(['"', '\'']) { line - 1 } else { line };
        Some(Self { id, sheet: file.path().to_path_buf(), at, text })
    }
}

/// Saves the sheet and waits until the claim's page says so.
fn save(claim: &Claim, address: SocketAddr, base: &str, number: usize) -> Duration {
    std::thread::sleep(Duration::from_millis(300));
    let mark = format!(" nr{number}x");
    let (before, after) = claim.text.split_at(claim.at);
    let path = format!("{base}claims/{}/", claim.id);
    let text = format!("{before}{mark}{after}");
    let start = Instant::now();
    std::fs::write(&claim.sheet, text).unwrap();
    while !get(address, &path).contains(&mark) {
        assert!(start.elapsed() < Duration::from_secs(120), "the page at {path} did not change");
        std::thread::sleep(Duration::from_millis(1));
    }
    start.elapsed()
}

fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}
