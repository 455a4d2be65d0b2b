//! What proves a quote without us: somebody else's copy of its source, and somebody else's word on when ours was there.

use super::{PageKind, Role};
use crate::export::FOLDER;
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::object::Object;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::evidence::public::{InPublic, Memento, Standing};
use sourcebook_core::evidence::stamps;
use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::{ClaimIx, Source, SourceIx};
use sourcebook_core::words;

/// What is known of the public copies of a claim's sources, a sentence each, each once.
pub(super) fn of_claim(renderer: &Renderer<'_>, ix: ClaimIx) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (n, evidence) in renderer.dossier[ix].evidence.iter().enumerate() {
        let archive = archive(&renderer.dossier[evidence.source]);
        let words = renderer.words();
        let line = match renderer.verified.in_public(renderer.dossier, ix, n) {
            InPublic::Nothing | InPublic::Without(Standing::Own) => continue,
            InPublic::NotAsked => words.fill("claim.public_unasked", &[("archive", &archive)]),
            InPublic::Found(copy) => {
                words.fill("claim.public_found", &[("date", &day(renderer, copy)), ("archive", &archive)])
            }
            InPublic::Differs(copy) => {
                words.fill("claim.public_differs", &[("date", &day(renderer, copy)), ("archive", &archive)])
            }
            InPublic::Without(_) => words.fill("claim.public_without", &[("archive", &archive)]),
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// How many of a source's quotes stand in its public copy too, in words; for machines, the numbers.
pub(super) fn of_source(renderer: &Renderer<'_>, ix: SourceIx) -> Option<Object> {
    let source = &renderer.dossier[ix];
    source.archive.as_ref()?;
    let (mut found, mut differs, mut unasked, mut copy) = (0_usize, 0_usize, 0_usize, None);
    for (claim, n) in &source.claims {
        match renderer.verified.in_public(renderer.dossier, *claim, *n) {
            InPublic::Found(of) => (found, copy) = (found + 1, Some(of)),
            InPublic::Differs(of) => (differs, copy) = (differs + 1, Some(of)),
            InPublic::NotAsked => unasked += 1,
            InPublic::Nothing | InPublic::Without(_) => {}
        }
    }
    let words = renderer.words();
    let said = match copy {
        Some(copy) => {
            let (date, count) = (day(renderer, copy), found.to_string());
            let n = found + differs + unasked;
            words.count("source.public_found", n, &[("found", &count), ("date", &date)])
        }
        None if unasked > 0 => words.text("source.public_unasked").to_owned(),
        None => return None,
    };
    let value = Object::new().set("label", said).set("found", found).set("differs", differs).set("unasked", unasked);
    Some(value.set("on", copy.map(|copy| &*copy.on)))
}

/// The day of a copy, in a sentence.
fn day(renderer: &Renderer<'_>, copy: &Memento) -> String {
    match Edtf::parse(&copy.on) {
        Ok(day) => words::date::moment_phrase(&day, renderer.words()),
        Err(_) => copy.on.clone(),
    }
}

/// Who holds the copy: its host.
fn archive(source: &Source) -> String {
    let url = source.archive.as_ref().map(|archive| &*archive.url).unwrap_or_default();
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    host.split(['/', '?', '#']).next().unwrap_or_default().to_owned()
}

/// When the copies and findings of a claim existed at the latest, by authorities' word, a sentence each, each once.
pub(super) fn times(renderer: &Renderer<'_>, ix: ClaimIx) -> Vec<String> {
    let (words, export) = (renderer.words(), renderer.export());
    let mut lines: Vec<String> = Vec::new();
    for n in 0..renderer.dossier[ix].evidence.len() {
        let Some((_, token)) = export.stamped(ix, n) else { continue };
        let date = Edtf::parse(token.day()).map(|day| words::date::label(&day, words)).unwrap_or_default();
        let line = words.fill("claim.stamped", &[("date", &date), ("authority", &token.authority)]);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// `/data/proof/…`
pub(super) static KIND: PageKind = PageKind { name: "proofs", role: Role::File, plan, render };

/// Of the proofs, the text that says how to check them.
const HOW: &str = "README.txt";

fn plan(planner: &mut Planner<'_>) {
    let proof = &planner.parsed.beside.proof;
    if !planner.parsed.config.publish.data || proof.is_empty() {
        return;
    }
    let paths: Vec<_> = proof.iter().map(|file| file.path.to_string()).chain([HOW.to_owned()]).collect();
    for (n, path) in paths.into_iter().enumerate() {
        planner.add(n, format!("{FOLDER}/{}/{path}", stamps::FOLDER), None);
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    match renderer.parsed.beside.proof.get(route.subject as usize) {
        Some(file) => out.extend_from_slice(&file.bytes),
        None => out.extend_from_slice(how(renderer).as_bytes()),
    }
    Ok(())
}

/// How anybody checks the tokens, by `openssl` alone.
fn how(renderer: &Renderer<'_>) -> String {
    let words = renderer.words();
    let mut out = format!("{}\n\n{}\n", words.text("proof.title"), words.text("proof.what"));
    for stamp in &renderer.proven.stamps {
        for token in &stamp.tokens {
            let values = [("authority", &*token.authority), ("time", &*token.at), ("until", &*token.until)];
            let (folder, stem, seconds) = (&stamp.folder, &token.stem, token.seconds());
            out.push_str(&format!(
                "\n{}\n\n    openssl ts -verify -data {folder}/captures.lock -in {folder}/{stem}.tsr -CAfile {stem}.pem -attime {seconds}\n    \
                 openssl ts -reply -in {folder}/{stem}.tsr -text | grep 'Time stamp'\n    openssl x509 -in {stem}.pem -noout -fingerprint -sha256\n",
                words.fill("proof.token", &values)
            ));
        }
        if let Some(ots) = &stamp.ots {
            let blocks = ots.blocks.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
            let folder = &*stamp.folder;
            out.push_str(&match blocks.is_empty() {
                true => format!("\n{}\n", words.fill("proof.ots_pending", &[("folder", folder)])),
                false => format!("\n{}\n", words.fill("proof.ots", &[("folder", folder), ("blocks", &blocks)])),
            });
        }
    }
    out.push_str(&format!("\n{}\n", words.text("proof.not")));
    out
}
