//! The municipality and the period that an input names, or the mistakes in naming them.

use chrono::NaiveDate;

use super::repo;
use crate::{framework::repo::find_period, verdict};
use database::{DbError, Session};
use domain::{
    assessment::{
        life_cycle::Refused,
        rules::{AnswerMistake, Days},
    },
    framework::key::PeriodKey,
    mistake::Mistake,
    territory::MunicipalityCode,
    verdict::rules::Edition,
};
use graphql::change::Stopped;
use ledger::judge::Concerned;

/// The code that every mutation about a municipality has.
pub(super) trait MunicipalityCodes: Copy {
    const UNKNOWN_MUNICIPALITY: Self;
}

/// The codes that every mutation of an assessment has for its target.
pub(super) trait TargetCodes: MunicipalityCodes {
    const UNKNOWN_PERIOD: Self;
}

/// Says that an enum of codes has those of a target.
macro_rules! target_codes {
    ($code:ty) => {
        $crate::assessment::target::target_codes!($code, without a period);

        impl $crate::assessment::target::TargetCodes for $code {
            const UNKNOWN_PERIOD: Self = Self::UnknownPeriod;
        }
    };
    ($code:ty, without a period) => {
        impl $crate::assessment::target::MunicipalityCodes for $code {
            const UNKNOWN_MUNICIPALITY: Self = Self::UnknownMunicipality;
        }
    };
}
pub(super) use target_codes;

/// The codes that a mutation has for what the life cycle refuses it; none where that cannot be.
pub(super) trait RefusalCodes: Copy {
    fn refusal(refused: Refused) -> Option<Self>;
}

/// Says which refusals of the life cycle an enum of codes has, each under the same name.
macro_rules! refusal_codes {
    ($code:ty: $($refused:ident),+) => {
        impl $crate::assessment::target::RefusalCodes for $code {
            fn refusal(refused: domain::assessment::life_cycle::Refused) -> Option<Self> {
                match refused {
                    $(domain::assessment::life_cycle::Refused::$refused => Some(Self::$refused),)+
                    _ => None,
                }
            }
        }
    };
}
pub(super) use refusal_codes;

/// The codes that a mutation has for what is wrong with an answer; none where that cannot be.
pub(super) trait AnswerCodes: Copy {
    fn answer(mistake: AnswerMistake) -> Option<Self>;
}

/// Says which mistakes of answers an enum of codes has, each under the same name.
macro_rules! answer_codes {
    ($code:ty: $($mistake:ident),+) => {
        impl $crate::assessment::target::AnswerCodes for $code {
            fn answer(mistake: domain::assessment::rules::AnswerMistake) -> Option<Self> {
                // The others cannot come of this mutation.
                $(if matches!(mistake, domain::assessment::rules::AnswerMistake::$mistake) {
                    return Some(Self::$mistake);
                })+
                None
            }
        }
    };
}
pub(super) use answer_codes;

/// Mistakes of answers under the codes of a mutation.
pub(super) fn answer_mistakes<C: AnswerCodes>(
    mistakes: Vec<Mistake<AnswerMistake>>,
) -> Result<Vec<Mistake<C>>, DbError> {
    let coded = mistakes.into_iter().map(|mistake| {
        let code = C::answer(mistake.code).ok_or_else(|| {
            let cannot = format!("{:?} cannot come of this mutation", mistake.code);
            DbError::doing("checking answers")(sea_orm::DbErr::Custom(cannot))
        })?;
        Ok(Mistake {
            code,
            field: mistake.field,
            message: mistake.message,
        })
    });
    coded.collect()
}

/// The mistake that a refusal of the life cycle is.
pub(super) fn refused<C: RefusalCodes>(refused: Refused, field: &[&str]) -> Stopped<C> {
    match C::refusal(refused) {
        Some(code) => Stopped::Wrong(vec![refused.at(code, field)]),
        None => Stopped::from(DbError::doing("following the life cycle")(
            sea_orm::DbErr::Custom(format!("{refused:?} cannot come of this event")),
        )),
    }
}

/// A period and its edition, for one municipality.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) municipality: MunicipalityCode,
    pub(super) period: PeriodKey,
    pub(super) days: Days,
    pub(super) edition: Edition,
}

impl Target {
    /// The natural key of the assessment.
    pub(super) fn subject(&self) -> String {
        format!("{}/{}", self.municipality.as_str(), self.period.as_str())
    }

    /// Whose verdict changes with it.
    pub(super) fn concerned(&self) -> Concerned {
        Concerned::municipalities([self.municipality.as_str()]).in_period(self.period.as_str())
    }

    /// The mistake that the period takes nothing in on this day, if it is one.
    pub(super) fn not_open<C>(&self, session: &Session, code: C) -> Option<Mistake<C>> {
        not_open(self.days, session.today(), code)
    }
}

/// The mistake that a period takes nothing in on a day, if it is one.
pub(super) fn not_open<C>(days: Days, today: NaiveDate, code: C) -> Option<Mistake<C>> {
    (!days.accepts(today)).then(|| {
        Mistake::at(
            code,
            &["period"],
            format!(
                "Indienen kan van {} tot en met {}.",
                days.opens_on, days.closes_on
            ),
            format!(
                "Handing in is possible from {} to {}, inclusive.",
                days.opens_on, days.closes_on
            ),
        )
    })
}

/// The code of a municipality that an input names.
pub(super) fn municipality_of<C: MunicipalityCodes>(
    text: &str,
) -> Result<MunicipalityCode, Stopped<C>> {
    MunicipalityCode::parse(text).ok_or_else(|| Stopped::Wrong(vec![unknown_municipality(text)]))
}

fn unknown_municipality<C: MunicipalityCodes>(text: &str) -> Mistake<C> {
    Mistake::at(
        C::UNKNOWN_MUNICIPALITY,
        &["municipality"],
        format!("Er is geen gemeente {text:?}."),
        format!("There is no municipality {text:?}."),
    )
}

/// Finds what an input names, both mistakes at once.
pub(super) async fn target<C: TargetCodes>(
    session: &Session,
    municipality: MunicipalityCode,
    period: &str,
) -> Result<Target, Stopped<C>> {
    let mut mistakes = Vec::new();
    if !repo::municipality_was(session, &municipality).await? {
        mistakes.push(unknown_municipality(municipality.as_str()));
    }
    let found = named_period(session, period).await?;
    let Some((key, mut days, edition)) = found else {
        mistakes.push(unknown_period(period, C::UNKNOWN_PERIOD));
        return Err(Stopped::Wrong(mistakes));
    };
    if !mistakes.is_empty() {
        return Err(Stopped::Wrong(mistakes));
    }
    if let Some(day) = repo::extension(session, municipality.as_str(), key.as_str()).await? {
        days.deadline_on = days.deadline_on.max(day);
    }
    Ok(Target {
        municipality,
        period: key,
        days,
        edition,
    })
}

/// The mistake that there is no such period.
pub(super) fn unknown_period<C>(period: &str, code: C) -> Mistake<C> {
    Mistake::at(
        code,
        &["period"],
        format!("Er is geen periode {period:?}."),
        format!("There is no period {period:?}."),
    )
}

/// A period with its days and its edition; none when there is none of that key.
pub(super) async fn named_period(
    session: &Session,
    period: &str,
) -> Result<Option<(PeriodKey, Days, Edition)>, DbError> {
    let Some(key) = PeriodKey::parse(period) else {
        return Ok(None);
    };
    let Some(row) = find_period(session, &key).await? else {
        return Ok(None);
    };
    let days = Days {
        opens_on: row.opens_on,
        deadline_on: row.deadline_on,
        closes_on: row.closes_on,
    };
    let edition = verdict::repo::edition(session, &row.edition).await?;
    Ok(edition.map(|edition| (key, days, edition)))
}
