//! What a policy document says: provisions, duties, the groups of its chain.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::{
    goals::codes::ExploitationKind,
    policies::{codes::PolicyProvisionKind, deadlines},
    text::{Language, pick},
};
use entity::policy_provision;
use graphql::{
    coded::{self, Coded},
    date::Date,
    index::index,
    text::LocalizedText,
};

use super::{
    adoption::{DutyComparison, PolicyAdoption},
    lookup::AdoptionByPolicy,
};
use crate::{
    partners::schema::{Partner, find_partner},
    sources::schema::Source,
};

/// A provision of a policy document. NL: bepaling van beleid.
#[derive(Debug, Clone)]
pub(crate) struct PolicyProvision {
    row: policy_provision::Model,
}

impl From<&policy_provision::Model> for PolicyProvision {
    fn from(row: &policy_provision::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// A provision of a policy document. NL: bepaling van beleid.
#[Object]
impl PolicyProvision {
    /// The kind. NL: soort.
    async fn kind(&self) -> Result<Coded<PolicyProvisionKind>> {
        coded::of_row(&self.row.kind).map(Coded)
    }

    /// The kind, in words. NL: soort in woorden.
    async fn kind_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        let kind: PolicyProvisionKind = coded::of_row(&self.row.kind)?;
        Ok(pick(language.0, kind.label()))
    }

    /// The place within its kind, from 1. NL: volgorde.
    async fn position(&self) -> i32 {
        self.row.position
    }

    /// The group that it stands in, verbatim in Dutch; null when it stands in none. NL: groep.
    async fn group(&self) -> Option<&str> {
        self.row.group_nl.as_deref()
    }

    /// The form of exploitation, of `FORM_IN_SCOPE` and `FORM_OUT_OF_SCOPE`; null for all other
    /// kinds. NL: vorm van uitbuiting.
    async fn form(&self) -> Result<Option<Coded<ExploitationKind>>> {
        let form = self.row.form.as_deref().map(coded::of_row).transpose()?;
        Ok(form.map(Coded))
    }

    /// How often a year, at least; null when the source prints no number. NL: keer per jaar.
    async fn times_per_year(&self) -> Option<i32> {
        self.row.times_per_year
    }

    /// How often a year, at most; null when the source prints no number. NL: ten hoogste keer per
    /// jaar.
    async fn at_most_per_year(&self) -> Option<i32> {
        self.row.at_most_per_year
    }

    /// At least once in so many years; null when the source prints no number. NL: eens per zoveel
    /// jaar.
    async fn every_years(&self) -> Option<i32> {
        self.row.every_years
    }

    /// The year by which it had to be done; null when the source prints none. NL: uiterlijk jaar.
    async fn due_year(&self) -> Option<i32> {
        self.row.due_year
    }

    /// The partner that it names; null when it names none that can be known. NL: partner.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Option<Partner>> {
        find_partner(ctx, self.row.partner.as_deref().unwrap_or_default()).await
    }

    /// The words of the source, with our translation. NL: tekst van de bron.
    async fn text(&self) -> LocalizedText {
        LocalizedText::new(&self.row.text_nl, &self.row.text_en)
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// A group of the chain that a policy describes. NL: groep van de keten.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ChainGroup {
    /// The name of the group, verbatim in Dutch; null for parties that stand in no group. NL: naam.
    pub(super) name: Option<String>,
    /// Its parties in their order, among them functions and kinds of organisations that are no
    /// partner. NL: ketenpartners.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    pub(super) parties: Vec<PolicyProvision>,
}

/// The groups of a chain, in the order of the document.
pub(super) fn groups<'a>(
    rows: impl Iterator<Item = &'a policy_provision::Model>,
) -> Vec<ChainGroup> {
    let mut groups: Vec<ChainGroup> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|group| group.name == row.group_nl) {
            Some(group) => group.parties.push(PolicyProvision::from(row)),
            None => groups.push(ChainGroup {
                name: row.group_nl.clone(),
                parties: vec![PolicyProvision::from(row)],
            }),
        }
    }
    groups
}

/// A duty that a policy document speaks of, beside the decisions that adopt the document. NL:
/// plicht.
#[derive(Debug, Clone)]
pub(crate) struct PolicyDuty {
    row: policy_provision::Model,
}

impl From<&policy_provision::Model> for PolicyDuty {
    fn from(row: &policy_provision::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// A duty that a policy document speaks of, beside the decisions that adopt the document. NL:
/// plicht.
#[Object]
impl PolicyDuty {
    /// The words of the source, with our translation. NL: tekst van de bron.
    async fn text(&self) -> LocalizedText {
        LocalizedText::new(&self.row.text_nl, &self.row.text_en)
    }

    /// The year by which it had to be done; null when the source prints none. NL: uiterlijk jaar.
    async fn due_year(&self) -> Option<i32> {
        self.row.due_year
    }

    /// The last day of that year: the source prints no day; null when it prints no year. NL:
    /// uiterste dag.
    async fn due_on(&self) -> Option<Date> {
        self.row.due_year.and_then(deadlines::due_day).map(Date)
    }

    /// Each decision on the document beside the due day, also one that counts for nobody; empty
    /// when no year is printed. Late is a fact about dates and no verdict. NL: vergelijking met de
    /// besluiten.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn comparisons(&self, ctx: &Context<'_>) -> Result<Vec<DutyComparison>> {
        let adoptions = index::<AdoptionByPolicy>(ctx).await?;
        let Some(due) = self.row.due_year.and_then(deadlines::due_day) else {
            return Ok(Vec::new());
        };
        let own = adoptions.rows_of(&self.row.policy);
        Ok(own
            .map(|row| {
                let compared = deadlines::compared(due, row.adopted_on);
                let (nl, en) = compared.statement;
                DutyComparison {
                    adoption: PolicyAdoption::from(row),
                    timing: compared.timing.into(),
                    days_after_due: compared.days_after,
                    statement: LocalizedText::new(nl, en),
                }
            })
            .collect())
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
