//! Numbers in a language: groups of three digits, and the sign for decimals.

use crate::model::language::Language;
use crate::model::value::Decimal;

/// A whole number: 11 000, 11,000.
pub fn integer(value: i64, language: Language) -> String {
    let sign = if value < 0 { "−" } else { "" };
    format!("{sign}{}", grouped(&value.unsigned_abs().to_string(), language))
}

/// A decimal number: 2,5 or 2.5.
pub fn decimal(value: Decimal, language: Language) -> String {
    let (negative, integer, decimals) = value.parts();
    signed(negative, &integer, &decimals, language)
}

/// A number of a figure's scale, with so many decimals.
pub fn float(value: f64, decimals: usize, language: Language) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (integer, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_nought = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    signed(value < 0.0 && !is_nought, integer, fraction, language)
}

fn signed(negative: bool, integer: &str, decimals: &str, language: Language) -> String {
    let sign = if negative { "−" } else { "" };
    let point = match (decimals.is_empty(), language) {
        (true, _) => "",
        (false, language) => language.rules().decimal_sign,
    };
    format!("{sign}{}{point}{decimals}", grouped(integer, language))
}

/// The ordinal of a century or a day: XIX<sup>e</sup> as plain text `XIXe`, `19th`.
pub fn ordinal(value: i64, language: Language) -> String {
    (language.rules().ordinal)(value)
}

fn grouped(digits: &str, language: Language) -> String {
    let separator = language.rules().group_sign;
    let mut out = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// Roman numerals as far as they are read; larger numbers stay as they are.
pub fn roman(value: i64) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&value) {
        return value.to_string();
    }
    let mut rest = value;
    let mut out = String::new();
    for (number, sign) in SIGNS {
        while rest >= number {
            out.push_str(sign);
            rest -= number;
        }
    }
    out
}
