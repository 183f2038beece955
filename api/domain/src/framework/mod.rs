//! The framework: keys and what an edition must hold. NL: VNG-kader.

mod accounts;
pub mod answering;
pub mod codes;
#[cfg(test)]
mod fixtures;
pub mod key;
pub mod lineage;
pub mod order;
pub mod rules;
