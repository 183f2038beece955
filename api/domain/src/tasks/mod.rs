//! Open tasks: kinds, order, who clears them. NL: taken.

pub mod rules;
#[cfg(test)]
mod tests;
