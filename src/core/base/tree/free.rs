//! Values of any shape (`extra`), as JSON.

use serde_json::json;

use super::decode::{Context, Decode};
use super::{Data, Node};

/// A free value (`extra`), read by YAML's core schema: it reaches the templates as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Free(pub serde_json::Value);

impl Decode for Free {
    const EXPECTED: &'static str = "any value";

    fn decode(node: &Node<'_>, _: &mut Context<'_>) -> Option<Self> {
        Some(Self(free(node)))
    }

    fn shape() -> serde_json::Value {
        json!({})
    }
}

fn free(node: &Node<'_>) -> serde_json::Value {
    match &node.data {
        Data::Null | Data::Unread => serde_json::Value::Null,
        Data::Scalar { text, plain: false } => (&**text).into(),
        Data::Scalar { text, plain: true } => core_scalar(text),
        Data::List(items) => items.iter().map(free).collect(),
        Data::Map(entries) => {
            entries.iter().map(|entry| (entry.key.clone().into_owned(), free(&entry.value))).collect()
        }
    }
}

/// A plain scalar by YAML 1.2's core schema: only `true`, `false` and numbers are not text.
fn core_scalar(text: &str) -> serde_json::Value {
    match text {
        "true" => true.into(),
        "false" => false.into(),
        _ => match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(whole), _) => whole.into(),
            (_, Ok(number)) if number.is_finite() => number.into(),
            _ => text.into(),
        },
    }
}
