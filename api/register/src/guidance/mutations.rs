//! The mutations of functions.

use async_graphql::{Context, Object, Result};

use super::{
    assign::{self, AssignFunctionInput, AssignFunctionPayload},
    registrar::{self, NameFunctionRegistrarInput, NameFunctionRegistrarPayload},
    schema::{find_assignment, registrar_version},
    vacancy::{
        self, DeclareFunctionVacancyInput, DeclareFunctionVacancyPayload,
        WithdrawFunctionVacancyInput, WithdrawFunctionVacancyPayload, find_vacancy,
    },
};
use crate::partners::schema::find_partner;
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    change::settled,
    context::request,
    payload::{errors, payload},
};

/// Mutations of functions.
#[derive(Default)]
pub struct GuidanceMutation;

#[Object]
impl GuidanceMutation {
    /// Records who fills a function, or changes or ends it. Of a municipality by itself, of an area
    /// by its region; VNG, and the partners that it named, any. NL: functie invullen.
    #[graphql(directive = permitted_to::apply(roles(Rule::AssignFunction)))]
    async fn assign_function(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assignment. NL: invoer.")] input: AssignFunctionInput,
    ) -> Result<AssignFunctionPayload> {
        let outcome = assign::assign(request(ctx)?, &input).await;
        payload(outcome, async |key: String| {
            find_assignment(ctx, &key).await
        })
        .await
    }

    /// Declares that nobody fills a function, or changes or ends such a declaration: a white spot
    /// that is known. Of a municipality by itself, of an area by its region; VNG, and the partners
    /// that it named, any. NL: witte vlek melden.
    #[graphql(directive = permitted_to::apply(roles(Rule::AssignFunction)))]
    async fn declare_function_vacancy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The vacancy. NL: invoer.")] input: DeclareFunctionVacancyInput,
    ) -> Result<DeclareFunctionVacancyPayload> {
        let outcome = vacancy::declare(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_vacancy(ctx, &key).await).await
    }

    /// Takes back a declaration that nobody fills a function, which was never so: it no longer counts
    /// on any day, and stays readable at earlier ledger numbers. Of a municipality by itself, of an
    /// area by its region; VNG, and the partners that it named, any. NL: witte vlek intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::AssignFunction)))]
    async fn withdraw_function_vacancy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The vacancy. NL: invoer.")] input: WithdrawFunctionVacancyInput,
    ) -> Result<WithdrawFunctionVacancyPayload> {
        let outcome = vacancy::withdraw(request(ctx)?, &input).await;
        payload(outcome, async |key: String| Ok(Some(key))).await
    }

    /// Names a partner that may record who fills functions, from a day on. For VNG. NL: partner
    /// aanwijzen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn name_function_registrar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner. NL: invoer.")] input: NameFunctionRegistrarInput,
    ) -> Result<NameFunctionRegistrarPayload> {
        match settled(registrar::name(request(ctx)?, &input).await)? {
            Ok(partner) => Ok(NameFunctionRegistrarPayload {
                ledger: registrar_version(ctx, &partner).await?,
                partner: find_partner(ctx, &partner).await?,
                errors: Vec::new(),
            }),
            Err(mistakes) => Ok(NameFunctionRegistrarPayload {
                partner: None,
                ledger: None,
                errors: errors(mistakes),
            }),
        }
    }
}
