//! What of a theme replaces nothing and is used by nothing: `frame/fooot.html`, `[base] skipp`, a picture that no style shows.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{FILES, Sources};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, nearest};
use sourcebook_core::base::file::{FileId, Files, Span};
use sourcebook_core::base::tree::{Data, Node, toml};
use sourcebook_core::dossier::load::article::RawArticle;
use sourcebook_core::dossier::load::{Parsed, ThemeFile};
use sourcebook_core::model::Text;

/// The folders of a theme.
const FOLDERS: [&str; 3] = ["i18n", "static", "templates"];

/// Tells what nothing uses.
pub(super) fn check(parsed: &Parsed, files: &Sources, diagnostics: &mut Diagnostics) {
    if parsed.theme.is_empty() {
        return;
    }
    let use_of = Use::of(parsed, files);
    for file in &parsed.theme {
        match file.path.split_once('/') {
            Some(("templates", name)) => {
                diagnostics.extend(use_of.template(&parsed.files, &parsed.content.articles, file, name))
            }
            Some(("static", name)) => diagnostics.extend(use_of.file(file, name)),
            Some(("i18n", name)) => use_of.words(&parsed.files, file, name, diagnostics),
            Some((folder, _)) => {
                let near = nearest(folder, FOLDERS).map(|near| file.path.replacen(folder, near, 1));
                diagnostics.extend(near.map(|near| told(file, None).suggest(Some(&near))));
            }
            None => {}
        }
    }
}

fn told(file: &ThemeFile, at: Option<FileId>) -> Diagnostic {
    let message = format!("`{}` replaces nothing, and nothing uses it", file.whole_path());
    let diagnostic = Diagnostic::warning("theme-unused", Span::new(FileId(0), 0..0), message);
    Diagnostic { span: at.map(|id| Span::new(id, 0..0)), ..diagnostic }
}

/// Where names may stand that make something used.
struct Use<'a> {
    /// Templates of the dossier's own, with those that another of their theme took the place of.
    templates: Vec<&'a str>,
    /// What articles ask for.
    asked: BTreeSet<&'a str>,
    /// Stylesheets and scripts of the dossier's own.
    statics: Vec<String>,
}

impl<'a> Use<'a> {
    fn of(parsed: &'a Parsed, files: &Sources) -> Self {
        let own = parsed.theme.iter().filter(|file| file.path.starts_with("templates/")).filter_map(|file| file.file);
        let asked = parsed.content.articles.iter().filter_map(|article| article.front.template.as_ref());
        let is_text = |path: &str| path.starts_with("static/") && (path.ends_with(".css") || path.ends_with(".js"));
        let statics = files.iter().filter(|(path, source)| source.theme.is_some() && is_text(path));
        Self {
            templates: own.map(|id| &*parsed.files.get(id).text).collect(),
            asked: asked.map(|name| &*name.value).collect(),
            statics: statics.map(|(_, source)| String::from_utf8_lossy(&source.bytes).into_owned()).collect(),
        }
    }

    fn template(
        &self,
        files: &Files,
        articles: &[Arc<RawArticle>],
        file: &ThemeFile,
        name: &str,
    ) -> Option<Diagnostic> {
        let id = file.file?;
        let is_ours = |name: &str| FILES.iter().any(|(path, _)| path.strip_prefix("templates/") == Some(name));
        let in_theme = format!("{}/{name}", file.theme);
        let named = self.templates.iter().any(|text| is_quoted(text, name) || is_quoted(text, &in_theme));
        let used = is_ours(name)
            || is_block(files, articles, name)
            || self.asked.contains(name)
            || named
            || self.has_component(&files.get(id).text);
        (!used).then(|| {
            let ours = FILES.iter().filter_map(|(path, _)| path.strip_prefix("templates/"));
            told(file, Some(id)).suggest(nearest(name, ours))
        })
    }

    /// Whether a template defines what templates of the dossier call.
    fn has_component(&self, text: &str) -> bool {
        let names = text.split("{% component ").skip(1).filter_map(|rest| rest.split(['(', ' ']).next());
        names.filter(|name| !name.is_empty()).any(|name| {
            let call = format!("<{name}");
            self.templates.iter().any(|text| text.contains(&*call))
        })
    }

    fn file(&self, file: &ThemeFile, name: &str) -> Option<Diagnostic> {
        let is_joined = !name.contains('/') && (name.ends_with(".css") || name.ends_with(".js"));
        let is_ours = FILES.iter().any(|(path, _)| path.strip_prefix("static/") == Some(name));
        // Licences of fonts, notes to whoever keeps the theme.
        let is_note = [".txt", ".md"].iter().any(|end| name.ends_with(end));
        let last = name.rsplit('/').next().unwrap_or(name);
        let named = || {
            self.templates
                .iter()
                .copied()
                .chain(self.statics.iter().map(String::as_str))
                .any(|text| text.contains(last))
        };
        let used = is_joined || is_ours || is_note || named();
        (!used).then(|| told(file, None).help("a template names it with `file(name=\"…\")`, a style with `url(…)`"))
    }

    fn words(&self, files: &Files, file: &ThemeFile, name: &str, diagnostics: &mut Diagnostics) {
        let prefix = format!("i18n/{}.", name.split('.').next().unwrap_or_default());
        let ours: Vec<_> =
            FILES.iter().filter(|(path, _)| path.starts_with(&*prefix) && path.ends_with(".toml")).collect();
        if ours.is_empty() || !name.ends_with(".toml") {
            diagnostics
                .push(told(file, file.file).help("words stand in `i18n/en.toml`, by the language of `site.toml`"));
            return;
        }
        let Some(id) = file.file else { return };
        let mut known = BTreeSet::new();
        for (_, bytes) in ours {
            known.extend(keys(FileId(0), &String::from_utf8_lossy(bytes)).into_iter().map(|(key, _)| key));
        }
        for (key, span) in keys(id, &files.get(id).text) {
            if !known.contains(&key) && !self.templates.iter().any(|text| text.contains(&*key)) {
                let message = format!("`{key}` replaces no word, and no template asks for it");
                let near = nearest(&key, known.iter().map(|key| &**key));
                diagnostics.push(Diagnostic::warning("theme-unused", span, message).suggest(near));
            }
        }
    }
}

/// Whether an article has a block of the kind that a template is of.
fn is_block(files: &Files, articles: &[Arc<RawArticle>], template: &str) -> bool {
    let Some(name) = template.strip_prefix("blocks/").and_then(|name| name.strip_suffix(".html")) else { return false };
    let fences = [format!("```{name}"), format!("~~~{name}"), format!("``` {name}")];
    articles.iter().any(|article| {
        let text = &files.get(article.file).text;
        fences.iter().any(|fence| text.contains(&**fence))
    })
}

/// Whether a template has a name between quotation marks.
fn is_quoted(template: &str, name: &str) -> bool {
    ['"', '\'', '`'].iter().any(|quote| template.contains(&format!("{quote}{name}{quote}")))
}

/// The dotted keys of a file of words, with their places; `one` and `other` are forms of one.
fn keys(file: FileId, text: &str) -> Vec<(Text, Span)> {
    let read = toml::parse(file, text);
    // What cannot be read was told, and is not what was meant.
    if read.value.broken || !read.diagnostics.is_empty() {
        return Vec::new();
    }
    let tree = read.value;
    let mut found = Vec::new();
    collect(&tree.root, "", &mut found);
    found
}

fn collect(node: &Node<'_>, above: &str, found: &mut Vec<(Text, Span)>) {
    let Data::Map(entries) = &node.data else { return };
    for entry in entries {
        let key = if above.is_empty() { entry.key.to_string() } else { format!("{above}.{}", entry.key) };
        match &entry.value.data {
            Data::Map(inner) if !inner.iter().any(|form| form.key == "one" || form.key == "other") => {
                collect(&entry.value, &key, found);
            }
            _ => found.push((key.into(), entry.key_span)),
        }
    }
}
