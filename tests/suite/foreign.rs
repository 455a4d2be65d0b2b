//! What the rules say of dossiers that we did not write them on: two invented ones, in English and in German, and our own.
//!
//! Each alarm of the foreign ones is listed beside them in `judged.txt`, with a judgement: `right` where a careful editor would
//! act on it, `false` where not. Fewer than one in ten may be false; a new alarm, or one that is gone, is a difference. Our own dossier
//! raises none ([`super::dossier`]), and lets nothing pass by an exception or a rule that is off.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

const FOREIGN: [&str; 2] = ["sea-wall", "seilbahn"];

/// `code: message`, as often as it is said.
fn alarms(root: &Path) -> BTreeMap<String, usize> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sourcebook"));
    command.args(["check", "--all", "--format", "short", "--root"]).arg(root).stdin(Stdio::null());
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    let mut found = BTreeMap::new();
    for line in text.lines() {
        let Some((_, told)) = ["warning[", "hint[", "error["].iter().find_map(|level| line.split_once(level)) else {
            continue;
        };
        *found.entry(told.replace("]: ", ": ")).or_default() += 1;
    }
    found
}

/// The lines of `judged.txt`, each with its judgement.
fn judged(root: &Path) -> (BTreeMap<String, usize>, usize) {
    let (mut listed, mut wrong) = (BTreeMap::new(), 0);
    let text = std::fs::read_to_string(root.join("judged.txt")).unwrap();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (judgement, alarm) = line.split_once(' ').unwrap();
        assert!(matches!(judgement, "right" | "false"), "{line}");
        wrong += usize::from(judgement == "false");
        *listed.entry(alarm.to_owned()).or_default() += 1;
    }
    (listed, wrong)
}

#[test]
fn fewer_than_one_alarm_in_ten_is_false() {
    let (mut all, mut wrong) = (0, 0);
    for name in FOREIGN {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign").join(name);
        let found = alarms(&root);
        if std::env::var_os("UPDATE").is_some() {
            let (known, _) = judged(&root);
            let fresh: Vec<_> = found.keys().filter(|alarm| !known.contains_key(*alarm)).collect();
            eprintln!("{name}: to be judged: {fresh:#?}");
        }
        let (listed, false_here) = judged(&root);
        assert_eq!(found, listed, "{name}: judged.txt beside it lists each alarm");
        all += found.values().sum::<usize>();
        wrong += false_here;
    }
    assert!(wrong * 10 < all, "{wrong} of {all} alarms are false");
    let own = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("site.toml")).unwrap();
    assert!(!own.contains("[[exceptions]]") && !own.contains("\n[rules]"), "our own dossier lets something pass");
}
