//! What an answer, an approval and a day must be: plain values in, the mistakes out. What follows
//! what is told by [`super::life_cycle`].

use chrono::NaiveDate;

use super::evidence::{self, EvidenceMistake, GivenEvidence};
use crate::{
    mistake::Mistake,
    personal_data::personal_data,
    verdict::rules::{AnswerValue, AnsweredBy, Edition},
};

/// Characters that an explanation may have.
const LONGEST_EXPLANATION: usize = 4000;
/// Characters that the name of a function may have.
const LONGEST_FUNCTION: usize = 200;
/// The days of a period, for one municipality: an extension has moved its deadline.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    /// The first day on which a version can be handed in.
    pub opens_on: NaiveDate,
    /// The last day on which it is on time, moved by an extension. NL: uiterste inleverdatum.
    pub deadline_on: NaiveDate,
    /// The last day on which it can be handed in at all.
    pub closes_on: NaiveDate,
}

impl Days {
    /// Whether handing in is possible on a day.
    pub fn accepts(&self, day: NaiveDate) -> bool {
        self.opens_on <= day && day <= self.closes_on
    }

    /// Whether handing in on a day is on time: by the deadline in force, also when it was moved
    /// after that day.
    pub fn on_time(&self, day: NaiveDate) -> bool {
        day <= self.deadline_on
    }

    /// The last day for handing in what waits for it since a day: the deadline while that had not
    /// passed, and then the last day on which anything is taken in.
    pub fn due_since(&self, day: NaiveDate) -> NaiveDate {
        if self.on_time(day) {
            self.deadline_on
        } else {
            self.closes_on
        }
    }
}

/// What can be wrong with an answer of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerMistake {
    /// The edition has no criterion of this code.
    UnknownCriterion,
    /// The criterion is computed, or a region answers it.
    NotYoursToAnswer,
    /// The criterion always applies, and the answer is "not applicable".
    NotApplicableNotAllowed,
    /// An earlier answer of the same input is to the same criterion.
    AnsweredTwice,
    /// The explanation has more than 4000 characters.
    ExplanationTooLong,
    /// The explanation or the evidence holds a BSN, an e-mail address or what feigns a redaction.
    PersonalData,
    /// The kept answer is of another revision than the one that the caller saw.
    StaleRevision,
    /// There are more than 20 pieces of evidence.
    TooMuchEvidence,
    /// The criterion knows no evidence of this kind.
    UnknownEvidenceKind,
    /// A title or a reference of the evidence is empty or longer than 300 characters.
    EvidenceText,
    /// The address of the evidence is not a whole one over https.
    InvalidAddress,
    /// Neither an address nor a reference says where the evidence stands.
    EvidenceNowhere,
    /// The date of the evidence lies after the present day.
    EvidenceInTheFuture,
}

/// An answer to keep in a draft.
#[derive(Debug, Clone)]
pub struct GivenAnswer<'a> {
    /// The code of the criterion, as the caller gave it.
    pub criterion: &'a str,
    /// The answer. NL: antwoord.
    pub answer: AnswerValue,
    /// The explanation, at most 4000 characters. NL: toelichting.
    pub explanation: Option<&'a str>,
    /// The evidence; none to keep what is there.
    pub evidence: Option<&'a [GivenEvidence]>,
    /// The revision that the caller saw; none for an answer that it has not seen before.
    pub revision: Option<i32>,
    /// The revision that is kept; none when there is no answer yet.
    pub kept: Option<i32>,
}

/// What the answers of a save are held against.
#[derive(Debug, Clone, Copy)]
pub struct Measure<'a> {
    /// The edition of the period.
    pub edition: &'a Edition,
    /// Kinds of evidence that each criterion names, by the code of the criterion.
    pub kinds: &'a [(String, Vec<String>)],
    /// The present day.
    pub today: NaiveDate,
}

/// Checks all answers of a save, every mistake at once.
pub fn check_answers(
    measure: Measure<'_>,
    requested: &[GivenAnswer<'_>],
) -> Vec<Mistake<AnswerMistake>> {
    let mut mistakes = Vec::new();
    for (i, one) in requested.iter().enumerate() {
        let index = i.to_string();
        let mut wrong = MistakesAt {
            index: &index,
            mistakes: &mut mistakes,
        };
        check_criterion(measure.edition, one, &mut wrong);
        let mut earlier = requested.iter().take(i);
        if earlier.any(|other| other.criterion == one.criterion) {
            wrong.add(
                AnswerMistake::AnsweredTwice,
                "criterion",
                format!("{} staat er twee keer in.", one.criterion),
                format!("{} stands there twice.", one.criterion),
            );
        }
        if let Some(text) = one.explanation {
            check_explanation(text, &mut wrong);
        }
        if let Some(given) = one.evidence {
            let mut kinds = measure.kinds.iter();
            let kinds = kinds.find(|(code, _)| code == one.criterion);
            let kinds = kinds.map_or(&[][..], |(_, kinds)| kinds);
            let found = evidence::mistakes(&["answers", &index], given, kinds, measure.today);
            mistakes.extend(found.into_iter().map(Mistake::into_code));
        }
        mistakes.extend(stale_revision(one, &index));
    }
    mistakes
}

/// The mistakes in one answer, with its place among the answers.
struct MistakesAt<'a> {
    index: &'a str,
    mistakes: &'a mut Vec<Mistake<AnswerMistake>>,
}

impl MistakesAt<'_> {
    fn add(
        &mut self,
        code: AnswerMistake,
        field: &str,
        nl: impl Into<String>,
        en: impl Into<String>,
    ) {
        let place = ["answers", self.index, field];
        self.mistakes.push(Mistake::at(code, &place, nl, en));
    }
}

/// Whether the edition has the criterion, lets a municipality answer it, and lets it answer so.
fn check_criterion(edition: &Edition, one: &GivenAnswer<'_>, wrong: &mut MistakesAt<'_>) {
    let GivenAnswer {
        criterion, answer, ..
    } = *one;
    let Some(rule) = edition.criteria.iter().find(|rule| rule.code == criterion) else {
        let code = &edition.code;
        return wrong.add(
            AnswerMistake::UnknownCriterion,
            "criterion",
            format!("Editie {code} heeft geen criterium {criterion:?}."),
            format!("Edition {code} has no criterion {criterion:?}."),
        );
    };
    match rule.answered_by {
        AnsweredBy::Municipality => {}
        AnsweredBy::Computed => wrong.add(
            AnswerMistake::NotYoursToAnswer,
            "criterion",
            format!("{criterion} volgt uit geregistreerde vaststellingen."),
            format!("{criterion} follows from registered adoptions."),
        ),
        AnsweredBy::Region => wrong.add(
            AnswerMistake::NotYoursToAnswer,
            "criterion",
            format!("De regio beantwoordt {criterion} voor al haar gemeenten."),
            format!("{criterion} is answered by the region for all its municipalities."),
        ),
    }
    if answer == AnswerValue::NotApplicable && !rule.not_applicable_allowed {
        wrong.add(
            AnswerMistake::NotApplicableNotAllowed,
            "answer",
            format!("{criterion} is altijd van toepassing."),
            format!("{criterion} always applies."),
        );
    }
}

fn check_explanation(text: &str, wrong: &mut MistakesAt<'_>) {
    if text.chars().count() > LONGEST_EXPLANATION {
        wrong.add(
            AnswerMistake::ExplanationTooLong,
            "explanation",
            format!("Een toelichting heeft ten hoogste {LONGEST_EXPLANATION} tekens."),
            format!("An explanation has at most {LONGEST_EXPLANATION} characters."),
        );
    }
    if let Some(found) = personal_data(text) {
        let (nl, en) = found.refusal();
        wrong.add(AnswerMistake::PersonalData, "explanation", nl, en);
    }
}

/// That the kept answer is of another revision than the one that the caller saw.
fn stale_revision(one: &GivenAnswer<'_>, index: &str) -> Option<Mistake<AnswerMistake>> {
    if one.revision == one.kept {
        return None;
    }
    let (nl, en) = match one.kept {
        Some(kept) => (format!("revisie {kept}"), format!("revision {kept}")),
        None => ("nog geen antwoord".to_owned(), "no answer yet".to_owned()),
    };
    Some(Mistake::at(
        AnswerMistake::StaleRevision,
        &["answers", index, "revision"],
        format!("Iemand anders heeft dit antwoord gewijzigd: er is nu {nl}."),
        format!("Somebody else changed this answer: there is now {en}."),
    ))
}

/// An explanation as it is kept: without blanks around it, and none when nothing is left.
pub fn explanation(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

impl From<EvidenceMistake> for AnswerMistake {
    fn from(mistake: EvidenceMistake) -> Self {
        match mistake {
            EvidenceMistake::TooMuch => Self::TooMuchEvidence,
            EvidenceMistake::UnknownKind => Self::UnknownEvidenceKind,
            EvidenceMistake::Text => Self::EvidenceText,
            EvidenceMistake::PersonalData => Self::PersonalData,
            EvidenceMistake::InvalidAddress => Self::InvalidAddress,
            EvidenceMistake::Nowhere => Self::EvidenceNowhere,
            EvidenceMistake::InTheFuture => Self::EvidenceInTheFuture,
        }
    }
}

/// What can be wrong with the approval that goes with a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalMistake {
    /// The function is empty or longer than 200 characters.
    FunctionEmpty,
    /// The day of the approval lies after the present day.
    InTheFuture,
}

/// Checks who approved a submission, and when. That it is a function and no person is looked at
/// with the other texts of the input.
pub fn check_approval(
    function: &str,
    on: NaiveDate,
    today: NaiveDate,
) -> Vec<Mistake<ApprovalMistake>> {
    let mut mistakes = Vec::new();
    let length = function.trim().chars().count();
    if length == 0 || length > LONGEST_FUNCTION {
        mistakes.push(Mistake::at(
            ApprovalMistake::FunctionEmpty,
            &["approvedByFunction"],
            format!("Noem de functie die akkoord gaf, in 1 tot {LONGEST_FUNCTION} tekens."),
            format!("Name the function that approved, in 1 to {LONGEST_FUNCTION} characters."),
        ));
    }
    if on > today {
        mistakes.push(Mistake::at(
            ApprovalMistake::InTheFuture,
            &["approvedOn"],
            "Het akkoord ligt in de toekomst.",
            "The approval lies in the future.",
        ));
    }
    mistakes
}

#[cfg(test)]
mod tests;
