//! Looks through a package before calamine opens it, and refuses what would unfold in memory.
//!
//! An allocation that fails ends the process and cannot be caught, so it has to be foreseen.

use super::super::ReadError;
use super::super::limits::{self, Excess};
use std::cell::Cell;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;
use zip::ZipArchive;

/// The first bytes of the container that holds encrypted workbooks and those before 2007.
const COMPOUND_FILE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

pub(super) fn scan(bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.len() as u64 > limits::XLSX_FILE {
        return Err(too_big("xlsx", Excess::File(limits::XLSX_FILE)));
    }
    if bytes.starts_with(COMPOUND_FILE) {
        return Err(ReadError::NotOpen);
    }
    if !bytes.starts_with(b"PK") {
        return Err(ReadError::NotXlsx);
    }
    let taken = Rc::new(Cell::new(0));
    let mut package =
        ZipArchive::new(Meter { bytes: Cursor::new(bytes), taken: Rc::clone(&taken) }).map_err(|wrong| damaged("xlsx", wrong))?;
    if package.len() > limits::PARTS {
        return Err(too_big("xlsx", Excess::Parts));
    }
    refuse_by_declared_size(&mut package)?;
    let mut unpacked = 0;
    for at in 0..package.len() {
        let mut part = package.by_index(at).map_err(|wrong| damaged("xlsx", wrong))?;
        let name = part.name().map_err(|wrong| damaged("xlsx", wrong))?.into_owned();
        let xml = unpack(&name, &mut part, &taken, &mut unpacked)?;
        refuse_what_unfolds(&name, &xml)?;
    }
    Ok(())
}

/// What the package says of itself costs nothing to read, and an honest giant is refused here.
fn refuse_by_declared_size(package: &mut ZipArchive<Meter<'_>>) -> Result<(), ReadError> {
    let mut total: u64 = 0;
    for at in 0..package.len() {
        let part = package.by_index_raw(at).map_err(|wrong| damaged("xlsx", wrong))?;
        total = total.saturating_add(part.size());
        if part.size() > limits::PART || total > limits::UNPACKED {
            return Err(too_big(&part.name().unwrap_or_default(), Excess::Unpacked));
        }
    }
    Ok(())
}

/// Unpacks a part to see how large it really is, since the header may lie. Keeps only what is looked into afterwards.
fn unpack(name: &str, part: &mut impl Read, taken: &Cell<u64>, total: &mut u64) -> Result<Vec<u8>, ReadError> {
    let (mut kept, mut size) = (Vec::new(), 0_u64);
    let mut piece = vec![0; 64 << 10];
    taken.set(0);
    loop {
        let length = part.read(&mut piece).map_err(|wrong| damaged(name, wrong))?;
        if length == 0 {
            return Ok(kept);
        }
        size += length as u64;
        *total += length as u64;
        if size > limits::PART || *total > limits::UNPACKED {
            return Err(too_big(name, Excess::Unpacked));
        }
        if size.saturating_sub(limits::RATIO_FREE) > taken.get().saturating_mul(limits::RATIO) {
            return Err(too_big(name, Excess::Ratio));
        }
        if is_strings(name) || is_styles(name) {
            kept.extend(piece.iter().take(length));
        }
    }
}

fn is_strings(name: &str) -> bool {
    name.to_lowercase().ends_with("sharedstrings.xml")
}

fn is_styles(name: &str) -> bool {
    name.to_lowercase().ends_with("styles.xml")
}

/// Two parts make calamine allocate more than they hold: shared texts are announced by number, and each cell format gets its own
/// copy of its font's name and its number format.
fn refuse_what_unfolds(name: &str, xml: &[u8]) -> Result<(), ReadError> {
    // In UTF-16 the searches below would find nothing. No spreadsheet program writes it.
    if xml.contains(&0) {
        return Err(damaged(name, "UTF-16"));
    }
    let unfolds = if is_strings(name) {
        let announced = after_each(xml, b"uniqueCount").map(number).max().unwrap_or(0);
        announced.max(tags(xml, b"si")) > limits::SHARED_STRINGS
    } else {
        let longest = xml.split(|byte| *byte == b'<').map(<[u8]>::len).max().unwrap_or(0) as u64;
        tags(xml, b"xf").saturating_mul(longest) > limits::FORMATS
    };
    if unfolds { Err(too_big(name, Excess::Formats)) } else { Ok(()) }
}

/// How many tags have this name, with whatever prefix.
fn tags(xml: &[u8], name: &[u8]) -> u64 {
    let names = xml.split(|byte| *byte == b'<').filter_map(|tag| tag.split(|byte| b" \t\r\n/>".contains(byte)).next());
    names.filter(|full| full.rsplit(|byte| *byte == b':').next() == Some(name)).count() as u64
}

/// What follows each occurrence of a word.
fn after_each<'x>(xml: &'x [u8], word: &'x [u8]) -> impl Iterator<Item = &'x [u8]> {
    (0..xml.len()).filter_map(move |at| xml.get(at..).and_then(|rest| rest.strip_prefix(word)))
}

/// The number in `="123"`.
fn number(rest: &[u8]) -> u64 {
    let digits = rest.iter().skip_while(|byte| b" \t\r\n=\"'+".contains(byte)).take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |number: u64, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

fn too_big(place: &str, excess: Excess) -> ReadError {
    ReadError::TooBig { place: place.into(), row: 0, excess }
}

fn damaged(place: &str, detail: impl ToString) -> ReadError {
    ReadError::Damaged { place: place.into(), detail: detail.to_string() }
}

/// Bytes that count how many of them were taken, so that the ratio is known long before the end of a part.
struct Meter<'b> {
    bytes: Cursor<&'b [u8]>,
    taken: Rc<Cell<u64>>,
}

impl Read for Meter<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.bytes.read(into)?;
        self.taken.set(self.taken.get().saturating_add(length as u64));
        Ok(length)
    }
}

impl Seek for Meter<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}
