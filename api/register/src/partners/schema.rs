//! What clients ask of partners, and what other features may ask of them.

use async_graphql::{Context, ErrorExtensions as _, InputObject, Object, Result};
use chrono::NaiveDate;
use domain::{
    mistake::did_you_mean,
    partners::{
        codes::{PartnerKind, PartnerRole},
        rules::{self, Meant, Named},
    },
    plan::CURRENT_PLAN,
};
use entity::{action, action_partner, event, partner};
use graphql::{
    coded::Coded,
    context::today,
    error::{Code, Failure, coded, fail_with_all, unfit_name},
    index::index,
    known::known,
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
    searched::searched,
    text::LocalizedText,
};

pub use super::{
    events::Event,
    organisation::{Organisation, municipalities_of},
    parties::{ActionParties, ActionRole, PartnerMention, UnnamedParty},
    partner::Partner,
};
use super::{
    lookup::{MentionByAction, PartnerByKey, RoleByAction, RoleByPartner, UnnamedByAction},
    partner::named,
};
use crate::plan::{codes::Codes, lookup::ThemeByAction};

/// Names that are offered for an unknown one, at most.
const HINTS: usize = 5;

/// Which partners to list; all conditions hold together. NL: filter op partners.
#[derive(InputObject, Debug, Clone, Default)]
pub(crate) struct PartnerFilter {
    /// Only partners of one of these kinds. NL: soort.
    kind: Option<Vec<Coded<PartnerKind>>>,
    /// Only partners with one of these roles in an action, of any plan version; a role that has
    /// ended does not count. NL: rol.
    role: Option<Vec<Coded<PartnerRole>>>,
    /// Only partners with this text in their key, a name or an alias; case, accents and signs do
    /// not count; at most 200 characters. `BAD_REQUEST` for a text without a word to look for, as in
    /// `search`. NL: tekst.
    text: Option<String>,
    /// Only partners that have a role in an action of any plan version, or only those that have
    /// none; mentions do not count. NL: met rol in een actie.
    has_actions: Option<bool>,
}

impl PartnerFilter {
    fn lets_in(&self, row: &partner::Model, roles: &[&str]) -> bool {
        let is_one = |wanted: &[Coded<PartnerRole>]| {
            let mut wanted = wanted.iter().map(|role| role.code());
            wanted.any(|role| roles.contains(&role))
        };
        let kinds = self.kind.as_ref();
        kinds.is_none_or(|kinds| kinds.iter().any(|kind| kind.code() == row.kind))
            && self.role.as_deref().is_none_or(is_one)
            && self.text.as_ref().is_none_or(|text| named(row).holds(text))
            && self
                .has_actions
                .is_none_or(|has_actions| has_actions != roles.is_empty())
    }
}

/// Queries of partners.
#[derive(Default)]
pub struct PartnersQuery;

#[Object]
impl PartnersQuery {
    /// The partners, by key. `BAD_REQUEST` for a wrong page or text. NL: partners.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn partners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which partners to list; by default all. NL: filter.", default)]
        filter: PartnerFilter,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<Partner>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let text = filter.text.as_deref();
        fail_with_all(ctx, text.and_then(|text| searched("text", text).err()))?;
        let today = today(ctx).await?;
        let roles = index::<RoleByPartner>(ctx).await?;
        let of_partner = |key: &str| -> Vec<&str> {
            let own = roles.rows_of(key).filter(|role| !has_ended(role, today));
            own.map(|role| role.role.as_str()).collect()
        };
        let rows = known::<partner::Entity>(ctx).await?;
        let items = rows
            .iter()
            .filter(|row| filter.lets_in(row, &of_partner(&row.key)))
            .map(|row| (row.key.clone(), Partner::from(row)))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// One partner, by its key or any of its names: case, accents, hyphens and other signs do not
    /// count. `NOT_FOUND` with the keys that look like it; `BAD_REQUEST` that names all candidates
    /// when several are called so. NL: partner.
    async fn partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The key, the Dutch or English name, or an alias, as in `CoMensha`; at most \
             200 characters. NL: naam of sleutel."
        )]
        name: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Partner>> {
        let key = partner_key(ctx, name).await?;
        find_partner(ctx, &key).await
    }

    /// Who does what: the actions of a plan version by number, each with its partners and their
    /// roles, mentions and unnamed parties apart. At most 100: the actions of one version.
    /// `NOT_FOUND` for an unknown plan, line or theme, all at once. For the other way round see
    /// `Partner.roles`. NL: wie doet wat.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(complexity = "1 + 20 * child_complexity")]
    async fn who_does_what(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The plan version. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
        #[graphql(desc = "Only actions of this line, by number. NL: actielijn.")] line: Option<i32>,
        #[graphql(desc = "Only actions with this theme, by code, as in `SHELTER`. NL: thema.")]
        theme: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<ActionParties>>> {
        let codes = Codes {
            line,
            theme: theme.as_deref(),
            ..Codes::of(&plan)
        };
        codes.check(ctx).await?;
        let themes = index::<ThemeByAction>(ctx).await?;
        let has_theme = |action: &action::Model| {
            theme.as_deref().is_none_or(|theme| {
                let mut own = themes.rows_of((&action.plan, action.number));
                own.any(|row| row.theme == theme)
            })
        };
        let mut shown = Vec::new();
        for action in known::<action::Entity>(ctx).await? {
            if action.plan == plan
                && line.is_none_or(|line| line == action.line)
                && has_theme(action)
            {
                shown.push(ActionParties::of(ctx, &plan, action.number).await?);
            }
        }
        Ok(Some(shown))
    }

    /// The actions of a plan version without a partner with a recorded role, by number; whether a
    /// text mentions partners or leaves parties unnamed is told with each. That no role is recorded
    /// does not say that nobody acts. At most 100: the actions of one version. `NOT_FOUND` for an
    /// unknown plan. NL: acties zonder partner met een vastgelegde rol.
    #[graphql(complexity = "1 + 20 * child_complexity")]
    async fn actions_without_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The plan version. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<ActionParties>>> {
        Codes::of(&plan).check(ctx).await?;
        let mut shown = Vec::new();
        for action in known::<action::Entity>(ctx).await? {
            if action.plan == plan {
                shown.push(ActionParties::of(ctx, &plan, action.number).await?);
            }
        }
        shown.retain(|parties| !parties.names_a_partner());
        Ok(Some(shown))
    }

    /// The meetings of partners, by key. `BAD_REQUEST` for a wrong page. NL: bijeenkomsten.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<Event>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let rows = known::<event::Entity>(ctx).await?;
        let items = rows
            .iter()
            .map(|row| (row.key.clone(), Event::from(row)))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// One meeting of partners. `NOT_FOUND` for an unknown key. NL: bijeenkomst.
    async fn event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key, as in `brede-sessie-2024-03-05`. NL: sleutel.")] key: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Event>> {
        let rows = known::<event::Entity>(ctx).await?;
        match rows.iter().find(|row| row.key == key) {
            Some(row) => Ok(Some(Event::from(row))),
            None => Err(Failure::Unknown {
                what: ("bijeenkomst", "meeting"),
                did_you_mean: did_you_mean(&key, rows.iter().map(|row| row.key.as_str())),
                code: key,
            }
            .into()),
        }
    }
}

/// A partner by its key, for `node` and for links.
pub async fn find_partner(ctx: &Context<'_>, key: &str) -> Result<Option<Partner>> {
    let rows = index::<PartnerByKey>(ctx).await?;
    Ok(rows.first_of(key).map(Partner::from))
}

/// A partner that a row of facts names.
pub(crate) async fn partner_of(ctx: &Context<'_>, key: &str) -> Result<Partner> {
    match find_partner(ctx, key).await? {
        Some(partner) => Ok(partner),
        None => Err(unknown_partner(key.to_owned(), &[]).into()),
    }
}

/// Whether a role has ended by a day: its last day lies before.
pub fn has_ended(role: &action_partner::Model, by: NaiveDate) -> bool {
    rules::is_over((role.valid_from, role.valid_to), by)
}

/// The partners with a role in an action, by key; those whose role has ended by today only when
/// asked. The partners are read with them, also where there are none, so that a list of actions
/// costs the same for any of its rows.
pub(crate) async fn of_action(
    ctx: &Context<'_>,
    plan: &str,
    number: i32,
    ended: bool,
) -> Result<Vec<ActionRole>> {
    known::<partner::Entity>(ctx).await?;
    let today = today(ctx).await?;
    let rows = index::<RoleByAction>(ctx).await?;
    Ok(rows
        .rows_of((plan, number))
        .filter(|row| ended || !has_ended(row, today))
        .map(ActionRole::from)
        .collect())
}

/// The partners that the text of an action names without a role, read like those of [`of_action`].
pub(crate) async fn mentions_of_action(
    ctx: &Context<'_>,
    plan: &str,
    number: i32,
) -> Result<Vec<PartnerMention>> {
    known::<partner::Entity>(ctx).await?;
    let rows = index::<MentionByAction>(ctx).await?;
    Ok(rows
        .rows_of((plan, number))
        .map(PartnerMention::from)
        .collect())
}

/// The parties that the text of an action leaves unnamed.
pub(crate) async fn unnamed_of_action(
    ctx: &Context<'_>,
    plan: &str,
    number: i32,
) -> Result<Vec<UnnamedParty>> {
    let rows = index::<UnnamedByAction>(ctx).await?;
    Ok(rows
        .rows_of((plan, number))
        .map(UnnamedParty::from)
        .collect())
}

/// The key of the partner that is meant by a key or any spelling of a name; nobody and several are
/// told.
pub(crate) async fn partner_key(ctx: &Context<'_>, name: String) -> Result<String> {
    // An empty name is nobody's, as any unknown one.
    if let Some(mistake) = unfit_name("name", &name).filter(|_| !name.trim().is_empty()) {
        return Err(mistake.into());
    }
    let rows = known::<partner::Entity>(ctx).await?;
    let all: Vec<Named<'_>> = rows.iter().map(named).collect();
    match rules::meant(&name, &all) {
        Meant::One(key) => Ok(key.to_owned()),
        Meant::Several(keys) => {
            let listed = keys.join(", ");
            let text = LocalizedText::new(
                format!(
                    "Meerdere partners heten {name:?}: {listed}. Vraag er een op met de sleutel."
                ),
                format!("Several partners are called {name:?}: {listed}. Ask for one by its key."),
            );
            let keys: Vec<String> = keys.into_iter().map(str::to_owned).collect();
            Err(coded(Code::BadRequest, &text)
                .extend_with(|_, extensions| extensions.set("didYouMean", keys)))
        }
        Meant::Nobody => Err(unknown_partner(name, &all).into()),
    }
}

/// The keys of partners that look like a name, first by spelling, then by a shared part.
fn unknown_partner(name: String, all: &[Named<'_>]) -> Failure {
    let spellings: Vec<(String, &str)> = all
        .iter()
        .flat_map(|partner| {
            let names = [partner.key]
                .into_iter()
                .chain(partner.spellings.iter().copied());
            names.map(|spelling| (rules::folded(spelling), partner.key))
        })
        .collect();
    // Abbreviations are too short: two letters off, each of them looks like all others.
    let long = spellings
        .iter()
        .filter(|(spelling, _)| spelling.chars().count() >= rules::TELLING);
    let near = did_you_mean(
        &rules::folded(&name),
        long.map(|(spelling, _)| spelling.as_str()),
    );
    let by_spelling = near.iter().flat_map(|near| {
        let called_so = spellings
            .iter()
            .filter(move |(spelling, _)| spelling == near);
        called_so.map(|(_, key)| *key)
    });
    let mut hints: Vec<String> = Vec::new();
    for key in by_spelling.chain(rules::sharing(&name, all)) {
        if hints.len() < HINTS && !hints.iter().any(|hint| hint == key) {
            hints.push(key.to_owned());
        }
    }
    Failure::Unknown {
        what: ("partner", "partner"),
        code: name,
        did_you_mean: hints,
    }
}
