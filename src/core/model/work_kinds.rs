//! What other formats call a kind of work, as CSL types: the ways back of `export::bibtex` and `export::ris`, and
//! wider, for other programs write more than ours.

/// CSL types that appear within a larger work, whose title is then the outlet's name.
const PARTS: &[&str] = &[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "broadcast",
    "chapter",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "interview",
    "paper-conference",
    "post",
    "post-weblog",
    "review",
    "review-book",
    "webpage",
];

/// Whether works of a CSL type appear within a larger work.
pub fn is_part(kind: &str) -> bool {
    PARTS.contains(&kind)
}

/// The CSL type of an entry type of BibTeX or biblatex, which is in lower case.
pub fn of_bibtex(kind: &str, has_url: bool) -> Option<&'static str> {
    Some(match kind {
        "article" | "suppperiodical" => "article-journal",
        "book" | "mvbook" | "booklet" | "collection" | "mvcollection" | "reference" | "mvreference" | "proceedings"
        | "mvproceedings" => "book",
        "inbook" | "bookinbook" | "suppbook" | "incollection" | "suppcollection" => "chapter",
        "inreference" => "entry-encyclopedia",
        "inproceedings" | "conference" => "paper-conference",
        "techreport" | "report" | "manual" => "report",
        "phdthesis" | "mastersthesis" | "thesis" => "thesis",
        "online" | "electronic" | "www" | "webpage" => "webpage",
        "periodical" => "periodical",
        "patent" => "patent",
        "software" => "software",
        "dataset" => "dataset",
        "unpublished" => "manuscript",
        "artwork" | "image" => "graphic",
        "audio" | "music" => "song",
        "movie" | "video" => "motion_picture",
        "performance" => "performance",
        "jurisdiction" => "legal_case",
        "legislation" | "legal" => "legislation",
        "letter" => "personal_communication",
        "review" => "review",
        "standard" => "standard",
        "misc" if has_url => "webpage",
        "misc" => "document",
        _ => return None,
    })
}

/// The CSL type of a reference type of RIS (`TY`).
pub fn of_ris(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "NEWS" => "article-newspaper",
        "MGZN" => "article-magazine",
        "JOUR" | "JFULL" | "EJOUR" | "INPR" | "ABST" => "article-journal",
        "BILL" => "bill",
        "BOOK" | "EBOOK" | "EDBOOK" | "CONF" => "book",
        "VIDEO" | "MULTI" => "broadcast",
        "CHAP" | "ECHAP" => "chapter",
        "DATA" | "AGGR" | "DBASE" => "dataset",
        "DICT" => "entry-dictionary",
        "ENCYC" => "entry-encyclopedia",
        "FIGURE" | "CHART" | "EQUA" => "figure",
        "ART" | "SLIDE" => "graphic",
        "HEAR" => "hearing",
        "CASE" => "legal_case",
        "STAT" | "LEGAL" => "legislation",
        "UNPB" | "MANSCPT" => "manuscript",
        "MAP" => "map",
        "MPCT" => "motion_picture",
        "MUSIC" => "musical_score",
        "PAMP" => "pamphlet",
        "CPAPER" => "paper-conference",
        "PAT" => "patent",
        "PCOMM" | "ICOMM" => "personal_communication",
        "BLOG" => "post-weblog",
        "RPRT" | "GOVDOC" => "report",
        "COMP" => "software",
        "SOUND" => "song",
        "STAND" => "standard",
        "THES" => "thesis",
        "ELEC" => "webpage",
        "GEN" => "document",
        _ => return None,
    })
}

/// The CSL type of a schema.org type; the first of several that is more than a page decides.
pub fn of_schema(kind: &str) -> Option<&'static str> {
    let name = kind.rsplit(['/', '#', ':']).next().unwrap_or_default();
    Some(match name {
        "NewsArticle"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "BackgroundNewsArticle"
        | "ReviewNewsArticle"
        | "AskPublicNewsArticle"
        | "LiveBlogPosting" => "article-newspaper",
        "ScholarlyArticle" | "MedicalScholarlyArticle" => "article-journal",
        "BlogPosting" => "post-weblog",
        "SocialMediaPosting" | "DiscussionForumPosting" => "post",
        "Report" => "report",
        "Legislation" => "legislation",
        "Book" => "book",
        "Dataset" => "dataset",
        "Thesis" => "thesis",
        "TechArticle" | "Article" | "AdvertiserContentArticle" | "SatiricalArticle" | "WebPage" => "webpage",
        _ => return None,
    })
}
