//! The cases of `docs/cases.md`, and the table « Values as sets » of `docs/comparing.md`.

use std::sync::Arc;

use super::super::contest::Contest;
use super::*;
use crate::model::PlaceIx;
use crate::model::reason::Tree;
use crate::model::value::Measured;

const PLACES: [&str; 6] = ["russia", "kursk", "belgorod", "sudzha", "rylsk", "kharkiv"];
const GROUPS: [&str; 4] = ["army", "guards", "engineers", "scouts"];

/// Russia and the army are divided; Kursk and the guards are not.
fn ground() -> Ground {
    let places = [(None, true), (Some(0), false), (Some(0), false), (Some(1), false), (Some(1), false), (None, false)];
    let groups = [(None, true), (Some(0), false), (Some(0), false), (Some(1), false)];
    Ground { places: Tree::new(places), groups: Tree::new(groups) }
}

/// What stands over a table: `kind: quantity, unit: km, changes, window: 14d`.
#[derive(Clone, Default)]
struct Asked {
    kind: String,
    unit: Option<String>,
    terms: Terms,
}

impl Asked {
    fn read(line: &str) -> Self {
        let mut asked = Self { kind: "quantity".into(), ..Self::default() };
        for part in line.split(';').next().unwrap().split(',').map(str::trim) {
            match part.split_once(": ") {
                Some(("kind", kind)) => asked.kind = kind.into(),
                Some(("unit", unit)) => asked.unit = Some(unit.into()),
                Some(("window", window)) => asked.terms.window = Some(Window::parse(window).unwrap()),
                None if part == "changes" => asked.terms.changes = true,
                None if part == "grows" => asked.terms.grows = true,
                None if part == "adds_up" => asked.terms.adds_up = true,
                None if part == "several" => asked.terms.several = true,
                _ => panic!("{line}: {part}"),
            }
        }
        asked
    }

    fn value(&self, text: &str) -> Answer {
        match &*self.kind {
            "quantity" => match Measured::parse(text, self.unit.as_deref()) {
                Some(measured) => Answer::Measured(Box::new(measured.unwrap())),
                None => quantity(text),
            },
            "date" => date(text),
            "period" => Answer::Period(Edtf::parse(text).unwrap()),
            "choice" => choice(text),
            "choices" => Answer::Choices(text.split(", ").map(Arc::from).collect()),
            "place" => Answer::Place(PlaceIx(number(&PLACES, text)), text.into()),
            "text" => Answer::Words(text.into()),
            other => panic!("{other}"),
        }
    }

    /// `8000 @kursk #guards; 2024-11-01; denies`.
    fn case(&self, text: &str) -> Case {
        let (value, rest) = text.split_once("; ").unwrap_or((text, ""));
        let mut words = value.split(' ').filter(|word| !word.is_empty());
        let is_scope = |word: &&str| word.starts_with('@') || word.starts_with('#');
        let named: Vec<_> = words.clone().filter(is_scope).collect();
        let value: Vec<_> = words.by_ref().filter(|word| !is_scope(word)).collect();
        let rest = if rest.is_empty() { String::new() } else { format!(" | {}", rest.replace("; ", " | ")) };
        let mut case = Case::read(choice, &format!("x{rest}"));
        case.value = self.value(&value.join(" "));
        case.place = named.iter().find_map(|name| Some(number(&PLACES, name.strip_prefix('@')?)));
        case.group = named.iter().find_map(|name| Some(number(&GROUPS, name.strip_prefix('#')?)));
        case
    }
}

fn number(names: &[&str], name: &str) -> u32 {
    u32::try_from(names.iter().position(|known| *known == name).unwrap_or_else(|| panic!("{name}"))).unwrap()
}

#[test]
fn pairs() {
    let text = include_str!("../../../../../docs/cases.md");
    let (mut asked, mut count) = (Asked::default(), 0);
    for line in text.lines() {
        if line.starts_with("kind: ") {
            asked = Asked::read(line);
        }
        let Some(row) = line.strip_prefix("| `") else { continue };
        let (first, rest) = row.split_once("` | `").unwrap();
        let (second, expect) = rest.split_once("` | ").unwrap();
        let expect = expect.trim_end_matches([' ', '|']);
        let (a, b) = (asked.case(first), asked.case(second));
        let between = Supersession { by_first: a.supersedes, by_second: b.supersedes, stated: a.stated };
        let found = compare(&a.given(), &b.given(), between, &asked.terms, &ground());
        assert_eq!(say(found), expect, "{first}  ↔  {second}");
        let turned = Supersession { by_first: b.supersedes, by_second: a.supersedes, stated: a.stated };
        assert_eq!(
            compare(&b.given(), &a.given(), turned, &asked.terms, &ground()),
            found.mirrored(),
            "{second}  ↔  {first}"
        );
        count += 1;
    }
    assert!(count >= 130, "{count}");
}

#[test]
fn sets() {
    let text = include_str!("../../../../../docs/cases.md").split("# Sets that cannot all be true").nth(1).unwrap();
    let (mut asked, mut count) = (Asked::read("kind: quantity"), 0);
    for (n, part) in text.split("```").enumerate() {
        if n % 2 == 1 {
            set(&asked, part.trim());
            count += 1;
        } else if let Some(line) = part.lines().find(|l| l.starts_with("changes") || *l == "grows") {
            asked = Asked::read(line);
        }
    }
    assert!(count >= 50, "{count}");
}

fn set(asked: &Asked, block: &str) {
    let (expect, given): (Vec<_>, Vec<_>) = block.lines().partition(|line| line.starts_with('→'));
    let names: Vec<_> = given.iter().map(|line| line.split_once("  ").unwrap().0).collect();
    let cases: Vec<_> = given.iter().map(|line| asked.case(line.split_once("  ").unwrap().1)).collect();
    let answers: Vec<_> = cases.iter().map(Case::given).collect();
    let terms = Terms { adds_up: true, ..asked.terms };
    let contest = Contest::new(&answers, terms, Arc::new(ground()), Replaces::default());
    let told = |set: &crate::model::reason::Set| {
        let members: Vec<_> = set.members().into_iter().map(|n| names[n]).collect();
        format!("→ {} by {}", members.join(" "), set.gap())
    };
    let mut found: Vec<_> = contest.impossible().sets.iter().map(told).collect();
    found.sort();
    assert_eq!(found, expect, "{block}");
    assert!(contest.impossible().is_complete, "{block}");
    for set in &contest.impossible().sets {
        let members = set.members();
        assert!(members.iter().all(|n| contest.is_contested(*n)), "{block}");
        let verdict = contest.verdict(members[0], members[1]);
        assert!(matches!(verdict.kind(), VerdictKind::Impossible | VerdictKind::Differs), "{block}: {verdict:?}");
    }
}

/// The table « Values as sets » says what the program does.
#[test]
fn the_documentation_is_right() {
    let text = include_str!("../../../../../docs/comparing.md");
    let table = text.split("## Values as sets").nth(1).unwrap();
    let rows: Vec<Vec<_>> =
        table.lines().filter(|l| l.starts_with("| `")).map(|l| l.split('|').map(str::trim).collect()).collect();
    assert!(rows.len() >= 10, "{}", rows.len());
    for row in rows {
        let value = |cell: &str| cell.split('`').nth(1).unwrap().trim_matches('"').to_owned();
        let (first, second) = (value(row[1]), value(row[2]));
        let kind = match () {
            () if ["yes", "no"].contains(&&*first) => "kind: choice",
            () if row[1].contains("202") => "kind: date",
            () => "kind: quantity",
        };
        let asked = Asked::read(kind);
        let found = say(verdict(&asked.case(&first), &asked.case(&second), &Terms::default()));
        let said = row[3].split([':', ',']).next().unwrap();
        assert!(found.starts_with(said), "{row:?}: {found}");
        for (words, code) in [("approximation", "but for ~"), ("rounding", "rounding"), ("a bound only", "bound-only")]
        {
            assert_eq!(row[3].contains(words), found.contains(code), "{row:?}: {found}");
        }
    }
}
