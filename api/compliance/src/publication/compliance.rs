//! The content of a compliance picture: the country, its areas, its criteria, and by name its
//! municipalities.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::criterion;

use super::repo as publications;
use crate::{
    framework,
    picture::repo::{self, PictureRequest, PictureScopes, Seen},
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
        disclosure::{self, Figure},
        lines::{Line, Part, Withheld},
        rules,
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
    /// What is public of the period already, or will be.
    pub(super) known: &'a [Known],
}

/// A figure of an earlier publication: the municipalities of its group, and the counting rule that
/// it was counted by.
#[derive(Debug, Clone)]
pub(super) struct Known {
    members: Figure,
    rule: CountingRule,
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
    /// The rule set of a picture: that of its verdicts, as a closed period keeps those of an earlier
    /// one; without a verdict, that of today.
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

/// What is public of a period already, and what is prepared to be: of each publication that told
/// figures by group, of which municipalities they were. One that was withdrawn after its release
/// has been read.
pub(super) async fn known(session: &Session, period: &str) -> Result<Vec<Known>, DbError> {
    let scope = policy::publications(session.mandate());
    let mut groups_of: BTreeMap<(Option<String>, NaiveDate), Vec<Group>> = BTreeMap::new();
    let mut known = Vec::new();
    for row in publications::publications(session, &scope).await? {
        let is_of_period = row.kind == "COMPLIANCE_PICTURE" && row.about == period;
        if !is_of_period || (row.state == "WITHDRAWN" && row.released_at.is_none()) {
            continue;
        }
        let manifest = publications::manifest(&row)?;
        let rule = CountingRule::of_code(manifest.counting_rule.as_deref());
        let at = (manifest.grouping, row.reference_date);
        if !groups_of.contains_key(&at) {
            let groups = groups_on(session, at.0.as_deref(), at.1).await?;
            groups_of.insert(at.clone(), groups);
        }
        let lines = publications::lines(session, &row.key).await?;
        let shown = lines.unwrap_or_default().into_iter().filter(|line| {
            matches!(line.part, Part::Total | Part::Group) && line.withheld.is_none()
        });
        let keys: Vec<String> = shown.map(|line| line.key).collect();
        let groups = groups_of.get(&at).into_iter().flatten();
        let shown = groups.filter(|group| keys.contains(&group.code));
        known.extend(shown.map(|group| Known {
            members: group.members.clone(),
            rule,
        }));
    }
    Ok(known)
}

/// The country and the areas of a kind, by the borders of a day.
async fn groups_on(
    session: &Session,
    kind: Option<&str>,
    day: NaiveDate,
) -> Result<Vec<Group>, DbError> {
    let municipalities = repo::municipalities(session, day).await?;
    let mut groups = match kind {
        Some(kind) => counting::groups(
            repo::memberships(session, kind, day).await?,
            municipalities.iter().map(String::as_str),
        ),
        None => Vec::new(),
    };
    groups.push(Group {
        code: counting::COUNTRY.to_owned(),
        name: String::new(),
        members: municipalities.into_iter().collect(),
    });
    Ok(groups)
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
        with_criteria: true,
    };
    let scopes = PictureScopes {
        verdicts: policy::verdicts(session.mandate(), Basis::Confirmed),
        submissions: policy::submissions(session.mandate()),
    };
    let mut seen = repo::standings(session, &scopes, &requested).await?;
    let secrets = Secrets::of(&seen, wanted.known);
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
    let mut lines = Vec::new();
    let country = Group::country(&seen.standings);
    let total = total(&country, &seen, &secrets, wanted);
    let shown = total.as_ref().filter(|line| line.withheld.is_none());
    let areas = areas(&groups, &seen, shown.map(|_| &country), &secrets, wanted);
    lines.extend(total);
    lines.extend(areas);
    lines.extend(answers(&criteria, &seen.criteria));
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

/// What figures must not give away: the own verdicts. Who counts by its region can be known to
/// others, as adoptions are public and a region knows what it answered. So a count by the rule
/// MUNICIPALITY_OR_REGION is looked at as a count of the others, by their own verdicts; and two
/// counts of one group by two rules give away what those that count by their region are themselves.
struct Secrets {
    verdicts: BTreeMap<String, VerdictStatus>,
    by_region: Figure,
    known: Vec<Figure>,
}

impl Secrets {
    /// Of all municipalities, with who counts by its region whatever the rule is.
    fn of(seen: &Seen, known: &[Known]) -> Self {
        let all = seen.standings.iter();
        let by_region = all.clone().filter(|one| one.by_region.is_some());
        let mut secrets = Self {
            verdicts: all
                .clone()
                .filter_map(|one| Some((one.municipality.clone(), one.verdict?.status)))
                .collect(),
            by_region: by_region.map(|one| one.municipality.clone()).collect(),
            known: Vec::new(),
        };
        let known = known.iter();
        secrets.known = known
            .map(|figure| secrets.disclosed_by(&figure.members, figure.rule))
            .collect();
        secrets
    }

    /// Those whose own verdicts the count of a group adds up.
    fn disclosed_by(&self, members: &Figure, rule: CountingRule) -> Figure {
        match rule {
            CountingRule::EveryMunicipality => members.clone(),
            CountingRule::MunicipalityOrRegion => members - &self.by_region,
        }
    }

    fn verdicts(&self, shown: &Figure) -> Verdicts {
        let statuses = shown.iter().filter_map(|code| self.verdicts.get(code));
        Verdicts::count(statuses.copied())
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
    let shown = secrets.disclosed_by(&country.members, wanted.rule);
    let new = std::slice::from_ref(&shown);
    let withheld = rules::unsafe_alone(&secrets.verdicts(&shown)).or_else(|| {
        let is_revealing = !secrets.known.contains(&shown)
            && disclosure::gives_away(&secrets.known, new, None, &secrets.verdicts);
        is_revealing.then_some(Withheld::Revealing)
    });
    Some(match withheld.filter(|_| !wanted.by_name) {
        Some(reason) => line.without(reason),
        None => counted(line, &verdicts, &submissions),
    })
}

/// Which areas are withheld, and why: those whose line tells too much by itself, and then the
/// smallest, one after another, until what is shown together gives nothing away.
fn withheld_areas(
    secrets: &Secrets,
    figures: &[Figure],
    verdicts: &[Verdicts],
    total: Option<&Figure>,
) -> Vec<Option<Withheld>> {
    let mut withheld = rules::withheld(verdicts);
    loop {
        let shown: Vec<usize> = (0..figures.len())
            .filter(|at| withheld[*at].is_none())
            .collect();
        let new: Vec<Figure> = shown.iter().map(|at| figures[*at].clone()).collect();
        let smallest = shown
            .into_iter()
            .min_by_key(|at| (verdicts[*at].members(), *at));
        match smallest {
            Some(at) if disclosure::gives_away(&secrets.known, &new, total, &secrets.verdicts) => {
                withheld[at] = Some(Withheld::Revealing);
            }
            Some(_) | None => return withheld,
        }
    }
}

/// The lines of the areas. `total` is the country, when its line is told.
fn areas(
    groups: &[Group],
    seen: &Seen,
    total: Option<&Group>,
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
    let figures: Vec<Figure> = tallies
        .iter()
        .map(|(group, ..)| secrets.disclosed_by(&group.members, wanted.rule))
        .collect();
    let verdicts: Vec<Verdicts> = figures
        .iter()
        .map(|shown| secrets.verdicts(shown))
        .collect();
    let withheld = if wanted.by_name {
        vec![None; verdicts.len()]
    } else {
        let total = total.map(|country| secrets.disclosed_by(&country.members, wanted.rule));
        withheld_areas(secrets, &figures, &verdicts, total.as_ref())
    };
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

/// How many assessed municipalities have each answer to each criterion. One that all answer alike,
/// or all but one, tells the answer of each, if not to everybody then to the one; publishing
/// verdicts by name does not publish answers.
fn answers(
    criteria: &[criterion::Model],
    grounds: &BTreeMap<String, Vec<CriterionGround>>,
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
            let assessed: i64 = counts.iter().sum();
            if assessed < rules::FEWEST_MEMBERS {
                line.without(Withheld::FewerThanFive)
            } else if counts.iter().any(|count| assessed - count <= 1) {
                line.without(Withheld::Revealing)
            } else {
                ANSWERS
                    .iter()
                    .zip(counts)
                    .fold(line, |line, ((_, column), count)| {
                        line.number(column, count)
                    })
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
