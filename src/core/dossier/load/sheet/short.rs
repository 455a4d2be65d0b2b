//! What may be written in short: a scalar in place of a mapping of which it is the main part.

use serde_json::json;

use super::{Answer, Author, Capture, Coordinates, Dated};
use crate::base::file::Located;
use crate::base::tree::decode::LText;
use crate::base::tree::decode::{Context, Decode, Fields, Text, record_shape};
use crate::base::tree::{Data, Node};

/// Reads a scalar as the main part of a mapping, anything else as the mapping.
pub(in crate::dossier::load) fn text_or<T>(
    node: &Node<'_>,
    cx: &mut Context<'_>,
    expected: &str,
    from_text: impl FnOnce(LText) -> T,
    from_fields: impl FnOnce(&mut Fields<'_, '_>, &mut Context<'_>) -> Option<T>,
) -> Option<T> {
    if let Data::Scalar { .. } = node.data {
        return Text::decode(node, cx).map(|text| from_text(Located::new(text, node.span)));
    }
    let mut f = Fields::of(node, expected, cx)?;
    let value = from_fields(&mut f, cx);
    f.finish(cx);
    value
}

impl Decode for Dated {
    const EXPECTED: &'static str = "a date, or a mapping of `date` and `inferred`";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        // An unquoted EDTF set, `[2023, 2024-06]`, is a YAML list: what the writer meant is plain.
        if let Data::List(items) = &node.data {
            let parts: Vec<_> = items.iter().filter_map(|item| Text::decode(item, cx)).collect();
            let date = Located::new(format!("[{}]", parts.join(", ")).into(), node.span);
            return (parts.len() == items.len()).then_some(Self { date, inferred: None });
        }
        if let Data::Map(entries) = &node.data
            && !entries.iter().any(|entry| matches!(&*entry.key, "date" | "inferred"))
        {
            cx.wrong_type(node, Self::EXPECTED);
            return None;
        }
        text_or(node, cx, Self::EXPECTED, |date| Self { date, inferred: None }, Self::read)
    }

    fn shape() -> serde_json::Value {
        let set = json!({ "type": "array", "items": Text::shape() });
        json!({ "anyOf": [Text::shape(), record_shape("Dated", Self::read), set] })
    }
}

impl Dated {
    fn read(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let date = f.required("date", cx);
        let inferred = f.required("inferred", cx);
        date.map(|date| Self { date, inferred })
    }
}

impl Decode for Coordinates {
    const EXPECTED: &'static str = "a list of two numbers";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let Data::List(items) = &node.data else {
            cx.wrong_type(node, Self::EXPECTED);
            return None;
        };
        let numbers = Vec::decode(node, cx)?;
        (numbers.len() == items.len()).then_some(Self(numbers))
    }

    fn shape() -> serde_json::Value {
        json!({ "type": "array", "items": f64::shape(), "minItems": 2, "maxItems": 2 })
    }
}

impl Decode for Author {
    const EXPECTED: &'static str = "an actor's id, a name, or a mapping of `name`";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        text_or(node, cx, Self::EXPECTED, |name| Self { name, surely_name: false }, Self::read)
    }

    fn shape() -> serde_json::Value {
        json!({ "anyOf": [Text::shape(), record_shape("Author", Self::read)] })
    }
}

impl Author {
    fn read(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        f.required("name", cx).map(|name| Self { name, surely_name: true })
    }
}

impl Decode for Capture {
    const EXPECTED: &'static str =
        "a file name, or a mapping of `file`, `sha256`, `on`, `method`, `begins`, `url`, `at`";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        text_or(
            node,
            cx,
            Self::EXPECTED,
            |file| Self { file: Some(file), sha256: None, on: None, method: None, begins: None, url: None, at: None },
            Self::read,
        )
    }

    fn shape() -> serde_json::Value {
        json!({ "anyOf": [Text::shape(), record_shape("Capture", Self::read)] })
    }
}

impl Capture {
    fn read(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        Some(Self {
            file: f.required("file", cx),
            sha256: f.optional("sha256", cx),
            on: f.optional("on", cx),
            method: f.optional("method", cx),
            begins: f.optional("begins", cx),
            url: f.optional("url", cx),
            at: f.optional("at", cx),
        })
    }
}

impl Decode for Answer {
    const EXPECTED: &'static str = "a value, or a mapping of `value`, `place`, `group`, `as_of`, `modality`";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        if matches!(node.data, Data::List(_)) {
            let date = Dated::decode(node, cx)?.date;
            return Some(Self { value: Some(date), ..Self::default() });
        }
        text_or(node, cx, Self::EXPECTED, |value| Self { value: Some(value), ..Self::default() }, Self::read)
    }

    fn shape() -> serde_json::Value {
        let set = json!({ "type": "array", "items": Text::shape() });
        json!({ "anyOf": [Text::shape(), record_shape("Answer", Self::read), set] })
    }
}

impl Answer {
    fn read(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let value: Option<Located<Dated>> = f.required("value", cx);
        let (value, inferred) = value.map(|v| (v.value.date, v.value.inferred)).unzip();
        Some(Self {
            value,
            inferred: inferred.flatten(),
            unit: f.optional("unit", cx),
            place: f.optional("place", cx),
            group: f.optional("group", cx),
            as_of: f.optional("as_of", cx),
            modality: f.optional("modality", cx),
        })
    }
}
