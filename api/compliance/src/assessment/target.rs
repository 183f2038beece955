//! The municipality and the period that an input names, or the mistakes in naming them.

use super::{
    errors::AssessmentErrorCode,
    named::{self, Named},
};
use database::{DbError, Session};
use domain::{
    assessment::{life_cycle::Refused, rules::Days},
    framework::key::PeriodKey,
    mistake::Mistake,
    territory::MunicipalityCode,
    verdict::rules::Edition,
};
use graphql::change::Stopped;
use ledger::judge::Concerned;

type Code = AssessmentErrorCode;

/// The mistake that a refusal of the life cycle is.
pub(super) fn refused(refused: Refused, field: &[&str]) -> Mistake<Code> {
    refused.at(refused.into(), field)
}

/// A period that an input names, with its days and its edition.
#[derive(Debug, Clone)]
pub(super) struct NamedPeriod {
    pub(super) key: PeriodKey,
    pub(super) days: Days,
    pub(super) edition: Edition,
    /// The kinds of evidence that each criterion of the edition takes, by its code.
    pub(super) evidence_kinds: Vec<(String, Vec<String>)>,
}

impl NamedPeriod {
    /// Finds it; none when there is no period of that key.
    pub(super) async fn find(session: &Session, period: &str) -> Result<Option<Self>, DbError> {
        match PeriodKey::parse(period) {
            Some(key) => Ok(named::find(session, None, Some(&key)).await?.period),
            None => Ok(None),
        }
    }

    /// The mistake that it takes nothing in today, if it does not.
    pub(super) fn not_open(&self, session: &Session) -> Option<Mistake<Code>> {
        let Days {
            opens_on,
            closes_on,
            ..
        } = self.days;
        (!self.days.accepts(session.today())).then(|| {
            Mistake::at(
                Code::PeriodNotOpen,
                &["period"],
                format!("Indienen kan van {opens_on} tot en met {closes_on}."),
                format!("Handing in is possible from {opens_on} to {closes_on}, inclusive."),
            )
        })
    }
}

/// The mistake that there is no such period.
pub(super) fn unknown_period(period: &str) -> Mistake<Code> {
    Mistake::at(
        Code::UnknownPeriod,
        &["period"],
        format!("Er is geen periode {period:?}."),
        format!("There is no period {period:?}."),
    )
}

/// The mistake that there is no such municipality, under the code of a noun.
pub(super) fn unknown_municipality<C>(municipality: &str, code: C) -> Mistake<C> {
    Mistake::at(
        code,
        &["municipality"],
        format!("Er is geen gemeente {municipality:?}."),
        format!("There is no municipality {municipality:?}."),
    )
}

/// The code of a municipality that an input of an assessment names.
pub(super) fn municipality_of(text: &str) -> Result<MunicipalityCode, Stopped<Code>> {
    municipality_or(text, Code::UnknownMunicipality)
}

/// The code of a municipality that an input names, or the mistake under the code of a noun.
pub(super) fn municipality_or<C>(text: &str, code: C) -> Result<MunicipalityCode, Stopped<C>> {
    MunicipalityCode::parse(text)
        .ok_or_else(|| Stopped::Wrong(vec![unknown_municipality(text, code)]))
}

/// One municipality in a period; an extension has moved its deadline.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) municipality: MunicipalityCode,
    pub(super) period: NamedPeriod,
}

impl Target {
    /// Finds what an input names, both mistakes at once.
    pub(super) async fn find(
        session: &Session,
        municipality: MunicipalityCode,
        period: &str,
    ) -> Result<Self, Stopped<Code>> {
        let key = PeriodKey::parse(period);
        let named = named::find(session, Some(municipality.as_str()), key.as_ref()).await?;
        Self::of_named(municipality, period, named)
    }

    /// Finds what an input of a draft names, both mistakes at once. Its deadline is that of
    /// everybody.
    pub(super) async fn find_for_draft(
        session: &Session,
        municipality: MunicipalityCode,
        period: &str,
    ) -> Result<Self, Stopped<Code>> {
        let key = PeriodKey::parse(period);
        let named = named::find_for_draft(session, municipality.as_str(), key.as_ref()).await?;
        Self::of_named(municipality, period, named)
    }

    fn of_named(
        municipality: MunicipalityCode,
        period: &str,
        named: Named,
    ) -> Result<Self, Stopped<Code>> {
        let mut mistakes = Vec::new();
        let code = municipality.as_str();
        let Named {
            is_municipality,
            period: found,
            extended_to,
        } = named;
        if !is_municipality {
            mistakes.push(unknown_municipality(code, Code::UnknownMunicipality));
        }
        if found.is_none() {
            mistakes.push(unknown_period(period));
        }
        let Some(mut period) = found.filter(|_| mistakes.is_empty()) else {
            return Err(Stopped::Wrong(mistakes));
        };
        if let Some(day) = extended_to {
            period.days.deadline_on = period.days.deadline_on.max(day);
        }
        Ok(Self {
            municipality,
            period,
        })
    }

    /// The natural key of the assessment.
    pub(super) fn subject(&self) -> String {
        format!("{}/{}", self.code(), self.key())
    }

    /// The code of the municipality.
    pub(super) fn code(&self) -> &str {
        self.municipality.as_str()
    }

    /// The key of the period.
    pub(super) fn key(&self) -> &str {
        self.period.key.as_str()
    }

    /// Whose verdict changes with it.
    pub(super) fn concerned(&self) -> Concerned {
        Concerned::municipalities([self.code()]).in_period(self.key())
    }
}
