//! `about` and `viewer`.

use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};

use super::permission::{self, Permission};
use domain::{
    policy::{Operation, ViewerRole},
    territory::MunicipalityCode,
};
use graphql::{coded::Coded, context::request, error::Failure, text::LocalizedText};
use register::{
    partners::schema::{Organisation, municipalities_of},
    quality::schema::{Gap, gaps},
    territory::schema::Municipality,
};

/// Who you are to this service. NL: wie u bent.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct Viewer {
    /// Your role. NL: rol.
    role: Coded<ViewerRole>,
    /// Your organisation; null for the public. NL: organisatie.
    organisation: Option<Organisation>,
    #[graphql(skip)]
    own: Vec<MunicipalityCode>,
    #[graphql(skip)]
    fills_in: Vec<MunicipalityCode>,
    #[graphql(skip)]
    permissions: Vec<Permission>,
}

#[ComplexObject]
impl Viewer {
    /// Municipalities whose assessments you may read as your own, predecessors included, by code;
    /// for a region see `actsFor`. NL: eigen gemeenten.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn reads(&self, ctx: &Context<'_>) -> Result<Vec<Municipality>> {
        municipalities(ctx, &self.own).await
    }

    /// Municipalities for which you may fill in today, by code. NL: kan invullen voor.
    #[graphql(complexity = "1 + 20 * child_complexity")]
    async fn acts_for(&self, ctx: &Context<'_>) -> Result<Vec<Municipality>> {
        municipalities(ctx, &self.fills_in).await
    }

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

async fn municipalities(
    ctx: &Context<'_>,
    codes: &[MunicipalityCode],
) -> Result<Vec<Municipality>> {
    let codes: Vec<&str> = codes.iter().map(MunicipalityCode::as_str).collect();
    municipalities_of(ctx, &codes).await
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
        Ok(Viewer {
            role: Coded(mandate.role().kind().into()),
            organisation: mandate.role().organisation().map(Organisation::of),
            own: mandate.reads.clone(),
            fills_in: mandate.writes_for.clone(),
            permissions: permission::permissions(mandate),
        })
    }
}
