//! To a branch of a git repository.

use std::path::{Path, PathBuf};

use crate::program::{deploy, run};
use crate::site::{Files, Site, assert_same, files};

/// A site with a bare repository beside it, to which its target points.
fn site(name: &str) -> (Site, PathBuf) {
    let site = Site::new(name);
    let remote = site.beside("remote.git");
    run(&site.dossier(), "git", &["init", "--quiet", "--bare", remote.to_str().unwrap()]);
    site.target("kind = \"git\"\nremote = \"../remote.git\"");
    (site, remote)
}

/// The branch's files, without our list.
fn branch(remote: &Path, name: &str) -> Files {
    let at = remote.with_extension(format!("{name}.tree"));
    let _ = std::fs::remove_dir_all(&at);
    run(remote, "git", &["clone", "--quiet", "--branch", name, remote.to_str().unwrap(), at.to_str().unwrap()]);
    files(&at)
}

fn commits(remote: &Path) -> Vec<String> {
    run(remote, "git", &["log", "--format=%s", "gh-pages"]).lines().map(str::to_owned).collect()
}

/// Puts a file into the branch, as somebody else would.
fn push(site: &Site, remote: &Path, path: &str) {
    let at = site.beside("clone");
    let _ = std::fs::remove_dir_all(&at);
    run(remote, "git", &["clone", "--quiet", "--branch", "gh-pages", remote.to_str().unwrap(), at.to_str().unwrap()]);
    std::fs::write(at.join(path), "theirs").unwrap();
    run(&at, "git", &["add", "--all"]);
    run(
        &at,
        "git",
        &["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "Theirs"],
    );
    run(&at, "git", &["push", "--quiet", "origin", "gh-pages"]);
}

#[test]
fn an_empty_remote_then_a_commit_for_each_change() {
    let (site, remote) = site("git");
    deploy(&site, &["--dry-run"], &[]).expect(0, " new");
    assert_eq!(run(&remote, "git", &["for-each-ref"]), "");
    deploy(&site, &[], &[]).expect(0, " new, 0 changed, 0 removed, 0 unchanged");
    assert_same(&branch(&remote, "gh-pages"), &site.built());
    assert!(branch(&remote, "gh-pages").contains_key(".nojekyll"));
    deploy(&site, &[], &[]).expect(0, "0 files sent");
    assert_eq!(commits(&remote).len(), 1);
    site.actors(5..=30);
    deploy(&site, &[], &[]).expect(0, "4 removed");
    assert_eq!(commits(&remote), ["Publish the site", "Publish the site"]);
    assert_same(&branch(&remote, "gh-pages"), &site.built());
}

#[test]
fn the_work_of_other_hands_stays() {
    let (site, remote) = site("git-hands");
    deploy(&site, &[], &[]).expect(0, " new");
    push(&site, &remote, "CNAME");
    site.actors(1..=29);
    deploy(&site, &[], &[]).expect(0, "1 of other hands left alone").expect(0, "1 removed");
    let mut there = branch(&remote, "gh-pages");
    assert_eq!(there.remove("CNAME").as_deref(), Some(&b"theirs"[..]));
    assert_same(&there, &site.built());
    assert_eq!(commits(&remote), ["Publish the site", "Theirs", "Publish the site"]);
}

/// The repository of the dossier keeps its branches, its index and its files; its configuration says who commits.
#[test]
fn a_dossier_under_git() {
    let (site, remote) = site("git-own");
    let dossier = site.dossier();
    run(&dossier, "git", &["init", "--quiet", "--initial-branch=main"]);
    run(&dossier, "git", &["config", "user.name", "Ann"]);
    run(&dossier, "git", &["config", "user.email", "ann@example.org"]);
    run(&dossier, "git", &["config", "core.autocrlf", "true"]);
    run(&dossier, "git", &["remote", "add", "origin", remote.to_str().unwrap()]);
    site.put(".gitignore", "/public\n");
    run(&dossier, "git", &["add", "--all"]);
    run(&dossier, "git", &["commit", "--quiet", "--message", "First"]);
    let toml = std::fs::read_to_string(dossier.join("site.toml")).unwrap();
    site.put("site.toml", &toml.replace("remote = \"../remote.git\"", "message = \"New pages\""));
    let before =
        run(&dossier, "git", &["status", "--porcelain", "--branch"]) + &run(&dossier, "git", &["rev-parse", "HEAD"]);
    deploy(&site, &[], &[]).expect(0, "to gh-pages of origin: ");
    // Its remotes may have names that look like folders.
    run(&dossier, "git", &["remote", "add", "team/pages", remote.to_str().unwrap()]);
    let toml = std::fs::read_to_string(dossier.join("site.toml")).unwrap();
    site.put("site.toml", &format!("{toml}remote = \"team/pages\"\n"));
    deploy(&site, &[], &[]).expect(0, "0 files sent");
    site.put("site.toml", &toml);
    let after =
        run(&dossier, "git", &["status", "--porcelain", "--branch"]) + &run(&dossier, "git", &["rev-parse", "HEAD"]);
    assert_eq!(before, after);
    assert_eq!(run(&remote, "git", &["log", "--format=%an %ae %s", "gh-pages"]), "Ann ann@example.org New pages\n");
    assert_same(&branch(&remote, "gh-pages"), &site.built());
}

/// The dossier is a folder of a repository, whose top is above it: addresses of folders begin at the dossier.
#[test]
fn a_dossier_within_a_repository() {
    let (site, remote) = site("git-within");
    let around = site.beside(".");
    run(&around, "git", &["init", "--quiet", "--initial-branch=main"]);
    deploy(&site, &["--dry-run"], &[]).expect(0, " new");
    deploy(&site, &[], &[]).expect(0, " new, 0 changed, 0 removed, 0 unchanged");
    deploy(&site, &[], &[]).expect(0, "0 files sent");
    assert_same(&branch(&remote, "gh-pages"), &site.built());
    assert_eq!(run(&around, "git", &["for-each-ref", "refs/heads"]), "");
}

#[test]
fn one_tree_from_two_places() {
    let tree = |name: &str| {
        let (site, remote) = site(name);
        deploy(&site, &[], &[]).expect(0, " new");
        run(&remote, "git", &["rev-parse", "gh-pages^{tree}"])
    };
    assert_eq!(tree("git-one"), tree("git-two"));
}

/// A program in the shell's language.
#[cfg(unix)]
fn script(at: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(at, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(at, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// A hook of the remote lets somebody else come first, between our look and our push.
#[cfg(unix)]
#[test]
fn a_remote_that_moves_meanwhile() {
    let (site, remote) = site("git-race");
    deploy(&site, &[], &[]).expect(0, " new");
    push(&site, &remote, "first.txt");
    let theirs = run(&remote, "git", &["rev-parse", "gh-pages"]);
    run(&remote, "git", &["update-ref", "refs/heads/gh-pages", "gh-pages~1"]);
    let hook = remote.join("hooks/pre-receive");
    // Whatever is pushed, the branch has moved by the time git would move it.
    script(&hook, &format!("unset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/gh-pages {theirs}"));
    site.actors(1..=29);
    deploy(&site, &[], &[]).expect(2, "somebody else has pushed");
    assert_eq!(run(&remote, "git", &["rev-parse", "gh-pages"]), theirs);
    std::fs::remove_file(hook).unwrap();
    deploy(&site, &[], &[]).expect(0, "1 of other hands left alone");
    assert_eq!(commits(&remote), ["Publish the site", "Theirs", "Publish the site"]);
}

#[test]
fn where_git_is_not_or_the_remote_is_unknown() {
    let (site, remote) = site("git-missing");
    deploy(&site, &[], &[("PATH", "/nowhere")]).expect(2, "the program `git` is not there");
    std::fs::remove_dir_all(&remote).unwrap();
    deploy(&site, &[], &[]).expect(2, "git failed");
    let other = Site::new("git-nowhere");
    other.target("kind = \"git\"");
    deploy(&other, &[], &[("GIT_CEILING_DIRECTORIES", other.beside("").to_str().unwrap())])
        .expect(2, "the dossier is in none");
}

/// Somebody else pushes between our look and our push, each time: a `git` in front of the real one sees to that.
#[cfg(unix)]
#[test]
fn only_force_overrides_what_others_pushed() {
    let (site, remote) = site("git-force");
    deploy(&site, &[], &[]).expect(0, " new");
    push(&site, &remote, "first.txt");
    let theirs = run(&remote, "git", &["rev-parse", "gh-pages"]);
    let before = run(&remote, "git", &["rev-parse", "gh-pages~1"]);
    let back = || run(&remote, "git", &["update-ref", "refs/heads/gh-pages", before.trim()]);
    let real = run(&remote, "sh", &["-c", "command -v git"]);
    let (real, bin) = (real.trim(), site.beside("bin"));
    std::fs::create_dir(&bin).unwrap();
    let pushes = format!("{real} --git-dir={} update-ref refs/heads/gh-pages {}", remote.display(), theirs.trim());
    script(
        &bin.join("git"),
        &format!("for word in \"$@\"; do [ \"$word\" != push ] || {pushes}; done\nexec {real} \"$@\""),
    );
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let path = [("PATH", path.as_str())];
    back();
    site.actors(1..=29);
    deploy(&site, &[], &path).expect(2, "somebody else has pushed");
    assert_eq!(run(&remote, "git", &["rev-parse", "gh-pages"]), theirs);
    back();
    deploy(&site, &["--force"], &path).expect(0, "1 removed");
    assert_same(&branch(&remote, "gh-pages"), &site.built());
    assert_eq!(commits(&remote), ["Publish the site", "Publish the site"]);
}
