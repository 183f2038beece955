//! What the sources say further of the plan: steps, years, relations, themes, phases, milestones,
//! results, motions.

crate::sql_migration!("m20261122_110000_create_plan_details");
