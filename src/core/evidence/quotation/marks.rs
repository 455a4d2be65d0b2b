//! The quotation marks of a text, and what their neighbours say of them.

use std::ops::Range;

use super::super::readers::Text;

/// Marks that are paired with one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// « », or » « where the text sets them so.
    Guillemet,
    /// ‹ ›
    Angle,
    /// “ ” „ ‟
    Curly,
    /// "
    Straight,
    /// » » where a text has no «.
    Alike,
    /// ‘ ’ ‚
    Single,
    /// '
    SingleStraight,
    /// 「 」
    Corner,
    /// 『 』
    WhiteCorner,
}

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It opens a quotation.
    Open,
    /// It closes one.
    Close,
    /// It is no quotation mark here.
    None,
}

/// One mark.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Its bytes.
    pub at: Range<usize>,
    /// The mark.
    pub mark: char,
    /// What it is paired with.
    pub family: Family,
    /// What its shape says, whatever stands around it.
    pub role: Role,
    /// Whether it may open: nothing, white space or an opening sign before it, and a word after.
    pub opens: bool,
    /// Whether it may close: a word or sign before it, and none of a word after.
    pub closes: bool,
    /// Whether a sign that a quotation ends with stands before or after.
    pub beside_sign: bool,
    /// Whether it may be the sign of inches or seconds.
    pub after_figure: bool,
    /// Whether nothing but white space stands before it in its line.
    pub begins_line: bool,
}

impl Family {
    /// Whether one mark is used for both ends, so that only its neighbours tell them apart.
    pub(super) fn is_alike(self) -> bool {
        matches!(self, Self::Straight | Self::Alike | Self::SingleStraight)
    }

    /// Whether its marks are also apostrophes.
    pub(super) fn is_single(self) -> bool {
        matches!(self, Self::Single | Self::SingleStraight)
    }

    /// Whether a mark is what is set again at each paragraph of a quotation: the opening one, and in French also the
    /// closing one.
    pub(super) fn repeats(self, mark: char) -> bool {
        match self {
            Self::Guillemet | Self::Straight | Self::Alike | Self::SingleStraight => true,
            Self::Angle => matches!(mark, '‹' | '›'),
            Self::Curly => matches!(mark, '“' | '„' | '‟'),
            Self::Single => matches!(mark, '‘' | '‚'),
            Self::Corner => mark == '「',
            Self::WhiteCorner => mark == '『',
        }
    }
}

/// All marks of a text, in order. An apostrophe is none, and no arrow between the parts of an address.
pub(super) fn of(text: &Text) -> Vec<Mark> {
    let guillemets = Guillemets::of(text.as_str());
    let mut marks = Vec::new();
    let mut before = None;
    let mut chars = text.as_str().char_indices().peekable();
    let mut line = true;
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let begins_line = line;
        line = matches!(c, '\n' | '\r') || (line && c.is_whitespace());
        if let Some((family, role)) = shape(c, guillemets) {
            let mark = Mark {
                at: at..at + c.len_utf8(),
                mark: c,
                family,
                role,
                opens: opens(before, after),
                closes: closes(before, after),
                beside_sign: before.is_some_and(is_end) || after.is_some_and(|c| is_end(c) || c == ';' || c == ':'),
                after_figure: before.is_some_and(char::is_numeric),
                begins_line,
            };
            if !is_none(&mark, before, after) {
                marks.push(mark);
            }
        }
        before = Some(c);
    }
    marks
}

/// How a text sets guillemets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guillemets {
    /// « so »
    Outwards,
    /// »so«
    Inwards,
    /// »so»
    Alike,
}

impl Guillemets {
    /// Inwards where more of them hug their words so than the other way; alike where no « is there.
    fn of(text: &str) -> Self {
        if !text.contains('«') {
            return Self::Alike;
        }
        let (mut outwards, mut inwards) = (0_usize, 0_usize);
        let mut before = None;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let after = chars.peek().copied();
            let hugs = opens(before, after) && !closes(before, after) && after.is_some_and(char::is_alphanumeric);
            match c {
                '«' if hugs => outwards += 1,
                '»' if hugs => inwards += 1,
                _ => {}
            }
            before = Some(c);
        }
        if inwards > outwards { Self::Inwards } else { Self::Outwards }
    }
}

fn shape(c: char, guillemets: Guillemets) -> Option<(Family, Role)> {
    Some(match (c, guillemets) {
        ('«', Guillemets::Inwards) | ('»', Guillemets::Outwards) => (Family::Guillemet, Role::Close),
        ('«', _) | ('»', Guillemets::Inwards) => (Family::Guillemet, Role::Open),
        ('»', Guillemets::Alike) => (Family::Alike, Role::Close),
        ('‹', _) => (Family::Angle, Role::Open),
        ('›', _) => (Family::Angle, Role::Close),
        ('“' | '„' | '‟', _) => (Family::Curly, Role::Open),
        ('”', _) => (Family::Curly, Role::Close),
        ('"' | '＂', _) => (Family::Straight, Role::Close),
        ('‘' | '‚' | '’', _) => (Family::Single, Role::None),
        ('\'', _) => (Family::SingleStraight, Role::None),
        ('「', _) => (Family::Corner, Role::Open),
        ('」', _) => (Family::Corner, Role::Close),
        ('『', _) => (Family::WhiteCorner, Role::Open),
        ('』', _) => (Family::WhiteCorner, Role::Close),
        _ => return None,
    })
}

fn is_none(mark: &Mark, before: Option<char>, after: Option<char>) -> bool {
    let is = |c: Option<char>, what: fn(char) -> bool| c.is_some_and(what);
    match mark.family {
        // l’avis; the ’90s.
        Family::Single | Family::SingleStraight => {
            (is(before, char::is_alphanumeric) && is(after, char::is_alphanumeric))
                || (mark.mark != '‘' && mark.opens && is(after, char::is_numeric))
                || (mark.mark == '’' && mark.opens && !mark.closes)
        }
        // Home » World » Article.
        Family::Alike => is(before, char::is_whitespace) && is(after, char::is_whitespace),
        _ => false,
    }
}

fn opens(before: Option<char>, after: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || is_opening(c)) && after.is_some_and(|c| !c.is_whitespace())
}

fn closes(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| !c.is_whitespace() && !is_opening(c)) && after.is_none_or(|c| !c.is_alphanumeric())
}

/// Signs after which a quotation begins.
fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '«' | '“' | '„' | '‘' | '‚' | '"' | '\'' | '¿' | '¡')
}

/// Signs with which one ends, or which follow its end.
fn is_end(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | '…' | '»' | '”')
}
