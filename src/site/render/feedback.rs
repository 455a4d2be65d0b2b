//! « This is wrong »: the link by which a reader tells the editors, plain, without a script.

use super::{Page, Renderer};
use sourcebook_core::dossier::config::Feedback;
use sourcebook_core::model::Ref;

/// No address grows beyond what mail programs and trackers take for a quote.
const MOST: usize = 600;

impl Page<'_, '_> {
    /// Sets the link, if `[feedback]` says where it leads.
    pub(crate) fn feedback(&mut self, of: Ref) -> &mut Self {
        let link = self.renderer.feedback(of);
        self.set("feedback_url", link)
    }
}

impl Renderer<'_> {
    fn feedback(&self, of: Ref) -> Option<String> {
        let feedback = self.config().feedback.as_ref()?;
        let id = &**self.dossier.id(of);
        let folder = self.urls.folder(of);
        let path = sourcebook_core::base::url::percent(&folder);
        let url = match &self.config().base_url {
            Some(base) => format!("{base}/{path}"),
            None => format!("/{path}"),
        };
        let quote = match of {
            Ref::Claim(ix) => self.dossier[ix].evidence.iter().find_map(|evidence| evidence.quote.as_ref()),
            _ => None,
        };
        let quote = quote.map(|quote| short(&quote.value)).unwrap_or_default();
        Some(filled(feedback, id, &url, &quote, self.words().text("record.wrong_subject")))
    }
}

/// An address with its values.
fn filled(feedback: &Feedback, id: &str, url: &str, quote: &str, subject: &str) -> String {
    let value = sourcebook_core::base::url::percent_value;
    match feedback {
        Feedback::Mail(to) => {
            let lines: Vec<&str> = [id, url, quote].into_iter().filter(|line| !line.is_empty()).collect();
            // Lines of a mail end in CR LF (RFC 6068, section 5).
            let (subject, body) =
                (value(&format!("{subject} {id}")), value(&format!("{}\r\n\r\n", lines.join("\r\n"))));
            let (who, host) = to.split_once('@').unwrap_or((to, ""));
            format!("mailto:{}@{host}?subject={subject}&body={body}", value(who))
        }
        // Each place once, in one pass: what is filled in is not looked at again.
        Feedback::Url(template) => {
            let mut out = String::new();
            let mut rest: &str = template;
            while let Some(open) = rest.find('{') {
                let (before, from) = rest.split_at(open);
                out.push_str(before);
                let known = [("{id}", id), ("{url}", url), ("{quote}", quote)];
                match known.iter().find(|(place, _)| from.starts_with(place)) {
                    Some((place, text)) => {
                        out.push_str(&value(text));
                        rest = &from[place.len()..];
                    }
                    None => {
                        out.push('{');
                        rest = &from[1..];
                    }
                }
            }
            out + rest
        }
    }
}

fn short(quote: &str) -> String {
    let words = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_values() {
        let tricky = "a&b=c \"d\" <e> #f 100% {id} é";
        let url = Feedback::Url("https://t.example/new?title={id}&body={quote}%0A{url}".into());
        assert_eq!(
            filled(&url, "x-1", "https://s.example/claims/x-1/", tricky, "S"),
            "https://t.example/new?title=x-1&body=a%26b%3Dc%20%22d%22%20%3Ce%3E%20%23f%20100%25%20%7Bid%7D%20%C3%A9%0Ahttps%3A%2F%2Fs.example%2Fclaims%2Fx-1%2F"
        );
        let mail = Feedback::Mail("a+b@s.example".into());
        assert_eq!(
            filled(&mail, "x-1", "/claims/x-1/", "oui & non", "Erreur :"),
            "mailto:a%2Bb@s.example?subject=Erreur%20%3A%20x-1&body=x-1%0D%0A%2Fclaims%2Fx-1%2F%0D%0Aoui%20%26%20non%0D%0A%0D%0A"
        );
        assert_eq!(short(&"é".repeat(700)).chars().count(), 601);
    }
}
