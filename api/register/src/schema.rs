//! What the register adds to the contract: the queries and mutations of its nouns.

use crate::{
    budget::{mutations::BudgetMutation, schema::BudgetQuery},
    goals::{mutations::GoalsMutation, schema::GoalsQuery},
    guidance::{mutations::GuidanceMutation, schema::GuidanceQuery},
    partners::{mutations::PartnersMutation, schema::PartnersQuery},
    plan::{mutations::PlanMutation, query::PlanQuery},
    policies::{mutations::PoliciesMutation, schema::PoliciesQuery},
    quality::schema::QualityQuery,
    sources::{
        motion::MotionQuery, mutations::SourcesMutation, proposal::ProposalQuery,
        schema::SourcesQuery,
    },
    territory::{mutations::TerritoryMutation, schema::TerritoryQuery},
};
use async_graphql::MergedObject;

/// What can be asked of register. NL: vragen.
#[derive(MergedObject, Default)]
pub struct RegisterQuery(
    PlanQuery,
    BudgetQuery,
    GoalsQuery,
    SourcesQuery,
    MotionQuery,
    ProposalQuery,
    QualityQuery,
    TerritoryQuery,
    PartnersQuery,
    PoliciesQuery,
    GuidanceQuery,
);

/// What can be changed in register. NL: handelingen.
#[derive(MergedObject, Default)]
pub struct RegisterMutation(
    PlanMutation,
    BudgetMutation,
    GoalsMutation,
    PartnersMutation,
    TerritoryMutation,
    SourcesMutation,
    PoliciesMutation,
    GuidanceMutation,
);
