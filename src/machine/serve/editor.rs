//! Addresses that open a file at a line in the writer's editor.

use std::path::Path;

use sourcebook_core::base::file::Position;
use sourcebook_core::base::url::percent_file;
use sourcebook_core::dossier::config::Editor;

/// The address of a line, if the editor has such addresses and the file is on the disk.
pub fn link(editor: Editor, root: &Path, path: &str, at: Position) -> Option<String> {
    if path.starts_with('<') {
        return None;
    }
    let Position { line, column } = at;
    let file = percent_file(&root.join(path).to_str()?.replace('\\', "/"));
    let slashed = if file.starts_with('/') { file.clone() } else { format!("/{file}") };
    let by_path = |scheme: &str| Some(format!("{scheme}://file{slashed}:{line}:{column}"));
    match editor {
        Editor::VsCode => by_path("vscode"),
        Editor::VsCodeInsiders => by_path("vscode-insiders"),
        Editor::VsCodium => by_path("vscodium"),
        Editor::Cursor => by_path("cursor"),
        Editor::Windsurf => by_path("windsurf"),
        Editor::Zed => by_path("zed"),
        Editor::Idea => Some(format!("idea://open?file={file}&line={line}&column={column}")),
        Editor::Sublime => Some(format!("subl://open?url=file://{slashed}&line={line}&column={column}")),
        Editor::TextMate => Some(format!("txmt://open?url=file://{slashed}&line={line}&column={column}")),
        Editor::Emacs => Some(format!("emacs://open?url=file://{slashed}&line={line}&column={column}")),
        Editor::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links() {
        let check = |editor, path: &str, expect: Option<&str>| {
            let at = Position { line: 3, column: 7 };
            assert_eq!(link(editor, Path::new("/home/à b"), path, at).as_deref(), expect, "{editor:?}");
        };
        check(Editor::VsCode, "content/a.md", Some("vscode://file/home/%C3%A0%20b/content/a.md:3:7"));
        check(Editor::Idea, "a?.md", Some("idea://open?file=/home/%C3%A0%20b/a%3F.md&line=3&column=7"));
        check(Editor::Sublime, "a&b.md", Some("subl://open?url=file:///home/%C3%A0%20b/a%26b.md&line=3&column=7"));
        check(Editor::None, "a.md", None);
        check(Editor::VsCode, "<default>/templates/base.html", None);
    }
}
