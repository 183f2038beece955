//! One sentence for an entry of the ledger, in Dutch and English, for people who follow what
//! changes.
//!
//! Pure: an entry's operation, kind and key go in, and of a status what it was and became.

/// The kinds of things, with their names in a sentence. A test holds the list to the
/// kinds that the data set and the mutations write.
const KINDS: &[(&str, &str, &str)] = &[
    ("Action", "actie", "action"),
    ("ActionGoal", "doel van een actie", "goal of an action"),
    ("ActionLine", "actielijn", "action line"),
    (
        "ActionLineage",
        "herkomst van een actie",
        "lineage of an action",
    ),
    ("ActionPartner", "rol van een partner", "role of a partner"),
    ("ActionPhase", "fase van een actie", "phase of an action"),
    (
        "ActionReference",
        "verwijzing bij een actie",
        "reference of an action",
    ),
    (
        "ActionRelation",
        "samenhang tussen acties",
        "relation between actions",
    ),
    (
        "ActionResult",
        "resultaat van een actie",
        "result of an action",
    ),
    ("ActionTheme", "thema van een actie", "theme of an action"),
    ("ActionTitle", "titel van een actie", "title of an action"),
    (
        "ActionYear",
        "uitvoeringsjaar van een actie",
        "execution year of an action",
    ),
    ("Activity", "activiteit", "activity"),
    ("AdjacentPolicy", "aanpalend beleid", "adjacent policy"),
    ("Area", "gebied", "area"),
    (
        "AreaMembership",
        "lidmaatschap van een gebied",
        "membership of an area",
    ),
    ("Assessment", "beoordeling", "assessment"),
    ("BudgetCell", "begrotingscel", "budget cell"),
    ("BuildingBlock", "bouwsteen", "building block"),
    ("Criterion", "criterium", "criterion"),
    ("DataDecision", "gegevensbeslissing", "data decision"),
    ("EffectIndicator", "effectindicator", "effect indicator"),
    ("Event", "bijeenkomst", "event"),
    (
        "EventParticipant",
        "deelnemer van een bijeenkomst",
        "participant of an event",
    ),
    ("FeedKey", "feedsleutel", "feed key"),
    (
        "ExploitationForm",
        "vorm van uitbuiting",
        "form of exploitation",
    ),
    (
        "FrameworkEdition",
        "editie van het kader",
        "framework edition",
    ),
    (
        "FunctionAssignment",
        "invulling van een functie",
        "assignment of a function",
    ),
    (
        "FunctionRegistrar",
        "partner die functies vastlegt",
        "partner that records functions",
    ),
    ("FunctionRole", "functie", "function"),
    ("Funding", "dekking", "funding"),
    ("GoalLineage", "herkomst van een doel", "lineage of a goal"),
    ("GoalTarget", "streefwaarde", "target value"),
    ("IntendedEffect", "beoogd effect", "intended effect"),
    ("KnownDifference", "bekend verschil", "known difference"),
    ("KnownGap", "bekende leemte", "known gap"),
    ("Measurement", "meting", "measurement"),
    ("Milestone", "mijlpaal", "milestone"),
    ("MonitoringRound", "monitoringsronde", "monitoring round"),
    ("Motion", "motie", "motion"),
    (
        "MotionAnswer",
        "uitvoering van een motie",
        "answer to a motion",
    ),
    ("Municipality", "gemeente", "municipality"),
    ("NationalFigure", "landelijk cijfer", "national figure"),
    ("Obligation", "verplichting", "obligation"),
    ("OperationalGoal", "operationeel doel", "operational goal"),
    ("Partner", "partner", "partner"),
    (
        "PartnerMention",
        "vermelding van een partner",
        "mention of a partner",
    ),
    (
        "PlanStep",
        "stap in de totstandkoming",
        "step in the making of the plan",
    ),
    ("PlanTheme", "thema", "theme"),
    ("PlanVersion", "planversie", "plan version"),
    (
        "PlannedReorganisation",
        "voorgenomen herindeling",
        "planned reorganisation",
    ),
    (
        "PolicyAdoption",
        "vaststelling van beleid",
        "adoption of policy",
    ),
    (
        "PolicyDeclaration",
        "verklaring over het beleid",
        "word on the policy",
    ),
    ("PolicyDocument", "beleidsdocument", "policy document"),
    (
        "PolicyProvision",
        "bepaling van beleid",
        "provision of policy",
    ),
    ("Proposal", "voorstel", "proposal"),
    ("Publication", "publicatie", "publication"),
    ("PublishedCount", "gepubliceerd aantal", "published count"),
    (
        "PublishedMunicipalityCount",
        "gepubliceerd aantal gemeenten",
        "published number of municipalities",
    ),
    (
        "ReferenceCitation",
        "verwijzing in een bron",
        "citation in a source",
    ),
    ("Reorganisation", "herindeling", "reorganisation"),
    ("RegionalAnswer", "regionaal antwoord", "regional answer"),
    (
        "RegionalBottleneck",
        "knelpunt van een regio",
        "bottleneck of a region",
    ),
    (
        "RegionalDecision",
        "besluit van een regio",
        "decision of a region",
    ),
    (
        "RegionalMeeting",
        "bijeenkomst van een regio",
        "meeting of a region",
    ),
    ("RegionalReport", "halfjaarrapportage", "half-year report"),
    ("ReportingPeriod", "rapportageperiode", "reporting period"),
    ("ReportingPoint", "meldpunt", "reporting point"),
    (
        "ReportingStep",
        "stap van de meldroute",
        "step of the reporting route",
    ),
    (
        "RoundExclusion",
        "uitzondering van een ronde",
        "exclusion from a round",
    ),
    (
        "RoundReport",
        "rapportage in een open ronde",
        "report in an open round",
    ),
    ("SourceDocument", "brondocument", "source document"),
    ("StatusReport", "stand van zaken", "status report"),
    (
        "SubmissionMandate",
        "indieningsmandaat",
        "submission mandate",
    ),
    ("Theme", "thema van het kader", "theme of the framework"),
    ("Tile", "tegel van de kaart", "tile of the map"),
    ("UnnamedParty", "onbepaalde partij", "unnamed party"),
    ("Verdict", "oordeel", "verdict"),
];

/// What was done, by the operation's code.
const OPERATIONS: &[(&str, &str, &str)] = &[
    ("data.imported", "opgenomen", "taken in"),
    ("data.corrected", "gecorrigeerd", "corrected"),
    ("data.withdrawn", "ingetrokken", "withdrawn"),
    (
        "reportingRegion.registered",
        "geregistreerd als rapporterende regio",
        "registered as reporting region",
    ),
    ("publication.prepared", "voorbereid", "prepared"),
    (
        "publication.respondedTo",
        "reactie van de gemeente",
        "response of the municipality",
    ),
    (
        "publication.embargoed",
        "onder embargo gesteld",
        "put under embargo",
    ),
    ("publication.released", "openbaar gemaakt", "released"),
    ("publication.withdrawn", "ingetrokken", "withdrawn"),
    ("reportingPeriod.opened", "geopend", "opened"),
    ("assessment.submitted", "ingediend", "submitted"),
    ("assessment.confirmed", "bevestigd", "confirmed"),
    ("assessment.returned", "teruggegeven", "returned"),
    ("assessment.withdrawn", "ingetrokken", "withdrawn"),
    ("assessment.questioned", "vragen gesteld", "questions asked"),
    (
        "assessment.replied",
        "vraag beantwoord",
        "question answered",
    ),
    (
        "assessment.extended",
        "uitstel verleend",
        "deadline extended",
    ),
    (
        "assessment.filledOnBehalf",
        "namens de gemeente ingevuld",
        "filled in on behalf",
    ),
    ("submissionMandate.given", "gegeven", "given"),
    ("submissionMandate.ended", "beëindigd", "ended"),
    ("reportingPeriod.rescheduled", "verzet", "rescheduled"),
    ("frameworkEdition.proposed", "voorgesteld", "proposed"),
    ("frameworkEdition.endorsed", "vastgesteld", "endorsed"),
    ("frameworkEdition.retired", "vervallen", "retired"),
    ("feedKey.created", "gemaakt", "created"),
    ("feedKey.rotated", "vernieuwd", "rotated"),
    ("feedKey.revoked", "ingetrokken", "revoked"),
    ("monitoringRound.opened", "geopend", "opened"),
    ("monitoringRound.closed", "gesloten", "closed"),
    ("roundReport.reported", "gerapporteerd", "reported"),
    ("roundExclusion.recorded", "vastgelegd", "recorded"),
    ("statusReport.accepted", "opgenomen", "accepted"),
    ("statusReport.corrected", "gecorrigeerd", "corrected"),
    ("text.redacted", "tekst geschrapt", "text redacted"),
    ("action.planned", "gepland", "planned"),
    ("action.changed", "opnieuw gepland", "planned anew"),
    ("action.ended", "beëindigd", "ended"),
    ("actionTitle.recorded", "vastgelegd", "recorded"),
    ("actionYear.recorded", "vastgelegd", "recorded"),
    ("actionGoal.recorded", "vastgelegd", "recorded"),
    ("actionGoal.withdrawn", "ingetrokken", "withdrawn"),
    ("actionRelation.recorded", "vastgelegd", "recorded"),
    ("actionRelation.withdrawn", "ingetrokken", "withdrawn"),
    ("actionResult.recorded", "vastgelegd", "recorded"),
    ("actionResult.changed", "gewijzigd", "changed"),
    ("measurement.recorded", "vastgelegd", "recorded"),
    ("measurement.changed", "gewijzigd", "changed"),
    ("budgetCell.set", "vastgesteld", "set"),
    ("budgetCell.withdrawn", "ingetrokken", "withdrawn"),
    ("partner.registered", "geregistreerd", "registered"),
    ("partner.changed", "gewijzigd", "changed"),
    ("actionPartner.assigned", "toegewezen", "assigned"),
    ("actionPartner.changed", "gewijzigd", "changed"),
    ("sourceDocument.registered", "geregistreerd", "registered"),
    ("policy.recorded", "vastgelegd", "recorded"),
    ("adoption.recorded", "vastgelegd", "recorded"),
    ("policyState.declared", "afgegeven", "given"),
    ("function.assigned", "vastgelegd", "recorded"),
    ("functionRegistrar.named", "aangewezen", "named"),
    ("area.registered", "geregistreerd", "registered"),
    ("areaMembership.set", "vastgesteld", "set"),
    ("reorganisation.recorded", "vastgelegd", "recorded"),
    (
        "municipality.reorganised",
        "gewijzigd door een herindeling",
        "changed by a reorganisation",
    ),
    ("regionalAnswer.submitted", "ingediend", "submitted"),
    ("regionalAnswer.ended", "beëindigd", "ended"),
    ("regionalAnswer.questioned", "bevraagd", "questioned"),
    ("regionalAnswer.returned", "teruggestuurd", "returned"),
    ("regionalAnswer.confirmed", "bevestigd", "confirmed"),
    ("regionalMeeting.recorded", "vastgelegd", "recorded"),
    ("regionalBottleneck.raised", "vastgelegd", "recorded"),
    ("regionalBottleneck.resolved", "opgelost", "resolved"),
    ("regionalDecision.recorded", "vastgelegd", "recorded"),
    ("regionalReport.submitted", "ingediend", "submitted"),
    ("regionalReport.confirmed", "bevestigd", "confirmed"),
    ("verdict.judged", "opnieuw bepaald", "judged anew"),
];

/// The kinds of things that an entry may be of.
pub fn kinds() -> impl Iterator<Item = &'static str> + Clone {
    KINDS.iter().map(|(kind, _, _)| *kind)
}

fn named<'a>(list: &[(&str, &'a str, &'a str)], code: &'a str) -> (&'a str, &'a str) {
    list.iter()
        .find(|(each, _, _)| *each == code)
        .map_or((code, code), |(_, nl, en)| (nl, en))
}

/// A label in Dutch and in English.
pub(super) type Label<'a> = (&'a str, &'a str);

/// What an entry says, as one sentence in Dutch and English. Of a status come the labels, before
/// and after: of one that was corrected both are there.
pub fn sentence(
    operation: &str,
    subject_kind: &str,
    subject_key: &str,
    (before, after): (Option<Label<'_>>, Option<Label<'_>>),
) -> (String, String) {
    let (kind_nl, kind_en) = named(KINDS, subject_kind);
    let (done_nl, done_en) = named(OPERATIONS, operation);
    let (mut nl, mut en) = (
        format!("{} {subject_key}: {done_nl}", capital(kind_nl)),
        format!("{} {subject_key}: {done_en}", capital(kind_en)),
    );
    match (before, after) {
        (Some(before), Some(after)) if before != after => {
            nl += &format!(
                ", van \u{201c}{}\u{201d} naar \u{201c}{}\u{201d}",
                before.0, after.0
            );
            en += &format!(
                ", from \u{201c}{}\u{201d} to \u{201c}{}\u{201d}",
                before.1, after.1
            );
        }
        (_, Some(after)) => {
            nl += &format!(", \u{201c}{}\u{201d}", after.0);
            en += &format!(", \u{201c}{}\u{201d}", after.1);
        }
        (_, None) => {}
    }
    (nl + ".", en + ".")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corrected_status_tells_what_it_was() {
        let was = ("In uitvoering", "In progress");
        let is = ("Afgerond", "Completed");
        assert_eq!(
            sentence("data.corrected", "StatusReport", "2025-1/2024/17", (Some(was), Some(is))),
            (
                "Stand van zaken 2025-1/2024/17: gecorrigeerd, van “In uitvoering” naar “Afgerond”.".to_owned(),
                "Status report 2025-1/2024/17: corrected, from “In progress” to “Completed”.".to_owned()
            )
        );
    }

    #[test]
    fn an_unknown_kind_is_told_by_its_code() {
        assert_eq!(
            sentence("x.done", "Thing", "1", (None, None)).0,
            "Thing 1: x.done."
        );
    }
}
