//! The framework: keys and what an edition must hold. NL: VNG-kader.

pub mod codes;
pub mod key;
pub mod lineage;
pub mod rules;
