//! Where the bytes of evidence are: a folder, or a bucket of S3. Everything goes through `object_store`, so that several processes
//! share it and nothing of an upload is in one process's memory or on one machine's disk; docs/decisions/0006-evidence.md says why.
//!
//! Below the place there are `files/ab/abcd…`, each file by its SHA-256, and `uploads/TOKEN/…`, the parts of uploads under way.

use crate::Error;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::evidence::FileHash;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// So many bytes at most are in memory of each upload, and lost by it when a process dies: what is written at once.
pub(crate) const PART: usize = 4 * 1024 * 1024;

/// Where evidence is kept. Nothing is opened or made before it is used.
#[derive(Debug)]
pub(crate) struct Files {
    place: Place,
    opened: OnceLock<Arc<dyn ObjectStore>>,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    #[cfg(feature = "s3")]
    Bucket(object_store::aws::AmazonS3Builder, Path),
    /// Somewhere that this build does not know, or nowhere: said when it is needed.
    Unknown(&'static str),
}

impl Files {
    /// A folder, or `s3://BUCKET/PREFIX` with what else it needs in the environment (`AWS_…`), where this build has S3.
    pub(crate) fn at(place: &str) -> Self {
        let place = match place.split_once("://") {
            None => Place::Folder(place.into()),
            Some(("file", folder)) => Place::Folder(folder.into()),
            #[cfg(feature = "s3")]
            Some(("s3", rest)) => {
                let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
                Place::Bucket(object_store::aws::AmazonS3Builder::from_env().with_bucket_name(bucket), Path::from(prefix))
            }
            #[cfg(not(feature = "s3"))]
            Some(("s3", _)) => Place::Unknown("this parindex was built without S3 (cargo feature s3)"),
            Some(_) => Place::Unknown("the place of evidence is neither a folder nor s3://BUCKET/PREFIX"),
        };
        Self { place, opened: OnceLock::new() }
    }

    /// Beside a database in a file; elsewhere one has to say where.
    pub(crate) fn beside(database: &str) -> Self {
        let file = database.strip_prefix("sqlite:").map(|path| path.split('?').next().unwrap_or_default());
        match file {
            Some(file) => {
                Self::at(&std::path::Path::new(file.trim_start_matches("//")).with_file_name("evidence").to_string_lossy())
            }
            None => Self { place: Place::Unknown("nobody said where evidence is kept (--evidence)"), opened: OnceLock::new() },
        }
    }

    /// Whether this build knows the place.
    pub(crate) fn is_somewhere(&self) -> bool {
        !matches!(self.place, Place::Unknown(_))
    }

    fn store(&self) -> Result<&Arc<dyn ObjectStore>, Error> {
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        let opened: Arc<dyn ObjectStore> = match &self.place {
            Place::Folder(folder) => {
                std::fs::create_dir_all(folder).map_err(|error| Error::Evidence(error.to_string()))?;
                // Without it a file that was acknowledged could be lost when the power fails.
                Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true).with_automatic_cleanup(true))
            }
            #[cfg(feature = "s3")]
            Place::Bucket(builder, prefix) => {
                Arc::new(object_store::prefix::PrefixStore::new(builder.clone().build()?, prefix.clone()))
            }
            Place::Unknown(why) => return Err(Error::Evidence((*why).into())),
        };
        Ok(self.opened.get_or_init(|| opened))
    }

    /// Writes a part of an upload. It is durably there when this returns.
    pub(crate) async fn put_part(&self, token: &str, hash: FileHash, bytes: Bytes) -> Result<(), Error> {
        self.store()?.put(&part(token, hash), bytes.into()).await?;
        Ok(())
    }

    /// The bytes of a part.
    pub(crate) async fn part(&self, token: &str, hash: FileHash) -> Result<BoxStream<'static, Result<Bytes, Error>>, Error> {
        Ok(self.store()?.get(&part(token, hash)).await?.into_stream().map_err(Error::from).boxed())
    }

    /// So many bytes of a part from a place in it on.
    pub(crate) async fn part_range(&self, token: &str, hash: FileHash, range: Range<u64>) -> Result<Bytes, Error> {
        Ok(self.store()?.get_range(&part(token, hash), range).await?)
    }

    /// Puts parts together at the place of their whole. What was there is replaced at once by the same, so that it does no harm when
    /// two do it. It is durably there when this returns.
    pub(crate) async fn assemble(&self, token: &str, parts: &[FileHash], whole: FileHash) -> Result<(), Error> {
        let mut writer = WriteMultipart::new_with_chunk_size(self.store()?.put_multipart(&file(whole)).await?, PART + PART / 2);
        for hash in parts {
            let mut bytes = self.part(token, *hash).await?;
            while let Some(bytes) = bytes.try_next().await? {
                writer.wait_for_capacity(1).await?;
                writer.put(bytes);
            }
        }
        writer.finish().await?;
        Ok(())
    }

    /// The bytes of a file, or a range of them.
    pub(crate) async fn read(
        &self,
        hash: FileHash,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes, Error>>, Error> {
        let options = object_store::GetOptions { range: Some(range.into()), ..Default::default() };
        Ok(self.store()?.get_opts(&file(hash), options).await?.into_stream().map_err(Error::from).boxed())
    }

    /// Removes the parts of an upload.
    pub(crate) async fn clear_parts(&self, token: &str) -> Result<(), Error> {
        let store = self.store()?;
        let parts = store.list(Some(&Path::from_iter(["uploads", token]))).map_ok(|found| found.location).boxed();
        match store.delete_stream(parts).try_for_each(|_| std::future::ready(Ok(()))).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes a file.
    pub(crate) async fn clear(&self, hash: FileHash) -> Result<(), Error> {
        match self.store()?.delete(&file(hash)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The files that were written before a moment.
    pub(crate) async fn older(&self, before: DateTime<Utc>) -> Result<Vec<FileHash>, Error> {
        let all = self.store()?.list(Some(&Path::from("files")));
        let old = all.try_filter_map(|found| {
            let hash = found.location.filename().and_then(FileHash::from_hex);
            std::future::ready(Ok(hash.filter(|_| found.last_modified < before)))
        });
        Ok(old.try_collect().await?)
    }

    /// The tokens of uploads all of whose parts were written before a moment.
    pub(crate) async fn older_uploads(&self, before: DateTime<Utc>) -> Result<Vec<String>, Error> {
        let mut tokens = std::collections::BTreeMap::new();
        let mut all = self.store()?.list(Some(&Path::from("uploads")));
        while let Some(found) = all.try_next().await? {
            if let Some(token) = found.location.parts().nth(1) {
                *tokens.entry(token.as_ref().to_owned()).or_insert(true) &= found.last_modified < before;
            }
        }
        Ok(tokens.into_iter().filter(|(_, old)| *old).map(|(token, _)| token).collect())
    }
}

fn file(hash: FileHash) -> Path {
    let name = hash.to_string();
    Path::from_iter(["files", name.get(..2).unwrap_or_default(), &name])
}

fn part(token: &str, hash: FileHash) -> Path {
    Path::from_iter(["uploads", token, &hash.to_string()])
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        Self::Evidence(error.to_string())
    }
}
