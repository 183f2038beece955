//! `about` and `viewer`.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use crate::{
    auth::{Role, RoleKind},
    graphql::{context::asking, error::Failure, text::LocalizedText},
    quality::schema::{Gap, gaps},
    territory::MunicipalityCode,
};

/// A role of the mandate table. NL: rol.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ViewerRole {
    /// Nobody signed in. NL: publiek.
    Public,
    /// An organisation that takes part in the plan. NL: partner.
    Partner,
    /// A municipality. NL: gemeente.
    Municipality,
    /// The office that coordinates the chain in an area. NL: regio.
    Region,
    /// The Association of Netherlands Municipalities. NL: VNG.
    Vng,
    /// The Ministry of Justice and Security. NL: ministerie van Justitie en Veiligheid.
    Ministry,
}

/// Who you are to this service. NL: wie u bent.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Viewer {
    /// Your role. NL: rol.
    role: ViewerRole,
    /// Your organisation as the ledger names it; null for the public. NL: organisatie.
    organisation: Option<String>,
    /// Municipalities whose assessments you may read as your own, predecessors included, by code; for a region see
    /// `actsFor`. NL: eigen gemeenten.
    reads: Vec<String>,
    /// Municipalities for which you may fill in today, by code. NL: kan invullen voor.
    acts_for: Vec<String>,
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
        let session = asking(ctx)?.session().await.map_err(Failure::from)?;
        let known_gaps = gaps(ctx).await?;
        Ok(About {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            licence: "EUPL-1.2".to_owned(),
            data_set: DataSetInfo {
                title: LocalizedText::new(
                    "Actieplan Samen tegen mensenhandel: brondocumenten 2023 tot 2025 en gemeentelijke indeling vanaf 2019",
                    "Action plan Together against Human Trafficking: source documents of 2023 to 2025 and municipalities since 2019",
                ),
                ledger: session.moment().ledger,
            },
            known_gaps,
        })
    }

    /// Who you are to this service, and for whom you may act today. NL: wie u bent.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        let mandate = asking(ctx)?.mandate().await.map_err(Failure::from)?;
        let codes = |codes: &[MunicipalityCode]| {
            codes.iter().map(|code| code.as_str().to_owned()).collect()
        };
        Ok(Viewer {
            role: viewer_role(mandate.role()),
            organisation: mandate.role().organisation(),
            reads: codes(&mandate.reads),
            acts_for: codes(&mandate.writes_for),
        })
    }
}

fn viewer_role(role: &Role) -> ViewerRole {
    match role.kind() {
        RoleKind::Public | RoleKind::System => ViewerRole::Public,
        RoleKind::Partner => ViewerRole::Partner,
        RoleKind::Municipality => ViewerRole::Municipality,
        RoleKind::Region => ViewerRole::Region,
        RoleKind::Vng => ViewerRole::Vng,
        RoleKind::Ministry => ViewerRole::Ministry,
    }
}
