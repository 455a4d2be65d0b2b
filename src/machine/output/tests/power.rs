//! What a loss of power leaves, and what the next build makes of it.
//!
//! The file systems that people build on (ext4, XFS, Btrfs, APFS, NTFS) keep a journal of names: after a loss of power the
//! changes of names up to some moment are there, in their order. Of the bytes of files they promise nothing until they are
//! asked to write them down: a file may be whole, cut short or empty, however well its name looks. So each change of a
//! build is recorded, replayed up to every moment in turn, and the bytes that were not synced are lost at random.

use std::collections::BTreeSet;

use super::super::ops::tests::Did;
use super::*;

/// Numbers that look random and are the same each time (Knuth, MMIX).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A folder after the first changes of a build, the power gone.
fn lose_power(root: &Folder, did: &[Did], dice: &mut Dice) {
    let mut unsynced: BTreeSet<String> = BTreeSet::new();
    for did in did {
        match did {
            Did::MakeFolder(path) => root.make_folder(&**path).unwrap(),
            Did::Create(path, bytes) => {
                root.create(&**path, bytes).unwrap();
                unsynced.insert(path.to_string());
            }
            Did::Sync(path) => drop(unsynced.remove(&**path)),
            Did::Rename(from, to) => {
                root.rename(&**from, &**to).unwrap();
                let moved = |path: &String| {
                    let rest = path.strip_prefix(&**from).filter(|rest| rest.is_empty() || rest.starts_with('/'));
                    rest.map_or_else(|| path.clone(), |rest| format!("{to}{rest}"))
                };
                unsynced.remove(&**to);
                unsynced = unsynced.iter().map(moved).collect();
            }
            Did::Remove(path) => {
                let _ = root.remove_file(&**path).or_else(|_| root.remove_empty(&**path));
                unsynced.remove(&**path);
            }
            Did::RemoveTree(path) => root.remove_tree(&**path).unwrap(),
        }
    }
    for path in unsynced {
        let Ok(file) = File::options().write(true).open(root.shown().join(&path)) else { continue };
        let data = file.metadata().unwrap();
        let left = [0, data.len() / 2, data.len()][dice.roll(3) as usize];
        file.set_len(left).unwrap();
        file.set_modified(data.modified().unwrap()).unwrap();
    }
}

/// Twins and a folder that are derived, besides the files.
fn build_all(root: Folder, site: Site, ops: Ops) -> Result<Vec<Did>, OutputError> {
    let output = Output::open_with(root, ops)?.with_recipe(Some("doubled".into()));
    for (path, text) in site {
        let twin = format!("{path}.twin");
        if output.write(path, text.as_bytes())? == Written::Changed || !output.keep(&twin) {
            output.write(&twin, text.repeat(2).as_bytes())?;
        }
    }
    let made_from: String = site.iter().map(|(path, text)| format!("{path}={text};")).collect();
    if !output.keep_folder("index/", &made_from) {
        output.write("index/all", made_from.as_bytes())?;
    }
    let log = output.ops.log.clone();
    output.finish(Some(&made_from), None)?;
    let done = log.lock().unwrap().clone();
    Ok(done)
}

fn expected_all(site: Site) -> BTreeMap<String, String> {
    let made_from: String = site.iter().map(|(path, text)| format!("{path}={text};")).collect();
    let twins = site.iter().map(|(path, text)| (format!("{path}.twin"), text.repeat(2)));
    let all: Vec<_> = site.iter().map(|(path, text)| (path.to_string(), text.to_string())).chain(twins).collect();
    let all: Vec<_> = all.iter().map(|(path, text)| (&**path, &**text)).chain([("index/all", &*made_from)]).collect();
    expected(&all)
}

#[test]
fn after_a_loss_of_power_the_next_build_sets_all_right() {
    let recorded = Scratch::new();
    let open = |scratch: &Scratch| Folder::make(&scratch.site()).unwrap();
    build_all(open(&recorded), OLD, Ops::default()).unwrap();
    let did = build_all(open(&recorded), NEW, Ops::default()).unwrap();
    assert_eq!(read(&recorded.site()), expected_all(NEW));
    assert!(did.len() > 60, "{}", did.len());
    let mut dice = Dice(1);
    for moment in 0..=did.len() {
        for next in [OLD, NEW, NEW] {
            let scratch = Scratch::new();
            build_all(open(&scratch), OLD, Ops::default()).unwrap();
            lose_power(&open(&scratch), &did[..moment], &mut dice);
            build_all(open(&scratch), next, Ops::default()).unwrap_or_else(|error| panic!("moment {moment}: {error}"));
            assert_eq!(read(&scratch.site()), expected_all(next), "moment {moment}");
        }
    }
}

#[test]
fn after_a_loss_of_power_in_a_first_build_the_next_sets_all_right() {
    let recorded = Scratch::new();
    let open = |scratch: &Scratch| Folder::make(&scratch.site()).unwrap();
    let did = build_all(open(&recorded), NEW, Ops::default()).unwrap();
    let mut dice = Dice(2);
    for moment in 0..=did.len() {
        let scratch = Scratch::new();
        lose_power(&open(&scratch), &did[..moment], &mut dice);
        build_all(open(&scratch), OLD, Ops::default()).unwrap_or_else(|error| panic!("moment {moment}: {error}"));
        assert_eq!(read(&scratch.site()), expected_all(OLD), "moment {moment}");
    }
}
