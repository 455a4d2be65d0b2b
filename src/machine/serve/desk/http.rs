//! What the desk answers.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use super::super::crowd::Crowd;
use super::super::guard::Guard;
use super::super::live::parameter;
use super::super::pages::{plain, with_type};
use super::{Desk, guard, rooms, write};
use rooms::Nothing;

const PAGE: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("desk.js");
const FIELDS: &str = include_str!("fields.js");
const STYLE: &str = include_str!("desk.css");

/// The longest body of a request in words, and of a file that is dropped.
const WORDS: usize = 1 << 20;
const FILE: usize = 64 << 20;

/// How long a request waits for the next change.
const PATIENCE: Duration = Duration::from_secs(20);

/// All of the page is ours: nothing is loaded from elsewhere, and no other page may hold it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

#[derive(Clone)]
struct Shared {
    desk: Arc<Desk>,
    guard: Guard,
    crowd: Arc<Crowd>,
}

/// The desk as a service.
pub(in super::super) fn router(desk: Arc<Desk>, guard: Guard, crowd: Arc<Crowd>) -> Router<()> {
    let header = |name: &'static str, value| {
        SetResponseHeaderLayer::overriding(HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    Router::new()
        .fallback(answer)
        .with_state(Shared { desk, guard, crowd })
        .layer(CatchPanicLayer::new())
        .layer(header("cache-control", "no-store"))
        .layer(header("content-security-policy", POLICY))
        .layer(header("cross-origin-opener-policy", "same-origin"))
        .layer(header("cross-origin-resource-policy", "same-origin"))
        .layer(header("referrer-policy", "no-referrer"))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("x-frame-options", "DENY"))
}

async fn answer(State(shared): State<Shared>, request: Request) -> Response<Body> {
    if let Err((status, why)) = shared.guard.is_meant(&request) {
        return plain(status, why);
    }
    let path = request.uri().path().to_owned();
    if let Some(asked) = path.strip_prefix("/api/") {
        return match guard::check(&request, shared.desk.secret(), asked == "file") {
            Ok(()) => api(shared, asked.to_owned(), request).await,
            Err((status, why)) => refused(status, why),
        };
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return refused(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD");
    }
    match &*path {
        "/" => with_type(StatusCode::OK, "text/html; charset=utf-8", Body::from(PAGE)),
        "/desk.js" => with_type(StatusCode::OK, "text/javascript; charset=utf-8", Body::from(SCRIPT)),
        "/fields.js" => with_type(StatusCode::OK, "text/javascript; charset=utf-8", Body::from(FIELDS)),
        "/desk.css" => with_type(StatusCode::OK, "text/css; charset=utf-8", Body::from(STYLE)),
        _ => plain(StatusCode::NOT_FOUND, "not found"),
    }
}

fn refused(status: StatusCode, why: &'static str) -> Response<Body> {
    let mut response = plain(status, why);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    }
    response
}

async fn api(shared: Shared, asked: String, request: Request) -> Response<Body> {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let is_post = request.method() == Method::POST;
    let most = if asked == "file" { FILE } else { WORDS };
    let Ok(body) = axum::body::to_bytes(request.into_body(), most).await else {
        return plain(StatusCode::PAYLOAD_TOO_LARGE, "too much");
    };
    if asked == "state" {
        wait(&shared.desk, &query).await;
    }
    let (desk, crowd) = (shared.desk.clone(), shared.crowd.clone());
    let run = move || match is_post {
        true => posted(&desk, &asked, &query, body),
        false => got(&desk, &asked, &query),
    };
    let found = async {
        let failed = || pages_failed();
        tokio::task::spawn_blocking(run).await.map_or_else(|_| failed(), said)
    };
    crowd.answer(found).await
}

fn pages_failed() -> Response<Body> {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "this could not be done")
}

/// Until something changed since the state that the page knows.
async fn wait(desk: &Desk, query: &str) {
    let Some(known) = parameter(query, "after").and_then(|number| number.parse::<u64>().ok()) else { return };
    let mut changes = desk.preview.changes();
    let other = async { while *changes.borrow_and_update() == known && changes.changed().await.is_ok() {} };
    let _ = tokio::time::timeout(PATIENCE, other).await;
}

fn got(desk: &Desk, asked: &str, query: &str) -> Result<Value, Nothing> {
    match asked {
        "words" => Ok(rooms::words(desk)),
        "state" => Ok(rooms::state(desk)),
        "names" => rooms::names(desk),
        "source" => rooms::source(desk, &parameter(query, "id").unwrap_or_default()),
        "article" => rooms::article(desk, &parameter(query, "path").unwrap_or_default()),
        _ => Err("no-such-request"),
    }
}

fn posted(desk: &Desk, asked: &str, query: &str, body: Bytes) -> Result<Value, Nothing> {
    match asked {
        "form" => rooms::form(desk, &parsed(&body)?).map(|form| json!(form)),
        "propose" => write::propose(desk, &parsed(&body)?),
        "apply" => write::apply(desk, parsed::<Value>(&body)?["token"].as_u64().ok_or("not-shown")?),
        "undo" => write::undo(desk),
        "file" => write::dropped(desk, &parameter(query, "name").unwrap_or_default(), body.into()),
        _ => Err("no-such-request"),
    }
}

fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, Nothing> {
    serde_json::from_slice(body).map_err(|_| "no-such-request")
}

/// A word of the interface says what cannot be done.
fn said(found: Result<Value, Nothing>) -> Response<Body> {
    let (status, value) = match found {
        Ok(value) => (StatusCode::OK, value),
        Err("no-such-request") => (StatusCode::BAD_REQUEST, json!({ "error": "no-such-request" })),
        Err(why) => (StatusCode::CONFLICT, json!({ "error": why })),
    };
    with_type(status, "application/json", Body::from(value.to_string()))
}
