//! Sheets, read: their records in order, and the evidence of a claim.

use sourcebook_core::base::file::FileId;
use sourcebook_core::base::tree::emit::{self, Pair, Value};
use sourcebook_core::base::tree::{Data, Node, Tree, yaml};
use sourcebook_core::dossier::load::sheet::KINDS;
use sourcebook_core::model::kinds::Kind;

use super::columns::EVIDENCE;
use super::text::{of_node, value};

/// Sheets, read.
pub(super) struct Sheets<'t>(Vec<(&'t str, Tree<'t>)>);

impl<'t> Sheets<'t> {
    /// Reads sheets: path and text of each.
    pub(super) fn parse(sheets: &'t [(String, String)]) -> Self {
        let read = |(path, text): &'t (String, String)| {
            (&**path, yaml::parse_with(FileId(0), text, 0..text.len(), KINDS).value)
        };
        Self(sheets.iter().map(read).collect())
    }

    /// The records of a kind, in order.
    pub(super) fn records(&self, kind: Kind) -> impl Iterator<Item = (&str, &Node<'t>)> {
        self.placed(kind).map(|(_, id, node)| (id, node))
    }

    pub(super) fn placed(&self, kind: Kind) -> impl Iterator<Item = (&str, &str, &Node<'t>)> {
        self.0.iter().flat_map(move |(path, parsed)| {
            let entries = match &parsed.root.data {
                Data::Map(entries) => entries.as_slice(),
                _ => &[],
            };
            let records = entries.iter().find(|entry| entry.key == kind.plural()).map(|entry| &entry.value.data);
            let records = match records {
                Some(Data::Map(records)) => records.as_slice(),
                _ => &[],
            };
            records.iter().map(move |record| (*path, &*record.key, &record.value))
        })
    }
}

/// The evidences of a claim.
pub(super) fn evidence_of<'n, 't>(record: &'n Node<'t>) -> Vec<&'n Node<'t>> {
    let Data::Map(fields) = &record.data else { return Vec::new() };
    match fields.iter().find(|field| field.key == "evidence").map(|field| &field.value) {
        Some(node) => match &node.data {
            Data::List(items) => items.iter().collect(),
            Data::Map(_) => vec![node],
            _ => Vec::new(),
        },
        None => Vec::new(),
    }
}

/// What stands in a cell for a part of an evidence: under `evidence`, all that has no column of its own.
pub(super) fn of_evidence(node: &Node<'_>, key: &str) -> String {
    let Data::Map(fields) = &node.data else { return String::new() };
    if key != "evidence" {
        let text = fields.iter().find(|field| field.key == key).map(|field| of_node(&field.value)).unwrap_or_default();
        // A line break in a cell begins another quote.
        return if key == "quote" { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text };
    }
    let rest = fields.iter().filter(|field| !EVIDENCE.contains(&&*field.key));
    let rest: Vec<_> = rest.map(|field| Pair::new(&*field.key, value(&field.value))).collect();
    match rest.is_empty() {
        true => String::new(),
        false => emit::line(&Value::Map(rest)),
    }
}
