//! Search: words and excerpts. NL: zoeken.

pub mod excerpt;
pub mod words;
