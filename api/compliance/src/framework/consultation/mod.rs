//! A proposed edition that VNG lays open for comment until a day: one remark on each criterion from
//! each municipality and each reporting region, which may be replaced until that day. Who remarked
//! reads it, and VNG, which counts them. NL: consultatie.

pub(super) mod open;
pub(super) mod remark;
mod repo;
pub(crate) mod schema;
