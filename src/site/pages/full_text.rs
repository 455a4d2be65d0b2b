//! What the full-text index holds of a page: the main part of the pages of articles and records. Lists of these would
//! only be found beside them; drafts are for their writers.

use memchr::memmem;

use super::{Role, kind_of};
use crate::plan::Route;
use crate::render::Renderer;
use sourcebook_core::base::html::escape;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::{Dossier, Ref};

/// Parts of the main part that are no text of the dossier's: what is read out of them would be found on every page.
pub const APPARATUS: &[&str] = &[
    ".provenance",
    ".cite",
    ".kicker",
    ".notes",
    ".mentions",
    "sup.note",
    "sup.remark",
    "[role=doc-backlink]",
    "[hidden]",
];

/// What an article is filed under; so is the home page.
const ARTICLE: &str = "article";

/// What a route is a page of, if its text can be found.
pub fn kind(dossier: &Dossier, route: &Route) -> Option<&'static str> {
    match kind_of(route).role {
        Role::Home => Some(ARTICLE),
        Role::Record(of) => match of(route.subject) {
            Ref::Article(ix) => (!dossier[ix].draft).then_some(ARTICLE),
            record => record.kind().map(Kind::as_str),
        },
        Role::List | Role::File => None,
    }
}

/// What is indexed of a page: its main part, said to be of that kind; `None` where it has none.
pub fn document(renderer: &Renderer<'_>, kind: &str, page: &[u8]) -> Option<String> {
    // Pagefind parts words at blocks, of which it knows but some.
    let main = String::from_utf8_lossy(main(page)?).replace("</dt>", "</dt> ").replace("</dd>", "</dd> ");
    let main = elided(&main);
    let language = renderer.config().language.as_str();
    let key = format!("kind.{kind}");
    let label = escape(renderer.words().text(&key));
    Some(format!(
        "<!doctype html><html lang=\"{language}\"><body data-pagefind-body \
         data-pagefind-filter=\"kind:{kind}, language:{language}\" data-pagefind-meta=\"kind:{label}\">{main}</body></html>"
    ))
}

/// What follows an apostrophe is a word of its own, as the quick search has it: `l’ ONU`. The script takes the space out of
/// what it shows.
fn elided(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('’') {
        out.push_str(before);
        out.push('’');
        if before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic) {
            out.push(' ');
        }
        rest = after;
    }
    out + rest
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
    fn what_follows_an_apostrophe_is_a_word() {
        assert_eq!(elided("l’ONU, ‘no’ d’Ukraine’"), "l’ ONU, ‘no’ d’ Ukraine’");
    }

    #[test]
    fn only_the_main_part_is_text() {
        let check = |page: &str, expect: Option<&str>| assert_eq!(main(page.as_bytes()), expect.map(str::as_bytes));
        check("<body><nav>no</nav><main id=a>yes</main><footer>no", Some("<main id=a>yes"));
        check("<body>no", None);
        check("</main><main>", None);
    }
}
