//! Lists in a sentence: "A, B et C".

use super::messages::Messages;

/// Joins with commas and, before the last, "et" or "and".
pub fn join(items: &[String], messages: &Messages) -> String {
    join_with(items, "list.and", messages)
}

/// Joins with commas and, before the last, "ou" or "or".
pub fn join_or(items: &[String], messages: &Messages) -> String {
    join_with(items, "list.or", messages)
}

/// The same for items that hold an "or" themselves.
pub fn join_or_apart(items: &[String], messages: &Messages) -> String {
    join_with(items, "list.or_apart", messages)
}

/// As [`join`]; items that hold commas themselves would run into one another, and are parted by semicolons.
pub fn join_apart(items: &[String], messages: &Messages) -> String {
    match items.iter().any(|item| item.contains(", ")) {
        true => items.join(messages.text("note.next")),
        false => join(items, messages),
    }
}

fn join_with(items: &[String], last: &str, messages: &Messages) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., end] => {
            let start = rest.join(messages.text("list.comma"));
            messages.fill(last, &[("start", &start), ("end", end)])
        }
    }
}
