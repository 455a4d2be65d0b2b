//! The article that a page's JSON-LD describes (schema.org), whether alone, in an array, in `@graph` or as the main
//! entity of the page.

use std::collections::BTreeMap;

use serde_json::Value;

use sourcebook_core::model::work_kinds;

/// Values in one another beyond this are passed over.
const DEEPEST: usize = 12;

/// What is described, by property.
#[derive(Debug, Default)]
pub(super) struct Article {
    /// `NewsArticle`.
    pub kind: String,
    values: BTreeMap<&'static str, Vec<String>>,
}

impl Article {
    /// The values of a property, in their order.
    pub(super) fn values(&self, property: &str) -> Vec<&str> {
        self.values.get(property).into_iter().flatten().map(String::as_str).collect()
    }
}

/// The article of a page: the first that is more than a page, else the page itself.
pub(super) fn article(scripts: &[String]) -> Option<Article> {
    let data: Vec<Value> = scripts.iter().filter_map(|script| serde_json::from_str(script.trim()).ok()).collect();
    let mut nodes = Vec::new();
    data.iter().for_each(|value| collect(value, 0, &mut nodes));
    // What only refers to another has no name.
    let named = nodes.iter().filter(|node| node.get("name").is_some());
    let by_id: BTreeMap<&str, &Value> = named.filter_map(|node| Some((node.get("@id")?.as_str()?, *node))).collect();
    let typed: Vec<(&Value, &str)> = nodes.iter().filter_map(|node| Some((*node, described(node)?))).collect();
    let is_page = |kind: &str| work_kinds::of_schema(kind) == Some("webpage");
    let (node, kind) = typed
        .iter()
        .find(|(_, kind)| !is_page(kind))
        .or_else(|| typed.iter().find(|(_, kind)| kind.contains("Article")))
        .or(typed.first())?;
    Some(Article { kind: short(kind).to_owned(), values: values(node, &by_id) })
}

fn collect<'v>(value: &'v Value, depth: usize, nodes: &mut Vec<&'v Value>) {
    if depth > DEEPEST || nodes.len() > 10_000 {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, depth + 1, nodes)),
        Value::Object(map) => {
            nodes.push(value);
            map.values().filter(|v| v.is_object() || v.is_array()).for_each(|v| collect(v, depth + 1, nodes));
        }
        _ => {}
    }
}

/// The type of a node that a source can be; of several, the first that is more than a page.
fn described(node: &Value) -> Option<&str> {
    let is_work = |kind: &&str| work_kinds::of_schema(kind).is_some();
    match node.get("@type")? {
        Value::String(kind) => Some(&**kind).filter(is_work),
        Value::Array(all) => {
            let mut works = all.iter().filter_map(Value::as_str).filter(is_work);
            let first = works.next()?;
            let finer = std::iter::once(first).chain(works).find(|kind| work_kinds::of_schema(kind) != Some("webpage"));
            Some(finer.unwrap_or(first))
        }
        _ => None,
    }
}

fn short(kind: &str) -> &str {
    kind.rsplit(['/', '#', ':']).next().unwrap_or_default()
}

fn values(node: &Value, by_id: &BTreeMap<&str, &Value>) -> BTreeMap<&'static str, Vec<String>> {
    let mut found = BTreeMap::new();
    for property in ["headline", "name", "author", "publisher", "datePublished", "dateModified", "inLanguage", "url"] {
        let of = |key: &str| node.get(key).map(|value| words(value, by_id)).unwrap_or_default();
        let mut list = of(property);
        if property == "author" && list.is_empty() {
            list = of("creator");
        }
        if property == "url" {
            let address = |value: &Value| value.as_str().or_else(|| value.get("@id")?.as_str()).map(str::to_owned);
            list.extend(node.get("mainEntityOfPage").and_then(address));
        }
        found.insert(property, list);
    }
    found
}

/// A value as words: texts, and the names of what has one, if by way of its `@id`.
fn words(value: &Value, by_id: &BTreeMap<&str, &Value>) -> Vec<String> {
    let name = |node: &Value| match node.get("name").or_else(|| node.get("alternateName")) {
        Some(Value::String(name)) => Some(name.clone()),
        Some(Value::Array(names)) => names.first().and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().filter(|v| !v.is_array()).flat_map(|v| words(v, by_id)).collect(),
        Value::Object(_) => {
            let meant = value.get("@id").and_then(Value::as_str).and_then(|id| by_id.get(id));
            name(value).or_else(|| meant.and_then(|node| name(node))).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
