//! What each code means, for `sourcebook explain` and `docs/rules.md`.

/// What a code means.
pub fn explain(_code: &str) -> Option<String> {
    None
}
