//! Every kind of thing that an entry may be of: what its key names, and how a sentence speaks of
//! it. A test holds the list to the kinds that the data set and the mutations write.

use super::things::Thing;

/// A kind of thing.
pub(super) struct Kind {
    /// The code, as in `StatusReport`.
    pub(super) code: &'static str,
    /// What a key of the kind names, in this order.
    pub(super) things: &'static [Thing],
    /// The sentence: `{0}` is the first thing, `{event}` is what happened.
    pub(super) sentence: Template,
    /// The sentence where what was recorded before is changed, if it is another.
    pub(super) changed: Option<Template>,
}

/// A sentence with places for things and the event.
#[derive(Clone, Copy)]
pub(super) struct Template {
    /// In Dutch.
    pub(super) nl: &'static str,
    /// In English.
    pub(super) en: &'static str,
}

/// What is said of a thing that is a thing by itself when its record is changed.
const RECORD: Template = Template {
    nl: "wat over {0} is vastgelegd, {event}",
    en: "what is recorded of {0} {event}",
};

/// The kinds, each as its code, the things of its key, its two sentences, and the sentence where
/// its record is changed, if that is another.
macro_rules! kinds {
    ($($code:ident [$($thing:ident)*] $nl:literal $en:literal $(or $changed:expr)?;)+) => {
        pub(super) const KINDS: &[Kind] = &[$(Kind {
            code: stringify!($code),
            things: &[$(Thing::$thing),*],
            sentence: Template { nl: $nl, en: $en },
            changed: kinds!(@changed $($changed)?),
        }),+];
    };
    (@changed) => { None };
    (@changed $changed:expr) => { Some($changed) };
}

/// Of a role in an action.
const ROLE: Template = Template {
    nl: "de rol van {1} als {2} van {0} {event}",
    en: "the role of {1} as {2} of {0} {event}",
};

/// Of a partner that VNG named.
const REGISTRAR: Template = Template {
    nl: "de aanwijzing van {0} als partner die functies vastlegt, {event}",
    en: "that {0} records functions {event}",
};

kinds! {
    Action [Action]
        "{0} {event}"
        "{0} {event}"
        or RECORD;
    ActionGoal [Action Goal]
        "de koppeling van {0} aan {1} {event}"
        "the link of {0} to {1} {event}";
    ActionLine [ActionLine]
        "{0} {event}"
        "{0} {event}"
        or RECORD;
    ActionLineage [Action Action]
        "de herkomst van {1} uit {0} {event}"
        "the descent of {1} from {0} {event}";
    ActionPartner [Action Partner PartnerRole]
        "{1} {event} als {2} van {0}"
        "{1} {event} as {2} of {0}"
        or ROLE;
    ActionPhase [Action Key]
        "fase {1} van {0} {event}"
        "phase {1} of {0} {event}";
    ActionReference [Action Key]
        "verwijzing {1} bij {0} {event}"
        "reference {1} of {0} {event}";
    ActionRelation [Action RelationKind Action]
        "de samenhang van {0} met {2} ({1}) {event}"
        "the relation of {0} to {2} ({1}) {event}";
    ActionResult [Action Key]
        "resultaat {1} van {0} {event}"
        "result {1} of {0} {event}";
    ActionTheme [Action PlanTheme]
        "de koppeling van {0} aan het thema {1} {event}"
        "the link of {0} to the theme {1} {event}";
    ActionTitle [Action Source]
        "de titel van {0} in {1} {event}"
        "the title of {0} in {1} {event}";
    ActionYear [Action Key Place Source]
        "wat {3} over {0} in {1} zegt ({2}), {event}"
        "what {3} says of {0} in {1} ({2}) {event}";
    Activity [Action Key]
        "activiteit {1} van {0} {event}"
        "activity {1} of {0} {event}";
    AdjacentPolicy [AdjacentPolicy]
        "het aanpalende beleid {0} {event}"
        "the adjacent policy {0} {event}";
    Area [Area]
        "{0} {event}"
        "{0} {event}"
        or RECORD;
    AreaMembership [Area Municipality]
        "de indeling van {1} bij {0} {event}"
        "the membership of {1} in {0} {event}";
    Assessment [Municipality Period]
        "de beoordeling van {0} over {1} {event}"
        "the assessment of {0} for {1} {event}";
    BudgetCell [BudgetCell]
        "{0} {event}"
        "{0} {event}";
    BuildingBlock [BuildingBlock]
        "de bouwsteen {0} {event}"
        "the building block {0} {event}";
    Criterion [Criterion]
        "{0} {event}"
        "{0} {event}"
        or RECORD;
    CriterionRemark [Criterion Key]
        "de opmerking van {1} bij {0} {event}"
        "the remark of {1} on {0} {event}";
    DataDecision [Key]
        "de gegevensbeslissing {0} {event}"
        "the data decision {0} {event}";
    EffectIndicator [Indicator]
        "de effectindicator {0} {event}"
        "the effect indicator {0} {event}";
    Event [Event]
        "de bijeenkomst {0} {event}"
        "the meeting {0} {event}";
    EventParticipant [Event Key]
        "deelnemer {1} van de bijeenkomst {0} {event}"
        "participant {1} of the meeting {0} {event}";
    ExploitationForm [Form]
        "de vorm van uitbuiting {0} {event}"
        "the form of exploitation {0} {event}";
    FeedKey [Key]
        "feedsleutel {0} {event}"
        "feed key {0} {event}";
    FrameworkEdition [Edition]
        "{0} van het kader {event}"
        "{0} of the framework {event}";
    FunctionAssignment [Assignment]
        "de invulling van de functie {0} {event}"
        "the assignment of the function {0} {event}";
    FunctionRegistrar [Partner]
        "{0} {event} als partner die functies vastlegt"
        "{0} {event} as a partner that records functions"
        or REGISTRAR;
    FunctionRole [FunctionRole]
        "de functie {0} {event}"
        "the function {0} {event}";
    FunctionVacancy [Vacancy]
        "de melding dat de functie {0} niet is vervuld, {event}"
        "that the function {0} is vacant {event}";
    Funding [Funding]
        "het geld {0} {event}"
        "the funding {0} {event}";
    GoalLineage [Plan Goal Plan Goal]
        "de herkomst van {3} uit {1} {event}"
        "the descent of {3} from {1} {event}";
    GoalTarget [Plan Goal Key]
        "streefwaarde {2} bij {1} {event}"
        "target value {2} for {1} {event}";
    IntendedEffect [Plan Effect]
        "{1} {event}"
        "{1} {event}";
    KnownDifference [Rest]
        "het bekende verschil {0} {event}"
        "the known difference {0} {event}";
    KnownGap [Key]
        "de bekende leemte {0} {event}"
        "the known gap {0} {event}";
    Measurement [Measurement]
        "de meting {0} {event}"
        "the measurement {0} {event}";
    Milestone [Action Key]
        "mijlpaal {1} van {0} {event}"
        "milestone {1} of {0} {event}";
    MonitoringRound [Round]
        "de monitoringsronde {0} {event}"
        "the monitoring round {0} {event}";
    Motion [Motion]
        "{0} {event}"
        "{0} {event}"
        or RECORD;
    MotionAnswer [Motion Key]
        "wat bij onderdeel {1} van {0} is gedaan, {event}"
        "what was done for part {1} of {0} {event}";
    Municipality [Municipality]
        "{0} {event}"
        "{0} {event}"
        or RECORD;
    NationalFigure [NationalFigure]
        "het landelijke cijfer {0} {event}"
        "the national figure {0} {event}";
    Obligation [Action Key]
        "verplichting {1} van {0} {event}"
        "obligation {1} of {0} {event}";
    OperationalGoal [Plan Goal]
        "{1} {event}"
        "{1} {event}";
    Partner [Partner]
        "{0} {event} als partner"
        "{0} {event} as a partner"
        or RECORD;
    PartnerMention [Action Partner Source]
        "de vermelding van {1} bij {0} in {2} {event}"
        "the mention of {1} with {0} in {2} {event}";
    PlanStep [Plan Key]
        "stap {1} in de totstandkoming van {0} {event}"
        "step {1} in the making of {0} {event}";
    PlanTheme [PlanTheme]
        "het thema {0} {event}"
        "the theme {0} {event}";
    PlanVersion [Plan]
        "{0} {event}"
        "{0} {event}"
        or RECORD;
    PlannedReorganisation [Day Municipality Municipality]
        "de voorgenomen overgang van {1} in {2} per {0} {event}"
        "the planned transition of {1} into {2} on {0} {event}";
    PolicyAdoption [Policy Municipality]
        "de vaststelling van {0} door {1} {event}"
        "the adoption of {0} by {1} {event}";
    PolicyDeclaration [Municipality]
        "de opgave van {0} over haar beleid {event}"
        "the statement of {0} on its policy {event}";
    PolicyDocument [Policy]
        "het beleidsdocument {0} {event}"
        "the policy document {0} {event}";
    PolicyProvision [Policy ProvisionKind Key]
        "bepaling {2} ({1}) van {0} {event}"
        "provision {2} ({1}) of {0} {event}";
    Proposal [Proposal]
        "het voorstel {0} {event}"
        "the proposal {0} {event}";
    Publication [Publication]
        "de publicatie {0} {event}"
        "the publication {0} {event}";
    PublishedCount [Round Rest]
        "het gepubliceerde aantal {1} van de monitoringsronde {0} {event}"
        "the published count {1} of the monitoring round {0} {event}";
    PublishedMunicipalityCount [Day]
        "het gepubliceerde aantal gemeenten op {0} {event}"
        "the published number of municipalities on {0} {event}";
    ReferenceCitation [Citation]
        "de verwijzing naar {0} {event}"
        "the citation of {0} {event}";
    RegionalAnswer [Area Criterion]
        "het antwoord van {0} op {1} {event}"
        "the answer of {0} to {1} {event}";
    RegionalBottleneck [Area Key]
        "knelpunt {1} van {0} {event}"
        "bottleneck {1} of {0} {event}";
    RegionalDecision [Area Key]
        "besluit {1} van {0} {event}"
        "decision {1} of {0} {event}";
    RegionalMeeting [Area Day MeetingKind]
        "het {2} van {0} op {1} {event}"
        "the {2} of {0} on {1} {event}";
    RegionalReport [Area Key]
        "de halfjaarrapportage {1} van {0} {event}"
        "the half-year report {1} of {0} {event}";
    Reorganisation [Day Municipality Municipality]
        "de overgang van {1} in {2} per {0} {event}"
        "the transition of {1} into {2} on {0} {event}";
    ReportingPeriod [Period]
        "{0} {event}"
        "{0} {event}"
        or RECORD;
    ReportingPoint [ReportingPoint]
        "het meldpunt {0} {event}"
        "the reporting point {0} {event}";
    ReportingStep [Key Key Key]
        "stap {1}.{2} van de meldroute {0} {event}"
        "step {1}.{2} of the reporting route {0} {event}";
    RoundExclusion [Round Action]
        "de vermelding dat {1} buiten de monitoringsronde {0} blijft, {event}"
        "that {1} stays outside the monitoring round {0} {event}";
    RoundReport [Round Action]
        "de rapportage over {1} in de open monitoringsronde {0} {event}"
        "the report on {1} in the open monitoring round {0} {event}";
    SourceDocument [Source]
        "het brondocument {0} {event}"
        "the source document {0} {event}";
    StatusReport [Round Action]
        "de stand van {1} in de monitoringsronde {0} {event}"
        "the status of {1} in the monitoring round {0} {event}";
    SubmissionMandate [Municipality Area]
        "het indieningsmandaat van {0} aan {1} {event}"
        "the submission mandate of {0} to {1} {event}";
    Theme [Theme]
        "{0} van het kader {event}"
        "{0} of the framework {event}";
    Tile [Rest]
        "de tegel {0} van de kaart {event}"
        "the tile {0} of the map {event}";
    UnnamedParty [Action Key]
        "onbepaalde partij {1} bij {0} {event}"
        "unnamed party {1} with {0} {event}";
    Verdict [Municipality Period]
        "het oordeel over {0} in {1} {event}"
        "the verdict on {0} in {1} {event}";
}
