//! A workbook as JSON: `{"agencies": [{"code": "STC", …}, …], …}`, with `{"key": "value"}` for the settings if one likes.

use super::ReadError;
use super::limits::{self, Budget, COLUMNS, Draft, Excess};
use domain::workbook::{Table, Tables};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;
use std::io::Read;

/// Reads a campaign in JSON. The first object of a table is row 2, as if there were a header above it; numbers keep their digits.
///
/// # Errors
/// Why it cannot be read; what the tables then say is not checked here.
pub fn read_json(reader: impl Read) -> Result<Tables, ReadError> {
    let place = || "JSON".to_owned();
    let mut bytes = Vec::new();
    reader
        .take(limits::TEXT_FILE.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|source| ReadError::Io { place: place(), source })?;
    if bytes.len() as u64 > limits::TEXT_FILE {
        return Err(ReadError::TooBig { place: place(), row: 0, excess: Excess::File(limits::TEXT_FILE) });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let mut reading = Reading::default();
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = (Workbook(&mut reading)).deserialize(&mut json).and_then(|()| json.end());
    match (reading.refused, read) {
        (Some(refused), _) => Err(refused),
        (None, Err(wrong)) => Err(ReadError::Json { detail: wrong.to_string() }),
        (None, Ok(())) if reading.tables.is_empty() => Err(ReadError::NoTables { place: place() }),
        (None, Ok(())) => Ok(Tables(reading.tables)),
    }
}

#[derive(Default)]
struct Reading {
    tables: Vec<Table>,
    budget: Budget,
    /// Why reading stopped: serde's errors carry only text.
    refused: Option<ReadError>,
}

/// Keeps our error and gives serde one that stops it.
fn stop<E: Error>(refused: &mut Option<ReadError>, why: ReadError) -> E {
    *refused = Some(why);
    E::custom("stopped")
}

struct Workbook<'r>(&'r mut Reading);

impl<'de> DeserializeSeed<'de> for Workbook<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Workbook<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with an array for each sheet")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Reading { tables, budget, refused } = self.0;
        while let Some(name) = map.next_key::<String>()? {
            let mut draft = Draft::new(&name, budget).map_err(|why| stop(refused, why))?;
            map.next_value_seed(Sheet { name: &name, draft: &mut draft, places: HashMap::new(), refused })?;
            tables.extend(draft.finish().map_err(|why| stop(refused, why))?);
        }
        Ok(())
    }
}

struct Sheet<'r, 'b> {
    name: &'r str,
    draft: &'r mut Draft<'b>,
    /// The place of each column that has occurred.
    places: HashMap<String, usize>,
    refused: &'r mut Option<ReadError>,
}

impl Sheet<'_, '_> {
    fn place(&mut self, row: u32, column: &str) -> Result<usize, ReadError> {
        if let Some(place) = self.places.get(column) {
            return Ok(*place);
        }
        let place = self.places.len();
        if place >= COLUMNS {
            return Err(self.draft.excess(row, Excess::Columns));
        }
        self.places.insert(column.into(), place);
        self.draft.columns().push(column.into());
        Ok(place)
    }

    fn put(&mut self, row: u32, cells: &mut Vec<Option<String>>, column: &str, json: &RawValue) -> Result<(), ReadError> {
        let place = self.place(row, column)?;
        if cells.len() <= place {
            cells.resize(place + 1, None);
        }
        match (cells.get_mut(place), text(json)) {
            (Some(cell @ None), Some(text)) => *cell = Some(text),
            _ => return Err(ReadError::JsonShape { place: format!("{}!{row}:{column}", self.name) }),
        }
        Ok(())
    }

    fn push(&mut self, row: u32, cells: Vec<Option<String>>) -> Result<(), ReadError> {
        self.draft.push(row, cells.into_iter().map(Option::unwrap_or_default).collect())
    }
}

/// The text of a cell; none for an array or an object.
fn text(json: &RawValue) -> Option<String> {
    match json.get() {
        "null" => Some(String::new()),
        "true" => Some("yes".into()),
        "false" => Some("no".into()),
        text if text.starts_with('"') => serde_json::from_str(text).ok(),
        text if text.starts_with(['[', '{']) => None,
        // The digits as they are written: going through a float could change them.
        number => Some(number.into()),
    }
}

impl<'de> DeserializeSeed<'de> for Sheet<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Sheet<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects, one for each row")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut rows: A) -> Result<(), A::Error> {
        for row in 2.. {
            if rows.next_element_seed(Row { sheet: &mut self, row })?.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        if self.name != "campaign" {
            return Err(A::Error::custom(format!("{} is an object, not an array of rows", self.name)));
        }
        let mut row = 2;
        while let Some(key) = map.next_key::<String>()? {
            let value: &RawValue = map.next_value()?;
            let taken = self.setting(row, &key, value);
            taken.map_err(|why| stop(self.refused, why))?;
            row += 1;
        }
        Ok(())
    }
}

impl Sheet<'_, '_> {
    fn setting(&mut self, row: u32, key: &str, value: &RawValue) -> Result<(), ReadError> {
        self.place(row, "key")?;
        let mut cells = vec![Some(key.to_owned())];
        self.put(row, &mut cells, "value", value)?;
        self.push(row, cells)
    }
}

struct Row<'s, 'r, 'b> {
    sheet: &'s mut Sheet<'r, 'b>,
    row: u32,
}

impl<'de> DeserializeSeed<'de> for Row<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Row<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object: a row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut cells = Vec::new();
        while let Some(column) = map.next_key::<String>()? {
            let json: &RawValue = map.next_value()?;
            let put = self.sheet.put(self.row, &mut cells, &column, json);
            put.map_err(|why| stop(self.sheet.refused, why))?;
        }
        let pushed = self.sheet.push(self.row, cells);
        pushed.map_err(|why| stop(self.sheet.refused, why))
    }
}

/// The tables as JSON, one row per line. Every cell is a string, so that nobody rounds it on the way.
///
/// A table without rows is an empty array, which keeps nothing of its columns.
#[must_use]
pub fn write_json(tables: &Tables) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let row = |columns: &[String], cells: &[String]| {
        let pairs: Vec<_> =
            columns.iter().zip(cells).map(|(column, cell)| format!("{}:{}", quoted(column), quoted(cell))).collect();
        format!("  {{{}}}", pairs.join(","))
    };
    let table = |table: &Table| {
        let rows: Vec<_> = table.rows.iter().map(|one| row(&table.columns, &one.cells)).collect();
        let rows = if rows.is_empty() { String::new() } else { format!("\n{}\n ", rows.join(",\n")) };
        format!(" {}:[{rows}]", quoted(&table.name))
    };
    format!("{{\n{}\n}}\n", tables.0.iter().map(table).collect::<Vec<_>>().join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Tables, ReadError> {
        read_json(text.as_bytes())
    }

    #[test]
    fn cells_keep_their_digits() {
        let json = r#"{"x":[{"a":0.10,"b":12345678901234567890.5,"c":"1.10"},{},{"c":true,"d":null,"e":"ữ\n"}]}"#;
        let tables = read(json).unwrap();
        let table = &tables.0[0];
        assert_eq!(table.columns, ["a", "b", "c", "d", "e"]);
        assert_eq!((table.rows[0].number, table.rows[0].cells.join("|")), (2, "0.10|12345678901234567890.5|1.10||".into()));
        assert_eq!((table.rows[1].number, table.rows[1].cells.join("|")), (4, "||yes||ữ\n".into()));
    }

    #[test]
    fn settings_may_be_an_object() {
        let tables = read(r#"{"campaign":{"code":"c","year":2023},"claims":[]}"#).unwrap();
        assert_eq!(tables.0.len(), 1);
        assert_eq!(tables.0[0].columns, ["key", "value"]);
        assert_eq!(tables.0[0].rows[1].cells, ["year", "2023"]);
        assert_eq!(tables, read(r#"{"campaign":[{"key":"code","value":"c"},{"key":"year","value":2023}]}"#).unwrap());
    }

    #[test]
    fn what_is_no_campaign_is_refused() {
        assert!(matches!(read(r#"{"a":[{"b":[1]}]}"#), Err(ReadError::JsonShape { place }) if place == "a!2:b"));
        assert!(matches!(read(r#"{"a":[{"b":1,"b":2}]}"#), Err(ReadError::JsonShape { .. })));
        for text in
            ["", "[]", "{", "{}{}", r#"{"a":1}"#, r#"{"a":{"b":1}}"#, r#"{"a":[1]}"#, "{\"a\":[{\"b\":\"\u{7}\"}]}", "nul"]
        {
            assert!(matches!(read(text), Err(ReadError::Json { .. })), "{text}");
        }
        assert!(matches!(read("{}"), Err(ReadError::NoTables { .. })));
        assert!(read(&"[".repeat(1 << 20)).is_err());
        assert!(read(&format!("{{\"a\":[{{\"b\":{}", "[".repeat(1 << 20))).is_err());
        let wide: Vec<_> = (0..301).map(|n| format!("\"{n}\":1")).collect();
        assert!(matches!(
            read(&format!("{{\"a\":[{{{}}}]}}", wide.join(","))),
            Err(ReadError::TooBig { excess: Excess::Columns, .. })
        ));
    }
}
