//! How each mutation of the matrix is called, and in which order.

use acceptance::PERIOD;
use serde_json::{Value, json};

use super::{LAREN, OTHER, OWN, Subject, Who};

/// The mutations in the order of a working day, so that what is allowed can succeed; the regions
/// stand apart, because nobody is one's own region before.
pub(super) const FIRST_MUTATION: &str = "registerReportingRegion";
pub(super) const MUTATIONS: [&str; 82] = [
    "preparePublication",
    "respondToVerdict",
    "publish",
    "withdrawPublication",
    "reportStatus",
    "recordResult",
    "recordMeasurement",
    "planAction",
    "endAction",
    "linkActions",
    "setBudget",
    "registerPartner",
    "assignPartner",
    "recordPlanVersion",
    "recordActionLine",
    "recordGoal",
    "withdrawGoal",
    "withdrawActionLine",
    "withdrawPlanVersion",
    "recordMotion",
    "withdrawMotion",
    "importStatusReports",
    "closeMonitoringRound",
    "correctStatusReport",
    "openMonitoringRound",
    "startDraft",
    "saveDraft",
    "importAnswerSheet",
    "giveSubmissionMandate",
    "submitAssessment",
    "extendDeadline",
    "claimReview",
    "askQuestions",
    "answerQuestion",
    "returnAssessment",
    "claimReviews",
    "returnAssessments",
    "confirmAssessment",
    "confirmAssessments",
    "fillOnBehalf",
    "acceptOnBehalf",
    "importAssessments",
    "withdrawAssessment",
    "endSubmissionMandate",
    "submitRegionalAnswer",
    "questionRegionalAnswer",
    "returnRegionalAnswer",
    "confirmRegionalAnswer",
    "endRegionalAnswer",
    "recordRegionalMeeting",
    "raiseRegionalBottleneck",
    "resolveRegionalBottleneck",
    "recordRegionalDecision",
    "withdrawRegionalMeeting",
    "withdrawRegionalBottleneck",
    "withdrawRegionalDecision",
    "submitRegionalReport",
    "confirmRegionalReport",
    "openReportingPeriod",
    "rescheduleReportingPeriod",
    "proposeEdition",
    "openEditionForComment",
    "remarkOnCriterion",
    "withdrawEdition",
    "endorseEdition",
    "createFeedKey",
    "rotateFeedKey",
    "revokeFeedKey",
    "registerMailbox",
    "withdrawMailbox",
    "registerSourceDocument",
    "recordPolicy",
    "recordAdoption",
    "declarePolicyState",
    "nameFunctionRegistrar",
    "assignFunction",
    "declareFunctionVacancy",
    "withdrawFunctionVacancy",
    "registerArea",
    "setAreaMembers",
    "recordReorganisation",
    "withdrawReorganisation",
];

/// Periods in which Hilversum has no draft at first, for what can be done once in a period: by
/// itself, and by its region.
pub(super) const OWN_PERIOD: &str = "2026-3";
pub(super) const REGION_PERIOD: &str = "2026-4";

/// An input that is good, and not the same for two cells of the matrix.
pub(super) fn input(mutation: &str, who: Who, subject: Subject) -> Value {
    let inputs = [
        publication_input(mutation, subject),
        plan_input(mutation, who),
        outline_input(mutation),
        progress_input(mutation, who, subject),
        assessment_input(mutation, who, subject),
        review_input(mutation, who, subject),
        region_input(mutation, subject),
        framework_input(mutation, who),
        territory_input(mutation, subject),
        policy_input(mutation, who, subject),
        feed_key_input(mutation, who, subject),
        mailbox_input(mutation),
    ];
    let mut input = inputs.into_iter().flatten().next();
    let input = input
        .as_mut()
        .unwrap_or_else(|| panic!("no input for {mutation}"));
    if mutation != "saveDraft" && input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = format!("{mutation} {who:?} {subject:?}").into();
    }
    input.take()
}

/// A publication and the response to it.
fn publication_input(mutation: &str, subject: Subject) -> Option<Value> {
    let code = subject.municipality();
    Some(match mutation {
        "preparePublication" => json!({
            "kind": "COMPLIANCE_PICTURE", "about": PERIOD, "level": "BY_NAME",
            "incompleteBecause": "De Kamer vroeg erom.",
        }),
        "respondToVerdict" => json!({
            "publication": "compliance-2026-2-1", "municipality": code, "text": "Onze reactie.",
        }),
        "publish" => json!({ "publication": "monitoring-2025-1-1" }),
        "withdrawPublication" => json!({
            "publication": "budget-2024-1", "reason": "Een fout in de bron.",
        }),
        _ => return None,
    })
}

/// The plan, its money, its partners and its rounds.
fn plan_input(mutation: &str, who: Who) -> Option<Value> {
    Some(match mutation {
        "openMonitoringRound" => json!({
            "key": "2027-1", "titleNl": "Ronde", "titleEn": "Round", "dateEarliest": "2027-01-01",
            "dateLatest": "2027-02-01",
        }),
        "importStatusReports" => json!({
            "round": "2026-1", "table": "action,status\n12,COMPLETED\n",
        }),
        "closeMonitoringRound" => json!({ "round": "2026-1" }),
        "correctStatusReport" => json!({
            "round": "2025-1", "action": 17, "status": "COMPLETED", "reason": "Nagekomen bericht",
        }),
        "planAction" => json!({
            "number": 47, "line": 4, "titleNl": "Nieuwe actie", "titleEn": "New action",
            "source": source(),
        }),
        "endAction" => json!({
            "action": 46, "lastDay": "2026-12-31", "reasonNl": "Opgegaan in actie 45.",
            "reasonEn": "Merged into action 45.", "source": source(),
        }),
        "linkActions" => json!({
            "action": 47, "kind": "RELATED_TO", "to": ["2024/33"], "source": source(),
        }),
        "setBudget" => json!({
            "row": { "ofActions": { "actions": [47], "title": "Nieuwe actie" } },
            "source": source(), "cells": [{ "year": 2026, "state": "AMOUNT", "euros": 100_000 }],
        }),
        "registerPartner" => json!({
            "key": "nieuwe-partner", "name": "Nieuwe Partner", "nameEn": "New Partner",
            "kind": "NGO", "source": source(),
        }),
        "assignPartner" => json!({
            "action": 47, "partner": "nieuwe-partner", "role": "OWNER", "from": "2026-11-22",
            "text": "Aangewezen.", "source": source(),
        }),
        "registerSourceDocument" => json!({
            "key": format!("besluit-{}", who as usize), "kind": "ADMINISTRATIVE_DECISION",
            "titleNl": "Besluit",
        }),
        _ => return None,
    })
}

/// Versions of the plan, their lines and goals, and what parliament asked of them: recorded, and
/// taken back in the order in which nothing rests on what goes.
fn outline_input(mutation: &str) -> Option<Value> {
    Some(match mutation {
        "recordPlanVersion" => json!({
            "key": "2027", "titleNl": "Nieuw plan", "titleEn": "New plan", "state": "PROPOSED",
            "source": source(),
        }),
        "recordActionLine" => json!({
            "plan": "2027", "number": 1, "titleNl": "Nieuwe lijn", "titleEn": "New line",
            "source": source(),
        }),
        "recordGoal" => json!({
            "plan": "2027", "line": 1, "number": 1, "textNl": "Een doel.", "textEn": "A goal.",
            "source": source(),
        }),
        "withdrawGoal" => json!({ "goal": "2027/1/1", "source": source() }),
        "withdrawActionLine" => json!({ "plan": "2027", "number": 1, "source": source() }),
        "withdrawPlanVersion" => json!({ "key": "2027", "source": source() }),
        "recordMotion" => json!({
            "key": "toezegging-nieuw", "kind": "COMMITMENT", "titleNl": "Toezegging",
            "titleEn": "Commitment", "asksNl": "Een brief.", "asksEn": "A letter.",
            "source": source(),
        }),
        "withdrawMotion" => json!({ "key": "toezegging-nieuw", "source": source() }),
        _ => return None,
    })
}

/// What is reported of actions: 33 is CoMensha's, 30 is VNG's.
fn progress_input(mutation: &str, who: Who, subject: Subject) -> Option<Value> {
    Some(match mutation {
        "reportStatus" => json!({
            "round": "2026-1", "action": subject.choose(33, 30),
            "status": "ONGOING",
        }),
        "recordResult" => json!({
            "action": subject.choose(33, 30), "kind": "PRODUCT",
            "qualifier": "NONE", "explanation": "Handreiking gemaakt.", "summary": "Guide made.",
        }),
        "recordMeasurement" => json!({
            "key": format!("meting-{}-{}", who as usize, subject as usize), "kind": "INTERIM",
            "state": "RUNNING", "action": subject.choose(33, 30),
            "explanation": "Meting loopt.", "summary": "Being measured.",
        }),
        _ => return None,
    })
}

/// An assessment, from its draft to its submission.
fn assessment_input(mutation: &str, who: Who, subject: Subject) -> Option<Value> {
    let code = subject.municipality();
    Some(match mutation {
        "startDraft" => json!({
            "municipality": code,
            "period": if who == Who::Region { REGION_PERIOD } else { OWN_PERIOD },
        }),
        "saveDraft" => {
            let fresh = ["BB-03", "BB-04", "BB-05", "BB-07", "SV-03", "SV-04"][who as usize];
            let answer =
                json!({ "criterion": fresh, "answer": "MET", "explanation": secret(code) });
            json!({ "municipality": code, "period": PERIOD, "answers": [answer] })
        }
        "importAnswerSheet" => {
            let fresh = ["BW-01", "BW-02", "SK-02", "SK-03", "SK-04", "SK-05"][who as usize];
            let table = format!(
                "criterion,answer,explanation\n{fresh},MET,{}\n",
                secret(code)
            );
            json!({ "municipality": code, "period": PERIOD, "table": table })
        }
        "remarkOnCriterion" => {
            let mut input = json!({
                "edition": "VOORSTEL-2", "criterion": "BB-01", "text": "Vertrouwelijk bedoeld.",
            });
            if who == Who::Region {
                input["area"] = subject.area().into();
            } else {
                input["municipality"] = code.into();
            }
            input
        }
        // Laren is in VR14, and nobody else fills in for it here.
        "importAssessments" => json!({
            "period": PERIOD, "table": format!("municipality,SV-01\n{LAREN},MET\n"),
            "reason": "Opgave",
        }),
        "fillOnBehalf" => json!({
            "municipality": code, "period": PERIOD, "reason": "Geen toegang",
            "channel": "TELEPHONE",
            "answers": [{ "criterion": "SV-01", "answer": "MET", "explanation": secret(code) }],
        }),
        "acceptOnBehalf" => json!({
            "municipality": code, "period": PERIOD, "filling": 1, "reason": "Correctie",
            "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20",
        }),
        "submitAssessment" => json!({
            "municipality": code, "period": PERIOD, "reason": "Correctie",
            "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20",
        }),
        "withdrawAssessment" => json!({
            "municipality": code,
            "period": if who == Who::Region { REGION_PERIOD } else { OWN_PERIOD },
            "reason": "Vergissing",
        }),
        "giveSubmissionMandate" => json!({
            "municipality": code, "area": subject.area(), "from": "2027-01-01",
        }),
        "endSubmissionMandate" => json!({
            "municipality": code, "area": subject.area(), "lastDay": "2026-11-22",
        }),
        _ => return None,
    })
}

/// A review, and the days that it has.
fn review_input(mutation: &str, who: Who, subject: Subject) -> Option<Value> {
    let code = subject.municipality();
    Some(match mutation {
        "claimReview" => json!({ "municipality": code, "period": PERIOD }),
        // By then Hilversum has submitted twice and its region once; Amsterdam has submitted once.
        "askQuestions" => json!({
            "municipality": code, "period": PERIOD,
            "version": subject.choose(3, 1),
            "questions": [
                { "criterion": "SV-01", "question": "Sinds wanneer?" },
                { "question": "Wie gaf akkoord?" },
            ],
        }),
        "answerQuestion" => json!({
            "municipality": code, "period": PERIOD, "reply": "Sinds januari.",
            "question": if who == Who::Region { 3 } else { 2 },
        }),
        "returnAssessment" => json!({
            "municipality": code, "period": PERIOD, "reason": "Vul aan.",
            "version": subject.choose(3, 1),
        }),
        // Both have submitted once more.
        "claimReviews" => json!({ "period": PERIOD, "items": [{ "municipality": code }] }),
        "returnAssessments" => json!({
            "period": PERIOD,
            "items": [{
                "municipality": code, "version": subject.choose(4, 2), "reason": "Vul aan.",
            }],
        }),
        // And once more.
        "confirmAssessment" => json!({
            "municipality": code, "period": PERIOD,
            "version": subject.choose(5, 3),
        }),
        // And once more.
        "confirmAssessments" => json!({
            "period": PERIOD,
            "items": [{ "municipality": code, "version": subject.choose(6, 4) }],
        }),
        "extendDeadline" => json!({
            "municipality": code, "period": PERIOD, "deadlineOn": "2026-12-05", "reason": "Ziekte",
        }),
        _ => return None,
    })
}

/// What a region answers and reports.
fn region_input(mutation: &str, subject: Subject) -> Option<Value> {
    Some(match mutation {
        "submitRegionalAnswer" => regional_answer(subject.area(), "SK-02"),
        "questionRegionalAnswer" | "returnRegionalAnswer" => json!({
            "area": subject.area(), "criterion": "VOORSTEL-1/SK-01", "version": 1,
            "text": "Sinds wanneer?",
        }),
        "confirmRegionalAnswer" => json!({
            "area": subject.area(), "version": 1,
            "criterion": subject.choose("VOORSTEL-1/SK-02", "VOORSTEL-1/OH-01"),
        }),
        "endRegionalAnswer" => json!({
            "area": subject.area(), "criterion": "VOORSTEL-1/OH-01", "until": "2026-12-01",
        }),
        "recordRegionalMeeting" | "withdrawRegionalMeeting" => json!({
            "area": subject.area(), "heldOn": "2026-11-19", "kind": "OFFICIAL",
        }),
        "raiseRegionalBottleneck" => json!({
            "area": subject.area(), "text": secret(subject.area()), "since": "2026-11-19",
        }),
        "withdrawRegionalBottleneck" | "withdrawRegionalDecision" => json!({
            "area": subject.area(), "number": 1,
        }),
        "resolveRegionalBottleneck" => json!({
            "area": subject.area(), "number": 1, "resolvedOn": "2026-11-20",
        }),
        "recordRegionalDecision" => json!({
            "area": subject.area(), "text": secret(subject.area()), "decidedOn": "2026-11-19",
            "needsRatification": false,
        }),
        "submitRegionalReport" => half_year_report(subject.area(), "2026-1"),
        "confirmRegionalReport" => json!({
            "area": subject.area(), "version": 1,
            "half": subject.choose("2026-1", "2026-2"),
        }),
        _ => return None,
    })
}

/// The framework and its periods.
fn framework_input(mutation: &str, who: Who) -> Option<Value> {
    Some(match mutation {
        "openReportingPeriod" => json!({
            "key": format!("2027-{}", 1 + who as usize), "edition": "VOORSTEL-1",
            "opensOn": "2027-01-01", "deadlineOn": "2027-02-01", "lastDay": "2027-03-01",
        }),
        "rescheduleReportingPeriod" => json!({
            "period": PERIOD, "lastDay": "2026-12-20", "reason": "Feestdagen",
        }),
        "proposeEdition" => json!({
            "code": "VOORSTEL-2", "from": "VOORSTEL-1", "titleNl": "Tweede", "titleEn": "Second",
            "normMonths": 48, "inheritanceGraceMonths": 24, "carried": ["BB-01", "BB-03"],
            "dropped": [
                "BB-02", "BB-04", "BB-05", "BB-06", "BB-07", "SV-01", "SV-02", "SV-03", "SV-04",
                "SV-05", "BW-01", "BW-02", "SK-01", "SK-02", "SK-03", "SK-04", "SK-05", "SK-06",
                "OH-01", "OH-02", "OH-03", "OH-04", "OH-05",
            ],
            "criteria": [],
        }),
        "openEditionForComment" => json!({ "edition": "VOORSTEL-2", "lastDay": "2026-12-31" }),
        "withdrawEdition" => json!({ "edition": "VOORSTEL-2" }),
        // It is endorsed, and its term of months is not yet.
        "endorseEdition" => json!({ "edition": "VOORSTEL-1", "normEndorsed": true }),
        _ => return None,
    })
}

/// Areas and their members.
fn territory_input(mutation: &str, subject: Subject) -> Option<Value> {
    Some(match mutation {
        "registerReportingRegion" => json!({ "area": subject.area(), "from": "2026-01-01" }),
        "registerArea" => json!({
            "code": "SG01", "kind": "COOPERATION_AREA", "name": "Proef", "source": source(),
        }),
        "setAreaMembers" => json!({
            "area": "SG01", "from": "2026-01-01", "members": [OWN, OTHER], "source": source(),
        }),
        "recordReorganisation" => json!({
            "effectiveOn": "2027-01-01", "steps": [{ "predecessor": "GM1696", "successor": OWN }],
            "source": source(),
        }),
        "withdrawReorganisation" => json!({
            "predecessor": "GM1696", "successor": OWN, "reopens": ["GM1696"], "source": source(),
        }),
        _ => return None,
    })
}

/// Local policy and functions.
fn policy_input(mutation: &str, who: Who, subject: Subject) -> Option<Value> {
    let code = subject.municipality();
    Some(match mutation {
        // Of its own: a local policy of Hilversum; of others: a local policy of Amsterdam.
        "recordPolicy" => json!({
            "key": policy_of(who, code), "place": { "municipality": code }, "level": "LOCAL",
            "title": "Beleid", "source": source(),
        }),
        "recordAdoption" => json!({
            "policy": adopted_by(who), "municipality": code, "source": source(),
        }),
        "declarePolicyState" => json!({
            "municipality": code, "state": "IN_DEVELOPMENT", "source": source(),
        }),
        "nameFunctionRegistrar" => json!({
            "partner": "fairwork", "from": "2026-01-01", "source": source(),
        }),
        "assignFunction" => json!({
            "key": format!("officer-{}-{}", who as usize, code.to_lowercase()),
            "role": "DESIGNATED_OFFICER", "place": { "municipality": code },
            "organisation": "Team Veiligheid", "text": "Team Veiligheid is aangewezen.",
            "source": source(),
        }),
        "declareFunctionVacancy" => json!({
            "key": format!("vacancy-{}-{}", who as usize, code.to_lowercase()),
            "role": "CHAIN_COORDINATOR", "place": { "municipality": code }, "from": "2026-01-01",
            "text": "Niemand vervult deze functie.", "source": source(),
        }),
        // The one of the row before.
        "withdrawFunctionVacancy" => json!({
            "key": format!("vacancy-{}-{}", who as usize, code.to_lowercase()),
            "place": { "municipality": code }, "source": source(),
        }),
        _ => return None,
    })
}

/// Feed keys: one's own, which stands in `key` until its id is known, or that of Amsterdam.
fn feed_key_input(mutation: &str, who: Who, subject: Subject) -> Option<Value> {
    Some(match mutation {
        "createFeedKey" => json!({
            "label": format!("Sleutel van {who:?}"), "tables": ["dim_action"],
            "lastDay": "2027-11-22",
        }),
        "rotateFeedKey" | "revokeFeedKey" => json!({
            "key": subject.choose(who.organisation(), OTHER),
        }),
        _ => return None,
    })
}

/// The functional mailbox of the organisation of whoever asks.
fn mailbox_input(mutation: &str) -> Option<Value> {
    Some(match mutation {
        "registerMailbox" => json!({ "mailboxAddress": "mensenhandel@example.nl" }),
        "withdrawMailbox" => json!({}),
        _ => return None,
    })
}

/// Where a decision of the ministry stands.
pub(super) fn source() -> Value {
    json!({ "document": "monitoring-2025", "place": "7" })
}

/// A policy that nobody else adopts here.
fn adopted_by(who: Who) -> &'static str {
    match who {
        Who::Public => "de-bilt-2024",
        Who::Partner => "lopik-2025",
        Who::Municipality => "westerwolde-2022",
        Who::Region => "cranendonck-2022",
        Who::Vng => "koggenland-2024",
        Who::Ministry => "zuid-limburg-2022",
    }
}

fn policy_of(who: Who, code: &str) -> String {
    format!("beleid-{}-{}", who as usize, code.to_lowercase())
}

/// What no stranger may read: it stands in the answers of a municipality.
pub(super) fn secret(code: &str) -> String {
    format!("Vertrouwelijke toelichting van {code}")
}

/// A report of an area on a half year.
pub(super) fn half_year_report(area: &str, half: &str) -> Value {
    json!({
        "area": area, "half": half, "idempotencyKey": half, "progress": secret(area),
        "particulars": "Geen.", "bottlenecks": "Geen.",
    })
}

/// What an area answers to a criterion.
pub(super) fn regional_answer(area: &str, criterion: &str) -> Value {
    json!({
        "area": area, "criterion": format!("VOORSTEL-1/{criterion}"), "answer": "MET",
        "from": "2026-01-01", "explanation": secret(area), "idempotencyKey": criterion,
    })
}
