//! `sourcebook quote`: words looked up in files, without a dossier. Exit status: 0 every quote stands where it is said to,
//! 1 one does not, 2 one could not be looked up.

use std::borrow::Cow;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::global::{FAULTS, TROUBLE};
use super::out;
use sourcebook_core::base::json::Json;
use sourcebook_core::evidence::hits::Hit;
use sourcebook_core::evidence::lookup::{self, Answer, Question, Verdict};
use sourcebook_core::evidence::quotation::Quoted;
use sourcebook_machine::asked;
use sourcebook_machine::held::named;

/// Options of `quote`.
#[derive(Debug, Args)]
pub struct Options {
    /// The file: a saved page, a PDF, a web archive … (docs/captures.md)
    #[arg(value_name = "FILE", required_unless_present = "stdin")]
    file: Option<String>,
    /// The words; `[…]` joins parts
    #[arg(value_name = "WORDS", required_unless_present = "stdin")]
    words: Option<String>,
    /// Where they are said to stand: `§ 3`, `p. 12`, `00:12:31`
    #[arg(long, value_name = "PLACE")]
    locator: Option<String>,
    /// Which page, of a web archive that holds several
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    /// Read questions from standard input, a JSON object a line: `{"file", "quote", "locator"?, "url"?}`; answer in the same order, an object a line
    #[arg(long, conflicts_with_all = ["file", "words", "locator", "url"])]
    stdin: bool,
}

/// Looks words up.
pub fn run(options: &Options) -> ExitCode {
    if options.stdin {
        return many();
    }
    let (Some(file), Some(words)) = (&options.file, &options.words) else { return ExitCode::from(TROUBLE) };
    let question = Question {
        file: file.into(),
        url: options.url.as_deref().map(Cow::from),
        quote: words.into(),
        locator: options.locator.as_deref().map(Cow::from),
    };
    let answer = answers(vec![Ok(question.clone())]).pop().unwrap_or_else(|| Err(String::new()));
    if options.json {
        out::result(&line(Some(&question), &answer));
    } else {
        match &answer {
            Ok(answer) => out::result(&said(answer)),
            Err(why) => return out::trouble(format!("`{file}`: {why}")),
        }
    }
    ExitCode::from(status(&answer))
}

/// Questions from standard input.
fn many() -> ExitCode {
    let text = match asked::standard_input() {
        Ok(text) => text,
        Err(error) => return out::trouble(format!("standard input: {error}")),
    };
    let questions: Vec<_> = asked::questions(&text);
    let answers = answers(questions.clone());
    let lines = questions.iter().zip(&answers).map(|(question, answer)| line(question.as_ref().ok(), answer));
    out::result(&lines.collect::<String>());
    ExitCode::from(answers.iter().map(status).max().unwrap_or_default())
}

/// What the library says to the questions that are some.
fn answers(questions: Vec<Result<Question<'_>, String>>) -> Vec<Result<Answer, String>> {
    let checked = questions.into_iter().map(|question| match question {
        Ok(question) if !lookup::has_words(&question.quote) => Err("the quote holds no words".to_owned()),
        other => other,
    });
    let checked: Vec<_> = checked.collect();
    let good: Vec<_> = checked.iter().filter_map(|question| question.as_ref().ok().cloned()).collect();
    let read = |file: &str| named::read(Path::new(file)).map_err(|error| error.to_string());
    let mut answered = lookup::all(&good, &read).into_iter();
    let each = checked
        .into_iter()
        .map(|question| question.and_then(|_| answered.next().unwrap_or_else(|| Err(String::new()))));
    each.collect()
}

fn status(answer: &Result<Answer, String>) -> u8 {
    match answer {
        Ok(answer) if answer.verdict == Verdict::Verbatim => 0,
        Ok(_) => FAULTS,
        Err(_) => TROUBLE,
    }
}

/// An answer for people.
fn said(answer: &Answer) -> String {
    let places: Vec<_> = answer.hits.iter().map(|hit| hit.first.spot.said()).collect();
    let text = match (answer.verdict, &answer.near) {
        (Verdict::Verbatim, _) => format!("verbatim, {}", places.join(", ")),
        (Verdict::WrongLocator, _) => format!("wrong-locator: it stands {}", places.join(", ")),
        (Verdict::Ambiguous, _) => format!("ambiguous: it stands {} times, {}", places.len(), places.join(", ")),
        (Verdict::NoWords, _) => "no-words: a picture, a sound or a film".to_owned(),
        (Verdict::Absent, None) => "absent, and nothing is near".to_owned(),
        (Verdict::Absent, Some(near)) => {
            format!("absent ({})\nnearest passage, {}: {}", near.why, near.place, near.marked)
        }
    };
    text + "\n"
}

/// An answer as a line of JSON.
fn line(question: Option<&Question<'_>>, answer: &Result<Answer, String>) -> String {
    let mut text = String::new();
    Json::new(&mut text).object(|o| {
        if let Some(question) = question {
            o.text("file", &question.file).maybe("url", question.url.as_deref());
            o.text("quote", &question.quote).maybe("locator", question.locator.as_deref());
        }
        match answer {
            Err(why) => {
                o.text("verdict", "unread").text("error", why);
            }
            Ok(answer) => found(o, answer),
        }
    });
    text + "\n"
}

fn found(o: &mut Json<'_>, answer: &Answer) {
    o.text("verdict", answer.verdict.as_str());
    o.list("at", &answer.hits, |list, hit| {
        list.object(|o| place(o, hit));
    });
    o.maybe(
        "in_quotation_marks",
        answer.quoted.map(|quoted| match quoted {
            Quoted::All => "all",
            Quoted::Part => "part",
            Quoted::Nothing => "none",
        }),
    );
    if let Some(near) = &answer.near {
        o.table("nearest", |o| {
            o.text("why", near.why)
                .text("place", &near.place)
                .text("passage", &near.passage)
                .text("marked", &near.marked);
        });
    }
}

fn place(o: &mut Json<'_>, hit: &Hit) {
    o.text("place", &hit.first.spot.to_string()).value("block", hit.first.block);
    if hit.last.spot != hit.first.spot {
        o.text("to", &hit.last.spot.to_string());
    }
    o.key("bytes").array(|list| {
        for range in &hit.ranges {
            list.array(|pair| {
                pair.raw(range.start).raw(range.end);
            });
        }
    });
}
