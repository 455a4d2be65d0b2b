//! All records of a kind as a table.

use sourcebook_core::base::tree::{Data, Node};
use sourcebook_core::model::kinds::Kind;

use super::columns::{self, EVIDENCE};
use super::sheets::{Sheets, evidence_of, of_evidence};
use super::text::of_node;

/// The records of a kind as CSV, in the order of the sheets; of a claim with several evidences, a row each, with its id.
pub fn csv(sheets: &[(String, String)], kind: Kind) -> String {
    let parsed = Sheets::parse(sheets);
    let columns = columns::of(kind);
    let mut out = csv::Writer::from_writer(Vec::new());
    let _ = out.write_record(columns);
    for (id, record) in parsed.records(kind) {
        let evidence = if kind == Kind::Claim { evidence_of(record) } else { Vec::new() };
        for n in 0..evidence.len().max(1) {
            let row = columns.iter().map(|key| cell(kind, id, record, key, n, &evidence));
            let _ = out.write_record(row);
        }
    }
    let bytes = out.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn cell(kind: Kind, id: &str, record: &Node<'_>, key: &str, n: usize, evidence: &[&Node<'_>]) -> String {
    if key == "id" {
        return id.to_owned();
    }
    if kind == Kind::Claim && (key == "evidence" || EVIDENCE.contains(&key)) {
        return evidence.get(n).map(|node| of_evidence(node, key)).unwrap_or_default();
    }
    let Data::Map(fields) = &record.data else { return String::new() };
    let field = fields.iter().find(|field| field.key == key).filter(|_| n == 0);
    field.map(|field| of_node(&field.value)).unwrap_or_default()
}
