//! Messages without what must not be read in them: a log keeps what a terminal shows.
//!
//! 1. Values known to be secret, wherever they stand, also as an address writes them.
//! 2. The user part of addresses (`https://user:password@host`) and the query of addresses, which may be signed.

use sourcebook_core::base::url::percent_value;

/// Knows what must not be printed.
#[derive(Clone, Default)]
pub struct Redactor {
    values: Vec<String>,
}

/// What stands in place of a secret.
const MASK: &str = "…";

/// A shorter value is no secret worth the name, and masking it would garble messages.
const SHORTEST: usize = 6;

/// Parts of names of variables that hold secrets.
const NAMES: [&str; 11] = [
    "SECRET",
    "TOKEN",
    "PASSW",
    "PASSPHRASE",
    "CREDENTIAL",
    "KEY",
    "SAS",
    "SIGNATURE",
    "AUTH",
    "CONNECTION_STRING",
    "_PAT",
];

impl Redactor {
    /// For an environment: the values of every variable whose name sounds like a secret.
    pub fn of(environment: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut redactor = Self::default();
        for (name, value) in environment {
            let name = name.to_uppercase();
            // Where a secret is kept is none, and a message may have to say it.
            let place = name.ends_with("_FILE") || name.ends_with("_SOCK") || name == "GOOGLE_APPLICATION_CREDENTIALS";
            if NAMES.iter().any(|part| name.contains(part)) && !place {
                redactor.add(&value);
                // What is signed is a query of parts, and each part may be quoted alone.
                value.split(['&', '?', ';', '=']).filter(|part| part.len() >= 16).for_each(|part| redactor.add(part));
            } else if let Some((user, _)) = value.split_once("://").and_then(|(_, rest)| rest.split_once('@')) {
                // A proxy with a password.
                user.split(':').for_each(|part| redactor.add(part));
            }
        }
        redactor
    }

    /// Adds a secret.
    pub fn add(&mut self, value: &str) {
        let value = value.trim();
        for value in [value.to_owned(), percent_value(value), value.escape_debug().to_string()] {
            if value.len() >= SHORTEST && !self.values.contains(&value) {
                self.values.push(value);
            }
        }
        // A secret that holds another is masked as a whole.
        self.values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    }

    /// The message without secrets.
    pub fn clean(&self, message: &str) -> String {
        let text = self.values.iter().fold(message.to_owned(), |text, value| text.replace(value, MASK));
        addresses(&text)
    }
}

/// Masks user parts and queries of addresses.
fn addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        let end = after.find(|c: char| c.is_whitespace() || "\"'<>`),".contains(c)).unwrap_or(after.len());
        let (address, next) = after.split_at(end);
        out.push_str(before);
        out.push_str(&address_without(address));
        rest = next;
    }
    out.push_str(rest);
    out
}

fn address_without(address: &str) -> String {
    let (place, query) = address.split_once('?').map_or((address, false), |(place, _)| (place, true));
    let (authority, path) = place.split_at(place.find('/').unwrap_or(place.len()));
    let host = match authority.rsplit_once('@') {
        Some((_, host)) => format!("{MASK}@{host}"),
        None => authority.to_owned(),
    };
    format!("{host}{path}{}", if query { "?…" } else { "" })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn redactor() -> Redactor {
        let variables = [
            ("AWS_SECRET_ACCESS_KEY", "abc/def+ghi"),
            ("AZURE_STORAGE_SAS_TOKEN", "?sv=2024-01-01&sig=0123456789abcdef%3D"),
            ("HTTPS_PROXY", "http://me:open-sesame@proxy.example.org:3128"),
            ("KEY", "1"),
            ("GOOGLE_APPLICATION_CREDENTIALS", "keys/google.json"),
            ("LANG", "fr_FR.UTF-8"),
        ];
        Redactor::of(variables.map(|(name, value)| (name.to_owned(), value.to_owned())))
    }

    #[test]
    fn secrets_are_masked() {
        let check = |message: &str, expect: &str| assert_eq!(redactor().clean(message), expect);
        check("key abc/def+ghi refused", "key … refused");
        check("at ?k=abc%2Fdef%2Bghi", "at ?k=…");
        check("sig 0123456789abcdef%3D", "sig …");
        check("through open-sesame", "through …");
        check("fatal: 'https://u:p@example.org/x.git' not found", "fatal: 'https://…@example.org/x.git' not found");
        check("GET https://s.example.org/b?sig=x&se=y (1)", "GET https://s.example.org/b?… (1)");
        check("ssh://git@example.org/x", "ssh://…@example.org/x");
        check("cannot read keys/google.json", "cannot read keys/google.json");
        check("LANG=fr_FR.UTF-8, 1 file", "LANG=fr_FR.UTF-8, 1 file");
    }

    proptest! {
        #[test]
        fn no_secret_is_left(secret in "[!-~]{6,20}", before in "[a-z :/@?]{0,9}", after in "[a-z :/@?]{0,9}") {
            let redactor = Redactor::of([("MY_TOKEN".to_owned(), secret.clone())]);
            let message = format!("{before}{secret}{after}");
            prop_assert!(!redactor.clean(&message).contains(&secret));
        }
    }
}
