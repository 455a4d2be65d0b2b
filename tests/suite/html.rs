//! Of what is written, only what is allowed comes out ([`allowed`]): the dossier, the examples, the fixtures, and texts that try to
//! get more through.

use sourcebook_core::base::diagnostic::has_errors;
use sourcebook_core::base::timings::Timings;
use sourcebook_core::model::language::Language;
use sourcebook_site::prepare::{Options, prepare};

use crate::allowed;
use crate::driver::{Memory, files_below, split, strip, suite};

/// What the pages of a dossier hold that is not allowed; nothing where it has faults, and so no pages.
fn found(world: &Memory, name: &str, pages: &mut usize) -> Vec<String> {
    let prepared = prepare(world, Options { drafts: true, ..Options::default() }, &mut Timings::default());
    if has_errors(&prepared.diagnostics) {
        return Vec::new();
    }
    let renderer = prepared.renderer(world);
    let mut all = Vec::new();
    for route in prepared.routes.all().iter().filter(|route| route.path.ends_with(".html")) {
        let mut out = Vec::new();
        renderer.render(route, &mut out).unwrap();
        *pages += 1;
        let html = String::from_utf8(out).unwrap();
        all.extend(allowed::faults(&html).into_iter().map(|fault| format!("{name} {}: {fault}", route.path)));
    }
    all
}

/// All files below a folder, as a dossier.
fn folder(path: &std::path::Path) -> Memory {
    files_below(path).into_iter().fold(Memory::default(), |memory, file| {
        let name = file.strip_prefix(path).unwrap().to_string_lossy().replace('\\', "/");
        memory.with(&name, std::fs::read(&file).unwrap())
    })
}

#[test]
fn pages_hold_only_what_is_allowed() {
    let mut pages = 0;
    let mut all = Vec::new();
    let root = suite().join("../..");
    let content = folder(&root.join("content"));
    let mut dossier = Memory::default().with("site.toml", std::fs::read(root.join("site.toml")).unwrap());
    for (path, bytes) in content.0 {
        dossier = dossier.with(&format!("content/{path}"), bytes);
    }
    all.extend(found(&dossier, "the dossier", &mut pages));
    for language in [Language::English, Language::French, Language::German] {
        let files = sourcebook_desk::scaffold::files(language);
        let example = files.into_iter().fold(Memory::default(), |memory, (path, text)| memory.with(&path, text));
        all.extend(found(&example, language.as_str(), &mut pages));
    }
    let mut fixture = folder(&suite().join("fixtures/pages/in"));
    fixture.0.retain(|path, _| !path.starts_with("themes/"));
    let site = String::from_utf8(fixture.0["site.toml"].clone()).unwrap();
    let site: String = site.lines().filter(|line| !line.starts_with("theme")).map(|line| format!("{line}\n")).collect();
    all.extend(found(&fixture.with("site.toml", site), "the fixture", &mut pages));
    for path in files_below(&suite().join("faults")) {
        let (_, files) = split(&strip(&std::fs::read_to_string(&path).unwrap()));
        if files.iter().any(|(path, _)| path.starts_with("themes/")) {
            continue;
        }
        let site = Memory::default().with("site.toml", "title = \"T\"\n");
        let world = files.iter().fold(site, |memory, (path, text)| memory.with(path, crate::driver::to_bytes(text)));
        all.extend(found(&world, &path.file_name().unwrap().to_string_lossy(), &mut pages));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
    assert!(pages > 400, "{pages} pages");
}

/// Each of these in an article and in every field of a record that people write in words.
const TRIES: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b onclick=alert(1) style=\"color:red\" hidden id=content>b</b>",
    "<a href=\"javascript:alert(1)\">a</a>",
    "<iframe src=\"https://example.org\"></iframe>",
    "<svg onload=alert(1)><title></title><script>alert(1)</script></svg>",
    "</article></main></body><h1>mine",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "\"'><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" onmouseover=\"alert(1)",
    "`\" onmouseover=\"alert(1)`",
    "![x\" onerror=\"alert(1)](x.png \"t\\\" onerror=\\\"alert(1)\")",
    "[t](https://example.org/\"onclick=alert(1) \"t\\\" onclick=\\\"alert(1)\")",
    "[t](https://example.org 'a\" style=\"b')",
    "{{ site.title | safe }}{% raw %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)\\</script>",
    "]]></script><script>alert(1)</script>",
    "\u{202e} \u{fdd0} \u{fdd4}",
];

#[test]
fn nothing_else_gets_through() {
    let (mut pages, mut all) = (0, Vec::new());
    for html in ["refuse", "escape"] {
        for words in TRIES {
            let quoted = serde_json::to_string(words).unwrap();
            let sheet = format!(
                "actors:\n  a: {{ name: {quoted}, aliases: [{quoted}], role: {quoted}, summary: {quoted} }}\n\
                 places:\n  p: {{ name: {quoted}, coordinates: [1, 2], summary: {quoted} }}\n\
                 events:\n  e: {{ title: {quoted}, date: 2024, place: p, actors: {{ a: {quoted} }}, summary: {quoted} }}\n\
                 sources:\n  s: {{ title: {quoted}, author: [{{ name: {quoted} }}, a], publisher: {{ name: {quoted} }}, summary: {quoted} }}\n\
                 questions:\n  q: {{ text: {quoted}, kind: choice, options: {{ x: {quoted}, y: b }}, summary: {quoted} }}\n  \
                   t: {{ text: How?, kind: text, assessment: {{ status: open, because: {quoted} }} }}\n\
                 claims:\n  c:\n    statement: {quoted}\n    by: a\n    about: [p, e]\n    note: {quoted}\n    \
                   answers: {{ q: x, t: {quoted} }}\n    extra: {{ {quoted}: {quoted} }}\n    \
                   evidence: {{ source: s, quote: {quoted}, locator: {quoted}, translation: {{ text: {quoted}, by: {quoted} }} }}\n"
            );
            // An article that is a fault where HTML is refused has no pages: then the sheet stands alone.
            let site = format!("title = {quoted}\ndescription = {quoted}\n[markdown]\nhtml = \"{html}\"\n");
            let world = Memory::default().with("site.toml", site).with("content/a.yaml", sheet);
            let titled = format!("---\ntitle: {quoted}\ndescription: {quoted}\n---\n");
            let article = format!(
                "{titled}## {words}\n\n{words} [@c, {}]\n\n- {words}\n\n```{words}\n{words}\n```\n\n![[c]]\n\n![[q]]\n",
                "x"
            );
            let name = format!("{html} {words}");
            all.extend(found(&world, &name, &mut pages));
            all.extend(found(&world.with("content/b.md", article), &name, &mut pages));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
    assert!(pages > 500, "{pages} pages");
}

#[test]
fn what_is_not_allowed_is_seen() {
    let check = |html: &str, expect: &str| {
        let all = allowed::faults(html);
        assert!(
            all.len() == usize::from(!expect.is_empty()) && all.iter().all(|f| f.contains(expect)),
            "{html}: {all:?}"
        );
    };
    check("<p class=\"a\">x</p><svg><title>t</title></svg>", "");
    check("<a href=\"../a/index.html#b\">x</a><a href=\"HTTPS://e.org\">x</a>", "");
    check("<p onclick=\"x\">", "onclick");
    check("<p style=\"x\">", "style");
    check("<p id=a></p><p id=a>", "second id");
    check("<p hidden>", "hidden");
    check("<div class=\"note\" hidden>", "hidden");
    check("<div class=\"filter\" hidden>", "");
    check("<object>", "object");
    check("<a href=\" java\tscript:x\">", "href");
    check("<a href=\"data:text/html,x\">", "href");
    check("<a href=\"//e.org\">", "href");
    check("<img src=\"https://e.org/a.png\" alt=\"\">", "src");
    check("<script>x</script>", "script");
    check("<script type=\"application/ld+json\">{\"a\":\"<p onclick=x>\"}</script>", "");
    check("<meta http-equiv=\"refresh\" content=\"0; url=https://e.org\">", "meta");
    check("<title><p onclick=x></title>", "");
    check("<p data-run=\"x\">", "data-run");
    check("x<!-- c -->", "comment");
}
