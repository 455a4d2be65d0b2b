use super::super::lock::Capture;
use super::super::nearest::Kind;
use super::super::sha256::Sha256;
use super::*;

fn marked(segments: &[Segment]) -> String {
    let one = |s: &Segment| match s.kind {
        Kind::Same => s.text.clone(),
        Kind::Missing => format!("[-{}-]", s.text),
        Kind::Added => format!("{{+{}+}}", s.text),
    };
    segments.iter().map(one).collect()
}

fn show(before: Option<&Hit>, fate: &Fate) -> String {
    let before = before.map(|hit| format!("{} ", hit.first.spot)).unwrap_or_default();
    let quoted = |q: &Option<(Quoted, Quoted)>| q.map(|(a, b)| format!(" {a:?} → {b:?}")).unwrap_or_default();
    let rest = match fate {
        Fate::Stands { quoted: q, .. } | Fate::Moved { quoted: q, .. } => quoted(q),
        Fate::Changed { why, diff, .. } => format!(" {why:?}: {}", marked(diff)),
        _ => String::new(),
    };
    let at = fate.at().map(|at| format!(" {at}")).unwrap_or_default();
    format!("{before}{}{at}{rest}", fate.as_str())
}

#[track_caller]
fn check(old: &str, new: &str, quote: &str, expect: &str) {
    let [old, new] = [old, new].map(|text| Prepared::new(Text::new(text.into())));
    let (before, fate) = Sides::new(Older::Copy(&old), &new).fate(quote, None);
    assert_eq!(show(before.as_ref(), &fate), expect, "{quote}");
}

const OLD: &str = "The bridge\n\nOn Monday the mayor said that the bridge was never safe, and that he knew.\n\n\
                   Nobody had walked over it.\n\nThe herons came back.";

#[test]
fn a_quote_stands_or_moves() {
    check(OLD, OLD, "the bridge was never safe", "§ 2 stands § 2");
    check(
        OLD,
        "The bridge\n\nOn Monday “ the mayor ” said that the bridge was never safe.",
        "the bridge was never safe",
        "§ 2 stands § 2",
    );
    check(OLD, &format!("News\n\n{OLD}"), "the bridge was never safe", "§ 2 moved § 3");
    check(OLD, &format!("{OLD}\n\nThe herons came back."), "The herons came back", "§ 4 stands § 4");
    check("One. One.\n\nTwo.", "Two.\n\nOne.", "One", "stands § 2");
}

#[test]
fn a_quote_changes_or_goes() {
    check(
        OLD,
        &OLD.replace("never safe", "always quite safe"),
        "the bridge was never safe",
        "§ 2 changed § 2 Differs: On Monday the mayor said that the bridge was [-never -]{+always quite +}safe, and that he knew.",
    );
    check(OLD, &OLD.replace("Nobody had walked over it.\n\n", ""), "Nobody had walked over it", "§ 3 gone");
    check(
        OLD,
        &OLD.replace("Nobody", "NOBODY"),
        "Nobody had walked",
        "§ 3 changed § 3 Case: [-Nobody -]{+NOBODY +}had walked over it.",
    );
    check(OLD, "", "the bridge was never safe", "§ 2 gone");
    let two = "The bridge was safe in May.\n\nThe bridge was safe in June.";
    check(two, "The bridge was safe in June.", "The bridge was safe in May", "§ 1 gone");
    check("a b c d e f\n\ng", "d e f a b c\n\ng", "a b […] e f", "§ 1 changed § 1 Apart: e f");
}

#[test]
fn what_stood_in_neither_is_no_change() {
    check(OLD, OLD, "it was closed for years", "never");
    check(OLD, &format!("{OLD}\n\nIt was closed for years."), "It was closed for years", "appeared § 5");
}

#[test]
fn marks_that_go_are_told() {
    let new = "He said: the bridge is safe.";
    check("He said: “the bridge is safe.”", new, "the bridge is safe", "§ 1 stands § 1 All → Nothing");
}

#[test]
fn the_lock_will_do_for_the_older_copy() {
    let (old, new) =
        (Text::new(OLD.into()), Prepared::new(Text::new(format!("News\n\n{}", OLD.replace("walked", "been")))));
    let old = Prepared::new(old);
    let capture = Capture { sha256: Sha256::of(b""), on: None, method: None, facts: Vec::new() };
    let mut locked = LockedSource { capture, quotes: Default::default() };
    for quote in ["never safe", "Nobody had walked over it"] {
        locked.record(quote, Some("§ 1"), &find(quote, &old, None), "2024-01-01");
    }
    let sides = Sides::new(Older::Locked(&locked), &new);
    let check = |quote: &str, expect: &str| {
        let (before, fate) = sides.fate(quote, None);
        assert_eq!(show(before.as_ref(), &fate), expect);
    };
    check("never safe", "§ 2 moved § 3");
    check("Nobody had walked over it", "§ 3 changed § 4 Differs: Nobody had [-walked -]{+been +}over it");
    check("The herons came back", "stands § 5");
}

#[track_caller]
fn differ(old: &str, new: &str, expect: &[&str]) {
    let [old, new] = [old, new].map(|text| Prepared::new(Text::new(text.into())));
    let spot = |spot: &Option<Spot>| spot.as_ref().map_or("-".into(), Spot::to_string);
    let show = |p: &Passage| format!("{} {}: {}", spot(&p.before), spot(&p.after), marked(&p.diff));
    assert_eq!(passages(&old, &new).unwrap().iter().map(show).collect::<Vec<_>>(), expect);
}

#[test]
fn passages_that_differ_are_shown_with_their_neighbours() {
    differ(OLD, OLD, &[]);
    differ("« Oui »,  dit-il.", "\"Oui\", dit-il.", &[]);
    differ(
        OLD,
        &OLD.replace("never", "ever").replace("The herons came back.", "One.\n\nTwo."),
        &[
            "§ 2 § 2: On Monday the mayor said that the bridge was [-never -]{+ever +}safe, and that he knew.",
            "§ 4 § 4: [-The herons came back-]{+One. ¶ Two+}.",
        ],
    );
    let long = "Many words stand before the one that they changed in the night, they said, and as many behind it as there had been before.";
    differ(
        long,
        &long.replace("night", "morning"),
        &[
            "§ 1 § 1: … before the one that they changed in the [-night-]{+morning+}, they said, and as many behind it …",
        ],
    );
    differ("a\n\nb", "a\n\nc\n\nb", &["- § 2: {+c+}"]);
    differ("a\n\nc\n\nb", "a\n\nb", &["§ 2 -: [-c-]"]);
}
