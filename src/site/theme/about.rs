//! What a theme says of itself, in `theme.toml`: its name, version, licence, and the versions of sourcebook that it was made for.

use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::{FileId, Files, Span};
use sourcebook_core::base::tree::decode::{Context, Fields, Many, Text};
use sourcebook_core::base::tree::toml;
use sourcebook_core::dossier::load::ThemeFile;

/// The version of the program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Reads `theme.toml` of every theme; tells what cannot be read, and a theme that was made for other versions.
pub(super) fn check(theme: &[ThemeFile], files: &Files, diagnostics: &mut Diagnostics) {
    for file in theme.iter().filter(|file| &*file.path == "theme.toml") {
        if let Some(id) = file.file {
            one(id, &file.theme, &files.get(id).text, diagnostics);
        }
    }
}

fn one(file: FileId, theme: &str, text: &str, diagnostics: &mut Diagnostics) {
    let tree = toml::parse(file, text).take(diagnostics);
    if tree.broken {
        return;
    }
    let mut cx = Context { diagnostics, owner: Span::new(file, 0..0) };
    let Some(mut f) = Fields::of(&tree.root, "keys", &mut cx) else { return };
    for key in ["name", "version", "licence", "license", "description", "homepage"] {
        let _: Option<sourcebook_core::base::tree::decode::LText> = f.optional(key, &mut cx);
    }
    let made_for: Many<Text> = f.or_default("sourcebook", &mut cx);
    f.finish(&mut cx);
    let first = made_for.0.first().map(|version| version.span);
    if let Some(span) = first.filter(|_| !made_for.0.iter().any(|version| is_of(VERSION, &version.value))) {
        let versions: Vec<_> = made_for.0.iter().map(|version| &*version.value).collect();
        let message =
            format!("the theme `{theme}` was made for sourcebook {}, and this is {VERSION}", versions.join(", "));
        let help = "`sourcebook theme diff` shows what changed since its files were copied; where it looks right, add the version here";
        diagnostics.push(Diagnostic::warning("theme-version", span, message).help(help));
    }
}

/// Whether a version is the one that is named, or one of those that begin with it: `0.3` is 0.3.1 too, and not 0.30.
fn is_of(version: &str, named: &str) -> bool {
    let rest = version.strip_prefix(named.trim().trim_start_matches(['^', '~', '=', 'v']));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '+']))
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn versions() {
        let found = ["0.3", "0.3.1", "0", "v0.3", "0.30", "0.3.", "1"].map(|named| is_of("0.3.1", named));
        assert_eq!(found, [true, true, true, true, false, false, false]);
    }
}
