use super::*;

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(read(text, marks(None)).text(), expect, "{text}");
}

#[test]
fn accents_in_all_their_spellings() {
    for text in [
        r"\'e",
        r"\'{e}",
        r"{\'e}",
        r"{\'{e}}",
        r"\' e",
        r"{\' e}",
        r"\'{{e}}",
        r"\acute{e}",
        r"\char233",
        r#"\char"E9"#,
    ] {
        check(text, "é");
    }
    for text in [r"\'\i", r"\'{\i}", r"{\'\i}", r"{\'{\i}}", r"\'{\i }", r"\'i"] {
        check(text, "í");
    }
    check(r"Esp{\'\i}n, Fr\'{\i}as and Mu\~noz", "Espín, Frías and Muñoz");
    check(r"\c c\c{c}{\c c}\c{C}", "çççÇ");
    check(r"\v{c}\v s\H{o}\u{g}\k{a}\r{u}\.z\=a\d{s}\b{d}", "čšőğąůżāṣḏ");
    check(r#"Ha\v{s}ek Dvo{\v r}{\'a}k {\AA}ngstr{\"o}m {\O}stergaard"#, "Hašek Dvořák Ångström Østergaard");
    check(r#"\'{\^a} \'{\"u} \~{\u a}"#, "ấ ǘ ẵ");
    check(r"\ss\ae\o\l{}\i", "ßæøłı");
    check(r"stra\ss e", "straße");
    check(r"\^{} \~{} \`{}", "^ ~ `");
    check(r"\CYRR\cyru\cyrs{\cyrchar\cyrsftsn}", "Русь");
}

#[test]
fn words_of_commands() {
    check(r"\textit{E. coli} and {\em more} \emph{words}", "E. coli and more words");
    check(r"\enquote{a \enquote{b} c}", "“a ‘b’ c”");
    assert_eq!(read(r"\enquote{a \enquote*{b}}", marks(Some("fr"))).text(), "«\u{a0}a “b”\u{a0}»");
    check(r"``a'' --- b--c, 5~km \& 3\,\%", "“a” — b–c, 5 km & 3\u{2009}%");
    check(r"\{\vphantom{\}}a\vphantom{\{}\}", "{a}");
    check(r"{\noopsort{1973b}}1973", "1973");
    check(
        r"\href{https://e.org/a_b}{the page} at \url{https://e.org/a--b_c\%20d}",
        "the page at https://e.org/a--b_c%20d",
    );
    check(r"CO\textsubscript{2}, 11\textsuperscript{th}, {\rm x}", "CO₂, 11th, x");
    check(r"The \LaTeX{} and \LaTeX\ and {\TeX} and \TeX book", "The LaTeX and LaTeX and TeX and TeX book");
    check("one\n  line\n\n  and another", "one line\n\nand another");
    check(r"a \kern-.1em b\hspace{2em}c\-d\/e", "a bcde");
}

#[test]
fn formulas_and_money() {
    check(
        r"The $11^{th}$ H$_2$O, $x^2 \approx 10^{-5}$, $\alpha$-rays, 5$^\circ$C",
        "The 11th H₂O, x² ≈ 10⁻⁵, α-rays, 5°C",
    );
    check(r"$\frac{1}{2}$ \(a\) $x_{ij}$ \ensuremath{\beta}", "1/2 a x_(ij) β");
    check("It cost US$5", "It cost US$5");
    check("from US$5 to US$7 million", "from US$5 to US$7 million");
    check(r"\$5 {$", "$5 $");
}

#[test]
fn what_is_not_known() {
    let words = read(r"\frobnicate{the words} \XML and \strange end", marks(None));
    assert_eq!(words.text(), "the words XML and end");
    assert_eq!(words.unknown, ["frobnicate", "XML", "strange"]);
    check(r"\apj", "apj");
    check(r"a } b { c \", "a  b  c ");
}

#[test]
fn addresses() {
    for (text, expect) in [
        (r"https://e.org/a\_b\%20c--d~e", "https://e.org/a_b%20c--d~e"),
        (r"\url{https://e.org/\~{}ann}", "https://e.org/~ann"),
        (r"https://e.org/{\textasciitilde}ann{\_}b", "https://e.org/~ann_b"),
        (r"{https://e.org/}", "https://e.org/"),
        (r"C:\dir", r"C:\dir"),
    ] {
        assert_eq!(address(text), expect);
    }
}

#[test]
fn deep() {
    for text in [
        r"\'".repeat(100_000),
        "{".repeat(100_000),
        r"\enquote{".repeat(100_000),
        "$".repeat(100_000),
        r"\(".repeat(50_000),
    ] {
        read(&text, marks(None));
    }
}
