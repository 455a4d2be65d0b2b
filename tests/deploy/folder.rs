//! To a folder.

use std::path::PathBuf;

use crate::program::{deploy, start};
use crate::site::{Site, assert_same, files};
use crate::watch::Visitor;

fn site(name: &str) -> (Site, PathBuf) {
    let site = Site::new(name);
    site.target("kind = \"folder\"\npath = \"../www\"");
    let www = site.beside("www");
    (site, www)
}

#[test]
fn all_of_it_then_only_what_changed() {
    let (site, www) = site("folder");
    deploy(&site, &[], &[]).expect(0, " new, 0 changed, 0 removed, 0 unchanged");
    assert_same(&files(&www), &site.built());
    deploy(&site, &["web"], &[]).expect(0, "0 files sent");

    let visitor = Visitor::new(&www);
    for (n, colour) in ["navy", "red", "green", "black"].into_iter().enumerate() {
        site.put("themes/default/static/extra.css", &format!("a {{ color: {colour} }}\n"));
        site.actors(n as u32..30);
        deploy(&site, &[], &[]).expect(0, " removed");
        assert_same(&files(&www), &site.built());
    }
    visitor.assert_never_broken();
    // Folders that are empty go with their last file.
    assert!(!www.join("actors/a1").exists());
}

#[test]
fn the_work_of_other_hands() {
    let (site, www) = site("hands");
    std::fs::create_dir_all(www.join("actors/a5")).unwrap();
    std::fs::write(www.join("actors/a5/theirs.txt"), "theirs").unwrap();
    deploy(&site, &[], &[]).expect(0, "1 of other hands left alone");
    site.actors(6..=30);
    deploy(&site, &[], &[]).expect(0, "5 removed");
    let mut there = files(&www);
    assert_eq!(there.remove("actors/a5/theirs.txt").as_deref(), Some(&b"theirs"[..]));
    assert_same(&there, &site.built());
    // Without its list, nothing that is there is known to be ours.
    std::fs::remove_file(www.join(".sourcebook/deployed")).unwrap();
    site.actors(7..=30);
    deploy(&site, &[], &[]).expect(0, "0 removed");
    assert!(www.join("actors/a6/index.html").is_file());
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let (site, www) = site("shapes");
    site.put("content/shape", "a file\n");
    site.put("content/other/deep/file.txt", "a file\n");
    deploy(&site, &[], &[]).expect(0, " new");
    site.remove("content/shape");
    site.remove("content/other/deep/file.txt");
    site.put("content/shape/file.txt", "a file\n");
    std::fs::remove_dir_all(site.dossier().join("content/other")).unwrap();
    site.put("content/other", "a file\n");
    deploy(&site, &[], &[]).expect(0, "2 removed");
    assert_same(&files(&www), &site.built());
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    let (site, www) = site("links");
    let elsewhere = site.beside("elsewhere");
    std::fs::create_dir_all(&elsewhere).unwrap();
    std::fs::create_dir_all(&www).unwrap();
    std::os::unix::fs::symlink(&elsewhere, www.join("actors")).unwrap();
    deploy(&site, &[], &[]).expect(2, "is no folder");
    assert_eq!(std::fs::read_dir(&elsewhere).unwrap().count(), 0);
}

#[test]
fn not_into_what_is_built_nor_around_it() {
    for path in ["public", "public/sub", ".", "..", "../../..", "/"] {
        let site = Site::new("inside");
        site.target(&format!("kind = \"folder\"\npath = \"{path}\""));
        deploy(&site, &[], &[]).expect(2, "choose a folder outside the dossier");
    }
}

#[test]
fn killed_half_way() {
    let (site, www) = site("killed");
    deploy(&site, &[], &[]).expect(0, " new");
    for pause in 0..6 {
        site.actors(pause..=30 + pause);
        site.put("themes/default/static/extra.css", &format!("a {{ top: {pause}px }}\n"));
        let visitor = Visitor::new(&www);
        let mut child = start(&site, &[]);
        // Until something has moved, if it does before the end.
        while child.try_wait().unwrap().is_none() && !www.join(format!("actors/a{}", 30 + pause)).exists() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
        deploy(&site, &[], &[]).expect(0, " files sent");
        assert_same(&files(&www), &site.built());
        visitor.assert_never_broken();
    }
}

#[test]
fn which_target() {
    let none = Site::new("none");
    deploy(&none, &[], &[]).expect(2, "names no target");
    let (two, _) = site("two");
    let text = std::fs::read_to_string(two.dossier().join("site.toml")).unwrap();
    two.put("site.toml", &format!("{text}[deploy.test]\nkind = \"folder\"\npath = \"../test\"\n"));
    deploy(&two, &[], &[]).expect(2, "say which of `web`, `test`");
    deploy(&two, &["tset"], &[]).expect(2, "there is `web`, `test`");
    deploy(&two, &["test"], &[]).expect(0, " new");
    assert!(two.beside("test/index.html").is_file() && !two.beside("www").exists());
}
