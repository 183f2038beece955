//! What BI tools pull: flat tables over the star schema, under the same scope as everything else.

pub(crate) mod repo;
pub(crate) mod verdict_feed;
