//! What a theme must show: the list, which `docs/theming.md` prints and a test compares.
//!
//! A row names a template, a place among its values, and the keys of which the template must show one. It is asked for where
//! any of these keys holds something, and, with `beside`, only where the template shows one of those: a theme need not name a
//! claim, but where it names one it shows what became of it.

use tera::value::Map;

use super::knock::{get, holds};

/// What a reader must see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// What became of a claim or of its text.
    Lapse,
    /// Why.
    Because,
    /// That other answers differ.
    Contested,
    /// That a date was inferred.
    Inferred,
    /// That an answer is denied, foretold, or nobody's.
    NotAsserted,
    /// Who speaks.
    Speaker,
    /// How: denies, estimates.
    Manner,
    /// When, and which day that is.
    When,
    /// What was found of a quote.
    Evidence,
    /// What was found of a quote in somebody else's copy.
    Public,
    /// Whose words a quote is.
    Speech,
    /// The words.
    Quote,
    /// That words are translated, and by whom.
    Translated,
    /// Which text it was read in.
    Source,
    /// How many independent voices stand behind.
    Origins,
    /// How two answers compare, and why.
    Verdict,
    /// What cannot all be true.
    Arithmetic,
    /// The text of the article, the name of the record, the value of the answer.
    Itself,
    /// What is the rule where nothing is marked.
    Rule,
}

impl What {
    /// As messages and the documentation call it.
    pub fn told(self) -> &'static str {
        match self {
            Self::Lapse => "what became of a claim or its text (withdrawn, corrected, replaced, retracted)",
            Self::Because => "why it no longer stands",
            Self::Contested => "that it is contested",
            Self::Inferred => "that a date is inferred",
            Self::NotAsserted => "that an answer is denied, foretold or not given",
            Self::Speaker => "who speaks",
            Self::Manner => "how it is said (estimates, denies …)",
            Self::When => "of which day the date is",
            Self::Evidence => "the state of evidence (not found, no capture …)",
            Self::Public => "whether the words stand in the public copy",
            Self::Speech => "whose words a quote is",
            Self::Quote => "the words of the source",
            Self::Translated => "that words are translated, and by whom",
            Self::Source => "the source",
            Self::Origins => "how many independent voices stand behind",
            Self::Verdict => "how answers compare",
            Self::Arithmetic => "what cannot all be true",
            Self::Itself => "what it is about",
            Self::Rule => "what holds where nothing is marked",
        }
    }
}

/// A row of the list.
pub struct Must {
    /// The template; `*` is any.
    pub template: &'static str,
    /// The place of the mapping among its values, with `/` between names; `*` is any, and nothing the values themselves.
    pub at: &'static str,
    /// What must be seen.
    pub what: What,
    /// Any of these shows it.
    pub shows: &'static [&'static str],
    /// Asked for only where one of these is shown; always where there are none.
    pub beside: &'static [&'static str],
    /// Whether there is anything to show.
    pub when: fn(&Map) -> bool,
}

const ALWAYS: &[&str] = &[];
/// Keys by which a record or an answer is named.
pub const NAMES: &[&str] = &[
    "label",
    "text",
    "text_html",
    "title",
    "name",
    "statement_html",
    "value_label",
    "link_html",
    "html",
    "short_html",
    "short",
    "label_html",
];
const WHO: &[&str] = &["speaker_html", "speaker_label", "voice_html", "voice_label", "card_html", "claim", "who"];

const fn must(
    template: &'static str,
    at: &'static str,
    what: What,
    shows: &'static [&'static str],
    beside: &'static [&'static str],
) -> Must {
    Must { template, at, what, shows, beside, when: |_| true }
}

const fn when(must: Must, when: fn(&Map) -> bool) -> Must {
    Must { when, ..must }
}

fn word_is_other(map: &Map, key: &str, usual: &str) -> bool {
    get(map, key).and_then(|value| value.as_str()).is_some_and(|word| !word.is_empty() && word != usual)
}

/// Whether the date stands within a sentence, without its own mark.
fn is_inferred_in_words(map: &Map) -> bool {
    let is_inferred = get(map, "date").and_then(|date| date.as_map()).is_some_and(|date| holds(date, "inferred"));
    is_inferred && get(map, "from").and_then(|from| from.as_str()) == Some("reported")
}

fn is_contested(map: &Map) -> bool {
    holds(map, "contested")
}

fn is_marked_state(map: &Map) -> bool {
    holds(map, "state_label") && word_is_other(map, "state", "verbatim")
}

fn is_of_kind(map: &Map, kind: &str) -> bool {
    get(map, "kind").and_then(|value| value.as_str()) == Some(kind)
}

/// Every row, fragments first.
pub static LIST: &[Must] = &[
    must("chips/link.html", "", What::Itself, &["label_html"], ALWAYS),
    must("chips/mark.html", "", What::Lapse, &["label", "is"], ALWAYS),
    must("chips/date.html", "date", What::Itself, &["label", "phrase"], ALWAYS),
    when(must("chips/when.html", "", What::When, &["from"], ALWAYS), |map| word_is_other(map, "from", "said")),
    when(must("chips/when.html", "", What::Inferred, &["date"], ALWAYS), is_inferred_in_words),
    must("chips/evidence.html", "", What::Quote, &["quote"], ALWAYS),
    must("chips/evidence.html", "", What::Quote, &["shows"], ALWAYS),
    must("chips/evidence.html", "", What::Translated, &["translation_by"], &["translation"]),
    must("chips/evidence.html", "", What::Source, &["source_html", "outlet"], ALWAYS),
    must("chips/evidence.html", "", What::Source, &["via_html"], ALWAYS),
    must("chips/evidence.html", "", What::Speech, &["speech_label"], ALWAYS),
    must("chips/evidence.html", "", What::Evidence, &["state_label"], ALWAYS),
    must("chips/evidence.html", "", What::Evidence, &["remark"], ALWAYS),
    must("chips/flags.html", "", What::Contested, &["contested_label"], ALWAYS),
    must("chips/flags.html", "", What::Origins, &["origins_label"], ALWAYS),
    must("chips/verdict.html", "", What::Verdict, &["verdict_label", "verdict"], ALWAYS),
    must("chips/verdict.html", "", What::Verdict, &["reason_label"], ALWAYS),
    must("chips/verdict.html", "", What::Itself, &["link_html"], ALWAYS),
    must("chips/answer.html", "answer", What::Itself, &["value_label"], ALWAYS),
    must("chips/answer.html", "answer/claim", What::Speaker, WHO, ALWAYS),
    must("cards/claim.html", "claim", What::Speaker, WHO, ALWAYS),
    must("cards/claim.html", "claim", What::Manner, &["modality_label", "modality"], ALWAYS),
    must("cards/claim.html", "claim", What::When, &["when_html", "said"], ALWAYS),
    when(
        must("cards/claim.html", "claim", What::Contested, &["flags_html", "contested", "contested_label"], ALWAYS),
        is_contested,
    ),
    when(
        must(
            "cards/claim.html",
            "claim",
            What::Origins,
            &["flags_html", "origins_label", "origins_marked", "origins_count"],
            ALWAYS,
        ),
        |map| holds(map, "origins_marked"),
    ),
    when(
        must("cards/claim.html", "claim/evidence", What::Evidence, &["html", "state_label", "state"], ALWAYS),
        is_marked_state,
    ),
    when(
        must("cards/claim.html", "claim/evidence", What::Speech, &["html", "speech_label", "speech"], ALWAYS),
        |map| holds(map, "speech_label"),
    ),
    when(
        must(
            "cards/claim.html",
            "claim/evidence",
            What::Translated,
            &["html", "translation_by"],
            &["html", "translation"],
        ),
        |map| holds(map, "translation_by"),
    ),
    must("cards/claim.html", "claim/evidence", What::Source, &["html", "source"], ALWAYS),
    must("cards/answer.html", "claim", What::Speaker, WHO, ALWAYS),
    must("cards/answer.html", "claim", What::Manner, &["modality_label", "modality"], ALWAYS),
    must("cards/answer.html", "claim", What::When, &["when_html", "said"], ALWAYS),
    must("cards/answer.html", "", What::Contested, &["differs"], ALWAYS),
    when(
        must(
            "cards/answer.html",
            "claim",
            What::Origins,
            &["origins_label", "origins_marked", "origins_count"],
            ALWAYS,
        ),
        |map| holds(map, "origins_marked"),
    ),
    when(
        must("cards/answer.html", "claim/evidence", What::Evidence, &["html", "state_label", "state"], ALWAYS),
        is_marked_state,
    ),
    when(
        must("cards/answer.html", "claim/evidence", What::Speech, &["html", "speech_label", "speech"], ALWAYS),
        |map| holds(map, "speech_label"),
    ),
    when(
        must(
            "cards/answer.html",
            "claim/evidence",
            What::Translated,
            &["html", "translation_by"],
            &["html", "translation"],
        ),
        // Of a translation whose translator nobody names, no name can be shown.
        |map| holds(map, "translation_by"),
    ),
    must("cards/answer.html", "claim/evidence", What::Source, &["html", "source"], ALWAYS),
    must("cards/question.html", "answers/claim", What::Speaker, WHO, NAMES),
    must("claim.html", "claim", What::Speaker, WHO, ALWAYS),
    must("claim.html", "claim", What::Manner, &["modality_label", "modality"], ALWAYS),
    must("claim.html", "claim", What::When, &["when_html", "said"], ALWAYS),
    must("claim.html", "claim", What::Because, &["because_html"], ALWAYS),
    when(
        must("claim.html", "claim", What::Contested, &["flags_html", "contested", "contested_label"], ALWAYS),
        is_contested,
    ),
    when(
        must(
            "claim.html",
            "claim",
            What::Origins,
            &["flags_html", "origins_label", "origins_marked", "origins_count", "origins"],
            ALWAYS,
        ),
        |map| holds(map, "origins_marked"),
    ),
    when(
        must("claim.html", "claim/evidence", What::Evidence, &["html", "state_label", "state"], ALWAYS),
        is_marked_state,
    ),
    when(must("claim.html", "claim/evidence", What::Speech, &["html", "speech_label", "speech"], ALWAYS), |map| {
        holds(map, "speech_label")
    }),
    must("claim.html", "claim/evidence", What::Source, &["html", "source"], ALWAYS),
    must("claim.html", "claim", What::Public, &["proof"], ALWAYS),
    must("claim.html", "claim/knots", What::Arithmetic, &["sentence_html"], ALWAYS),
    must("claim.html", "claim/answers/impossible", What::Arithmetic, &["sentence_html"], ALWAYS),
    must("question.html", "sections/groups/answers", What::Speaker, &["card_html", "claim"], ALWAYS),
    when(
        must(
            "question.html",
            "sections/groups/answers",
            What::Contested,
            &["card_html", "contested", "differs_count"],
            ALWAYS,
        ),
        is_contested,
    ),
    must("question.html", "impossible", What::Arithmetic, &["sentence_html"], ALWAYS),
    must("question.html", "pairs", What::Verdict, &["verdict_label", "verdict"], &["a", "b", "reason_label"]),
    must("source.html", "source", What::Because, &["because_html"], ALWAYS),
    when(must("source.html", "verified", What::Evidence, &["label"], ALWAYS), |map| holds(map, "total")),
    must("source.html", "source/public", What::Public, &["label"], ALWAYS),
    when(must("actor.html", "answers", What::Contested, &["differs_count"], NAMES), |map| holds(map, "differs_count")),
    must("place.html", "answers/claim", What::Speaker, WHO, NAMES),
    when(must("timeline.html", "groups/entries/item", What::Contested, &["contested"], NAMES), is_contested),
    when(must("index.html", "items", What::Contested, &["contested"], NAMES), |map| {
        is_contested(map) && is_of_kind(map, "claim")
    }),
    when(must("index.html", "items", What::Speaker, WHO, NAMES), |map| is_of_kind(map, "claim")),
    when(must("as-of.html", "questions/groups/answers", What::Contested, &["contested"], NAMES), is_contested),
    must("as-of.html", "questions/groups/answers", What::Lapse, &["lapse", "state"], NAMES),
    must("as-of.html", "questions/groups/answers/claim", What::Speaker, WHO, NAMES),
    must("as-of.html", "questions/groups", What::NotAsserted, &["state_label", "state"], ALWAYS),
    when(must("as-of.html", "news/questions/answers", What::NotAsserted, &["stood_label"], NAMES), |map| {
        holds(map, "stood_label")
    }),
    must("as-of.html", "news/lapses", What::Lapse, &["lapse"], ALWAYS),
    must("as-of.html", "questions/impossible", What::Arithmetic, &["sentence_html"], ALWAYS),
    must("home.html", "disputed", What::Contested, &["differs_label", "differs_count", "contested"], NAMES),
    must("disagreements.html", "questions/tally", What::Speaker, WHO, NAMES),
    must("disagreements.html", "questions/impossible", What::Arithmetic, &["sentence_html"], ALWAYS),
    when(must("blocks/timeline.html", "timeline/entries/item", What::Contested, &["contested"], NAMES), is_contested),
    when(must("blocks/timeline.html", "timeline/entries/item", What::Speaker, WHO, NAMES), |map| {
        is_of_kind(map, "claim")
    }),
    must("blocks/compare.html", "compare/question/sections/groups/answers/claim", What::Speaker, WHO, NAMES),
    when(
        must(
            "blocks/compare.html",
            "compare/question/sections/groups/answers",
            What::Contested,
            &["contested"],
            ALWAYS,
        ),
        is_contested,
    ),
    must("blocks/compare.html", "compare/question/impossible", What::Arithmetic, &["sentence_html"], ALWAYS),
    must("blocks/compare.html", "compare/questions/sides/answers", What::Speaker, &["html", "claim"], ALWAYS),
    must("blocks/compare.html", "compare/questions/verdicts", What::Verdict, &["verdict_label", "verdict"], ALWAYS),
    must("article.html", "article", What::Itself, &["html"], ALWAYS),
    when(must("*", "notes", What::Contested, &["contested", "comparison_url"], NAMES), is_contested),
    when(must("*", "notes", What::Evidence, &["state_label", "state"], NAMES), is_marked_state),
    // In every template, wherever such a value is given.
    must("*", "*", What::Lapse, &["lapse", "lapse_html", "mark_html", "unsound", "unsound_label"], NAMES),
    must("*", "*", What::Inferred, &["inferred"], &["label", "phrase", "period"]),
    must("*", "*", What::NotAsserted, &["state_label"], &["value_label"]),
];

/// What rows for any place do not ask for, because another row asks for it, or because what is named there is marked in the
/// words themselves: template, place, what.
pub static BUT: &[(&str, &str, What)] = &[
    // Its words say it: they are made of the claim's lapse.
    ("*", "notes", What::Lapse),
    // As things stood on that day, which the answer's own row says.
    ("as-of.html", "questions/groups/answers/claim", What::Lapse),
    ("as-of.html", "questions/groups/answers", What::NotAsserted),
    // Likewise what is new; of what lapsed since, the line says how.
    ("as-of.html", "news/questions/answers/claim", What::Lapse),
    ("as-of.html", "news/questions/answers", What::NotAsserted),
    ("as-of.html", "news/lapses/claim", What::Lapse),
];
