//! OpenTimestamps proofs (`.ots`): which file they are of, and what they name. They are read, not followed: whether a block
//! of a chain holds what they say, this program does not ask.

use crate::evidence::sha256::Sha256;

const MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94";
/// Of an attestation, its kind.
const BITCOIN: [u8; 8] = [0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01];
const PENDING: [u8; 8] = [0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e];
/// As deep as operations branch.
const DEPTH: usize = 256;

/// What a proof names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Heights of blocks of Bitcoin, unchecked; the lowest first.
    pub blocks: Vec<u64>,
    /// Whether a calendar has promised more, which an upgrade of the file would fetch.
    pub pending: bool,
}

/// Reads a proof of a file with this hash.
///
/// # Errors
/// It is none, is cut off, or is of another file: the end of a sentence.
pub fn read(bytes: &[u8], hash: Sha256) -> Result<Proof, &'static str> {
    const BROKEN: &str = "it is no OpenTimestamps proof, or is cut off";
    let mut reader = Reader { rest: bytes.strip_prefix(MAGIC).ok_or(BROKEN)?, found: Proof::default() };
    if reader.number() != Some(1) || reader.byte() != Some(0x08) {
        return Err(BROKEN);
    }
    if reader.take(32).ok_or(BROKEN)? != hash.0 {
        return Err("it is of another file");
    }
    reader.timestamp(0).ok_or(BROKEN)?;
    if !reader.rest.is_empty() {
        return Err(BROKEN);
    }
    reader.found.blocks.sort_unstable();
    reader.found.blocks.dedup();
    Ok(reader.found)
}

struct Reader<'a> {
    rest: &'a [u8],
    found: Proof,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|b| b[0])
    }

    /// LEB128, unsigned.
    fn number(&mut self) -> Option<u64> {
        let (mut value, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            shift = shift.checked_add(7).filter(|shift| *shift < 63)?;
        }
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok().filter(|length| *length <= 8192)?;
        self.take(length)
    }

    /// Branches (each after `ff`), each an attestation or an operation with what follows from it.
    fn timestamp(&mut self, depth: usize) -> Option<()> {
        if depth > DEPTH {
            return None;
        }
        loop {
            let mut tag = self.byte()?;
            let more = tag == 0xff;
            if more {
                tag = self.byte()?;
            }
            match tag {
                0x00 => self.attestation()?,
                // append, prepend
                0xf0 | 0xf1 => {
                    self.bytes()?;
                    self.timestamp(depth + 1)?;
                }
                // sha1, ripemd160, sha256, keccak256, reverse, hexlify
                0x02 | 0x03 | 0x08 | 0x67 | 0xf2 | 0xf3 => self.timestamp(depth + 1)?,
                _ => return None,
            }
            if !more {
                return Some(());
            }
        }
    }

    fn attestation(&mut self) -> Option<()> {
        let kind: [u8; 8] = self.take(8)?.try_into().ok()?;
        let payload = self.bytes()?;
        match kind {
            BITCOIN => {
                let mut inner = Reader { rest: payload, found: Proof::default() };
                let height = inner.number()?;
                self.found.blocks.push(height);
            }
            PENDING => self.found.pending = true,
            _ => {}
        }
        Some(())
    }
}
