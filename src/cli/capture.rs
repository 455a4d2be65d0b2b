//! `sourcebook capture [SOURCE] FILE`: a file among the captures of a source that is there, and its quotes looked up at once. Without
//! the source, a saved page goes to the one that has its address: one that an import brought becomes one with its page.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::adding::Target;
use super::against::Held;
use super::global::Global;
use super::new::page::captures;
use super::{adding, out, verify};
use sourcebook_core::base::world::World;
use sourcebook_core::check::words::fold;
use sourcebook_core::evidence::readers::{self, Bounds, Fact, Input, Want, encoding};
use sourcebook_core::evidence::sha256::Sha256;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::{Ref, Source, SourceIx};
use sourcebook_desk::import::merge;
use sourcebook_desk::import::page;
use sourcebook_desk::import::saved::Saved;
use sourcebook_desk::scaffold::insert;
use sourcebook_machine::held::named;
use sourcebook_machine::kept::Kept;
use sourcebook_machine::report::shown;

/// Options of `capture`.
#[derive(Clone, Debug, Args)]
#[command(override_usage = "sourcebook capture [OPTIONS] [SOURCE] FILE")]
pub struct Options {
    /// The id of the source; a saved page that says its address may stand here alone: it goes to the source with that address
    #[arg(value_name = "SOURCE")]
    source: String,
    /// The file: a saved page, a text … (docs/captures.md)
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// When the copy was made [default: as the page says, else today]
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// How it was made [default: as the page says, else the kind of file]
    #[arg(long, value_name = "WORDS")]
    method: Option<String>,
    /// Put it in place of the capture that the source has, after telling what became of each quote; the old file stays
    #[arg(long)]
    replace: bool,
}

impl Options {
    /// The file, once it is settled which of what was named that is.
    fn file(&self) -> &Path {
        self.file.as_deref().unwrap_or(Path::new(""))
    }
}

/// Faults of quotes are what one captures a source to learn: they are told afterwards, and keep no copy out.
const LEARNT: &[&str] = &["quote-absent", "wrong-locator", "stale-lock", "quote-changed", "capture-changed"];

/// Puts the file there.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    try_run(global, options).unwrap_or_else(|code| code)
}

fn try_run(global: &Global, options: &Options) -> Result<ExitCode, ExitCode> {
    let target = adding::open(global)?;
    let options = &settled(&target, options).map_err(out::trouble)?;
    let id = &*options.source;
    let ix = match target.dossier.get(id) {
        Some(Ref::Source(ix)) => ix,
        Some(other) => return Err(out::trouble(format!("`{id}` is {}, not a source", other.with_article()))),
        None => return Err(out::trouble(format!("there is no source `{id}`: add it by `sourcebook new source`"))),
    };
    let source = &target.dossier[ix];
    let said = shown(options.file());
    let bytes = named::read(options.file()).map_err(|error| out::trouble(format!("`{said}`: {error}")))?;
    if source.capture.is_some() {
        compared(&target, ix, options, &bytes)?;
    }
    let made = Made::of(&bytes, source, options, &target.disk.today().to_string()).map_err(out::trouble)?;
    let place = captures(&target, global).map_err(out::trouble)?;
    let kept = Kept::find(&target.disk, place, id, options.file(), &bytes).map_err(out::trouble)?;
    let path = target.place(id);
    let path = path.rsplit_once(':').map_or("", |(path, _)| path);
    let sheet = target.sheet(None, path).map_err(out::trouble)?;
    let value = made.field(&kept.name, &bytes, source);
    let put = if source.capture.is_some() { insert::replaced } else { insert::field };
    let whole = put(sheet.text(), Kind::Source, id, "capture", &value).ok_or_else(|| {
        out::trouble(format!(
            "`{path}` leaves no room for the field: write\n  capture: {value}\ninto the record of `{id}`"
        ))
    })?;
    let whole = target.looked_at(&sheet, whole, Some((&kept.name, &bytes)), LEARNT, global)?;
    kept.keep(&target.disk, &bytes).map_err(out::trouble)?;
    sheet.write(&whole).map_err(out::trouble)?;
    out::say(&format!("capture of `{id}`: {}", shown(&kept.path(&target.disk))));
    let told = source.capture.is_some();
    Ok(verify::run(global, &verify::Options::after(told)))
}

/// With the source that a saved page is of, where the page was named alone.
fn settled(target: &Target, options: &Options) -> Result<Options, String> {
    if options.file.is_some() {
        return Ok(options.clone());
    }
    let file = PathBuf::from(&options.source);
    let said = shown(&file);
    let named = |why: &str| format!("{why}: name the source, `sourcebook capture SOURCE {said}`");
    let bytes = match named::read(&file) {
        Ok(bytes) => bytes,
        Err(_) if target.dossier.get(&options.source).is_some() => {
            return Err(format!("which file? `sourcebook capture {} FILE`", options.source));
        }
        Err(error) => return Err(format!("`{said}`: {error}")),
    };
    let saved = Saved::read(&file.display().to_string(), &bytes, None);
    let item = saved.map_err(|_| named(&format!("`{said}` is no saved page")))?.page.item;
    let found = item.url.as_deref().and_then(|url| merge::saved_before(url, &target.dossier));
    if let Some(source) = found {
        return Ok(Options { source, file: Some(file), ..options.clone() });
    }
    // A title alone is no proof: it is only offered.
    let is_titled = |source: &&Source| item.title.as_deref().is_some_and(|title| fold(title) == fold(&source.title));
    let titled: Vec<_> =
        target.dossier.sources.iter().filter(is_titled).map(|s| format!("`{}`", s.head.id.value)).collect();
    let why = match &item.url {
        Some(url) => format!("no source has the address {url}"),
        None => format!("`{said}` does not say its address"),
    };
    let hint = if titled.is_empty() { String::new() } else { format!(" (it is titled like {})", titled.join(", ")) };
    Err(named(&format!("{why}{hint}")))
}

/// Tells what became of each quote, before another copy takes the place of the one that there is; and that it does not,
/// where nobody asked for it.
fn compared(target: &Target, source: SourceIx, options: &Options, bytes: &[u8]) -> Result<(), ExitCode> {
    let held = Held { disk: &target.disk, parsed: &target.parsed, dossier: &target.dossier };
    let compared = held.compare(source, options.file(), bytes, None).map_err(out::trouble)?;
    out::say(compared.human(false).trim_end());
    out::say(&compared.summary());
    let (id, place) = (&options.source, target.place(&options.source));
    let message =
        format!("`{id}` has a capture already ({place}): `--replace` puts this one in its place, and leaves the file");
    if options.replace { Ok(()) } else { Err(out::trouble(message)) }
}

/// What is to be said of a copy.
struct Made {
    /// The words with which its story begins, as the capture before it said, if they stand in it.
    begins: bool,
    on: String,
    method: String,
}

impl Made {
    /// Reads the file as it will be read: one that cannot be is refused now.
    fn of(bytes: &[u8], source: &Source, options: &Options, today: &str) -> Result<Self, String> {
        let name = options.file().display().to_string();
        let want = Want { url: source.url.as_deref(), ..Want::default() };
        let begins = source.capture.as_ref().and_then(|capture| capture.begins.as_ref()).map(|begins| &*begins.value);
        let input = Input { want, begins, ..Input::new(&name, bytes) };
        let read = readers::read(&input, &Bounds::default());
        let read = read.map_err(|why| format!("`{name}`: {why}; {}", why.help()))?;
        let begins = begins.is_some() && !read.facts().contains(&Fact::NoBeginning);
        let kind = readers::reader_of(&input).map_or("file", |reader| reader.name);
        let page = (kind == readers::page::READER.name).then(|| page::read(&encoding::of_page(bytes, None).text, None));
        let on = options.on.clone().or_else(|| page.as_ref()?.item.accessed.clone());
        let by = page.as_ref().and_then(|page| page.saved_by).map(str::to_owned);
        let kind = kind.trim_start_matches("an ").trim_start_matches("a ").to_owned();
        let method = options.method.clone().or(by).unwrap_or(kind);
        Ok(Self { begins, on: on.unwrap_or_else(|| today.to_owned()), method })
    }

    /// The field as YAML on one line; what it says of the page itself, the capture before said, too.
    fn field(&self, name: &str, bytes: &[u8], source: &Source) -> String {
        let text = |text: &str| {
            let seen: String = text.chars().filter(|c| !c.is_control()).collect();
            format!("\"{}\"", seen.replace('\\', "\\\\").replace('"', "\\\""))
        };
        let (file, on, method) = (text(name), text(&self.on), text(&self.method));
        let before = source.capture.as_ref();
        let begins = before.and_then(|capture| capture.begins.as_ref()).filter(|_| self.begins);
        let begins = begins.map(|begins| format!(", begins: {}", text(&begins.value))).unwrap_or_default();
        let url = before.and_then(|capture| capture.url.as_ref());
        let url = url.map(|url| format!(", url: {}", text(url))).unwrap_or_default();
        format!("{{ file: {file}, sha256: {}, on: {on}, method: {method}{begins}{url} }}", Sha256::of(bytes))
    }
}
