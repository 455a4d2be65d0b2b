//! What a record said before: versions of it, by its id, wherever it stood.
//!
//! 1. [`versions`]: the records of a sheet's text.
//! 2. [`changes`]: the fields in which two versions differ. Layout, comments and the order of fields are no change.
//! 3. [`events`]: what became of records through commits. No option of git follows a block from file to file or through a
//!    merge: the sheets of each commit are read, each text once, and records are found by their ids. A commit changed one
//!    if it has it in another way than each of its parents.
//! 4. [`of`]: what of that may be told to readers.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::config::History as Shown;
use super::load::sheet::KINDS;
use super::load::{CONTENT, Parsed};
use super::versions::{Change, Event, Field, History, Version, What};
use crate::base::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::base::file::{FileId, Files};
use crate::base::past::{Commit, Committed, Past};
use crate::base::tree::{Data, Entry, Node, yaml};
use crate::base::world::World;
use crate::model::date::Edtf;

/// The records of a sheet's text, by id. A sheet that is not sound YAML is read as far as it goes.
pub fn versions(text: &str) -> BTreeMap<String, Version> {
    let tree = yaml::parse_with(FileId(0), text, 0..text.len(), KINDS).value;
    let mut found = BTreeMap::new();
    let Data::Map(kinds) = &tree.root.data else { return found };
    for kind in kinds.iter().filter(|kind| KINDS.contains(&&*kind.key)) {
        let Data::Map(records) = &kind.value.data else { continue };
        for record in records {
            let fields = match &record.value.data {
                Data::Map(fields) => fields.iter().map(|entry| field(text, &tree.comments, entry)).collect(),
                _ => Vec::new(),
            };
            let mut quotes = Vec::new();
            quoted(&record.value, &mut quotes);
            let version = Version { kind: kind.key.to_string(), fields, quotes };
            found.entry(record.key.to_string()).or_insert(version);
        }
    }
    found
}

/// The texts under the key `quote`, wherever they stand in a record.
fn quoted(node: &Node<'_>, found: &mut Vec<String>) {
    match &node.data {
        Data::Map(entries) => {
            for entry in entries {
                match &entry.value.data {
                    Data::Scalar { text, .. } if entry.key == "quote" => found.push(text.to_string()),
                    _ => quoted(&entry.value, found),
                }
            }
        }
        Data::List(items) => items.iter().for_each(|item| quoted(item, found)),
        Data::Null | Data::Unread | Data::Scalar { .. } => {}
    }
}

fn field(text: &str, comments: &[Range<usize>], entry: &Entry<'_>) -> Field {
    let range = entry.value.span.range();
    let before = text.get(..range.start).unwrap_or_default();
    let before = &before[before.rfind('\n').map_or(0, |n| n + 1)..];
    let written = uncommented(text, range, comments);
    // A value that begins its line stands as far in as that says, and else as its own lines do.
    let column = before.trim().is_empty().then_some(before.len());
    Field { key: entry.key.to_string(), yaml: dedented(written.trim_end(), column), meaning: meaning(&entry.value) }
}

/// The text of a range without comments, which are a writer's remarks to other writers.
fn uncommented(text: &str, range: Range<usize>, comments: &[Range<usize>]) -> String {
    let inside: Vec<_> = comments.iter().filter(|c| c.start >= range.start && c.end <= range.end).collect();
    if inside.is_empty() {
        return text.get(range).unwrap_or_default().to_owned();
    }
    let (mut out, mut from) = (String::new(), range.start);
    for comment in inside {
        let kept = text.get(from..comment.start).unwrap_or_default();
        out.push_str(kept.trim_end_matches([' ', '\t']));
        from = comment.end;
    }
    out.push_str(text.get(from..range.end).unwrap_or_default());
    let lines = out.lines().enumerate().filter(|(n, line)| *n == 0 || !line.trim().is_empty());
    lines.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

/// Without the indentation of its first line, or that its lines after the first have in common.
fn dedented(text: &str, column: Option<usize>) -> String {
    let rest = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let common = rest.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    let common = column.map_or(common, |column| column.min(common));
    let cut = |(n, line): (usize, &str)| {
        if n == 0 { line.to_owned() } else { line.get(common..).unwrap_or_default().to_owned() }
    };
    text.lines().enumerate().map(cut).collect::<Vec<_>>().join("\n")
}

/// What a value says, the same whatever its layout, comments and order of keys: JSON, whose strings are what was read.
///
/// Hashes of it are kept in `captures.lock`: its form is never to change.
pub fn meaning(node: &Node<'_>) -> String {
    match &node.data {
        Data::Null | Data::Unread => "null".to_owned(),
        Data::Scalar { text, .. } => json(text),
        Data::List(items) => format!("[{}]", items.iter().map(meaning).collect::<Vec<_>>().join(",")),
        Data::Map(entries) => meaning_of(entries.iter()),
    }
}

/// The same of some fields.
pub fn meaning_of<'n, 't: 'n>(fields: impl Iterator<Item = &'n Entry<'t>>) -> String {
    let mut pairs: Vec<_> = fields.map(|field| format!("{}:{}", json(&field.key), meaning(&field.value))).collect();
    pairs.sort();
    format!("{{{}}}", pairs.join(","))
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// In what two versions differ: nothing where they say the same.
pub fn changes(before: Option<&Version>, after: Option<&Version>) -> Vec<Change> {
    let fields = |version: Option<&Version>| version.map(|version| version.fields.clone()).unwrap_or_default();
    let (old, new) = (fields(before), fields(after));
    let find = |fields: &[Field], key: &str| fields.iter().find(|field| field.key == key).cloned();
    let mut found = Vec::new();
    for field in &new {
        let was = find(&old, &field.key);
        if was.as_ref().is_none_or(|was| was.meaning != field.meaning) {
            found.push(Change {
                key: field.key.clone(),
                before: was.map(|was| was.yaml),
                after: Some(field.yaml.clone()),
            });
        }
    }
    for field in old.iter().filter(|field| find(&new, &field.key).is_none()) {
        found.push(Change { key: field.key.clone(), before: Some(field.yaml.clone()), after: None });
    }
    found
}

/// Whether two versions differ, or one is missing.
fn is_other(before: Option<&Version>, after: Option<&Version>) -> bool {
    before.is_some() != after.is_some() || !changes(before, after).is_empty()
}

/// A line of a value, before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'t> {
    /// It stands in both.
    Same(&'t str),
    /// It stands in the value before alone.
    Gone(&'t str),
    /// It stands in the value after alone.
    New(&'t str),
}

/// Both values as one sequence of lines. Very long ones stand one after the other, as if no line were common.
pub fn lines<'t>(before: &'t str, after: &'t str) -> Vec<Line<'t>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let apart = || old.iter().copied().map(Line::Gone).chain(new.iter().copied().map(Line::New)).collect();
    if old.len().saturating_mul(new.len()) > MOST {
        return apart();
    }
    let mut found = Vec::new();
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &old, &new) {
        let gone = old[op.old_range()].iter().copied();
        match op.tag() {
            similar::DiffTag::Equal => found.extend(gone.map(Line::Same)),
            _ => found.extend(gone.map(Line::Gone).chain(new[op.new_range()].iter().copied().map(Line::New))),
        }
    }
    found
}

/// Pairs of lines that are compared at most.
const MOST: usize = 4_000_000;

/// What became of records through commits, the earliest first; of those that `is_wanted` asks for, by id.
///
/// # Errors
/// What [`Past`] says.
pub fn events(past: &mut dyn Past, is_wanted: &dyn Fn(&str) -> bool) -> Result<BTreeMap<String, Vec<Event>>, String> {
    let commits = past.commits()?;
    let mut sheets = Sheets { past, read: HashMap::new() };
    let mut found: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for commit in &commits {
        let after = sheets.past.files(&commit.id)?;
        let mut before = Vec::new();
        for parent in &commit.parents {
            before.push(sheets.past.files(parent)?);
        }
        for id in sheets.touched(before.first(), &after)?.into_iter().filter(|id| is_wanted(id)) {
            if let Some(event) = sheets.event(commit, &before, &after, &id)? {
                found.entry(id).or_default().push(event);
            }
        }
        sheets.forget(&before, &after);
    }
    Ok(found)
}

/// Sheets of commits, as they are read.
struct Sheets<'p> {
    past: &'p mut dyn Past,
    /// By the name of what is in the file.
    read: HashMap<String, Arc<BTreeMap<String, Version>>>,
}

/// Texts that are kept beside those of the commit at hand.
const KEPT: usize = 256;

impl Sheets<'_> {
    fn sheet(&mut self, object: &str) -> Result<Arc<BTreeMap<String, Version>>, String> {
        if let Some(known) = self.read.get(object) {
            return Ok(known.clone());
        }
        let bytes = self.past.read(object)?;
        let read = Arc::new(versions(&String::from_utf8_lossy(&bytes)));
        self.read.insert(object.to_owned(), read.clone());
        Ok(read)
    }

    /// The ids in sheets that a commit has in another way than its first parent.
    fn touched(&mut self, before: Option<&Committed>, after: &Committed) -> Result<BTreeSet<String>, String> {
        let old: BTreeSet<_> = before.into_iter().flat_map(|files| files.iter()).cloned().collect();
        let new: BTreeSet<_> = after.iter().cloned().collect();
        let mut ids = BTreeSet::new();
        for (path, object) in old.symmetric_difference(&new) {
            if is_sheet(path) {
                ids.extend(self.sheet(object)?.keys().cloned());
            }
        }
        Ok(ids)
    }

    /// A record at a commit: the sheet, and what it says.
    fn at(&mut self, files: &Committed, id: &str) -> Result<Option<(String, Version)>, String> {
        for (path, object) in files.iter().filter(|(path, _)| is_sheet(path)) {
            if let Some(version) = self.sheet(object)?.get(id) {
                return Ok(Some((path.clone(), version.clone())));
            }
        }
        Ok(None)
    }

    fn event(
        &mut self,
        commit: &Commit,
        before: &[Committed],
        after: &Committed,
        id: &str,
    ) -> Result<Option<Event>, String> {
        let after = self.at(after, id)?;
        let version = after.as_ref().map(|(_, version)| version);
        let mut first = None;
        for (n, files) in before.iter().enumerate() {
            let found = self.at(files, id)?.map(|(_, version)| version);
            if !is_other(found.as_ref(), version) {
                return Ok(None);
            }
            if n == 0 {
                first = found;
            }
        }
        let what = match (&first, version) {
            (None, None) => return Ok(None),
            (None, _) => What::Added,
            (Some(_), None) => What::Removed,
            (Some(_), Some(_)) => What::Changed,
        };
        let quotes = [first.as_ref(), version].into_iter().flatten().flat_map(|v| v.quotes.iter().cloned()).collect();
        let Commit { id: commit, by, on, why, .. } = commit.clone();
        let fields = changes(first.as_ref(), version);
        let day = Edtf::parse(on.get(..10).unwrap_or_default()).ok();
        let sheet = after.map(|(path, _)| path);
        Ok(Some(Event { commit, by, on, day, why, what, sheet, fields, quotes }))
    }

    /// Lets go of texts that no commit is likely to ask for again.
    fn forget(&mut self, before: &[Committed], after: &Committed) {
        let near: BTreeSet<&str> =
            before.iter().chain([after]).flat_map(|files| files.iter()).map(|(_, object)| &**object).collect();
        if self.read.len() > near.len() + KEPT {
            self.read.retain(|object, _| near.contains(&**object));
        }
    }
}

/// Whether a file is a sheet, by its name.
fn is_sheet(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".yml")
}

/// What is known for a run to come: the commit that it was read at.
pub type Cache = Option<(String, Arc<BTreeMap<String, Vec<Event>>>)>;

/// What readers are told of what the records said before, as `[history]` asks for; nothing without it, and then nothing is read.
///
/// What is private stays out, as at the foot of a record's page: comments, the field `capture`; and who curates and checks,
/// which the page itself says.
pub fn of(world: &dyn World, parsed: &Parsed, cache: &mut Cache, diagnostics: &mut Diagnostics) -> History {
    let Some(shown) = &parsed.config.history else { return History::default() };
    let ids: BTreeSet<&str> = parsed.content.sheets.iter().flat_map(|sheet| sheet.ids()).collect();
    for id in &shown.except {
        if !ids.contains(&*id.value) {
            let message = format!("no record has the id `{}`", id.value);
            let near = nearest(&id.value, ids.iter().copied());
            diagnostics.push(Diagnostic::error("unknown-id", id.span, message).unknown(&id.value).suggest(near));
        }
    }
    let mut unknown = |why: &str, help: &str| {
        let diagnostic =
            Diagnostic::warning("no-history", shown.span, format!("no page says what records said before: {why}"));
        diagnostics.push(diagnostic.help(help));
        History::default()
    };
    let absent = "build where git and the whole repository are, or leave `[history]` out";
    let mut past = match world.past() {
        None => return History::default(),
        Some(Err(why)) => return unknown(&why, absent),
        Some(Ok(past)) => past,
    };
    if past.is_shallow() {
        return unknown(
            "the clone is shallow, and lacks earlier commits",
            "clone it whole: `git fetch --unshallow`, or `fetch-depth: 0` where a service checks it out",
        );
    }
    match read(&mut *past, &parsed.files, &ids, shown, cache) {
        Ok(history) => history,
        Err(why) => unknown(&why, absent),
    }
}

fn read(
    past: &mut dyn Past,
    files: &Files,
    ids: &BTreeSet<&str>,
    shown: &Shown,
    cache: &mut Cache,
) -> Result<History, String> {
    let head = past.head().to_owned();
    let all = match cache {
        Some((known, all)) if *known == head && ids.iter().all(|id| all.contains_key(*id)) => all.clone(),
        _ => Arc::new(events(past, &|id| ids.contains(id))?),
    };
    *cache = Some((head.clone(), all.clone()));
    let mut history = History { uncommitted: uncommitted(past, &head, files)?, ..History::default() };
    for (id, events) in all.iter().filter(|(id, _)| ids.contains(&***id)) {
        if !shown.except.iter().any(|except| *except.value == **id) {
            let events: Vec<_> = events.iter().filter_map(|event| told(event, shown)).collect();
            if events.iter().any(|event| event.what != What::Added) {
                history.events.insert(id.clone(), events);
            }
        }
    }
    Ok(history)
}

/// What of an event readers are told.
fn told(event: &Event, shown: &Shown) -> Option<Event> {
    let day = event.day.as_ref()?;
    if shown.since.as_ref().is_some_and(|since| day.sort_key() < since.sort_key()) {
        return None;
    }
    let mut event = event.clone();
    event.fields.retain(|field| !PRIVATE.contains(&&*field.key));
    for field in &mut event.fields {
        for value in [&mut field.before, &mut field.after].into_iter().flatten() {
            *value = without_remarks(value);
        }
    }
    // Of what was written first and of what went, the page says only that: the record's own page says the rest.
    if event.what != What::Changed {
        event.fields.clear();
        event.quotes.clear();
    } else if event.fields.is_empty() {
        return None;
    }
    if !shown.authors {
        event.by.clear();
    }
    Some(event)
}

/// Fields of which readers are not told that they changed.
const PRIVATE: &[&str] = &["capture", "curation"];

/// Without comments of Markdown.
fn without_remarks(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    out + rest
}

/// Records that say something else in the sheets than at a commit.
fn uncommitted(past: &mut dyn Past, head: &str, files: &Files) -> Result<BTreeSet<String>, String> {
    let now: BTreeMap<&str, &str> =
        files.iter().map(|(_, f)| (&*f.path, &*f.text)).filter(|(path, _)| is_content_sheet(path)).collect();
    let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
    let committed = past.files(head)?;
    for (path, object) in committed.iter().filter(|(path, _)| is_sheet(path)) {
        let bytes = past.read(object)?;
        let before = String::from_utf8_lossy(&bytes);
        let after = now.get(&**path).copied().unwrap_or_default();
        if before != after {
            old.extend(versions(&before));
            new.extend(versions(after));
        }
    }
    let known: HashSet<&str> = committed.iter().map(|(path, _)| &**path).collect();
    for (_, text) in now.into_iter().filter(|(path, _)| !known.contains(path)) {
        new.extend(versions(text));
    }
    let is_changed = |(id, after): &(&String, &Version)| {
        let found = old.get(*id).map(|before| changes(Some(before), Some(after))).unwrap_or_default();
        found.iter().any(|change| !PRIVATE.contains(&&*change.key))
    };
    Ok(new.iter().filter(is_changed).map(|(id, _)| id.clone()).collect())
}

fn is_content_sheet(path: &str) -> bool {
    path.strip_prefix(CONTENT).is_some_and(|rest| rest.starts_with('/')) && is_sheet(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "
claims:
  other: { statement: 'a: b' }
  x:
    statement: The bridge was closed.   # they say
    by: [mayor, engineer]
    evidence:
      - source: paper
        quote: closed
";

    #[track_caller]
    fn check(new: &str, expect: &[(&str, Option<&str>, Option<&str>)]) {
        let version = |text: &str| versions(text).remove("x");
        let (before, after) = (version(OLD), version(new));
        let found = changes(before.as_ref(), after.as_ref());
        let found: Vec<_> = found.iter().map(|c| (&*c.key, c.before.as_deref(), c.after.as_deref())).collect();
        assert_eq!(found, expect, "{new}");
    }

    #[test]
    fn only_what_it_says_is_a_change() {
        check(OLD, &[]);
        check(
            "claims:\n  x: { by: [mayor, engineer], evidence: [{ quote: closed, source: paper }], statement: 'The bridge was closed.' }\n",
            &[],
        );
        check(
            &OLD.replace("closed.", "open.").replace("    by: [mayor, engineer]\n", "    on: 2024-11-03\n"),
            &[
                ("statement", Some("The bridge was closed."), Some("The bridge was open.")),
                ("on", None, Some("2024-11-03")),
                ("by", Some("[mayor, engineer]"), None),
            ],
        );
        check(
            &OLD.replace("quote: closed", "quote: open"),
            &[("evidence", Some("- source: paper\n  quote: closed"), Some("- source: paper\n  quote: open"))],
        );
        assert_eq!(versions(OLD).into_keys().collect::<Vec<_>>(), ["other", "x"]);
        assert_eq!(versions("claims: [").len(), 0);
        assert_eq!(versions(OLD)["x"].kind, "claims");
        assert_eq!(versions(OLD)["x"].quotes, ["closed"]);
        let found = lines("a\nb\nc", "a\nd\nc\ne");
        assert_eq!(found, [Line::Same("a"), Line::Gone("b"), Line::New("d"), Line::Same("c"), Line::New("e")]);
    }

    #[test]
    fn remarks_are_no_part_of_what_is_told() {
        let text = "claims:\n  x:\n    note: one # why\n    evidence:\n      # secret\n      - source: a # b\n        quote: c\n";
        let read = versions(text);
        let fields: Vec<_> = read["x"].fields.iter().map(|field| (&*field.key, &*field.yaml)).collect();
        assert_eq!(fields, [("note", "one"), ("evidence", "- source: a\n  quote: c")]);
        assert_eq!(without_remarks("a <!-- b --> c <!-- d"), "a  c ");
    }
}
