//! A publication becomes public: what it says of municipalities is copied, in the same transaction,
//! to the tables that everybody reads.

use std::collections::BTreeMap;

use entity::{published_criterion_count, published_verdict, published_verdict_count};
use sea_orm::{DbErr, prelude::Uuid};

use super::{
    compliance,
    files::{File, Manifest},
    repo::{self, Published, Row},
};
use database::DbError;
use domain::{
    policy::{self, MayPublish},
    publication::lines::{Line, Part},
};
use ledger::{Head, Writer, fact};

/// What municipalities said, by code.
type Responses = BTreeMap<String, (Uuid, Option<String>)>;

/// What stands in the place of a response that was blanked by law.
const REMOVED: &str = "[op grond van de wet verwijderd / removed by law]";

/// Releases a publication whose embargo is over. One that was withdrawn meanwhile stays so.
pub(crate) async fn run_release(writer: &mut Writer, key: &str) -> Result<(), DbError> {
    let mandate = writer.session().mandate();
    let permit = policy::may_publish(mandate).map_err(|denied| {
        DbError::doing("releasing a publication")(DbErr::Custom(denied.to_string()))
    })?;
    let scope = policy::publications(mandate);
    let row = repo::find(writer.session(), &scope, key).await?;
    match row.filter(|row| row.state == "EMBARGOED") {
        Some(row) => release(writer, &permit, &row, &[]).await,
        None => Ok(()),
    }
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
    repo::append_release(writer, permit, row, files, |head| {
        published(head, row, &manifest, (&lines, &responses))
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
    (lines, responses): (&[Line], &Responses),
) -> Published {
    let mut published = Published {
        counts: Vec::new(),
        criteria: Vec::new(),
        verdicts: Vec::new(),
    };
    for line in lines.iter().filter(|line| line.withheld.is_none()) {
        let number = |column: &str| {
            let number = line.number_in(column).unwrap_or_default();
            i32::try_from(number).unwrap_or_default()
        };
        let area_kind = match line.part {
            Part::Total if manifest.edition.is_some() => "COUNTRY",
            Part::Group => manifest.grouping.as_deref().unwrap_or_default(),
            Part::Criterion => {
                published
                    .criteria
                    .push(fact!(published_criterion_count, head.clone(), {
                        publication: row.key.clone(),
                        period: row.about.clone(),
                        criterion: line.key.clone(),
                        reference_date: row.reference_date,
                        met: number("met"),
                        partly_met: number("partly_met"),
                        not_met: number("not_met"),
                        not_applicable: number("not_applicable"),
                        unknown: number("unknown"),
                    }));
                continue;
            }
            Part::Municipality => {
                if let Some(status) = compliance::verdict_of(line) {
                    let since = line.value("since").and_then(|day| day.text().parse().ok());
                    published
                        .verdicts
                        .push(fact!(published_verdict, head.clone(), {
                            publication: row.key.clone(),
                            period: row.about.clone(),
                            municipality: line.key.clone(),
                            municipality_name: line.name.clone(),
                            reference_date: row.reference_date,
                            status: status.code().to_owned(),
                            verdict_from: since,
                            response_text: responses.get(&line.key).map(|(text, _)| *text),
                        }));
                }
                continue;
            }
            Part::Total | Part::ActionLine | Part::Action | Part::BudgetCell => continue,
        };
        published
            .counts
            .push(fact!(published_verdict_count, head.clone(), {
                publication: row.key.clone(),
                period: row.about.clone(),
                counting_rule: manifest.counting_rule.clone().unwrap_or_default(),
                area_kind: area_kind.to_owned(),
                area: line.key.clone(),
                area_name: line.name.clone(),
                reference_date: row.reference_date,
                provisional: manifest.label_nl.is_some(),
                members: number("members"),
                not_assessed: number("not_assessed"),
                not_compliant: number("not_compliant"),
                partly_compliant: number("partly_compliant"),
                compliant: number("compliant"),
                on_time: number("on_time"),
                late: number("late"),
                missing: number("missing"),
                exempt: number("exempt"),
            }));
    }
    published
}
