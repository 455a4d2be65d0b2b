//! Files that hosts read: `robots.txt`, `.nojekyll` and `CNAME` (GitHub Pages), `_headers` and `_redirects` (Netlify,
//! Cloudflare Pages). A file of that name in `content/` takes the place of ours.

use std::fmt::Write;

use super::{PageKind, Role};
use crate::export::FOLDER;
use crate::plan::{Planner, Route};
use crate::policy::policy;
use crate::render::Renderer;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::url::percent;

/// `/robots.txt` and its like
pub(super) static KIND: PageKind = PageKind { name: "files for hosts", role: Role::File, plan, render };

type Text = fn(&Renderer<'_>, &mut String);

const FILES: [(&str, Text); 5] = [
    ("robots.txt", robots),
    (".nojekyll", |_, _| {}),
    ("CNAME", cname),
    ("_headers", headers),
    ("_redirects", redirects),
];

fn plan(planner: &mut Planner<'_>) {
    let publish = &planner.parsed.config.publish;
    let absent = publish.image.as_ref().filter(|path| !planner.parsed.content.assets.contains(&path.value));
    let fault = absent.map(|path| {
        let message = format!("there is no file `content/{}`", path.value);
        Diagnostic::error("missing-file", path.span, message)
    });
    let aliases = planner.dossier.articles.iter().any(|article| !article.aliases.is_empty());
    let wanted = [true, true, publish.cname.is_some(), publish.headers, publish.headers && aliases];
    for (n, (file, _)) in FILES.into_iter().enumerate().filter(|(n, _)| wanted[*n]) {
        planner.add_unless_own(n, file);
    }
    planner.diagnostics.extend(fault);
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let mut text = String::new();
    (FILES[route.subject as usize].1)(renderer, &mut text);
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

fn robots(renderer: &Renderer<'_>, out: &mut String) {
    out.push_str("User-agent: *\nAllow: /\n");
    if let Some(base) = &renderer.config().base_url {
        let _ = writeln!(out, "\nSitemap: {base}/sitemap.xml");
    }
}

fn cname(renderer: &Renderer<'_>, out: &mut String) {
    if let Some(name) = &renderer.config().publish.cname {
        let _ = writeln!(out, "{name}");
    }
}

/// The policy of the pages themselves; files named by their content are kept for a year; data may be read by any page.
fn headers(renderer: &Renderer<'_>, out: &mut String) {
    out.push_str("/*\n");
    // Cards to embed have a policy of their own, and a browser holds pages to all that they are sent.
    if !renderer.config().publish.embed {
        let _ = writeln!(out, "  Content-Security-Policy: {}", policy(renderer.config()));
    }
    out.push_str("  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n");
    // By path, for in the same folder stand files that change under one name: the search index, the writer's own.
    for file in &renderer.theme.statics {
        let _ = writeln!(out, "/{}\n  Cache-Control: public, max-age=31536000, immutable", file.path);
    }
    let _ = writeln!(out, "/{FOLDER}/*\n  Access-Control-Allow-Origin: *");
}

/// Old addresses of articles, with and without the slash at the end.
fn redirects(renderer: &Renderer<'_>, out: &mut String) {
    for article in &renderer.dossier.articles {
        let to = match percent(&article.url) {
            url if url.is_empty() => "/".to_owned(),
            url => format!("/{url}/"),
        };
        for (alias, _) in &article.aliases {
            let from = percent(alias);
            let _ = writeln!(out, "/{from} {to} 301");
            if !from.ends_with(".html") {
                let _ = writeln!(out, "/{from}/ {to} 301");
            }
        }
    }
}
