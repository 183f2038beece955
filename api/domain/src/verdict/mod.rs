//! Verdicts: which municipality meets the framework, since when and why. NL: oordelen.

pub mod adoption;
pub mod by_region;
pub mod codes;
pub mod facts;
pub mod grounds;
pub mod label;
pub mod named;
pub mod next;
pub mod rules;
pub mod sentences;
pub mod superseded;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod second_opinion;
