//! What the full-text index holds of a page: the main part of the pages of articles and records. Lists of these would
//! only be found beside them; drafts are for their writers.

use memchr::memmem;

use super::{PageKind, actor, article, claim, event, home, place, question, source};
use crate::plan::Route;
use crate::render::Renderer;
use sourcebook_core::base::html::escape;
use sourcebook_core::model::{ArticleIx, Dossier};

/// Where the index stands, from the site's root.
pub const FOLDER: &str = "pagefind/";

/// What a page loads to search it.
pub const SCRIPT: &str = "pagefind/pagefind.js";

/// Parts of the main part that are no text of the dossier's: what is read out of them would be found on every page.
pub const APPARATUS: &[&str] =
    &[".provenance", ".cite", ".kicker", "sup.note", "[role=doc-backlink]", "button", "dialog", "[hidden]"];

static KINDS: [(&PageKind, &str); 8] = [
    (&home::KIND, "article"),
    (&article::KIND, "article"),
    (&actor::KIND, "actor"),
    (&event::KIND, "event"),
    (&place::KIND, "place"),
    (&source::KIND, "source"),
    (&question::KIND, "question"),
    (&claim::KIND, "claim"),
];

/// What a route is a page of, if its text can be found.
pub fn kind(dossier: &Dossier, route: &Route) -> Option<&'static str> {
    let is_draft = || route.kind.name == article::KIND.name && dossier[ArticleIx(route.subject)].draft;
    let kind = KINDS.iter().find(|(kind, _)| kind.name == route.kind.name)?.1;
    (!is_draft()).then_some(kind)
}

/// What is indexed of a page: its main part, said to be of that kind; `None` where it has none.
pub fn document(renderer: &Renderer<'_>, kind: &str, page: &[u8]) -> Option<String> {
    // Pagefind parts words at blocks, of which it knows but some.
    let main = String::from_utf8_lossy(main(page)?).replace("</dt>", "</dt> ").replace("</dd>", "</dd> ");
    let language = renderer.config().language.as_str();
    let key = format!("kind.{kind}");
    let label = escape(renderer.words().text(&key));
    Some(format!(
        "<!doctype html><html lang=\"{language}\"><body data-pagefind-body \
         data-pagefind-filter=\"kind:{kind}, language:{language}\" data-pagefind-meta=\"kind:{label}\">{main}</body></html>"
    ))
}

fn main(page: &[u8]) -> Option<&[u8]> {
    let from = memmem::find(page, b"<main")?;
    let to = memmem::rfind(page, b"</main>")?;
    page.get(from..to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_main_part_is_text() {
        let check = |page: &str, expect: Option<&str>| assert_eq!(main(page.as_bytes()), expect.map(str::as_bytes));
        check("<body><nav>no</nav><main id=a>yes</main><footer>no", Some("<main id=a>yes"));
        check("<body>no", None);
        check("</main><main>", None);
    }
}
