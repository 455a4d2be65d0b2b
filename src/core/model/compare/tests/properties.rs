//! What holds for any two answers, tried on small worlds where every point can be looked at.

use super::*;
use proptest::prelude::*;

fn some_quantity() -> impl Strategy<Value = Answer> {
    prop_oneof![
        "(~|>|<|>=|<=)?-?[0-9]".prop_map(|t| quantity(&t)),
        (-9i64..9, 1i64..9).prop_map(|(low, width)| quantity(&format!("{low}..{}", low + width))),
    ]
}

fn some_value() -> impl Strategy<Value = Answer> {
    prop_oneof![2 => some_quantity(), 2 => some_date().prop_map(Answer::Date), 1 => "[ab]".prop_map(|t| choice(&t))]
}

/// Two values of one kind.
fn two_values() -> impl Strategy<Value = (Answer, Answer)> {
    let dates = (some_date(), some_date()).prop_map(|(a, b)| (Answer::Date(a), Answer::Date(b)));
    let choices = ("[ab]", "[ab]").prop_map(|(a, b)| (choice(&a), choice(&b)));
    prop_oneof![4 => (some_quantity(), some_quantity()), 4 => dates, 1 => choices]
}

fn some_date() -> impl Strategy<Value = Edtf> {
    let day = "2024-0[1-3](-1[0-5])?[~?]?".boxed();
    let pair = (day.clone(), day.clone());
    prop_oneof![
        day.clone(),
        pair.clone().prop_map(|(a, b)| format!("{a}/{b}")),
        pair.prop_map(|(a, b)| format!("[{a}, {b}]")),
        day.clone().prop_map(|a| format!("{a}/..")),
        day.prop_map(|a| format!("/{a}")),
    ]
    .prop_filter_map("in order", |text| Edtf::parse(&text).ok())
}

pub(super) fn some_case() -> impl Strategy<Value = Case> {
    let place = prop_oneof![2 => Just(None), 1 => Just(Some(1)), 1 => Just(Some(2))];
    let modality = prop_oneof![3 => Just(Modality::Asserts), 2 => prop::sample::select(Modality::ALL.to_vec())];
    let standing = prop_oneof![9 => Just(Standing::Current), 1 => prop::sample::select(Standing::ALL.to_vec())];
    let parts =
        (some_value(), place, prop::option::weighted(0.8, some_date()), modality, standing, prop::bool::weighted(0.05));
    parts.prop_map(|(value, place, as_of, modality, standing, supersedes)| Case {
        value,
        place,
        group: None,
        as_of,
        modality,
        standing,
        supersedes,
        stated: None,
    })
}

pub(super) fn some_terms() -> impl Strategy<Value = Terms> {
    let tolerance = prop::sample::select(vec!["10%", "2", "20d"]);
    let window = prop::option::of(prop::sample::select(vec!["0d", "20d", "1m"]));
    (any::<bool>(), window, tolerance).prop_map(|(changes, window, tolerance)| Terms {
        changes,
        window: window.map(|w| Window::parse(w).unwrap()),
        tolerance: Tolerance::parse(tolerance).unwrap(),
        ..Terms::default()
    })
}

fn is_open(answer: &Answer) -> bool {
    match answer {
        Answer::Quantity(quantity) => quantity.is_bound(),
        Answer::Date(date) => date.earliest().is_none() || date.latest().is_none(),
        _ => false,
    }
}

/// Whether a value allows a point: a day of early 2024, or a twentieth between -21 and 21, by its number.
fn allows(answer: &Answer, point: i64, terms: &Terms) -> bool {
    match answer {
        Answer::Quantity(quantity) => {
            let n = Decimal::from_integer(point - 420);
            let times = |n: Decimal, count: u8| (0..count).fold(Decimal::ZERO, |sum, _| sum + n);
            let twentieths = |n: Decimal| times(n, 20);
            let about = |c: Decimal| twentieths(terms.tolerance.about(c));
            match *quantity {
                Quantity::Exactly(c) => n == twentieths(c),
                Quantity::About(c) => twentieths(c) - about(c) <= n && n <= twentieths(c) + about(c),
                Quantity::MoreThan(c) => n > twentieths(c),
                Quantity::AtLeast(c) => n >= twentieths(c),
                Quantity::LessThan(c) => n < twentieths(c),
                Quantity::AtMost(c) => n <= twentieths(c),
                Quantity::Between(low, high) => twentieths(low) <= n && n <= twentieths(high),
                Quantity::Margin(..) | Quantity::Best { .. } => unreachable!("not among those tried"),
            }
        }
        Answer::Date(date) => date.days_about(terms.tolerance.reach()).contains(19_600 + point),
        Answer::Choice(key) => point == i64::from(key.as_bytes()[0]),
        _ => unreachable!("not among those tried"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn turned_about_the_verdict_is_the_mirror(a in some_case(), b in some_case(), terms in some_terms()) {
        let found = verdict(&a, &b, &terms);
        prop_assert_eq!(verdict(&b, &a, &terms), found.mirrored());
        prop_assert_eq!(found.mirrored().mirrored(), found);
        prop_assert_eq!(found.mirrored().kind(), found.kind());
    }

    #[test]
    fn what_stands_and_is_held_agrees_with_itself(a in some_case(), terms in some_terms()) {
        let found = verdict(&a, &a, &terms);
        let valid = a.standing == Standing::Current && !a.supersedes;
        let held = !matches!(a.state(), State::Denial | State::Silence);
        let timed = a.as_of.is_some() || !terms.changes;
        prop_assert_eq!(found == Verdict::Agrees(Agreement::Same), valid && held && timed, "{:?}", found);
    }

    #[test]
    fn checks_come_in_the_order_of_the_format(a in some_case(), b in some_case(), terms in some_terms()) {
        let lapsed = [&a, &b].iter().any(|c| c.standing != Standing::Current || c.supersedes);
        let forecast = |c: &Case| c.modality == Modality::Forecasts;
        let denies = |c: &Case| c.modality == Modality::Denies && !matches!(c.value, Answer::Choice(_));
        let unheld = |c: &Case| denies(c) || c.modality == Modality::DeclinesToConfirm;
        let found = verdict(&a, &b, &terms);
        let reason = if let Verdict::NotComparable(reason) = found { Some(reason) } else { None };
        if lapsed {
            prop_assert_eq!(found.kind(), VerdictKind::Superseded);
        } else if std::mem::discriminant(&a.value) != std::mem::discriminant(&b.value) {
            prop_assert_eq!(reason, Some(Reason::DifferentKind));
        } else if a.place != b.place {
            prop_assert!(matches!(reason, Some(Reason::DifferentPlace | Reason::OnePlaceUnstated(_))));
        } else if forecast(&a) != forecast(&b) {
            prop_assert!(matches!(reason, Some(Reason::Forecast(_))));
        } else if unheld(&a) || unheld(&b) {
            prop_assert!(matches!(reason, Some(Reason::NotHeld(_))));
        } else if terms.changes && (a.as_of.is_none() || b.as_of.is_none()) {
            prop_assert!(matches!(reason, Some(Reason::AsOfUnknown(_))));
        } else {
            let apart = matches!(reason, None | Some(Reason::TooFarApart { .. }));
            prop_assert!(apart);
            prop_assert!(terms.changes || reason.is_none());
        }
    }

    #[test]
    fn values_compare_as_sets_of_points((a, b) in two_values(), terms in some_terms()) {
        let terms = Terms { changes: false, ..terms };
        let case = |value: &Answer| Case { value: value.clone(), ..Case::read(choice, "x") };
        let points: Vec<_> = (0..840).map(|p| (allows(&a, p, &terms), allows(&b, p, &terms))).collect();
        let shared = points.contains(&(true, true));
        let (only_first, only_second) = (points.contains(&(true, false)), points.contains(&(false, true)));
        match verdict(&case(&a), &case(&b), &terms) {
            Verdict::Agrees(Agreement::Same) => prop_assert!(!only_first && !only_second),
            Verdict::Agrees(Agreement::ButForApproximation) => prop_assert!(shared),
            Verdict::Compatible(how) => {
                prop_assert!(shared);
                let bound = how == Compatibility::BoundOnly;
                prop_assert_eq!(how == Compatibility::FirstWithin, !only_first && !bound);
                prop_assert_eq!(how == Compatibility::SecondWithin, !only_second && !bound);
                prop_assert_eq!(bound, is_open(&a) || is_open(&b));
            }
            Verdict::Differs(_) => prop_assert!(!shared),
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
