use proptest::prelude::*;

use super::*;
use crate::evidence::readers::Spot;

/// The paragraphs of a page; ` | ` between them, with the spot of each that is no paragraph of the story before it.
fn read(page: &str) -> String {
    let text = of(page, READER.name, &Bounds::default()).unwrap();
    let shown = text.paragraphs().iter().map(|p| {
        let words = &text.as_str()[p.clone()];
        match text.place(p.start).spot {
            Spot::Paragraph(_) => words.to_owned(),
            other => format!("({other}) {words}"),
        }
    });
    shown.collect::<Vec<_>>().join(" | ")
}

#[track_caller]
fn check(page: &str, expect: &str) {
    assert_eq!(read(page), expect, "{page}");
}

#[test]
fn one_broken_element_does_not_hide_the_rest() {
    for broken in
        ["<svg><path d=''>", "<svg/>", "<video src=x>", "<canvas>", "<audio>", "<math>", "<object>", "<iframe>"]
    {
        let page = format!("<p>Avant</p>{broken}</p><p>Après</p>");
        let hides = ["<video src=x>", "<canvas>", "<audio>", "<iframe>"].contains(&broken);
        check(&page, if hides { "Avant" } else { "Avant | Après" });
        let within = format!("<div>{broken}</div><p>Après</p>");
        let last = if broken == "<iframe>" { "" } else { "Après" };
        assert_eq!(read(&within), last, "{within}");
    }
    check("<p>a<svg viewBox='0 0 1 1'/>b</p><p>c", "ab | c");
    check("<style/></style><p>x", "x");
}

#[test]
fn what_no_reader_sees_is_not_read() {
    for unseen in [
        "<p hidden>x</p>",
        "<div hidden=''><p>x</p></div>",
        "<p style='display:none'>x</p>",
        "<p style='color:red; DISPLAY: none !important'>x</p>",
        "<p style='visibility:hidden'>x</p>",
        "<p class='a sf-hidden'>x</p>",
        "<del>x</del>",
        "<s>x</s>",
        "<span style='text-decoration: line-through red'>x</span>",
        "<select><option>x</select>",
        "<textarea>x</textarea>",
        "<datalist><option>x</datalist>",
        "<noscript>x</noscript>",
        "<template>x</template>",
        "<dialog>x</dialog>",
        "<div popover>x</div>",
        "<title>x</title>",
        "<audio>x</audio>",
        "<ruby><rp>(</rp><rt>x</rt><rp>)</rp></ruby>",
        "<svg><title>x</title><desc>x</desc></svg>",
        "<img alt=x>",
        "<!-- x -->",
    ] {
        check(&format!("<p>vu</p>{unseen}<p>aussi"), "vu | aussi");
    }
}

#[test]
fn what_a_reader_sees_is_read() {
    for seen in [
        "<p hidden=until-found>x</p>",
        "<p style='display:none;display:block'>x</p>",
        "<p style='visibility:hidden'><b style='visibility:visible'>x</b>y</p>",
        "<details><summary></summary>x</details>",
        "<dialog open>x</dialog>",
        "<iframe srcdoc='&lt;p>x'></iframe>",
        "<div><template shadowrootmode=open><p>x</template></div>",
        "<div><template shadowmode=open><p>x</template>caché</div>",
        "<div><template shadowrootmode=open><p><slot></slot></p></template>x</div>",
        "<svg><text>x</text></svg>",
        "<ruby>x<rt>y</rt></ruby>",
        "<ins>x</ins>",
    ] {
        let text = of(&format!("<p>vu</p>{seen}<p>aussi"), READER.name, &Bounds::default()).unwrap();
        let words: Vec<_> = text.as_str().split_whitespace().collect();
        assert_eq!(words, ["vu", "x", "aussi"], "{seen}");
    }
    check("<p>漢<rt>かん</rt>字", "漢字");
    check("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>を", "漢字を");
}

#[test]
fn shadows_show_their_slots_once() {
    check(
        "<x-card><template shadowrootmode=open><h2><slot name=t>Sans</slot></h2><p><slot></slot></p><slot name=t></slot>\
         </template>corps<b slot=t>Titre</b> fin</x-card>",
        "(heading) Titre | corps fin",
    );
    check("<x-a><template shadowrootmode=open><slot>rien</slot></template></x-a>", "rien");
    check(
        "<x-a><template shadowrootmode=open><x-b><template shadowrootmode=open>[<slot></slot>]</template><slot></slot></x-b>\
         </template>mot</x-a>",
        "[mot]",
    );
}

#[test]
fn paragraphs_are_counted_in_the_story() {
    let words = "Une phrase assez longue pour être le texte d’un article de journal. ".repeat(4);
    let (nav, foot) =
        ("<nav><a href=/>Accueil</a> <a href=/x>Monde</a></nav>", "<footer>Tous droits réservés</footer>");
    let w = words.trim_end();
    for story in [
        "<main>BODY</main>",
        "<article>BODY</article>",
        "<div itemprop=articleBody>BODY</div>",
        "<div role=main>BODY</div>",
    ] {
        let body = format!(
            "<h2>Titre</h2><p>{w}</p><figure><img><figcaption>Légende</figcaption></figure><aside>À lire</aside>\
             <div class='post-share'>Partager</div><p>Fin</p>"
        );
        let page = format!("<h1>Une</h1>{nav}{}{foot}", story.replace("BODY", &body));
        check(
            &page,
            &format!(
                "(heading) Une | (outside) Accueil Monde | (heading) Titre | {w} | (caption) Légende | (outside) À lire | \
                 (outside) Partager | Fin | (outside) Tous droits réservés"
            ),
        );
    }
    check(
        &format!("{nav}<p>Un</p><p>Deux</p>{foot}"),
        "(outside) Accueil Monde | Un | Deux | (outside) Tous droits réservés",
    );
    let list = format!("<main><article><p>{w}</article><article><p>{w}</article></main><p>Hors</p>");
    check(&list, &format!("{w} | {w} | (outside) Hors"));
    let teasers = format!("<article><p>Court</article><div><p>{w}</p><p>{w}</p></div>");
    check(&teasers, &format!("Court | {w} | {w}"));
}

#[test]
fn bombs_are_told_or_read() {
    let bounds = Bounds { steps: 1 << 23, ..Bounds::default() };
    let check = |page: String, expect: Result<&str, &str>| {
        let text = of(&page, READER.name, &bounds);
        match (&text, expect) {
            (Ok(text), Ok(words)) => assert!(text.as_str().ends_with(words)),
            (Err(Why::Bound { bound, .. }), Err(expect)) => assert_eq!(*bound, expect),
            _ => panic!("{page:.40} is read: {}", text.is_ok()),
        }
    };
    let nested = "elements in one another";
    let fonts = |count: usize| (0..count).map(|i| format!("<font a{i}>")).collect::<String>();
    check("<div>".repeat(2_000) + "mot", Ok("mot"));
    check("<div>".repeat(10_000) + "mot", Err(nested));
    check(fonts(8_000), Err(nested));
    check(format!("<p>{}</p>{}", fonts(300), "<p>x".repeat(4_000)), Err(nested));
    check("<b>".repeat(3_000) + &"</i>".repeat(4_000), Err(nested));
    check("<table>".repeat(1_000) + "mot", Ok("mot"));
    check("<template shadowrootmode=open>".repeat(1_000) + "<slot>mot", Ok(""));
    check("<select><option>".repeat(1_000), Ok(""));
    let slots: String = (0..4_000).map(|i| format!("<slot name=s{i}></slot>")).collect();
    let shadow = format!("<x-a><template shadowrootmode=open>{slots}</template>{}</x-a>", "<b>x</b>".repeat(4_000));
    check(shadow, Err(nested));
    let frame = |page: String| {
        let page = page.replace('&', "&amp;").replace('"', "&quot;");
        format!("<iframe srcdoc=\"{}\"></iframe>", &page[..page.len().min(60_000)])
    };
    check((0..30).fold("mot".to_owned(), |page, _| frame(page)), Ok(""));
}

proptest! {
    #[test]
    fn no_page_panics(parts in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<b>", "</b>", "<a>", "</a>", "<table>", "<td>", "</table>", "<svg>", "</svg>", "<math>", "<template>",
        "<template shadowrootmode=open>", "</template>", "<slot>", "</slot>", "<slot name=a>", "<b slot=a>", "<select>", "<option>",
        "</select>", "<form>", "<body hidden>", "<frameset>", "<iframe srcdoc='<p>'>", "</iframe>", "<article>", "<main>", "</main>",
        "x", "é", " ", "\n", "<pre>", "</pre>", "<br>", "<!-- ", "-->", "<plaintext>", "<li>", "<h1>", "<nav>", "</nav>",
    ]), 0..60)) {
        let _ = of(&parts.concat(), READER.name, &Bounds::default());
    }
}
