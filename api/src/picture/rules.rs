//! Counts municipalities by what is known of them on a day: pure, over those that a reader sees.
//!
//! A member is counted once and in one verdict; `members` is the sum of the four. Of submissions, expected is the sum of
//! received, missing and exempt: exempt is a municipality that came into being after the deadline, so that it had no day on
//! which to hand in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::verdict::rules::{AnswerSource, AnswerValue, CriterionGround, VerdictStatus};

/// What counts as meeting the framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CountingRule {
    /// The verdict of each municipality itself.
    EveryMunicipality,
    /// A municipality also counts as compliant where its region answered for it all that a region may answer, and all of it as met,
    /// and it has adopted the policy itself.
    MunicipalityOrRegion,
}

impl CountingRule {
    /// The code, as publications keep it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::EveryMunicipality => "EVERY_MUNICIPALITY",
            Self::MunicipalityOrRegion => "MUNICIPALITY_OR_REGION",
        }
    }

    /// The rule in words.
    pub(crate) fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::EveryMunicipality => (
                "elke gemeente telt met haar eigen oordeel",
                "every municipality counts with its own verdict",
            ),
            Self::MunicipalityOrRegion => (
                "een gemeente telt ook als haar regio voldoet en zij het beleid zelf heeft vastgesteld",
                "a municipality also counts where its region complies and it has adopted the policy itself",
            ),
        }
    }
}

/// What a municipality handed in, as far as the day tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Submission {
    /// By the deadline.
    OnTime,
    /// After the deadline.
    Late,
    /// Nothing.
    Missing,
    /// Nothing, and it came into being after the deadline.
    Exempt,
}

/// A municipality that exists on the day, with what the reader sees of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The CBS code.
    pub(crate) municipality: String,
    /// The official name, made unambiguous.
    pub(crate) name: String,
    /// The verdict; none when the reader may not see it.
    pub(crate) verdict: Option<Judged>,
    /// What was handed in; none when the reader may not see it.
    pub(crate) submission: Option<Submission>,
}

/// The verdict on a municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judged {
    /// The verdict.
    pub(crate) status: VerdictStatus,
    /// The first day on which it is so; none while nothing was judged.
    pub(crate) since: Option<NaiveDate>,
    /// Whether its criteria are a proposal.
    pub(crate) provisional: bool,
}

/// How many members of a group have which verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Verdicts([i64; 4]);

impl Verdicts {
    /// The counts, in the order of [`VerdictStatus::ALL`].
    #[cfg(test)]
    pub(crate) fn of(counts: [i64; 4]) -> Self {
        Self(counts)
    }

    /// Counts verdicts.
    pub(crate) fn count(verdicts: impl IntoIterator<Item = VerdictStatus>) -> Self {
        let mut counts = Self::default();
        for verdict in verdicts {
            for (count, status) in counts.0.iter_mut().zip(VerdictStatus::ALL) {
                *count += i64::from(*status == verdict);
            }
        }
        counts
    }

    /// Each verdict with its count, zeros included.
    pub(crate) fn each(&self) -> impl Iterator<Item = (VerdictStatus, i64)> + '_ {
        VerdictStatus::ALL.iter().copied().zip(self.0)
    }

    /// The members, whatever their verdict.
    pub(crate) fn members(&self) -> i64 {
        self.0.iter().sum()
    }

    /// Whether all members but one at most have the same verdict, so that the count tells the verdict of each, to everybody or to
    /// the one that knows its own.
    pub(crate) fn is_almost_uniform(&self) -> bool {
        let most = self.0.iter().max().copied().unwrap_or_default();
        self.members() - most <= 1
    }

    /// Two groups together.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let mut sum = *self;
        for (count, more) in sum.0.iter_mut().zip(other.0) {
            *count += more;
        }
        sum
    }
}

/// What the members of a group handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Submissions {
    /// By the deadline.
    pub(crate) on_time: i64,
    /// After it.
    pub(crate) late: i64,
    /// Nothing.
    pub(crate) missing: i64,
    /// Not asked for anything.
    pub(crate) exempt: i64,
}

impl Submissions {
    fn count(of: impl IntoIterator<Item = Submission>) -> Self {
        let mut counts = Self::default();
        for one in of {
            match one {
                Submission::OnTime => counts.on_time += 1,
                Submission::Late => counts.late += 1,
                Submission::Missing => counts.missing += 1,
                Submission::Exempt => counts.exempt += 1,
            }
        }
        counts
    }

    /// Those that handed in something.
    pub(crate) fn received(&self) -> i64 {
        self.on_time + self.late
    }

    /// All members: received, missing and exempt.
    pub(crate) fn expected(&self) -> i64 {
        self.received() + self.missing + self.exempt
    }
}

/// A group of municipalities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// The code of the area; `NL` for the country, `REST` for the members of no area of the kind.
    pub(crate) code: String,
    /// The name.
    pub(crate) name: String,
    /// Codes of its members.
    pub(crate) members: BTreeSet<String>,
}

/// The code of the whole country as a group.
pub(crate) const COUNTRY: &str = "NL";
/// The code of the group of those that belong to no area of a kind.
pub(crate) const REST: &str = "REST";

impl Group {
    /// The whole country.
    pub(crate) fn country(standings: &[Standing]) -> Self {
        Self {
            code: COUNTRY.to_owned(),
            name: "Nederland".to_owned(),
            members: codes(standings).map(str::to_owned).collect(),
        }
    }

    /// The members with what is seen of them.
    fn of<'a>(&'a self, standings: &'a [Standing]) -> impl Iterator<Item = &'a Standing> {
        standings
            .iter()
            .filter(|standing| self.members.contains(&standing.municipality))
    }

    /// The verdicts of the members; none unless all are seen.
    pub(crate) fn verdicts(&self, standings: &[Standing]) -> Option<Verdicts> {
        let seen: Option<Vec<VerdictStatus>> = self
            .of(standings)
            .map(|standing| standing.verdict.map(|verdict| verdict.status))
            .collect();
        seen.map(Verdicts::count)
    }

    /// Whether the verdict of any member rests on provisional criteria.
    pub(crate) fn is_provisional(&self, standings: &[Standing]) -> bool {
        self.of(standings)
            .filter_map(|standing| standing.verdict)
            .any(|verdict| verdict.provisional)
    }

    /// Whether these are its members, by code in order.
    pub(crate) fn has_members(&self, codes: &[String]) -> bool {
        self.members.iter().eq(codes)
    }

    /// What the members handed in; none unless all are seen.
    pub(crate) fn submissions(&self, standings: &[Standing]) -> Option<Submissions> {
        let seen: Option<Vec<Submission>> = self
            .of(standings)
            .map(|standing| standing.submission)
            .collect();
        seen.map(Submissions::count)
    }
}

/// The codes of municipalities.
pub(crate) fn codes(standings: &[Standing]) -> impl Iterator<Item = &str> {
    standings
        .iter()
        .map(|standing| standing.municipality.as_str())
}

/// The areas of a kind as groups, with the municipalities that are in none of them as one more.
pub(crate) fn groups<'a>(
    areas: impl IntoIterator<Item = (String, String, String)>,
    municipalities: impl IntoIterator<Item = &'a str>,
) -> Vec<Group> {
    let mut found: BTreeMap<String, Group> = BTreeMap::new();
    for (code, name, municipality) in areas {
        let group = found.entry(code.clone()).or_insert_with(|| Group {
            code,
            name,
            members: BTreeSet::new(),
        });
        group.members.insert(municipality);
    }
    let mut rest = Group {
        code: REST.to_owned(),
        name: "Overige gemeenten".to_owned(),
        members: BTreeSet::new(),
    };
    for municipality in municipalities {
        if !found
            .values()
            .any(|group| group.members.contains(municipality))
        {
            rest.members.insert(municipality.to_owned());
        }
    }
    let mut groups: Vec<Group> = found.into_values().collect();
    if !rest.members.is_empty() {
        groups.push(rest);
    }
    groups
}

/// Whether a municipality is in two of the groups: then they do not add up to the country.
pub(crate) fn overlap(groups: &[Group]) -> bool {
    let mut seen = BTreeSet::new();
    groups
        .iter()
        .flat_map(|group| &group.members)
        .any(|member| !seen.insert(member))
}

/// The verdict under a counting rule. `regional` holds the criteria that a region may answer. An answer of the member's own
/// goes before that of its region, so where it gave one the region did not answer for it.
pub(crate) fn counted(
    rule: CountingRule,
    status: VerdictStatus,
    criteria: &[CriterionGround],
    regional: &BTreeSet<String>,
) -> VerdictStatus {
    match rule {
        CountingRule::EveryMunicipality => status,
        CountingRule::MunicipalityOrRegion => {
            let met = |ground: &CriterionGround| ground.effective == AnswerValue::Met;
            let adopted = criteria.iter().any(|ground| {
                ground.criterion == crate::verdict::rules::ADOPTED_POLICY && met(ground)
            });
            let by_region = |code: &String| {
                criteria.iter().any(|ground| {
                    ground.criterion == *code
                        && met(ground)
                        && ground.from == AnswerSource::Regional
                })
            };
            if adopted && !regional.is_empty() && regional.iter().all(by_region) {
                VerdictStatus::Compliant
            } else {
                status
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(code: &str, status: Option<VerdictStatus>) -> Standing {
        Standing {
            municipality: code.to_owned(),
            name: code.to_owned(),
            verdict: status.map(|status| Judged {
                status,
                since: None,
                provisional: status != VerdictStatus::NotAssessed,
            }),
            submission: status.map(|status| match status {
                VerdictStatus::NotAssessed => Submission::Missing,
                _ => Submission::OnTime,
            }),
        }
    }

    fn area(code: &str, municipality: &str) -> (String, String, String) {
        (code.to_owned(), code.to_owned(), municipality.to_owned())
    }

    #[test]
    fn a_group_is_counted_for_whoever_sees_all_of_it() {
        use VerdictStatus::{Compliant, NotAssessed};
        let standings = [
            standing("A", Some(Compliant)),
            standing("B", Some(NotAssessed)),
            standing("C", None),
        ];
        let found = groups(
            [area("X", "A"), area("X", "B"), area("Y", "C")],
            codes(&standings),
        );
        assert_eq!(found[0].verdicts(&standings), Some(Verdicts([1, 0, 0, 1])));
        assert_eq!(
            found[0]
                .submissions(&standings)
                .map(|s| (s.received(), s.missing, s.expected())),
            Some((1, 1, 2))
        );
        assert!(found[0].is_provisional(&standings));
        assert_eq!(found[1].verdicts(&standings), None);
        assert_eq!(Group::country(&standings).verdicts(&standings), None);
        assert_eq!(
            Group::country(&standings[..2]).verdicts(&standings),
            Some(Verdicts([1, 0, 0, 1]))
        );
    }

    #[test]
    fn whoever_knows_its_own_verdict_knows_another_by_a_count_that_is_almost_uniform() {
        for (counts, expected) in [
            ([0, 6, 0, 0], true),
            ([1, 5, 0, 0], true),
            ([2, 4, 0, 0], false),
            ([1, 1, 4, 0], false),
            ([0, 0, 0, 0], true),
        ] {
            assert_eq!(Verdicts(counts).is_almost_uniform(), expected, "{counts:?}");
        }
    }

    #[test]
    fn what_is_in_no_area_is_a_group_of_its_own_and_two_areas_overlap() {
        let standings = [standing("A", None), standing("B", None)];
        let found = groups([area("X", "A")], codes(&standings));
        assert_eq!((found[1].code.as_str(), found[1].members.len()), (REST, 1));
        assert!(!overlap(&found));
        assert!(overlap(&groups(
            [area("X", "A"), area("Y", "A")],
            codes(&standings)
        )));
    }

    #[test]
    fn a_region_counts_for_a_member_that_adopted_the_policy_and_left_it_the_answers() {
        use VerdictStatus::{Compliant, PartlyCompliant};
        let ground = |code: &str, effective, from| CriterionGround {
            criterion: code.to_owned(),
            required: true,
            effective,
            from,
            area: None,
            reasons: Vec::new(),
        };
        let regional = BTreeSet::from(["SK-01".to_owned()]);
        let adopted = ground("BB-01", AnswerValue::Met, AnswerSource::Computed);
        let by_region = ground("SK-01", AnswerValue::Met, AnswerSource::Regional);
        let own = ground("SK-01", AnswerValue::Met, AnswerSource::Own);
        let not_met = ground("SK-01", AnswerValue::NotMet, AnswerSource::Regional);
        let under = |rule, criteria: &[CriterionGround]| {
            counted(rule, PartlyCompliant, criteria, &regional)
        };
        let either = CountingRule::MunicipalityOrRegion;
        assert_eq!(
            under(either, &[adopted.clone(), by_region.clone()]),
            Compliant
        );
        assert_eq!(
            under(either, std::slice::from_ref(&by_region)),
            PartlyCompliant
        );
        assert_eq!(under(either, &[adopted.clone(), own]), PartlyCompliant);
        assert_eq!(under(either, &[adopted.clone(), not_met]), PartlyCompliant);
        assert_eq!(
            under(CountingRule::EveryMunicipality, &[adopted, by_region]),
            PartlyCompliant
        );
    }
}
