//! Asks hosts whether addresses still lead somewhere, with manners.
//!
//! 1. Addresses are put together by host; a few hosts are asked at once, each of them one request at a time.
//! 2. An address is asked by `HEAD`, and by `GET` (of which only the head is read) where the host will not have that.
//! 3. A host that asks for patience (`Retry-After`, RFC 9110 § 10.2.3) gets it, once; one that goes on is left alone.
//! 4. Redirects are followed one by one, under the manners of the host that they lead to.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use ureq::Agent;
use ureq::http::{HeaderMap, Response, StatusCode, Uri};

use sourcebook_core::base::url::percent_address;

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// How often in a row a host may fail to answer at all before it is left alone.
const FAILURES: u8 = 2;

/// How hosts are treated.
#[derive(Clone, Debug)]
pub struct Manners {
    /// The `User-Agent`.
    pub agent: String,
    /// Between the end of one request to a host and the next.
    pub pause: Duration,
    /// For one request.
    pub timeout: Duration,
    /// How many hosts are asked at once.
    pub hosts: usize,
    /// The longest `Retry-After` that is waited for.
    pub patience: Duration,
    /// For everything: what is not asked by then stays unasked.
    pub total: Duration,
    /// Whether the environment's proxies (`HTTPS_PROXY` …) are used.
    pub proxies: bool,
}

impl Manners {
    /// The usual ones, for the site at this address, if it is known.
    pub fn of(site: Option<&str>) -> Self {
        let site = site.map_or(String::new(), |url| format!("; for {url}"));
        Self {
            agent: format!("sourcebook/{} (link check{site})", env!("CARGO_PKG_VERSION")),
            pause: Duration::from_secs(1),
            timeout: Duration::from_secs(20),
            hosts: 8,
            patience: Duration::from_secs(60),
            total: Duration::from_secs(15 * 60),
            proxies: true,
        }
    }
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It leads somewhere.
    Alive,
    /// It leads somewhere else, for good (301, 308).
    Moved(String),
    /// It does not, and why: the end of a sentence.
    Dead(String),
    /// There was no time, or it cannot be put to a host.
    Unasked,
}

/// Asks for all addresses and gives their outcomes in the same order.
pub fn all(urls: &[&str], manners: &Manners, tick: &(dyn Fn() + Sync)) -> Vec<Outcome> {
    let asked = by_host(urls, manners, tick, &|pass, n| pass.outcome(urls[n]));
    asked.into_iter().map(|outcome| outcome.unwrap_or(Outcome::Unasked)).collect()
}

/// Does something for each address, by its place among all: hosts at once, of each one address after the other.
pub(crate) fn by_host<T: Send>(
    urls: &[&str],
    manners: &Manners,
    tick: &(dyn Fn() + Sync),
    ask: &(dyn Fn(&Pass<'_>, usize) -> T + Sync),
) -> Vec<Option<T>> {
    let mut queues: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, url) in urls.iter().enumerate() {
        let host = uri(url).map(|uri| host(&uri)).unwrap_or_default();
        queues.entry(host).or_default().push(i);
    }
    let queues: Vec<_> = queues.into_values().collect();
    let outcomes = Mutex::new(urls.iter().map(|_| None).collect::<Vec<_>>());
    let next = AtomicUsize::new(0);
    let pass = Pass::new(manners);
    let work = || {
        while let Some(queue) = queues.get(next.fetch_add(1, Ordering::Relaxed)) {
            for i in queue {
                let outcome = ask(&pass, *i);
                lock(&outcomes)[*i] = Some(outcome);
                tick();
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..manners.hosts.min(queues.len()) {
            scope.spawn(work);
        }
    });
    outcomes.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// One pass over all addresses.
pub(crate) struct Pass<'a> {
    manners: &'a Manners,
    agent: Agent,
    hosts: Mutex<BTreeMap<String, Arc<Mutex<Host>>>>,
    end: Instant,
}

/// What is known of a host. Whoever holds its lock may ask it.
#[derive(Default)]
struct Host {
    /// The earliest time of the next request.
    next: Option<Instant>,
    /// Failures to answer at all, in a row.
    failures: u8,
    /// Why it is left alone.
    closed: Option<String>,
}

/// Why there is no answer.
pub(crate) enum Silence {
    /// It failed, and how: the end of a sentence.
    Dead(String),
    /// There was no time.
    Late,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Head,
    Get,
    /// With the body, up to so many bytes.
    Whole(u64),
}

/// What a host answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    retry_after: Option<String>,
    pub(crate) headers: HeaderMap,
    /// As it came, where it was asked for and the answer is a success; `None` too where it is larger than asked for.
    pub(crate) body: Option<Vec<u8>>,
}

impl<'a> Pass<'a> {
    fn new(manners: &'a Manners) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .timeout_global(Some(manners.timeout))
            .user_agent(&manners.agent)
            .accept("*/*");
        let config = if manners.proxies { config } else { config.proxy(None) };
        let agent = config.build().new_agent();
        Self { manners, agent, hosts: Mutex::default(), end: Instant::now() + manners.total }
    }

    fn outcome(&self, url: &str) -> Outcome {
        match uri(url).map(|uri| self.follow(uri)) {
            Some(Ok(outcome)) => outcome,
            Some(Err(Silence::Dead(why))) => Outcome::Dead(why),
            Some(Err(Silence::Late)) | None => Outcome::Unasked,
        }
    }

    /// Follows redirects; the address has moved as far as the first of them are permanent.
    fn follow(&self, start: Uri) -> Result<Outcome, Silence> {
        let mut seen = vec![start];
        let mut moved = None;
        let mut for_good = true;
        while let Some(at) = seen.last().filter(|_| seen.len() <= REDIRECTS + 1) {
            let answer = self.answer(at).map_err(|silence| silence.after(&seen))?;
            let status = answer.status;
            if !status.is_redirection() {
                let alive = moved.map_or(Outcome::Alive, Outcome::Moved);
                return if status.is_success() { Ok(alive) } else { Err(refusal(status).after(&seen)) };
            }
            let Some(to) = answer.location.as_deref().and_then(|to| join(at, to)) else {
                return Err(Silence::Dead(format!("it answers {status} and not where to")).after(&seen));
            };
            if seen.contains(&to) {
                return Err(Silence::Dead("it redirects in a circle".to_owned()));
            }
            for_good &= matches!(status.as_u16(), 301 | 308);
            if for_good {
                moved = Some(to.to_string());
            }
            seen.push(to);
        }
        Err(Silence::Dead(format!("it redirects more than {REDIRECTS} times")))
    }

    /// One address, without its redirects.
    fn answer(&self, uri: &Uri) -> Result<Answer, Silence> {
        let host = lock(&self.hosts).entry(host(uri)).or_default().clone();
        let mut host = lock(&host);
        let answer = self.patient(&mut host, Method::Head, uri)?;
        match answer.status.as_u16() {
            403 | 405 | 501 => self.patient(&mut host, Method::Get, uri),
            _ => Ok(answer),
        }
    }

    /// One address with what it holds, up to so many bytes, without its redirects.
    pub(crate) fn whole(&self, uri: &Uri, most: u64) -> Result<Answer, Silence> {
        let host = lock(&self.hosts).entry(host(uri)).or_default().clone();
        let mut host = lock(&host);
        self.patient(&mut host, Method::Whole(most), uri)
    }

    /// One request, and a second one where the host asked to wait. Its lock is held meanwhile: the wait is everybody's.
    fn patient(&self, host: &mut Host, method: Method, uri: &Uri) -> Result<Answer, Silence> {
        let first = self.ask(host, method, uri)?;
        let Some(after) = first.wants_patience() else { return Ok(first) };
        match after.trim().parse().map(Duration::from_secs) {
            Ok(wait) if wait <= self.manners.patience => {
                host.next = Some(Instant::now() + wait.max(self.manners.pause))
            }
            _ => return Ok(host.leave(first)),
        }
        let second = self.ask(host, method, uri)?;
        Ok(if second.wants_patience().is_some() { host.leave(second) } else { second })
    }

    /// One request, when it is time for it.
    fn ask(&self, host: &mut Host, method: Method, uri: &Uri) -> Result<Answer, Silence> {
        if let Some(why) = &host.closed {
            return Err(Silence::Dead(why.clone()));
        }
        let now = Instant::now();
        let wait = host.next.map_or(Duration::ZERO, |next| next.saturating_duration_since(now));
        if now + wait >= self.end {
            return Err(Silence::Late);
        }
        thread::sleep(wait);
        let response = match method {
            Method::Head => self.agent.head(uri).call().map(|response| Answer::of(&response)),
            Method::Get => self.agent.get(uri).call().map(|response| Answer::of(&response)),
            Method::Whole(most) => self.agent.get(uri).call().and_then(|response| Answer::whole(response, most)),
        };
        host.next = Some(Instant::now() + self.manners.pause);
        match response {
            Ok(answer) => {
                host.failures = 0;
                Ok(answer)
            }
            Err(error) => Err(host.failed(reason(&error, self.manners.timeout))),
        }
    }
}

impl Host {
    /// Leaves the host alone after an answer that asks for more patience than there is.
    fn leave(&mut self, answer: Answer) -> Answer {
        self.closed = Some(format!("its host asks for patience ({})", answer.status));
        answer
    }

    fn failed(&mut self, why: String) -> Silence {
        self.failures += 1;
        if self.failures >= FAILURES {
            self.closed = Some(why.clone());
        }
        Silence::Dead(why)
    }
}

impl Answer {
    fn of<T>(response: &Response<T>) -> Self {
        let header = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let (location, retry_after) = (header("location"), header("retry-after"));
        Self { status: response.status(), location, retry_after, headers: response.headers().clone(), body: None }
    }

    fn whole(mut response: Response<ureq::Body>, most: u64) -> Result<Self, ureq::Error> {
        let mut answer = Self::of(&response);
        if answer.status.is_success() {
            answer.body = match response.body_mut().with_config().limit(most).read_to_vec() {
                Ok(bytes) => Some(bytes),
                Err(ureq::Error::BodyExceedsLimit(_)) => None,
                Err(error) => return Err(error),
            };
        }
        Ok(answer)
    }

    /// A header's value, of the first that has the name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The `Retry-After` of 429 and 503.
    pub(crate) fn wants_patience(&self) -> Option<&str> {
        let asks = matches!(self.status.as_u16(), 429 | 503);
        self.retry_after.as_deref().filter(|_| asks)
    }
}

impl Silence {
    /// Says where redirects led before.
    fn after(self, seen: &[Uri]) -> Self {
        match (self, seen) {
            (Self::Dead(why), [_, .., at]) => Self::Dead(format!("it redirects to `{at}`, and there {why}")),
            (silence, _) => silence,
        }
    }
}

/// What an answer that is no success says; some of it only of programs.
fn refusal(status: StatusCode) -> Silence {
    let remark = match status.as_u16() {
        401 | 403 | 429 => ", which it may say to programs only",
        _ => "",
    };
    Silence::Dead(format!("it answers {status}{remark}"))
}

fn reason(error: &ureq::Error, timeout: Duration) -> String {
    use ureq::Error::{HostNotFound, Io, Timeout};
    let io = if let Io(error) = error { Some(error) } else { None };
    match (error, io.map(std::io::Error::kind)) {
        (Timeout(_), _) | (_, Some(ErrorKind::TimedOut)) => format!("no answer within {} s", timeout.as_secs_f32()),
        (HostNotFound, _) => "its host is unknown".to_owned(),
        (_, Some(ErrorKind::ConnectionRefused)) => "the connection is refused".to_owned(),
        (_, Some(ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::UnexpectedEof)) => {
            "the connection breaks off".to_owned()
        }
        _ if error.to_string().contains("lookup address") => "its host is unknown".to_owned(),
        _ => error.to_string(),
    }
}

/// Who is asked: ports of one machine are one host.
fn host(uri: &Uri) -> String {
    uri.host().unwrap_or_default().to_ascii_lowercase()
}

/// An address of the web with spaces and letters beyond ASCII escaped, without fragment.
pub(crate) fn uri(url: &str) -> Option<Uri> {
    let escaped = percent_address(url.split('#').next().unwrap_or_default());
    let uri: Uri = escaped.parse().ok()?;
    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
    (is_web && uri.host().is_some_and(|host| !host.is_empty())).then_some(uri)
}

/// Where a `Location` leads from an address (RFC 3986 § 5.2, but for `..`, which hosts resolve).
pub(crate) fn join(from: &Uri, to: &str) -> Option<Uri> {
    let scheme = from.scheme_str()?;
    let root = format!("{scheme}://{}", from.authority()?);
    if to.starts_with("//") {
        return uri(&format!("{scheme}:{to}"));
    }
    if to.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':')) {
        return uri(to);
    }
    let folder = from.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    match to.chars().next() {
        Some('/') => uri(&format!("{root}{to}")),
        Some('?') => uri(&format!("{root}{}{to}", from.path())),
        _ => uri(&format!("{root}{folder}/{to}")),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_lead_on_from_where_they_stand() {
        let from = uri("http://h:8/a/b?q").unwrap();
        for (to, expect) in [
            ("https://other/x", "https://other/x"),
            ("//other/x", "http://other/x"),
            ("/x?y#z", "http://h:8/x?y"),
            ("x", "http://h:8/a/x"),
            ("?y", "http://h:8/a/b?y"),
            ("é à", "http://h:8/a/%C3%A9%20%C3%A0"),
        ] {
            assert_eq!(join(&from, to).map(|uri| uri.to_string()).as_deref(), Some(expect), "{to}");
        }
        assert_eq!(join(&from, "mailto:a@b.c"), None);
    }
}
