//! The dictionary: a header, the variables, their labels, and records that say what the older ones cannot.

use super::super::{Dataset, Kind, Label, Variable};
use super::values::{BIAS, float};
use super::{shortened, width};

/// Most bytes of a variable's label and of a value's label that every reader takes.
const LONGEST_LABEL: usize = 255;
const LONGEST_VALUE_LABEL: usize = 120;
/// What the header says where others have the time of writing.
const NO_DAY: &str = "01 Jan 00";
const NO_TIME: &str = "00:00:00";
/// The code page of UTF-8.
const UTF_8: i32 = 65_001;
const NOMINAL: i32 = 1;
const ORDINAL: i32 = 2;
const SCALE: i32 = 3;

/// A variable in the file.
pub(super) struct Entry<'a> {
    variable: &'a Variable,
    /// Bytes of its texts; 0: it holds numbers.
    pub(super) width: usize,
    /// Its name in eight bytes.
    short: String,
}

impl<'a> Entry<'a> {
    pub(super) fn of(data: &'a Dataset, at: usize) -> Option<Self> {
        let variable = data.variables.get(at)?;
        Some(Self { variable, width: width(data, at), short: format!("V{:06}", at + 1) })
    }

    /// How many places of eight bytes a case has for it.
    fn places(&self) -> usize {
        self.width.div_ceil(8).max(1)
    }

    fn labels(&self) -> &'a [Label] {
        match &self.variable.kind {
            Kind::Coded(labels) => labels,
            Kind::Number | Kind::Text => &[],
        }
    }

    /// From which to which number programs leave out.
    fn missing(&self) -> Option<(i32, i32)> {
        let missing = || self.labels().iter().filter(|label| label.missing).map(|label| label.number);
        missing().min().zip(missing().max())
    }

    /// How its values compare: those that earn points have an order.
    fn measure(&self) -> i32 {
        match &self.variable.kind {
            Kind::Coded(labels) if labels.iter().any(|label| label.points.is_some()) => ORDINAL,
            Kind::Coded(_) | Kind::Text => NOMINAL,
            Kind::Number => SCALE,
        }
    }

    fn write(&self, file: &mut Out) {
        let missing = self.missing();
        let (kind, format) = if self.width == 0 { (5, 8) } else { (1, self.width) };
        let format = kind << 16 | int(format) << 8;
        let header = [2, int(self.width), 1, if missing.is_some() { -2 } else { 0 }, format, format];
        file.ints(&header);
        file.padded(&self.short, 8);
        let label = shortened(&self.variable.label, LONGEST_LABEL);
        file.ints(&[int(label.len())]);
        file.padded(&label, label.len().next_multiple_of(4));
        if let Some((first, last)) = missing {
            file.floats(&[float(first.into()), float(last.into())]);
        }
        for _ in 1..self.places() {
            file.ints(&[2, -1, 0, 0, 0, 0]);
            file.padded("", 8);
        }
    }

    fn write_labels(&self, file: &mut Out, place: usize) {
        if self.labels().is_empty() {
            return;
        }
        file.ints(&[3, int(self.labels().len())]);
        for label in self.labels() {
            let text = shortened(&label.label, LONGEST_VALUE_LABEL);
            file.floats(&[float(label.number.into())]);
            file.bytes.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
            file.padded(&text, (text.len() + 1).next_multiple_of(8) - 1);
        }
        file.ints(&[4, 1, int(place)]);
    }
}

/// All that stands before the cases.
pub(super) fn write(data: &Dataset, entries: &[Entry<'_>]) -> Vec<u8> {
    let mut file = Out::default();
    let places: usize = entries.iter().map(Entry::places).sum();
    file.padded("$FL2", 4);
    file.padded("@(#) SPSS DATA FILE - parindex", 60);
    // Layout, places of a case, compressed, no weight, cases.
    file.ints(&[2, int(places), 1, 0, int(data.rows.len())]);
    file.floats(&[float(BIAS)]);
    file.padded(NO_DAY, 9);
    file.padded(NO_TIME, 8);
    file.padded(&shortened(&data.title, 64), 64);
    file.bytes.extend([0; 3]);

    entries.iter().for_each(|entry| entry.write(&mut file));
    let mut place = 1;
    for entry in entries {
        entry.write_labels(&mut file, place);
        place += entry.places();
    }
    extensions(&mut file, data, entries);
    file.ints(&[999, 0]);
    file.bytes
}

/// What was added to the format over the years.
fn extensions(file: &mut Out, data: &Dataset, entries: &[Entry<'_>]) {
    // Of which machine: a version of our own, IEEE floats, little-endian, UTF-8.
    file.extension(3, 4, 8).ints(&[1, 0, 0, -1, 1, 1, 2, UTF_8]);
    // No number, and the largest and smallest that ranges of missing values may name.
    file.extension(4, 8, 3).floats(&[-f64::MAX, f64::MAX, (-f64::MAX).next_up()]);
    let display = entries.iter().flat_map(|entry| {
        let (columns, align) = if entry.width == 0 { (8, 1) } else { (entry.width.min(40), 0) };
        [entry.measure(), int(columns), align]
    });
    let display: Vec<i32> = display.collect();
    file.extension(11, 4, display.len()).ints(&display);
    let names: Vec<_> = entries.iter().map(|entry| format!("{}={}", entry.short, entry.variable.name)).collect();
    let names = names.join("\t");
    file.extension(13, 1, names.len()).padded(&names, names.len());
    let cases = i64::try_from(data.rows.len()).unwrap_or(i64::MAX);
    let counts = file.extension(16, 8, 2);
    counts.bytes.extend([1_i64, cases].into_iter().flat_map(i64::to_le_bytes));
    file.extension(20, 1, 5).padded("UTF-8", 5);
}

#[derive(Default)]
struct Out {
    bytes: Vec<u8>,
}

impl Out {
    fn ints(&mut self, ints: &[i32]) {
        self.bytes.extend(ints.iter().flat_map(|int| int.to_le_bytes()));
    }

    fn floats(&mut self, floats: &[f64]) {
        self.bytes.extend(floats.iter().flat_map(|float| float.to_le_bytes()));
    }

    /// The text, filled up with blanks to so many bytes.
    fn padded(&mut self, text: &str, bytes: usize) {
        let text = text.as_bytes();
        self.bytes.extend(text.iter().copied().chain(std::iter::repeat(b' ')).take(bytes));
    }

    /// The header of an extension: its number, the size of its elements, how many there are.
    fn extension(&mut self, number: i32, size: i32, elements: usize) -> &mut Self {
        self.ints(&[7, number, size, int(elements)]);
        self
    }
}

/// A length as the format has it. What is longer than two thousand million does not fit a spreadsheet, a memory or this file.
fn int(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}
