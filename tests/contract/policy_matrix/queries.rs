//! How each query of the matrix is called.

/// `CODE` stands for the municipality, `ID` for the id of its assessment, `PLACE` for the id of the
/// municipality, and `AREA` for its area.
pub(super) const QUERIES: &[(&str, &str)] = &[
    (
        "about",
        "{ about { version licence dataSet { title { nl } ledger }
            knownGaps { key text { nl } } } }",
    ),
    (
        "acceptanceQueue",
        "{ acceptanceQueue { totalCount nodes { period { key } waitingDays } } }",
    ),
    (
        "action",
        "{ action(number: 32) { key title { nl } monitoring { state } status delay { cause }
            titles { title } } }",
    ),
    (
        "actionLines",
        "{ actionLines { key title { nl } actions { number status } } }",
    ),
    (
        "actions",
        "{ actions(first: 100) { totalCount nodes { key title { nl } status } } }",
    ),
    (
        "actionsWithoutPartner",
        "{ actionsWithoutPartner { action { key } hasMentions hasUnnamedParties } }",
    ),
    (
        "adjacentPolicies",
        "{ adjacentPolicies { key title { nl } lastDay } }",
    ),
    (
        "area",
        r#"{ area(code: "PE03") { code name children { code } municipalities { code } } }"#,
    ),
    (
        "areas",
        "{ areas(first: 100) { totalCount nodes { code name kind parent { code }
            tile { row column } } } }",
    ),
    (
        "assessment: answers",
        r#"{ assessment(municipality: "CODE", period: "2026-2") {
            versions { answers { criterion { code } answer explanation } } } }"#,
    ),
    (
        "assessment: draft",
        r#"{ assessment(municipality: "CODE", period: "2026-2") {
            draft { answers { criterion { code } answer explanation } } } }"#,
    ),
    (
        "assessment: receipt",
        r#"{ assessment(municipality: "CODE", period: "2026-2") {
            versions { hash receipt approvedByFunction } } }"#,
    ),
    (
        "assessment: review",
        r#"{ assessment(municipality: "CODE", period: "2026-2") {
            questions { number question reply } onBehalf { number } versions { returnReason } } }"#,
    ),
    (
        "assessment: state",
        r#"{ assessment(municipality: "CODE", period: "2026-2") { id state
            versions { number onTime submittedAt } } }"#,
    ),
    (
        "budget",
        "{ budget { years cells { key amount { euros } } reconciliation { differences { cell { key } } }
            otherMoney { key } moneyOutsideExecution { year } statement } }",
    ),
    (
        "buildingBlocks",
        "{ buildingBlocks { counted named blocks { key state } } }",
    ),
    (
        "changes",
        r#"{ changes(since: { ledger: 0 }, subjectKind: "Action", first: 100) { totalCount
            nodes { ledger sentence { nl } } } }"#,
    ),
    (
        "codeLists",
        "{ codeLists(names: [\"AnswerValue\"]) { name values { code label { nl } } } }",
    ),
    (
        "compareRounds",
        r#"{ compareRounds(earlier: "2025-1", later: "2025-1") { countChanges { after }
            changes(onlyChanged: false) { kind } } }"#,
    ),
    (
        "compliancePicture: CONFIRMED",
        r#"{ compliancePicture(period: "2026-2", basis: CONFIRMED) { counts { status count } } }"#,
    ),
    (
        "compliancePicture: SUBMITTED",
        r#"{ compliancePicture(period: "2026-2", basis: SUBMITTED) { counts { status count } } }"#,
    ),
    (
        "compliancePicture: submissions",
        r#"{ compliancePicture(period: "2026-2", by: SAFETY_REGION) {
            groups { submissions { received missing } } } }"#,
    ),
    (
        "coverage",
        "{ coverage(role: CARE_COORDINATOR) { country { covered unknown }
            areas { area { code } counts { covered } } } }",
    ),
    (
        "criterionRemarkCounts",
        "{ criterionRemarkCounts(edition: \"VOORSTEL-1\") { totalCount
            nodes { municipalities regions } } }",
    ),
    (
        "criterionRemarks",
        "{ criterionRemarks(edition: \"VOORSTEL-1\") { totalCount nodes { text } } }",
    ),
    (
        "dashboard",
        "{ dashboard { plan { key } round { key } total { actions }
            lines { counts { actions statuses { count } } } } }",
    ),
    (
        "dataQuality",
        "{ dataQuality { ledger counts { equal known unexpected }
            checks(first: 100) { nodes { subject computed outcome } } decisions { totalCount }
            gaps { key } adoptionsWithoutMunicipality { policy { key } reason { nl } } } }",
    ),
    (
        "event",
        r#"{ event(key: "brede-sessie-2024-03-05") { participantCount
            participants { printed } } }"#,
    ),
    (
        "events",
        "{ events { nodes { key heldOn organisations { key } } } }",
    ),
    (
        "exploitationForms",
        "{ exploitationForms { code name { nl } } }",
    ),
    (
        "feedKeys",
        "{ feedKeys { nodes { key label organisation { code } tables } } }",
    ),
    (
        "framework",
        "{ framework { code state criteria { code text { nl } } periods { key state } } }",
    ),
    (
        "frameworkEditions",
        "{ frameworkEditions { code state consultation { lastDay } } }",
    ),
    (
        "functionalMailboxes",
        "{ functionalMailboxes { nodes { organisation { code } address } } }",
    ),
    (
        "functions",
        "{ functions { nodes { code assignments { key organisation trained enoughTime } } } }",
    ),
    (
        "functionsInArea",
        r#"{ functionsInArea(area: "VR14") { nodes { basis assignment { key } } } }"#,
    ),
    (
        "goal",
        r#"{ goal(key: "2024/1/1") { text progress measurements { key text } } }"#,
    ),
    (
        "goals",
        "{ goals { key text progress missingParts targets { value } } }",
    ),
    (
        "intendedEffects",
        "{ intendedEffects { key text indicators { key countedBy { key } } } }",
    ),
    (
        "ledger: compliance",
        r#"{ ledger(subjectKind: "Assessment", subjectKey: "CODE/2026-2") {
            nodes { number operation hash } } }"#,
    ),
    (
        "ledger: public part",
        r#"{ ledger(subjectKind: "Area", first: 100) { totalCount
            nodes { number operation hash } } }"#,
    ),
    (
        "monitoringRounds",
        "{ monitoringRounds { key title { nl } } }",
    ),
    (
        "motions",
        "{ motions { nodes { key outcome amountEuros answers { text { nl } action { key } } } } }",
    ),
    (
        "municipalities",
        "{ municipalities(first: 100) { totalCount nodes { code name } } }",
    ),
    (
        "municipality",
        r#"{ municipality(code: "CODE") { code name region { code } province { code } } }"#,
    ),
    (
        "nationalFigures",
        "{ nationalFigures { figures { key value reason { nl } } } }",
    ),
    (
        "node: assessment",
        r#"{ node(id: "ID") { id ... on Assessment { state
            versions { number onTime submittedAt } } } }"#,
    ),
    (
        "node: municipality",
        r#"{ node(id: "PLACE") { id ... on Municipality { name region { code } } } }"#,
    ),
    (
        "openRounds",
        "{ openRounds { nodes { key title { nl } } } }",
    ),
    (
        "openRounds: reports",
        "{ openRounds { nodes { key reports { status ledger } } } }",
    ),
    (
        "openRounds: unreported",
        "{ openRounds { nodes { key unreported { due owners { key } } } } }",
    ),
    (
        "openRounds: closing",
        "{ openRounds { nodes { key closing { state } } } }",
    ),
    ("openTasks", "{ openTasks { totalCount } }"),
    (
        "partner",
        r#"{ partner(name: "CoMensha") { key roles { role } mentions { printed } } }"#,
    ),
    (
        "partners",
        "{ partners(first: 100) { totalCount nodes { key kind roles { role } } } }",
    ),
    (
        "planDifference",
        "{ planDifference { addedActions { number } renumberedActions { confidence } } }",
    ),
    ("planThemes", "{ planThemes { code title { nl } } }"),
    (
        "planVersions",
        "{ planVersions { key title { nl } state } }",
    ),
    (
        "plannedReorganisations",
        "{ plannedReorganisations { effectiveOn predecessorCode successorCode } }",
    ),
    (
        "policies",
        "{ policies { totalCount nodes { key adoptions { adoptedOn } } } }",
    ),
    (
        "policy",
        r#"{ policy(key: "gooi-en-vechtstreek-2023") { key
            adoptionsWithoutMunicipality { adoptedOn } provisions { kind } } }"#,
    ),
    (
        "policyState",
        r#"{ policyState(municipality: "CODE") { day state adoptions { adoptedOn } } }"#,
    ),
    (
        "previewRegionalAnswer",
        r#"{ previewRegionalAnswer(input: { area: "AREA", criterion: "VOORSTEL-1/OH-02", answer:
            MET, from: "2026-01-01" }) { effects { municipality { code } period { key } before after }
            errors { code } } }"#,
    ),
    ("proposals", "{ proposals { key outcome actions { key } } }"),
    (
        "publication",
        r#"{ publication(key: "budget-2024-1") { key state lines { key values { text } }
            manifest { ledger files { sha256 } } } }"#,
    ),
    (
        "publications",
        "{ publications(kind: COMPLIANCE_PICTURE) { nodes { key state } } }",
    ),
    (
        "publications: under way",
        "{ publications(kind: COMPLIANCE_PICTURE) {
            nodes { key state lines { key } verdicts { status municipality { code } } } } }",
    ),
    (
        "region",
        r#"{ region(code: "VR14") { code name municipalities { code } } }"#,
    ),
    (
        "regionalAnswers",
        r#"{ regionalAnswers(area: "AREA") { nodes { key number answer explanation from
            criterion { code } } } }"#,
    ),
    (
        "regionalDuties",
        r#"{ regionalDuties(area: "AREA") { meetings { heldOn }
            reports { half number progress } } }"#,
    ),
    ("regions", "{ regions { code municipalities { code } } }"),
    (
        "reorganisations",
        "{ reorganisations(first: 100) { totalCount
            nodes { effectiveOn predecessorCode successorCode } } }",
    ),
    (
        "reportingPeriods",
        "{ reportingPeriods { key state edition { code } } }",
    ),
    (
        "reportingPoints",
        "{ reportingPoints { key state address } }",
    ),
    (
        "reportingRoute",
        r#"{ reportingRoute(key: "gooi-en-vechtstreek-professionals") { steps { number } } }"#,
    ),
    (
        "reportingRoutes",
        "{ reportingRoutes { key steps { number } } }",
    ),
    (
        "reminders",
        "{ reminders(first: 1) { nodes { kind } } }",
    ),
    (
        "reviewQueue",
        "{ reviewQueue { totalCount nodes { period { key } waitingDays } } }",
    ),
    (
        "search",
        r#"{ search(text: "Hilversum gemeente", first: 100) { totalCount
            nodes { kind key excerpt rank subject { id } } } }"#,
    ),
    (
        "sourceDocument",
        r#"{ sourceDocument(key: "letter-28638-249") { key title { nl } citations { key } } }"#,
    ),
    (
        "sourceDocuments",
        "{ sourceDocuments { nodes { key kind title { nl } dateText { nl } } } }",
    ),
    (
        "submissionMandates",
        r#"{ submissionMandates(municipality: "CODE") { nodes { from lastDay } } }"#,
    ),
    (
        "verdict: CONFIRMED",
        r#"{ verdict(municipality: "CODE", period: "2026-2", basis: CONFIRMED) { status since
            grounds { versionNumber counts { met } criteria { criterion { code } answer } next { status allOf { code } } } } }"#,
    ),
    (
        "verdict: SUBMITTED",
        r#"{ verdict(municipality: "CODE", period: "2026-2", basis: SUBMITTED) { status since
            grounds { versionNumber counts { met } criteria { criterion { code } answer } next { status allOf { code } } } } }"#,
    ),
    (
        "verdictHistory",
        r#"{ verdictHistory(municipality: "CODE") { nodes { municipality { code } period { key } status
            grounds { counts { met } } } } }"#,
    ),
    ("viewer", "{ viewer { role } }"),
    (
        "whoDoesWhat",
        "{ whoDoesWhat { action { key } roles { role } mentions { printed }
            unnamedParties { printed } } }",
    ),
];
