//! Codes that a caller names: whether the plan version, its line and its action exist, all mistakes at once.

use async_graphql::{Context, Result};
use entity::{action, action_line, plan_version};

use crate::{
    graphql::{
        error::{Failure, did_you_mean, tell_all},
        known::known,
    },
    plan::schema::{find_action, find_line},
};

/// What is asked of a plan version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Codes<'a> {
    pub(crate) plan: &'a str,
    pub(crate) line: Option<i32>,
    pub(crate) actions: &'a [i32],
}

impl Codes<'_> {
    /// Tells every code that does not exist; without its plan version no line or action can be judged.
    pub(crate) async fn check(self, ctx: &Context<'_>) -> Result<()> {
        let plan = self.plan;
        let versions = known::<plan_version::Entity>(ctx).await?;
        let keys = versions.iter().map(|version| version.key.as_str());
        let mut mistakes: Vec<Failure> = unknown(("planversie", "plan version"), plan, keys)
            .into_iter()
            .collect();
        if mistakes.is_empty() {
            // Only a mistake costs the statement that looks for codes like it.
            if let Some(line) = self.line
                && find_line(ctx, &format!("{plan}/{line}")).await?.is_none()
            {
                let lines = known::<action_line::Entity>(ctx).await?;
                let keys = lines.iter().map(|line| line.subject_key.as_str());
                let key = format!("{plan}/{line}");
                mistakes.extend(unknown(("actielijn", "action line"), &key, keys));
            }
            for action in self.actions {
                let key = format!("{plan}/{action}");
                if find_action(ctx, &key).await?.is_none() {
                    let actions = known::<action::Entity>(ctx).await?;
                    let keys = actions.iter().map(|action| action.subject_key.as_str());
                    mistakes.extend(unknown(("actie", "action"), &key, keys));
                }
            }
        }
        tell_all(ctx, mistakes)
    }
}

/// The mistake of a code that is not among the existing ones.
pub(crate) fn unknown<'a>(
    what: (&'static str, &'static str),
    asked: &str,
    mut existing: impl Iterator<Item = &'a str> + Clone,
) -> Option<Failure> {
    let candidates = existing.clone();
    if existing.any(|code| code == asked) {
        return None;
    }
    Some(Failure::Unknown {
        what,
        code: asked.to_owned(),
        did_you_mean: did_you_mean(asked, candidates),
    })
}
