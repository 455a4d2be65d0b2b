use proptest::prelude::*;

use super::super::html;
use super::*;

fn read(name: &str, bytes: &[u8]) -> Result<Text, Why> {
    super::read(&Input::new(name, bytes), &Bounds::default())
}

fn check(name: &str, bytes: impl AsRef<[u8]>, expect: &[&str]) {
    let text = read(name, bytes.as_ref()).unwrap();
    let found: Vec<_> = text.paragraphs().iter().map(|p| &text.as_str()[p.clone()]).collect();
    assert_eq!(found, expect, "{:?}", text.as_str());
}

#[test]
fn paragraphs_stand_between_blank_lines() {
    check("a.txt", "Un\ndeux\n\n \u{a0}\n\ntrois", &["Un\ndeux", "trois"]);
    check("a.txt", "\r\nUn\r\ndeux\r\n\r\ntrois\r\n", &["Un\r\ndeux", "trois"]);
    check("a.txt", "Un\rdeux\r\rtrois", &["Un\rdeux", "trois"]);
    check("a.txt", "\n\n", &[]);
    check("a.txt", "", &[]);
}

#[test]
fn a_byte_knows_its_paragraph() {
    let text = Text::new("\nun\n\ndeux\n".into());
    let numbers: Vec<_> = [0, 1, 3, 4, 5, 9].map(|byte| text.paragraph_at(byte)).into();
    assert_eq!(numbers, [None, Some(1), Some(1), Some(1), Some(2), Some(2)]);
}

#[test]
fn markdown_is_read_as_the_page_it_makes() {
    check(
        "a.md",
        "---\nurl: https://example.org\n---\n# Titre\n\nUn **mot** et [un\nlien](/x).",
        &["Titre", "Un mot et un lien."],
    );
    check("a.md", "---\na: 1\n--- # no\nb: 2\n---\nfin", &["fin"]);
    check("a.md", "---\nno end", &["no end"]);
    check("a.md", "- un\n- deux\n\n<b>brut</b> &amp; fin", &["un", "deux", "brut & fin"]);
}

#[test]
fn html_blocks_are_paragraphs() {
    check(
        "a.html",
        "<h1>Titre</h1><p>Un <b>mot</b>\n  et <a href=x>un lien</a>.<p>Deux",
        &["Titre", "Un mot et un lien.", "Deux"],
    );
    check("a.html", "<ul><li>un<li>deux</ul>après", &["un", "deux", "après"]);
    check("a.html", "a<br>b<br> <br>c", &["a\nb", "c"]);
    check("a.html", "<table><tr><td>a<td>b<tr><td>c</table>", &["a\tb", "c"]);
    check("a.html", "<pre>a  b\nc</pre>", &["a  b\nc"]);
    check("a.html", "<nav>Accueil</nav><main>texte", &["Accueil", "texte"]);
}

#[test]
fn html_that_nobody_reads_is_dropped() {
    check(
        "a.html",
        "<head><title>T</title><style>p{}</style><meta name=x content=y></head><body>vu\
         <script>if (a<b) '</p>'</script><noscript><p>non</p></noscript><template><template>x</template>y</template>\
         <svg><title>z</title><svg></svg></svg><!-- c --> aussi",
        &["vu aussi"],
    );
}

#[test]
fn everything_is_what_a_page_could_give_away() {
    let page = "<title>Un</title><script>deux</script><p title='trois &amp; '>quatre<!-- cinq --><img alt=six></p>";
    assert_eq!(html::everything(page), "Un\n\ndeux\n\nquatre\n\ntrois & \n\n cinq \n\nsix");
}

#[test]
fn entities_are_characters() {
    check(
        "a.html",
        "l&rsquo;ONU&nbsp;: &laquo;&#160;&eacute;t&#xe9;&nbsp;&raquo; &lt;b&gt; AT&T",
        &["l’ONU\u{a0}: «\u{a0}été\u{a0}» <b> AT&T"],
    );
}

#[test]
fn characters_are_found_in_old_files_too() {
    check("a.txt", b"\xef\xbb\xbf\xc3\xa9t\xc3\xa9", &["été"]);
    check("a.txt", b"l\x92\xe9t\xe9 \x80", &["l’été €"]);
    check("a.txt", b"\xff\xfe\xe9\0t\0", &["ét"]);
    check("a.txt", b"\xfe\xff\0\xe9\0t", &["ét"]);
    check("a.txt", "été coupé \u{e9}".as_bytes().split_last().unwrap().1, &["été coupé \u{fffd}"]);
}

#[test]
fn the_ending_says_what_it_is_and_else_the_beginning_does() {
    check("a.HTM", "<p>x", &["x"]);
    check("a", " <!DOCTYPE html><p>x", &["x"]);
    check("a.txt", "<html><p>x", &["<html><p>x"]);
}

#[test]
fn what_is_no_text_is_named_and_refused() {
    for (bytes, what) in [
        (b"PK\x03\x04".as_slice(), "an archive (ZIP)"),
        (b"Rar!\x1a\x07\0", "an archive (RAR)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of older Word, Excel or Outlook"),
        (b"bplist00", "a page saved by Safari (webarchive)"),
        (b"{\\rtf1", "a document in RTF"),
        (b"a\0b", "a file of bytes, not of characters"),
    ] {
        for name in ["a.txt", "a.html", "a.md", "a"] {
            let why = read(name, bytes).unwrap_err();
            assert!(matches!(why, Why::Refused { what: found, .. } if found == what), "{why}");
            assert!(!why.help().is_empty());
        }
    }
}

#[test]
fn what_shows_and_says_nothing_has_no_text() {
    for bytes in [b"\x89PNG\r\n\x1a\n".as_slice(), b"\0\0\0\x18ftypmp42", b"RIFF\x10\0\0\0WEBPVP8 ", b"ID3\x04"] {
        let text = read("a.txt", bytes).unwrap();
        assert!(text.as_str().is_empty() && text.facts().contains(&Fact::Shows));
    }
}

#[test]
fn every_kind_stands_in_the_documentation() {
    let path = format!("{}/../../docs/captures.md", env!("CARGO_MANIFEST_DIR"));
    #[expect(clippy::disallowed_methods, reason = "a test reads the repository")]
    let docs = std::fs::read_to_string(path).unwrap();
    for reader in READERS {
        assert!(docs.contains(reader.name), "{}", reader.name);
        for ending in reader.endings.iter().take(3) {
            assert!(docs.contains(&format!("`{ending}`")) || docs.contains(&format!(".{ending}")), "{ending}");
        }
    }
}

#[test]
fn every_kind_has_a_name_and_endings_of_its_own() {
    let mut endings: Vec<_> = READERS.iter().flat_map(|r| r.endings).collect();
    let count = endings.len();
    endings.sort_unstable();
    endings.dedup();
    assert_eq!(endings.len(), count);
    assert!(READERS.iter().all(|r| r.name.starts_with("a ") || r.name.starts_with("an ")));
}

#[test]
fn containers_in_one_another_end() {
    let deep = Input { depth: 5, ..Input::new("a.txt", b"x") };
    assert_eq!(
        super::read(&deep, &Bounds::default()),
        Err(Why::Bound { what: "a text", bound: "containers around it" })
    );
    let long = super::read(&Input::new("a.txt", b"abc"), &Bounds { text: 2, ..Bounds::default() });
    assert_eq!(long, Err(Why::Bound { what: "a text", bound: "text" }));
}

#[test]
fn the_story_of_a_text_begins_where_the_sheet_says() {
    let text = "Menu\n\nTitre\n\nLes « tensions » montent.\n\nSuite";
    let spots = |begins| {
        let text = super::read(&Input { begins, ..Input::new("a.txt", text.as_bytes()) }, &Bounds::default()).unwrap();
        let spots: Vec<_> = text.paragraphs().iter().map(|p| text.place(p.start).spot.to_string()).collect();
        (spots.join(", "), text.facts().contains(&Fact::NoBeginning))
    };
    assert_eq!(spots(None), ("§ 1, § 2, § 3, § 4".into(), false));
    assert_eq!(spots(Some("Les \"tensions\"")), ("outside, outside, § 1, § 2".into(), false));
    assert_eq!(spots(Some("Rien")), ("§ 1, § 2, § 3, § 4".into(), true));
}

#[test]
fn depth_and_length_cost_nothing_special() {
    let deep = "<div>".repeat(5_000) + "mot" + &"</div>".repeat(5_000);
    check("a.html", &deep, &["mot"]);
    check("a.html", "<template>".repeat(5_000) + "mot", &[]);
    check("a.md", ">".repeat(5_000) + " mot", &["mot"]);
    let line = "mot ".repeat(500_000);
    assert_eq!(read("a.html", line.as_bytes()).unwrap().as_str().len(), line.len() - 1);
}

proptest! {
    #[test]
    fn no_input_panics(name in "a\\.(txt|md|html)", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&name, &bytes);
    }

    #[test]
    fn no_page_panics(parts in prop::collection::vec(prop::sample::select(vec![
        "<", ">", "</", "p", "script", "pre", "br", "svg", "/", "&", "eacute;", "#x", "é", " ", "\n", "\"", "=", "<!--", "-->",
    ]), 0..60)) {
        let _ = read("a.html", parts.concat().as_bytes());
    }

    #[test]
    fn paragraphs_hold_all_that_is_not_blank(text in "[ab \n\r\u{a0}é]*") {
        let read = Text::new(text.clone());
        let kept: String = read.paragraphs().iter().map(|p| &text[p.clone()]).collect();
        let visible = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(visible(&kept), visible(&text));
        prop_assert!(read.paragraphs().windows(2).all(|w| w[0].end < w[1].start));
    }
}
