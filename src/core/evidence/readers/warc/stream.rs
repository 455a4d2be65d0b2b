//! A WARC file as a stream of bytes, with the place of each: plain, gzip members or Zstandard frames one after another.

use std::io::Read;

use flate2::bufread::GzDecoder;
use ruzstd::decoding::StreamingDecoder;

use super::super::unpack::is_zstd;
use super::super::{Meter, Why};

/// Where in a file something begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    /// The byte of the file at which its member begins; of a file that is not packed, its own.
    pub member: usize,
    /// How many unpacked bytes of the member stand before it.
    pub within: u64,
}

/// As many bytes as are unpacked at once. No piece holds bytes of two members.
const PIECE: usize = 1 << 16;

pub(super) struct Stream<'a> {
    file: &'a [u8],
    member: Member<'a>,
    piece: Vec<u8>,
    used: usize,
    at: At,
    /// Bytes that may still be unpacked, kept or not.
    meter: Meter,
    /// Why it ended before its end.
    pub broken: Option<String>,
}

enum Member<'a> {
    Plain(&'a [u8]),
    Gzip(Box<GzDecoder<&'a [u8]>>),
    Zstd(Box<StreamingDecoder<&'a [u8], ruzstd::decoding::FrameDecoder>>),
    End,
}

impl<'a> Stream<'a> {
    /// A file from a place on.
    pub(super) fn new(file: &'a [u8], at: At, meter: Meter) -> Result<Self, Why> {
        let rest = file.get(at.member..).unwrap_or_default();
        let member = Member::of(rest, true);
        let at_member = At { member: at.member, within: 0 };
        let mut stream = Self { file, member, piece: Vec::new(), used: 0, at: at_member, meter, broken: None };
        stream.skip(at.within)?;
        Ok(stream)
    }

    /// What of the meter is left.
    pub(super) fn meter(&self) -> Meter {
        self.meter
    }

    /// The place of the next byte.
    pub(super) fn place(&self) -> At {
        At { member: self.at.member, within: self.at.within + self.used as u64 }
    }

    /// Bytes to be read next; empty at the end.
    pub(super) fn peek(&mut self) -> Result<&[u8], Why> {
        if self.used == self.piece.len() {
            self.fill()?;
        }
        Ok(&self.piece[self.used..])
    }

    pub(super) fn take(&mut self, count: usize) {
        self.used = (self.used + count).min(self.piece.len());
    }

    /// Passes over so many bytes; whether there were so many.
    pub(super) fn skip(&mut self, count: u64) -> Result<bool, Why> {
        let mut left = count;
        while left > 0 {
            let here = self.peek()?.len();
            if here == 0 {
                return Ok(false);
            }
            let step = here.min(usize::try_from(left).unwrap_or(usize::MAX));
            self.take(step);
            left -= step as u64;
        }
        Ok(true)
    }

    /// So many bytes, or as many as there are.
    pub(super) fn bytes(&mut self, count: u64) -> Result<Vec<u8>, Why> {
        let mut out = Vec::new();
        while (out.len() as u64) < count {
            let most = usize::try_from(count - out.len() as u64).unwrap_or(usize::MAX);
            let piece = self.peek()?;
            if piece.is_empty() {
                break;
            }
            let step = piece.len().min(most);
            out.extend_from_slice(&piece[..step]);
            self.take(step);
        }
        Ok(out)
    }

    /// A line without its end, of at most 64 KiB; nothing at the end.
    pub(super) fn line(&mut self) -> Result<Option<Vec<u8>>, Why> {
        let mut line = Vec::new();
        loop {
            let piece = self.peek()?;
            if piece.is_empty() {
                return Ok((!line.is_empty()).then_some(line));
            }
            let end = memchr::memchr(b'\n', piece);
            let step = end.map_or(piece.len(), |end| end + 1);
            line.extend_from_slice(&piece[..step.min(PIECE)]);
            self.take(step);
            if end.is_some() || line.len() > PIECE {
                while line.last().is_some_and(|b| matches!(b, b'\r' | b'\n')) {
                    line.pop();
                }
                return Ok(Some(line));
            }
        }
    }

    fn fill(&mut self) -> Result<(), Why> {
        self.at.within += self.piece.len() as u64;
        (self.used, self.piece) = (0, std::mem::take(&mut self.piece));
        self.piece.resize(PIECE, 0);
        loop {
            let count = match &mut self.member {
                Member::Plain(rest) => rest.read(&mut self.piece),
                Member::Gzip(member) => member.read(&mut self.piece),
                Member::Zstd(frame) => frame.read(&mut self.piece),
                Member::End => Ok(0),
            };
            match count {
                Ok(0) if !self.next_member() => {
                    self.piece.clear();
                    return Ok(());
                }
                Ok(0) => self.meter.take(1)?,
                Ok(count) => {
                    self.piece.truncate(count);
                    return self.meter.take(count as u64);
                }
                Err(error) => {
                    self.broken = Some(error.to_string());
                    self.member = Member::End;
                }
            }
        }
    }

    fn next_member(&mut self) -> bool {
        let rest = match std::mem::replace(&mut self.member, Member::End) {
            Member::Gzip(member) => member.into_inner(),
            Member::Zstd(frame) => frame.into_inner(),
            Member::Plain(_) | Member::End => return false,
        };
        self.at = At { member: self.file.len() - rest.len(), within: 0 };
        self.member = Member::of(rest, false);
        !matches!(self.member, Member::End)
    }
}

impl<'a> Member<'a> {
    fn of(bytes: &'a [u8], may_be_plain: bool) -> Self {
        match bytes {
            [0x1f, 0x8b, ..] => Self::Gzip(Box::new(GzDecoder::new(bytes))),
            _ if is_zstd(bytes) => StreamingDecoder::new(bytes).map_or(Self::End, |frame| Self::Zstd(Box::new(frame))),
            _ if may_be_plain && !bytes.is_empty() => Self::Plain(bytes),
            _ => Self::End,
        }
    }
}

/// The first bytes of a packed file.
pub(super) fn begins(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut stream = Stream::new(bytes, At::default(), Meter::new("", "", 1 << 20)).ok()?;
    stream.bytes(16).ok()
}
