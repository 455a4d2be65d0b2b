//! Second pairs of eyes: whether a record still says what it said when somebody checked it.
//!
//! 1. `meanings`: the hash of a record as it is written, but for its `curation`, and whatever its layout.
//! 2. `sourcebook verify` keeps it in `captures.lock` beside each check that it sees for the first time ([`keep`]).
//! 3. [`states`]: what has changed since is no longer checked.

use std::collections::BTreeMap;

use super::kept::{CheckKey, Kept};
use super::lock::Lock;
use super::sha256::Sha256;
use crate::base::file::{FileId, Files};
use crate::base::tree::{Data, Node, yaml};
use crate::dossier::history;
use crate::dossier::load::sheet::KINDS;
use crate::model::{Check, Dossier, Head, Ref};

/// What is known of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckState {
    /// The record says what it said then.
    Holds,
    /// The record was changed since.
    Stale,
    /// Nobody has kept what was checked: `sourcebook verify` has not run since.
    Unkept,
}

impl CheckState {
    /// As exports and data attributes have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Stale => "stale",
            Self::Unkept => "unkept",
        }
    }
}

/// The hashes of what records with these heads say: their fields in the order of the alphabet, without `curation`, comments
/// and layout. Every file is read once, and whole, since a value may lean on what stands elsewhere in it.
fn meanings<'a>(files: &Files, heads: impl Iterator<Item = &'a Head>) -> BTreeMap<&'a str, Sha256> {
    let mut by_file: BTreeMap<FileId, BTreeMap<u32, &str>> = BTreeMap::new();
    for head in heads {
        by_file.entry(head.entry.file).or_default().insert(head.entry.start, &head.id.value);
    }
    let mut found = BTreeMap::new();
    for (file, wanted) in by_file {
        let text = &files.get(file).text;
        let tree = yaml::parse_with(file, text, 0..text.len(), KINDS).value;
        let Data::Map(kinds) = &tree.root.data else { continue };
        for kind in kinds {
            let Data::Map(records) = &kind.value.data else { continue };
            for record in records {
                if let Some(id) = wanted.get(&record.span().start) {
                    found.insert(*id, Sha256::of(said(&record.value).as_bytes()));
                }
            }
        }
    }
    found
}

fn said(record: &Node<'_>) -> String {
    match &record.data {
        Data::Map(fields) => history::meaning_of(fields.iter().filter(|field| field.key != "curation")),
        _ => history::meaning(record),
    }
}

/// Records with checks.
fn checked(dossier: &Dossier) -> impl Iterator<Item = (&str, &Head, &[Check])> {
    dossier.all().filter_map(|of: Ref| {
        let head = dossier.head(of)?;
        let curation = head.curation.as_ref()?;
        (!curation.checked.is_empty()).then(|| (&*head.id.value, head, &*curation.checked))
    })
}

/// Whether anybody has checked anything.
pub fn is_any(dossier: &Dossier) -> bool {
    checked(dossier).next().is_some()
}

/// The checks of all records for the lock: those that it knew keep what was checked then.
pub fn keep(dossier: &Dossier, files: &Files, earlier: &Lock) -> BTreeMap<String, Kept> {
    let now = meanings(files, checked(dossier).map(|(_, head, _)| head));
    let of = |(id, _, checks): (&str, &Head, &[Check])| {
        let (now, known) = (now.get(id)?, earlier.checked.get(id));
        let kept = checks.iter().map(CheckKey::of).map(|key| {
            let then = known.and_then(|known| known.get(&key)).copied().unwrap_or(*now);
            (key, then)
        });
        Some((id.to_owned(), kept.collect()))
    };
    checked(dossier).filter_map(of).collect()
}

/// What is known of each check, by record and in its order.
pub fn states(dossier: &Dossier, files: &Files, lock: Option<&Lock>) -> BTreeMap<String, Vec<CheckState>> {
    let known = |id: &str| lock.and_then(|lock| lock.checked.get(id));
    let now = meanings(files, checked(dossier).filter(|(id, ..)| known(id).is_some()).map(|(_, head, _)| head));
    let of = |(id, _, checks): (&str, &Head, &[Check])| {
        let state = |check: &Check| match known(id).and_then(|known| known.get(&CheckKey::of(check))) {
            None => CheckState::Unkept,
            Some(then) if Some(then) == now.get(id) => CheckState::Holds,
            Some(_) => CheckState::Stale,
        };
        (id.to_owned(), checks.iter().map(state).collect())
    };
    checked(dossier).map(of).collect()
}

/// Whether two names are one person's, as far as writing tells: capitals and spaces do not count.
pub fn is_same_person(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::memory::MemoryWorld;
    use crate::dossier::load::load;
    use crate::dossier::resolve::{Options, resolve};
    use crate::evidence::{lock, lock_read};

    const SHEET: &str = "
curation: { by: Ada, on: 2026-01-01 }
actors:
  kim:
    name: Kim   # of the paper
    aliases: [K., The Kim]
    curation:
      checked: { by: Ben, on: 2026-01-02 }
";

    fn read(sheet: &str) -> (Dossier, Files) {
        let world = MemoryWorld::new().with("site.toml", "title = \"T\"").with("content/a.yaml", sheet);
        let parsed = load(&world);
        assert_eq!(parsed.diagnostics, []);
        (resolve(&parsed.value, Options::default()).value, parsed.value.files)
    }

    fn state(sheet: &str, kept: &Lock) -> CheckState {
        let (dossier, files) = read(sheet);
        states(&dossier, &files, Some(kept))["kim"][0]
    }

    #[test]
    fn a_check_holds_as_long_as_the_record_says_the_same() {
        let (dossier, files) = read(SHEET);
        assert_eq!(dossier.actors[0].head.curation.as_ref().unwrap().by.as_deref(), Some("Ada"), "who wrote stays");
        let kept = Lock { checked: keep(&dossier, &files, &Lock::default()), ..Lock::default() };
        let again = lock_read::parse(&lock::write(&kept)).unwrap();
        assert_eq!(again, kept);
        let holds = |from: &str, to: &str| state(&SHEET.replace(from, to), &kept);
        assert_eq!(holds("", ""), CheckState::Holds);
        assert_eq!(holds("   # of the paper", ""), CheckState::Holds);
        assert_eq!(holds("    aliases: [K., The Kim]\n", ""), CheckState::Stale);
        assert_eq!(holds("[K., The Kim]", "[ 'K.', \"The Kim\" ]"), CheckState::Holds);
        assert_eq!(holds("name: Kim ", "name: Kim Il "), CheckState::Stale);
        assert_eq!(holds("on: 2026-01-02", "on: 2026-01-03"), CheckState::Unkept);
        let moved = SHEET.replace(
            "    name: Kim   # of the paper\n    aliases: [K., The Kim]",
            "    aliases:\n      - K.\n      - The Kim\n    name: Kim",
        );
        assert_eq!(state(&moved, &kept), CheckState::Holds);
        // Once kept, what was checked stays what it was, however often the lock is written.
        let (changed, files) = read(&SHEET.replace("name: Kim ", "name: Kim Il "));
        assert_eq!(keep(&changed, &files, &kept), kept.checked);
    }

    #[test]
    fn a_name_is_one_however_it_is_written() {
        assert!(is_same_person("Ada  Lovelace", "ada lovelace "));
        assert!(!is_same_person("Ada", "Ben"));
    }
}
