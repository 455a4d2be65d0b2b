//! Words that people marked in other programs: each a passage of a work, to be made a claim of.
//!
//! - Hypothesis: what its API and its exports give (`rows`, or the list of them).
//! - Web Annotations (W3C): a page, a collection or a list, with `TextQuoteSelector`s; our own export too.
//! - Zotero: marks in PDFs, as Better BibTeX's JSON has them (`attachments` with `annotations`).

use serde_json::Value;

/// A passage that somebody marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotation {
    /// Where the work is.
    pub address: Option<String>,
    /// What the work is called.
    pub title: Option<String>,
    /// The words.
    pub exact: String,
    /// What is printed on the page that they stand on.
    pub page: Option<String>,
    /// What whoever marked them says of them.
    pub comment: Option<String>,
}

/// The annotations of a JSON text; nothing where it is something else.
pub fn read(json: &str) -> Option<Vec<Annotation>> {
    let value: Value = serde_json::from_str(json.strip_prefix('\u{feff}').unwrap_or(json)).ok()?;
    let found = match &value {
        Value::Object(whole) if whole.contains_key("rows") => {
            list(&value["rows"]).iter().filter_map(hypothesis).collect()
        }
        Value::Object(whole) if whole.contains_key("items") && !is_w3c(&value) => zotero(list(&value["items"])),
        Value::Object(_) if is_w3c(&value) => w3c(&value),
        Value::Array(all) if all.iter().any(|one| one["target"].is_array() && one.get("uri").is_some()) => {
            all.iter().filter_map(hypothesis).collect()
        }
        Value::Array(all) if all.iter().any(is_w3c) => all.iter().flat_map(w3c).collect(),
        Value::Array(all) if all.iter().any(|one| one.get("attachments").is_some()) => zotero(all),
        _ => return None,
    };
    Some(found)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A value, or the items of a list of such: JSON-LD makes no difference.
fn each(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(all) => all.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(super::text::line).filter(|text| !text.is_empty())
}

fn is_w3c(value: &Value) -> bool {
    let context =
        each(&value["@context"]).into_iter().any(|c| c.as_str().is_some_and(|c| c.contains("www.w3.org/ns/anno")));
    context || each(&value["type"]).into_iter().any(|t| t.as_str().is_some_and(|t| t.starts_with("Annotation")))
}

fn hypothesis(row: &Value) -> Option<Annotation> {
    let target = list(&row["target"]).first()?;
    let exact = quoted(&target["selector"])?;
    let title = each(&row["document"]["title"]).first().and_then(|title| text(title));
    let address = text(&target["source"]).or(text(&row["uri"]));
    let page =
        each(&target["selector"]).into_iter().find(|s| s["type"] == "PageSelector").and_then(|s| text(&s["label"]));
    Some(Annotation { address, title, exact, page, comment: text(&row["text"]) })
}

/// The exact words of the first selector that has some, also within a refinement.
fn quoted(selectors: &Value) -> Option<String> {
    each(selectors).into_iter().find_map(|selector| {
        let is_quote = selector["type"] == "TextQuoteSelector";
        let own = is_quote.then(|| text(&selector["exact"])).flatten();
        own.or_else(|| selector.get("refinedBy").and_then(quoted))
    })
}

/// The annotations of a collection, a page, or one by itself.
fn w3c(value: &Value) -> Vec<Annotation> {
    let within: Vec<_> = each(&value["items"]).into_iter().chain(each(&value["first"])).collect();
    if !within.is_empty() {
        return within.into_iter().flat_map(w3c).collect();
    }
    let body = each(&value["body"]);
    let comment =
        body.iter().find_map(|body| text(&body["value"]).or_else(|| text(body))).or_else(|| text(&value["bodyValue"]));
    let of = |target: &Value| {
        let address = text(&target["source"]).or_else(|| text(&target["source"]["id"]));
        let exact = quoted(&target["selector"])?;
        Some(Annotation {
            address,
            title: text(&target["source"]["title"]),
            exact,
            page: None,
            comment: comment.clone(),
        })
    };
    each(&value["target"]).into_iter().filter_map(of).collect()
}

fn zotero(items: &[Value]) -> Vec<Annotation> {
    let mut found = Vec::new();
    for item in items {
        let (title, address) = (text(&item["title"]), text(&item["url"]));
        let marks =
            list(&item["attachments"]).iter().flat_map(|a| list(&a["annotations"])).chain(list(&item["annotations"]));
        for mark in marks {
            let Some(exact) = text(&mark["annotationText"]) else { continue };
            let (page, comment) = (text(&mark["annotationPageLabel"]), text(&mark["annotationComment"]));
            found.push(Annotation { address: address.clone(), title: title.clone(), exact, page, comment });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expect: Option<&[&str]>) {
        let found = read(json).map(|all| {
            let said = |a: Annotation| {
                let parts = [a.address, a.title, Some(a.exact), a.page, a.comment];
                parts.map(|part| part.unwrap_or_else(|| "-".to_owned())).join(" | ")
            };
            all.into_iter().map(said).collect::<Vec<_>>()
        });
        assert_eq!(found.as_deref(), expect.map(|e| e.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()).as_deref());
    }

    #[test]
    fn what_people_marked() {
        check(
            r#"{"total": 2, "rows": [
                {"uri": "https://a.example/p", "text": "why?", "document": {"title": ["A page"]},
                 "target": [{"source": "https://a.example/p", "selector": [
                    {"type": "RangeSelector"}, {"type": "TextQuoteSelector", "exact": "ten  of\nthem", "prefix": "x"}]}]},
                {"uri": "https://a.example/p", "text": "a note on the page", "target": [{"source": "https://a.example/p"}]}]}"#,
            Some(&["https://a.example/p | A page | ten of them | - | why?"]),
        );
        check(
            r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [
                {"type": "Annotation", "body": {"type": "TextualBody", "value": "says so"},
                 "target": {"source": "https://a.example/", "selector": {"type": "FragmentSelector", "refinedBy":
                    {"type": "TextQuoteSelector", "exact": "ten"}}}}]}"#,
            Some(&["https://a.example/ | - | ten | - | says so"]),
        );
        check(
            r#"{"config": {}, "items": [{"title": "Report", "url": "https://b.example/", "attachments": [
                {"annotations": [{"annotationType": "highlight", "annotationText": "eleven", "annotationPageLabel": "xii", "annotationComment": ""},
                                 {"annotationType": "ink"}]}]}]}"#,
            Some(&["https://b.example/ | Report | eleven | xii | -"]),
        );
        check(r#"[{"type": "article", "title": "CSL"}]"#, None);
        check("no JSON", None);
    }
}
