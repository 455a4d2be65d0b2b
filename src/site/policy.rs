//! What browsers let a page do.

use sourcebook_core::dossier::config::Config;

/// What a page may load and do, of every page and host: nothing from elsewhere, no inline script or style.
pub fn policy(config: &Config) -> &'static str {
    if config.full_text {
        // Pagefind is a program in WebAssembly, which a browser compiles only if told so; of text it still makes no script.
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; object-src 'none'; \
         base-uri 'none'; form-action 'self'"
    } else {
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
    }
}
