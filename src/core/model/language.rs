//! The languages of the interface.

/// A language the interface is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// `fr`
    #[default]
    French,
    /// `en`
    English,
    /// `de`
    German,
}

impl Language {
    /// Every language.
    pub const ALL: &[Self] = &[Self::French, Self::English, Self::German];

    /// The BCP 47 tag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
            Self::German => "de",
        }
    }
}
