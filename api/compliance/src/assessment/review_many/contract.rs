//! What clients give and get of lists of reviews, and what is kept of a list under its key.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    assessment::{
        errors::{AssessmentError, AssessmentErrorCode},
        left_out::LeftOut,
    },
    framework::schema::{ReportingPeriod, find_period},
};
use domain::mistake::Mistake;
use graphql::{
    change::Outcome,
    payload::{IdempotencyKey, MOST_ITEMS, errors},
};
use register::territory::schema::{Municipality, find_municipality};

type Code = AssessmentErrorCode;

/// An assessment to take in hand, within a list. NL: in behandeling te nemen beoordeling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ClaimReviewsItemInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    pub(super) municipality: String,
}

/// Assessments of one period to take in hand. NL: in behandeling te nemen beoordelingen.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ClaimReviewsInput {
    /// The key of the period. NL: periode.
    pub(super) period: String,
    /// The assessments, 1 to 400. NL: beoordelingen.
    pub(super) items: Vec<ClaimReviewsItemInput>,
    /// Leave out what cannot be claimed and claim the rest; otherwise it is all or nothing. NL:
    /// overslaan wat niet kan.
    #[graphql(default = false)]
    pub(super) skip_unfit: bool,
    /// Repeat the call under the same key and nothing changes twice; claims are prolonged under
    /// another one. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

/// A version to confirm, within a list. NL: te bevestigen versie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ConfirmAssessmentsItemInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    pub(super) municipality: String,
    /// The number of the version that you read. NL: versienummer.
    pub(super) version: i32,
}

/// Versions of one period to confirm; each must be claimed by the same reviewer. NL: te bevestigen
/// versies.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ConfirmAssessmentsInput {
    /// The key of the period. NL: periode.
    pub(super) period: String,
    /// The versions, 1 to 400. NL: versies.
    pub(super) items: Vec<ConfirmAssessmentsItemInput>,
    /// Leave out what cannot be confirmed and confirm the rest; otherwise it is all or nothing. NL:
    /// overslaan wat niet kan.
    #[graphql(default = false)]
    pub(super) skip_unfit: bool,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

/// A version to return, within a list. NL: terug te geven versie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ReturnAssessmentsItemInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    pub(super) municipality: String,
    /// The number of the version that you read. NL: versienummer.
    pub(super) version: i32,
    /// Why, 1 to 2,000 characters and without personal data. NL: reden.
    pub(super) reason: String,
}

/// Versions of one period to return; each must be claimed by the same reviewer. NL: terug te geven
/// versies.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ReturnAssessmentsInput {
    /// The key of the period. NL: periode.
    pub(super) period: String,
    /// The versions, 1 to 400. NL: versies.
    pub(super) items: Vec<ReturnAssessmentsItemInput>,
    /// Leave out what cannot be returned and return the rest; otherwise it is all or nothing. NL:
    /// overslaan wat niet kan.
    #[graphql(default = false)]
    pub(super) skip_unfit: bool,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

/// An item of a list that was carried out. NL: afgehandelde beoordeling.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct ReviewedAssessment {
    #[graphql(skip)]
    municipality_code: String,
    #[graphql(skip)]
    period_key: String,
    /// The number of the version. NL: versienummer.
    version_number: i32,
    /// The number of the entry in the ledger; null of a claim, which is no entry. NL: nummer in het
    /// grootboek.
    ledger: Option<i64>,
}

#[ComplexObject]
impl ReviewedAssessment {
    /// The municipality; null when it does not exist any more. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        find_municipality(ctx, &self.municipality_code).await
    }

    /// The reporting period. NL: rapportageperiode.
    async fn period(&self, ctx: &Context<'_>) -> Result<Option<ReportingPeriod>> {
        find_period(ctx, &self.period_key).await
    }
}

/// Makes the payload of a list: what was carried out under its own name, what was left out, and
/// what stands in the way.
macro_rules! payload_of_list {
    (
        $(#[$doc:meta])* $name:ident {
            $(#[$field_doc:meta])* $field:ident,
            $($(#[$expires_doc:meta])* $expires_at:ident: Option<DateTime<Utc>>,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(SimpleObject, Debug, Default)]
        #[graphql(complex)]
        pub(crate) struct $name {
            $(#[$field_doc])*
            #[graphql(complexity = "1 + MOST_ITEMS * child_complexity")]
            $field: Vec<ReviewedAssessment>,
            $($(#[$expires_doc])* $expires_at: Option<DateTime<Utc>>,)?
            /// What was left out, each with its place in the list from 0, and why; empty unless you
            /// say `skipUnfit`. NL: overgeslagen.
            left_out: Vec<AssessmentError>,
            /// What stands in the way, each with its place in the list from 0, as in `items`, `3`;
            /// otherwise empty. Nothing was done when there is any. NL: fouten.
            errors: Vec<AssessmentError>,
        }

        graphql::warned! { $name }

        impl From<Result<CarriedOut, Vec<Mistake<Code>>>> for $name {
            fn from(outcome: Result<CarriedOut, Vec<Mistake<Code>>>) -> Self {
                match outcome {
                    Ok(carried_out) => Self {
                        $field: carried_out.items(),
                        $($expires_at: carried_out.expires_at,)?
                        left_out: LeftOut::errors(&carried_out.left_out),
                        errors: Vec::new(),
                    },
                    Err(mistakes) => Self {
                        errors: errors(mistakes),
                        ..Self::default()
                    },
                }
            }
        }
    };
}

payload_of_list! {
    /// What became of a list of claims. NL: resultaat.
    ClaimReviewsPayload {
        /// What was claimed, in the order of the list; at most 400. NL: in behandeling genomen.
        claimed,
        /// The instant at which the claims end by themselves, UTC; null when nothing was claimed.
        /// NL: verlopen op.
        expires_at: Option<DateTime<Utc>>,
    }
}

payload_of_list! {
    /// What became of a list of confirmations. NL: resultaat.
    ConfirmAssessmentsPayload {
        /// What was confirmed, in the order of the list; at most 400. NL: bevestigd.
        confirmed,
    }
}

payload_of_list! {
    /// What became of a list of returns. NL: resultaat.
    ReturnAssessmentsPayload {
        /// What was returned, in the order of the list; at most 400. NL: teruggegeven.
        returned,
    }
}

/// An item that was carried out, as it is kept under the key.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Done {
    pub(super) municipality: String,
    pub(super) version: i32,
    pub(super) ledger: Option<i64>,
}

/// What became of a list, as it is kept under the key.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CarriedOut {
    pub(super) period: String,
    pub(super) done: Vec<Done>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) expires_at: Option<DateTime<Utc>>,
}

impl CarriedOut {
    pub(super) fn to_text(&self) -> String {
        serde_json::json!(self).to_string()
    }

    fn items(&self) -> Vec<ReviewedAssessment> {
        let items = self.done.iter().map(|one| ReviewedAssessment {
            municipality_code: one.municipality.clone(),
            period_key: self.period.clone(),
            version_number: one.version,
            ledger: one.ledger,
        });
        items.collect()
    }
}

impl Outcome for CarriedOut {
    fn read(kept: String) -> Option<Self> {
        let read: Self = serde_json::from_str(&kept).ok()?;
        LeftOut::are_known(&read.left_out).then_some(read)
    }
}
