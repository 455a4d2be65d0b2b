//! What may stand where, from the schemas that `sourcebook schema` prints.

use std::sync::OnceLock;

use serde_json::Value;

use sourcebook_desk::schema::{Subject, schema};

/// The schema of what a file is.
pub fn of(subject: Subject) -> &'static Value {
    static SHEET: OnceLock<Value> = OnceLock::new();
    static ARTICLE: OnceLock<Value> = OnceLock::new();
    static SITE: OnceLock<Value> = OnceLock::new();
    let (made, name) = match subject {
        Subject::Sheet => (&SHEET, "Sheet"),
        Subject::Article => (&ARTICLE, "Article"),
        Subject::Site => (&SITE, "Site"),
    };
    made.get_or_init(|| {
        let mut schema = schema(subject);
        // The outermost record's title is what people call the file; here it is a record like the others.
        if let Value::Object(root) = &mut schema {
            root.insert("title".to_owned(), name.into());
        }
        schema
    })
}

/// A shape, and the record and key whose value it describes.
#[derive(Clone, Copy, Debug)]
pub struct Found<'s> {
    /// The record's name: `Claim`.
    pub record: Option<&'s str>,
    /// The record's key, or `None` where the writer names the keys.
    pub key: Option<&'s str>,
    /// What may stand there.
    pub shape: &'s Value,
}

impl<'s> Found<'s> {
    /// What the key means.
    pub fn meaning(&self) -> Option<&'s str> {
        self.shape.get("description")?.as_str()
    }

    /// The forms that a value may have: a list's are those of its items.
    pub fn forms(&self) -> Vec<&'s Value> {
        let mut forms = Vec::new();
        flatten(self.shape, &mut forms);
        forms
    }

    /// The keys that may stand in a record here, each as it is described.
    pub fn keys(&self) -> Vec<Found<'s>> {
        let mut keys: Vec<Found<'s>> = Vec::new();
        for one in self.forms().into_iter().flat_map(keys_of) {
            // A record may stand alone or in a list: each of its keys once.
            if !keys.iter().any(|known| (known.record, known.key) == (one.record, one.key)) {
                keys.push(one);
            }
        }
        keys
    }

    /// Whether the writer names the keys here, as ids of records.
    pub fn named_by_id(&self) -> bool {
        self.forms().iter().any(|form| form.get("propertyNames").is_some())
    }

    /// The words of a closed list that may stand here.
    pub fn words(&self) -> Vec<&'s str> {
        let words = |form: &&'s Value| form.get("enum").and_then(Value::as_array);
        self.forms().iter().filter_map(words).flatten().filter_map(Value::as_str).collect()
    }

    /// Whether a truth value may stand here.
    pub fn is_truth(&self) -> bool {
        self.forms().iter().any(|form| form.get("type").is_some_and(|kind| kind == "boolean"))
    }

    /// Whether the text here is Markdown.
    pub fn is_markdown(&self) -> bool {
        self.meaning().is_some_and(|meaning| meaning.contains("Markdown"))
    }

    fn step(&self, key: &str) -> Vec<Found<'s>> {
        let mut found: Vec<_> = self.keys().into_iter().filter(|known| known.key == Some(key)).collect();
        if found.is_empty() {
            let free = |form: &'s Value| form.get("additionalProperties").filter(|inner| inner.is_object());
            let inner = self.forms().into_iter().filter_map(free);
            found.extend(inner.map(|shape| Found { record: self.record, key: self.key, shape }));
        }
        found
    }
}

fn keys_of(form: &Value) -> Vec<Found<'_>> {
    let record = form.get("title").and_then(Value::as_str);
    let keys = form.get("properties").and_then(Value::as_object).into_iter().flatten();
    keys.map(|(key, shape)| Found { record, key: Some(key), shape }).collect()
}

fn flatten<'s>(shape: &'s Value, into: &mut Vec<&'s Value>) {
    if let Some(branches) = shape.get("anyOf").and_then(Value::as_array) {
        branches.iter().for_each(|branch| flatten(branch, into));
    } else if let Some(items) = shape.get("items") {
        flatten(items, into);
    } else {
        into.push(shape);
    }
}

/// What may stand behind these keys, from the outermost one on.
pub fn at(subject: Subject, path: &[impl AsRef<str>]) -> Vec<Found<'static>> {
    let root = Found { record: None, key: None, shape: of(subject) };
    path.iter().fold(vec![root], |found, key| {
        let mut next: Vec<Found<'static>> = Vec::new();
        for one in found.iter().flat_map(|one| one.step(key.as_ref())) {
            // One record may stand alone or in a list.
            let is_same =
                |known: &Found<'_>| (known.record, known.key, known.shape) == (one.record, one.key, one.shape);
            if !next.iter().any(is_same) {
                next.push(one);
            }
        }
        next
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(subject: Subject, path: &[&str], expect: &[&str]) {
        let said = |found: &Found<'_>| format!("{}.{}", found.record.unwrap_or("-"), found.key.unwrap_or("-"));
        let found: Vec<_> = at(subject, path).iter().map(said).collect();
        assert_eq!(found, expect, "{path:?}");
    }

    #[test]
    fn paths_lead_to_keys() {
        check(Subject::Sheet, &["claims", "x", "by"], &["Claim.by"]);
        check(Subject::Sheet, &["claims", "x", "evidence", "source"], &["Evidence.source"]);
        check(Subject::Sheet, &["claims", "x", "answers", "q", "place"], &["Answer.place"]);
        check(Subject::Sheet, &["claims", "x", "nothing"], &[]);
        check(Subject::Article, &["about"], &["Article.about"]);
        check(Subject::Site, &["publish", "cname"], &["Publish.cname"]);
        check(Subject::Site, &["exceptions", "rule"], &["Exception.rule"]);
    }

    #[test]
    fn what_may_stand_there() {
        let modality = at(Subject::Sheet, &["claims", "x", "modality"]);
        assert!(modality[0].words().contains(&"denies"), "{modality:?}");
        assert!(at(Subject::Sheet, &["questions", "q", "grows"])[0].is_truth());
        assert!(at(Subject::Sheet, &["claims", "x", "answers"])[0].named_by_id());
        assert!(at(Subject::Sheet, &["claims", "x", "note"])[0].is_markdown());
        assert!(!at(Subject::Sheet, &["claims", "x", "evidence", "quote"])[0].is_markdown());
    }
}
