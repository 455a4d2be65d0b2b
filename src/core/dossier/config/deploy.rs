//! `[deploy.NAME]`: where `sourcebook deploy` puts the site.
//!
//! Nothing that opens a door stands here: a key or an address that holds a credential is a fault, told without its
//! value and without its line, since what a terminal shows may be kept by a log.

use crate::base::diagnostic::Diagnostic;
use crate::base::file::Located;
use crate::base::path;
use crate::base::tree::decode::LText;
use crate::base::tree::decode::{Context, Decode, Fields, Named, decode_words, record_shape};
use crate::base::tree::{Data, Entry, Node};
use crate::model::Text;

/// A place that a site is deployed to.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its name: `web` of `[deploy.web]`.
    pub name: LText,
    /// Which place.
    pub place: Place,
    /// How many files one deploy may remove; `None` for the usual brake.
    pub max_deletes: Option<usize>,
}

/// What kind of place, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// An object store.
    Store(Store),
    /// A branch of a git repository.
    Git {
        /// A remote of the dossier's repository, or an address that git knows.
        remote: Text,
        /// The branch.
        branch: Text,
        /// What each commit says.
        message: Text,
    },
    /// A folder that the rsync program reaches.
    Rsync {
        /// As rsync writes it: `user@host:/var/www/dossier`.
        destination: Text,
    },
    /// A folder of this machine.
    Folder {
        /// From the dossier's root.
        path: Text,
    },
}

/// A container of an object store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    /// Who keeps it.
    pub kind: StoreKind,
    /// The bucket; of Azure, the container.
    pub bucket: Text,
    /// The folder within, without slashes at the ends; empty for the whole.
    pub prefix: Text,
    /// Its address, where it is not the usual one.
    pub endpoint: Option<Text>,
    /// The region; S3 only.
    pub region: Option<Text>,
    /// The storage account; Azure only.
    pub account: Option<Text>,
}

/// Kinds of object stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreKind {
    /// Amazon S3, and what speaks its language.
    S3,
    /// Google Cloud Storage.
    Gcs,
    /// Azure Blob Storage.
    Azure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Store(StoreKind),
    Git,
    Rsync,
    Folder,
}

impl Kind {
    const ALL: &[Self] = &[
        Self::Store(StoreKind::S3),
        Self::Store(StoreKind::Gcs),
        Self::Store(StoreKind::Azure),
        Self::Git,
        Self::Rsync,
        Self::Folder,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Store(StoreKind::S3) => "s3",
            Self::Store(StoreKind::Gcs) => "gcs",
            Self::Store(StoreKind::Azure) => "azure",
            Self::Git => "git",
            Self::Rsync => "rsync",
            Self::Folder => "folder",
        }
    }
}

decode_words!(Kind);

/// A target as read, without a name.
struct Raw {
    /// Not there if something is wrong with it.
    target: Option<(Place, Option<usize>)>,
    /// What was found in it that opens a door.
    secrets: Vec<String>,
}

/// Reads every target.
pub(super) fn targets(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Vec<Target> {
    let named: Named<Raw> = f.or_default("deploy", cx);
    let mut targets = Vec::new();
    for (name, raw) in named.0.into_iter().filter_map(|entry| Some((entry.name, entry.value?))) {
        cx.diagnostics.extend(raw.secrets.iter().map(|what| secret(&name.value, what)));
        if let Some((place, max_deletes)) = raw.target {
            targets.push(Target { name, place, max_deletes });
        }
    }
    targets
}

impl Decode for Raw {
    const EXPECTED: &'static str = "a table of `kind` and where";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let (node, secrets) = without_secrets(node);
        let mut f = Fields::of(&node, Self::EXPECTED, cx)?;
        let target = Self::read(&mut f, cx).filter(|_| secrets.is_empty());
        f.finish(cx);
        Some(Self { target, secrets })
    }

    fn shape() -> serde_json::Value {
        record_shape("Deploy", Self::read)
    }
}

impl Raw {
    /// Only the keys of its kind are known; without a kind, those of every kind.
    fn read(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<(Place, Option<usize>)> {
        let kind: Option<Located<Kind>> = f.required("kind", cx);
        let max_deletes = f.optional::<usize>("max_deletes", cx).map(|n| n.value);
        let place = match kind {
            Some(kind) => place(kind.value, f, cx),
            None => {
                for key in KEYS {
                    let _: Option<Located<Text>> = f.optional(key, cx);
                }
                None
            }
        };
        place.map(|place| (place, max_deletes))
    }
}

/// The keys of all kinds, but those that every kind has.
const KEYS: [&str; 11] = [
    "bucket",
    "prefix",
    "endpoint",
    "region",
    "account",
    "container",
    "remote",
    "branch",
    "message",
    "destination",
    "path",
];

fn place(kind: Kind, f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Place> {
    match kind {
        Kind::Store(kind) => store(kind, f, cx).map(Place::Store),
        Kind::Git => {
            let remote = argument(f.optional("remote", cx), "origin", cx);
            let branch = branch(f.optional("branch", cx), cx);
            let message = f.optional::<Text>("message", cx).map_or("Publish the site".into(), |m| m.value);
            Some(Place::Git { remote: remote?, branch: branch?, message })
        }
        Kind::Rsync => {
            let destination: LText = f.required("destination", cx)?;
            Some(Place::Rsync { destination: argument(Some(destination), "", cx)? })
        }
        Kind::Folder => {
            let path: LText = f.required("path", cx)?;
            Some(Place::Folder { path: path.value })
        }
    }
}

fn store(kind: StoreKind, f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Store> {
    let bucket: Option<LText> = f.required(if kind == StoreKind::Azure { "container" } else { "bucket" }, cx);
    let prefix = prefix(f, cx);
    let endpoint = endpoint(f, cx);
    let region = match kind {
        StoreKind::S3 => f.optional::<Text>("region", cx).map(|region| region.value),
        _ => None,
    };
    let account = match kind {
        StoreKind::Azure => f.optional::<Text>("account", cx).map(|account| account.value),
        _ => None,
    };
    Some(Store { kind, bucket: bucket?.value, prefix: prefix?, endpoint: endpoint?, region, account })
}

/// `None` if it is at fault.
fn prefix(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Text> {
    let Some(written) = f.optional::<Text>("prefix", cx) else { return Some("".into()) };
    let plain = written.value.trim_matches('/');
    match path::check(plain) {
        _ if plain.is_empty() => Some("".into()),
        Ok(()) => Some(plain.into()),
        Err(fault) => {
            let message = format!("`{}` cannot be a folder of the store: {fault}", written.value);
            cx.diagnostics.push(Diagnostic::error("bad-path", written.span, message));
            None
        }
    }
}

/// `None` if it is at fault.
fn endpoint(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Option<Text>> {
    let Some(url) = f.optional::<Text>("endpoint", cx) else { return Some(None) };
    let sound = ["http://", "https://"].iter().any(|scheme| url.value.starts_with(scheme))
        && !url.value.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>#?".contains(c));
    if !sound {
        let message = format!("`{}` is not the address of a store", url.value);
        cx.diagnostics
            .push(Diagnostic::error("unsafe-url", url.span, message).help("write https://storage.example.org"));
        return None;
    }
    Some(Some(url.value.trim_end_matches('/').into()))
}

/// What another program is given as an argument must not be taken for an option of it.
fn argument(written: Option<LText>, default: &str, cx: &mut Context<'_>) -> Option<Text> {
    let Some(written) = written else { return Some(default.into()) };
    let sound = !written.value.is_empty()
        && !written.value.starts_with('-')
        && !written.value.contains(|c: char| c.is_control());
    if !sound {
        let message = format!("`{}` is no place to send anything to", written.value);
        cx.diagnostics.push(Diagnostic::error("bad-value", written.span, message));
        return None;
    }
    Some(written.value)
}

/// A name that git takes for a branch (git-check-ref-format).
fn branch(written: Option<LText>, cx: &mut Context<'_>) -> Option<Text> {
    let Some(name) = written else { return Some("gh-pages".into()) };
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
    let sound = name.value.split('/').all(part)
        && !name.value.starts_with('-')
        && !name.value.ends_with('.')
        && &*name.value != "@"
        && !["..", "@{"].iter().any(|bad| name.value.contains(bad))
        && !name.value.contains(|c: char| c.is_control() || " ~^:?*[\\".contains(c));
    if !sound {
        let message = format!("`{}` is no name of a branch", name.value);
        cx.diagnostics.push(Diagnostic::error("bad-value", name.span, message));
        return None;
    }
    Some(name.value)
}

/// Parts of keys that hold credentials.
const SECRETS: [&str; 15] = [
    "secret",
    "token",
    "passw",
    "passphrase",
    "credential",
    "access_key",
    "accesskey",
    "account_key",
    "api_key",
    "apikey",
    "private_key",
    "signature",
    "sas_",
    "connection_string",
    "service_account",
];

/// The table without its credentials, and what was taken out. An address that holds one is emptied, so that its key is not
/// missed.
fn without_secrets<'t>(node: &Node<'t>) -> (Node<'t>, Vec<String>) {
    let Data::Map(entries) = &node.data else { return (node.clone(), Vec::new()) };
    let (mut kept, mut secrets) = (Vec::with_capacity(entries.len()), Vec::new());
    for entry in entries {
        let key = entry.key.to_lowercase().replace('-', "_");
        let value = match &entry.value.data {
            Data::Scalar { text, .. } => text.as_ref(),
            _ => "",
        };
        if SECRETS.iter().any(|part| key.contains(part)) || ["sas", "key", "auth"].contains(&&*key) {
            secrets.push(format!("`{}`", entry.key));
        } else if holds_credential(value) {
            secrets.push(format!("the address under `{}`", entry.key));
            kept.push(Entry { value: Node { data: Data::Unread, ..entry.value.clone() }, ..entry.clone() });
        } else {
            kept.push(entry.clone());
        }
    }
    (Node { span: node.span, data: Data::Map(kept) }, secrets)
}

/// `https://user:password@host`, `https://token@host`, and addresses signed in their query.
fn holds_credential(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    user.contains(':') || (web && !user.is_empty()) || (web && rest.contains("sig=")) || rest.contains("X-Amz-")
}

/// Without a place, for a place is shown with its line.
fn secret(target: &str, what: &str) -> Diagnostic {
    let message = format!("{what} of [deploy.{target}] is or holds a credential, and site.toml is no place for one");
    Diagnostic::placeless("credential-in-site", message)
        .help("take it out, and take it for known: have it replaced by a new one")
        .help("give it by the environment or the tool's own files: `sourcebook explain credential-in-site`")
}

#[cfg(test)]
mod tests {
    use crate::base::file::FileId;
    use crate::dossier::config::Config;

    fn check(toml: &str, expect: &str) {
        let report = Config::parse(FileId(0), &format!("title = \"T\"\n{toml}"));
        let faults: Vec<_> = report.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
        let places: Vec<_> = report.value.deploy.iter().map(|t| format!("{} {:?}", t.name.value, t.place)).collect();
        let found = if faults.is_empty() { places.join("; ") } else { faults.join("; ") };
        assert_eq!(found, expect, "{toml}");
    }

    #[test]
    fn each_kind_has_its_keys() {
        check(
            "[deploy.pages]\nkind = \"git\"",
            r#"pages Git { remote: "origin", branch: "gh-pages", message: "Publish the site" }"#,
        );
        check("[deploy.disk]\nkind = \"folder\"\npath = \"../www\"", r#"disk Folder { path: "../www" }"#);
        check(
            "[deploy.web]\nkind = \"rsync\"\ndestination = \"me@example.org:/var/www\"",
            r#"web Rsync { destination: "me@example.org:/var/www" }"#,
        );
        check(
            "[deploy.s]\nkind = \"s3\"\nbucket = \"b\"\nprefix = \"/a/b/\"\nendpoint = \"https://s.example.org/\"",
            r#"s Store(Store { kind: S3, bucket: "b", prefix: "a/b", endpoint: Some("https://s.example.org"), region: None, account: None })"#,
        );
        check(
            "[deploy.a]\nkind = \"azure\"\ncontainer = \"$web\"\naccount = \"me\"",
            r#"a Store(Store { kind: Azure, bucket: "$web", prefix: "", endpoint: None, region: None, account: Some("me") })"#,
        );
        check("[deploy.a]\nkind = \"azure\"", "missing-field: `container` is missing");
        check("[deploy.a]\nkind = \"git\"\nbucket = \"b\"", "unknown-key: `bucket` is not a key known here");
        check("[deploy.a]\nbucket = \"b\"", "missing-field: `kind` is missing");
        check(
            "[deploy.a]\nkind = \"ftp\"\nbucket = \"b\"",
            "unknown-value: `ftp` is not one of the values allowed here",
        );
    }

    #[test]
    fn nothing_is_taken_for_an_option() {
        for value in ["--upload-pack=x", "-e sh", ""] {
            check(
                &format!("[deploy.a]\nkind = \"rsync\"\ndestination = \"{value}\""),
                &match value {
                    "" => "missing-field: `destination` is empty".to_owned(),
                    value => format!("bad-value: `{value}` is no place to send anything to"),
                },
            );
        }
        for branch in ["-f", "a b", "a..b", "a//b", "x.lock", "refs/", "@"] {
            check(
                &format!("[deploy.a]\nkind = \"git\"\nbranch = \"{branch}\""),
                &format!("bad-value: `{branch}` is no name of a branch"),
            );
        }
        check(
            "[deploy.a]\nkind = \"s3\"\nbucket = \"b\"\nprefix = \"../up\"",
            "bad-path: `../up` cannot be a folder of the store: its parts must be plain names, without `.` or `..`, joined by `/`",
        );
    }

    #[test]
    fn credentials_are_told_without_their_value() {
        for key in ["secret_access_key", "aws-secret-access-key", "token", "password", "sas_token", "access_key_id"] {
            check(
                &format!("[deploy.a]\nkind = \"s3\"\nbucket = \"b\"\n{key} = \"hunter2\""),
                &format!(
                    "credential-in-site: `{key}` of [deploy.a] is or holds a credential, and site.toml is no place for one"
                ),
            );
        }
        for remote in ["https://me:hunter2@example.org/x.git", "https://ghp_hunter2@example.org/x.git"] {
            check(
                &format!("[deploy.a]\nkind = \"git\"\nremote = \"{remote}\""),
                "credential-in-site: the address under `remote` of [deploy.a] is or holds a credential, and site.toml is no place for one",
            );
        }
        check(
            "[deploy.a]\nkind = \"git\"\nremote = \"ssh://git@example.org/x.git\"\nbranch = \"b\"",
            r#"a Git { remote: "ssh://git@example.org/x.git", branch: "b", message: "Publish the site" }"#,
        );
    }
}
