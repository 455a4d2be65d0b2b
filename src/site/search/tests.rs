use std::collections::HashMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::*;
use crate::theme;

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(fold::words(text).collect::<Vec<_>>().join(" "), expect, "{text}");
}

#[test]
fn words_are_the_same_however_they_are_typed() {
    check("Séoul", "seoul");
    check("SEOUL", "seoul");
    check("l’ONU", "onu");
    check("l'ONU", "onu");
    check("l onu", "onu");
    check("d’Ukraine, qu’il", "ukraine");
    check("aujourd’hui", "aujourd hui");
    check("œuvre Œuvre oeuvre", "oeuvre oeuvre oeuvre");
    check("Kim Jong-un", "kim jong");
    check("Straße, Łódź, Ærø, İstanbul", "strasse lodz aero istanbul");
    check("des soldats nord-coréens", "soldat nord coreen");
    check("Koursk\u{202f}?", "koursk");
    check("북한 Пхеньян", &fold::fold("북한 пхеньян"));
}

#[test]
fn figures_in_groups_are_one() {
    check("11 000 soldats", "11000 soldat");
    check("11\u{202f}000", "11000");
    check("1\u{a0}234\u{a0}567", "1234567");
    check("en 2024 100 hommes", "2024 100 homme");
    check("11 0000", "11 0000");
    check("10 000 12 000", "10000 12000");
    check("8.000, 8,000 et 8’000", "8000 8000 8000");
    check("1.234.567", "1234567");
    check("3.14 et 1,5", "3 14 1 5");
}

#[test]
fn nothing_is_left_of_what_tells_nothing() {
    check("de la l’ d' — … et the of", "");
}

fn kind(folder: &str, entries: &[(&str, &[&str])]) -> Kind {
    let entry = |(n, (label, also)): (usize, &(&str, &[&str]))| Entry {
        path: format!("{folder}{n}"),
        label: (*label).to_owned(),
        beside: String::new(),
        also: also.iter().map(|text| (*text).to_owned()).collect(),
    };
    Kind {
        label: folder.to_owned(),
        folder: format!("{folder}/"),
        entries: entries.iter().enumerate().map(entry).collect(),
    }
}

#[test]
fn a_small_index_by_eye() {
    let kinds = [
        kind("a", &[("Kim Jong-un", &["Corée du Nord"]), ("Corée", &[])]),
        kind("c", &[("11 000 « soldats »", &["Kim Jong-un"])]),
    ];
    let index = Index::new(&kinds);
    let words = r##"sourcebookSearch("words",0,["A11000AcoreeAjongAkimAnordAsoldat","' #! !% !% # ' "]);"##;
    assert_eq!(index.words, [format!("{words}\n")]);
    let labels =
        r#"sourcebookSearch("labels",0,["a0","Kim Jong-un","","a1","Corée","","c0","11 000 « soldats »",""]);"#;
    assert_eq!(index.labels, [format!("{labels}\n")]);
    assert!(index.head.contains(r#""kinds":[["a","a/",2],["c","c/",1]]"#), "{}", index.head);
    assert!(index.head.contains(r#""words":["11000"]"#), "{}", index.head);
}

/// Reads files of words as the theme's script does.
fn read(scripts: &[String]) -> BTreeMap<String, Vec<Posting>> {
    let digits = encode::DIGITS.iter().enumerate().map(|(n, c)| (char::from(*c), n)).collect::<HashMap<_, _>>();
    let mut all = BTreeMap::new();
    for script in scripts {
        let json = &script[script.find('[').unwrap()..script.rfind(')').unwrap()];
        let [words, lists]: [String; 2] = serde_json::from_str(json).unwrap();
        let mut word = String::new();
        let mut lists = lists.split(' ');
        let starts: Vec<_> = words.match_indices(|c: char| c.is_ascii_uppercase()).map(|(i, _)| i).collect();
        for (n, start) in starts.iter().enumerate() {
            let part = &words[*start..starts.get(n + 1).copied().unwrap_or(words.len())];
            word = word.chars().take(usize::from(part.as_bytes()[0] - b'A')).chain(part[1..].chars()).collect();
            let (mut value, mut next, mut postings) = (0, 0, Vec::new());
            for digit in lists.next().unwrap().chars().map(|c| u32::try_from(digits[&c]).unwrap()) {
                value = value * 45 + digit % 45;
                if digit < 45 {
                    postings.push(Posting { entry: next + value / 2, in_label: value % 2 == 0 });
                    (next, value) = (next + value / 2 + 1, 0);
                }
            }
            all.insert(word.clone(), postings);
        }
    }
    all
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        words in proptest::collection::btree_map(
            "[a-zé한0-9]{1,40}",
            proptest::collection::btree_map(0_u32..300_000, any::<bool>(), 1..20),
            0..60,
        ),
        files in 1_usize..5,
    ) {
        let list = |of: BTreeMap<u32, bool>| of.into_iter().map(|(entry, in_label)| Posting { entry, in_label }).collect();
        let words: BTreeMap<String, Vec<Posting>> = words.into_iter().map(|(w, of)| (w, list(of))).collect();
        let (firsts, scripts) = encode::words(&words, files);
        prop_assert_eq!(firsts.len(), files);
        prop_assert_eq!(read(&scripts), words);
    }

    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
        let once = fold::fold(&text);
        prop_assert_eq!(fold::fold(&once), once.clone());
        prop_assert!(fold::words(&text).all(|word| !word.contains(|c: char| c.is_ascii_uppercase())));
    }
}

/// Bytes after gzip, as hosts send it.
fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

/// Numbers that look random and are the same in every run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX)
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.roll() * n as f64) as usize).min(n - 1)
    }

    /// A word as often as words are: the nth of the language in proportion to 1/n (Zipf's law).
    fn word<'w>(&mut self, words: &'w [String]) -> &'w str {
        &words[(words.len() as f64).powf(self.roll()) as usize % words.len()]
    }
}

/// As many words of syllables as a dossier of that size uses.
fn vocabulary(dice: &mut Dice, count: usize) -> Vec<String> {
    const SYLLABLES: &str = "ba con dé tra li mou ré sen ten cor pu vi né fon lar gué mi so ter ran che quo ja ple";
    let syllables: Vec<_> = SYLLABLES.split(' ').collect();
    let word = |_| (0..2 + dice.below(3)).map(|_| syllables[dice.below(syllables.len())]).collect();
    (0..count).map(word).collect()
}

/// Two words in five are such as every sentence holds.
fn sentence(dice: &mut Dice, words: &[String], length: usize) -> String {
    let each = |_| if dice.roll() < 0.4 { ["de", "la", "les", "dans"][dice.below(4)] } else { dice.word(words) };
    (0..length).map(each).collect::<Vec<_>>().join(" ")
}

/// A dossier of so many records: three quarters claims, of 8 to 19 words, by 300 speakers with an alias each.
fn dossier(records: usize) -> Vec<Kind> {
    let mut dice = Dice(1);
    let words = vocabulary(&mut dice, 9_000);
    let speakers: Vec<_> = (0..600).map(|_| format!("{} {}", dice.word(&words), dice.word(&words))).collect();
    let mut kinds = Vec::new();
    for (folder, percent) in [("actors/", 4), ("sources/", 21), ("claims/", 75)] {
        let entries = (0..records * percent / 100).map(|_| entry(&mut dice, &words, &speakers)).collect();
        kinds.push(Kind { label: folder.into(), folder: folder.into(), entries });
    }
    kinds
}

fn entry(dice: &mut Dice, words: &[String], speakers: &[String]) -> Entry {
    let length = 8 + dice.below(12);
    let label = sentence(dice, words, length);
    let speaker = dice.word(speakers);
    let alias = speakers.iter().rev().nth(speaker.len()).unwrap().clone();
    let path = label.split(' ').take(5).collect::<Vec<_>>().join("-");
    let beside = format!("{speaker}, {} mars 2025", 1 + dice.below(31));
    Entry { path, label, beside, also: vec![speaker.into(), alias, "Affirmation".into()] }
}

#[test]
fn ten_thousand_records_take_less_than_200_kb() {
    let index = Index::new(&dossier(10_000));
    let searched =
        compressed(index.head.as_bytes()) + index.words.iter().map(|w| compressed(w.as_bytes())).sum::<usize>();
    let labels: Vec<_> = index.labels.iter().map(|l| compressed(l.as_bytes())).collect();
    assert_eq!(index.words.len(), 1);
    assert!(searched < 200_000, "{searched}");
    assert!(labels.iter().all(|size| *size < 10_000), "{labels:?}");
}

#[test]
fn more_records_are_cut_into_files_of_that_size() {
    let index = Index::new(&dossier(50_000));
    let sizes: Vec<_> = index.words.iter().map(|w| compressed(w.as_bytes())).collect();
    assert_eq!(sizes.len(), 5);
    assert!(sizes.iter().all(|size| *size < 200_000), "{sizes:?}");
}

#[test]
fn the_script_and_the_stylesheet_are_small() {
    let joined = |suffix: &str| -> Vec<u8> {
        let is_joined =
            |path: &str| path.strip_prefix("static/").is_some_and(|n| !n.contains('/') && n.ends_with(suffix));
        theme::FILES.iter().filter(|(path, _)| is_joined(path)).flat_map(|(_, bytes)| bytes.iter().copied()).collect()
    };
    let (script, css) = (compressed(&joined(".js")), compressed(&joined(".css")));
    assert!((1..=16 * 1024).contains(&script), "{script}");
    assert!((1..=20 * 1024).contains(&css), "{css}");
}
