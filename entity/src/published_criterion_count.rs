//! How many municipalities gave which answer to a criterion, as published. NL: gepubliceerde
//! aantallen per criterium.

fact_table! {
    "published_criterion_count":

    /// The key of the publication, as in `compliance-2026-2-1`. NL: publicatie.
    pub publication: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The code of the criterion within its edition, as in `BB-01`. NL: criterium.
    pub criterion: String,
    /// The day that it tells of. NL: peildatum.
    pub reference_date: Date,
    /// Assessed municipalities that meet it. NL: voldaan.
    pub met: i32,
    /// Those that meet it in part. NL: deels voldaan.
    pub partly_met: i32,
    /// Those that do not. NL: niet voldaan.
    pub not_met: i32,
    /// Those to which it does not apply. NL: niet van toepassing.
    pub not_applicable: i32,
    /// Those for which nobody answered. NL: onbekend.
    pub unknown: i32,
}
