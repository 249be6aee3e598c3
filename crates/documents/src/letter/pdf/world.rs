//! All that Typst may see: the template, one letter, the fonts. No files, no network, no clock.

use super::fonts::FONTS;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, PathError, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// A world that holds one letter.
pub(super) struct OneLetter {
    template: Source,
    data_id: FileId,
    data: Bytes,
}

impl OneLetter {
    /// `data` is what the template reads, as JSON.
    pub(super) fn new(template: &str, data: String) -> Result<Self, PathError> {
        let id = |name| VirtualPath::new(name).map(|path| RootedPath::new(VirtualRoot::Project, path).intern());
        Ok(Self {
            template: Source::new(id("letter.typ")?, template.to_owned()),
            data_id: id("letter.json")?,
            data: Bytes::from_string(data),
        })
    }
}

impl World for OneLetter {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(unknown(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(unknown(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.all.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn unknown(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
