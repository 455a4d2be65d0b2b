//! Loops that look and keep nothing: what they look at is counted, and grows no faster than what there is.

use proptest::prelude::*;

use crate::base::steps::STEPS;
use crate::evidence::find::Prepared;
use crate::evidence::overlap::Guard;
use crate::evidence::parts::parts;
use crate::evidence::quotation::Quotations;
use crate::evidence::readers::Text;
use crate::model::markdown::comments;
use crate::model::markdown::ids::{PageOf, Taken};
use crate::model::markdown::outline;

fn steps(work: impl FnOnce()) -> usize {
    STEPS.set(0);
    work();
    STEPS.get()
}

/// Twice as much takes twice as many steps, and a tenth of that for what a round number costs.
#[track_caller]
fn check(name: &str, size: usize, work: impl Fn(usize)) {
    let (once, twice) = (steps(|| work(size)), steps(|| work(2 * size)));
    assert!(once > 0, "{name} counts nothing");
    assert!(twice as f64 <= once as f64 * 2.2 + 16.0, "{name}: {once} steps, then {twice}");
}

#[test]
fn what_texts_cost() {
    check("identical headings", 500, |n| drop(outline(&"# Same\n\n".repeat(n))));
    check("ids of a page", 500, |n| {
        let mut taken = Taken::on(PageOf::Article);
        (0..n).for_each(|_| drop(taken.take_free(&"same".into())));
    });
    check("citations in one paragraph", 500, |n| drop(outline(&"*it* rains [@c] ".repeat(n))));
    check("comments that do not end as they seem", 500, |n| {
        drop(comments::parts(&format!("<!-- {}", "-- ".repeat(n))))
    });
    check("comments", 500, |n| drop(comments::parts(&"<!-- a -->".repeat(n))));
}

#[test]
fn what_quotes_cost() {
    check("brackets in a quote", 500, |n| drop(parts(&"[ ".repeat(n))));
    check("quotes that begin alike", 100, |n| {
        let words = |i: usize| format!("the president of number{i} said");
        let all: Vec<_> = (0..n).map(words).collect();
        let text = Prepared::new(Text::new(all.join(". ")));
        let mut guard = Guard::new([text.level()], 3);
        all.iter().for_each(|quote| guard.declare(quote));
        guard.leaks(text.text().as_str());
    });
    check("quotation marks that open", 500, |n| drop(Quotations::of(&Text::new("« a “ b ".repeat(n)))));
}

proptest! {
    #[test]
    fn whatever_is_declared(words in proptest::collection::vec(0usize..3, 1..12)) {
        let unit = words.iter().map(|w| ["a ", "b ", "c "][*w]).collect::<String>();
        let work = |n: usize| {
            let text = Prepared::new(Text::new(unit.repeat(n)));
            let mut guard = Guard::new([text.level()], 3);
            (0..n).for_each(|i| guard.declare(&unit.repeat(i % 7 + 1)));
            guard.leaks(text.text().as_str());
        };
        let (once, twice) = (steps(|| work(20)), steps(|| work(40)));
        prop_assert!(twice as f64 <= once as f64 * 2.2 + 64.0, "{unit}: {once} steps, then {twice}");
    }
}
