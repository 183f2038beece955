//! A published figure about human trafficking, its detection or its shelter: never about a person.
//! NL: landelijk cijfer.

fact_table! {
    "national_figure":

    /// The key, as in `comensha-meldingen-2019`. NL: sleutel.
    pub key: String,
    /// The series that it belongs to, as in `comensha-meldingen`. NL: reeks.
    pub series: String,
    /// What it counts, in Dutch. NL: omschrijving.
    pub title_nl: String,
    /// What it counts, in English. NL: omschrijving in het Engels.
    pub title_en: String,
    /// Whether it is a count, an estimate, a trend without a number, or known to be missing. NL:
    /// soort.
    pub kind: String,
    /// Of which area: `NL`, or an area code. NL: gebied.
    pub area: String,
    /// The year or period, as printed. NL: periode.
    pub period_text: Option<String>,
    /// First year. NL: eerste jaar.
    pub year_from: Option<i32>,
    /// Last year. NL: laatste jaar.
    pub year_to: Option<i32>,
    /// The figure, or the lower end of a range; none where there is none. NL: waarde.
    pub value: Option<i32>,
    /// The upper end of a range, or of a proportion the whole. NL: bovengrens.
    pub value_to: Option<i32>,
    /// How the figure is meant; a PROPORTION is value of value_to. NL: nauwkeurigheid.
    pub qualifier: String,
    /// The direction of a trend. NL: richting.
    pub direction: Option<String>,
    /// The unit, in Dutch. NL: eenheid.
    pub unit_nl: Option<String>,
    /// The unit, in English. NL: eenheid in het Engels.
    pub unit_en: Option<String>,
    /// Who counted or estimated, as printed. NL: opgave van.
    pub stated_by: Option<String>,
    /// The form of exploitation, only where the source gives it. NL: vorm van uitbuiting.
    pub form: Option<String>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
    /// Why there is no figure, in Dutch. NL: reden van ontbreken.
    pub reason_nl: Option<String>,
    /// Why there is no figure, in English. NL: reden van ontbreken in het Engels.
    pub reason_en: Option<String>,
}
