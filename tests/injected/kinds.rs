//! The kinds of faults, and where each can be planted.

use std::ops::{Range, RangeInclusive};

use sourcebook_core::model::Ref;

use crate::site::Site;
use crate::yaml::{Line, lines, words};

/// A fault in one place.
#[derive(Clone, Debug)]
pub(crate) struct Plant {
    pub kind: &'static str,
    pub file: String,
    /// The whole file with the fault in it.
    pub text: Vec<u8>,
    /// The lines at which it may be reported.
    pub lines: RangeInclusive<usize>,
    /// The codes that say what it is.
    pub codes: &'static [&'static str],
    /// Looked at with the lock instead of the captures.
    pub locked: bool,
    /// What was written.
    pub what: String,
}

/// Every fault of every kind.
pub(crate) fn all(site: &Site) -> Vec<Plant> {
    let mut all = of_sheets(site);
    all.extend(of_structure(site));
    all.extend(of_evidence(site));
    all.extend(of_articles(site));
    all.extend(of_settings(site));
    all.extend(of_routes(site));
    all
}

/// Faults that only the plan of routes finds: dead links and anchors, paths claimed twice. To be written with it, as
/// the others are; [`Site::look`] then plans, too.
fn of_routes(_: &Site) -> Vec<Plant> {
    Vec::new()
}

/// Plants in one file.
struct Field<'a> {
    file: &'a str,
    text: &'a str,
    out: Vec<Plant>,
}

impl Field<'_> {
    /// Replaces a part of the file; the fault is expected at the line where that begins.
    fn plant(&mut self, kind: &'static str, at: Range<usize>, with: &str, codes: &'static [&'static str]) {
        let line = line_of(self.text, at.start);
        self.plant_at(kind, at, with, codes, line..=line);
    }

    fn plant_at(
        &mut self,
        kind: &'static str,
        at: Range<usize>,
        with: &str,
        codes: &'static [&'static str],
        lines: RangeInclusive<usize>,
    ) {
        let text = format!("{}{with}{}", &self.text[..at.start], &self.text[at.end..]);
        let what = with.chars().take(60).collect();
        self.out.push(Plant { kind, file: self.file.into(), text: text.into(), lines, codes, locked: false, what });
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Runs over files whose names end so.
fn each<'a>(site: &'a Site, ending: &str, mut plant: impl FnMut(&mut Field<'a>)) -> Vec<Plant> {
    let mut all = Vec::new();
    for (file, text) in site.files.iter().filter(|(file, _)| file.ends_with(ending)) {
        let mut field = Field { file, text, out: Vec::new() };
        plant(&mut field);
        all.append(&mut field.out);
    }
    all
}

/// A slip of the pen in a word: two letters swapped, or one left out.
fn slip(word: &str, is_free: impl Fn(&str) -> bool) -> Option<String> {
    let middle = word.len() / 2;
    let swapped = || {
        let mut bytes = word.as_bytes().to_vec();
        let at = (1..bytes.len().saturating_sub(1)).find(|&i| bytes[i] != bytes[i + 1] && is_pair(&bytes[i..i + 2]))?;
        bytes.swap(at, at + 1);
        String::from_utf8(bytes).ok()
    };
    let dropped = || {
        let inner = word.as_bytes().get(middle).is_some_and(u8::is_ascii_lowercase) && word.len() > 2;
        inner.then(|| format!("{}{}", &word[..middle], &word[middle + 1..]))
    };
    let doubled = || Some(format!("{word}x"));
    let is_sound = |w: &String| is_free(w) && sourcebook_core::base::id::is_id(&w.replace('_', "-"));
    [swapped(), dropped(), doubled()].into_iter().flatten().find(is_sound)
}

fn is_pair(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_lowercase)
}

const KEYS: [&str; 45] = [
    "name",
    "type",
    "aliases",
    "role",
    "part_of",
    "wikidata",
    "summary",
    "title",
    "date",
    "place",
    "actors",
    "statement",
    "by",
    "on",
    "as_of",
    "modality",
    "about",
    "answers",
    "evidence",
    "source",
    "quote",
    "locator",
    "note",
    "contradicts",
    "supports",
    "published",
    "accessed",
    "language",
    "capture",
    "inferred",
    "kind",
    "unit",
    "changes",
    "window",
    "options",
    "assessment",
    "status",
    "because",
    "curation",
    "coordinates",
    "precision",
    "publisher",
    "author",
    "text",
    "via",
];
const REFERENCES: [&str; 7] = ["by", "about", "source", "part_of", "place", "publisher", "via"];
const WORDS: [&str; 5] = ["type", "modality", "kind", "status", "precision"];
const PLAIN: [&str; 9] = ["name", "title", "statement", "quote", "locator", "language", "unit", "role", "wikidata"];
const REQUIRED: [&str; 4] = ["name", "title", "statement", "text"];
const DATES: [&str; 5] = ["date", "on", "published", "accessed", "as_of"];

/// Faults of single fields.
fn of_sheets(site: &Site) -> Vec<Plant> {
    each(site, ".yaml", |f| {
        let text = f.text;
        for line in lines(text) {
            let key = &text[line.key.clone()];
            let value = &text[line.value.clone()];
            let slipped = slip(key, |w| !KEYS.contains(&w) && !site.ids.contains(w));
            if let Some(wrong) = slipped.filter(|_| KEYS.contains(&key)) {
                f.plant("misspelt key", line.key.clone(), &wrong, &["unknown-key"]);
            }
            if REFERENCES.contains(&key) {
                references(site, f, &line);
            }
            // An option may be named like an actor: there the word is made, not referred to.
            let refers = site.ids.contains(key) && line.indent > 2 && parent(text, &line) != Some("options");
            if let Some(wrong) = slip(key, |w| !site.ids.contains(w)).filter(|_| refers) {
                f.plant("misspelt id as key", line.key.clone(), &wrong, &["unknown-id"]);
            }
            if WORDS.contains(&key) && !value.is_empty() && !value.contains(' ') && line.indent < 8 {
                let is_csl = |w: &str| sourcebook_core::model::kinds::CSL_TYPES.contains(&w);
                if let Some(wrong) = slip(value, |w| !is_csl(w)) {
                    f.plant("misspelt value", line.value.clone(), &wrong, &["unknown-value"]);
                }
            }
            if PLAIN.contains(&key) && !value.is_empty() && !value.starts_with('>') {
                f.plant("list for a text", line.value.clone(), "[un, deux]", &["wrong-type"]);
                f.plant("mapping for a text", line.value.clone(), "{ un: deux }", &["wrong-type"]);
                f.plant("nothing for a text", line.value.clone(), "", &["wrong-type"]);
            }
            if DATES.contains(&key) && value.starts_with(|c: char| c.is_ascii_digit()) {
                let month = value.replacen("-0", "-3", 1).replacen("-1", "-4", 1);
                let wrong = if month == value { format!("{value}-XY") } else { month };
                f.plant("impossible date", line.value.clone(), &wrong, &["bad-date"]);
                f.plant("date in words", line.value.clone(), "le 3 novembre 2024", &["bad-date"]);
            }
            if REQUIRED.contains(&key) && line.indent == 4 && !value.is_empty() && !value.starts_with('>') {
                let owner = line_before(text, &line);
                let end = line.whole.end + 1;
                f.plant_at("required field left out", line.whole.start..end, "", &["missing-field"], owner..=owner);
                f.plant("required field empty", line.value.clone(), "\"\"", &["missing-field"]);
            }
        }
    })
}

/// The key of the mapping that a field stands in.
fn parent<'t>(text: &'t str, line: &Line) -> Option<&'t str> {
    let above = lines(text).into_iter().filter(|l| l.indent < line.indent && l.number < line.number);
    above.max_by_key(|l| l.number).map(|l| &text[l.key])
}

/// The line of the record that a field belongs to.
fn line_before(text: &str, line: &Line) -> usize {
    let owners = lines(text).into_iter().filter(|l| l.indent == 2 && l.number < line.number);
    owners.max_by_key(|l| l.number).map_or(1, |l| l.number)
}

fn references(site: &Site, f: &mut Field<'_>, line: &Line) {
    let key = &f.text[line.key.clone()];
    let sources = site.ids_of(|of| matches!(of, Ref::Source(_)));
    let claims = site.ids_of(|of| matches!(of, Ref::Claim(_)));
    for word in words(f.text, line.value.clone()) {
        let id = &f.text[word.clone()];
        if !site.ids.contains(id) {
            continue;
        }
        if let Some(wrong) = slip(id, |w| !site.ids.contains(w)) {
            f.plant("misspelt id", word.clone(), &wrong, &["unknown-id"]);
        }
        let other = if key == "source" || key == "about" { None } else { sources.get(word.start % sources.len()) };
        let other = other.or_else(|| (key == "source").then(|| &claims[word.start % claims.len()]));
        if let Some(other) = other {
            f.plant("id of another kind", word, other, &["wrong-kind"]);
        }
    }
}

/// Faults of the files' form.
fn of_structure(site: &Site) -> Vec<Plant> {
    each(site, ".yaml", |f| {
        let text = f.text;
        let all = lines(text);
        for (i, line) in all.iter().enumerate() {
            let value = &text[line.value.clone()];
            let start = line.whole.start;
            let next_is_deeper = all.get(i + 1).is_some_and(|next| next.indent > line.indent);
            let is_item = text[line.whole.clone()].trim_start().starts_with('-');
            if line.indent >= 4 && !is_item {
                f.plant("tab", start..start + line.indent, "\t\t", &["yaml-syntax"]);
            }
            if line.indent >= 4 && !is_item && !next_is_deeper && !value.is_empty() && !value.starts_with(['>', '|']) {
                let codes = &["yaml-syntax", "wrong-type", "unknown-key", "duplicate-key", "bad-id", "duplicate-id"];
                // One level less: the key is a record, or a field, of its own, and what follows belongs to it.
                let n = line.number;
                f.plant_at("lost indentation", start..start + 2, "", codes, n..=n + 1);
                if i > 0
                    && all[i - 1].indent == line.indent
                    && all[i - 1].number + 1 == n
                    && is_text(&text[all[i - 1].value.clone()])
                {
                    f.plant_at("indented too far", start..start, "  ", codes, n - 1..=n);
                }
            }
            if is_text(value) {
                f.plant("unclosed quotation mark", line.value.start..line.value.start, "\"", &["yaml-syntax"]);
            }
            if value.starts_with(['[', '{']) && value.ends_with([']', '}']) {
                let end = line.value.end;
                f.plant("unclosed bracket", end - 1..end, "", &["yaml-syntax"]);
                f.plant("truncated in brackets", end - 1..text.len(), "", &["yaml-syntax"]);
            }
            if line.indent >= 4 && !is_item && is_text(value) {
                let twice = format!("{}\n", &text[line.whole.clone()]);
                let number = line.number + 1;
                f.plant_at("key twice", start..start, &twice, &["duplicate-key"], number..=number);
            }
            if is_text(value) && !value.contains(": ") && line.value.len() > 20 {
                let middle = text.ceil_char_boundary(line.value.start + line.value.len() / 2);
                f.plant("colon in a text", middle..middle, ": ", &["yaml-syntax"]);
            }
        }
        records(f, &all);
    })
}

fn is_text(value: &str) -> bool {
    value.starts_with(|c: char| c.is_alphanumeric())
}

fn records(f: &mut Field<'_>, all: &[Line]) {
    let text = f.text;
    let starts: Vec<&Line> = all.iter().filter(|l| l.indent == 2 && l.value.is_empty()).collect();
    for (i, line) in starts.iter().enumerate() {
        let end = starts.get(i + 1).map_or(text.len(), |next| next.whole.start);
        let record = &text[line.whole.start..end];
        let again = if record.ends_with('\n') { record.to_owned() } else { format!("{record}\n") };
        let first = line.number + again.matches('\n').count();
        let codes = &["duplicate-id", "duplicate-key"];
        f.plant_at("record twice", line.whole.start..line.whole.start, &again, codes, first..=first);
        let id = &text[line.key.clone()];
        f.plant("id with capitals", line.key.clone(), &capital(id), &["bad-id"]);
        if let Some(evidence) = record.find("\n    evidence:") {
            let from = line.whole.start + evidence + 1;
            let to = all.iter().find(|l| l.whole.start > from && l.indent <= 4).map_or(text.len(), |l| l.whole.start);
            let (kind, at) = ("evidence left out", line.number);
            f.plant_at(kind, from..to, "", &["missing-evidence"], at..=at);
            if i + 1 == starts.len() {
                f.plant_at("truncated in the last record", from..text.len(), "", &["missing-evidence"], at..=at);
            }
        }
    }
    for byte in [0xff_u8, 0] {
        for line in starts.iter().step_by(4) {
            let mut bytes = text.as_bytes().to_vec();
            bytes.insert(line.whole.start, byte);
            f.plant("not a text", line.whole.start..line.whole.start, "", &["not-text"]);
            f.out.last_mut().unwrap().text = bytes;
        }
    }
}

fn capital(id: &str) -> String {
    id[..1].to_uppercase() + &id[1..]
}

/// Faults of quotes, their sources and places.
fn of_evidence(site: &Site) -> Vec<Plant> {
    let mut all = Vec::new();
    let sources = site.ids_of(|of| matches!(of, Ref::Source(_)));
    for evidence in site.dossier.claims.iter().flat_map(|claim| &claim.evidence) {
        let file = &site.parsed.files.get(evidence.span.file).path;
        let mut f = Field { file, text: &site.files[&**file], out: Vec::new() };
        let lines = line_of(f.text, evidence.span.start as usize)..=line_of(f.text, evidence.span.end as usize);
        if let Some(quote) = &evidence.quote {
            alter(&mut f, quote.span.range());
        }
        if let Some(locator) = &evidence.locator {
            f.plant("wrong locator", locator.span.range(), "§ 39", &["wrong-locator"]);
        }
        let key = f.text[evidence.span.range()].find("source: ").map(|at| evidence.span.start as usize + at + 8);
        let own = &site.dossier[evidence.source].head.id.value;
        let other = sources.iter().find(|id| *id != &**own);
        if let (Some(at), Some(other)) = (key, other) {
            f.plant_at("another source", at..at + own.len(), other, &["quote-absent"], lines);
        }
        all.append(&mut f.out);
    }
    let locked: Vec<_> = all.iter().cloned().filter_map(locked).collect();
    all.extend(locked);
    all
}

/// The same fault where only the lock can tell.
fn locked(plant: Plant) -> Option<Plant> {
    let kind = match plant.kind {
        "one word altered" => "one word altered (lock)",
        "one digit altered" => "one digit altered (lock)",
        "a negation put in" => "a negation put in (lock)",
        "wrong locator" => "wrong locator (lock)",
        "another source" => "another source (lock)",
        _ => return None,
    };
    Some(Plant { kind, codes: &["quote-changed"], locked: true, ..plant })
}

fn alter(f: &mut Field<'_>, quote: Range<usize>) {
    let words = &f.text[quote.clone()];
    if let Some(at) = words.find(|c: char| c.is_ascii_digit()) {
        let at = quote.start + at;
        let digit = if f.text[at..].starts_with('7') { "3" } else { "7" };
        f.plant("one digit altered", at..at + 1, digit, &["quote-absent"]);
    }
    let spaces: Vec<_> = words.match_indices(' ').map(|(at, _)| quote.start + at).collect();
    for pair in spaces.windows(2).take(3) {
        let word = &f.text[pair[0] + 1..pair[1]];
        if word.len() > 3 && word.chars().all(char::is_alphabetic) {
            f.plant("one word altered", pair[0] + 1..pair[1], "autrement", &["quote-absent"]);
            f.plant("one accent lost", pair[0] + 1..pair[1], &without_accents(word), &["quote-absent"]);
        }
        f.plant("a negation put in", pair[0]..pair[0], " ne pas", &["quote-absent"]);
        // Beside a `[…]` a word may be left out.
        let beside = f.text[pair[1]..].starts_with(" [") || f.text[..pair[0]].ends_with(']');
        if !word.contains('…') && !beside {
            f.plant("one word left out", pair[0]..pair[1], "", &["quote-absent"]);
        }
    }
    f.out.retain(|plant| plant.kind != "one accent lost" || plant.text != f.text.as_bytes());
}

fn without_accents(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'é' | 'è' | 'ê' => 'e',
            'à' | 'â' => 'a',
            'ô' => 'o',
            c => c,
        })
        .collect()
}

/// Faults of articles, and of Markdown in sheets.
fn of_articles(site: &Site) -> Vec<Plant> {
    let actors = site.ids_of(|of| matches!(of, Ref::Actor(_)));
    let mut all = each(site, ".md", |f| {
        let text = f.text;
        let body = text[4..].find("\n---").map_or(0, |at| at + 8);
        citations(site, f, &actors);
        for (at, _) in text.match_indices("\n![[").filter(|(at, _)| *at > body) {
            let id = words(text, at + 4..text[at + 4..].find(']').map_or(text.len(), |n| at + 4 + n))[0].clone();
            if let Some(wrong) = slip(&text[id.clone()], |w| !site.ids.contains(w)) {
                f.plant("misspelt card", id, &wrong, &["unknown-id"]);
            }
            f.plant("card in a sentence", at + 1..at + 1, "Voici ", &["misplaced-card"]);
        }
        for (at, _) in text.match_indices("\n\n").filter(|(at, _)| *at > body && text[..*at].ends_with('.')) {
            f.plant("footnote without text", at..at, "[^nulle]", &["undefined-footnote"]);
            f.plant("raw HTML", at..at, " <b>gras</b>", &["raw-html"]);
            f.plant("unsafe address", at..at, " [ici](javascript:alert(1))", &["unsafe-url"]);
            f.plant("reference without address", at..at, " [ici][nulle-part]", &["broken-link"]);
            f.plant("remote image", at..at, " ![carte](https://example.org/a.png)", &["remote-image"]);
        }
        front_matter(f);
    });
    all.extend(each(site, ".yaml", |f| citations(site, f, &actors)));
    all
}

fn citations(site: &Site, f: &mut Field<'_>, actors: &[String]) {
    let text = f.text;
    for (kind, mark) in [("misspelt citation", "@"), ("misspelt link", "[[")] {
        for (at, _) in text.match_indices(mark) {
            let start = at + mark.len();
            let Some(word) = words(text, start..text.floor_char_boundary(start + 80)).into_iter().next() else {
                continue;
            };
            if word.start != start || !site.ids.contains(&text[word.clone()]) || text[..at].ends_with('!') {
                continue;
            }
            if let Some(wrong) = slip(&text[word.clone()], |w| !site.ids.contains(w)) {
                f.plant(kind, word.clone(), &wrong, &["unknown-id"]);
            }
            if mark == "@" {
                f.plant("actor cited", word, &actors[at % actors.len()], &["wrong-kind"]);
            }
        }
    }
    for (at, _) in text.match_indices("; @") {
        let open = text[..at].rfind('[').unwrap();
        let lines = line_of(text, open)..=line_of(text, at);
        f.plant_at("citation without semicolon", at..at + 1, "", &["bad-citation"], lines);
    }
}

fn front_matter(f: &mut Field<'_>) {
    let end = f.text[4..].find("\n---").map_or(4, |at| at + 5);
    f.plant("front matter not opened", 0..4, "", &["bad-front-matter"]);
    f.plant_at("front matter not closed", end..end + 4, "", &["bad-front-matter"], 1..=1);
    for line in lines(&f.text[..end]) {
        let key = &f.text[line.key.clone()];
        if let Some(wrong) = slip(key, |w| !["on", "date"].contains(&w)) {
            f.plant("misspelt key", line.key.clone(), &wrong, &["unknown-key"]);
        }
        if key == "date" || key == "updated" {
            f.plant("impossible date", line.value.clone(), "2026-11-31", &["bad-date"]);
        }
        if key == "title" {
            let start = line.whole.start;
            f.plant_at("required field left out", start..line.whole.end + 1, "", &["missing-field"], 1..=1);
        }
    }
}

/// Faults of `site.toml`.
fn of_settings(site: &Site) -> Vec<Plant> {
    each(site, "site.toml", |f| {
        let text = f.text;
        for (at, _) in text.match_indices(" = ") {
            let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
            if let Some(wrong) = slip(&text[start..at], |_| true) {
                f.plant("misspelt setting", start..at, &wrong, &["unknown-key"]);
            }
            let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
            f.plant("setting without quotation mark", end - 1..end, "", &["toml-syntax"]);
            if &text[start..at] == "date" {
                f.plant("impossible date", at + 3..end, "\"2024-06-31\"", &["bad-date"]);
            }
        }
    })
}
