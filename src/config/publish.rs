//! `[publish]`: what is written for hosts and readers besides pages.

use crate::diagnostic::Diagnostic;
use crate::load::sheet::LText;
use crate::model::Text;
use crate::tree::decode::{Context, Fields};

/// What is written for hosts and readers besides pages.
#[derive(Clone, Debug)]
pub struct Publish {
    /// Whether the exports are written.
    pub data: bool,
    /// Whether `_headers` and `_redirects` are written.
    pub headers: bool,
    /// The domain of GitHub Pages' `CNAME`.
    pub cname: Option<Text>,
    /// The picture that stands for the dossier where it is shared: an asset's path within `content/`.
    pub image: Option<LText>,
}

impl Default for Publish {
    fn default() -> Self {
        Self { data: true, headers: true, cname: None, image: None }
    }
}

/// Reads the table.
pub fn decode(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Publish {
    let mut flag = |key: &'static str| f.optional::<bool>(key, cx).is_none_or(|on| on.value);
    let (data, headers) = (flag("data"), flag("headers"));
    Publish { data, headers, cname: cname(f, cx), image: f.optional("image", cx) }
}

/// A host name (RFC 1123), without scheme, port or path.
fn cname(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Text> {
    let name: LText = f.optional("cname", cx)?;
    let label = |part: &str| {
        let plain = part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        plain && (1..=63).contains(&part.len()) && !part.starts_with('-') && !part.ends_with('-')
    };
    let sound = name.value.contains('.') && name.value.len() <= 253 && name.value.split('.').all(label);
    if !sound {
        let message = format!("`{}` is not the name of a host", name.value);
        let help = "write a domain alone, without `https://` or a path: dossier.example.org";
        cx.diagnostics.push(Diagnostic::error("bad-value", name.span, message).help(help));
        return None;
    }
    Some(name.value)
}
