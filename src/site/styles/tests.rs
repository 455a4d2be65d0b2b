use super::guard::check as guard;

/// A style of a body.
fn style(body: &str) -> String {
    format!("<style>{body}</style>")
}

#[test]
fn what_never_ends_is_refused() {
    let check = |body: &str, expected: &str| {
        let fault = guard(&style(body)).err().map_or_else(String::new, |fault| fault.message);
        assert_eq!(fault, expected);
    };
    let layout = "<citation><layout><text macro='a'/></layout></citation>";
    check("", "");
    check(&format!("<macro name='a'><text value='>'/></macro>{layout}"), "");
    check(&format!("<!-- <macro --><macro name=\"a\"/>{layout}"), "there is no macro `a` in this style");
    check(&format!("<macro name='a'><text macro='a'/></macro>{layout}"), "the macro `a` calls itself and never ends");
    check(
        &format!("<macro name='a'><text macro='b'/></macro><macro name='b'><text macro='a'/></macro>{layout}"),
        "the macro `a` calls itself and never ends",
    );
    check("<a>", "`</style>` stands where `<a>` must end first");
    check("</a>", "`</a>` stands where `<style>` must end first");
    check("<a b='", "what begins here does not end");
    check(&"<a>".repeat(10_000), "elements are nested deeper than any style needs");
    let doubling = (0..40).map(|n| {
        let next = n + 1;
        format!("<macro name='m{n}'><text macro='m{next}'/><text macro='m{next}'/></macro>")
    });
    let doubling: String = doubling.collect();
    check(
        &format!("{doubling}<macro name='m40'><text value='x'/></macro><layout><text macro='m0'/></layout>"),
        "what this calls comes to more than 20000 elements for one work",
    );
    // Of a choice one branch is run: published styles choose among millions of elements, and run thousands.
    let choosing = (0..14).map(|n| {
        let call = format!("<text macro='m{}'/>", n + 1);
        format!("<macro name='m{n}'><choose><if>{call}</if><else>{call}</else></choose></macro>")
    });
    let choosing: String = choosing.collect();
    check(&format!("{choosing}<macro name='m14'><text value='x'/></macro><layout><text macro='m0'/></layout>"), "");
    assert_eq!(guard("not XML").unwrap_err().message, "there is no element `style` in this file");
}

#[cfg(feature = "csl")]
mod with_styles {
    use proptest::prelude::*;

    use crate::styles::{Style, Work};
    use sourcebook_core::model::language::Language;
    use sourcebook_core::model::{Ref, SourceIx};
    use sourcebook_core::words::piece::{Piece, Target};
    use sourcebook_core::words::reference::Styled;

    fn work<'a>(item: &'a str, dates: &'a [(&'static str, String)], title: &'a str) -> Work<'a> {
        Work { item, dates, title, page: Ref::Source(SourceIx::at(0)) }
    }

    /// `_italic_`, `[the title](page)`, `<address>`.
    fn shown(pieces: &[Piece]) -> String {
        let one = |piece: &Piece| match piece {
            Piece::Link { target, text, .. } => linked(text, Some(target)),
            Piece::Marked { text, marks, target } => {
                let sign = if marks.italic { "_" } else { "" };
                format!("{sign}{}{sign}", linked(text, target.as_ref()))
            }
            piece => piece.words().to_owned(),
        };
        pieces.iter().map(one).collect()
    }

    fn linked(text: &str, target: Option<&Target>) -> String {
        match target {
            Some(Target::Record(_)) => format!("[{text}]"),
            Some(Target::Url(url)) => format!("<{url}>"),
            None => text.to_owned(),
        }
    }

    fn reference(style: &str, language: Language, work: &Work<'_>) -> Styled {
        Style::named(style, language).unwrap().reference(work).unwrap()
    }

    const BOOK: &str = r#"{"id":"b","type":"book","title":"Le Capital au XXIe siècle","author":[{"literal":"Thomas Piketty"}],
        "publisher":"Seuil","issued":{"date-parts":[[2013]]},"language":"fr"}"#;

    #[test]
    fn a_note_and_an_entry() {
        let check = |style: &str, note: &str, full: &str| {
            let styled = reference(style, Language::English, &work(BOOK, &[], "Le Capital au XXIe siècle"));
            assert_eq!((shown(&styled.note).as_str(), shown(&styled.full).as_str()), (note, full), "{style}");
        };
        check(
            "chicago-notes",
            "Thomas Piketty, _[Le Capital au XXIe siècle]_ (Seuil, 2013).",
            "Thomas Piketty. _[Le Capital au XXIe siècle]_. Seuil, 2013.",
        );
        // A style for citations in the text has no notes: the entry stands there.
        let apa = "Thomas Piketty. (2013). _[Le Capital au XXIe siècle]_. Seuil.";
        check("apa", apa, apa);
        // Numbers are the page's own.
        let ieee = "Thomas Piketty, _[Le Capital au XXIe siècle]_. Seuil, 2013.";
        check("ieee", ieee, ieee);
    }

    #[test]
    fn terms_are_of_the_language() {
        let item = r#"{"id":"p","type":"webpage","title":"Une page","URL":"https://example.org/a?b=1&c=2",
            "accessed":{"date-parts":[[2026,3,1]]}}"#;
        let styled = reference("chicago-notes", Language::French, &work(item, &[], "Une page"));
        assert_eq!(
            shown(&styled.full).replace(['\u{a0}', '\u{202f}'], "~"),
            "«~[Une page]~». Consulté le 1 mars 2026. <https://example.org/a?b=1&c=2>."
        );
    }

    #[test]
    fn dates_that_csl_cannot_say_are_words() {
        let item = r#"{"id":"b","type":"book","title":"Romeo","issued":{"date-parts":[[1595],[1597]],"literal":"[1595, 1597]"}}"#;
        let dates = [("issued", "1595 or 1597".to_owned())];
        let styled = reference("chicago-notes", Language::English, &work(item, &dates, "Romeo"));
        assert_eq!(shown(&styled.full), "_[Romeo]_. 1595 or 1597.");
    }

    /// A title in place of an author takes no date away.
    #[test]
    fn works_without_an_author_keep_their_date() {
        let check = |kind: &str, style: &str, language: Language, dates: &[(&'static str, String)], expect: &str| {
            let item = format!(
                r#"{{"id":"b","type":"{kind}","title":"The report","publisher":"Office","issued":{{"date-parts":[[2013]]}}}}"#
            );
            let styled = reference(style, language, &work(&item, dates, "The report"));
            for pieces in [&styled.note, &styled.full] {
                let words = shown(pieces);
                assert!(
                    words.contains(expect)
                        && !words.contains("date]")
                        && !words.contains("no date")
                        && !words.contains("s. d."),
                    "{style} {kind}: {words}"
                );
            }
        };
        for kind in ["report", "book", "webpage", "article-newspaper", "document", "thesis"] {
            for style in [
                "iso-690-author-date",
                "iso-690-numeric",
                "apa",
                "chicago-notes",
                "chicago-author-date",
                "harvard-cite-them-right",
                "modern-language-association",
            ] {
                check(kind, style, Language::English, &[], "2013");
                check(kind, style, Language::French, &[], "2013");
            }
            let old = [("issued", "44 av. J.-C.".to_owned())];
            check(kind, "iso-690-author-date", Language::French, &old, "44 av. J.-C.");
            let item = format!(
                r#"{{"id":"b","type":"{kind}","title":"T","author":[{{"literal":"Ann"}}],"issued":{{"date-parts":[[-45]]}}}}"#
            );
            for style in ["iso-690-author-date", "chicago-notes", "apa"] {
                let words = shown(&reference(style, Language::French, &work(&item, &old, "T")).full);
                assert!(words.contains("44 av. J.-C.") && !words.contains("J.-C.."), "{style} {kind}: {words}");
            }
        }
    }

    #[test]
    fn only_safe_addresses_are_linked() {
        let item = r#"{"id":"p","type":"webpage","title":"P","URL":"javascript:alert(1)"}"#;
        let styled = reference("apa", Language::English, &work(item, &[], "P"));
        assert!(!shown(&styled.full).contains("<javascript:"), "{}", shown(&styled.full));
    }

    #[test]
    fn every_style_of_the_archive_runs() {
        let names = hayagriva::archive::ArchivedStyle::all().iter().filter_map(|style| style.names().first());
        let mut printed = 0;
        for name in names {
            let Ok(style) = Style::named(name, Language::French) else { continue };
            // One that prints labels alone leaves the reference to us.
            let Some(styled) = style.reference(&work(BOOK, &[], "Le Capital au XXIe siècle")) else {
                assert_eq!(*name, "alphanumeric");
                continue;
            };
            let words = shown(&styled.full).to_lowercase();
            assert!(words.contains("[le capital"), "{name}: {words}");
            printed += 1;
        }
        assert!(printed > 70, "{printed}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever a title holds, its link leads to the page, and all of its letters are printed.
        #[test]
        fn titles_are_only_text(title in "[ -~éœ«»“”’$<>&{}\\\\]{1,40}") {
            let item = serde_json::json!({ "id": "x", "type": "book", "title": title }).to_string();
            let style = Style::named("iso-690-author-date", Language::French).unwrap();
            if let Some(styled) = style.reference(&work(&item, &[], &title)) {
                let letters = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                let words: String = styled.full.iter().map(Piece::words).collect();
                prop_assert!(letters(&words).contains(&letters(&title)), "{words}");
            }
        }
    }
}
