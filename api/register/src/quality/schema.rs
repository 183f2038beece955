//! `dataQuality`: the validation report, decisions on the data, known gaps.

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use entity::{data_decision, known_gap};
use graphql::{
    coded::Coded,
    codes::{code_of, of_row, parsed},
    context::asking,
    error::Failure,
    known::known,
    page::{Connection, PageAsked, page_cost},
    text::LocalizedText,
};
use tokio::sync::OnceCell;

use super::adoption::{UnassignedAdoption, unassigned};
use crate::sources::schema::Source;
use database::natural;
use dataset::{self, Outcome, ValidationReport};
use domain::text::{Language, pick};

/// What is compared. NL: controle.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DataCheckKind {
    /// The figures of the dashboard that an overview prints, beside those computed from the reports. NL: dashboard.
    Dashboard,
    /// The number of municipalities as Statistics Netherlands published it, beside those that exist on that day. NL:
    /// aantal gemeenten.
    Municipalities,
    /// The title of an action in the letter, beside the title of that number in the overview. NL: titel van een actie.
    ActionTitle,
    /// The reported status, beside the one that the explanation tells of. NL: status en toelichting.
    StatusText,
    /// The reported status, beside the period that the overview prints with it. NL: status en looptijd.
    StatusPeriod,
    /// A printed amount or total, beside the sum of the rows below it, in euros. NL: begroting.
    Budget,
    /// The year columns of the first plan, beside the years in its sentences. NL: jaarkolom.
    YearColumn,
    /// The years in which the budget has money for an action, beside those in which it runs. NL: begrotingsjaar.
    BudgetYear,
    /// The lines of a printed list of participants, beside the organisations among them. NL: deelnemers.
    Participants,
    /// A difference that was explained, and is not there. NL: bekend verschil.
    KnownDifference,
    /// A comparison that this version of the service has no name for. NL: overig.
    Other,
}

impl DataCheckKind {
    /// The comparison that the report calls so.
    fn of(name: &str) -> Self {
        parsed(&name.to_uppercase()).unwrap_or(Self::Other)
    }

    fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Dashboard => ("Dashboard", "Dashboard"),
            Self::Municipalities => ("Aantal gemeenten", "Number of municipalities"),
            Self::ActionTitle => ("Titel van een actie", "Title of an action"),
            Self::StatusText => ("Status en toelichting", "Status and explanation"),
            Self::StatusPeriod => ("Status en looptijd", "Status and period"),
            Self::Budget => ("Begroting", "Budget"),
            Self::YearColumn => ("Jaarkolom", "Year column"),
            Self::BudgetYear => ("Begrotingsjaar", "Budget year"),
            Self::Participants => ("Deelnemers", "Participants"),
            Self::KnownDifference => ("Bekend verschil", "Known difference"),
            Self::Other => ("Overig", "Other"),
        }
    }
}

/// How a comparison came out. NL: uitkomst van een controle.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CheckOutcome {
    /// As published. NL: gelijk.
    Equal,
    /// A difference that we know, with its reason. NL: bekend verschil.
    Known,
    /// A difference that nobody has explained. NL: onverwacht verschil.
    Unexpected,
}

/// One comparison of what a document prints with what the data give. NL: controle.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct DataCheck {
    /// What is compared. NL: controle.
    check: DataCheckKind,
    /// Of what, as in `2025-1/TOTAL/COMPLETED` or `2024/7`. NL: onderwerp.
    subject: String,
    /// What a document prints, verbatim. NL: gepubliceerd.
    published: String,
    /// What the data give. NL: berekend.
    computed: String,
    /// How it came out. NL: uitkomst.
    outcome: CheckOutcome,
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
            check: DataCheckKind::of(check.check),
            subject: check.subject.clone(),
            published: check.published.clone(),
            computed: check.computed.clone(),
            outcome,
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

/// What was decided on when a source was read. NL: soort gegevensbeslissing.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DataDecisionKind {
    /// The unit of a figure. NL: eenheid.
    Unit,
    /// A repair of damaged text. NL: herstelde tekst.
    Repair,
    /// The order of mixed text. NL: volgorde.
    Order,
    /// Which of two sources that contradict each other stands where. NL: conflict tussen bronnen.
    Conflict,
    /// That something stays open, because nothing in the sources decides it. NL: onbeslist.
    Unresolved,
}

/// A decision that was taken when a source was read. NL: gegevensbeslissing.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct DataDecision {
    /// The key. NL: sleutel.
    key: String,
    /// What was decided on. NL: soort.
    kind: DataDecisionKind,
    /// Of what, as in `2024/8`. NL: onderwerp.
    subject: String,
    /// What the source prints, verbatim in Dutch. NL: zoals gedrukt.
    printed: String,
    /// What was stored. NL: overgenomen als.
    taken_as: String,
    /// Why. NL: reden.
    reason: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl DataDecision {
    pub fn of(row: &data_decision::Model) -> Result<Self> {
        Ok(Self {
            key: row.key.clone(),
            kind: of_row(&row.kind)?,
            subject: row.subject.clone(),
            printed: row.printed.clone(),
            taken_as: row.taken_as.clone(),
            reason: LocalizedText::new(&row.reason_nl, &row.reason_en),
            source: crate::source_of!(row),
        })
    }
}

/// Something that the data set does not know. NL: bekende leemte.
#[derive(SimpleObject, Debug, Clone)]
pub struct Gap {
    /// A short key. NL: sleutel.
    key: String,
    /// What is not known. NL: omschrijving.
    text: LocalizedText,
}

/// The gaps that are known, by key.
pub async fn gaps(ctx: &Context<'_>) -> Result<Vec<Gap>> {
    let rows = known::<known_gap::Entity>(ctx).await?;
    Ok(rows
        .iter()
        .map(|gap| Gap {
            key: gap.key.clone(),
            text: LocalizedText::new(&gap.text_nl, &gap.text_en),
        })
        .collect())
}

/// Which comparisons to list; all conditions hold together. NL: filter op controles.
#[derive(InputObject, Debug, Clone, Copy, Default)]
pub(crate) struct CheckFilter {
    /// Only those that came out so. NL: uitkomst.
    outcome: Option<CheckOutcome>,
    /// Only comparisons of this kind. NL: controle.
    check: Option<DataCheckKind>,
}

/// How good the data are, as known at one ledger number. NL: gegevenskwaliteit.
#[derive(Debug)]
pub(crate) struct DataQuality {
    as_of: NaiveDate,
    ledger: i64,
    report: OnceCell<ValidationReport>,
}

impl DataQuality {
    /// The validation report, made once however many fields ask for it.
    async fn report(&self, ctx: &Context<'_>) -> Result<&ValidationReport> {
        let session = asking(ctx)?.session().await.map_err(Failure::from)?;
        let made = self
            .report
            .get_or_try_init(|| dataset::stored_report(session))
            .await;
        Ok(made.map_err(Failure::from)?)
    }
}

/// How good the data are, as known at one ledger number. NL: gegevenskwaliteit.
#[Object]
impl DataQuality {
    /// The day on which this was asked, in Europe/Amsterdam. NL: peildatum.
    async fn as_of(&self) -> NaiveDate {
        self.as_of
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
        for check in &self.report(ctx).await?.checks {
            match check.outcome {
                Outcome::Equal => counts.equal += 1,
                Outcome::Known { .. } => counts.known += 1,
                Outcome::Unexpected => counts.unexpected += 1,
            }
        }
        Ok(counts)
    }

    /// Every comparison of what a document prints with what the data give, by kind and subject. `BAD_REQUEST` for a
    /// wrong page. NL: controles.
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
    ) -> Result<Connection<DataCheck>> {
        let asked = PageAsked::parse(first, after)?;
        let mut items: Vec<(String, DataCheck)> = self
            .report(ctx)
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
        Ok(Connection::of_whole(items, &asked)?)
    }

    /// What was decided when the sources were read, by key. `BAD_REQUEST` for a wrong page. NL: gegevensbeslissingen.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn decisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only decisions of this kind; by default all. NL: soort.")] kind: Option<
            DataDecisionKind,
        >,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Connection<DataDecision>> {
        let asked = PageAsked::parse(first, after)?;
        let rows = known::<data_decision::Entity>(ctx).await?;
        let items = rows
            .iter()
            .filter(|row| kind.is_none_or(|kind| code_of(kind) == row.kind))
            .map(|row| Ok((row.key.clone(), DataDecision::of(row)?)))
            .collect::<Result<_>>()?;
        Ok(Connection::of_whole(items, &asked)?)
    }

    /// What the data do not know: nothing unknown is shown as 0 or as "no". NL: bekende leemten.
    #[graphql(complexity = "1 + 30 * child_complexity")]
    async fn gaps(&self, ctx: &Context<'_>) -> Result<Vec<Gap>> {
        gaps(ctx).await
    }

    /// Adoptions of a policy whose municipality the source does not name: they count for nobody. NL: vaststellingen
    /// zonder gemeente.
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
    /// How good the data are: published figures beside computed ones, decisions on the data, what is not known. NL:
    /// gegevenskwaliteit.
    async fn data_quality(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "knownAt",
            desc = "Read what was known at this instant; for the whole operation. NL: bekend op."
        )]
        _known_at: Option<DateTime<Utc>>,
        #[graphql(
            name = "atLedger",
            desc = "Read what was known at this ledger number; for the whole operation. NL: stand van het grootboek."
        )]
        _at_ledger: Option<i64>,
    ) -> Result<DataQuality> {
        let session = asking(ctx)?.session().await.map_err(Failure::from)?;
        Ok(DataQuality {
            as_of: session.today(),
            ledger: session.moment().ledger,
            report: OnceCell::new(),
        })
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
                DataCheckKind::of(check.check),
                DataCheckKind::Other,
                "{}",
                check.check
            );
        }
    }
}
