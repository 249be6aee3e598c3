//! Files to tables of text, and back: a folder of `.csv`, an `.xlsx`, or JSON.
//!
//! Nothing is judged here but whether a file can be read at all: [`domain::workbook::read`] checks the tables. Whatever the file,
//! the answer is tables or a [`ReadError`], within the memory and time that `limits` allows.

mod csv;
mod error;
mod folder;
mod json;
mod limits;
mod xlsx;

pub use error::{ReadError, WriteError};
pub use folder::write_folder;
pub use json::{read_json, write_json};
pub use limits::Excess;
pub(crate) use xlsx::write_bare;
pub use xlsx::{Marks, read_xlsx, write_xlsx};

use domain::workbook::{Table, Tables};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// Reads a workbook: a folder of `.csv` files, an `.xlsx` file, or a `.json` file.
///
/// # Errors
/// Why the files cannot be read; what the tables then say is not checked here.
pub fn read(path: &Path) -> Result<Tables, ReadError> {
    let place = path.display().to_string();
    let about = fs::metadata(path).map_err(|source| ReadError::Io { place: place.clone(), source })?;
    if about.is_dir() {
        return folder::read(path);
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("xlsx" | "xlsm") => read_xlsx(&contents(path, limits::XLSX_FILE)?),
        Some("json") => read_json(contents(path, limits::TEXT_FILE)?.as_slice()),
        _ => Err(ReadError::UnknownKind { place }),
    }
}

/// Reads a single list, such as one that people were named in: the first sheet of an `.xlsx`, or a `.csv`, by its content. `name` is what
/// the file is called.
///
/// # Errors
/// Why the file cannot be read; what the table then says is not checked here.
pub fn read_list(name: &str, bytes: &[u8]) -> Result<Table, ReadError> {
    let nothing = || ReadError::NoTables { place: name.to_owned() };
    if bytes.starts_with(b"PK\x03\x04") {
        return read_xlsx(bytes)?.0.into_iter().next().ok_or_else(nothing);
    }
    let most = limits::TEXT_FILE;
    if bytes.len() as u64 > most {
        return Err(ReadError::TooBig { place: name.to_owned(), row: 0, excess: Excess::File(most) });
    }
    csv::read(name, "list", bytes, &mut limits::Budget::default())?.ok_or_else(nothing)
}

/// Reads one `.csv`: `place` is what messages call it, `name` what its table is called. None where it holds nothing.
///
/// # Errors
/// Why it cannot be read.
pub fn read_csv(place: &str, name: &str, bytes: &[u8]) -> Result<Option<Table>, ReadError> {
    csv::read(place, name, bytes, &mut limits::Budget::default())
}

/// Writes one table as a `.csv`.
///
/// # Errors
/// What the writer says.
pub fn write_csv(table: &Table) -> Result<Vec<u8>, WriteError> {
    csv::write(table).map_err(|source| WriteError::Io { place: table.name.clone(), source })
}

/// The bytes of a regular file, if they are no more than `most`.
fn contents(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let place = || path.display().to_string();
    let failed = |source| ReadError::Io { place: place(), source };
    // Asked before opening too: opening a named pipe would wait for its other end.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(ReadError::NotAFile { place: place() });
    }
    let file = File::open(path).map_err(failed)?;
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(ReadError::NotAFile { place: place() });
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read, so its length is not asked but met.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > most {
        return Err(ReadError::TooBig { place: place(), row: 0, excess: Excess::File(most) });
    }
    Ok(bytes)
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod round_trips;
