//! A theme loaded again only if something in it changed.

use std::collections::HashSet;
use std::sync::Arc;

use super::Theme;
use sourcebook_core::base::diagnostic::{Diagnostics, Report};
use sourcebook_core::base::file::Located;
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::load::Parsed;
use sourcebook_core::model::Text;
use sourcebook_core::model::language::Language;

/// A theme as an earlier run loaded it.
pub struct LastTheme {
    key: Key,
    theme: Arc<Theme>,
    diagnostics: Diagnostics,
    own: Vec<(Arc<str>, Arc<str>)>,
}

/// All that a theme is made of.
#[derive(PartialEq)]
struct Key {
    language: Language,
    names: Vec<Located<Text>>,
    texts: Vec<(Text, Arc<str>)>,
    others: Vec<(Text, u64)>,
    /// What templates may ask for.
    assets: Vec<Text>,
}

/// As [`super::load`], with the same result; nothing is done where all is as `known` says.
pub fn load(parsed: &mut Parsed, world: &dyn World, known: &mut Option<LastTheme>) -> Report<Arc<Theme>> {
    let key = key(parsed, world);
    if let Some(known) = known.as_ref().filter(|known| key.as_ref() == Some(&known.key)) {
        for (path, text) in &known.own {
            parsed.files.add(path.clone(), text.clone());
        }
        return Report::new(known.theme.clone(), known.diagnostics.clone());
    }
    let before: HashSet<_> = parsed.files.iter().map(|(_, file)| file.path.clone()).collect();
    let Report { value, diagnostics } = super::load(parsed, world);
    let theme = Arc::new(value);
    let own = parsed.files.iter().filter(|(_, file)| !before.contains(&file.path));
    let own = own.map(|(_, file)| (file.path.clone(), file.text.clone())).collect();
    *known = key.map(|key| LastTheme { key, theme: theme.clone(), diagnostics: diagnostics.clone(), own });
    Report::new(theme, diagnostics)
}

/// `None` where it cannot be told whether a file is the same.
fn key(parsed: &Parsed, world: &dyn World) -> Option<Key> {
    let names = parsed.config.theme.clone();
    let (mut texts, mut others) = (Vec::new(), Vec::new());
    for file in &parsed.theme {
        let path = Text::from(file.whole_path());
        match file.file {
            Some(id) => texts.push((path, parsed.files.get(id).text.clone())),
            None => others.push((path, world.version(&file.whole_path())?)),
        }
    }
    let assets = parsed.content.assets.clone();
    Some(Key { language: parsed.config.language, names, texts, others, assets })
}
