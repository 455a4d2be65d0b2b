//! Questions of `sourcebook quote --stdin`: an object of JSON a line.

use std::borrow::Cow;
use std::io::{self, Read as _};

use serde::Deserialize;
use sourcebook_core::evidence::lookup::Question;

/// As a line has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    #[serde(borrow)]
    file: Cow<'a, str>,
    #[serde(borrow)]
    quote: Cow<'a, str>,
    locator: Option<Cow<'a, str>>,
    url: Option<Cow<'a, str>>,
}

/// All of standard input, which must be UTF-8.
///
/// # Errors
/// What the system says.
pub fn standard_input() -> io::Result<String> {
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    Ok(text)
}

/// The questions of a text, one a line that is not blank; or why a line is none.
pub fn questions(text: &str) -> Vec<Result<Question<'_>, String>> {
    let lines = text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| question(line).map_err(|why| format!("line {}: {why}", n + 1))).collect()
}

fn question(line: &str) -> Result<Question<'_>, String> {
    let Line { file, quote, locator, url } = serde_json::from_str(line).map_err(|error| error.to_string())?;
    Ok(Question { file, url, quote, locator })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_question_or_says_why_not() {
        let text = "{\"file\":\"a\",\"quote\":\"b \\u00e9\",\"locator\":null}\r\n\n{\"file\":\"a\"}\n{\"file\":\"a\",\"quote\":\"b\",\"locater\":\"§ 1\"}\n[";
        let read = questions(text);
        assert_eq!(read[0].as_ref().unwrap().quote, "b é");
        let faults: Vec<_> = read[1..].iter().map(|line| line.as_ref().unwrap_err().as_str()).collect();
        for (fault, expect) in
            faults.iter().zip(["line 3: missing field `quote`", "line 4: unknown field `locater`", "line 5: EOF"])
        {
            assert!(fault.starts_with(expect), "{fault}");
        }
    }
}
