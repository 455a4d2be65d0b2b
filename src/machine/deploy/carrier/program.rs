//! Other programs: run, waited for, and their words told if they fail.

use std::io::{self, Write};
use std::process::{Command, Output, Stdio};

use super::Failure;

/// Runs a program to its end, with this on its standard input; what it printed.
///
/// # Errors
/// It is not there.
pub(super) fn output(command: &mut Command, input: &[u8]) -> Result<Output, Failure> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| missing(command, &error))?;
    let stdin = child.stdin.take();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that ends before it has read everything says itself why.
            let _ = stdin.map(|mut stdin| stdin.write_all(input));
        });
        child.wait_with_output()
    })
    .map_err(|error| missing(command, &error))
}

/// As [`output`], for a program that must succeed; what it printed on standard output.
///
/// # Errors
/// It is not there, or it fails: its own words, the last lines of them.
pub(super) fn run(command: &mut Command, input: &[u8]) -> Result<Vec<u8>, Failure> {
    let output = output(command, input)?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(failed(command, &output)),
    }
}

/// What a program that failed says of it.
pub(super) fn failed(command: &Command, output: &Output) -> Failure {
    let words = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<_> = words.lines().filter(|line| !line.trim().is_empty()).collect();
    let last = lines[lines.len().saturating_sub(6)..].join("\n  ");
    Failure(format!("{} failed ({})\n  {last}", name(command), output.status))
}

fn missing(command: &Command, error: &io::Error) -> Failure {
    let name = name(command);
    Failure(match error.kind() {
        io::ErrorKind::NotFound => format!("the program `{name}` is not there: install it, and put it on the PATH"),
        _ => format!("cannot run `{name}`: {error}"),
    })
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
