//! The audit log as a file: JSON and CSV, written part by part, read back to be verified where there is no database.

use domain::Code;
use domain::audit::{Event, Head, Line, LineHash};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::io::Read;

/// Most bytes of a file that is read; a line has some 500.
const MOST: u64 = 1 << 30;

/// The columns of the CSV file.
const COLUMNS: [&str; 11] =
    ["campaign", "seq", "at", "actor_code", "actor_name", "actor_role", "action", "subject", "detail", "prev_hash", "hash"];

/// What signs a cell begins with that a spreadsheet may take for a formula, and the sign that we put before it, which quotes text in
/// spreadsheets. It is put before itself as well, so that reading takes off what writing has put there.
const RISKY: [char; 7] = ['=', '+', '-', '@', '\t', '\r', QUOTE];
const QUOTE: char = '\'';

/// A format of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets: UTF-8 with its mark; cells that look like formulas are defused.
    Csv,
    /// For programs.
    Json,
}

/// Writes a log part by part: [`begin`](Self::begin), any number of [`lines`](Self::lines), [`end`](Self::end).
#[derive(Clone, Debug)]
pub struct Writer {
    format: Format,
    campaign: Code,
    is_first: bool,
}

impl Writer {
    /// A writer for the log of a campaign.
    #[must_use]
    pub fn new(format: Format, campaign: Code) -> Self {
        Self { format, campaign, is_first: true }
    }

    /// What stands before the lines.
    #[must_use]
    pub fn begin(&self) -> String {
        match self.format {
            Format::Csv => format!("\u{feff}{}\r\n", COLUMNS.join(",")),
            Format::Json => format!("{{\"campaign\":{},\"lines\":[", quoted(self.campaign.as_str())),
        }
    }

    /// Some lines.
    #[must_use]
    pub fn lines(&mut self, lines: &[Line]) -> String {
        let mut text = String::new();
        for line in lines {
            let row = Row::of(line);
            match self.format {
                Format::Csv => {
                    let cells = row.cells(self.campaign.as_str()).map(cell);
                    text.push_str(&cells.join(","));
                    text.push_str("\r\n");
                }
                Format::Json => {
                    text.push_str(if self.is_first { "\n" } else { ",\n" });
                    // A row is a struct of texts and a number, which JSON can always hold.
                    text.push_str(&serde_json::to_string(&row).unwrap_or_default());
                }
            }
            self.is_first = false;
        }
        text
    }

    /// What stands behind the lines: where the whole log ended when this was written.
    #[must_use]
    pub fn end(&self, head: Head) -> String {
        match self.format {
            Format::Csv => String::new(),
            Format::Json => format!("\n],\"head\":{{\"seq\":{},\"hash\":\"{}\"}}}}\n", head.seq, head.hash),
        }
    }
}

/// A log as a file holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Whose log it is.
    pub campaign: Code,
    /// Its lines, in the order of the file.
    pub lines: Vec<Line>,
    /// Where the file says that the log ended.
    pub head: Option<Head>,
}

/// Why a file is no log.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// It is larger than any log.
    #[error("the file is larger than {} MB", MOST >> 20)]
    TooLarge,
    /// It is no UTF-8 text.
    #[error("the file is no UTF-8 text")]
    NoText,
    /// It is JSON or CSV, but not as `parindex audit export` writes it.
    #[error("this is no audit log as `parindex audit export` writes it: {0}")]
    NoLog(String),
    /// A line of the log has something in it that we would not have written.
    #[error("line {0} of the log cannot be read")]
    Line(u64),
}

/// Reads what [`Writer`] wrote, in either format.
///
/// # Errors
/// [`ReadError`].
pub fn read(file: impl Read) -> Result<Log, ReadError> {
    let mut bytes = Vec::new();
    if file.take(MOST + 1).read_to_end(&mut bytes)? as u64 > MOST {
        return Err(ReadError::TooLarge);
    }
    let text = String::from_utf8(bytes).map_err(|_| ReadError::NoText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim_start().starts_with('{') { read_json(text) } else { read_csv(text) }
}

#[derive(Deserialize)]
struct File {
    campaign: String,
    lines: Vec<Row>,
    head: Option<PrintedHead>,
}

#[derive(Deserialize)]
struct PrintedHead {
    seq: u64,
    hash: String,
}

fn read_json(text: &str) -> Result<Log, ReadError> {
    let no_log = |why: String| ReadError::NoLog(why);
    let file: File = serde_json::from_str(text).map_err(|error| no_log(error.to_string()))?;
    let head = file.head.map(|head| {
        let hash = LineHash::from_hex(&head.hash).ok_or_else(|| no_log("its head is no hash".into()))?;
        Ok::<_, ReadError>(Head { seq: head.seq, hash })
    });
    Ok(Log {
        campaign: Code::new(&file.campaign).ok_or_else(|| no_log("it names no campaign".into()))?,
        lines: file.lines.into_iter().map(Row::line).collect::<Result<_, _>>()?,
        head: head.transpose()?,
    })
}

fn read_csv(text: &str) -> Result<Log, ReadError> {
    let no_log = |why: &str| ReadError::NoLog(why.into());
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    if !reader.headers().is_ok_and(|columns| *columns == COLUMNS[..]) {
        return Err(no_log("its columns are others"));
    }
    let (mut campaign, mut lines) = (None, Vec::new());
    for record in reader.records() {
        let record = record.map_err(|error| ReadError::NoLog(error.to_string()))?;
        let mut cells = record.iter().map(undone);
        let mut next = || cells.next().unwrap_or_default();
        let of = Code::new(&next()).ok_or_else(|| no_log("a line names no campaign"))?;
        if campaign.get_or_insert_with(|| of.clone()) != &of {
            return Err(no_log("it holds lines of several campaigns"));
        }
        let seq = next().parse().map_err(|_| no_log("a line has no number"))?;
        let row = Row {
            seq,
            at: next(),
            actor_code: next(),
            actor_name: next(),
            actor_role: next(),
            action: next(),
            subject: next(),
            detail: next(),
            prev_hash: next(),
            hash: next(),
        };
        lines.push(row.line()?);
    }
    Ok(Log { campaign: campaign.ok_or_else(|| no_log("it has no lines"))?, lines, head: None })
}

/// A line, as texts.
#[derive(Serialize, Deserialize)]
struct Row {
    seq: u64,
    at: String,
    actor_code: String,
    actor_name: String,
    actor_role: String,
    action: String,
    subject: String,
    detail: String,
    prev_hash: String,
    hash: String,
}

impl Row {
    fn of(line: &Line) -> Self {
        let Event { at, actor_code, actor_name, actor_role, action, subject, detail } = line.event.clone();
        Self {
            seq: line.seq,
            at: at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
            actor_code,
            actor_name,
            actor_role,
            action,
            subject,
            detail,
            prev_hash: line.prev_hash.to_string(),
            hash: line.hash.to_string(),
        }
    }

    fn cells<'a>(&'a self, campaign: &'a str) -> [std::borrow::Cow<'a, str>; 11] {
        let Self { seq, at, actor_code, actor_name, actor_role, action, subject, detail, prev_hash, hash } = self;
        let text = |text: &'a String| text.as_str().into();
        [
            campaign.into(),
            seq.to_string().into(),
            text(at),
            text(actor_code),
            text(actor_name),
            text(actor_role),
            text(action),
            text(subject),
            text(detail),
            text(prev_hash),
            text(hash),
        ]
    }

    fn line(self) -> Result<Line, ReadError> {
        let unreadable = || ReadError::Line(self.seq);
        let at = chrono::DateTime::parse_from_rfc3339(&self.at).map_err(|_| unreadable())?.to_utc();
        let (prev_hash, hash) = (LineHash::from_hex(&self.prev_hash), LineHash::from_hex(&self.hash));
        Ok(Line {
            seq: self.seq,
            prev_hash: prev_hash.ok_or_else(unreadable)?,
            hash: hash.ok_or_else(unreadable)?,
            event: Event {
                at,
                actor_code: self.actor_code,
                actor_name: self.actor_name,
                actor_role: self.actor_role,
                action: self.action,
                subject: self.subject,
                detail: self.detail,
            },
        })
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A cell of CSV, defused and quoted.
fn cell(text: std::borrow::Cow<'_, str>) -> String {
    let defused = if text.starts_with(RISKY) { format!("{QUOTE}{text}") } else { text.into_owned() };
    if !defused.contains([',', '"', '\r', '\n']) {
        return defused;
    }
    let mut cell = String::with_capacity(defused.len() + 2);
    // Writing to a text cannot fail.
    let _ = write!(cell, "\"{}\"", defused.replace('"', "\"\""));
    cell
}

/// What a cell held before it was defused.
fn undone(cell: &str) -> String {
    cell.strip_prefix(QUOTE).filter(|rest| rest.starts_with(RISKY)).unwrap_or(cell).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::audit::{chain, verify};
    use proptest::prelude::*;

    fn log(texts: &[String]) -> (Code, Vec<Line>) {
        let campaign = Code::new("hanoi-2023").unwrap();
        let mut lines: Vec<Line> = Vec::new();
        for (text, at) in texts.iter().zip(1_701_335_700_000_i64..) {
            let event = Event {
                at: chrono::DateTime::from_timestamp_micros(at * 1000 + at % 1000).unwrap(),
                actor_code: "lan".into(),
                actor_name: text.clone(),
                actor_role: "standing_body".into(),
                action: "campaign.imported".into(),
                subject: "hanoi-2023".into(),
                detail: text.clone(),
            };
            lines.push(chain(&campaign, lines.last().map_or(Head::EMPTY, Head::from), event));
        }
        (campaign, lines)
    }

    fn written(format: Format, campaign: &Code, lines: &[Line]) -> String {
        let mut writer = Writer::new(format, campaign.clone());
        let (one, rest) = lines.split_at(lines.len().min(1));
        let parts = [writer.begin(), writer.lines(one), writer.lines(&[]), writer.lines(rest)].concat();
        parts + &writer.end(lines.last().map_or(Head::EMPTY, Head::from))
    }

    proptest! {
        #[test]
        fn a_log_comes_back_whatever_its_texts(texts in prop::collection::vec("(?s)['=+@\t\r\n-]{0,2}.{0,12}", 1..6)) {
            let (campaign, lines) = log(&texts);
            for format in [Format::Csv, Format::Json] {
                let file = written(format, &campaign, &lines);
                let read = read(file.as_bytes()).unwrap();
                prop_assert_eq!(&read.lines, &lines);
                prop_assert_eq!(verify(&read.campaign, &read.lines), Ok(Head::from(&lines[lines.len() - 1])));
                prop_assert_eq!(read.head.is_some(), format == Format::Json);
            }
        }
    }

    #[test]
    fn no_cell_begins_like_a_formula() {
        let risky = ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'x", "\n=1"];
        let (campaign, lines) = log(&risky.map(String::from));
        let file = written(Format::Csv, &campaign, &lines);
        let mut cells = csv::Reader::from_reader(file.trim_start_matches('\u{feff}').as_bytes());
        for record in cells.records() {
            let record = record.unwrap();
            assert!(record.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{record:?}");
        }
        assert!(file.starts_with('\u{feff}'), "spreadsheets take Vietnamese for something else without it");
    }

    #[test]
    fn an_empty_log_is_a_log_in_json() {
        let campaign = Code::new("hanoi-2023").unwrap();
        let read = read(written(Format::Json, &campaign, &[]).as_bytes()).unwrap();
        assert_eq!(read, Log { campaign, lines: Vec::new(), head: Some(Head::EMPTY) });
    }

    #[test]
    fn what_is_no_log_is_said() {
        let (campaign, lines) = log(&["a".into(), "b".into()]);
        let [csv, json] = [Format::Csv, Format::Json].map(|format| written(format, &campaign, &lines));
        let says = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
        for bad in ["", "{", "{}", "[]", "a,b\n1,2", &csv[..40], &json[..json.len() - 20]] {
            assert!(says(bad.as_bytes()).contains("parindex audit export"), "{bad}");
        }
        assert_eq!(says(b"\xff\xfe"), "the file is no UTF-8 text");
        assert_eq!(says(csv.replace(&lines[1].hash.to_string(), "x").as_bytes()), "line 2 of the log cannot be read");
        assert_eq!(says(json.replace("2023-", "2023/").as_bytes()), "line 1 of the log cannot be read");
        assert!(says(csv.replacen("\nhanoi-2023", "\nhanoi-2024", 1).as_bytes()).contains("several campaigns"));
    }
}
