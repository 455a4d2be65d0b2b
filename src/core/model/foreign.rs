//! What of other programs is recognised in a text, and what is written here instead.

/// What is meant where something foreign stands, and what to write here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Foreign {
    /// `{{< … >}}`, `{{% … %}}`, `{{ … }}`.
    Shortcode,
    /// `{% … %}`.
    Tag,
    /// `[gallery ids="…"]`, `[caption]…[/caption]`.
    Bracketed,
    /// `::: name`, `!!! name`.
    Container,
    /// `> [!NAME]` with a name that is none, or with words after it.
    Callout,
    /// `$…$`.
    Math,
    /// `{.class}`, `{#id}`, `{width=…}` after what is no heading.
    Attributes,
    /// `: words` after a table or an image.
    Caption,
    /// `*[NATO]: …`.
    Abbreviation,
    /// `==words==`, `++words++`, `||words||`, `{++words++}`, `{--words--}`.
    Marked,
    /// `[TOC]`.
    Contents,
    /// `%% … %%`, `{>> … <<}`, `{# … #}`, `{/* … */}`, `{!-- … --}`: what was written for nobody to read.
    Comment,
    /// ` ^name` at the end of a block.
    BlockName,
}

impl Foreign {
    /// What it is.
    pub fn told(self) -> &'static str {
        match self {
            Self::Shortcode | Self::Bracketed => "a shortcode of another program",
            Self::Tag => "a template's tag",
            Self::Container => "a container of another program",
            Self::Callout => "a box of no kind that is known",
            Self::Math => "a formula, which is not set here",
            Self::Attributes => "attributes of another program",
            Self::Caption => "a caption of another program",
            Self::Abbreviation => "an abbreviation of another program",
            Self::Marked => "a mark of another program",
            Self::Comment => "a comment of another program",
            Self::BlockName => "the name of a block in another program",
            Self::Contents => "another program's word for the contents",
        }
    }

    /// What to write here.
    pub fn help(self) -> &'static str {
        match self {
            Self::Shortcode | Self::Bracketed => {
                "a record's card is `![[id]]`, an image `![what it shows](file.jpg)`, a box `> [!NOTE]`, a pull quote `> [!QUOTE]`, a \
                 video or a table a fenced block: ```` ```video ````"
            }
            Self::Tag => {
                "articles hold no template code: set a record in with `![[id]]`, or print it in the theme's template"
            }
            Self::Container | Self::Callout => {
                "a box begins with a line `> [!NOTE]` (or TIP, IMPORTANT, WARNING, CAUTION), a pull quote with `> [!QUOTE]`; its words \
                 stand on the lines after it, each with `>`"
            }
            Self::Math => "write it in words and signs: `10^3^`, `H~2~O`, `x = a/b`",
            Self::Attributes => {
                "a heading takes `{#anchor}` and `{.class}`; for a pull quote write `> [!QUOTE]`; sizes are read from the image"
            }
            Self::Caption => {
                "the caption of an image stands on the lines after it; that of a table in a paragraph of its own"
            }
            Self::Abbreviation => "write the name out where it first stands: North Atlantic Treaty Organization (NATO)",
            Self::Marked => "for words that matter, write `**words**` or `*words*`",
            Self::Comment => {
                "what readers are not to see stands between `<!--` and `-->`; a backslash before it says that it is meant"
            }
            Self::BlockName => "leave it out: links lead to headings, `## Title {#anchor}`",
            Self::Contents => "leave it out: an article with three headings has its contents beside it",
        }
    }
}
