//! From the outlet that was read, through whom it quotes, to the origin: `outlet ← agency ← speaker`. A list that can be
//! read aloud; the stylesheet draws the arrows, and a bracket where several chains end in one origin.

use std::fmt::Write;

use super::answers::sentence;
use super::svg::{escape, figure, linked};

/// The origins of a claim or of several.
#[derive(Clone, Copy, Debug)]
pub struct DerivationFigure<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What the figure shows, as a heading; may be empty.
    pub title: &'a str,
    /// How to read it; may be empty.
    pub caption: &'a str,
    /// Each origin with the chains that lead to it.
    pub origins: &'a [Origin],
    /// What an arrow means, in words between two names ("according to"): read aloud, not shown.
    pub arrow: &'a str,
}

/// An origin, and the chains that lead to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The speaker or source at the origin.
    pub node: Node,
    /// Chains, each from the outlet that was read to the last step before the origin. A chain may be empty.
    pub chains: Vec<Vec<Node>>,
}

/// A step of a chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Name, or "origin not given".
    pub label: String,
    /// Below the name; may be empty.
    pub note: String,
    /// Where the name leads.
    pub href: Option<String>,
    /// Not known: drawn dashed.
    pub unknown: bool,
}

/// Draws the chains; an empty text where there is no origin.
pub fn derivation(input: &DerivationFigure) -> String {
    if input.origins.is_empty() {
        return String::new();
    }
    let origins: String = input.origins.iter().map(|one| origin(one, input.arrow)).collect();
    let body = format!("<ul class=\"fig-origins\">{origins}</ul>");
    figure("derivation", input.id, input.title, &body, &sentence(input.caption))
}

fn origin(origin: &Origin, words: &str) -> String {
    let chains: Vec<_> = origin.chains.iter().filter(|chain| !chain.is_empty()).collect();
    let mut out = String::from("<li class=\"fig-origin\">");
    if !chains.is_empty() {
        let class = if chains.len() > 1 { "fig-chains fig-several" } else { "fig-chains" };
        let _ = write!(out, "<ul class=\"{class}\">");
        for chain in chains {
            let steps: Vec<_> = chain.iter().map(node).collect();
            let _ = write!(out, "<li class=\"fig-chain\">{}</li>", steps.join(&arrow(words)));
        }
        let _ = write!(out, "</ul>{}", arrow(words));
    }
    let _ = write!(out, "{}</li>", node(&origin.node));
    out
}

fn node(node: &Node) -> String {
    let class = if node.unknown { "fig-node fig-unknown" } else { "fig-node" };
    let note = super::bands::small("fig-sub", &node.note);
    format!("<span class=\"{class}\">{}{note}</span>", linked(&node.label, node.href.as_deref()))
}

fn arrow(words: &str) -> String {
    format!(" <span class=\"fig-arrow\"><span class=\"fig-aloud\">{}</span></span> ", escape(words))
}
