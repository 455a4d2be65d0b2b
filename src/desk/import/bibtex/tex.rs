//! TeX to words: what a reader of the typeset page would see.
//!
//! 1. Accents in all their spellings (`\'e`, `\'{e}`, `{\'e}`, `\'\i`, `\v{c}`, `\c c`) become letters; signs by name
//!    ([`symbols`]) become signs.
//! 2. Commands of style (`\textit{…}`, `{\em …}`) leave their words, `\enquote{…}` its quotation marks in the language of
//!    the entry; what takes up room only (`\vphantom{…}`, `\hspace{…}`) or sorts (`\noopsort{…}`) leaves nothing.
//! 3. Formulas between `$` lose the signs of TeX; a `$` that opens none is a dollar.
//! 4. A command that nobody here knows leaves its words, and is told.
//!
//! Braces are kept apart from other words, for names: within them nothing divides a list or a name.

mod commands;
mod symbols;

use biblatex::{Chunk, Chunks, Spanned};
use commands::{SECOND, SILENT, SPACES, STYLES, SWITCHES};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A value as words.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// Within no braces (`Normal`), or within some (`Verbatim`).
    pub chunks: Chunks,
    /// Names of commands that are not known.
    pub unknown: Vec<String>,
}

impl Words {
    /// All of it.
    pub(super) fn text(&self) -> String {
        self.chunks.iter().map(|chunk| chunk.v.get()).collect()
    }
}

/// Quotation marks of `\enquote`: the outer pair, the inner pair.
pub(super) type Marks = [&'static str; 4];

/// The marks of a language; those of English where it has none here.
pub(super) fn marks(tag: Option<&str>) -> Marks {
    match tag.and_then(|tag| tag.split('-').next()) {
        Some("fr") => ["«\u{a0}", "\u{a0}»", "“", "”"],
        Some("de" | "cs" | "sk" | "sl") => ["„", "“", "‚", "‘"],
        Some("es" | "it" | "pt" | "ru" | "uk" | "el" | "no" | "nb") => ["«", "»", "“", "”"],
        Some("pl" | "ro" | "hu") => ["„", "”", "«", "»"],
        _ => ["“", "”", "‘", "’"],
    }
}

/// Reads a value. Any text gives some words.
pub(super) fn read(text: &str, marks: Marks) -> Words {
    let mut reader = Reader {
        text,
        at: 0,
        out: Vec::new(),
        verbatim: false,
        math: false,
        quoted: 0,
        depth: 0,
        marks,
        unknown: Vec::new(),
        missing: Vec::new(),
    };
    reader.whole();
    let chunk = |(verbatim, text): (bool, String)| match verbatim {
        true => Spanned::detached(Chunk::Verbatim(text)),
        false => Spanned::detached(Chunk::Normal(text)),
    };
    let mut chunks: Chunks = reader.out.into_iter().map(chunk).collect();
    // A value that is nothing but a command that nobody knows (`\apj`) is the name of it.
    if let (true, [name]) = (chunks.iter().all(|chunk| chunk.v.get().trim().is_empty()), reader.unknown.as_slice()) {
        chunks = vec![Spanned::detached(Chunk::Normal(name.clone()))];
    }
    Words { chunks, unknown: reader.unknown }
}

/// An address as it is typed in TeX: nothing but what is escaped is a command.
pub(super) fn address(text: &str) -> String {
    let text = text.trim();
    let inside = ["\\url", "\\path", "\\nolinkurl"].iter().find_map(|start| text.strip_prefix(start));
    let text = inside.unwrap_or(text);
    let text = [
        "{\\textasciitilde}",
        "\\textasciitilde{}",
        "\\textasciitilde ",
        "\\textasciitilde",
        "\\~{}",
        "{\\~}",
        "\\~",
        "$\\sim$",
        "{\\char126}",
        "\\char126",
    ]
    .iter()
    .fold(text.to_owned(), |text, tilde| text.replace(tilde, "~"));
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' if signs.peek().is_some_and(|next| "_%#&$~^{}:/-".contains(*next)) => {}
            '{' | '}' if !out.ends_with('\\') => {}
            sign => out.push(sign),
        }
    }
    out.trim().to_owned()
}

/// A date as it is typed in TeX: `~` is a mark of doubt, and two hyphens part the ends of an interval.
pub(super) fn date(text: &str) -> String {
    let text = text.replace("\\textasciitilde", "~").replace("---", "/").replace("--", "/").replace(['–', '—'], "/");
    let text: String = text.chars().filter(|c| !matches!(c, '{' | '}' | '\\' | '$')).collect();
    text.trim().to_owned()
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Whether within braces, and what.
    out: Vec<(bool, String)>,
    verbatim: bool,
    math: bool,
    /// How many `\enquote` are open.
    quoted: usize,
    /// How many arguments are read within each other.
    depth: usize,
    marks: Marks,
    unknown: Vec<String>,
    /// Ends of formulas that do not come any more.
    missing: Vec<&'static str>,
}

/// Groups and arguments in one another beyond this are read as if they had no braces.
const DEEPEST: usize = 100;

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn push(&mut self, words: &str) {
        match self.out.last_mut() {
            Some((verbatim, text)) if *verbatim == self.verbatim => text.push_str(words),
            _ if words.is_empty() => {}
            _ => self.out.push((self.verbatim, words.to_owned())),
        }
    }

    fn skip_space(&mut self) -> bool {
        let rest = self.rest();
        let space = rest.len() - rest.trim_start().len();
        self.at += space;
        space > 0
    }

    /// To the end; a closing brace that nothing opened is passed over.
    fn whole(&mut self) {
        while self.at < self.text.len() {
            self.run();
            self.at += 1;
        }
    }

    /// To the closing brace, which is left, or to the end.
    fn run(&mut self) {
        while let Some(c) = self.peek() {
            match c {
                '}' => return,
                '{' => self.group(),
                '\\' => self.command(),
                '$' => self.dollar(),
                '^' | '_' if self.math => self.script(c == '^'),
                c if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' => self.white(),
                c => {
                    self.at += c.len_utf8();
                    self.sign(c);
                }
            }
        }
    }

    /// White space; a line left blank parts paragraphs.
    fn white(&mut self) {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_whitespace() || c == '\u{a0}' || c == '\u{202f}').unwrap_or(rest.len());
        let lines = rest[..end].replace("\r\n", "\n").matches(['\n', '\r']).count();
        self.at += end;
        self.push(if lines > 1 { "\n\n" } else { " " });
    }

    /// A sign that may be more than itself with those after it.
    fn sign(&mut self, c: char) {
        let ligatures = [("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("?`", "¿"), ("!`", "¡")];
        let start = self.at - c.len_utf8();
        let found = ligatures.iter().find(|(typed, _)| !self.math && self.text[start..].starts_with(typed));
        match found {
            Some((typed, shown)) => {
                self.at = start + typed.len();
                self.push(shown);
            }
            None if c == '~' => self.push(" "),
            None if c == '\'' && self.math => self.push("′"),
            None => self.push(c.encode_utf8(&mut [0; 4])),
        }
    }

    /// A group. One that only makes an accent is as if it were not there.
    fn group(&mut self) {
        self.at += 1;
        if self.depth > DEEPEST {
            return;
        }
        self.depth += 1;
        let rest = self.rest();
        let inside = &rest[..rest.find('}').unwrap_or(rest.len())];
        let is_accent = inside.starts_with('\\')
            && inside.len() <= 20
            && !inside[1..].trim_end().contains("  ")
            && inside.matches(' ').count() <= 1;
        let was = self.verbatim;
        self.verbatim |= !is_accent;
        self.run();
        self.at += usize::from(self.peek() == Some('}'));
        self.verbatim = was;
        self.depth -= 1;
    }

    /// What an argument says, by itself: a group, a command, or one sign.
    fn argument(&mut self) -> String {
        self.skip_space();
        if self.depth > DEEPEST {
            return String::new();
        }
        self.depth += 1;
        let before = std::mem::take(&mut self.out);
        match self.peek() {
            Some('{') => self.group(),
            Some('\\') => self.command(),
            Some('}') | None => {}
            Some(c) => {
                self.at += c.len_utf8();
                self.push(c.encode_utf8(&mut [0; 4]));
            }
        }
        self.depth -= 1;
        let found = std::mem::replace(&mut self.out, before);
        found.into_iter().map(|(_, text)| text).collect()
    }

    /// What an argument holds, as it is typed.
    fn raw(&mut self) -> String {
        self.skip_space();
        let Some(inside) = self.rest().strip_prefix('{') else { return self.argument() };
        let (mut depth, mut escaped) = (1usize, false);
        let end = inside.find(|c| {
            let is_sign = escaped;
            escaped = c == '\\' && !is_sign;
            depth = match c {
                _ if is_sign => depth,
                '{' => depth + 1,
                '}' => depth - 1,
                _ => depth,
            };
            depth == 0
        });
        let found = inside[..end.unwrap_or(inside.len())].to_owned();
        self.at += 1 + found.len() + usize::from(end.is_some());
        found
    }

    fn command(&mut self) {
        self.at += 1;
        let rest = self.rest();
        let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        if letters == 0 {
            return self.sign_command();
        }
        let name = rest[..letters].to_owned();
        self.at += letters;
        let starred = self.peek() == Some('*');
        self.at += usize::from(starred);
        if let Some(accent) = symbols::accent(&name) {
            return self.accent(accent);
        }
        let spaced = self.skip_space();
        if let Some(shown) = symbols::named(&name) {
            self.push(shown);
            return self.after_word(shown, spaced);
        }
        self.structure(&name, starred, spaced);
    }

    /// After what stands for a word, `{}` ends it, and a space is one.
    fn after_word(&mut self, shown: &str, spaced: bool) {
        if self.rest().starts_with("{}") {
            self.at += 2;
            return;
        }
        let is_word = shown.chars().nth(1).is_some();
        let is_relation = self.math && !shown.starts_with(char::is_alphanumeric);
        if spaced && (is_word || is_relation) && self.peek() != Some('}') {
            self.push(" ");
        }
    }

    /// A command of one sign that is no letter.
    fn sign_command(&mut self) {
        let Some(c) = self.next() else { return };
        if let Some(accent) = symbols::accent(c.encode_utf8(&mut [0; 4])) {
            return self.accent(accent);
        }
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => self.push(c.encode_utf8(&mut [0; 4])),
            '\\' => {
                self.at += usize::from(self.peek() == Some('*'));
                self.push(" ");
            }
            ',' => self.push("\u{2009}"),
            ' ' | '\n' | '\t' | ';' | ':' | '>' => self.push(" "),
            '!' | '/' | '-' | '@' | ')' | ']' => {}
            '(' | '[' => self.formula(if c == '(' { "\\)" } else { "\\]" }),
            '|' => self.push("‖"),
            c => self.push(c.encode_utf8(&mut [0; 4])),
        }
    }

    /// An accent on the first letter of what follows; by itself where nothing does.
    fn accent(&mut self, (combining, alone): (char, &str)) {
        let letter = self.argument();
        let mut signs = letter.chars();
        let Some(first) = signs.next().filter(|c| !c.is_whitespace()) else { return self.push(alone) };
        let is_above = canonical_combining_class(combining) == 230;
        let first = match first {
            'ı' if is_above => 'i',
            'ȷ' if is_above => 'j',
            first => first,
        };
        let rest = signs.as_str();
        let marks = rest.len() - rest.trim_start_matches(|c| canonical_combining_class(c) != 0).len();
        let base = if first == '-' || first.is_ascii_digit() {
            String::from(first)
        } else {
            format!("{first}{}{combining}", &rest[..marks])
        };
        let composed: String = base.nfc().collect();
        self.push(&composed);
        self.push(&rest[marks..]);
    }

    fn structure(&mut self, name: &str, starred: bool, spaced: bool) {
        match name {
            "enquote" | "mkbibquote" | "textquote" => self.enquote(starred),
            "url" | "path" | "nolinkurl" => {
                let raw = self.raw();
                self.push(&address(&raw));
            }
            "verb" => self.verb(),
            "par" => self.push("\n\n"),
            "frac" | "tfrac" | "dfrac" | "nicefrac" => {
                let (above, below) = (self.argument(), self.argument());
                self.push(&format!("{above}/{below}"));
            }
            "sqrt" => {
                let root = self.argument();
                self.push(&if root.chars().nth(1).is_some() { format!("√({root})") } else { format!("√{root}") });
            }
            "textsuperscript" | "mkbibsuperscript" | "sp" => self.raised(true),
            "textsubscript" | "mkbibsubscript" | "sb" => self.raised(false),
            "uppercase" | "MakeUppercase" => {
                let words = self.argument().to_uppercase();
                self.push(&words);
            }
            "lowercase" | "MakeLowercase" => {
                let words = self.argument().to_lowercase();
                self.push(&words);
            }
            "ensuremath" => {
                let was = std::mem::replace(&mut self.math, true);
                let words = self.argument();
                self.math = was;
                self.push(&words);
            }
            "mkbibparens" => self.around("(", ")"),
            "mkbibbrackets" | "cite" | "textcite" | "parencite" | "citet" | "citep" | "citeauthor" | "footcite" => {
                self.around("[", "]")
            }
            "char" | "symbol" | "unichar" => self.numbered(),
            "kern" | "hskip" | "raise" | "lower" => self.dimension(),
            "t" | "newtie" => self.tie(),
            _ if SILENT.contains(&name) => drop(self.raw()),
            _ if SECOND.contains(&name) => {
                self.option();
                self.raw();
            }
            _ if SPACES.contains(&name) => self.push(" "),
            _ if SWITCHES.contains(&name) => {}
            _ if STYLES.contains(&name) => self.option(),
            _ => self.stranger(name, spaced),
        }
    }

    /// What is not known leaves the words of its argument; without one, a name in capitals is likely what it stands for.
    fn stranger(&mut self, name: &str, spaced: bool) {
        if !self.unknown.iter().any(|known| known == name) {
            self.unknown.push(name.to_owned());
        }
        let has_words = self.rest().starts_with('{') && !self.rest().starts_with("{}");
        if !has_words && name.starts_with(|c: char| c.is_ascii_uppercase()) {
            self.push(name);
            self.after_word(name, spaced);
        } else if self.rest().starts_with("{}") {
            self.at += 2;
        }
    }

    fn around(&mut self, before: &str, after: &str) {
        self.option();
        let words = self.argument();
        self.push(&format!("{before}{words}{after}"));
    }

    /// `[…]` after the name of a command.
    fn option(&mut self) {
        if let Some(inside) = self.rest().strip_prefix('[')
            && let Some(end) = inside.find(']').filter(|end| !inside[..*end].contains(['{', '}']))
        {
            self.at += end + 2;
        }
    }

    fn enquote(&mut self, starred: bool) {
        let [open, close, inner_open, inner_close] = self.marks;
        let is_inner = starred || self.quoted % 2 == 1;
        self.quoted += 1;
        let words = self.argument();
        self.quoted -= 1;
        let (open, close) = if is_inner { (inner_open, inner_close) } else { (open, close) };
        self.push(&format!("{open}{words}{close}"));
    }

    fn verb(&mut self) {
        let Some(bar) = self.next() else { return };
        let rest = self.rest();
        let words = rest[..rest.find(bar).unwrap_or(rest.len())].to_owned();
        self.at += words.len() + if rest.len() > words.len() { bar.len_utf8() } else { 0 };
        self.push(&words);
    }

    /// `\char233`, `\char"E9`, `\symbol{233}`.
    fn numbered(&mut self) {
        let text = if self.peek() == Some('{') {
            self.raw()
        } else {
            let rest = self.rest();
            let quote = usize::from(rest.starts_with(['"', '\'', '`']));
            let digits = rest[quote..].len() - rest[quote..].trim_start_matches(|c: char| c.is_ascii_hexdigit()).len();
            let word = rest[..quote + digits].to_owned();
            self.at += word.len();
            word
        };
        let code = match text.strip_prefix('"') {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => text.parse().ok(),
        };
        if let Some(sign) = code.and_then(char::from_u32).filter(|c| !c.is_control()) {
            self.push(sign.encode_utf8(&mut [0; 4]));
        }
    }

    /// `-.1em` after `\kern`.
    fn dimension(&mut self) {
        let rest = self.rest();
        let number = rest.trim_start_matches(|c: char| matches!(c, '-' | '+' | '.' | '=' | ' ') || c.is_ascii_digit());
        let unit =
            ["em", "ex", "pt", "mm", "cm", "in", "mu", "sp", "pc"].iter().find(|unit| number.starts_with(**unit));
        self.at += rest.len() - number.len() + unit.map_or(0, |unit| unit.len());
        self.at += usize::from(unit.is_some() && self.peek() == Some(' '));
    }

    /// `\t{oo}`: one bow over two letters.
    fn tie(&mut self) {
        let letters = self.argument();
        let mut signs = letters.chars();
        if let (Some(first), rest) = (signs.next(), signs.as_str()) {
            self.push(&format!("{first}\u{361}{rest}"));
        }
    }

    /// A formula, if it is one: no space within its signs, and no digit after it, else it is money.
    fn dollar(&mut self) {
        let rest = &self.rest()[1..];
        let double = rest.starts_with('$');
        let inside = if double { &rest[1..] } else { rest };
        let end = inside.match_indices('$').map(|(at, _)| at).find(|at| !inside[..*at].ends_with('\\'));
        let is_formula = end.is_some_and(|end| {
            let words = &inside[..end];
            let balanced = words.matches('{').count() == words.matches('}').count();
            let money =
                words.ends_with(char::is_whitespace) || inside[end + 1..].starts_with(|c: char| c.is_ascii_digit());
            !words.is_empty() && balanced && (double || !words.starts_with(char::is_whitespace) && !money)
        });
        self.at += 1;
        match is_formula {
            true if double => {
                self.at += 1;
                self.formula("$$");
            }
            true => self.formula("$"),
            false if end == Some(0) => self.at += 1,
            false => self.push("$"),
        }
    }

    /// To the sign that closes it.
    fn formula(&mut self, closer: &'static str) {
        if self.missing.contains(&closer) {
            return;
        }
        let Some(end) = self.rest().find(closer) else { return self.missing.push(closer) };
        let (text, after) = (self.text, self.at + end + closer.len());
        let missing = self.missing.clone();
        let was = std::mem::replace(&mut self.math, true);
        self.text = &text[..self.at + end];
        self.whole();
        (self.text, self.at, self.math, self.missing) = (text, after, was, missing);
    }

    fn script(&mut self, up: bool) {
        self.at += 1;
        self.raised(up);
    }

    /// Digits and signs above or below the line have signs of their own; letters after a digit (`11^{th}`) stand as they are.
    fn raised(&mut self, up: bool) {
        let words = self.argument();
        let shown: Option<String> = words.chars().map(|c| symbols::raised(c, up)).collect();
        let is_ending =
            !self.math || self.out.last().is_some_and(|(_, text)| text.ends_with(|c: char| c.is_ascii_digit()));
        match shown {
            Some(shown) => self.push(&shown),
            None if is_ending && up && words.chars().all(char::is_alphabetic) => self.push(&words),
            None if words.chars().nth(1).is_some() => self.push(&format!("{}({words})", if up { '^' } else { '_' })),
            None => self.push(&format!("{}{words}", if up { '^' } else { '_' })),
        }
    }
}

#[cfg(test)]
mod tests;
