//! The query gate: looks at the raw text of a GraphQL document before the parser does, and refuses
//! what could kill or stall the service.
//!
//! A parser recurses over brackets, a validator over fragment spreads, and fragments that spread
//! one another twice are walked exponentially by whoever lays them open. So there is one linear
//! pass over the text, without recursion ([`lexer`] and [`outline`]), and a sum over the graph of
//! spreads in which every fragment is added up once ([`expansion`]). Whatever brings a document, it
//! comes through here.
//!
//! It deliberately knows neither the schema nor the whole grammar: which directives exist and what
//! is no GraphQL the validator says. What it must never do is see less than the parser sees: it
//! counts what a laxer grammar than the specification's would take (`fragmentX on T`, a fragment
//! named `on`), and where the two could differ (a block string that does not end) it refuses.
//!
//! Counted per document: all operations together, because validation walks all of them and not only
//! the one that runs.

mod expansion;
mod json;
mod lexer;
mod outline;
mod refusal;
#[cfg(test)]
mod tests;

pub(super) use json::inspect_json_depth;
pub(super) use refusal::Refusal;

use expansion::expand;
use lexer::Lexer;
use outline::Outline;

/// What one document may be at most; a number equal to the limit passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limits {
    /// Length of the text in bytes.
    pub bytes: usize,
    /// Names, numbers, strings and punctuators; comments, commas and white space are free.
    pub tokens: usize,
    /// `(`, `[` and `{` that are open at the same time, with every fragment laid open where it is
    /// spread.
    pub depth: usize,
    /// Selections (fields, spreads, inline fragments), with every fragment laid open where it is
    /// spread.
    pub expanded_fields: u64,
    /// Tokens, with every fragment laid open where it is spread.
    pub expanded_tokens: u64,
    /// Fields with a name of the client's choice, as written.
    pub aliases: usize,
    /// Uses of a directive, as written.
    pub directives: usize,
}

impl Default for Limits {
    /// Room for the standard introspection query and for any query a dashboard writes by hand.
    fn default() -> Self {
        Self {
            bytes: 64 * 1024,
            tokens: 8_000,
            depth: 32,
            expanded_fields: 20_000,
            expanded_tokens: 200_000,
            aliases: 200,
            directives: 100,
        }
    }
}

/// What a document that passed turned out to be, in the units of [`Limits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// See [`Limits::tokens`].
    pub tokens: usize,
    /// See [`Limits::depth`].
    pub depth: usize,
    /// See [`Limits::expanded_fields`]. A fragment that nobody spreads counts as if it were an
    /// operation.
    pub expanded_fields: u64,
    /// See [`Limits::aliases`].
    pub aliases: usize,
    /// See [`Limits::directives`].
    pub directives: usize,
}

/// Measures a document, or says why the parser must not see it.
///
/// The work is linear in the length of the text, which is looked at only when it is within
/// [`Limits::bytes`].
pub(super) fn inspect(document: &str, limits: &Limits) -> Result<Shape, Refusal> {
    if document.len() > limits.bytes {
        return Err(Refusal::TooManyBytes {
            found: document.len(),
            limit: limits.bytes,
        });
    }
    let mut lexer = Lexer::new(document);
    let mut outline = Outline::new(document, limits);
    while let Some(token) = lexer.next()? {
        outline.take(token)?;
    }
    let counted = outline.finish()?;
    let expanded = expand(&counted.definitions, &counted.fragments, limits)?;
    Ok(Shape {
        tokens: counted.tokens,
        depth: expanded.depth,
        expanded_fields: expanded.fields,
        aliases: counted.aliases,
        directives: counted.directives,
    })
}

/// One step of work; counted in tests only, to show that the work is linear without looking at a
/// clock.
fn tick() {
    #[cfg(test)]
    tests::STEPS.with(|steps| steps.set(steps.get() + 1));
}
