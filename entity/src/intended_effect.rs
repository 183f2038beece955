//! What a line wants to bring about in the end; no goal and never counted as one. NL: beoogd
//! effect.

fact_table! {
    "intended_effect":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the line. NL: actielijn.
    pub line: i32,
    /// The number within the line, in the order of print. NL: nummer.
    pub number: i32,
    /// The effect, verbatim. NL: effect.
    pub text_nl: String,
    /// Our translation. NL: vertaling.
    pub text_en: String,
}
