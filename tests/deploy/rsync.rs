//! By rsync.

use std::path::PathBuf;

use crate::program::{deploy, start};
use crate::site::{Site, assert_same, files};
use crate::watch::Visitor;

fn site(name: &str) -> (Site, PathBuf) {
    let site = Site::new(name);
    site.target("kind = \"rsync\"\ndestination = \"../www\"");
    let www = site.beside("www");
    (site, www)
}

#[test]
fn all_of_it_then_only_what_changed() {
    let (site, www) = site("rsync");
    deploy(&site, &["-n"], &[]).expect(0, " new, 0 changed, 0 removed, 0 unchanged");
    deploy(&site, &[], &[]).expect(0, " new, 0 changed, 0 removed, 0 unchanged");
    assert_same(&files(&www), &site.built());
    deploy(&site, &[], &[]).expect(0, "0 files sent");

    let visitor = Visitor::new(&www);
    for (n, colour) in ["navy", "red"].into_iter().enumerate() {
        site.put("themes/default/static/extra.css", &format!("a {{ color: {colour} }}\n"));
        site.actors(2 + n as u32..=30);
        deploy(&site, &[], &[]).expect(0, "2 removed");
        assert_same(&files(&www), &site.built());
    }
    visitor.assert_never_broken();
    assert!(!www.join("actors/a1").exists());
}

#[test]
fn the_work_of_other_hands_and_the_brake() {
    let (site, www) = site("rsync-hands");
    std::fs::create_dir_all(www.join("actors/a5")).unwrap();
    std::fs::create_dir_all(www.join("theirs")).unwrap();
    std::fs::write(www.join("actors/a5/[their] own.txt"), "theirs").unwrap();
    deploy(&site, &[], &[]).expect(0, "1 of other hands left alone");
    site.actors(6..=30);
    deploy(&site, &[], &[]).expect(0, "5 removed");
    let mut there = files(&www);
    assert_eq!(there.remove("actors/a5/[their] own.txt").as_deref(), Some(&b"theirs"[..]));
    assert_same(&there, &site.built());
    assert!(www.join("theirs").is_dir());
    site.actors(28..=30);
    deploy(&site, &[], &[]).expect(2, "no more than 20 may go at once");
    assert_same(&files(&www).into_iter().filter(|(path, _)| !path.contains("own.txt")).collect(), &there);
    deploy(&site, &["--force"], &[]).expect(0, "22 removed");
}

#[test]
fn a_file_becomes_a_folder() {
    let (site, www) = site("rsync-shapes");
    site.put("content/shape", "a file\n");
    site.put("content/[odd] name.txt", "a file\n");
    deploy(&site, &[], &[]).expect(0, " new");
    site.remove("content/shape");
    site.remove("content/[odd] name.txt");
    site.put("content/shape/file.txt", "a file\n");
    deploy(&site, &[], &[]).expect(0, "2 removed");
    assert_same(&files(&www), &site.built());
}

#[test]
fn killed_half_way() {
    let (site, www) = site("rsync-killed");
    deploy(&site, &[], &[]).expect(0, " new");
    for round in 0..3 {
        site.actors(round..=30 + round);
        site.put("themes/default/static/extra.css", &format!("a {{ top: {round}px }}\n"));
        let mut child = start(&site, &[]);
        while child.try_wait().unwrap().is_none() && !www.join(format!("actors/a{}", 30 + round)).exists() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
        deploy(&site, &[], &[]).expect(0, " files sent");
        assert_same(&files(&www), &site.built());
    }
}

#[test]
fn where_rsync_is_not_or_fails() {
    let (site, _) = site("rsync-missing");
    deploy(&site, &[], &[("PATH", "/nowhere")]).expect(2, "the program `rsync` is not there");
    let other = Site::new("rsync-fails");
    other.target("kind = \"rsync\"\ndestination = \"../no/such/place/at/all\"");
    deploy(&other, &[], &[]).expect(2, "rsync failed");
}
