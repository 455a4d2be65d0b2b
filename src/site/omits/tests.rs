//! The default theme omits nothing; a theme that leaves something out is refused.

use std::collections::BTreeSet;

use super::*;
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::dossier::load::load;

fn theme(files: &[(&str, &str)], language: Language) -> Theme {
    let site = format!("title = \"T\"\ntheme = \"house\"\nlanguage = \"{}\"\n", language.as_str());
    let mut world =
        MemoryWorld::new().with("site.toml", site).with("themes/house/static/house.css", "a { color: red }");
    for (path, text) in files {
        world = world.with(format!("themes/house/templates/{path}"), *text);
    }
    let mut parsed = load(&world).value;
    let theme = crate::theme::load(&mut parsed, &world);
    // No article here asks for a template of its own, so that one may be told as unused.
    assert!(theme.diagnostics.iter().all(|fault| fault.code == "theme-unused"), "{:?}", theme.diagnostics);
    theme.value
}

/// What a theme of these files omits.
fn omitted(files: &[(&str, &str)]) -> BTreeSet<Missing> {
    let theme = theme(files, Language::English);
    missing(&theme, Language::English, &BTreeSet::new(), &|name| is_touched(&theme, name))
}

/// The same, by the template and what.
fn whats(files: &[(&str, &str)], template: &str) -> BTreeSet<What> {
    omitted(files).into_iter().filter(|m| m.template == template).map(|m| m.what).collect()
}

#[test]
fn the_default_theme_omits_nothing() {
    for language in Language::ALL {
        let missing = missing(&theme(&[], *language), *language, &BTreeSet::new(), &|_| true);
        assert_eq!(missing, BTreeSet::new());
    }
}

#[test]
fn a_card_that_prints_only_the_label_is_refused() {
    let files = [("cards/claim.html", "<p>{{ claim.label }}</p>")];
    let found = whats(&files, "cards/claim.html");
    for what in [What::Lapse, What::Contested, What::Speaker, What::Evidence, What::Speech, What::When, What::Source] {
        assert!(found.contains(&what), "{what:?} of {found:?}");
    }
    let told = check(&theme(&files, Language::English), Language::English, &BTreeSet::new());
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].code, "theme-omits");
    assert!(told[0].span.is_some());
}

#[test]
fn a_card_in_its_own_words_is_not() {
    let card = "{% if claim.lapse %}<b>NO LONGER: {{ claim.lapse }}</b>{% elif claim.mark_html %}{{ claim.mark_html }}{% endif %}
        {{ claim.voice_label }} {{ claim.modality }}: {{ claim.label }}. {{ claim.when_html }}
        {% for item in claim.evidence %}{{ item.source.label }} {{ item.source.mark_html }} {{ item.state }} {{ item.speech }}
        {% if item.translation_by %}translated by {{ item.translation_by }}{% endif %}{% endfor %}
        {% if claim.contested %}<img src=\"x\" alt=\"Contested\">{% endif %} {{ claim.origins_label }}
        {% if claim.as_of %}{{ claim.as_of.html }}{% endif %}";
    assert_eq!(omitted(&[("cards/claim.html", card)]), BTreeSet::new());
}

/// A file of the default theme, what is taken out of it, what stands there instead, and which template then omits what.
const PLANTED: &[(&str, &str, &str, &str, What)] = &[
    ("chips/date.html", "({{ t.ui.inferred }})", "", "chips/date.html", What::Inferred),
    (
        "chips/when.html",
        "{{ reported }}{% if date.inferred %} <span class=\"inferred\">({{ t.ui.inferred }})</span>{% endif %}",
        "{{ reported }}",
        "chips/when.html",
        What::Inferred,
    ),
    ("chips/mark.html", "{{ label }}", "<i hidden>{{ label }}</i>", "chips/mark.html", What::Lapse),
    ("chips/when.html", "{{ t.claim.of_text }}", "", "chips/when.html", What::When),
    ("chips/evidence.html", "{{ state_label }}", "", "chips/evidence.html", What::Evidence),
    ("chips/evidence.html", "({{ speech_label }})", "", "chips/evidence.html", What::Speech),
    ("chips/flags.html", "{{ origins_label }}", "", "chips/flags.html", What::Origins),
    ("chips/flags.html", "{{ contested_label }}", "", "chips/flags.html", What::Contested),
    ("chips/answer.html", "{{ answer.claim.voice_label }}", "", "chips/answer.html", What::Speaker),
    ("chips/answer.html", "{{ answer.claim.mark_html }}", "", "chips/answer.html", What::Lapse),
    ("chips/answer.html", "{{ answer.state_label }}", "", "chips/answer.html", What::NotAsserted),
    ("components/claim-card.html", "{{ claim.lapse_html }}", "", "cards/claim.html", What::Lapse),
    ("components/claim-card.html", "{{ differs }}", "", "cards/answer.html", What::Contested),
    ("components/claim-card.html", "{{ item.state_label }}", "", "cards/answer.html", What::Evidence),
    ("components/claim-card.html", "({{ t.ui.inferred }})", "", "cards/answer.html", What::Inferred),
    ("claim.html", "{{ claim.because_html }}", "", "claim.html", What::Because),
    ("claim.html", "{{ claim.flags_html }}", "", "claim.html", What::Contested),
    (
        "claim.html",
        "<p class=\"verification\">{{ line }}</p>\n      {%- endfor %}\n      {%- for line in claim.stamped",
        "{%- endfor %}\n      {%- for line in claim.stamped",
        "claim.html",
        What::Public,
    ),
    ("source.html", "{{ source.public.label }}", "", "source.html", What::Public),
    ("question.html", "{{ answer.card_html }}", "{{ answer.value_label }}", "question.html", What::Speaker),
    ("question.html", "{{ set.sentence_html }}", "", "question.html", What::Arithmetic),
    ("partials/notes.html", "{{ t.notes.contested }}", "", "question.html", What::Contested),
    ("partials/index-claims.html", "{{ item.link_html }}", "{{ item.label }}", "index.html", What::Lapse),
    (
        "components/lists.html",
        "{% if entry.item.contested %} <span class=\"contest\">{{ t.claim.contested }}</span>{% endif %}",
        "",
        "timeline.html",
        What::Contested,
    ),
    ("components/lists.html", "{{ answer.claim.voice_label }}", "", "blocks/compare.html", What::Speaker),
    (
        "components/lists.html",
        "{% if answer.contested %} <span class=\"contest\">{{ t.claim.contested }}</span>{% endif %}",
        "",
        "blocks/compare.html",
        What::Contested,
    ),
    ("components/faces.html", "{{ set.sentence_html }}", "", "blocks/compare.html", What::Arithmetic),
    ("as-of.html", "{{ answer.lapse }}", "", "as-of.html", What::Lapse),
    ("components/lists.html", "{{ line.who }}", "", "disagreements.html", What::Speaker),
    ("event.html", "{{ before.date.html }}", "{{ before.date.label }}", "event.html", What::Inferred),
    ("frame/foot.html", "{{ t.base.rule }}", "", "frame/foot.html", What::Rule),
];

#[test]
fn each_omission_that_is_planted_is_found() {
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for (file, from, to, ..) in PLANTED {
        let own = || crate::theme::default_template(file).unwrap().to_owned();
        let text = files.entry(file).or_insert_with(own);
        assert!(text.contains(from), "{file} has no `{from}`");
        *text = text.replace(from, to);
    }
    let files: Vec<_> = files.iter().map(|(file, text)| (*file, &**text)).collect();
    let found = omitted(&files);
    for (file, from, _, template, what) in PLANTED {
        let is = |m: &&Missing| m.template == *template && m.what == *what;
        assert!(found.iter().any(|m| is(&m)), "{file} without `{from}`: {found:?}");
    }
}

#[test]
fn a_page_that_names_nothing_owes_nothing() {
    assert_eq!(omitted(&[("home.html", "")]), BTreeSet::new());
    let found = whats(
        &[("timeline.html", "{% for g in groups %}{% for e in g.entries %}{{ e.item.label }}{% endfor %}{% endfor %}")],
        "timeline.html",
    );
    assert!(found.contains(&What::Lapse) && found.contains(&What::Contested), "{found:?}");
}

/// The card as it stood before marks of texts came, which a house may have copied then.
#[test]
fn old_copies_are_judged_too() {
    let card = crate::theme::default_template("components/claim-card.html").unwrap();
    let old = card.replace("{%- elif claim.mark_html %}\n  <p class=\"status\">{{ claim.mark_html }}</p>\n", "");
    assert_ne!(card, old);
    assert_eq!(whats(&[("components/claim-card.html", &old)], "cards/claim.html"), BTreeSet::from([What::Lapse]));
}

#[test]
fn templates_that_articles_ask_for_are_judged() {
    let theme = theme(&[("wide.html", "<h1>{{ article.title }}</h1>")], Language::English);
    let asked = BTreeSet::from(["wide.html".to_owned()]);
    let found = missing(&theme, Language::English, &asked, &|_| true);
    assert!(found.iter().any(|m| m.template == "wide.html" && m.what == What::Itself), "{found:?}");
    assert_eq!(missing(&theme, Language::English, &BTreeSet::new(), &|_| true), BTreeSet::new());
}

/// The list of the documentation is this list.
#[test]
fn the_documentation_has_the_list() {
    let docs = include_str!("../../../docs/theming.md");
    let row = |must: &contract::Must| {
        let values = |keys: &[&str]| {
            let at =
                if matches!(must.at, "" | "*") { String::new() } else { format!("{}.", must.at.replace('/', ".")) };
            keys.iter().map(|key| format!("`{at}{key}`")).collect::<Vec<_>>().join(" ")
        };
        let template = if must.template == "*" { "any".to_owned() } else { format!("`{}`", must.template) };
        let beside = if must.beside.is_empty() { "always".to_owned() } else { "where it is named".to_owned() };
        format!("| {template} | {} | {} | {beside} |", must.what.told(), values(must.shows))
    };
    let mut rows: Vec<_> = contract::LIST.iter().map(row).collect();
    rows.dedup();
    let table = rows.join("\n");
    assert!(docs.contains(&table), "docs/theming.md must have this table:\n{table}");
}
