//! Parquet, without Arrow: a group of rows per page, each column in the type that its kind declares.
//!
//! Text is UTF-8, a day is `DATE`, an instant `TIMESTAMP` in microseconds of UTC, a decimal
//! `DECIMAL` with six digits behind the point, and what the table says is never empty is required.

use std::{fs::File, sync::Arc};

use ::parquet::{
    basic::Compression,
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::parser::parse_message_type,
};
use chrono::{Datelike as _, NaiveDate};

use super::{
    About, NoFile, failed,
    room::{Counted, Reserved},
    value::{self, SCALE},
};
use crate::{
    selection::Row,
    tables::{Column, Kind},
};

/// All digits of a decimal: as many as 64 bits hold.
const PRECISION: usize = 18;

/// A Parquet file under way.
pub struct ParquetWriter {
    writer: SerializedFileWriter<Counted>,
    columns: Vec<&'static Column>,
    reserved: Reserved,
}

impl std::fmt::Debug for ParquetWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetWriter").finish_non_exhaustive()
    }
}

/// The schema of a table, in the notation of Parquet.
fn schema(name: &str, columns: &[&Column]) -> String {
    let fields = columns.iter().map(|column| {
        let repetition = if column.is_nullable {
            "optional"
        } else {
            "required"
        };
        let (physical, logical) = match column.kind {
            Kind::Text => ("binary", " (STRING)".to_owned()),
            Kind::Integer => ("int64", String::new()),
            Kind::Decimal => ("int64", format!(" (DECIMAL({PRECISION}, {SCALE}))")),
            Kind::Boolean => ("boolean", String::new()),
            Kind::Date => ("int32", " (DATE)".to_owned()),
            Kind::Instant => ("int64", " (TIMESTAMP(MICROS,true))".to_owned()),
        };
        format!("{repetition} {physical} {}{logical};", column.name)
    });
    let fields: Vec<String> = fields.collect();
    format!("message {name} {{ {} }}", fields.join(" "))
}

/// What the file says of itself, under names of its own.
fn metadata(about: &About) -> Vec<KeyValue> {
    let mut pairs = vec![
        ("table", about.table.name.to_owned()),
        ("grain_nl", about.table.grain.0.to_owned()),
        ("grain_en", about.table.grain.1.to_owned()),
        ("ledger", about.pin.at.to_string()),
        ("day", about.pin.day.to_string()),
        ("database", about.database.to_owned()),
        ("licence", about.licence.0.clone()),
        ("source", about.source.clone()),
    ];
    pairs.extend(about.publisher.clone().map(|name| ("publisher", name)));
    pairs
        .into_iter()
        .map(|(name, value)| KeyValue::new(format!("stm.{name}"), value))
        .collect()
}

impl ParquetWriter {
    pub(super) fn begin(about: About, reserved: Reserved) -> Result<Self, NoFile> {
        let schema = parse_message_type(&schema(about.table.name, &about.columns))
            .map_err(|error| failed(&reserved, error))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("stm {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(metadata(&about)))
            .build();
        let file = reserved.file().map_err(|error| failed(&reserved, error))?;
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
            .map_err(|error| failed(&reserved, error))?;
        Ok(Self {
            writer,
            columns: about.columns,
            reserved,
        })
    }

    /// Writes a page as a group of rows.
    pub(super) fn write(&mut self, rows: &[Row]) -> Result<(), NoFile> {
        if rows.is_empty() {
            return Ok(());
        }
        let Self {
            writer,
            columns,
            reserved,
        } = self;
        let broken = |error: ParquetError| failed(reserved, error);
        let mut group = writer.next_row_group().map_err(broken)?;
        for (at, &column) in columns.iter().enumerate() {
            let Some(mut out) = group.next_column().map_err(broken)? else {
                return Err(NoFile::Unreadable(column.name));
            };
            let cells = rows.iter().map(|row| row.cells[at].as_deref());
            put(&mut out, column, cells, reserved)?;
            out.close().map_err(broken)?;
        }
        group.close().map_err(broken)?;
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(File, Reserved), NoFile> {
        let Self {
            writer, reserved, ..
        } = self;
        // This writes the end of the file as well.
        let counted = writer
            .into_inner()
            .map_err(|error| failed(&reserved, error))?;
        Ok((counted.into_file(), reserved))
    }
}

/// Writes the cells of a column.
fn put<'a>(
    out: &mut SerializedColumnWriter<'_>,
    column: &'static Column,
    cells: impl Iterator<Item = Option<&'a str>>,
    reserved: &Reserved,
) -> Result<(), NoFile> {
    match column.kind {
        Kind::Text => values::<ByteArrayType>(out, column, cells, reserved, |text| {
            Some(ByteArray::from(text.as_bytes().to_vec()))
        }),
        Kind::Integer => values::<Int64Type>(out, column, cells, reserved, value::integer),
        Kind::Decimal => values::<Int64Type>(out, column, cells, reserved, value::scaled),
        Kind::Boolean => values::<BoolType>(out, column, cells, reserved, value::boolean),
        Kind::Date => values::<Int32Type>(out, column, cells, reserved, |text| {
            Some(days(value::day(text)?))
        }),
        Kind::Instant => values::<Int64Type>(out, column, cells, reserved, |text| {
            Some(value::instant(text)?.timestamp_micros())
        }),
    }
}

/// Days since the beginning of 1970.
fn days(day: NaiveDate) -> i32 {
    day.num_days_from_ce() - 719_163
}

/// Writes values of one type, and of a column that may be empty, which cells have one.
fn values<'a, T: DataType>(
    out: &mut SerializedColumnWriter<'_>,
    column: &'static Column,
    cells: impl Iterator<Item = Option<&'a str>>,
    reserved: &Reserved,
    read: impl Fn(&str) -> Option<T::T>,
) -> Result<(), NoFile> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        if let Some(text) = cell {
            values.push(read(text).ok_or(NoFile::Unreadable(column.name))?);
        }
    }
    if !column.is_nullable && values.len() < levels.len() {
        return Err(NoFile::Unreadable(column.name));
    }
    let levels = column.is_nullable.then_some(levels.as_slice());
    out.typed::<T>()
        .write_batch(&values, levels, None)
        .map_err(|error| failed(reserved, error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::TABLES;

    #[test]
    fn every_table_has_a_schema() {
        for table in TABLES.iter() {
            let columns: Vec<&Column> = table.columns.iter().collect();
            let text = schema(table.name, &columns);
            let parsed =
                parse_message_type(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(parsed.get_fields().len(), columns.len());
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        let day = |text| days(value::day(text).unwrap());
        assert_eq!(day("1970-01-01"), 0);
        assert_eq!(day("1969-12-31"), -1);
        assert_eq!(day("0001-01-01"), -719_162);
        assert_eq!(day("9999-12-31"), 2_932_896);
    }
}
