//! Counts municipalities by what is known of them on a day: pure, over those that a reader sees.
//!
//! A member is counted once and in one verdict; `members` is the sum of the four. Of submissions,
//! expected is the sum of received, missing and exempt: exempt is a municipality that came into
//! being after the deadline, so that it had no day on which to hand in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::{code_list::code_list, verdict::rules::VerdictStatus};

code_list! {
    /// What counts as meeting the framework. NL: telregel.
    pub enum CountingRule {
        /// Every municipality counts with its own verdict. NL: elke gemeente.
        EveryMunicipality = "EVERY_MUNICIPALITY", "Elke gemeente", "Every municipality",
            "Elke gemeente telt met haar eigen oordeel.";
        /// A municipality also counts as compliant where its region answered every required
        /// criterion that a region may answer as met, and it adopted a regional plan itself, as
        /// `BB-01` counts adoptions; also when it handed in nothing. What it answers itself, better
        /// or worse, changes its own verdict and not this. Its region is one area of which it is a
        /// member on that day; where two of its areas disagree, it counts by neither. NL: gemeente
        /// of regio.
        MunicipalityOrRegion = "MUNICIPALITY_OR_REGION",
            "Gemeente of regio",
            "Municipality or region",
            "Een gemeente voldoet hier ook wanneer haar regio elk verplicht criterium dat \
             een regio mag beantwoorden, met ‘voldaan’ heeft beantwoord en zij zelf een regionaal \
             plan heeft vastgesteld, zoals `BB-01` vaststellingen telt; ook als zij niets heeft \
             ingediend. Wat zij zelf antwoordt, beter of slechter, verandert haar eigen oordeel \
             en deze telling niet. Haar regio is een gebied waarvan zij op die dag lid is; \
             spreken twee gebieden elkaar tegen, dan telt zij door geen van beide.";
    }
}

impl CountingRule {
    /// The rule of a code that publications keep; the first one where none was kept.
    pub fn of_code(code: Option<&str>) -> Self {
        code.and_then(Self::from_code)
            .unwrap_or(Self::EveryMunicipality)
    }

    /// The rule in words.
    pub fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::EveryMunicipality => (
                "elke gemeente telt met haar eigen oordeel",
                "every municipality counts with its own verdict",
            ),
            Self::MunicipalityOrRegion => (
                "een gemeente telt ook als haar regio voldoet en zij het regionale beleid zelf \
                 heeft vastgesteld",
                "a municipality also counts where its region complies and it has adopted the \
                 regional plan itself",
            ),
        }
    }
}

code_list! {
    /// What a municipality handed in. NL: stand van indienen.
    pub enum Submission as "SubmissionState" {
        /// It handed in by the deadline. NL: op tijd.
        OnTime = "ON_TIME", "Op tijd", "On time",
            "De gemeente heeft uiterlijk op de uiterste datum ingediend.";
        /// It handed in after the deadline. NL: te laat.
        Late = "LATE", "Te laat", "Late",
            "De gemeente heeft na de uiterste datum ingediend.";
        /// It handed in nothing. NL: ontbreekt.
        Missing = "MISSING", "Ontbreekt", "Missing",
            "De gemeente heeft niets ingediend.";
        /// It came into being after the deadline, so that there was no day on which to hand in. NL:
        /// vrijgesteld.
        Exempt = "EXEMPT", "Vrijgesteld", "Exempt",
            "De gemeente ontstond na de uiterste datum, zodat er geen dag was om in te dienen.";
    }
}

/// A municipality that exists on the day, with what the reader sees of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The CBS code.
    pub municipality: String,
    /// The official name, made unambiguous.
    pub name: String,
    /// Its own verdict; none when the reader may not see it.
    pub verdict: Option<Judged>,
    /// That it counts as compliant by its region; none where it does not, where the counting rule
    /// does not ask, and where the reader may not see its verdict.
    pub by_region: Option<ByRegion>,
    /// What was handed in; none when the reader may not see it.
    pub submission: Option<Submission>,
    /// How the version that was the latest on the day waits for its review; none when none waited
    /// then, or the reader may not see it.
    pub wait: Option<Wait>,
    /// Whether its latest version waits for a review by all that is known, whatever the day; false
    /// when the reader may not see it.
    pub queued: bool,
}

/// How a submission waits for its review by VNG, on the day that is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// It waits, since the day on which it was submitted.
    Since(NaiveDate),
    /// It waited on the day that is told of, this one, and was reviewed after it: the verdict of
    /// that day does not know the review, as that of a closed period does not know a confirmation
    /// after the closing.
    ReviewedAfter(NaiveDate),
}

impl Standing {
    /// As what it counts; none when the reader may not see its verdict.
    pub fn counted(&self) -> Option<VerdictStatus> {
        let own = self.verdict.map(|verdict| verdict.status);
        own.map(|own| match self.by_region {
            Some(_) => VerdictStatus::Compliant,
            None => own,
        })
    }
}

/// That a municipality counts by its region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByRegion {
    /// Whether its criteria are a proposal.
    pub provisional: bool,
}

/// The verdict on a municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// The verdict.
    pub status: VerdictStatus,
    /// The first day on which it is so; none while nothing was judged.
    pub since: Option<NaiveDate>,
    /// The day from which it was judged as it stands; none while nothing was judged.
    pub judged_from: Option<NaiveDate>,
    /// Whether its criteria are a proposal.
    pub provisional: bool,
}

/// How many members of a group have which verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verdicts([i64; 4]);

impl Verdicts {
    /// The counts, in the order of [`VerdictStatus::ALL`].
    #[cfg(test)]
    pub fn of(counts: [i64; 4]) -> Self {
        Self(counts)
    }

    /// Counts verdicts.
    pub fn count(verdicts: impl IntoIterator<Item = VerdictStatus>) -> Self {
        let mut counts = Self::default();
        for verdict in verdicts {
            for (count, status) in counts.0.iter_mut().zip(VerdictStatus::ALL) {
                *count += i64::from(status == verdict);
            }
        }
        counts
    }

    /// Each verdict with its count, zeros included.
    pub fn each(&self) -> impl Iterator<Item = (VerdictStatus, i64)> + '_ {
        VerdictStatus::ALL.into_iter().zip(self.0)
    }

    /// The members, whatever their verdict.
    pub fn members(&self) -> i64 {
        self.0.iter().sum()
    }

    /// Whether all assessed members but one at most have the same verdict, so that the count tells
    /// the verdict of each, to everybody or to the one that knows its own. Where one at most was
    /// assessed, all the others are not.
    pub(crate) fn is_almost_uniform(&self) -> bool {
        let assessed = self
            .each()
            .filter(|(status, _)| *status != VerdictStatus::NotAssessed);
        let counts: Vec<i64> = assessed.map(|(_, count)| count).collect();
        let most = counts.iter().max().copied().unwrap_or_default();
        counts.iter().sum::<i64>() - most <= 1
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
pub struct Submissions {
    /// By the deadline.
    pub on_time: i64,
    /// After it.
    pub late: i64,
    /// Nothing.
    pub missing: i64,
    /// Not asked for anything.
    pub exempt: i64,
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
    pub fn received(&self) -> i64 {
        self.on_time + self.late
    }

    /// All members: received, missing and exempt.
    pub fn expected(&self) -> i64 {
        self.received() + self.missing + self.exempt
    }
}

/// A group of municipalities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The code of the area; `NL` for the country, `REST` for the members of no area of the kind.
    pub code: String,
    /// The name.
    pub name: String,
    /// Codes of its members.
    pub members: BTreeSet<String>,
}

/// The code of the whole country as a group.
pub const COUNTRY: &str = "NL";
/// The code of the group of those that belong to no area of a kind.
pub(crate) const REST: &str = "REST";

impl Group {
    /// The whole country.
    pub fn country(standings: &[Standing]) -> Self {
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
    pub fn verdicts(&self, standings: &[Standing]) -> Option<Verdicts> {
        let seen: Option<Vec<VerdictStatus>> = self.of(standings).map(Standing::counted).collect();
        seen.map(Verdicts::count)
    }

    /// Whether any member counts by provisional criteria.
    pub fn is_provisional(&self, standings: &[Standing]) -> bool {
        self.of(standings).any(|standing| {
            standing.verdict.is_some_and(|verdict| verdict.provisional)
                || standing.by_region.is_some_and(|region| region.provisional)
        })
    }

    /// Whether these are its members, by code in order.
    pub fn has_members(&self, codes: &[String]) -> bool {
        self.members.iter().eq(codes)
    }

    /// What the members handed in; none unless all are seen.
    pub fn submissions(&self, standings: &[Standing]) -> Option<Submissions> {
        let seen: Option<Vec<Submission>> = self
            .of(standings)
            .map(|standing| standing.submission)
            .collect();
        seen.map(Submissions::count)
    }
}

/// The codes of municipalities.
pub fn codes(standings: &[Standing]) -> impl Iterator<Item = &str> {
    standings
        .iter()
        .map(|standing| standing.municipality.as_str())
}

/// The areas of a kind as groups, with the municipalities that are in none of them as one more.
pub fn groups<'a>(
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
pub fn overlap(groups: &[Group]) -> bool {
    let mut seen = BTreeSet::new();
    groups
        .iter()
        .flat_map(|group| &group.members)
        .any(|member| !seen.insert(member))
}

#[cfg(test)]
mod tests;
