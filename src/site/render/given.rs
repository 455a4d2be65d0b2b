//! What a template is given, by name, in an order that can be asked for: the engine's own context tells no names.

use std::sync::{Mutex, PoisonError};

use tera::{Context, Value};

/// The values of one template.
#[derive(Clone, Default)]
pub struct Given {
    context: Context,
    keys: Vec<&'static str>,
}

impl Given {
    /// Sets a value; one of the same name is replaced.
    pub fn set(&mut self, key: &'static str, value: Value) {
        self.context.insert_value(key, value);
        self.keys.push(key);
    }

    /// The values as the engine takes them.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Every value with its name; of values of one name, the last.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let mut keys = self.keys.clone();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().filter_map(|key| Some((key, self.context.get(key)?)))
    }
}

/// Every template that was rendered, with what it was given: for whoever looks into what a theme makes of it.
#[derive(Default)]
pub struct Probe(Mutex<Vec<(String, Given)>>);

impl Probe {
    /// Keeps what a template is given.
    pub fn keep(&self, template: &str, given: &Given) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((template.to_owned(), given.clone()));
    }

    /// What was kept, in order.
    pub fn take(&self) -> Vec<(String, Given)> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
