//! Timestamps: an authority made by OpenSSL, asked over HTTP on the loopback; OpenSSL is the judge of what we keep.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;

use crate::program::Dossier;

const SHEET: &str = "sources:\n  paper: { title: Paper, capture: { file: p.txt, on: 2024-11-04 } }\nclaims:\n  said: { statement: \
                     Closed., evidence: { source: paper, quote: closed on Monday } }\n";

const CONFIG: &str = "\
[tsa]
default_tsa = one
[one]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = DIGEST
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
clock_precision_digits = DIGITS
ordering = yes
tsa_name = yes
ess_cert_id_alg = ESS
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamps]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[web]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
";

/// An authority: its folder, and where it answers.
struct Authority {
    url: String,
    pem: String,
    _folder: Dossier,
}

fn openssl(folder: &Path, arguments: &[&str]) -> Output {
    Command::new("openssl").args(arguments).current_dir(folder).output().unwrap()
}

#[track_caller]
fn made(folder: &Path, arguments: &str) {
    let output = openssl(folder, &arguments.split(' ').collect::<Vec<_>>());
    assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Authority {
    /// `key`: what `openssl genpkey` takes. The certificate holds for `days`.
    fn start(key: &str, digest: &str, digits: &str, ess: &str) -> Self {
        Self::with(key, digest, digits, ess, "stamps")
    }

    fn with(key: &str, digest: &str, digits: &str, ess: &str, usage: &str) -> Self {
        let config = CONFIG.replace("DIGEST", digest).replace("DIGITS", digits).replace("ESS", ess);
        let folder = Dossier::new(&[("tsa.cnf", &config), ("serial", "01\n")]);
        let at = folder.path("");
        for name in ["ca", "tsa"] {
            made(&at, &format!("genpkey {key} -out {name}.key"));
        }
        made(
            &at,
            "req -x509 -new -key ca.key -subj /CN=Test_Root -days 3650 -config tsa.cnf -extensions ca -out ca.pem -sha256",
        );
        made(&at, "req -new -key tsa.key -subj /CN=Test_Stamps -config tsa.cnf -out tsa.csr");
        made(
            &at,
            &format!(
                "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 400 -extfile tsa.cnf -extensions {usage} -out tsa.pem -sha256"
            ),
        );
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/tsr", listener.local_addr().unwrap());
        let pem = folder.read("ca.pem");
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut length = 0;
                let mut line = String::new();
                while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                    if let Some(n) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                        length = n.trim().parse().unwrap();
                    }
                    line.clear();
                }
                let mut question = vec![0; length];
                reader.read_exact(&mut question).unwrap();
                std::fs::write(at.join("query.tsq"), question).unwrap();
                let _ = std::fs::remove_file(at.join("reply.tsr"));
                openssl(&at, &["ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr"]);
                let reply = std::fs::read(at.join("reply.tsr")).unwrap_or_default();
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    reply.len()
                );
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&reply));
            }
        });
        Self { url, pem, _folder: folder }
    }
}

/// A dossier whose quote was looked up, with authorities by their addresses and certificates.
fn dossier(authorities: &[(&str, &str, &str)]) -> Dossier {
    let mut config = "title = \"T\"\nlanguage = \"en\"\n[captures]\ndir = \"captures\"\n".to_owned();
    for (id, url, _) in authorities {
        config += &format!("[[stamp]]\nid = \"{id}\"\nname = \"Authority {id}\"\nurl = \"{url}\"\n");
    }
    let dossier = Dossier::new(&[
        ("site.toml", &config),
        ("content/a.yaml", SHEET),
        ("captures/p.txt", "It was closed on Monday.\n"),
    ]);
    for (id, _, pem) in authorities {
        dossier.write(&format!("proof/{id}.pem"), pem);
    }
    assert!(dossier.run(&["verify"]).status.success());
    dossier
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The folder of the stamp, below `proof/`.
fn stamp_folder(dossier: &Dossier) -> String {
    let entries = std::fs::read_dir(dossier.path("proof")).unwrap();
    let folders = entries.map(|e| e.unwrap().path()).filter(|p| p.is_dir());
    folders.map(|p| p.file_name().unwrap().to_str().unwrap().to_owned()).next().unwrap()
}

/// Whether OpenSSL takes a token, by what the site's own README says.
fn judge(proof: &Path, folder: &str) -> bool {
    let readme = std::fs::read_to_string(proof.join("README.txt")).unwrap();
    let line = readme.lines().map(str::trim).find(|line| line.starts_with("openssl ts -verify")).unwrap();
    assert!(line.contains(folder));
    let output = openssl(proof, &line.split(' ').skip(1).collect::<Vec<_>>());
    output.status.success() && String::from_utf8_lossy(&output.stdout).contains("Verification: OK")
}

#[test]
fn an_authority_s_word_is_taken_published_and_judged_by_openssl() {
    for (key, digest, digits, ess) in [
        ("-algorithm RSA -pkeyopt rsa_keygen_bits:2048", "sha256", "0", "sha256"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "sha256", "3", "sha1"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-384", "sha384", "0", "sha512"),
    ] {
        let authority = Authority::start(key, digest, digits, ess);
        let dossier = dossier(&[("test", &authority.url, &authority.pem)]);
        let stamped = dossier.run(&["stamp"]);
        assert!(stamped.status.success(), "{key}: {}", said(&stamped));
        assert!(said(&dossier.run(&["stamp"])).contains("has stamped this very lock before"));
        let verified = dossier.run(&["verify"]);
        assert!(said(&verified).contains("Authority test: this very lock existed by 20"), "{}", said(&verified));
        let built = dossier.run(&["build"]);
        assert!(built.status.success(), "{}", said(&built));
        let page = dossier.read("public/claims/said/index.html");
        assert!(page.contains("existed on or before"), "{key}");
        assert!(page.contains("says Authority test."));
        let folder = stamp_folder(&dossier);
        assert!(judge(&dossier.path("public/data/proof"), &folder), "{key}");
    }
}

#[test]
fn one_byte_more_and_all_say_no() {
    let authority = Authority::start("-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "sha256", "0", "sha256");
    let dossier = dossier(&[("test", &authority.url, &authority.pem)]);
    assert!(dossier.run(&["stamp"]).status.success());
    assert!(dossier.run(&["build"]).status.success());
    let folder = stamp_folder(&dossier);
    let published = dossier.path("public/data/proof");
    for (name, change) in [("captures.lock", 1_usize), ("test.tsr", 0)] {
        for root in [published.clone(), dossier.path("proof")] {
            let file = root.join(&folder).join(name);
            let whole = std::fs::read(&file).unwrap();
            let mut bytes = whole.clone();
            match change {
                1 => bytes.push(b'\n'),
                _ => *bytes.last_mut().unwrap() ^= 1,
            }
            std::fs::write(&file, bytes).unwrap();
            if root == published {
                assert!(!judge(&published, &folder), "openssl, {name}");
            } else {
                let verified = dossier.run(&["verify"]);
                assert_eq!(verified.status.code(), Some(1), "verify, {name}");
                assert!(said(&verified).contains("stamp-invalid"), "{}", said(&verified));
                assert_eq!(dossier.run(&["check"]).status.code(), Some(1), "check, {name}");
            }
            std::fs::write(&file, whole).unwrap();
        }
    }
    assert!(judge(&published, &folder));
    // Another root of the same name is another authority.
    let other = Authority::start("-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "sha256", "0", "sha256");
    dossier.write("proof/test.pem", &other.pem);
    let verified = dossier.run(&["verify"]);
    assert_eq!(verified.status.code(), Some(1));
    assert!(said(&verified).contains("its certificate does not hold"), "{}", said(&verified));
}

#[test]
fn an_authority_that_is_silent_refuses_or_lies_loses_nothing() {
    let good = Authority::start("-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "sha256", "0", "sha256");
    let web = Authority::with("-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "sha256", "0", "sha256", "web");
    let silent = "http://127.0.0.1:9/tsr";
    let all = [("a-silent", silent, &*good.pem), ("good", &*good.url, &*good.pem), ("web", &*web.url, &*web.pem)];
    let dossier = dossier(&all);
    let stamped = dossier.run(&["stamp"]);
    assert_eq!(stamped.status.code(), Some(1));
    let said = said(&stamped);
    assert!(
        said.contains("Authority a-silent: no timestamp:") && said.contains("Authority good: existed by"),
        "{said}"
    );
    assert!(said.contains("Authority web: no timestamp:"), "{said}");
    let folder = stamp_folder(&dossier);
    let tokens: Vec<PathBuf> =
        std::fs::read_dir(dossier.path(&format!("proof/{folder}"))).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(tokens.len(), 2, "the lock and one token: {tokens:?}");
    assert!(dossier.run(&["check"]).status.success());
}

#[test]
fn what_was_valid_when_made_stays_and_an_older_stamp_goes_on_to_prove() {
    let authority = Authority::start("-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "sha256", "0", "sha256");
    let dossier = dossier(&[("test", &authority.url, &authority.pem)]);
    assert!(dossier.run(&["stamp"]).status.success());
    // Ten years on its certificate has run out: the token holds.
    let later = dossier.command(&["verify"]).env("SOURCE_DATE_EPOCH", "2080000000").output().unwrap();
    assert!(later.status.success(), "{}", said(&later));
    assert!(said(&later).contains("was valid then, and has run out since"), "{}", said(&later));
    // A second claim: its quote is in no stamped lock; the first one's still is.
    let more = format!("{SHEET}  more: {{ statement: It was., evidence: {{ source: paper, quote: It was }} }}\n");
    dossier.write("content/a.yaml", &more);
    let verified = dossier.run(&["verify"]);
    assert!(said(&verified).contains("captures.lock has changed since it was last stamped"), "{}", said(&verified));
    assert!(dossier.run(&["build"]).status.success());
    assert!(dossier.read("public/claims/said/index.html").contains("existed on or before"));
    assert!(!dossier.read("public/claims/more/index.html").contains("existed on or before"));
    // Another capture, in which the words stand too, is not the one that was stamped.
    dossier.write("captures/p.txt", "It was closed on Monday, they say.\n");
    assert!(dossier.run(&["verify"]).status.success());
    assert!(dossier.run(&["build"]).status.success());
    assert!(!dossier.read("public/claims/said/index.html").contains("existed on or before"));
}

/// Serves a folder, and one archived copy below `/archive/`.
fn serve(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let site = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut line = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let _ = reader.read_line(&mut line);
            let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
            while reader.read_line(&mut line).is_ok_and(|n| n > 2) {}
            let (status, memento, body) = match path.as_str() {
                "/archive/20241104103000id_/http://paper.example/a" => (
                    "200 OK",
                    "Memento-Datetime: Mon, 04 Nov 2024 10:30:00 GMT\r\n",
                    b"<p>It was closed on Monday.</p>".to_vec(),
                ),
                path => match std::fs::read(folder.join(path.trim_start_matches('/'))) {
                    Ok(bytes) => ("200 OK", "", bytes),
                    Err(_) => ("404 Not Found", "", Vec::new()),
                },
            };
            let head = format!(
                "HTTP/1.1 {status}\r\n{memento}Content-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        }
    });
    site
}

/// What `docs/proof.md` shows: a reader who has the site, and trusts neither it nor this program.
const READER: &str = r#"
set -eu
quote='closed on Monday'
curl -fsS "$SITE/data/proof/README.txt" -o README.txt
verify=$(grep -m1 'openssl ts -verify' README.txt)
folder=$(echo "$verify" | sed 's/.*-data \([0-9a-f]*\).*/\1/')
mkdir -p "$folder"
for file in "$folder/captures.lock" "$folder/test.tsr" test.pem; do curl -fsS "$SITE/data/proof/$file" -o "$file"; done
eval "$verify"
hash=$(printf '%s' "$quote" | openssl dgst -sha256 -r | cut -c1-64)
grep "$hash" "$folder/captures.lock" | grep -m1 -o 'state = "verbatim"'
copy=$(curl -fsS "$SITE/data/dossier.json" | grep -o '"archivedAt":"[^"]*"' | head -1 | cut -d'"' -f4)
curl -fsS -D headers.txt "$copy" -o copy.html
grep -i '^memento-datetime' headers.txt
grep -c "$quote" copy.html
openssl ts -reply -in "$folder/test.tsr" -text 2>/dev/null | grep 'Time stamp'
"#;

#[cfg(feature = "links")]
#[test]
fn a_reader_with_openssl_and_curl_checks_a_quote_to_the_end() {
    let authority = Authority::start("-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "sha256", "0", "sha256");
    let dossier = dossier(&[("test", &authority.url, &authority.pem)]);
    let site = serve(dossier.path("public"));
    let archive = format!("archive: {{ url: '{site}/archive/20241104103000/http://paper.example/a' }}");
    dossier.write(
        "content/a.yaml",
        &SHEET.replace("title: Paper,", &format!("title: Paper, url: 'http://paper.example/a', {archive},")),
    );
    let verified = dossier.command(&["verify", "--archives"]).env("NO_PROXY", "127.0.0.1").output().unwrap();
    assert!(verified.status.success(), "{}", said(&verified));
    assert!(dossier.run(&["stamp"]).status.success());
    assert!(dossier.run(&["build"]).status.success());
    let page = dossier.read("public/claims/said/index.html");
    assert!(page.contains("Also found word for word in the public copy made on 4 November 2024 (127.0.0.1:"), "{page}");
    let reader = Dossier::new(&[("check.sh", READER)]);
    let output = Command::new("sh")
        .arg("check.sh")
        .current_dir(reader.path(""))
        .env("SITE", &site)
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told} {}", said(&output));
    for line in ["Verification: OK", "state = \"verbatim\"", "04 Nov 2024 10:30:00 GMT", "\n1\n", "Time stamp: "] {
        assert!(told.to_lowercase().contains(&line.to_lowercase()), "{line}: {told}");
    }
}

/// A signature of ECDSA as browsers make it: the two numbers one after the other, each as long as the curve's.
fn raw(asn1: &[u8], length: usize) -> Vec<u8> {
    let mut rest = &asn1[2..];
    let mut out = Vec::new();
    for _ in 0..2 {
        let (number, after) = rest[2..].split_at(usize::from(rest[1]));
        let number = if number.len() > length { &number[1..] } else { number };
        out.extend(vec![0; length - number.len()]);
        out.extend(number);
        rest = after;
    }
    out
}

/// A web archive of one page, with this `datapackage-digest.json`.
fn wacz(package: &[u8], digest: &str, warc: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let files =
        [("archive/a.warc", warc), ("datapackage.json", package), ("datapackage-digest.json", digest.as_bytes())];
    for (name, bytes) in files {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn who_signed_a_web_archive_is_said_with_what_it_proves() {
    let body = "<p>It was closed on Monday.</p>";
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let warc = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-11-04T10:30:00Z\r\n\
         WARC-Target-URI: https://paper.example/\r\nContent-Type: application/http; msgtype=response\r\n\
         Content-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    );
    let dossier = Dossier::new(&[
        ("site.toml", "title = \"T\"\nlanguage = \"en\"\n[captures]\ndir = \"captures\"\n"),
        (
            "content/a.yaml",
            &SHEET.replace("capture: { file: p.txt", "url: 'https://paper.example/', capture: { file: p.wacz"),
        ),
        ("warc", &warc),
        ("web.cnf", "[web]\nsubjectAltName = DNS:archive.example\n"),
    ]);
    let at = dossier.path("");
    let read = |name: &str| std::fs::read(at.join(name)).unwrap();
    let out = |arguments: &str| {
        String::from_utf8(openssl(&at, &arguments.split(' ').collect::<Vec<_>>()).stdout).unwrap().trim().to_owned()
    };
    let package = format!(
        "{{\"resources\":[{{\"path\":\"archive/a.warc\",\"hash\":\"sha256:{}\",\"bytes\":{}}}]}}",
        &out("dgst -sha256 -r warc")[..64],
        warc.len()
    );
    dossier.write("package.json", &package);
    let hash = format!("sha256:{}", &out("dgst -sha256 -r package.json")[..64]);
    dossier.write("hash.txt", &hash);
    made(&at, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key.pem");
    made(&at, "pkey -in key.pem -pubout -outform DER -out public.der");
    made(&at, "dgst -sha256 -sign key.pem -out signature.der hash.txt");
    made(
        &at,
        "req -x509 -new -key key.pem -subj /CN=archive.example -days 30 -config web.cnf -extensions web -out web.pem",
    );
    std::fs::write(at.join("signature.raw"), raw(&read("signature.der"), 48)).unwrap();
    let (asn1, plain) = (out("base64 -A -in signature.der"), out("base64 -A -in signature.raw"));
    let (public, key) = (out("base64 -A -in public.der"), out("dgst -sha256 -r public.der"));
    let certificate = dossier.read("web.pem").replace('\n', "\\n");
    let domain = |name: &str| {
        format!(
            "\"signature\":\"{asn1}\",\"created\":\"2026-11-01T00:00:00Z\",\"domain\":\"{name}\",\"domainCert\":\"{certificate}\""
        )
    };
    let nobody = "bears a signature that does not hold";
    for (signed, expect) in [
        (
            format!("\"signature\":\"{plain}\",\"publicKey\":\"{public}\""),
            &*format!("signed with a key (SHA‑256 {}", &key[..64]),
        ),
        (format!("\"signature\":\"{asn1}\",\"publicKey\":\"{public}\""), "signed with a key"),
        (domain("archive.example"), "in the name of archive.example, by a certificate that leads to no authority"),
        (domain("other.example"), nobody),
        (format!("\"signature\":\"{}\",\"publicKey\":\"{public}\"", plain.replacen(&plain[..4], "AAAA", 1)), nobody),
    ] {
        let digest = format!("{{\"hash\":\"{hash}\",\"signedData\":{{\"hash\":\"{hash}\",{signed}}}}}");
        std::fs::create_dir_all(at.join("captures")).unwrap();
        std::fs::write(at.join("captures/p.wacz"), wacz(package.as_bytes(), &digest, warc.as_bytes())).unwrap();
        let verified = dossier.run(&["verify"]);
        assert!(verified.status.success(), "{}", said(&verified));
        assert_eq!(said(&verified).contains("capture-doubtful"), expect == nobody, "{}", said(&verified));
        assert!(dossier.run(&["build"]).status.success());
        let page = dossier.read("public/sources/paper/index.html");
        assert!(page.contains(expect), "{expect}: {page}");
    }
}
