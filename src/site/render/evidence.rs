//! The words of a source by which pages show what a claim rests on: the quote, whose words it is, where it stands.

use std::borrow::Cow;

use tera::Value;

use super::Renderer;
use super::brief::get;
use super::deep_link::{archived_link, deep_link};
use super::object::Object;
use sourcebook_core::base::html::escape;
use sourcebook_core::evidence::readers::Spot;
use sourcebook_core::evidence::verify::QuoteState;
use sourcebook_core::model::ClaimIx;
use sourcebook_core::words;

impl Renderer<'_> {
    /// One piece of a claim's evidence, with its fragment.
    pub(super) fn evidence(&self, ix: ClaimIx, n: usize) -> Value {
        let (evidence, state) = (&self.dossier[ix].evidence[n], self.verified.state(ix, n));
        let shown = |words: &str, tag: Option<&str>| {
            let inside = words::typography::inside_quotes(words, self.config().language);
            self.bound(&inside, tag).into_owned()
        };
        let (read, via) = (self.brief(evidence.source.into()), self.brief_list(&evidence.via));
        let text = |key| get(&read, key).and_then(Value::as_str);
        let links = via.iter().filter_map(|actor| get(actor, "link_html")?.as_str()).collect::<Vec<_>>().join(", ");
        let quote = evidence.quote.as_ref().map(|q| shown(&q.value, evidence.language.as_deref()));
        let translated = evidence.translation.as_ref().map(|t| shown(&t.text, None));
        let translator = evidence.translation.as_ref().and_then(|t| t.by.as_deref());
        let locator = evidence.locator.as_ref().map(|l| self.typeset(&l.value));
        let shows = evidence.shows.as_ref().map(|words| self.typeset(words));
        let label = words::kinds::verification(state.as_str(), self.words());
        // That a quote was found is the rule, which every page's foot says: only what is otherwise is marked.
        let marked = (state != QuoteState::Verbatim).then(|| escape(label));
        let (speech, speech_label) = self.speech(ix, n);
        let (passage, (original, archive)) = (self.passage_url(ix, n), self.deep_links(ix, n));
        let html = [
            ("quote", quote.as_deref().map(escape)),
            ("quote_lang", evidence.language.as_deref().map(escape)),
            ("quote_dir", words::spaces::direction(evidence.language.as_deref()).map(Cow::Borrowed)),
            ("translation", translated.as_deref().map(escape)),
            ("translation_by", translator.map(escape)),
            ("shows", shows.as_deref().map(escape)),
            ("source_html", text("link_html").map(Cow::Borrowed)),
            ("outlet", text("outlet").filter(|outlet| text("label") != Some(outlet)).map(escape)),
            ("locator", locator.as_deref().map(escape)),
            ("via_html", (!via.is_empty()).then_some(Cow::Borrowed(&*links))),
            ("speech", Some(Cow::Borrowed(speech))),
            ("speech_label", speech_label.map(escape)),
            ("state", Some(Cow::Borrowed(state.as_str()))),
            ("state_label", marked),
            ("remark", self.remark(ix, n).map(Cow::Owned)),
            ("passage_url", passage.as_deref().map(escape)),
            ("original_url", original.as_deref().map(escape)),
            ("archive_url", archive.as_deref().map(escape)),
        ];
        let html = self.filled_by("chips/evidence.html", &html, 1024);
        Object::with_room(17)
            .set("html", html)
            .set("quote", quote)
            .set("quote_lang", evidence.language.as_ref())
            .set("quote_dir", words::spaces::direction(evidence.language.as_deref()))
            .set("translation", translated)
            .set("translation_by", translator)
            .set("shows", shows.as_deref())
            .set("locator", locator.as_deref())
            .set("via", via)
            .set("speech", speech)
            .set("speech_label", speech_label)
            .set("state", state.as_str())
            .set("state_label", label)
            .set("passage_url", passage)
            .set("original_url", original)
            .set("archive_url", archive)
            .set("source", read)
            .build()
    }

    /// Whether what is quoted stands between quotation marks, and what that is called: of what is not quoted there is
    /// nothing to say but what the sheet does.
    fn speech(&self, ix: ClaimIx, n: usize) -> (&'static str, Option<&str>) {
        let (evidence, speech) = (&self.dossier[ix].evidence[n], self.verified.speech_word(self.dossier, ix, n));
        let told = evidence.quote.is_some() || evidence.speech_span.is_some();
        (speech, words::kinds::speech(speech, self.words()).filter(|_| told))
    }

    /// The addresses of a source and of its archived copy, at what a claim's evidence quotes.
    pub fn deep_links(&self, ix: ClaimIx, n: usize) -> (Option<String>, Option<String>) {
        let evidence = &self.dossier[ix].evidence[n];
        let source = &self.dossier[evidence.source];
        let spot = self.verified.quote(ix, n).and_then(|quote| quote.place.as_ref()).map(|place| &place.spot);
        let original = source.url.as_deref().map(|url| deep_link(url, &source.kind, evidence, spot));
        let archived = |url: &str| archived_link(url, &source.kind, evidence, spot);
        (original, source.archive.as_ref().map(|archive| archived(&archive.url)))
    }

    /// What is said of a quote that was found: that it stands in no paragraph of the story, that its editor put words into it.
    fn remark(&self, ix: ClaimIx, n: usize) -> Option<String> {
        let quote = self.verified.quote(ix, n).filter(|quote| quote.state == QuoteState::Verbatim)?;
        let beside = quote.place.as_ref().and_then(|place| beside(&place.spot));
        let keys = beside.into_iter().chain(quote.edited.then_some("evidence.edited"));
        let said: Vec<_> = keys.map(|key| escape(self.words().text(key)).into_owned()).collect();
        (!said.is_empty()).then(|| said.join("; "))
    }

    /// Where the quoted passage stands in a text that its source publishes.
    fn passage_url(&self, ix: ClaimIx, n: usize) -> Option<String> {
        self.verified.quote(ix, n)?.passage.as_ref()?;
        let source = self.dossier[ix].evidence[n].source;
        Some(format!("{}#{}", self.urls.address(source.into()), super::annotated::anchor(self, ix, n)))
    }
}

/// What is said of a quote that stands in no paragraph of the story.
fn beside(spot: &Spot) -> Option<&'static str> {
    match spot {
        Spot::Heading => Some("evidence.in_heading"),
        Spot::Caption => Some("evidence.in_caption"),
        Spot::Outside => Some("evidence.outside"),
        Spot::Paragraph(_) | Spot::Page { .. } | Spot::Time { .. } | Spot::Chapter(_) => None,
    }
}
