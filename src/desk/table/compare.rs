//! Rows against the records that are there.
//!
//! 1. Rows of one id are one record: the first holds its fields, the others more evidence. Rows without an id are new records,
//!    or, where they hold evidence alone, more evidence of the record above.
//! 2. A record that is there is compared cell by cell with what would be written for it: only what differs is read.
//! 3. An empty cell says nothing; less evidence than there is neither.

use std::collections::{BTreeMap, BTreeSet};

use sourcebook_core::base::tree::{Data, Node};
use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::kinds::Kind;

use super::cells::{Cell, Row, Table, Told};
use super::columns::{self, EVIDENCE, Names};
use super::sheets::{Sheets, evidence_of, of_evidence};
use super::text::{of_node, yaml as yaml_of};
use crate::import::merge::slug;
use crate::scaffold::append::Addition;
use crate::scaffold::insert::{self, Step};

/// What a table says that the sheets do not.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Records that are new.
    pub new: Vec<Addition>,
    /// Fields that are otherwise.
    pub changed: Vec<Change>,
    /// What is odd, in the order of rows.
    pub told: Vec<Told>,
}

/// A field that is otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The sheet.
    pub path: String,
    /// The record.
    pub id: String,
    /// The field: `quote`, or of a second evidence `evidence 2: quote`.
    pub field: String,
    /// What stands there; empty for nothing.
    pub was: String,
    /// What shall.
    pub is: String,
    act: Act,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Act {
    Set(Kind, Vec<Step>, String),
    Grow(Kind, String),
}

/// A record as rows have it.
struct Wanted {
    id: Option<String>,
    row: usize,
    fields: BTreeMap<String, String>,
    evidence: Vec<BTreeMap<String, String>>,
}

/// Compares a table with the sheets. `taken` are ids that something has, of whatever kind.
pub fn compare(
    table: &Table,
    kind: Kind,
    names: &Names,
    sheets: &[(String, String)],
    taken: &BTreeSet<String>,
) -> Outcome {
    let mut out = Outcome { told: table.told.clone(), ..Outcome::default() };
    let keys = keys(table, kind, names, &mut out.told);
    let wanted = gathered(table, kind, &keys, &mut out.told);
    let parsed = Sheets::parse(sheets);
    let there: BTreeMap<&str, (&str, &Node<'_>)> =
        parsed.placed(kind).map(|(path, id, node)| (id, (path, node))).collect();
    let mut taken = taken.clone();
    let called = |fields: &BTreeMap<String, String>| CALLED.iter().find_map(|key| fields.get(*key).cloned());
    let by_name = by_name(&parsed, kind);
    for mut record in wanted {
        // A row without an id that is called as one record is: it was imported before.
        if record.id.is_none() {
            record.id = called(&record.fields).and_then(|name| by_name.get(&level(&name)).cloned().flatten());
        }
        match record.id.as_deref().and_then(|id| Some((id, there.get(id)?))) {
            Some((id, (path, node))) => changes(&record, id, path, node, kind, &mut out),
            None => added(&record, kind, &mut taken, &mut out),
        }
    }
    out.told.sort_by_key(|told| told.row);
    out
}

/// What a record is called by, of whichever kind.
const CALLED: [&str; 4] = ["statement", "name", "title", "text"];

fn level(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ids of the records that are there, by what they are called; nothing for what several are.
fn by_name(sheets: &Sheets<'_>, kind: Kind) -> BTreeMap<String, Option<String>> {
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (id, node) in sheets.records(kind) {
        let Data::Map(fields) = &node.data else { continue };
        let name = CALLED.iter().find_map(|key| fields.iter().find(|field| field.key == *key));
        let Some(name) = name.map(|field| level(&of_node(&field.value))) else { continue };
        found.entry(name).and_modify(|known| *known = None).or_insert_with(|| Some(id.to_owned()));
    }
    found
}

/// What each column is; those that are nothing are told.
fn keys(table: &Table, kind: Kind, names: &Names, told: &mut Vec<Told>) -> Vec<Option<String>> {
    let mut seen = BTreeSet::new();
    let key = |name: &String| {
        let key = names.key(name).filter(|key| columns::of(kind).contains(&&**key));
        if key.is_none() && !name.is_empty() {
            let what = format!(
                "is no field of {}: left out. Map it in site.toml: [import.columns] \"{name}\" = \"…\"",
                kind.with_article()
            );
            told.push(Told::new(1, name, what));
        }
        let key = key?;
        if !seen.insert(key.clone()) {
            told.push(Told::new(1, name, format!("a second column for `{key}`: left out")));
            return None;
        }
        Some(key)
    };
    table.header.iter().map(key).collect()
}

fn gathered(table: &Table, kind: Kind, keys: &[Option<String>], told: &mut Vec<Told>) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::new();
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    for row in &table.rows {
        let mut fields = cells(row, kind, keys, told);
        let id = fields.remove("id");
        let evidence = if kind == Kind::Claim { parts(&mut fields) } else { Vec::new() };
        // What a row loses may be what it is called: then nothing of it belongs to the row above.
        let is_whole = !row.cells.contains(&Cell::Lost);
        let above = match &id {
            Some(id) => by_id.get(id).copied(),
            None => all.len().checked_sub(1).filter(|_| fields.is_empty() && !evidence.is_empty() && is_whole),
        };
        if fields.is_empty() && id.is_none() && !is_whole {
            told.push(Told::new(row.number, "", "left out whole: what it is called is left out"));
            continue;
        }
        match above {
            Some(n) => {
                if !fields.is_empty() {
                    let what = "stands here a second time: only its evidence is taken from this row";
                    told.push(Told::new(row.number, "id", what));
                }
                more_evidence(&mut all[n], evidence, row.number, told);
            }
            None => {
                by_id.extend(id.clone().map(|id| (id, all.len())));
                all.push(Wanted { id, row: row.number, fields, evidence });
            }
        }
    }
    all
}

/// Evidence of a further row: its source is that of the row above, where it names none.
fn more_evidence(record: &mut Wanted, more: Vec<BTreeMap<String, String>>, row: usize, told: &mut Vec<Told>) {
    for mut one in more {
        if !one.contains_key("source") && !one.contains_key("quote") {
            told.push(Told::new(row, "", "evidence with neither source nor quote: left out"));
            continue;
        }
        let above = record.evidence.last().and_then(|last| last.get("source")).cloned();
        if let Some(source) = above.filter(|_| !one.contains_key("source")) {
            one.insert("source".to_owned(), source);
        }
        record.evidence.push(one);
    }
}

/// What the cells of a row say, by the fields that they are.
fn cells(row: &Row, kind: Kind, keys: &[Option<String>], told: &mut Vec<Told>) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for (cell, key) in row.cells.iter().zip(keys) {
        let Some(key) = key else { continue };
        let text = match cell {
            Cell::Empty | Cell::Lost => continue,
            Cell::Text(text) => text.replace("\r\n", "\n").trim().to_owned(),
            Cell::Number(number) => number.clone(),
            Cell::Truth(truth) => truth.to_string(),
            Cell::Day(day) if is_dated(key) => day.clone(),
            Cell::Day(day) => {
                let what =
                    format!("the spreadsheet made a date of it ({day}), perhaps of `3/4`: write it as text; left out");
                told.push(Told::new(row.number, key, what));
                continue;
            }
        };
        let date = is_dated(key).then(|| Edtf::parse(&text).err()).flatten().filter(|_| !text.starts_with('{'));
        if let Some(error) = date {
            let help = error.help.unwrap_or(error.message);
            let what = format!("`{text}` is no date: {help}; left out");
            told.push(Told::new(row.number, key, what));
            continue;
        }
        fields.insert(key.clone(), text);
    }
    let _ = kind;
    fields
}

/// Fields that are a date.
fn is_dated(key: &str) -> bool {
    matches!(key, "on" | "as_of" | "date" | "published" | "accessed")
}

/// The evidences of a row: several quotes in one cell, each on a line, are several.
fn parts(fields: &mut BTreeMap<String, String>) -> Vec<BTreeMap<String, String>> {
    let mut own: BTreeMap<String, String> = BTreeMap::new();
    for key in EVIDENCE.iter().chain(&["evidence"]) {
        own.extend(fields.remove(*key).map(|text| ((*key).to_owned(), text)));
    }
    if own.is_empty() {
        return Vec::new();
    }
    let lines =
        |key: &str| own.get(key).map(|text| text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>());
    let quotes = lines("quote").unwrap_or_default();
    if quotes.len() < 2 {
        return vec![own];
    }
    let nth = |n: usize| {
        let mut one = own.clone();
        for key in EVIDENCE {
            let Some(all) = lines(key) else { continue };
            // One source or place for all, or one for each.
            let part = if all.len() == quotes.len() { all.get(n) } else { all.first() };
            one.extend(part.map(|part| ((*key).to_owned(), (*part).to_owned())));
        }
        one
    };
    (0..quotes.len()).map(nth).collect()
}

fn changes(record: &Wanted, id: &str, path: &str, node: &Node<'_>, kind: Kind, out: &mut Outcome) {
    let Data::Map(there) = &node.data else { return };
    for (key, is) in &record.fields {
        let was = there.iter().find(|field| field.key == *key).map(|field| of_node(&field.value)).unwrap_or_default();
        if same(&was, is) {
            continue;
        }
        let act = Act::Set(kind, vec![Step::Key(key.clone())], yaml_of(key, is));
        out.changed.push(Change { path: path.into(), id: id.into(), field: key.clone(), was, is: is.clone(), act });
    }
    let evidence = evidence_of(node);
    for (n, wanted) in record.evidence.iter().enumerate() {
        let Some(there) = evidence.get(n) else {
            let item = evidence_yaml(wanted);
            let field = format!("evidence {}", n + 1);
            let act = Act::Grow(kind, item.clone());
            out.changed.push(Change { path: path.into(), id: id.into(), field, was: String::new(), is: item, act });
            continue;
        };
        for (key, is) in wanted {
            let was = of_evidence(there, key);
            if same(&was, is) {
                continue;
            }
            if key == "evidence" {
                let what = "what else this evidence says was changed: write it in the sheet; left out";
                out.told.push(Told::new(record.row, key, what));
                continue;
            }
            let step = vec![Step::Key("evidence".into()), Step::Item(n), Step::Key(key.clone())];
            let field = if evidence.len() > 1 { format!("evidence {}: {key}", n + 1) } else { key.clone() };
            let act = Act::Set(kind, step, yaml_of(key, is));
            out.changed.push(Change { path: path.into(), id: id.into(), field, was, is: is.clone(), act });
        }
    }
}

/// Whether two cells say the same, however their lines are broken.
fn same(was: &str, is: &str) -> bool {
    was == is || was.split_whitespace().eq(is.split_whitespace())
}

/// An evidence as YAML on one line.
fn evidence_yaml(parts: &BTreeMap<String, String>) -> String {
    let mut pairs: Vec<String> = Vec::new();
    for key in EVIDENCE {
        pairs.extend(parts.get(*key).map(|text| format!("{key}: {}", yaml_of(key, text))));
    }
    let rest = parts.get("evidence").and_then(|rest| rest.trim().strip_prefix('{')?.strip_suffix('}'));
    pairs.extend(rest.map(|rest| rest.trim().to_owned()).filter(|rest| !rest.is_empty()));
    format!("{{ {} }}", pairs.join(", "))
}

fn added(record: &Wanted, kind: Kind, taken: &mut BTreeSet<String>, out: &mut Outcome) {
    let named = CALLED.iter().find_map(|key| record.fields.get(*key));
    let id = match (&record.id, named) {
        (Some(id), _) => id.clone(),
        (None, Some(words)) => {
            let long: Vec<_> =
                words.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 3).take(6).collect();
            let wanted = slug(&if long.is_empty() { words.clone() } else { long.join(" ") });
            let numbered = (2..).map(|n| format!("{wanted}-{n}"));
            std::iter::once(wanted.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or_default()
        }
        (None, None) => {
            out.told.push(Told::new(record.row, "", "says neither which record it is nor what it is called: left out"));
            return;
        }
    };
    if !sourcebook_core::base::id::is_id(&id) {
        out.told.push(Told::new(record.row, "id", format!("`{id}` cannot be an id: left out")));
        return;
    }
    if !taken.insert(id.clone()) {
        out.told.push(Told::new(record.row, "id", format!("`{id}` is something else: left out")));
        return;
    }
    let mut lines = String::new();
    for key in columns::of(kind).iter().filter(|key| **key != "id" && **key != "evidence" || kind != Kind::Claim) {
        if let Some(text) = record.fields.get(*key) {
            lines += &format!("{key}: {}\n", yaml_of(key, text));
        }
    }
    match record.evidence.as_slice() {
        [] => {}
        [one] => lines += &format!("evidence: {}\n", evidence_yaml(one)),
        many => {
            lines += "evidence:\n";
            many.iter().for_each(|one| lines += &format!("  - {}\n", evidence_yaml(one)));
        }
    }
    out.new.push(Addition { kind, id, fields: lines });
}

impl Change {
    /// The sheet's text with the change; nothing where it leaves no room.
    pub fn apply(&self, text: &str) -> Option<String> {
        match &self.act {
            Act::Set(kind, path, value) => insert::set(text, *kind, &self.id, path, value),
            Act::Grow(kind, item) => insert::item(text, *kind, &self.id, "evidence", item),
        }
    }
}
