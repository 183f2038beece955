//! A party that a source names too vaguely to know which: kept as text, never guessed. NL:
//! onbepaalde partij.

fact_table! {
    "unnamed_party":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The place within the action, from 1. NL: volgorde.
    pub position: i32,
    /// The words as printed, as in `het ministerie`. NL: zoals gedrukt.
    pub printed: String,
    /// The sentence, verbatim. NL: zin.
    pub text_nl: String,
}
