//! Which records a block of data in a text names: those of a chronology, the question or the sources that are compared.
//!
//! They are bound as links are, so that an id that nobody has is told at its place, and each record knows who shows it.

use std::ops::Range;

use crate::base::file::FileId;
use crate::base::tree::{Data, Node, yaml};
use crate::model::Text;
use crate::model::block::Block;
use crate::model::prose::Located;

/// The ids that a block names, each with its bytes in the text; where the block's lines stand otherwise in the text (within a
/// quotation), with the place where it begins.
pub fn ids(block: &Block, text: &str) -> Vec<Located<Text>> {
    let (keys, data) = (block.kind.id_keys(), &block.data);
    if keys.is_empty() {
        return Vec::new();
    }
    let is_as_written = text.get(data.range.clone()) == Some(&*data.lines);
    let at = |range: Range<usize>| match is_as_written {
        true => data.range.start + range.start..data.range.start + range.end,
        false => data.range.start..data.range.start,
    };
    let tree = yaml::parse(FileId(0), &data.lines, 0..data.lines.len()).value;
    let Data::Map(entries) = &tree.root.data else { return Vec::new() };
    let named = entries.iter().filter(|entry| keys.contains(&&*entry.key));
    let values = named.flat_map(|entry| match &entry.value.data {
        Data::List(items) => items.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    });
    let id = |node: &Node<'_>| match &node.data {
        Data::Scalar { text, .. } if !text.is_empty() => {
            Some(Located { value: Text::from(&**text), range: at(node.span.range()) })
        }
        _ => None,
    };
    values.filter_map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::ids;
    use crate::model::markdown::outline;

    #[test]
    fn ids_of_blocks() {
        let check = |text: &str, expect: &str| {
            let outline = outline(text);
            let found = outline.blocks.iter().flat_map(|block| ids(block, text));
            let all: Vec<_> = found.map(|id| format!("{}={}", id.value, &text[id.range])).collect();
            assert_eq!(all.join(" "), expect, "{text}");
        };
        check("```timeline\nrecords: [a, \"b\"]\nof: c\nfrom: 2024\n```", "a=a b=\"b\" c=c");
        check("Words\n\n```compare\nquestion: q\n```", "q=q");
        check("```compare\nsources:\n  - s\n  - t\n```", "s=s t=t");
        check("> ```compare\n> question: q\n> ```", "q=q");
        check("> ```compare\n> sources:\n>   - s\n> ```", "s=");
        check("```table\nfile: q\n```", "");
        check("```timeline\nrecords: [\n```", "");
        check("```timeline\n```", "");
    }
}
