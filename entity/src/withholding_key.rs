//! The secret by which it is chosen which safe groups are withheld beside an unsafe one.
//!
//! The table has one row, made by the migration that made the table. NL: sleutel van het weglaten.

table! {
    "work"."withholding_key":

    primary key {
        /// There is one row, and this is `true`.
        pub only_row: bool,
    }

    /// 32 random bytes.
    pub secret: Vec<u8>,
}
