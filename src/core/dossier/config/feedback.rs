//! `[feedback]`: where a reader writes who finds something wrong.

use crate::base::diagnostic::Diagnostic;
use crate::base::tree::decode::LText;
use crate::base::tree::decode::{Context, Fields};
use crate::base::url::is_safe_url;
use crate::model::Text;

/// What an address may hold that is filled for each page.
const PLACES: &[&str] = &["{id}", "{url}", "{quote}"];

/// Where a reader writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feedback {
    /// A mail address.
    Mail(Text),
    /// An address with `{id}`, `{url}`, `{quote}`.
    Url(Text),
}

/// Reads the table.
pub(super) fn decode(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Feedback> {
    let mail: Option<LText> = f.optional("mail", cx);
    let url: Option<LText> = f.optional("url", cx);
    if let (Some(mail), Some(url)) = (&mail, &url) {
        let message = "`mail` and `url` are both given, and a page has one link";
        cx.diagnostics
            .push(Diagnostic::error("bad-value", url.span, message).label(mail.span, "the other").help("keep one"));
        return None;
    }
    match (mail, url) {
        (Some(mail), _) if is_mail(&mail.value) => Some(Feedback::Mail(mail.value)),
        (Some(mail), _) => {
            let message = format!("`{}` is no mail address", mail.value);
            cx.diagnostics
                .push(Diagnostic::error("bad-value", mail.span, message).help("write corrections@example.org"));
            None
        }
        (None, Some(url)) => address(url, cx),
        (None, None) => None,
    }
}

fn is_mail(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "._+-".contains(c));
    text.split_once('@').is_some_and(|(who, host)| plain(who) && plain(host) && host.contains('.'))
}

fn address(url: LText, cx: &mut Context<'_>) -> Option<Feedback> {
    let bare = PLACES.iter().fold(url.value.to_string(), |text, place| text.replace(place, "x"));
    if let Some(open) = bare.find('{') {
        let name: String = bare[open..].chars().take_while(|c| *c != '}').chain(['}']).collect();
        let message = format!("nothing is filled in for `{name}`");
        let help = format!("what may be: {}", PLACES.join(", "));
        cx.diagnostics.push(Diagnostic::error("bad-value", url.span, message).help(help));
        return None;
    }
    // What is filled in must not say where the link leads.
    let host = url.value.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    if !bare.starts_with("http") || !is_safe_url(&bare) || host.contains('{') {
        let message = format!("`{}` is no address that a page can link to", url.value);
        let help = "write https://example.org/issues/new?title={id}&body={url}";
        cx.diagnostics.push(Diagnostic::error("unsafe-url", url.span, message).help(help));
        return None;
    }
    Some(Feedback::Url(url.value))
}

#[cfg(test)]
mod tests {
    use crate::base::file::FileId;
    use crate::dossier::config::{Config, Feedback};

    #[track_caller]
    fn check(table: &str, expect: Result<Feedback, &str>) {
        let read = Config::parse(FileId(0), &format!("title = 'T'\n[feedback]\n{table}\n"));
        let faults: Vec<_> = read.diagnostics.iter().map(|d| &*d.message).collect();
        match expect {
            Ok(feedback) => assert_eq!((read.value.feedback, &*faults), (Some(feedback), &[][..]), "{table}"),
            Err(message) => assert_eq!((read.value.feedback, &*faults), (None, &[message][..]), "{table}"),
        }
    }

    #[test]
    fn a_reader_writes_to_one_place() {
        check("mail = 'a.b+c@example.org'", Ok(Feedback::Mail("a.b+c@example.org".into())));
        check("mail = 'a@b.org?bcc=x@y.z'", Err("`a@b.org?bcc=x@y.z` is no mail address"));
        let url = "https://example.org/new?title={id}&body={url}%0A{quote}";
        check(&format!("url = '{url}'"), Ok(Feedback::Url(url.into())));
        check("url = 'https://example.org/{ID}'", Err("nothing is filled in for `{ID}`"));
        check(
            "url = 'https://{id}.example.org/'",
            Err("`https://{id}.example.org/` is no address that a page can link to"),
        );
        check("url = 'javascript:{id}'", Err("`javascript:{id}` is no address that a page can link to"));
        check(
            "mail = 'a@b.org'\nurl = 'https://a.example/'",
            Err("`mail` and `url` are both given, and a page has one link"),
        );
    }
}
