//! The citation style that `[citations] style` names: one of the archive, or a file of the dossier.

use std::sync::Arc;

use crate::styles::{Style, is_path};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::{Files, Span};
use sourcebook_core::base::tree::decode::LText;
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::config::Config;
use sourcebook_core::dossier::load::read_text;
use sourcebook_core::model::language::Language;

/// A larger file is no style: the largest there is has a tenth of it.
const MAX_STYLE: usize = 2 << 20;

/// A style as an earlier run read it: its name, or its text.
pub type LastStyle = Option<(Arc<str>, Language, Style)>;

/// Reads the style, unless an earlier run did; one that is at fault is as none.
pub fn load(
    world: &dyn World,
    config: &Config,
    files: &mut Files,
    known: &mut LastStyle,
    diagnostics: &mut Diagnostics,
) -> Option<Style> {
    let wanted = config.style.clone()?;
    let found = if is_path(&wanted.value) {
        from_file(world, config, files, &wanted, known)
    } else {
        named(config, &wanted, known)
    };
    found.map_err(|diagnostic| diagnostics.push(diagnostic)).ok()
}

fn named(config: &Config, wanted: &LText, known: &mut LastStyle) -> Result<Style, Diagnostic> {
    let read = |language| {
        Style::named(&wanted.value, language).map_err(|suggestion| {
            let message = format!("there is no citation style `{}`", wanted.value);
            let fault = Diagnostic::error("unknown-style", wanted.span, message).suggest(suggestion);
            match cfg!(feature = "csl") {
                true => {
                    fault.help("put a `.csl` file into the dossier and write its path: `style = \"styles/house.csl\"`")
                }
                false => fault.help("this program was built without citation styles (the Cargo feature `csl`)"),
            }
        })
    };
    again(known, &wanted.value, config.language, read)
}

fn from_file(
    world: &dyn World,
    config: &Config,
    files: &mut Files,
    wanted: &LText,
    known: &mut LastStyle,
) -> Result<Style, Diagnostic> {
    let text = read_text(world, &wanted.value, 0).map_err(|fault| fault.named(wanted))?;
    if text.len() > MAX_STYLE {
        let message = format!("`{}`: the file is far too large for a style", wanted.value);
        let help = "the path is taken from the dossier's root";
        return Err(Diagnostic::error("bad-style", wanted.span, message).help(help));
    }
    let file = files.add(&*wanted.value, text.clone());
    let read = |language| {
        Style::parse(&text, language).map_err(|fault| {
            let diagnostic = Diagnostic::error("bad-style", Span::new(file, fault.at), fault.message);
            fault.help.into_iter().fold(diagnostic, Diagnostic::help)
        })
    };
    again(known, &text, config.language, read)
}

/// What an earlier run made of the same text; else it is made, and remembered.
fn again(
    known: &mut LastStyle,
    text: &Arc<str>,
    language: Language,
    read: impl FnOnce(Language) -> Result<Style, Diagnostic>,
) -> Result<Style, Diagnostic> {
    if let Some((_, _, style)) = known.as_ref().filter(|(of, in_language, _)| of == text && *in_language == language) {
        return Ok(style.clone());
    }
    let style = read(language)?;
    *known = Some((text.clone(), language, style.clone()));
    Ok(style)
}
