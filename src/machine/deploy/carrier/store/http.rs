//! object_store's requests by ureq, which the program has anyway.
//!
//! ureq waits where it stands. So every future of a store is driven by a thread of its own ([`super`]), and none by a
//! runtime that others share. The whole answer is read before it is handed on: one that breaks off is then a failed
//! request, which object_store sends again.

use std::io::ErrorKind;
use std::time::Duration;

use async_trait::async_trait;
use http_body_util::BodyExt;
use object_store::client::{
    ClientConfigKey, ClientOptions, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpService,
};
use ureq::Agent;
use ureq::http::{self, Method};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

/// An answer longer than this is none that a store gives.
const LONGEST: u64 = 256 * 1024 * 1024;

/// For the answer to begin, and for it to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// For a body to be taken in.
const SENDING: Duration = Duration::from_secs(600);

/// Connects by ureq.
#[derive(Debug)]
pub(super) struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let plain = options.get_config_value(&ClientConfigKey::AllowHttp).as_deref() == Some("true");
        let seconds = options.get_config_value(&ClientConfigKey::ConnectTimeout);
        let seconds = seconds.and_then(|text| text.strip_suffix('s')?.parse().ok()).unwrap_or(10);
        let config = Agent::config_builder()
            .https_only(!plain)
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(format!("sourcebook/{}", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(Duration::from_secs(seconds)))
            .timeout_send_body(Some(SENDING))
            .timeout_recv_response(Some(PATIENCE))
            .timeout_recv_body(Some(PATIENCE))
            .tls_config(TlsConfig::builder().root_certs(roots()).build())
            .build();
        Ok(HttpClient::new(Service(config.into())))
    }
}

/// Whom to trust: the authorities that the usual variables name, else those of Mozilla.
fn roots() -> RootCerts {
    let named = ["AWS_CA_BUNDLE", "SSL_CERT_FILE"].into_iter().find_map(std::env::var_os);
    let Some(pem) = named.and_then(|path| crate::held::named::read(path.as_ref()).ok()) else {
        return RootCerts::WebPki;
    };
    let certificates: Vec<_> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if certificates.is_empty() { RootCerts::WebPki } else { RootCerts::from(certificates) }
}

#[derive(Debug)]
struct Service(Agent);

#[async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        // Azure takes removals in batches.
        let batch = parts.method == Method::POST && parts.uri.query().is_some_and(|query| query.contains("comp=batch"));
        let removal = parts.method == Method::DELETE || batch;
        let error = |error| kind_of(error, removal);
        let bytes = body.collect().await?.to_bytes();
        let bodiless = matches!(parts.method, Method::GET | Method::HEAD | Method::DELETE);
        let answer = match bodiless && bytes.is_empty() {
            true => self.0.run(http::Request::from_parts(parts, ())),
            false => self.0.run(http::Request::from_parts(parts, &bytes[..])),
        };
        let (parts, mut body) = answer.map_err(error)?.into_parts();
        let bytes = body.with_config().limit(LONGEST).read_to_vec().map_err(error)?;
        Ok(HttpResponse::from_parts(parts, bytes.into()))
    }
}

/// What object_store needs to know to decide whether to try again. It would not try a removal again of which it does not
/// know whether it was done; to us, twice is as good as once.
fn kind_of(error: ureq::Error, removal: bool) -> HttpError {
    use ureq::Error::{BodyStalled, ConnectionFailed, HostNotFound, Io, Protocol, Timeout};
    let kind = match &error {
        ConnectionFailed | HostNotFound => HttpErrorKind::Connect,
        Timeout(_) => HttpErrorKind::Timeout,
        Io(io) if matches!(io.kind(), ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable) => {
            HttpErrorKind::Connect
        }
        Io(io) if io.kind() == ErrorKind::TimedOut => HttpErrorKind::Timeout,
        // An answer cut short reads like one that is none.
        Io(_) | Protocol(_) | BodyStalled => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    };
    let again = removal && matches!(kind, HttpErrorKind::Timeout | HttpErrorKind::Interrupted);
    HttpError::new(if again { HttpErrorKind::Request } else { kind }, error)
}
