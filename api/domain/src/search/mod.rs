//! Search: words and excerpts. NL: zoeken.

pub mod codes;
pub mod excerpt;
pub mod words;
