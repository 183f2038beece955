//! One sentence for an entry of the ledger, in Dutch and English, for people who follow what
//! changes.
//!
//! Pure: an entry's operation, kind and key go in, and of a status what it was and became.

/// What a code is called in a sentence.
struct Name {
    code: &'static str,
    nl: &'static str,
    en: &'static str,
}

const fn name(code: &'static str, nl: &'static str, en: &'static str) -> Name {
    Name { code, nl, en }
}

/// The kinds of things, with their names in a sentence. A test holds the list to the
/// kinds that the data set and the mutations write.
const KINDS: &[Name] = &[
    name("Action", "actie", "action"),
    name("ActionGoal", "doel van een actie", "goal of an action"),
    name("ActionLine", "actielijn", "action line"),
    name(
        "ActionLineage",
        "herkomst van een actie",
        "lineage of an action",
    ),
    name("ActionPartner", "rol van een partner", "role of a partner"),
    name("ActionPhase", "fase van een actie", "phase of an action"),
    name(
        "ActionReference",
        "verwijzing bij een actie",
        "reference of an action",
    ),
    name(
        "ActionRelation",
        "samenhang tussen acties",
        "relation between actions",
    ),
    name(
        "ActionResult",
        "resultaat van een actie",
        "result of an action",
    ),
    name("ActionTheme", "thema van een actie", "theme of an action"),
    name("ActionTitle", "titel van een actie", "title of an action"),
    name(
        "ActionYear",
        "uitvoeringsjaar van een actie",
        "execution year of an action",
    ),
    name("Activity", "activiteit", "activity"),
    name("AdjacentPolicy", "aanpalend beleid", "adjacent policy"),
    name("Area", "gebied", "area"),
    name(
        "AreaMembership",
        "lidmaatschap van een gebied",
        "membership of an area",
    ),
    name("Assessment", "beoordeling", "assessment"),
    name("BudgetCell", "begrotingscel", "budget cell"),
    name("BuildingBlock", "bouwsteen", "building block"),
    name("Criterion", "criterium", "criterion"),
    name("DataDecision", "gegevensbeslissing", "data decision"),
    name("EffectIndicator", "effectindicator", "effect indicator"),
    name("Event", "bijeenkomst", "event"),
    name(
        "EventParticipant",
        "deelnemer van een bijeenkomst",
        "participant of an event",
    ),
    name("FeedKey", "feedsleutel", "feed key"),
    name(
        "ExploitationForm",
        "vorm van uitbuiting",
        "form of exploitation",
    ),
    name(
        "FrameworkEdition",
        "editie van het kader",
        "framework edition",
    ),
    name(
        "FunctionAssignment",
        "invulling van een functie",
        "assignment of a function",
    ),
    name(
        "FunctionRegistrar",
        "partner die functies vastlegt",
        "partner that records functions",
    ),
    name("FunctionRole", "functie", "function"),
    name("Funding", "dekking", "funding"),
    name("GoalLineage", "herkomst van een doel", "lineage of a goal"),
    name("GoalTarget", "streefwaarde", "target value"),
    name("IntendedEffect", "beoogd effect", "intended effect"),
    name("KnownDifference", "bekend verschil", "known difference"),
    name("KnownGap", "bekende leemte", "known gap"),
    name("Measurement", "meting", "measurement"),
    name("Milestone", "mijlpaal", "milestone"),
    name("MonitoringRound", "monitoringsronde", "monitoring round"),
    name("Motion", "motie", "motion"),
    name(
        "MotionAnswer",
        "uitvoering van een motie",
        "answer to a motion",
    ),
    name("Municipality", "gemeente", "municipality"),
    name("NationalFigure", "landelijk cijfer", "national figure"),
    name("Obligation", "verplichting", "obligation"),
    name("OperationalGoal", "operationeel doel", "operational goal"),
    name("Partner", "partner", "partner"),
    name(
        "PartnerMention",
        "vermelding van een partner",
        "mention of a partner",
    ),
    name(
        "PlanStep",
        "stap in de totstandkoming",
        "step in the making of the plan",
    ),
    name("PlanTheme", "thema", "theme"),
    name("PlanVersion", "planversie", "plan version"),
    name(
        "PlannedReorganisation",
        "voorgenomen herindeling",
        "planned reorganisation",
    ),
    name(
        "PolicyAdoption",
        "vaststelling van beleid",
        "adoption of policy",
    ),
    name(
        "PolicyDeclaration",
        "verklaring over het beleid",
        "word on the policy",
    ),
    name("PolicyDocument", "beleidsdocument", "policy document"),
    name(
        "PolicyProvision",
        "bepaling van beleid",
        "provision of policy",
    ),
    name("Proposal", "voorstel", "proposal"),
    name("Publication", "publicatie", "publication"),
    name("PublishedCount", "gepubliceerd aantal", "published count"),
    name(
        "PublishedMunicipalityCount",
        "gepubliceerd aantal gemeenten",
        "published number of municipalities",
    ),
    name(
        "ReferenceCitation",
        "verwijzing in een bron",
        "citation in a source",
    ),
    name("Reorganisation", "herindeling", "reorganisation"),
    name("RegionalAnswer", "regionaal antwoord", "regional answer"),
    name(
        "RegionalBottleneck",
        "knelpunt van een regio",
        "bottleneck of a region",
    ),
    name(
        "RegionalDecision",
        "besluit van een regio",
        "decision of a region",
    ),
    name(
        "RegionalMeeting",
        "bijeenkomst van een regio",
        "meeting of a region",
    ),
    name("RegionalReport", "halfjaarrapportage", "half-year report"),
    name("ReportingPeriod", "rapportageperiode", "reporting period"),
    name("ReportingPoint", "meldpunt", "reporting point"),
    name(
        "ReportingStep",
        "stap van de meldroute",
        "step of the reporting route",
    ),
    name(
        "RoundExclusion",
        "uitzondering van een ronde",
        "exclusion from a round",
    ),
    name(
        "RoundReport",
        "rapportage in een open ronde",
        "report in an open round",
    ),
    name("SourceDocument", "brondocument", "source document"),
    name("StatusReport", "stand van zaken", "status report"),
    name(
        "SubmissionMandate",
        "indieningsmandaat",
        "submission mandate",
    ),
    name("Theme", "thema van het kader", "theme of the framework"),
    name("Tile", "tegel van de kaart", "tile of the map"),
    name("UnnamedParty", "onbepaalde partij", "unnamed party"),
    name("Verdict", "oordeel", "verdict"),
];

/// What was done, by the operation's code.
const OPERATIONS: &[Name] = &[
    name("data.imported", "opgenomen", "taken in"),
    name("data.corrected", "gecorrigeerd", "corrected"),
    name("data.withdrawn", "ingetrokken", "withdrawn"),
    name(
        "reportingRegion.registered",
        "geregistreerd als rapporterende regio",
        "registered as reporting region",
    ),
    name("publication.prepared", "voorbereid", "prepared"),
    name(
        "publication.respondedTo",
        "reactie van de gemeente",
        "response of the municipality",
    ),
    name(
        "publication.embargoed",
        "onder embargo gesteld",
        "put under embargo",
    ),
    name("publication.released", "openbaar gemaakt", "released"),
    name("publication.withdrawn", "ingetrokken", "withdrawn"),
    name(
        "publication.noted",
        "van een kanttekening voorzien",
        "noted beside",
    ),
    name("reportingPeriod.opened", "geopend", "opened"),
    name("assessment.submitted", "ingediend", "submitted"),
    name("assessment.confirmed", "bevestigd", "confirmed"),
    name("assessment.returned", "teruggegeven", "returned"),
    name("assessment.withdrawn", "ingetrokken", "withdrawn"),
    name("assessment.questioned", "vragen gesteld", "questions asked"),
    name(
        "assessment.replied",
        "vraag beantwoord",
        "question answered",
    ),
    name(
        "assessment.extended",
        "uitstel verleend",
        "deadline extended",
    ),
    name(
        "assessment.filledOnBehalf",
        "namens de gemeente ingevuld",
        "filled in on behalf",
    ),
    name("submissionMandate.given", "gegeven", "given"),
    name("submissionMandate.ended", "beëindigd", "ended"),
    name("reportingPeriod.rescheduled", "verzet", "rescheduled"),
    name("frameworkEdition.proposed", "voorgesteld", "proposed"),
    name("frameworkEdition.endorsed", "vastgesteld", "endorsed"),
    name("frameworkEdition.retired", "vervallen", "retired"),
    name(
        "frameworkEdition.rulesReplaced",
        "onder een nieuwe regelset gebracht",
        "brought under a new rule set",
    ),
    name("feedKey.created", "gemaakt", "created"),
    name("feedKey.rotated", "vernieuwd", "rotated"),
    name("feedKey.revoked", "ingetrokken", "revoked"),
    name("monitoringRound.opened", "geopend", "opened"),
    name("monitoringRound.closed", "gesloten", "closed"),
    name("roundReport.reported", "gerapporteerd", "reported"),
    name("roundExclusion.recorded", "vastgelegd", "recorded"),
    name("statusReport.accepted", "opgenomen", "accepted"),
    name("statusReport.corrected", "gecorrigeerd", "corrected"),
    name("text.redacted", "tekst geschrapt", "text redacted"),
    name("action.planned", "gepland", "planned"),
    name("action.changed", "opnieuw gepland", "planned anew"),
    name("action.ended", "beëindigd", "ended"),
    name("actionTitle.recorded", "vastgelegd", "recorded"),
    name("actionYear.recorded", "vastgelegd", "recorded"),
    name("actionGoal.recorded", "vastgelegd", "recorded"),
    name("actionGoal.withdrawn", "ingetrokken", "withdrawn"),
    name("actionRelation.recorded", "vastgelegd", "recorded"),
    name("actionRelation.withdrawn", "ingetrokken", "withdrawn"),
    name("actionResult.recorded", "vastgelegd", "recorded"),
    name("actionResult.changed", "gewijzigd", "changed"),
    name("measurement.recorded", "vastgelegd", "recorded"),
    name("measurement.changed", "gewijzigd", "changed"),
    name("budgetCell.set", "vastgesteld", "set"),
    name("budgetCell.withdrawn", "ingetrokken", "withdrawn"),
    name("partner.registered", "geregistreerd", "registered"),
    name("partner.changed", "gewijzigd", "changed"),
    name("actionPartner.assigned", "toegewezen", "assigned"),
    name("actionPartner.changed", "gewijzigd", "changed"),
    name("sourceDocument.registered", "geregistreerd", "registered"),
    name("policy.recorded", "vastgelegd", "recorded"),
    name("adoption.recorded", "vastgelegd", "recorded"),
    name("policyState.declared", "afgegeven", "given"),
    name("function.assigned", "vastgelegd", "recorded"),
    name("functionRegistrar.named", "aangewezen", "named"),
    name("area.registered", "geregistreerd", "registered"),
    name("areaMembership.set", "vastgesteld", "set"),
    name("reorganisation.recorded", "vastgelegd", "recorded"),
    name(
        "municipality.reorganised",
        "gewijzigd door een herindeling",
        "changed by a reorganisation",
    ),
    name("regionalAnswer.submitted", "ingediend", "submitted"),
    name("regionalAnswer.ended", "beëindigd", "ended"),
    name("regionalAnswer.questioned", "bevraagd", "questioned"),
    name("regionalAnswer.returned", "teruggestuurd", "returned"),
    name("regionalAnswer.confirmed", "bevestigd", "confirmed"),
    name("regionalMeeting.recorded", "vastgelegd", "recorded"),
    name("regionalBottleneck.raised", "vastgelegd", "recorded"),
    name("regionalBottleneck.resolved", "opgelost", "resolved"),
    name("regionalDecision.recorded", "vastgelegd", "recorded"),
    name("regionalReport.submitted", "ingediend", "submitted"),
    name("regionalReport.confirmed", "bevestigd", "confirmed"),
    name("verdict.judged", "opnieuw bepaald", "judged anew"),
];

/// The kinds of things that an entry may be of.
pub fn kinds() -> impl Iterator<Item = &'static str> + Clone {
    KINDS.iter().map(|kind| kind.code)
}

/// What a code is called in Dutch and in English; an unknown one by the code itself.
fn named<'a>(names: &'static [Name], code: &'a str) -> (&'a str, &'a str) {
    names
        .iter()
        .find(|name| name.code == code)
        .map_or((code, code), |name| (name.nl, name.en))
}

/// A label in Dutch and in English.
type Label = (&'static str, &'static str);

/// What a status was and became; of one that was corrected both are there.
#[derive(Debug, Clone, Copy, Default)]
pub struct StatusLabels {
    /// The label of what it was.
    pub before: Option<Label>,
    /// The label of what it is.
    pub after: Option<Label>,
}

/// What an entry says, as one sentence in Dutch and English.
pub fn sentence(
    operation: &str,
    subject_kind: &str,
    subject_key: &str,
    status: StatusLabels,
) -> (String, String) {
    let (kind_nl, kind_en) = named(KINDS, subject_kind);
    let (done_nl, done_en) = named(OPERATIONS, operation);
    let (mut nl, mut en) = (
        format!("{} {subject_key}: {done_nl}", capital(kind_nl)),
        format!("{} {subject_key}: {done_en}", capital(kind_en)),
    );
    match (status.before, status.after) {
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
            sentence(
                "data.corrected",
                "StatusReport",
                "2025-1/2024/17",
                StatusLabels {
                    before: Some(was),
                    after: Some(is)
                }
            ),
            (
                "Stand van zaken 2025-1/2024/17: gecorrigeerd, van “In uitvoering” naar \
                 “Afgerond”."
                    .to_owned(),
                "Status report 2025-1/2024/17: corrected, from “In progress” to “Completed”."
                    .to_owned()
            )
        );
    }

    #[test]
    fn an_unknown_kind_is_named_by_its_code() {
        assert_eq!(
            sentence("x.done", "Thing", "1", StatusLabels::default()).0,
            "Thing 1: x.done."
        );
    }
}
