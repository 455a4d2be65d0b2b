//! Values as YAML that any reader takes for what they are: what [`super::yaml`] reads back, and readers of YAML 1.1 too.
//!
//! A text stands without quotation marks only where nothing could take it for anything else: not `no`, not `1e3`, not
//! `a: b`. Text of several lines is a literal block where every line can stand in one, else it is quoted.

use std::fmt::Write;

use super::is_unshown;

/// A value to write.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A value that is read by its own grammar, whatever YAML takes it for: a date, an id, a number.
    Word(String),
    /// A list.
    List(Vec<Self>),
    /// A mapping.
    Map(Vec<Pair>),
}

/// A key, its value, and perhaps a remark behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The key.
    pub key: String,
    /// The value.
    pub value: Value,
    /// On the line of the key.
    pub comment: Option<String>,
}

impl Pair {
    /// A key and its value.
    pub fn new(key: impl Into<String>, value: Value) -> Self {
        Self { key: key.into(), value, comment: None }
    }

    /// With a remark.
    #[must_use]
    pub fn with(mut self, comment: Option<String>) -> Self {
        self.comment = comment;
        self
    }
}

impl Value {
    /// JSON as YAML; without what is null, which has no meaning in a sheet.
    pub fn from_json(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Text(String::new()),
            serde_json::Value::Bool(truth) => Self::Word(truth.to_string()),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(whole) => Self::Word(whole.to_string()),
                None if number.as_u64().is_none() => Self::Word(number.to_string()),
                // A number that would not be read back as it is.
                None => Self::Text(number.to_string()),
            },
            serde_json::Value::String(text) => Self::Text(text.clone()),
            serde_json::Value::Array(list) => {
                Self::List(list.iter().filter(|v| !v.is_null()).map(Self::from_json).collect())
            }
            serde_json::Value::Object(map) => {
                let pairs = map.iter().filter(|(_, v)| !v.is_null());
                Self::Map(pairs.map(|(key, value)| Pair::new(key, Self::from_json(value))).collect())
            }
        }
    }
}

/// The entries of a mapping, one under the other, from the first column.
pub fn map(pairs: &[Pair]) -> String {
    let mut out = String::new();
    for pair in pairs {
        write_pair(&mut out, pair, 0);
    }
    out
}

/// Columns from one level to the next.
const STEP: usize = 2;

fn write_pair(out: &mut String, pair: &Pair, indent: usize) {
    let _ = write!(out, "{:indent$}{}:", "", word(&pair.key));
    let comment = pair.comment.as_deref().map(remark).unwrap_or_default();
    match &pair.value {
        Value::List(items) if !items.is_empty() && !items.iter().all(is_short) => {
            let _ = writeln!(out, "{comment}");
            for item in items {
                write_item(out, item, indent + STEP);
            }
        }
        Value::Map(pairs) if !pairs.is_empty() => {
            let _ = writeln!(out, "{comment}");
            pairs.iter().for_each(|pair| write_pair(out, pair, indent + STEP));
        }
        Value::Text(text) if is_block(text) => {
            let _ = writeln!(out, " |-{comment}");
            block(out, text, indent + STEP);
        }
        value => {
            let _ = writeln!(out, " {}{comment}", flow(value));
        }
    }
}

fn write_item(out: &mut String, item: &Value, indent: usize) {
    match item {
        Value::Map(pairs) if !pairs.is_empty() => {
            let mut inner = String::new();
            pairs.iter().for_each(|pair| write_pair(&mut inner, pair, indent + STEP));
            let _ = write!(out, "{:indent$}- {}", "", &inner[indent + STEP..]);
        }
        Value::Text(text) if is_block(text) => {
            let _ = writeln!(out, "{:indent$}- |-", "");
            block(out, text, indent + STEP);
        }
        value => {
            let _ = writeln!(out, "{:indent$}- {}", "", flow(value));
        }
    }
}

fn block(out: &mut String, text: &str, indent: usize) {
    for line in text.split('\n') {
        let indent = if line.is_empty() { 0 } else { indent };
        let _ = writeln!(out, "{:indent$}{line}", "");
    }
}

/// A value on one line, as it may stand in a list or a mapping in braces.
pub fn line(value: &Value) -> String {
    flow(value)
}

fn flow(value: &Value) -> String {
    match value {
        Value::Text(text) => scalar(text),
        Value::Word(text) => word(text),
        Value::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Map(pairs) if pairs.is_empty() => "{}".to_owned(),
        Value::Map(pairs) => {
            let pairs: Vec<_> =
                pairs.iter().map(|pair| format!("{}: {}", word(&pair.key), flow(&pair.value))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}

/// What stands well in a list on one line.
fn is_short(value: &Value) -> bool {
    match value {
        Value::Text(text) | Value::Word(text) => text.chars().count() <= 60 && !text.contains('\n'),
        Value::Map(pairs) => pairs.len() <= 1 && pairs.iter().all(|pair| is_short(&pair.value)),
        Value::List(_) => false,
    }
}

fn remark(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() || is_break(c) { ' ' } else { c }).collect();
    format!("  # {}", line.trim())
}

/// Text on one line, in quotation marks where it could be taken for something else.
pub fn scalar(text: &str) -> String {
    if is_plain(text) && !is_meant_otherwise(text) { text.to_owned() } else { quoted(text) }
}

/// As [`scalar`], for what no reader of ours takes for a number or a truth value by itself.
pub fn word(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Whether a text is one plain scalar wherever it stands, in brackets too.
fn is_plain(text: &str) -> bool {
    let begins = |c: char| {
        c.is_alphanumeric() || matches!(c, '§' | '«' | '“' | '‘' | '…' | '(' | '/' | '+' | '.' | '_' | '~' | '$' | '^')
    };
    let inside =
        |c: char| !c.is_control() && !is_break(c) && !matches!(c, '[' | ']' | '{' | '}' | ',' | '"' | '\u{feff}');
    text.starts_with(begins)
        && !text.ends_with([' ', ':', '\u{a0}'])
        && text.chars().all(inside)
        && !text.contains(": ")
        && !text.contains(" #")
        && !["~", "null", "Null", "NULL", "...", "---"].contains(&text)
        && !text.starts_with("...")
        && !text.contains("://\u{20}")
}

/// What some reader takes for a number, a date, a time or a truth value.
fn is_meant_otherwise(text: &str) -> bool {
    const WORDS: [&str; 13] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ".inf", ".nan", "="];
    let lower = text.to_ascii_lowercase();
    WORDS.contains(&&*lower)
        || text.parse::<f64>().is_ok()
        || text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'))
            && text.bytes().all(|b| {
                b.is_ascii_hexdigit() || matches!(b, b'_' | b':' | b'.' | b'-' | b'+' | b'x' | b'o' | b'T' | b'Z')
            })
}

/// Whether a text of several lines can stand as a literal block: what is in it is in it then.
fn is_block(text: &str) -> bool {
    let is_sound = |c: char| c == '\n' || !(c.is_control() || is_break(c) || c == '\u{feff}');
    text.contains('\n')
        && text.chars().all(is_sound)
        && !text.starts_with([' ', '\n'])
        && !text.ends_with('\n')
        && text.split('\n').all(|line| !line.ends_with(' ') && (line.is_empty() || !line.trim_start().is_empty()))
}

/// Line ends of Unicode, which some readers of YAML obey.
fn is_break(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // What no page can show would be a fault of the sheet.
            c if is_unshown(c) => out.push('\u{fffd}'),
            c if c.is_control() || is_break(c) || c == '\u{feff}' => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::file::FileId;
    use crate::base::tree::{Data, Node, yaml};

    #[test]
    fn texts() {
        for (text, expect) in [
            ("Les soldats", "Les soldats"),
            ("L’ONU (2024)", "L’ONU (2024)"),
            ("no", "\"no\""),
            ("NO", "\"NO\""),
            ("1e3", "\"1e3\""),
            ("1984", "\"1984\""),
            ("12:30", "\"12:30\""),
            ("0x1F", "\"0x1F\""),
            ("2024-10-23", "\"2024-10-23\""),
            ("a: b", "\"a: b\""),
            ("a:", "\"a:\""),
            ("https://example.org/a#b?c=d", "https://example.org/a#b?c=d"),
            ("a #b", "\"a #b\""),
            ("- a", "\"- a\""),
            ("-", "\"-\""),
            ("", "\"\""),
            ("~", "\"~\""),
            ("null", "\"null\""),
            ("@a", "\"@a\""),
            ("*a", "\"*a\""),
            ("a, b", "\"a, b\""),
            ("\"a\" \\", "\"\\\"a\\\" \\\\\""),
            (" a ", "\" a \""),
            ("a\tb\u{2028}", "\"a\\tb\\u2028\""),
        ] {
            assert_eq!(scalar(text), expect);
        }
        assert_eq!(word("2024-10-23"), "2024-10-23");
        assert_eq!(word("[2023, 2024-06]"), "\"[2023, 2024-06]\"");
    }

    #[test]
    fn a_mapping() {
        let text = |text: &str| Value::Text(text.into());
        let pairs = [
            Pair::new("title", text("a: b")).with(Some("from og:title\n".into())),
            Pair::new(
                "author",
                Value::List(vec![Value::Word("kim".into()), Value::Map(vec![Pair::new("name", text("cnn"))])]),
            ),
            Pair::new(
                "extra",
                Value::Map(vec![Pair::new("abstract", text("one\n\n  two")), Pair::new("n", Value::List(vec![]))]),
            ),
            Pair::new(
                "list",
                Value::List(vec![Value::Map(vec![Pair::new("a", text("x")), Pair::new("b", text("z"))]), text("p\nq")]),
            ),
        ];
        let expect = "title: \"a: b\"  # from og:title\nauthor: [kim, { name: cnn }]\nextra:\n  abstract: |-\n    one\n\n      two\n  n: []\nlist:\n  - a: x\n    b: z\n  - |-\n    p\n    q\n";
        assert_eq!(map(&pairs), expect);
    }

    /// What is read, without places.
    fn read(node: &Node<'_>) -> Value {
        match &node.data {
            Data::Null => Value::Word("null".into()),
            Data::Unread => Value::Word("unread".into()),
            Data::Scalar { text, .. } => Value::Text(text.to_string()),
            Data::List(items) => Value::List(items.iter().map(read).collect()),
            Data::Map(entries) => {
                Value::Map(entries.iter().map(|e| Pair::new(e.key.to_string(), read(&e.value))).collect())
            }
        }
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            ".{0,30}",
            "[-:#,\\[\\]{}'\"&*!|>%@` \n\tab1~.?]{0,12}",
            "(no|yes|on|~|null|1e3|0x1f|[0-9.:_-]{1,8}|---|\\.\\.\\.)",
            "([ab ]{0,4}\n){0,4}[ab ]{0,4}",
        ]
        .prop_map(|text| text.replace(super::is_unshown, "\u{fffd}"))
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = text().prop_map(Value::Text);
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
                prop::collection::btree_map("[a-z]{1,4}|[a-z:# -]{1,6}", inner, 0..4)
                    .prop_map(|map| Value::Map(map.into_iter().map(|(key, value)| Pair::new(key, value)).collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in value(), indent in 0usize..5, comment in proptest::option::of(".{0,20}")) {
            let pairs = vec![Pair::new("key", value).with(comment)];
            let written: String = map(&pairs).lines().map(|l| if l.is_empty() { "\n".into() } else { format!("{:indent$}{l}\n", "") }).collect();
            let report = yaml::parse(FileId(0), &written, 0..written.len());
            prop_assert!(report.diagnostics.is_empty(), "{written}\n{:?}", report.diagnostics);
            let Value::Map(found) = read(&report.value.root) else { panic!("{written}") };
            let plain: Vec<_> = pairs.into_iter().map(|pair| Pair { comment: None, ..pair }).collect();
            prop_assert_eq!(found, plain, "{}", written);
        }

        #[test]
        fn another_reader_agrees(text in text()) {
            // It keeps no control characters, in quotation marks or not.
            prop_assume!(!text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
            let written = map(&[Pair::new("key", Value::Text(text.clone()))]);
            let read: std::collections::BTreeMap<String, yaml_serde::Value> = yaml_serde::from_str(&written).unwrap();
            prop_assert_eq!(read["key"].as_str(), Some(&*text), "{}", written);
        }
    }
}
