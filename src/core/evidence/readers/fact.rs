//! What a capture says besides its text.

use std::fmt;

/// One thing that a reader of captures learnt from the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// The encoding of its characters.
    Charset {
        /// As the WHATWG Encoding Standard names it.
        name: &'static str,
        /// Whether nothing in the file or around it says so.
        assumed: bool,
    },
    /// Some of the file could not be read as the encoding says, and stands in the text as U+FFFD.
    Damaged,
    /// The words with which the story is said to begin do not stand in it.
    NoBeginning,
    /// The address of the record of a web archive that was read, as the archive has it.
    Address(Box<str>),
    /// The name of something that a mail brings along. It is not read.
    Attachment(Box<str>),
    /// When the copy was made, as its archive says (ISO 8601).
    MadeAt(Box<str>),
    /// With what it was made, as its archive says.
    MadeBy(Box<str>),
    /// A web archive holds all that it says it holds, as it says it.
    Whole,
    /// A file of a web archive is not there.
    Lacks(Box<str>),
    /// A file of a web archive does not match what the archive states of it.
    Unlike(Box<str>),
    /// The copy of the page was cut off, and why, as the archive says.
    Truncated(Box<str>),
    /// The status with which a server answered, where it was no success.
    Status(u16),
    /// Who signed a web archive, and how far that is proved.
    Signed(SignedBy),
    /// Pages are pictures; their words were read from them by a program, which may err.
    Scanned,
    /// A picture, a sound or a film: it shows something, and holds no words to look up.
    Shows,
}

impl Fact {
    /// Whether readers are told of it, so that the lock keeps it.
    pub fn is_kept(&self) -> bool {
        !matches!(self, Self::Charset { .. } | Self::NoBeginning | Self::Damaged)
    }

    /// Reads what `Display` writes of a fact that is kept.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
        Some(match name {
            "address" => Self::Address(rest.into()),
            "attachment" => Self::Attachment(rest.into()),
            "made-at" => Self::MadeAt(rest.into()),
            "made-by" => Self::MadeBy(rest.into()),
            "whole" => Self::Whole,
            "lacks" => Self::Lacks(rest.into()),
            "unlike" => Self::Unlike(rest.into()),
            "truncated" => Self::Truncated(rest.into()),
            "status" => Self::Status(rest.parse().ok()?),
            "signed" => Self::Signed(SignedBy::parse(rest)?),
            "scanned" => Self::Scanned,
            "shows" => Self::Shows,
            _ => return None,
        })
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Charset { name, assumed: false } => write!(f, "charset {name}"),
            Self::Charset { name, assumed: true } => write!(f, "charset {name} (assumed)"),
            Self::Damaged => write!(f, "damaged"),
            Self::NoBeginning => write!(f, "no-beginning"),
            Self::Address(url) => write!(f, "address {url}"),
            Self::Attachment(name) => write!(f, "attachment {name}"),
            Self::MadeAt(time) => write!(f, "made-at {time}"),
            Self::MadeBy(program) => write!(f, "made-by {program}"),
            Self::Whole => write!(f, "whole"),
            Self::Lacks(file) => write!(f, "lacks {file}"),
            Self::Unlike(file) => write!(f, "unlike {file}"),
            Self::Truncated(why) => write!(f, "truncated {why}"),
            Self::Status(status) => write!(f, "status {status}"),
            Self::Signed(by) => write!(f, "signed {by}"),
            Self::Scanned => write!(f, "scanned"),
            Self::Shows => write!(f, "shows"),
        }
    }
}

/// Who signed a web archive.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SignedBy {
    /// The holder of a key, by its SHA-256.
    Key(Box<str>),
    /// The holder of a domain, by a certificate that led to an authority which browsers trust.
    Domain(Box<str>),
    /// Who says so, by a certificate that leads to no such authority.
    Unproven(Box<str>),
    /// There is a signature, and it does not hold.
    Nobody,
}

impl SignedBy {
    fn parse(text: &str) -> Option<Self> {
        let (how, who) = text.split_once(' ').unwrap_or((text, ""));
        Some(match how {
            "key" => Self::Key(who.into()),
            "domain" => Self::Domain(who.into()),
            "unproven" => Self::Unproven(who.into()),
            "nobody" => Self::Nobody,
            _ => return None,
        })
    }
}

impl fmt::Display for SignedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(hash) => write!(f, "key {hash}"),
            Self::Domain(domain) => write!(f, "domain {domain}"),
            Self::Unproven(domain) => write!(f, "unproven {domain}"),
            Self::Nobody => write!(f, "nobody"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_as_they_are_written() {
        let kept = [
            Fact::Address("https://example.org/a b".into()),
            Fact::Attachment("a b.pdf".into()),
            Fact::MadeAt("2024-11-03T10:00:00Z".into()),
            Fact::MadeBy("wget 1.21".into()),
            Fact::Whole,
            Fact::Lacks("archive/a.warc".into()),
            Fact::Unlike("archive/a.warc".into()),
            Fact::Truncated("length".into()),
            Fact::Status(404),
            Fact::Signed(SignedBy::Key("0a".into())),
            Fact::Signed(SignedBy::Domain("a.example".into())),
            Fact::Signed(SignedBy::Unproven("a.example".into())),
            Fact::Signed(SignedBy::Nobody),
            Fact::Scanned,
            Fact::Shows,
        ];
        for fact in kept {
            assert!(fact.is_kept());
            assert_eq!(Fact::parse(&fact.to_string()), Some(fact));
        }
        assert_eq!(Fact::parse("charset UTF-8"), None);
    }
}
