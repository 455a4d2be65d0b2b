use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

const PAGE: &str =
    "<h1>The bridge</h1><p>It was closed on Monday.</p><p>The mayor said: “We wait.” We wait, said all.</p>";

fn question<'a>(file: &'a str, quote: &'a str, locator: Option<&'a str>) -> Question<'a> {
    Question { file: file.into(), url: None, quote: quote.into(), locator: locator.map(Into::into) }
}

#[test]
fn what_became_of_a_quote() {
    let witness = Witness::read(&Input::new("a.html", PAGE.as_bytes()), &Bounds::default()).unwrap();
    for (quote, locator, verdict, hits, quoted, near) in [
        ("closed on Monday", None, Verdict::Verbatim, 1, Some(Quoted::Nothing), None),
        ("closed on Monday", Some("§ 2"), Verdict::WrongLocator, 1, Some(Quoted::Nothing), None),
        ("We wait", Some("§ 2"), Verdict::Ambiguous, 2, None, None),
        ("We wait", Some("§ 1"), Verdict::WrongLocator, 2, None, None),
        ("“We wait.”", None, Verdict::Verbatim, 1, Some(Quoted::All), None),
        ("closed on Tuesday", None, Verdict::Absent, 0, None, Some(("differs", "closed on [-Tuesday-]{+Monday+}"))),
        ("closed on Mon", None, Verdict::Absent, 0, None, Some(("cut", "closed on [-Mon-]{+Monday+}"))),
        ("closed on monday", None, Verdict::Absent, 0, None, Some(("case", "closed on Monday"))),
        ("nothing like it", None, Verdict::Absent, 0, None, None),
    ] {
        let answer = witness.answer(quote, locator);
        let found = answer.near.as_ref().map(|near| (near.why, &*near.marked));
        let shown = (answer.verdict, answer.hits.len(), answer.quoted, found);
        assert_eq!(shown, (verdict, hits, quoted, near), "{quote} {locator:?}");
    }
}

#[test]
fn each_file_is_read_once_and_answers_come_in_the_order_of_the_questions() {
    let read = AtomicUsize::new(0);
    let from = |file: &str| {
        read.fetch_add(1, Ordering::Relaxed);
        match file {
            "gone.txt" => Err("there is no such file".to_owned()),
            "zip.bin" => Ok(vec![0, 1, 2, 3]),
            _ => Ok(format!("These are the words of {file}, and no others.").into_bytes()),
        }
    };
    let files: Vec<String> = (0..10).map(|n| format!("{n}.txt")).collect();
    let mut asked: Vec<_> = (0..1000).map(|n| question(&files[n * 7 % 10], "the words of", None)).collect();
    asked.push(question("gone.txt", "the words", None));
    asked.push(question("zip.bin", "the words", None));
    asked.push(question(&files[3], "the words of 4", None));
    let answers = all(&asked, &from);
    assert_eq!(read.load(Ordering::Relaxed), 12);
    assert!(answers[..1000].iter().all(|a| a.as_ref().unwrap().verdict == Verdict::Verbatim));
    assert_eq!(answers[1000], Err("there is no such file".to_owned()));
    assert!(answers[1001].is_err());
    assert_eq!(answers[1002].as_ref().unwrap().verdict, Verdict::Absent);
}

#[test]
fn words_there_must_be() {
    for (quote, expect) in [("a", true), ("…", true), ("[…]", false), (" ", false), ("", false), ("[...] b", true)]
    {
        assert_eq!(has_words(quote), expect, "{quote:?}");
    }
}
