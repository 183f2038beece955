//! What a mutation leaves out of something that exists stays as it is, and null clears it: the same
//! for every optional member that is stored, in every mutation.

use std::collections::BTreeSet;

use acceptance::{
    App, Client, PERIOD, a_draft, a_reporting_region, a_round, ministry, municipality, region,
    spawn_app, vng,
};
use async_graphql::parser::{
    parse_schema,
    types::{InputObjectType, TypeKind, TypeSystemDefinition},
};
use serde_json::{Value, json};

use crate::verdicts::open_period;

/// Who changes something in a case.
#[derive(Clone, Copy)]
enum By {
    Ministry,
    Vng,
    Region,
    Hilversum,
}

impl By {
    fn client(self, app: &App) -> Client {
        app.with(&match self {
            Self::Ministry => ministry(),
            Self::Vng => vng(),
            Self::Region => region("VR14"),
            Self::Hilversum => municipality("GM0402"),
        })
    }
}

/// An optional member: what is given, and where and how it is read.
struct Member {
    name: &'static str,
    given: Value,
    /// The pointer to it in the payload.
    at: &'static str,
    shown: Value,
    /// How it is read once it is cleared; none where it may not be, because something else that is
    /// said needs it.
    cleared: Option<Value>,
}

fn member(name: &'static str, given: Value, at: &'static str, shown: Value) -> Member {
    Member {
        name,
        given,
        at,
        shown,
        cleared: Some(Value::Null),
    }
}

impl Member {
    fn cleared_as(self, cleared: Value) -> Self {
        Self {
            cleared: Some(cleared),
            ..self
        }
    }

    fn needed(self) -> Self {
        Self {
            cleared: None,
            ..self
        }
    }
}

/// A mutation of something that may exist.
struct Case {
    by: By,
    mutation: &'static str,
    selection: &'static str,
    /// Where the version stands that the next change names; none where it need not be named.
    version: Option<&'static str>,
    /// What must be given.
    required: Value,
    members: Vec<Member>,
}

fn source() -> Value {
    json!({ "document": "monitoring-2025", "place": "7" })
}

fn partners() -> Vec<Case> {
    let partner = |kind: &str| {
        json!({ "key": format!("nieuw-{}", kind.to_lowercase()), "name": format!("Nieuw {kind}"),
            "nameEn": format!("New {kind}"), "kind": kind, "source": source() })
    };
    let selection = "partner { ledger aliases municipality { code } area { code } website }";
    vec![
        Case {
            by: By::Ministry,
            mutation: "registerPartner",
            selection,
            version: Some("/partner/ledger"),
            required: partner("NGO"),
            members: vec![
                member(
                    "aliases",
                    json!(["De Nieuwe"]),
                    "/partner/aliases",
                    json!(["De Nieuwe"]),
                )
                .cleared_as(json!([])),
                member("area", "VR14".into(), "/partner/area/code", "VR14".into()),
                member(
                    "website",
                    "https://nieuw.nl".into(),
                    "/partner/website",
                    "https://nieuw.nl".into(),
                ),
            ],
        },
        Case {
            by: By::Ministry,
            mutation: "registerPartner",
            selection,
            version: Some("/partner/ledger"),
            required: partner("MUNICIPALITY"),
            members: vec![
                member(
                    "municipality",
                    "GM0402".into(),
                    "/partner/municipality/code",
                    "GM0402".into(),
                )
                .needed(),
            ],
        },
        Case {
            by: By::Ministry,
            mutation: "assignPartner",
            selection: "role { ledger lastDay implementation }",
            version: Some("/role/ledger"),
            required: json!({ "action": 33, "partner": "fairwork", "role": "IMPLEMENTER",
                "from": "2026-11-01", "text": "Past het toe.", "source": source() }),
            members: vec![
                member(
                    "lastDay",
                    "2027-01-31".into(),
                    "/role/lastDay",
                    "2027-01-31".into(),
                ),
                member(
                    "implementation",
                    "REPORTED".into(),
                    "/role/implementation",
                    "REPORTED".into(),
                )
                .needed(),
            ],
        },
    ]
}

fn plans() -> Vec<Case> {
    vec![
        Case {
            by: By::Ministry,
            mutation: "planAction",
            selection: "action { ledger isNew goals { goal { number } } }",
            version: Some("/action/ledger"),
            required: json!({ "number": 47, "line": 4, "titleNl": "Nieuwe actie",
                "titleEn": "New action", "source": source() }),
            members: vec![
                member("isNew", false.into(), "/action/isNew", false.into())
                    .cleared_as(true.into()),
                member(
                    "goals",
                    json!([1]),
                    "/action/goals",
                    json!([{ "goal": { "number": 1 } }]),
                )
                .cleared_as(json!([])),
            ],
        },
        Case {
            by: By::Ministry,
            mutation: "recordResult",
            selection: "result { ledger value valueTo qualifierText unit { nl en } }",
            version: Some("/result/ledger"),
            required: json!({ "action": 33, "position": 1, "kind": "FIGURE", "qualifier": "RANGE",
                "explanation": "Er zijn meldpunten.", "summary": "There are places." }),
            members: vec![
                member("value", 10.into(), "/result/value", 10.into()).needed(),
                member("valueTo", 20.into(), "/result/valueTo", 20.into()).needed(),
                member(
                    "unit",
                    json!({ "nl": "meldpunten", "en": "places" }),
                    "/result/unit",
                    json!({ "nl": "meldpunten", "en": "places" }),
                )
                .needed(),
                member(
                    "qualifierText",
                    "ruim".into(),
                    "/result/qualifierText",
                    "ruim".into(),
                ),
            ],
        },
    ]
}

fn measurements() -> Vec<Case> {
    vec![
        Case {
            by: By::Ministry,
            mutation: "recordMeasurement",
            selection:
                "measurement { ledger goal { key } targetNumber group { nl } value unit { en }
                measuredOn }",
            version: Some("/measurement/ledger"),
            required: json!({ "key": "meting-loopt", "action": 33, "kind": "INTERIM",
                "state": "RUNNING", "explanation": "Meting loopt.", "summary": "Being measured." }),
            members: vec![
                member(
                    "of",
                    json!({ "goal": "2024/1/1" }),
                    "/measurement/goal/key",
                    "2024/1/1".into(),
                ),
                member(
                    "group",
                    json!({ "nl": "schoolwerkers", "en": "school staff" }),
                    "/measurement/group/nl",
                    "schoolwerkers".into(),
                ),
                member(
                    "unit",
                    json!({ "nl": "scholen", "en": "schools" }),
                    "/measurement/unit/en",
                    "schools".into(),
                ),
                member(
                    "measuredOn",
                    "2026-11-01".into(),
                    "/measurement/measuredOn",
                    "2026-11-01".into(),
                ),
            ],
        },
        Case {
            by: By::Ministry,
            mutation: "recordMeasurement",
            selection: "measurement { ledger value unit { en } measuredOn }",
            version: Some("/measurement/ledger"),
            required: json!({ "key": "meting-klaar", "action": 33, "kind": "INTERIM",
                "state": "REPORTED", "explanation": "Gemeten.", "summary": "Measured." }),
            members: vec![
                member("value", 7.into(), "/measurement/value", 7.into()).needed(),
                member(
                    "unit",
                    json!({ "nl": "scholen", "en": "schools" }),
                    "/measurement/unit/en",
                    "schools".into(),
                )
                .needed(),
                member(
                    "measuredOn",
                    "2026-11-01".into(),
                    "/measurement/measuredOn",
                    "2026-11-01".into(),
                )
                .needed(),
            ],
        },
    ]
}

fn reports() -> Vec<Case> {
    let delay = json!({ "amount": "3 maanden", "cause": "Later begonnen." });
    let shown = json!({ "amount": "3 maanden", "cause": "Later begonnen." });
    vec![
        Case {
            by: By::Ministry,
            mutation: "reportStatus",
            selection: "report { explanation delay: delayAmount }",
            version: None,
            required: json!({ "round": "2026-1", "action": 33, "status": "IN_PROGRESS_DELAYED" }),
            members: vec![
                member(
                    "explanation",
                    "Loopt.".into(),
                    "/report/explanation",
                    "Loopt.".into(),
                ),
                member("delay", delay.clone(), "/report/delay", "3 maanden".into()).needed(),
            ],
        },
        Case {
            by: By::Ministry,
            mutation: "correctStatusReport",
            selection: "action { explanation delay { amount cause } statusSource { lines } }",
            version: None,
            required: json!({ "round": "2025-1", "action": 17, "status": "IN_PROGRESS_DELAYED",
                "reason": "Nagekomen bericht" }),
            members: vec![
                member(
                    "explanation",
                    "Loopt.".into(),
                    "/action/explanation",
                    "Loopt.".into(),
                ),
                member("delay", delay, "/action/delay", shown).needed(),
                member("source", source(), "/action/statusSource/lines", "7".into()),
            ],
        },
    ]
}

fn policies() -> Vec<Case> {
    vec![
        Case {
            by: By::Vng,
            mutation: "recordPolicy",
            selection: "policy { ledger areaName lastDay periodText revisedOn references }",
            version: Some("/policy/ledger"),
            required: json!({ "key": "regio-2026", "place": { "municipality": "GM0402" },
                "level": "JOINT", "title": "Beleid", "source": source() }),
            members: vec![
                member(
                    "areaName",
                    "Het Gooi".into(),
                    "/policy/areaName",
                    "Het Gooi".into(),
                ),
                member(
                    "lastDay",
                    "2029-12-31".into(),
                    "/policy/lastDay",
                    "2029-12-31".into(),
                ),
                member(
                    "periodText",
                    "2026-2029".into(),
                    "/policy/periodText",
                    "2026-2029".into(),
                ),
                member(
                    "revisedOn",
                    "2026-06-01".into(),
                    "/policy/revisedOn",
                    "2026-06-01".into(),
                ),
                member(
                    "reference",
                    "CVDR1".into(),
                    "/policy/references",
                    json!(["CVDR1"]),
                )
                .cleared_as(json!([])),
            ],
        },
        Case {
            by: By::Vng,
            mutation: "recordAdoption",
            selection: "adoption { ledger body adoptedOn inForceOn publishedOnText until reference }",
            version: Some("/adoption/ledger"),
            required: json!({ "policy": "regio-2026", "municipality": "GM0402",
                "source": source() }),
            members: vec![
                member(
                    "body",
                    "MUNICIPAL_COUNCIL".into(),
                    "/adoption/body",
                    "MUNICIPAL_COUNCIL".into(),
                )
                .cleared_as("NOT_IN_SOURCE".into()),
                member(
                    "adoptedOn",
                    "2026-06-01".into(),
                    "/adoption/adoptedOn",
                    "2026-06-01".into(),
                ),
                member(
                    "inForceOn",
                    "2026-07-01".into(),
                    "/adoption/inForceOn",
                    "2026-07-01".into(),
                ),
                member(
                    "publishedOn",
                    "2026-06-10".into(),
                    "/adoption/publishedOnText",
                    "2026-06-10".into(),
                ),
                member(
                    "until",
                    "2029-01-01".into(),
                    "/adoption/until",
                    "2029-01-01".into(),
                ),
                member(
                    "reference",
                    "gmb-1".into(),
                    "/adoption/reference",
                    "gmb-1".into(),
                ),
            ],
        },
    ]
}

fn territory() -> Vec<Case> {
    vec![
        Case {
            by: By::Vng,
            mutation: "registerArea",
            selection: "area { ledger parent { code } }",
            version: Some("/area/ledger"),
            required: json!({ "code": "SG01", "kind": "COOPERATION_AREA", "name": "Proef",
                "source": source() }),
            members: vec![member(
                "parent",
                "VR14".into(),
                "/area/parent/code",
                "VR14".into(),
            )],
        },
        Case {
            by: By::Region,
            mutation: "submitRegionalAnswer",
            selection: "regionalAnswer { explanation until evidence { title } }",
            version: None,
            required: json!({ "area": "VR14", "criterion": "VOORSTEL-1/OH-01", "answer": "MET",
                "from": "2026-11-01" }),
            members: vec![
                member(
                    "explanation",
                    "Er is regionaal overleg.".into(),
                    "/regionalAnswer/explanation",
                    "Er is regionaal overleg.".into(),
                ),
                member(
                    "until",
                    "2027-01-01".into(),
                    "/regionalAnswer/until",
                    "2027-01-01".into(),
                ),
                member(
                    "evidence",
                    json!([{ "kind": "ASSIGNMENT_OR_CONTRACT", "title": "Convenant",
                        "reference": "2026/12", "effectiveOn": "2026-01-01" }]),
                    "/regionalAnswer/evidence",
                    json!([{ "title": "Convenant" }]),
                )
                .cleared_as(json!([])),
            ],
        },
    ]
}

fn functions() -> Vec<Case> {
    vec![
        Case {
            by: By::Vng,
            mutation: "assignFunction",
            selection: "assignment { ledger partner { key } from until trained enoughTime }",
            version: Some("/assignment/ledger"),
            required: json!({ "key": "officer-gm0402", "role": "DESIGNATED_OFFICER",
                "place": { "municipality": "GM0402" }, "organisation": "Team Veiligheid",
                "text": "Team Veiligheid is aangewezen.", "source": source() }),
            members: vec![
                member(
                    "partner",
                    "fairwork".into(),
                    "/assignment/partner/key",
                    "fairwork".into(),
                ),
                member(
                    "from",
                    "2026-06-01".into(),
                    "/assignment/from",
                    "2026-06-01".into(),
                ),
                member(
                    "until",
                    "2027-06-01".into(),
                    "/assignment/until",
                    "2027-06-01".into(),
                ),
                member("trained", "YES".into(), "/assignment/trained", "YES".into())
                    .cleared_as("UNKNOWN".into()),
                member(
                    "enoughTime",
                    "NO".into(),
                    "/assignment/enoughTime",
                    "NO".into(),
                )
                .cleared_as("UNKNOWN".into()),
            ],
        },
        Case {
            by: By::Vng,
            mutation: "declareFunctionVacancy",
            selection: "vacancy { ledger until }",
            version: Some("/vacancy/ledger"),
            required: json!({ "key": "officer-vacant-gm0402", "role": "DESIGNATED_OFFICER",
                "place": { "municipality": "GM0402" }, "from": "2026-06-01",
                "text": "De functie is vacant.", "source": source() }),
            members: vec![member(
                "until",
                "2027-06-01".into(),
                "/vacancy/until",
                "2027-06-01".into(),
            )],
        },
    ]
}

/// Lines of the plan and their goals.
fn outline() -> Vec<Case> {
    let target = json!({ "kind": "COUNT", "direction": "AT_LEAST", "value": 3,
        "unit": { "nl": "trainingen", "en": "courses" }, "text": "Drie trainingen.",
        "baseline": "NOT_NEEDED" });
    vec![
        Case {
            by: By::Ministry,
            mutation: "recordActionLine",
            selection: "line { ledger shortTitle narrative isNew }",
            version: Some("/line/ledger"),
            required: json!({ "number": 90, "titleNl": "Nieuwe lijn", "titleEn": "New line",
                "source": source() }),
            members: vec![
                member(
                    "shortTitleNl",
                    "Lijn".into(),
                    "/line/shortTitle",
                    "Lijn".into(),
                ),
                member(
                    "narrativeNl",
                    "Waarover zij gaat.".into(),
                    "/line/narrative",
                    "Waarover zij gaat.".into(),
                ),
                member("isNew", false.into(), "/line/isNew", false.into()).cleared_as(true.into()),
            ],
        },
        Case {
            by: By::Ministry,
            mutation: "recordGoal",
            selection: "goal { ledger start { day } deadline { day } targets { value } }",
            version: Some("/goal/ledger"),
            required: json!({ "line": 1, "number": 90, "textNl": "Een doel.",
                "textEn": "A goal.", "source": source() }),
            members: vec![
                member(
                    "startsOn",
                    "2026-01-01".into(),
                    "/goal/start/day",
                    "2026-01-01".into(),
                ),
                member(
                    "deadlineOn",
                    "2026-12-31".into(),
                    "/goal/deadline/day",
                    "2026-12-31".into(),
                ),
                member(
                    "targets",
                    json!([target]),
                    "/goal/targets",
                    json!([{ "value": 3 }]),
                )
                .cleared_as(json!([])),
            ],
        },
    ]
}

/// What the House asked of the plan or was promised.
fn motions() -> Vec<Case> {
    vec![Case {
        by: By::Ministry,
        mutation: "recordMotion",
        selection: "motion { ledger outcome reference amountEuros answers { position } }",
        version: Some("/motion/ledger"),
        required: json!({ "key": "toezegging-nieuw", "kind": "COMMITMENT",
            "titleNl": "Toezegging", "titleEn": "Commitment", "asksNl": "Een brief.",
            "asksEn": "A letter.", "source": source() }),
        members: vec![
            member(
                "outcome",
                "CARRIED_OUT".into(),
                "/motion/outcome",
                "CARRIED_OUT".into(),
            )
            .cleared_as("UNKNOWN".into()),
            member(
                "reference",
                "28 638, nr. 300".into(),
                "/motion/reference",
                "28 638, nr. 300".into(),
            ),
            member("amountEuros", 5.into(), "/motion/amountEuros", 5.into()),
            member(
                "answers",
                json!([{ "action": 33, "textNl": "Uitgevoerd.", "textEn": "Done." }]),
                "/motion/answers",
                json!([{ "position": 1 }]),
            )
            .cleared_as(json!([])),
        ],
    }]
}

fn cases() -> Vec<Case> {
    let cases = [
        partners(),
        plans(),
        measurements(),
        reports(),
        policies(),
        territory(),
        functions(),
        outline(),
        motions(),
    ];
    cases.into_iter().flatten().collect()
}

/// Members that may be left out of a mutation, and why each is no member of something that exists.
/// Every mutation has `expectedVersion` and `plan` by themselves: they say which one is meant.
const NOT_KEPT: [(&str, &str); 53] = [
    (
        "acceptOnBehalf.adoption",
        "its members are those of recordAdoption",
    ),
    ("acceptOnBehalf.reason", "a version of its own"),
    ("claimReviews.skipUnfit", "how the call is made"),
    ("closeMonitoringRound.actions", "a decision of this call"),
    (
        "closeMonitoringRound.embargoUntil",
        "a decision of this call",
    ),
    ("closeMonitoringRound.leftOut", "a decision of this call"),
    ("confirmAssessments.skipUnfit", "how the call is made"),
    ("declarePolicyState.from", "which word is meant"),
    ("declarePolicyState.source", "the source of this word alone"),
    ("declarePolicyState.until", "read by SQL below"),
    ("endorseEdition.retires", "a decision of this call"),
    ("giveSubmissionMandate.lastDay", "a mandate of its own"),
    ("importAnswerSheet.dryRun", "how the call is made"),
    ("importAssessments.dryRun", "how the call is made"),
    ("importAssessments.reason", "the reason of this call"),
    ("importAssessments.skipUnfit", "how the call is made"),
    ("importStatusReports.dryRun", "how the call is made"),
    ("linkActions.noLongerTo", "a decision of this call"),
    ("linkActions.text", "a link of its own"),
    ("linkActions.to", "a decision of this call"),
    ("nameFunctionRegistrar.until", "read by SQL below"),
    ("planAction.years", "each year stands for itself"),
    ("preparePublication.by", "a publication of its own"),
    ("preparePublication.corrections", "a publication of its own"),
    (
        "preparePublication.countingRule",
        "a publication of its own",
    ),
    ("preparePublication.level", "a publication of its own"),
    (
        "preparePublication.referenceDate",
        "a publication of its own",
    ),
    (
        "preparePublication.lastResponseDay",
        "a publication of its own",
    ),
    (
        "preparePublication.incompleteBecause",
        "a publication of its own",
    ),
    ("proposeEdition.dropped", "an edition of its own"),
    ("proposeEdition.dryRun", "how the call is made"),
    ("proposeEdition.source", "an edition of its own"),
    ("proposeEdition.themes", "an edition of its own"),
    ("publish.embargoUntil", "a decision of this call"),
    ("raiseRegionalBottleneck.action", "a bottleneck of its own"),
    ("raiseRegionalBottleneck.partner", "a bottleneck of its own"),
    ("recordMeasurement.source", "the source of this word alone"),
    (
        "recordReorganisation.newMunicipalities",
        "a decision of this call",
    ),
    ("recordResult.position", "which result is meant"),
    ("recordResult.source", "the source of this word alone"),
    (
        "registerReportingRegion.source",
        "a registration of its own",
    ),
    ("registerReportingRegion.until", "a registration of its own"),
    ("registerSourceDocument.datedOn", "a document never changes"),
    (
        "registerSourceDocument.reference",
        "a document never changes",
    ),
    ("registerSourceDocument.titleEn", "a document never changes"),
    ("reportStatus.source", "the source of this word alone"),
    ("remarkOnCriterion.area", "for whom it is"),
    ("remarkOnCriterion.municipality", "for whom it is"),
    ("rescheduleReportingPeriod", "its days are never empty"),
    ("returnAssessments.skipUnfit", "how the call is made"),
    (
        "submitAssessment.adoption",
        "its members are those of recordAdoption",
    ),
    ("submitAssessment.reason", "a version of its own"),
    ("withdrawMailbox.organisation", "which mailbox is meant"),
];

/// The members of the input of a mutation that may be left out.
fn optional_members(input: &InputObjectType) -> impl Iterator<Item = &str> {
    let optional = input.fields.iter().filter(|field| {
        let field = &field.node;
        field.ty.node.nullable || field.default_value.is_some()
    });
    optional.map(|field| field.node.name.node.as_str())
}

#[test]
fn every_member_that_may_be_left_out_is_in_the_table_or_has_a_reason() {
    let mut known: BTreeSet<String> = NOT_KEPT
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(known.len(), NOT_KEPT.len());
    for case in cases() {
        let names = case.members.iter();
        known.extend(names.map(|member| format!("{}.{}", case.mutation, member.name)));
    }
    let schema = parse_schema(include_str!("../../schema.graphql")).unwrap();
    let mut missing = Vec::new();
    let mut seen = BTreeSet::new();
    for definition in schema.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let name = definition.node.name.node.as_str();
        let TypeKind::InputObject(input) = &definition.node.kind else {
            continue;
        };
        let is_of_mutation = input
            .fields
            .iter()
            .any(|field| field.node.name.node == "idempotencyKey");
        if !is_of_mutation {
            continue;
        }
        let (first, rest) = name.trim_end_matches("Input").split_at(1);
        let mutation = format!("{}{rest}", first.to_lowercase());
        for member in optional_members(input) {
            let name = format!("{mutation}.{member}");
            let is_meant = ["expectedVersion", "plan"].contains(&member);
            if known.contains(&mutation) {
                seen.insert(mutation.clone());
            } else if known.contains(&name) {
                seen.insert(name);
            } else if !is_meant {
                missing.push(name);
            }
        }
    }
    assert_eq!(missing, [""; 0], "say of these what leaving them out means");
    let gone: Vec<&String> = known.difference(&seen).collect();
    assert_eq!(gone, [""; 0], "the contract has these no more");
}

/// Sends a case with these members, and gives its payload.
async fn send(client: &Client, case: &Case, version: &Value, members: &[(&str, Value)]) -> Value {
    static SENT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = SENT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let mut input = case.required.clone();
    input["idempotencyKey"] = format!("left out {number}").into();
    if case.version.is_some() && !version.is_null() {
        input["expectedVersion"] = version.clone();
    }
    for (name, value) in members {
        input[*name] = value.clone();
    }
    client
        .change_and_read(case.mutation, case.selection, input)
        .await
}

fn read<'a>(payload: &'a Value, at: &str) -> &'a Value {
    payload.pointer(at).unwrap_or(&Value::Null)
}

async fn prepared() -> App {
    let app = spawn_app();
    a_round().sent_by(&app.with(&ministry())).await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let first = json!({ "action": 33, "kind": "PRODUCT", "qualifier": "NONE",
        "explanation": "Handreiking.", "summary": "Guide.", "idempotencyKey": "first" });
    app.with(&ministry()).change("recordResult", first).await;
    app
}

#[tokio::test]
async fn left_out_keeps_and_null_clears() {
    let app = prepared().await;
    for mut case in cases() {
        let client = case.by.client(&app);
        let mut version = Value::Null;
        if case.mutation == "recordResult" {
            let results = "{ action(number: 33) { results { position ledger } } }";
            let results = client.ask(results).await.data();
            let last = results["action"]["results"].as_array().unwrap().last();
            case.required["position"] = last.unwrap()["position"].clone();
            version = last.unwrap()["ledger"].clone();
        }
        let given: Vec<(&str, Value)> = case
            .members
            .iter()
            .map(|member| (member.name, member.given.clone()))
            .collect();
        for (step, members) in [("given", given.as_slice()), ("left out", &[][..])] {
            let payload = send(&client, &case, &version, members).await;
            version = case
                .version
                .map_or(Value::Null, |at| read(&payload, at).clone());
            for member in &case.members {
                let shown = read(&payload, member.at);
                assert_eq!(
                    shown, &member.shown,
                    "{} {} {step}",
                    case.mutation, member.name
                );
            }
        }
        let nulls: Vec<(&str, Value)> = case
            .members
            .iter()
            .filter(|member| member.cleared.is_some())
            .map(|member| (member.name, Value::Null))
            .collect();
        let payload = send(&client, &case, &version, &nulls).await;
        for member in &case.members {
            let cleared = member.cleared.as_ref().unwrap_or(&member.shown);
            let shown = read(&payload, member.at);
            assert_eq!(shown, cleared, "{} {} null", case.mutation, member.name);
        }
    }
}

#[tokio::test]
async fn an_end_that_no_payload_shows_stays_and_is_cleared() {
    let app = prepared().await;
    let reviewer = app.with(&vng());
    let mut naming = json!({ "partner": "fairwork", "from": "2026-01-01", "source": source(),
        "until": "2027-01-01", "idempotencyKey": "named" });
    let ends = "select count(*) from fact.function_registrar f where f.partner = 'fairwork'
        and f.valid_to = '2027-01-01'
        and not exists (select from fact.function_registrar c where c.corrects = f.id)";
    let mut word = json!({ "municipality": "GM0402", "state": "IN_DEVELOPMENT",
        "source": source(), "until": "2027-01-01", "idempotencyKey": "declared" });
    let until = "select count(*) from fact.policy_declaration f where f.municipality = 'GM0402'
        and f.valid_to = '2027-01-01'
        and not exists (select from fact.policy_declaration c where c.corrects = f.id)";
    for (step, expected) in [("given", 1), ("left out", 1), ("null", 0)] {
        for input in [&mut naming, &mut word] {
            let members = input.as_object_mut().unwrap();
            match step {
                "given" => {}
                "left out" => drop(members.remove("until")),
                _ => drop(members.insert("until".to_owned(), Value::Null)),
            }
            input["idempotencyKey"] = step.into();
        }
        let named = reviewer
            .change_and_read("nameFunctionRegistrar", "ledger", naming.clone())
            .await;
        naming["expectedVersion"] = named["ledger"].clone();
        reviewer.change("declarePolicyState", word.clone()).await;
        assert_eq!(app.database.count(ends).await, expected, "registrar {step}");
        assert_eq!(
            app.database.count(until).await,
            expected,
            "declaration {step}"
        );
    }
}

/// The answer of a draft after a save of it.
async fn save(client: &Client, answer: Value) -> Value {
    let selection = "assessment { draft { answers {
        answer explanation revision evidence { title } } } }";
    let saved = a_draft("GM0402", json!([answer]))
        .read_by(client, selection)
        .await;
    saved["assessment"]["draft"]["answers"][0].clone()
}

fn evidence() -> Value {
    json!([{ "kind": "APPOINTMENT_DECISION", "title": "Besluit", "reference": "2026/12",
        "effectiveOn": "2026-01-01" }])
}

#[tokio::test]
async fn a_save_keeps_what_it_leaves_out_of_an_answer() {
    let app = spawn_app();
    open_period(&app, "2026-11-30", "2026-12-15").await;
    let own = By::Hilversum.client(&app);
    let first = save(
        &own,
        json!({ "criterion": "SV-01", "answer": "MET", "explanation": "Sinds januari.",
            "evidence": evidence() }),
    )
    .await;
    assert_eq!(
        first,
        json!({ "answer": "MET", "explanation": "Sinds januari.", "revision": 1,
            "evidence": [{ "title": "Besluit" }] })
    );
    let second = save(
        &own,
        json!({ "criterion": "SV-01", "answer": "PARTLY_MET", "revision": 1 }),
    )
    .await;
    assert_eq!(
        second,
        json!({ "answer": "PARTLY_MET", "explanation": "Sinds januari.", "revision": 2,
            "evidence": [{ "title": "Besluit" }] })
    );
    let third = save(
        &own,
        json!({ "criterion": "SV-01", "answer": "PARTLY_MET", "revision": 2,
            "explanation": null, "evidence": null }),
    )
    .await;
    assert_eq!(
        third,
        json!({ "answer": "PARTLY_MET", "explanation": null, "revision": 3, "evidence": [] })
    );
}

#[tokio::test]
async fn a_sheet_without_a_column_keeps_and_an_empty_cell_clears() {
    let app = spawn_app();
    open_period(&app, "2026-11-30", "2026-12-15").await;
    let own = By::Hilversum.client(&app);
    let answer = json!({ "criterion": "SV-01", "answer": "MET", "explanation": "Sinds januari." });
    save(&own, answer).await;
    let selection = "changed assessment { draft { answers { answer explanation revision } } }";
    for (table, changed, answer) in [
        (
            "criterion,answer,revision\nSV-01,MET,1\n",
            0,
            json!({ "answer": "MET", "explanation": "Sinds januari.", "revision": 1 }),
        ),
        (
            "criterion,answer,revision\nSV-01,PARTLY_MET,1\n",
            1,
            json!({ "answer": "PARTLY_MET", "explanation": "Sinds januari.", "revision": 2 }),
        ),
        (
            "criterion,answer,explanation,revision\nSV-01,PARTLY_MET,,2\n",
            1,
            json!({ "answer": "PARTLY_MET", "explanation": null, "revision": 3 }),
        ),
    ] {
        let input = json!({ "municipality": "GM0402", "period": PERIOD, "table": table,
            "idempotencyKey": table });
        let payload = own
            .change_and_read("importAnswerSheet", selection, input)
            .await;
        assert_eq!(payload["changed"], changed, "{table}");
        assert_eq!(
            payload["assessment"]["draft"]["answers"],
            json!([answer]),
            "{table}"
        );
    }
}

#[tokio::test]
async fn a_key_tells_null_from_left_out() {
    let app = spawn_app();
    let client = app.with(&ministry());
    let mut input = json!({ "key": "nieuw", "name": "Nieuw", "nameEn": "New", "kind": "NGO",
        "source": source(), "idempotencyKey": "one" });
    client.change("registerPartner", input.clone()).await;
    client.change("registerPartner", input.clone()).await;
    input["website"] = Value::Null;
    assert_eq!(
        client.mistakes("registerPartner", input).await,
        ["KEY_REUSED idempotencyKey"]
    );
}
