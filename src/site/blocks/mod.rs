//! What is set into articles and made of data: tables and charts from CSV files, videos and sounds, chronologies and
//! comparisons of records.
//!
//! 1. The YAML of a fenced block is read as front matter is, every fault at its place.
//! 2. The files that it names are looked up as links are, and a table's is read.
//! 3. What is read is given to a template, `blocks/NAME.html`, by [`crate::render`].

mod chart;
mod chosen;
mod data;
mod media;
mod number;
mod table;

use rayon::prelude::*;

use crate::links::{Destination, Links};
use crate::theme::Theme;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Report, nearest};
use sourcebook_core::base::file::{FileId, Files, Span};
use sourcebook_core::base::tree::decode::{Context, Decode, LText};
use sourcebook_core::base::tree::free::Free;
use sourcebook_core::base::tree::yaml;
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::address::Urls;
use sourcebook_core::dossier::load::Parsed;
use sourcebook_core::model::block::{Block, BlockKind, Fenced};
use sourcebook_core::model::prose::{Prose, Written};
use sourcebook_core::model::{Dossier, Ref, Text};

pub use chart::{Along, Chart, Series};
pub use chosen::{Compare, Timeline};
pub use media::Media;
pub use table::{Cell, Table};

/// A block as it is read.
#[derive(Debug)]
pub enum Set {
    /// Rows of a CSV file.
    Table(Table),
    /// A video or a sound.
    Media(Media),
    /// Bars or lines of a CSV file.
    Chart(Chart),
    /// Events and claims in their order.
    Timeline(Timeline),
    /// Answers beside one another.
    Compare(Compare),
}

/// What blocks are read with.
pub struct Reader<'a> {
    /// Where files stand.
    pub links: &'a Links<'a>,
    /// The files.
    pub world: &'a dyn World,
}

/// Every fault of every block, also of those whose kind is the theme's own, as far as their data goes.
pub fn check(dossier: &Dossier, parsed: &Parsed, theme: &Theme, world: &dyn World) -> Diagnostics {
    let urls = Urls { config: &parsed.config, dossier };
    let links = Links { urls: &urls, parsed };
    let reader = Reader { links: &links, world };
    let pages: Vec<_> = dossier.all().collect();
    let of = |page: Ref| {
        let mut found = Diagnostics::new();
        for prose in dossier.prose_of(page) {
            for block in &prose.outline.blocks {
                found.extend(reader.read(block, prose).diagnostics);
            }
            for fence in prose.outline.fences.iter().filter(|fence| template_of(&fence.name, theme).is_some()) {
                drop(reader.decoded::<Free>(&fence.data, prose, &mut found));
            }
        }
        found
    };
    pages.into_par_iter().flat_map_iter(of).collect()
}

impl Reader<'_> {
    /// Reads a block; nothing where it is at fault.
    pub fn read(&self, block: &Block, prose: &Prose) -> Report<Option<Set>> {
        let mut told = Diagnostics::new();
        let start = start(&block.data, prose, &self.links.parsed.files);
        let set = match block.kind {
            BlockKind::Table => self.made(block, prose, &mut told, |written, told| {
                table::read(self, &written, prose, told).map(Set::Table)
            }),
            BlockKind::Chart => self.made(block, prose, &mut told, |written, told| {
                chart::read(self, &written, prose, told).map(Set::Chart)
            }),
            BlockKind::Timeline => self.made(block, prose, &mut told, |written, told| {
                chosen::timeline(self, &written, start, told).map(Set::Timeline)
            }),
            BlockKind::Compare => self.made(block, prose, &mut told, |written, told| {
                chosen::compare(self, &written, start, told).map(Set::Compare)
            }),
            BlockKind::Audio | BlockKind::Video => self.made(block, prose, &mut told, |written, told| {
                media::read(self, &written, block.kind == BlockKind::Video, prose, told).map(Set::Media)
            }),
        };
        Report::new(set, told)
    }

    /// What is made of the data of a block, where that is as it must be.
    fn made<T: Decode>(
        &self,
        block: &Block,
        prose: &Prose,
        told: &mut Diagnostics,
        make: impl FnOnce(T, &mut Diagnostics) -> Option<Set>,
    ) -> Option<Set> {
        let written = self.decoded(&block.data, prose, told)?;
        make(written, told)
    }

    fn decoded<T: Decode>(&self, data: &Fenced, prose: &Prose, diagnostics: &mut Diagnostics) -> Option<T> {
        let (file, at) = place(data, prose);
        let whole = self.links.parsed.files.get(file).text.clone();
        decoded(&data.lines, (file, &*whole, at), diagnostics)
    }

    /// The file of `content/` that an address of a text names, which must end in one of these.
    fn file(&self, address: &LText, ends: &[&str], prose: &Prose, diagnostics: &mut Diagnostics) -> Option<String> {
        let url = &*address.value;
        let assets = &self.links.parsed.content.assets;
        let fault = match self.links.resolve(url, prose) {
            Some(Destination::Elsewhere) => {
                let message = format!("`{url}` is of somebody else's server");
                Diagnostic::error("remote-image", address.span, message)
                    .help("put a copy into `content/`: pages load nothing from elsewhere")
            }
            Some(Destination::File { path, .. }) if assets.iter().any(|asset| **asset == *path) => {
                if ends.iter().any(|end| path.to_ascii_lowercase().ends_with(end)) {
                    return Some(path);
                }
                let message = format!("`{url}` is no file of a kind that is shown here");
                Diagnostic::error("bad-value", address.span, message)
                    .help(format!("its name ends in {}", ends.join(", ")))
            }
            _ => {
                let near = nearest(url, assets.iter().map(|asset| &**asset)).map(|asset| format!("/{asset}"));
                let message = format!("`{url}` is no file of `content/`");
                Diagnostic::error("missing-file", address.span, message).suggest(near.as_deref())
            }
        };
        diagnostics.push(fault);
        None
    }
}

/// The file that a block stands in, and the first byte of its lines, where they stand there as they are.
fn place(data: &Fenced, prose: &Prose) -> (FileId, Option<usize>) {
    match prose.place {
        Written::Body(span) => (span.file, Some(span.range().start + data.range.start)),
        Written::Scalar(span) => (span.file, None),
    }
}

/// Reads the YAML of a block. Within a quotation or a list its lines are not those of the file: then its faults stand at the file's
/// start of the block.
fn decoded<T: Decode>(
    lines: &str,
    (file, whole, at): (FileId, &str, Option<usize>),
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let range = at.map(|at| at..at + lines.len()).filter(|range| whole.get(range.clone()) == Some(lines));
    let start = at.unwrap_or(0).min(whole.len());
    let owner = Span::new(file, start..start);
    let mut found = Diagnostics::new();
    let (text, within) = match &range {
        Some(range) => (whole, range.clone()),
        None => (lines, 0..lines.len()),
    };
    let tree = yaml::parse(file, text, within).take(&mut found);
    let mut cx = Context { diagnostics: &mut found, owner };
    let value = if tree.broken { None } else { T::decode(&tree.root, &mut cx) };
    let is_sound = found.is_empty();
    diagnostics.extend(found.into_iter().map(|fault| match range {
        Some(_) => fault,
        None => Diagnostic { span: Some(owner), labels: Vec::new(), fixes: Vec::new(), ..fault },
    }));
    value.filter(|_| is_sound)
}

/// The template of a block of the theme's own kind, if it has one of that name: else the block is code.
pub fn template_of(name: &str, theme: &Theme) -> Option<String> {
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let template = format!("blocks/{name}.html");
    // Of our own, one is for two kinds of block.
    (is_name && name != "media" && theme.templates.contains_key(&template)).then_some(template)
}

/// The data of a block of the theme's own kind, from its lines, whatever it is; nothing where it is at fault, which [`check`] tells.
pub fn free(lines: &str) -> Option<serde_json::Value> {
    let mut faults = Diagnostics::new();
    let free = decoded::<Free>(lines, (FileId(0), "", None), &mut faults);
    faults.is_empty().then(|| free.map_or(serde_json::Value::Null, |free| free.0))
}

/// Where a block begins; within a quotation, where the text does.
pub fn start(data: &Fenced, prose: &Prose, files: &Files) -> Span {
    let (file, at) = place(data, prose);
    let at = at.unwrap_or(0).min(files.get(file).text.len());
    Span::new(file, at..at)
}

/// The files that a block names, so that they are known to be used.
pub fn files(block: &Block, prose: &Prose, links: &Links<'_>) -> Vec<Text> {
    let values = block.data.lines.lines().filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        let is_file = matches!(key.trim(), "file" | "poster" | "subtitles" | "transcript");
        is_file.then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    let found = values.filter_map(|url| match links.resolve(&url, prose) {
        Some(Destination::File { path, .. }) => Some(Text::from(path)),
        _ => None,
    });
    found.collect()
}
