use std::io::Write as _;

use super::super::{Bounds, Input, read};

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn check(name: &str, file: &[u8], expect: &[&str]) {
    let text = read(&Input::new(name, file), &Bounds::default()).unwrap();
    let shown: Vec<String> = (text.paragraphs().iter())
        .map(|p| format!("{}: {}", text.place(p.start).spot, &text.as_str()[p.clone()]))
        .collect();
    assert_eq!(shown, expect, "{name}");
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='w' xmlns:mc='m'><w:body>{body}</w:body></w:document>");
    let styles = "<w:styles xmlns:w='w'><w:style w:styleId='Titre1'><w:name w:val='heading 1'/></w:style></w:styles>";
    let notes =
        "<w:footnotes xmlns:w='w'><w:footnote><w:p><w:r><w:t>Une note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    zip(&[("word/document.xml", &document), ("word/styles.xml", styles), ("word/footnotes.xml", notes)])
}

#[test]
fn a_word_document_as_it_is_printed() {
    let body = "<w:p><w:pPr><w:pStyle w:val='Titre1'/></w:pPr><w:r><w:t>Titre</w:t></w:r></w:p>\
        <w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t xml:space='preserve'>Le </w:t></w:r>\
        <w:ins><w:r><w:t>vieux </w:t></w:r></w:ins><w:del><w:r><w:delText>jeune </w:delText></w:r></w:del>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>caché </w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>barré </w:t></w:r>\
        <w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>pont</w:t></w:r><w:r><w:noBreakHyphen/><w:t>levis &amp; tour</w:t></w:r></w:p>\
        <w:p><mc:AlternateContent><mc:Choice><w:r><w:t>une fois</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>deux</w:t></w:r></mc:Fallback></mc:AlternateContent>\
        <w:r><w:instrText>HYPERLINK</w:instrText></w:r></w:p>";
    check(
        "a.docx",
        &docx(body),
        &["heading: Titre", "§ 1: Le vieux pont\u{2011}levis & tour", "§ 2: une fois", "outside: Une note."],
    );
}

#[test]
fn an_open_document_as_it_is_printed() {
    let content = "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:style='s' xmlns:fo='f'><office:automatic-styles>\
        <style:style style:name='T1'><style:text-properties text:display='none'/></style:style>\
        <style:style style:name='T2'><style:text-properties style:text-line-through-style='solid'/></style:style></office:automatic-styles>\
        <office:body><office:text><text:tracked-changes><text:p>jeune</text:p></text:tracked-changes>\
        <text:h>Titre</text:h><text:p>Le<text:s text:c='2'/>vieux\n   pont<text:note><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>Une note.</text:p></text:note-body></text:note> est<text:span text:style-name='T1'> caché</text:span>\
        <text:span text:style-name='T2'> barré</text:span><text:line-break/>coupé<office:annotation><text:p>remarque</text:p></office:annotation>.</text:p>\
        </office:text></office:body></office:document-content>";
    let odt = zip(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)]);
    check("a.odt", &odt, &["heading: Titre", "§ 1: Le  vieux pont est\ncoupé.", "outside: Une note."]);
    let flat = format!(
        "<?xml version='1.0'?><office:document office:mimetype='application/vnd.oasis.opendocument.text'>{content}</office:document>"
    );
    check("a.fodt", flat.as_bytes(), &["heading: Titre", "§ 1: Le  vieux pont est\ncoupé.", "outside: Une note."]);
}

#[test]
fn bombs_end_within_bounds() {
    let why = |file: &[u8], bounds: &Bounds| read(&Input::new("a.docx", file), bounds).unwrap_err().to_string();
    let small = Bounds { unpacked: 1 << 16, ..Bounds::default() };
    let large = docx(&"<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(10_000));
    assert_eq!(why(&large, &small), "this is a Word document with more bytes once unpacked than are read");
    let deep = docx(&"<w:sdt>".repeat(100_000));
    assert_eq!(
        why(&deep, &Bounds::default()),
        "this is a Word document with more elements in one another than are read"
    );
    let many: Vec<(String, &str)> = (0..200).map(|n| (format!("word/{n}.xml"), "")).collect();
    let mut many: Vec<(&str, &str)> = many.iter().map(|(name, text)| (&**name, *text)).collect();
    many.push(("word/document.xml", ""));
    assert_eq!(
        why(&zip(&many), &Bounds { entries: 100, ..Bounds::default() }),
        "this is a Word document with more entries than are read"
    );
}
