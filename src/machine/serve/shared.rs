//! What every request has.

use std::sync::Arc;

use super::crowd::Crowd;
use super::guard::Guard;
use super::preview::Preview;

/// What requests are answered with.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) preview: Arc<Preview>,
    pub(super) guard: Guard,
    /// Whether captures may be shown: to nobody but this machine.
    pub(super) private: bool,
    /// Who is connected, and what lies in memory for them.
    pub(super) crowd: Arc<Crowd>,
}
