//! Money that was made available, apart from how it is planned. NL: dekking.

fact_table! {
    "funding":

    /// The key. NL: sleutel.
    pub key: String,
    /// The plan version that it pays for; none for other money. NL: planversie.
    pub plan: Option<String>,
    /// Whether it is the base, extra for the strengthened plan, other money, or was rejected. NL:
    /// soort.
    pub kind: String,
    /// Whether it is part of the programme's money; other and rejected money never is. NL: telt
    /// mee.
    pub counts: bool,
    /// What it is, in Dutch. NL: omschrijving.
    pub title_nl: String,
    /// What it is, in English. NL: omschrijving in het Engels.
    pub title_en: String,
    /// The amount in whole euros, each year. NL: bedrag per jaar in euro's.
    pub amount_euros: i32,
    /// First year. NL: eerste jaar.
    pub year_from: Option<i32>,
    /// Last year; none when the source names no end. NL: laatste jaar.
    pub year_to: Option<i32>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
}
