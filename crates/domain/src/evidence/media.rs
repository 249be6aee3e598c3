//! What kind of file something is, by its content and never by its name.
//!
//! The list is short on purpose: what Vietnamese offices write, sign and scan. Each file is served under the one type found here, so
//! that a file which is two things at once (a PDF that is also a page or an archive) is only ever the harmless one. Archives are
//! refused because each document has a number and a date of its own; files with macros, because they are programs.

use super::refusal::Refusal;
use crate::workbook::cell::words;
use std::ops::Range;

words! {
    /// A kind of file that is accepted.
    Media {
        /// PDF: opens beside the item.
        Pdf = "pdf",
        /// A picture.
        Png = "png",
        /// A photograph.
        Jpeg = "jpeg",
        /// What older scanners write.
        Tiff = "tiff",
        /// Word.
        Docx = "docx",
        /// Excel.
        Xlsx = "xlsx",
        /// PowerPoint.
        Pptx = "pptx",
        /// LibreOffice's texts.
        Odt = "odt",
        /// LibreOffice's tables.
        Ods = "ods",
        /// LibreOffice's slides.
        Odp = "odp",
        /// Word until 2003.
        Doc = "doc",
        /// Excel until 2003.
        Xls = "xls",
        /// PowerPoint until 2003.
        Ppt = "ppt",
    }
}

impl Media {
    /// The media type under which it is served.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Tiff => "image/tiff",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Doc => "application/msword",
            Self::Xls => "application/vnd.ms-excel",
            Self::Ppt => "application/vnd.ms-powerpoint",
        }
    }

    /// The endings that names of such files have; the first is the usual one.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Tiff => &["tif", "tiff"],
            Self::Docx => &["docx", "dotx"],
            Self::Xlsx => &["xlsx", "xltx"],
            Self::Pptx => &["pptx", "potx", "ppsx"],
            Self::Odt => &["odt", "ott"],
            Self::Ods => &["ods", "ots"],
            Self::Odp => &["odp", "otp"],
            Self::Doc => &["doc", "dot"],
            Self::Xls => &["xls", "xlt"],
            Self::Ppt => &["ppt", "pps", "pot"],
        }
    }

    /// Whether browsers show it by themselves, beside the item that it proves.
    #[must_use]
    pub fn opens_beside(self) -> bool {
        matches!(self, Self::Pdf | Self::Png | Self::Jpeg)
    }

    fn of_opendocument(mime: &[u8]) -> Option<Self> {
        [Self::Odt, Self::Ods, Self::Odp].into_iter().find(|media| {
            let is_template = |rest: &[u8]| rest.is_empty() || rest == b"-template";
            mime.strip_prefix(media.mime().as_bytes()).is_some_and(is_template)
        })
    }
}

/// So many of a file's first bytes [`look`] wants to see, or all of a shorter one.
pub const HEAD: u64 = 4096;

/// So many of a ZIP's last bytes hold its table of contents, for documents of thousands of parts.
const CONTENTS: u64 = 1024 * 1024;

/// So much of an OLE file's directory is read: 64 entries, where real documents have a dozen.
const DIRECTORY: u64 = 8192;

/// What the first bytes of a file say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// It is this.
    Is(Media),
    /// It is a container: [`look_inside`] tells, given these bytes of the file.
    Inside(Container, Range<u64>),
}

/// A kind of file that holds other files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// ZIP: today's office documents and ordinary archives.
    Zip,
    /// A ZIP that declares itself an OpenDocument of this kind.
    OpenDocument(Media),
    /// OLE, "compound file": office documents until 2003, installers, mails.
    Ole,
}

/// Tells a file of `size` bytes by its first [`HEAD`] bytes.
///
/// # Errors
/// Why it is not accepted.
pub fn look(size: u64, head: &[u8]) -> Result<Look, Refusal> {
    if size == 0 || head.is_empty() {
        return Err(Refusal::Empty);
    }
    let starts = |magic: &[u8]| head.starts_with(magic);
    if starts(b"PK\x03\x04") {
        let container = declared_opendocument(head).map_or(Container::Zip, Container::OpenDocument);
        return Ok(Look::Inside(container, size.saturating_sub(CONTENTS)..size));
    }
    if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        let from = directory_of(head).filter(|from| *from < size).ok_or(Refusal::Damaged)?;
        return Ok(Look::Inside(Container::Ole, from..size.min(from.saturating_add(DIRECTORY))));
    }
    let media = if past_blanks(head).starts_with(b"%PDF-") {
        Media::Pdf
    } else if starts(b"\x89PNG\r\n\x1A\n") && head.get(12..16) == Some(b"IHDR") {
        Media::Png
    } else if starts(b"\xFF\xD8\xFF") {
        Media::Jpeg
    } else if starts(b"II\x2A\0") || starts(b"MM\0\x2A") {
        Media::Tiff
    } else {
        return Err(unwanted(head));
    };
    Ok(Look::Is(media))
}

/// Tells a container by the bytes that [`look`] asked for.
///
/// # Errors
/// Why it is not accepted.
pub fn look_inside(container: Container, bytes: &[u8]) -> Result<Media, Refusal> {
    match container {
        Container::Zip => {
            let names = names_in_zip(bytes).ok_or(Refusal::Damaged)?;
            let has = |start: &str| names.iter().any(|name| name.starts_with(start));
            if has_macros(&names) {
                return Err(Refusal::Macros);
            }
            match () {
                () if !has("[content_types].xml") => Err(Refusal::Archive),
                () if has("word/") => Ok(Media::Docx),
                () if has("xl/") && !has("xl/workbook.bin") => Ok(Media::Xlsx),
                () if has("ppt/") => Ok(Media::Pptx),
                () => Err(Refusal::Unknown),
            }
        }
        Container::OpenDocument(media) => {
            let names = names_in_zip(bytes).ok_or(Refusal::Damaged)?;
            match names.iter().any(|name| name == "content.xml") {
                _ if has_macros(&names) => Err(Refusal::Macros),
                true => Ok(media),
                false => Err(Refusal::Damaged),
            }
        }
        Container::Ole => of_ole(&names_in_directory(bytes)),
    }
}

/// Byte order mark and blanks, which some scanners write before a PDF.
fn past_blanks(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start()
}

/// Why something that is none of ours is refused, so that people learn what to do instead.
fn unwanted(head: &[u8]) -> Refusal {
    let starts = |magics: &[&[u8]]| magics.iter().any(|magic| head.starts_with(magic));
    let text = past_blanks(head);
    // Two bytes a letter: UTF-16, as browsers read it too.
    let is_markup = text.starts_with(b"<") || text.starts_with(b"\xFF\xFE<") || text.starts_with(b"\xFE\xFF\0<");
    if is_markup || text.get(..13).is_some_and(|start| start.eq_ignore_ascii_case(b"mime-version:")) {
        Refusal::WebPage
    } else if starts(&[b"MZ", b"\x7FELF", b"#!", b"\xCA\xFE\xBA\xBE", b"\xCF\xFA\xED\xFE", b"\xFE\xED\xFA"]) {
        Refusal::Program
    } else if starts(&[b"Rar!", b"7z\xBC\xAF\x27\x1C", b"\x1F\x8B", b"BZh", b"\xFD7zXZ", b"PK\x05\x06"]) {
        Refusal::Archive
    } else {
        Refusal::Unknown
    }
}

/// An OpenDocument begins with a part called `mimetype`, uncompressed, that says what it is.
fn declared_opendocument(head: &[u8]) -> Option<Media> {
    let (name, extra) = (number16(head, 26)?, number16(head, 28)?);
    let begin = 30 + name + extra;
    if number16(head, 8)? != 0 || head.get(30..30 + name)? != b"mimetype" {
        return None;
    }
    Media::of_opendocument(head.get(begin..begin + number32(head, 18)?)?)
}

/// The names in a ZIP's table of contents, in lower case; none where it has no table of its own at its very end.
fn names_in_zip(tail: &[u8]) -> Option<Vec<String>> {
    // The end record is 22 bytes and a remark whose length it tells; only the one that ends the file counts.
    let ends =
        |at: &usize| tail.get(*at..*at + 4) == Some(b"PK\x05\x06") && number16(tail, at + 20) == Some(tail.len() - at - 22);
    let end = (0..=tail.len().checked_sub(22)?).rev().take(0x1_0000).find(ends)?;
    let count = number16(tail, end + 10)?;
    let mut at = end.checked_sub(number32(tail, end + 12)?)?;
    let mut names = Vec::new();
    for _ in 0..count {
        if tail.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let (name, extra, remark) = (number16(tail, at + 28)?, number16(tail, at + 30)?, number16(tail, at + 32)?);
        names.push(String::from_utf8_lossy(tail.get(at + 46..at + 46 + name)?).to_lowercase());
        at += 46 + name + extra + remark;
    }
    Some(names)
}

fn has_macros(names: &[String]) -> bool {
    names.iter().any(|name| name.ends_with("vbaproject.bin") || name.starts_with("basic/") || name.starts_with("scripts/"))
}

/// Where an OLE file keeps its directory: the header tells the size and the number of its sector.
fn directory_of(head: &[u8]) -> Option<u64> {
    let shift = number16(head, 30).filter(|shift| matches!(shift, 9 | 12))?;
    let sector = u64::try_from(number32(head, 48)?).ok()?;
    Some((sector + 1) << shift)
}

/// The names in an OLE directory: entries of 128 bytes, the name in UTF-16 first, its length at 64, the kind of entry at 66.
fn names_in_directory(bytes: &[u8]) -> Vec<String> {
    let name = |entry: &[u8]| {
        let length = number16(entry, 64).filter(|length| (4..=64).contains(length))?;
        let is_used = matches!(entry.get(66), Some(1 | 2 | 5));
        let letters = entry.get(..length - 2)?.chunks_exact(2).filter_map(|pair| number16(pair, 0).map(|letter| letter as u16));
        is_used.then(|| String::from_utf16_lossy(&letters.collect::<Vec<_>>()))
    };
    bytes.chunks_exact(128).filter_map(name).collect()
}

fn of_ole(names: &[String]) -> Result<Media, Refusal> {
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    match () {
        () if has(&["EncryptedPackage", "EncryptionInfo"]) => Err(Refusal::Locked),
        () if has(&["Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"]) => Err(Refusal::Macros),
        () if has(&["WordDocument"]) => Ok(Media::Doc),
        () if has(&["Workbook", "Book"]) => Ok(Media::Xls),
        () if has(&["PowerPoint Document"]) => Ok(Media::Ppt),
        () => Err(Refusal::Unknown),
    }
}

/// Two bytes, lowest first.
fn number16(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    pair.try_into().ok().map(|pair| u16::from_le_bytes(pair).into())
}

/// Four bytes, lowest first.
fn number32(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    four.try_into().ok().and_then(|four| usize::try_from(u32::from_le_bytes(four)).ok())
}
