//! The mandate table, operation by operation, as a person reads it. It is written anew here and
//! does not ask the policy of the program, whose oracle it is.

use Cell::{All, Conf, No, Other, Own, Part};

use super::{Outcome, Subject, Who};

/// What a role reaches of an operation.
#[derive(Debug, Clone, Copy)]
enum Cell {
    /// Nothing.
    No,
    /// Hilversum's or VR14's, to the two to whom that is their own; what belongs to oneself.
    Own,
    /// What is confirmed: Hilversum's, and not Amsterdam's.
    Conf,
    /// The other one's alone.
    Other,
    /// Everything.
    All,
    /// Some rows of a page.
    Part,
}

/// What an operation is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Query,
    Mutation,
    Subscription,
    /// An address beside GraphQL.
    Page,
}

/// One row of the table: an operation, whom it is about, and a cell per role.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) kind: Kind,
    /// Before a colon stands the root field, after it the part that the mandate table treats apart.
    pub(super) operation: &'static str,
    pub(super) subjects: &'static [Subject],
    cells: [Cell; 6],
}

const EACH: &[Subject] = &[Subject::Own, Subject::Other];
const NONE: &[Subject] = &[Subject::Nobody];

const fn query(operation: &'static str, subjects: &'static [Subject], cells: [Cell; 6]) -> Row {
    row(Kind::Query, operation, subjects, cells)
}

const fn mutation(operation: &'static str, subjects: &'static [Subject], cells: [Cell; 6]) -> Row {
    row(Kind::Mutation, operation, subjects, cells)
}

const fn subscription(
    operation: &'static str,
    subjects: &'static [Subject],
    cells: [Cell; 6],
) -> Row {
    row(Kind::Subscription, operation, subjects, cells)
}

const fn page(operation: &'static str, cells: [Cell; 6]) -> Row {
    row(Kind::Page, operation, NONE, cells)
}

const fn row(
    kind: Kind,
    operation: &'static str,
    subjects: &'static [Subject],
    cells: [Cell; 6],
) -> Row {
    Row {
        kind,
        operation,
        subjects,
        cells,
    }
}

const ANSWER_SHEET: &str = "/v1/assessments/GM0402/2026-2/answer-sheet.csv";
const ANSWER_WORKBOOK: &str = "/v1/assessments/GM0402/2026-2/answer-sheet.xlsx";
const RECEIPT: &str = "/v1/assessments/GM0402/2026-2/receipt.json";
const RECEIPT_MDTO: &str = "/v1/assessments/GM0402/2026-2/receipt.mdto.xml";
const RECEIPT_FILE_MDTO: &str = "/v1/assessments/GM0402/2026-2/receipt.json.mdto.xml";

const STATUS_SHEET: &str = "/v1/monitoring-rounds/2026-1/status-reports.csv";
const STATUS_WORKBOOK: &str = "/v1/monitoring-rounds/2026-1/status-reports.xlsx";

/// What is quoted is a row of the mandate table.
#[rustfmt::skip]
const MANDATE: &[Row] = &[
    //                                            of     PUBLIC PARTN. MUNIC. REGION VNG    MINISTRY
    // "Plan, goals, actions, closed rounds, budget, partners, areas, functions, framework, periods,
    // policies, publications": read by all.
    query("about",                                NONE, [All,   All,   All,   All,   All,   All]),
    query("action",                               NONE, [All,   All,   All,   All,   All,   All]),
    query("actionLines",                          NONE, [All,   All,   All,   All,   All,   All]),
    query("actions",                              NONE, [All,   All,   All,   All,   All,   All]),
    query("actionsWithoutPartner",                NONE, [All,   All,   All,   All,   All,   All]),
    query("adjacentPolicies",                     NONE, [All,   All,   All,   All,   All,   All]),
    query("area",                                 NONE, [All,   All,   All,   All,   All,   All]),
    query("areas",                                NONE, [All,   All,   All,   All,   All,   All]),
    query("budget",                               NONE, [All,   All,   All,   All,   All,   All]),
    query("buildingBlocks",                       NONE, [All,   All,   All,   All,   All,   All]),
    query("codeLists",                            NONE, [All,   All,   All,   All,   All,   All]),
    query("compareRounds",                        NONE, [All,   All,   All,   All,   All,   All]),
    query("coverage",                             NONE, [All,   All,   All,   All,   All,   All]),
    query("dashboard",                            NONE, [All,   All,   All,   All,   All,   All]),
    query("event",                                NONE, [All,   All,   All,   All,   All,   All]),
    query("events",                               NONE, [All,   All,   All,   All,   All,   All]),
    query("exploitationForms",                    NONE, [All,   All,   All,   All,   All,   All]),
    query("framework",                            NONE, [All,   All,   All,   All,   All,   All]),
    query("frameworkEditions",                    NONE, [All,   All,   All,   All,   All,   All]),
    query("functions",                            NONE, [All,   All,   All,   All,   All,   All]),
    query("functionsInArea",                      NONE, [All,   All,   All,   All,   All,   All]),
    query("goal",                                 NONE, [All,   All,   All,   All,   All,   All]),
    query("goals",                                NONE, [All,   All,   All,   All,   All,   All]),
    query("intendedEffects",                      NONE, [All,   All,   All,   All,   All,   All]),
    query("monitoringRounds",                     NONE, [All,   All,   All,   All,   All,   All]),
    query("municipalities",                       NONE, [All,   All,   All,   All,   All,   All]),
    query("municipality",                         EACH, [All,   All,   All,   All,   All,   All]),
    query("nationalFigures",                      NONE, [All,   All,   All,   All,   All,   All]),
    query("node: municipality",                   EACH, [All,   All,   All,   All,   All,   All]),
    query("openRounds",                           NONE, [All,   All,   All,   All,   All,   All]),
    query("partner",                              NONE, [All,   All,   All,   All,   All,   All]),
    query("partners",                             NONE, [All,   All,   All,   All,   All,   All]),
    query("planDifference",                       NONE, [All,   All,   All,   All,   All,   All]),
    query("planThemes",                           NONE, [All,   All,   All,   All,   All,   All]),
    query("planVersions",                         NONE, [All,   All,   All,   All,   All,   All]),
    query("plannedReorganisations",               NONE, [All,   All,   All,   All,   All,   All]),
    query("policies",                             NONE, [All,   All,   All,   All,   All,   All]),
    query("policy",                               NONE, [All,   All,   All,   All,   All,   All]),
    query("policyState",                          EACH, [All,   All,   All,   All,   All,   All]),
    query("publication",                          NONE, [All,   All,   All,   All,   All,   All]),
    query("region",                               NONE, [All,   All,   All,   All,   All,   All]),
    query("regions",                              NONE, [All,   All,   All,   All,   All,   All]),
    query("reorganisations",                      NONE, [All,   All,   All,   All,   All,   All]),
    query("reportingPeriods",                     NONE, [All,   All,   All,   All,   All,   All]),
    query("reportingPoints",                      NONE, [All,   All,   All,   All,   All,   All]),
    query("reportingRoute",                       NONE, [All,   All,   All,   All,   All,   All]),
    query("reportingRoutes",                      NONE, [All,   All,   All,   All,   All,   All]),
    query("viewer",                               NONE, [All,   All,   All,   All,   All,   All]),
    query("whoDoesWhat",                          NONE, [All,   All,   All,   All,   All,   All]),
    subscription("publicationReleased",           NONE, [All,   All,   All,   All,   All,   All]),
    subscription("statusReported",                NONE, [All,   All,   All,   All,   All,   All]),

    // The sources of all that and their quality; "Search covers public facts only."
    query("dataQuality",                          NONE, [All,   All,   All,   All,   All,   All]),
    query("motions",                              NONE, [All,   All,   All,   All,   All,   All]),
    query("proposals",                            NONE, [All,   All,   All,   All,   All,   All]),
    query("search",                               NONE, [All,   All,   All,   All,   All,   All]),
    query("sourceDocument",                       NONE, [All,   All,   All,   All,   All,   All]),
    query("sourceDocuments",                      NONE, [All,   All,   All,   All,   All,   All]),

    // "Reports in an open round": own reports; the ministry all.
    query("openRounds: reports",                  NONE, [No,    All,   No,    No,    No,    All]),
    query("openRounds: unreported",               NONE, [No,    No,    No,    No,    No,    All]),
    query("openRounds: closing",                  NONE, [No,    No,    No,    No,    No,    All]),

    // "Submission state": own; own region; VNG all; the ministry all (states). Of the counts of 25
    // regions a municipality and a region see one, their own.
    query("assessment: state",                    EACH, [No,    No,    Own,   Own,   All,   All]),
    query("node: assessment",                     EACH, [No,    No,    Own,   Own,   All,   All]),
    query("compliancePicture: submissions",       NONE, [No,    No,    No,    No,    All,   All]),

    // "Verdicts and counts of verdicts": own; own region; VNG all; the ministry CONFIRMED all, of
    // SUBMITTED totals.
    query("verdict: CONFIRMED",                   EACH, [No,    No,    Own,   Own,   All,   All]),
    query("verdict: SUBMITTED",                   EACH, [No,    No,    Own,   Own,   All,   No]),
    query("verdictHistory",                       EACH, [No,    No,    Own,   Own,   Conf,  Conf]),
    query("compliancePicture: CONFIRMED",         NONE, [No,    No,    No,    No,    All,   All]),
    query("compliancePicture: SUBMITTED",         NONE, [No,    No,    No,    No,    All,   All]),

    // "Answers, evidence, grounds": own; own region; VNG all submitted; the ministry confirmed.
    // A hash of few answers gives them away, so receipts go with the answers.
    query("assessment: answers",                  EACH, [No,    No,    Own,   Own,   All,   Conf]),
    query("assessment: receipt",                  EACH, [No,    No,    Own,   Own,   All,   Conf]),

    // "Draft": own; own region, to fill. What VNG fills in on behalf never stands in the draft.
    query("assessment: draft",                    EACH, [No,    No,    Own,   Own,   No,    No]),
    mutation("startDraft",                        EACH, [No,    No,    Own,   Own,   No,    No]),
    mutation("saveDraft",                         EACH, [No,    No,    Own,   Own,   No,    No]),
    mutation("importAnswerSheet",                 EACH, [No,    No,    Own,   Own,   No,    No]),
    mutation("fillOnBehalf",                      EACH, [No,    No,    No,    No,    All,   No]),
    mutation("importAssessments",                 NONE, [No,    No,    No,    All,   All,   No]),

    // "Submit, withdraw": own; own region with a mandate, and Hilversum has given one. A mandate is
    // given, and what was filled in on behalf is accepted, by the municipality itself.
    mutation("submitAssessment",                  EACH, [No,    No,    Own,   Own,   No,    No]),
    mutation("withdrawAssessment",                EACH, [No,    No,    Own,   Own,   No,    No]),
    mutation("answerQuestion",                    EACH, [No,    No,    Own,   Own,   No,    No]),
    mutation("giveSubmissionMandate",             EACH, [No,    No,    Own,   No,    No,    No]),
    mutation("endSubmissionMandate",              EACH, [No,    No,    Own,   No,    No,    No]),
    mutation("acceptOnBehalf",                    EACH, [No,    No,    Own,   No,    No,    No]),

    // "Regional answer, regional duties": read where it counts for own; own region; VNG; the
    // ministry confirmed ones. The region writes its own and previews it; VNG confirms.
    query("regionalAnswers",                      EACH, [No,    No,    Own,   Own,   All,   Conf]),
    query("regionalDuties",                       EACH, [No,    No,    Own,   Own,   All,   Conf]),
    query("previewRegionalAnswer",                EACH, [No,    No,    No,    Own,   No,    No]),
    mutation("submitRegionalAnswer",              EACH, [No,    No,    No,    Own,   No,    No]),
    mutation("endRegionalAnswer",                 EACH, [No,    No,    No,    Own,   No,    No]),
    mutation("recordRegionalMeeting",             EACH, [No,    No,    No,    Own,   No,    No]),
    mutation("raiseRegionalBottleneck",           EACH, [No,    No,    No,    Own,   No,    No]),
    mutation("resolveRegionalBottleneck",         EACH, [No,    No,    No,    Own,   No,    No]),
    mutation("recordRegionalDecision",            EACH, [No,    No,    No,    Own,   No,    No]),
    mutation("withdrawRegionalMeeting",           EACH, [No,    No,    No,    Own,   No,    No]),
    mutation("withdrawRegionalBottleneck",        EACH, [No,    No,    No,    Own,   No,    No]),
    mutation("withdrawRegionalDecision",          EACH, [No,    No,    No,    Own,   No,    No]),
    mutation("submitRegionalReport",              EACH, [No,    No,    No,    Own,   No,    No]),
    mutation("questionRegionalAnswer",            EACH, [No,    No,    No,    No,    All,   No]),
    mutation("returnRegionalAnswer",              EACH, [No,    No,    No,    No,    All,   No]),
    mutation("confirmRegionalAnswer",             EACH, [No,    No,    No,    No,    All,   No]),
    mutation("confirmRegionalReport",             EACH, [No,    No,    No,    No,    All,   No]),

    // "Policy adoption, function assignment": own; own region; VNG. Partners "write functions if
    // VNG names it", and VNG has named CoMensha.
    mutation("recordPolicy",                      EACH, [No,    No,    Own,   Own,   All,   No]),
    mutation("recordAdoption",                    EACH, [No,    No,    Own,   Own,   All,   No]),
    mutation("declarePolicyState",                EACH, [No,    No,    Own,   Own,   All,   No]),
    mutation("assignFunction",                    EACH, [No,    All,   Own,   Own,   All,   No]),
    mutation("declareFunctionVacancy",            EACH, [No,    All,   Own,   Own,   All,   No]),
    mutation("withdrawFunctionVacancy",           EACH, [No,    All,   Own,   Own,   All,   No]),
    mutation("nameFunctionRegistrar",             NONE, [No,    No,    No,    No,    All,   No]),

    // "Claim, question, return, confirm; extension": own; own region; VNG writes and has the queue.
    // A mandate to submit is seen as a review is.
    query("assessment: review",                   EACH, [No,    No,    Own,   Own,   All,   No]),
    query("submissionMandates",                   EACH, [No,    No,    Own,   Own,   All,   No]),
    query("reviewQueue",                          NONE, [No,    No,    No,    No,    All,   No]),
    query("acceptanceQueue",                      NONE, [No,    No,    No,    No,    All,   No]),
    mutation("claimReview",                       EACH, [No,    No,    No,    No,    All,   No]),
    mutation("askQuestions",                      EACH, [No,    No,    No,    No,    All,   No]),
    mutation("returnAssessment",                  EACH, [No,    No,    No,    No,    All,   No]),
    mutation("confirmAssessment",                 EACH, [No,    No,    No,    No,    All,   No]),
    mutation("claimReviews",                      EACH, [No,    No,    No,    No,    All,   No]),
    mutation("returnAssessments",                 EACH, [No,    No,    No,    No,    All,   No]),
    mutation("confirmAssessments",                EACH, [No,    No,    No,    No,    All,   No]),
    mutation("extendDeadline",                    EACH, [No,    No,    No,    No,    All,   No]),

    // "Framework, periods, territory, reporting regions": VNG.
    mutation("registerReportingRegion",           EACH, [No,    No,    No,    No,    All,   No]),
    mutation("openReportingPeriod",               NONE, [No,    No,    No,    No,    All,   No]),
    mutation("rescheduleReportingPeriod",         NONE, [No,    No,    No,    No,    All,   No]),
    mutation("proposeEdition",                    NONE, [No,    No,    No,    No,    All,   No]),
    mutation("endorseEdition",                    NONE, [No,    No,    No,    No,    All,   No]),
    mutation("withdrawEdition",                   NONE, [No,    No,    No,    No,    All,   No]),
    mutation("registerArea",                      NONE, [No,    No,    No,    No,    All,   No]),
    mutation("setAreaMembers",                    NONE, [No,    No,    No,    No,    All,   No]),
    mutation("recordReorganisation",              NONE, [No,    No,    No,    No,    All,   No]),
    mutation("withdrawReorganisation",            NONE, [No,    No,    No,    No,    All,   No]),

    // "Remarks on a proposed edition laid open": own; own; VNG lays open, reads all and counts.
    query("criterionRemarks",                     NONE, [No,    No,    All,   All,   All,   No]),
    query("criterionRemarkCounts",                NONE, [No,    No,    No,    No,    All,   No]),
    mutation("openEditionForComment",             NONE, [No,    No,    No,    No,    All,   No]),
    mutation("remarkOnCriterion",                 EACH, [No,    No,    Own,   Own,   No,    No]),

    // "Status report, result, measurement": own actions, which are here the own one of CoMensha and
    // the other one of VNG as a partner; the ministry all.
    mutation("reportStatus",                      EACH, [No,    Own,   No,    No,    Other, All]),
    mutation("recordResult",                      EACH, [No,    Own,   No,    No,    Other, All]),
    mutation("recordMeasurement",                 EACH, [No,    Own,   No,    No,    Other, All]),

    // "Plan, lines, goals, motions, commitments, budget, partners, roles, rounds": the ministry.
    mutation("openMonitoringRound",               NONE, [No,    No,    No,    No,    No,    All]),
    mutation("importStatusReports",               NONE, [No,    No,    No,    No,    No,    All]),
    mutation("closeMonitoringRound",              NONE, [No,    No,    No,    No,    No,    All]),
    mutation("correctStatusReport",               NONE, [No,    No,    No,    No,    No,    All]),
    mutation("planAction",                        NONE, [No,    No,    No,    No,    No,    All]),
    mutation("endAction",                         NONE, [No,    No,    No,    No,    No,    All]),
    mutation("linkActions",                       NONE, [No,    No,    No,    No,    No,    All]),
    mutation("setBudget",                         NONE, [No,    No,    No,    No,    No,    All]),
    mutation("registerPartner",                   NONE, [No,    No,    No,    No,    No,    All]),
    mutation("assignPartner",                     NONE, [No,    No,    No,    No,    No,    All]),
    mutation("recordPlanVersion",                 NONE, [No,    No,    No,    No,    No,    All]),
    mutation("recordActionLine",                  NONE, [No,    No,    No,    No,    No,    All]),
    mutation("recordGoal",                        NONE, [No,    No,    No,    No,    No,    All]),
    mutation("withdrawGoal",                      NONE, [No,    No,    No,    No,    No,    All]),
    mutation("withdrawActionLine",                NONE, [No,    No,    No,    No,    No,    All]),
    mutation("withdrawPlanVersion",               NONE, [No,    No,    No,    No,    No,    All]),
    mutation("recordMotion",                      NONE, [No,    No,    No,    No,    No,    All]),
    mutation("withdrawMotion",                    NONE, [No,    No,    No,    No,    No,    All]),

    // Whoever decides something names where it stands.
    mutation("registerSourceDocument",            NONE, [No,    All,   All,   All,   All,   All]),

    // "Publication": what is under way is read by those who prepare it, of a municipality its own;
    // VNG and the ministry prepare; the ministry publishes; a municipality responds.
    query("publications",                         NONE, [No,    No,    All,   No,    All,   All]),
    query("publications: under way",              NONE, [No,    No,    No,    No,    All,   All]),
    mutation("preparePublication",                NONE, [No,    No,    No,    No,    All,   All]),
    mutation("respondToVerdict",                  EACH, [No,    No,    Own,   No,    No,    No]),
    mutation("publish",                           NONE, [No,    No,    No,    No,    No,    All]),
    mutation("withdrawPublication",               NONE, [No,    No,    No,    No,    No,    All]),

    // "Ledger": public part for all; own; own region; VNG compliance; the ministry plan and public.
    // That the ledger grew is no secret: a number is all that is sent.
    query("changes",                              NONE, [All,   All,   All,   All,   All,   All]),
    query("ledger: public part",                  NONE, [All,   All,   All,   All,   All,   All]),
    query("ledger: compliance",                   EACH, [No,    No,    Own,   Own,   All,   No]),
    subscription("ledgerAdvanced",                NONE, [All,   All,   All,   All,   All,   All]),
    subscription("assessmentChanged",             EACH, [No,    No,    Own,   Own,   All,   No]),

    // "Feed keys": own; own; own; VNG and the ministry list and revoke all.
    query("feedKeys",                             NONE, [No,    No,    No,    No,    All,   All]),
    mutation("createFeedKey",                     NONE, [No,    All,   All,   All,   All,   All]),
    mutation("rotateFeedKey",                     EACH, [No,    Own,   Own,   Own,   Own,   Own]),
    mutation("revokeFeedKey",                     EACH, [No,    Own,   Own,   Own,   All,   All]),

    // "Notices": own; own; own; own; own.
    query("functionalMailboxes",                  NONE, [No,    All,   All,   All,   All,   All]),
    mutation("registerMailbox",                   NONE, [No,    All,   All,   All,   All,   All]),
    mutation("withdrawMailbox",                   NONE, [No,    All,   All,   All,   All,   All]),

    // "Notices": whom to remind.
    query("reminders",                            NONE, [No,    No,    No,    No,    All,   All]),

    // Everybody sees its own tasks, be they none.
    query("openTasks",                            NONE, [All,   All,   All,   All,   All,   All]),

    // What is no table of ours is for all.
    page("/",                                           [All,   All,   All,   All,   All,   All]),
    page("/.well-known/security.txt",                   [All,   All,   All,   All,   All,   All]),
    page("/catalog",                                    [All,   All,   All,   All,   All,   All]),
    page("/catalog.jsonld",                             [All,   All,   All,   All,   All,   All]),
    page("/catalog.ttl",                                [All,   All,   All,   All,   All,   All]),
    page("/docs",                                       [All,   All,   All,   All,   All,   All]),
    page("/docs/en",                                    [All,   All,   All,   All,   All,   All]),
    page("/docs/en/mandate",                            [All,   All,   All,   All,   All,   All]),
    page("/docs/examples.json",                         [All,   All,   All,   All,   All,   All]),
    page("/docs/mandaat",                               [All,   All,   All,   All,   All,   All]),
    page("/explorer",                                   [All,   All,   All,   All,   All,   All]),
    page("/explorer/LICENSES.txt",                      [All,   All,   All,   All,   All,   All]),
    page("/explorer/explorer.css",                      [All,   All,   All,   All,   All,   All]),
    page("/explorer/explorer.js",                       [All,   All,   All,   All,   All,   All]),
    page("/graphql",                                    [All,   All,   All,   All,   All,   All]),
    page("/health/live",                                [All,   All,   All,   All,   All,   All]),
    page("/health/ready",                               [All,   All,   All,   All,   All,   All]),
    page("/licenses",                                   [All,   All,   All,   All,   All,   All]),
    page("/metrics",                                    [All,   All,   All,   All,   All,   All]),
    page("/openapi.json",                               [All,   All,   All,   All,   All,   All]),
    page("/schema.graphql",                             [All,   All,   All,   All,   All,   All]),
    page("/v1/deadlines.ics",                           [All,   All,   All,   All,   All,   All]),
    page("/v1/editions/VOORSTEL-1.xlsx",                [All,   All,   All,   All,   All,   All]),
    page("/v1/openapi.json",                            [All,   All,   All,   All,   All,   All]),
    page("/v1/publications/budget-2024-1.csv",          [All,   All,   All,   All,   All,   All]),
    page("/v1/receipts",                                [All,   All,   All,   All,   All,   All]),
    page("/v1/feeds/",                                  [All,   All,   All,   All,   All,   All]),
    page("/v1/feeds/dim_action.csv",                    [All,   All,   All,   All,   All,   All]),
    page("/v1/feeds/dim_action.csv-metadata.json",      [All,   All,   All,   All,   All,   All]),
    page("/v1/feeds/dim_action.parquet",                [All,   All,   All,   All,   All,   All]),
    page("/v1/feeds/dim_action.xlsx",                   [All,   All,   All,   All,   All,   All]),
    page("/v1/feeds/fact_verdict_current.pbids",        [All,   All,   All,   All,   All,   All]),
    page("/v1/odata/public",                            [All,   All,   All,   All,   All,   All]),
    page("/v1/odata/public/",                           [All,   All,   All,   All,   All,   All]),
    page("/v1/odata/public/$metadata",                  [All,   All,   All,   All,   All,   All]),
    page("/v1/odata/public/dim_area",                   [All,   All,   All,   All,   All,   All]),
    page("/v1/odata/public/dim_area/$count",            [All,   All,   All,   All,   All,   All]),

    // Pages for people, each made of an answer to the public.
    page("/v1/pictures/dashboard.svg",                  [All,   All,   All,   All,   All,   All]),
    page("/v1/pictures/lines/2024/4.svg",               [All,   All,   All,   All,   All,   All]),
    page("/v1/pictures/map.svg",                        [All,   All,   All,   All,   All,   All]),
    page("/v1/pictures/map/VR14.svg",                   [All,   All,   All,   All,   All,   All]),
    page("/acties/32",                                  [All,   All,   All,   All,   All,   All]),
    page("/assets/LICENSES.txt",                        [All,   All,   All,   All,   All,   All]),
    page("/begroting",                                  [All,   All,   All,   All,   All,   All]),
    page("/bronnen",                                    [All,   All,   All,   All,   All,   All]),
    page("/bronnen/monitoring-2025",                    [All,   All,   All,   All,   All,   All]),
    page("/doelen",                                     [All,   All,   All,   All,   All,   All]),
    page("/effecten",                                   [All,   All,   All,   All,   All,   All]),
    page("/en",                                         [All,   All,   All,   All,   All,   All]),
    page("/en/acties/32",                               [All,   All,   All,   All,   All,   All]),
    page("/en/begroting",                               [All,   All,   All,   All,   All,   All]),
    page("/en/bronnen",                                 [All,   All,   All,   All,   All,   All]),
    page("/en/bronnen/monitoring-2025",                 [All,   All,   All,   All,   All,   All]),
    page("/en/doelen",                                  [All,   All,   All,   All,   All,   All]),
    page("/en/effecten",                                [All,   All,   All,   All,   All,   All]),
    page("/en/gemeenten/GM0402",                        [All,   All,   All,   All,   All,   All]),
    page("/en/kader",                                   [All,   All,   All,   All,   All,   All]),
    page("/en/kwaliteit",                               [All,   All,   All,   All,   All,   All]),
    page("/en/ontvangstbewijs",                         [All,   All,   All,   All,   All,   All]),
    page("/en/over",                                    [All,   All,   All,   All,   All,   All]),
    page("/en/partners",                                [All,   All,   All,   All,   All,   All]),
    page("/en/partners/comensha",                       [All,   All,   All,   All,   All,   All]),
    page("/en/plannen/2024/acties/32",                  [All,   All,   All,   All,   All,   All]),
    page("/en/plannen/2024/overzicht",                  [All,   All,   All,   All,   All,   All]),
    page("/en/publicaties",                             [All,   All,   All,   All,   All,   All]),
    page("/en/publicaties/budget-2024-1",               [All,   All,   All,   All,   All,   All]),
    page("/en/publicaties/budget-2024-1/overzicht",     [All,   All,   All,   All,   All,   All]),
    page("/en/regios",                                  [All,   All,   All,   All,   All,   All]),
    page("/en/regios/VR14",                             [All,   All,   All,   All,   All,   All]),
    page("/en/toegankelijkheid",                        [All,   All,   All,   All,   All,   All]),
    page("/en/zoeken",                                  [All,   All,   All,   All,   All,   All]),
    page("/gemeenten/GM0402",                           [All,   All,   All,   All,   All,   All]),
    page("/kader",                                      [All,   All,   All,   All,   All,   All]),
    page("/kwaliteit",                                  [All,   All,   All,   All,   All,   All]),
    page("/ontvangstbewijs",                            [All,   All,   All,   All,   All,   All]),
    page("/over",                                       [All,   All,   All,   All,   All,   All]),
    page("/partners",                                   [All,   All,   All,   All,   All,   All]),
    page("/partners/comensha",                          [All,   All,   All,   All,   All,   All]),
    page("/plannen/2024/acties/32",                     [All,   All,   All,   All,   All,   All]),
    page("/plannen/2024/overzicht",                     [All,   All,   All,   All,   All,   All]),
    page("/publicaties",                                [All,   All,   All,   All,   All,   All]),
    page("/publicaties/budget-2024-1",                  [All,   All,   All,   All,   All,   All]),
    page("/publicaties/budget-2024-1/overzicht",        [All,   All,   All,   All,   All,   All]),
    page("/regios",                                     [All,   All,   All,   All,   All,   All]),
    page("/regios/VR14",                                [All,   All,   All,   All,   All,   All]),
    page("/robots.txt",                                 [All,   All,   All,   All,   All,   All]),
    page("/sitemap.xml",                                [All,   All,   All,   All,   All,   All]),
    page("/toegankelijkheid",                           [All,   All,   All,   All,   All,   All]),
    page("/zoeken",                                     [All,   All,   All,   All,   All,   All]),
    page("/en/partners/comensha/wijzigingen.atom",      [All,   All,   All,   All,   All,   All]),
    page("/en/plannen/2024/lijnen/4/wijzigingen.atom",  [All,   All,   All,   All,   All,   All]),
    page("/en/regios/VR14/wijzigingen.atom",            [All,   All,   All,   All,   All,   All]),
    page("/en/wijzigingen.atom",                        [All,   All,   All,   All,   All,   All]),
    page("/partners/comensha/wijzigingen.atom",         [All,   All,   All,   All,   All,   All]),
    page("/plannen/2024/lijnen/4/wijzigingen.atom",     [All,   All,   All,   All,   All,   All]),
    page("/regios/VR14/wijzigingen.atom",               [All,   All,   All,   All,   All,   All]),
    page("/wijzigingen.atom",                           [All,   All,   All,   All,   All,   All]),

    // OData with a login wants one from the first request on; it lists the tables that one reads.
    page("/v1/odata",                                   [No,    Part,  Part,  Part,  All,   All]),
    page("/v1/odata/",                                  [No,    Part,  Part,  Part,  All,   All]),
    page("/v1/odata/$metadata",                         [No,    Part,  Part,  Part,  All,   All]),
    page("/v1/odata/dim_area",                          [No,    All,   All,   All,   All,   All]),

    // The tables go by "Submission state", "Verdicts" and "Answers". One of which a role reads no
    // row is refused whole.
    page("/v1/feeds/fact_submission_current.csv",       [No,    No,    Part,  Part,  All,   All]),
    page("/v1/feeds/fact_verdict_current.csv",          [No,    No,    Part,  Part,  All,   Part]),
    page("/v1/feeds/fact_verdict_monthly.csv",          [No,    No,    Part,  Part,  All,   Part]),
    page("/v1/feeds/fact_answer_history.ndjson",        [No,    No,    Part,  Part,  All,   Part]),
    page("/v1/odata/fact_answer_current",               [No,    No,    Part,  Part,  All,   Part]),
    page("/v1/odata/fact_answer_current/$count",        [No,    No,    Part,  Part,  All,   Part]),
    page("/v1/odata/fact_verdict_current",              [No,    No,    Part,  Part,  All,   Part]),
    page("/v1/feeds/total_compliance.csv",              [No,    No,    No,    No,    All,   All]),
    page("/v1/odata/total_compliance",                  [No,    No,    No,    No,    All,   All]),

    // "Notices": whom to remind, VNG of assessments and the ministry of reports on actions.
    page("/v1/reminders.csv",                           [No,    No,    No,    No,    All,   Part]),

    // "Draft": own; own region.
    page(ANSWER_SHEET,                                  [No,    No,    All,   All,   No,    No]),
    page(ANSWER_WORKBOOK,                               [No,    No,    All,   All,   No,    No]),

    // "Answers, evidence, grounds" and "Ledger": who reads both has receipts.
    page(RECEIPT,                                       [No,    No,    All,   All,   All,   No]),
    page(RECEIPT_MDTO,                                  [No,    No,    All,   All,   All,   No]),
    page(RECEIPT_FILE_MDTO,                             [No,    No,    All,   All,   All,   No]),
    // "Draft", of many at once: "own region: fill"; "fill on behalf".
    page("/v1/assessments/2026-2/table.csv",            [No,    No,    No,    Part,  All,   No]),
    page("/v1/assessments/2026-2/table.xlsx",           [No,    No,    No,    Part,  All,   No]),
    // "Reports in an open round", as a sheet: the ministry, which closes it.
    page(STATUS_SHEET,                                  [No,    No,    No,    No,    No,    All]),
    page(STATUS_WORKBOOK,                               [No,    No,    No,    No,    No,    All]),
];

/// The rows of one kind.
pub(super) fn rows(kind: Kind) -> impl Iterator<Item = &'static Row> {
    MANDATE.iter().filter(move |row| row.kind == kind)
}

/// The row of an operation; none for one that nobody has looked up in the mandate table.
pub(super) fn row_of(operation: &str) -> Option<&'static Row> {
    MANDATE.iter().find(|row| row.operation == operation)
}

impl Kind {
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Subscription => "subscription",
            Self::Page => "surface",
        }
    }
}

impl Row {
    /// What the role gets when it asks this of the subject.
    pub(super) fn expected(&self, who: Who, subject: Subject) -> Outcome {
        let reaches = match self.cells[who as usize] {
            Part => return Outcome::Filtered,
            All => true,
            Own | Conf => subject == Subject::Own,
            Other => subject == Subject::Other,
            No => false,
        };
        match (reaches, self.kind) {
            (true, _) => Outcome::Allowed,
            (false, Kind::Query | Kind::Subscription) => Outcome::Filtered,
            (false, Kind::Mutation | Kind::Page) => Outcome::Refused,
        }
    }
}
