//! What an object store holds, by its own listing, against what it should hold.
//!
//! A store tells of an object its size and a tag (HTTP's ETag). What the tag means differs: with S3 and Google it is the
//! MD5 of what was sent in one piece without keys of one's own, with Azure a number. So a file is taken for unchanged
//! only if its size is right and
//!
//! - the manifest knows that the store gave this very tag to these bytes and headers; or
//! - the manifest says that these bytes and headers were on their way, which a killed deploy leaves behind, and the tag
//!   is their MD5.
//!
//! A manifest that lies, is old or is lost costs a transfer, never a wrong page.

use std::collections::BTreeMap;

use super::manifest::Entry;
use super::{LocalFile, Manifest, Remote};

/// An object as the store lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// In bytes.
    pub size: u64,
    /// Without quotation marks.
    pub tag: Option<String>,
}

/// Objects by path, from the site's root.
pub type Listing = BTreeMap<String, Listed>;

/// What is there, seen from what should be.
pub fn compare(files: &[LocalFile], listing: &Listing, manifest: &Manifest) -> Remote {
    let mut there: BTreeMap<String, bool> = listing.keys().map(|path| (path.clone(), false)).collect();
    for file in files {
        if let (Some(listed), Some(entry)) = (listing.get(&file.path), manifest.0.get(&file.path)) {
            there.insert(file.path.clone(), same(file, listed, entry));
        }
    }
    Remote { there, ours: manifest.0.keys().cloned().collect() }
}

fn same(file: &LocalFile, listed: &Listed, entry: &Entry) -> bool {
    let tag = match &entry.tag {
        Some(known) => listed.tag.as_ref() == Some(known),
        None => listed.tag.as_ref() == Some(&file.md5),
    };
    tag && listed.size == file.size && entry.hash.as_ref() == Some(&file.hash)
}

/// What to write down of a file before it is sent. Where the bytes are there already and only the headers differ, the MD5
/// could not tell a later deploy whether they were sent: then nothing is promised.
pub fn intent(file: &LocalFile, listing: &Listing) -> Entry {
    let there = listing.get(&file.path).is_some_and(|listed| listed.tag.as_ref() == Some(&file.md5));
    Entry { hash: (!there).then(|| file.hash.clone()), tag: None }
}

/// A tag as it is compared: some stores quote it in one answer and not in another.
pub fn tag(written: Option<&str>) -> Option<String> {
    let tag = written?.trim().trim_matches('"');
    (!tag.is_empty()).then(|| tag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::file::Names;
    use super::*;

    #[test]
    fn unchanged_is_what_is_known_to_be() {
        let file = LocalFile::of("a.html", b"new", &Names::default());
        let old = LocalFile::of("a.html", b"old", &Names::default());
        let check = |listed: Option<&str>, entry: Option<(Option<&String>, Option<&str>)>, same: bool| {
            let listed = listed.map(|tag| Listed { size: 3, tag: Some(tag.to_owned()) });
            let listing = listed.into_iter().map(|listed| ("a.html".to_owned(), listed)).collect();
            let entry = entry.map(|(hash, tag)| Entry { hash: hash.cloned(), tag: tag.map(str::to_owned) });
            let manifest = Manifest(entry.into_iter().map(|entry| ("a.html".to_owned(), entry)).collect());
            let remote = compare(std::slice::from_ref(&file), &listing, &manifest);
            assert_eq!(remote.there.get("a.html").copied().unwrap_or(false), same, "{listing:?} {manifest:?}");
        };
        let (new, old) = (Some(&file.hash), Some(&old.hash));
        check(Some("0x1"), Some((new, Some("0x1"))), true);
        check(Some(&file.md5), Some((new, None)), true);
        // Somebody else has written there since.
        check(Some("0x2"), Some((new, Some("0x1"))), false);
        // The bytes have changed here.
        check(Some("0x1"), Some((old, Some("0x1"))), false);
        // Nothing says with what headers it was sent.
        check(Some(&file.md5), Some((None, None)), false);
        check(Some(&file.md5), None, false);
        // A manifest that lies.
        check(None, Some((new, Some("0x1"))), false);
        check(Some("0x1"), Some((new, None)), false);
    }

    #[test]
    fn size_is_looked_at_too() {
        let file = LocalFile::of("a.html", b"new", &Names::default());
        let listing = [("a.html".to_owned(), Listed { size: 2, tag: Some("t".into()) })].into();
        let entry = Entry { hash: Some(file.hash.clone()), tag: Some("t".into()) };
        let remote = compare(&[file], &listing, &Manifest([("a.html".to_owned(), entry)].into()));
        assert!(!remote.there["a.html"]);
    }

    #[test]
    fn headers_alone_are_not_promised() {
        let file = LocalFile::of("a.html", b"new", &Names::default());
        let at = |tag: &str| [("a.html".to_owned(), Listed { size: 3, tag: Some(tag.into()) })].into();
        assert_eq!(intent(&file, &at("x")).hash, Some(file.hash.clone()));
        assert_eq!(intent(&file, &at(&file.md5)).hash, None);
        assert_eq!(intent(&file, &Listing::new()).hash, Some(file.hash.clone()));
    }

    #[test]
    fn tags_without_quotation_marks() {
        assert_eq!(tag(Some("\"abc\"")).as_deref(), Some("abc"));
        assert_eq!(tag(Some("0x8D")).as_deref(), Some("0x8D"));
        assert_eq!(tag(Some("\"\"")), None);
        assert_eq!(tag(None), None);
    }
}
