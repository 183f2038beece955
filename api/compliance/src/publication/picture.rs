//! `preparePublication` of a compliance picture: with names, or of counts alone.

use chrono::NaiveDate;

use super::{
    colophon, compliance,
    errors::PublicationErrorCode as Code,
    files::Manifest,
    incomplete::{self, Incomplete},
    prepare::{
        Content, PreparePublicationInput, Prepared, grouping_not_for_level, manifest,
        response_term, unknown, wrong_day,
    },
    repetition::{self, Earlier},
};
use crate::framework;
use database::DbError;
use domain::{
    mistake::Mistake,
    picture::codes::PictureGrouping,
    publication::{codes::PublicationLevel, rules},
    verdict::rules::Basis,
};
use entity::{framework_edition, reporting_period};
use graphql::change::{Stopped, stop_at};

/// The kind of area to count by; none for the country.
fn area_kind(
    input: &PreparePublicationInput,
    level: PublicationLevel,
) -> Result<Option<&'static str>, Mistake<Code>> {
    let by = input.by.map(|by| by.0);
    match level {
        PublicationLevel::Country if by.is_none() => Ok(None),
        PublicationLevel::Country => Err(grouping_not_for_level()),
        PublicationLevel::Area | PublicationLevel::ByName => by
            .unwrap_or(PictureGrouping::SafetyRegion)
            .area_kind()
            .map(Some)
            .ok_or_else(grouping_not_for_level),
    }
}

/// The last day on which municipalities may respond; none when nobody is named.
fn response_until(
    input: &PreparePublicationInput,
    level: PublicationLevel,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, Mistake<Code>> {
    let by_name = level == PublicationLevel::ByName;
    match input.last_response_day.map(NaiveDate::from) {
        None if by_name => {
            let days = rules::RESPONSE_WORKING_DAYS;
            Ok(Some(rules::working_days_after(today, days)))
        }
        None => Ok(None),
        Some(day) if by_name && day > today => Ok(Some(day)),
        Some(_) => Err(response_term()),
    }
}

/// What speaks against publishing a picture once it is composed.
fn composed_mistakes(
    composed: &compliance::Composed,
    by_name_too_early: bool,
) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if composed.overlap {
        mistakes.push(Mistake::at(
            Code::AreasOverlap,
            &["by"],
            "Een gemeente ligt in twee van deze gebieden; ze tellen niet op tot het land.",
            "A municipality is in two of these areas; they do not add up to the country.",
        ));
    }
    if by_name_too_early {
        mistakes.push(Mistake::at(
            Code::ProvisionalCriteria,
            &["level"],
            "Met naam publiceren kan pas als VNG de editie heeft vastgesteld en de oordelen \
             daaronder zijn gegeven.",
            "Publishing by name waits until VNG has endorsed the edition and the verdicts are \
             given under it.",
        ));
    }
    mistakes
}

/// What is prepared, of which period.
struct Requested<'a> {
    change: &'a Prepared,
    input: &'a PreparePublicationInput,
    period: &'a reporting_period::Model,
    level: PublicationLevel,
    area_kind: Option<&'static str>,
    day: NaiveDate,
}

impl Requested<'_> {
    fn by_name(&self) -> bool {
        self.level == PublicationLevel::ByName
    }

    async fn composed(&self, withheld_before: &[String]) -> Result<compliance::Composed, DbError> {
        let wanted = compliance::Wanted {
            withheld_before,
            period: &self.period.key,
            edition: &self.period.edition,
            day: self.day,
            rule: self.input.counting_rule.0,
            area_kind: self.area_kind,
            by_name: self.by_name(),
        };
        compliance::compose(self.change.session(), &wanted).await
    }

    /// The manifest; `state` is that of the edition.
    fn manifest(
        &self,
        composed: &compliance::Composed,
        state: Option<String>,
        is_provisional: bool,
    ) -> Manifest {
        let label = |text: &str| is_provisional.then(|| text.to_owned());
        Manifest {
            edition: Some(self.period.edition.clone()),
            edition_state: state,
            rule_set: Some(composed.rule_set()),
            basis: Some(Basis::Confirmed.code().to_owned()),
            counting_rule: Some(self.input.counting_rule.0.code().to_owned()),
            grouping: self.area_kind.map(str::to_owned),
            label_nl: label("volgens voorlopige criteria"),
            label_en: label("by provisional criteria"),
            corrections: self.input.corrections(),
            ..manifest(self.change, self.input, self.level, self.day)
        }
    }
}

/// The day that a picture tells of, or what is wrong with the one that is requested. Counts are of
/// the last day of the period.
fn reference_date(
    input: &PreparePublicationInput,
    period: &reporting_period::Model,
    by_name: bool,
    today: NaiveDate,
) -> Result<NaiveDate, Mistake<Code>> {
    let requested = input.reference_date.map(NaiveDate::from);
    if !by_name {
        return match requested {
            Some(day) if day != period.closes_on => {
                Err(repetition::wrong_day(&["referenceDate"], period.closes_on))
            }
            Some(_) | None => Ok(period.closes_on),
        };
    }
    let day = requested.unwrap_or(today.min(period.closes_on));
    if day < period.opens_on || day > today {
        return Err(wrong_day());
    }
    Ok(day)
}

/// What a picture holds, or why it is not prepared.
pub(super) async fn prepare(
    change: &Prepared,
    input: &PreparePublicationInput,
) -> Result<Content, Stopped<Code>> {
    let session = change.session();
    let today = session.today();
    let level = input.level.map_or(PublicationLevel::Area, |level| level.0);
    let by_name = level == PublicationLevel::ByName;
    let mut mistakes = Vec::new();
    let area_kind = area_kind(input, level).unwrap_or_else(|mistake| {
        mistakes.push(mistake);
        None
    });
    let response_until = response_until(input, level, today).unwrap_or_else(|mistake| {
        mistakes.push(mistake);
        None
    });
    let Some(period) = framework::repo::find_period_by_text(session, &input.about).await? else {
        mistakes.push(unknown(input));
        return Err(Stopped::Wrong(mistakes));
    };
    let day = reference_date(input, &period, by_name, today).unwrap_or_else(|mistake| {
        mistakes.push(mistake);
        today.min(period.closes_on)
    });
    let earlier = if by_name {
        None
    } else {
        let earlier = Earlier::of(session, &period.key, None).await?;
        mistakes.extend(earlier.mistakes(period.closes_on, today));
        stop_at(mistakes)?;
        mistakes = Vec::new();
        earlier.read(session).await?
    };
    let requested = Requested {
        change,
        input,
        period: &period,
        level,
        area_kind,
        day,
    };
    let withheld_before = earlier.as_ref().map(|read| read.withheld());
    let composed = requested
        .composed(&withheld_before.unwrap_or_default())
        .await?;
    let edition: Option<framework_edition::Model> =
        framework::repo::find_edition(session, &period.edition).await?;
    let state = edition.map(|edition| edition.state);
    let is_provisional = state.as_deref() != Some("ENDORSED") || composed.provisional;
    mistakes.extend(composed_mistakes(&composed, by_name && is_provisional));
    let reason = input.incomplete_because.as_deref();
    let incomplete = Incomplete::of(period.closes_on, today, composed.waiting);
    let incomplete = incomplete.filter(|_| by_name);
    mistakes.extend(incomplete::mistakes(reason, incomplete.as_ref()));
    let manifest = requested.manifest(&composed, state, is_provisional);
    mistakes.extend(match &earlier {
        Some(read) => read.mistakes(&manifest, &composed.lines),
        None => repetition::nothing_to_repeat(&manifest.corrections),
    });
    stop_at(mistakes)?;
    Ok(Content {
        level,
        reference_date: day,
        response_until,
        title: colophon::title_of_picture(&period.key, level),
        manifest,
        lines: composed.lines,
        verdicts: composed.verdicts,
    })
}
