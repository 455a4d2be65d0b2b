//! The program as a person runs it, with nothing of this machine's environment.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::site::Site;

/// What a run said.
pub(crate) struct Said {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

/// `sourcebook deploy`, ready to run.
pub(crate) fn command(site: &Site, arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sourcebook"));
    command.arg("deploy").args(arguments).current_dir(site.dossier());
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", site.beside("home"));
    // The tests' folders may lie in a repository, as `target` does: git is not to look further up than a test's own.
    command.env("GIT_CEILING_DIRECTORIES", site.beside("..").canonicalize().unwrap());
    command.envs(environment.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn deploy(site: &Site, arguments: &[&str], environment: &[(&str, &str)]) -> Said {
    said(command(site, arguments, environment).output().unwrap())
}

pub(crate) fn start(site: &Site, environment: &[(&str, &str)]) -> Child {
    command(site, &[], environment).spawn().unwrap()
}

pub(crate) fn said(output: Output) -> Said {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Said {
    /// Fails unless the program ended with this status and said this on standard error.
    #[track_caller]
    pub(crate) fn expect(self, status: i32, words: &str) -> Self {
        let as_expected = self.status == Some(status) && self.err.contains(words);
        assert!(as_expected, "not {status}, or without {words:?}: {:?}\n{}\n{}", self.status, self.out, self.err);
        self
    }
}

/// Another program, which must succeed; what it printed.
#[track_caller]
pub(crate) fn run(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; tests/run installs it"));
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
