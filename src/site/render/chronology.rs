//! An event or a claim as a line of a chronology, wherever one is shown.

use tera::Value;

use super::Renderer;
use super::object::Object;
use crate::lists::timeline;
use sourcebook_core::model::Ref;

impl Renderer<'_> {
    /// The line: when, and what happened or was said.
    pub fn in_chronology(&self, of: Ref) -> Value {
        let date = timeline::date(self.dossier, of);
        let (kind, date) = match of {
            Ref::Event(_) => ("event", date.map(|dated| self.event_date(dated))),
            _ => ("claim", date.map(|dated| self.moment(dated))),
        };
        Object::new().set("kind", kind).set("date", date).set("item", self.row(of)).build()
    }
}
