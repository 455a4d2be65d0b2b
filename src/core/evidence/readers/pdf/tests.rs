use super::super::{Bounds, Input, Why, read};

/// A PDF of so many pages, each with the operators of its content and what else its catalog says.
fn pdf(pages: &[&str], catalog: &str) -> Vec<u8> {
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"),
        format!(
            "<</Type/Pages/Count {}/Kids[{}]>>",
            pages.len(),
            (0..pages.len()).map(|n| format!("{} 0 R ", 4 + 2 * n)).collect::<String>()
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    for (n, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
            5 + 2 * n
        ));
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    let (mut file, mut places) = ("%PDF-1.7\n".to_owned(), Vec::new());
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let start = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        file += &format!("{place:010} 00000 n \n");
    }
    file += &format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

fn line(x: u32, y: u32, words: &str) -> String {
    format!("BT /F 10 Tf {x} {y} Td ({words}) Tj ET\n")
}

fn check(pages: &[&str], catalog: &str, expect: &str) {
    let text = read(&Input::new("a.pdf", &pdf(pages, catalog)), &Bounds::default()).unwrap();
    let shown: Vec<String> = (text.paragraphs().iter())
        .map(|p| format!("{}: {:?}", text.place(p.start).spot, &text.as_str()[p.clone()]))
        .collect();
    assert_eq!(shown.join("\n"), expect);
}

#[test]
fn lines_and_paragraphs() {
    let page =
        [line(50, 300, "Le pont est cou-"), line(50, 288, "pe depuis hier."), line(50, 250, "Autre alinea.")].concat();
    check(&[&page], "", "p. 1: \"Le pont est cou-\\npe depuis hier.\"\np. 1: \"Autre alinea.\"");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let in_order = |lines: &[usize]| -> String {
        let all = [
            "gauche, la premiere ligne",
            "gauche, la deuxieme ligne",
            "gauche, la troisieme ligne",
            "droite, la premiere ligne",
            "droite, la deuxieme ligne",
            "droite, la troisieme ligne",
        ];
        lines.iter().map(|&i| line(if i < 3 { 50 } else { 220 }, 300 - 12 * (i as u32 % 3), all[i])).collect()
    };
    let expect = "p. 1: \"gauche, la premiere ligne\\ngauche, la deuxieme ligne\\ngauche, la troisieme ligne\"\n\
                  p. 1: \"droite, la premiere ligne\\ndroite, la deuxieme ligne\\ndroite, la troisieme ligne\"";
    check(&[&in_order(&[0, 1, 2, 3, 4, 5])], "", expect);
    check(&[&in_order(&[0, 3, 1, 4, 2, 5])], "", expect);
    check(&[&in_order(&[5, 2, 0, 4, 1, 3])], "", expect);
}

#[test]
fn pages_are_called_by_their_labels() {
    let page = line(50, 300, "Texte.");
    let labels = "/PageLabels<</Nums[0<</S/r/St 4>>1<</S/D/P(A-)>>]>>";
    check(
        &[&page, &page, &page],
        labels,
        "p. iv (sheet 1): \"Texte.\"\np. A-1 (sheet 2): \"Texte.\"\np. A-2 (sheet 3): \"Texte.\"",
    );
}

#[test]
fn a_sentence_runs_over_heads_and_feet() {
    let page = |n: u32, words: &str| {
        [line(50, 380, "Rapport annuel"), line(50, 200, words), line(200, 20, &n.to_string())].concat()
    };
    check(
        &[&page(1, "Le pont est"), &page(2, "coupe depuis"), &page(3, "hier.")],
        "",
        "p. 1: \"Le pont est\\ncoupe depuis\\nhier.\"\np. 1: \"1\"\np. 1: \"Rapport annuel\"\np. 2: \"2\"\n\
         p. 2: \"Rapport annuel\"\np. 3: \"3\"\np. 3: \"Rapport annuel\"",
    );
}

#[test]
fn what_nobody_sees_is_not_read() {
    let hidden = "BT /F 10 Tf 3 Tr 50 100 Td (invisible) Tj ET\n";
    let page = [line(50, 300, "Vu."), line(900, 300, "dehors"), hidden.to_owned()].concat();
    check(&[&page], "", "p. 1: \"Vu.\"");
    let meant = "/Span<</ActualText(sens)>>BDC BT /F 10 Tf 50 100 Td (xyz) Tj ET EMC";
    check(&[meant], "", "p. 1: \"sens\"");
}

#[test]
fn marks_of_notes_are_no_words() {
    let page = "BT /F 10 Tf 50 300 Td (Le pont) Tj /F 6 Tf 4 Ts (12) Tj /F 10 Tf 0 Ts ( est coupe en 10) Tj /F 6 Tf 4 Ts (2) Tj ET";
    check(&[page], "", "p. 1: \"Le pont est coupe en 102\"");
}

#[test]
fn a_pdf_without_text_says_so() {
    let why = |bytes: &[u8]| read(&Input::new("a.pdf", bytes), &Bounds::default()).unwrap_err();
    assert_eq!(why(&pdf(&["0 0 10 10 re f"], "")).to_string(), "this is a PDF without any text");
    assert!(why(&pdf(&["0 0 10 10 re f"], "")).help().contains("ocrmypdf"));
    assert!(matches!(why(b"%PDF-1.4 and nothing"), Why::Broken { .. }));
}

#[test]
fn bombs_end_within_bounds() {
    use std::io::Write as _;
    let zip = |bytes: &[u8]| {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    };
    let small = Bounds { unpacked: 1 << 20, ..Bounds::default() };
    let stream = |bytes: &[u8]| [b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>stream\n", bytes, b"\nendstream"].concat();
    let why = |bytes: &[u8]| read(&Input::new("a.pdf", bytes), &small).unwrap_err().to_string();
    let unpacked = "this is a PDF with more bytes once unpacked than are read";
    let zeros = vec![0; 2 << 20];
    assert_eq!(why(&stream(&zip(&zeros))), unpacked);
    assert_eq!(why(&stream(&zip(&zip(&zeros)))), unpacked);
    // Forms that draw one another ten times each, ten deep.
    let forms: String = (0..12)
        .map(|n| {
            let content = if n == 11 { "0 0 1 1 re f".into() } else { format!("/X{} Do ", n + 1).repeat(10) };
            format!(
                "{} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X{} {} 0 R>>>>/Length {}>>stream\n{content}\nendstream endobj\n",
                10 + n, n + 1, 11 + n, content.len()
            )
        })
        .collect();
    let bomb = format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X0 10 0 R>>>>/Contents 4 0 R>>endobj\n4 0 obj<</Length 6>>stream\n/X0 Do\nendstream endobj\n{forms}trailer<</Root 1 0 R>>"
    );
    let steps = Bounds { steps: 10_000, ..Bounds::default() };
    let why = read(&Input::new("a.pdf", bomb.as_bytes()), &steps).unwrap_err().to_string();
    assert_eq!(why, "this is a PDF with more things on one page than are read");
    let deep = [b"%PDF-1.7\n1 0 obj".as_slice(), &b"[".repeat(1 << 20), b"trailer<</Root 1 0 R>>"].concat();
    assert!(read(&Input::new("a.pdf", &deep), &Bounds::default()).is_err());
    let pages = Bounds { pages: 1, ..Bounds::default() };
    let two = pdf(&["", ""], "");
    assert_eq!(
        read(&Input::new("a.pdf", &two), &pages).unwrap_err().to_string(),
        "this is a PDF with more pages than are read"
    );
}
