//! One target, run many times.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::Target;
use crate::mutate::{Random, mutate};

/// What a run found.
#[derive(Debug, Default)]
pub struct Found {
    /// How often the target was run.
    pub executions: u64,
    /// Inputs with a signature of their own.
    pub kept: Vec<Vec<u8>>,
    /// Inputs at which it failed, with what was said: each place once.
    pub failures: Vec<(String, Vec<u8>)>,
    /// Panics within libraries that our readers caught, by place, with how often.
    pub caught: BTreeMap<String, u64>,
    /// The slowest input, and how long it took.
    pub slowest: (Duration, Vec<u8>),
}

/// When to end.
#[derive(Clone, Copy, Debug)]
pub struct Until {
    /// After so many executions.
    pub executions: u64,
    /// Or after so long.
    pub time: Duration,
}

thread_local! {
    static PANICS: RefCell<Vec<(String, bool)>> = const { RefCell::new(Vec::new()) };
}

/// What runs now, and since when: for whoever waits in vain.
static NOW: Mutex<(String, Vec<u8>)> = Mutex::new((String::new(), Vec::new()));
static TICKS: AtomicU64 = AtomicU64::new(0);

/// Notes panics instead of printing them: by their place, and whether that is in our own code.
pub fn listen() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
        let is_ours = !place.contains("/registry/") && !place.contains("/rustc/") && !place.starts_with("library/");
        let said: Vec<_> = panic.payload_as_str().unwrap_or("a panic").lines().take(8).map(str::trim).collect();
        let said = said.join(" ");
        PANICS.with(|panics| panics.borrow_mut().push((format!("{place}: {said}"), is_ours)));
    }));
}

/// Ends the program where one execution takes longer than this, and keeps its input.
pub fn watch(longest: Duration, keep: &Path) {
    let keep = keep.to_owned();
    std::thread::spawn(move || {
        let mut last = (u64::MAX, Instant::now());
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let ticks = TICKS.load(Ordering::Relaxed);
            if ticks != last.0 {
                last = (ticks, Instant::now());
            } else if last.1.elapsed() > longest {
                let (name, input) = NOW.lock().map(|now| now.clone()).unwrap_or_default();
                if !input.is_empty() {
                    let _ = std::fs::write(keep.join(format!("{name}-hangs")), &input);
                    println!("{name}: one execution takes more than {longest:?}: {}", keep.display());
                    println!("0 passed, 1 failed");
                    std::process::exit(1);
                }
            }
        }
    });
}

/// Runs a target, first on its seeds as they are, then on what is made of them.
pub fn hunt(target: &Target, seeds: Vec<Vec<u8>>, seed: u64, until: Until) -> Found {
    let mut found = Found { kept: seeds, ..Found::default() };
    if found.kept.is_empty() {
        found.kept.push(Vec::new());
    }
    let mut random = Random::new(seed ^ crate::signature(target.name));
    let (mut signatures, mut places) = (HashSet::new(), HashSet::new());
    let start = Instant::now();
    let begun = found.kept.len();
    let mut input = Vec::new();
    while found.executions < until.executions.max(begun as u64) {
        if found.executions.is_multiple_of(64) && start.elapsed() > until.time && found.executions >= begun as u64 {
            break;
        }
        let n = found.executions as usize;
        if n < begun {
            input.clone_from(&found.kept[n]);
        } else {
            // What was kept last is tried most.
            let last = found.kept.len();
            let pick = if random.below(3) == 0 { last - 1 - random.below(last.min(16)) } else { random.below(last) };
            input.clone_from(&found.kept[pick]);
            let other = random.below(last);
            mutate(&mut input, &found.kept[other], target.words, &mut random);
        }
        one(target, &input, n < begun, &mut found, &mut signatures, &mut places);
    }
    if let Ok(mut now) = NOW.lock() {
        now.1.clear();
    }
    found
}

fn one(
    target: &Target,
    input: &[u8],
    is_seed: bool,
    found: &mut Found,
    signatures: &mut HashSet<u64>,
    places: &mut HashSet<String>,
) {
    if let Ok(mut now) = NOW.lock() {
        now.0 = target.name.to_owned();
        now.1.clear();
        now.1.extend_from_slice(input);
    }
    TICKS.fetch_add(1, Ordering::Relaxed);
    let start = Instant::now();
    let done = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    let took = start.elapsed();
    if took > found.slowest.0 {
        found.slowest = (took, input.to_vec());
    }
    found.executions += 1;
    let panics = PANICS.with(|panics| std::mem::take(&mut *panics.borrow_mut()));
    let (ours, theirs): (Vec<_>, Vec<_>) = panics.into_iter().partition(|(_, is_ours)| *is_ours || done.is_err());
    for (place, _) in theirs {
        *found.caught.entry(place).or_default() += 1;
    }
    for (place, _) in ours {
        if places.insert(place.split(": ").next().unwrap_or_default().to_owned()) {
            found.failures.push((place, input.to_vec()));
        }
    }
    if let Ok(signature) = done
        && signatures.insert(signature)
        && !is_seed
        && found.kept.len() < 20_000
    {
        found.kept.push(input.to_vec());
    }
}
