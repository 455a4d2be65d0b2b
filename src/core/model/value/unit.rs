//! Units of measure: what one is in another, exactly.
//!
//! A small table of our own, kept because the crates do not serve here: `uom` fixes units when the program is compiled and
//! reckons in floating point, `rink-core` brings an interpreter of its own. What stands here is fixed by treaty or by law
//! (the yard and pound of 1959, the nautical mile of 1929), so the table has nothing to follow; tests set it against
//! `pint` (`tests/reason/units.py`).
//!
//! Not converted, for no table can: currencies, and shares of different wholes.

use super::Decimal;

/// A unit, as a share of its dimension's base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    /// What it is written as beside a number: `mi`.
    pub symbol: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    times: i128,
    by: i128,
    /// What its nought is on the base's scale, in hundredths: for temperatures.
    offset: i128,
    names: &'static [&'static str],
}

/// What units of one kind measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// In metres.
    Length,
    /// In square metres.
    Area,
    /// In litres.
    Volume,
    /// In kilograms.
    Mass,
    /// In kilometres an hour.
    Speed,
    /// In kilowatt-hours.
    Energy,
    /// In kilowatts.
    Power,
    /// In seconds.
    Time,
    /// In degrees Celsius: nought is not nothing.
    Temperature,
    /// In parts of a hundred.
    Share,
}

const fn unit(
    symbol: &'static str,
    dimension: Dimension,
    (times, by): (i128, i128),
    names: &'static [&'static str],
) -> Unit {
    Unit { symbol, dimension, times, by, offset: 0, names }
}

use Dimension::{Area, Energy, Length, Mass, Power, Share, Speed, Temperature, Time, Volume};

/// Every unit that is known. Words that mean several units (ton, gallon, ounce of gold) are not among the names.
#[rustfmt::skip]
pub const ALL: &[Unit] = &[
    unit("m", Length, (1, 1), &["metre", "metres", "meter", "meters", "mètre", "mètres", "Meter"]),
    unit("km", Length, (1_000, 1), &["kilometre", "kilometres", "kilometer", "kilometers", "kilomètre", "kilomètres", "Kilometer"]),
    unit("cm", Length, (1, 100), &["centimetre", "centimetres", "centimètre", "centimètres", "Zentimeter"]),
    unit("mm", Length, (1, 1_000), &["millimetre", "millimetres", "millimètre", "millimètres", "Millimeter"]),
    unit("mi", Length, (1_609_344, 1_000), &["mile", "miles", "Meile", "Meilen"]),
    unit("yd", Length, (9_144, 10_000), &["yard", "yards"]),
    unit("ft", Length, (3_048, 10_000), &["foot", "feet", "pied", "pieds", "Fuß"]),
    unit("in", Length, (254, 10_000), &["inch", "inches", "pouce", "pouces", "Zoll"]),
    unit("nmi", Length, (1_852, 1), &["nautical mile", "nautical miles", "mille marin", "milles marins", "Seemeile", "Seemeilen"]),
    unit("m²", Area, (1, 1), &["m2", "square metres", "square meters", "mètres carrés", "Quadratmeter"]),
    unit("km²", Area, (1_000_000, 1), &["km2", "sq km", "square kilometres", "square kilometers", "kilomètres carrés", "Quadratkilometer"]),
    unit("ha", Area, (10_000, 1), &["hectare", "hectares", "Hektar"]),
    unit("acre", Area, (40_468_564_224, 10_000_000), &["acres", "ac"]),
    unit("mi²", Area, (2_589_988_110_336, 1_000_000), &["mi2", "sq mi", "square mile", "square miles", "miles carrés"]),
    unit("ft²", Area, (9_290_304, 100_000_000), &["ft2", "sq ft", "square feet", "pieds carrés"]),
    unit("L", Volume, (1, 1), &["l", "litre", "litres", "liter", "liters", "Liter"]),
    unit("m³", Volume, (1_000, 1), &["m3", "cubic metres", "cubic meters", "mètres cubes", "Kubikmeter"]),
    unit("US gal", Volume, (3_785_411_784, 1_000_000_000), &["US gallons", "gallons américains"]),
    unit("imp gal", Volume, (454_609, 100_000), &["imperial gallons", "gallons impériaux"]),
    unit("bbl", Volume, (158_987_294_928, 1_000_000_000), &["barrels of oil", "barils"]),
    unit("kg", Mass, (1, 1), &["kilogram", "kilograms", "kilo", "kilos", "kilogramme", "kilogrammes", "Kilogramm"]),
    unit("g", Mass, (1, 1_000), &["gram", "grams", "gramme", "grammes", "Gramm"]),
    unit("t", Mass, (1_000, 1), &["tonne", "tonnes", "metric tons", "Tonne", "Tonnen"]),
    unit("lb", Mass, (45_359_237, 100_000_000), &["lbs", "pound", "pounds"]),
    unit("short ton", Mass, (90_718_474, 100_000), &["short tons", "US tons"]),
    unit("long ton", Mass, (10_160_469_088, 10_000_000), &["long tons"]),
    unit("km/h", Speed, (1, 1), &["kph"]),
    unit("m/s", Speed, (36, 10), &[]),
    unit("mph", Speed, (1_609_344, 1_000_000), &["mi/h"]),
    unit("kn", Speed, (1_852, 1_000), &["knots", "nœuds", "Knoten"]),
    unit("kWh", Energy, (1, 1), &[]),
    unit("MWh", Energy, (1_000, 1), &[]),
    unit("GWh", Energy, (1_000_000, 1), &[]),
    unit("TWh", Energy, (1_000_000_000, 1), &[]),
    unit("MJ", Energy, (1_000, 3_600), &[]),
    unit("kW", Power, (1, 1), &[]),
    unit("W", Power, (1, 1_000), &["watts"]),
    unit("MW", Power, (1_000, 1), &["megawatts", "mégawatts"]),
    unit("GW", Power, (1_000_000, 1), &["gigawatts"]),
    unit("s", Time, (1, 1), &["second", "seconds", "seconde", "secondes", "Sekunden"]),
    unit("min", Time, (60, 1), &["minute", "minutes", "Minuten"]),
    unit("h", Time, (3_600, 1), &["hour", "hours", "heure", "heures", "Stunden"]),
    unit("°C", Temperature, (1, 1), &["degrees Celsius", "degrés Celsius", "Grad Celsius"]),
    Unit { symbol: "°F", dimension: Temperature, times: 5, by: 9, offset: 3_200, names: &["degrees Fahrenheit", "degrés Fahrenheit"] },
    Unit { symbol: "K", dimension: Temperature, times: 1, by: 1, offset: 27_315, names: &["kelvin", "kelvins"] },
    unit("%", Share, (1, 1), &["percent", "per cent", "pour cent", "Prozent"]),
    unit("‰", Share, (1, 10), &["per thousand", "pour mille", "Promille"]),
    unit("per 100000", Share, (1, 1_000), &["per 100,000", "pour 100 000", "pro 100.000"]),
];

impl Unit {
    /// The unit of a symbol or name, exactly as it is written; `%` also with its whole: `% of voters`.
    pub fn find(text: &str) -> Option<&'static Self> {
        let text = text.trim();
        let known = |text: &str| ALL.iter().find(|unit| unit.symbol == text || unit.names.contains(&text));
        known(text).or_else(|| known(text.split_whitespace().next().filter(|first| *first == "%")?))
    }

    /// A number of this unit in another of its dimension; `None` between dimensions, or where it is out of reach.
    pub fn convert(&self, value: Decimal, to: &Self) -> Option<Decimal> {
        let base = (value - hundredths(self.offset)?).scaled(self.times, self.by)?;
        let there = base.scaled(to.by, to.times)? + hundredths(to.offset)?;
        (self.dimension == to.dimension).then_some(there)
    }

    /// A distance of this unit in another, whatever their noughts.
    pub fn convert_distance(&self, value: Decimal, to: &Self) -> Option<Decimal> {
        let base = value.scaled(self.times, self.by)?;
        (self.dimension == to.dimension).then(|| base.scaled(to.by, to.times)).flatten()
    }

    /// How far a number written in it may be from what was measured: half of this step. The last digit that is not nought,
    /// for "600 miles" may well be 590; of a temperature, the last digit.
    pub fn step(&self, value: Decimal, decimals: usize) -> Decimal {
        let written = Decimal::of_decimals(decimals);
        if decimals > 0 || self.dimension == Temperature { written } else { value.last_digit() }
    }
}

fn hundredths(count: i128) -> Option<Decimal> {
    Decimal::from_integer(1).scaled(count, 100)
}

/// The unit behind a number: `647 mi` is `647` and `mi`. `None` where nothing stands there.
pub fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let starts_unit = |c: char| c.is_alphabetic() || matches!(c, '%' | '‰' | '°' | '€' | '$' | '£');
    let at = text.find(starts_unit)?;
    // The per cent of a margin is no unit.
    let at = match text[at..].strip_prefix('%').filter(|_| text[..at].contains('±')) {
        Some(rest) => at + 1 + rest.find(starts_unit)?,
        None => at,
    };
    let (number, unit) = (text[..at].trim(), text[at..].trim());
    number.ends_with(|c: char| c.is_ascii_digit() || c == ')' || c == '%').then_some((number, unit))
}

/// Whether a text is a currency, with its year or without: `USD`, `EUR 2019`.
pub fn is_currency(text: &str) -> bool {
    let mut parts = text.split_whitespace();
    let code = parts.next().is_some_and(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()));
    let year = parts.next().is_none_or(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    code && year && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(number: &str, from: &str, to: &str) -> String {
        let (from, to) = (Unit::find(from).unwrap(), Unit::find(to).unwrap());
        let found = from.convert(Decimal::parse(number).unwrap(), to);
        found.map_or("none".into(), |value| value.rounded_to(Decimal::of_decimals(6)).to_string())
    }

    #[test]
    fn one_unit_in_another() {
        #[rustfmt::skip]
        let table = [
            ("647", "mi", "km", "1041.245568"),
            ("1", "mile", "m", "1609.344"),
            ("100", "acres", "ha", "40.468564"),
            ("5", "nautical miles", "km", "9.26"),
            ("100", "°F", "°C", "37.777778"),
            ("-40", "°F", "°C", "-40"),
            ("37", "°C", "°F", "98.6"),
            ("0", "K", "°C", "-273.15"),
            ("2", "bbl", "L", "317.97459"),
            ("12.5", "%", "‰", "125"),
            ("0.1", "%", "per 100000", "100"),
            ("30", "kn", "km/h", "55.56"),
            ("3", "kg", "km", "none"),
        ];
        for (number, from, to, expect) in table {
            assert_eq!(convert(number, from, to), expect, "{number} {from} in {to}");
        }
    }

    #[test]
    fn no_name_means_two_units() {
        let mut names: Vec<_> = ALL.iter().flat_map(|u| u.names.iter().copied().chain([u.symbol])).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn a_unit_stands_behind_its_number() {
        let table = [
            ("647 mi", Some(("647", "mi"))),
            ("~5.5km", Some(("~5.5", "km"))),
            ("3 ± 1 °C", Some(("3 ± 1", "°C"))),
            ("1..9 (4) kg", Some(("1..9 (4)", "kg"))),
            ("12% of voters", Some(("12", "% of voters"))),
            ("837214 ± 20%", None),
            ("5 ± 20% km", Some(("5 ± 20%", "km"))),
            ("10000", None),
            ("soldats", None),
        ];
        for (text, expect) in table {
            assert_eq!(split(text), expect, "{text}");
        }
        assert!(is_currency("USD") && is_currency("EUR 2019"));
        assert!(!is_currency("usd") && !is_currency("USD per day"));
    }

    #[test]
    fn what_is_written_says_how_exactly() {
        let step = |unit: &str, text: &str| {
            let decimals = text.split_once('.').map_or(0, |(_, d)| d.len());
            Unit::find(unit).unwrap().step(Decimal::parse(text).unwrap(), decimals).to_string()
        };
        assert_eq!([step("mi", "647"), step("mi", "650"), step("mi", "600")], ["1", "10", "100"]);
        assert_eq!([step("mi", "6.50"), step("°F", "100"), step("°C", "36.6")], ["0.01", "1", "0.1"]);
    }
}
