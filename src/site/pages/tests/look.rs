//! The picture above an article; templates that change one block of the program's own.

use super::{ADDRESS, SITE, build, data};

/// Sixty-four pixels by thirty-two.
const GIF: &str = "GIF89a\u{40}\0\u{20}\0\0\0\0;;;;;;;;";

#[test]
fn a_picture_stands_above_its_article_and_for_it() {
    let article = "---\ntitle: Bridge\nimage:\n  file: img/b.gif\n  alt: 'A \"bridge\"'\n  caption: Seen *from the north* [@c].\n  credit: \"[Ann](https://example.org/ann)\"\n---\nText, which is long enough to owe what it cites [@c].\n";
    let (files, diagnostics) =
        build(&format!("{SITE}{ADDRESS}"), &[("content/a/bridge.md", article), ("content/a/img/b.gif", GIF)]);
    assert!(!diagnostics.iter().any(|d| d.code == "missing-file" || d.code == "image-without-alt"), "{diagnostics:?}");
    let page = &files["a/bridge/index.html"];
    let figure = &page[page.find("<figure class=\"picture lead-picture\"").unwrap()..page.find("</figure>").unwrap()];
    for part in [
        "src=\"../../a/img/b.gif\" alt=\"A “bridge”\" width=\"64\" height=\"32\"",
        "<figcaption>Seen <em>from the north</em>",
        "href=\"#note-1\"",
        "<span class=\"credit\">Photo: <a class=\"external\" rel=\"noopener\" href=\"https://example.org/ann\">Ann</a></span>",
    ] {
        assert!(figure.contains(part), "{part} in {figure}");
    }
    assert!(page.contains("id=\"use-1-b\""), "the text uses the caption's note again");
    assert!(page.contains("<meta property=\"og:image\" content=\"https://example.org/d/a/img/b.gif\">"));
    assert_eq!(data(page)["image"], "https://example.org/d/a/img/b.gif");
    assert!(!files["essay/index.html"].contains("og:image"));
}

#[test]
fn themes_stand_on_one_another() {
    let site = format!("{SITE}theme = [\"herald\", \"house\"]\n");
    let (files, diagnostics) = build(
        &site,
        &[
            (
                "themes/house/templates/base.html",
                "{% extends \"default/base.html\" %}{% block brand %}House{% endblock brand %}",
            ),
            (
                "themes/herald/templates/base.html",
                "{% extends \"house/base.html\" %}{% block tools %}<img src=\"{{ file(name=\"a b.svg\") }}\" alt=\"\">{% endblock tools %}",
            ),
            ("themes/house/static/a b.svg", "<svg/>"),
            ("themes/herald/static/z.css", ".brand { background: Url( \"./a b.svg?v#x\" ) }"),
            ("themes/house/i18n/en.toml", "[base]\nskip = \"House skip\"\nclose = \"House close\""),
            ("themes/herald/i18n/en.toml", "[base]\nskip = \"Herald skip\""),
        ],
    );
    assert!(!diagnostics.iter().any(|d| d.code == "missing-file" || d.code.starts_with("theme")), "{diagnostics:?}");
    let page = &files["claims/c/index.html"];
    assert!(page.contains("House\n") && page.contains("Herald skip"), "{page}");
    let picture = files.keys().find(|path| path.starts_with("assets/a b.")).unwrap();
    let name = picture.strip_prefix("assets/").unwrap().replace(' ', "%20");
    assert!(page.contains(&format!("src=\"../../assets/{name}\"")));
    let style = files.iter().find(|(path, _)| path.starts_with("assets/style.")).unwrap().1;
    assert!(style.trim_end().ends_with(&format!(".brand {{ background: url(\"{name}?v#x\") }}")), "{style}");
}

#[test]
fn a_template_changes_one_block_of_the_programs_own() {
    let base = "{% extends \"default/base.html\" %}{% block brand %}<p class=\"logo\">{{ site.title }}</p>{% endblock brand %}";
    let claim =
        "{% extends \"default/claim.html\" %}{% block after %}<p>After {{ claim.label }}.</p>{% endblock after %}";
    let (files, diagnostics) =
        build(SITE, &[("themes/default/templates/base.html", base), ("themes/default/templates/claim.html", claim)]);
    assert!(!diagnostics.iter().any(|d| d.code.starts_with("te") || d.code.starts_with("theme")), "{diagnostics:?}");
    let page = &files["claims/c/index.html"];
    assert!(page.contains("<p class=\"logo\">T &amp; &lt;T&gt;</p>") && page.contains("class=\"infobox\""));
    assert!(page.contains("<p>After "));
    assert!(files["index.html"].contains("class=\"logo\""));
}

#[test]
fn blocks_of_data_stand_in_articles() {
    let article = "---\ntitle: Data\n---\n```table\nfile: d/troops.csv\ncolumns: [who, \"how many\"]\n```\nWhat each side gave, as they said themselves then [@c].\nsource: *Ann*\n\n```video\nurl: https://www.youtube.com/watch?v=x\ntitle: The \"speech\"\nposter: p.gif\nat: 1:23\n```\n\n```audio\nfile: /a.mp3\ntitle: The call\n```\n\n```note\nwords: [One, \"<b>\"]\n```\n\n```yaml\na: b\n```\n";
    let own = "<div class=\"own\">{% for word in data.words %}{{ word }};{% endfor %}</div>";
    let (files, diagnostics) = build(
        SITE,
        &[
            ("content/data.md", article),
            ("content/d/troops.csv", "who,note,how many\n<b>A</b>,x,\"11,000\"\nB,y,\n"),
            ("content/p.gif", GIF),
            ("content/a.mp3", "sound"),
            ("themes/default/templates/blocks/note.html", own),
        ],
    );
    let told: Vec<_> =
        diagnostics.iter().filter(|d| !["uncited-paragraph"].contains(&d.code)).map(|d| &d.message).collect();
    assert!(!told.iter().any(|message| message.contains("data") || message.contains("note.html")), "{told:?}");
    let page = &files["data/index.html"];
    for part in [
        "<table data-sortable>",
        "<th scope=\"col\">who</th><th scope=\"col\" class=\"cell-right\">how many</th>",
        "<td>&lt;b&gt;A&lt;/b&gt;</td><td class=\"cell-right\" data-value=\"11000\" data-label=\"how many\">11,000</td>",
        "<a href=\"../d/troops.csv\" download>",
        "<figcaption>What each side gave, as they said themselves then",
        "<span class=\"credit\">Source: <em>Ann</em></span></figcaption></figure>",
        "href=\"https://www.youtube.com/watch?v=x&amp;t=83s\"",
        "<img src=\"../p.gif\" alt=\"\" width=\"64\" height=\"32\"",
        "The “speech”, from 1:23",
        "watch on youtube.com",
        "<audio controls preload=\"none\" title=\"The call\" src=\"../a.mp3\">",
        "<div class=\"own\">One;&lt;b&gt;;</div>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("iframe"));
}

#[test]
fn a_card_that_stands_twice_has_ids_of_its_own_each_time() {
    let sheet = "sources:\n  s: { title: S }\nquestions:\n  q: { text: How many?, kind: quantity }\n  q-2: { text: And then?, kind: quantity }\n\
         claims:\n  a: { statement: A., answers: { q: 10, q-2: 1 }, evidence: { source: s } }\n  \
         b: { statement: B., answers: { q: 20, q-2: 2 }, evidence: { source: s } }\n";
    let article = "---\ntitle: E\n---\nSo it is [@a].\n\n![[q]]\n\nOnce more.\n\n![[q]]\n\n![[q-2]]\n\n![[q]]\n";
    let (files, _) =
        build("title = \"T\"\nlanguage = \"en\"\n", &[("content/a.yaml", sheet), ("content/e.md", article)]);
    let html = &files["e/index.html"];
    let mut ids: Vec<_> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert_eq!(ids.iter().filter(|id| id.starts_with("figure-q")).count(), 8, "{ids:?}");
    for label in html.split("aria-labelledby=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(label.split(' ').all(|id| ids.contains(&id)), "{label} in {ids:?}");
    }
}

#[test]
fn charts_chronologies_and_comparisons_stand_in_articles() {
    let sheet = "actors:\n  ann: { name: Ann }\nevents:\n  e: { title: The event, date: 2024-05, actors: [ann] }\n  f: { title: Another, date: 2026, actors: [ann] }\n\
         sources:\n  s: { title: S }\n  t: { title: T }\nquestions:\n  q: { text: How many?, kind: quantity }\nclaims:\n  \
         a: { statement: Ten came., by: ann, on: 2024-05-07, answers: { q: 10 }, evidence: { source: s } }\n  \
         b: { statement: Twenty came., answers: { q: 20 }, status: { is: withdrawn }, evidence: { source: t } }\n  \
         c: { statement: Thirty came., by: ann, answers: { q: 30 }, evidence: { source: t } }\n";
    let article = "---\ntitle: D\n---\n```chart\nfile: d.csv\ntitle: Lost <b>\nkind: lines\n```\nsource: Ann\n\n```chart\nfile: d.csv\ntitle: Bars\nvalues: [lost]\n```\nsource: Ann\n\n\
         ```timeline\nof: ann\nuntil: 2025\n```\n\n```timeline\nrecords: [b, e]\n```\n\n```compare\nquestion: q\n```\n\n```compare\nsources: [s, t]\n```\n";
    let (files, diagnostics) = build(
        "title = \"T\"\nlanguage = \"en\"\n",
        &[
            ("content/a.yaml", sheet),
            ("content/d.md", article),
            ("content/d.csv", "month,lost,found\n2024-01,\"1,200\",5\n2024-02,,6\n2024-03,1.5,\n2024-04,-2,\n"),
        ],
    );
    assert!(
        !diagnostics.iter().any(|d| d.code.starts_with("bad-") || d.code == "data-without-source"),
        "{diagnostics:?}"
    );
    let page = &files["d/index.html"];
    for part in [
        "<figure class=\"fig fig-lines\" id=\"chart-1\" aria-labelledby=\"chart-1-title\"><p class=\"fig-title\" id=\"chart-1-title\">Lost &lt;b&gt;</p>",
        "<td class=\"cell-right\" data-value=\"1200\" data-label=\"lost\">1,200</td>",
        "<p class=\"fig-who\">2024-02</p><p class=\"fig-value\">no value</p>",
        "<li class=\"is-event\">",
        "One entry whose date is not known is left out.",
        "<span class=\"lapsed-mark\" data-lapse=\"withdrawn\">",
        "<li data-answer=\"a\"><a class=\"claim\" href=\"../claims/a/index.html\">Ten came.</a> <span class=\"quiet\">Ann",
        "<span class=\"contest\">",
        "<section class=\"facing\" data-question=\"q\" data-how=\"differ\">",
        "verdict-differs",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    // Of the second line no two values follow each other, nor does the one before the gap join the one after it.
    assert_eq!(page.matches("class=\"fig-line fig-line-1\" x1").count(), 1, "2024-03 to 2024-04");
    assert_eq!(page.matches("class=\"fig-line fig-line-2\" x1").count(), 1, "2024-01 to 2024-02");
    assert!(!page.contains("Another"), "an event after the end");
    assert!(files["events/e/index.html"].contains("href=\"../../d/"), "the event says which article shows it");
}

#[test]
fn what_a_sheet_adds_reaches_cards_and_lists() {
    let sheet = "actors:\n  ann: { name: Ann, extra: { logo: a.svg } }\nsources:\n  s: { title: S, extra: { logo: s.svg } }\n  t: { title: T }\nclaims:\n  \
         a: { statement: Ten came., by: ann, extra: { mood: sure }, evidence: { source: s } }\n  b: { statement: Two came., evidence: { source: t } }\n";
    let own = "<p>{{ claim.label }}: {% if claim.extra %}{{ claim.extra.mood }}{% endif %} {% if claim.source.extra %}{{ claim.source.extra.logo }}{% endif %} {{ site.extra.motto }}</p>";
    let whole = format!("{{% include \"default/cards/claim.html\" %}}{own}");
    let list =
        "{% for item in items %}[{{ item.label }} {% if item.extra %}{{ item.extra.logo }}{% endif %}]{% endfor %}";
    let index = format!(
        "{{% extends \"base.html\" %}}{{% block content %}}{{% if kind == \"actors\" %}}{list}{{% endif %}}{{% endblock content %}}"
    );
    let (files, diagnostics) = build(
        "title = \"T\"\nlanguage = \"en\"\n[extra]\nmotto = \"Ever\"\n",
        &[
            ("content/a.yaml", sheet),
            ("content/e.md", "---\ntitle: E\n---\n![[a]]\n\n![[b]]\n"),
            ("themes/default/templates/cards/claim.html", &whole),
            ("themes/default/templates/index.html", &index),
        ],
    );
    let faults: Vec<_> = diagnostics.iter().filter(|d| d.code.starts_with("t")).collect();
    assert!(faults.iter().all(|d| d.code == "theme-omits"), "{faults:?}");
    let page = &files["e/index.html"];
    assert!(page.contains("<p>Ten came.: sure s.svg Ever</p>") && page.contains("<p>Two came.:   Ever</p>"), "{page}");
    let actors = files.iter().find(|(path, _)| path.starts_with("actors/index")).unwrap().1;
    assert!(actors.contains("[Ann a.svg]"), "{actors}");
}
