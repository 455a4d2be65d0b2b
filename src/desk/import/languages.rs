//! Languages by their names, as other programs write them: those of `babel`, in English, in French, by themselves, and the
//! codes of three letters of ISO 639-2.

/// The tag of BCP 47 for a name in lower case; nothing for what is no name here.
pub(super) fn by_name(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(_, names)| names.split(' ').any(|known| known == name)).map(|(tag, _)| *tag)
}

/// Tags, and the names of each.
const NAMES: &[(&str, &str)] = &[
    ("af", "afrikaans afr"),
    ("sq", "albanian albanais alb sqi shqip"),
    ("ar", "arabic arabe ara"),
    ("hy", "armenian arménien arm hye"),
    ("az", "azerbaijani aze"),
    ("eu", "basque euskara baq eus"),
    ("be", "belarusian biélorusse bel"),
    ("bn", "bengali bangla ben"),
    ("bs", "bosnian bosniaque bos"),
    ("br", "breton bre"),
    ("bg", "bulgarian bulgare bul"),
    ("my", "burmese birman bur mya"),
    ("ca", "catalan cat català"),
    ("zh", "chinese chinois chi zho mandarin"),
    ("zh-Hans", "chinese-hans chinese-simplified"),
    ("zh-Hant", "chinese-hant chinese-traditional"),
    ("hr", "croatian croate hrv hrvatski"),
    ("cs", "czech tchèque cze ces čeština"),
    ("da", "danish danois dan dansk"),
    ("nl", "dutch néerlandais dut nld nederlands"),
    ("en", "english anglais eng englisch"),
    ("en-US", "american usenglish"),
    ("en-GB", "british ukenglish"),
    ("en-AU", "australian"),
    ("en-CA", "canadian"),
    ("en-NZ", "newzealand"),
    ("eo", "esperanto epo"),
    ("et", "estonian estonien est eesti"),
    ("fi", "finnish finnois fin suomi"),
    ("fr", "french français francais frenchb fre fra französisch"),
    ("fr-CA", "acadian canadien"),
    ("fr-CH", "swissfrench"),
    ("fur", "friulan friulian"),
    ("gl", "galician galicien glg galego"),
    ("ka", "georgian géorgien geo kat"),
    ("de", "german ngerman germanb allemand deutsch ger deu"),
    ("de-AT", "austrian naustrian"),
    ("de-CH", "swissgerman nswissgerman"),
    ("el", "greek grec gre ell polutonikogreek"),
    ("grc", "ancientgreek"),
    ("he", "hebrew hébreu heb"),
    ("hi", "hindi hin"),
    ("hu", "hungarian hongrois hun magyar"),
    ("is", "icelandic islandais ice isl íslenska"),
    ("id", "indonesian indonésien ind indon bahasa bahasai"),
    ("ia", "interlingua ina"),
    ("ga", "irish irlandais gle gaeilge"),
    ("it", "italian italien italiano ita italienisch"),
    ("it-CH", "swissitalian"),
    ("ja", "japanese japonais jpn"),
    ("kk", "kazakh kaz"),
    ("km", "khmer khm"),
    ("rw", "kinyarwanda kin"),
    ("ko", "korean coréen kor koreanisch"),
    ("ku", "kurdish kurde kur"),
    ("kmr", "kurmanji kmr"),
    ("lo", "lao"),
    ("la", "latin lat"),
    ("la-x-medieval", "medievallatin"),
    ("lv", "latvian letton lav"),
    ("lt", "lithuanian lituanien lit"),
    ("lb", "luxembourgish ltz"),
    ("mk", "macedonian macédonien mac mkd"),
    ("ms", "malay malais may msa bahasam melayu"),
    ("mr", "marathi mar"),
    ("mn", "mongolian mongol mon"),
    ("no", "norwegian norvégien nor"),
    ("nb", "norsk nob bokmål"),
    ("nn", "nynorsk nno"),
    ("oc", "occitan oci"),
    ("fa", "persian farsi persan per fas"),
    ("pms", "piedmontese"),
    ("pl", "polish polonais pol polski polnisch"),
    ("pt", "portuguese portugais por portuges português portugiesisch"),
    ("pt-BR", "brazilian brazil"),
    ("ro", "romanian roumain rum ron română"),
    ("rm", "romansh roh"),
    ("ru", "russian russe rus russisch русский"),
    ("se", "samin northernsami sme"),
    ("gd", "scottish scotsgaelic gla"),
    ("sr", "serbian serbe srp"),
    ("sr-Cyrl", "serbianc"),
    ("sk", "slovak slovaque slo slk slovenčina"),
    ("sl", "slovene slovenian slovène slv"),
    ("hsb", "uppersorbian usorbian"),
    ("dsb", "lowersorbian lsorbian"),
    ("es", "spanish espagnol español castellano spa spanisch"),
    ("es-MX", "mexican spanishmx"),
    ("sw", "swahili swa"),
    ("sv", "swedish suédois swe svenska"),
    ("ta", "tamil tam"),
    ("th", "thai thaï tha"),
    ("tr", "turkish turc tur türkçe türkisch"),
    ("tk", "turkmen tuk"),
    ("uk", "ukrainian ukrainien ukr українська"),
    ("ur", "urdu urd"),
    ("uz", "uzbek ouzbek uzb"),
    ("vi", "vietnamese vietnamien vie"),
    ("cy", "welsh gallois wel cym"),
    ("yi", "yiddish"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_one_tag_and_each_tag_is_one() {
        let mut seen = std::collections::BTreeSet::new();
        for (tag, names) in NAMES {
            assert!(sourcebook_core::base::id::is_language(tag), "{tag}");
            for name in names.split(' ') {
                assert!(seen.insert(name), "{name}");
                assert_eq!(name.to_lowercase(), name);
            }
        }
    }

    /// Names that the manuals of `babel` and biblatex list.
    #[test]
    fn names_of_babel() {
        for (name, tag) in [
            ("ngerman", "de"),
            ("naustrian", "de-AT"),
            ("nswissgerman", "de-CH"),
            ("acadian", "fr-CA"),
            ("UKenglish", "en-GB"),
            ("newzealand", "en-NZ"),
            ("brazil", "pt-BR"),
            ("nynorsk", "nn"),
            ("polutonikogreek", "el"),
            ("magyar", "hu"),
            ("serbianc", "sr-Cyrl"),
            ("usorbian", "hsb"),
        ] {
            assert_eq!(by_name(&name.to_lowercase()), Some(tag), "{name}");
        }
        assert_eq!(by_name("klingon"), None);
        assert_eq!(by_name(""), None);
    }
}
