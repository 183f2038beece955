//! How many municipalities of a group have which verdict, as published. NL: gepubliceerde
//! aantallen.

fact_table! {
    "published_verdict_count":

    /// The key of the publication, as in `compliance-2026-2-1`. NL: publicatie.
    pub publication: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// What counts as meeting the framework. NL: telregel.
    pub counting_rule: String,
    /// The kind of area, or `COUNTRY`. NL: soort gebied.
    pub area_kind: String,
    /// The code of the area; `NL` for the country, `REST` for those in no area of the kind. NL:
    /// gebied.
    pub area: String,
    /// The name of the area. NL: naam van het gebied.
    pub area_name: String,
    /// The day that it tells of. NL: peildatum.
    pub reference_date: Date,
    /// Whether the criteria are a proposal. NL: voorlopige criteria.
    pub provisional: bool,
    /// Municipalities of the group on that day. NL: aantal gemeenten.
    pub members: i32,
    /// Members that are not assessed. NL: niet beoordeeld.
    pub not_assessed: i32,
    /// Members that do not comply. NL: voldoet niet.
    pub not_compliant: i32,
    /// Members that comply in part. NL: voldoet deels.
    pub partly_compliant: i32,
    /// Members that comply. NL: voldoet.
    pub compliant: i32,
    /// Members that handed in by the deadline. NL: op tijd.
    pub on_time: i32,
    /// Members that handed in after it. NL: te laat.
    pub late: i32,
    /// Members that handed in nothing. NL: ontbreekt.
    pub missing: i32,
    /// Members that came into being after the deadline and handed in nothing. NL: vrijgesteld.
    pub exempt: i32,
}
