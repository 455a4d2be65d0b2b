//! Names in the order in which they are said, languages by their tags.

use super::languages;

/// A name by its parts: `Jan van der Berg, Jr.`
pub fn whole(given: &str, particle: &str, family: &str, suffix: &str) -> String {
    let parts = [given, particle, family].into_iter().map(str::trim).filter(|part| !part.is_empty());
    let said = parts.fold(String::new(), |mut said, part| {
        // A particle such as `d'` or `de l’` is said in one breath with what follows.
        let in_one_breath = said.rsplit(' ').next().is_some_and(|word| ["", "d'", "d’", "l'", "l’"].contains(&word));
        said.extend((!in_one_breath).then_some(' '));
        said + part
    });
    match suffix.trim() {
        "" => said,
        suffix => format!("{said}, {suffix}"),
    }
}

/// A name as RIS and citation tags write it: `Berg, Jan van der, Jr.`; without a comma it is whole. A comma at the end, or
/// two in a row, is EndNote's sign for a body, whose name is not turned round.
///
/// Of two parts the second is the given name, and `White, JR` has two initials: a suffix only where it is written as one.
pub fn turned(name: &str) -> String {
    let name = name.trim();
    if let Some(body) = name.strip_suffix(',') {
        return body.trim().to_owned();
    }
    if name.contains(",,") {
        return name.replace(",,", ",");
    }
    let parts: Vec<_> = name.split(',').map(str::trim).collect();
    match parts[..] {
        [family, given] if !stands_alone(given) => whole(given, "", family, ""),
        [family, given, suffix] if is_suffix(suffix) => whole(given, "", family, suffix),
        // `King, Jr., Martin Luther`, as BibTeX has it.
        [family, suffix, given] if stands_alone(suffix) && !given.is_empty() => whole(given, "", family, suffix),
        _ => name.to_owned(),
    }
}

/// Behind two other parts.
fn is_suffix(word: &str) -> bool {
    const SUFFIXES: [&str; 12] = ["jr", "sr", "ii", "iii", "iv", "v", "2nd", "3rd", "phd", "md", "esq", "mbe"];
    SUFFIXES.contains(&&*word.replace(['.', ' '], "").to_lowercase())
}

/// What is no given name behind a family's: the suffix of a person, or the legal form of a body, as such are written.
/// Capitals alone (`MD`, `SA`, `JR`, `AG`) are initials.
fn stands_alone(word: &str) -> bool {
    const WORDS: [&str; 20] = [
        "Jr", "Sr", "jr", "sr", "III", "PhD", "Esq", "Inc", "inc", "INC", "Ltd", "ltd", "LTD", "LLC", "LLP", "GmbH",
        "Corp", "Co", "PLC", "plc",
    ];
    WORDS.contains(&&*word.replace(['.', ' '], ""))
}

/// A language tag of BCP 47 from a tag, a locale (`fr_FR`) or a name in English, French or babel's (`ngerman`).
pub fn language(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if let Some(tag) = languages::by_name(&lower) {
        return Some(tag.to_owned());
    }
    let tag = lower.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    let mut parts = tag.split('-');
    let primary = parts.next().filter(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()))?;
    let mut out = primary.to_owned();
    for part in parts {
        let case = match part.len() {
            2 => part.to_uppercase(),
            4 if part.is_ascii() => part[..1].to_uppercase() + &part[1..],
            _ => part.to_owned(),
        };
        out = format!("{out}-{case}");
    }
    sourcebook_core::base::id::is_language(&out).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, expect) in [
            ("Berg, Jan van der", "Jan van der Berg"),
            ("van der Berg, Jan", "Jan van der Berg"),
            ("King, Martin Luther, Jr.", "Martin Luther King, Jr."),
            ("Kim Jong-un", "Kim Jong-un"),
            ("Acme, Inc.", "Acme, Inc."),
            ("Smith, Jr.", "Smith, Jr."),
            ("King, Jr., Martin Luther", "Martin Luther King, Jr."),
            ("White, JR", "JR White"),
            ("Stone, MD", "MD Stone"),
            ("Marsh, SA", "SA Marsh"),
            ("Stone, M.D.", "M.D. Stone"),
            ("Bach, AG", "AG Bach"),
            ("Brown, II", "II Brown"),
            ("White, JR, Jr", "JR White, Jr"),
            ("Stone, Ann, MD", "Ann Stone, MD"),
            ("Doe, J. (ed.)", "J. (ed.) Doe"),
            ("Ministry of Defence,", "Ministry of Defence"),
            ("University of California,, Irvine", "University of California, Irvine"),
            ("A, B, C, D", "A, B, C, D"),
        ] {
            assert_eq!(turned(name), expect);
        }
        assert_eq!(whole("Valéry", "d'", "Estaing", ""), "Valéry d'Estaing");
        assert_eq!(whole("Michel", "de l’", "Hospital", ""), "Michel de l’Hospital");
        assert_eq!(whole("", "", "Éd’ von", ""), "Éd’ von");
    }

    #[test]
    fn languages() {
        for (text, expect) in [
            ("fr", "fr"),
            ("fr_FR", "fr-FR"),
            ("EN-us", "en-US"),
            ("ngerman", "de"),
            ("French", "fr"),
            ("eng", "en"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("fr_FR.UTF-8", "fr-FR"),
            ("yid", "yid"),
        ] {
            assert_eq!(language(text).as_deref(), Some(expect), "{text}");
        }
        for text in ["", "klingonese", "français canadien", "x", "é1"] {
            assert_eq!(language(text), None, "{text}");
        }
    }
}
