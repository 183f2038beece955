//! The kit of the GraphQL layer: context, errors, ids, pages, texts. It knows no feature.

pub(crate) mod access;
pub(crate) mod codes;
pub(crate) mod context;
pub(crate) mod error;
pub(crate) mod id;
pub(crate) mod known;
pub(crate) mod moment;
pub(crate) mod page;
pub(crate) mod payload;
pub(crate) mod text;
pub(crate) mod warning;
