//! Which element of a page holds its story.
//!
//! 1. Every element is weighed: the letters in it that are seen, less those of links, for menus are links.
//! 2. The first of these that holds a good part of the page: the body of an article as schema.org marks it
//!    (`itemprop=articleBody`); the one `article` that outweighs all others together; `main`.
//! 3. Else the story is the whole page, less its menus and what stands beside it.

use super::style::{Show, show};
use super::tree::{DOCUMENT, Id, Tree};

/// Where the story is.
#[derive(Debug)]
pub(super) struct Story {
    /// The element that holds it; the document where none does.
    pub root: Id,
    /// The letters of each node.
    pub weights: Vec<u32>,
}

impl Story {
    /// The letters of an element.
    pub(super) fn weight(&self, id: Id) -> u32 {
        self.weights[id as usize]
    }
}

/// Finds the story.
pub(super) fn of(tree: &Tree) -> Story {
    let weights = weigh(tree);
    let weight = |id: &Id| weights[*id as usize];
    let marked = elements(tree, |id, _| {
        tree.attribute(id, "itemprop").is_some_and(|value| value.split_ascii_whitespace().any(|v| v == "articleBody"))
    });
    let articles = elements(tree, |id, name| name == "article" || role(tree, id) == Some("article"));
    let mains = elements(tree, |id, name| name == "main" || role(tree, id) == Some("main"));
    // A good part: a page of teasers has none.
    let enough = weights[DOCUMENT as usize] / 4;
    let heaviest = |of: &[Id]| of.iter().copied().max_by_key(|id| (weight(id), std::cmp::Reverse(*id)));
    let outweighs = |id: &Id| u64::from(weight(id)) * 2 > articles.iter().map(|a| u64::from(weight(a))).sum::<u64>();
    let found = [heaviest(&marked), heaviest(&articles).filter(outweighs), heaviest(&mains)];
    let root = found.into_iter().flatten().find(|id| weight(id) > enough.max(1)).unwrap_or(DOCUMENT);
    Story { root, weights }
}

/// What an element says that it is.
pub(super) fn role(tree: &Tree, id: Id) -> Option<&str> {
    tree.attribute(id, "role").and_then(|role| role.split_ascii_whitespace().next())
}

/// The outermost elements of a kind that are seen, in order.
fn elements(tree: &Tree, is: impl Fn(Id, &str) -> bool) -> Vec<Id> {
    let mut found = Vec::new();
    let mut open = vec![DOCUMENT];
    while let Some(id) = open.pop() {
        match tree.name(id) {
            Some((name, true)) if is(id, name) => found.push(id),
            _ if show(tree, id) == Show::Never => {}
            _ => open.extend(tree.children_backwards(id)),
        }
    }
    found
}

fn weigh(tree: &Tree) -> Vec<u32> {
    let mut weights = vec![0u32; tree.len()];
    let mut order = Vec::new();
    let mut open = vec![DOCUMENT];
    while let Some(id) = open.pop() {
        let is_link = tree.name(id).is_some_and(|(name, _)| name == "a" || name == "button");
        if !is_link && show(tree, id) != Show::Never {
            order.push(id);
            open.extend(tree.children(id));
        }
    }
    for &id in order.iter().rev() {
        let own = tree.text(id).map_or(0, |text| text.chars().filter(|c| c.is_alphanumeric()).count());
        let weight = weights[id as usize].saturating_add(u32::try_from(own).unwrap_or(u32::MAX));
        weights[id as usize] = weight;
        if let Some(parent) = tree.parent(id) {
            let sum = &mut weights[parent as usize];
            *sum = sum.saturating_add(weight);
        }
    }
    weights
}
