//! What a regional answer must be, when it may end, and how far its review is. Pure.

use chrono::NaiveDate;

use crate::{
    mistake::{Mistake, text_mistakes},
    verdict::rules::{AnswerValue, AnsweredBy, CriterionRule, CriterionScope},
};

/// Characters of an explanation, a question or a reason at most.
pub const LONGEST_TEXT: usize = 4000;

/// What can be wrong with what a region says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// The criterion takes no answer of a region: the municipality answers it.
    NotForRegions,
    /// The criterion takes no answer of anybody: it follows from adoptions.
    Computed,
    /// UNKNOWN says nothing, and the criterion may always apply.
    AnswerNotAllowed,
    /// The last day lies before the first.
    DatesOutOfOrder,
    /// A text is empty or too long.
    TextLength,
}

/// What a region says of a criterion.
#[derive(Debug, Clone, Copy)]
pub struct RegionalStatement<'a> {
    /// The answer; `Unknown` is refused. NL: antwoord.
    pub answer: AnswerValue,
    /// The explanation, 1 to 4000 characters; none when there is none. NL: toelichting.
    pub explanation: Option<&'a str>,
    /// The first day on which it counts.
    pub from: NaiveDate,
    /// The first day on which it no longer counts, after `from`; none while no end is known.
    pub until: Option<NaiveDate>,
}

/// Whether an answer of a region to this criterion counts for anybody.
pub(super) fn is_for_regions(rule: &CriterionRule) -> bool {
    let scope = match rule.scope {
        CriterionScope::RegionalAllowed | CriterionScope::RegionalOnly => true,
        CriterionScope::LocalOnly | CriterionScope::RegionalDocumentLocalAdoption => false,
    };
    scope && rule.answered_by != AnsweredBy::Computed
}

/// Everything that is wrong with an answer, at the places of the input.
pub fn mistakes(given: &RegionalStatement<'_>, rule: &CriterionRule) -> Vec<Mistake<Wrong>> {
    let mut wrong = Vec::new();
    let code = &rule.code;
    if rule.answered_by == AnsweredBy::Computed {
        wrong.push(Mistake::at(
            Wrong::Computed,
            &["criterion"],
            format!(
                "Criterium {code} volgt uit geregistreerde vaststellingen; niemand beantwoordt het."
            ),
            format!("Criterion {code} follows from registered adoptions; nobody answers it."),
        ));
    } else if !is_for_regions(rule) {
        wrong.push(Mistake::at(
            Wrong::NotForRegions,
            &["criterion"],
            format!("Criterium {code} wordt door de gemeente zelf beantwoord, niet door de regio."),
            format!("Criterion {code} is answered by the municipality itself, not by the region."),
        ));
    }
    match given.answer {
        AnswerValue::Unknown => wrong.push(Mistake::at(
            Wrong::AnswerNotAllowed,
            &["answer"],
            "Onbekend is geen antwoord; beëindig een antwoord dat niet meer klopt.",
            "Unknown is no answer; end an answer that is no longer right.",
        )),
        AnswerValue::NotApplicable if !rule.not_applicable_allowed => wrong.push(Mistake::at(
            Wrong::AnswerNotAllowed,
            &["answer"],
            "Dit criterium is altijd van toepassing.",
            "This criterion always applies.",
        )),
        AnswerValue::Met
        | AnswerValue::PartlyMet
        | AnswerValue::NotMet
        | AnswerValue::NotApplicable => {}
    }
    if given.until.is_some_and(|until| until <= given.from) {
        wrong.push(Mistake::at(
            Wrong::DatesOutOfOrder,
            &["until"],
            "Een antwoord geldt ten minste één dag.",
            "An answer holds for at least one day.",
        ));
    }
    wrong.extend(text_mistakes(
        &["explanation"],
        given.explanation,
        LONGEST_TEXT,
        Wrong::TextLength,
    ));
    wrong
}

/// What ending on a day does to a version that holds from one day until another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It is over by then anyhow.
    Nothing,
    /// It holds until that day and no longer.
    Shortened,
    /// It would only begin then: it never holds.
    Dropped,
}

/// What ending on a day does to a version.
pub fn ending(from: NaiveDate, until: Option<NaiveDate>, on: NaiveDate) -> Ending {
    if on <= from {
        Ending::Dropped
    } else if until.is_some_and(|until| until <= on) {
        Ending::Nothing
    } else {
        Ending::Shortened
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(scope: CriterionScope, answered_by: AnsweredBy) -> CriterionRule {
        CriterionRule {
            code: "OH-01".into(),
            required: true,
            scope,
            answered_by,
            not_applicable_allowed: false,
            review_months: None,
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_region_answers_what_its_members_may_inherit() {
        use CriterionScope::{
            LocalOnly, RegionalAllowed, RegionalDocumentLocalAdoption, RegionalOnly,
        };
        let takes = [
            LocalOnly,
            RegionalAllowed,
            RegionalOnly,
            RegionalDocumentLocalAdoption,
        ]
        .map(|scope| is_for_regions(&rule(scope, AnsweredBy::Municipality)));
        assert_eq!(takes, [false, true, true, false]);
        assert!(!is_for_regions(&rule(
            RegionalAllowed,
            AnsweredBy::Computed
        )));
    }

    #[test]
    fn every_mistake_comes_at_once() {
        let given = RegionalStatement {
            answer: AnswerValue::Unknown,
            explanation: Some(" "),
            from: day("2026-03-01"),
            until: Some(day("2026-03-01")),
        };
        let shown = |given: &RegionalStatement<'_>, scope| -> Vec<(Wrong, String)> {
            mistakes(given, &rule(scope, AnsweredBy::Municipality))
                .into_iter()
                .map(|mistake| (mistake.code, mistake.field.join(".")))
                .collect()
        };
        assert_eq!(
            shown(&given, CriterionScope::LocalOnly),
            [
                (Wrong::NotForRegions, "criterion".to_owned()),
                (Wrong::AnswerNotAllowed, "answer".to_owned()),
                (Wrong::DatesOutOfOrder, "until".to_owned()),
                (Wrong::TextLength, "explanation".to_owned()),
            ]
        );
        let computed = rule(CriterionScope::RegionalAllowed, AnsweredBy::Computed);
        assert_eq!(mistakes(&given, &computed)[0].code, Wrong::Computed);
        let good = RegionalStatement {
            answer: AnswerValue::Met,
            explanation: None,
            until: Some(day("2026-03-02")),
            ..given
        };
        assert_eq!(shown(&good, CriterionScope::RegionalOnly), []);
    }

    #[test]
    fn an_end_shortens_what_lasts_longer_and_drops_what_would_only_begin() {
        let from = day("2026-03-01");
        let ends = |until: Option<&str>, on| ending(from, until.map(day), day(on));
        assert_eq!(ends(None, "2026-03-02"), Ending::Shortened);
        assert_eq!(ends(Some("2026-04-01"), "2026-03-31"), Ending::Shortened);
        assert_eq!(ends(Some("2026-04-01"), "2026-04-01"), Ending::Nothing);
        assert_eq!(ends(None, "2026-03-01"), Ending::Dropped);
    }
}
