use super::*;
use crate::base::memory::MemoryWorld;
use crate::dossier::load::load;
use crate::dossier::resolve::{Options, resolve};

const CAPTURE: &str = "Les premières unités ont quitté leur base à l’aube sous une pluie battante, dit le \
                       témoin. Elles étaient estimées à 11 000 hommes par ceux qui les ont vues passer.";
const SHEET: &str = "
sources:
  s: { title: Pluie battante, capture: private-004.txt }
  own: { title: Discours, text: { file: content/t.md, rights: own } }
claims:
  c: { statement: C, evidence: { source: s, quote: Elles étaient estimées à 11 000 hommes par ceux qui les ont vues } }
";
/// Ten words of the capture, of which nine would be too many.
const SECRET: &str = "unités ont quitté leur base à l’aube sous une pluie";
const SPEECH: &str = "Je vous le dis : une pluie battante, dit le témoin. Elles étaient estimées à rien du tout.";

#[track_caller]
fn with<T>(run: impl FnOnce(&Guard) -> T) -> T {
    let world = MemoryWorld::new()
        .with("site.toml", "title = \"T\"\n[captures]\ndir = \"../private/folder\"\n")
        .with("content/a.yaml", SHEET)
        .with("content/b.yaml", format!("# {SECRET}\n"))
        .with("content/t.md", SPEECH)
        .with_capture("private-004.txt", CAPTURE);
    let parsed = load(&world);
    assert_eq!(parsed.diagnostics, []);
    let dossier = resolve(&parsed.value, Options::default());
    assert_eq!(dossier.diagnostics, []);
    run(&Guard::new(&dossier.value, &parsed.value, &world).unwrap())
}

/// Whether a file of the output is let through.
#[track_caller]
fn check(path: &str, written: &str, passes: bool) {
    let found = with(|guard| guard.scan(path, written.as_bytes()));
    assert_eq!(found.is_none(), passes, "{path}: {written}\n{found:?}");
}

#[test]
fn every_way_in_is_closed() {
    let escaped: String =
        SECRET.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) }).collect();
    let entities: String = SECRET.chars().map(|c| if c == 'é' { "&eacute;".into() } else { c.to_string() }).collect();
    let folded = SECRET.replace(" à ", "\n      à ");
    let marked = SECRET.replace("base", "<em>ba</em>se<wbr>").replace(" une ", "&nbsp;<a href=\"x\">une</a> ");
    let pages = [
        ("statement or summary", "index.html", format!("<p>On dit que {SECRET}.</p>")),
        ("note, with markup within", "index.html", format!("<aside><p>{marked}</p></aside>")),
        ("in entities", "index.html", format!("<p>{entities}</p>")),
        ("in capitals", "index.html", format!("<h1>{}</h1>", SECRET.to_uppercase())),
        ("without its signs", "index.html", SECRET.replace("à l", "à… l").replace(" sous", ", sous")),
        ("extra, in an attribute", "index.html", format!("<div data-extra=\"{SECRET}\"></div>")),
        ("alt text", "index.html", format!("<img src=a.png alt='{SECRET}'>")),
        ("description", "index.html", format!("<meta name=description content=\"{SECRET}\">")),
        ("title", "index.html", format!("<title>{SECRET}</title>")),
        (
            "the search index",
            "assets/search/labels-0.js",
            format!("sourcebookSearch(\"labels\",0,[\"a\",\"{SECRET}\",\"\"]);"),
        ),
        ("a comment of the page", "index.html", format!("<!-- {SECRET} -->")),
        ("a comment of the YAML shown", "index.html", format!("<pre><code># {SECRET}\n</code></pre>")),
        ("YAML folded and coloured", "index.html", format!("<pre><span class=s>{folded}</span></pre>")),
        (
            "data for machines",
            "index.html",
            format!("<script type=\"application/ld+json\">{{\"a\":\"{escaped}\"}}</script>"),
        ),
        ("a drawing", "a.svg", format!("<svg><text>{SECRET}</text></svg>")),
        ("a style", "a.css", format!("p::after {{ content: '{SECRET}' }}")),
        ("the search index", "search.json", format!("{{\"a\":[{{\"t\":\"{escaped}\"}}]}}")),
        ("a key", "a.json", format!("{{\"{SECRET}\":1}}")),
        ("markup in JSON", "a.json", format!("{{\"html\":\"<p>{marked}\"}}").replace("=\"x\"", "='x'")),
        ("broken JSON", "a.json", format!("{{\"a\":\"{escaped}")),
        (
            "a feed",
            "feed.xml",
            format!("<feed><content type=\"html\">&lt;p>{marked}</content></feed>")
                .replace("<em>", "&lt;em>")
                .replace("</em>", "&lt;/em>")
                .replace("<wbr>", "&lt;wbr>"),
        ),
        ("CDATA", "feed.xml", format!("<feed><![CDATA[{SECRET}]]></feed>")),
        ("text", "llms.txt", format!("- {SECRET}\n")),
        ("an export", "export.csv", format!("id,text\nc,\"{SECRET}\"\n")),
    ];
    for (way, path, page) in pages {
        let found = with(|guard| guard.scan(path, page.as_bytes()));
        assert!(found.is_some(), "{way}: {page}");
    }
}

#[test]
fn names_of_captures_are_private() {
    check("index.html", "<pre>capture: private-004.txt</pre>", false);
    check("index.html", "<!-- private-004.txt -->", false);
    check("a.json", "{\"file\":\"../private/folder/x\"}", false);
    check("index.html", "<p>private-004.txts, aprivate-004.txt</p>", true);
}

#[test]
fn what_is_declared_may_be_published() {
    check("index.html", "<p>Elles étaient estimées à 11 000 hommes par ceux qui les ont vues</p>", true);
    check("index.html", "<q>estimées à 11 000 hommes par ceux qui les ont vues</q>", true);
    check("index.html", "<q>estimées à 11 000 hommes par ceux qui les ont vues passer</q>", false);
    check("index.html", &format!("<q>{}</q>", &CAPTURE[CAPTURE.len() / 2..]), true);
    check("index.html", "<p>ont quitté leur base à l’aube sous</p>", true);
    check("index.html", &format!("<p>{SPEECH}</p>"), true);
    check("index.html", "<p>Une pluie de mots qui n’est nulle part ailleurs qu’ici.</p>", true);
    check("a.png", "\u{0}", true);
    assert!(with(|guard| guard.scan("a.png", &[0xff, 0xd8, 0xff]).is_none()));
}

#[test]
fn the_fault_names_the_page_the_words_and_their_place() {
    let found = with(|guard| guard.scan("claims/c/index.html", SECRET.as_bytes()).unwrap());
    assert_eq!(found.code, "leak");
    assert_eq!(
        found.message,
        format!(
            "`claims/c/index.html` would publish 10 words of the capture of `s` that no quote declares: « {SECRET} »"
        )
    );
    assert_eq!(found.span.unwrap().range(), 2..2 + SECRET.len());
}

#[test]
fn without_captures_there_is_nothing_to_guard() {
    let world = MemoryWorld::new().with("site.toml", "title = \"T\"").with("content/a.yaml", SHEET);
    let parsed = load(&world).value;
    let dossier = resolve(&parsed, Options::default()).value;
    assert!(Guard::new(&dossier, &parsed, &world).is_none());
}

#[test]
fn what_a_sheet_says_of_a_source_is_no_secret() {
    let title = "Le prix du premier pont’s jeu sortira en décembre pour seulement $10 à Vaubrun";
    let url = "https://exemple.org/a/b/c/d/e/f/2024/11/pont-de-vaubrun.html";
    let sheet = format!("sources:\n  s: {{ title: \"{title}\", url: \"{url}\", capture: p.txt }}\n");
    let world = MemoryWorld::new()
        .with("site.toml", "title = \"T\"\n[captures]\ndir = \"../private/folder\"\n")
        .with("content/a.yaml", sheet)
        .with_capture("p.txt", format!("{title}\n\n{url}\n\nUn autre texte du tout, que personne ne cite ici."));
    let parsed = load(&world).value;
    let dossier = resolve(&parsed, Options::default()).value;
    let guard = Guard::new(&dossier, &parsed, &world).unwrap();
    let passes = |written: &str| guard.scan("a.bib", written.as_bytes()).is_none();
    assert!(passes(url) && passes(title));
    assert!(passes(r"Le prix du premier pont{\textquoteright}s jeu sortira en décembre pour seulement \$10 à Vaubrun"));
    assert!(!passes("Un autre texte du tout, que personne ne cite ici"));
}
