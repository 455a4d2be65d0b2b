//! What may come at the caret.
//!
//! Every item is an edit of the word before the caret, all with one start and without a filter of their own: ids hold
//! hyphens and stand behind `@` and `[[`, and what a client takes for a word does not. An id that was found by other words
//! than its own shows them in its label, which is what clients filter by.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionTextEdit, TextEdit,
};
use serde_json::json;
use sourcebook_core::check::rules::RULES;
use sourcebook_core::model::Ref;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::language::Language;
use sourcebook_desk::schema::Subject;

use super::allowed;
use super::context::{Context, in_markdown, in_toml, in_yaml};
use super::dossier::Known;
use super::names::{Fit, Name};
use super::shape::{self, Found};
use super::text::Lines;
use super::walk::{FileKind, body, front};

/// As many items as an answer holds; with more letters there are fewer.
const MOST: usize = 100;

/// What is asked.
pub struct Asked<'a> {
    /// What is known of the dossier.
    pub known: &'a Known,
    /// The file, by its path from the root.
    pub path: &'a str,
    /// What it holds.
    pub text: &'a str,
    /// Its lines.
    pub lines: &'a Lines<'a>,
    /// The caret.
    pub at: usize,
    /// Names of files in the captures folder.
    pub captures: &'a [String],
    /// Today, as an EDTF date.
    pub today: &'a str,
}

/// Something that may come.
struct Offer {
    label: String,
    insert: String,
    kind: CompletionItemKind,
    detail: Option<String>,
    documentation: Option<String>,
    id: Option<String>,
}

impl Offer {
    fn new(insert: impl Into<String>, kind: CompletionItemKind) -> Self {
        let insert = insert.into();
        Self { label: insert.clone(), insert, kind, detail: None, documentation: None, id: None }
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// The items.
pub fn complete(asked: &Asked<'_>) -> CompletionList {
    let kind = FileKind::of(asked.path);
    let Some(subject) = kind.subject() else { return CompletionList::default() };
    let context = context(kind, asked);
    let (typed, offers) = match &context {
        Context::Nothing => return CompletionList::default(),
        Context::Link { cites, typed } => {
            let kinds = |kind: Option<Kind>| !cites || matches!(kind, Some(Kind::Claim | Kind::Source));
            (typed.clone(), asked.ids(&asked.text[typed.clone()], kinds))
        }
        Context::Value { path, typed } => (typed.clone(), asked.values(subject, path, &asked.text[typed.clone()])),
        Context::Word { path, typed, beside } => {
            let word = &asked.text[typed.clone()];
            let mut offers = asked.keys(subject, path, beside, word);
            offers.extend(asked.values(subject, path, word));
            (typed.clone(), offers)
        }
    };
    let range = asked.lines.range(typed);
    let is_incomplete = offers.iter().any(|offer| offer.id.is_some());
    let items = offers.into_iter().take(MOST).enumerate().map(|(n, offer)| item(n, offer, range)).collect();
    CompletionList { is_incomplete, items }
}

fn context(kind: FileKind, asked: &Asked<'_>) -> Context {
    let (text, at) = (asked.text, asked.at);
    match kind {
        FileKind::Sheet => in_yaml(text, at),
        FileKind::Site => in_toml(text, at),
        FileKind::Article if front(text).is_some_and(|front| front.contains(&at) || front.end == at) => {
            in_yaml(&text[..at], at)
        }
        FileKind::Article if at >= body(text).start => in_markdown(text, at),
        FileKind::Article | FileKind::Other => Context::Nothing,
    }
}

fn item(n: usize, offer: Offer, range: lsp_types::Range) -> CompletionItem {
    let edit = TextEdit { range, new_text: offer.insert };
    CompletionItem {
        label: offer.label,
        label_details: offer
            .detail
            .as_ref()
            .map(|detail| CompletionItemLabelDetails { detail: None, description: Some(detail.clone()) }),
        kind: Some(offer.kind),
        detail: offer.detail,
        documentation: offer.documentation.map(lsp_types::Documentation::String),
        sort_text: Some(format!("{n:04}")),
        text_edit: Some(CompletionTextEdit::Edit(edit)),
        data: offer.id.map(|id| json!({ "id": id })),
        ..CompletionItem::default()
    }
}

impl Asked<'_> {
    /// Ids of records that answer to what was typed.
    fn ids(&self, typed: &str, allowed: impl Fn(Option<Kind>) -> bool) -> Vec<Offer> {
        let found = self.known.names.find(typed, allowed);
        found.into_iter().take(MOST).map(|(name, fit, by)| offer_id(name, fit, by.map(|by| &**by))).collect()
    }

    fn keys(&self, subject: Subject, path: &[String], beside: &[String], typed: &str) -> Vec<Offer> {
        let found = shape::at(subject, path);
        let is_free = |found: &Found<'_>| !beside.iter().any(|key| found.key == Some(&**key));
        let keys = found.iter().flat_map(Found::keys).filter(is_free);
        let mut offers: Vec<_> = keys.filter_map(|found| key(subject, path, &found, typed)).collect();
        // Under a kind, ids are new; elsewhere they name records.
        let names_records = path.len() > 1 || subject != Subject::Sheet;
        if let Some(found) = found.iter().find(|found| names_records && found.named_by_id()) {
            let kinds = allowed::kinds(found.record.unwrap_or_default(), found.key.unwrap_or_default());
            let ids = self.ids(typed, |kind| kind.is_some_and(|kind| kinds.contains(&kind)));
            offers.extend(ids.into_iter().filter(|offer| !beside.contains(&offer.insert)).map(|mut offer| {
                offer.insert.push_str(": ");
                offer
            }));
        }
        if subject == Subject::Site && path == ["rules"] {
            let rules =
                RULES.iter().filter(|rule| fits(rule.code, typed) && !beside.iter().any(|key| key == rule.code));
            offers.extend(rules.map(|rule| {
                let mut offer = Offer::new(format!("{} = ", rule.code), CompletionItemKind::PROPERTY);
                (offer.label, offer.documentation) = (rule.code.to_owned(), Some(rule.about.to_owned()));
                offer.detail(rule.level.as_str())
            }));
        }
        offers
    }

    fn values(&self, subject: Subject, path: &[String], typed: &str) -> Vec<Offer> {
        let mut offers = Vec::new();
        for found in shape::at(subject, path) {
            let quote = |word: &str| {
                if subject == Subject::Site && !self.is_quoted() { format!("\"{word}\"") } else { word.to_owned() }
            };
            let word = |word: &str| {
                let mut offer = Offer::new(quote(word), CompletionItemKind::ENUM_MEMBER);
                offer.label = word.to_owned();
                offer
            };
            let truth: &[&str] = if found.is_truth() { &["true", "false"] } else { &[] };
            offers.extend(found.words().into_iter().filter(|w| fits(w, typed)).map(word));
            offers.extend(truth.iter().filter(|w| fits(w, typed)).map(|w| Offer::new(*w, CompletionItemKind::KEYWORD)));
            let (record, key) = (found.record.unwrap_or_default(), found.key.unwrap_or_default());
            offers.extend(self.special(record, key, path, typed).into_iter().map(|mut offer| {
                offer.insert = quote(&offer.insert);
                offer
            }));
        }
        offers
    }

    /// What may stand behind a key by what it means.
    fn special(&self, record: &str, key: &str, path: &[String], typed: &str) -> Vec<Offer> {
        let words = |words: Vec<&str>, kind| {
            words.into_iter().filter(|w| fits(w, typed)).map(|w| Offer::new(w, kind)).collect()
        };
        match (record, key) {
            ("Claim", "answers") if path.len() == 4 => self.answers(&path[3], typed),
            ("Answer", "value") => self.answers(path.get(3).map_or("", |id| id), typed),
            ("Assessment", "answer") => self.answers(path.get(1).map_or("", |id| id), typed),
            // Under `answers`, `contradicts` and the like the values are no ids.
            ("Claim", "answers" | "contradicts" | "supports" | "supersedes") | ("Event", "actors")
                if path.len() > 3 =>
            {
                Vec::new()
            }
            ("Capture", "file") | ("Source", "capture") => {
                words(self.captures.iter().map(|name| &**name).collect(), CompletionItemKind::FILE)
            }
            ("Article", "template") => words(self.templates(), CompletionItemKind::FILE),
            ("Exception", "rule") => {
                words(RULES.iter().map(|rule| rule.code).collect(), CompletionItemKind::ENUM_MEMBER)
            }
            ("Site", "language") => {
                words(Language::ALL.iter().map(|l| l.as_str()).collect(), CompletionItemKind::ENUM_MEMBER)
            }
            ("Source", "accessed")
            | ("Curation" | "Capture" | "Assessment" | "Status" | "SourceStatus", "on")
            | ("Article", "updated" | "date") => words(vec![self.today], CompletionItemKind::VALUE),
            _ => {
                let kinds = allowed::kinds(record, key);
                match kinds.is_empty() {
                    true => Vec::new(),
                    false => self.ids(typed, |kind| kind.is_some_and(|kind| kinds.contains(&kind))),
                }
            }
        }
    }

    /// What may answer a question: its options, or places.
    fn answers(&self, question: &str, typed: &str) -> Vec<Offer> {
        let dossier = &self.known.prepared.dossier;
        let Some(Ref::Question(ix)) = dossier.get(question) else { return Vec::new() };
        let question = &dossier[ix];
        if question.kind == sourcebook_core::model::kinds::QuestionKind::Place {
            return self.ids(typed, |kind| kind == Some(Kind::Place));
        }
        let options = question.options.iter().filter(|(word, _)| fits(word, typed));
        options.map(|(word, label)| Offer::new(&**word, CompletionItemKind::ENUM_MEMBER).detail(&**label)).collect()
    }

    /// Templates of the dossier's own theme that an article may ask for.
    fn templates(&self) -> Vec<&str> {
        let theme = self.known.prepared.parsed.theme.iter();
        theme.filter_map(|file| file.path.strip_prefix("templates/")).filter(|name| !name.contains('/')).collect()
    }

    /// Whether the caret stands between quotation marks.
    fn is_quoted(&self) -> bool {
        let line = self.text[..self.at].rsplit('\n').next().unwrap_or_default();
        line.matches('"').count() % 2 == 1
    }
}

/// A key of a record.
fn key(subject: Subject, path: &[String], found: &Found<'_>, typed: &str) -> Option<Offer> {
    let name = found.key.filter(|name| fits(name, typed))?;
    let holds_only_keys = found.forms().iter().all(|form| {
        form.get("properties").is_some() || form.get("additionalProperties").is_some_and(|inner| inner.is_object())
    });
    let insert = match subject {
        Subject::Site if holds_only_keys && path.is_empty() => format!("[{name}]"),
        Subject::Site => format!("{name} = "),
        Subject::Sheet | Subject::Article if holds_only_keys => format!("{name}:"),
        Subject::Sheet | Subject::Article => format!("{name}: "),
    };
    let mut offer = Offer::new(insert, CompletionItemKind::PROPERTY);
    offer.label = name.to_owned();
    offer.documentation = found.meaning().map(str::to_owned);
    Some(offer)
}

fn offer_id(name: &Name, fit: Fit, by: Option<&str>) -> Offer {
    let mut offer = Offer::new(&*name.id, CompletionItemKind::REFERENCE);
    if fit == Fit::Word {
        offer.label = format!("{} · {}", name.id, by.unwrap_or(&name.label));
    }
    offer.id = Some(name.id.to_string());
    let kind = name.kind.map_or("article", Kind::as_str);
    offer.detail(format!("{kind} · {}", name.label))
}

/// Whether a word of a list answers to what was typed.
fn fits(word: &str, typed: &str) -> bool {
    super::names::holds_letters(word, typed)
}
