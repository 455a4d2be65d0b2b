//! `sourcebook stamp`: a timestamp (RFC 3161) over `captures.lock`, from one or several authorities.

use std::process::ExitCode;

use clap::Args;

use super::global::{FAULTS, Global};
use super::{dossier, out};
use sourcebook_core::base::diagnostic::Diagnostics;
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::load::{self, LOCK, Parsed};
use sourcebook_core::evidence::{lock_read, stamps};
use sourcebook_machine::disk::Disk;
use sourcebook_machine::stamp::{Outcome, ask};

/// Options of `stamp`.
#[derive(Debug, Args)]
pub struct Options {
    /// Ids of authorities [default: every `[[stamp]]` of site.toml]
    #[arg(value_name = "AUTHORITY")]
    authorities: Vec<String>,
}

/// Asks for timestamps.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    let disk = match dossier::open(global, None) {
        Ok(disk) => disk,
        Err(message) => return out::trouble(message),
    };
    let config = load::config(&disk);
    let known = |id: &String| config.authorities.iter().any(|authority| *authority.id == **id);
    if let Some(id) = options.authorities.iter().find(|id| !known(id)) {
        return out::trouble(format!("site.toml names no authority `{id}` (`[[stamp]]`)"));
    }
    let wanted = |id: &str| options.authorities.is_empty() || options.authorities.iter().any(|name| name == id);
    let authorities: Vec<_> = config.authorities.iter().filter(|authority| wanted(&authority.id)).collect();
    if authorities.is_empty() {
        let help = "[[stamp]]\nid = \"freetsa\"\nname = \"freeTSA\"\nurl = \"https://freetsa.org/tsr\"";
        return out::trouble(format!("site.toml names no authority: write\n{help}"));
    }
    let bytes = match disk.read(LOCK) {
        Ok(bytes) if lock_read::parse(&String::from_utf8_lossy(&bytes)).is_ok() => bytes,
        Ok(_) => return out::trouble(format!("{LOCK} cannot be read: run `sourcebook verify`")),
        Err(error) => return out::trouble(format!("{LOCK}: {error}: run `sourcebook verify` first")),
    };
    let mut lost = false;
    for authority in authorities {
        let said = match ask(disk.folder(), &bytes, authority) {
            Outcome::Stamped(at, until) => format!("existed by {at}; its certificate runs until {until}"),
            Outcome::Known => "has stamped this very lock before".to_owned(),
            Outcome::Failed(why) => {
                lost = true;
                format!("no timestamp: {why}")
            }
        };
        out::say(&format!("{}: {said}", authority.name));
    }
    if lost { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS }
}

/// What is wrong with the timestamps that are there, and a line on each that holds.
pub fn look(parsed: &Parsed, disk: &Disk, lock: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let proven = stamps::prove(&parsed.beside.proof, &parsed.config.authorities).take(&mut diagnostics);
    let (folder, today) = (stamps::folder_of(lock.as_bytes()), disk.today().to_string());
    for stamp in &proven.stamps {
        for token in &stamp.tokens {
            let is_now = *stamp.folder == *folder;
            let lock = if is_now { "this very lock" } else { "an earlier lock, not as it is now" };
            let certificate = match token.has_run_out(&today) {
                true => format!("its certificate was valid then, and has run out since, on {}", token.until),
                false => format!("its certificate runs until {}", token.until),
            };
            out::say(&format!("{}: {lock} existed by {}; {certificate}", token.authority, token.at));
        }
        if let Some(proof) = &stamp.ots {
            let blocks: Vec<_> = proof.blocks.iter().map(u64::to_string).collect();
            let named = match blocks.is_empty() {
                true => "no block yet".to_owned(),
                false => format!("the blocks {}, which nobody looked at", blocks.join(", ")),
            };
            out::say(&format!("OpenTimestamps, {}: names {named}", stamp.folder));
        }
    }
    if !proven.stamps.is_empty() && proven.stamps.iter().all(|stamp| *stamp.folder != *folder) {
        out::say(&format!("{LOCK} has changed since it was last stamped: `sourcebook stamp` asks for a new timestamp"));
    }
    diagnostics
}
