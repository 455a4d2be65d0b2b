//! What stands at the caret, in a text that is being typed and may not be sound.
//!
//! The tree of a sheet helps nobody before its line is finished. So the keys above the caret are found by indentation,
//! line by line upwards, and within braces by counting them; Markdown by the characters before the caret.

use std::ops::Range;

/// What stands at the caret. Ranges are bytes of what was typed of the word, up to the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Context {
    /// A key, or an item of a list: the word begins its line or its pair of braces.
    Word {
        /// The keys above, from the outermost one on.
        path: Vec<String>,
        /// The word.
        typed: Range<usize>,
        /// Keys that stand beside it.
        beside: Vec<String>,
    },
    /// A value.
    Value {
        /// The keys above, with the value's own last.
        path: Vec<String>,
        /// The word.
        typed: Range<usize>,
    },
    /// Behind `@`, `[[` or `![[` of a Markdown text.
    Link {
        /// Whether it cites, as `@` does.
        cites: bool,
        /// The word.
        typed: Range<usize>,
    },
    /// Nothing that is known.
    Nothing,
}

/// Whether a character may be of the word that is typed: of an id, or of a name that is to become one.
fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '-' || character == '_'
}

/// The word that ends at the caret.
fn word(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].char_indices().rev().take_while(|(_, c)| is_of_word(*c)).last();
    start.map_or(at, |(start, _)| start)..at
}

/// What stands at the caret of a Markdown text, of which all before the caret is given.
pub fn in_markdown(text: &str, at: usize) -> Context {
    let typed = word(text, at);
    let before = &text[..typed.start];
    let escaped = |sign: &str| before.strip_suffix(sign).is_some_and(|rest| rest.ends_with('\\'));
    if before.ends_with("[[") && !escaped("[[") {
        return Context::Link { cites: false, typed };
    }
    let after_word = || before[..before.len() - 1].chars().next_back().is_some_and(char::is_alphanumeric);
    if before.ends_with('@') && !escaped("@") && !after_word() {
        return Context::Link { cites: true, typed };
    }
    Context::Nothing
}

/// What stands at the caret of a YAML text: a sheet, or front matter alone.
pub fn in_yaml(text: &str, at: usize) -> Context {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let here = Line::of(text, start, at);
    if here.is_comment() {
        return Context::Nothing;
    }
    let mut above = Above { column: here.column, dash: here.dash, ..Above::default() };
    let parents = above.climb(text, start);
    match parents {
        Climbed::Scalar => return in_markdown(text, at),
        Climbed::Flow(from) => return in_flow(text, from, at, above.path),
        Climbed::Keys => {}
    }
    above.beside.extend(below(text, at, here.column));
    match here.key {
        Some(key) => {
            above.path.push(key.to_owned());
            in_flow(text, here.value, at, above.path)
        }
        None => match in_flow(text, here.content, at, above.path.clone()) {
            Context::Value { typed, path } if path == above.path && typed.start == here.content => {
                Context::Word { path, typed, beside: above.beside }
            }
            other => other,
        },
    }
}

/// A line up to the caret, or whole.
struct Line<'t> {
    /// The column of its key or word.
    column: usize,
    /// The column of its first dash.
    dash: Option<usize>,
    /// Its key, if it has one.
    key: Option<&'t str>,
    /// The byte at which its content begins.
    content: usize,
    /// The byte at which its value begins.
    value: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn of(text: &'t str, start: usize, end: usize) -> Self {
        let line = &text[start..end];
        let mut content = line.len() - line.trim_start_matches(' ').len();
        let mut dash = None;
        while line[content..].starts_with("- ") || &line[content..] == "-" {
            dash = dash.or(Some(content));
            let rest = &line[content + 1..];
            content += 1 + rest.len() - rest.trim_start_matches(' ').len();
        }
        let rest = &line[content..];
        let key = rest.find(':').filter(|n| {
            let sound = |c: char| is_of_word(c) || c == '.' || c == '"' || c == '\'';
            *n > 0
                && rest[..*n].chars().all(sound)
                && rest[n + 1..].chars().next().is_none_or(|c| c == ' ' || c == '\r')
        });
        let value = key.map_or(content, |n| content + n + 1);
        let key = key.map(|n| rest[..n].trim_matches(['"', '\'']));
        Self { column: content, dash, key, content: start + content, value: start + value, text: rest }
    }

    fn is_comment(&self) -> bool {
        self.text.starts_with('#') || self.text.contains(" #") && !self.text.contains(['"', '\''])
    }

    fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.dash.is_none()
    }
}

/// What was found above the caret.
#[derive(Default)]
struct Above {
    column: usize,
    dash: Option<usize>,
    path: Vec<String>,
    beside: Vec<String>,
}

enum Climbed {
    /// Every key above.
    Keys,
    /// The caret is in a text of several lines.
    Scalar,
    /// The caret is between braces that open at this byte.
    Flow(usize),
}

impl Above {
    /// Climbs from a line to the outermost key.
    fn climb(&mut self, text: &str, mut start: usize) -> Climbed {
        let mut first = true;
        while start > 0 {
            let end = start - 1;
            start = text[..end].rfind('\n').map_or(0, |n| n + 1);
            let line = Line::of(text, start, end);
            if line.is_empty() || line.text.starts_with('#') {
                continue;
            }
            let Some(key) = line.key else { continue };
            let is_beside = line.column == self.column && self.dash.is_none();
            if is_beside {
                if self.path.is_empty() {
                    self.beside.push(key.to_owned());
                }
                self.dash = line.dash;
                continue;
            }
            // A list may stand as far left as its key.
            let is_above = match self.dash {
                Some(dash) => line.column <= dash && line.dash.is_none_or(|d| d < dash),
                None => line.column < self.column,
            };
            if !is_above {
                continue;
            }
            let value = text[line.value..end].trim_start();
            match value.chars().next() {
                Some('|' | '>') if first => return Climbed::Scalar,
                Some('{' | '[') if first && !is_closed(value) => {
                    self.path.insert(0, key.to_owned());
                    let from = end - value.len();
                    (self.column, self.dash) = (line.column, line.dash);
                    self.climb(text, start);
                    return Climbed::Flow(from);
                }
                _ => {}
            }
            first = false;
            self.path.insert(0, key.to_owned());
            (self.column, self.dash) = (line.column, line.dash);
        }
        Climbed::Keys
    }
}

/// The keys that stand below the caret in the same record.
fn below(text: &str, at: usize, column: usize) -> Vec<String> {
    let mut keys = Vec::new();
    let mut start = text[at..].find('\n').map_or(text.len(), |n| at + n + 1);
    while start < text.len() {
        let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
        let line = Line::of(text, start, end);
        start = end + 1;
        if line.is_empty() || line.text.starts_with('#') {
            continue;
        }
        if line.column < column || line.dash.is_some_and(|dash| dash < column) {
            break;
        }
        keys.extend(line.key.filter(|_| line.column == column).map(str::to_owned));
    }
    keys
}

fn is_closed(value: &str) -> bool {
    let count = |signs: &[char]| value.chars().filter(|c| signs.contains(c)).count();
    count(&['{', '[']) == count(&['}', ']'])
}

/// A pair of braces or brackets that is open at the caret.
#[derive(Default)]
struct Open {
    /// The key whose value is being typed.
    key: Option<String>,
    /// Keys that stand there already.
    keys: Vec<String>,
    is_map: bool,
}

/// What stands at the caret of a value that begins at `from`, behind the keys of `path`.
fn in_flow(text: &str, from: usize, at: usize, mut path: Vec<String>) -> Context {
    // A text without quotation marks may hold braces of its own.
    let is_flow = text[from..at].trim_start().starts_with(['{', '[', '"', '\'']);
    if !is_flow {
        let is_remark = text[from..at].starts_with('#') || text[from..at].contains(" #");
        return match in_markdown(text, at) {
            Context::Nothing if is_remark => Context::Nothing,
            Context::Nothing => Context::Value { path, typed: word(text, at) },
            link => link,
        };
    }
    let mut open: Vec<Open> = Vec::new();
    let mut quote = None;
    let mut token = from;
    for (n, character) in text[from..at].char_indices() {
        let n = from + n;
        match (quote, character) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if text[token..n].trim().is_empty() => (quote, token) = (Some(character), n + 1),
            (None, '{') => open.push(Open { is_map: true, ..Open::default() }),
            (None, '[') => open.push(Open::default()),
            (None, '}' | ']') => drop(open.pop()),
            (None, ':') if open.last().is_some_and(|o| o.is_map && o.key.is_none()) => {
                let key = text[token..n].trim().to_owned();
                if let Some(last) = open.last_mut() {
                    last.keys.push(key.clone());
                    last.key = Some(key);
                }
            }
            (None, ',') => {
                if let Some(last) = open.last_mut() {
                    last.key = None;
                }
            }
            (None, '#') if text[..n].ends_with(' ') => return Context::Nothing,
            _ => {}
        }
        if quote.is_none() && matches!(character, '{' | '[' | '}' | ']' | ',' | ':') {
            token = n + 1;
        }
    }
    // Text between quotation marks may be Markdown; what begins a link is.
    if let link @ Context::Link { .. } = in_markdown(text, at)
        && (quote.is_some() || open.is_empty())
    {
        return link;
    }
    let typed = word(text, at);
    let inner = open.iter().filter_map(|o| o.key.clone());
    path.extend(inner);
    match open.pop() {
        Some(Open { is_map: true, key: None, keys, .. }) => Context::Word { path, typed, beside: keys },
        _ => Context::Value { path, typed },
    }
}

/// What stands at the caret of `site.toml`.
pub fn in_toml(text: &str, at: usize) -> Context {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let line = &text[start..at];
    if line.trim_start().starts_with('#') {
        return Context::Nothing;
    }
    let table = text[..start].lines().rev().map(str::trim).find(|line| line.starts_with('['));
    let table = table.map_or("", |line| line.split(']').next().unwrap_or_default().trim_matches(['[', ' ']));
    let mut path: Vec<String> =
        table.split('.').filter(|part| !part.is_empty()).map(|part| part.trim().to_owned()).collect();
    let typed = word(text, at);
    if let Some(header) = line.trim_start().strip_prefix('[') {
        let parts = header.trim_start_matches('[').split('.');
        let mut path: Vec<String> = parts.map(|part| part.trim().to_owned()).collect();
        path.pop();
        return Context::Word { path, typed, beside: Vec::new() };
    }
    match line.split_once('=') {
        Some((key, _)) => {
            path.push(key.trim().trim_matches('"').to_owned());
            Context::Value { path, typed }
        }
        None => {
            let beside = beside_in_table(text, start);
            Context::Word { path, typed, beside }
        }
    }
}

/// The keys of the table that holds a line.
fn beside_in_table(text: &str, start: usize) -> Vec<String> {
    let key = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
    let is_inside = |line: &&str| !line.trim_start().starts_with('[');
    let above = text[..start].lines().rev().take_while(is_inside).filter_map(key);
    let below = text[start..].lines().skip(1).take_while(is_inside).filter_map(key);
    above.chain(below).collect()
}

#[cfg(test)]
mod tests;
