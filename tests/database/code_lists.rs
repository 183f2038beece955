//! The closed lists of the domain are the codes that the database takes, and the words that its
//! table of codes shows.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::TestDatabase;
use database::roles;
use domain::{
    assessment::codes::FillingChannel,
    budget::{
        codes::FundingKind,
        rules::{BudgetRowKind, BudgetSheet, BudgetState},
    },
    code_list::CodeList,
    duties::codes::MeetingKind,
    framework::codes::{Change, CriterionBasis, CriterionLevel, PeriodState},
    goals::codes::{
        BaselineState, ExploitationKind, FigureKind, FigureQualifier, MeasurementKind,
        MeasurementState, TargetDirection, TargetKind, TrendDirection,
    },
    guidance::codes::{
        AssignmentAnswer, BuildingBlockState, FunctionCode, FunctionLevel, ReportingPointState,
    },
    notices::codes::DigestState,
    partners::codes::{ImplementationState, PartnerKind, PartnerRole},
    picture::rules::{CountingRule, Submission},
    plan::{
        codes::{
            ActionMonitoring, ActivityKind, CauseState, Confidence, MilestoneKind, ObligationKind,
            PlanState, PlanStepKind, Qualifier, RelationKind, ResultKind,
        },
        rules::ActionStatus,
        timeline::{Place, Planned},
    },
    policies::codes::{AdoptionBody, DeclaredPolicyState, PolicyLevel, PolicyProvisionKind},
    policy::ViewerRole,
    publication::codes::{PublicationKind, PublicationLevel, PublicationState},
    quality::codes::DataDecisionKind,
    sources::codes::{CitationKind, MotionKind, MotionOutcome, ProposalOutcome},
    territory::codes::{AreaKind, ReorganisationKind},
    verdict::facts::{AnswerValue, AnsweredBy, Basis, CriterionScope, EditionState, VerdictStatus},
};

use crate::texts;

/// The codes of a list, each with its label in Dutch and in English.
type Entries = Vec<(&'static str, (&'static str, &'static str))>;

/// A column, the list whose codes it takes, and the codes that are shown and never stored.
type Column = (&'static str, fn() -> Entries, &'static [&'static str]);

/// Every column that takes the codes of a closed list.
const COLUMNS: &[Column] = &[
    ("fact.action_lineage.confidence", entries::<Confidence>, &[]),
    (
        "fact.action_partner.implementation",
        entries::<ImplementationState>,
        &["NOT_APPLICABLE"],
    ),
    ("fact.action_partner.role", entries::<PartnerRole>, &[]),
    ("fact.action_relation.kind", entries::<RelationKind>, &[]),
    ("fact.action_result.kind", entries::<ResultKind>, &[]),
    ("fact.action_result.qualifier", entries::<Qualifier>, &[]),
    ("fact.action_year.place", entries::<Place>, &["BUDGET"]),
    ("fact.action_year.planned", entries::<Planned>, &["UNKNOWN"]),
    ("fact.activity.kind", entries::<ActivityKind>, &[]),
    ("fact.answer.answer", entries::<AnswerValue>, &[]),
    ("fact.area.kind", entries::<AreaKind>, &[]),
    ("fact.budget_cell.kind", entries::<BudgetRowKind>, &[]),
    ("fact.budget_cell.sheet", entries::<BudgetSheet>, &[]),
    (
        "fact.budget_cell.state",
        entries::<BudgetState>,
        &["NOT_IN_SOURCE"],
    ),
    (
        "fact.building_block.state",
        entries::<BuildingBlockState>,
        &[],
    ),
    ("fact.criterion.answered_by", entries::<AnsweredBy>, &[]),
    ("fact.criterion.basis", entries::<CriterionBasis>, &[]),
    ("fact.criterion.level", entries::<CriterionLevel>, &[]),
    ("fact.criterion.scope", entries::<CriterionScope>, &[]),
    ("fact.criterion_lineage.change", entries::<Change>, &[]),
    ("fact.data_decision.kind", entries::<DataDecisionKind>, &[]),
    (
        "fact.exploitation_form.code",
        entries::<ExploitationKind>,
        &[],
    ),
    ("fact.framework_edition.state", entries::<EditionState>, &[]),
    (
        "fact.function_assignment.enough_time",
        entries::<AssignmentAnswer>,
        &[],
    ),
    (
        "fact.function_assignment.trained",
        entries::<AssignmentAnswer>,
        &[],
    ),
    ("fact.function_role.code", entries::<FunctionCode>, &[]),
    ("fact.function_role.level", entries::<FunctionLevel>, &[]),
    ("fact.funding.kind", entries::<FundingKind>, &[]),
    (
        "fact.goal_target.baseline_state",
        entries::<BaselineState>,
        &[],
    ),
    (
        "fact.goal_target.direction",
        entries::<TargetDirection>,
        &[],
    ),
    ("fact.goal_target.kind", entries::<TargetKind>, &[]),
    ("fact.measurement.kind", entries::<MeasurementKind>, &[]),
    ("fact.measurement.state", entries::<MeasurementState>, &[]),
    ("fact.milestone.kind", entries::<MilestoneKind>, &[]),
    ("fact.motion.kind", entries::<MotionKind>, &[]),
    ("fact.motion.outcome", entries::<MotionOutcome>, &[]),
    (
        "fact.national_figure.direction",
        entries::<TrendDirection>,
        &[],
    ),
    (
        "fact.national_figure.form",
        entries::<ExploitationKind>,
        &[],
    ),
    ("fact.national_figure.kind", entries::<FigureKind>, &[]),
    (
        "fact.national_figure.qualifier",
        entries::<FigureQualifier>,
        &[],
    ),
    ("fact.obligation.kind", entries::<ObligationKind>, &[]),
    ("fact.on_behalf_answer.answer", entries::<AnswerValue>, &[]),
    (
        "fact.on_behalf_filling.channel",
        entries::<FillingChannel>,
        &[],
    ),
    ("fact.partner.kind", entries::<PartnerKind>, &[]),
    ("fact.plan_step.kind", entries::<PlanStepKind>, &[]),
    ("fact.plan_step.state", entries::<PlanState>, &[]),
    ("fact.plan_version.state", entries::<PlanState>, &[]),
    (
        "fact.planned_reorganisation.kind",
        entries::<ReorganisationKind>,
        &[],
    ),
    (
        "fact.policy_adoption.body",
        entries::<AdoptionBody>,
        &["NOT_IN_SOURCE"],
    ),
    (
        "fact.policy_declaration.state",
        entries::<DeclaredPolicyState>,
        &[],
    ),
    ("fact.policy_document.level", entries::<PolicyLevel>, &[]),
    (
        "fact.policy_provision.form",
        entries::<ExploitationKind>,
        &[],
    ),
    (
        "fact.policy_provision.kind",
        entries::<PolicyProvisionKind>,
        &[],
    ),
    ("fact.proposal.outcome", entries::<ProposalOutcome>, &[]),
    ("fact.publication.kind", entries::<PublicationKind>, &[]),
    ("fact.publication.level", entries::<PublicationLevel>, &[]),
    ("fact.publication.state", entries::<PublicationState>, &[]),
    (
        "fact.publication_verdict.submission",
        entries::<Submission>,
        &[],
    ),
    (
        "fact.published_verdict.submission",
        entries::<Submission>,
        &[],
    ),
    (
        "fact.publication_verdict.status",
        entries::<VerdictStatus>,
        &[],
    ),
    (
        "fact.published_verdict.status",
        entries::<VerdictStatus>,
        &[],
    ),
    (
        "fact.published_verdict_count.counting_rule",
        entries::<CountingRule>,
        &[],
    ),
    ("fact.reference_citation.kind", entries::<CitationKind>, &[]),
    ("fact.regional_answer.answer", entries::<AnswerValue>, &[]),
    ("fact.regional_meeting.kind", entries::<MeetingKind>, &[]),
    (
        "fact.reorganisation.kind",
        entries::<ReorganisationKind>,
        &[],
    ),
    (
        "fact.reporting_point.state",
        entries::<ReportingPointState>,
        &[],
    ),
    (
        "fact.round_report.delay_cause_state",
        entries::<CauseState>,
        &[],
    ),
    ("fact.round_report.status", entries::<ActionStatus>, &[]),
    (
        "fact.status_report.delay_cause_state",
        entries::<CauseState>,
        &[],
    ),
    ("fact.status_report.status", entries::<ActionStatus>, &[]),
    ("fact.verdict_rerun.basis", entries::<Basis>, &[]),
    ("fact.verdict_rerun.status", entries::<VerdictStatus>, &[]),
    ("fact.verdict_span.basis", entries::<Basis>, &[]),
    ("fact.verdict_span.status", entries::<VerdictStatus>, &[]),
    ("work.digest.role", entries::<ViewerRole>, &["PUBLIC"]),
    ("work.digest.state", entries::<DigestState>, &[]),
    ("work.draft_answer.answer", entries::<AnswerValue>, &[]),
    ("work.feed_key.role", entries::<ViewerRole>, &["PUBLIC"]),
    (
        "work.functional_mailbox.role",
        entries::<ViewerRole>,
        &["PUBLIC"],
    ),
];

/// Columns with a few codes that are no list of the contract, with the reason.
const NO_LISTS: &[(&str, &str)] = &[
    (
        "fact.monitoring_round.state",
        "only a closed round is in the contract",
    ),
    (
        "fact.publication_file.format",
        "the formats of a file, said by its address",
    ),
    (
        "fact.published_count.measure",
        "a status or the total, as a source prints them",
    ),
    (
        "fact.regional_review.outcome",
        "what a review decides; the state of an answer follows from it",
    ),
    (
        "fact.review_decision.outcome",
        "what a review decides; the state of a version follows from it",
    ),
    ("fact.tile.kind", "which of the two maps a tile is of"),
    (
        "public.database_kind.kind",
        "whether a database is real, told as a boolean",
    ),
    (
        "public.ledger.part",
        "which part of the mandate table an entry is of; no client sees it",
    ),
    (
        "work.timed_release.kind",
        "what waits for the end of an embargo",
    ),
];

/// A list of `dim_code`, and the list of the domain that it shows.
type Shown = (&'static str, fn() -> Entries);

/// The lists of `dim_code`.
const SHOWN: &[Shown] = &[
    ("ACTION_STATUS", entries::<ActionStatus>),
    ("ANSWER", entries::<AnswerValue>),
    ("AREA_KIND", entries::<AreaKind>),
    ("BUDGET_KIND", entries::<BudgetRowKind>),
    ("BUDGET_STATE", entries::<BudgetState>),
    ("DELAY_CAUSE", entries::<CauseState>),
    ("MEASUREMENT_KIND", entries::<MeasurementKind>),
    ("MEASUREMENT_STATE", entries::<MeasurementState>),
    ("MONITORING", entries::<ActionMonitoring>),
    ("PARTNER_KIND", entries::<PartnerKind>),
    ("PARTNER_ROLE", entries::<PartnerRole>),
    ("PERIOD_STATE", entries::<PeriodState>),
    ("REORGANISATION", entries::<ReorganisationKind>),
    ("VERDICT_BASIS", entries::<Basis>),
    ("VERDICT_STATUS", entries::<VerdictStatus>),
];

/// Rows of `dim_code` that differ from their list: a feed of 1.0.0-rc.1 has these words, and a
/// label beside a code in the contract has others. None: the row is not there.
const SHOWN_OTHERWISE: &[(&str, &str, Option<&str>)] = &[
    (
        "PERIOD_STATE",
        "LATE",
        Some("Te laat indienen kan nog|Late submission is possible"),
    ),
    (
        "VERDICT_BASIS",
        "SUBMITTED",
        Some("Ingediend, niet gecontroleerd|Submitted, not checked"),
    ),
    (
        "VERDICT_BASIS",
        "CONFIRMED",
        Some("Bevestigd door VNG|Confirmed by VNG"),
    ),
];

fn entries<E: CodeList>() -> Entries {
    let values = E::VALUES.iter();
    values.map(|entry| (entry.code, entry.label)).collect()
}

#[tokio::test]
async fn a_column_takes_the_codes_of_its_list_and_no_others() {
    let database = TestDatabase::with_data();
    let owner = database.connect(roles::OWNER).await;
    let checks = r"select n.nspname || '.' || c.relname || '.'
            || (regexp_match(d, '^CHECK \(\((\w+) = ANY'))[1]
            || (select string_agg(' ' || m[1], '' order by m[1])
                from regexp_matches(d, '''([A-Z_]+)''', 'g') m)
        from pg_constraint k join pg_class c on c.oid = k.conrelid
            join pg_namespace n on n.oid = c.relnamespace, pg_get_constraintdef(k.oid) d
        where k.contype = 'c' and d ~ '^CHECK \(\(\w+ = ANY \(ARRAY\[.*\]\)\)\)$'";
    let mut held: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for check in texts(&owner, checks).await {
        let mut words = check.split(' ').map(str::to_owned);
        let column = words.next().unwrap();
        assert!(held.insert(column, words.collect()).is_none(), "{check}");
    }
    for (column, reason) in NO_LISTS {
        assert!(
            held.remove(*column).is_some(),
            "{column} is gone ({reason})"
        );
    }
    let expected: BTreeMap<String, BTreeSet<String>> = COLUMNS
        .iter()
        .map(|(column, entries, never_stored)| {
            let codes = entries().into_iter().map(|(code, _)| code);
            let stored = codes.filter(|code| !never_stored.contains(code));
            ((*column).to_owned(), stored.map(str::to_owned).collect())
        })
        .collect();
    assert_eq!(held, expected);
    owner.close().await.unwrap();
}

#[tokio::test]
async fn the_table_of_codes_shows_the_labels_of_the_lists() {
    let database = TestDatabase::with_data();
    let owner = database.connect(roles::OWNER).await;
    for (list, entries) in SHOWN {
        let rows = format!(
            "select concat_ws('|', code, label_nl, label_en) from bi.dim_code
             where code_list = '{list}' order by position"
        );
        let expected = entries().into_iter().filter_map(|(code, (nl, en))| {
            let mut otherwise = SHOWN_OTHERWISE.iter();
            match otherwise.find(|(of, which, _)| of == list && *which == code) {
                Some((_, _, words)) => words.map(|words| format!("{code}|{words}")),
                None => Some(format!("{code}|{nl}|{en}")),
            }
        });
        let expected: Vec<String> = expected.collect();
        assert_eq!(texts(&owner, &rows).await, expected, "{list}");
    }
    owner.close().await.unwrap();
}
