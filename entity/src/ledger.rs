//! One entry of the ledger.

table! {
    "public"."ledger":

    primary key {
        /// The number, from 1, gapless and in the order of commitment. NL: nummer.
        pub number: i64,
    }

    /// The version of the canonical form that the hash is made in, from 1.
    pub form: i16,
    /// The instant of the transaction, UTC, later than that of every transaction before. NL:
    /// vastgelegd op.
    pub recorded_at: DateTimeUtc,
    /// The role of whoever did it: `PARTNER`, `MUNICIPALITY`, `REGION`, `VNG`, `MINISTRY`, or
    /// `SYSTEM` for the import. NL: rol.
    pub actor_role: String,
    /// The organisation of whoever did it, as in `GM0402`, `VR14`, `comensha` or `VNG`, several
    /// municipalities with `+` between them; never a person, null without one. NL: organisatie.
    pub actor_organisation: Option<String>,
    /// The pseudonym of whoever did it: an HMAC of issuer and subject under the key of the year;
    /// null for the import.
    pub actor_subject: Option<String>,
    /// What was done, as in `assessment.submitted`. NL: handeling.
    pub operation: String,
    /// The kind of thing that changed, as in `Assessment`. NL: soort onderwerp.
    pub subject_kind: String,
    /// The natural key of the thing that changed, as in `GM0402/2026-2`. NL: onderwerp.
    pub subject_key: String,
    /// The key of the document that says so, as in `monitoring-2025`; null when the actor does. NL:
    /// bron.
    pub source_document: Option<String>,
    /// The place in the document, as in `143-145`; null when the actor says so. NL: plaats in de
    /// bron.
    pub source_place: Option<String>,
    /// Who may read the entry: `PUBLIC` everybody, `PLAN` the ministry, `COMPLIANCE` VNG and the
    /// municipality or region that it is about.
    pub part: String,
    /// The CBS code of the municipality that an entry of `COMPLIANCE` is about, as in `GM0402`;
    /// null in the other parts. NL: gemeentecode.
    pub municipality: Option<String>,
    /// The key of the reporting period that an entry of `COMPLIANCE` is about, as in `2026-2`; null
    /// in the other parts. NL: rapportageperiode.
    pub period: Option<String>,
    /// Sixteen random bytes that keep the digest from being guessed.
    pub nonce: Vec<u8>,
    /// SHA-256 of the nonce and the facts of the entry in canonical form, 32 bytes.
    pub digest: Vec<u8>,
    /// The hash of the entry before, 32 bytes; all zero in the first entry.
    pub previous_hash: Vec<u8>,
    /// SHA-256 of everything that the entry says, `previous_hash` included, in canonical form, 32
    /// bytes. NL: controlegetal.
    pub hash: Vec<u8>,
}
