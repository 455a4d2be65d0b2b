//! What each key of each record means, as an editor shows it, and the form of its text.

/// The form that a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Any.
    Any,
    /// An id, or for a mapping: its keys are ids.
    Id,
    /// EDTF.
    Date,
    /// `YYYY-MM-DD`.
    Day,
    /// An address that a page may link to.
    Url,
    /// An address that the site may be at.
    WebUrl,
    /// A BCP 47 tag.
    Language,
    /// A Wikidata item.
    Wikidata,
    /// A CSL type.
    CslType,
    /// A stretch of time.
    Window,
    /// What `~` means.
    Tolerance,
    /// A SHA-256 in hexadecimal.
    Sha256,
    /// A path that does not lead out of its folder.
    Inside,
}

use Form::{Any, CslType, Date, Day, Id, Inside, Language, Sha256, Tolerance, Url, WebUrl, Wikidata, Window};

/// A key, the form of its text, and its meaning.
pub type Key = (&'static str, Form, &'static str);

const CURATION: Key =
    ("curation", Any, "Who compiled this record and when, where that is not what the sheet says at its top.");
const EXTRA: Key = ("extra", Any, "Your own data, of any shape; it reaches the templates.");
const SUMMARY: Key = ("summary", Any, "A few sentences, in Markdown; it may cite and link.");
const WIKIDATA: Key = ("wikidata", Wikidata, "The Wikidata item: Q and a number.");

/// Every record, by the name that its shape has as title.
#[rustfmt::skip] // one key a line
pub static RECORDS: &[(&str, &[Key])] = &[
    ("Sheet", &[
        ("actors", Id, "Whoever speaks, acts or is spoken of, by id."),
        ("events", Id, "What happened, or is said to have happened, by id."),
        ("places", Id, "Where something happened or holds, by id."),
        ("sources", Id, "The works in which claims are found, by id."),
        ("questions", Id, "What several claims answer, so that they can be compared, by id."),
        ("claims", Id, "Who said what, when, in which source, in which words, by id."),
        ("curation", Any, "Who compiled this sheet, and when."),
    ]),
    ("Curation", &[
        ("by", Any, "Who compiled it."),
        ("on", Date, "When: an EDTF date such as 2024-06-19."),
        ("note", Any, "A remark that is shown with it."),
        ("checked", Any, "Who else has checked the record: one, or a list."),
    ]),
    ("Check", &[
        ("by", Any, "Who checked it."),
        ("on", Date, "When: an EDTF date such as 2024-06-19."),
        ("note", Any, "A remark that is shown with it."),
    ]),
    ("Dated", &[
        ("date", Date, "An EDTF date: 2024, 2024-06, 2024-06-19, 2024-06~ (about), 2024-06? (doubtful), 2024-06/2024-08 (from, to), \"[2023, 2024-06]\" (one of these)."),
        ("inferred", Any, "How the date was inferred, in words; readers see it."),
    ]),
    ("Actor", &[
        ("name", Any, "The name as readers see it."),
        ("type", Any, "What kind of actor: person (the default), organization, state, armed-force, media, or unnamed for a speaker whom a source does not name."),
        ("aliases", Any, "Other names and spellings."),
        ("role", Any, "What they are, in a few words."),
        ("part_of", Id, "The actor (state, body, outlet) that they belong to."),
        ("disjoint_parts", Any, "true where those that are part of it share nobody with one another, so that their numbers add up."),
        ("one_voice", Any, "true where those that are part of it speak with its voice: one origin with it, unless they speak for another body."),
        ("speaks_for", Id, "The body for which they speak: what they say and what it says are of one origin."),
        WIKIDATA, SUMMARY, CURATION, EXTRA,
    ]),
    ("Place", &[
        ("name", Any, "The name as readers see it."),
        ("aliases", Any, "Other names and spellings."),
        ("coordinates", Any, "Latitude and longitude in degrees (WGS 84): [51.7, 36.2]."),
        ("precision", Any, "How exactly the coordinates are meant; a point, unless said otherwise."),
        ("part_of", Id, "The place that it lies in, or the actor (a state) that it belongs to."),
        ("disjoint_parts", Any, "true where the places that lie in it share nothing with one another, so that their quantities add up."),
        WIKIDATA, SUMMARY, CURATION, EXTRA,
    ]),
    ("Event", &[
        ("title", Any, "The title as readers see it."),
        ("date", Date, "When: an EDTF date, or { date, inferred } where no text gives it."),
        ("place", Id, "The place."),
        ("actors", Id, "Who took part: a list of actors, or actors each with a role."),
        ("part_of", Id, "The larger event that it belongs to."),
        SUMMARY, CURATION, EXTRA,
    ]),
    ("Source", &[
        ("title", Any, "The title."),
        ("type", CslType, "The CSL type, as in Zotero: article-newspaper, webpage, report, book, speech … (document, unless said otherwise)."),
        ("author", Any, "Actors or names. What has the form of an id must be one; { name: cnn } writes a name that looks like an id."),
        ("publisher", Any, "An actor or a name; { name: cnn } writes a name that looks like an id."),
        ("published", Date, "When it was published: an EDTF date, or { date, inferred }."),
        ("accessed", Date, "When you read it."),
        ("url", Url, "Where it is: https, http or mailto."),
        ("archive", Any, "An archived copy: { url, on }."),
        ("language", Language, "A language tag: fr, en, pt-BR."),
        ("based_on", Id, "Where it says it has its matter from: actors or sources. Claims of one origin are counted once."),
        ("reliability", Any, "An Admiralty grade with its reason; shown only where site.toml turns it on."),
        ("capture", Inside, "Your private copy in the captures folder: a file name, or { file, sha256, on, method, begins, url, at }. Never published."),
        ("text", Any, "The whole text, published and annotated: { file, rights }. Only with the right to do so."),
        ("status", Any, "Whether whoever published the text still stands by it; claims that are found in it show it."),
        ("set_aside", Any, "Passages of which no claim is made, each with its reason: { locator, begins, because }. Where there are any, check tells the sentences that have neither claim nor reason."),
        SUMMARY, CURATION, EXTRA,
    ]),
    ("Author", &[("name", Any, "A name, also where it looks like an id.")]),
    ("Archive", &[
        ("url", Url, "Where the copy is."),
        ("on", Date, "When it was made."),
    ]),
    ("Reliability", &[
        ("grade", Any, "Admiralty grade of the source: A (completely reliable) to E (unreliable), F (cannot be judged)."),
        ("because", Any, "Why."),
    ]),
    ("Capture", &[
        ("file", Inside, "The file's name in the captures folder."),
        ("sha256", Sha256, "The SHA-256 that the file must have, in hexadecimal."),
        ("on", Date, "When it was made."),
        ("method", Any, "How it was made."),
        ("begins", Inside, "In a plain text, the first words of the story: paragraphs are counted from there."),
        ("url", Url, "Which page of a web archive, where it is not the source's own."),
        ("at", Inside, "Which of several copies in a web archive: when it was made, as far as need be (2024-11-03)."),
    ]),
    ("FullText", &[
        ("file", Any, "The path of the text from the dossier's root."),
        ("rights", Any, "Why it may be published: your own, an official text, in the public domain …"),
    ]),
    ("Question", &[
        ("text", Any, "The question itself, in Markdown."),
        ("kind", Any, "What answers it: a quantity (the default), a date, a period (two ends), a choice between options, choices (several at once), a place, or text (in words, which you alone compare)."),
        ("unit", Any, "The unit of a quantity."),
        ("changes", Any, "Whether the true answer moves with time."),
        ("grows", Any, "Whether it can only grow: so many so far. What was less may have held before; a total that fell is a contradiction."),
        ("adds_up", Any, "Whether a part is no larger than its whole and parts that share nothing add up, as people and tonnes do: answers for places and groups are then reckoned with together."),
        ("several", Any, "Whether several places may be true at once, so that no two exclude each other."),
        ("position", Any, "Where the question stands among others, on the home page and among disagreements: 1, 2, 3. Those without stand after all that have one, by how many independent origins are at odds."),
        ("place", Id, "The place of all answers that name none."),
        ("group", Id, "The actor whom all answers count that name no group."),
        ("window", Window, "If it changes: answers as of dates further apart than this are not compared. 31d (the default), 6m, 1y."),
        ("tolerance", Tolerance, "What ~ means: 10% (the default), 500 (in the unit), or for dates 7d."),
        ("rates", Any, "What one unit of other currencies is in the unit: { USD 2019: { rate: 0.93, source: id } }. Money is not converted otherwise."),
        ("options", Any, "The words of a choice, each with its label: { yes: confirmed, no: denied }."),
        ("assessment", Any, "Your own judgement, if you have one; readers see whose it is."),
        SUMMARY, CURATION, EXTRA,
    ]),
    ("Rate", &[
        ("rate", Any, "One of it in the question's unit: 0.93."),
        ("source", Id, "The source that gives the rate."),
    ]),
    ("Assessment", &[
        ("answer", Any, "The answer that you hold, if any."),
        ("status", Any, "Whether the question is settled, disputed or open."),
        ("on", Date, "When you judged so."),
        ("because", Any, "Why, in Markdown."),
    ]),
    ("Claim", &[
        ("statement", Any, "What is claimed, in one sentence of yours. Markdown."),
        ("by", Id, "The speaker or speakers: actors. Without one, the source speaks for itself."),
        ("on", Date, "When it was said. Without it: when the source was published."),
        ("as_of", Date, "When it held, where that is not when it was said."),
        ("modality", Any, "How it was said: asserts (the default), estimates, forecasts, confirms, denies, declines-to-confirm."),
        ("about", Id, "Actors, events, places or claims that it is about."),
        ("order", Id, "Events, in the order in which it says that they came."),
        ("answers", Id, "Its answers, by question: a value, or { value, place, group, as_of, modality } where the answer differs from its claim."),
        ("evidence", Any, "Where it is found: one { source, quote, locator }, or a list of them."),
        ("contradicts", Id, "Claims that say otherwise: a list, or claims each with a reason."),
        ("supports", Id, "Claims that this one bears out: a list, or claims each with a reason."),
        ("supersedes", Id, "Claims that this one replaces: a list, or claims each with a reason."),
        ("status", Any, "Whether it still stands: { is, on, because }. Nothing is ever deleted."),
        ("note", Any, "A remark, in Markdown."),
        CURATION, EXTRA,
    ]),
    ("Answer", &[
        ("value", Any, "A quantity (22, ~30, >20, >=20, <20, <=20, 20..30, 25 ± 20%, 20..30 (25), 16 mi), an EDTF date, an option or several, or the id of a place; a date may be { date, inferred }."),
        ("unit", Any, "The unit of the number, where that is not the question's: mi, ha, °F, USD."),
        ("place", Id, "The place that the answer holds for. Answers for different places are not compared, but may be reckoned with (adds_up)."),
        ("group", Id, "The actor whom alone it counts, as part of all that the question asks for."),
        ("as_of", Date, "When the answer held, where that is not when the claim did."),
        ("modality", Any, "How the answer was given, where that is not how the claim was."),
    ]),
    ("Evidence", &[
        ("source", Id, "The source."),
        ("quote", Any, "The source's exact words; […] joins parts in their order."),
        ("speech", Any, "Whose words: direct (the speaker's), mixed (partly), indirect (the source's about what was said), silence (it says that nothing was)."),
        ("language", Language, "The language of the quote, where it is not the source's."),
        ("translation", Any, "The quote in the dossier's language: { text, by }."),
        ("shows", Any, "What a picture, a sound or a film shows there, in your words; in place of a quote."),
        ("locator", Any, "Where in the source: § 3 is the third paragraph of the story, p. 12 a page, 00:12:31 a time, ch. 3 a chapter; xywh=0,0,9,9 a region; else free text."),
        ("via", Id, "Outlets or agencies (actors) that the source itself names between it and the speaker."),
    ]),
    ("Translation", &[
        ("text", Any, "The translated words."),
        ("by", Any, "Who translated them."),
    ]),
    ("SetAside", &[
        ("locator", Any, "Where the passage stands: § 3."),
        ("begins", Any, "Its first words, where not all that the locator names is meant."),
        ("because", Any, "Why no claim is made of it: it repeats § 1, it asks, it advertises."),
    ]),
    ("SourceStatus", &[
        ("is", Any, "Current, corrected, or retracted."),
        ("on", Date, "Since when."),
        ("because", Any, "Why, in Markdown."),
    ]),
    ("Status", &[
        ("is", Any, "current (the default), corrected or withdrawn."),
        ("on", Date, "Since when."),
        ("because", Any, "Why, in Markdown."),
    ]),
    ("Article", &[
        ("title", Any, "The title."),
        ("description", Any, "What it is about, in a sentence."),
        ("date", Date, "When it was first published."),
        ("updated", Date, "When it was last changed."),
        ("authors", Any, "Who wrote it."),
        ("slug", Id, "Its id, and the last segment of its address; made from the file's name, unless said otherwise."),
        ("order", Any, "Its place among the articles; those without come last."),
        ("draft", Any, "Whether it is left out unless drafts are asked for."),
        ("aliases", Any, "Old addresses, from the site's root, that lead here."),
        ("about", Id, "Records that it is about."),
        ("template", Any, "Another template of the theme than article.html."),
        ("image", Any, "The picture above it, which also stands for it where it is shared."),
        EXTRA,
    ]),
 ("Image", &[
        ("file", Any, "Its file, from the article's own."),
        ("alt", Any, "What it shows, for those who do not see it."),
        ("caption", Any, "What stands below it, in Markdown, with its citations."),
        ("credit", Any, "Whose picture it is, in Markdown."),
    ]),
    ("Site", &[
        ("title", Any, "The dossier's title."),
        ("description", Any, "What it is about, in a sentence or two."),
        ("language", Any, "The language of the interface and of the text: fr (the default) or en."),
        ("authors", Any, "Who answers for the dossier."),
        ("base_url", WebUrl, "Where the site will be: https://example.org/dossier. Only for what must be absolute."),
        ("theme", Id, "A folder of themes/, or several, the first before the others; what they lack comes from the built-in theme."),
        ("output", Any, "The output folder, from the dossier's root; public, unless said otherwise."),
        ("paths", Any, "First segments of the addresses, where they are not the usual ones."),
        ("captures", Any, "Private copies of the sources."),
        ("markdown", Any, "How Markdown is read."),
        ("sources", Any, "What is shown of sources."),
        ("search", Any, "How readers search."),
        ("citations", Any, "How references are written."),
        ("serve", Any, "How `sourcebook serve` previews."),
        ("publish", Any, "What is written for hosts and readers besides pages."),
        ("deploy", Any, "Where `sourcebook deploy` puts the site, by the name of each place."),
        ("milestones", Any, "Days whose state of knowledge has a page of its own."),
        ("stamp", Any, "Authorities that `sourcebook stamp` asks for timestamps (RFC 3161)."),
        ("feedback", Any, "Where a reader writes who finds something wrong."),
        ("history", Any, "Pages that say what records said before, from git; none without this table."),
        ("import", Any, "How tables are imported."),
        ("rules", Any, "Levels of rules, by code: deny, warn, hint or off."),
        ("exceptions", Any, "What a rule is to let pass of one record or article."),
        ("quotes", Any, "How much may be quoted."),
        ("leaks", Any, "How many words of a capture may stand in the output undeclared."),
        EXTRA,
    ]),
    ("History", &[
        ("since", Date, "A day: changes before it are not told."),
        ("authors", Any, "Whether the authors of commits are named; they are unless this is false."),
        ("except", Any, "Ids of records of which nothing is told."),
    ]),
    ("Import", &[("columns", Any, "What the columns of tables mean: their names, and the keys of records.")]),
    ("Paths", &[
        ("actors", Id, "In place of actors."),
        ("events", Id, "In place of events."),
        ("places", Id, "In place of places."),
        ("sources", Id, "In place of sources."),
        ("questions", Id, "In place of questions."),
        ("claims", Id, "In place of claims."),
        ("articles", Id, "In place of articles: the index of articles."),
        ("timeline", Id, "In place of timeline."),
        ("disagreements", Id, "In place of disagreements."),
        ("as_of", Id, "In place of as-of."),
        ("compare", Id, "In place of compare."),
        ("history", Id, "In place of history: below the page of a record, what it said before."),
    ]),
    ("Captures", &[("dir", Any, "The folder, from the dossier's root. It is private and may be absent.")]),
    ("Html", &[("html", Any, "What becomes of raw HTML in Markdown: it is refused (the default), escaped, or allowed.")]),
    ("Sources", &[("show_reliability", Any, "Whether the grades of sources are shown.")]),
    ("Citations", &[("style", Any, "A citation style (CSL): a name such as apa or chicago-notes, or a .csl file of the dossier.")]),
    ("Publish", &[
        ("data", Any, "Whether the exports are written, under data/; they are unless this is false."),
        ("embed", Any, "Whether claims and questions have cards that others can embed, under embed/; they have none unless this is true."),
        ("headers", Any, "Whether _headers and _redirects are written; they are unless this is false."),
        ("cname", Any, "The domain of GitHub Pages' CNAME: dossier.example.org."),
        ("image", Any, "The picture that stands for the dossier where it is shared: a path within content/."),
        ("precompress", Any, "Compressed twins of files of text, for hosts that serve them: gzip, brotli or both; none by default."),
    ]),
    ("Search", &[("full_text", Any, "Whether the text of every article and record can be searched, by an index under /pagefind/.")]),
    ("Deploy", &[
        ("kind", Any, "s3, gcs or azure (object stores), git (a branch), rsync or folder."),
        ("max_deletes", Any, "How many files one deploy may remove; a tenth of them or 20, unless said otherwise."),
        ("bucket", Any, "The bucket, of s3 and gcs."),
        ("prefix", Any, "The folder within the bucket or container."),
        ("endpoint", WebUrl, "The store's address, where it is not the usual one."),
        ("region", Any, "The region, of s3."),
        ("account", Any, "The storage account, of azure."),
        ("container", Any, "The container, of azure: $web for a static website."),
        ("remote", Any, "The git remote, by name or address; origin, unless said otherwise."),
        ("branch", Any, "The branch; gh-pages, unless said otherwise."),
        ("message", Any, "What each commit says; Publish the site, unless said otherwise."),
        ("destination", Any, "Where rsync puts the site: user@host:/var/www/dossier."),
        ("path", Any, "The folder, from the dossier's root."),
    ]),
    ("Serve", &[("editor", Any, "What a link to a line of a file opens in the preview: vscode (the default), another editor, or none.")]),
    ("Milestone", &[
        ("date", Day, "The day: YYYY-MM-DD."),
        ("title", Any, "What the day is remembered for."),
    ]),
    ("Stamp", &[
        ("id", Id, "What its files are called: proof/ID.pem holds the certificates that its tokens must lead to."),
        ("name", Any, "As pages name it; its id, unless said otherwise."),
        ("url", WebUrl, "Where it answers."),
    ]),
    ("Feedback", &[
        ("mail", Any, "A mail address: corrections@example.org."),
        ("url", Any, "An address, such as an issue tracker's form; {id}, {url} and {quote} are filled in."),
    ]),
    ("Exception", &[
        ("rule", Id, "The rule's code."),
        ("id", Any, "The record or article."),
        ("because", Any, "Why."),
        ("until", Day, "The last day on which the exception holds: YYYY-MM-DD."),
    ]),
    ("Quotes", &[
        ("max_words", Any, "Words of one quotation."),
        ("max_share", Any, "Part of a capture's words that all quotations from it together may hold, 0 to 1."),
    ]),
    ("Leaks", &[("words", Any, "So many words of a capture in a row may stand in the output undeclared, and no more.")]),
];
