//! A publication becomes public: what it says of municipalities is copied, in the same transaction,
//! to the tables that everybody reads.

use std::collections::BTreeMap;

use entity::{published_criterion_count, published_verdict, published_verdict_count};
use sea_orm::{DbErr, prelude::Uuid};

use super::{
    append::{self, Published},
    compliance,
    files::{File, Manifest, REMOVED},
    monitoring,
    repo::{self, Row},
};
use database::DbError;
use domain::{
    policy::{self, MayPublish},
    publication::{
        codes::PublicationKind,
        lines::{Line, Part, Value},
    },
    verdict::rules::VerdictStatus,
};
use ledger::{Head, Writer, fact};

/// What municipalities said, by code.
type Responses = BTreeMap<String, (Uuid, Option<String>)>;

/// Releases a publication whose embargo is over. One that was withdrawn meanwhile stays so.
pub(crate) async fn run_release(writer: &mut Writer, key: &str) -> Result<(), DbError> {
    let mandate = writer.session().mandate();
    let permit = policy::may_publish(mandate).map_err(|denied| {
        DbError::doing("releasing a publication")(DbErr::Custom(denied.to_string()))
    })?;
    let scope = policy::publications(mandate);
    let row = repo::find(writer.session(), &scope, key).await?;
    let Some(row) = row.filter(|row| row.state == "EMBARGOED") else {
        return Ok(());
    };
    // Nothing of a round is known before the round is.
    if row.kind == PublicationKind::MonitoringOverview.code() {
        let round = monitoring::find_round(writer.session(), &row.about).await?;
        if round.is_none_or(|round| round.decided.is_some()) {
            return Err(DbError::doing("releasing an overview")(DbErr::Custom(
                format!("the round {} is not closed yet", row.about),
            )));
        }
    }
    release(writer, &permit, &row, &[]).await
}

/// Releases a publication, with its files when they were not written before.
pub(super) async fn release(
    writer: &mut Writer,
    permit: &MayPublish,
    row: &Row,
    files: &[File],
) -> Result<(), DbError> {
    let session = writer.session();
    let lines = repo::lines(session, &row.key).await?.unwrap_or_default();
    let responses = repo::responses(session, &row.key).await?;
    let manifest = repo::manifest(row)?;
    append::append_release(writer, permit, row, files, |head| {
        published(head, row, &manifest, &lines, &responses)
    })
    .await
}

/// The lines with what municipalities said beside their verdicts.
pub(super) fn with_responses(lines: Vec<Line>, responses: &Responses) -> Vec<Line> {
    let with_response = |line: Line| match responses.get(&line.key) {
        Some((_, body)) if line.part == Part::Municipality => {
            line.text("response", Some(body.as_deref().unwrap_or(REMOVED)))
        }
        Some(_) | None => line,
    };
    lines.into_iter().map(with_response).collect()
}

/// The rows that say the same as the lines; what is withheld has none.
fn published(
    head: &Head,
    row: &Row,
    manifest: &Manifest,
    lines: &[Line],
    responses: &Responses,
) -> Published {
    let mut published = Published {
        counts: Vec::new(),
        criteria: Vec::new(),
        verdicts: Vec::new(),
    };
    for line in lines.iter().filter(|line| line.withheld.is_none()) {
        let shown = PublishedLine { head, row, line };
        match line.part {
            Part::Total if manifest.edition.is_some() => {
                published
                    .counts
                    .push(shown.verdict_count(manifest, "COUNTRY"));
            }
            Part::Group => {
                let area_kind = manifest.grouping.as_deref().unwrap_or_default();
                published
                    .counts
                    .push(shown.verdict_count(manifest, area_kind));
            }
            Part::Criterion => published.criteria.push(shown.criterion_count()),
            Part::Municipality => {
                if let Some(status) = compliance::verdict_of(line) {
                    let response = responses.get(&line.key).map(|(text, _)| *text);
                    published.verdicts.push(shown.verdict(status, response));
                }
            }
            Part::Total
            | Part::ActionLine
            | Part::Goal
            | Part::Effect
            | Part::Action
            | Part::BudgetCell => {}
        }
    }
    published
}

/// A line that is not withheld, to be told as a row of its own.
struct PublishedLine<'a> {
    head: &'a Head,
    row: &'a Row,
    line: &'a Line,
}

impl PublishedLine<'_> {
    fn number(&self, column: &str) -> i32 {
        let number = self.line.number_in(column).unwrap_or_default();
        i32::try_from(number).unwrap_or_default()
    }

    fn criterion_count(&self) -> published_criterion_count::ActiveModel {
        let Self { head, row, line } = *self;
        fact!(published_criterion_count, head.clone(), {
            publication: row.key.clone(),
            period: row.about.clone(),
            criterion: line.key.clone(),
            reference_date: row.reference_date,
            met: self.number("met"),
            partly_met: self.number("partly_met"),
            not_met: self.number("not_met"),
            not_applicable: self.number("not_applicable"),
            unknown: self.number("unknown"),
        })
    }

    fn verdict(
        &self,
        status: VerdictStatus,
        response: Option<Uuid>,
    ) -> published_verdict::ActiveModel {
        let Self { head, row, line } = *self;
        let text = |column: &str| line.value(column).map(Value::text);
        let day = |column: &str| text(column).and_then(|day| day.parse().ok());
        fact!(published_verdict, head.clone(), {
            publication: row.key.clone(),
            period: row.about.clone(),
            municipality: line.key.clone(),
            municipality_name: line.name.clone(),
            reference_date: row.reference_date,
            status: status.code().to_owned(),
            verdict_from: day("since"),
            response_text: response,
            submission: text("submission"),
            submission_nl: text("submission_label_nl"),
            submission_en: text("submission_label_en"),
            waiting_since: day("waiting_since"),
            judged_from: day("judged_from"),
        })
    }

    fn verdict_count(
        &self,
        manifest: &Manifest,
        area_kind: &str,
    ) -> published_verdict_count::ActiveModel {
        let Self { head, row, line } = *self;
        fact!(published_verdict_count, head.clone(), {
            publication: row.key.clone(),
            period: row.about.clone(),
            counting_rule: manifest.counting_rule.clone().unwrap_or_default(),
            area_kind: area_kind.to_owned(),
            area: line.key.clone(),
            area_name: line.name.clone(),
            reference_date: row.reference_date,
            provisional: manifest.label_nl.is_some(),
            members: self.number("members"),
            not_assessed: self.number("not_assessed"),
            not_compliant: self.number("not_compliant"),
            partly_compliant: self.number("partly_compliant"),
            compliant: self.number("compliant"),
            on_time: self.number("on_time"),
            late: self.number("late"),
            missing: self.number("missing"),
            exempt: self.number("exempt"),
        })
    }
}
