//! What a document comes to with its fragments laid open: every fragment is added up once.

use std::collections::HashMap;

use super::{Limits, Refusal, outline::Definition, refusal::NAME_SHOWN, tick};

/// What a definition comes to with its fragments laid open.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Expanded {
    pub(super) fields: u64,
    pub(super) tokens: u64,
    pub(super) depth: usize,
}

#[derive(Debug, Clone, Copy)]
enum Progress {
    Untouched,
    Walking,
    Done(Expanded),
}

/// Adds up every definition once, those it spreads first. The walk keeps its own stack, because a
/// chain of fragments may be as long as the document allows.
pub(super) fn expand(
    definitions: &[Definition<'_>],
    fragments: &HashMap<&str, usize>,
    limits: &Limits,
) -> Result<Expanded, Refusal> {
    let mut progress = vec![Progress::Untouched; definitions.len()];
    let mut spread = vec![false; definitions.len()];
    // A definition, what it came to so far, and the number of its spreads that are in there.
    let mut walk: Vec<(usize, Expanded, usize)> = Vec::new();

    for start in 0..definitions.len() {
        if matches!(progress[start], Progress::Untouched) {
            progress[start] = Progress::Walking;
            walk.push((start, own(&definitions[start]), 0));
        }
        while let Some((index, sum, added)) = walk.last_mut() {
            tick();
            let Some(next) = definitions[*index].spreads.get(*added) else {
                progress[*index] = Progress::Done(*sum);
                walk.pop();
                continue;
            };
            // A fragment that does not exist is the validator's business; the spread itself is
            // counted already.
            let Some(&target) = fragments.get(next.fragment) else {
                *added += 1;
                continue;
            };
            spread[target] = true;
            match progress[target] {
                Progress::Untouched => {
                    progress[target] = Progress::Walking;
                    walk.push((target, own(&definitions[target]), 0));
                }
                Progress::Walking => return Err(cycle(&definitions[target])),
                Progress::Done(inner) => {
                    sum.fields = sum.fields.saturating_add(inner.fields);
                    sum.tokens = sum.tokens.saturating_add(inner.tokens);
                    sum.depth = sum.depth.max(next.depth.saturating_add(inner.depth));
                    *added += 1;
                    within(*sum, limits)?;
                }
            }
        }
    }

    let mut total = Expanded::default();
    for (progress, spread) in progress.iter().zip(&spread) {
        if let (Progress::Done(sum), false) = (progress, spread) {
            total.fields = total.fields.saturating_add(sum.fields);
            total.tokens = total.tokens.saturating_add(sum.tokens);
            total.depth = total.depth.max(sum.depth);
        }
    }
    within(total, limits)?;
    Ok(total)
}

fn own(definition: &Definition<'_>) -> Expanded {
    Expanded {
        fields: definition.fields,
        tokens: definition.tokens,
        depth: definition.depth,
    }
}

fn within(sum: Expanded, limits: &Limits) -> Result<(), Refusal> {
    if sum.depth > limits.depth {
        return Err(Refusal::TooDeep {
            found: sum.depth,
            limit: limits.depth,
        });
    }
    if sum.fields > limits.expanded_fields {
        return Err(Refusal::TooManyFieldsAfterExpansion {
            limit: limits.expanded_fields,
        });
    }
    if sum.tokens > limits.expanded_tokens {
        return Err(Refusal::TooManyTokensAfterExpansion {
            limit: limits.expanded_tokens,
        });
    }
    Ok(())
}

fn cycle(definition: &Definition<'_>) -> Refusal {
    let name = definition.fragment.unwrap_or_default();
    Refusal::FragmentCycle {
        fragment: name.chars().take(NAME_SHOWN).collect(),
    }
}
