//! Which picture is asked for.

use chrono::NaiveDate;

use super::parts::PictureParts;
use crate::framework::schema::ReportingPeriod;
use domain::{
    picture::{codes::PictureGrouping, rules::CountingRule},
    verdict::rules::Basis,
};

/// A picture that is asked for, its defaults filled in.
pub(super) struct PictureQuestion {
    pub(super) period: ReportingPeriod,
    pub(super) basis: Basis,
    pub(super) rule: CountingRule,
    pub(super) by: PictureGrouping,
    pub(super) day: NaiveDate,
    pub(super) parts: PictureParts,
}

impl PictureQuestion {
    /// What tells one question from another.
    pub(super) fn key(&self) -> String {
        let Self {
            basis,
            rule,
            by,
            day,
            parts,
            ..
        } = self;
        let period = self.period.key();
        format!("{period} {basis:?} {rule:?} {by:?} {day} {parts:?}")
    }
}
