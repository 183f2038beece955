//! The content of a compliance picture: the country, its areas, its criteria, and by name its
//! municipalities.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::criterion;
use sea_orm::{FromQueryResult, Value};

use crate::{
    framework,
    picture::{
        parts::PictureParts,
        repo::{self, PictureRequest, PictureScopes, Seen},
    },
};
use database::{DbError, Session};
use domain::{
    picture::{
        rules as counting,
        rules::{CountingRule, Group, Submissions, Verdicts},
        sentences::HandedIn,
    },
    policy,
    publication::{
        lines::{Line, Part, Withheld},
        suppression,
    },
    verdict::{
        label::full_label,
        rules::{AnswerValue, Basis, CriterionGround, RULE_SET, VerdictStatus},
    },
};

/// What a picture is asked to hold.
pub(super) struct Wanted<'a> {
    pub(super) period: &'a str,
    pub(super) edition: &'a str,
    pub(super) day: NaiveDate,
    pub(super) rule: CountingRule,
    /// The kind of area to count by; none for the country alone.
    pub(super) area_kind: Option<&'a str>,
    pub(super) by_name: bool,
    /// Keys of the lines that an earlier picture of the period withheld.
    pub(super) withheld_before: &'a [String],
}

/// A picture before it is kept.
pub(super) struct Composed {
    pub(super) lines: Vec<Line>,
    /// The verdicts by name.
    pub(super) verdicts: Vec<VerdictByName>,
    /// Municipalities that wait for a review.
    pub(super) waiting: usize,
    /// The rule sets by which the verdicts were given.
    pub(super) rule_sets: BTreeSet<String>,
    /// Whether any verdict rests on provisional criteria.
    pub(super) provisional: bool,
    /// Whether a municipality is in two of the areas.
    pub(super) overlap: bool,
}

impl Composed {
    /// The rule set of a picture: that of its verdicts, as a closed period keeps those of an
    /// earlier one; without a verdict, that of today.
    pub(super) fn rule_set(&self) -> String {
        if self.rule_sets.is_empty() {
            return RULE_SET.to_owned();
        }
        let names: Vec<&str> = self.rule_sets.iter().map(String::as_str).collect();
        names.join(", ")
    }
}

/// What is told of one municipality by name.
pub(super) struct VerdictByName {
    pub(super) municipality: String,
    pub(super) status: VerdictStatus,
    pub(super) since: Option<NaiveDate>,
    pub(super) judged_from: Option<NaiveDate>,
    pub(super) handed_in: Option<HandedIn>,
}

/// Composes a picture of what VNG has confirmed, from all that the actor sees.
pub(super) async fn compose(session: &Session, wanted: &Wanted<'_>) -> Result<Composed, DbError> {
    let criteria = framework::repo::criteria(session, wanted.edition).await?;
    let requested = PictureRequest {
        period: wanted.period,
        edition: wanted.edition,
        basis: Basis::Confirmed,
        day: wanted.day,
        rule: CountingRule::MunicipalityOrRegion,
        parts: PictureParts::ALL,
    };
    let scopes = PictureScopes {
        verdicts: policy::verdicts(session.mandate(), Basis::Confirmed),
        submissions: policy::submissions(session.mandate()),
    };
    let mut seen = repo::standings(session, &scopes, &requested).await?;
    let secrets = Secrets::of(&seen);
    if wanted.rule == CountingRule::EveryMunicipality {
        for standing in &mut seen.standings {
            standing.by_region = None;
        }
    }
    let groups = match wanted.area_kind {
        Some(kind) => counting::groups(
            repo::memberships(session, kind, wanted.day).await?,
            counting::codes(&seen.standings),
        ),
        None => Vec::new(),
    };
    let codes: Vec<String> = groups.iter().map(|group| group.code.clone()).collect();
    let order = if wanted.by_name || codes.is_empty() {
        Vec::new()
    } else {
        withholding_order(session, wanted.period, codes).await?
    };
    let mut lines = Vec::new();
    let country = Group::country(&seen.standings);
    lines.extend(total(&country, &seen, &secrets, wanted));
    lines.extend(areas(&groups, &seen, &order, &secrets, wanted));
    lines.extend(answers(&criteria, &seen.criteria, wanted));
    let mut verdicts = Vec::new();
    if wanted.by_name {
        for standing in &seen.standings {
            if let Some(verdict) = standing.verdict {
                let state = standing.submission;
                let by_name = VerdictByName {
                    municipality: standing.municipality.clone(),
                    status: verdict.status,
                    since: verdict.since,
                    judged_from: verdict.judged_from,
                    handed_in: state.map(|state| HandedIn::of(state, standing.wait)),
                };
                lines.push(municipality(standing, verdict, by_name.handed_in.as_ref()));
                verdicts.push(by_name);
            }
        }
    }
    Ok(Composed {
        lines,
        verdicts,
        waiting: seen
            .standings
            .iter()
            .filter(|standing| standing.queued)
            .count(),
        rule_sets: seen.rule_sets,
        provisional: country.is_provisional(&seen.standings),
        overlap: counting::overlap(&groups),
    })
}

#[derive(FromQueryResult)]
struct Order {
    areas: Vec<String>,
}

/// The areas of a picture in the order, by a secret of the database, in which safe ones are
/// withheld in a period.
async fn withholding_order(
    session: &Session,
    period: &str,
    areas: Vec<String>,
) -> Result<Vec<String>, DbError> {
    let row: Option<Order> = session
        .row(
            "ordering what is withheld",
            "select withholding_order($1, $2) as areas",
            [Value::from(period), Value::from(areas)],
        )
        .await?;
    Ok(row.map_or_else(Vec::new, |row| row.areas))
}

/// What counts must not give away: the own verdicts. Who counts by its region can be known to
/// others, as adoptions are public and a region knows what it answered. So a count by the rule
/// MUNICIPALITY_OR_REGION is looked at as a count of the others, by their own verdicts.
struct Secrets {
    verdicts: BTreeMap<String, VerdictStatus>,
    by_region: BTreeSet<String>,
}

impl Secrets {
    /// Of all municipalities, with who counts by its region whatever the rule is.
    fn of(seen: &Seen) -> Self {
        let all = seen.standings.iter();
        let by_region = all.clone().filter(|one| one.by_region.is_some());
        Self {
            by_region: by_region.map(|one| one.municipality.clone()).collect(),
            verdicts: all
                .filter_map(|one| Some((one.municipality.clone(), one.verdict?.status)))
                .collect(),
        }
    }

    /// The own verdicts that the count of a group adds up.
    fn added_up(&self, group: &Group, rule: CountingRule) -> Verdicts {
        let is_added = |code: &&String| match rule {
            CountingRule::EveryMunicipality => true,
            CountingRule::MunicipalityOrRegion => !self.by_region.contains(*code),
        };
        let members = group.members.iter().filter(is_added);
        Verdicts::count(members.filter_map(|code| self.verdicts.get(code).copied()))
    }
}

fn counted(line: Line, verdicts: &Verdicts, submissions: &Submissions) -> Line {
    let mut line = line.number("members", verdicts.members());
    for (status, count) in verdicts.each() {
        line = line.number(&status.code().to_lowercase(), count);
    }
    line.number("on_time", submissions.on_time)
        .number("late", submissions.late)
        .number("missing", submissions.missing)
        .number("exempt", submissions.exempt)
}

fn total(country: &Group, seen: &Seen, secrets: &Secrets, wanted: &Wanted<'_>) -> Option<Line> {
    let verdicts = country.verdicts(&seen.standings)?;
    let submissions = country.submissions(&seen.standings)?;
    let line = Line::new(Part::Total, country.code.clone(), country.name.clone());
    let before = wanted.withheld_before.contains(&country.code);
    let withheld = suppression::unsafe_alone(&secrets.added_up(country, wanted.rule))
        .or_else(|| before.then_some(Withheld::Revealing));
    Some(match withheld.filter(|_| !wanted.by_name) {
        Some(reason) => line.without(reason),
        None => counted(line, &verdicts, &submissions),
    })
}

/// Which areas are withheld, and why. `order` has every area in the order of the period.
fn withheld_areas(
    groups: &[&Group],
    order: &[String],
    secrets: &Secrets,
    wanted: &Wanted<'_>,
) -> Vec<Option<Withheld>> {
    if wanted.by_name {
        return vec![None; groups.len()];
    }
    let places = |codes: &[String]| -> Vec<usize> {
        let place = |code: &String| groups.iter().position(|group| group.code == *code);
        codes.iter().filter_map(place).collect()
    };
    let verdicts: Vec<Verdicts> = groups
        .iter()
        .map(|group| secrets.added_up(group, wanted.rule))
        .collect();
    suppression::withheld(&verdicts, &places(wanted.withheld_before), &places(order))
}

/// The lines of the areas.
fn areas(
    groups: &[Group],
    seen: &Seen,
    order: &[String],
    secrets: &Secrets,
    wanted: &Wanted<'_>,
) -> Vec<Line> {
    let tallies: Vec<(&Group, Verdicts, Submissions)> = groups
        .iter()
        .filter_map(|group| {
            let verdicts = group.verdicts(&seen.standings)?;
            Some((group, verdicts, group.submissions(&seen.standings)?))
        })
        .collect();
    let groups: Vec<&Group> = tallies.iter().map(|(group, ..)| *group).collect();
    let withheld = withheld_areas(&groups, order, secrets, wanted);
    let lines = tallies.into_iter().zip(withheld);
    lines
        .map(|((group, verdicts, submissions), withheld)| {
            let line = Line::new(Part::Group, group.code.clone(), group.name.clone());
            match withheld {
                Some(reason) => line.without(reason),
                None => counted(line, &verdicts, &submissions),
            }
        })
        .collect()
}

/// Columns of the answers to a criterion, in the order of the files.
const ANSWERS: [(AnswerValue, &str); AnswerValue::ALL.len()] = [
    (AnswerValue::Met, "met"),
    (AnswerValue::PartlyMet, "partly_met"),
    (AnswerValue::NotMet, "not_met"),
    (AnswerValue::NotApplicable, "not_applicable"),
    (AnswerValue::Unknown, "unknown"),
];

/// How many assessed municipalities have each answer to each criterion. Publishing verdicts by name
/// does not publish answers: of these too there is one table, which is that of the picture without
/// names, so that no two of them can be subtracted from each other.
fn answers(
    criteria: &[criterion::Model],
    grounds: &BTreeMap<String, Vec<CriterionGround>>,
    wanted: &Wanted<'_>,
) -> Vec<Line> {
    criteria
        .iter()
        .map(|criterion| {
            let line = Line::new(
                Part::Criterion,
                criterion.code.clone(),
                criterion.title_nl.clone(),
            );
            let effective = grounds
                .values()
                .flatten()
                .filter(|ground| ground.criterion == criterion.code)
                .map(|ground| ground.effective);
            let mut counts = [0_i64; ANSWERS.len()];
            for value in effective {
                for (count, (answer, _)) in counts.iter_mut().zip(ANSWERS) {
                    *count += i64::from(answer == value);
                }
            }
            let before = wanted.by_name || wanted.withheld_before.contains(&criterion.code);
            let withheld = suppression::unsafe_answers(&counts)
                .or_else(|| before.then_some(Withheld::Revealing));
            match withheld {
                Some(reason) => line.without(reason),
                None => ANSWERS
                    .iter()
                    .zip(counts)
                    .fold(line, |line, ((_, column), count)| {
                        line.number(column, count)
                    }),
            }
        })
        .collect()
}

fn municipality(
    standing: &counting::Standing,
    verdict: counting::Judged,
    handed_in: Option<&HandedIn>,
) -> Line {
    let (nl, en) = full_label(verdict.status, Basis::Confirmed, verdict.provisional);
    let since = verdict.since.map(|day| day.to_string());
    let waiting_since = handed_in.and_then(|state| state.waiting_since);
    let waiting_since = waiting_since.map(|day| day.to_string());
    let judged_from = verdict.judged_from.map(|day| day.to_string());
    Line::new(
        Part::Municipality,
        standing.municipality.clone(),
        standing.name.clone(),
    )
    .text("status", Some(verdict.status.code()))
    .text("status_label_nl", Some(&nl))
    .text("status_label_en", Some(&en))
    .text("since", since.as_deref())
    .text("submission", handed_in.map(|state| state.submission.code()))
    .text(
        "submission_label_nl",
        handed_in.map(|state| state.text.nl.as_str()),
    )
    .text(
        "submission_label_en",
        handed_in.map(|state| state.text.en.as_str()),
    )
    .text("waiting_since", waiting_since.as_deref())
    .text("judged_from", judged_from.as_deref())
}

/// The verdict that a line by name tells.
pub(super) fn verdict_of(line: &Line) -> Option<VerdictStatus> {
    VerdictStatus::from_code(&line.value("status")?.text())
}
