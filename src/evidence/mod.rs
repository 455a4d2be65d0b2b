//! Quotes looked up in captures.
