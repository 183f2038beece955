//! The square of an area on a map of tiles, of our own design. NL: tegel.

fact_table! {
    "tile":

    /// Which of the two maps. NL: kaart.
    pub kind: String,
    /// The code of the safety region or municipality. NL: code.
    pub code: String,
    /// The row, 0 is north. NL: rij.
    pub tile_row: i32,
    /// The column, 0 is west. NL: kolom.
    pub tile_column: i32,
}
