//! The forms in which a feed is fetched: the one list that routes, the list of feeds, the catalogue
//! and the tests go by.

/// How the rows of a feed are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values, in one of two dialects.
    Csv,
    /// A JSON object per line.
    Ndjson,
    /// A workbook of Excel.
    Xlsx,
    /// Apache Parquet.
    Parquet,
}

impl Form {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Ndjson, Self::Xlsx, Self::Parquet];

    /// How the address ends, and the name of the file.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
        }
    }

    /// The value of `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Ndjson => "application/x-ndjson; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// The media type as IANA registered it; none for NDJSON, which it does not know.
    pub fn registered(self) -> Option<&'static str> {
        match self {
            Self::Csv => Some("text/csv"),
            Self::Ndjson => None,
            Self::Xlsx | Self::Parquet => Some(self.content_type()),
        }
    }

    /// The code of the list of file types of the Publications Office of the European Union; none
    /// for Parquet, which that list need not know.
    pub fn file_type(self) -> Option<&'static str> {
        match self {
            Self::Csv => Some("CSV"),
            Self::Ndjson => Some("JSON"),
            Self::Xlsx => Some("XLSX"),
            Self::Parquet => None,
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Ndjson => "NDJSON",
            Self::Xlsx => "Excel",
            Self::Parquet => "Parquet",
        }
    }

    /// Whether it is written whole before the first byte of it is sent.
    pub fn is_file(self) -> bool {
        match self {
            Self::Csv | Self::Ndjson => false,
            Self::Xlsx | Self::Parquet => true,
        }
    }
}
