//! A site built in parts, by several processes or machines, and the parts joined.
//!
//! 1. A build of a shard, [`Shard`], reads the whole dossier, and renders and writes one route in so many.
//! 2. What it was made from, and which part it is, stands where any build says so, in the stamp of its folder.
//! 3. [`join`] asks that all parts are there, whole, and made from the same by the same program, and makes one site of them:
//!    the same bytes as one build.
//!
//! The word is that of those who run such jobs: an index of so many.

use std::fmt;
use std::str::FromStr;

use rayon::prelude::*;

use super::held::Folder;
use super::output::{Output, OutputError, Part, Summary};
use super::report::shown;

/// More parts than this are a slip of the keyboard: each reads the whole dossier.
const MOST: usize = 100_000;

/// One of several parts, as `--shard` takes it: `2/8` is the second of eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    number: usize,
    of: usize,
}

impl Shard {
    /// Whether it has the route of this number, from 0, in the order of all routes.
    pub fn has(self, route: usize) -> bool {
        route % self.of == self.number - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.parse::<usize>().ok().filter(|n| (1..=MOST).contains(n));
        let read = text.split_once('/').and_then(|(one, of)| Some(Self { number: number(one)?, of: number(of)? }));
        read.filter(|shard| shard.number <= shard.of).ok_or_else(|| {
            format!("write which part of how many, from 1: `1/4` to `4/4` are four parts (at most {MOST})")
        })
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What one part was made from: the hash of a dossier's inputs, and which part it is.
pub fn made_from(inputs: &str, shard: Shard) -> String {
    format!("{inputs} {shard}")
}

/// Why parts make no site. What was in the output folder before is whole.
#[derive(Debug)]
pub enum JoinError {
    /// A folder cannot be read or written.
    Output(OutputError),
    /// No part of a site, or not a whole one: the folder.
    NoPart(String),
    /// Two that do not belong together: their folders.
    Apart(String, String),
    /// The same part twice: the folders, and which part it is.
    Twice(String, String, String),
    /// Parts that are not there.
    Absent(Vec<String>),
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => error.fmt(f),
            Self::NoPart(dir) => write!(
                f,
                "`{dir}` is no whole part of a site: it was not written by `sourcebook build --shard`, or not all of it is here"
            ),
            Self::Apart(one, other) => write!(
                f,
                "`{one}` and `{other}` were built from different dossiers, by different programs or into different numbers of parts; build all parts from the same"
            ),
            Self::Twice(one, other, shard) => write!(f, "`{one}` and `{other}` are both part {shard}"),
            Self::Absent(shards) => write!(f, "missing: part {}", shards.join(", ")),
        }
    }
}

/// Makes one site of its parts.
///
/// # Errors
/// See [`JoinError`].
pub fn join(folders: Vec<Folder>, into: Folder) -> Result<Summary, JoinError> {
    let named = |folder: &Folder| shown(folder.shown()).to_string();
    let read = |folder: Folder| {
        let name = named(&folder);
        let part = Part::read(folder).map_err(JoinError::Output)?;
        let part = part.ok_or_else(|| JoinError::NoPart(name.clone()))?;
        let (inputs, shard) = part.made_from.rsplit_once(' ').ok_or_else(|| JoinError::NoPart(name.clone()))?;
        let shard: Shard = shard.parse().map_err(|_| JoinError::NoPart(name.clone()))?;
        Ok((name, inputs.to_owned(), shard, part))
    };
    let parts: Vec<_> = folders.into_iter().map(read).collect::<Result<_, _>>()?;
    let Some((first, inputs, shard, whole)) = parts.first() else { return Err(JoinError::Absent(vec!["1/1".into()])) };
    let mut taken: Vec<Option<&str>> = vec![None; shard.of];
    for (name, of, one, part) in &parts {
        if (of, one.of, &part.recipe) != (inputs, shard.of, &whole.recipe) {
            return Err(JoinError::Apart(first.clone(), name.clone()));
        }
        if let Some(other) = taken[one.number - 1].replace(name) {
            return Err(JoinError::Twice(other.to_owned(), name.clone(), one.to_string()));
        }
    }
    let absent = taken.iter().enumerate().filter(|(_, name)| name.is_none());
    let absent: Vec<_> = absent.map(|(i, _)| Shard { number: i + 1, of: shard.of }.to_string()).collect();
    if !absent.is_empty() {
        return Err(JoinError::Absent(absent));
    }
    let write = || {
        let output = Output::open(into)?.with_recipe(whole.recipe.clone());
        if let Some(summary) = output.stands(inputs) {
            return Ok(summary);
        }
        let files: Vec<_> =
            parts.iter().flat_map(|(.., part)| part.files.iter().map(move |path| (part, path))).collect();
        files.par_iter().try_for_each(|(part, path)| output.write(path, &part.bytes(path)?).map(drop))?;
        output.finish(Some(inputs), None)
    };
    write().map_err(JoinError::Output)
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn parts_are_counted_from_one() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(text.parse::<Shard>().ok().map(|shard| shard.to_string()).as_deref(), expect, "{text}");
        };
        check("1/1", Some("1/1"));
        check("3/8", Some("3/8"));
        for text in ["0/4", "5/4", "1/0", "1", "/4", "1/", "a/4", "-1/4", "1/4/2", " 1/4", "1/1000000"] {
            check(text, None);
        }
    }

    #[test]
    fn each_route_is_in_one_part() {
        for of in 1..9 {
            let shards: Vec<Shard> = (1..=of).map(|n| format!("{n}/{of}").parse().unwrap()).collect();
            for route in 0..40 {
                assert_eq!(shards.iter().filter(|shard| shard.has(route)).count(), 1, "{route} of {of}");
            }
        }
    }
}
