//! A name that no other program has: a site that another one built is not this one's.
#![allow(clippy::disallowed_methods, reason = "a build script reads the sources")]

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rustc-env=SOURCEBOOK_PROGRAM={:016x}", program()?);
    Ok(())
}

fn program() -> Result<u64, Box<dyn std::error::Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let mut files = Vec::new();
    for folder in ["src", "themes"] {
        collect(&root, &root.join(folder), &mut files)?;
    }
    let lock = root.join("Cargo.lock");
    println!("cargo:rerun-if-changed={}", lock.display());
    files.push(("Cargo.lock".into(), lock));
    files.sort();
    let mut hasher = DefaultHasher::new();
    for (name, path) in files {
        (name, std::fs::read(path).unwrap_or_default()).hash(&mut hasher);
    }
    let features: BTreeSet<_> =
        std::env::vars().map(|(name, _)| name).filter(|n| n.starts_with("CARGO_FEATURE_")).collect();
    features.hash(&mut hasher);
    Ok(hasher.finish())
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Some(name) = path.strip_prefix(root)?.to_str() {
            files.push((name.replace('\\', "/"), path.clone()));
        }
    }
    Ok(())
}
