//! How many municipalities there were on a day, as published. NL: gepubliceerd aantal gemeenten.

fact_table! {
    "published_municipality_count":

    /// The day. NL: dag.
    pub day: Date,
    /// Municipalities on that day. NL: aantal.
    pub count: i32,
}
