//! What links answered, kept in the dossier's folder between passes.
//!
//! A file in plain sight, not in a folder of the system: it can be read, deleted, and carried between the runs of a
//! host's automation.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fetch::Outcome;

/// The file's name, in the dossier's root.
pub const FILE: &str = ".sourcebook-links.json";

/// For how many days an answer holds.
const DAYS: i32 = 7;

/// Answers by address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cache {
    links: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// ISO date.
    on: String,
    #[serde(flatten)]
    outcome: Outcome,
}

impl Cache {
    /// Reads a cache; one that cannot be read is empty.
    pub fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// As a file: JSON, in the order of addresses.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// What an address answered, whenever that was.
    pub fn get(&self, url: &str) -> Option<&Outcome> {
        self.links.get(url).map(|entry| &entry.outcome)
    }

    /// An answer that still holds: of less than a week ago, and no failure.
    pub fn fresh(&self, url: &str, today: Date) -> Option<&Outcome> {
        let entry = self.links.get(url)?;
        let age = (today - entry.on.parse::<Date>().ok()?).get_days();
        let holds = (0..DAYS).contains(&age) && matches!(entry.outcome, Outcome::Alive | Outcome::Moved(_));
        holds.then_some(&entry.outcome)
    }

    /// With new answers, and without addresses that the dossier no longer holds. What could not be asked keeps its
    /// old answer.
    #[must_use]
    pub fn renewed<'a>(
        &self,
        addresses: impl Iterator<Item = &'a String>,
        answers: impl Iterator<Item = (&'a str, Outcome)>,
        today: Date,
    ) -> Self {
        let kept = addresses.filter_map(|url| Some((url.clone(), self.links.get(url)?.clone())));
        let mut links: BTreeMap<_, _> = kept.collect();
        for (url, outcome) in answers.filter(|(_, outcome)| *outcome != Outcome::Unasked) {
            links.insert(url.to_owned(), Entry { on: today.to_string(), outcome });
        }
        Self { links }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_hold_for_a_week() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let urls = ["http://a/", "http://b/", "http://c/"].map(str::to_owned);
        let outcomes = [Outcome::Alive, Outcome::Moved("http://d/".into()), Outcome::Dead("answers 404".into())];
        let answers = urls.iter().map(|url| &**url).zip(outcomes.clone());
        let cache = Cache::default().renewed(urls.iter(), answers, day("2026-01-01"));
        assert_eq!(Cache::read(cache.write().as_bytes()), cache);
        for (today, expect) in [
            ("2026-01-01", [true, true, false]),
            ("2026-01-07", [true, true, false]),
            ("2026-01-08", [false; 3]),
            ("2026-03-02", [false; 3]),
            ("2025-12-31", [false; 3]),
        ] {
            let found = [0, 1, 2].map(|i| cache.fresh(&urls[i], day(today)).is_some());
            assert_eq!(found, expect, "{today}");
        }
        let later = cache.renewed(urls[2..].iter(), [(&*urls[2], Outcome::Unasked)].into_iter(), day("2026-02-01"));
        assert_eq!((later.get(&urls[0]), later.get(&urls[2])), (None, Some(&outcomes[2])));
        assert_eq!(Cache::read(b"{"), Cache::default());
    }
}
