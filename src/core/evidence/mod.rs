//! Quotes looked up in captures. Pure: bytes and strings come in, no file, YAML or HTML goes out.
//!
//! 1. [`readers`]: the bytes of a capture to its readable text and places, by a table of readers, one a kind.
//! 2. [`normalise`]: that text with its typography levelled, and the way back to the original bytes.
//! 3. [`find`]: a quote in such a text: verbatim, absent (with the [`nearest`] passage) or ambiguous.
//!    [`brackets`]: what an editor put into a quote. [`quotation`]: which of its words stand between quotation marks there.
//! 4. [`lock`]: what was found, recorded for builds without the captures.
//!    [`public`]: what an archive's copy was found to hold, which the lock keeps too.
//!    [`checks`]: whether a record says what it said when somebody checked it.
//!    [`stamps`]: by which day it was known, by somebody else's word.
//! 5. [`passages`]: a published text cut where marked passages begin and end.
//! 6. [`overlap`]: words of captures that stand elsewhere: leaks, and copies between captures.
//! 7. [`against`]: a newer copy of a source held against the older one.
//!
//! What may be written out of here beyond the writer's own quotes: nothing. [`nearest`] holds words of a capture and
//! is for messages on a terminal only.

/// The kinds of an enum with values, as an enum without: a list that is complete, or does not compile.
macro_rules! kinds_of {
    ($(#[$meta:meta])* $kind:ident of $whole:ident { $($name:ident $(($($values:tt)*))? $({$($fields:tt)*})?),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum $kind {
            $($name),+
        }

        impl $kind {
            const ALL: &[Self] = &[$(Self::$name),+];
        }

        /// Does not compile where one is missing above.
        const _: fn(&$whole) -> $kind = |whole| match whole {
            $($whole::$name $(($($values)*))? $({$($fields)*})? => $kind::$name),+
        };
    };
}

pub mod against;
pub mod brackets;
pub mod checks;
pub mod directives;
pub mod find;
pub mod hits;
pub mod html;
pub mod kept;
pub mod leak;
pub mod locator;
pub mod lock;
pub mod lock_read;
pub mod lookup;
pub mod nearest;
pub mod normalise;
pub mod overlap;
pub mod parts;
pub mod passages;
mod passages_in;
pub mod prepared;
pub mod public;
pub mod public_copy;
pub mod quotation;
pub mod quote_key;
pub mod readers;
pub mod sha256;
#[cfg(feature = "stamp")]
pub mod signing;
pub mod stamps;
pub mod verified;
pub mod verify;
mod verify_faults;
pub mod words;
