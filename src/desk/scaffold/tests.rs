use super::*;
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::base::timings::Timings;
use sourcebook_core::check;
use sourcebook_core::evidence::verify::QuoteState;
use sourcebook_core::model::compare::VerdictKind;
use sourcebook_site::prepare::Options;
use sourcebook_site::prepare::prepare;
use sourcebook_site::prepared::Prepared;

fn world(language: Language) -> MemoryWorld {
    files(language).into_iter().fold(MemoryWorld::new(), |world, (path, text)| match path.strip_prefix("captures/") {
        Some(name) => world.with_capture(name, text),
        None => world.with(path, text),
    })
}

fn prepared(language: Language) -> Prepared {
    prepare(&world(language), Options::default(), &mut Timings::default())
}

#[test]
fn it_builds_without_a_word() {
    for language in Language::ALL {
        let prepared = prepared(*language);
        let said: Vec<_> = prepared.diagnostics.iter().map(|d| (d.code, &d.message)).collect();
        assert!(said.is_empty(), "{}: {said:#?}", language.as_str());
        let world = world(*language);
        let ruled = check::run(&prepared.dossier, &prepared.parsed, &prepared.verified, &world);
        let said: Vec<_> = ruled.iter().map(|d| (d.code, &d.message)).collect();
        assert!(said.is_empty(), "{}: {said:#?}", language.as_str());
    }
}

#[test]
fn every_quote_stands_in_its_source() {
    for language in Language::ALL {
        let Prepared { dossier, verified, .. } = prepared(*language);
        for (i, claim) in dossier.claims.iter().enumerate() {
            for n in 0..claim.evidence.len() {
                let state = verified.state(sourcebook_core::model::ClaimIx::at(i), n);
                assert_eq!(state, QuoteState::Verbatim, "{}", claim.head.id.value);
            }
        }
    }
}

/// Every verdict but « superseded », every kind of question, a published text, an inferred date, all relations but one.
#[test]
fn it_shows_what_the_format_can_do() {
    for language in Language::ALL {
        let Prepared { dossier, .. } = prepared(*language);
        let mut verdicts = std::collections::BTreeSet::new();
        let mut kinds = std::collections::BTreeSet::new();
        for question in &dossier.questions {
            kinds.insert(question.kind);
            for b in 0..question.answers.len() {
                verdicts.extend((0..b).map(|a| question.comparison.verdict(a, b).kind()));
            }
        }
        use VerdictKind::{Agrees, Compatible, Differs, NotComparable};
        assert_eq!(verdicts.into_iter().collect::<Vec<_>>(), [NotComparable, Agrees, Compatible, Differs]);
        assert_eq!(kinds.len(), 3);
        assert!(dossier.sources.iter().any(|s| s.text.is_some()));
        assert!(dossier.events.iter().any(|e| e.date.inferred.is_some()));
        assert!(dossier.claims.iter().any(|c| !c.supports.is_empty()));
        assert!(dossier.claims.iter().any(|c| c.status.is_some()));
    }
}

#[test]
fn both_languages_have_the_same_records() {
    let counts = |language| {
        let d = prepared(language).dossier;
        [d.actors.len(), d.events.len(), d.places.len(), d.sources.len(), d.questions.len(), d.claims.len()]
    };
    assert!(Language::ALL.iter().all(|language| counts(*language) == counts(Language::English)));
}

/// What lies in the folder and not in the list would be forgotten.
#[test]
fn every_file_of_the_folder_is_in_the_list() {
    for language in Language::ALL {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scaffold").join(language.as_str());
        let listed: std::collections::BTreeSet<_> = files(*language).into_iter().map(|(path, _)| path).collect();
        for entry in walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file())
        {
            let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            assert!(path == "gitignore" || listed.contains(&path), "{path}");
        }
    }
}

#[test]
fn sheets_name_a_schema_that_is_there() {
    for language in Language::ALL {
        let files = files(*language);
        let sheets = || files.iter().filter(|(path, _)| path.ends_with(".yaml"));
        assert!(sheets().count() > 0);
        for (path, text) in sheets() {
            assert!(text.starts_with("# yaml-language-server: $schema=../../schema/sheet.json\n"), "{path}");
        }
        assert!(files.iter().any(|(path, _)| path == "schema/sheet.json"));
        assert!(
            files.iter().any(|(path, text)| path == "site.toml" && text.starts_with("#:schema schema/site.json\n"))
        );
    }
}

/// The dossier that the README has its reader write.
#[test]
fn the_first_sheet_of_the_readme_builds() {
    let readme = include_str!("../../../README.md");
    let block = |language: &str| readme.split(&format!("```{language}\n")).nth(1).unwrap().split("```").next().unwrap();
    let world = MemoryWorld::new()
        .with("site.toml", block("toml"))
        .with("content/first.yaml", block("yaml"))
        .with("content/bridge.md", block("markdown"));
    let prepared = prepare(&world, Options::default(), &mut Timings::default());
    let worse = prepared.diagnostics.iter().filter(|d| d.severity < sourcebook_core::base::diagnostic::Severity::Hint);
    let said: Vec<_> = worse.map(|d| (d.code, &d.message)).collect();
    // The next step of the README gives the quote something to be looked up in.
    assert_eq!(said.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["quote-unverified"], "{said:#?}");
    assert_eq!(prepared.dossier.claims.len(), 1);
}
