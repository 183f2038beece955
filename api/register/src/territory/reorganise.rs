//! `recordReorganisation`: municipalities go over into others on a day, many to many.
//!
//! Nothing happens on the day itself. The rows say from when to when a municipality exists, so the
//! number of municipalities, the members of areas and what counts for whom change at that midnight
//! by themselves. What was recorded of a municipality that ends stays its own; a new one that bears
//! an old code is another municipality.

use std::collections::BTreeSet;

use async_graphql::{InputObject, SimpleObject};
use chrono::NaiveDate;
use entity::{area_membership, municipality};

use super::{
    errors::{ReorganisationError, ReorganisationErrorCode},
    reorganisation::Reorganisation,
    repo::{
        self, MembershipChange, MembershipChanges, NewMembership, NewMunicipality,
        NewReorganisation, NewStep,
    },
    sole::{Known, conflict},
};
use crate::sources::input::{SourceInput, source_mistakes};
use database::{DbError, Session};
use domain::{
    mistake::{Mistake, text_mistakes},
    policy::{self, MayManageFramework},
    territory::{
        MunicipalityCode,
        rules::{Becomes, holds},
    },
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    date::Date,
    payload::IdempotencyKey,
};
use ledger::judge::{Concerned, judge_anew};

/// Characters of a name at most.
const LONGEST_NAME: usize = 200;

/// One municipality going over into another, wholly or in part. NL: overgang.
#[derive(InputObject, Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReorganisationStepInput {
    /// The CBS code of the municipality that goes over, and ends. NL: voorganger.
    predecessor: String,
    /// The CBS code of the municipality that takes it in: one that stays, or one that begins. NL:
    /// opvolger.
    successor: String,
    /// Whether it is the largest of those that go over into the successor: a new municipality
    /// inherits its policy for a time. Where nobody says, a single predecessor is the largest. NL:
    /// grootste voorganger.
    is_largest: Option<bool>,
}

/// A municipality that begins. NL: nieuwe gemeente.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct NewMunicipalityInput {
    /// The CBS code; that of a municipality that ends on the day may be used again. NL: CBS-code.
    code: String,
    /// The official name, at most 200 characters. NL: naam.
    name: String,
    /// The name with its province's sign, where two municipalities have one name; by default the
    /// name. NL: eenduidige naam.
    label: Option<String>,
    /// Other names by which it is found. NL: andere namen.
    #[graphql(default)]
    aliases: Vec<String>,
    /// The codes of the areas that it is a member of, its province and its safety region among
    /// them. NL: gebieden.
    areas: Vec<String>,
}

/// A reorganisation. Its kind follows: who goes over into several is split; who goes over into one
/// that begins merges; who goes over into one that stays is absorbed. NL: vast te leggen
/// herindeling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordReorganisationInput {
    /// The first day of the new situation, any day, in the past or to come. From 2018-01-01 to
    /// 2099-12-31. NL: ingangsdatum.
    effective_on: Date,
    /// Who goes over into whom. NL: overgangen.
    steps: Vec<ReorganisationStepInput>,
    /// The municipalities that begin on the day. NL: nieuwe gemeenten.
    #[graphql(default)]
    new_municipalities: Vec<NewMunicipalityInput>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a reorganisation. NL: resultaat.
#[derive(SimpleObject, Debug)]
#[graphql(complex)]
pub(crate) struct RecordReorganisationPayload {
    /// What was recorded, one for each step; empty when nothing was. NL: herindelingen.
    pub(super) reorganisations: Vec<Reorganisation>,
    /// What to repair; empty when it was recorded. NL: fouten.
    pub(super) errors: Vec<ReorganisationError>,
}

graphql::warned! { RecordReorganisationPayload }

type Code = ReorganisationErrorCode;

/// Records a reorganisation and has judged anew whom it concerns; gives the subjects, with commas
/// between them.
pub(super) async fn record(
    request: &RequestContext,
    input: &RecordReorganisationInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("recordReorganisation", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let session = change.session();
    let known = Known::read(session).await?;
    let municipalities = repo::all::<municipality::Entity>(session).await?;
    let requested = ReorganisationRequest::of(input, &municipalities);
    let mut mistakes = requested.mistakes();
    mistakes.extend(requested.mistakes_of_new(&known));
    mistakes.extend(source_mistakes(session, Some(&input.source), Code::UnknownSource).await?);

    let ending: Vec<String> = requested
        .ending
        .iter()
        .map(|row| row.code.clone())
        .collect();
    let day = input.effective_on.0;
    mistakes.extend(has_acted(session, &change.permit, (&ending, day), "effectiveOn").await?);
    let changes = requested.membership_changes(&known);
    mistakes.extend(requested.conflicts(&known, &changes));
    stop_at(mistakes)?;

    let source = input.source.pair();
    let new = NewReorganisation {
        day: input.effective_on.0,
        steps: requested.steps(),
        ending: requested.ending.clone(),
        beginning: requested.beginning(),
        source: source.clone(),
    };
    let (writer, permit) = (&mut change.writer, &change.permit);
    let subjects = repo::append_reorganisation(writer, permit, new).await?;
    repo::append_memberships(writer, permit, changes, &source).await?;
    let concerned: BTreeSet<&String> = requested
        .codes
        .iter()
        .flat_map(|(from, into)| [from, into])
        .collect();
    judge_anew(writer, &Concerned::municipalities(concerned)).await?;
    Ok(change.seal(request, subjects.join(",")).await?)
}

/// That municipalities would not exist on a day on which they handed in: whoever inherits from them
/// would read what they answered for themselves.
pub(super) async fn has_acted(
    session: &Session,
    permit: &MayManageFramework,
    (codes, day): (&[String], NaiveDate),
    field: &str,
) -> Result<Vec<Mistake<Code>>, DbError> {
    let acted = repo::acted_since(session, permit, codes, day).await?;
    if acted.is_empty() {
        return Ok(Vec::new());
    }
    let acted = acted.join(", ");
    Ok(vec![Mistake::at(
        Code::HasActed,
        &[field],
        format!(
            "{acted} diende op of na {day} nog een beoordeling in en kan dus niet al zijn opgeheven \
             of er nooit zijn geweest."
        ),
        format!(
            "{acted} handed in an assessment on {day} or later, so it cannot have ended before or \
             never have been."
        ),
    )])
}

/// What is asked, beside what is known.
struct ReorganisationRequest<'a> {
    input: &'a RecordReorganisationInput,
    municipalities: &'a [municipality::Model],
    /// Predecessor and successor of each step, written as codes are.
    codes: Vec<(String, String)>,
    /// The municipalities that end: every predecessor that exists on the day before and would still
    /// exist on the day.
    ending: Vec<&'a municipality::Model>,
}

fn written(code: &str) -> String {
    code.trim().to_ascii_uppercase()
}

impl<'a> ReorganisationRequest<'a> {
    fn of(input: &'a RecordReorganisationInput, municipalities: &'a [municipality::Model]) -> Self {
        let day = input.effective_on.0;
        let codes: Vec<(String, String)> = input
            .steps
            .iter()
            .map(|step| (written(&step.predecessor), written(&step.successor)))
            .collect();
        let before = day.pred_opt().unwrap_or(day);
        let is_ending = |row: &&municipality::Model| {
            holds(row.valid_from, row.valid_to, before)
                && holds(row.valid_from, row.valid_to, day)
                && codes.iter().any(|(from, _)| *from == row.code)
        };
        Self {
            input,
            municipalities,
            ending: municipalities.iter().filter(is_ending).collect(),
            codes,
        }
    }

    fn ends(&self, code: &str) -> bool {
        self.ending.iter().any(|row| row.code == code)
    }

    fn begins(&self, code: &str) -> bool {
        self.input
            .new_municipalities
            .iter()
            .any(|new| written(&new.code) == code)
    }

    /// Whether a municipality exists before and after and is not touched as a predecessor.
    fn stays(&self, code: &str) -> bool {
        let day = self.input.effective_on.0;
        let exists = |row: &municipality::Model| {
            row.code == code && holds(row.valid_from, row.valid_to, day)
        };
        !self.ends(code) && self.municipalities.iter().any(exists)
    }

    fn mistakes(&self) -> Vec<Mistake<Code>> {
        let mut mistakes = Vec::new();
        if self.codes.is_empty() {
            mistakes.push(Mistake::at(
                Code::NothingToDo,
                &["steps"],
                "Noem ten minste één gemeente die opgaat in een andere.",
                "Name at least one municipality that goes over into another.",
            ));
        }
        for (at, (from, into)) in self.codes.iter().enumerate() {
            let at_text = at.to_string();
            let at_field = |field| ["steps", at_text.as_str(), field];
            if self.codes[..at].contains(&(from.clone(), into.clone())) {
                mistakes.push(Mistake::at(
                    Code::Repeated,
                    &at_field("successor"),
                    "Deze overgang staat er al.",
                    "This step stands there already.",
                ));
            }
            if !self.ends(from) {
                mistakes.push(Mistake::at(
                    Code::UnknownPredecessor,
                    &at_field("predecessor"),
                    format!(
                        "Er is geen gemeente {from:?} die op die dag kan opgaan in een andere."
                    ),
                    format!("There is no municipality {from:?} that can go over on that day."),
                ));
            }
            if !self.begins(into) && !self.stays(into) {
                mistakes.push(Mistake::at(
                    Code::UnknownSuccessor,
                    &at_field("successor"),
                    format!("Er is op die dag geen gemeente {into:?}, en zij begint dan ook niet."),
                    format!(
                        "There is no municipality {into:?} on that day, and it does not begin then."
                    ),
                ));
            }
            let is_largest = |at: usize| self.input.steps[at].is_largest == Some(true);
            let is_second =
                (0..at).any(|earlier| is_largest(earlier) && self.codes[earlier].1 == *into);
            if is_largest(at) && is_second {
                mistakes.push(Mistake::at(
                    Code::SeveralLargest,
                    &at_field("isLargest"),
                    "Van deze opvolger is al een grootste voorganger opgegeven.",
                    "This successor has a largest predecessor already.",
                ));
            }
        }
        mistakes
    }

    fn mistakes_of_new(&self, known: &Known) -> Vec<Mistake<Code>> {
        let mut mistakes = Vec::new();
        for (at, new) in self.input.new_municipalities.iter().enumerate() {
            let at = at.to_string();
            let field = |name| ["newMunicipalities", at.as_str(), name];
            let code = written(&new.code);
            if MunicipalityCode::parse(&new.code).is_none() {
                mistakes.push(Mistake::at(
                    Code::InvalidCode,
                    &field("code"),
                    "Een gemeentecode is GM met vier cijfers, zoals GM0402.",
                    "The code of a municipality is GM and four digits, as in GM0402.",
                ));
            }
            if self.is_in_use(&code) {
                mistakes.push(Mistake::at(
                    Code::CodeInUse,
                    &field("code"),
                    format!("De code {code} is op die dag of later in gebruik."),
                    format!("The code {code} is in use on that day or later."),
                ));
            }
            if !self.codes.iter().any(|(_, into)| *into == code) {
                mistakes.push(Mistake::at(
                    Code::WithoutPredecessor,
                    &field("code"),
                    "In deze nieuwe gemeente gaat geen gemeente op.",
                    "No municipality goes over into this new one.",
                ));
            }
            if !fits(&new.areas, known) {
                mistakes.push(Mistake::at(
                    Code::InvalidAreas,
                    &field("areas"),
                    "Noem bestaande gebieden, met precies één provincie en één veiligheidsregio.",
                    "Name areas that exist, exactly one province and one safety region among them.",
                ));
            }
            let names = [("name", Some(&new.name)), ("label", new.label.as_ref())];
            let aliases = new.aliases.iter().map(|alias| ("aliases", Some(alias)));
            for (name, text) in names.into_iter().chain(aliases) {
                let text = text.map(String::as_str);
                mistakes.extend(text_mistakes(
                    &field(name),
                    text,
                    LONGEST_NAME,
                    Code::TextLength,
                ));
            }
        }
        mistakes
    }

    /// Whether a municipality bears a code on the day or later and does not end on the day, or two
    /// that begin would.
    fn is_in_use(&self, code: &str) -> bool {
        let day = self.input.effective_on.0;
        let bears_on =
            |row: &&municipality::Model| row.code == code && row.valid_to.is_none_or(|to| day < to);
        let bearing = self.municipalities.iter().filter(bears_on).count();
        let ending = self.ending.iter().filter(|row| row.code == code).count();
        let new = self.input.new_municipalities.iter();
        let beginning = new.filter(|new| written(&new.code) == code).count();
        bearing > ending || beginning > 1
    }

    fn steps(&self) -> Vec<NewStep> {
        let step = |(at, (from, into)): (usize, &(String, String))| {
            let parts = self.codes.iter().filter(|(other, _)| other == from).count();
            let kind = match (parts, self.begins(into)) {
                (2.., _) => "SPLIT",
                (_, true) => "MERGER",
                (_, false) => "ABSORPTION",
            };
            NewStep {
                kind,
                predecessor: from.clone(),
                successor: into.clone(),
                is_largest: self.input.steps[at].is_largest,
            }
        };
        self.codes.iter().enumerate().map(step).collect()
    }

    fn beginning(&self) -> Vec<NewMunicipality> {
        let new = self.input.new_municipalities.iter();
        new.map(|new| NewMunicipality {
            code: written(&new.code),
            name: new.name.clone(),
            label: new.label.as_ref().unwrap_or(&new.name).clone(),
            aliases: new.aliases.clone(),
        })
        .collect()
    }

    /// Who ends leaves its areas; who begins enters its own.
    fn membership_changes<'b>(&self, known: &'b Known) -> MembershipChanges<'b> {
        let day = self.input.effective_on.0;
        let becomes = |row: &area_membership::Model| {
            let has_begun = row.valid_from.is_none_or(|from| from < day);
            match (self.ends(&row.municipality), has_begun) {
                (true, true) if row.valid_to.is_none_or(|to| day < to) => Becomes::Ended,
                (true, false) => Becomes::Withdrawn,
                (true | false, _) => Becomes::Kept,
            }
        };
        let new = self.input.new_municipalities.iter();
        let new: BTreeSet<NewMembership> = new
            .flat_map(|new| {
                new.areas.iter().map(|area| NewMembership {
                    area: written(area),
                    municipality: written(&new.code),
                })
            })
            .collect();
        MembershipChanges {
            day,
            known: known
                .memberships
                .iter()
                .map(|row| MembershipChange {
                    row,
                    becomes: becomes(row),
                })
                .collect(),
            new: new.into_iter().collect(),
        }
    }

    /// The municipalities that begin and would be of two areas at once.
    fn conflicts(&self, known: &Known, changes: &MembershipChanges<'_>) -> Vec<Mistake<Code>> {
        let begins = |code: &str| changes.new.iter().any(|new| new.municipality == code);
        known
            .conflicts(changes)
            .into_iter()
            .filter(|twice| begins(twice.municipality))
            .map(|twice| conflict(twice, &["newMunicipalities"], Code::Overlaps))
            .collect()
    }
}

/// Whether all areas exist, and one is a province and one a safety region.
fn fits(codes: &[String], known: &Known) -> bool {
    let codes: BTreeSet<String> = codes.iter().map(|code| written(code)).collect();
    let areas: Vec<_> = known
        .areas
        .iter()
        .filter(|area| codes.contains(&area.code))
        .collect();
    let one = |kind: &str| areas.iter().filter(|area| area.kind == kind).count() == 1;
    areas.len() == codes.len() && one("PROVINCE") && one("SAFETY_REGION")
}
