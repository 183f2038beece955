//! The judge reads every input, whoever's change it is; a run after the closing of a period stands
//! beside.

crate::sql_migration!("m20261126_140000_judge_anew");
