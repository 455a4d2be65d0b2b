use super::*;
use proptest::prelude::*;

#[test]
fn quantities_have_one_canonical_text() {
    let table = [
        ("10000", "10000"),
        ("10_000", "10000"),
        ("1_234_567.5", "1234567.5"),
        ("~11000", "~11000"),
        ("> 10_000", ">10000"),
        (">=10000", ">=10000"),
        ("<10000", "<10000"),
        ("<=10000", "<=10000"),
        ("11000..15000", "11000..15000"),
        ("11_000 .. 15_000", "11000..15000"),
        ("-3.50", "-3.5"),
        ("-5..-3", "-5..-3"),
        ("0.125", "0.125"),
        ("007", "7"),
        ("837_214 ± 20%", "837214 ± 20%"),
        ("650000±50000", "650000 ± 50000"),
        ("400000..1100000 (837214)", "400000..1100000 (837214)"),
        ("-0", "0"),
    ];
    for (text, expect) in table {
        assert_eq!(Quantity::parse(text).unwrap().to_string(), expect, "{text}");
    }
}

#[test]
fn faults_of_quantities_say_what_to_write() {
    let table = [
        ("10 000", "«10 000» digits are grouped in threes by `_` or not at all. write 10000 or 10_000"),
        ("10\u{202f}000", "«10\u{202f}000» digits are grouped in threes by `_` or not at all. write 10000 or 10_000"),
        ("10_00", "«10_00» digits are grouped in threes by `_` or not at all. write 1000 or 1_000"),
        (
            "10,000",
            "«10,000» a comma before three digits can be read in two ways. write 10000 or 10_000 for thousands, 10 for a decimal point",
        ),
        ("1,000,000", "«1,000,000» digits are grouped in threes by `_` or not at all. write 1000000 or 1_000_000"),
        ("3,5", "«3,5» the decimal sign is a point. write 3.5"),
        (
            "10.000",
            "«10.000» a point before three digits can be read in two ways. write 10000 or 10_000 for thousands, 10 for a decimal point",
        ),
        (
            "1.125",
            "«1.125» a point before three digits can be read in two ways. write 1125 or 1_125 for thousands, 1.1250 for a decimal point",
        ),
        ("~10 000", "«10 000» digits are grouped in threes by `_` or not at all. write ~10000 or ~10_000"),
        ("5..3", "«5..3» the range ends below its start. write 3..5"),
        ("1914..18", "«1914..18» the range ends below its start. "),
        ("150-60", "«150-60» a range is written with `..`. "),
        (
            "±5",
            "«±5» before `±` stands a number, and after it how far that may be off. a margin reads 837214 ± 20%; about is `~`",
        ),
        ("5 m", "«5 m» `m` is not part of a number: the unit is the question's. "),
        ("5..5", "«5..5» the range has the same number at both ends. write 5"),
        ("1..3 (4)", "«4» the best value lies outside of its range. it lies between the two ends"),
        ("1..3 (2", "«2» the bracket is not closed. a best value reads 400000..1100000 (837214)"),
        ("5 +/- 2", "«5 +/- 2» a margin is written `±`. write 5 ± 2"),
        ("5 ± -2", "«-2» a margin is not negative. leave the sign out"),
        ("5 ± 120%", "«120%» a percentage lies between 0 and 100, with at most three decimals. "),
        ("5..", "«5..» a range needs its two ends. write >=5"),
        ("..5", "«..5» a range needs its two ends. write <=5"),
        ("~5..6", "«~5..6» a range has plain numbers at its ends, as in 11000..15000. "),
        ("11000-15000", "«11000-15000» a range is written with `..`. write 11000..15000"),
        ("11000 – 15000", "«11000 – 15000» a range is written with `..`. write 11000..15000"),
        ("≥10000", "«≥10000» `≥` is written `>=`. write >=10000"),
        ("10000+", "«10000+» `+` is written `>=`. write >=10000"),
        ("plus de 10 000", "«plus de 10 000» `plus de` is written `>`. write >10000 or >10_000"),
        ("Jusqu’à 10 000", "«Jusqu’à 10 000» `jusqu’à` is written `<=`. write <=10000 or <=10_000"),
        ("10 000 soldats", "«10 000 soldats» `soldats` is not part of a number: the unit is the question's. "),
        ("10k", "«10k» `k` is not part of a number: the unit is the question's. write 10000"),
        (
            "beaucoup",
            "«beaucoup» `beaucoup` is not a number. a quantity reads 10000, 10_000, ~10000, >10000, <=10000 or 11000..15000",
        ),
        (">", "«» a number is missing. "),
        ("1e6", "«1e6» `e6` is not part of a number: the unit is the question's. "),
        ("3 to 5 million", "«3 to 5 million» a range is written with `..`. "),
        (">1 million", "«1 million» `million` is not part of a number: the unit is the question's. write >1000000"),
        (
            "2.5 Millionen",
            "«2.5 Millionen» `Millionen` is not part of a number: the unit is the question's. write 2500000",
        ),
        ("3 dozen", "«3 dozen» `dozen` is not part of a number: the unit is the question's. "),
        ("11 000..15 000", "«11 000» digits are grouped in threes by `_` or not at all. write 11000..15000"),
        ("1000000000000000", "«1000000000000000» a number has at most fifteen digits, and six more after the point. "),
    ];
    for (text, expect) in table {
        let error = Quantity::parse(text).map_or_else(|e| e, |q| panic!("{text} is read as {q:?}"));
        let said = format!("«{}» {}. {}", &text[error.range], error.message, error.help.unwrap_or_default());
        assert_eq!(said, expect);
    }
}

#[test]
fn a_dash_without_a_number_on_one_side_may_be_a_minus() {
    for text in ["–5", "— 5", "5-", "5 –"] {
        let help = Quantity::parse(text).unwrap_err().help;
        assert!(!help.as_deref().unwrap_or_default().starts_with("write "), "{text}: {help:?}");
    }
}

/// A range as mathematicians write it: `[` includes the end, `]` before a number does not.
fn range(text: &str, tolerance: &str) -> String {
    let tolerance = Tolerance::parse(tolerance).unwrap();
    let range = Quantity::parse(text).unwrap().range(Some(tolerance));
    let low = match range.low {
        End::Open => "]-∞".into(),
        End::At { value, included } => format!("{}{value}", if included { '[' } else { ']' }),
    };
    let high = match range.high {
        End::Open => "∞[".into(),
        End::At { value, included } => format!("{value}{}", if included { ']' } else { '[' }),
    };
    format!("{low}; {high}")
}

#[test]
fn quantities_are_ranges_of_numbers() {
    let table = [
        ("11000", "10%", "[11000; 11000]"),
        ("~11000", "10%", "[9900; 12100]"),
        ("~11000", "2.5%", "[10725; 11275]"),
        ("~11000", "0.001%", "[10999.89; 11000.11]"),
        ("~11000", "500", "[10500; 11500]"),
        ("~-100", "10%", "[-110; -90]"),
        ("~0", "10%", "[0; 0]"),
        ("~11000", "7d", "[9900; 12100]"),
        (">10000", "10%", "]10000; ∞["),
        (">=10000", "10%", "[10000; ∞["),
        ("<10000", "10%", "]-∞; 10000["),
        ("<=10000", "10%", "]-∞; 10000]"),
        ("11000..15000", "10%", "[11000; 15000]"),
        ("837214 ± 20%", "10%", "[669771.2; 1004656.8]"),
        ("650000 ± 50000", "10%", "[600000; 700000]"),
        ("400000..1100000 (837214)", "10%", "[400000; 1100000]"),
    ];
    for (text, tolerance, expect) in table {
        assert_eq!(range(text, tolerance), expect, "{text} ± {tolerance}");
    }
}

#[test]
fn tolerances_and_windows_are_read_and_printed() {
    for text in ["10%", "2.5%", "500", "0.5", "7d", "1m", "0%"] {
        assert_eq!(Tolerance::parse(text).unwrap().to_string(), text);
    }
    for text in ["-5", "110%", "0.0001%", "x%", "", "d"] {
        assert!(Tolerance::parse(text).is_err(), "{text}");
    }
    for text in ["31d", "6m", "1y", "0d"] {
        assert_eq!(Window::parse(text).unwrap().to_string(), text);
    }
    let help = |text: &str| Window::parse(text).unwrap_err().help;
    assert_eq!(help("2w").as_deref(), Some("write 14d"));
    assert_eq!(help("31").as_deref(), Some("write a number and `d`, `m` or `y`: 31d, 6m, 1y"));
    assert_eq!(help("d").as_deref(), Some("write a number and `d`, `m` or `y`: 31d, 6m, 1y"));
}

proptest! {
    #[test]
    fn no_text_panics(text in prop_oneof![any::<String>(), "[-~<>=0-9._ ,dmy%]{0,20}"]) {
        if let Err(error) = Quantity::parse(&text) {
            prop_assert!(text.get(error.range).is_some());
        }
        if let Err(error) = Tolerance::parse(&text) {
            prop_assert!(text.get(error.range).is_some());
        }
        if let Err(error) = Window::parse(&text) {
            prop_assert!(text.get(error.range).is_some());
        }
    }

    #[test]
    fn printing_is_read_back(text in "(~|>|<|>=|<=)?-?[0-9]{1,15}([.][0-9]{1,6})?") {
        if let Ok(quantity) = Quantity::parse(&text) {
            prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
        }
    }
}

/// The digits of a text, sorted.
fn digits(text: &str) -> Vec<char> {
    let mut digits: Vec<_> = text.chars().filter(char::is_ascii_digit).collect();
    digits.sort_unstable();
    digits
}

proptest! {
    #[test]
    fn what_is_suggested_is_all_that_was_written(
        parts in prop::collection::vec(prop::sample::select(vec![
            "1", "5", "12", "400", "000", " ", ",", ".", "_", "..", "-", " to ", "~", ">", ">=", "<", "plus de ", "million",
            "k", "e6", "%", "+", " soldats", "’", "\u{202f}",
        ]), 1..7)
    ) {
        let text = parts.concat();
        let Err(error) = Quantity::parse(&text) else { return Ok(()) };
        prop_assert!(text.get(error.range.clone()).is_some(), "{text}");
        let Some(suggested) = error.help.as_deref().and_then(|help| help.strip_prefix("write ")) else { return Ok(()) };
        for one in suggested.split([',']).flat_map(|part| part.split(" or ")) {
            let one = one.split(" for ").next().unwrap_or_default().trim();
            prop_assert!(Quantity::parse(one).is_ok(), "{one} for {text}");
            let signs = |text: &str| (text.contains(['>', '+']) || text.contains("plus de"), text.contains('<'), text.contains('~'));
            if !text.contains("..") && !text.contains('-') && !text.contains(" to ") {
                prop_assert_eq!(signs(one), signs(&text), "{} for {}", one, text);
            }
            let (had, has) = (digits(&text), digits(one));
            let noughts = |digits: &[char]| digits.iter().filter(|d| **d == '0').count();
            let others = |digits: &[char]| digits.iter().filter(|d| **d != '0').copied().collect::<String>();
            // Noughts come with millions, and go with a decimal part that is none; the same number twice is written once.
            prop_assert!(others(&had) == others(&has) || others(&had) == others(&has).chars().flat_map(|c| [c, c]).collect::<String>(),
                "{} for {}", one, text);
            prop_assert!(noughts(&has) + 6 >= noughts(&had), "{} for {}", one, text);
        }
    }
}
