//! Search over public facts: plan, partners, territory, policies, framework. Everybody finds the
//! same; nothing of an assessment, a draft or an open round is ever in `search_document`, so
//! nothing of it can be found.
//!
//! [`words`] turns what a person typed into a query, [`repo`] asks Postgres, [`excerpt`] picks the
//! passage to show. The documents are written with the facts, by `refresh_search` in the
//! transaction that changes them; who asks at a ledger number amid a transaction finds what was
//! there before it. A text that is redacted leaves `search_document` as well, in all its states
//! (`redact_in_search`). NL: zoeken.

mod repo;
pub(crate) mod schema;
