//! What an open page is told: at once, and after each change.
//!
//! 1. The page's script asks for events (server-sent events, WHATWG HTML) and names the page it stands in.
//! 2. Each event is the whole state as that page needs it, so that a lost one does no harm: whether the page would be
//!    another now, its stylesheet, what is wrong.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Response, StatusCode};
use hyper::body::Frame;
use serde::Serialize;
use tokio::sync::mpsc;

use super::pages::{self, Found};
use super::preview::{Current, Preview, Shown};
use super::shared::Shared;

/// The script of the preview.
pub(super) const SCRIPT: &str = include_str!("live.js");

/// So many pages listen at one time.
const LISTENERS: usize = 64;

/// A word now and then finds out who is gone.
const PULSE: Duration = Duration::from_secs(15);

/// The state as one page needs it.
#[derive(Serialize)]
struct StateOf<'a> {
    /// Changes with the page; absent where there is nothing to show.
    page: Option<String>,
    css: &'a str,
    assets: &'a str,
    captures: bool,
    faults: &'a [Shown],
    warnings: &'a [Shown],
    fault_count: usize,
    warning_count: usize,
}

/// The stream of events for the page that the query names: `page=/path/`, as in the address bar.
pub(super) fn events(shared: &Shared, query: &str) -> Response<Body> {
    let Some(path) = parameter(query, "page") else { return pages::plain(StatusCode::BAD_REQUEST, "which page?") };
    if shared.preview.listeners() >= LISTENERS {
        return pages::plain(StatusCode::SERVICE_UNAVAILABLE, "too many pages are open");
    }
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(tell(shared.clone(), path, sender));
    pages::with_type(StatusCode::OK, "text/event-stream", Body::new(Events(receiver)))
}

/// Sends the state after each change, until nobody listens.
async fn tell(shared: Shared, path: String, sender: mpsc::Sender<Bytes>) {
    let mut changes = shared.preview.changes();
    let mut opened = None;
    loop {
        changes.mark_unchanged();
        let (preview, private, page) = (shared.preview.clone(), shared.private, path.clone());
        let state = tokio::task::spawn_blocking(move || {
            let current = preview.current();
            (route(&current, &page).map(|route| preview.opened(&route)), state(&preview, &current, &page, private))
        });
        let Ok((now_open, state)) = state.await else { return };
        opened = now_open.or(opened);
        if sender.send(format!("data: {state}\n\n").into()).await.is_err() {
            return;
        }
        loop {
            let changed = tokio::select! {
                changed = changes.changed() => changed.is_ok(),
                () = sender.closed() => return,
                () = tokio::time::sleep(PULSE) => false,
            };
            if changed {
                break;
            }
            if sender.send(Bytes::from_static(b":\n\n")).await.is_err() {
                return;
            }
        }
    }
}

fn route(current: &Current, path: &str) -> Option<String> {
    let site = current.site.as_ref()?;
    match pages::find(site, path) {
        Found::Route(route) | Found::Nothing(Some(route)) => Some(route.path.to_string()),
        _ => None,
    }
}

fn state(preview: &Preview, current: &Current, path: &str, private: bool) -> String {
    let mut extra = Vec::new();
    let mut page = None;
    if let Some(site) = &current.site
        && let Found::Route(route) | Found::Nothing(Some(route)) = pages::find(site, path)
    {
        match pages::page(site, route) {
            Ok(found) => page = Some(found.hash),
            Err(fault) => extra.push(preview.shown(&fault, site)),
        }
    }
    extra.extend(current.faults.iter().cloned());
    let site = current.site.as_deref();
    let state = StateOf {
        page,
        css: site.map_or("", |site| site.css()),
        assets: site.map_or("", |site| &site.assets),
        captures: private && preview.snapshot().disk().captures().is_some(),
        fault_count: current.counts.0.max(extra.len()),
        faults: &extra,
        warnings: &current.warnings,
        warning_count: current.counts.1,
    };
    serde_json::to_string(&state).unwrap_or_default()
}

/// A parameter of a query, decoded as forms are.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    let pairs = form_urlencoded::parse(query.as_bytes());
    pairs.filter(|(key, _)| key == name).map(|(_, value)| value.into_owned()).next()
}

/// What a channel gives, as a body.
struct Events(mpsc::Receiver<Bytes>);

impl hyper::body::Body for Events {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.poll_recv(context).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}
