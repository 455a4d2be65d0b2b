//! What templates can call: `text` for the words of the interface, and a few filters.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::{Static, sets};

use sourcebook_core::base::diagnostic::nearest;
use sourcebook_core::base::html::{escape, heading};
use sourcebook_core::base::url::percent;
use sourcebook_core::model::Text;
use sourcebook_core::words::messages::Messages;

/// Files that templates may name, and where they stand in the output: static files of the theme, then files of `content/`.
#[derive(Clone, Debug, Default)]
pub struct Named(Arc<BTreeMap<Text, Text>>);

impl Named {
    /// Of a theme and a dossier.
    pub fn of(statics: &[Static], assets: &[Text]) -> Self {
        let assets = assets.iter().map(|path| (path.clone(), path.clone()));
        Self(Arc::new(assets.chain(statics.iter().map(|file| (file.name.clone(), file.path.clone()))).collect()))
    }
}

/// An engine with our functions and no templates yet.
pub fn engine(messages: &Messages, named: &Named) -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".xml"]);
    let words = messages.clone();
    tera.register_function("text", move |arguments: Kwargs, _: &State<'_>| text(&words, &arguments));
    let named = named.clone();
    tera.register_function("file", move |arguments: Kwargs, state: &State<'_>| file(&named, &arguments, state));
    let words = messages.clone();
    tera.register_filter("number", move |number: i64, _: Kwargs, _: &State<'_>| {
        sourcebook_core::words::number::integer(number, words.language())
    });
    tera.register_filter(sets::FILTER, |value: Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        match value.as_str().is_some_and(|text| text.len() > sets::LONGEST) {
            true => Err(Error::message(format!("this text has grown beyond {} MiB", sets::LONGEST >> 20))),
            false => Ok(value),
        }
    });
    tera.register_filter("heading", |text: Cow<'_, str>, _: Kwargs, _: &State<'_>| Value::safe_string(&heading(&text)));
    tera
}

/// `text(key="sources.count", n=3, name=…)`: a message with its placeholders filled, every argument escaped.
fn text(messages: &Messages, arguments: &Kwargs) -> TeraResult<Value> {
    let key = arguments.must_get::<Cow<'_, str>>("key")?;
    if !messages.has(&key) {
        return Err(Error::message(format!("no message `{key}` stands in the theme's i18n files")));
    }
    let mut filled = Vec::new();
    for name in messages.placeholders(&key) {
        if name != "n" {
            let value = arguments.must_get::<Value>(&name)?;
            let plain = value.to_string();
            filled.push((name, if value.is_safe() { plain } else { escape(&plain).into_owned() }));
        }
    }
    let pairs: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let text = match arguments.get::<i64>("n")? {
        Some(n) => messages.count(&key, usize::try_from(n).unwrap_or(0), &pairs),
        None => messages.fill(&key, &pairs),
    };
    Ok(Value::safe_string(&text))
}

/// `file(name="logo.svg")`: where a static file of the theme stands, or a file of `content/`.
fn file(named: &Named, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let name = arguments.must_get::<Cow<'_, str>>("name")?;
    let Some(path) = named.0.get(name.trim_start_matches("./").trim_start_matches('/')) else {
        let near = nearest(&name, named.0.keys().map(|known| &**known));
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(Error::message(format!(
            "there is no file `{name}` in the theme's `static/`, nor in `content/`{near}"
        )));
    };
    let Some(root) = state.get::<String>("root")? else {
        return Err(Error::message("`file` needs to know `root`: a component names it among its arguments, `@root`"));
    };
    Ok(Value::safe_string(&format!("{root}{}", percent(path))))
}
