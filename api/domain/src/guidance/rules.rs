//! Which functions serve an area, where one is known to be filled, and the sentence on counted and
//! named building blocks.

use chrono::NaiveDate;

use super::codes::CoverageState;
use crate::{territory::rules::holds, text::Text};

/// How a function serves an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serving {
    /// It is of the area itself.
    Own,
    /// It is of an area that this one lies in. A function at a higher level serves the lower ones
    /// (requirement 104).
    Higher,
}

/// How a function of one area serves another, with the areas and what each lies in; none when it
/// does not.
pub fn serving<'a>(
    of: &str,
    area: &'a str,
    parent_of: impl Fn(&str) -> Option<&'a str>,
) -> Option<Serving> {
    if of == area {
        return Some(Serving::Own);
    }
    let mut seen = vec![area];
    let mut at = area;
    while let Some(parent) = parent_of(at) {
        if parent == of {
            return Some(Serving::Higher);
        }
        // Areas are data: one that lies in itself must not keep us here.
        if seen.contains(&parent) {
            return None;
        }
        seen.push(parent);
        at = parent;
    }
    None
}

/// The days on which an assignment counts.
#[derive(Debug, Clone, Copy)]
pub struct AssignedDays {
    /// The first day, where it is known.
    pub from: Option<NaiveDate>,
    /// The first day on which it no longer counts.
    pub to: Option<NaiveDate>,
}

/// Whether a function is filled on a day, by the days of each assignment that counts and of each
/// declaration that nobody fills it. Whoever fills it has the last word.
pub fn filled(
    assignments: &[AssignedDays],
    vacancies: &[AssignedDays],
    day: NaiveDate,
) -> CoverageState {
    let holds_in = |days: &AssignedDays| holds(days.from, days.to, day);
    let has_ended = |days: &AssignedDays| days.to.is_some_and(|to| to <= day);
    if assignments.iter().any(holds_in) {
        CoverageState::Covered
    } else if assignments.iter().any(has_ended) || vacancies.iter().any(holds_in) {
        CoverageState::NotCovered
    } else {
        CoverageState::Unknown
    }
}

/// How many municipalities have a function, and of when the sources are that say so.
#[derive(Debug, Clone, Copy)]
pub struct CoverageFacts<'a> {
    /// The name of the function, in Dutch and in English.
    pub function: (&'a str, &'a str),
    /// Municipalities of which it is known that it is filled.
    pub covered: i32,
    /// Municipalities of which it is known that it is not.
    pub not_covered: i32,
    /// Municipalities of which it is not known.
    pub unknown: i32,
    /// The dates of the documents that say that it is filled, as printed, each once.
    pub dates: &'a [&'a str],
}

/// Where a function is filled, in words.
pub fn coverage_statement(facts: &CoverageFacts<'_>) -> Text {
    let CoverageFacts {
        function,
        covered,
        not_covered,
        unknown,
        dates,
    } = *facts;
    let (mut nl, mut en) = (
        format!(
            "{}: van {covered} gemeenten is bekend dat de functie is ingevuld,",
            function.0
        ),
        format!(
            "{}: of {covered} municipalities it is known that the function is filled,",
            function.1
        ),
    );
    if not_covered > 0 {
        nl += &format!(" van {not_covered} dat zij niet is ingevuld,");
        en += &format!(" of {not_covered} that it is not,");
    }
    nl += &format!(" en van {unknown} is het niet bekend.");
    en += &format!(" and of {unknown} it is not known.");
    if !dates.is_empty() {
        nl += &format!(
            " De bronnen zijn van {}.",
            dates.join(" en ").to_lowercase()
        );
        en += &format!(" The sources are of {}.", dates.join(" and "));
    }
    Text::new(nl, en)
}

/// What the sources count beside what they name, in Dutch and English.
pub fn blocks_statement(counted: Option<i32>, named: i32) -> (String, String) {
    match counted {
        Some(counted) => (
            format!(
                "De bronnen tellen {counted} vastgestelde bouwstenen en noemen de onderwerpen van \
                 {named} daarvan."
            ),
            format!(
                "The sources count {counted} adopted building blocks and name the subjects of \
                 {named} of them."
            ),
        ),
        None => (
            format!("De bronnen noemen {named} bouwstenen en geven geen aantal."),
            format!("The sources name {named} building blocks and give no number."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_filled_ended_or_not_known() {
        let day = |text: &str| Some(text.parse().unwrap());
        let on = day("2026-11-22").unwrap();
        let days = |from, to| AssignedDays { from, to };
        let ended = days(None, day("2026-11-22"));
        let runs = days(day("2026-11-22"), None);
        let later = days(day("2026-11-23"), None);
        assert_eq!(filled(&[], &[], on), CoverageState::Unknown);
        assert_eq!(filled(&[later], &[], on), CoverageState::Unknown);
        assert_eq!(filled(&[ended, later], &[], on), CoverageState::NotCovered);
        assert_eq!(filled(&[ended, runs], &[], on), CoverageState::Covered);
        assert_eq!(filled(&[days(None, None)], &[], on), CoverageState::Covered);
        assert_eq!(filled(&[], &[runs], on), CoverageState::NotCovered);
        assert_eq!(filled(&[], &[ended], on), CoverageState::Unknown);
        assert_eq!(filled(&[runs], &[runs], on), CoverageState::Covered);
    }

    #[test]
    fn a_coverage_names_the_dates_of_its_sources() {
        let facts = CoverageFacts {
            function: ("Ketenregisseur", "Chain coordinator"),
            covered: 6,
            not_covered: 0,
            unknown: 336,
            dates: &["December 2022"],
        };
        let text = coverage_statement(&facts);
        assert_eq!(
            text.nl,
            "Ketenregisseur: van 6 gemeenten is bekend dat de functie is ingevuld, en van 336 is \
             het niet bekend. De bronnen zijn van december 2022."
        );
        assert_eq!(
            text.en,
            "Chain coordinator: of 6 municipalities it is known that the function is filled, and \
             of 336 it is not known. The sources are of December 2022."
        );
        let declared = CoverageFacts {
            covered: 0,
            not_covered: 1,
            unknown: 341,
            dates: &[],
            ..facts
        };
        assert_eq!(
            coverage_statement(&declared).nl,
            "Ketenregisseur: van 0 gemeenten is bekend dat de functie is ingevuld, van 1 dat zij \
             niet is ingevuld, en van 341 is het niet bekend."
        );
    }

    fn parent(code: &str) -> Option<&'static str> {
        match code {
            "VR14" | "VR09" => Some("PE03"),
            "PE03" => Some("NL"),
            "A" => Some("B"),
            "B" => Some("A"),
            _ => None,
        }
    }

    #[test]
    fn a_higher_level_serves_the_lower_and_not_the_other_way() {
        assert_eq!(serving("VR14", "VR14", parent), Some(Serving::Own));
        assert_eq!(serving("PE03", "VR14", parent), Some(Serving::Higher));
        assert_eq!(serving("NL", "VR14", parent), Some(Serving::Higher));
        assert_eq!(serving("VR14", "PE03", parent), None);
        assert_eq!(serving("VR09", "VR14", parent), None);
        assert_eq!(serving("C", "A", parent), None, "a circle ends");
    }

    #[test]
    fn what_is_counted_and_what_is_named_stand_apart() {
        assert_eq!(
            blocks_statement(Some(8), 4).0,
            "De bronnen tellen 8 vastgestelde bouwstenen en noemen de onderwerpen van 4 daarvan."
        );
        assert_eq!(
            blocks_statement(None, 4).1,
            "The sources name 4 building blocks and give no number."
        );
    }
}
