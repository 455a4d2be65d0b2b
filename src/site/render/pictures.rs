//! How large pictures are, so that nothing moves when they come.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::Renderer;
use sourcebook_core::dossier::load::CONTENT;

/// Width and height of pictures, by their paths in `content/`.
pub(super) type Sizes = Mutex<HashMap<String, Option<(usize, usize)>>>;

impl Renderer<'_> {
    /// Width and height of a picture in `content/`, in pixels; nothing where it cannot be told, as of drawings.
    pub fn picture_size(&self, path: &str) -> Option<(usize, usize)> {
        let known = || self.warm.sizes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(size) = known().get(path) {
            return *size;
        }
        let bytes = self.world.read(&format!("{CONTENT}/{path}")).ok();
        let size = bytes.and_then(|bytes| imagesize::blob_size(&bytes).ok()).map(|size| (size.width, size.height));
        known().insert(path.to_owned(), size);
        size
    }
}
