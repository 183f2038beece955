//! The mutations of the contract as a closed list, each with the rule of the mandate table that it
//! asks.

use super::Rule;
use crate::code_list::code_list;

code_list! {
    /// A mutation, by its name: what somebody may do. NL: handeling.
    pub enum Operation {
        /// Accepts and submits what VNG filled in on behalf of the municipality. NL: accepteren
        /// wat namens u is ingevuld.
        AcceptOnBehalf = "acceptOnBehalf",
            "Accepteren wat namens u is ingevuld",
            "Accept what was filled in on your behalf",
            "Accepteren en indienen wat VNG namens de gemeente heeft ingevuld.";
        /// Replies to a question of VNG about the latest version. NL: vraag beantwoorden.
        AnswerQuestion = "answerQuestion", "Vraag beantwoorden", "Answer a question",
            "Een vraag van VNG over de laatste versie beantwoorden.";
        /// Asks the municipality questions about the latest version. NL: vragen stellen.
        AskQuestions = "askQuestions", "Vragen stellen", "Ask questions",
            "De gemeente vragen stellen over de laatste versie.";
        /// Records who fills a function. NL: functie invullen.
        AssignFunction = "assignFunction", "Functie invullen", "Assign a function",
            "Vastleggen wie een functie vervult.";
        /// Gives a partner a role in an action, or ends it. NL: rol toewijzen.
        AssignPartner = "assignPartner", "Rol toewijzen", "Assign a role",
            "Een partner een rol geven in een actie, of die rol beëindigen.";
        /// Takes the latest version of an assessment in hand. NL: in behandeling nemen.
        ClaimReview = "claimReview", "In behandeling nemen", "Claim the review",
            "De laatste versie van een beoordeling in behandeling nemen.";
        /// Takes the latest versions of many assessments in hand. NL: in behandeling nemen.
        ClaimReviews = "claimReviews",
            "Beoordelingen in behandeling nemen",
            "Claim reviews",
            "De laatste versies van veel beoordelingen tegelijk in behandeling nemen.";
        /// Closes a monitoring round and records what it takes in. NL: monitoringsronde sluiten.
        CloseMonitoringRound = "closeMonitoringRound",
            "Monitoringsronde sluiten",
            "Close the monitoring round",
            "Een monitoringsronde sluiten en vastleggen wat zij opneemt.";
        /// Confirms the latest version of an assessment. NL: beoordeling bevestigen.
        ConfirmAssessment = "confirmAssessment",
            "Beoordeling bevestigen",
            "Confirm the assessment",
            "De laatste versie van een beoordeling bevestigen.";
        /// Confirms the latest versions of many assessments. NL: beoordelingen bevestigen.
        ConfirmAssessments = "confirmAssessments",
            "Beoordelingen bevestigen",
            "Confirm assessments",
            "De laatste versies van veel beoordelingen tegelijk bevestigen.";
        /// Confirms an answer of a region. NL: regionaal antwoord bevestigen.
        ConfirmRegionalAnswer = "confirmRegionalAnswer",
            "Regionaal antwoord bevestigen",
            "Confirm the regional answer",
            "Het antwoord van een regio bevestigen.";
        /// Confirms the half-yearly report of a region. NL: halfjaarrapportage bevestigen.
        ConfirmRegionalReport = "confirmRegionalReport",
            "Halfjaarrapportage bevestigen",
            "Confirm the half-yearly report",
            "De halfjaarrapportage van een regio bevestigen.";
        /// Corrects a status in a closed monitoring round. NL: stand corrigeren.
        CorrectStatusReport = "correctStatusReport", "Stand corrigeren", "Correct a status",
            "Een stand in een gesloten monitoringsronde corrigeren.";
        /// Makes a key with which a program reads feeds. NL: feedsleutel maken.
        CreateFeedKey = "createFeedKey", "Feedsleutel maken", "Make a feed key",
            "Een sleutel maken waarmee een programma feeds leest.";
        /// Declares that nobody fills a function somewhere. NL: witte vlek melden.
        DeclareFunctionVacancy = "declareFunctionVacancy",
            "Witte vlek melden",
            "Declare a vacant function",
            "Melden dat een functie ergens niet is ingevuld.";
        /// Declares how far the policy of a municipality is. NL: stand van het beleid opgeven.
        DeclarePolicyState = "declarePolicyState",
            "Stand van het beleid opgeven",
            "Declare the state of the policy",
            "Opgeven hoe ver een gemeente met haar beleid is.";
        /// Records when and why an action ends. NL: actie beëindigen.
        EndAction = "endAction", "Actie beëindigen", "End the action",
            "Vastleggen wanneer en waarom een actie eindigt.";
        /// Ends an answer of a region. NL: regionaal antwoord beëindigen.
        EndRegionalAnswer = "endRegionalAnswer",
            "Regionaal antwoord beëindigen",
            "End the regional answer",
            "Het antwoord van een regio laten eindigen.";
        /// Ends a submission mandate. NL: indieningsmandaat beëindigen.
        EndSubmissionMandate = "endSubmissionMandate",
            "Indieningsmandaat beëindigen",
            "End the submission mandate",
            "Een indieningsmandaat laten eindigen.";
        /// Endorses an edition of the framework. NL: editie vaststellen.
        EndorseEdition = "endorseEdition", "Editie vaststellen", "Endorse the edition",
            "Een editie van het kader vaststellen.";
        /// Gives a municipality a later deadline. NL: uitstel verlenen.
        ExtendDeadline = "extendDeadline", "Uitstel verlenen", "Extend the deadline",
            "Een gemeente een latere uiterste datum geven.";
        /// Fills in answers on behalf of a municipality. NL: invullen namens een gemeente.
        FillOnBehalf = "fillOnBehalf", "Invullen namens een gemeente", "Fill in on behalf",
            "Antwoorden invullen namens een gemeente.";
        /// Gives a region a mandate to submit. NL: indieningsmandaat geven.
        GiveSubmissionMandate = "giveSubmissionMandate",
            "Indieningsmandaat geven",
            "Give a submission mandate",
            "Een regio machtigen om voor de gemeente in te dienen.";
        /// Reads an answer sheet into the draft. NL: antwoordblad inlezen.
        ImportAnswerSheet = "importAnswerSheet", "Antwoordblad inlezen", "Import an answer sheet",
            "Een antwoordblad inlezen in het concept.";
        /// Fills in for many municipalities from a table. NL: beoordelingen inlezen.
        ImportAssessments = "importAssessments", "Beoordelingen inlezen", "Import assessments",
            "Voor veel gemeenten tegelijk invullen uit een tabel.";
        /// Reports on many actions of an open round from a table. NL: standen inlezen.
        ImportStatusReports = "importStatusReports", "Standen inlezen", "Import status reports",
            "Over veel acties tegelijk rapporteren uit een tabel.";
        /// Links actions, or takes links away. NL: acties koppelen.
        LinkActions = "linkActions", "Acties koppelen", "Link actions",
            "Acties aan elkaar koppelen of van elkaar losmaken.";
        /// Names a partner that records who fills functions. NL: partner aanwijzen.
        NameFunctionRegistrar = "nameFunctionRegistrar", "Partner aanwijzen", "Name a partner",
            "Een partner aanwijzen die vastlegt wie functies vervullen.";
        /// Lays a proposed edition open for comment. NL: editie ter consultatie voorleggen.
        OpenEditionForComment = "openEditionForComment",
            "Editie ter consultatie voorleggen",
            "Lay an edition open for comment",
            "Een voorgestelde editie ter consultatie voorleggen.";
        /// Opens a monitoring round. NL: monitoringsronde openen.
        OpenMonitoringRound = "openMonitoringRound",
            "Monitoringsronde openen",
            "Open a monitoring round",
            "Een monitoringsronde openen.";
        /// Opens a reporting period. NL: rapportageperiode openen.
        OpenReportingPeriod = "openReportingPeriod",
            "Rapportageperiode openen",
            "Open a reporting period",
            "Een rapportageperiode openen.";
        /// Plans an action, or plans it anew. NL: actie plannen.
        PlanAction = "planAction", "Actie plannen", "Plan an action",
            "Een actie plannen of opnieuw plannen.";
        /// Prepares a publication. NL: publicatie voorbereiden.
        PreparePublication = "preparePublication",
            "Publicatie voorbereiden",
            "Prepare a publication",
            "Een publicatie voorbereiden.";
        /// Proposes an edition of the framework. NL: editie voorstellen.
        ProposeEdition = "proposeEdition", "Editie voorstellen", "Propose an edition",
            "Een editie van het kader voorstellen.";
        /// Publishes a prepared publication. NL: publiceren.
        Publish = "publish", "Publiceren", "Publish",
            "Een voorbereide publicatie publiceren.";
        /// Asks a region a question about its answer. NL: vraag stellen bij een regionaal antwoord.
        QuestionRegionalAnswer = "questionRegionalAnswer",
            "Vraag stellen bij een regionaal antwoord",
            "Question a regional answer",
            "Een regio een vraag stellen over haar antwoord.";
        /// Records a bottleneck of a region. NL: knelpunt vastleggen.
        RaiseRegionalBottleneck = "raiseRegionalBottleneck",
            "Knelpunt vastleggen",
            "Raise a bottleneck",
            "Een knelpunt in de regio vastleggen.";
        /// Records a line of the plan. NL: actielijn vastleggen.
        RecordActionLine = "recordActionLine",
            "Actielijn vastleggen",
            "Record an action line",
            "Een actielijn van het plan vastleggen of wijzigen.";
        /// Records the adoption of a policy. NL: vaststelling vastleggen.
        RecordAdoption = "recordAdoption", "Vaststelling vastleggen", "Record an adoption",
            "De vaststelling van beleid vastleggen.";
        /// Records a goal of a line. NL: operationeel doel vastleggen.
        RecordGoal = "recordGoal",
            "Operationeel doel vastleggen",
            "Record a goal",
            "Een operationeel doel met zijn streefwaarden vastleggen of wijzigen.";
        /// Records a measurement. NL: meting vastleggen.
        RecordMeasurement = "recordMeasurement", "Meting vastleggen", "Record a measurement",
            "Een meting vastleggen.";
        /// Records a motion or commitment. NL: motie of toezegging vastleggen.
        RecordMotion = "recordMotion",
            "Motie of toezegging vastleggen",
            "Record a motion or commitment",
            "Een motie, toezegging, amendement of verzoek vastleggen of wijzigen.";
        /// Records a version of the plan. NL: planversie vastleggen.
        RecordPlanVersion = "recordPlanVersion",
            "Planversie vastleggen",
            "Record a plan version",
            "Een versie van het plan en haar stand vastleggen of wijzigen.";
        /// Records a policy document. NL: beleid vastleggen.
        RecordPolicy = "recordPolicy", "Beleid vastleggen", "Record a policy",
            "Een beleidsdocument vastleggen.";
        /// Records a decision of a region. NL: besluit vastleggen.
        RecordRegionalDecision = "recordRegionalDecision",
            "Besluit vastleggen",
            "Record a decision",
            "Een besluit van een regio vastleggen.";
        /// Records a meeting of a region. NL: overleg vastleggen.
        RecordRegionalMeeting = "recordRegionalMeeting",
            "Overleg vastleggen",
            "Record a meeting",
            "Een overleg van een regio vastleggen.";
        /// Records a reorganisation of municipalities. NL: herindeling vastleggen.
        RecordReorganisation = "recordReorganisation",
            "Herindeling vastleggen",
            "Record a reorganisation",
            "Een herindeling van gemeenten vastleggen.";
        /// Records a result of an action. NL: resultaat vastleggen.
        RecordResult = "recordResult", "Resultaat vastleggen", "Record a result",
            "Een resultaat van een actie vastleggen.";
        /// Registers an area. NL: gebied registreren.
        RegisterArea = "registerArea", "Gebied registreren", "Register an area",
            "Een gebied registreren.";
        /// Registers the functional mailbox of the organisation. NL: postvak aanmelden.
        RegisterMailbox = "registerMailbox", "Postvak aanmelden", "Register a mailbox",
            "Het functionele postvak van de organisatie aanmelden voor een dagelijks overzicht van \
             openstaande taken.";
        /// Registers a partner, or changes it. NL: partner registreren.
        RegisterPartner = "registerPartner", "Partner registreren", "Register a partner",
            "Een partner registreren of wijzigen.";
        /// Registers a reporting region. NL: rapporterende regio registreren.
        RegisterReportingRegion = "registerReportingRegion",
            "Rapporterende regio registreren",
            "Register a reporting region",
            "Een rapporterende regio registreren.";
        /// Registers a source document. NL: brondocument registreren.
        RegisterSourceDocument = "registerSourceDocument",
            "Brondocument registreren",
            "Register a source document",
            "Een brondocument registreren.";
        /// Remarks on a criterion of an edition that is laid open. NL: opmerking bij een criterium.
        RemarkOnCriterion = "remarkOnCriterion",
            "Opmerking bij een criterium maken",
            "Remark on a criterion",
            "Een opmerking maken bij een criterium van een editie die ter consultatie ligt.";
        /// Reports on an action in an open round. NL: stand rapporteren.
        ReportStatus = "reportStatus", "Stand rapporteren", "Report the status",
            "In een open ronde over een actie rapporteren.";
        /// Changes the days of a reporting period. NL: rapportageperiode verzetten.
        RescheduleReportingPeriod = "rescheduleReportingPeriod",
            "Rapportageperiode verzetten",
            "Reschedule the reporting period",
            "De dagen van een rapportageperiode wijzigen.";
        /// Records that a bottleneck is resolved. NL: knelpunt oplossen.
        ResolveRegionalBottleneck = "resolveRegionalBottleneck",
            "Knelpunt oplossen",
            "Resolve a bottleneck",
            "Vastleggen dat een knelpunt is opgelost.";
        /// Responds to a verdict that will be published. NL: reageren op oordeel.
        RespondToVerdict = "respondToVerdict", "Reageren op oordeel", "Respond to the verdict",
            "Reageren op een oordeel dat zal worden gepubliceerd.";
        /// Returns the latest version to the municipality with a reason. NL: beoordeling
        /// teruggeven.
        ReturnAssessment = "returnAssessment", "Beoordeling teruggeven", "Return the assessment",
            "De laatste versie met een reden aan de gemeente teruggeven.";
        /// Returns the latest versions of many assessments, each with a reason. NL: beoordelingen
        /// teruggeven.
        ReturnAssessments = "returnAssessments",
            "Beoordelingen teruggeven",
            "Return assessments",
            "De laatste versies van veel beoordelingen tegelijk teruggeven, elk met een reden.";
        /// Returns an answer of a region with a reason. NL: regionaal antwoord terugsturen.
        ReturnRegionalAnswer = "returnRegionalAnswer",
            "Regionaal antwoord terugsturen",
            "Return the regional answer",
            "Het antwoord van een regio met een reden terugsturen.";
        /// Revokes a feed key. NL: feedsleutel intrekken.
        RevokeFeedKey = "revokeFeedKey", "Feedsleutel intrekken", "Revoke the feed key",
            "Een feedsleutel intrekken.";
        /// Replaces the secret of a feed key. NL: feedsleutel vernieuwen.
        RotateFeedKey = "rotateFeedKey", "Feedsleutel vernieuwen", "Rotate the feed key",
            "Het geheim van een feedsleutel vernieuwen.";
        /// Keeps answers in the draft. NL: concept opslaan.
        SaveDraft = "saveDraft", "Concept opslaan", "Save the draft",
            "Antwoorden in het concept opslaan.";
        /// Records which municipalities belong to an area. NL: leden van een gebied vaststellen.
        SetAreaMembers = "setAreaMembers",
            "Leden van een gebied vaststellen",
            "Set the members of an area",
            "Vastleggen welke gemeenten bij een gebied horen.";
        /// Records amounts in the budget. NL: begroting vastleggen.
        SetBudget = "setBudget", "Begroting vastleggen", "Set the budget",
            "Bedragen in de begroting vastleggen.";
        /// Starts a draft with what the last assessment said. NL: concept beginnen.
        StartDraft = "startDraft", "Concept beginnen", "Start the draft",
            "Een concept beginnen met wat de vorige beoordeling zei.";
        /// Submits the draft as a version that never changes. NL: beoordeling indienen.
        SubmitAssessment = "submitAssessment", "Beoordeling indienen", "Submit the assessment",
            "Het concept indienen als versie die niet meer verandert.";
        /// Answers a criterion for the members of a region. NL: regionaal antwoord indienen.
        SubmitRegionalAnswer = "submitRegionalAnswer",
            "Regionaal antwoord indienen",
            "Submit a regional answer",
            "Namens de gemeenten van een regio een criterium beantwoorden.";
        /// Submits the half-yearly report of a region. NL: halfjaarrapportage indienen.
        SubmitRegionalReport = "submitRegionalReport",
            "Halfjaarrapportage indienen",
            "Submit a half-yearly report",
            "De halfjaarrapportage van een regio indienen.";
        /// Takes back a line that was recorded by mistake. NL: actielijn intrekken.
        WithdrawActionLine = "withdrawActionLine",
            "Actielijn intrekken",
            "Withdraw the action line",
            "Een actielijn intrekken die bij vergissing is vastgelegd.";
        /// Takes the latest version of an assessment back. NL: beoordeling intrekken.
        WithdrawAssessment = "withdrawAssessment",
            "Beoordeling intrekken",
            "Withdraw the assessment",
            "De laatste versie van een beoordeling intrekken.";
        /// Takes a proposal of an edition back. NL: editie intrekken.
        WithdrawEdition = "withdrawEdition", "Editie intrekken", "Withdraw the edition",
            "Een voorstel voor een editie van het kader intrekken.";
        /// Takes back that nobody fills a function somewhere. NL: witte vlek intrekken.
        WithdrawFunctionVacancy = "withdrawFunctionVacancy",
            "Witte vlek intrekken",
            "Withdraw a vacant function",
            "Intrekken dat een functie ergens niet is ingevuld.";
        /// Takes back a goal that was recorded by mistake. NL: operationeel doel intrekken.
        WithdrawGoal = "withdrawGoal",
            "Operationeel doel intrekken",
            "Withdraw the goal",
            "Een operationeel doel intrekken dat bij vergissing is vastgelegd.";
        /// Withdraws the functional mailbox of the organisation. NL: postvak afmelden.
        WithdrawMailbox = "withdrawMailbox", "Postvak afmelden", "Withdraw the mailbox",
            "Het functionele postvak van de organisatie afmelden.";
        /// Takes back a motion that was recorded by mistake. NL: motie of toezegging intrekken.
        WithdrawMotion = "withdrawMotion",
            "Motie of toezegging intrekken",
            "Withdraw the motion or commitment",
            "Een motie of toezegging intrekken die bij vergissing is vastgelegd.";
        /// Takes back a version that was recorded by mistake. NL: planversie intrekken.
        WithdrawPlanVersion = "withdrawPlanVersion",
            "Planversie intrekken",
            "Withdraw the plan version",
            "Een planversie intrekken die bij vergissing is vastgelegd.";
        /// Takes a publication back. NL: publicatie intrekken.
        WithdrawPublication = "withdrawPublication",
            "Publicatie intrekken",
            "Withdraw the publication",
            "Een publicatie intrekken.";
        /// Takes back a bottleneck that was recorded by mistake. NL: knelpunt intrekken.
        WithdrawRegionalBottleneck = "withdrawRegionalBottleneck",
            "Knelpunt intrekken",
            "Withdraw a bottleneck",
            "Een knelpunt intrekken dat bij vergissing is vastgelegd.";
        /// Takes back a decision that was recorded by mistake. NL: regionaal besluit intrekken.
        WithdrawRegionalDecision = "withdrawRegionalDecision",
            "Regionaal besluit intrekken",
            "Withdraw a regional decision",
            "Een besluit van een regio intrekken dat bij vergissing is vastgelegd.";
        /// Takes back that a region met. NL: regionaal overleg intrekken.
        WithdrawRegionalMeeting = "withdrawRegionalMeeting",
            "Regionaal overleg intrekken",
            "Withdraw a regional meeting",
            "Een overleg van een regio intrekken dat bij vergissing is vastgelegd.";
        /// Takes a reorganisation of municipalities back. NL: herindeling intrekken.
        WithdrawReorganisation = "withdrawReorganisation",
            "Herindeling intrekken",
            "Withdraw the reorganisation",
            "Een herindeling van gemeenten intrekken, met alles wat daarbij is vastgelegd.";
    }
}

impl Operation {
    /// The rule that it asks.
    #[must_use]
    pub const fn rule(self) -> Rule {
        match self {
            Self::AcceptOnBehalf | Self::EndSubmissionMandate | Self::GiveSubmissionMandate => {
                Rule::DecideForItself
            }
            Self::AnswerQuestion | Self::SubmitAssessment | Self::WithdrawAssessment => {
                Rule::Submit
            }
            Self::AskQuestions
            | Self::ClaimReview
            | Self::ClaimReviews
            | Self::ConfirmAssessment
            | Self::ConfirmAssessments
            | Self::ConfirmRegionalAnswer
            | Self::ConfirmRegionalReport
            | Self::ExtendDeadline
            | Self::QuestionRegionalAnswer
            | Self::ReturnAssessment
            | Self::ReturnAssessments
            | Self::ReturnRegionalAnswer => Rule::Review,
            Self::AssignFunction | Self::DeclareFunctionVacancy | Self::WithdrawFunctionVacancy => {
                Rule::AssignFunction
            }
            Self::AssignPartner
            | Self::CloseMonitoringRound
            | Self::CorrectStatusReport
            | Self::EndAction
            | Self::ImportStatusReports
            | Self::LinkActions
            | Self::OpenMonitoringRound
            | Self::PlanAction
            | Self::RecordActionLine
            | Self::RecordGoal
            | Self::RecordMotion
            | Self::RecordPlanVersion
            | Self::RegisterPartner
            | Self::SetBudget
            | Self::WithdrawActionLine
            | Self::WithdrawGoal
            | Self::WithdrawMotion
            | Self::WithdrawPlanVersion => Rule::ManagePlan,
            Self::CreateFeedKey | Self::RotateFeedKey => Rule::ManageFeedKeys,
            Self::RegisterMailbox | Self::WithdrawMailbox => Rule::ManageMailbox,
            Self::DeclarePolicyState | Self::RecordAdoption | Self::RecordPolicy => {
                Rule::RecordPolicy
            }
            Self::EndRegionalAnswer
            | Self::RaiseRegionalBottleneck
            | Self::RecordRegionalDecision
            | Self::RecordRegionalMeeting
            | Self::ResolveRegionalBottleneck
            | Self::SubmitRegionalAnswer
            | Self::SubmitRegionalReport
            | Self::WithdrawRegionalBottleneck
            | Self::WithdrawRegionalDecision
            | Self::WithdrawRegionalMeeting => Rule::KeepRegional,
            Self::EndorseEdition
            | Self::NameFunctionRegistrar
            | Self::OpenEditionForComment
            | Self::OpenReportingPeriod
            | Self::ProposeEdition
            | Self::RecordReorganisation
            | Self::RegisterArea
            | Self::RegisterReportingRegion
            | Self::RescheduleReportingPeriod
            | Self::SetAreaMembers
            | Self::WithdrawEdition
            | Self::WithdrawReorganisation => Rule::Framework,
            Self::FillOnBehalf => Rule::FillOnBehalf,
            Self::ImportAnswerSheet | Self::SaveDraft | Self::StartDraft => Rule::FillDraft,
            Self::ImportAssessments => Rule::ImportAssessments,
            Self::PreparePublication => Rule::PreparePublication,
            Self::Publish | Self::WithdrawPublication => Rule::Publish,
            Self::RecordMeasurement | Self::RecordResult | Self::ReportStatus => Rule::ReportStatus,
            Self::RegisterSourceDocument => Rule::RegisterSource,
            Self::RemarkOnCriterion => Rule::Remark,
            Self::RespondToVerdict => Rule::RespondToVerdict,
            Self::RevokeFeedKey => Rule::OverseeFeedKeys,
        }
    }
}
