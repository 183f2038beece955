//! `Organisation`: who did something here, as the ledger names it, with what it is.

use async_graphql::{Context, Object, Result};
use domain::{actor::RoleKind, policy::ViewerRole};
use graphql::{
    context::today,
    index::{index, index_of_shared},
    text::LocalizedText,
};

use super::{lookup::PartnerByKey, partner::Partner, schema::find_partner};
use crate::territory::{
    lookup::{AreaByCode, MunicipalityByCode},
    schema::{Area, Municipality, find_area_node, find_municipality},
};

/// An organisation that acts here, and never a person: a municipality, a region, a partner, VNG or
/// the ministry. NL: organisatie.
#[derive(Debug, Clone)]
pub struct Organisation {
    code: String,
}

impl Organisation {
    /// The organisation that rows and the ledger call so.
    pub fn of(code: impl Into<String>) -> Self {
        Self { code: code.into() }
    }

    /// The codes of its municipalities: several of a shared civil service.
    fn parts(&self) -> Vec<&str> {
        self.code.split('+').collect()
    }

    /// The key of the partner that it is as far as the plan goes.
    fn partner_key(&self) -> &str {
        if self.code == RoleKind::Vng.code() {
            "vng"
        } else {
            &self.code
        }
    }
}

/// An organisation that acts here, and never a person: a municipality, a region, a partner, VNG or
/// the ministry. NL: organisatie.
#[Object]
impl Organisation {
    /// What it is called in the ledger, as in `GM0402`, `VR14`, `comensha`, `VNG` or `MINISTRY`;
    /// the codes of municipalities with a shared civil service stand with a plus between them. NL:
    /// code.
    async fn code(&self) -> &str {
        &self.code
    }

    /// Its name; the code where none is known. NL: naam.
    pub(crate) async fn name(&self, ctx: &Context<'_>) -> Result<LocalizedText> {
        if self.code == RoleKind::Ministry.code() {
            return Ok(LocalizedText::of(ViewerRole::Ministry.label()));
        }
        let partners = index::<PartnerByKey>(ctx).await?;
        if let Some(own) = partners.first_of(self.partner_key()) {
            return Ok(LocalizedText::new(&own.name, &own.name_en));
        }
        let areas = index::<AreaByCode>(ctx).await?;
        if let Some(own) = areas.first_of(&self.code) {
            return Ok(LocalizedText::new(&own.name, &own.name));
        }
        let day = today(ctx).await?;
        let periods = index_of_shared::<MunicipalityByCode>(ctx).await?;
        let names: Vec<String> = self
            .parts()
            .into_iter()
            .map(|code| match Municipality::of_code(periods, code, day) {
                Some(own) => own.name_text().to_owned(),
                None => code.to_owned(),
            })
            .collect();
        Ok(LocalizedText::new(names.join(", "), names.join(", ")))
    }

    /// The municipality that it is, or the municipalities with a shared civil service; empty for
    /// any other organisation. NL: gemeenten.
    async fn municipalities(&self, ctx: &Context<'_>) -> Result<Vec<Municipality>> {
        municipalities_of(ctx, &self.parts()).await
    }

    /// The area whose region it is; null for any other organisation. NL: gebied van de regio.
    async fn area(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        find_area_node(ctx, &self.code).await
    }

    /// The partner of the plan that it is, as VNG is one too; null for any other organisation. NL:
    /// partner.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Option<Partner>> {
        find_partner(ctx, self.partner_key()).await
    }
}

/// The municipalities of some codes, in the order of the codes.
pub async fn municipalities_of(ctx: &Context<'_>, codes: &[&str]) -> Result<Vec<Municipality>> {
    let mut found = Vec::new();
    for code in codes {
        found.extend(find_municipality(ctx, code).await?);
    }
    Ok(found)
}
