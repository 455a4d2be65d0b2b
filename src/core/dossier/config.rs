//! `site.toml`: the configuration of a dossier. Unknown keys are errors.

mod deploy;
mod editor;
mod feedback;
mod history;
mod milestones;
mod publish;
mod search;
mod stamp;

pub use deploy::{Place, Store, StoreKind, Target};
pub use editor::Editor;
pub use feedback::Feedback;
pub use history::History;

use crate::base::diagnostic::{Diagnostic, Report};
use crate::base::file::{FileId, Located, Span};
use crate::base::tree::decode::LText;
use crate::base::tree::decode::{Context, Fields, Many, Named, decode_words, record_shape};
use crate::base::tree::free::Free;
use crate::base::tree::record::record;
use crate::base::tree::{Node, toml};
use crate::model::date::Edtf;
use crate::model::kinds::{ByKind, Kind};
use crate::model::language::Language;
use crate::model::{Milestone, Text};
pub use publish::{Encoding, Publish, is_shared_picture};
pub use stamp::Authority;

/// How many words in a row are a run, unless the site says otherwise.
pub const RUN: usize = 8;

/// A dossier's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The dossier's title.
    pub title: Text,
    /// In a sentence or two.
    pub description: Option<Text>,
    /// Of the interface and of the text, unless a record says otherwise.
    pub language: Language,
    /// Who answers for the dossier.
    pub authors: Vec<Text>,
    /// Where it will be read, without a slash at the end; only for what must be absolute.
    pub base_url: Option<Text>,
    /// Folders of `themes/`, of which the first that has a file gives it; what all lack comes from the theme in the program.
    pub theme: Vec<Located<Text>>,
    /// The output folder, from the dossier's root.
    pub output: Text,
    /// First path segments.
    pub paths: Paths,
    /// The captures folder, from the dossier's root.
    pub captures: Option<Text>,
    /// What becomes of raw HTML in Markdown.
    pub html: HtmlPolicy,
    /// Whether the grades of sources are shown.
    pub show_reliability: bool,
    /// Whether the texts of all pages are indexed for the search.
    pub full_text: bool,
    /// The citation style: a name, or a file of the dossier; as this program writes references where there is none.
    pub style: Option<LText>,
    /// What the preview's links to lines open.
    pub editor: Editor,
    /// Days whose state of knowledge has a page, in order.
    pub milestones: Vec<Milestone>,
    /// Authorities that are asked for timestamps.
    pub authorities: Vec<Authority>,
    /// Where a reader writes who finds something wrong.
    pub feedback: Option<Feedback>,
    /// What readers are told of what records said before; nothing without it.
    pub history: Option<History>,
    /// What the columns of tables that are imported mean: their names, and our keys.
    pub import_columns: Vec<(Text, Text)>,
    /// Levels of rules, as written; [`crate::check`] knows which rules there are.
    pub rules: Vec<(LText, Level)>,
    /// What rules are to let pass.
    pub exceptions: Vec<Exception>,
    /// How much may be quoted.
    pub quotes: QuoteLimits,
    /// As many words of a capture in a row may stand undeclared in the output, and no more.
    pub leak_words: usize,
    /// What is written besides pages.
    pub publish: Publish,
    /// Where it is deployed to, in the order written.
    pub deploy: Vec<Target>,
    /// The writer's own data, for templates.
    pub extra: serde_json::Value,
}

/// What becomes of what a rule finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A fault: nothing is built.
    Deny,
    /// A warning.
    Warn,
    /// A remark.
    Hint,
    /// The rule does not run.
    Off,
}

impl Level {
    /// Every level.
    pub const ALL: &[Self] = &[Self::Deny, Self::Warn, Self::Hint, Self::Off];

    /// The word in `site.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn => "warn",
            Self::Hint => "hint",
            Self::Off => "off",
        }
    }
}

/// What one rule is to let pass of one record or article.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The rule's code.
    pub rule: LText,
    /// The id of the record or article.
    pub id: LText,
    /// Why.
    pub because: LText,
    /// The last day on which it holds.
    pub until: Option<Located<Edtf>>,
}

/// How much may be quoted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuoteLimits {
    /// Words of one quotation.
    pub max_words: usize,
    /// Part of a capture's words that all quotations from it together may hold, 0 to 1.
    pub max_share: f64,
}

impl Default for QuoteLimits {
    fn default() -> Self {
        Self { max_words: 30, max_share: 0.33 }
    }
}

/// What becomes of raw HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HtmlPolicy {
    /// It is a fault.
    #[default]
    Refuse,
    /// It is shown as text.
    Escape,
    /// It is passed on as it is: only for writers one trusts like oneself.
    Allow,
}

impl HtmlPolicy {
    /// Every policy.
    pub const ALL: &[Self] = &[Self::Refuse, Self::Escape, Self::Allow];

    /// The word in `site.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Escape => "escape",
            Self::Allow => "allow",
        }
    }
}

decode_words!(Language, HtmlPolicy, Level);

/// First path segments, each a single segment of `a-z0-9-`.
#[derive(Clone, Debug)]
pub struct Paths {
    /// The segment of each kind of record.
    pub kinds: ByKind<Text>,
    /// The index of articles.
    pub articles: Text,
    /// The chronology.
    pub timeline: Text,
    /// Open contradictions.
    pub disagreements: Text,
    /// States of knowledge.
    pub as_of: Text,
    /// Two texts, or two outlets, face to face.
    pub compare: Text,
    /// Below the page of a record: what it said before.
    pub history: Text,
    /// Where segments are renamed, by key.
    pub written: Vec<(&'static str, Span)>,
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            kinds: ByKind::of(|kind| kind.plural().into()),
            articles: "articles".into(),
            timeline: "timeline".into(),
            disagreements: "disagreements".into(),
            as_of: "as-of".into(),
            compare: "compare".into(),
            history: "history".into(),
            written: Vec::new(),
        }
    }
}

impl Paths {
    /// The segment of a kind of record.
    pub fn of(&self, kind: Kind) -> &Text {
        &self.kinds[kind]
    }

    /// Where the segment of a key is renamed.
    pub fn origin(&self, key: &str) -> Option<Span> {
        self.written.iter().find(|(written, _)| *written == key).map(|(_, span)| *span)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "sourcebook".into(),
            description: None,
            language: Language::default(),
            authors: Vec::new(),
            base_url: None,
            theme: vec![Located::new("default".into(), Span::new(FileId(0), 0..0))],
            output: "public".into(),
            paths: Paths::default(),
            captures: None,
            html: HtmlPolicy::default(),
            show_reliability: false,
            full_text: false,
            style: None,
            editor: Editor::default(),
            milestones: Vec::new(),
            authorities: Vec::new(),
            feedback: None,
            history: None,
            import_columns: Vec::new(),
            rules: Vec::new(),
            exceptions: Vec::new(),
            quotes: QuoteLimits::default(),
            leak_words: RUN,
            publish: Publish::default(),
            deploy: Vec::new(),
            extra: serde_json::Value::Null,
        }
    }
}

impl Config {
    /// Reads `site.toml`; what is at fault keeps its default.
    pub fn parse(file: FileId, text: &str) -> Report<Self> {
        let mut diagnostics = Vec::new();
        let tree = toml::parse(file, text).take(&mut diagnostics);
        let mut cx = Context { diagnostics: &mut diagnostics, owner: Span::new(file, 0..0) };
        let config = if tree.broken { None } else { decode(&tree.root, &mut cx) };
        Report::new(config.unwrap_or_default(), diagnostics)
    }
}

fn decode(root: &Node<'_>, cx: &mut Context<'_>) -> Option<Config> {
    let mut f = Fields::of(root, "keys and tables", cx)?;
    let config = read(&mut f, cx);
    f.finish(cx);
    Some(config)
}

/// What `site.toml` may hold, as JSON Schema.
pub fn shape() -> serde_json::Value {
    record_shape("Site", read)
}

fn read(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Config {
    let default = Config::default();
    let title: Option<LText> = f.required("title", cx);
    let authors: Many<Text> = f.or_default("authors", cx);
    let mut config = Config {
        title: title.map_or(default.title, |t| t.value),
        description: text(f, "description", cx),
        language: f.optional("language", cx).map_or(default.language, |l| l.value),
        authors: authors.0.into_iter().map(|a| a.value).collect(),
        base_url: base_url(f, cx),
        theme: themes(f, cx).unwrap_or(default.theme),
        output: folder(f, "output", cx).unwrap_or(default.output),
        paths: f.table("paths", "Paths", cx, paths).unwrap_or_default(),
        captures: f.table("captures", "Captures", cx, |f, cx| folder(f, "dir", cx)).flatten(),
        html: f
            .table("markdown", "Html", cx, |f, cx| f.optional("html", cx))
            .flatten()
            .map_or(default.html, |h| h.value),
        show_reliability: f
            .table("sources", "Sources", cx, |f, cx| f.optional("show_reliability", cx))
            .flatten()
            .is_some_and(|shown| shown.value),
        full_text: f.table("search", "Search", cx, search::full_text).unwrap_or_default(),
        style: f.table("citations", "Citations", cx, |f, cx| f.optional("style", cx)).flatten(),
        editor: f
            .table("serve", "Serve", cx, |f, cx| f.optional("editor", cx))
            .flatten()
            .map_or(default.editor, |e| e.value),
        milestones: milestones::decode(f, cx),
        authorities: stamp::decode(f, cx),
        feedback: f.table("feedback", "Feedback", cx, feedback::decode).flatten(),
        history: history::decode(f, cx),
        import_columns: f.table("import", "Import", cx, import_columns).unwrap_or_default(),
        rules: rules(f, cx),
        exceptions: exceptions(f, cx),
        quotes: f.table("quotes", "Quotes", cx, quote_limits).unwrap_or_default(),
        leak_words: f.table("leaks", "Leaks", cx, leak_words).unwrap_or(default.leak_words),
        publish: f.table("publish", "Publish", cx, publish::decode).unwrap_or_default(),
        deploy: deploy::targets(f, cx),
        extra: f.or_default::<Free>("extra", cx).0,
    };
    config.milestones.sort_by(|a, b| a.date.sort_key().cmp(&b.date.sort_key()));
    config
}

fn text(f: &mut Fields<'_, '_>, key: &'static str, cx: &mut Context<'_>) -> Option<Text> {
    f.optional::<Text>(key, cx).map(|text| text.value)
}

fn base_url(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Text> {
    let url: LText = f.optional("base_url", cx)?;
    let sound = ["http://", "https://"].iter().any(|scheme| url.value.starts_with(scheme))
        && !url.value.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '#' | '?'));
    if !sound {
        let message = format!("`{}` is not an address that pages can be at", url.value);
        cx.diagnostics
            .push(Diagnostic::error("unsafe-url", url.span, message).help("write https://example.org/dossier"));
        return None;
    }
    Some(url.value.trim_end_matches('/').into())
}

/// Names of folders on the way to files of ours: no `..`, no root, nothing that a file system reads otherwise.
fn folder(f: &mut Fields<'_, '_>, key: &'static str, cx: &mut Context<'_>) -> Option<Text> {
    let path: LText = f.optional(key, cx)?;
    if path.value.trim().is_empty() {
        let message = format!("`{key}` is empty");
        cx.diagnostics.push(Diagnostic::error("bad-path", path.span, message));
        return None;
    }
    Some(path.value)
}

fn segment(f: &mut Fields<'_, '_>, key: &'static str, cx: &mut Context<'_>) -> Option<LText> {
    let name: LText = f.optional(key, cx)?;
    is_segment(&name, cx).then_some(name)
}

/// Folders of `themes/`, each once.
fn themes(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Vec<LText>> {
    let written: Many<Text> = f.or_default("theme", cx);
    let mut names: Vec<LText> = Vec::new();
    for name in written.0 {
        let is_new = names.iter().all(|known| known.value != name.value);
        if is_segment(&name, cx) && is_new {
            names.push(name);
        }
    }
    (!names.is_empty()).then_some(names)
}

fn is_segment(name: &LText, cx: &mut Context<'_>) -> bool {
    if !crate::base::id::is_id(&name.value) {
        let message = format!("`{}` cannot be a path segment", name.value);
        let help = "use lower-case letters and digits, joined by single hyphens";
        cx.diagnostics.push(Diagnostic::error("bad-path", name.span, message).help(help));
        return false;
    }
    true
}

fn paths(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Paths {
    let mut paths = Paths::default();
    let mut written = Vec::new();
    let mut set = |key: &'static str, slot: &mut Text, f: &mut Fields<'_, '_>| {
        if let Some(name) = segment(f, key, cx) {
            *slot = name.value;
            written.push((key, name.span));
        }
    };
    for kind in Kind::ALL {
        set(kind.plural(), &mut paths.kinds[*kind], f);
    }
    set("articles", &mut paths.articles, f);
    set("timeline", &mut paths.timeline, f);
    set("disagreements", &mut paths.disagreements, f);
    set("as_of", &mut paths.as_of, f);
    set("compare", &mut paths.compare, f);
    set("history", &mut paths.history, f);
    paths.written = written;
    paths
}

fn import_columns(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Vec<(Text, Text)> {
    let columns: Named<Text> = f.or_default("columns", cx);
    columns.0.into_iter().filter_map(|entry| Some((entry.name.value, entry.value?))).collect()
}

fn rules(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Vec<(LText, Level)> {
    let levels: Named<Level> = f.or_default("rules", cx);
    levels.0.into_iter().filter_map(|entry| Some((entry.name, entry.value?))).collect()
}

struct RawException {
    rule: Option<LText>,
    id: Option<LText>,
    because: Option<LText>,
    until: Option<LText>,
}

record!(RawException as "Exception", "a table of `rule`, `id`, `because` and perhaps `until`", {
    rule: required "rule", id: required "id", because: required "because", until: optional "until",
});

fn exceptions(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Vec<Exception> {
    let raw: Vec<Located<RawException>> = f.or_default("exceptions", cx);
    let mut found = Vec::new();
    for RawException { rule, id, because, until } in raw.into_iter().map(|r| r.value) {
        let until = match until.map(|u| (Edtf::parse(&u.value), u)) {
            Some((Ok(day), text)) if is_day(&day) => Some(Located::new(day, text.span)),
            Some((_, text)) => {
                let message = format!("`{}` is not a day", text.value);
                cx.diagnostics.push(Diagnostic::error("bad-date", text.span, message).help("write YYYY-MM-DD"));
                continue;
            }
            None => None,
        };
        if let (Some(rule), Some(id), Some(because)) = (rule, id, because) {
            found.push(Exception { rule, id, because, until });
        }
    }
    found
}

fn quote_limits(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> QuoteLimits {
    let default = QuoteLimits::default();
    let max_words = f.optional("max_words", cx).map_or(default.max_words, |n| n.value);
    let share: Option<Located<f64>> = f.optional("max_share", cx);
    let max_share = match share {
        Some(share) if (0.0..=1.0).contains(&share.value) => share.value,
        Some(share) => {
            let message = format!("`{}` is not a share", share.value);
            let help = "write a number from 0 to 1: `0.3` is three tenths of the capture";
            cx.diagnostics.push(Diagnostic::error("bad-value", share.span, message).help(help));
            default.max_share
        }
        None => default.max_share,
    };
    QuoteLimits { max_words, max_share }
}

fn leak_words(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> usize {
    let words: Option<Located<usize>> = f.optional("words", cx);
    match words {
        Some(words) if words.value < 4 => {
            let message = "fewer than 4 words in a row are anybody's words";
            cx.diagnostics.push(Diagnostic::error("bad-value", words.span, message));
            RUN
        }
        Some(words) => words.value,
        None => RUN,
    }
}

/// Whether it is one day, and certain.
fn is_day(date: &Edtf) -> bool {
    date.earliest() == date.latest() && !date.is_uncertain() && !date.is_approximate()
}
