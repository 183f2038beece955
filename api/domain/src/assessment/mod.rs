//! Assessments: what may be said when, and what is wrong with it. NL: beoordelingen.

pub mod carry;
pub mod codes;
pub mod evidence;
pub mod evidence_kind;
pub mod life_cycle;
pub mod receipt;
pub mod rules;
