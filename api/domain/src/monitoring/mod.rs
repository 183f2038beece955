//! Monitoring rounds and reports on actions. NL: monitoring.

pub mod codes;
pub mod rules;
