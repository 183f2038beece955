//! Of whom something is, as a mutation names it.

use async_graphql::OneofObject;
use chrono::NaiveDate;

use super::repo;
use database::{DbError, Session};
use domain::{
    mistake::Mistake,
    policy::Place,
    territory::{AreaCode, MunicipalityCode},
};

/// Of whom it is: exactly one of the two. NL: van wie.
#[derive(OneofObject, Debug, Clone)]
pub(crate) enum PlaceInput {
    /// One municipality, by CBS code, as in `GM0402`. NL: gemeente.
    Municipality(String),
    /// An area, by code, as in `VR14`. NL: gebied.
    Area(String),
}

impl PlaceInput {
    /// The place, when its code has the right form.
    pub(crate) fn parse(&self) -> Option<Place> {
        match self {
            Self::Municipality(code) => MunicipalityCode::parse(code).map(Place::Municipality),
            Self::Area(code) => AreaCode::parse(code).map(Place::Area),
        }
    }

    /// That there is no such place.
    pub(crate) fn unknown<C>(&self, code: C) -> Mistake<C> {
        match self {
            Self::Municipality(text) => {
                unknown_municipality(&["place", "municipality"], text, code)
            }
            Self::Area(text) => unknown_area(&["place", "area"], text, code),
        }
    }

    /// What is wrong with a place that was parsed: nobody knows it on that day.
    pub(crate) async fn mistakes<C>(
        &self,
        session: &Session,
        place: &Place,
        day: NaiveDate,
        code: C,
    ) -> Result<Option<Mistake<C>>, DbError> {
        let is_known = match place {
            Place::Municipality(code) => repo::municipality_exists(session, code, day).await?,
            Place::Area(code) => repo::area_exists(session, code).await?,
        };
        Ok((!is_known).then(|| self.unknown(code)))
    }
}

/// That there is no such municipality on the day.
pub(crate) fn unknown_municipality<C>(field: &[&str], text: &str, code: C) -> Mistake<C> {
    Mistake::at(
        code,
        field,
        format!("Er is dan geen gemeente {text:?}."),
        format!("There is no municipality {text:?} then."),
    )
}

/// That there is no such area.
pub(crate) fn unknown_area<C>(field: &[&str], text: &str, code: C) -> Mistake<C> {
    Mistake::at(
        code,
        field,
        format!("Er is geen gebied {text:?}."),
        format!("There is no area {text:?}."),
    )
}
