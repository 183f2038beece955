//! Every closed list of the contract, in one place: whoever shows a code beside its label asks
//! here.

use crate::{
    assessment, budget, code_list::AnyList, duties, feed_keys, framework, goals, guidance, ledger,
    monitoring, notices, partners, picture, plan, policies, policy, publication, quality, regional,
    search, sources, tasks, territory, text, verdict, warning,
};

/// Every closed list of the contract, by name.
pub const LISTS: &[AnyList] = &[
    AnyList::of::<plan::codes::ActionMonitoring>(),
    AnyList::of::<plan::codes::ActionOrder>(),
    AnyList::of::<plan::rules::ActionStatus>(),
    AnyList::of::<plan::codes::ActivityKind>(),
    AnyList::of::<policies::codes::AdoptionBody>(),
    AnyList::of::<verdict::grounds::AnswerSource>(),
    AnyList::of::<verdict::facts::AnswerValue>(),
    AnyList::of::<guidance::codes::AreaFunctionBasis>(),
    AnyList::of::<territory::codes::AreaKind>(),
    AnyList::of::<assessment::codes::AssessmentState>(),
    AnyList::of::<guidance::codes::AssignmentAnswer>(),
    AnyList::of::<guidance::codes::AssignmentCounts>(),
    AnyList::of::<goals::codes::BaselineState>(),
    AnyList::of::<plan::timeline::Basis>(),
    AnyList::of::<budget::rules::BudgetComparisonKind>(),
    AnyList::of::<budget::rules::BudgetRowKind>(),
    AnyList::of::<budget::rules::BudgetSheet>(),
    AnyList::of::<budget::rules::BudgetState>(),
    AnyList::of::<budget::codes::BudgetUnit>(),
    AnyList::of::<guidance::codes::BuildingBlockState>(),
    AnyList::of::<plan::codes::CauseState>(),
    AnyList::of::<quality::codes::CheckOutcome>(),
    AnyList::of::<sources::codes::CitationKind>(),
    AnyList::of::<plan::codes::Confidence>(),
    AnyList::of::<quality::codes::ContradictionKind>(),
    AnyList::of::<picture::rules::CountingRule>(),
    AnyList::of::<guidance::codes::CoverageState>(),
    AnyList::of::<verdict::facts::AnsweredBy>(),
    AnyList::of::<framework::codes::CriterionBasis>(),
    AnyList::of::<framework::codes::Change>(),
    AnyList::of::<framework::codes::CriterionLevel>(),
    AnyList::of::<verdict::facts::CriterionScope>(),
    AnyList::of::<quality::codes::DataCheckKind>(),
    AnyList::of::<quality::codes::DataDecisionKind>(),
    AnyList::of::<policies::codes::DeclaredPolicyState>(),
    AnyList::of::<notices::codes::DigestState>(),
    AnyList::of::<policies::deadlines::DutyTiming>(),
    AnyList::of::<verdict::facts::EditionState>(),
    AnyList::of::<goals::codes::ExploitationKind>(),
    AnyList::of::<ledger::codes::FactChange>(),
    AnyList::of::<feed_keys::codes::FeedKeyState>(),
    AnyList::of::<goals::codes::FigureKind>(),
    AnyList::of::<goals::codes::FigureQualifier>(),
    AnyList::of::<assessment::codes::FillingChannel>(),
    AnyList::of::<guidance::codes::FunctionCode>(),
    AnyList::of::<guidance::codes::FunctionLevel>(),
    AnyList::of::<budget::codes::FundingKind>(),
    AnyList::of::<goals::codes::GoalProgress>(),
    AnyList::of::<partners::codes::ImplementationState>(),
    AnyList::of::<text::Language>(),
    AnyList::of::<goals::codes::MeasurementKind>(),
    AnyList::of::<goals::codes::MeasurementState>(),
    AnyList::of::<duties::codes::MeetingKind>(),
    AnyList::of::<plan::codes::MilestoneKind>(),
    AnyList::of::<sources::codes::MotionKind>(),
    AnyList::of::<sources::codes::MotionOutcome>(),
    AnyList::of::<plan::codes::ObligationKind>(),
    AnyList::of::<plan::codes::ObligationState>(),
    AnyList::of::<monitoring::codes::OpenRoundState>(),
    AnyList::of::<policy::Operation>(),
    AnyList::of::<budget::signals::OutsideExecutionReason>(),
    AnyList::of::<picture::codes::OwnRegionWithheld>(),
    AnyList::of::<partners::codes::PartnerKind>(),
    AnyList::of::<partners::codes::PartnerRegionBasis>(),
    AnyList::of::<partners::codes::PartnerRole>(),
    AnyList::of::<framework::codes::PeriodState>(),
    AnyList::of::<picture::codes::PictureAvailability>(),
    AnyList::of::<picture::codes::PictureGrouping>(),
    AnyList::of::<plan::timeline::Place>(),
    AnyList::of::<plan::codes::PlanState>(),
    AnyList::of::<plan::codes::PlanStepKind>(),
    AnyList::of::<plan::timeline::Planned>(),
    AnyList::of::<policies::codes::PolicyLevel>(),
    AnyList::of::<policies::codes::PolicyProvisionKind>(),
    AnyList::of::<policies::rules::PolicyState>(),
    AnyList::of::<policies::deadlines::PolicyTermState>(),
    AnyList::of::<sources::codes::ProposalOutcome>(),
    AnyList::of::<publication::codes::CorrectionReason>(),
    AnyList::of::<publication::codes::PublicationKind>(),
    AnyList::of::<publication::codes::PublicationLevel>(),
    AnyList::of::<publication::lines::Part>(),
    AnyList::of::<publication::codes::PublicationState>(),
    AnyList::of::<plan::codes::Qualifier>(),
    AnyList::of::<policy::Reach>(),
    AnyList::of::<regional::codes::RegionalAnswerState>(),
    AnyList::of::<plan::codes::RelationKind>(),
    AnyList::of::<plan::codes::RelationSide>(),
    AnyList::of::<territory::codes::ReorganisationKind>(),
    AnyList::of::<plan::rules::ReportSignal>(),
    AnyList::of::<guidance::codes::ReportingAudience>(),
    AnyList::of::<guidance::codes::ReportingPointState>(),
    AnyList::of::<plan::codes::ResultKind>(),
    AnyList::of::<search::codes::SearchKind>(),
    AnyList::of::<goals::codes::SmartPart>(),
    AnyList::of::<sources::codes::SourceDocumentKind>(),
    AnyList::of::<plan::codes::StatusChangeKind>(),
    AnyList::of::<picture::rules::Submission>(),
    AnyList::of::<goals::codes::TargetDirection>(),
    AnyList::of::<goals::codes::TargetKind>(),
    AnyList::of::<tasks::rules::TaskKind>(),
    AnyList::of::<text::TextState>(),
    AnyList::of::<goals::codes::TrendDirection>(),
    AnyList::of::<verdict::facts::Basis>(),
    AnyList::of::<verdict::codes::VerdictRun>(),
    AnyList::of::<verdict::facts::VerdictStatus>(),
    AnyList::of::<policy::ViewerRole>(),
    AnyList::of::<warning::WarningCode>(),
    AnyList::of::<publication::lines::Withheld>(),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_stand_in_the_order_of_their_names_and_each_once() {
        assert!(LISTS.is_sorted_by(|a, b| a.name < b.name));
    }

    #[test]
    fn every_value_says_in_both_languages_what_it_means() {
        for list in LISTS {
            for value in list.values() {
                let (place, about) = ((list.name, value.code), &value.description);
                assert!(
                    about.nl.ends_with('.') && about.en.ends_with('.'),
                    "{place:?}"
                );
                assert!(!about.en.contains("NL:"), "{place:?}");
                assert!(
                    !value.label.nl.is_empty() && !value.label.en.is_empty(),
                    "{place:?}"
                );
            }
        }
    }
}
