//! The edition VOORSTEL-1 and municipalities under it, for the tests of the rules.
//! `api/data/criteria.csv` is the source; here stands only what the rules read.

use chrono::NaiveDate;

use super::rules::*;
use crate::policies::rules::{Declared, PolicyState};

/// Required criteria of VOORSTEL-1 that a municipality answers itself, in the order of the edition.
pub(super) const OWN: [&str; 15] = [
    "BB-03", "BB-04", "BB-05", "BB-07", "SV-01", "SV-02", "SV-03", "SV-04", "BW-01", "SK-02",
    "SK-03", "SK-04", "SK-05", "OH-01", "OH-02",
];

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// 25 criteria, of which 18 required.
pub(super) fn voorstel_1() -> Edition {
    use AnsweredBy::{Computed, Municipality, Region};
    use CriterionScope::{LocalOnly, RegionalAllowed, RegionalDocumentLocalAdoption, RegionalOnly};
    let rows = [
        ("BB-01", true, Computed, RegionalDocumentLocalAdoption, 48),
        ("BB-02", true, Computed, RegionalDocumentLocalAdoption, 48),
        ("BB-03", true, Municipality, LocalOnly, 24),
        ("BB-04", true, Municipality, RegionalAllowed, 48),
        ("BB-05", true, Municipality, RegionalAllowed, 24),
        ("BB-06", false, Municipality, RegionalAllowed, 48),
        ("BB-07", true, Municipality, RegionalAllowed, 6),
        ("SV-01", true, Municipality, LocalOnly, 12),
        ("SV-02", true, Municipality, LocalOnly, 24),
        ("SV-03", true, Municipality, RegionalAllowed, 24),
        ("SV-04", true, Municipality, RegionalAllowed, 24),
        ("SV-05", false, Municipality, RegionalAllowed, 24),
        ("BW-01", true, Municipality, RegionalAllowed, 12),
        ("BW-02", false, Municipality, RegionalAllowed, 12),
        ("SK-01", true, Region, RegionalOnly, 12),
        ("SK-02", true, Municipality, RegionalAllowed, 48),
        ("SK-03", true, Municipality, RegionalAllowed, 24),
        ("SK-04", true, Municipality, RegionalAllowed, 36),
        ("SK-05", true, Municipality, LocalOnly, 48),
        ("SK-06", false, Municipality, RegionalAllowed, 48),
        ("OH-01", true, Municipality, RegionalAllowed, 12),
        ("OH-02", true, Municipality, RegionalAllowed, 24),
        ("OH-03", false, Municipality, RegionalAllowed, 24),
        ("OH-04", false, Municipality, RegionalAllowed, 24),
        ("OH-05", false, Municipality, RegionalAllowed, 24),
    ];
    Edition {
        code: "VOORSTEL-1".into(),
        state: EditionState::Proposed,
        rule_set: RULE_SET.into(),
        norm_months: 48,
        norm_endorsed: false,
        inheritance_grace_months: 24,
        criteria: rows
            .map(
                |(code, required, answered_by, scope, months)| CriterionRule {
                    code: code.into(),
                    required,
                    scope,
                    answered_by,
                    not_applicable_allowed: false,
                    review_months: Some(months),
                },
            )
            .into(),
    }
}

/// A municipality with a plan of 15 January 2024, region VR14 with a chain coordinator since 2020,
/// and every required criterion answered as met.
pub(super) fn all_met() -> Inputs {
    Inputs {
        edition: voorstel_1(),
        basis: Basis::Submitted,
        version: Some(Version {
            number: 1,
            answers: OWN.map(|code| own(code, AnswerValue::Met)).into(),
        }),
        adoptions: vec![an_adoption("plan", "2024-01-15")],
        declared: Vec::new(),
        regional_answers: vec![regional("VR14", "SK-01", AnswerValue::Met)],
    }
}

/// The same with this many of [`OWN`], from the front, answered otherwise.
pub(super) fn with_first(count: usize, value: AnswerValue) -> Inputs {
    OWN.iter()
        .take(count)
        .fold(all_met(), |inputs, code| inputs.answering(code, value))
}

pub(super) fn own(code: &str, value: AnswerValue) -> OwnAnswer {
    OwnAnswer {
        criterion: code.into(),
        value,
    }
}

pub(super) fn an_adoption(policy: &str, on: &str) -> Adoption {
    Adoption {
        policy: policy.into(),
        adopted_on: Some(day(on)),
        proven_on: None,
        revised_on: None,
        ends_on: None,
        withdrawn_on: None,
        passed_on: None,
        regional: false,
        inherited: None,
    }
}

pub(super) fn inherited(policy: &str, on: &str, reorganised_on: &str) -> Adoption {
    let inheritance = Inheritance {
        from_municipality: "GM0402".into(),
        reorganised_on: day(reorganised_on),
    };
    Adoption {
        inherited: Some(inheritance),
        ..an_adoption(policy, on)
    }
}

/// From 1 January 2020, open.
pub(super) fn regional(area: &str, code: &str, value: AnswerValue) -> RegionalAnswer {
    RegionalAnswer {
        area: area.into(),
        criterion: code.into(),
        value,
        from: day("2020-01-01"),
        until: None,
    }
}

impl Inputs {
    /// The own answer to this criterion replaced.
    pub(super) fn answering(mut self, code: &str, value: AnswerValue) -> Self {
        let answers = &mut self.version.as_mut().unwrap().answers;
        answers.retain(|answer| answer.criterion != code);
        answers.push(own(code, value));
        self
    }

    /// Without an own answer to this criterion.
    pub(super) fn silent_on(mut self, code: &str) -> Self {
        self.version
            .as_mut()
            .unwrap()
            .answers
            .retain(|answer| answer.criterion != code);
        self
    }

    pub(super) fn with_adoptions(mut self, adoptions: impl Into<Vec<Adoption>>) -> Self {
        self.adoptions = adoptions.into();
        self
    }

    /// Without a policy, by the municipality's own word from a day on.
    pub(super) fn declaring_none(mut self, from: &str) -> Self {
        self.declared.push(Declared {
            state: PolicyState::NoneDeclared,
            from: day(from),
            until: None,
        });
        self.with_adoptions([])
    }

    pub(super) fn with_regional(mut self, answer: RegionalAnswer) -> Self {
        self.regional_answers.push(answer);
        self
    }

    pub(super) fn rule_mut(&mut self, code: &str) -> &mut CriterionRule {
        self.edition
            .criteria
            .iter_mut()
            .find(|rule| rule.code == code)
            .unwrap()
    }
}

impl Judgement {
    pub(super) fn of(&self, code: &str) -> &CriterionGround {
        self.grounds
            .criteria
            .iter()
            .find(|ground| ground.criterion == code)
            .unwrap()
    }
}
