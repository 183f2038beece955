//! In which order the criteria of a new edition stand. Pure.
//!
//! A reader who knows the old edition finds everything where it stood: what goes on keeps its
//! place, what changed stands where the first stood that it takes the place of, and what is new
//! stands behind the rest of its theme.

use super::rules::{Old, Proposed, ProposedCriterion};

/// A criterion of the new edition, by where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// The criterion at this index of the old edition goes on as it stands.
    Carried(usize),
    /// The criterion at this index of the proposal changes or comes.
    Proposed(usize),
}

/// The criteria of the new edition in their order, each once.
pub fn order(proposed: &Proposed<'_>, old: &Old<'_>) -> Vec<Placed> {
    let mut placed = Vec::new();
    for (index, one) in old.iter().enumerate() {
        if proposed.carried.iter().any(|code| code == one.code) {
            placed.push(Placed::Carried(index));
        }
        let replaces =
            |new: &ProposedCriterion<'_>| new.replaces.iter().any(|code| code == one.code);
        if let Some(new) = proposed.criteria.iter().position(replaces)
            && !placed.contains(&Placed::Proposed(new))
        {
            placed.push(Placed::Proposed(new));
        }
    }
    for index in 0..proposed.criteria.len() {
        if !placed.contains(&Placed::Proposed(index)) {
            let place = place_of_new(proposed, old, &placed, index);
            placed.insert(place, Placed::Proposed(index));
        }
    }
    placed
}

/// Behind the last of its theme; where its theme has none yet, behind the themes before it.
fn place_of_new(proposed: &Proposed<'_>, old: &Old<'_>, placed: &[Placed], new: usize) -> usize {
    let theme_of = |place: &Placed| match *place {
        Placed::Carried(index) => old[index].theme,
        Placed::Proposed(index) => proposed.criteria[index].theme,
    };
    let position_of = |theme: &str| proposed.themes.iter().position(|one| *one == theme);
    let theme = theme_of(&Placed::Proposed(new));
    let last_of_theme = placed.iter().rposition(|place| theme_of(place) == theme);
    let last_before = || {
        let is_before = |place: &Placed| position_of(theme_of(place)) < position_of(theme);
        placed.iter().rposition(is_before)
    };
    last_of_theme
        .or_else(last_before)
        .map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            fixtures::{criterion, proposed},
            rules::OldCriterion,
        },
        *,
    };

    fn old(code: &'static str, theme: &'static str) -> OldCriterion<'static> {
        OldCriterion {
            code,
            theme,
            required: true,
        }
    }

    #[test]
    fn what_goes_on_keeps_its_place_and_what_is_new_stands_behind_its_theme() {
        let edition = [
            old("BB-01", "BB"),
            old("BB-02", "BB"),
            old("SV-01", "SV"),
            old("SV-02", "SV"),
            old("OH-01", "OH"),
        ];
        // The order in which they are named does not matter.
        let carried = ["OH-01", "SV-02", "BB-01"].map(str::to_owned);
        let replaces = ["SV-01", "BB-02"].map(str::to_owned);
        let of = |code, theme, replaces| ProposedCriterion {
            theme,
            ..criterion(code, replaces)
        };
        let criteria = vec![
            of("BW-01", "BW", &[]),
            of("SV-08", "SV", &[]),
            of("BB-09", "BB", &replaces),
            of("SV-09", "SV", &[]),
            of("BB-08", "BB", &[]),
        ];
        let proposal = Proposed {
            themes: vec!["BB", "SV", "BW", "OH"],
            ..proposed(&carried, criteria)
        };
        let codes: Vec<&str> = order(&proposal, &edition)
            .into_iter()
            .map(|place| match place {
                Placed::Carried(index) => edition[index].code,
                Placed::Proposed(index) => proposal.criteria[index].code,
            })
            .collect();
        assert_eq!(
            codes,
            [
                "BB-01", "BB-09", "BB-08", "SV-02", "SV-08", "SV-09", "BW-01", "OH-01"
            ]
        );
    }
}
