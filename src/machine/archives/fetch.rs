//! One copy of an archive, or why there is none to look into.

use super::address::{self, day, day_named, is_same_archive, memento_link};
use crate::links::fetch::{Answer, Pass, Silence, uri};
use sourcebook_core::evidence::public::Standing;

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// The most bytes that are read of a copy.
pub(super) const MOST: u64 = 32 << 20;

/// A copy as it came.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Came {
    /// The address that answered with it.
    pub read: String,
    /// The copy's own day (ISO date).
    pub on: String,
    pub kind: Option<String>,
    pub coding: Option<String>,
    pub bytes: Vec<u8>,
}

/// Why there is no copy. The texts are ends of sentences.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Not {
    /// The archive answered so: the lock keeps it.
    So(Standing, String),
    /// Nothing was learnt: what the lock holds stays.
    Unlearnt(String),
    /// There was no time.
    Late,
}

/// Asks an archive for the bytes of a copy.
pub(super) fn copy(pass: &Pass<'_>, url: &str) -> Result<Came, Not> {
    let mut at = uri(&address::raw(url)).ok_or_else(|| Not::Unlearnt("it is no address on the web".to_owned()))?;
    let mut linked = false;
    for _ in 0..=REDIRECTS {
        let answer = pass.whole(&at, MOST).map_err(|silence| match silence {
            Silence::Dead(why) => Not::Unlearnt(why),
            Silence::Late => Not::Late,
        })?;
        let memento = answer.header("memento-datetime").map(str::to_owned);
        let next = if answer.status.is_redirection() {
            let to = answer.location.as_deref().and_then(|to| address::redirected(&at, to, memento.is_some()));
            to.ok_or_else(|| Not::Unlearnt(format!("it answers {} and not where to", answer.status)))?
        } else if !answer.status.is_success() {
            return Err(refused(&answer, memento.is_some()));
        } else if let Some(memento) = memento {
            return came(&at.to_string(), &memento, answer);
        } else {
            let link = answer.header("link").and_then(memento_link).filter(|_| !linked);
            linked = true;
            let link = link.and_then(|link| uri(&address::raw(link))).filter(|link| *link != at);
            link.ok_or_else(|| {
                Not::So(Standing::NoMemento, "it does not say of what time it is (`Memento-Datetime`)".to_owned())
            })?
        };
        if !is_same_archive(url, &next.to_string()) {
            return Err(Not::So(Standing::Outside, format!("it leads out of the archive, to `{next}`")));
        }
        at = next;
    }
    Err(Not::Unlearnt(format!("it redirects more than {REDIRECTS} times")))
}

/// An answer that is no success.
fn refused(answer: &Answer, captured: bool) -> Not {
    let status = answer.status;
    match status.as_u16() {
        _ if captured => Not::So(Standing::Gone, format!("what was archived is an error ({status})")),
        404 | 410 | 451 => Not::So(Standing::Gone, format!("the archive has no such copy ({status})")),
        429 | 503 => Not::Unlearnt(format!("the archive asks for patience ({status}): ask again later")),
        _ => Not::Unlearnt(format!("it answers {status}")),
    }
}

fn came(read: &str, memento: &str, answer: Answer) -> Result<Came, Not> {
    let no_memento = |why: String| Not::So(Standing::NoMemento, why);
    let on = day(memento)
        .ok_or_else(|| no_memento(format!("its `Memento-Datetime` is no time: `{}`", memento.escape_debug())))?;
    // What pywb and OpenWayback say of the very capture that they give, whatever was asked.
    let located = answer.header("content-location").and_then(day_named);
    if let Some(other) = located.filter(|other| *other != on) {
        return Err(no_memento(format!("it says of itself that it is of {on}, and of {other}")));
    }
    let header = |name| answer.header(name).map(str::to_owned);
    let (kind, coding) = (header("content-type"), header("content-encoding"));
    match answer.body {
        Some(bytes) => Ok(Came { read: read.to_owned(), on, kind, coding, bytes }),
        None => Err(Not::So(Standing::TooBig, format!("it has more than {} MiB", MOST >> 20))),
    }
}
