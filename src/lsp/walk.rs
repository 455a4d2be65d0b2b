//! Every key and value of a file with its place, and which of them name records.

use std::collections::HashMap;
use std::ops::Range;

use sourcebook_core::base::file::FileId;
use sourcebook_core::base::tree::{Data, Node, toml, yaml};
use sourcebook_core::dossier::load::article;
use sourcebook_core::dossier::load::sheet::KINDS;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::markdown::outline;
use sourcebook_core::model::prose::Outline;
use sourcebook_desk::schema::Subject;

use super::shape;

/// A key or a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The keys above it; of a value, its own too.
    pub path: Vec<String>,
    /// Whether it is a key.
    pub is_key: bool,
    /// What it says.
    pub text: String,
    /// Where, without quotation marks.
    pub range: Range<usize>,
    /// Of a key: to the end of its value.
    pub whole: Range<usize>,
}

/// A place at which an id stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The id.
    pub id: String,
    /// Where.
    pub range: Range<usize>,
    /// Whether the record is defined here.
    pub defines: bool,
}

/// What a file is, by its path from the dossier's root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Records.
    Sheet,
    /// Front matter and Markdown.
    Article,
    /// `site.toml`.
    Site,
    /// None of these.
    Other,
}

impl FileKind {
    /// By a path.
    pub fn of(path: &str) -> Self {
        match path {
            "site.toml" => Self::Site,
            _ if !path.starts_with("content/") => Self::Other,
            _ if sourcebook_core::dossier::load::is_article(path) => Self::Article,
            _ if [".yaml", ".yml"].iter().any(|end| path.to_ascii_lowercase().ends_with(end)) => Self::Sheet,
            _ => Self::Other,
        }
    }

    /// Whose schema its keys follow.
    pub fn subject(self) -> Option<Subject> {
        match self {
            Self::Sheet => Some(Subject::Sheet),
            Self::Article => Some(Subject::Article),
            Self::Site => Some(Subject::Site),
            Self::Other => None,
        }
    }
}

/// The file's own number matters to nobody here.
const FILE: FileId = FileId(0);

/// Every key and value, as far as the text can be read.
pub fn spots(kind: FileKind, text: &str) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut keep = |node: &Node<'_>| walk(node, text, &mut Vec::new(), &mut found);
    match kind {
        FileKind::Sheet => keep(&yaml::parse_with(FILE, text, 0..text.len(), KINDS).value.root),
        FileKind::Article => {
            if let Some(front) = front(text) {
                keep(&yaml::parse(FILE, text, front).value.root);
            }
        }
        FileKind::Site => keep(&toml::parse(FILE, text).value.root),
        FileKind::Other => {}
    }
    found
}

/// The bytes of an article's front matter, between its lines of `---`.
pub fn front(text: &str) -> Option<Range<usize>> {
    article::parts(text).map(|(front, _)| front)
}

/// The bytes of an article's Markdown.
pub fn body(text: &str) -> Range<usize> {
    article::parts(text).map_or(0..text.len(), |(_, body)| body)
}

fn walk(node: &Node<'_>, text: &str, path: &mut Vec<String>, found: &mut Vec<Spot>) {
    match &node.data {
        Data::Null | Data::Unread => {}
        Data::Scalar { text: said, .. } => {
            let range = unquoted(text, node.span.range(), said);
            let (is_key, whole) = (false, node.span.range());
            found.push(Spot { path: path.clone(), is_key, text: said.to_string(), range, whole });
        }
        Data::List(items) => items.iter().for_each(|item| walk(item, text, path, found)),
        Data::Map(entries) => {
            for entry in entries {
                let range = unquoted(text, entry.key_span.range(), &entry.key);
                let (key, whole) = (entry.key.to_string(), entry.span().range());
                found.push(Spot { path: path.clone(), is_key: true, text: key.clone(), range, whole });
                path.push(key);
                walk(&entry.value, text, path, found);
                path.pop();
            }
        }
    }
}

/// The words without the quotation marks around them.
fn unquoted(text: &str, range: Range<usize>, said: &str) -> Range<usize> {
    let written = &text[range.clone()];
    match written.find(said) {
        Some(at) if written.len() - said.len() <= 2 => range.start + at..range.start + at + said.len(),
        _ => range,
    }
}

/// Every place of a file at which an id stands; `kind_of` says which ids there are.
pub fn occurrences(kind: FileKind, text: &str, kind_of: &dyn Fn(&str) -> Option<Option<Kind>>) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let mut roles: HashMap<String, Role> = HashMap::new();
    let Some(subject) = kind.subject() else { return found };
    for spot in spots(kind, text) {
        let role = *roles.entry(pattern(subject, &spot)).or_insert_with(|| role(subject, &spot));
        let names = |kinds: &[Kind]| match kind_of(&spot.text) {
            Some(Some(kind)) => kinds.contains(&kind),
            Some(None) | None => false,
        };
        let is_one = match role {
            Role::Nothing => false,
            Role::Defines | Role::Names => true,
            Role::MayName(kinds) => names(kinds),
            Role::Markdown => {
                found.extend(in_scalar(&spot, text));
                false
            }
        };
        if is_one {
            found.push(Occurrence { id: spot.text, range: spot.range, defines: role == Role::Defines });
        }
    }
    if kind == FileKind::Article {
        let body = body(text);
        let text = &text[body.clone()];
        found.extend(in_outline(&outline(text), text).map(|(id, at)| {
            let range = body.start + at.start..body.start + at.end;
            Occurrence { id, range, defines: false }
        }));
    }
    found
}

/// Ids in a field of Markdown: escapes and indentation set the scalar's bytes apart, so each is looked for by its turn.
fn in_scalar(spot: &Spot, text: &str) -> Vec<Occurrence> {
    let written = &text[spot.whole.clone()];
    let place = |(id, at): (String, Range<usize>)| {
        let turn = spot.text[..at.start].matches(&id).count();
        let (at, _) = written.match_indices(&id).nth(turn)?;
        let start = spot.whole.start + at;
        Some(Occurrence { range: start..start + id.len(), id, defines: false })
    };
    in_outline(&outline(&spot.text), &spot.text).filter_map(place).collect()
}

/// Ids of citations, links, cards and blocks, each with its bytes.
fn in_outline<'o>(outline: &'o Outline, text: &'o str) -> impl Iterator<Item = (String, Range<usize>)> + use<'o> {
    let cited = outline.citations.iter().flat_map(|citation| &citation.items).map(|item| &item.id);
    let linked = outline.links.iter().chain(outline.cards.iter().map(|card| &card.id));
    let named = outline.blocks.iter().flat_map(|block| sourcebook_core::dossier::blocks::ids(block, text));
    let of_blocks = named.filter_map(|id| {
        // Between quotation marks, or not where it is written, it is not its own bytes.
        let written = text.get(id.range.clone())?;
        let start = id.range.start + written.find(&*id.value)?;
        Some((id.value.to_string(), start..start + id.value.len()))
    });
    let linked = cited.chain(linked).map(|located| {
        // `[[id#heading]]`
        let id = located.value.split('#').next().unwrap_or_default().to_owned();
        let start = located.range.start;
        (id.clone(), start..start + id.len())
    });
    linked.chain(of_blocks)
}

/// What a key or value is to an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Nothing,
    /// The key of a record.
    Defines,
    /// An id.
    Names,
    /// An id if there is one of these kinds.
    MayName(&'static [Kind]),
    /// A text that may hold ids.
    Markdown,
}

/// The path without what the writer names, by which the role is known.
fn pattern(subject: Subject, spot: &Spot) -> String {
    let mut pattern = String::from(if spot.is_key { "k" } else { "v" });
    for (n, key) in spot.path.iter().enumerate() {
        pattern.push('/');
        pattern.push_str(if n == 1 && subject == Subject::Sheet { "*" } else { key });
    }
    pattern
}

fn role(subject: Subject, spot: &Spot) -> Role {
    let found = shape::at(subject, &spot.path);
    if spot.is_key {
        return match (subject, &spot.path[..]) {
            (Subject::Sheet, [kind]) if KINDS.contains(&&**kind) => Role::Defines,
            (Subject::Sheet, path) if path.len() > 1 && found.iter().any(shape::Found::named_by_id) => Role::Names,
            _ => Role::Nothing,
        };
    }
    let last = found.last();
    match last.map(|found| (found.record, found.key)) {
        Some((Some("Claim"), Some("answers"))) | Some((Some("Answer"), Some("value"))) => Role::MayName(&[Kind::Place]),
        Some((Some("Assessment"), Some("answer"))) => Role::MayName(&[Kind::Place]),
        Some((Some("Source"), Some("author" | "publisher"))) => Role::MayName(&[Kind::Actor]),
        Some((Some("Exception"), Some("id"))) => Role::Names,
        Some((Some("Exception" | "Site" | "Paths"), _)) => Role::Nothing,
        _ if found.iter().any(is_id) => Role::Names,
        _ if found.iter().any(shape::Found::is_markdown) => Role::Markdown,
        _ => Role::Nothing,
    }
}

/// Whether ids stand there.
fn is_id(found: &shape::Found<'_>) -> bool {
    let id = shape::at(Subject::Sheet, &["claims", "x", "by"]);
    let pattern = |found: &shape::Found<'_>| found.forms().into_iter().find_map(|form| form.get("pattern").cloned());
    let ids = id.iter().find_map(pattern);
    found.key != Some("slug") && ids.is_some() && pattern(found) == ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: FileKind, text: &str, expect: &str) {
        let known = |id: &str| match id {
            "kyiv" => Some(Some(Kind::Place)),
            "ann" => Some(Some(Kind::Actor)),
            _ => None,
        };
        let found = occurrences(kind, text, &known);
        let said: Vec<_> = found
            .iter()
            .map(|o| {
                assert_eq!(text[o.range.clone()], o.id, "{o:?}");
                format!("{}{}", if o.defines { "+" } else { "" }, o.id)
            })
            .collect();
        assert_eq!(said.join(" "), expect, "{text}");
    }

    #[test]
    fn ids_of_sheets() {
        check(FileKind::Sheet, "actors:\n  ann: { name: Ann, part_of: \"b\" }\n", "+ann b");
        check(
            FileKind::Sheet,
            "claims:\n  x:\n    by: [ann, b]\n    answers: { q: { value: kyiv, place: p } }\n",
            "+x ann b q kyiv p",
        );
        check(
            FileKind::Sheet,
            "claims:\n  x:\n    answers: { q: 12 }\n    contradicts: { y: as they say }\n",
            "+x q y",
        );
        check(FileKind::Sheet, "sources:\n  s: { title: ann, author: [ann, Bob], publisher: kyiv }\n", "+s ann");
        check(
            FileKind::Sheet,
            "claims:\n  x:\n    note: |\n      As [see @s, § 2; @t]\n      and [[ann#said|Ann]].\n",
            "+x s t ann",
        );
        check(FileKind::Sheet, "claims:\n  x: { evidence: { source: s, quote: 'see [[ann]]', via: v } }\n", "+x s v");
        check(FileKind::Sheet, "questions:\n  q: { text: Who?, options: { ann: Ann }, place: kyiv }\n", "+q kyiv");
    }

    #[test]
    fn ids_of_articles() {
        check(
            FileKind::Article,
            "---\ntitle: A\nabout: [ann, x]\nslug: a\n---\n\nSo [@x].\n\n![[q]]\n\n`[[code]]`\n",
            "ann x x q",
        );
        check(FileKind::Site, "theme = \"house\"\n[[exceptions]]\nrule = \"to-do\"\nid = \"ann\"\n", "ann");
        check(FileKind::Other, "[@x]", "");
    }
}
