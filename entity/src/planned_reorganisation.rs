//! A reorganisation that was announced and is not yet known to be law: it changes nothing. NL:
//! voorgenomen herindeling.

fact_table! {
    "planned_reorganisation":

    /// The first day of the new situation. NL: ingangsdatum.
    pub effective_on: Date,
    /// The kind. NL: soort.
    pub kind: String,
    /// The code of the municipality that would go over. NL: voorganger.
    pub predecessor: String,
    /// The code of the municipality that would take it in. NL: opvolger.
    pub successor: String,
    /// How far it is. NL: stand.
    pub state: String,
}
