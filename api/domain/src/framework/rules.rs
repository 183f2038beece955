//! What a new edition of the framework must be. What becomes of each old criterion is told by
//! [`super::lineage`]. Pure.

use super::accounts::unaccounted;
use crate::{
    mistake::{Mistake, text_mistakes},
    text::Text,
    verdict::rules::{ADOPTED_POLICY, AnsweredBy, CriterionScope, POLICY_UP_TO_DATE},
};

/// Characters of a title.
const LONGEST_TITLE: usize = 200;
/// Characters of the text of a criterion.
const LONGEST_TEXT: usize = 4000;
/// Months that a term may have at most.
const MOST_MONTHS: i32 = 240;
/// Criteria that an edition may have.
const MOST_CRITERIA: usize = 100;

/// What is wrong with a proposed edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// A code is not 1 to 40 capitals and digits with single hyphens between them.
    InvalidCode,
    /// A title is not of 1 to 200 characters, or a text not of 1 to 4000.
    TextLength,
    /// A term is longer than 240 months, or shorter than 1 (the grace: than 0).
    MonthsOutOfRange,
    /// The old edition has no criterion of this code.
    UnknownCriterion,
    /// A criterion of the old edition stands in two places: it goes on in both, or goes on and is
    /// dropped.
    MappedTwice,
    /// A criterion of the old edition is neither carried nor replaced nor dropped on purpose.
    UnaccountedCriterion,
    /// Two criteria of the new edition have one code.
    DuplicateCriterion,
    /// The new edition has no theme of this code.
    UnknownTheme,
    /// It exists regionally only and a region does not answer it, or the other way round.
    ScopeContradicts,
    /// It is to be computed and the rule set cannot, or can and it is not to be.
    NotComputable,
    /// No criterion is required, so every municipality would comply.
    NothingRequired,
    /// BB-02 is required and BB-01 is not, so that registering a decision could worsen a verdict.
    PolicyNotRequired,
    /// There are more than 100 criteria.
    TooManyCriteria,
}

/// A proposed edition, as far as it can be wrong.
#[derive(Debug, Clone)]
pub struct Proposed<'a> {
    /// The code, as in `VOORSTEL-2`.
    pub code: &'a str,
    /// The titles, each under the name of its input field; 1 to 200 characters.
    pub titles: [(&'static str, &'a str); 2],
    /// Months after its adoption or revision in which a policy must be renewed, 1 to 240.
    pub norm_months: i32,
    /// Months in which a predecessor's policy counts for a new municipality, 0 to 240.
    pub inheritance_grace_months: i32,
    /// Codes of the old edition that go on as they stand.
    pub carried: &'a [String],
    /// Codes of the old edition that go, on purpose.
    pub dropped: &'a [String],
    /// Criteria that change or come.
    pub criteria: Vec<ProposedCriterion<'a>>,
    /// Codes of the themes of the new edition.
    pub themes: Vec<&'a str>,
}

/// A criterion that changes or comes.
#[derive(Debug, Clone)]
pub struct ProposedCriterion<'a> {
    /// The code within the edition, as in `BB-03`.
    pub code: &'a str,
    /// Codes of the old edition that it takes the place of; none when it is new.
    pub replaces: &'a [String],
    /// The code of its theme.
    pub theme: &'a str,
    /// Whether it counts for the verdict. NL: vereist.
    pub required: bool,
    /// Who answers it; `Computed` only for what the rule set computes.
    pub answered_by: AnsweredBy,
    /// At which level it can be met; `RegionalOnly` exactly when a region answers it.
    pub scope: CriterionScope,
    /// Months after which its evidence is called stale, 1 to 240. NL: herzieningstermijn.
    pub review_months: i32,
    /// The titles, each under the name of its input field; 1 to 200 characters.
    pub titles: [(&'static str, &'a str); 2],
    /// What must be so for it to be met, likewise; 1 to 4000 characters.
    pub texts: [(&'static str, &'a str); 2],
}

/// A criterion of the old edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OldCriterion<'a> {
    /// The code within the edition, as in `BB-03`.
    pub code: &'a str,
    /// The code of its theme.
    pub theme: &'a str,
    /// Whether it counts for the verdict. NL: vereist.
    pub required: bool,
}

/// The criteria of the old edition, in its order.
pub(super) type Old<'a> = [OldCriterion<'a>];

/// What is wrong with a proposed edition, every mistake at once.
pub fn mistakes(proposed: &Proposed<'_>, old: &Old<'_>) -> Vec<Mistake<Wrong>> {
    let mut mistakes = Vec::new();
    if !is_code(proposed.code) {
        mistakes.push(Mistake::at(
            Wrong::InvalidCode,
            &["code"],
            "De code van een editie bestaat uit hoofdletters, cijfers en streepjes, zoals \
             VOORSTEL-2.",
            "An edition is named by capitals, digits and hyphens, as in VOORSTEL-2.",
        ));
    }
    for (field, title) in proposed.titles {
        mistakes.extend(text_mistakes(
            &[field],
            Some(title),
            LONGEST_TITLE,
            Wrong::TextLength,
        ));
    }
    let terms = [
        ("normMonths", proposed.norm_months, 1),
        (
            "inheritanceGraceMonths",
            proposed.inheritance_grace_months,
            0,
        ),
    ];
    for (field, months, fewest) in terms {
        mistakes.extend(out_of_range(&[field], months, fewest));
    }
    mistakes.extend(unaccounted(proposed, old));
    for (i, one) in proposed.criteria.iter().enumerate() {
        mistakes.extend(criterion_mistakes(&i.to_string(), one, &proposed.themes));
    }
    let carried = old
        .iter()
        .filter(|row| proposed.carried.iter().any(|one| one == row.code));
    let is_required =
        proposed.criteria.iter().any(|one| one.required) || carried.clone().any(|row| row.required);
    if !is_required {
        mistakes.push(Mistake::at(
            Wrong::NothingRequired,
            &["criteria"],
            "Een editie heeft ten minste één vereist criterium.",
            "An edition has at least one required criterion.",
        ));
    }
    let required = proposed.criteria.iter().filter(|one| one.required);
    let required = required.map(|one| one.code);
    let carried = carried.filter(|row| row.required);
    let required: Vec<&str> = required.chain(carried.map(|row| row.code)).collect();
    if let Some(Text { nl, en }) = policy_order(&required) {
        mistakes.push(Mistake::at(Wrong::PolicyNotRequired, &["criteria"], nl, en));
    }
    if proposed.criteria.len() + proposed.carried.len() > MOST_CRITERIA {
        mistakes.push(Mistake::at(
            Wrong::TooManyCriteria,
            &["criteria"],
            format!("Een editie heeft ten hoogste {MOST_CRITERIA} criteria."),
            format!("An edition has at most {MOST_CRITERIA} criteria."),
        ));
    }
    mistakes
}

/// What is wrong with these required criteria as a whole: whoever registers a decision that is
/// overdue would be judged worse, where BB-02 is required and BB-01 is not.
pub fn policy_order(required: &[&str]) -> Option<Text> {
    let is_wrong = required.contains(&POLICY_UP_TO_DATE) && !required.contains(&ADOPTED_POLICY);
    is_wrong.then(|| {
        Text::new(
            format!("Waar {POLICY_UP_TO_DATE} vereist is, is {ADOPTED_POLICY} dat ook."),
            format!("Where {POLICY_UP_TO_DATE} is required, {ADOPTED_POLICY} is required too."),
        )
    })
}

fn criterion_mistakes(
    index: &str,
    one: &ProposedCriterion<'_>,
    themes: &[&str],
) -> Vec<Mistake<Wrong>> {
    let at = |field| ["criteria", index, field];
    let mut mistakes = Vec::new();
    if !is_code(one.code) {
        mistakes.push(Mistake::at(
            Wrong::InvalidCode,
            &at("code"),
            "De code van een criterium bestaat uit hoofdletters, cijfers en streepjes, zoals \
             BB-03.",
            "A criterion is named by capitals, digits and hyphens, as in BB-03.",
        ));
    }
    if !themes.contains(&one.theme) {
        mistakes.push(Mistake::at(
            Wrong::UnknownTheme,
            &at("theme"),
            format!("De editie heeft geen thema {:?}.", one.theme),
            format!("The edition has no theme {:?}.", one.theme),
        ));
    }
    for (field, title) in one.titles {
        mistakes.extend(text_mistakes(
            &at(field),
            Some(title),
            LONGEST_TITLE,
            Wrong::TextLength,
        ));
    }
    for (field, text) in one.texts {
        mistakes.extend(text_mistakes(
            &at(field),
            Some(text),
            LONGEST_TEXT,
            Wrong::TextLength,
        ));
    }
    mistakes.extend(out_of_range(&at("reviewMonths"), one.review_months, 1));
    // Only a region answers what exists at regional level alone, and the other way round.
    let is_regional = one.scope == CriterionScope::RegionalOnly;
    if is_regional != (one.answered_by == AnsweredBy::Region) {
        mistakes.push(Mistake::at(
            Wrong::ScopeContradicts,
            &at("scope"),
            "Alleen wat uitsluitend regionaal bestaat, wordt door de regio beantwoord.",
            "What exists at the level of a region only is answered by the region, and nothing else \
             is.",
        ));
    }
    let has_computation = matches!(one.code, ADOPTED_POLICY | POLICY_UP_TO_DATE);
    if has_computation != (one.answered_by == AnsweredBy::Computed) {
        mistakes.push(Mistake::at(
            Wrong::NotComputable,
            &at("answeredBy"),
            format!(
                "De regelset berekent {ADOPTED_POLICY} en {POLICY_UP_TO_DATE}, en geen ander \
                 criterium."
            ),
            format!(
                "The rule set computes {ADOPTED_POLICY} and {POLICY_UP_TO_DATE}, and no other \
                 criterion."
            ),
        ));
    }
    mistakes
}

fn out_of_range(field: &[&str], months: i32, fewest: i32) -> Option<Mistake<Wrong>> {
    (!(fewest..=MOST_MONTHS).contains(&months)).then(|| {
        Mistake::at(
            Wrong::MonthsOutOfRange,
            field,
            format!("Kies {fewest} tot {MOST_MONTHS} maanden."),
            format!("Choose {fewest} to {MOST_MONTHS} months."),
        )
    })
}

/// Capitals, digits and hyphens between them, at most 40 characters.
fn is_code(code: &str) -> bool {
    let fits = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    code.len() <= 40 && code.split('-').all(fits)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            codes::Change,
            fixtures::{criterion, proposed},
            lineage::{Lineage, lineage},
        },
        *,
    };

    const OLD: &Old<'static> = &[
        old("BB-01", "BB", true),
        old("BB-03", "BB", true),
        old("SV-01", "BB", false),
    ];

    const fn old<'a>(code: &'a str, theme: &'a str, required: bool) -> OldCriterion<'a> {
        OldCriterion {
            code,
            theme,
            required,
        }
    }

    fn to_view(proposed: &Proposed<'_>) -> Vec<(Wrong, String)> {
        mistakes(proposed, OLD)
            .into_iter()
            .map(|mistake| (mistake.code, mistake.field.join(".")))
            .collect()
    }

    #[test]
    fn each_criterion_is_carried_changed_dropped_or_added() {
        let (carried, replaces) = (["BB-01".to_owned()], ["BB-03".to_owned()]);
        let criteria = vec![criterion("BB-04", &replaces), criterion("BB-05", &[])];
        let dropped = ["SV-01".to_owned()];
        let proposed = Proposed {
            dropped: &dropped,
            ..proposed(&carried, criteria)
        };
        assert_eq!(to_view(&proposed), []);
        let row = |change, criterion: Option<&str>, from: Option<&str>| Lineage {
            change,
            criterion: criterion.map(str::to_owned),
            from: from.map(str::to_owned),
        };
        assert_eq!(
            lineage(&proposed, OLD),
            [
                row(Change::Carried, Some("BB-01"), Some("BB-01")),
                row(Change::Changed, Some("BB-04"), Some("BB-03")),
                row(Change::Added, Some("BB-05"), None),
                row(Change::Dropped, None, Some("SV-01")),
            ]
        );
    }

    #[test]
    fn every_mistake_comes_at_once() {
        let carried = ["BB-01", "BB-09"].map(str::to_owned);
        let replaces = ["BB-01".to_owned()];
        let wrong = ProposedCriterion {
            theme: "XX",
            answered_by: AnsweredBy::Computed,
            scope: CriterionScope::RegionalOnly,
            review_months: 0,
            titles: [("titleNl", " "), ("titleEn", "")],
            ..criterion("bb", &replaces)
        };
        let proposed = Proposed {
            code: "-2",
            norm_months: 0,
            ..proposed(&carried, vec![wrong, criterion("BB-01", &[])])
        };
        let shown = to_view(&proposed);
        let shown: Vec<(Wrong, &str)> = shown.iter().map(|(w, at)| (*w, at.as_str())).collect();
        assert_eq!(
            shown,
            [
                (Wrong::InvalidCode, "code"),
                (Wrong::MonthsOutOfRange, "normMonths"),
                (Wrong::UnknownCriterion, "carried.1"),
                (Wrong::MappedTwice, "criteria.0.replaces.0"),
                (Wrong::UnaccountedCriterion, "carried"),
                (Wrong::UnaccountedCriterion, "carried"),
                (Wrong::DuplicateCriterion, "criteria.1.code"),
                (Wrong::InvalidCode, "criteria.0.code"),
                (Wrong::UnknownTheme, "criteria.0.theme"),
                (Wrong::TextLength, "criteria.0.titleNl"),
                (Wrong::TextLength, "criteria.0.titleEn"),
                (Wrong::MonthsOutOfRange, "criteria.0.reviewMonths"),
                (Wrong::ScopeContradicts, "criteria.0.scope"),
                (Wrong::NotComputable, "criteria.0.answeredBy"),
                (Wrong::NotComputable, "criteria.1.answeredBy"),
            ]
        );
    }

    #[test]
    fn where_up_to_date_policy_is_required_adopted_policy_is_too() {
        let carried = ["SV-01".to_owned()];
        let computed = |code, required| ProposedCriterion {
            required,
            answered_by: AnsweredBy::Computed,
            scope: CriterionScope::RegionalDocumentLocalAdoption,
            ..criterion(code, &[])
        };
        let dropped = ["BB-01", "BB-03"].map(str::to_owned);
        let shown = |criteria| {
            to_view(&Proposed {
                dropped: &dropped,
                ..proposed(&carried, criteria)
            })
        };
        let refused = vec![(Wrong::PolicyNotRequired, "criteria".to_owned())];
        assert_eq!(shown(vec![computed("BB-02", true)]), refused);
        let both = |adopted| vec![computed("BB-01", adopted), computed("BB-02", true)];
        assert_eq!(shown(both(false)), refused);
        assert_eq!(shown(both(true)), []);
        assert_eq!(policy_order(&["BB-01"]), None);
    }

    #[test]
    fn an_edition_asks_something() {
        let carried = ["SV-01".to_owned()];
        let dropped = ["BB-01", "BB-03"].map(str::to_owned);
        let proposed = Proposed {
            dropped: &dropped,
            ..proposed(&carried, vec![])
        };
        assert_eq!(
            to_view(&proposed),
            [(Wrong::NothingRequired, "criteria".to_owned())]
        );
    }
}
