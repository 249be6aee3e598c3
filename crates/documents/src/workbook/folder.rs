//! A workbook as a folder of `.csv` files, one for each table.

use super::limits::{self, Budget};
use super::{ReadError, WriteError, contents, csv};
use domain::workbook::{Table, Tables, sheets};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) fn read(folder: &Path) -> Result<Tables, ReadError> {
    let mut budget = Budget::default();
    let mut tables = Vec::new();
    for (name, path) in files(folder)? {
        let place = path.display().to_string();
        // A table that is a link would be read from who knows where; one that is passed over would be missing without a word.
        let about = fs::symlink_metadata(&path).map_err(|source| ReadError::Io { place: place.clone(), source })?;
        if !about.is_file() {
            return Err(ReadError::NotAFile { place });
        }
        tables.extend(csv::read(&place, &name, &contents(&path, limits::TEXT_FILE)?, &mut budget)?);
    }
    if tables.is_empty() {
        return Err(ReadError::NoTables { place: folder.display().to_string() });
    }
    Ok(Tables(tables))
}

/// The `.csv` files of a folder with the names of their tables, in the documented order of sheets.
fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>, ReadError> {
    let failed = |source| ReadError::Io { place: folder.display().to_string(), source };
    let known = sheets();
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let is_csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        // Office programs and macOS leave companions beside an open file: .~lock.x.csv, ~$x.csv, ._x.csv.
        let is_companion = name.starts_with(['.', '~']);
        if is_csv && !is_companion && !path.is_dir() {
            let place = known.iter().position(|(sheet, _)| *sheet == name).unwrap_or(known.len());
            files.push((place, name, path));
        }
    }
    files.sort();
    Ok(files.into_iter().map(|(_, name, path)| (name, path)).collect())
}

/// Writes each table as a `.csv` into the folder, which is made where it is missing. Rows are numbered anew from 2.
///
/// Each file appears whole or not at all. Other files in the folder stay as they are.
///
/// # Errors
/// A table whose name is no file name, before anything is written; or the file system's refusal.
pub fn write_folder(tables: &Tables, folder: &Path) -> Result<(), WriteError> {
    for Table { name, .. } in &tables.0 {
        if name.is_empty() || name.starts_with(['.', '~']) || name.contains(['/', '\\', ':', '\0']) {
            return Err(WriteError::Name { name: name.clone() });
        }
    }
    let failed = |path: &Path, source| WriteError::Io { place: path.display().to_string(), source };
    fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    for table in &tables.0 {
        let path = folder.join(format!("{}.csv", table.name));
        let draft = folder.join(format!(".{}.{}.part", table.name, std::process::id()));
        csv::write(table).and_then(|bytes| replace(&path, &draft, &bytes)).map_err(|source| failed(&path, source))?;
    }
    Ok(())
}

fn replace(path: &Path, draft: &Path, bytes: &[u8]) -> io::Result<()> {
    let written = File::create(draft).and_then(|mut file| {
        file.write_all(bytes)?;
        // Renamed before its bytes are on disk, a file could be empty after a power cut.
        file.sync_all()
    });
    let done = written.and_then(|()| fs::rename(draft, path));
    if done.is_err() {
        // The failure is what the caller must hear of, not that the draft could not be removed either.
        let _ = fs::remove_file(draft);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tables_are_read_and_foreign_files_stay() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("README.md", "x"),
            ("._agencies.csv", "\0"),
            ("agencies.CSV", "code\nA\n"),
            ("blocks.csv", "code\nB\n"),
            ("empty.csv", ""),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        fs::create_dir(folder.path().join("nested.csv")).unwrap();
        let tables = super::super::read(folder.path()).unwrap();
        assert_eq!(tables.0.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(), ["blocks", "agencies"]);
        write_folder(&tables, folder.path()).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("README.md")).unwrap(), "x");
        assert_eq!(fs::read_to_string(folder.path().join("blocks.csv")).unwrap(), "code\nB\n");
        assert!(fs::read_dir(folder.path()).unwrap().all(|entry| entry.unwrap().path().extension().unwrap() != "part"));
    }

    #[test]
    fn a_name_that_leaves_the_folder_is_refused() {
        for name in ["../x", "a/b", "..", ""] {
            let tables = Tables(vec![Table { name: name.into(), ..Table::default() }]);
            assert!(matches!(write_folder(&tables, Path::new("/nowhere")), Err(WriteError::Name { .. })), "{name:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("agencies.csv")).unwrap();
        assert!(matches!(super::super::read(folder.path()), Err(ReadError::NotAFile { .. })));
        assert!(matches!(super::super::read(Path::new("/dev/zero")), Err(ReadError::UnknownKind { .. })));
    }
}
