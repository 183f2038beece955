//! Feed keys: the keys with which programs read feeds. NL: feedsleutels.

pub mod codes;
