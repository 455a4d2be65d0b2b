//! `sourcebook completions`: what a shell completes the command line with.

use std::process::ExitCode;

use clap::{Args, Command, ValueEnum};
use clap_complete::{Shell as Known, generate};

use super::out;

/// Options of `completions`.
#[derive(Debug, Args)]
pub struct Options {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shell {
    /// source <(sourcebook completions bash)
    Bash,
    /// sourcebook completions elvish >> ~/.config/elvish/rc.elv
    Elvish,
    /// sourcebook completions fish > ~/.config/fish/completions/sourcebook.fish
    Fish,
    /// sourcebook completions powershell | Out-String | Invoke-Expression
    Powershell,
    /// sourcebook completions zsh > a folder of $fpath/_sourcebook
    Zsh,
}

/// Prints the script.
pub fn run(options: &Options, mut program: Command) -> ExitCode {
    let shell = match options.shell {
        Shell::Bash => Known::Bash,
        Shell::Elvish => Known::Elvish,
        Shell::Fish => Known::Fish,
        Shell::Powershell => Known::PowerShell,
        Shell::Zsh => Known::Zsh,
    };
    let mut script = Vec::new();
    generate(shell, &mut program, "sourcebook", &mut script);
    out::result(&String::from_utf8_lossy(&script));
    ExitCode::SUCCESS
}
