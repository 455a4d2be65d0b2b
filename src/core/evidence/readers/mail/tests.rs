use super::super::{Bounds, Fact, Input, read};

fn check(name: &str, file: &[u8], expect: &[&str]) -> Vec<Fact> {
    let text = read(&Input::new(name, file), &Bounds::default()).unwrap();
    let shown: Vec<String> = (text.paragraphs().iter())
        .map(|p| format!("{}: {}", text.place(p.start).spot, &text.as_str()[p.clone()]))
        .collect();
    assert_eq!(shown, expect, "{name}");
    text.facts().iter().filter(|fact| !matches!(fact, Fact::Charset { .. })).cloned().collect()
}

#[test]
fn a_mail_is_read_as_it_is_shown() {
    let mail = b"From: =?iso-8859-1?q?Ren=E9e?= <r@example.org>\r\nTo: a@example.org\r\nSubject: Le pont\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n\
        --y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTexte simple.\r\n\
        --y\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <p>Le pont est coup=E9,=\r\n dit-elle.</p>\r\n--y--\r\n\
        --x\r\nContent-Type: application/pdf; name=\"plan.pdf\"\r\nContent-Disposition: attachment; filename=\"plan.pdf\"\r\n\
        Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--x--\r\n";
    let facts = check(
        "a.eml",
        mail,
        &[
            "outside: From: Renée <r@example.org>\nTo: a@example.org\nSubject: Le pont",
            "§ 1: Le pont est coupé, dit-elle.",
        ],
    );
    assert_eq!(facts, [Fact::Attachment("plan.pdf".into())]);
}

#[test]
fn quoted_lines_are_read_on() {
    let mail = b"From: a@example.org\r\nSubject: s\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n\
        Elle disait :\r\n> Le pont est \r\n> coupe.\r\n>> Non.\r\n\r\n-- \r\nA.\r\n";
    check(
        "a.eml",
        mail,
        &[
            "outside: From: a@example.org\nSubject: s",
            "§ 1: Elle disait :",
            "§ 2: Le pont est \ncoupe.",
            "§ 3: Non.",
            "§ 4: -- \nA.",
        ],
    );
}

#[test]
fn a_page_saved_with_its_parts() {
    let page = |charset: &str, body: &str| {
        format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/pont\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/html{charset}\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/pont\r\n\r\n{body}\r\n\
             --b\r\nContent-Type: text/html\r\nContent-ID: <frame-1>\r\nContent-Location: cid:frame-1\r\n\r\n<p>Cadre</p>\r\n--b--\r\n"
        )
    };
    // Chrome names no charset.
    let utf8 = page("", "<meta charset=3D\"utf-8\"><p>Le pont est coup=C3=A9</p>");
    let facts = check("a", utf8.as_bytes(), &["§ 1: Le pont est coupé", "outside: Cadre"]);
    assert_eq!(facts, [Fact::Address("https://example.org/pont".into())]);
    let cyrillic = page("; charset=windows-1251", "<p>=CC=EE=F1=F2</p>");
    check("a.mhtml", cyrillic.as_bytes(), &["§ 1: Мост", "outside: Cadre"]);
}

#[test]
fn bombs_end_within_bounds() {
    let nested: String =
        (0..2_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n")).collect();
    let why = |file: &str, bounds: &Bounds| {
        read(&Input::new("a.eml", file.as_bytes()), bounds).map(|_| ()).map_err(|why| why.to_string())
    };
    let _ = why(&format!("Subject: s\r\n{nested}"), &Bounds::default());
    let parts =
        format!("Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\nx\r\n".repeat(1_000));
    let small = Bounds { entries: 100, ..Bounds::default() };
    assert_eq!(why(&parts, &small), Err("this is a mail with more parts than are read".into()));
}
