//! Connections: none slower than the settings allow.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use super::crowd::Place;
use super::guard::Guard;
use super::preview::Preview;
use super::shared::Shared;
use super::{OWN, Server, evidence, live, pages};

/// A request's head fits in that many bytes, or is refused.
const HEAD: usize = 16 * 1024;

/// Serves a preview, for ever.
pub(super) async fn preview(server: Server, preview: Arc<Preview>) -> io::Result<()> {
    let (private, crowd) = (server.address.ip().is_loopback(), server.crowd.clone());
    accept(server, |guard| router(Shared { preview, guard, private, crowd })).await
}

/// Accepts connections, for ever.
pub(super) async fn accept(server: Server, router: impl FnOnce(Guard) -> Router<()>) -> io::Result<()> {
    let Server { settings, listener, address, crowd } = server;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let service = TowerToHyperService::new(router(Guard::new(address, &settings.names)));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file handles, most likely: they come back when connections end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Some(place) = crowd.enter().await else { return Ok(()) };
        let _ = stream.set_nodelay(true);
        let (guest, listener, service) = (place.guest.clone(), place.guest.clone(), service.clone());
        let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let (answer, listener) = (service.call(request), listener.clone());
            async move {
                let answer = answer.await;
                let kind = answer.as_ref().ok().and_then(|answer| answer.headers().get(header::CONTENT_TYPE));
                if kind.is_some_and(|kind| kind == "text/event-stream") {
                    listener.listens();
                }
                answer
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(settings.patience)
            .max_buf_size(HEAD)
            .serve_connection(TokioIo::new(Patient::new(stream, settings.patience, place)), service);
        tokio::spawn(async move {
            tokio::select! {
                _ = connection => {}
                () = guest.ended() => {}
            }
        });
    }
}

fn router(shared: Shared) -> Router<()> {
    let header = |name: HeaderName, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    Router::new()
        .fallback(answer)
        .with_state(shared)
        .layer(CatchPanicLayer::new())
        .layer(header(header::CACHE_CONTROL, "no-cache"))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
}

async fn answer(State(shared): State<Shared>, request: Request<Body>) -> Response<Body> {
    if let Err((status, why)) = shared.guard.check(&request) {
        let mut response = pages::plain(status, why);
        if status == StatusCode::METHOD_NOT_ALLOWED {
            // RFC 9110, 15.5.6: who is refused learns what may be asked.
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        return response;
    }
    if let Some(own) = request.uri().path().strip_prefix(OWN) {
        let query = request.uri().query().unwrap_or_default();
        return match own {
            "live.js" => pages::with_type(StatusCode::OK, "text/javascript; charset=utf-8", Body::from(live::SCRIPT)),
            "events" => live::events(&shared, query).into_response(),
            "evidence" => {
                let crowd = shared.crowd.clone();
                let run = move || evidence::answer(&shared, request.uri().query().unwrap_or_default());
                crowd.answer(blocking(run)).await
            }
            _ => pages::plain(StatusCode::NOT_FOUND, "not found"),
        };
    }
    let crowd = shared.crowd.clone();
    let run = move || {
        let uri = request.uri();
        pages::answer(&shared.preview.current(), uri.path(), uri.query(), request.headers())
    };
    crowd.answer(blocking(run)).await
}

/// Rendering is work, not waiting: it must not keep other connections from being served.
async fn blocking(run: impl FnOnce() -> Response<Body> + Send + 'static) -> Response<Body> {
    let failed = || pages::plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be rendered");
    tokio::task::spawn_blocking(run).await.unwrap_or_else(|_| failed())
}

/// A connection whose other end must take in what is written within some time.
struct Patient {
    stream: TcpStream,
    place: Place,
    patience: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream, patience: Duration, place: Place) -> Self {
        Self { stream, place, patience, waiting: None }
    }

    /// Lets a write that must wait do so until patience ends.
    fn limit<T>(&mut self, context: &mut Context<'_>, polled: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.place.moved(true);
            self.waiting = None;
            return polled;
        }
        let patience = self.patience;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + patience)));
        ready!(waiting.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let (this, before) = (self.get_mut(), buf.filled().len());
        let polled = Pin::new(&mut this.stream).poll_read(cx, buf);
        if buf.filled().len() > before {
            this.place.moved(false);
        }
        polled
    }
}

impl AsyncWrite for Patient {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.limit(cx, polled)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.stream).poll_write_vectored(cx, bytes);
        this.limit(cx, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
