//! What a page says in its tags, in one pass over html5gum's tokens: no depth of nesting costs anything.

use std::collections::BTreeMap;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// Values by the lower-case name of what holds them: `og:title`, `<title>`, `<time>`.
#[derive(Debug, Default)]
pub(super) struct Tags {
    values: BTreeMap<String, Vec<String>>,
    /// Texts of `script type="application/ld+json"`.
    pub scripts: Vec<String>,
    /// When the page was saved, as a comment says.
    pub saved_on: Option<String>,
    /// What saved it.
    pub saved_by: Option<&'static str>,
}

impl Tags {
    /// Values in the order of the page.
    pub(super) fn values(&self, name: &str) -> Vec<&str> {
        self.values.get(name).into_iter().flatten().map(String::as_str).collect()
    }

    fn add(&mut self, name: &str, value: &str) {
        let list = self.values.entry(name.to_ascii_lowercase()).or_default();
        // A page of a thousand keywords says no more than one of a hundred.
        if list.len() < 100 && !value.trim().is_empty() {
            list.push(value.trim().to_owned());
        }
    }
}

/// Reads a page's tags. Any input gives some.
pub(super) fn read(html: &str) -> Tags {
    let mut reader = Reader::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        reader.event(&event);
        None
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    reader.tags
}

/// The words of an element that says by `itemprop` or `rel` what they are.
struct Marked {
    /// What they are.
    what: &'static str,
    tag: String,
    /// How many elements of that name are open.
    depth: usize,
    text: String,
}

#[derive(Default)]
struct Reader {
    tags: Tags,
    tag: String,
    attribute: String,
    attributes: BTreeMap<String, String>,
    /// What the text of the open element is: `<title>`, `<h1>` or a script.
    taking: Option<(&'static str, String)>,
    /// How many drawings are open: they have titles of their own.
    drawings: usize,
    /// A `time` of another article, in a list of links, says nothing of this one: those in `a` and `aside` are passed over.
    aside: usize,
    /// The words that are being taken.
    marked: Option<Marked>,
    /// Comments of readers have begun: their authors are not the page's.
    comments: bool,
}

/// Elements that have no end.
const VOID: [&str; 8] = ["meta", "link", "img", "br", "hr", "input", "source", "wbr"];

impl Reader {
    fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = lossy(name);
                self.attributes.clear();
                self.attribute.clear();
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = lossy(name);
                self.attributes.entry(self.attribute.clone()).or_default();
            }
            CallbackEvent::AttributeValue { value } => {
                self.attributes.insert(self.attribute.clone(), lossy(value));
            }
            CallbackEvent::CloseStartTag { self_closing } if !(*self_closing && self.tag == "svg") => self.start(),
            CallbackEvent::EndTag { name } => self.end(&lossy(name)),
            CallbackEvent::String { value } => {
                if let Some((_, text)) = &mut self.taking {
                    text.push_str(&lossy(value));
                }
                if let Some(marked) = &mut self.marked {
                    marked.text.push_str(&lossy(value));
                }
            }
            CallbackEvent::Comment { value } => self.comment(&lossy(value)),
            _ => {}
        }
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Begins to take words: those of a name within the author's, else those of the element itself.
    fn mark(&mut self) {
        if VOID.contains(&&*self.tag) {
            return;
        }
        let has = |attribute: &str, word: &str| {
            self.attribute(attribute)
                .is_some_and(|words| words.split_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
        };
        let is_comments = has("itemprop", "comment") || has("id", "comments");
        let inner = self
            .marked
            .as_ref()
            .filter(|marked| has("itemprop", "name") && marked.what.starts_with("itemprop:"))
            .map(|marked| marked.what);
        let outer = match &self.marked {
            Some(_) => None,
            None if self.comments
                || is_comments
                || self.attribute("content").is_some()
                || self.attribute("datetime").is_some() =>
            {
                None
            }
            None if has("itemprop", "author") => Some("itemprop:author"),
            None if has("itemprop", "publisher") => Some("itemprop:publisher"),
            None if has("itemprop", "headline") => Some("itemprop:headline"),
            None if has("rel", "author") && self.tags.values("<a rel=author>").is_empty() => Some("<a rel=author>"),
            None => None,
        };
        self.comments |= is_comments;
        if let Some(what) = inner.or(outer) {
            self.marked = Some(Marked { what, tag: self.tag.clone(), depth: 1, text: String::new() });
        } else if let Some(marked) = self.marked.as_mut().filter(|marked| marked.tag == self.tag) {
            marked.depth += 1;
        }
    }

    /// Ends the taking of words with their element.
    fn unmark(&mut self, name: &str) {
        let Some(marked) = self.marked.as_mut().filter(|marked| marked.tag == name) else { return };
        marked.depth -= 1;
        if marked.depth == 0
            && let Some(marked) = self.marked.take()
        {
            self.tags.add(marked.what, &marked.text);
        }
    }

    /// `itemprop` with its value in an attribute, whatever the element.
    fn property(&mut self) {
        let Some(names) = self.attribute("itemprop").map(str::to_owned) else { return };
        let value = ["content", "datetime"].iter().find_map(|name| self.attribute(name)).unwrap_or_default().to_owned();
        names
            .split_whitespace()
            .filter(|_| !self.comments)
            .for_each(|name| self.tags.add(&format!("itemprop:{name}"), &value));
    }

    fn start(&mut self) {
        self.mark();
        self.property();
        match &*self.tag {
            "meta" => self.meta(),
            "link" => {
                let canonical = self
                    .attribute("rel")
                    .is_some_and(|rel| rel.split_whitespace().any(|r| r.eq_ignore_ascii_case("canonical")));
                if let (true, Some(href)) = (canonical, self.attribute("href").map(str::to_owned)) {
                    self.tags.add("<link rel=canonical>", &href);
                }
            }
            "html" => {
                let lang = self.attribute("lang").or(self.attribute("xml:lang")).unwrap_or_default().to_owned();
                self.tags.add("<html lang>", &lang);
            }
            "time" if self.aside == 0 => {
                let time = self.attribute("datetime").unwrap_or_default().to_owned();
                self.tags.add("<time>", &time);
            }
            "a" | "aside" | "nav" | "footer" => self.aside += 1,
            "svg" => self.drawings += 1,
            "title" if self.taking.is_none() && self.drawings == 0 => self.taking = Some(("<title>", String::new())),
            "h1" if self.taking.is_none() => self.taking = Some(("<h1>", String::new())),
            "script" => {
                let is_data = self
                    .attribute("type")
                    .is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("application/ld+json"));
                self.taking = is_data.then(|| ("script", String::new()));
            }
            _ => {}
        }
    }

    fn meta(&mut self) {
        let content = self.attribute("content").unwrap_or_default().to_owned();
        for key in ["name", "property", "http-equiv"] {
            // `property="og:title article:title"` names two.
            for name in self.attribute(key).unwrap_or_default().to_owned().split_whitespace() {
                self.tags.add(&name.replacen("DC:", "dc.", 1), &content);
            }
        }
    }

    fn end(&mut self, name: &str) {
        self.unmark(name);
        match name {
            "a" | "aside" | "nav" | "footer" => self.aside = self.aside.saturating_sub(1),
            "svg" => self.drawings = self.drawings.saturating_sub(1),
            "title" | "h1" | "script" => match self.taking.take() {
                Some(("script", text)) => self.tags.scripts.push(text),
                Some((what, text)) => self.tags.add(what, &text),
                None => {}
            },
            _ => {}
        }
    }

    /// `Page saved with SingleFile url: … saved date: …`; `saved from url=(0019)https://example.org/` of browsers.
    fn comment(&mut self, comment: &str) {
        if comment.contains("saved with SingleFile") {
            self.tags.saved_by = Some("SingleFile");
            for line in comment.lines().map(str::trim) {
                if let Some(url) = line.strip_prefix("url:") {
                    self.tags.add("saved-from", url);
                } else if let Some(date) = line.strip_prefix("saved date:") {
                    self.tags.saved_on = Some(date.trim().to_owned());
                }
            }
        } else if let Some((_, rest)) = comment.split_once("saved from url=(") {
            let url = rest.split_once(')').map_or("", |(_, url)| url).trim();
            self.tags.add("saved-from", url);
        }
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
