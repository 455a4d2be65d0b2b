//! How the desk writes: what an edit would do is worked out, judged and shown; then it is written, and can be undone.
//!
//! 1. [`propose`]: the new text of one file in `content/`, the lines that differ, and what `check` would say of the dossier
//!    with it that it does not say now. Nothing is written.
//! 2. [`apply`]: exactly that text, in place of the one that was read and of no other. A file that was dropped goes to the
//!    captures first.
//! 3. [`undo`]: the text before, if the file still holds what was written.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::preview::Site;
use super::Desk;
use super::files::{article_file, inside, read_now};
use super::rooms::{self, Nothing};
use crate::kept::Kept;
use crate::overlay::Overlay;
use sourcebook_core::base::diagnostic::{Diagnostic, Severity};
use sourcebook_core::base::file::Files;
use sourcebook_core::base::timings::Timings;
use sourcebook_core::base::tree::emit;
use sourcebook_core::base::world::World;
use sourcebook_core::model::Ref;
use sourcebook_core::model::kinds::Kind;
use sourcebook_desk::import::merge;
use sourcebook_desk::import::record::People;
use sourcebook_desk::import::saved::Saved;
use sourcebook_desk::reading::diff::{Line, diff};
use sourcebook_desk::reading::edit::{Act, Change, change};
use sourcebook_desk::reading::form::{Choice, Fault, Form, Shape, Values, free_id};
use sourcebook_desk::scaffold::append::Addition;
use sourcebook_site::prepare::{Cache, prepare_pages};

/// As many edits wait to be written, and as many files to be made sources of.
const WAITING: usize = 8;

/// As many edits can be undone.
const UNDONE: usize = 100;

/// A change that has to do with the lock alone, which `sourcebook verify` writes: nothing of the writer's.
const OF_THE_LOCK: &[&str] = &["stale-lock"];

/// Edits of a run.
#[derive(Default)]
pub(super) struct Edits {
    number: u64,
    waiting: VecDeque<(u64, Edit)>,
    done: Vec<Done>,
    dropped: VecDeque<(u64, Dropped)>,
    /// What was wrong before any edit, and of which state of the dossier that is.
    wrong: Option<(u64, BTreeSet<Said>)>,
    cache: Cache,
}

/// A file that was dropped on the desk.
struct Dropped {
    name: String,
    bytes: Vec<u8>,
}

/// An edit that was shown.
struct Edit {
    path: String,
    old: Option<String>,
    new: String,
    told: String,
    capture: Option<(Kept, Vec<u8>)>,
}

/// An edit that was written.
struct Done {
    path: String,
    before: Option<String>,
    after: String,
    told: String,
}

/// A change, and the file that goes to the captures with it.
type Made = (Change, Option<(Kept, Vec<u8>)>);

/// What tells one diagnostic from another, wherever it stands now.
type Said = (&'static str, String);

/// A form that was filled in.
#[derive(Debug, Deserialize)]
pub(super) struct Filled {
    makes: String,
    values: std::collections::BTreeMap<String, String>,
    /// The file that was dropped, for a source.
    dropped: Option<u64>,
}

/// Something that `check` would say.
#[derive(Serialize)]
struct Found {
    code: &'static str,
    is_fault: bool,
    message: String,
    place: Option<String>,
    help: Vec<String>,
}

impl Edits {
    fn next(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    /// What would be undone.
    pub(super) fn last(&self) -> Option<String> {
        self.done.last().map(|done| done.told.clone())
    }
}

/// What a form would change.
pub(super) fn propose(desk: &Desk, filled: &Filled) -> Result<Value, Nothing> {
    let site = desk.site().ok_or("no-dossier")?;
    let values = Values(filled.values.clone());
    let made = match &*filled.makes {
        "source" => source(desk, &site, &values, filled.dropped),
        makes => {
            let files = &site.prepared.parsed.files;
            let dossier = &site.prepared.dossier;
            let path_of = |of: Ref| files.get(dossier.span(of).file).path.to_string();
            change(makes, &values, dossier, path_of).map(|change| (change, None))
        }
    };
    let (change, capture) = match made {
        Ok(made) => made,
        Err(fault) => return Ok(json!({ "fault": fault })),
    };
    if !may_hold(&site, &change) {
        return Err("outside");
    }
    let old = read_now(desk, &change.path)?;
    let Some(new) = change.apply(old.as_deref().unwrap_or_default()) else { return Err("no-room") };
    let found = judge(desk, &change.path, &new, capture.as_ref());
    let is_fault = found.iter().any(|found| found.is_fault);
    let lines: Vec<Line> = diff(old.as_deref().unwrap_or_default(), &new);
    let told = told(&filled.makes, &change);
    let mut edits = desk.edits();
    let token = edits.next();
    let path = change.path.clone();
    if !is_fault {
        edits.waiting.push_back((token, Edit { path: change.path, old, new, told, capture }));
        let surplus = edits.waiting.len().saturating_sub(WAITING);
        edits.waiting.drain(..surplus);
    }
    let token = (!is_fault).then_some(token);
    Ok(json!({ "token": token, "path": path, "diff": lines, "found": found }))
}

/// What an edit is called when it can be undone.
fn told(makes: &str, change: &Change) -> String {
    match &change.act {
        Act::Add(addition) => addition.id.clone(),
        Act::Grow(items) => items.first().map(|(_, id, name, _)| format!("{id}: {name}")).unwrap_or_default(),
        Act::Check(_, id, _) => format!("{id}: checked"),
        Act::Insert { id, .. } => format!("{makes} @{id}"),
    }
}

/// Writes an edit that was shown.
pub(super) fn apply(desk: &Desk, token: u64) -> Result<Value, Nothing> {
    let mut edits = desk.edits();
    let at = edits.waiting.iter().position(|(number, _)| *number == token).ok_or("not-shown")?;
    let Some((_, edit)) = edits.waiting.remove(at) else { return Err("not-shown") };
    if read_now(desk, &edit.path)? != edit.old {
        return Err("changed-meanwhile");
    }
    if let Some((kept, bytes)) = &edit.capture {
        kept.keep(&desk.preview.snapshot().disk(), bytes).map_err(|_| "not-written")?;
    }
    write(desk, &edit.path, edit.old.is_none(), &edit.new)?;
    let line = edit.old.as_deref().map_or(1, |old| first_line(old, &edit.new));
    let told = edit.told.clone();
    edits.done.push(Done { path: edit.path.clone(), before: edit.old, after: edit.new, told: edit.told });
    let surplus = edits.done.len().saturating_sub(UNDONE);
    edits.done.drain(..surplus);
    Ok(json!({ "path": edit.path, "line": line, "told": told }))
}

/// Takes the last edit back.
pub(super) fn undo(desk: &Desk) -> Result<Value, Nothing> {
    let mut edits = desk.edits();
    let last = edits.done.last().ok_or("nothing-done")?;
    if read_now(desk, &last.path)?.as_deref() != Some(&last.after) {
        return Err("changed-meanwhile");
    }
    match &last.before {
        Some(before) => write(desk, &last.path, false, before)?,
        None => {
            let disk = desk.preview.snapshot().disk();
            disk.folder().remove_file(inside(&disk, &last.path)?).map_err(|_| "not-written")?;
        }
    }
    let Some(last) = edits.done.pop() else { return Err("nothing-done") };
    Ok(json!({ "path": last.path, "told": last.told }))
}

/// The first line in which two texts differ, from 1.
fn first_line(old: &str, new: &str) -> usize {
    1 + old.lines().zip(new.lines()).take_while(|(a, b)| a == b).count()
}

/// A form for a file that was dropped; the file is kept until the form is filled in.
pub(super) fn dropped(desk: &Desk, name: &str, bytes: Vec<u8>) -> Result<Value, Nothing> {
    let site = desk.site().ok_or("no-dossier")?;
    let dossier = &site.prepared.dossier;
    desk.captures.as_ref().ok_or("no-captures")?;
    let name = crate::report::clean(name.rsplit(['/', '\\']).next().unwrap_or_default()).into_owned();
    let Ok(saved) = Saved::read(&name, &bytes, None) else {
        return Ok(json!({ "fault": Fault::of("", "unreadable", &name) }));
    };
    let item = &saved.page.item;
    if let Some(id) = item.url.as_deref().and_then(|url| merge::saved_before(url, dossier)) {
        return Ok(json!({ "fault": Fault::of("", "there-already", &id) }));
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let id = free_id(dossier, &merge::id_of(item), "new-source");
    let sheets = rooms::sheets(&site, Kind::Source, None);
    let form = Form::new("source")
        .with("title", Shape::Line, text(&item.title))
        .with("type", Shape::Line, item.kind)
        .with("author", Shape::Line, item.authors.join("; "))
        .with("publisher", Shape::Line, text(&item.publisher))
        .with("published", Shape::Line, text(&item.published))
        .with("url", Shape::Line, text(&item.url))
        .with("language", Shape::Line, text(&item.language))
        .with("id", Shape::Line, id)
        .offering(
            "sheet",
            Shape::Choice,
            sheets.0.first().cloned().unwrap_or_default(),
            sheets.0.iter().map(|sheet| Choice::plain(sheet)).collect(),
        );
    let mut edits = desk.edits();
    let number = edits.next();
    edits.dropped.push_back((number, Dropped { name, bytes }));
    let surplus = edits.dropped.len().saturating_sub(2);
    edits.dropped.drain(..surplus);
    Ok(json!({ "form": form, "dropped": number }))
}

/// The source that a dropped file becomes.
fn source(desk: &Desk, site: &Site, values: &Values, dropped: Option<u64>) -> Result<Made, Fault> {
    let edits = desk.edits();
    let lost = || Fault::of("", "dropped-lost", "");
    let (_, file) = edits.dropped.iter().find(|(number, _)| Some(*number) == dropped).ok_or_else(lost)?;
    let required = |key: &str| values.get(key).ok_or_else(|| Fault::of(key, "missing", ""));
    let (id, sheet) = (required("id")?, required("sheet")?);
    if !sourcebook_core::base::id::is_id(id) {
        return Err(Fault::of("id", "no-id", id));
    }
    if site.prepared.dossier.get(id).is_some() {
        return Err(Fault::of("id", "id-taken", id));
    }
    let saved = Saved::read(&file.name, &file.bytes, None).map_err(|_| Fault::of("", "unreadable", &file.name))?;
    let mut item = saved.page.item.clone();
    let text = |key: &str| values.get(key).map(str::to_owned);
    item.title = Some(required("title")?.to_owned());
    item.publisher = text("publisher");
    item.published = text("published");
    item.url = text("url");
    item.language = text("language");
    item.authors = values.get("author").into_iter().flat_map(|a| a.split(';')).map(|a| a.trim().to_owned()).collect();
    item.authors.retain(|author| !author.is_empty());
    let disk = desk.preview.snapshot().disk();
    let place = desk.captures.clone().ok_or_else(lost)?;
    let kept = Kept::new(&disk, place, id, Path::new(&file.name), &file.bytes).map_err(|_| lost())?;
    let today = disk.today().to_string();
    let mut pairs = saved.record(&item, &kept.name, &today, &People::of(&site.prepared.dossier));
    if let Some(kind) = values.get("type")
        && let Some(pair) = pairs.iter_mut().find(|pair| pair.key == "type")
    {
        pair.value = emit::Value::Word(kind.to_owned());
        pair.comment = None;
    }
    let act = Act::Add(Addition { kind: Kind::Source, id: id.to_owned(), fields: emit::map(&pairs) });
    Ok((Change { path: sheet.to_owned(), act }, Some((kept, file.bytes.clone()))))
}

/// Whether a change is of a sheet that is there or may be made, or of an article that is there.
fn may_hold(site: &Site, change: &Change) -> bool {
    match change.act {
        Act::Insert { .. } => article_file(site, &change.path).is_ok(),
        Act::Grow(_) | Act::Check(..) => rooms::is_sheet(&change.path),
        Act::Add(ref addition) => rooms::sheets(site, addition.kind, None).0.contains(&change.path),
    }
}

fn write(desk: &Desk, path: &str, is_new: bool, text: &str) -> Result<(), Nothing> {
    let disk = desk.preview.snapshot().disk();
    let file = inside(&disk, path)?;
    let written = match is_new {
        true => {
            let folder = file.parent().unwrap_or(Path::new(""));
            disk.folder().make_folders(folder).and_then(|_| disk.folder().create(&file, text.as_bytes()))
        }
        false => disk.folder().replace(&file, text.as_bytes()).map(drop),
    };
    written.map_err(|_| "not-written")
}

/// What would be wrong that is not wrong now.
fn judge(desk: &Desk, path: &str, new: &str, capture: Option<&(Kept, Vec<u8>)>) -> Vec<Found> {
    let snapshot = desk.preview.snapshot();
    let number = desk.preview.current().number;
    let mut edits = desk.edits();
    if edits.wrong.as_ref().is_none_or(|(of, _)| *of != number) {
        let (found, _) = wrong(desk, &**snapshot, &mut edits.cache);
        edits.wrong = Some((number, found.iter().map(said).collect()));
    }
    let mut overlay = Overlay::new(&**snapshot, path, new);
    if let Some((kept, bytes)) = capture {
        overlay = overlay.with_capture(&kept.name, bytes);
    }
    let (found, files) = wrong(desk, &overlay, &mut edits.cache);
    let known = edits.wrong.as_ref().map(|(_, known)| known);
    let is_new =
        |d: &&Diagnostic| !OF_THE_LOCK.contains(&d.code) && known.is_none_or(|known| !known.contains(&said(d)));
    found.iter().filter(is_new).map(|d| Found::of(d, &files)).collect()
}

/// All that is wrong with a dossier.
fn wrong(desk: &Desk, world: &dyn World, cache: &mut Cache) -> (Vec<Diagnostic>, Files) {
    let prepared = prepare_pages(world, desk.options, &mut Timings::default(), Some(cache));
    let mut found = prepared.diagnostics.clone();
    found.extend(prepared.rules(world, &mut Timings::default()));
    (found, prepared.parsed.files)
}

fn said(diagnostic: &Diagnostic) -> Said {
    (diagnostic.code, diagnostic.message.clone())
}

impl Found {
    fn of(diagnostic: &Diagnostic, files: &Files) -> Self {
        let place = diagnostic.span.map(|span| {
            let file = files.get(span.file);
            format!("{}:{}", file.path, file.position(span.range().start).line)
        });
        Self {
            code: diagnostic.code,
            is_fault: diagnostic.severity == Severity::Error,
            message: diagnostic.message.clone(),
            place,
            help: diagnostic.advice().collect(),
        }
    }
}
