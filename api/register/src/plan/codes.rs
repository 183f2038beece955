//! Codes of the plan that a caller names: whether they exist, all mistakes at once.

use async_graphql::{Context, Result};
use entity::{action, action_line, plan_theme, plan_version};

use domain::mistake::{Mistake, did_you_mean};
use graphql::{
    error::{Failure, fail_with_all},
    known::known,
};

/// What is asked of a plan version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Codes<'a> {
    pub plan: &'a str,
    pub line: Option<i32>,
    pub actions: &'a [i32],
    pub theme: Option<&'a str>,
}

impl<'a> Codes<'a> {
    /// A plan version and nothing else of it.
    pub(crate) fn of(plan: &'a str) -> Self {
        Self {
            plan,
            line: None,
            actions: &[],
            theme: None,
        }
    }

    /// Every code that does not exist; without its plan version no line or action can be judged.
    pub(crate) async fn mistakes(self, ctx: &Context<'_>) -> Result<Vec<Failure>> {
        let plan = self.plan;
        let versions = known::<plan_version::Entity>(ctx).await?;
        let keys = versions.iter().map(|version| version.key.as_str());
        let mut mistakes = Vec::new();
        mistakes.extend(unknown("planversie", "plan version", plan, keys));
        let is_known = mistakes.is_empty();
        if let Some(line) = self.line.filter(|_| is_known) {
            let lines = known::<action_line::Entity>(ctx).await?;
            let keys = lines.iter().map(|line| line.subject_key.as_str());
            let key = format!("{plan}/{line}");
            mistakes.extend(unknown("actielijn", "action line", &key, keys));
        }
        if !self.actions.is_empty() && is_known {
            let actions = known::<action::Entity>(ctx).await?;
            for action in self.actions {
                let keys = actions.iter().map(|action| action.subject_key.as_str());
                let key = format!("{plan}/{action}");
                mistakes.extend(unknown("actie", "action", &key, keys));
            }
        }
        if let Some(theme) = self.theme {
            let themes = known::<plan_theme::Entity>(ctx).await?;
            let codes = themes.iter().map(|theme| theme.code.as_str());
            mistakes.extend(unknown("thema", "theme", theme, codes));
        }
        Ok(mistakes)
    }

    /// Tells every code that does not exist.
    pub(crate) async fn check(self, ctx: &Context<'_>) -> Result<()> {
        fail_with_all(ctx, self.mistakes(ctx).await?)
    }
}

/// The mistake of a code that is not among the existing ones; the thing is named in Dutch and in
/// English.
pub fn unknown<'a>(
    what_nl: &'static str,
    what_en: &'static str,
    requested: &str,
    mut existing: impl Iterator<Item = &'a str> + Clone,
) -> Option<Failure> {
    let candidates = existing.clone();
    if existing.any(|code| code == requested) {
        return None;
    }
    Some(Failure::Unknown {
        what: (what_nl, what_en),
        code: requested.to_owned(),
        did_you_mean: did_you_mean(requested, candidates),
    })
}

/// The mistake of an action that a plan version does not have, at the field `action` of the input
/// of a mutation.
pub fn action_mistake<C>(
    plan: &str,
    number: i32,
    actions: &[action::Model],
    code: C,
) -> Option<Mistake<C>> {
    let keys = actions.iter().map(|action| action.subject_key.as_str());
    let key = format!("{plan}/{number}");
    Mistake::unknown(code, &["action"], ("actie", "action"), &key, keys)
}
