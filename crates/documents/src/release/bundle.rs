//! Files by name, as a folder or a `.zip`. The same files give the same bytes.

use crate::workbook::{ReadError, read_csv};
use domain::workbook::Tables;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Cursor, Read, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Most files of a release.
const FILES: usize = 500;
/// Most bytes of all its files together, unpacked.
const BYTES: u64 = 512 * 1024 * 1024;

/// Files by name: folders and names separated by `/`, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle(pub BTreeMap<String, Vec<u8>>);

/// Why files cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The file system says no.
    #[error("{place}: {source}")]
    Io {
        /// The file or folder.
        place: String,
        /// What it said.
        source: io::Error,
    },
    /// Not a `.zip`, or a damaged one.
    #[error("{place} is no readable .zip: {detail}")]
    Damaged {
        /// The file.
        place: String,
        /// What the reader stumbled over.
        detail: String,
    },
    /// More than a release ever holds.
    #[error("{place} holds more than {FILES} files or {BYTES} bytes")]
    TooBig {
        /// The file or folder.
        place: String,
    },
    /// A name that would leave the folder, or is no name.
    #[error("{place} holds a file with the name {name:?}")]
    Name {
        /// The file.
        place: String,
        /// The name.
        name: String,
    },
}

impl Bundle {
    /// Reads a folder or a `.zip`.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn read(path: &Path) -> Result<Self, BundleError> {
        let place = path.display().to_string();
        let failed = |source| BundleError::Io { place: place.clone(), source };
        if fs::metadata(path).map_err(failed)?.is_dir() {
            let mut bundle = Self::default();
            let mut left = BYTES;
            bundle.add_folder(path, "", &mut left)?;
            return Ok(bundle);
        }
        let file = fs::File::open(path).map_err(failed)?;
        let mut bytes = Vec::new();
        file.take(BYTES).read_to_end(&mut bytes).map_err(failed)?;
        Self::from_zip(&place, &bytes)
    }

    fn add_folder(&mut self, folder: &Path, prefix: &str, left: &mut u64) -> Result<(), BundleError> {
        let place = folder.display().to_string();
        let failed = |source| BundleError::Io { place: place.clone(), source };
        let too_big = || BundleError::TooBig { place: place.clone() };
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() && prefix.is_empty() {
                self.add_folder(&entry.path(), &format!("{name}/"), left)?;
            } else if kind.is_file() {
                let mut bytes = Vec::new();
                let file = fs::File::open(entry.path()).map_err(failed)?;
                file.take(left.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
                *left = left.checked_sub(bytes.len() as u64).ok_or_else(too_big)?;
                self.0.insert(name, bytes);
                if self.0.len() > FILES {
                    return Err(too_big());
                }
            }
        }
        Ok(())
    }

    /// Reads the bytes of a `.zip`; `place` is what it is called.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn from_zip(place: &str, bytes: &[u8]) -> Result<Self, BundleError> {
        let damaged = |detail: String| BundleError::Damaged { place: place.into(), detail };
        let too_big = || BundleError::TooBig { place: place.into() };
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
        if zip.len() > FILES {
            return Err(too_big());
        }
        let (mut files, mut left) = (BTreeMap::new(), BYTES);
        for at in 0..zip.len() {
            let entry = zip.by_index(at).map_err(|error| damaged(error.to_string()))?;
            if entry.is_dir() {
                continue;
            }
            let name = entry.name().map_err(|error| damaged(error.to_string()))?.into_owned();
            if !is_name(&name) || files.contains_key(&name) {
                return Err(BundleError::Name { place: place.into(), name });
            }
            let mut bytes = Vec::new();
            // The length that the entry claims is not believed.
            entry.take(left.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| damaged(format!("{name}: {error}")))?;
            left = left.checked_sub(bytes.len() as u64).ok_or_else(too_big)?;
            files.insert(name, bytes);
        }
        Ok(Self(files))
    }

    /// The files as a `.zip`, in the order of their names and without a date.
    ///
    /// # Errors
    /// More than the format holds.
    pub fn to_zip(&self) -> Result<Vec<u8>, BundleError> {
        let write = || -> zip::result::ZipResult<Vec<u8>> {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            let how = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .last_modified_time(DateTime::default())
                .unix_permissions(0o644);
            for (name, bytes) in &self.0 {
                zip.start_file(name.as_str(), how)?;
                zip.write_all(bytes)?;
            }
            Ok(zip.finish()?.into_inner())
        };
        write().map_err(|error| BundleError::Damaged { place: "release.zip".into(), detail: error.to_string() })
    }

    /// Writes the files into a folder, which must be empty or not be there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write_folder(&self, folder: &Path) -> Result<(), BundleError> {
        let failed = |path: &Path| {
            let place = path.display().to_string();
            move |source| BundleError::Io { place, source }
        };
        fs::create_dir_all(folder).map_err(failed(folder))?;
        if fs::read_dir(folder).map_err(failed(folder))?.next().is_some() {
            return Err(failed(folder)(io::ErrorKind::DirectoryNotEmpty.into()));
        }
        for (name, bytes) in &self.0 {
            let path = folder.join(name);
            if let Some(above) = path.parent() {
                fs::create_dir_all(above).map_err(failed(above))?;
            }
            fs::write(&path, bytes).map_err(failed(&path))?;
        }
        Ok(())
    }

    /// The tables of a folder such as `results/`.
    ///
    /// # Errors
    /// A file that is no table.
    pub fn tables(&self, folder: &str) -> Result<Tables, ReadError> {
        let of_folder = self.0.iter().filter_map(|(name, bytes)| {
            let table = name.strip_prefix(folder)?.strip_suffix(".csv")?;
            (!table.contains('/')).then_some((name, table, bytes))
        });
        of_folder
            .filter_map(|(name, table, bytes)| read_csv(name, table, bytes).transpose())
            .collect::<Result<_, _>>()
            .map(Tables)
    }
}

/// One folder at most, and nothing that leads elsewhere.
fn is_name(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    parts.len() <= 2 && parts.iter().all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']))
}
