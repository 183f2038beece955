//! `dataQuality`: the validation report, decisions on the data, known gaps.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;
use domain::{
    quality::codes::{CheckOutcome, ContradictionKind, DataCheckKind, DataDecisionKind},
    text::{Language, pick},
};
use entity::{data_decision, known_gap};
use graphql::{
    coded::{self, Coded},
    context::{publisher, request},
    cost::STATEMENT,
    date::Date,
    error::Failure,
    id::{self, NodeKind},
    known::known,
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
    text::LocalizedText,
};

use super::adoption::{UnassignedAdoption, unassigned};
use crate::sources::schema::{Source, in_both};
use database::natural;
use dataset::{self, Outcome, ValidationReport};

/// One comparison of what a document prints with what the data give. NL: controle.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct DataCheck {
    /// What is compared. NL: controle.
    check: Coded<DataCheckKind>,
    /// Of what, as in `2025-1/TOTAL/COMPLETED` or `2024/7`. NL: onderwerp.
    subject: String,
    /// What a document prints, verbatim. NL: gepubliceerd.
    published: String,
    /// What the data give. NL: berekend.
    computed: String,
    /// How it came out. NL: uitkomst.
    outcome: Coded<CheckOutcome>,
    /// Why they differ; null where they are equal or nobody knows. NL: reden.
    reason: Option<LocalizedText>,
}

#[async_graphql::ComplexObject]
impl DataCheck {
    /// What is compared, in words. NL: label.
    async fn label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.check.label())
    }
}

impl From<&dataset::Check> for DataCheck {
    fn from(check: &dataset::Check) -> Self {
        let (outcome, reason) = match &check.outcome {
            Outcome::Equal => (CheckOutcome::Equal, None),
            Outcome::Known {
                reason_nl,
                reason_en,
            } => (
                CheckOutcome::Known,
                Some(LocalizedText::new(reason_nl, reason_en)),
            ),
            Outcome::Unexpected => (CheckOutcome::Unexpected, None),
        };
        Self {
            check: DataCheckKind::of_check(check.check).into(),
            subject: check.subject.clone(),
            published: check.published.clone(),
            computed: check.computed.clone(),
            outcome: outcome.into(),
            reason,
        }
    }
}

/// How many comparisons came out how. NL: telling van controles.
#[derive(SimpleObject, Debug, Clone, Copy)]
pub(crate) struct CheckCounts {
    /// As published. NL: gelijk.
    equal: i32,
    /// Differences that we know, with their reason. NL: bekende verschillen.
    known: i32,
    /// Differences that nobody has explained. NL: onverwachte verschillen.
    unexpected: i32,
}

/// Two statements of the service that cannot both be true. NL: tegenspraak.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct Contradiction {
    /// Which two are held against each other. NL: soort.
    kind: Coded<ContradictionKind>,
    /// Of what, as in `2024/SUMMARY/c/2024`. NL: onderwerp.
    subject: String,
    /// What is said in the one way and in the other. NL: omschrijving.
    text: LocalizedText,
}

#[async_graphql::ComplexObject]
impl Contradiction {
    /// Which two are held against each other, in words. NL: label.
    async fn label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.kind.label())
    }
}

impl From<domain::quality::contradictions::Contradiction> for Contradiction {
    fn from(found: domain::quality::contradictions::Contradiction) -> Self {
        Self {
            kind: found.kind.into(),
            subject: found.subject,
            text: LocalizedText::new(found.text.nl, found.text.en),
        }
    }
}

/// A decision that was taken when a source was read. NL: gegevensbeslissing.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct DataDecision {
    /// The key. NL: sleutel.
    key: String,
    /// What was decided on. NL: soort.
    kind: Coded<DataDecisionKind>,
    /// Of what, as in `2024/8`. NL: onderwerp.
    subject: String,
    /// What the source prints, verbatim in Dutch. NL: zoals gedrukt.
    printed: String,
    /// What was stored; words of the source stand as printed in both languages. NL: overgenomen
    /// als.
    taken_as: LocalizedText,
    /// Why. NL: reden.
    reason: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl DataDecision {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::DataDecision, &self.key).await
    }
}

impl DataDecision {
    pub(crate) fn of(row: &data_decision::Model) -> Result<Self> {
        Ok(Self {
            key: row.key.clone(),
            kind: Coded(coded::of_row(&row.kind)?),
            subject: row.subject.clone(),
            printed: row.printed.clone(),
            taken_as: in_both(&row.taken_as),
            reason: LocalizedText::new(&row.reason_nl, &row.reason_en),
            source: crate::source_of!(row),
        })
    }
}

/// Something that the data set does not know. NL: bekende leemte.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct Gap {
    /// A short key. NL: sleutel.
    key: String,
    /// What is not known. NL: omschrijving.
    text: LocalizedText,
}

#[ComplexObject]
impl Gap {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::Gap, &self.key).await
    }
}

impl From<&known_gap::Model> for Gap {
    fn from(row: &known_gap::Model) -> Self {
        Self {
            key: row.key.clone(),
            text: LocalizedText::new(&row.text_nl, &row.text_en),
        }
    }
}

/// The gaps that are known, by key.
pub async fn gaps(ctx: &Context<'_>) -> Result<Vec<Gap>> {
    let rows = known::<known_gap::Entity>(ctx).await?;
    Ok(rows.iter().map(Gap::from).collect())
}

/// Which comparisons to list; all conditions hold together. NL: filter op controles.
#[derive(InputObject, Debug, Clone, Copy, Default)]
pub(crate) struct CheckFilter {
    /// Only those that came out so. NL: uitkomst.
    outcome: Option<Coded<CheckOutcome>>,
    /// Only comparisons of this kind. NL: controle.
    check: Option<Coded<DataCheckKind>>,
}

/// How good the data are, as known at one ledger number. NL: gegevenskwaliteit.
#[derive(Debug)]
pub(crate) struct DataQuality {
    day: NaiveDate,
    ledger: i64,
}

/// The validation report, made once however many fields ask for it.
async fn report<'a>(ctx: &'a Context<'_>) -> Result<&'a ValidationReport> {
    let request = request(ctx)?;
    let session = request.session().await.map_err(Failure::from)?;
    let made = request.once("", dataset::stored_report(session)).await;
    Ok(made.map_err(Failure::from)?)
}

/// How good the data are, as known at one ledger number. NL: gegevenskwaliteit.
#[Object]
impl DataQuality {
    /// The day on which this was asked, in Europe/Amsterdam. NL: peildatum.
    async fn day(&self) -> Date {
        Date(self.day)
    }

    /// The ledger number up to which facts are compared. NL: stand van het grootboek.
    async fn ledger(&self) -> i64 {
        self.ledger
    }

    /// How many comparisons came out how. NL: telling van controles.
    async fn counts(&self, ctx: &Context<'_>) -> Result<CheckCounts> {
        let mut counts = CheckCounts {
            equal: 0,
            known: 0,
            unexpected: 0,
        };
        for check in &report(ctx).await?.checks {
            match check.outcome {
                Outcome::Equal => counts.equal += 1,
                Outcome::Known { .. } => counts.known += 1,
                Outcome::Unexpected => counts.unexpected += 1,
            }
        }
        Ok(counts)
    }

    /// Every comparison of what a document prints with what the data give, by kind and subject.
    /// `BAD_REQUEST` for a wrong page. NL: controles.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn checks(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Which comparisons to list; by default all. NL: filter.",
            default
        )]
        filter: CheckFilter,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<DataCheck>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let mut items: Vec<(String, DataCheck)> = report(ctx)
            .await?
            .checks
            .iter()
            .map(|check| {
                let key = format!("{} {}", check.check, check.subject);
                (key, DataCheck::from(check))
            })
            .filter(|(_, check)| {
                filter
                    .outcome
                    .is_none_or(|outcome| outcome == check.outcome)
                    && filter.check.is_none_or(|kind| kind == check.check)
            })
            .collect();
        items.sort_by(|(_, a), (_, b)| {
            a.check
                .cmp(&b.check)
                .then_with(|| natural(&a.subject, &b.subject))
        });
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// What was decided when the sources were read, by key. `BAD_REQUEST` for a wrong page. NL:
    /// gegevensbeslissingen.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn decisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only decisions of this kind; by default all. NL: soort.")] kind: Option<
            Coded<DataDecisionKind>,
        >,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<DataDecision>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let rows = known::<data_decision::Entity>(ctx).await?;
        let items = rows
            .iter()
            .filter(|row| kind.is_none_or(|kind| kind.code() == row.kind))
            .map(|row| Ok((row.key.clone(), DataDecision::of(row)?)))
            .collect::<Result<_>>()?;
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// Where the service says two things that cannot both be true, in the order of the kinds; empty
    /// when it says none, as it should. Of verdicts only those that you may see are looked at. NL:
    /// tegenspraken.
    #[graphql(complexity = "170 * STATEMENT + 10 * child_complexity")]
    async fn contradictions(&self, ctx: &Context<'_>) -> Result<Vec<Contradiction>> {
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let gathered = dataset::contradictions(session, self.day);
        let found = request.once(&self.day.to_string(), gathered).await;
        let found = found.map_err(Failure::from)?.iter().cloned();
        Ok(found.map(Contradiction::from).collect())
    }

    /// What the data do not know: nothing unknown is shown as 0 or as "no". NL: bekende leemten.
    #[graphql(complexity = "1 + 30 * child_complexity")]
    async fn gaps(&self, ctx: &Context<'_>) -> Result<Vec<Gap>> {
        gaps(ctx).await
    }

    /// What publications do not name of their publisher, because the operator did not set it; by
    /// the name of the setting. NL: ontbrekende gegevens van de uitgever.
    #[graphql(complexity = "1 + 6 * child_complexity")]
    async fn publisher_gaps(&self, ctx: &Context<'_>) -> Result<Vec<Gap>> {
        let missing = publisher(ctx)?.missing().into_iter();
        Ok(missing
            .map(|missing| Gap {
                key: format!("publisher.{}", missing.setting),
                text: missing.text.into(),
            })
            .collect())
    }

    /// Adoptions of a policy whose municipality the source does not name: they count for nobody.
    /// NL: vaststellingen zonder gemeente.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn adoptions_without_municipality(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<UnassignedAdoption>> {
        unassigned(ctx).await
    }
}

/// Queries of the quality of the data.
#[derive(Default)]
pub struct QualityQuery;

#[Object]
impl QualityQuery {
    /// How good the data are: published figures beside computed ones, decisions on the data, what
    /// is not known. NL: gegevenskwaliteit.
    async fn data_quality(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<DataQuality>> {
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        Ok(Some(DataQuality {
            day: session.today(),
            ledger: session.moment().ledger,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_comparison_has_a_name() {
        let set = dataset::DataSet::built_in().unwrap();
        for check in dataset::ValidationReport::of(&set).checks {
            assert_ne!(
                DataCheckKind::of_check(check.check),
                DataCheckKind::Other,
                "{}",
                check.check
            );
        }
    }
}
