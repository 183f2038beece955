//! `about` and `viewer`.

use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};

use super::permission::{self, Permission};
use domain::{
    policy::{Operation, ViewerRole},
    territory::MunicipalityCode,
};
use graphql::{coded::Coded, context::request, error::Failure, text::LocalizedText};
use register::quality::schema::{Gap, gaps};

/// Who you are to this service. NL: wie u bent.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct Viewer {
    /// Your role. NL: rol.
    role: Coded<ViewerRole>,
    /// Your organisation as the ledger names it; null for the public. NL: organisatie.
    organisation: Option<String>,
    /// Municipalities whose assessments you may read as your own, predecessors included, by code;
    /// for a region see `actsFor`. NL: eigen gemeenten.
    reads: Vec<String>,
    /// Municipalities for which you may fill in today, by code. NL: kan invullen voor.
    acts_for: Vec<String>,
    #[graphql(skip)]
    permissions: Vec<Permission>,
}

#[ComplexObject]
impl Viewer {
    /// Which mutations you may call today, for whom, and which rule says so; by name. What you may
    /// do with one thing now is told by its own `may`. NL: bevoegdheden.
    #[graphql(complexity = "1 + 30 * child_complexity")]
    async fn may(
        &self,
        #[graphql(desc = "Only this mutation, as in `reportStatus`. NL: handeling.")]
        operation: Option<Coded<Operation>>,
    ) -> Vec<Permission> {
        let fits = |permission: &&Permission| {
            operation.is_none_or(|Coded(operation)| permission.is_of(operation))
        };
        self.permissions.iter().filter(fits).cloned().collect()
    }
}

/// The data that the service starts from. NL: gegevensset.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct DataSetInfo {
    /// What it is. NL: omschrijving.
    title: LocalizedText,
    /// The last ledger number of this answer. NL: stand van het grootboek.
    ledger: i64,
}

/// What the service is. NL: over deze dienst.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct About {
    /// The version of the program. NL: versie.
    version: String,
    /// The licence of the program, by SPDX. NL: licentie.
    licence: String,
    /// The data that it starts from. NL: gegevensset.
    data_set: DataSetInfo,
    /// What the data do not know: nothing unknown is shown as 0 or as "no". NL: bekende leemten.
    known_gaps: Vec<Gap>,
}

/// Queries about the service and its user.
#[derive(Default)]
pub(crate) struct AboutQuery;

#[Object]
impl AboutQuery {
    /// What the service is and what its data do not know. NL: over deze dienst.
    async fn about(&self, ctx: &Context<'_>) -> Result<About> {
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let known_gaps = gaps(ctx).await?;
        Ok(About {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            licence: "EUPL-1.2".to_owned(),
            data_set: DataSetInfo {
                title: LocalizedText::new(
                    "Actieplan Samen tegen mensenhandel: brondocumenten van 2023 tot en met 2025 en \
                     gemeentelijke indeling vanaf 2019",
                    "Action plan Together against Human Trafficking: source documents of 2023 \
                     through 2025 and municipalities since 2019",
                ),
                ledger: session.moment().ledger,
            },
            known_gaps,
        })
    }

    /// Who you are to this service, and for whom you may act today. NL: wie u bent.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        let mandate = request(ctx)?.mandate().await.map_err(Failure::from)?;
        let codes = |codes: &[MunicipalityCode]| {
            codes.iter().map(|code| code.as_str().to_owned()).collect()
        };
        Ok(Viewer {
            role: Coded(mandate.role().kind().into()),
            organisation: mandate.role().organisation(),
            reads: codes(&mandate.reads),
            acts_for: codes(&mandate.writes_for),
            permissions: permission::permissions(mandate),
        })
    }
}
