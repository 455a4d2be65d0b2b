//! Object stores: S3 and what speaks its language, Google Cloud Storage, Azure Blob Storage.
//!
//! 1. The manifest is read and the store listed; [`crate::deploy::listing`] says what is as it should be.
//! 2. Before the first change the manifest says what is coming, so that a deploy that is killed leaves nothing that a
//!    later one would take for the work of other hands.
//! 3. Files are sent stage by stage, several at a time, each with its headers. From time to time the manifest takes
//!    down the tags of what has arrived: what a killed deploy sent is not sent again.
//! 4. Removals, then the manifest as it is now.
//!
//! object_store tries again what fails for a reason that may pass (429, 5xx, connections that break off), with longer
//! and longer pauses.

mod http;
mod keys;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, Error, ObjectStore, ObjectStoreExt, PutMultipartOptions, PutOptions, PutPayload,
};
use tokio::runtime::{Builder, Runtime};

use super::{Carrier, Failure, Site};
use crate::deploy::file::Headers;
use crate::deploy::listing::{Listed, Listing, compare, intent, tag};
use crate::deploy::manifest::{self, Entry};
use crate::deploy::redact::Redactor;
use crate::deploy::{LocalFile, Manifest, Plan, Remote};
use crate::progress::Progress;
use sourcebook_core::base::path::PRIVATE;
use sourcebook_core::dossier::config::{Store, StoreKind};

/// So many requests at a time.
const AT_ONCE: usize = 16;

/// So many files, or an eighth of all if that is more, between two notes of what has arrived.
const NOTED: usize = 256;

/// A longer file is sent in parts of this length, in bytes.
const PART: usize = 16 * 1024 * 1024;

/// How often a file in parts is begun.
const TRIES: u32 = 3;

/// Opens the store; nothing is asked of it yet.
///
/// # Errors
/// There are no credentials, or they cannot be read.
pub fn open(at: &Store, site: Site, secrets: &mut Redactor) -> Result<Objects, Failure> {
    let store = keys::store(at, secrets)?;
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_time().build();
    let runtime = runtime.map_err(|error| Failure(format!("cannot start: {error}")))?;
    let place = format!("{}://{}/{}", scheme(at.kind), at.bucket, at.prefix);
    let prefix = at.prefix.to_string();
    Ok(Objects { store, runtime, site, prefix, place, listing: Listing::new(), manifest: Manifest::default() })
}

/// A folder of an object store.
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    /// For the pauses between tries; requests are made by the threads that wait for them.
    runtime: Runtime,
    site: Site,
    prefix: String,
    place: String,
    listing: Listing,
    manifest: Manifest,
}

/// The manifest while threads add to it.
struct Notes {
    manifest: Manifest,
    since: usize,
    every: usize,
}

impl Carrier for Objects {
    fn place(&self) -> String {
        self.place.trim_end_matches('/').to_owned()
    }

    fn look(&mut self, files: &[LocalFile]) -> Result<Remote, Failure> {
        self.manifest = self.read_manifest()?;
        self.listing = self.list()?;
        Ok(compare(files, &self.listing, &self.manifest))
    }

    fn carry_out(&mut self, files: &[LocalFile], plan: &Plan, progress: &Progress) -> Result<(), Failure> {
        let mut manifest = self.manifest.clone();
        manifest.0.retain(|path, _| self.listing.contains_key(path));
        for file in plan.uploads.iter().flatten().map(|n| &files[*n]) {
            manifest.0.insert(file.path.clone(), intent(file, &self.listing));
        }
        if plan.steps() > 0 {
            self.write_manifest(&manifest)?;
        }
        let every = NOTED.max((plan.new.len() + plan.changed.len()) / 8);
        let notes = Mutex::new(Notes { manifest, since: 0, every });
        for stage in &plan.uploads {
            self.each(stage, |n| {
                let arrived = self.send(&files[*n])?;
                progress.tick();
                self.note(&notes, &files[*n], arrived)
            })?;
        }
        for paths in &plan.removals {
            self.each(paths, |path| self.remove(path).inspect(|()| progress.tick()))?;
            paths.iter().for_each(|path| drop(lock(&notes).manifest.0.remove(path)));
        }
        let manifest = std::mem::take(&mut lock(&notes).manifest);
        let manifest = self.with_known_tags(files, manifest);
        if manifest == self.manifest { Ok(()) } else { self.write_manifest(&manifest) }
    }
}

impl Objects {
    /// What a killed deploy had sent is known now by its tag.
    fn with_known_tags(&self, files: &[LocalFile], mut manifest: Manifest) -> Manifest {
        for file in files {
            if let Some(entry) = manifest.0.get_mut(&file.path)
                && entry.tag.is_none()
                && let Some(listed) = self.listing.get(&file.path)
                && listed.tag.as_ref() == Some(&file.md5)
            {
                entry.tag.clone_from(&listed.tag);
            }
        }
        manifest
    }

    /// Sends one file; its tag, if the store gives one.
    fn send(&self, file: &LocalFile) -> Result<Option<String>, Failure> {
        let bytes = self.site.read(file)?;
        let path = self.at(&file.path)?;
        let attributes = attributes(&file.headers);
        let sent = self.runtime.block_on(async {
            if bytes.len() > PART {
                // Its steps are not tried again one by one.
                for _ in 1..TRIES {
                    match self.send_in_parts(&path, &bytes, attributes.clone()).await {
                        Err(Error::Generic { .. }) => {}
                        other => return other,
                    }
                }
                return self.send_in_parts(&path, &bytes, attributes).await;
            }
            self.store.put_opts(&path, PutPayload::from(bytes), PutOptions::from(attributes)).await
        });
        let sent = sent.map_err(|error| failure("send", &file.path, &error))?;
        Ok(tag(sent.e_tag.as_deref()))
    }

    async fn send_in_parts(
        &self,
        path: &Path,
        bytes: &[u8],
        attributes: Attributes,
    ) -> object_store::Result<object_store::PutResult> {
        let mut upload = self.store.put_multipart_opts(path, PutMultipartOptions::from(attributes)).await?;
        for part in bytes.chunks(PART) {
            if let Err(error) = upload.put_part(PutPayload::from(part.to_vec())).await {
                let _ = upload.abort().await;
                return Err(error);
            }
        }
        upload.complete().await
    }

    /// Takes down what has arrived.
    fn note(&self, notes: &Mutex<Notes>, file: &LocalFile, tag: Option<String>) -> Result<(), Failure> {
        let due = {
            let mut notes = lock(notes);
            notes.manifest.0.insert(file.path.clone(), Entry { hash: Some(file.hash.clone()), tag });
            notes.since += 1;
            if notes.since < notes.every {
                return Ok(());
            }
            notes.since = 0;
            notes.manifest.clone()
        };
        self.write_manifest(&due)
    }

    fn remove(&self, path: &str) -> Result<(), Failure> {
        let at = self.at(path)?;
        match self.runtime.block_on(self.store.delete(&at)) {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failure("remove", path, &error)),
        }
    }

    fn list(&self) -> Result<Listing, Failure> {
        let prefix = self.at("")?;
        let all = self.store.list((!self.prefix.is_empty()).then_some(&prefix));
        let objects: Vec<_> =
            self.runtime.block_on(all.try_collect()).map_err(|e| failure("list", &self.place(), &e))?;
        let folder = match self.prefix.is_empty() {
            true => String::new(),
            false => format!("{}/", self.prefix),
        };
        let listed = objects.into_iter().filter_map(|object: object_store::ObjectMeta| {
            let path = object.location.as_ref().strip_prefix(&folder)?.to_owned();
            let listed = Listed { size: object.size, tag: tag(object.e_tag.as_deref()) };
            (!path.starts_with(PRIVATE)).then_some((path, listed))
        });
        Ok(listed.collect())
    }

    /// One that is damaged says nothing, and what it named is left alone.
    fn read_manifest(&self) -> Result<Manifest, Failure> {
        let path = self.at(&manifest::path())?;
        let read = self.runtime.block_on(async { self.store.get(&path).await?.bytes().await });
        match read {
            Ok(bytes) => Ok(std::str::from_utf8(&bytes).ok().and_then(Manifest::parse).unwrap_or_default()),
            Err(Error::NotFound { .. }) => Ok(Manifest::default()),
            Err(error) => Err(failure("read", &self.place(), &error)),
        }
    }

    fn write_manifest(&self, manifest: &Manifest) -> Result<(), Failure> {
        let headers = Headers { media_type: "text/plain; charset=utf-8", cache: "no-store", encoding: None };
        let path = self.at(&manifest::path())?;
        let bytes = PutPayload::from(manifest.print().into_bytes());
        let put = self.store.put_opts(&path, bytes, PutOptions::from(attributes(&headers)));
        self.runtime.block_on(put).map(drop).map_err(|error| failure("send", &manifest::path(), &error))
    }

    fn at(&self, path: &str) -> Result<Path, Failure> {
        let whole = format!("{}/{path}", self.prefix);
        Path::parse(whole.trim_matches('/'))
            .map_err(|error| Failure(format!("`{path}` cannot be a name there: {error}")))
    }

    /// Does one thing to each, several at a time. After a failure none is begun any more, and the first is told.
    fn each<T: Sync>(&self, all: &[T], run: impl Fn(&T) -> Result<(), Failure> + Sync) -> Result<(), Failure> {
        let next = AtomicUsize::new(0);
        let failed = Mutex::new(None);
        let work = || {
            while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                if let Err(failure) = run(one) {
                    lock(&failed).get_or_insert(failure);
                    next.store(all.len(), Ordering::Relaxed);
                }
            }
        };
        thread::scope(|scope| (0..AT_ONCE.min(all.len())).for_each(|_| drop(scope.spawn(work))));
        lock(&failed).take().map_or(Ok(()), Err)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn attributes(headers: &Headers) -> Attributes {
    let mut attributes = Attributes::new();
    attributes.insert(Attribute::ContentType, headers.media_type.into());
    attributes.insert(Attribute::CacheControl, headers.cache.into());
    if let Some(encoding) = headers.encoding {
        attributes.insert(Attribute::ContentEncoding, encoding.into());
    }
    attributes
}

fn scheme(kind: StoreKind) -> &'static str {
    match kind {
        StoreKind::S3 => "s3",
        StoreKind::Gcs => "gs",
        StoreKind::Azure => "azure",
    }
}

/// In a person's words, with what may be done; the store's own words after it.
fn failure(doing: &str, what: &str, error: &Error) -> Failure {
    let why = match error {
        Error::PermissionDenied { .. } => "these credentials may not do it",
        Error::Unauthenticated { .. } => "the store does not know these credentials",
        Error::NotFound { .. } => "there is no such bucket or container",
        _ => "the store or the way to it fails; what was done stays done, and the next deploy goes on from there",
    };
    Failure(format!("cannot {doing} `{what}`: {why}\n  {error}"))
}
