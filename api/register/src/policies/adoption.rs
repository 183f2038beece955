//! `PolicyAdoption`, and what is registered for one municipality.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::NaiveDate;
use domain::{
    policies::{
        codes::AdoptionBody,
        deadlines::DutyTiming,
        rules::{Dates, PolicyState},
    },
    text::{Language, pick},
};
use entity::{policy_adoption, policy_document};
use graphql::{
    coded::{self, Coded},
    context::today,
    date::Date,
    index::index,
    text::LocalizedText,
};

use super::{document::PolicyDocument, lookup::DocumentByKey, schema::policy_of, term::PolicyTerm};
use crate::{
    sources::schema::Source,
    territory::schema::{Municipality, find_municipality},
};

/// A decision to adopt a policy. A plan counts for a municipality only from its own decision. NL:
/// vaststelling.
#[derive(Debug, Clone)]
pub(crate) struct PolicyAdoption {
    row: policy_adoption::Model,
}

impl From<&policy_adoption::Model> for PolicyAdoption {
    fn from(row: &policy_adoption::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// The dates of an adoption, with the end that its document prints.
pub(super) fn dates(
    row: &policy_adoption::Model,
    document: Option<&policy_document::Model>,
) -> Dates {
    let published = row.published_on_text.as_deref();
    Dates {
        adopted_on: row.adopted_on,
        in_force_on: row.in_force_on,
        published_on: published.and_then(|text| text.parse().ok()),
        revised_on: document.and_then(|document| document.revised_on),
        ends_on: document.and_then(|document| document.ends_on),
        until: row.valid_to,
    }
}

/// A decision to adopt a policy. A plan counts for a municipality only from its own decision. NL:
/// vaststelling.
#[Object]
impl PolicyAdoption {
    /// The policy document that it adopts. NL: beleidsdocument.
    async fn policy(&self, ctx: &Context<'_>) -> Result<PolicyDocument> {
        policy_of(ctx, &self.row.policy).await
    }

    /// The municipality that decided; null when the source does not name it, see `reason`. NL:
    /// gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        find_municipality(ctx, self.row.municipality.as_deref().unwrap_or_default()).await
    }

    /// Whether it counts for a municipality; one that the source does not name counts for nobody.
    /// NL: telt voor een gemeente.
    async fn counts_for_municipality(&self) -> bool {
        self.row.municipality.is_some()
    }

    /// Why it counts for nobody; null when it counts for its municipality. NL: reden.
    async fn reason(&self) -> Option<LocalizedText> {
        self.row.municipality.is_none().then(|| {
            LocalizedText::new(
                "De bron noemt niet welke gemeente dit besluit nam. Het telt daarom voor geen \
                 enkele gemeente mee.",
                "The source does not name the municipality that took this decision. It therefore \
                 counts for no municipality.",
            )
        })
    }

    /// Who decided. NL: orgaan.
    async fn body(&self) -> Result<Coded<AdoptionBody>> {
        match &self.row.body {
            Some(body) => coded::of_row(body).map(Coded),
            None => Ok(AdoptionBody::NotInSource.into()),
        }
    }

    /// The day of the decision; null when the source does not say. NL: vastgesteld op.
    async fn adopted_on(&self) -> Option<Date> {
        self.row.adopted_on.map(Date)
    }

    /// The first day on which it is in force; null when the source does not say. NL:
    /// inwerkingtreding.
    async fn in_force_on(&self) -> Option<Date> {
        self.row.in_force_on.map(Date)
    }

    /// The day of publication as the source gives it; null when it gives none. NL: bekendmaking.
    async fn published_on_text(&self) -> Option<&str> {
        self.row.published_on_text.as_deref()
    }

    /// The official publication, as in `gmb-2024-84827`; null when the source gives none. NL:
    /// kenmerk.
    async fn reference(&self) -> Option<&str> {
        self.row.reference.as_deref()
    }

    /// The first day on which the decision no longer holds; null while no end is known. NL:
    /// ingetrokken per.
    async fn until(&self) -> Option<Date> {
        self.row.valid_to.map(Date)
    }

    /// How long the policy lasts by the dates of this decision, and where it stands. NL:
    /// looptijd.
    async fn term(&self, ctx: &Context<'_>) -> Result<PolicyTerm> {
        let today = today(ctx).await?;
        let document = index::<DocumentByKey>(ctx)
            .await?
            .first_of(&self.row.policy);
        PolicyTerm::of(ctx, &dates(&self.row, document), today).await
    }

    /// The number of its last entry in the ledger, for `expectedVersion`. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// What is registered of the policy of one municipality, on a day. NL: beleid van een gemeente.
#[derive(Debug, Clone)]
pub(crate) struct MunicipalPolicy {
    pub(super) municipality: Municipality,
    pub(super) day: NaiveDate,
    pub(super) state: PolicyState,
    pub(super) adoptions: Vec<PolicyAdoption>,
    pub(super) declaration_ledger: Option<i64>,
}

/// What is registered of the policy of one municipality, on a day. NL: beleid van een gemeente.
#[Object]
impl MunicipalPolicy {
    /// The municipality. NL: gemeente.
    async fn municipality(&self) -> &Municipality {
        &self.municipality
    }

    /// The day that this is told of, in Europe/Amsterdam. NL: peildatum.
    async fn day(&self) -> Date {
        Date(self.day)
    }

    /// The state on the day. NL: stand van het beleid.
    async fn state(&self) -> Coded<PolicyState> {
        self.state.into()
    }

    /// The state in words. NL: stand in woorden.
    async fn state_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.state.label())
    }

    /// Its own decisions that had certainly been taken by the day, by document; those whose
    /// document has ended since stand here too, with its end. NL: vaststellingen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn adoptions(&self) -> &[PolicyAdoption] {
        &self.adoptions
    }

    /// The number of the last entry on what was said of it, for `expectedVersion` of
    /// `declarePolicyState`; null when nothing was said. NL: grootboeknummer van de verklaring.
    async fn declaration_ledger(&self) -> Option<i64> {
        self.declaration_ledger
    }
}

/// A decision beside the due day of a duty: a fact about dates and no verdict. NL: besluit naast
/// een termijn.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct DutyComparison {
    /// The decision. NL: vaststelling.
    pub(super) adoption: PolicyAdoption,
    /// How it lies to the due day. NL: ligging ten opzichte van de termijn.
    pub(super) timing: Coded<DutyTiming>,
    /// Days between the due day and the decision, negative when the decision came before; null when
    /// the source gives no day of the decision. NL: aantal dagen na de termijn.
    pub(super) days_after_due: Option<i32>,
    /// Both dates in one sentence, ready to quote. NL: kernzin.
    pub(super) statement: LocalizedText,
}
