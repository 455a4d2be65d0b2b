//! Editors that links can open.

use crate::base::tree::decode::decode_words;

macro_rules! editors {
    ($($name:ident = $word:literal: $doc:literal),+ $(,)?) => {
        /// A program that opens a file at a line when a link asks it to.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Editor {
            #[default]
            $(#[doc = $doc] $name,)+
        }

        impl Editor {
            /// Every editor.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word in `site.toml`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}

editors! {
    VsCode = "vscode": "Visual Studio Code.",
    VsCodeInsiders = "vscode-insiders": "Visual Studio Code, its next version.",
    VsCodium = "vscodium": "VSCodium.",
    Cursor = "cursor": "Cursor.",
    Windsurf = "windsurf": "Windsurf.",
    Zed = "zed": "Zed.",
    Idea = "idea": "IntelliJ IDEA and its kin.",
    Sublime = "sublime": "Sublime Text, with a handler of `subl:` addresses.",
    TextMate = "textmate": "TextMate.",
    Emacs = "emacs": "Emacs, with a handler of `emacs:` addresses.",
    None = "none": "None: places are shown, and lead nowhere.",
}

decode_words!(Editor);
