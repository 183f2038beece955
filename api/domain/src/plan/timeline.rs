//! In which years an action is carried out, from what the sources say of it. NL: tijdlijn.
//!
//! A printed statement comes before what a budget suggests: money in a year says that the action
//! runs then, no money says nothing. The marks of a displaced column and the statements about a
//! predecessor are told and decide nothing. Statements that contradict each other decide nothing
//! either.

/// The years that the timeline of the plan shows (first plan, page 41, head of the table). NL:
/// looptijd.
pub const YEARS: std::ops::RangeInclusive<i32> = 2024..=2027;

use crate::code_list::code_list;
code_list! {
    /// Whether an action is carried out in a year. NL: uitvoeringsjaar.
    pub enum Planned {
        /// It is carried out in that year. NL: uitvoeringsjaar.
        Yes = "YES", "Uitvoeringsjaar", "Year of execution",
            "De actie wordt in dat jaar uitgevoerd.";
        /// It is not carried out in that year. NL: geen uitvoeringsjaar.
        No = "NO", "Geen uitvoeringsjaar", "No year of execution",
            "De actie wordt in dat jaar niet uitgevoerd.";
        /// The sources do not say, or printed statements about the action itself contradict each
        /// other. NL: onbekend.
        Unknown = "UNKNOWN", "Onbekend", "Unknown",
            "De bronnen zeggen het niet, of gedrukte uitspraken over de actie zelf spreken elkaar \
             tegen.";
    }
}

code_list! {
    /// What the answer for a year rests on. NL: grondslag.
    pub enum Basis {
        /// A source prints it. NL: gedrukt.
        Printed = "PRINTED", "Gedrukt", "Printed",
            "Een bron zegt het.";
        /// A budget has money for the action in that year. NL: afgeleid uit de begroting.
        FromBudget = "FROM_BUDGET", "Afgeleid uit de begroting", "Inferred from the budget",
            "Een begroting heeft in dat jaar geld voor de actie.";
        /// Nothing: the sources are silent, or what they print of the action itself contradicts
        /// itself. NL: geen.
        None = "NONE", "Geen", "None",
            "Niets: de bronnen zwijgen, of wat zij over de actie zelf zeggen, spreekt elkaar \
             tegen.";
    }
}

code_list! {
    /// Where a source says it. NL: plaats in de bron.
    pub enum Place {
        /// In a sentence or title. NL: tekst.
        Text = "TEXT", "Tekst", "Text",
            "In een zin of titel.";
        /// As a mark in a year column; the columns of the first plan are displaced, so the mark
        /// decides nothing. NL: jaarkolom.
        Column = "COLUMN", "Jaarkolom", "Year column",
            "Als teken in een jaarkolom; de kolommen van het eerste plan zijn verschoven, dus dit \
             teken beslist niets.";
        /// Printed with a status. NL: bij de status.
        Status = "STATUS", "Bij de status", "With the status",
            "Gedrukt bij een status.";
        /// As money in a budget. NL: begroting.
        Budget = "BUDGET", "Begroting", "Budget",
            "Als geld in een begroting.";
    }
}

/// What one source says of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// True when it says that the action is carried out, false when it says that it is not.
    pub planned: bool,
    /// Where the source says it.
    pub place: Place,
    /// Whether it is said of the action itself, and not of its predecessor.
    pub own: bool,
}

/// The answer for a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Whether the action is carried out in the year.
    pub planned: Planned,
    /// What that rests on.
    pub basis: Basis,
    /// Whether any two statements differ, those that decide nothing included.
    pub is_conflicting: bool,
}

/// Weighs what the sources say of one year.
pub fn weigh(claims: &[Claim]) -> Answer {
    let says = |planned: bool, fits: &dyn Fn(&Claim) -> bool| {
        claims
            .iter()
            .any(|claim| claim.planned == planned && fits(claim))
    };
    let printed = |claim: &Claim| claim.own && matches!(claim.place, Place::Text | Place::Status);
    let paid = |claim: &Claim| claim.own && claim.place == Place::Budget;
    let (planned, basis) = match (says(true, &printed), says(false, &printed)) {
        (true, false) => (Planned::Yes, Basis::Printed),
        (false, true) => (Planned::No, Basis::Printed),
        (false, false) if says(true, &paid) => (Planned::Yes, Basis::FromBudget),
        (true, true) | (false, false) => (Planned::Unknown, Basis::None),
    };
    Answer {
        planned,
        basis,
        is_conflicting: says(true, &|_| true) && says(false, &|_| true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(planned: bool, place: Place) -> Claim {
        Claim {
            planned,
            place,
            own: true,
        }
    }

    #[test]
    fn silence_is_unknown() {
        let answer = weigh(&[]);
        assert_eq!(
            (answer.planned, answer.basis),
            (Planned::Unknown, Basis::None)
        );
        assert!(!answer.is_conflicting);
    }

    #[test]
    fn print_comes_before_money_and_the_conflict_is_shown() {
        let answer = weigh(&[claim(false, Place::Text), claim(true, Place::Budget)]);
        assert_eq!(
            (answer.planned, answer.basis),
            (Planned::No, Basis::Printed)
        );
        assert!(answer.is_conflicting);
        let answer = weigh(&[claim(true, Place::Budget)]);
        assert_eq!(
            (answer.planned, answer.basis),
            (Planned::Yes, Basis::FromBudget)
        );
    }

    #[test]
    fn columns_and_predecessors_decide_nothing() {
        let of_predecessor = Claim {
            own: false,
            ..claim(true, Place::Text)
        };
        let answer = weigh(&[claim(true, Place::Column), of_predecessor]);
        assert_eq!(
            (answer.planned, answer.basis),
            (Planned::Unknown, Basis::None)
        );
    }

    #[test]
    fn contradicting_print_is_unknown() {
        let answer = weigh(&[claim(true, Place::Text), claim(false, Place::Status)]);
        assert_eq!(
            (answer.planned, answer.basis),
            (Planned::Unknown, Basis::None)
        );
        assert!(answer.is_conflicting);
    }
}
