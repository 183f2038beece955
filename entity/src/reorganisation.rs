//! A municipality going over into another. NL: herindeling.

fact_table! {
    "reorganisation":

    /// The first day of the new situation. NL: ingangsdatum.
    pub effective_on: Date,
    /// The kind: `MERGER` (NL: samenvoeging), `ABSORPTION` (NL: toevoeging, lichte samenvoeging) or
    /// `SPLIT` (NL: splitsing).
    pub kind: String,
    /// The CBS code of the municipality that went over, wholly or in part, as in `GM0009`. NL:
    /// voorganger.
    pub predecessor: String,
    /// The CBS code of the municipality that took it in, as in `GM0014`. NL: opvolger.
    pub successor: String,
    /// Whether the predecessor is the largest of those that went over into the successor, so that
    /// its policy is inherited; null where nobody said. NL: grootste voorganger.
    pub is_largest: Option<bool>,
}
