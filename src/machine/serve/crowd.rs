//! Who is served when more come than there is room for.
//!
//! 1. So many connections have a place. Where none is free, the one that has been longest in what it is doing (sending one
//!    request, taking in one answer, doing nothing) makes room for the next, once it had a moment's time. A reader who
//!    takes in a page at any usual speed is never the longest; thousands of slow ones end each other.
//! 2. Answers are rendered a few at a time, and lie in memory up to a bound in all. Whoever renders waits for room, with
//!    one of the few turns in hand: so no more than these lie beyond the bound.
//! 3. An answer is given to its connection in pieces, and its room is free when the last is taken.
//!
//! Pages that listen for changes are few (`live`), wait for ever, and are not counted as slow.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::Response;
use hyper::body::{Body as _, Frame, SizeHint};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// How long everybody may take, however many wait.
const MOMENT: Duration = Duration::from_millis(250);

/// How often is looked whether somebody had it, while others wait.
const LOOK: Duration = Duration::from_millis(25);

/// Answers rendered at one time.
const TURNS: usize = 4;

/// An answer's room is counted in pieces of so many bytes, and given away in them.
const PIECE: usize = 16 * 1024;

/// All connections of a server.
#[derive(Debug)]
pub struct Crowd {
    start: Instant,
    places: Arc<Semaphore>,
    guests: Mutex<BTreeMap<u64, Arc<Guest>>>,
    number: AtomicU64,
    turns: Semaphore,
    room: Arc<Semaphore>,
    pieces: usize,
    peak: AtomicUsize,
    sent_away: AtomicUsize,
}

/// One connection.
#[derive(Debug)]
pub(super) struct Guest {
    /// Milliseconds after the server's start: since when it does what it does.
    since: AtomicU64,
    answering: AtomicBool,
    listens: AtomicBool,
    end: Notify,
}

/// A connection's place, until it is dropped.
pub(super) struct Place {
    pub(super) guest: Arc<Guest>,
    crowd: Arc<Crowd>,
    number: u64,
    _place: OwnedSemaphorePermit,
}

impl Crowd {
    /// Room for so many connections, and so many bytes of answers.
    pub(super) fn new(connections: usize, memory: usize) -> Arc<Self> {
        let pieces = (memory / PIECE).clamp(1, u32::MAX as usize >> 4);
        Arc::new(Self {
            start: Instant::now(),
            places: Arc::new(Semaphore::new(connections)),
            guests: Mutex::default(),
            number: AtomicU64::new(0),
            turns: Semaphore::new(TURNS),
            room: Arc::new(Semaphore::new(pieces)),
            pieces,
            peak: AtomicUsize::new(0),
            sent_away: AtomicUsize::new(0),
        })
    }

    /// The most bytes of answers that lay in memory at one time, beyond those being rendered.
    pub fn peak(&self) -> usize {
        self.peak.load(Ordering::Relaxed)
    }

    /// How many connections made room for others.
    pub fn sent_away(&self) -> usize {
        self.sent_away.load(Ordering::Relaxed)
    }

    /// A place, when there is one.
    pub(super) async fn enter(self: &Arc<Self>) -> Option<Place> {
        let place = loop {
            if let Ok(place) = self.places.clone().try_acquire_owned() {
                break place;
            }
            self.make_room(|_| true);
            tokio::select! {
                place = self.places.clone().acquire_owned() => break place.ok()?,
                () = tokio::time::sleep(LOOK) => {}
            }
        };
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let guest = Arc::new(Guest {
            since: AtomicU64::new(self.now()),
            answering: AtomicBool::new(false),
            listens: AtomicBool::new(false),
            end: Notify::new(),
        });
        self.guests.lock().unwrap_or_else(PoisonError::into_inner).insert(number, guest.clone());
        Some(Place { guest, crowd: self.clone(), number, _place: place })
    }

    /// Renders an answer when it is its turn, and keeps room for it until it is taken in.
    pub(super) async fn answer(self: &Arc<Self>, render: impl Future<Output = Response<Body>>) -> Response<Body> {
        let turn = self.turns.acquire().await;
        let response = render.await;
        let Some(length) = response.body().size_hint().exact().filter(|length| *length > 0) else { return response };
        let pieces = usize::try_from(length).unwrap_or(usize::MAX).div_ceil(PIECE).min(self.pieces);
        let wanted = u32::try_from(pieces).unwrap_or(u32::MAX);
        let room = loop {
            tokio::select! {
                room = self.room.clone().acquire_many_owned(wanted) => break room,
                () = tokio::time::sleep(LOOK) => self.make_room(|guest| guest.answering.load(Ordering::Relaxed)),
            }
        };
        drop(turn);
        self.peak.fetch_max((self.pieces - self.room.available_permits()) * PIECE, Ordering::Relaxed);
        let (parts, body) = response.into_parts();
        Response::from_parts(parts, Body::new(Kept { body, rest: Bytes::new(), _room: room.ok() }))
    }

    /// Ends the connection that has done the same for longest, of those that are meant, if it had its moment.
    fn make_room(&self, meant: impl Fn(&Guest) -> bool) {
        let latest = self.now().saturating_sub(u64::try_from(MOMENT.as_millis()).unwrap_or(0));
        let guests = self.guests.lock().unwrap_or_else(PoisonError::into_inner);
        let since = |guest: &Guest| guest.since.load(Ordering::Relaxed);
        let slow = guests.values().filter(|guest| !guest.listens.load(Ordering::Relaxed) && meant(guest));
        let slowest = slow.min_by_key(|guest| since(guest)).filter(|guest| since(guest) <= latest);
        if let Some(guest) = slowest {
            // Whoever was told once is not the slowest a second time.
            guest.since.store(u64::MAX, Ordering::Relaxed);
            guest.end.notify_one();
            self.sent_away.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

impl Place {
    /// Notes that bytes came, or went.
    pub(super) fn moved(&self, answering: bool) {
        if self.guest.answering.swap(answering, Ordering::Relaxed) != answering
            && self.guest.since.load(Ordering::Relaxed) != u64::MAX
        {
            self.guest.since.store(self.crowd.now(), Ordering::Relaxed);
        }
    }
}

impl Guest {
    /// Notes that a page listens for changes on it.
    pub(super) fn listens(&self) {
        self.listens.store(true, Ordering::Relaxed);
    }

    /// When the connection is to end for others.
    pub(super) async fn ended(&self) {
        self.end.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.crowd.guests.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.number);
    }
}

/// A body in pieces, and its room.
struct Kept {
    body: Body,
    rest: Bytes,
    _room: Option<OwnedSemaphorePermit>,
}

impl hyper::body::Body for Kept {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.rest.is_empty() {
            match Pin::new(&mut self.body).poll_frame(cx) {
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(other) => return Poll::Ready(Some(Ok(other))),
                },
                other => return other,
            }
        }
        let length = self.rest.len().min(PIECE);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = self.body.size_hint();
        if let Some(exact) = hint.exact() {
            hint.set_exact(exact + self.rest.len() as u64);
        }
        hint
    }
}
