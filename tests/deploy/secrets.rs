//! Nothing that opens a door is ever printed, whatever goes wrong.

use crate::program::deploy;
use crate::proxy::{Fate, Plan, Proxy, Request};
use crate::site::Site;

/// Stands in every credential.
const MARK: &str = "hunter2hunter2hunter2";

/// A server that repeats in its answer whatever it was told.
struct Echo;

impl Plan for Echo {
    fn fate(&mut self, _: &Request) -> Fate {
        Fate::Echo
    }
}

fn check(kind: &str, environment: &[(&str, &str)]) {
    let site = Site::new("secrets");
    site.target(kind);
    for arguments in [&[][..], &["--dry-run"], &["--force"]] {
        let said = deploy(&site, arguments, environment).expect(2, "");
        let all = said.out + &said.err;
        assert!(all.contains("error: "), "{all}");
        assert!(!all.contains("hunter2"), "{kind}: {all}");
    }
}

#[test]
fn of_stores() {
    let port = Proxy::new(1, Echo).port;
    let base64 = "aHVudGVyMmh1bnRlcjJodW50ZXIyaHVudGVyMg==";
    check(
        &format!("kind = \"s3\"\nbucket = \"b\"\nendpoint = \"http://127.0.0.1:{port}\""),
        &[("AWS_ACCESS_KEY_ID", MARK), ("AWS_SECRET_ACCESS_KEY", MARK), ("AWS_SESSION_TOKEN", MARK)],
    );
    let azure =
        format!("kind = \"azure\"\ncontainer = \"c\"\naccount = \"a\"\nendpoint = \"http://127.0.0.1:{port}/a\"");
    check(&azure, &[("AZURE_STORAGE_SAS_TOKEN", &format!("?sv=2024&sig={MARK}%2F%3D"))]);
    check(&azure, &[("AZURE_STORAGE_ACCOUNT_KEY", base64)]);
    check(&azure, &[("AZURE_STORAGE_ACCOUNT_KEY", MARK)]);
    let gcs = format!("kind = \"gcs\"\nbucket = \"b\"\nendpoint = \"http://127.0.0.1:{port}\"");
    check(&gcs, &[("GOOGLE_BEARER_TOKEN", MARK)]);
    check(&gcs, &[("GOOGLE_SERVICE_ACCOUNT_KEY", &format!("{{\"private_key\": \"{MARK}\""))]);
}

#[test]
fn of_the_tools_own_files() {
    let port = Proxy::new(1, Echo).port;
    let site = Site::new("profile");
    site.target(&format!("kind = \"s3\"\nbucket = \"b\"\nendpoint = \"http://127.0.0.1:{port}\""));
    let home = site.beside("home/.aws");
    std::fs::create_dir_all(&home).unwrap();
    let text = format!("[default]\naws_access_key_id = {MARK}\naws_secret_access_key = {MARK}\n");
    std::fs::write(home.join("credentials"), text).unwrap();
    let said = deploy(&site, &[], &[]).expect(2, "these credentials may not do it");
    assert!(!(said.out + &said.err).contains("hunter2"));
}

#[test]
fn of_git_and_rsync() {
    let address = format!("http://127.0.0.1:{}/x.git", Proxy::new(1, Echo).port);
    let site = Site::new("remote");
    crate::program::run(&site.dossier(), "git", &["init", "--quiet"]);
    // Where git keeps it is git's business: in a remote's address, as many do.
    let secret = address.replace("://", &format!("://me:{MARK}@"));
    crate::program::run(&site.dossier(), "git", &["remote", "add", "origin", &secret]);
    site.target("kind = \"git\"");
    let said = deploy(&site, &[], &[]).expect(2, "git failed");
    assert!(!(said.out + &said.err).contains("hunter2"));
    // A program on the way that talks too much.
    let talks = "sh -c 'echo told $MY_TOKEN >&2; exit 1'";
    check("kind = \"git\"\nremote = \"ssh://example.org/x\"", &[("GIT_SSH_COMMAND", talks), ("MY_TOKEN", MARK)]);
    check("kind = \"rsync\"\ndestination = \"example.org:x\"", &[("RSYNC_RSH", talks), ("MY_TOKEN", MARK)]);
    check(&format!("kind = \"rsync\"\ndestination = \"rsync://127.0.0.1:1/{MARK}\""), &[("RSYNC_PASSWORD", MARK)]);
}

#[test]
fn none_in_site_toml() {
    let site = Site::new("toml");
    site.target(&format!("kind = \"s3\"\nbucket = \"b\"\nsecret_access_key = \"{MARK}\""));
    for format in ["human", "short", "json", "sarif", "github"] {
        let said = deploy(&site, &["--format", format], &[]);
        let all = said.out + &said.err;
        assert_eq!(said.status, Some(1));
        assert!(all.contains("credential-in-site") && !all.contains("hunter2"), "{all}");
    }
}

#[test]
fn without_credentials_it_is_said_where_they_go() {
    for (kind, words) in [
        ("kind = \"s3\"\nbucket = \"b\"", "set AWS_ACCESS_KEY_ID"),
        ("kind = \"gcs\"\nbucket = \"b\"", "set GOOGLE_APPLICATION_CREDENTIALS"),
        ("kind = \"azure\"\ncontainer = \"c\"\naccount = \"a\"", "set AZURE_STORAGE_ACCOUNT_KEY"),
    ] {
        let site = Site::new("none");
        site.target(kind);
        deploy(&site, &[], &[]).expect(2, words).expect(2, "they never stand in site.toml");
    }
}
