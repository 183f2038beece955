//! `PolicyTerm`: how long a policy lasts.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use chrono::NaiveDate;
use entity::framework_edition;
use graphql::{coded::Coded, date::Date, known::known};

use domain::{
    policies::{
        deadlines::{self, Norm, PolicyTermState},
        rules::Dates,
    },
    text::{Language, pick},
};

/// How long a policy lasts and where it stands on a day: dates, and "overdue" only where a printed
/// end or a norm that VNG endorsed says so. NL: looptijd van beleid.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct PolicyTerm {
    /// The day that this is told of, in Europe/Amsterdam. NL: peildatum.
    day: Date,
    /// The last day by the end that the document prints; null when it prints none. NL: laatste
    /// dag zoals gedrukt.
    last_day_printed: Option<Date>,
    /// The last day by the norm of the framework, counted from the decision or the last revision;
    /// null without a day of decision. NL: laatste dag volgens de norm.
    last_day_by_norm: Option<Date>,
    /// The code of the edition of the framework that the norm is of, for `framework`; null when
    /// there is none. NL: code van de editie.
    norm_edition_code: Option<String>,
    /// Whether VNG has endorsed the norm; only then `state` goes by it. NL: norm vastgesteld.
    norm_endorsed: bool,
    /// Where the policy stands. NL: stand van de looptijd.
    state: Coded<PolicyTermState>,
    /// The first day of that state; null when it did not begin on a day that is known. NL: sinds.
    since: Option<Date>,
}

#[ComplexObject]
impl PolicyTerm {
    /// Where the policy stands, in words. NL: stand in woorden.
    async fn state_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.state.label())
    }
}

impl PolicyTerm {
    pub(super) async fn of(ctx: &Context<'_>, dates: &Dates, day: NaiveDate) -> Result<Self> {
        let edition = current(known::<framework_edition::Entity>(ctx).await?);
        let norm = edition.and_then(|edition| {
            Some(Norm {
                months: u32::try_from(edition.norm_months).ok()?,
                is_endorsed: edition.norm_endorsed,
            })
        });
        let term = deadlines::term(dates, norm, day);
        Ok(Self {
            day: Date(day),
            last_day_printed: term.printed_end.map(Date),
            last_day_by_norm: term.norm_end.map(Date),
            norm_edition_code: edition.map(|edition| edition.code.clone()),
            norm_endorsed: edition.is_some_and(|edition| edition.norm_endorsed),
            state: term.state.into(),
            since: term.since.map(Date),
        })
    }
}

/// The edition that is in use: the last that VNG endorsed, else the last that is proposed.
fn current(editions: &[framework_edition::Model]) -> Option<&framework_edition::Model> {
    let last = |state: &str| editions.iter().rfind(|edition| edition.state == state);
    last("ENDORSED").or_else(|| last("PROPOSED"))
}
