//! `[[stamp]]`: authorities that `sourcebook stamp` asks for timestamps (RFC 3161).

use crate::base::diagnostic::Diagnostic;
use crate::base::file::Located;
use crate::base::id::is_id;
use crate::base::tree::decode::LText;
use crate::base::tree::decode::{Context, Fields};
use crate::base::tree::record::record;
use crate::model::Text;

/// An authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// What its files are called: `proof/ID.pem`, and `ID.tsr` beside each lock.
    pub id: Text,
    /// As pages name it.
    pub name: Text,
    /// Where it answers.
    pub url: Text,
}

impl Authority {
    /// The stem of its files.
    pub fn stem(&self) -> &str {
        &self.id
    }
}

struct Raw {
    id: Option<LText>,
    name: Option<LText>,
    url: Option<LText>,
}

record!(Raw as "Stamp", "a table of `id`, `name` and `url`", {
    id: required "id", name: optional "name", url: required "url",
});

/// Reads the tables, each id once.
pub(super) fn decode(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Vec<Authority> {
    let raw: Vec<Located<Raw>> = f.or_default("stamp", cx);
    let mut found: Vec<Authority> = Vec::new();
    for table in raw {
        let Raw { id: Some(id), name, url: Some(url) } = table.value else { continue };
        let is_known = found.iter().any(|other| other.id == id.value);
        if !is_id(&id.value) || is_known {
            let message = match is_known {
                true => format!("two authorities are called `{}`", id.value),
                false => format!("`{}` cannot be the name of files", id.value),
            };
            let help = "use lower-case letters and digits, joined by single hyphens, for each another";
            cx.diagnostics.push(Diagnostic::error("bad-id", id.span, message).help(help));
            continue;
        }
        if !url.value.starts_with("http://") && !url.value.starts_with("https://") {
            let message = format!("`{}` is no address on the web", url.value);
            cx.diagnostics
                .push(Diagnostic::error("unsafe-url", url.span, message).help("write https://authority.example/tsr"));
            continue;
        }
        let name = name.map_or_else(|| id.value.clone(), |name| name.value);
        found.push(Authority { id: id.value, name, url: url.value });
    }
    found
}
