//! German, by the rules of Duden: „…“ with ‚…‘ inside, 11.000, 2,5, 19. Jahrhundert.

use super::{Bounds, Quotes, Roles, Rules, Vocabulary, look_up};

pub(super) static RULES: Rules = Rules {
    locale: "de-DE",
    decimal_sign: ",",
    group_sign: '.',
    is_one: |n| n == 1,
    sign_first: false,
    ordinal: |n| format!("{n}."),
    quotes: Quotes { outer: ['„', '“'], straight: ["„", "“"], inner: ['‚', '‘'] },
    stands_off: false,
    articled_days: false,
    elide: |text| text,
    units: &["Tausend", "tausend", "Million", "Millionen", "Milliarde", "Milliarden", "Euro", "Dollar", "Prozent"],
    vocabulary: Vocabulary {
        number,
        scale: |word| look_up(SCALES, word),
        joints: &["und"],
        part: |word| look_up(PARTS, word),
        none: &["kein", "keine", "keinem", "keinen", "keiner", "niemand"],
        weekdays: [
            &["montag"],
            &["dienstag"],
            &["mittwoch"],
            &["donnerstag"],
            &["freitag"],
            &["samstag", "sonnabend"],
            &["sonntag"],
        ],
        bounds: Bounds {
            about: &["etwa", "rund", "ungefähr", "circa", "knapp", "fast", "annähernd"],
            more_than: &["mehr als", "über"],
            at_least: &["mindestens", "wenigstens", "zumindest"],
            less_than: &["weniger als", "unter"],
            at_most: &["höchstens", "bis zu", "maximal"],
        },
        declines: &[
            "nicht bestätigt*",
            "wollte* nicht bestätigen",
            "wollte* sich nicht äußern",
            "wollte* nicht kommentieren",
            "ohne zu bestätigen",
            "lehnte* eine stellungnahme ab",
        ],
        denies: &["bestreitet", "bestreiten", "bestritt", "bestritten", "dementiert*", "wies zurück", "weist zurück"],
        hedges: &[
            "könnte",
            "könnten",
            "dürfte",
            "dürften",
            "soll",
            "sollen",
            "schätzt",
            "schätzen",
            "schätzte*",
            "geschätzt*",
            "schätzungsweise",
            "vermutlich",
            "wahrscheinlich",
            "mutmaßlich*",
            "angeblich*",
            "vielleicht",
            "etwa",
            "rund",
        ],
        says: &[
            "laut",
            "zufolge",
            "nach angaben",
            "nach eigenen angaben",
            "sagt*",
            "sagen",
            "erklärt*",
            "behaupte*",
            "berichte*",
            "meldet*",
            "melden",
            "teilte*",
            "schreib*",
            "schrieb*",
            "zitier*",
            "betont*",
            "warnt*",
            "bestätigt*",
            "dementier*",
            "schätzt*",
            "nannt*",
            "nennt",
            "kündigt*",
        ],
        attributes: &[
            "laut",
            "zufolge",
            "nach angaben",
            "nach eigenen angaben",
            "sagt*",
            "sagen",
            "erklär*",
            "behaupt*",
            "bericht*",
            "meldet*",
            "melden",
            "teilt* mit",
            "gibt an",
            "geben an",
            "nannte*",
            "nennt",
            "spricht",
            "sprechen",
            "schreib*",
            "schrieb*",
            "zitiert*",
            "äußert*",
            "warnt*",
            "warf",
            "wirft",
            "text",
            "texte",
            "artikel",
            "bestätig*",
            "fordert*",
            "soll",
            "sollen",
            "sei",
            "seien",
            "habe",
            "hätten",
            "könnte*",
            "flugblatt*",
            "blog",
            "zeitung*",
            "gutachten*",
            "beschuldigt*",
            "bezichtigt*",
            "bestreite*",
            "bestritt*",
            "leugne*",
            "rechne*",
            "zählt*",
            "kündigt*",
            "schätz*",
            "beziffert*",
            "verspr*",
        ],
        lapses: &[
            "zurück",
            "zurückgenommen*",
            "zurückgezogen*",
            "zurücknahm*",
            "zurücknehm*",
            "zurücknimmt",
            "zurückzog*",
            "zurückzieh*",
            "zurückzunehmen",
            "zurückzuziehen",
            "rücknahme*",
            "widerruf*",
            "widerrief*",
            "berichtig*",
            "korrigier*",
            "ersetzt*",
            "inzwischen",
            "seither",
            "nicht mehr",
        ],
        ranges: &["bis", "oder", "und"],
        roles: Roles {
            articles: &["der", "die", "das", "dem", "den", "ein", "eine", "einer", "eines", "ihr", "sein"],
            ends: &[
                "des", "der", "von", "vom", "für", "im", "in", "bei", "beim", "an", "am", "zur", "zum", "aus", "die",
            ],
            is_last: true,
            endings: &["s", "es", "n", "en", "in", "innen", "e", "er"],
        },
    },
};

/// A number in one word, as German writes it: `elftausend`, `zweihundertfünfzigtausend`, `einundzwanzig`.
fn number(word: &str) -> Option<f64> {
    if let Some(whole) = word.strip_suffix("einhalb").filter(|whole| !whole.is_empty()) {
        return number(whole.strip_suffix("und").unwrap_or(whole)).map(|whole| whole + 0.5);
    }
    if word == "anderthalb" {
        return Some(1.5);
    }
    let (mut total, mut current, mut rest) = (0.0, 0.0, word);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("tausend") {
            (total, current, rest) = (f64::max(current, 1.0) * 1e3, 0.0, after);
        } else if let Some(after) = rest.strip_prefix("hundert") {
            (current, rest) = (f64::max(current, 1.0) * 100.0, after);
        } else {
            // `und` stands between units and tens; the longest word wins, so that `siebzehn` is no `sieb`.
            let next = rest.strip_prefix("und").unwrap_or(rest);
            let (name, value) =
                NUMBERS.iter().filter(|(name, _)| next.starts_with(name)).max_by_key(|(name, _)| name.len())?;
            current += value;
            rest = &next[name.len()..];
        }
    }
    // By itself « tausend » multiplies what stands before it.
    (look_up(SCALES, word).is_none() && !word.is_empty()).then_some(total + current)
}

const PARTS: &[(&str, f64)] = &[
    ("halb", 0.5),
    ("halbe", 0.5),
    ("halben", 0.5),
    ("halber", 0.5),
    ("hälfte", 0.5),
    ("drittel", 1.0 / 3.0),
    ("viertel", 0.25),
];

const NUMBERS: &[(&str, f64)] = &[
    ("null", 0.0),
    ("eins", 1.0),
    ("eine", 1.0),
    ("einen", 1.0),
    ("einer", 1.0),
    ("ein", 1.0),
    ("zwei", 2.0),
    ("drei", 3.0),
    ("vier", 4.0),
    ("fünf", 5.0),
    ("sechs", 6.0),
    ("sieben", 7.0),
    ("acht", 8.0),
    ("neun", 9.0),
    ("zehn", 10.0),
    ("elf", 11.0),
    ("zwölf", 12.0),
    ("dreizehn", 13.0),
    ("vierzehn", 14.0),
    ("fünfzehn", 15.0),
    ("sechzehn", 16.0),
    ("siebzehn", 17.0),
    ("achtzehn", 18.0),
    ("neunzehn", 19.0),
    ("zwanzig", 20.0),
    ("dreißig", 30.0),
    ("vierzig", 40.0),
    ("fünfzig", 50.0),
    ("sechzig", 60.0),
    ("siebzig", 70.0),
    ("achtzig", 80.0),
    ("neunzig", 90.0),
];

const SCALES: &[(&str, f64)] = &[
    ("dutzend", 12.0),
    ("dutzende", 12.0),
    ("hundert", 100.0),
    ("hunderte", 100.0),
    ("tausend", 1e3),
    ("tausende", 1e3),
    ("million", 1e6),
    ("millionen", 1e6),
    ("milliarde", 1e9),
    ("milliarden", 1e9),
];

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_in_one_word() {
        for (word, value) in [
            ("elftausend", 11e3),
            ("einundzwanzig", 21.0),
            ("zweihundertfünfzigtausend", 250e3),
            ("siebzehn", 17.0),
            ("tausendzweihundert", 1200.0),
            ("dreiundvierzigtausend", 43e3),
            ("zweieinhalb", 2.5),
            ("eineinhalb", 1.5),
            ("anderthalb", 1.5),
        ] {
            assert_eq!(number(word), Some(value), "{word}");
        }
        for word in ["", "tausend", "soldaten", "achtung", "einheit"] {
            assert_eq!(number(word), None, "{word}");
        }
    }
}
