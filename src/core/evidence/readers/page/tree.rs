//! A page as a tree in one list of nodes: html5ever builds it, nothing here calls itself.
//!
//! The work of building a tree grows with the elements that are open: each token costs as many steps as its depth, and
//! each node a number of them, counted against [`Bounds::steps`].

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TokenizerResult, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, ExpandedName, QualName};

use crate::evidence::readers::{Bounds, Why};

/// What one node costs besides its depth.
const NODE: u64 = 64;

/// A parsed page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// The place of a node in its tree.
pub(super) type Id = u32;

/// The document.
pub(super) const DOCUMENT: Id = 0;

#[derive(Debug)]
struct Node {
    parent: Option<Id>,
    before: Option<Id>,
    after: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
    depth: u32,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// The document, and what a `template` holds.
    Root,
    Element {
        name: Rc<QualName>,
        attributes: Vec<Attribute>,
        /// What a `template` holds.
        contents: Option<Id>,
    },
    Text(StrTendril),
    Other,
}

/// Parses a page.
///
/// # Errors
/// Its elements are nested in a way that costs more steps than the bounds allow.
pub(super) fn parse(page: &str, what: &'static str, bounds: &Bounds) -> Result<Tree, Why> {
    let sink = Sink {
        nameless: Rc::new(QualName::new(None, html5ever::ns!(), html5ever::local_name!(""))),
        nodes: RefCell::default(),
        depth: Cell::new(0),
        left: Cell::new(bounds.steps),
        over: Cell::new(false),
    };
    sink.add(Kind::Root);
    let builder = TreeBuilder::new(sink, TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() });
    let tokenizer = Tokenizer::new(Counting(builder), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let sink = tokenizer.sink.0.sink;
    if sink.over.get() {
        return Err(Why::Bound { what, bound: "elements in one another" });
    }
    Ok(Tree { nodes: sink.nodes.into_inner() })
}

impl Tree {
    /// The children of a node, in order.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let next = |id: Id| self.node(id).after;
        std::iter::successors(self.node(id).first, move |id| next(*id))
    }

    /// The children of a node, last first.
    pub(super) fn children_backwards(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let next = |id: Id| self.node(id).before;
        std::iter::successors(self.node(id).last, move |id| next(*id))
    }

    /// The node around a node.
    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id).parent
    }

    /// The local name of an element, and whether it is one of HTML's own.
    pub(super) fn name(&self, id: Id) -> Option<(&str, bool)> {
        match &self.node(id).kind {
            Kind::Element { name, .. } => Some((&name.local, name.ns == html5ever::ns!(html))),
            _ => None,
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Element { attributes, .. } => attributes.iter().find(|a| &*a.name.local == wanted).map(|a| &*a.value),
            _ => None,
        }
    }

    /// The words of a text node.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What a `template` holds.
    pub(super) fn contents(&self, id: Id) -> Option<Id> {
        match &self.node(id).kind {
            Kind::Element { contents, .. } => *contents,
            _ => None,
        }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    fn node(&self, id: Id) -> &Node {
        &self.nodes[id as usize]
    }
}

/// Counts the steps of each token, and lets none through once there are too many.
struct Counting(TreeBuilder<Handle, Sink>);

impl TokenSink for Counting {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let sink = &self.0.sink;
        sink.charge(u64::from(sink.depth.get()));
        if sink.over.get() && !matches!(token, Token::EOFToken) {
            return TokenSinkResult::Continue;
        }
        self.0.process_token(token, line)
    }

    fn end(&self) {
        self.0.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.0.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

#[derive(Clone)]
struct Handle {
    id: Id,
    /// Of an element; empty for what is none.
    name: Rc<QualName>,
}

struct Sink {
    nameless: Rc<QualName>,
    nodes: RefCell<Vec<Node>>,
    /// Of the innermost open element.
    depth: Cell<u32>,
    left: Cell<u64>,
    over: Cell<bool>,
}

impl Sink {
    fn charge(&self, steps: u64) {
        match self.left.get().checked_sub(steps) {
            Some(left) => self.left.set(left),
            None => self.over.set(true),
        }
    }

    fn add(&self, kind: Kind) -> Id {
        self.charge(NODE);
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { parent: None, before: None, after: None, first: None, last: None, depth: 0, kind });
        (nodes.len() - 1) as Id
    }

    fn handle(&self, id: Id) -> Handle {
        Handle { id, name: Rc::clone(&self.nameless) }
    }

    /// Puts a node among the children of another, before one of them or last.
    fn insert(&self, id: Id, parent: Id, sibling: Option<Id>) {
        self.detach(id);
        let mut nodes = self.nodes.borrow_mut();
        let before = match sibling {
            Some(sibling) => nodes[sibling as usize].before,
            None => nodes[parent as usize].last,
        };
        let depth = nodes[parent as usize].depth + 1;
        let node = &mut nodes[id as usize];
        (node.parent, node.before, node.after, node.depth) = (Some(parent), before, sibling, depth);
        if matches!(node.kind, Kind::Element { .. }) {
            self.depth.set(depth);
        }
        match before {
            Some(before) => nodes[before as usize].after = Some(id),
            None => nodes[parent as usize].first = Some(id),
        }
        match sibling {
            Some(sibling) => nodes[sibling as usize].before = Some(id),
            None => nodes[parent as usize].last = Some(id),
        }
    }

    fn detach(&self, id: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[id as usize];
        let (parent, before, after) = (node.parent.take(), node.before.take(), node.after.take());
        match (before, parent) {
            (Some(before), _) => nodes[before as usize].after = after,
            (None, Some(parent)) => nodes[parent as usize].first = after,
            (None, None) => {}
        }
        match (after, parent) {
            (Some(after), _) => nodes[after as usize].before = before,
            (None, Some(parent)) => nodes[parent as usize].last = before,
            (None, None) => {}
        }
    }

    fn put(&self, parent: Id, sibling: Option<Id>, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(node) => self.insert(node.id, parent, sibling),
            NodeOrText::AppendText(text) => {
                let beside = {
                    let nodes = self.nodes.borrow();
                    sibling.map_or(nodes[parent as usize].last, |sibling| nodes[sibling as usize].before)
                };
                if let Some(beside) = beside
                    && let Kind::Text(there) = &mut self.nodes.borrow_mut()[beside as usize].kind
                {
                    there.push_tendril(&text);
                    return;
                }
                let id = self.add(Kind::Text(text));
                self.insert(id, parent, sibling);
            }
        }
    }

    fn parent_of(&self, id: Id) -> Option<Id> {
        self.nodes.borrow()[id as usize].parent
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.handle(DOCUMENT)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let contents = flags.template.then(|| self.add(Kind::Root));
        let name = Rc::new(name);
        let id = self.add(Kind::Element { name: Rc::clone(&name), attributes, contents });
        Handle { id, name }
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        self.handle(self.add(Kind::Other))
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        self.handle(self.add(Kind::Other))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.put(parent.id, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        match self.parent_of(element.id) {
            Some(parent) => self.put(parent, Some(element.id), child),
            None => self.append(previous, child),
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    fn pop(&self, node: &Handle) {
        self.depth.set(self.nodes.borrow()[node.id as usize].depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let contents = match &self.nodes.borrow()[target.id as usize].kind {
            Kind::Element { contents, .. } => *contents,
            _ => None,
        };
        self.handle(contents.unwrap_or(target.id))
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        if let Some(parent) = self.parent_of(sibling.id) {
            self.put(parent, Some(sibling.id), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, new: Vec<Attribute>) {
        if let Kind::Element { attributes, .. } = &mut self.nodes.borrow_mut()[target.id as usize].kind {
            for attribute in new {
                if !attributes.iter().any(|a| a.name == attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        loop {
            let first = self.nodes.borrow()[node.id as usize].first;
            let Some(child) = first else { break };
            self.charge(1);
            self.insert(child, parent.id, None);
        }
    }
}
