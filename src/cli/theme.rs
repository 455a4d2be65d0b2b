//! `sourcebook theme`: files of the program's own theme to begin yours with, and what became of them since.
//!
//! 1. `copy` writes a file into a theme of the dossier, and once more below the hidden folder `.copied` there: what it was made from.
//! 2. `diff` shows what the program's own file has become since; of a file without that, how yours differs from it.
//! 3. `check` tells what is wrong with the theme, and which of its files were made from others than the program's of today.

use std::io::ErrorKind;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use similar::TextDiff;

use super::global::{FAULTS, Global};
use super::{dossier, out};
use sourcebook_core::base::diagnostic::{Severity, nearest};
use sourcebook_core::base::timings::Timings;
use sourcebook_core::dossier::load::{self, MAX_FILE};
use sourcebook_machine::disk::Disk;
use sourcebook_site::prepare::{self, prepare};
use sourcebook_site::theme;

/// Options of `theme`.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Copy a file of the program's own theme into yours; without FILE, list them
    Copy {
        /// Which: `claim.html`, `static/style.css`, `i18n/en.toml`
        #[arg(value_name = "FILE")]
        file: Option<String>,
        /// The theme to copy to [default: the first that site.toml names]
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
    },
    /// Show what the program's own files have become since yours were copied
    Diff {
        /// Only this one
        #[arg(value_name = "FILE")]
        file: Option<String>,
    },
    /// Tell what is wrong with the theme, and which of its files fell behind
    Check,
}

/// Where `copy` keeps what a file was made from.
const COPIED: &str = ".copied";

/// Runs the command.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    let disk = match dossier::open(global, None) {
        Ok(disk) => disk,
        Err(message) => return out::trouble(message),
    };
    let done = match &options.what {
        What::Copy { file: None, .. } => Ok(list()),
        What::Copy { file: Some(file), to } => copy(&disk, file, to.as_deref()),
        What::Diff { file } => diff(&disk, file.as_deref()),
        What::Check => Ok(check(&disk, global)),
    };
    done.unwrap_or_else(out::trouble)
}

fn list() -> ExitCode {
    out::result(&theme::FILES.iter().map(|(path, _)| format!("{path}\n")).collect::<String>());
    ExitCode::SUCCESS
}

/// A file of the program's own theme, by its path or, of a template, its name.
fn own(file: &str) -> Result<(&'static str, &'static [u8]), String> {
    let as_template = format!("templates/{file}");
    let found = theme::FILES.iter().find(|(path, _)| *path == file || *path == as_template).copied();
    found.ok_or_else(|| {
        let known = theme::FILES.iter().map(|(path, _)| path.strip_prefix("templates/").unwrap_or(path));
        let near = nearest(file, known).map_or_else(String::new, |near| format!(": did you mean `{near}`?"));
        format!("the program's own theme has no file `{file}`{near}; `sourcebook theme copy` lists them")
    })
}

fn copy(disk: &Disk, file: &str, to: Option<&str>) -> Result<ExitCode, String> {
    let (path, bytes) = own(file)?;
    let first = load::config(disk).theme.first().map(|name| name.value.clone());
    let name = to.map(str::to_owned).or(first.map(|name| name.to_string())).unwrap_or_default();
    if !sourcebook_core::base::id::is_id(&name) {
        return Err(format!(
            "`{name}` cannot be the name of a theme: use lower-case letters and digits, joined by single hyphens"
        ));
    }
    let place = format!("themes/{name}/{path}");
    let trouble = |place: &str, error: &std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => {
            format!("`{place}` is there already: move it away first, or see `sourcebook theme diff {file}`")
        }
        _ => format!("`{place}` cannot be written: {error}"),
    };
    let made = |place: &str| {
        let folder = place.rsplit_once('/').map_or("", |(folder, _)| folder);
        disk.folder().make_folders(folder).map(|_| ()).map_err(|error| trouble(place, &error))
    };
    made(&place)?;
    disk.folder().create(&*place, bytes).map_err(|error| trouble(&place, &error))?;
    let kept = format!("themes/{name}/{COPIED}/{path}");
    made(&kept)?;
    disk.folder().replace(&*kept, bytes).map_err(|error| trouble(&kept, &error))?;
    out::say(&format!("{place}\nwhat it was made from: {kept} (keep both; `sourcebook theme diff` compares)"));
    if let Some(template) = path.strip_prefix("templates/") {
        out::say(&format!(
            "to change one block, a file that begins with {{% extends \"default/{template}\" %}} is enough"
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// What became of the program's own file of which a theme has another.
enum Since {
    /// It is what it was.
    Same,
    /// It is another: the difference, as a patch.
    Changed(String),
    /// It is not known what the theme's was made from: how it differs.
    Unknown(String),
}

/// The files of the dossier's themes that take the place of one of the program's: where each is, and what became of that.
fn since(disk: &Disk) -> Vec<(String, &'static str, Since)> {
    let config = load::config(disk);
    let mut found = Vec::new();
    for name in &config.theme {
        for (path, bytes) in theme::FILES {
            let place = format!("themes/{}/{path}", name.value);
            let Some(theirs) = text(disk, &place) else { continue };
            // Words are read key by key, and never fall behind.
            if path.starts_with("i18n/") {
                continue;
            }
            let now = String::from_utf8_lossy(bytes);
            let made_from = text(disk, &format!("themes/{}/{COPIED}/{path}", name.value));
            let extends = theirs.contains(&format!("default/{}", path.trim_start_matches("templates/")));
            let became = match made_from {
                Some(old) if old == now => Since::Same,
                Some(old) => Since::Changed(patch(&old, &now, "as it was copied", "as it is now")),
                None if extends || theirs == now => Since::Same,
                None => Since::Unknown(patch(&now, &theirs, "the program's own", &place)),
            };
            found.push((place, *path, became));
        }
    }
    found
}

fn text(disk: &Disk, path: &str) -> Option<String> {
    let bytes = disk.folder().read(path, MAX_FILE).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn patch(old: &str, new: &str, old_name: &str, new_name: &str) -> String {
    TextDiff::from_lines(old, new).unified_diff().context_radius(3).header(old_name, new_name).to_string()
}

fn diff(disk: &Disk, file: Option<&str>) -> Result<ExitCode, String> {
    let wanted = file.map(own).transpose()?.map(|(path, _)| path);
    let all: Vec<_> =
        since(disk).into_iter().filter(|(_, path, _)| wanted.is_none_or(|wanted| wanted == *path)).collect();
    if all.is_empty() {
        out::say("no file of a theme of this dossier takes the place of one of the program's");
    }
    let mut behind = 0;
    for (place, path, became) in &all {
        match became {
            Since::Same => out::say(&format!("{place}: {path} of the program is as it was")),
            Since::Changed(patch) => {
                behind += 1;
                out::say(&format!("{place}: {path} of the program changed since"));
                out::result(patch);
            }
            Since::Unknown(patch) => {
                out::say(&format!(
                    "{place}: not known what it was made from; how it differs from {path} of the program:"
                ));
                out::result(patch);
            }
        }
    }
    Ok(if behind > 0 { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS })
}

fn check(disk: &Disk, global: &Global) -> ExitCode {
    let prepared = prepare(disk, prepare::Options::default(), &mut Timings::default());
    let is_of_theme = |path: &str| path.starts_with("themes/");
    let told: Vec<_> = (prepared.diagnostics.iter())
        .filter(|fault| {
            let in_theme = fault.span.is_some_and(|span| is_of_theme(&prepared.parsed.files.get(span.file).path));
            in_theme || fault.code.starts_with("theme-") || fault.code == "template-fault"
        })
        .cloned()
        .collect();
    out::diagnostics(&told, &prepared.parsed.files, global);
    let all = since(disk);
    let behind: Vec<_> = all.iter().filter(|(_, _, became)| matches!(became, Since::Changed(_))).collect();
    for (place, ..) in &behind {
        out::say(&format!("{place}: the program's own changed since it was copied; see `sourcebook theme diff`"));
    }
    let errors = told.iter().filter(|fault| fault.severity == Severity::Error).count();
    out::say(&format!(
        "{} files take the place of the program's, {} fell behind; {errors} errors, {} warnings",
        all.len(),
        behind.len(),
        told.len() - errors
    ));
    if errors > 0 { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS }
}
