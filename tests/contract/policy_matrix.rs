//! Who may do what: every root field of the schema × the six roles × own and other, asked over real
//! HTTP as the application's role. What is told as it happens is measured by
//! [`policy_matrix_streams`].
//!
//! Three things must agree: what the service does, the mandate table as [`expected`] reads it anew
//! (it does not ask `api::policy`), and `policy_matrix.txt`, which is what we show to people.

use std::{collections::BTreeSet, fmt::Write as _};

use acceptance::{
    Answer, App, Client, edited, ministry, municipality, noon, partner, region, spawn_app,
    spawn_app_with_one_connection, spawn_app_without_second_wall, vng,
};
use chrono::TimeDelta;
use domain::policy::{self, Rule};
use serde_json::{Value, json};

use crate::{
    policy_matrix_streams::{self, SUBSCRIPTIONS},
    schema::{fields_of, types},
};

const FILE: &str = include_str!("policy_matrix.txt");
/// Hilversum: its assessment is submitted and confirmed. It lies in VR14.
pub(crate) const OWN: &str = "GM0402";
/// Amsterdam: its assessment is submitted and not confirmed. It lies in VR13.
pub(crate) const OTHER: &str = "GM0363";
/// Laren (NH), in VR14 like Hilversum: it has no assessment.
const NONE: &str = "GM0417";
const PERIOD: &str = "2026-2";

/// A column of the mandate table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Public,
    Partner,
    /// Hilversum.
    Municipality,
    /// Gooi en Vechtstreek (VR14), which is registered as reporting region.
    Region,
    Vng,
    Ministry,
}

impl Who {
    pub(crate) const ALL: [Self; 6] = [
        Self::Public,
        Self::Partner,
        Self::Municipality,
        Self::Region,
        Self::Vng,
        Self::Ministry,
    ];

    fn client(self, app: &App) -> Client {
        match self {
            Self::Public => app.public(),
            Self::Partner => app.with(&partner("comensha")),
            Self::Municipality => app.with(&municipality(OWN)),
            Self::Region => app.with(&region("VR14")),
            Self::Vng => app.with(&vng()),
            Self::Ministry => app.with(&ministry()),
        }
    }
}

impl Who {
    /// The organisation whose feed key is its own; to the public, Hilversum's is not.
    fn organisation(self) -> &'static str {
        match self {
            Self::Public | Self::Municipality => OWN,
            Self::Partner => "comensha",
            Self::Region => "VR14",
            Self::Vng => "VNG",
            Self::Ministry => "MINISTRY",
        }
    }
}

/// Whom an operation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// Hilversum, or VR14: their own to `Who::Municipality` and `Who::Region`.
    Own,
    /// Amsterdam, or VR13: nobody's own.
    Other,
    /// Nobody in particular.
    Nobody,
}

impl Subject {
    fn municipality(self) -> &'static str {
        match self {
            Self::Own | Self::Nobody => OWN,
            Self::Other => OTHER,
        }
    }

    fn area(self) -> &'static str {
        match self {
            Self::Own | Self::Nobody => "VR14",
            Self::Other => "VR13",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Other => "other",
            Self::Nobody => "-",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The whole answer: as much as the role that sees most.
    Allowed,
    /// An answer without errors and with fewer rows, perhaps none.
    Filtered,
    /// `FORBIDDEN`, and nothing was changed.
    Refused,
}

impl Outcome {
    fn label(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Filtered => "filtered",
            Self::Refused => "refused",
        }
    }
}

/// The mandate table, row by row; none for an operation that nobody has looked up there.
pub(crate) fn expected(who: Who, operation: &str, subject: Subject) -> Option<Outcome> {
    let is_own = matches!(who, Who::Municipality | Who::Region) && subject == Subject::Own;
    let is_confirmed = subject == Subject::Own;
    let read = |sees| {
        if sees {
            Outcome::Allowed
        } else {
            Outcome::Filtered
        }
    };
    let write = |may| {
        if may {
            Outcome::Allowed
        } else {
            Outcome::Refused
        }
    };
    Some(match operation {
        // "Plan, goals, actions, closed rounds, budget, partners, areas, functions, framework,
        // periods, policies": read by all.
        "about"
        | "action"
        | "actionLines"
        | "actions"
        | "actionsWithoutPartner"
        | "adjacentPolicies"
        | "area"
        | "areas"
        | "budget"
        | "buildingBlocks"
        | "dashboard"
        | "event"
        | "events"
        | "exploitationForms"
        | "framework"
        | "functions"
        | "functionsInArea"
        | "goal"
        | "goals"
        | "intendedEffects"
        | "municipalities"
        | "municipality"
        | "nationalFigures"
        | "node: municipality"
        | "partner"
        | "partners"
        | "planVersions"
        | "plannedReorganisations"
        | "policies"
        | "policy"
        | "policyState"
        | "region"
        | "regions"
        | "reorganisations"
        | "reportingPeriods"
        | "reportingPoints"
        | "reportingRoute"
        | "reportingRoutes"
        | "viewer"
        | "whoDoesWhat"
        | "changes"
        | "compareRounds"
        | "coverage"
        | "monitoringRounds"
        | "openRounds"
        | "planDifference"
        | "planThemes" => read(true),
        // "Reports in an open round": own reports; the ministry all.
        "openRounds: reports" => read(matches!(who, Who::Partner | Who::Ministry)),

        // The sources of all that, and what is known of their quality; "Search covers public facts
        // only."
        "dataQuality" | "motions" | "proposals" | "search" | "sourceDocument"
        | "sourceDocuments" => read(true),
        // "Submission state": own; own region; VNG all; ministry all (states).
        "assessment: state" | "node: assessment" => {
            read(is_own || matches!(who, Who::Vng | Who::Ministry))
        }
        // "Answers, evidence, grounds": own; own region; VNG all submitted; ministry confirmed.
        // A hash of few answers gives them away, so receipts go with the answers.
        "assessment: answers" | "assessment: receipt" => {
            read(is_own || who == Who::Vng || (who == Who::Ministry && is_confirmed))
        }
        // "Draft", reading: own; own region. What VNG fills in on behalf never stands in the draft.
        "assessment: draft" => read(is_own),
        // "Claim, question, return, confirm; extension", reading: own; own region; VNG. A mandate
        // is seen as it is.
        "assessment: review" | "submissionMandates" => read(is_own || who == Who::Vng),
        // "Verdicts and counts of verdicts": own; own region; VNG all; ministry CONFIRMED all, of
        // SUBMITTED totals.
        "verdict: CONFIRMED" => read(is_own || matches!(who, Who::Vng | Who::Ministry)),
        // Amsterdam has none that is confirmed.
        "verdictHistory" => {
            read(is_confirmed && (is_own || matches!(who, Who::Vng | Who::Ministry)))
        }
        "verdict: SUBMITTED" => read(is_own || who == Who::Vng),
        "compliancePicture: CONFIRMED" | "compliancePicture: SUBMITTED" => {
            read(matches!(who, Who::Vng | Who::Ministry))
        }
        // "Submission state": of the counts of 25 regions a municipality and a region are told one,
        // their own.
        "compliancePicture: submissions" => read(matches!(who, Who::Vng | Who::Ministry)),
        // "Publication": what is released is read by all; what is under way by those who prepare
        // it; a municipality its own.
        "publication" => read(true),
        "publications" => read(matches!(who, Who::Municipality | Who::Vng | Who::Ministry)),
        "publications: under way" => read(matches!(who, Who::Vng | Who::Ministry)),
        // Everybody is told its own tasks, be they none.
        "openTasks" => read(true),
        // "Claim, question, return, confirm": the queue is VNG's.
        "reviewQueue" => read(who == Who::Vng),
        "preparePublication" => write(matches!(who, Who::Vng | Who::Ministry)),
        "respondToVerdict" => write(is_own && who == Who::Municipality),
        "publish" | "withdrawPublication" => write(who == Who::Ministry),
        // "Regional answer, regional duties": read where it counts for own; own; VNG; the ministry
        // confirmed ones. A preview is for whoever may write: the region its own.
        "regionalAnswers" => {
            read(is_own || who == Who::Vng || (who == Who::Ministry && is_confirmed))
        }
        "previewRegionalAnswer" => read(is_own && who == Who::Region),
        "submitRegionalAnswer"
        | "endRegionalAnswer"
        | "recordRegionalMeeting"
        | "raiseRegionalBottleneck"
        | "resolveRegionalBottleneck"
        | "recordRegionalDecision"
        | "submitRegionalReport" => write(is_own && who == Who::Region),
        "regionalDuties" => {
            read(is_own || who == Who::Vng || (who == Who::Ministry && is_confirmed))
        }
        // "Regional answer, regional duties": VNG confirms.
        "questionRegionalAnswer"
        | "returnRegionalAnswer"
        | "confirmRegionalAnswer"
        | "confirmRegionalReport" => write(who == Who::Vng),
        // "Ledger": public part for all; own; own region; VNG compliance; ministry plan and public.
        "ledger: public part" => read(true),
        "ledger: compliance" => read(is_own || who == Who::Vng),
        // The same, told as it happens. That the ledger grew is no secret, and nothing is told but
        // the number.
        "assessmentChanged" => read(is_own || who == Who::Vng),
        "ledgerAdvanced" | "publicationReleased" | "statusReported" => read(true),
        // "Draft", writing: own; own region: fill.
        "saveDraft" | "startDraft" | "importAnswerSheet" => write(is_own),
        // "Draft": own region: fill; VNG: fill on behalf.
        "importAssessments" => write(matches!(who, Who::Region | Who::Vng)),
        // "Draft": VNG fills in on behalf.
        "fillOnBehalf" => write(who == Who::Vng),
        // "Submit, withdraw": own; own region with mandate, and Hilversum has given one.
        "submitAssessment" | "withdrawAssessment" | "answerQuestion" => write(is_own),
        // A mandate is given, and what was filled in on behalf is accepted, by the municipality
        // itself.
        "giveSubmissionMandate" | "endSubmissionMandate" | "acceptOnBehalf" => {
            write(is_own && who == Who::Municipality)
        }
        // "Claim, question, return, confirm; extension": VNG.
        "claimReview" | "askQuestions" | "returnAssessment" | "confirmAssessment"
        | "extendDeadline" => write(who == Who::Vng),
        // "Status report, result, measurement": own actions (VNG as partner); the ministry all.
        "reportStatus" | "recordResult" | "recordMeasurement" => write(
            who == Who::Ministry
                || (who == Who::Partner && subject == Subject::Own)
                || (who == Who::Vng && subject == Subject::Other),
        ),
        // "Plan, lines, goals, budget, partners, roles, rounds": the ministry.
        "openMonitoringRound"
        | "closeMonitoringRound"
        | "correctStatusReport"
        | "planAction"
        | "endAction"
        | "linkActions"
        | "setBudget"
        | "registerPartner"
        | "assignPartner" => write(who == Who::Ministry),
        // What is no table of ours is for all. A table that a role reaches nothing of is refused
        // whole.
        "/v1/feeds/fact_submission_current.csv" => match who {
            Who::Public | Who::Partner => Outcome::Refused,
            Who::Municipality | Who::Region => Outcome::Filtered,
            Who::Vng | Who::Ministry => Outcome::Allowed,
        },
        "/v1/feeds/fact_verdict_current.csv"
        | "/v1/feeds/fact_answer_history.ndjson"
        | "/v1/odata/fact_answer_current"
        | "/v1/odata/fact_answer_current/$count"
        | "/v1/odata/fact_verdict_current" => match who {
            Who::Public | Who::Partner => Outcome::Refused,
            Who::Municipality | Who::Region | Who::Ministry => Outcome::Filtered,
            Who::Vng => Outcome::Allowed,
        },
        "/v1/feeds/total_compliance.csv" | "/v1/odata/total_compliance" => match who {
            Who::Public | Who::Partner | Who::Municipality | Who::Region => Outcome::Refused,
            Who::Vng | Who::Ministry => Outcome::Allowed,
        },
        // The lists of tables: those that one reads. OData with a login wants one from the first
        // request on.
        "/v1/odata" | "/v1/odata/" | "/v1/odata/$metadata" => match who {
            Who::Public => Outcome::Refused,
            Who::Partner | Who::Municipality | Who::Region => Outcome::Filtered,
            Who::Vng | Who::Ministry => Outcome::Allowed,
        },
        "/v1/odata/dim_area" => match who {
            Who::Public => Outcome::Refused,
            _ => Outcome::Allowed,
        },
        // "Draft": own; own region.
        "/v1/assessments/GM0402/2026-2/answer-sheet.csv" => {
            write(matches!(who, Who::Municipality | Who::Region))
        }
        address if address.starts_with('/') => Outcome::Allowed,
        // "Feed keys": own; own; own; all to list and revoke.
        "feedKeys" => read(matches!(who, Who::Vng | Who::Ministry)),
        "createFeedKey" => write(who != Who::Public),
        "rotateFeedKey" => write(who != Who::Public && subject == Subject::Own),
        "revokeFeedKey" => write(
            matches!(who, Who::Vng | Who::Ministry)
                || (who != Who::Public && subject == Subject::Own),
        ),
        // "Framework, periods, territory, reporting regions": VNG.
        "openReportingPeriod"
        | "registerReportingRegion"
        | "rescheduleReportingPeriod"
        | "proposeEdition"
        | "endorseEdition"
        | "registerArea"
        | "setAreaMembers"
        | "recordReorganisation" => write(who == Who::Vng),
        // "Policy adoption, function assignment": own; own region; VNG.
        "recordPolicy" | "recordAdoption" | "declarePolicyState" => {
            write(is_own || who == Who::Vng)
        }
        // The same; partners "write functions if VNG names it", and VNG has named CoMensha.
        "assignFunction" => write(is_own || matches!(who, Who::Vng | Who::Partner)),
        "nameFunctionRegistrar" => write(who == Who::Vng),
        // Whoever decides something names where it stands.
        "registerSourceDocument" => write(who != Who::Public),
        _ => return None,
    })
}

/// How each query is asked. Before the colon stands the root field; after it the part that the
/// mandate table treats apart. `CODE` stands for the municipality, `ID` for the id of its
/// assessment; without either the query is about nobody in particular.
const QUERIES: &[(&str, &str)] = &[
    (
        "changes",
        "{ changes(since: { ledger: 0 }, subjectKind: \"Action\", first: 100) { totalCount nodes { ledger sentence { nl } } } }",
    ),
    (
        "compareRounds",
        "{ compareRounds(before: \"2025-1\", after: \"2025-1\") { counts { after } changes(onlyChanged: false) { kind } } }",
    ),
    ("monitoringRounds", "{ monitoringRounds { key title { nl } } }"),
    ("openRounds", "{ openRounds { key title { nl } } }"),
    ("openRounds: reports", "{ openRounds { key reports { status version } } }"),
    ("planDifference", "{ planDifference { addedActions { number } renumberedActions { confidence } } }"),
    ("planThemes", "{ planThemes { code title { nl } } }"),
    ("about", "{ about { version licence dataSet { title { nl } ledger } knownGaps { key text { nl } } } }"),
    ("action", "{ action(number: 32) { key title { nl } monitoring status delay { cause } titles { title } } }"),
    ("actionLines", "{ actionLines { key title { nl } actions { number status } } }"),
    ("actions", "{ actions(first: 100) { totalCount nodes { key title { nl } status } } }"),
    ("actionsWithoutPartner", "{ actionsWithoutPartner { action { key } hasMentions hasUnnamedParties } }"),
    ("adjacentPolicies", "{ adjacentPolicies { key title { nl } endsOn } }"),
    ("area", "{ area(code: \"PE03\") { code name children { code } municipalities { code } } }"),
    ("areas", "{ areas(first: 100) { totalCount nodes { code name kind parent { code } tile { row column } } } }"),
    (
        "assessment: answers",
        "{ assessment(municipality: \"CODE\", period: \"2026-2\") { versions { answers { code answer explanation } } } }",
    ),
    (
        "assessment: draft",
        "{ assessment(municipality: \"CODE\", period: \"2026-2\") { draft { answers { code answer explanation } } } }",
    ),
    (
        "assessment: receipt",
        "{ assessment(municipality: \"CODE\", period: \"2026-2\") { versions { hash receipt approvedByFunction } } }",
    ),
    (
        "assessment: review",
        "{ assessment(municipality: \"CODE\", period: \"2026-2\") { questions { number question reply } onBehalf { number }
            versions { returnReason } } }",
    ),
    (
        "assessment: state",
        "{ assessment(municipality: \"CODE\", period: \"2026-2\") { id state versions { number onTime submittedAt } } }",
    ),
    ("buildingBlocks", "{ buildingBlocks { counted named blocks { key state } } }"),
    (
        "budget",
        "{ budget { years cells { key amount { euros } } reconciliation { differences { key } } otherMoney { key }
            moneyOutsideExecution { year } statement } }",
    ),
    (
        "compliancePicture: CONFIRMED",
        "{ compliancePicture(period: \"2026-2\", basis: CONFIRMED) { counts { status count } } }",
    ),
    (
        "compliancePicture: SUBMITTED",
        "{ compliancePicture(period: \"2026-2\", basis: SUBMITTED) { counts { status count } } }",
    ),
    (
        "compliancePicture: submissions",
        "{ compliancePicture(period: \"2026-2\", by: SAFETY_REGION) { groups { submissions { received missing } } } }",
    ),
    (
        "dashboard",
        "{ dashboard { plan round { key } total { actions } lines { counts { actions statuses { count } } } } }",
    ),
    ("exploitationForms", "{ exploitationForms { code name { nl } } }"),
    (
        "dataQuality",
        "{ dataQuality { ledger counts { equal known unexpected } checks(first: 100) { nodes { subject computed outcome } }
            decisions { totalCount } gaps { key } adoptionsWithoutMunicipality { policy reason { nl } } } }",
    ),
    ("feedKeys", "{ feedKeys { key label organisation tables } }"),
    ("framework", "{ framework { code state criteria { code text { nl } } periods { key state } } }"),
    ("goal", "{ goal(key: \"2024/1/1\") { text progress measurements { key text } } }"),
    ("goals", "{ goals { key text progress missingParts targets { value } } }"),
    ("intendedEffects", "{ intendedEffects { key text indicators { key countedBy { partner } } } }"),
    ("event", "{ event(key: \"brede-sessie-2024-03-05\") { participantCount participants { printed } } }"),
    ("events", "{ events { key heldOn organisations { key } } }"),
    ("coverage", "{ coverage(role: CARE_COORDINATOR) { country { covered unknown } areas { area { code } counts { covered } } } }"),
    ("functions", "{ functions { code assignments { key organisation trained enoughTime } } }"),
    ("functionsInArea", "{ functionsInArea(area: \"VR14\") { basis assignment { key } } }"),
    (
        "ledger: compliance",
        "{ ledger(subjectKind: \"Assessment\", subjectKey: \"CODE/2026-2\") { nodes { number operation hash } } }",
    ),
    ("ledger: public part", "{ ledger(subjectKind: \"Area\", first: 100) { totalCount nodes { number operation hash } } }"),
    ("motions", "{ motions { key outcome amountEuros answers { text { nl } action { key } } } }"),
    ("municipalities", "{ municipalities(first: 100) { totalCount nodes { code name } } }"),
    ("municipality", "{ municipality(code: \"CODE\") { code name region { code } province { code } } }"),
    ("nationalFigures", "{ nationalFigures { figures { key value reason { nl } } } }"),
    ("node: assessment", "{ node(id: \"ID\") { id ... on Assessment { state versions { number onTime submittedAt } } } }"),
    ("node: municipality", "{ node(id: \"PLACE\") { id ... on Municipality { name region { code } } } }"),
    ("partner", "{ partner(name: \"CoMensha\") { key roles { role } mentions { printed } } }"),
    ("partners", "{ partners(first: 100) { totalCount nodes { key kind roles { role } } } }"),
    ("planVersions", "{ planVersions { key title { nl } state } }"),
    ("policies", "{ policies { totalCount nodes { key adoptions { adoptedOn } } } }"),
    (
        "policy",
        "{ policy(key: \"gooi-en-vechtstreek-2023\") { key adoptionsWithoutMunicipality { adoptedOn } provisions { kind } } }",
    ),
    ("policyState", "{ policyState(municipality: \"CODE\") { day state adoptions { adoptedOn } } }"),
    ("plannedReorganisations", "{ plannedReorganisations { effectiveOn predecessor successor } }"),
    (
        "previewRegionalAnswer",
        "{ previewRegionalAnswer(input: { area: \"AREA\", criterion: \"VOORSTEL-1/OH-02\", answer: MET, from: \"2026-01-01\" }) {
            effects { municipality { code } period before after } errors { code } } }",
    ),
    ("proposals", "{ proposals { key outcome actions { key } } }"),
    ("openTasks", "{ openTasks { totalCount } }"),
    (
        "publication",
        "{ publication(key: \"budget-2024-1\") { key state lines { key values { text } } manifest { ledger files { sha256 } } } }",
    ),
    (
        "publications",
        "{ publications(kind: COMPLIANCE_PICTURE) { nodes { key state } } }",
    ),
    (
        "publications: under way",
        "{ publications(kind: COMPLIANCE_PICTURE) { nodes { key state lines { key } verdicts { status municipality { code } } } } }",
    ),
    ("reviewQueue", "{ reviewQueue { totalCount nodes { subject waitingDays } } }"),
    ("region", "{ region(code: \"VR14\") { code name municipalities { code } } }"),
    (
        "regionalAnswers",
        "{ regionalAnswers(area: \"AREA\") { key version answer explanation from criterion { code } } }",
    ),
    (
        "regionalDuties",
        "{ regionalDuties(area: \"AREA\") { meetings { heldOn } reports { half version progress } } }",
    ),
    ("regions", "{ regions { code municipalities { code } } }"),
    ("reorganisations", "{ reorganisations(first: 100) { totalCount nodes { effectiveOn predecessor successor } } }"),
    ("reportingPeriods", "{ reportingPeriods { key state edition { code } } }"),
    ("reportingPoints", "{ reportingPoints { key state address } }"),
    ("reportingRoute", "{ reportingRoute(key: \"gooi-en-vechtstreek-professionals\") { steps { number } } }"),
    ("reportingRoutes", "{ reportingRoutes { key steps { number } } }"),
    ("search", "{ search(text: \"Hilversum gemeente\", first: 100) { totalCount nodes { kind key excerpt rank node { id } } } }"),
    ("sourceDocument", "{ sourceDocument(key: \"letter-28638-249\") { key title { nl } citations { key } } }"),
    ("sourceDocuments", "{ sourceDocuments { key kind title { nl } dateText } }"),
    (
        "verdict: CONFIRMED",
        "{ verdict(municipality: \"CODE\", period: \"2026-2\", basis: CONFIRMED) {
            status since grounds { version counts { met } criteria { code answer } next { status allOf } } } }",
    ),
    (
        "verdict: SUBMITTED",
        "{ verdict(municipality: \"CODE\", period: \"2026-2\", basis: SUBMITTED) {
            status since grounds { version counts { met } criteria { code answer } next { status allOf } } } }",
    ),
    (
        "verdictHistory",
        "{ verdictHistory(municipality: \"CODE\") { municipality { code } period { key } status grounds { counts { met } } } }",
    ),
    ("submissionMandates", "{ submissionMandates(municipality: \"CODE\") { from lastDay } }"),
    ("viewer", "{ viewer { role } }"),
    (
        "whoDoesWhat",
        "{ whoDoesWhat { action { key } roles { role } mentions { printed } unnamedParties { printed } } }",
    ),
];

/// The addresses beside GraphQL that are read; a test holds the list to the routes.
const SURFACES: [&str; 40] = [
    "/",
    "/.well-known/security.txt",
    "/docs",
    "/docs/docs.css",
    "/docs/en",
    "/docs/en/mandate",
    "/docs/examples.json",
    "/docs/mandaat",
    "/explorer",
    "/explorer/LICENSES.txt",
    "/explorer/explorer.css",
    "/explorer/explorer.js",
    "/graphql",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/openapi.json",
    "/schema.graphql",
    "/v1/assessments/GM0402/2026-2/answer-sheet.csv",
    "/v1/publications/budget-2024-1.csv",
    "/v1/feeds/",
    "/v1/feeds/dim_action.csv",
    "/v1/feeds/fact_answer_history.ndjson",
    "/v1/feeds/fact_submission_current.csv",
    "/v1/feeds/fact_verdict_current.csv",
    "/v1/feeds/fact_verdict_current.pbids",
    "/v1/feeds/total_compliance.csv",
    "/v1/odata",
    "/v1/odata/",
    "/v1/odata/$metadata",
    "/v1/odata/dim_area",
    "/v1/odata/fact_answer_current",
    "/v1/odata/fact_answer_current/$count",
    "/v1/odata/fact_verdict_current",
    "/v1/odata/total_compliance",
    "/v1/odata/public",
    "/v1/odata/public/",
    "/v1/odata/public/$metadata",
    "/v1/odata/public/dim_area",
    "/v1/odata/public/dim_area/$count",
];

/// The mutations in the order of a working day, so that what is allowed can succeed; the regions
/// stand apart, because nobody is one's own region before.
const FIRST_MUTATION: &str = "registerReportingRegion";
const MUTATIONS: [&str; 59] = [
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
    "confirmAssessment",
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
    "submitRegionalReport",
    "confirmRegionalReport",
    "openReportingPeriod",
    "rescheduleReportingPeriod",
    "proposeEdition",
    "endorseEdition",
    "createFeedKey",
    "rotateFeedKey",
    "revokeFeedKey",
    "registerSourceDocument",
    "recordPolicy",
    "recordAdoption",
    "declarePolicyState",
    "nameFunctionRegistrar",
    "assignFunction",
    "registerArea",
    "setAreaMembers",
    "recordReorganisation",
];
/// Periods in which Hilversum has no draft at first, for what can be done once in a period: by
/// itself, and by its region.
const OWN_PERIOD: &str = "2026-3";
const REGION_PERIOD: &str = "2026-4";

fn is_about_somebody(operation: &str) -> bool {
    let of_nobody = [
        "planAction",
        "endAction",
        "linkActions",
        "setBudget",
        "registerPartner",
        "assignPartner",
        "createFeedKey",
        "closeMonitoringRound",
        "correctStatusReport",
        "endorseEdition",
        "importAssessments",
        "openMonitoringRound",
        "openReportingPeriod",
        "proposeEdition",
        "rescheduleReportingPeriod",
        "preparePublication",
        "publish",
        "withdrawPublication",
        "registerSourceDocument",
        "nameFunctionRegistrar",
        "registerArea",
        "setAreaMembers",
        "recordReorganisation",
    ];
    if of_nobody.contains(&operation) {
        return false;
    }
    match QUERIES.iter().find(|(name, _)| *name == operation) {
        Some((_, query)) => ["CODE", "AREA", "ID\"", "PLACE"]
            .iter()
            .any(|place| query.contains(place)),
        None => true,
    }
}

fn subjects(operation: &str) -> &'static [Subject] {
    if is_about_somebody(operation) {
        &[Subject::Own, Subject::Other]
    } else {
        &[Subject::Nobody]
    }
}

/// A mutation that asks for nothing but its errors.
fn document(mutation: &str) -> String {
    let mut letters = mutation.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let pascal: String = first.into_iter().chain(letters).collect();
    format!(
        "mutation ($input: {pascal}Input!) {{ {mutation}(input: $input) {{ errors {{ code }} }} }}"
    )
}

/// An input that is good, and not the same for two cells of the matrix.
fn input(mutation: &str, who: Who, subject: Subject) -> Value {
    let code = subject.municipality();
    let key = format!("{mutation} {who:?} {subject:?}");
    match mutation {
        "registerReportingRegion" => {
            json!({ "area": subject.area(), "from": "2026-01-01", "idempotencyKey": key })
        }
        "openReportingPeriod" => json!({
            "key": format!("2027-{}", 1 + who as usize), "edition": "VOORSTEL-1", "idempotencyKey": key,
            "opensOn": "2027-01-01", "deadlineOn": "2027-02-01", "closesOn": "2027-03-01",
        }),
        "preparePublication" => json!({
            "kind": "COMPLIANCE_PICTURE", "about": PERIOD, "level": "COUNTRY", "idempotencyKey": key,
        }),
        "respondToVerdict" => json!({
            "publication": "compliance-2026-2-1", "municipality": code, "text": "Onze reactie.", "idempotencyKey": key,
        }),
        "publish" => json!({ "publication": "monitoring-2025-1-1", "idempotencyKey": key }),
        "withdrawPublication" => json!({
            "publication": "budget-2024-1", "reason": "Een fout in de bron.", "idempotencyKey": key,
        }),
        "openMonitoringRound" => json!({
            "key": "2027-1", "titleNl": "Ronde", "titleEn": "Round", "idempotencyKey": key,
            "dateEarliest": "2027-01-01", "dateLatest": "2027-02-01",
        }),
        // Action 33 is CoMensha's, action 30 VNG's.
        "reportStatus" => json!({
            "round": "2026-1", "action": if subject == Subject::Own { 33 } else { 30 }, "status": "ONGOING",
            "idempotencyKey": key,
        }),
        "recordResult" => json!({
            "action": if subject == Subject::Own { 33 } else { 30 }, "kind": "PRODUCT", "qualifier": "NONE",
            "explanation": "Handreiking gemaakt.", "summary": "Guide made.", "idempotencyKey": key,
        }),
        "recordMeasurement" => json!({
            "key": format!("meting-{}-{}", who as usize, subject as usize), "kind": "INTERIM", "state": "RUNNING",
            "action": if subject == Subject::Own { 33 } else { 30 }, "explanation": "Meting loopt.",
            "summary": "Being measured.", "idempotencyKey": key,
        }),
        "planAction" => json!({
            "number": 47, "line": 4, "titleNl": "Nieuwe actie", "titleEn": "New action", "source": source(),
            "idempotencyKey": key,
        }),
        "endAction" => json!({
            "action": 46, "lastDay": "2026-12-31", "reasonNl": "Opgegaan in actie 45.", "reasonEn": "Merged into action 45.",
            "source": source(), "idempotencyKey": key,
        }),
        "linkActions" => json!({
            "action": 47, "kind": "RELATED_TO", "to": ["2024/33"], "source": source(), "idempotencyKey": key,
        }),
        "setBudget" => json!({
            "row": { "ofActions": { "actions": [47], "title": "Nieuwe actie" } }, "source": source(),
            "cells": [{ "year": 2026, "state": "AMOUNT", "euros": 100_000 }], "idempotencyKey": key,
        }),
        "registerPartner" => json!({
            "key": "nieuwe-partner", "name": "Nieuwe Partner", "nameEn": "New Partner", "kind": "NGO",
            "source": source(), "idempotencyKey": key,
        }),
        "assignPartner" => json!({
            "action": 47, "partner": "nieuwe-partner", "role": "OWNER", "from": "2026-11-22", "text": "Aangewezen.",
            "source": source(), "idempotencyKey": key,
        }),
        "createFeedKey" => json!({
            "label": format!("Sleutel van {who:?}"), "tables": ["dim_action"], "expiresOn": "2027-11-22",
            "idempotencyKey": key,
        }),
        // One's own key, which stands in `keys`, or that of Amsterdam.
        "rotateFeedKey" | "revokeFeedKey" => json!({
            "key": if subject == Subject::Own { who.organisation() } else { OTHER }, "idempotencyKey": key,
        }),
        "closeMonitoringRound" => json!({ "round": "2026-1", "idempotencyKey": key }),
        "correctStatusReport" => json!({
            "round": "2025-1", "action": 17, "status": "COMPLETED", "reason": "Nagekomen bericht", "idempotencyKey": key,
        }),
        "saveDraft" => {
            let fresh = ["BB-03", "BB-04", "BB-05", "BB-07", "SV-03", "SV-04"][who as usize];
            let answer =
                json!({ "criterion": fresh, "answer": "MET", "explanation": secret(code) });
            json!({ "municipality": code, "period": PERIOD, "answers": [answer] })
        }
        "submitAssessment" => json!({
            "municipality": code, "period": PERIOD, "idempotencyKey": key, "reason": "Correctie",
            "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20",
        }),
        "importAnswerSheet" => {
            let fresh = ["BW-01", "BW-02", "SK-02", "SK-03", "SK-04", "SK-05"][who as usize];
            let table = format!(
                "criterion,answer,explanation\n{fresh},MET,{}\n",
                secret(code)
            );
            json!({ "municipality": code, "period": PERIOD, "table": table, "idempotencyKey": key })
        }
        // Laren is in VR14, and nobody else fills in for it here.
        "importAssessments" => json!({
            "period": PERIOD, "table": format!("municipality,SV-01\n{NONE},MET\n"), "reason": "Opgave",
            "idempotencyKey": key,
        }),
        "startDraft" => json!({
            "municipality": code, "period": if who == Who::Region { REGION_PERIOD } else { OWN_PERIOD },
        }),
        "fillOnBehalf" => json!({
            "municipality": code, "period": PERIOD, "idempotencyKey": key, "reason": "Geen toegang", "channel": "TELEPHONE",
            "answers": [{ "criterion": "SV-01", "answer": "MET", "explanation": secret(code) }],
        }),
        "acceptOnBehalf" => json!({
            "municipality": code, "period": PERIOD, "idempotencyKey": key, "filling": 1, "reason": "Correctie",
            "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20",
        }),
        "giveSubmissionMandate" => json!({
            "municipality": code, "area": subject.area(), "from": "2027-01-01", "idempotencyKey": key,
        }),
        "endSubmissionMandate" => json!({
            "municipality": code, "area": subject.area(), "lastDay": "2026-11-22", "idempotencyKey": key,
        }),
        "extendDeadline" => json!({
            "municipality": code, "period": PERIOD, "deadlineOn": "2026-12-05", "reason": "Ziekte", "idempotencyKey": key,
        }),
        "submitRegionalAnswer" => regional_answer(subject.area(), "SK-02"),
        "questionRegionalAnswer" | "returnRegionalAnswer" => json!({
            "area": subject.area(), "criterion": "VOORSTEL-1/SK-01", "version": 1, "text": "Sinds wanneer?",
            "idempotencyKey": key,
        }),
        "confirmRegionalAnswer" => json!({
            "area": subject.area(), "version": 1, "idempotencyKey": key,
            "criterion": if subject == Subject::Own { "VOORSTEL-1/SK-02" } else { "VOORSTEL-1/OH-01" },
        }),
        "recordRegionalMeeting" => json!({
            "area": subject.area(), "heldOn": "2026-11-19", "kind": "OFFICIAL", "idempotencyKey": key,
        }),
        "raiseRegionalBottleneck" => json!({
            "area": subject.area(), "text": secret(subject.area()), "since": "2026-11-19", "idempotencyKey": key,
        }),
        "resolveRegionalBottleneck" => json!({
            "area": subject.area(), "number": 1, "on": "2026-11-20", "idempotencyKey": key,
        }),
        "recordRegionalDecision" => json!({
            "area": subject.area(), "text": secret(subject.area()), "decidedOn": "2026-11-19",
            "needsRatification": false, "idempotencyKey": key,
        }),
        "submitRegionalReport" => half_year_report(subject.area(), "2026-1"),
        "confirmRegionalReport" => json!({
            "area": subject.area(), "version": 1, "idempotencyKey": key,
            "half": if subject == Subject::Own { "2026-1" } else { "2026-2" },
        }),
        "endRegionalAnswer" => json!({
            "area": subject.area(), "criterion": "VOORSTEL-1/OH-01", "on": "2026-12-01", "idempotencyKey": key,
        }),
        "claimReview" => json!({ "municipality": code, "period": PERIOD }),
        // By then Hilversum has submitted twice and its region once; Amsterdam has submitted once.
        "askQuestions" => json!({
            "municipality": code, "period": PERIOD, "idempotencyKey": key,
            "version": if subject == Subject::Own { 3 } else { 1 },
            "questions": [{ "criterion": "SV-01", "question": "Sinds wanneer?" }, { "question": "Wie gaf akkoord?" }],
        }),
        "answerQuestion" => json!({
            "municipality": code, "period": PERIOD, "idempotencyKey": key, "reply": "Sinds januari.",
            "question": if who == Who::Region { 3 } else { 2 },
        }),
        "returnAssessment" => json!({
            "municipality": code, "period": PERIOD, "idempotencyKey": key, "reason": "Vul aan.",
            "version": if subject == Subject::Own { 3 } else { 1 },
        }),
        // Both have submitted once more.
        "confirmAssessment" => json!({
            "municipality": code, "period": PERIOD, "idempotencyKey": key,
            "version": if subject == Subject::Own { 4 } else { 2 },
        }),
        "withdrawAssessment" => json!({
            "municipality": code, "period": if who == Who::Region { REGION_PERIOD } else { OWN_PERIOD },
            "reason": "Vergissing", "idempotencyKey": key,
        }),
        "rescheduleReportingPeriod" => {
            json!({ "period": PERIOD, "closesOn": "2026-12-20", "reason": "Feestdagen", "idempotencyKey": key })
        }
        "proposeEdition" => json!({
            "code": "VOORSTEL-2", "from": "VOORSTEL-1", "titleNl": "Tweede", "titleEn": "Second", "normMonths": 48,
            "inheritanceGraceMonths": 24, "carried": ["BB-01", "BB-03"], "criteria": [], "idempotencyKey": key,
        }),
        "endorseEdition" => {
            json!({ "edition": "VOORSTEL-2", "normEndorsed": false, "idempotencyKey": key })
        }
        "registerSourceDocument" => json!({
            "key": format!("besluit-{}", who as usize), "kind": "ADMINISTRATIVE_DECISION", "titleNl": "Besluit",
            "idempotencyKey": key,
        }),
        // Of its own: a local policy of Hilversum; of others: a local policy of Amsterdam.
        "recordPolicy" => json!({
            "key": policy_of(who, code), "place": { "municipality": code }, "level": "LOCAL", "title": "Beleid",
            "source": source(), "idempotencyKey": key,
        }),
        "recordAdoption" => json!({
            "policy": adopted_by(who),
            "municipality": code, "source": source(), "idempotencyKey": key,
        }),
        "declarePolicyState" => json!({
            "municipality": code, "state": "IN_DEVELOPMENT", "source": source(), "idempotencyKey": key,
        }),
        "nameFunctionRegistrar" => json!({
            "partner": "fairwork", "from": "2026-01-01", "source": source(), "idempotencyKey": key,
        }),
        "assignFunction" => json!({
            "key": format!("officer-{}-{}", who as usize, code.to_lowercase()), "role": "DESIGNATED_OFFICER",
            "place": { "municipality": code }, "organisation": "Team Veiligheid", "text": "Team Veiligheid is aangewezen.",
            "source": source(), "idempotencyKey": key,
        }),
        "registerArea" => json!({
            "code": "SG01", "kind": "COOPERATION_AREA", "name": "Proef", "source": source(), "idempotencyKey": key,
        }),
        "setAreaMembers" => json!({
            "area": "SG01", "from": "2026-01-01", "members": [OWN, OTHER], "source": source(), "idempotencyKey": key,
        }),
        "recordReorganisation" => json!({
            "effectiveOn": "2027-01-01", "steps": [{ "predecessor": "GM1696", "successor": OWN }],
            "source": source(), "idempotencyKey": key,
        }),
        _ => panic!("policy_matrix.rs has no input for {mutation}"),
    }
}

/// Where a decision of the ministry stands.
fn source() -> Value {
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
fn secret(code: &str) -> String {
    format!("Vertrouwelijke toelichting van {code}")
}

/// A report of an area on a half year.
fn half_year_report(area: &str, half: &str) -> Value {
    json!({
        "area": area, "half": half, "progress": secret(area), "particulars": "Geen.", "bottlenecks": "Geen.",
        "idempotencyKey": half,
    })
}

/// What an area answers to a criterion.
fn regional_answer(area: &str, criterion: &str) -> Value {
    json!({
        "area": area, "criterion": format!("VOORSTEL-1/{criterion}"), "answer": "MET", "from": "2026-01-01",
        "explanation": secret(area), "idempotencyKey": criterion,
    })
}

fn edit(mut input: Value, field: &str, text: &str) -> Value {
    input[field] = text.into();
    input
}

async fn done(client: &Client, mutation: &str, input: Value) {
    let data = client
        .send(&document(mutation), json!({ "input": input }))
        .await
        .data();
    assert_eq!(data[mutation], json!({ "errors": [] }), "{mutation}");
}

/// The ministry assigns two owners and opens a round, and CoMensha reports in it. VNG names
/// CoMensha to record functions and opens the period; both municipalities fill in and submit; VNG
/// confirms Hilversum's. Both regions answer OH-01 and report on a half year; VNG confirms VR14's.
async fn prepare(app: &App) {
    let first = "2024,7,om,EXECUTOR,";
    let owner = |action: i32, partner: &str| {
        format!("2024,{action},{partner},OWNER,,Aangewezen.,monitoring-2025,7,\n")
    };
    let owners = owner(33, "comensha") + &owner(30, "vng") + first;
    let endorsed = ("framework_editions.csv", ",PROPOSED,", ",ENDORSED,");
    let set = edited(&[("action_partners.csv", first, &owners), endorsed]);
    app.database.import(&set).await;
    let round = json!({
        "key": "2026-1", "titleNl": "Ronde", "titleEn": "Round", "idempotencyKey": "round",
        "dateEarliest": "2026-05-01", "dateLatest": "2026-10-31",
    });
    done(&app.with(&ministry()), "openMonitoringRound", round).await;
    let report =
        json!({ "round": "2026-1", "action": 33, "status": "ONGOING", "idempotencyKey": "report" });
    done(&app.with(&partner("comensha")), "reportStatus", report).await;
    let reviewer = app.with(&vng());
    for key in [PERIOD, OWN_PERIOD, REGION_PERIOD] {
        let period = json!({
            "key": key, "edition": "VOORSTEL-1", "idempotencyKey": key,
            "opensOn": "2026-11-01", "deadlineOn": "2026-11-30", "closesOn": "2026-12-15",
        });
        done(&reviewer, "openReportingPeriod", period).await;
    }
    let named = json!({
        "partner": "comensha", "from": "2026-01-01", "source": source(), "idempotencyKey": "named",
    });
    done(&reviewer, "nameFunctionRegistrar", named).await;
    for (code, area) in [(OWN, "VR14"), (OTHER, "VR13")] {
        let client = app.with(&municipality(code));
        let mandate = json!({
            "municipality": code, "area": area, "from": "2026-11-22", "lastDay": "2026-12-31", "idempotencyKey": "mandate",
        });
        done(&client, "giveSubmissionMandate", mandate).await;
        let answer =
            json!({ "criterion": "SV-01", "answer": "NOT_MET", "explanation": secret(code) });
        let draft = json!({ "municipality": code, "period": PERIOD, "answers": [answer] });
        done(&client, "saveDraft", draft).await;
        let submission = json!({
            "municipality": code, "period": PERIOD, "idempotencyKey": "submission",
            "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20",
        });
        done(&client, "submitAssessment", submission).await;
        let target = json!({ "municipality": code, "period": PERIOD });
        done(&reviewer, "claimReview", target).await;
        let questions = json!({
            "municipality": code, "period": PERIOD, "version": 1, "idempotencyKey": code,
            "questions": [{ "criterion": "SV-01", "question": "Waarom niet?" }],
        });
        done(&reviewer, "askQuestions", questions).await;
        let reply = json!({
            "municipality": code, "period": PERIOD, "question": 1, "reply": "Vacature.", "idempotencyKey": "reply",
        });
        done(&client, "answerQuestion", reply).await;
    }
    for who in Who::ALL.into_iter().filter(|who| *who != Who::Public) {
        let key = input("createFeedKey", who, Subject::Nobody);
        let key = edit(key, "idempotencyKey", "first key");
        done(&who.client(app), "createFeedKey", key).await;
    }
    let amsterdam = edit(
        input("createFeedKey", Who::Municipality, Subject::Nobody),
        "label",
        "Van Amsterdam",
    );
    done(&app.with(&municipality(OTHER)), "createFeedKey", amsterdam).await;
    let version = json!({ "municipality": OWN, "period": PERIOD, "version": 1, "idempotencyKey": "confirmation" });
    done(&reviewer, "confirmAssessment", version).await;
    // One publication under way that names everybody, one to publish, and one that is released.
    let client = app.with(&ministry());
    for (kind, about, level) in [
        ("COMPLIANCE_PICTURE", PERIOD, "BY_NAME"),
        ("MONITORING_OVERVIEW", "2025-1", "COUNTRY"),
        ("BUDGET", "2024", "COUNTRY"),
    ] {
        let new = json!({ "kind": kind, "about": about, "level": level, "idempotencyKey": kind });
        done(&client, "preparePublication", new).await;
    }
    let release = json!({ "publication": "budget-2024-1", "idempotencyKey": "release" });
    done(&client, "publish", release).await;
    for area in ["VR14", "VR13"] {
        let answer = regional_answer(area, "OH-01");
        done(&app.with(&region(area)), "submitRegionalAnswer", answer).await;
        let report = half_year_report(area, "2026-2");
        done(&app.with(&region(area)), "submitRegionalReport", report).await;
    }
    let report =
        json!({ "area": "VR14", "half": "2026-2", "version": 1, "idempotencyKey": "regional" });
    done(&reviewer, "confirmRegionalReport", report).await;
    let version = json!({
        "area": "VR14", "criterion": "VOORSTEL-1/OH-01", "version": 1, "idempotencyKey": "regional",
    });
    done(&reviewer, "confirmRegionalAnswer", version).await;
}

/// What has to happen between two operations, so that what is allowed can succeed.
async fn make_ready(app: &App, mutation: &str) {
    let submission = |code: &str, period: &str| {
        json!({
            "municipality": code, "period": period, "idempotencyKey": format!("ready {mutation} {period}"),
            "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20",
        })
    };
    match mutation {
        // The claim of before has ended, so that claiming anew changes something.
        "claimReview" => app.clock.set(noon() + TimeDelta::hours(3)),
        "confirmAssessment" => {
            for code in [OWN, OTHER] {
                let client = app.with(&municipality(code));
                done(&client, "submitAssessment", submission(code, PERIOD)).await;
                let target = json!({ "municipality": code, "period": PERIOD });
                done(&app.with(&vng()), "claimReview", target).await;
            }
        }
        "withdrawAssessment" => {
            let client = app.with(&municipality(OWN));
            for period in [OWN_PERIOD, REGION_PERIOD] {
                let answers = [json!({ "criterion": "SV-05", "answer": "MET" })];
                let draft = json!({ "municipality": OWN, "period": period, "answers": answers });
                done(&client, "saveDraft", draft).await;
                done(&client, "submitAssessment", submission(OWN, period)).await;
            }
        }
        _ => {}
    }
}

/// A number that changes with every row that a refused operation could have left behind.
async fn fingerprint(app: &App) -> i64 {
    app.database
        .count(
            "select hashtextextended(concat_ws('|',
                (select count(*) from ledger), (select number from ledger_head), (select count(*) from free_text),
                (select count(*) from fact.assessment_version), (select count(*) from fact.answer),
                (select count(*) from fact.review_decision), (select count(*) from fact.verdict_span),
                (select count(*) from fact.regional_answer), (select count(*) from fact.regional_review),
                (select count(*) from fact.regional_meeting), (select count(*) from fact.regional_bottleneck),
                (select count(*) from fact.regional_decision), (select count(*) from fact.regional_report),
                (select count(*) from fact.reporting_period), (select count(*) from fact.reporting_region),
                'draft', (select string_agg(t::text, ';' order by t::text) from work.draft t),
                'answer', (select string_agg(t::text, ';' order by t::text) from work.draft_answer t),
                'claim', (select string_agg(t::text, ';' order by t::text) from work.claim t),
                'feed key', (select string_agg(t::text, ';' order by t::text) from work.feed_key t),
                'key', (select string_agg(t::text, ';' order by t::text) from work.idempotency_key t)), 0)",
        )
        .await
}

/// Known values in an answer.
fn weight(value: &Value) -> usize {
    match value {
        Value::Null => 0,
        Value::Array(values) => values.iter().map(weight).sum(),
        Value::Object(fields) => fields.values().map(weight).sum(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

/// Rows in the answer of an address: of a list as OData tells it, of a schema, of a number alone;
/// else its lines.
fn rows_of(body: &str) -> usize {
    let listed = serde_json::from_str::<Value>(body)
        .ok()
        .and_then(|json| match json {
            Value::Number(number) => number
                .as_u64()
                .and_then(|number| usize::try_from(number).ok()),
            json => json["value"].as_array().map(Vec::len),
        });
    listed.unwrap_or_else(|| body.lines().count() + body.matches("<EntitySet ").count())
}

/// Whether a refusal says by which rule: the one that the table of operations names, in both
/// languages.
fn names_its_rule(mutation: &str, error: &Value) -> bool {
    let requested = policy::MUTATIONS.iter().find(|(name, _)| *name == mutation);
    requested.is_some_and(|(_, rule)| {
        let (nl, en) = rule.text();
        let shown = &error["extensions"];
        shown["rule"] == rule.code() && shown["messageNl"] == nl && error["message"] == en
    })
}

/// Whether what is withheld says where, and by which rule, in both languages.
fn is_explained(withheld: &Value) -> bool {
    let rule = Rule::ALL
        .iter()
        .find(|rule| withheld["rule"] == rule.code());
    rule.is_some_and(|rule| {
        let (nl, en) = rule.text();
        withheld["because"] == json!({ "nl": nl, "en": en })
            && withheld["path"]
                .as_array()
                .is_some_and(|path| !path.is_empty())
    })
}

/// The matrix as it is measured.
#[derive(Default)]
struct Matrix {
    rows: Vec<(&'static str, String, Subject, Vec<Outcome>)>,
    mistakes: Vec<String>,
}

impl Matrix {
    fn add(
        &mut self,
        kind: &'static str,
        operation: &str,
        subject: Subject,
        outcomes: Vec<Outcome>,
    ) {
        for (who, outcome) in Who::ALL.into_iter().zip(&outcomes) {
            let cell = format!("{who:?} × {kind} {operation} × {}", subject.label());
            match expected(who, operation, subject) {
                None => self
                    .mistakes
                    .push(format!("{cell}: which row of the mandate table is it?")),
                Some(expected) if expected != *outcome => self.mistakes.push(format!(
                    "{cell}: the mandate table says {}, the service {}",
                    expected.label(),
                    outcome.label()
                )),
                Some(_) => {}
            }
        }
        self.rows
            .push((kind, operation.to_owned(), subject, outcomes));
    }

    /// Asks a query as each role; what one role sees is measured by the role that sees most.
    async fn ask(
        &mut self,
        clients: &[Client],
        (operation, query): (&str, &str),
        ids: &[String; 4],
    ) {
        for &subject in subjects(operation) {
            let code = subject.municipality();
            let [own, other, own_place, other_place] = ids;
            let (id, place) = if subject == Subject::Other {
                (other, other_place)
            } else {
                (own, own_place)
            };
            let query = query
                .replace("CODE", code)
                .replace("AREA", subject.area())
                .replace("\"ID\"", &format!("\"{id}\""))
                .replace("PLACE", place);
            let mut answers: Vec<Answer> = Vec::new();
            for client in clients {
                answers.push(client.ask(&query).await);
            }
            let weights: Vec<usize> = answers
                .iter()
                .map(|answer| weight(&answer.data()))
                .collect();
            let most = weights.iter().copied().max().unwrap_or_default();
            let outcomes = weights.iter().map(|&weight| {
                if weight > 0 && weight == most {
                    Outcome::Allowed
                } else {
                    Outcome::Filtered
                }
            });
            let outcomes: Vec<Outcome> = outcomes.collect();
            let stranger = if code == OWN { OTHER } else { OWN };
            for ((who, answer), outcome) in Who::ALL.into_iter().zip(&answers).zip(&outcomes) {
                let hidden = answer.body.contains(&secret(code)) && *outcome == Outcome::Filtered;
                let json = answer.json();
                let withheld = json["extensions"]["withheld"].as_array();
                let is_told = withheld.is_none_or(|withheld| withheld.iter().all(is_explained));
                if hidden || !is_told || answer.body.contains(&secret(stranger)) {
                    self.mistakes.push(format!(
                        "{who:?} × {operation} × {}: {}",
                        subject.label(),
                        answer.body
                    ));
                }
            }
            self.add("query", operation, subject, outcomes);
        }
    }

    /// Visits an address as each role; what one role sees is measured by the role that sees most.
    async fn visit(&mut self, clients: &[Client], surface: &str) {
        let mut answers: Vec<Answer> = Vec::new();
        for client in clients {
            answers.push(client.get(surface).await);
        }
        let rows: Vec<usize> = answers.iter().map(|answer| rows_of(&answer.body)).collect();
        let most = rows.iter().copied().max().unwrap_or_default();
        let mut outcomes = Vec::new();
        for ((who, answer), rows) in Who::ALL.into_iter().zip(&answers).zip(rows) {
            for subject in [Subject::Own, Subject::Other] {
                let may = expected(who, "assessment: answers", subject) == Some(Outcome::Allowed);
                if !may && answer.body.contains(&secret(subject.municipality())) {
                    self.mistakes
                        .push(format!("{who:?} × {surface}: {}", answer.body));
                }
            }
            outcomes.push(match answer.status {
                401 => Outcome::Refused,
                _ if rows == most => Outcome::Allowed,
                _ => Outcome::Filtered,
            });
        }
        self.add("surface", surface, Subject::Nobody, outcomes);
    }

    /// Tries a mutation as each role. A refusal has its code, tells nothing, and changes nothing.
    async fn attempt(&mut self, app: &App, clients: &[Client], mutation: &str) {
        for &subject in subjects(mutation) {
            let mut outcomes = Vec::new();
            for (who, client) in Who::ALL.into_iter().zip(clients) {
                let before = fingerprint(app).await;
                let mut input = input(mutation, who, subject);
                if let Some(organisation) = input["key"].as_str().map(str::to_owned)
                    && mutation.ends_with("FeedKey")
                {
                    let newest = format!(
                        "select id::bigint from work.feed_key where organisation = '{organisation}' order by created_at limit 1"
                    );
                    input["key"] = format!("{:012}", app.database.count(&newest).await).into();
                }
                let answer = client
                    .send(&document(mutation), json!({ "input": input }))
                    .await;
                let changed = fingerprint(app).await != before;
                let cell = format!("{who:?} × {mutation} × {}", subject.label());
                let json = answer.json();
                let is_done = json["data"][mutation] == json!({ "errors": [] })
                    && json.get("errors").is_none();
                if is_done {
                    if !changed {
                        self.mistakes
                            .push(format!("{cell}: was allowed and changed nothing"));
                    }
                    outcomes.push(Outcome::Allowed);
                    continue;
                }
                if changed {
                    self.mistakes
                        .push(format!("{cell}: was refused and changed something"));
                }
                if answer.codes() != ["FORBIDDEN"] || !json["data"].is_null() {
                    self.mistakes.push(format!("{cell}: {}", answer.body));
                }
                if !names_its_rule(mutation, &json["errors"][0]) {
                    self.mistakes
                        .push(format!("{cell}: by which rule? {}", answer.body));
                }
                let summaries = ["Vertrouwelijk", OWN, OTHER, "Hilversum", "Amsterdam"];
                if summaries.iter().any(|word| answer.body.contains(word)) {
                    self.mistakes
                        .push(format!("{cell}: tells too much: {}", answer.body));
                }
                outcomes.push(Outcome::Refused);
            }
            self.add("mutation", mutation, subject, outcomes);
        }
    }

    fn render(mut self) -> String {
        self.rows
            .sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
        let mut text = String::from(
            "\
Who may do what, measured over HTTP by tests/contract/policy_matrix.rs and compared with the mandate table.

allowed   all of it: as much as the role that sees most, or the change is made
filtered  fewer rows or none, without an error
refused   FORBIDDEN and nothing is changed; of a surface 401, which asks for a token that may

own    GM0402, whose assessment is submitted and confirmed: own to MUNICIPALITY (GM0402) and to REGION (VR14)
other  GM0363, whose assessment is submitted and not confirmed, in VR13: nobody's own
       of reportStatus, recordResult and recordMeasurement: action 33, which CoMensha (PARTNER) owns, and action 30,
       which VNG owns as a partner
       of feed keys: one's own organisation's, and that of GM0363
-      about nobody in particular
Where the mandate table treats parts of an answer apart, the part stands after the colon.

",
        );
        let columns = |text: &mut String, first: &str, second: &str, cells: [&str; 6]| {
            let mut line = format!("{first:<48}{second:<7}");
            for (cell, width) in cells.into_iter().zip([10, 10, 14, 10, 10, 10]) {
                write!(line, "{cell:<width$}").expect("a text takes a text");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        };
        columns(
            &mut text,
            "operation",
            "of",
            [
                "PUBLIC",
                "PARTNER",
                "MUNICIPALITY",
                "REGION",
                "VNG",
                "MINISTRY",
            ],
        );
        for (kind, operation, subject, outcomes) in &self.rows {
            let mut cells = [""; 6];
            for (cell, outcome) in cells.iter_mut().zip(outcomes) {
                *cell = outcome.label();
            }
            columns(
                &mut text,
                &format!("{kind} {operation}"),
                subject.label(),
                cells,
            );
        }
        text
    }
}

/// The ids that the service gave out for the two assessments and for their municipalities.
async fn ids(reviewer: &Client) -> [String; 4] {
    let query = format!(
        "{{ a: assessment(municipality: \"{OWN}\", period: \"{PERIOD}\") {{ id }}
            b: assessment(municipality: \"{OTHER}\", period: \"{PERIOD}\") {{ id }}
            c: municipality(code: \"{OWN}\") {{ id }} d: municipality(code: \"{OTHER}\") {{ id }} }}"
    );
    let data = reviewer.ask(&query).await.data();
    ["a", "b", "c", "d"].map(|name| data[name]["id"].as_str().expect("an id").to_owned())
}

#[test]
fn every_operation_of_the_schema_stands_in_the_matrix() {
    let types = types();
    let served = |name: &str| -> BTreeSet<String> {
        let fields = fields_of(&types, name).into_iter();
        fields.map(|field| field.name.node.to_string()).collect()
    };
    let root = |(name, _): &(&str, &str)| name.split(':').next().unwrap_or(name).to_owned();
    assert_eq!(served("Query"), QUERIES.iter().map(root).collect());
    let mutations = MUTATIONS.into_iter().chain([FIRST_MUTATION]);
    assert_eq!(served("Mutation"), mutations.map(str::to_owned).collect());
    let subscriptions = SUBSCRIPTIONS
        .iter()
        .map(|followed| followed.name.to_owned());
    assert_eq!(served("Subscription"), subscriptions.collect());
    let written: BTreeSet<(String, String)> = FILE
        .lines()
        .filter_map(|line| {
            let (kind, rest) = line.split_once(' ')?;
            let operation = rest.split("  ").next()?.split(':').next()?;
            matches!(kind, "query" | "mutation" | "subscription")
                .then(|| (kind.to_owned(), operation.to_owned()))
        })
        .collect();
    let all = [
        ("query", "Query"),
        ("mutation", "Mutation"),
        ("subscription", "Subscription"),
    ];
    let all = all.into_iter().flat_map(|(kind, root)| {
        let names = served(root).into_iter();
        names.map(move |name| (kind.to_owned(), name))
    });
    assert_eq!(
        written,
        all.collect(),
        "policy_matrix.txt lists other operations than the schema"
    );
}

#[tokio::test]
async fn the_service_does_what_the_mandate_table_says() {
    // One connection: no operation holds one while it waits for another.
    measure(spawn_app_with_one_connection()).await;
}

#[tokio::test]
async fn the_first_wall_stands_alone() {
    let app = spawn_app_without_second_wall();
    for table in ["fact.answer", "fact.round_report", "work.draft"] {
        let bound = format!(
            "select count(*) from pg_roles where rolname = 'stm_unwalled' and not rolbypassrls
            or not (select relforcerowsecurity from pg_class where oid = '{table}'::regclass)"
        );
        assert_eq!(app.database.count(&bound).await, 0, "{table}");
    }
    measure(app).await;
}

/// Measures the whole matrix on a service, and compares it with the mandate table and with the
/// file.
async fn measure(app: App) {
    let clients = Who::ALL.map(|who| who.client(&app));
    let mut matrix = Matrix::default();
    matrix.attempt(&app, &clients, FIRST_MUTATION).await;
    prepare(&app).await;
    let ids = ids(&app.with(&vng())).await;
    for query in QUERIES {
        matrix.ask(&clients, *query, &ids).await;
    }
    for surface in SURFACES {
        matrix.visit(&clients, surface).await;
    }
    // Two more, for VNG to return.
    for area in ["VR14", "VR13"] {
        let answer = regional_answer(area, "SK-01");
        done(&app.with(&region(area)), "submitRegionalAnswer", answer).await;
    }
    for mutation in MUTATIONS {
        make_ready(&app, mutation).await;
        matrix.attempt(&app, &clients, mutation).await;
    }
    for (subscription, subject, outcomes) in policy_matrix_streams::measure(&app, &clients).await {
        matrix.add("subscription", subscription, subject, outcomes);
    }
    assert!(
        matrix.mistakes.is_empty(),
        "\n{}\n",
        matrix.mistakes.join("\n")
    );
    let text = matrix.render();
    assert!(
        text == FILE,
        "tests/contract/policy_matrix.txt is not what the service does. If the mandate table allows it, copy the text \
         between the lines into that file:\n{line}\n{text}{line}\n",
        line = "-".repeat(80)
    );
}

/// The addresses that the service has, as its routes name them.
pub(crate) fn addresses() -> BTreeSet<&'static str> {
    let named = include_str!("../../api/transport/src/lib.rs")
        .split("web::resource(")
        .skip(1);
    let of_odata = include_str!("../../api/transport/src/odata/mod.rs")
        .split("service(read(")
        .skip(1);
    named
        .chain(of_odata)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .collect()
}

#[test]
fn every_address_of_the_service_stands_in_the_matrix() {
    let mut served = addresses();
    served.remove("/v1/graphql");
    // What stands in braces is a name without a slash.
    let part_fits = |route: &str, part: &str| match (route.split_once('{'), route.rsplit_once('}'))
    {
        (Some((before, _)), Some((_, after))) => part
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|name| !name.is_empty()),
        _ => route == part,
    };
    let fits = |route: &str, surface: &str| {
        route.split('/').count() == surface.split('/').count()
            && route
                .split('/')
                .zip(surface.split('/'))
                .all(|(route, part)| part_fits(route, part))
    };
    for route in &served {
        assert!(
            SURFACES.iter().any(|surface| fits(route, surface)),
            "{route} stands nowhere"
        );
    }
    for surface in SURFACES {
        assert!(
            served.iter().any(|route| fits(route, surface)),
            "{surface} is not served"
        );
    }
}

/// The questions about one municipality's assessment, by which somebody could learn that there is
/// one.
fn questions(code: &str, id: &str) -> Vec<String> {
    let verdict = |arguments: &str| {
        format!(
            "{{ verdict(municipality: \"{code}\", period: \"{PERIOD}\", {arguments}) {{
                status label since ledger grounds {{ rule {{ nl }} counts {{ met }} }} }} }}"
        )
    };
    vec![
        format!(
            "{{ assessment(municipality: \"{code}\", period: \"{PERIOD}\") {{ id state draft {{ answers {{ code }} }}
                versions {{ number hash answers {{ code answer explanation }} }} latestVersion {{ receipt }} }} }}"
        ),
        format!("{{ assessment(municipality: \"{code}\", period: \"{PERIOD}\", at: {{ day: \"2026-11-22\" }}) {{ state }} }}"),
        verdict("basis: CONFIRMED"),
        verdict("basis: SUBMITTED"),
        verdict("basis: SUBMITTED, at: { day: \"2026-11-22\" }"),
        format!("{{ node(id: \"{id}\") {{ id ... on Assessment {{ state versions {{ number }} }} }} }}"),
        format!(
            "{{ ledger(subjectKind: \"Assessment\", subjectKey: \"{code}/{PERIOD}\") {{
                totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ number hash }} }} }}"
        ),
        format!("{{ ledger(subjectKey: \"{code}/{PERIOD}\") {{ totalCount nodes {{ number }} }} }}"),
    ]
}

#[tokio::test]
async fn what_one_may_not_see_is_not_there() {
    hides(spawn_app()).await;
}

#[tokio::test]
async fn the_first_wall_alone_hides_as_much() {
    hides(spawn_app_without_second_wall()).await;
}

/// What is hidden equals what is absent, byte for byte and in the number of statements.
async fn hides(app: App) {
    let reviewer = app.with(&vng());
    for area in ["VR14", "VR13"] {
        let region = json!({ "area": area, "from": "2026-01-01", "idempotencyKey": area });
        done(&reviewer, "registerReportingRegion", region).await;
    }
    prepare(&app).await;
    // Laren has no assessment, so nobody gave out an id of it; an id holds the code and then the
    // period, as the ids of the municipalities show.
    let place = format!(
        "{{ a: municipality(code: \"{OWN}\") {{ id }} b: municipality(code: \"{NONE}\") {{ id }} }}"
    );
    let places = app.public().ask(&place).await.data();
    let code_in = |name: &str| {
        places[name]["id"]
            .as_str()
            .and_then(|id| id.split_once('_'))
            .expect("an id")
            .1
            .to_owned()
    };
    let [hidden_id, ..] = ids(&reviewer).await;
    let absent_id = hidden_id.replacen(&code_in("a"), &code_in("b"), 1);
    assert_ne!(hidden_id, absent_id);
    let hidden = questions(OWN, &hidden_id);
    let absent = questions(NONE, &absent_id);

    let strangers = [
        ("public", app.public()),
        ("partner", app.with(&partner("comensha"))),
        ("municipality", app.with(&municipality(OTHER))),
        ("region", app.with(&region("VR13"))),
    ];
    for (name, stranger) in &strangers {
        for (hidden, absent) in hidden.iter().zip(&absent) {
            let shown = stranger.ask(hidden).await;
            let nothing = stranger.ask(absent).await;
            assert_eq!(shown, nothing, "{name}: {hidden}");
            assert_eq!(shown.statements(), nothing.statements(), "{name}: {hidden}");
            assert!(shown.statements() > 0, "{name}: {hidden}");
            let data = shown.data();
            let is_empty = data.as_object().is_some_and(|data| {
                data.values().all(|value| {
                    value.is_null() || (value["totalCount"] == 0 && value["nodes"] == json!([]))
                })
            });
            assert!(is_empty, "{name}: {}", shown.body);
        }
        for mutation in [
            "saveDraft",
            "submitAssessment",
            "claimReview",
            "confirmAssessment",
        ] {
            let mut hidden = input(mutation, Who::Public, Subject::Own);
            let shown = stranger
                .send(&document(mutation), json!({ "input": hidden }))
                .await;
            hidden["municipality"] = json!(NONE);
            let nothing = stranger
                .send(&document(mutation), json!({ "input": hidden }))
                .await;
            assert_eq!(shown, nothing, "{name}: {mutation}");
            assert_eq!(shown.codes(), ["FORBIDDEN"], "{name}: {mutation}");
        }
    }

    // The ministry sees no verdict that VNG has not confirmed, nor whether there is one to confirm.
    let ministry = app.with(&ministry());
    for at in [3, 4] {
        let shown = ministry.ask(&hidden[at]).await;
        assert_eq!(shown, ministry.ask(&absent[at]).await);
        assert_eq!(shown.data(), json!({ "verdict": null }));
    }

    // The questions were good ones: whoever may see an assessment gets an answer to each, by that
    // very id.
    for question in &hidden {
        let answer = app.with(&municipality(OWN)).ask(question).await;
        assert!(weight(&answer.data()) > 0, "{question}");
    }
    let laren = app.with(&municipality(NONE));
    done(
        &laren,
        "saveDraft",
        json!({ "municipality": NONE, "period": PERIOD, "answers": [{ "criterion": "SV-01", "answer": "MET" }] }),
    )
    .await;
    let node = format!("{{ node(id: \"{absent_id}\") {{ ... on Assessment {{ state }} }} }}");
    assert_eq!(
        laren.ask(&node).await.data(),
        json!({ "node": { "state": "DRAFT" } })
    );
}
