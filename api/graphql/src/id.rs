//! Opaque ids: the kind of a thing and its natural key, in a form that nobody is tempted to build
//! by hand.
//!
//! The law of ids: for one role, what has one id has one value for one field with one set of
//! arguments, until something is recorded or a day passes. So the plain id of a thing is of how it
//! is told now, and what is told of another moment, day or monitoring round has an id that is
//! pinned to it; `node` gives that very thing.

use async_graphql::{Context, ID, Result};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::NaiveDate;

use super::{
    context::{request, today},
    error::Failure,
};
use database::{Known, RequestedMoment, covers_day};

macro_rules! node_kinds {
    ($($(#[$doc:meta])* $kind:ident = $prefix:literal,)*) => {
        /// The kinds of things that `node` finds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum NodeKind {
            $($(#[$doc])* $kind,)*
        }

        impl NodeKind {
            const ALL: &'static [Self] = &[$(Self::$kind,)*];

            fn prefix(self) -> &'static str {
                match self {
                    $(Self::$kind => $prefix,)*
                }
            }
        }
    };
}

node_kinds! {
    /// An action of the plan.
    Action = "action",
    /// A line of the plan.
    ActionLine = "line",
    /// Policy that touches the plan or a policy document.
    AdjacentPolicy = "adjacent",
    /// An area: a region, a province, a police unit.
    Area = "area",
    /// The assessment of a municipality in a period.
    Assessment = "assessment",
    /// A cell of a budget table.
    BudgetCell = "cell",
    /// A building block for cooperation.
    BuildingBlock = "block",
    /// A criterion of the framework.
    Criterion = "criterion",
    /// A decision that was taken when a source was read.
    DataDecision = "decision",
    /// Something that can be counted to see an effect.
    EffectIndicator = "indicator",
    /// A meeting of partners.
    Event = "event",
    /// A form of exploitation.
    ExploitationForm = "form",
    /// An edition of the framework.
    FrameworkEdition = "edition",
    /// Who fills a function.
    FunctionAssignment = "assignment",
    /// A function.
    FunctionRole = "function",
    /// A function that nobody fills somewhere.
    FunctionVacancy = "vacancy",
    /// Money that was made available.
    Funding = "funding",
    /// Something that the data set does not know.
    Gap = "gap",
    /// What a line of the plan wants to bring about.
    IntendedEffect = "effect",
    /// A measurement for a goal.
    Measurement = "measurement",
    /// A closed monitoring round.
    MonitoringRound = "round",
    /// A motion, commitment, amendment or request in parliament.
    Motion = "motion",
    /// A municipality, also a former one.
    Municipality = "municipality",
    /// A national figure.
    NationalFigure = "figure",
    /// An open monitoring round.
    OpenRound = "openround",
    /// A goal of a line of the plan.
    OperationalGoal = "goal",
    /// An organisation that takes part in the plan.
    Partner = "partner",
    /// A theme that runs across the lines of the plan.
    PlanTheme = "plantheme",
    /// A version of the plan.
    PlanVersion = "plan",
    /// A policy document of a municipality or a region.
    PolicyDocument = "policy",
    /// A proposal for the plan.
    Proposal = "proposal",
    /// A publication.
    Publication = "publication",
    /// Something that a document cites.
    ReferenceCitation = "citation",
    /// A version of an answer of a region.
    RegionalAnswer = "regionalanswer",
    /// A reporting period.
    ReportingPeriod = "period",
    /// Where human trafficking can be reported.
    ReportingPoint = "point",
    /// A route by which a signal comes to the right place.
    ReportingRoute = "route",
    /// A document that facts come from.
    SourceDocument = "document",
    /// A theme of an edition of the framework.
    Theme = "theme",
}

/// What an id is pinned to; nothing for a plain one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pinned {
    /// The ledger number up to which facts are known.
    pub ledger: Option<i64>,
    /// The day that is told of.
    pub day: Option<NaiveDate>,
    /// The key of the monitoring round that is told of.
    pub round: Option<String>,
}

impl Pinned {
    /// The moment of a document that asks for the thing by this id.
    pub(crate) fn moment(&self) -> RequestedMoment {
        RequestedMoment {
            known: self.ledger.map_or(Known::Head, Known::Ledger),
            day: self.day,
            ..RequestedMoment::HEAD
        }
    }

    fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// What an id says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeId {
    /// The kind of the thing.
    pub kind: NodeKind,
    /// Its natural key.
    pub key: String,
    /// What it is pinned to.
    pub pinned: Pinned,
}

impl NodeId {
    /// The id as clients see it.
    pub fn encode(&self) -> ID {
        let plain = format!(
            "{}_{}",
            self.kind.prefix(),
            URL_SAFE_NO_PAD.encode(&self.key)
        );
        if self.pinned.is_plain() {
            return ID(plain);
        }
        let Pinned { ledger, day, round } = &self.pinned;
        let ledger = ledger.map(|number| number.to_string());
        let day = day.map(|day| day.to_string());
        let part = |part: Option<String>| part.unwrap_or_default();
        let pinned = format!("{}|{}|{}", part(ledger), part(day), part(round.clone()));
        ID(format!("{plain}.{}", URL_SAFE_NO_PAD.encode(pinned)))
    }
}

/// What an id says; none for a text that we never gave out.
pub fn decode(id: &str) -> Option<NodeId> {
    let text = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).ok()?).ok();
    let (prefix, rest) = id.split_once('_')?;
    let mut kinds = NodeKind::ALL.iter().copied();
    let kind = kinds.find(|kind| kind.prefix() == prefix)?;
    let (key, pinned) = match rest.split_once('.') {
        None => (rest, Pinned::default()),
        Some((key, pinned)) => (key, parse_pinned(&text(pinned)?)?),
    };
    Some(NodeId {
        kind,
        key: text(key)?,
        pinned,
    })
}

fn parse_pinned(text: &str) -> Option<Pinned> {
    let mut parts = text.splitn(3, '|');
    let (ledger, day, round) = (parts.next()?, parts.next()?, parts.next()?);
    let pinned = Pinned {
        ledger: match ledger {
            "" => None,
            number => Some(number.parse().ok().filter(|number| *number >= 0)?),
        },
        day: match day {
            "" => None,
            day => Some(day.parse().ok().filter(|day| covers_day(*day))?),
        },
        round: (!round.is_empty()).then(|| round.to_owned()),
    };
    (!pinned.is_plain()).then_some(pinned)
}

/// What an id is pinned to of a thing that is told of a day.
async fn pinned_on(ctx: &Context<'_>, day: NaiveDate) -> Result<Pinned, Failure> {
    let request = request(ctx)?;
    let mut pinned = request.pinned().await?;
    if day != request.session().await?.today() {
        pinned.day = Some(day);
    }
    Ok(pinned)
}

/// The id of a thing as it is told in its part of the answer.
pub async fn id(ctx: &Context<'_>, kind: NodeKind, key: &str) -> Result<ID> {
    id_on(ctx, kind, key, today(ctx).await?).await
}

/// The id of a thing as it is told of a day, which may be another than that of the document.
pub async fn id_on(ctx: &Context<'_>, kind: NodeKind, key: &str, day: NaiveDate) -> Result<ID> {
    let pinned = pinned_on(ctx, day).await?;
    let key = key.to_owned();
    Ok(NodeId { kind, key, pinned }.encode())
}

/// The id of a thing as a monitoring round tells of it; none for the latest one.
pub async fn id_in_round(
    ctx: &Context<'_>,
    kind: NodeKind,
    key: &str,
    round: Option<&str>,
) -> Result<ID> {
    let pinned = Pinned {
        round: round.map(str::to_owned),
        ..pinned_on(ctx, today(ctx).await?).await?
    };
    let key = key.to_owned();
    Ok(NodeId { kind, key, pinned }.encode())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pinned() -> impl Strategy<Value = Pinned> {
        let day = (2019..2100).prop_map(|year| NaiveDate::from_ymd_opt(year, 3, 23).unwrap());
        let parts = (
            prop::option::of(0..i64::MAX),
            prop::option::of(day),
            prop::option::of("\\PC{1,20}"),
        );
        parts.prop_map(|(ledger, day, round)| Pinned { ledger, day, round })
    }

    proptest! {
        #[test]
        fn ids_round_trip(key in "\\PC{1,40}", kind in 0..NodeKind::ALL.len(), pinned in pinned()) {
            let id = NodeId { kind: NodeKind::ALL[kind], key, pinned };
            prop_assert_eq!(decode(&id.encode()), Some(id));
        }

        #[test]
        fn no_text_makes_decoding_fail_badly(id in "\\PC{0,60}") {
            let _ = decode(&id);
        }
    }

    #[test]
    fn an_id_is_pinned_to_no_day_out_of_bounds() {
        let on = |day: &str| {
            let pinned = URL_SAFE_NO_PAD.encode(format!("|{day}|"));
            decode(&format!("action_MjAyNC8zMg.{pinned}")).is_some()
        };
        assert!(on("2018-01-01") && on("2099-12-31"));
        for day in ["2017-12-31", "2100-01-01", "-0001-01-01", "+262142-12-31"] {
            assert!(!on(day), "{day}");
        }
    }

    #[test]
    fn ids_of_the_first_release_candidate_are_plain_ids() {
        let id = NodeId {
            kind: NodeKind::Action,
            key: "2024/32".to_owned(),
            pinned: Pinned::default(),
        };
        assert_eq!(decode("action_MjAyNC8zMg"), Some(id));
    }
}
