//! `sourcebook theme`: files copied from the program's own, and what became of those since.

use crate::program::Dossier;

const SITE: &str = "title = \"T\"\nlanguage = \"en\"\ntheme = \"house\"\n";

#[test]
fn copies_know_what_they_were_made_from() {
    let dossier = Dossier::new(&[("site.toml", SITE)]);
    let said = dossier.expect(&["theme", "copy", "claim.htm"], 2);
    assert!(said.contains("did you mean `claim.html`?"), "{said}");
    dossier.expect(&["theme", "copy", "claim.html"], 0);
    let copied = dossier.read("themes/house/templates/claim.html");
    assert_eq!(copied, dossier.read("themes/house/.copied/templates/claim.html"));
    assert!(dossier.expect(&["theme", "copy", "claim.html"], 2).contains("is there already"));
    assert!(dossier.expect(&["theme", "diff"], 0).contains("is as it was"));
    dossier.expect(&["check"], 0);

    // As if the program had been another when it was copied.
    dossier.write("themes/house/.copied/templates/claim.html", &copied.replace("infobox", "facts"));
    let output = dossier.run(&["theme", "diff", "claim.html"]);
    assert_eq!(output.status.code(), Some(1));
    let patch = String::from_utf8(output.stdout).unwrap();
    assert!(
        patch.contains("\n-  <section class=\"facts\"") && patch.contains("\n+  <section class=\"infobox\""),
        "{patch}"
    );
    let said = dossier.expect(&["theme", "check"], 0);
    assert!(said.contains("1 files take the place of the program's, 1 fell behind; 0 errors"), "{said}");

    dossier.write("themes/house/templates/event.html", "{% extends \"default/event.html\" %}");
    dossier.write("themes/house/templates/place.html", "<p>{{ place.name }}</p>");
    let said = dossier.expect(&["theme", "diff"], 1);
    assert!(said.contains("event.html of the program is as it was"), "{said}");
    assert!(said.contains("themes/house/templates/place.html: not known what it was made from"), "{said}");
    dossier.write("themes/house/templates/place.html", "{% if %}");
    let said = dossier.expect(&["theme", "check"], 1);
    assert!(said.contains("themes/house/templates/place.html:1"), "{said}");
    assert_eq!(
        String::from_utf8(dossier.run(&["theme", "copy"]).stdout).unwrap().lines().next(),
        Some("i18n/conditions.toml")
    );
}
