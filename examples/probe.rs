#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used, clippy::print_stdout)]
fn main() {
    let root = std::env::args().nth(1).unwrap();
    let disk = sourcebook::system::disk::Disk::open(std::path::Path::new(&root)).unwrap();
    let t = std::time::Instant::now();
    let mut diagnostics = vec![];
    let parsed = sourcebook::load::load(&disk).take(&mut diagnostics);
    let dossier = sourcebook::resolve::resolve(&parsed, Default::default()).take(&mut diagnostics);
    let e = t.elapsed();
    sourcebook::diagnostic::sort(&mut diagnostics, &parsed.files);
    println!("{}", sourcebook::system::terminal::human(&diagnostics, &parsed.files, false));
    println!(
        "{} claims {} actors {} articles {:?}",
        dossier.claims.len(),
        dossier.actors.len(),
        dossier.articles.len(),
        e
    );
}
