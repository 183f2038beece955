//! Where an organisation wants to be told what waits for it. NL: functioneel postvak.

table! {
    "work"."functional_mailbox":

    primary key {
        /// The role whose tasks it is told of.
        pub role: String,
        /// The organisation, as in `GM0402`; of several municipalities `GM0402+GM0406`.
        pub organisation: String,
    }

    /// Its address, never one of a person.
    pub address: String,
    /// When it was registered, UTC.
    pub registered_at: DateTimeUtc,
}
