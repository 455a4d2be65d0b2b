//! `sourcebook man`: the manual pages, one for the program and one for each command.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Command};
use clap_mangen::Man;

use super::out;
use sourcebook_machine::held::Folder;
use sourcebook_machine::report::shown;

/// Options of `man`.
#[derive(Debug, Args)]
pub struct Options {
    /// Write all pages into a folder (such as ~/.local/share/man/man1), in place of printing the first
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// Prints or writes manual pages.
pub fn run(options: &Options, program: Command) -> ExitCode {
    let pages = pages(program);
    let Some(folder) = &options.to else {
        out::result(pages.first().map_or("", |(_, text)| text));
        return ExitCode::SUCCESS;
    };
    let write = || -> std::io::Result<()> {
        let folder = Folder::make(folder)?;
        pages.iter().try_for_each(|(name, text)| folder.replace(name, text.as_bytes()).map(drop))
    };
    match write() {
        Ok(()) => {
            out::say(&format!("{} pages: {}", pages.len(), shown(folder)));
            ExitCode::SUCCESS
        }
        Err(error) => out::trouble(format!("`{}`: {error}", shown(folder))),
    }
}

/// Every page by its file name, the program's own first.
fn pages(program: Command) -> Vec<(String, String)> {
    let mut command = program.disable_help_subcommand(true);
    command.build();
    let mut found = Vec::new();
    collect(command, &mut found);
    found
}

fn collect(command: Command, found: &mut Vec<(String, String)>) {
    let inner: Vec<_> = command.get_subcommands().filter(|c| !c.is_hide_set()).cloned().collect();
    let man = Man::new(command).manual("sourcebook");
    let name = man.get_filename();
    let mut page = Vec::new();
    // Writing to memory cannot fail.
    let _ = man.render(&mut page);
    found.push((name, String::from_utf8_lossy(&page).into_owned()));
    inner.into_iter().for_each(|command| collect(command, found));
}
