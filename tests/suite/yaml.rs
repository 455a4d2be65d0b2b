//! Our reading of YAML against `yaml_serde`, and what must hold for any text.

use proptest::prelude::*;
use sourcebook_core::base::diagnostic::Severity;
use sourcebook_core::base::file::FileId;
use sourcebook_core::base::tree::yaml::parse;
use sourcebook_core::base::tree::{Data, Node};
use yaml_serde::Value;

use crate::driver::{files_below, split, suite, to_bytes};

/// Our tree if nothing is wrong with the text, else the first fault.
fn ours(text: &str) -> Result<Node<'_>, String> {
    let report = parse(FileId(0), text, 0..text.len());
    match report.diagnostics.iter().find(|d| d.severity == Severity::Error) {
        Some(fault) => Err(fault.message.clone()),
        None => Ok(report.value.root),
    }
}

/// Whether a node says what a value says: a plain scalar is what it is read as.
fn same(node: &Node<'_>, value: &Value) -> bool {
    match (&node.data, value) {
        (Data::Null, Value::Null) => true,
        (Data::Scalar { text, .. }, Value::String(other)) => text == other,
        (Data::Scalar { text, plain: true }, Value::Bool(_) | Value::Number(_)) => {
            yaml_serde::from_str::<Value>(text).is_ok_and(|read| read == *value)
        }
        (Data::List(items), Value::Sequence(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(a, b)| same(a, b))
        }
        (Data::Map(entries), Value::Mapping(others)) => {
            entries.len() == others.len()
                && entries.iter().zip(others).all(|(a, (key, value))| {
                    let name = key.as_str().map_or_else(|| yaml_serde::to_string(key).unwrap(), str::to_owned);
                    (a.key == name.trim_end() || !key.is_string()) && same(&a.value, value)
                })
        }
        _ => false,
    }
}

#[track_caller]
fn check(text: &str) {
    match (ours(text), yaml_serde::from_str::<Value>(text)) {
        (Ok(node), Ok(value)) => assert!(same(&node, &value), "{text}\n{node:?}\n{value:?}"),
        (Err(_), Err(_)) => {}
        (ours, theirs) => panic!("{text}\nours: {ours:?}\ntheirs: {theirs:?}"),
    }
}

#[test]
fn samples_read_the_same() {
    for path in files_below(&suite().join("../../content")) {
        if path.extension().is_some_and(|e| e == "yaml") {
            check(&std::fs::read_to_string(path).unwrap());
        }
    }
    for text in [
        "",
        "~",
        "a",
        "- a\n- b",
        "a: b",
        "a:\n- b\n-\n",
        "{a: [b, {c: d}], e: }",
        "'it''s'",
        "\"a\\tb\\u00e9\"",
        "a: |\n  x\n   y\n\n  z\n",
        "a: |-\n  x\n",
        "a: |+\n  x\n\n",
        "a: >\n  x\n  y\n\n  z\n",
        "a: >-\n  x\n  y\n",
        "a: x\n  y\n  z",
        "a: \"x\n  y\"",
        "# c\na: b # d\n",
        "? a\n: b\n",
        "a: &x b\nc: *x\n",
        "a: 'x\n\n  y'",
        "no: on\nyes: NO",
        "a: 010\nb: 0x1F\nc: 1_000\nd: 1e3\ne: .5\nf: -0",
        "a: 2024-06-03",
        "a: ~\nb: null\nc: Null\nd:",
        "a : b",
        "a: b:c",
        "a: [b,c , d]",
        "a: {b}",
        "'a': b\n\"c\": d",
        "[]",
        "{}",
        "a: []\nb: {}",
        "---\na: b\n...\n",
        "--- a",
        "\u{feff}a: b",
        "a: b\r\nc: d\r\n",
        "a: |\r\n  x\r\n  y\r\n",
        "é: ü",
        "a: \"\\\"\"",
        "- - a\n  - b\n- c",
        "a: - b",
        "a: b: c",
        "a: @b",
        "a: `b",
        "a: %b",
        "%a: b",
        "a: *",
        "a: &",
        "a: [",
        "a: {b: c",
        "a: 'b",
        "a: \"b",
        "a:\n\tb: c",
        "a: b\n c: d",
        "a:\n  b\n c",
        "a: 'b' c",
        "a: \"\\q\"",
        "a: !!str 3",
        "- a\nb: c",
    ] {
        check(text);
    }
}

#[test]
fn faulty_samples_are_refused_by_both() {
    let mut odd = Vec::new();
    for path in files_below(&suite().join("faults")) {
        let (_, files) = split(&crate::driver::strip(&std::fs::read_to_string(&path).unwrap()));
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".yaml")) {
            let Ok(text) = String::from_utf8(to_bytes(text)) else { continue };
            let (ours, theirs) = (ours(&text), yaml_serde::from_str::<Value>(&text));
            match (&ours, &theirs) {
                (Ok(node), Ok(value)) if !same(node, value) => odd.push(format!("{}:{name} differs", path.display())),
                // What we refuse by choice: tags, keys that are no text, repeated keys, what no page can show.
                (Err(message), Ok(_))
                    if !["tags are", "a key must", "twice", "second one", "control character"]
                        .iter()
                        .any(|w| message.contains(w)) =>
                {
                    odd.push(format!("{}:{name} ours: {message}", path.display()));
                }
                (Ok(_), Err(error)) => odd.push(format!("{}:{name} theirs: {error}", path.display())),
                _ => {}
            }
        }
    }
    assert!(odd.is_empty(), "{}", odd.join("\n"));
}

/// A value to be written in one of the ways in which YAML can be written.
#[derive(Clone, Debug)]
enum Sample {
    Plain(String),
    Single(String),
    Double(String),
    Block(String),
    List(Vec<Sample>, bool),
    Map(Vec<Sample>, bool),
}

fn samples() -> impl Strategy<Value = Sample> {
    let words = "[a-zé«][a-zé0-9 '\"’,:»-]{0,12}[a-zé0-9]";
    let scalar = prop_oneof![
        "[a-z0-9][a-z0-9é._-]{0,10}".prop_map(Sample::Plain),
        "(true|null|~|12|1_000|0\\.5|2024-06|no|~11000|x>=3)".prop_map(Sample::Plain),
        words.prop_map(Sample::Single),
        "[a-zé\\\\\"\t’]{0,12}".prop_map(Sample::Double),
        "[a-zé]{1,8}( [a-zé]{1,8}){0,3}(\n{1,2}[a-zé#:-]{1,8}){0,3}".prop_map(Sample::Block),
    ];
    scalar.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..5), any::<bool>())
                .prop_map(|(items, flow)| Sample::List(items, flow)),
            (prop::collection::vec(inner, 0..5), any::<bool>()).prop_map(|(items, flow)| Sample::Map(items, flow)),
        ]
    })
}

/// Writes a sample at an indentation; within a flow, all is flow.
fn write(sample: &Sample, indent: usize, flow: bool) -> String {
    let pad = " ".repeat(indent);
    match sample {
        Sample::Plain(text) => text.clone(),
        Sample::Single(text) => format!("'{}'", text.replace('\'', "''")),
        Sample::Block(text) if !flow => {
            let lines: Vec<_> =
                text.lines().map(|l| if l.is_empty() { String::new() } else { format!("{pad}{l}") }).collect();
            format!("|-\n{}", lines.join("\n"))
        }
        Sample::Double(text) | Sample::Block(text) => format!("{text:?}"),
        Sample::List(items, in_flow) if *in_flow || flow || items.is_empty() => {
            let items: Vec<_> = items.iter().map(|item| write(item, indent, true)).collect();
            format!("[{}]", items.join(", "))
        }
        Sample::List(items, _) => {
            let items =
                items.iter().map(|item| format!("\n{pad}- {}", write(item, indent + 2, false).trim_end_matches('\n')));
            items.collect()
        }
        Sample::Map(items, in_flow) if *in_flow || flow || items.is_empty() => {
            let items = items.iter().enumerate().map(|(n, item)| format!("k{n}: {}", write(item, indent, true)));
            format!("{{ {} }}", items.collect::<Vec<_>>().join(", "))
        }
        Sample::Map(items, _) => {
            let items = items
                .iter()
                .enumerate()
                .map(|(n, item)| format!("\n{pad}k{n}: {}", write(item, indent + 2, false).trim_end_matches('\n')));
            items.collect()
        }
    }
}

/// Every node lies in its parent, and what it spans is what it says.
fn sound(node: &Node<'_>, text: &str) -> Result<(), String> {
    let slice = text.get(node.span.range()).ok_or_else(|| format!("{:?} is no part of the text", node.span))?;
    let within =
        |inner: sourcebook_core::base::file::Span| node.span.start <= inner.start && inner.end <= node.span.end;
    let ensure =
        |holds: bool, what: &str| if holds { Ok(()) } else { Err(format!("{what}: `{slice}` for {:?}", node.data)) };
    match &node.data {
        Data::Null => ensure(matches!(slice, "" | "~" | "null" | "Null" | "NULL"), "nothing"),
        Data::Unread => Ok(()),
        Data::Scalar { text, plain: true } => ensure(lines(slice) == lines(text), "plain"),
        // A block begins after its `|`.
        Data::Scalar { text, .. } => {
            ensure(slice.starts_with(['"', '\'', '|', '>']) || lines(slice) == lines(text), "quoted or block")
        }
        Data::List(items) => items.iter().try_for_each(|item| {
            ensure(within(item.span) || matches!(item.data, Data::Null), "list")?;
            sound(item, text)
        }),
        Data::Map(entries) => entries.iter().try_for_each(|entry| {
            ensure(within(entry.key_span), "key")?;
            ensure(within(entry.value.span) || matches!(entry.value.data, Data::Null), "value")?;
            sound(&entry.value, text)
        }),
    }
}

/// The words, for line ends are folded.
fn lines(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A node of an alias stands where the alias does, and what is in it where the anchor is.
fn has_aliases(text: &str) -> bool {
    text.contains(['*', '&', '!'])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_the_same(sample in samples()) {
        let text = write(&Sample::Map(vec![sample], false), 0, false);
        check(&text);
        if let Ok(node) = ours(&text) {
            prop_assert_eq!(sound(&node, &text), Ok(()), "{}", text);
        }
    }

    #[test]
    fn any_text_ends_in_a_tree_or_a_fault(text in "[a-c \n\t:\\[\\]{},'\"#&*!|>%@`?~é-]{0,40}") {
        let report = parse(FileId(0), &text, 0..text.len());
        for fault in &report.diagnostics {
            prop_assert!(text.get(fault.span.unwrap().range()).is_some(), "{text:?} {fault:?}");
        }
        if !report.value.broken && report.diagnostics.is_empty() && !has_aliases(&text) {
            prop_assert_eq!(sound(&report.value.root, &text), Ok(()), "{:?}", text);
            if let Ok(value) = yaml_serde::from_str::<Value>(&text) {
                prop_assert!(same(&report.value.root, &value), "{text:?}\n{:?}\n{value:?}", report.value.root);
            }
        }
    }

    #[test]
    fn any_characters_end_in_a_tree_or_a_fault(text in any::<String>()) {
        parse(FileId(0), &text, 0..text.len());
    }

    #[test]
    fn a_cut_sheet_ends_in_a_tree_or_a_fault(at in 0usize..9000, with in "[\"'{\\[\t:#&*|>\n]{0,2}") {
        let sheet = include_str!("../../content/sheets/affirmations-traite.yaml");
        let cut = sheet.floor_char_boundary(at.min(sheet.len()));
        let end = sheet.floor_char_boundary((cut + 200).min(sheet.len()));
        for text in [format!("{}{with}", &sheet[..cut]), format!("{}{with}{}", &sheet[..cut], &sheet[end..])] {
            let report = parse(FileId(0), &text, 0..text.len());
            for fault in &report.diagnostics {
                prop_assert!(text.get(fault.span.unwrap().range()).is_some());
            }
        }
    }
}
