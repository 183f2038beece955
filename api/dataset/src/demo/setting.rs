//! What a demo invents before its first period: an endorsed edition of its own, what municipalities
//! decided and declared of their policy, and which regions act and answer. Of a municipality of
//! which the data set knows an adoption nothing is invented, nor of the two that show what it means
//! that nothing is registered.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::{
    area, criterion, criterion_lineage, framework_edition, policy_adoption, policy_declaration,
    policy_document, regional_answer, regional_review, reporting_region, theme,
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::invent::{self, EXEMPLARY, Policy};
use database::DbError;
use ledger::{EntryDraft, Part, Writer, fact, fact_again};

/// The edition that the demo's own is made from.
pub(super) const PROPOSED: &str = "VOORSTEL-1";
/// The demo's own edition, which is endorsed in the demo and nowhere else.
pub(super) const ENDORSED: &str = "DEMO-1";
/// The policy that municipalities of the demo adopted.
const POLICY: &str = "demo-beleid";
/// Hilversum and Blaricum, of which nothing is registered.
const SILENT: [&str; 2] = ["GM0402", EXEMPLARY];
/// The criterion that a region answers.
const OF_REGIONS: &str = "SK-01";

/// An endorsed edition with the criteria of the proposed one.
pub(super) async fn endorse_edition(writer: &mut Writer) -> Result<(), DbError> {
    let doing = DbError::doing("inventing an edition");
    let before = framework_edition::Entity::find()
        .filter(framework_edition::Column::Code.eq(PROPOSED))
        .one(writer.session())
        .await
        .map_err(doing)?;
    let themes = theme::Entity::find()
        .filter(theme::Column::Edition.eq(PROPOSED))
        .all(writer.session())
        .await
        .map_err(DbError::doing("reading themes"))?;
    let criteria = criterion::Entity::find()
        .filter(criterion::Column::Edition.eq(PROPOSED))
        .all(writer.session())
        .await
        .map_err(DbError::doing("reading the criteria"))?;
    let operation = "frameworkEdition.endorsed";
    let mut open = |kind, key: String| writer.open_entry(EntryDraft::public(operation, kind, key));
    let head = open("FrameworkEdition", ENDORSED.to_owned());
    let lineage: Vec<_> = criteria
        .iter()
        .map(|row| {
            fact!(criterion_lineage, head.clone(), {
                withdrawn: false,
                edition: ENDORSED.to_owned(),
                criterion: Some(row.code.clone()),
                from_edition: PROPOSED.to_owned(),
                from_criterion: Some(row.code.clone()),
                change: "CARRIED".to_owned(),
            })
        })
        .collect();
    let editions: Vec<_> = before
        .iter()
        .map(|row| {
            let mut row = fact_again!(framework_edition, head.clone(), row, {
                subject_key: ENDORSED.to_owned(),
                code: ENDORSED.to_owned(),
                title_nl: "DEMO: verzonnen editie, vastgesteld".to_owned(),
                title_en: "DEMO: invented edition, endorsed".to_owned(),
                state: "ENDORSED".to_owned(),
                norm_endorsed: true,
            });
            row.corrects = Set(None);
            row
        })
        .collect();
    let themes: Vec<_> = themes
        .iter()
        .map(|row| {
            let key = format!("{ENDORSED}/{}", row.code);
            let mut row = fact_again!(theme, open("Theme", key.clone()), row, {
                subject_key: key,
                edition: ENDORSED.to_owned(),
            });
            row.corrects = Set(None);
            row
        })
        .collect();
    let criteria: Vec<_> = criteria
        .iter()
        .map(|row| {
            let key = format!("{ENDORSED}/{}", row.code);
            let mut row = fact_again!(criterion, open("Criterion", key.clone()), row, {
                subject_key: key,
                edition: ENDORSED.to_owned(),
            });
            row.corrects = Set(None);
            row
        })
        .collect();
    writer.append("inventing an edition", editions).await?;
    writer.append("inventing themes", themes).await?;
    writer.append("inventing criteria", criteria).await?;
    writer.append("inventing an edition", lineage).await
}

/// What municipalities decided and declared of their policy by a day.
pub(super) async fn decide_policies(
    writer: &mut Writer,
    seed: u64,
    municipalities: &[String],
    today: NaiveDate,
) -> Result<(), DbError> {
    let known = policy_adoption::Entity::find()
        .all(writer.session())
        .await
        .map_err(DbError::doing("reading adoptions"))?;
    let known: BTreeSet<String> = known
        .into_iter()
        .filter_map(|row| row.municipality)
        .collect();
    let head = writer.open_entry(EntryDraft::public(
        "policy.recorded",
        "PolicyDocument",
        POLICY.to_owned(),
    ));
    let document = fact!(policy_document, head, {
        withdrawn: false,
        key: POLICY.to_owned(),
        title_nl: "DEMO: verzonnen beleid tegen mensenhandel".to_owned(),
        level: "JOINT".to_owned(),
        area_name: None,
        ends_on: None,
        ends_on_text: None,
        reference: None,
        municipality: None,
        area: None,
        revised_on: None,
    });
    let (mut adoptions, mut declarations) = (Vec::new(), Vec::new());
    for code in municipalities {
        if known.contains(code) || SILENT.contains(&code.as_str()) {
            continue;
        }
        let Policy {
            adopted_on,
            declared,
        } = invent::policy(seed, code, today);
        if let Some(on) = adopted_on {
            let subject = format!("{POLICY}/{code}");
            let draft = EntryDraft::public("adoption.recorded", "PolicyAdoption", subject);
            adoptions.push(fact!(policy_adoption, writer.open_entry(draft), {
                withdrawn: false,
                policy: POLICY.to_owned(),
                municipality: Some(code.clone()),
                body: Some("MUNICIPAL_EXECUTIVE".to_owned()),
                adopted_on: Some(on),
                in_force_on: Some(on),
                published_on_text: None,
                reference: None,
            }));
        }
        if let Some(state) = declared {
            let draft =
                EntryDraft::public("policyState.declared", "PolicyDeclaration", code.clone());
            declarations.push(fact!(policy_declaration, writer.open_entry(draft), {
                withdrawn: false,
                valid_from: Some(today),
                municipality: code.clone(),
                state: state.to_owned(),
            }));
        }
    }
    writer.append("inventing a policy", vec![document]).await?;
    writer.append("inventing adoptions", adoptions).await?;
    writer.append("inventing declarations", declarations).await
}

/// The regions that act, what they answer from a day on, and what VNG confirmed of that.
pub(super) async fn answer_for_regions(
    writer: &mut Writer,
    seed: u64,
    today: NaiveDate,
) -> Result<(), DbError> {
    let areas = area::Entity::find()
        .filter(area::Column::Kind.eq("SAFETY_REGION"))
        .all(writer.session())
        .await
        .map_err(DbError::doing("reading the regions"))?;
    let now = writer.recorded_at();
    let (mut registrations, mut answers, mut reviews) = (Vec::new(), Vec::new(), Vec::new());
    for area in areas {
        let Some(answer) = invent::regional_answer(seed, &area.code) else {
            continue;
        };
        let draft = EntryDraft::public("reportingRegion.registered", "Area", area.code.clone());
        registrations.push(fact!(reporting_region, writer.open_entry(draft), {
            withdrawn: false,
            valid_from: Some(today),
            area: area.code.clone(),
        }));
        for edition in [PROPOSED, ENDORSED] {
            let subject = format!("{}/{edition}/{OF_REGIONS}", area.code);
            let mut open = |operation| {
                writer.open_entry(EntryDraft {
                    part: Part::Compliance,
                    own: Some((area.code.clone(), "REGIONAL".to_owned())),
                    ..EntryDraft::public(operation, "RegionalAnswer", subject.clone())
                })
            };
            answers.push(fact!(regional_answer, open("regionalAnswer.submitted"), {
                withdrawn: false,
                valid_from: Some(today),
                area: area.code.clone(),
                edition: edition.to_owned(),
                criterion: OF_REGIONS.to_owned(),
                version: 1,
                answer: answer.to_owned(),
                explanation_text: None,
                submitted_at: now,
            }));
            reviews.push(fact!(regional_review, open("regionalAnswer.confirmed"), {
                withdrawn: false,
                area: area.code.clone(),
                edition: edition.to_owned(),
                criterion: OF_REGIONS.to_owned(),
                version: 1,
                outcome: "CONFIRMED".to_owned(),
                remark_text: None,
                decided_at: now,
            }));
        }
    }
    writer.append("inventing regions", registrations).await?;
    writer.append("inventing regional answers", answers).await?;
    writer.append("inventing reviews", reviews).await
}
