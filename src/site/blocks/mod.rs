//! What is set into articles and made of data: tables from CSV files, videos and sounds.
//!
//! 1. The YAML of a fenced block is read as front matter is, every fault at its place.
//! 2. The files that it names are looked up as links are, and a table's is read.
//! 3. What is read is given to a template, `blocks/NAME.html`, by [`crate::render`].

mod media;
mod table;

use rayon::prelude::*;

use crate::links::{Destination, Links};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Report, nearest};
use sourcebook_core::base::file::{FileId, Span};
use sourcebook_core::base::tree::decode::{Context, Decode, LText};
use sourcebook_core::base::tree::free::Free;
use sourcebook_core::base::tree::yaml;
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::address::Urls;
use sourcebook_core::dossier::load::Parsed;
use sourcebook_core::model::prose::{Block, Prose, Written};
use sourcebook_core::model::{Dossier, Ref, Text};

pub use media::Media;
pub use table::{Cell, Table};

/// A block as it is read.
#[derive(Debug)]
pub enum Set {
    /// Rows of a CSV file.
    Table(Table),
    /// A video or a sound.
    Media(Media),
}

/// What blocks are read with.
pub struct Reader<'a> {
    /// Where files stand.
    pub links: &'a Links<'a>,
    /// The files.
    pub world: &'a dyn World,
}

/// Every fault of every block.
pub fn check(dossier: &Dossier, parsed: &Parsed, world: &dyn World) -> Diagnostics {
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
        }
        found
    };
    pages.into_par_iter().flat_map_iter(of).collect()
}

impl Reader<'_> {
    /// Reads a block; nothing where it is at fault.
    pub fn read(&self, block: &Block, prose: &Prose) -> Report<Option<Set>> {
        let mut diagnostics = Diagnostics::new();
        let set = match &*block.name {
            "table" => self
                .decoded::<table::Written>(block, prose, &mut diagnostics)
                .and_then(|written| table::read(self, &written, prose, &mut diagnostics).map(Set::Table)),
            name => self.decoded::<media::Written>(block, prose, &mut diagnostics).and_then(|written| {
                media::read(self, &written, name == "video", prose, &mut diagnostics).map(Set::Media)
            }),
        };
        Report::new(set, diagnostics)
    }

    fn decoded<T: Decode>(&self, block: &Block, prose: &Prose, diagnostics: &mut Diagnostics) -> Option<T> {
        let (file, at) = place(block, prose);
        let whole = self.links.parsed.files.get(file).text.clone();
        decoded(block, (file, &*whole, at), diagnostics)
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

/// The file that a block stands in, and the first byte of its YAML, where it stands there as it is.
fn place(block: &Block, prose: &Prose) -> (FileId, Option<usize>) {
    match prose.place {
        Written::Body(span) => (span.file, Some(span.range().start + block.range.start)),
        Written::Scalar(span) => (span.file, None),
    }
}

/// Reads the YAML of a block. Within a quotation or a list its lines are not those of the file: then its faults stand at the file's
/// start of the block.
fn decoded<T: Decode>(
    block: &Block,
    (file, whole, at): (FileId, &str, Option<usize>),
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let range = at.map(|at| at..at + block.data.len()).filter(|range| whole.get(range.clone()) == Some(&*block.data));
    let start = at.unwrap_or(0).min(whole.len());
    let owner = Span::new(file, start..start);
    let mut found = Diagnostics::new();
    let (text, within) = match &range {
        Some(range) => (whole, range.clone()),
        None => (&*block.data, 0..block.data.len()),
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

/// The data of a block of the theme's own kind, whatever it is.
pub fn free(code: &str) -> Result<serde_json::Value, Diagnostic> {
    let mut faults = Diagnostics::new();
    let block = Block { name: Text::default(), data: code.into(), range: 0..0 };
    let free = decoded::<Free>(&block, (FileId(0), "", None), &mut faults);
    match faults.into_iter().next() {
        Some(fault) => Err(Diagnostic { span: None, ..fault }),
        None => Ok(free.map_or(serde_json::Value::Null, |free| free.0)),
    }
}

/// The files that a block names, so that they are known to be used.
pub fn files(block: &Block, prose: &Prose, links: &Links<'_>) -> Vec<Text> {
    let values = block.data.lines().filter_map(|line| {
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
