//! `sourcebook new source FILE.html`: a saved page as a source, and the page itself among the captures.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::adding::{self, Sheet, Target};
use crate::cli::global::Global;
use crate::cli::{dossier, out};
use sourcebook_core::base::tree::emit;
use sourcebook_core::base::world::World;
use sourcebook_core::model::Ref;
use sourcebook_core::model::kinds::Kind;
use sourcebook_desk::import::item::Item;
use sourcebook_desk::import::merge::{self, Merged};
use sourcebook_desk::import::record::People;
use sourcebook_desk::import::saved::Saved;
use sourcebook_desk::scaffold::append::Addition;
use sourcebook_machine::held::named;
use sourcebook_machine::held::root::Place;
use sourcebook_machine::kept::Kept;
use sourcebook_machine::report::shown;

/// Options of `new source`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// A page saved by a browser or by SingleFile; without one, the source is one to fill in
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Where the page is from [default: as the page says]
    #[arg(long, value_name = "URL", requires = "file")]
    url: Option<String>,
    /// Its id [default: outlet and date]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The sheet to add to, or to make [default: the one that holds most sources]
    #[arg(long, value_name = "SHEET")]
    to: Option<PathBuf>,
}

/// Adds a source.
pub(crate) fn run(global: &Global, options: &Options) -> Result<ExitCode, ExitCode> {
    let target = adding::open(global)?;
    let Some(file) = &options.file else {
        return adding::blank(
            &target,
            Kind::Source,
            options.id.as_deref(),
            options.to.as_deref(),
            "",
            Vec::new(),
            global,
        );
    };
    let said = shown(file);
    let bytes = named::read(file).map_err(|error| out::trouble(format!("`{said}`: {error}")))?;
    let saved = Saved::read(&said, &bytes, options.url.as_deref()).map_err(out::trouble)?;
    let (id, item) = new_source(&target, saved.page.item.clone(), options).map_err(out::trouble)?;
    let place = captures(&target, global).map_err(out::trouble)?;
    let kept = Kept::find(&target.disk, place, &id, file, &bytes).map_err(out::trouble)?;
    let today = target.disk.today().to_string();
    let record = saved.record(&item, &kept.name, &today, &People::of(&target.dossier));
    let addition = Addition { kind: Kind::Source, id: id.clone(), fields: emit::map(&record) };
    let sheet = target.sheet(options.to.as_deref(), &target.usual_sheet(Kind::Source)).map_err(out::trouble)?;
    let whole = target.with(&sheet, &[addition], Some((&kept.name, &bytes)), global)?;
    kept.keep(&target.disk, &bytes).map_err(out::trouble)?;
    sheet.write(&whole).map_err(out::trouble)?;
    out::say(&format!(
        "source `{id}` added: {}:{}\ncapture: {}{}\nread what was guessed: each field says where it comes from",
        sheet.path,
        Sheet::line_of(&whole, &id),
        shown(&kept.path(&target.disk)),
        if kept.is_there { ", which was there" } else { "" },
    ));
    Ok(ExitCode::SUCCESS)
}

/// The source that the page is, unless the dossier has it.
fn new_source(target: &Target, item: Item, options: &Options) -> Result<(String, Item), String> {
    if let Some(id) = &options.id {
        target.wanted_id(id)?;
    }
    if let Some(id) = item.url.as_deref().and_then(|url| merge::saved_before(url, &target.dossier)) {
        let beside = beside(target, &id, options);
        return Err(format!("this page is there already: `{id}` ({}) has the same address{beside}", target.place(&id)));
    }
    let Merged { new, known, .. } = merge::merge(vec![item], &target.dossier);
    if let [known] = known.as_slice() {
        let place = target.place(&known.id);
        let beside = beside(target, &known.id, options);
        return Err(format!(
            "this page is there already: `{}` ({place}) has the same {}{beside}",
            known.id, known.same
        ));
    }
    let (id, item) = new.into_iter().next().ok_or("the page cannot be read")?;
    Ok((options.id.clone().unwrap_or(id), item))
}

/// How the page becomes the capture of a source that has none: one that was imported, say.
fn beside(target: &Target, id: &str, options: &Options) -> String {
    let is_bare = target.dossier.get(id).is_some_and(|of| match of {
        Ref::Source(ix) => target.dossier[ix].capture.is_none(),
        _ => false,
    });
    match options.file.as_deref().filter(|_| is_bare) {
        Some(file) => format!("; put the page beside it: `sourcebook capture {id} {}`", shown(file)),
        None => String::new(),
    }
}

/// The captures folder, there or to be made.
///
/// # Errors
/// None is named, or a link that leads out.
pub(in crate::cli) fn captures(target: &Target, global: &Global) -> Result<Place, String> {
    dossier::captures(global, &target.disk, &target.parsed.config)?.ok_or_else(|| {
        "there is no captures folder: write `[captures]` and `dir = \"captures\"` into site.toml, or name one by \
         --captures"
            .to_owned()
    })
}
