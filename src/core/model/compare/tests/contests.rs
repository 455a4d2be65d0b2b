//! All answers to one question together.

use super::super::contest::{Contest, MAX_JUDGED};
use super::properties::{some_case, some_terms};
use super::*;
use proptest::prelude::*;
use std::sync::Arc;

fn read(kind: fn(&str) -> Answer, texts: &[&str]) -> Vec<Case> {
    texts.iter().map(|text| Case::read(kind, text)).collect()
}

fn contest(cases: &[Case], terms: Terms) -> Contest {
    // A claim that supersedes supersedes the one before it.
    let replaces = |i: usize| cases.get(i + 1).is_some_and(|next| next.supersedes);
    let mut given: Vec<_> = cases.iter().map(Case::given).collect();
    for (i, given) in given.iter_mut().enumerate().filter(|(i, _)| replaces(*i)) {
        if cases[i].state().lapse().is_none() {
            given.state = State::Superseded;
        }
    }
    let pairs = (0..cases.len()).filter(|i| replaces(*i)).map(|i| (i + 1, i)).collect();
    Contest::new(&given, terms, Arc::default(), Replaces::new(pairs, Vec::new()))
}

#[test]
fn the_matrix_the_groups_and_the_contested() {
    let cases = read(
        quantity,
        &[
            "~11000",
            "10000 @russie",
            "8000",
            "11_000",
            "9000 | denies",
            "12000 | forecasts",
            "8000",
            "8500 | supersedes",
        ],
    );
    let contest = contest(&cases, steady("10%"));
    let groups: Vec<_> = contest.groups().iter().map(|g| (g.place.is_some(), g.state, g.members.clone())).collect();
    let expect = [
        (false, State::Current, vec![2]),
        (false, State::Current, vec![7]),
        (false, State::Current, vec![0, 3]),
        (false, State::Forecast, vec![5]),
        (false, State::Denial, vec![4]),
        (false, State::Superseded, vec![6]),
        (true, State::Current, vec![1]),
    ];
    assert_eq!(groups, expect);
    // 0 and 3 differ from 2 and 7; 2 differs from 7; 6 from none: 7 supersedes it, and it is compared with nobody.
    assert_eq!(contest.differing_pairs(), 5);
    let contested: Vec<_> = (0..cases.len()).filter(|i| contest.is_contested(*i)).collect();
    assert_eq!(contested, [0, 2, 3, 7]);
    assert_eq!((contest.differs_from(6), contest.comparable_with(6)), (0, 0));
    assert_eq!((contest.differs_from(3), contest.comparable_with(3)), (2, 3));
    assert_eq!(say(contest.verdict(7, 6)), "superseded: second by-other");
    assert_eq!(say(contest.verdict(0, 6)), "superseded: second superseded");
    assert_eq!(contest.pairs().count(), 28);
    assert!(contest.is_complete());
}

#[test]
fn groups_are_not_chained_by_approximation() {
    let cases = read(quantity, &["11000", "9900..12100", "~11000"]);
    let members: Vec<_> = contest(&cases, steady("10%")).groups().iter().map(|g| g.members.clone()).collect();
    assert_eq!(members, [vec![1], vec![0, 2]]);
}

#[test]
fn beyond_the_limit_the_count_says_that_it_stopped() {
    let cases: Vec<_> = (0..=MAX_JUDGED).map(|_| Case::read(choice, "yes")).collect();
    let contest = contest(&cases, Terms::default());
    assert!(!contest.is_complete());
    assert_eq!(contest.groups().len(), 1);
    assert_eq!(contest.verdict(0, MAX_JUDGED).kind(), VerdictKind::Agrees);
}

#[test]
fn nothing_given_nothing_contested() {
    let contest = contest(&[], Terms::default());
    assert_eq!((contest.groups().len(), contest.differing_pairs(), contest.is_contested(0)), (0, 0, false));
}

proptest! {
    #[test]
    fn every_answer_is_in_one_group_and_counts_add_up(
        cases in prop::collection::vec(some_case(), 0..12),
        terms in some_terms(),
    ) {
        let contest = contest(&cases, terms);
        let mut members: Vec<_> = contest.groups().iter().flat_map(|g| g.members.clone()).collect();
        members.sort_unstable();
        prop_assert_eq!(members, (0..cases.len()).collect::<Vec<_>>());
        let differing = contest.pairs().filter(|(_, _, v)| v.kind() == VerdictKind::Differs).count();
        prop_assert_eq!(contest.differing_pairs(), differing);
        prop_assert_eq!((0..cases.len()).map(|i| contest.differs_from(i)).sum::<usize>(), 2 * differing);
        for group in contest.groups() {
            for pair in group.members.windows(2) {
                let kind = contest.verdict(pair[0], pair[1]).kind();
                prop_assert!(kind != VerdictKind::Differs && kind != VerdictKind::Compatible, "{:?}", kind);
            }
        }
    }
}
