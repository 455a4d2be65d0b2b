//! A form that a writer filled in, as a change of one file, of which every other byte stays.
//!
//! 1. [`change`] reads the fields: names become ids, and what cannot be read is told with its field.
//! 2. [`Change::apply`] makes the change in the text of its file, or says that it leaves no room.

use sourcebook_core::base::file::FileId;
use sourcebook_core::base::id::is_id;
use sourcebook_core::base::tree::emit::{self, Pair, Value};
use sourcebook_core::check::words::fold;
use sourcebook_core::evidence::checks::is_same_person;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::{Dossier, Ref, Source};

use super::form::{Fault, Values};
use crate::scaffold::append::{Addition, append};
use crate::scaffold::insert::{self, Step};

/// A change of one file.
#[derive(Clone, Debug)]
pub struct Change {
    /// The file, from the dossier's root.
    pub path: String,
    /// What is done in it.
    pub act: Act,
}

/// What a change does.
#[derive(Clone, Debug)]
pub enum Act {
    /// A record is added to a sheet.
    Add(Addition),
    /// Lists of records get an item each: kind, id, field, and the item on one line.
    Grow(Vec<(Kind, String, &'static str, String)>),
    /// A record gets a list of checks, as YAML on one line.
    Check(Kind, String, String),
    /// Words are put into an article, before a byte.
    Insert {
        /// The byte.
        at: usize,
        /// The id that is cited.
        id: String,
    },
}

/// The change that a form makes. `sheet_of` gives the path of the sheet that a record stands in.
///
/// # Errors
/// A field cannot be read.
pub fn change(
    makes: &str,
    values: &Values,
    dossier: &Dossier,
    sheet_of: impl Fn(Ref) -> String,
) -> Result<Change, Fault> {
    match makes {
        "claim" => match values.get("second") {
            Some(word) => {
                let second = one(dossier, "second", word, &[Kind::Claim])?;
                let item = emit::line(&Value::Map(evidence(values, dossier)?));
                let act = Act::Grow(vec![(Kind::Claim, dossier.id(second).to_string(), "evidence", item)]);
                Ok(Change { path: sheet_of(second), act })
            }
            None => added(Kind::Claim, values, dossier, claim(values, dossier)?),
        },
        "aside" => aside(values, dossier, sheet_of),
        "check" => checked(values, dossier, sheet_of),
        "actor" => added(Kind::Actor, values, dossier, actor(values, dossier)?),
        "event" => added(Kind::Event, values, dossier, event(values, dossier)?),
        "place" => added(Kind::Place, values, dossier, place(values, dossier)?),
        "question" => added(Kind::Question, values, dossier, question(values)?),
        "cite" => {
            let claim = one(dossier, "claim", required(values, "claim")?, Kind::ALL)?;
            let at = values.get("at").and_then(|at| at.parse().ok()).unwrap_or(usize::MAX);
            let path = required(values, "article")?.to_owned();
            Ok(Change { path, act: Act::Insert { at, id: dossier.id(claim).to_string() } })
        }
        _ => Err(Fault::of("", "no-form", makes)),
    }
}

impl Change {
    /// The file's new text; nothing where it leaves no room.
    pub fn apply(&self, text: &str) -> Option<String> {
        let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text), |body| ("\u{feff}", body));
        let done = match &self.act {
            Act::Add(addition) => append(FileId(0), body, std::slice::from_ref(addition)).ok()?,
            Act::Grow(items) => {
                let mut whole = body.to_owned();
                for (kind, id, name, item) in items {
                    whole = insert::item(&whole, *kind, id, name, item)?;
                }
                whole
            }
            Act::Check(kind, id, checks) => {
                let path = ["curation", "checked"].map(|key| Step::Key(key.to_owned()));
                let whole = insert::set(body, *kind, id, &path, checks);
                whole.or_else(|| insert::field(body, *kind, id, "curation", &format!("{{ checked: {checks} }}")))?
            }
            Act::Insert { at, id } => cited(body, (*at).saturating_sub(mark.len()), id),
        };
        Some(format!("{mark}{done}"))
    }
}

/// An article with a citation before a byte: in brackets of its own, or within those that it stands at the end of.
fn cited(text: &str, at: usize, id: &str) -> String {
    let at = text.floor_char_boundary(at.min(text.len()));
    let (before, after) = text.split_at(at);
    let open = before.rfind("[@").filter(|n| !before[*n..].contains(']'));
    if let Some(inner) = before.strip_suffix(']')
        && inner.rfind("[@").is_some_and(|n| !inner[n..].contains(']'))
    {
        return format!("{inner}; @{id}]{after}");
    }
    if open.is_some() {
        let gap = if before.trim_end().ends_with(';') { "" } else { "; " };
        return format!("{before}{gap}@{id}{after}");
    }
    let stands_off = before.is_empty() || before.ends_with(char::is_whitespace);
    format!("{before}{}[@{id}]{after}", if stands_off { "" } else { " " })
}

fn added(kind: Kind, values: &Values, dossier: &Dossier, pairs: Vec<Pair>) -> Result<Change, Fault> {
    let id = required(values, "id")?;
    if !is_id(id) {
        return Err(Fault::of("id", "no-id", id));
    }
    if dossier.get(id).is_some() || dossier.unread.names.contains(id) {
        return Err(Fault::of("id", "id-taken", id));
    }
    let path = required(values, "sheet")?.to_owned();
    let act = Act::Add(Addition { kind, id: id.to_owned(), fields: emit::map(&pairs) });
    Ok(Change { path, act })
}

fn claim(values: &Values, dossier: &Dossier) -> Result<Vec<Pair>, Fault> {
    let mut pairs = vec![Pair::new("statement", text(required(values, "statement")?))];
    let by = several(dossier, values, "by", &[Kind::Actor])?;
    match by.as_slice() {
        [] => {}
        [one] => pairs.push(Pair::new("by", one.clone())),
        _ => pairs.push(Pair::new("by", Value::List(by))),
    }
    pairs.extend(values.get("on").map(|on| Pair::new("on", word(on))));
    pairs.extend(values.get("modality").filter(|m| *m != "asserts").map(|m| Pair::new("modality", word(m))));
    let about = several(dossier, values, "about", &[Kind::Actor, Kind::Event, Kind::Place, Kind::Claim])?;
    if !about.is_empty() {
        pairs.push(Pair::new("about", Value::List(about)));
    }
    match (values.get("question"), values.get("answer")) {
        (Some(question), Some(answer)) => {
            let question = one(dossier, "question", question, &[Kind::Question])?;
            let answers = vec![Pair::new(&**dossier.id(question), word(answer))];
            pairs.push(Pair::new("answers", Value::Map(answers)));
        }
        (Some(question), None) => return Err(Fault::of("answer", "answer-missing", question)),
        (None, Some(answer)) => return Err(Fault::of("question", "question-missing", answer)),
        (None, None) => {}
    }
    pairs.push(Pair::new("evidence", Value::Map(evidence(values, dossier)?)));
    Ok(pairs)
}

fn evidence(values: &Values, dossier: &Dossier) -> Result<Vec<Pair>, Fault> {
    let source = one(dossier, "source", required(values, "source")?, &[Kind::Source])?;
    let mut pairs =
        vec![Pair::new("source", word(dossier.id(source))), Pair::new("quote", text(required(values, "quote")?))];
    pairs.extend(values.get("translation").map(|words| Pair::new("translation", text(words))));
    pairs.extend(values.get("speech").map(|speech| Pair::new("speech", word(speech))));
    pairs.extend(values.get("locator").map(|locator| Pair::new("locator", text(locator))));
    Ok(pairs)
}

fn aside(values: &Values, dossier: &Dossier, sheet_of: impl Fn(Ref) -> String) -> Result<Change, Fault> {
    let source = one(dossier, "source", required(values, "source")?, &[Kind::Source])?;
    let (locator, because) = (required(values, "locator")?, required(values, "because")?);
    let id = dossier.id(source).to_string();
    let begins: Vec<_> = values.get("begins").map(|begins| begins.lines().map(Some).collect()).unwrap_or(vec![None]);
    let item = |begins: Option<&str>| {
        let mut pairs = vec![Pair::new("locator", text(locator))];
        pairs.extend(begins.map(|words| Pair::new("begins", text(words))));
        pairs.push(Pair::new("because", text(because)));
        (Kind::Source, id.clone(), "set_aside", emit::line(&Value::Map(pairs)))
    };
    Ok(Change { path: sheet_of(source), act: Act::Grow(begins.into_iter().map(item).collect()) })
}

/// A record that somebody has checked: what others have checked before stays.
fn checked(values: &Values, dossier: &Dossier, sheet_of: impl Fn(Ref) -> String) -> Result<Change, Fault> {
    let of = one(dossier, "record", required(values, "record")?, Kind::ALL)?;
    let (by, on) = (required(values, "checker")?, required(values, "day")?);
    let head = dossier.head(of);
    let before = head.and_then(|head| head.curation.as_ref()).map_or(&[][..], |curation| &curation.checked);
    let item = |by: &str, on: Option<&str>, note: Option<&str>| {
        let mut pairs = vec![Pair::new("by", text(by))];
        pairs.extend(on.map(|on| Pair::new("on", word(on))));
        pairs.extend(note.map(|note| Pair::new("note", text(note))));
        Value::Map(pairs)
    };
    // Who looks again has looked on another day: the earlier check of the same person says nothing any more.
    let others = before.iter().filter(|check| !is_same_person(&check.by, by));
    let mut items: Vec<_> =
        others.map(|check| item(&check.by, check.on.as_ref().map(|on| on.text()), check.note.as_deref())).collect();
    items.push(item(by, Some(on), values.get("remark")));
    let kind = of.kind().ok_or_else(|| Fault::of("record", "unknown", ""))?;
    let act = Act::Check(kind, dossier.id(of).to_string(), emit::line(&Value::List(items)));
    Ok(Change { path: sheet_of(of), act })
}

fn actor(values: &Values, dossier: &Dossier) -> Result<Vec<Pair>, Fault> {
    let mut pairs = vec![Pair::new("name", text(required(values, "name")?))];
    pairs.extend(values.get("type").map(|kind| Pair::new("type", word(kind))));
    pairs.extend(values.get("role").map(|role| Pair::new("role", text(role))));
    pairs.extend(words("aliases", values));
    pairs.extend(related(dossier, values, "part_of", &[Kind::Actor])?);
    Ok(pairs)
}

fn event(values: &Values, dossier: &Dossier) -> Result<Vec<Pair>, Fault> {
    let mut pairs =
        vec![Pair::new("title", text(required(values, "title")?)), Pair::new("date", word(required(values, "date")?))];
    pairs.extend(related(dossier, values, "place", &[Kind::Place])?);
    Ok(pairs)
}

fn place(values: &Values, dossier: &Dossier) -> Result<Vec<Pair>, Fault> {
    let mut pairs = vec![Pair::new("name", text(required(values, "name")?))];
    pairs.extend(words("aliases", values));
    if let Some(written) = values.get("coordinates") {
        let numbers: Vec<_> = values.list("coordinates").collect();
        let is_number = |n: &&str| n.parse::<f64>().is_ok_and(f64::is_finite);
        if numbers.len() != 2 || !numbers.iter().all(is_number) {
            return Err(Fault::of("coordinates", "no-coordinates", written));
        }
        pairs.push(Pair::new("coordinates", Value::List(numbers.into_iter().map(word).collect())));
    }
    pairs.extend(values.get("precision").map(|precision| Pair::new("precision", word(precision))));
    pairs.extend(related(dossier, values, "part_of", &[Kind::Place, Kind::Actor])?);
    Ok(pairs)
}

fn question(values: &Values) -> Result<Vec<Pair>, Fault> {
    let mut pairs = vec![Pair::new("text", text(required(values, "text")?))];
    let kind = values.get("kind").unwrap_or("quantity");
    pairs.push(Pair::new("kind", word(kind)));
    pairs.extend(values.get("unit").map(|unit| Pair::new("unit", text(unit))));
    let mut options = Vec::new();
    for line in values.get("options").into_iter().flat_map(str::lines).filter(|line| !line.trim().is_empty()) {
        let (key, label) = line.split_once(':').ok_or_else(|| Fault::of("options", "no-option", line))?;
        options.push(Pair::new(key.trim(), text(label.trim())));
    }
    if !options.is_empty() {
        pairs.push(Pair::new("options", Value::Map(options)));
    }
    Ok(pairs)
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn word(word: &str) -> Value {
    Value::Word(word.to_owned())
}

fn words(key: &'static str, values: &Values) -> Option<Pair> {
    let list: Vec<_> = values.list(key).map(text).collect();
    (!list.is_empty()).then(|| Pair::new(key, Value::List(list)))
}

fn related(dossier: &Dossier, values: &Values, key: &'static str, kinds: &[Kind]) -> Result<Option<Pair>, Fault> {
    let found = values.get(key).map(|word| one(dossier, key, word, kinds)).transpose()?;
    Ok(found.map(|of| Pair::new(key, word(dossier.id(of)))))
}

fn required<'v>(values: &'v Values, key: &str) -> Result<&'v str, Fault> {
    values.get(key).ok_or_else(|| Fault::of(key, "missing", ""))
}

fn several(dossier: &Dossier, values: &Values, key: &str, kinds: &[Kind]) -> Result<Vec<Value>, Fault> {
    values.list(key).map(|name| one(dossier, key, name, kinds).map(|of| word(dossier.id(of)))).collect()
}

/// The record of an id, or the only one of a name.
fn one(dossier: &Dossier, field: &str, name: &str, kinds: &[Kind]) -> Result<Ref, Fault> {
    let is_kind = |of: &Ref| of.kind().is_some_and(|kind| kinds.contains(&kind));
    if let Some(found) = dossier.get(name).filter(is_kind) {
        return Ok(found);
    }
    let wanted = fold(name);
    let is_called = |of: &Ref| {
        let others: &[sourcebook_core::model::Text] = match of {
            Ref::Actor(ix) => &dossier[*ix].aliases,
            Ref::Place(ix) => &dossier[*ix].aliases,
            _ => &[],
        };
        is_kind(of) && std::iter::once(dossier.label(*of)).chain(others).any(|name| fold(name) == wanted)
    };
    let mut found = dossier.all().filter(is_called);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(Fault::of(field, "several", name)),
        (None, _) => Err(Fault::of(field, "unknown", name)),
    }
}

/// How often records of a kind that have to do with a source stand in each sheet: the sheets, the likeliest first.
pub fn sheets(
    kind: Kind,
    dossier: &Dossier,
    source: Option<&Source>,
    all: &[String],
    path_of: impl Fn(Ref) -> String,
) -> Vec<String> {
    let here = source.into_iter().flat_map(|source| source.claims.iter().map(|(claim, _)| path_of((*claim).into())));
    let here: Vec<String> = here.filter(|_| kind == Kind::Claim).collect();
    let there: Vec<String> = dossier.all().filter(|of| of.kind() == Some(kind)).map(&path_of).collect();
    let count = |paths: &[String], path: &String| paths.iter().filter(|p| *p == path).count();
    let mut sheets: Vec<_> = all.to_vec();
    sheets.sort_by_key(|path| std::cmp::Reverse((count(&here, path), count(&there, path))));
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::tests::dossier;

    const SHEET: &str = "\
actors:
  ann: { name: Ann Lee }
  bob: { name: Bob, aliases: [The Old One] }
sources:
  a: { title: A }
questions:
  how-many: { text: How many? }
claims:
  # The first.
  first:
    statement: There are ten.
    evidence:
      source: a
      quote: ten
";

    fn values(pairs: &[(&str, &str)]) -> Values {
        Values(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
    }

    fn done(makes: &str, pairs: &[(&str, &str)]) -> Result<String, Fault> {
        let change = change(makes, &values(pairs), &dossier(SHEET), |_| "content/a.yaml".to_owned())?;
        assert_eq!(change.path, "content/a.yaml");
        Ok(change.apply(SHEET).unwrap())
    }

    const CLAIM: &[(&str, &str)] = &[
        ("statement", "They are: eleven."),
        ("by", "Ann Lee, the old one"),
        ("question", "how-many"),
        ("answer", "~11"),
        ("modality", "asserts"),
        ("source", "a"),
        ("quote", "they are eleven"),
        ("locator", "§ 2"),
        ("id", "eleven"),
        ("sheet", "content/a.yaml"),
    ];

    #[test]
    fn a_claim_is_added_below_the_others() {
        let expect = format!(
            "{SHEET}\n  eleven:\n    statement: \"They are: eleven.\"\n    by: [ann, bob]\n    answers:\n      how-many: ~11\n    \
             evidence:\n      source: a\n      quote: they are eleven\n      locator: § 2\n"
        );
        assert_eq!(done("claim", CLAIM).unwrap(), expect);
    }

    #[test]
    fn or_its_words_bear_out_another() {
        let pairs: Vec<_> = CLAIM.iter().copied().chain([("second", "first")]).collect();
        let found = done("claim", &pairs).unwrap();
        let end = "    evidence:\n    - source: a\n      quote: ten\n    - { source: a, quote: ";
        assert!(found.contains(end) && found.starts_with(&SHEET[..60]), "{found}");
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_field() {
        let check = |changed: (&'static str, &'static str), expect: (&str, &str)| {
            let pairs: Vec<_> = CLAIM.iter().copied().chain([changed]).collect();
            let fault = done("claim", &pairs).unwrap_err();
            assert_eq!((&*fault.field, fault.why), expect);
        };
        check(("by", "Cid"), ("by", "unknown"));
        check(("statement", " "), ("statement", "missing"));
        check(("id", "first"), ("id", "id-taken"));
        check(("id", "No Id"), ("id", "no-id"));
        check(("answer", ""), ("answer", "answer-missing"));
        check(("question", ""), ("question", "question-missing"));
        check(("second", "ann"), ("second", "unknown"));
    }

    #[test]
    fn passages_are_set_aside() {
        let aside =
            [("source", "a"), ("locator", "§ 2"), ("because", "a question: no answer"), ("begins", "Who\nWhat")];
        let found = done("aside", &aside).unwrap();
        let item = |begins| format!("{{ locator: § 2, begins: {begins}, because: \"a question: no answer\" }}");
        assert!(found.contains(&format!("set_aside: [{}, {}]", item("Who"), item("What"))), "{found}");
    }

    #[test]
    fn a_record_is_checked() {
        let of = |record: &str, by: &str| {
            let check = [("record", record), ("checker", by), ("day", "2026-11-28"), ("remark", "numbers: again")];
            let change = change("check", &values(&check), &dossier(CHECKED), |_| "content/a.yaml".to_owned()).unwrap();
            change.apply(CHECKED).unwrap()
        };
        const CHECKED: &str = "\
actors:
  ann: { name: Ann }
  bob: { name: Bob, curation: { by: Ada } }
  cid:
    name: Cid # as he is called
    curation:
      by: Ada
      checked: { by: Ben, on: 2026-11-20 }
";
        let item = |by: &str| format!("{{ by: {by}, on: 2026-11-28, note: \"numbers: again\" }}");
        let check = |record: &str, by: &str, expect: &str| {
            let found = of(record, by);
            assert!(found.contains(expect), "{expect}: {found}");
        };
        check("ann", "Cleo", &format!("ann: {{ name: Ann, curation: {{ checked: [{}] }} }}", item("Cleo")));
        check("bob", "Cleo", &format!("curation: {{ by: Ada, checked: [{}] }} }}", item("Cleo")));
        let both = format!("      checked: [{{ by: Ben, on: 2026-11-20 }}, {}]\n", item("Cleo"));
        check("cid", "Cleo", &both);
        check(
            "cid",
            "ben",
            &format!(
                "    name: Cid # as he is called\n    curation:\n      by: Ada\n      checked: [{}]\n",
                item("ben")
            ),
        );
    }

    #[test]
    fn citations() {
        let check = |text: &str, expect: &str| {
            let at = text.find('|').unwrap();
            assert_eq!(cited(&text.replace('|', ""), at, "x"), expect);
        };
        check("So it is|.", "So it is [@x].");
        check("So it is |.", "So it is [@x].");
        check("So [@a]| it", "So [@a; @x] it");
        check("So [@a|] it", "So [@a; @x] it");
        check("So [@a; |] it", "So [@a; @x] it");
        check("|", "[@x]");
    }
}
