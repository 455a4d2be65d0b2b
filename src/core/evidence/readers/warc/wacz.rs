//! WACZ (Web Archive Collection Zipped 1.1.1): WARC files in a ZIP, with an index, a list of pages, and digests.
//!
//! 1. `datapackage.json` says what the archive holds and the SHA-256 of each file; `datapackage-digest.json` that of
//!    `datapackage.json`. All are reckoned over the bytes: a file that differs "does not match what the archive states",
//!    which is not to say that it was changed; js-wacz states digests that no file has.
//!    Who signed that digest, if anybody did, is told ([`crate::evidence::signing`]).
//! 2. The index (CDXJ) leads to the page; the records decide ([`super::page`]).
//! 3. Where the sheet names no address, the archive's own main page is taken, or its only one.

use serde::Deserialize;

use super::super::unpack::Budget;
use super::super::zipped::{self, Zipped};
use super::super::{Bounds, Fact, Head, Input, Reader, SignedBy, Text, Want, Why};
use super::page::{Archive, Index};
use super::stream::At;
use crate::evidence::sha256::Sha256;
#[cfg(feature = "stamp")]
use crate::evidence::signing::archive::{self, Signer};

/// See the module.
pub(crate) const READER: Reader = Reader { name: "a web archive (WACZ)", endings: &["wacz"], is, read };

fn is(head: &Head<'_>) -> bool {
    head.starts(b"PK\x03\x04")
        && zipped::holds(head.bytes, "datapackage.json")
        && (zipped::holds(head.bytes, ".warc") || head.ends(&["wacz"]))
}

fn read(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    let mut zip = Zipped::open(READER.name, input.bytes, bounds)?;
    let bytes = zip.must("datapackage.json")?;
    let package: Package = serde_json::from_slice(&bytes)
        .map_err(|error| Why::Broken { what: READER.name, reason: format!("datapackage.json: {error}") })?;
    let mut facts = facts(&mut zip, &package, &bytes)?;
    let names: Vec<String> =
        zip.names().into_iter().filter(|n| n.ends_with(".warc.gz") || n.ends_with(".warc")).collect();
    // Files lie in the archive as they are (the format asks for it); a packed one is unpacked first.
    let packed: Vec<Option<Vec<u8>>> =
        names.iter().map(|n| if zip.stored(n).is_some() { Ok(None) } else { zip.get(n) }).collect::<Result<_, _>>()?;
    let files: Vec<(String, &[u8])> = (names.iter().zip(&packed))
        .map(|(name, packed)| (name.clone(), packed.as_deref().or_else(|| zip.stored(name)).unwrap_or_default()))
        .collect();
    let main = if input.want.url.is_none() { main_page(&mut zip, &package)? } else { None };
    let want = Want { url: input.want.url.or(main.as_deref()), ..input.want };
    let index = want.url.map_or(Ok(Vec::new()), |url| index(&mut zip, url, &files))?;
    let archive = Archive::new(READER.name, &files, bounds);
    let text = archive.read(&Input { want, ..*input }, Some(index), &mut Budget::new(READER.name, bounds))?;
    if package.software.is_some() && text.facts().iter().any(|fact| matches!(fact, Fact::MadeBy(_))) {
        facts.retain(|fact| !matches!(fact, Fact::MadeBy(_)));
    }
    Ok(text.with_facts(facts))
}

/// `datapackage.json` (Frictionless Data Package), as far as it is read.
#[derive(Deserialize)]
struct Package {
    #[serde(default)]
    resources: Vec<Resource>,
    software: Option<String>,
    #[serde(rename = "mainPageUrl", alias = "mainPageURL")]
    main_page: Option<String>,
}

#[derive(Deserialize)]
struct Resource {
    path: String,
    hash: Option<String>,
    bytes: Option<u64>,
}

#[derive(Deserialize)]
struct PackageDigest {
    hash: String,
}

/// What the archive states of itself, held against its bytes.
fn facts(zip: &mut Zipped<'_>, package: &Package, bytes: &[u8]) -> Result<Vec<Fact>, Why> {
    let (mut facts, mut whole) = (Vec::new(), !package.resources.is_empty());
    facts.extend(package.software.as_deref().map(|software| Fact::MadeBy(software.into())));
    for resource in &package.resources {
        let unpacked;
        let content = match zip.stored(&resource.path) {
            Some(stored) => stored,
            None => match zip.get(&resource.path)? {
                Some(bytes) => {
                    unpacked = bytes;
                    &unpacked
                }
                None => {
                    facts.push(Fact::Lacks(resource.path.as_str().into()));
                    continue;
                }
            },
        };
        let size = resource.bytes.is_none_or(|stated| stated == content.len() as u64);
        match (resource.hash.as_deref().and_then(sha256), size) {
            (Some(stated), true) if stated == Sha256::of(content) => {}
            // A digest of a kind that is not reckoned here proves nothing either way.
            (None, true) => whole = false,
            _ => facts.push(Fact::Unlike(resource.path.as_str().into())),
        }
    }
    if let Some(digest) = zip.get("datapackage-digest.json")? {
        let stated = serde_json::from_slice::<PackageDigest>(&digest).ok().and_then(|digest| sha256(&digest.hash));
        if stated != Some(Sha256::of(bytes)) {
            facts.push(Fact::Unlike("datapackage.json".into()));
        }
        facts.extend(signed(&digest, Sha256::of(bytes)).map(Fact::Signed));
    }
    let fault = facts.iter().any(|fact| matches!(fact, Fact::Lacks(_) | Fact::Unlike(_)));
    facts.extend((whole && !fault).then_some(Fact::Whole));
    Ok(facts)
}

/// Who signed the archive.
#[cfg(feature = "stamp")]
fn signed(digest: &[u8], package: Sha256) -> Option<SignedBy> {
    Some(match archive::signer(digest, package)? {
        Signer::Key(hash) => SignedBy::Key(hash.to_string().into()),
        Signer::Domain(domain) => SignedBy::Domain(domain.into()),
        Signer::Unproven(domain) => SignedBy::Unproven(domain.into()),
        Signer::Nobody => SignedBy::Nobody,
    })
}

/// A program that cannot check a signature says nothing of it.
#[cfg(not(feature = "stamp"))]
fn signed(_: &[u8], _: Sha256) -> Option<SignedBy> {
    None
}

fn sha256(text: &str) -> Option<Sha256> {
    Sha256::parse(text.strip_prefix("sha256:")?)
}

/// The page of the archive that is its main or its only one.
fn main_page(zip: &mut Zipped<'_>, package: &Package) -> Result<Option<String>, Why> {
    if let Some(main) = &package.main_page {
        return Ok(Some(main.clone()));
    }
    #[derive(Deserialize)]
    struct Line {
        url: Option<String>,
    }
    let Some(pages) = zip.get("pages/pages.jsonl")? else { return Ok(None) };
    let pages = String::from_utf8_lossy(&pages).into_owned();
    let mut urls: Vec<String> = pages.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok()?.url).collect();
    urls.dedup();
    Ok((urls.len() == 1).then(|| urls.remove(0)))
}

/// Where the indexes say that copies of an address lie.
fn index(zip: &mut Zipped<'_>, url: &str, files: &[(String, &[u8])]) -> Result<Index, Why> {
    #[derive(Deserialize)]
    struct Entry {
        url: String,
        filename: String,
        offset: serde_json::Value,
    }
    let mut found = Vec::new();
    for name in zip.names() {
        let packed = name.ends_with(".cdx.gz") || name.ends_with(".cdxj.gz");
        if !(packed || name.ends_with(".cdx") || name.ends_with(".cdxj")) {
            continue;
        }
        let Some(mut bytes) = zip.get(&name)? else { continue };
        if packed {
            bytes = zip.budget.content("gzip", bytes)?;
        }
        for line in String::from_utf8_lossy(&bytes).lines().filter(|line| line.contains(url)) {
            let Some(json) = line.find('{').map(|at| &line[at..]) else { continue };
            let Ok(entry) = serde_json::from_str::<Entry>(json) else { continue };
            let offset = entry.offset.as_u64().or_else(|| entry.offset.as_str()?.parse().ok());
            let file = files.iter().position(|(name, _)| name.rsplit('/').next() == Some(&*entry.filename));
            if let (true, Some(offset), Some(file)) = (entry.url == url, offset, file) {
                let member = usize::try_from(offset).unwrap_or(usize::MAX);
                found.push((file, At { member, within: 0 }));
            }
        }
    }
    Ok(found)
}
