//! One cell of a budget table as it is printed. NL: begrotingscel.

fact_table! {
    "budget_cell":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// Which of the two tables of the letter: the overview of the programme, or the tables per
    /// line. NL: tabel.
    pub sheet: String,
    /// The row, as in `c`, `1/5`, `1/3-4` or `1/TOTAL`. NL: rij.
    pub row_code: String,
    /// The place of the row in its table. NL: volgorde.
    pub position: i32,
    /// What the row is of: the programme and no line, a line, one or more actions, or everything.
    /// NL: soort rij.
    pub kind: String,
    /// The line that the row belongs to. NL: actielijn.
    pub line: Option<i32>,
    /// The numbers of the actions that the row is of; several share it and it counts once. NL:
    /// acties.
    pub actions: Vec<String>,
    /// The title of the row, verbatim. NL: titel.
    pub title_nl: String,
    /// Whether the row is printed in bold as new. NL: nieuw.
    pub is_new: bool,
    /// The year of the column. NL: jaar.
    pub year: i32,
    /// The cell as printed; none when it is blank. NL: zoals gedrukt.
    pub printed: Option<String>,
    /// What is printed: an amount, a zero, a dash or nothing. NL: inhoud van de cel.
    pub state: String,
    /// The amount in whole euros; none for a dash or a blank. NL: bedrag in euro's.
    pub amount_euros: Option<i32>,
    /// How many euros the unit of the table is. NL: eenheid in euro's.
    pub unit_euros: i32,
}
