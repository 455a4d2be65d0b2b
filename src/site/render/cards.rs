//! Cards set into an article by `![[id]]`.

use super::Page;
use super::object::ToValue;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::Ref;

impl Page<'_, '_> {
    /// The card of a record; nothing for an id at fault, which was reported.
    pub fn card(&self, id: &str) -> Result<String, Diagnostic> {
        let renderer = self.renderer;
        let Some(of) = renderer.dossier.get(id) else { return Ok(String::new()) };
        let (template, figure) = match of {
            Ref::Claim(_) => ("cards/claim.html", None),
            Ref::Question(ix) => ("cards/question.html", super::figures::question(renderer, ix)),
            Ref::Event(_) => ("cards/event.html", None),
            Ref::Actor(_) => ("cards/actor.html", None),
            Ref::Place(_) => ("cards/place.html", None),
            Ref::Source(_) => ("cards/source.html", None),
            Ref::Article(_) => return Ok(String::new()),
        };
        let key = of.kind().map_or("article", |kind| kind.as_str());
        let mut given = renderer.fragment_given();
        let value = renderer.whole(of).set("figure_html", figure).build();
        given.set(key, value);
        if let Ref::Question(ix) = of {
            let answers: Vec<_> =
                (0..renderer.dossier[ix].answers.len()).map(|n| super::answer::answer(renderer, ix, n)).collect();
            given.set("answers", answers.to_value());
        }
        let html = renderer.template(template, &given, self.path)?;
        Ok(format!("<figure class=\"set-card\">{}</figure>\n", html.trim()))
    }
}
