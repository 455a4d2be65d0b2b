//! The HTML that a page of the program's own theme may hold: elements, their attributes, the schemes of addresses.
//!
//! A page is read back by html5ever's tokenizer, which knows nothing of how it was written, and held against one list. What is not on
//! it is a fault: an event handler, a style, a second id, a `hidden` that the theme does not set, an address that runs something.
//! With `html = "allow"` a page holds besides what the writer typed, as it was typed: there the list says nothing.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// What any element may have.
const ANYWHERE: &str = "class dir id lang";

/// `aria-*`, by what comes after.
const ARIA: &str = "autocomplete controls current describedby expanded hidden label labelledby live selected";

/// `data-*`, by what comes after: all of them written by templates of the theme.
const DATA: &str = "alone answer any before behind built chain check checked choices chosen claim close commit copied copy count counts \
    date-from day event facets failed filter find font full here hint how in-texts index label lapse light limit \
    many more nearest new none one order origin origins own pagefind-body pagefind-filter pagefind-meta pair part \
    parts place preview previewed question reported results root said-by same says scheme search section set-aside short \
    shortcut show sidenotes sortable source speech state sum texts title unsound value verdict voice what whole";

/// Every element, with the attributes that it may have of its own.
const ELEMENTS: &[(&str, &str)] = &[
    ("a", "href hreflang rel role tabindex title"),
    ("abbr", "title"),
    ("article", ""),
    ("aside", "role"),
    ("b", ""),
    ("blockquote", "cite"),
    ("body", ""),
    ("br", ""),
    ("button", "title type"),
    ("caption", ""),
    ("circle", "cx cy fill r stroke stroke-width"),
    ("cite", ""),
    ("code", ""),
    ("dd", ""),
    ("del", ""),
    ("details", "open"),
    ("dfn", ""),
    ("dialog", ""),
    ("div", "role tabindex"),
    ("dl", ""),
    ("dt", ""),
    ("em", ""),
    ("figcaption", ""),
    ("figure", "role"),
    ("footer", ""),
    ("g", ""),
    ("h1", ""),
    ("h2", ""),
    ("h3", ""),
    ("h4", ""),
    ("h5", ""),
    ("h6", ""),
    ("head", ""),
    ("header", ""),
    ("hr", ""),
    ("html", ""),
    ("i", ""),
    ("img", "alt decoding height loading src title width"),
    ("input", "autocapitalize autocomplete checked enterkeyhint placeholder role spellcheck type"),
    ("label", ""),
    ("li", "value"),
    ("line", "x1 x2 y1 y2"),
    ("link", "as crossorigin href rel title type"),
    ("main", "tabindex"),
    ("mark", ""),
    ("meta", "charset content http-equiv name property"),
    ("nav", ""),
    ("ol", "start"),
    ("output", ""),
    ("p", "role"),
    ("path", "d fill fill-rule stroke stroke-width"),
    ("pre", "tabindex"),
    ("q", ""),
    ("rect", "height width x y"),
    ("script", "defer src type"),
    ("section", "role"),
    ("small", ""),
    ("span", "role"),
    ("strong", ""),
    ("sub", ""),
    ("summary", ""),
    ("sup", ""),
    ("svg", "height overflow role viewBox viewbox width x y"),
    ("table", ""),
    ("tbody", ""),
    ("td", ""),
    ("template", ""),
    ("text", "dx dy font-size text-anchor x y"),
    ("th", "scope"),
    ("thead", ""),
    ("time", "datetime"),
    ("title", ""),
    ("tr", ""),
    ("u", ""),
    ("ul", ""),
    ("wbr", ""),
];

/// What the theme hides until a script shows it, by element and first class.
const HIDDEN: &[(&str, &str)] = &[("button", "find"), ("button", "scheme"), ("div", "filter"), ("div", "preview")];

/// Where addresses stand, and whether they may lead to another site.
const ADDRESSES: &[(&str, &str, bool)] = &[
    ("a", "href", true),
    ("blockquote", "cite", true),
    ("link", "href", true),
    ("img", "src", false),
    ("script", "src", false),
];

/// What of a page is not on the list, each in a line.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.faults.into_inner()
}

/// Reads tags.
#[derive(Default)]
struct Sink {
    faults: RefCell<Vec<String>>,
    ids: RefCell<BTreeSet<String>>,
    /// How many `svg` are open: in them, a `title` is an element like others.
    drawings: Cell<usize>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                self.tag(&tag, line);
                return self.after(&tag);
            }
            Token::TagToken(tag) if &*tag.name == "svg" => self.drawings.set(self.drawings.get().saturating_sub(1)),
            Token::CommentToken(text) => self.fault(line, format!("a comment: <!--{text}-->")),
            Token::NullCharacterToken => self.fault(line, "a null character".into()),
            Token::ParseError(error) => self.fault(line, format!("no HTML: {error}")),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Sink {
    fn fault(&self, line: u64, what: String) {
        self.faults.borrow_mut().push(format!("line {line}: {what}"));
    }

    /// How the tokenizer reads on.
    fn after(&self, tag: &Tag) -> TokenSinkResult<()> {
        match &*tag.name {
            "svg" if !tag.self_closing => self.drawings.set(self.drawings.get() + 1),
            "title" | "textarea" if self.drawings.get() == 0 => return TokenSinkResult::RawData(RawKind::Rcdata),
            "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => return TokenSinkResult::RawData(RawKind::Rawtext),
            "plaintext" => return TokenSinkResult::Plaintext,
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn tag(&self, tag: &Tag, line: u64) {
        let name = &*tag.name;
        let Ok(known) = ELEMENTS.binary_search_by(|(known, _)| (*known).cmp(name)) else {
            return self.fault(line, format!("an element <{name}>"));
        };
        let value = |wanted: &str| tag.attrs.iter().find(|a| &*a.name.local == wanted).map(|a| &*a.value);
        for attribute in &tag.attrs {
            let (key, text) = (&*attribute.name.local, &*attribute.value);
            if key != "hidden" && !may_have(ELEMENTS[known].1, key) {
                self.fault(line, format!("<{name} {key}=\"{text}\">"));
            }
            if key == "id" && (text.is_empty() || text.contains(char::is_whitespace)) {
                self.fault(line, format!("<{name} id=\"{text}\"> is no id"));
            }
            if key == "id" && !self.ids.borrow_mut().insert(text.to_owned()) {
                self.fault(line, format!("a second id=\"{text}\", of a <{name}>"));
            }
            let class = value("class").unwrap_or_default();
            let first = class.split_whitespace().next().unwrap_or_default();
            // The search is made by a script, of what stands in an element that is never shown itself.
            let is_search = name == "div" && value("id") == Some("search");
            if key == "hidden" && !is_search && !HIDDEN.contains(&(name, first)) {
                self.fault(line, format!("<{name} class=\"{class}\" hidden>"));
            }
            if let Some((.., abroad)) = ADDRESSES.iter().find(|(of, at, _)| *of == name && *at == key)
                && !leads_well(text, *abroad)
            {
                self.fault(line, format!("<{name} {key}=\"{text}\">"));
            }
        }
        let sound = match name {
            "script" => value("src").is_some() != (value("type") == Some("application/ld+json")),
            "meta" => match value("http-equiv") {
                None | Some("Content-Security-Policy") => true,
                Some("refresh") => {
                    let target = value("content").and_then(|content| content.strip_prefix("0; url="));
                    target.is_some_and(|target| leads_well(target, false))
                }
                Some(_) => false,
            },
            _ => true,
        };
        if !sound {
            self.fault(line, format!("<{name}> with {:?}", tag.attrs));
        }
    }
}

/// Whether an element with attributes of its own may have one.
fn may_have(own: &str, key: &str) -> bool {
    let among = |words: &str, wanted: &str| words.split_ascii_whitespace().any(|word| word == wanted);
    match (key.strip_prefix("aria-"), key.strip_prefix("data-")) {
        (Some(rest), _) => among(ARIA, rest),
        (_, Some(rest)) => among(DATA, rest),
        _ => among(ANYWHERE, key) || among(own, key),
    }
}

/// Whether an address is within the site, or, where it may, of a scheme that runs nothing.
fn leads_well(address: &str, abroad: bool) -> bool {
    // As browsers read it: without what stands around it, and without tabs and line ends in it.
    let read: String =
        address.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let scheme = read.split(['/', '?', '#']).next().unwrap_or_default().split_once(':').map(|(scheme, _)| scheme);
    match scheme {
        Some(scheme) => abroad && ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)),
        None => !read.starts_with("//") && !read.starts_with("\\") && !read.starts_with("/\\"),
    }
}
