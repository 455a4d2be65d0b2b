//! `sourcebook new source FILE.html`: a saved page as a source, and the page itself among the captures.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::cli::adding::{self, Sheet, Target};
use crate::cli::global::Global;
use crate::cli::{dossier, out};
use sourcebook_core::base::tree::emit::{self, Pair, Value};
use sourcebook_core::base::url::is_safe_url;
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::load::MAX_FILE;
use sourcebook_core::evidence::readers::{self, Bounds, Input, encoding};
use sourcebook_core::evidence::sha256::Sha256;
use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::kinds::Kind;
use sourcebook_desk::import::item::Item;
use sourcebook_desk::import::merge::{self, Merged};
use sourcebook_desk::import::page::{self, Page};
use sourcebook_desk::import::record::{People, fields};
use sourcebook_desk::scaffold::append::Addition;
use sourcebook_machine::disk::Disk;
use sourcebook_machine::held::named;
use sourcebook_machine::held::root::Place;
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
    let saved = Saved::read(file, options).map_err(out::trouble)?;
    let (id, item) = new_source(&target, saved.page.item.clone(), options).map_err(out::trouble)?;
    let place = Kept::place(&target, global).map_err(out::trouble)?;
    let kept = Kept::find(&target.disk, place, &id, file, &saved.bytes).map_err(out::trouble)?;
    let today = target.disk.today().to_string();
    let record = saved.record(&item, &kept.name, &today, &People::of(&target.dossier));
    let addition = Addition { kind: Kind::Source, id: id.clone(), fields: emit::map(&record) };
    let sheet = target.sheet(options.to.as_deref(), &target.usual_sheet(Kind::Source)).map_err(out::trouble)?;
    let whole = target.with(&sheet, &[addition], Some((&kept.name, &saved.bytes)), global)?;
    kept.keep(&target.disk, &saved.bytes).map_err(out::trouble)?;
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
        return Err(format!("this page is there already: `{id}` ({}) has the same address", target.place(&id)));
    }
    let Merged { new, known, .. } = merge::merge(vec![item], &target.dossier);
    if let [known] = known.as_slice() {
        let place = target.place(&known.id);
        return Err(format!("this page is there already: `{}` ({place}) has the same {}", known.id, known.same));
    }
    let (id, item) = new.into_iter().next().ok_or("the page cannot be read")?;
    Ok((options.id.clone().unwrap_or(id), item))
}

/// A saved page.
struct Saved {
    bytes: Vec<u8>,
    page: Page,
}

impl Saved {
    fn read(file: &Path, options: &Options) -> Result<Self, String> {
        let said = shown(file);
        if let Some(url) = options.url.as_deref().filter(|url| !is_safe_url(url)) {
            return Err(format!("`{url}` is not an address that a page may link to"));
        }
        let bytes = named::read(file).map_err(|error| format!("`{said}`: {error}"))?;
        let name = said.to_string();
        let is_text = readers::read(&Input::new(&name, &bytes), &Bounds::default());
        is_text.map_err(|why| format!("`{said}`: {why}; {}", why.help()))?;
        let html = encoding::of_page(&bytes, None).text;
        let mut page = page::read(&html, options.url.as_deref());
        if page.item.title.is_none() {
            let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            page.item.title = stem
                .map(|stem| sourcebook_desk::import::text::line(&stem))
                .filter(|stem| !stem.is_empty())
                .or(Some("?".into()));
            page.from.insert("title", "the page has none: the name of its file".into());
        }
        Ok(Self { bytes, page })
    }

    /// The fields of the source, its capture last.
    fn record(&self, item: &Item, capture: &str, today: &str, people: &People<'_>) -> Vec<Pair> {
        let mut item = item.clone();
        let mut from = self.page.from.clone();
        let (on, on_from) = match &item.accessed {
            Some(day) => (day.clone(), from.get("accessed").cloned()),
            None => (today.to_owned(), Some("today; the page does not say when it was saved".to_owned())),
        };
        if item.accessed.is_none() {
            from.insert("accessed", "today".to_owned());
            item.accessed = Some(today.to_owned());
        }
        // A page that says so is wrong, or its clock is a day ahead: which, is for the writer to say.
        if item.published.as_deref().is_some_and(|published| is_after(published, &on)) {
            let published = item.published.take().unwrap_or_default();
            item.extra.insert("published".to_owned(), published.into());
        }
        let word = |text: &str| Value::Word(text.to_owned());
        let capture = vec![
            Pair::new("file", Value::Text(capture.to_owned())),
            Pair::new("sha256", word(&Sha256::of(&self.bytes).to_string())),
            Pair::new("on", word(&on)).with(on_from),
            Pair::new("method", Value::Text(self.page.saved_by.unwrap_or("saved page").to_owned())),
        ];
        let mut pairs = fields(&item, people, &from);
        pairs.push(Pair::new("capture", Value::Map(capture)));
        pairs
    }
}

/// Whether a date is after another, however both are read.
fn is_after(date: &str, other: &str) -> bool {
    let parsed = |text: &str| Edtf::parse(text).ok();
    let Some((date, other)) = parsed(date).zip(parsed(other)) else { return false };
    date.earliest().zip(other.latest()).is_some_and(|(date, other)| date > other)
}

/// Where a page stands among the captures.
pub(in crate::cli) struct Kept {
    /// From the captures folder, with `/`.
    pub name: String,
    /// Whether it stands there already.
    is_there: bool,
    folder: Place,
}

impl Kept {
    /// The captures folder, there or to be made.
    ///
    /// # Errors
    /// None is named, or a link that leads out.
    pub(in crate::cli) fn place(target: &Target, global: &Global) -> Result<Place, String> {
        dossier::captures(global, &target.disk, &target.parsed.config)?.ok_or_else(|| {
            "there is no captures folder: write `[captures]` and `dir = \"captures\"` into site.toml, or name one by \
             --captures"
                .to_owned()
        })
    }

    /// Its place: where it is, if that is among the captures, else `ID.html`, or the first of `ID-2.html` … that is not
    /// another page.
    pub(in crate::cli) fn find(
        disk: &Disk,
        folder: Place,
        id: &str,
        file: &Path,
        bytes: &[u8],
    ) -> Result<Self, String> {
        let path = folder.path(disk.root());
        if let Ok(inside) = named::whole(file).strip_prefix(&path) {
            let parts: Option<Vec<_>> = inside.components().map(|c| c.as_os_str().to_str()).collect();
            let name = parts.ok_or("the name of this file is not UTF-8")?.join("/");
            return Ok(Self { name, is_there: true, folder });
        }
        let ending = file.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        let known = |ending: &String| readers::READERS.iter().any(|r| r.endings.contains(&&**ending));
        let usual = || readers::reader_of(&Input::new("", bytes)).ok().and_then(|r| r.endings.first().copied());
        let ending = ending.filter(known).unwrap_or_else(|| usual().unwrap_or("html").to_owned());
        let held = match folder.open(disk.folder()) {
            Ok(held) => held,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Self { name: format!("{id}.{ending}"), is_there: false, folder });
            }
            Err(error) => return Err(format!("`{}`: {error}", shown(&path))),
        };
        let names = std::iter::once(format!("{id}.{ending}")).chain((2..).map(|n| format!("{id}-{n}.{ending}")));
        for name in names {
            match held.read(&name, MAX_FILE) {
                Ok(there) if there == bytes => return Ok(Self { name, is_there: true, folder }),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self { name, is_there: false, folder }),
                Err(error) => return Err(format!("`{}`: {error}", shown(&path.join(&name)))),
            }
        }
        Err("no name is free among the captures".to_owned())
    }

    /// The whole path, for messages.
    pub(in crate::cli) fn path(&self, disk: &Disk) -> PathBuf {
        self.folder.path(disk.root()).join(&self.name)
    }

    /// Puts the page there, and has git leave the folder's files alone: a `.gitignore` in it, where there is none.
    ///
    /// # Errors
    /// A sentence for the person at the terminal.
    pub(in crate::cli) fn keep(&self, disk: &Disk, bytes: &[u8]) -> Result<(), String> {
        const IGNORE: &[u8] = b"# Copies of other people's texts: private, never published.\n*\n";
        let keep = || {
            let folder = self.folder.make(disk.folder())?;
            match folder.create(".gitignore", IGNORE) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
            if !self.is_there {
                folder.create(&self.name, bytes)?;
                folder.sync_file(&self.name)?;
            }
            Ok(())
        };
        keep().map_err(|error: std::io::Error| format!("`{}`: {error}", shown(&self.path(disk))))
    }
}
