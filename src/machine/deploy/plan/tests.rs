//! Plans as tables: what is here, what is there, what is done and when.

use proptest::prelude::*;

use super::super::file::Names;
use super::*;

fn files(paths: &[&str]) -> Vec<LocalFile> {
    paths.iter().map(|path| LocalFile::of(path, b"12345", &Names::default())).collect()
}

/// `=path` is there as it should be, `~path` is there and different, `?path` is of another hand.
fn remote(there: &[&str]) -> Remote {
    let mut remote = Remote::default();
    for entry in there {
        let (sign, path) = entry.split_at(1);
        remote.there.insert(path.to_owned(), sign == "=");
        if sign != "?" {
            remote.ours.insert(path.to_owned());
        }
    }
    remote
}

fn told(files: &[LocalFile], plan: &Plan) -> String {
    let stages = plan.uploads.iter().map(|stage| stage.iter().map(|n| &*files[*n].path).collect::<Vec<_>>().join(" "));
    let removals = plan.removals.iter().map(|paths| paths.join(" "));
    stages.chain(removals).collect::<Vec<_>>().join(" | ")
}

fn check(here: &[&str], there: &[&str], order: &str, summary: &str) {
    let files = files(here);
    let plan = Plan::new(&files, &remote(there));
    assert_eq!(told(&files, &plan), order);
    assert_eq!(plan.to_string(), summary);
}

#[test]
fn parts_before_pages_before_what_leads_to_them_and_removals_last() {
    let here = ["404.html", "a/index.html", "assets/search/index.js", "assets/style.2.css", "feed.xml", "index.html"];
    check(
        &here,
        &[],
        "assets/search/index.js assets/style.2.css | 404.html a/index.html |  | feed.xml index.html |  | ",
        "6 new, 0 changed, 0 removed, 0 unchanged; 30 bytes to send",
    );
    check(
        &here,
        &[
            "~404.html",
            "~assets/search/index.js",
            "=assets/style.1.css",
            "~index.html",
            "=old/index.html",
            "?robots.txt",
        ],
        "assets/style.2.css | a/index.html | 404.html | assets/search/index.js feed.xml index.html | old/index.html | assets/style.1.css",
        "3 new, 3 changed, 2 removed, 0 unchanged, 1 of other hands left alone; 30 bytes to send",
    );
}

#[test]
fn nothing_to_do() {
    check(&["a.html"], &["=a.html"], " |  |  |  |  | ", "0 new, 0 changed, 0 removed, 1 unchanged; 0 bytes to send");
}

#[test]
fn what_we_did_not_put_there_is_left_alone_unless_it_is_in_our_place() {
    check(
        &["a.html"],
        &["?a.html", "?b.html"],
        " |  | a.html |  |  | ",
        "0 new, 1 changed, 0 removed, 0 unchanged, 1 of other hands left alone; 5 bytes to send",
    );
}

#[test]
fn the_brake() {
    let check = |unchanged: usize, removed: usize, max: Option<usize>, expect: Result<(), Brake>| {
        let plan = Plan { unchanged, removals: [vec!["x.html".into(); removed], vec![]], ..Plan::default() };
        assert_eq!(plan.brake(max), expect, "{unchanged} {removed} {max:?}");
    };
    check(0, 20, None, Ok(()));
    check(0, 21, None, Err(Brake { removed: 21, limit: 20 }));
    check(900, 100, None, Ok(()));
    check(899, 101, None, Err(Brake { removed: 101, limit: 100 }));
    check(899, 101, Some(101), Ok(()));
    check(899, 1, Some(0), Err(Brake { removed: 1, limit: 0 }));
    check(899, 0, Some(0), Ok(()));
}

#[test]
fn what_stands_in_the_way_goes_first() {
    let check = |here: &[&str], there: &[&str], expect: &[&str]| {
        let files = files(here);
        let plan = Plan::new(&files, &remote(there));
        assert_eq!(plan.obstacles(&files), expect.iter().copied().collect());
    };
    check(&["a/index.html"], &["=a", "=b"], &["a"]);
    check(&["a"], &["=a/b/index.html", "=ab"], &["a/b/index.html"]);
    check(&["A.html"], &["=a.html", "=b.html"], &["a.html"]);
    check(&["a.html"], &["=b.html"], &[]);
}

#[test]
fn a_list_of_some() {
    let files = files(&["a.html", "b.html", "c.html"]);
    let plan = Plan::new(&files, &remote(&["~c.html", "=d.html"]));
    assert_eq!(plan.list(&files, 9), "+ a.html (5 bytes)\n+ b.html (5 bytes)\n~ c.html (5 bytes)\n- d.html\n");
    assert_eq!(plan.list(&files, 1), "+ a.html (5 bytes)\n+ … and 1 more\n~ c.html (5 bytes)\n- d.html\n");
}

#[test]
fn bytes_as_people_say_them() {
    for (n, text) in [(0, "0 bytes"), (999, "999 bytes"), (1_500, "1.5 kB"), (2_000_000, "2.0 MB"), (3 << 30, "3.2 GB")]
    {
        assert_eq!(bytes(n), text);
    }
}

proptest! {
    /// Whatever is where, after the plan everything wanted is there, nothing else of ours is, and all else still is.
    #[test]
    fn it_ends_right(
        here in prop::collection::btree_set("[ab](/[ab]){0,2}(\\.html)?", 0..8),
        there in prop::collection::btree_map("[ab](/[ab]){0,2}(\\.html)?", (any::<bool>(), any::<bool>()), 0..8),
    ) {
        let here: Vec<_> = here.iter().map(|path| LocalFile::of(path, b"x", &Names::default())).collect();
        let ours: BTreeSet<_> = there.iter().filter(|(_, (_, ours))| *ours).map(|(path, _)| path.clone()).collect();
        let there: BTreeMap<_, _> = there.into_iter().map(|(path, (same, _))| (path, same)).collect();
        let plan = Plan::new(&here, &Remote { there: there.clone(), ours: ours.clone() });
        let sent: BTreeSet<_> = plan.uploads.iter().flatten().map(|n| here[*n].path.clone()).collect();
        let removed: BTreeSet<_> = plan.removals.iter().flatten().cloned().collect();
        prop_assert_eq!(sent.len(), plan.new.len() + plan.changed.len());
        for file in &here {
            prop_assert_eq!(sent.contains(&file.path), there.get(&file.path) != Some(&true));
            prop_assert!(!removed.contains(&file.path));
        }
        for path in there.keys().filter(|path| here.iter().all(|file| file.path != **path)) {
            prop_assert_eq!(removed.contains(path), ours.contains(path));
        }
    }
}
