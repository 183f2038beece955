//! Every operation that an entry may tell of, as what a sentence says of its subject. A test holds
//! the list to the operations that the data set and the mutations write.

/// What happened, in the place of `{event}` in the sentence of a kind.
pub(super) struct Event {
    /// The code of the operation, as in `data.corrected`.
    pub(super) operation: &'static str,
    /// In Dutch.
    pub(super) nl: &'static str,
    /// In English.
    pub(super) en: &'static str,
}

/// The operations, each with what is said of its subject.
macro_rules! events {
    ($($operation:literal $nl:literal $en:literal;)+) => {
        pub(super) const EVENTS: &[Event] = &[$(Event {
            operation: $operation,
            nl: $nl,
            en: $en,
        }),+];
    };
}

events! {
    "data.imported" "is toegevoegd" "was added";
    "data.corrected" "is gecorrigeerd" "was corrected";
    "data.withdrawn" "is ingetrokken" "was withdrawn";
    "reportingRegion.registered"
        "is geregistreerd als rapporterende regio"
        "was registered as a reporting region";
    "publication.prepared" "is voorbereid" "was prepared";
    "publication.respondedTo"
        "heeft een reactie van een gemeente gekregen"
        "got a response of a municipality";
    "publication.embargoed" "is onder embargo gesteld" "was put under embargo";
    "publication.released" "is openbaar gemaakt" "was released";
    "publication.noted" "is van een kanttekening voorzien" "got a note beside it";
    "publication.withdrawn" "is ingetrokken" "was withdrawn";
    "reportingPeriod.opened" "is geopend" "was opened";
    "assessment.submitted" "is ingediend" "was submitted";
    "assessment.confirmed" "is bevestigd" "was confirmed";
    "assessment.returned" "is teruggegeven" "was returned";
    "assessment.withdrawn" "is ingetrokken" "was withdrawn";
    "assessment.questioned" "heeft een vraag van VNG gekregen" "got a question of VNG";
    "assessment.replied"
        "heeft een antwoord op een vraag van VNG gekregen"
        "got a reply to a question of VNG";
    "assessment.extended" "heeft uitstel gekregen" "got an extension of its deadline";
    "assessment.filledOnBehalf"
        "is namens de gemeente door VNG ingevuld"
        "was filled in by VNG on behalf of the municipality";
    "submissionMandate.given" "is gegeven" "was given";
    "submissionMandate.ended" "is beëindigd" "was ended";
    "reportingPeriod.rescheduled" "is verzet" "was rescheduled";
    "frameworkEdition.proposed" "is voorgesteld" "was proposed";
    "frameworkEdition.changed" "is opnieuw voorgesteld" "was proposed once more";
    "frameworkEdition.laidOpen"
        "is ter consultatie voorgelegd"
        "was laid open for comment";
    "criterionRemark.recorded" "is vastgelegd" "was recorded";
    "frameworkEdition.withdrawn" "is ingetrokken" "was withdrawn";
    "frameworkEdition.endorsed" "is vastgesteld" "was endorsed";
    "frameworkEdition.rulesReplaced"
        "is onder een nieuwe regelset gebracht"
        "was brought under a new rule set";
    "frameworkEdition.retired" "is vervallen" "was retired";
    "feedKey.created" "is gemaakt" "was created";
    "feedKey.rotated" "is vernieuwd" "was rotated";
    "feedKey.revoked" "is ingetrokken" "was revoked";
    "monitoringRound.opened" "is geopend" "was opened";
    "monitoringRound.closed" "is gesloten" "was closed";
    "roundReport.reported" "is gerapporteerd" "was reported";
    "roundExclusion.recorded" "is vastgelegd" "was recorded";
    "statusReport.accepted" "is opgenomen" "was accepted";
    "statusReport.corrected" "is gecorrigeerd" "was corrected";
    "text.redacted"
        "bevatte een tekst die om wettelijke redenen is geschrapt"
        "held a text that was blanked by law";
    "action.planned" "is gepland" "was planned";
    "action.changed" "is opnieuw gepland" "was planned anew";
    "action.ended" "is beëindigd" "was ended";
    "planVersion.recorded" "is vastgelegd" "was recorded";
    "planVersion.changed" "is gewijzigd" "was changed";
    "planVersion.withdrawn" "is ingetrokken" "was withdrawn";
    "actionLine.recorded" "is vastgelegd" "was recorded";
    "actionLine.changed" "is gewijzigd" "was changed";
    "actionLine.withdrawn" "is ingetrokken" "was withdrawn";
    "operationalGoal.recorded" "is vastgelegd" "was recorded";
    "operationalGoal.changed" "is gewijzigd" "was changed";
    "operationalGoal.withdrawn" "is ingetrokken" "was withdrawn";
    "goalTarget.recorded" "is vastgelegd" "was recorded";
    "goalTarget.withdrawn" "is ingetrokken" "was withdrawn";
    "motion.recorded" "is vastgelegd" "was recorded";
    "motion.changed" "is gewijzigd" "was changed";
    "motion.withdrawn" "is ingetrokken" "was withdrawn";
    "motionAnswer.recorded" "is vastgelegd" "was recorded";
    "motionAnswer.withdrawn" "is ingetrokken" "was withdrawn";
    "actionTitle.recorded" "is vastgelegd" "was recorded";
    "actionYear.recorded" "is vastgelegd" "was recorded";
    "actionGoal.recorded" "is vastgelegd" "was recorded";
    "actionGoal.withdrawn" "is ingetrokken" "was withdrawn";
    "actionRelation.recorded" "is vastgelegd" "was recorded";
    "actionRelation.withdrawn" "is ingetrokken" "was withdrawn";
    "actionResult.recorded" "is vastgelegd" "was recorded";
    "actionResult.changed" "is gewijzigd" "was changed";
    "measurement.recorded" "is vastgelegd" "was recorded";
    "measurement.changed" "is gewijzigd" "was changed";
    "budgetCell.set" "is vastgelegd" "was set";
    "budgetCell.withdrawn" "is ingetrokken" "was withdrawn";
    "partner.registered" "is geregistreerd" "was registered";
    "partner.changed" "is gewijzigd" "was changed";
    "actionPartner.assigned" "is aangewezen" "was assigned";
    "actionPartner.changed" "is gewijzigd" "was changed";
    "sourceDocument.registered" "is geregistreerd" "was registered";
    "policy.recorded" "is vastgelegd" "was recorded";
    "adoption.recorded" "is vastgelegd" "was recorded";
    "policyState.declared" "is vastgelegd" "was recorded";
    "function.assigned" "is vastgelegd" "was recorded";
    "functionVacancy.declared" "is gemeld" "was declared";
    "functionVacancy.withdrawn" "is ingetrokken" "was withdrawn";
    "functionRegistrar.named" "is aangewezen" "was named";
    "area.registered" "is geregistreerd" "was registered";
    "areaMembership.set" "is vastgesteld" "was set";
    "reorganisation.recorded" "is vastgelegd" "was recorded";
    "reorganisation.withdrawn" "is ingetrokken" "was withdrawn";
    "municipality.reorganised"
        "is gewijzigd door een herindeling"
        "was changed by a reorganisation";
    "regionalAnswer.submitted" "is ingediend" "was submitted";
    "regionalAnswer.ended" "is beëindigd" "was ended";
    "regionalAnswer.questioned" "heeft een vraag van VNG gekregen" "got a question of VNG";
    "regionalAnswer.returned" "is teruggestuurd" "was returned";
    "regionalAnswer.confirmed" "is bevestigd" "was confirmed";
    "regionalMeeting.recorded" "is vastgelegd" "was recorded";
    "regionalMeeting.withdrawn" "is ingetrokken" "was withdrawn";
    "regionalBottleneck.raised" "is vastgelegd" "was recorded";
    "regionalBottleneck.resolved" "is opgelost" "was resolved";
    "regionalBottleneck.withdrawn" "is ingetrokken" "was withdrawn";
    "regionalDecision.recorded" "is vastgelegd" "was recorded";
    "regionalDecision.withdrawn" "is ingetrokken" "was withdrawn";
    "regionalReport.submitted" "is ingediend" "was submitted";
    "regionalReport.confirmed" "is bevestigd" "was confirmed";
    "verdict.judged" "is opnieuw bepaald" "was judged anew";
}

/// Whether an operation changes what was recorded before, so that a sentence speaks of what is
/// recorded of a thing and not of the thing.
pub(super) fn changes_what_is_recorded(operation: &str) -> bool {
    matches!(
        operation,
        "data.corrected"
            | "data.withdrawn"
            | "text.redacted"
            | "planVersion.changed"
            | "planVersion.withdrawn"
            | "actionLine.changed"
            | "actionLine.withdrawn"
            | "motion.changed"
            | "motion.withdrawn"
            | "partner.changed"
            | "actionPartner.changed"
    )
}
