//! What grows does so in step with its input, or stops at a bound that is told (`docs/limits.md`).
//!
//! Each dossier is made at a size and at twice that, and prepared and rendered on one thread; what is counted is how often memory
//! was asked for, and how much, which no clock and no other program disturbs. A loop over records within a loop over records asks
//! four times as often. Loops that ask for nothing are counted in steps by the unit tests of their modules.

use std::fmt::Write;

use allocation_counter::AllocationInfo;
use sourcebook_core::base::diagnostic::has_errors;
use sourcebook_core::base::timings::Timings;
use sourcebook_site::prepare::{Options, prepare};

use crate::driver::Memory;

/// Twice the input may take so many times as much, of what is asked for: tables that grow by doubling have their jumps.
const MOST: f64 = 2.7;

thread_local! {
    /// Work of this thread stays on it: what others ask for is not counted.
    static POOL: rayon::ThreadPool =
        rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().unwrap();
}

/// What preparing and rendering a dossier asked for, on one thread.
fn asked(world: &Memory) -> (AllocationInfo, Vec<&'static str>) {
    let mut codes = Vec::new();
    let info = allocation_counter::measure(|| {
        POOL.with(|pool| {
            pool.install(|| {
                let prepared = prepare(world, Options::default(), &mut Timings::default());
                codes = prepared.diagnostics.iter().map(|d| d.code).collect();
                if !has_errors(&prepared.diagnostics) {
                    let renderer = prepared.renderer(world);
                    for route in prepared.routes.all() {
                        let mut out = Vec::new();
                        renderer.render(route, &mut out).unwrap();
                    }
                }
            })
        });
    });
    codes.sort_unstable();
    codes.dedup();
    (info, codes)
}

/// A case: its name, a size, and the dossier of a size.
type Case = (&'static str, usize, fn(usize) -> Memory);

fn sheet(text: String) -> Memory {
    Memory::default().with("site.toml", "title = \"T\"\nlanguage = \"en\"\n").with("content/a.yaml", text)
}

/// Some lines, one for each number.
fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut all, i| {
        let _ = writeln!(all, "{}", line(i));
        all
    })
}

fn article(text: String) -> Memory {
    let records = "sources:\n  s: { title: S }\nclaims:\n  c: { statement: It rains., evidence: { source: s } }\n";
    sheet(records.into()).with("content/b.md", format!("---\ntitle: B\n---\n{text}\n"))
}

const CASES: &[Case] = &[
    ("places at one coordinate", 200, |n| {
        sheet(format!("places:\n{}", lines(n, |i| format!("  p{i}: {{ name: Place {i}, coordinates: [50, 30] }}"))))
    }),
    ("places apart", 200, |n| {
        let place =
            |i: usize| format!("  p{i}: {{ name: Place {i}, coordinates: [{}, {}] }}", 40 + i % 15, 20 + i / 15);
        sheet(format!("places:\n{}", lines(n, place)))
    }),
    ("events of one date", 200, |n| {
        sheet(format!("events:\n{}", lines(n, |i| format!("  e{i}: {{ title: Event {i}, date: 2024-11-05 }}"))))
    }),
    ("identical headings", 2_000, |n| article("## Same\n\n".repeat(n))),
    ("footnotes", 1_000, |n| article(lines(n, |i| format!("A[^{i}].\n")) + &lines(n, |i| format!("[^{i}]: Note.\n")))),
    ("footnotes before brackets", 1_000, |n| article("A[^1][@c].\n\n".repeat(n) + "[^1]: Note.\n")),
    ("citations", 1_000, |n| article("It rains [@c].\n\n".repeat(n))),
    ("citations in one paragraph", 1_000, |n| article("it rains [@c] ".repeat(n))),
    ("brackets that are none", 5_000, |n| article("[ ".repeat(n))),
    ("signs in brackets", 5_000, |n| article("[@".repeat(n))),
    ("aliases of one actor", 1_000, |n| {
        let names: Vec<_> = (0..n).map(|i| format!("Name {i}")).collect();
        sheet(format!("actors:\n  a: {{ name: A, aliases: [{}] }}\n", names.join(", ")))
    }),
    ("answers to one question", 150, |n| {
        let claim = |i: usize| {
            format!("  c{i}: {{ statement: C, evidence: {{ source: s }}, answers: {{ q: {} }} }}", 1000 + i * 7 % 997)
        };
        let records = lines(n, claim);
        sheet(format!("questions:\n  q: {{ text: How many? }}\nsources:\n  s: {{ title: S }}\nclaims:\n{records}"))
    }),
    ("a chain of sources", 500, |n| {
        let on = |i: usize| if i > 0 { format!(", based_on: s{}", i - 1) } else { String::new() };
        sheet(format!("sources:\n{}", lines(n, |i| format!("  s{i}: {{ title: S{i}{} }}", on(i)))))
    }),
    ("faults of one sheet", 2_000, |n| {
        sheet(format!("actors:\n{}", lines(n, |i| format!("  a{i}: {{ name: A, part_of: b{i} }}"))))
    }),
    ("lines of code", 1_000, |n| article(format!("```js\n{}```\n", "let a = [1];\n".repeat(n)))),
];

#[test]
fn twice_the_input_asks_for_twice_the_memory() {
    // What is loaded once is loaded before.
    asked(&article("A word[^1] `x`.\n\n```js\nlet a = 1;\n```\n\n[^1]: A note.\n".into()));
    let mut grown = Vec::new();
    for (name, size, make) in CASES {
        let (once, codes) = asked(&make(*size));
        let (twice, _) = asked(&make(2 * size));
        let power = |once: u64, twice: u64| twice as f64 / once.max(1) as f64;
        let (count, bytes) = (power(once.count_total, twice.count_total), power(once.bytes_total, twice.bytes_total));
        if std::env::var_os("SHOW").is_some() {
            eprintln!("{name}: {count:.2} times the count, {bytes:.2} times the bytes; {codes:?}");
        }
        if count > MOST || bytes > MOST {
            grown.push(format!("{name}: {count:.2} times the count, {bytes:.2} times the bytes"));
        }
    }
    assert!(grown.is_empty(), "{}", grown.join("\n"));
}

/// What is bounded is told, at its place, and takes no more however much is asked for.
#[test]
fn what_is_bounded_is_told() {
    let most = 64 << 20;
    let told = |world: &Memory, code: &str| {
        let (info, codes) = asked(world);
        assert!(codes.contains(&code), "{code}: {codes:?}");
        assert!(info.bytes_max < most, "{code}: {} bytes at one time", info.bytes_max);
    };
    let items = vec!["a"; 40_000].join(", ");
    let nested = (0..200).map(|i| format!("&a{i} [")).collect::<String>() + &items + &"]".repeat(200);
    told(&sheet(format!("actors:\n  a: {{ name: A, extra: {{ x: {nested} }} }}\n")), "yaml-limit");
    let uses = vec!["*a"; 3_000].join(", ");
    told(&sheet(format!("actors:\n  a: {{ name: A, extra: {{ x: &a [{items}], y: [{uses}] }} }}\n")), "yaml-limit");
    let quote = "a […] ".repeat(20_000);
    let claim = format!("  c: {{ statement: C, evidence: {{ source: s, quote: \"{quote}\" }} }}\n");
    told(&sheet(format!("sources:\n  s: {{ title: S }}\nclaims:\n{claim}")), "quote-gaps");
    told(&article(format!("```js\n{}\n```", "a=[1,{b:'c'}];".repeat(10_000))), "uncoloured-code");
    told(&article(format!("{} x", "> ".repeat(5_000))), "too-deep");
}
