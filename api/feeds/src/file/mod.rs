//! Feeds as files: a workbook of Excel ([`Form::Xlsx`]) and Apache Parquet ([`Form::Parquet`]).
//!
//! Both need their end before their beginning is right, so they are written to a file of the
//! [`room`] first, page by page, and sent when it is whole: whatever fails is told by a status.
//! Only one page of rows is in memory. Cells come as the text that all forms share and become
//! values of the kind that the table declares.

mod parquet;
pub mod room;
mod sheet;
mod value;

use std::{
    fs::File,
    io::{self, Read as _, Seek as _},
};

use self::{
    parquet::ParquetWriter,
    room::{Full, Reserved},
    sheet::SheetWriter,
};
use crate::{
    form::Form,
    rows::Rows,
    tables::{Column, Table},
};
use database::Pin;

/// Why a file cannot be written.
#[derive(Debug)]
pub enum NoFile {
    /// There is no room for it.
    Full(Full),
    /// There are more rows than a sheet holds; the number is that of the sheet, without its header.
    TooManyRows(u32),
    /// A text of this column is longer than a cell of a sheet holds.
    LongText(&'static str),
    /// A value of this column is not what the table declares.
    Unreadable(&'static str),
    /// The form has no file.
    Streamed,
    /// The file could not be written; the text says why, for the log.
    Failed(String),
}

/// What a file tells of itself beside its rows.
#[derive(Debug, Clone)]
pub struct About {
    /// The table.
    pub table: &'static Table,
    /// The columns, in the order of the file.
    pub columns: Vec<&'static Column>,
    /// The moment and the day of its rows.
    pub pin: Pin,
    /// `REAL` or `DEMO`.
    pub database: &'static str,
    /// The licence of the data, as a code, and its address where it has one.
    pub licence: (String, Option<String>),
    /// Who publishes; none where that is not set.
    pub publisher: Option<String>,
    /// The address that the feed was fetched from.
    pub source: String,
    /// How many rows a sheet holds, its header included.
    pub sheet_rows: u32,
}

/// A file under way.
#[derive(Debug)]
pub enum FileWriter {
    /// A workbook.
    Sheet(Box<SheetWriter>),
    /// Parquet.
    Parquet(Box<ParquetWriter>),
}

impl FileWriter {
    /// Begins a file.
    ///
    /// # Errors
    /// When there is no room, or the form is not written as a file.
    pub fn begin(form: Form, about: About, reserved: Reserved) -> Result<Self, NoFile> {
        match form {
            Form::Xlsx => Ok(Self::Sheet(Box::new(SheetWriter::begin(about, reserved)?))),
            Form::Parquet => Ok(Self::Parquet(Box::new(ParquetWriter::begin(
                about, reserved,
            )?))),
            Form::Csv | Form::Ndjson => Err(NoFile::Streamed),
        }
    }

    /// Writes a page.
    ///
    /// # Errors
    /// When there is no room, or a row does not fit the form.
    pub fn write(&mut self, rows: &Rows) -> Result<(), NoFile> {
        match self {
            Self::Sheet(writer) => writer.write(&rows.rows),
            Self::Parquet(writer) => writer.write(&rows.rows),
        }
    }

    /// The whole file, from its beginning.
    ///
    /// # Errors
    /// When there is no room for its end.
    pub fn finish(self) -> Result<Written, NoFile> {
        let (mut file, reserved) = match self {
            Self::Sheet(writer) => writer.finish()?,
            Self::Parquet(writer) => writer.finish()?,
        };
        let length = file.stream_position().and_then(|length| {
            file.rewind()?;
            Ok(length)
        });
        let length = length.map_err(|error| NoFile::Failed(error.to_string()))?;
        Ok(Written {
            file,
            length,
            _reserved: reserved,
        })
    }
}

/// A file that is whole. When it is dropped, its room is free.
#[derive(Debug)]
pub struct Written {
    file: File,
    length: u64,
    _reserved: Reserved,
}

impl Written {
    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The next bytes, at most so many; none at the end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_bytes(&mut self, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; most];
        let read = self.file.read(&mut bytes)?;
        bytes.truncate(read);
        Ok(bytes)
    }
}

/// What failed, as the room or the writer tells it.
fn failed(reserved: &Reserved, error: impl std::fmt::Display) -> NoFile {
    reserved
        .refused()
        .map_or_else(|| NoFile::Failed(error.to_string()), NoFile::Full)
}
