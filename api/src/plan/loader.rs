//! Reads each table of the plan at most once per request: the plan is bounded by nature (46 actions), so whatever a
//! query asks of it costs the same few statements.

use std::{collections::HashMap, sync::Arc};

use entity::{
    action, action_line, action_lineage, action_title, free_text, monitoring_round, plan_version,
    published_count, round_exclusion, status_report,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, prelude::Uuid,
};
use tokio::sync::OnceCell;

use crate::{db::DbError, graphql::context::Asking};

/// The plan as a request sees it.
pub(crate) struct PlanLoader {
    asking: Arc<Asking>,
    versions: OnceCell<Vec<plan_version::Model>>,
    lines: OnceCell<Vec<action_line::Model>>,
    actions: OnceCell<Vec<action::Model>>,
    titles: OnceCell<Vec<action_title::Model>>,
    lineage: OnceCell<Vec<action_lineage::Model>>,
    rounds: OnceCell<Vec<monitoring_round::Model>>,
    reports: OnceCell<Vec<status_report::Model>>,
    exclusions: OnceCell<Vec<round_exclusion::Model>>,
    published: OnceCell<Vec<published_count::Model>>,
    explanations: OnceCell<HashMap<Uuid, String>>,
}

macro_rules! whole_table {
    ($(#[$doc:meta])* $name:ident, $entity:ident, $doing:literal, [$($order:ident),+]) => {
        $(#[$doc])*
        pub(crate) async fn $name(&self) -> Result<&[$entity::Model], DbError> {
            let rows = self
                .$name
                .get_or_try_init(|| async {
                    $entity::Entity::find()
                        $(.order_by_asc($entity::Column::$order))+
                        .all(self.asking.session().await?)
                        .await
                        .map_err(DbError::doing($doing))
                })
                .await?;
            Ok(rows)
        }
    };
}

impl PlanLoader {
    pub(crate) fn new(asking: Arc<Asking>) -> Self {
        Self {
            asking,
            versions: OnceCell::new(),
            lines: OnceCell::new(),
            actions: OnceCell::new(),
            titles: OnceCell::new(),
            lineage: OnceCell::new(),
            rounds: OnceCell::new(),
            reports: OnceCell::new(),
            exclusions: OnceCell::new(),
            published: OnceCell::new(),
            explanations: OnceCell::new(),
        }
    }

    whole_table! {
        /// The versions of the plan, oldest first.
        versions, plan_version, "reading plan versions", [Key]
    }
    whole_table! {
        /// The lines of all versions.
        lines, action_line, "reading action lines", [Plan, Number]
    }
    whole_table! {
        /// The actions of all versions.
        actions, action, "reading actions", [Plan, Number]
    }
    whole_table! {
        /// The titles of actions as each source prints them.
        titles, action_title, "reading titles", [Plan, Number, SourceDocument]
    }
    whole_table! {
        /// Which action became which.
        lineage, action_lineage, "reading lineage", [FromPlan, FromNumber, ToNumber]
    }
    whole_table! {
        /// Monitoring rounds, the latest last. Open rounds exist for nobody yet.
        rounds, monitoring_round, "reading monitoring rounds", [DateLatest, Key]
    }
    whole_table! {
        /// The reports of all rounds.
        reports, status_report, "reading status reports", [Round, Plan, Action]
    }
    whole_table! {
        /// Actions that a round leaves out.
        exclusions, round_exclusion, "reading exclusions", [Round, Plan, Action]
    }
    whole_table! {
        /// The figures that documents print.
        published, published_count, "reading published counts", [Round, Line, Measure]
    }

    /// The explanations of reports, by the id of their text.
    pub(crate) async fn explanations(&self) -> Result<&HashMap<Uuid, String>, DbError> {
        self.explanations
            .get_or_try_init(|| async {
                let session = self.asking.session().await?;
                let rows = free_text::Entity::find()
                    .filter(free_text::Column::Kind.eq("PUBLIC"))
                    .filter(free_text::Column::LedgerNo.lte(session.moment().ledger))
                    .all(session)
                    .await
                    .map_err(DbError::doing("reading explanations"))?;
                Ok(rows
                    .into_iter()
                    .filter_map(|row| Some((row.id, row.body?)))
                    .collect())
            })
            .await
    }
}
