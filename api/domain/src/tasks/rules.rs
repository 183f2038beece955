//! Tasks as plain values: which kinds there are, who does them by which mutation, in which order
//! they are told.

use crate::{
    code_list::code_list,
    ledger::{
        sentences,
        things::{Named, Thing, Titles},
    },
    policy::Operation,
    text::Text,
};
use chrono::NaiveDate;

code_list! {
    /// What is to be done. NL: soort taak.
    pub enum TaskKind {
        /// A municipality has not handed in its assessment. NL: beoordeling indienen.
        SubmitAssessment = "SUBMIT_ASSESSMENT", "Beoordeling indienen", "Submit the assessment",
            "Een gemeente heeft haar beoordeling nog niet ingediend.";
        /// A member of a region has not handed in its assessment; the region may fill its draft.
        /// NL: concept invullen.
        FillDraft = "FILL_DRAFT", "Concept invullen", "Fill the draft",
            "Een gemeente in de regio heeft haar beoordeling nog niet ingediend; de regio mag \
             haar concept invullen.";
        /// It is not known whether a municipality has adopted policy: no decision is recorded, or
        /// not its date. NL: vaststellingsbesluit vastleggen.
        RecordAdoption = "RECORD_ADOPTION",
            "Vaststellingsbesluit met datum vastleggen",
            "Record the decision to adopt the policy, with its date",
            "Of een gemeente vastgesteld beleid heeft, is niet bekend: er is geen \
             vaststellingsbesluit geregistreerd, of de datum ervan is niet bekend. Heeft zij geen \
             beleid, dan kan zij dat opgeven met declarePolicyState.";
        /// VNG asked something of a version. NL: vraag beantwoorden.
        AnswerQuestion = "ANSWER_QUESTION",
            "Vraag van VNG beantwoorden",
            "Answer the question of VNG",
            "VNG heeft een vraag gesteld over een versie.";
        /// VNG returned the version. NL: teruggegeven beoordeling opnieuw indienen.
        ResubmitAssessment = "RESUBMIT_ASSESSMENT",
            "Teruggegeven beoordeling opnieuw indienen",
            "Submit the returned assessment again",
            "VNG heeft de versie teruggegeven.";
        /// VNG filled in an assessment on behalf of the municipality, which counts once it is
        /// accepted. NL: namens de gemeente ingevuld.
        AcceptOnBehalf = "ACCEPT_ON_BEHALF",
            "Accepteren wat VNG namens u invulde",
            "Accept what VNG filled in on your behalf",
            "VNG heeft namens de gemeente een beoordeling ingevuld, die telt zodra de gemeente \
             haar accepteert.";
        /// All evidence of an answer is out of date, or will be within three months. NL: bewijs
        /// vernieuwen.
        RenewEvidence = "RENEW_EVIDENCE", "Bewijs vernieuwen", "Renew the evidence",
            "Het bewijs bij een antwoord is verouderd of wordt dat binnen drie maanden. Geef met \
             saveDraft nieuwer bewijs en dien opnieuw in.";
        /// All evidence of an answer of a region is out of date, or will be within three months.
        /// NL: bewijs van regio vernieuwen.
        RenewRegionalEvidence = "RENEW_REGIONAL_EVIDENCE",
            "Bewijs bij een regionaal antwoord vernieuwen",
            "Renew the evidence of a regional answer",
            "Het bewijs bij een antwoord van de regio is verouderd of wordt dat binnen drie \
             maanden. Geef het antwoord opnieuw, met nieuwer bewijs.";
        /// A municipality may respond to the verdict that will be published. NL: reageren op
        /// oordeel.
        RespondToVerdict = "RESPOND_TO_VERDICT",
            "Reageren op het te publiceren oordeel",
            "Respond to the verdict to be published",
            "Een gemeente kan reageren op het oordeel dat zal worden gepubliceerd.";
        /// VNG has not reviewed a version. NL: beoordeling behandelen.
        ReviewAssessment = "REVIEW_ASSESSMENT", "Beoordeling behandelen", "Review the assessment",
            "VNG heeft een versie nog niet behandeld.";
        /// Two areas answered a criterion differently for the municipality; its own answer decides.
        /// NL: tegenstrijdige regio's.
        ResolveConflict = "RESOLVE_CONFLICT",
            "Zelf antwoorden waar regio's elkaar tegenspreken",
            "Answer yourself where regions disagree",
            "Twee gebieden hebben een criterium voor de gemeente verschillend beantwoord; haar \
             eigen antwoord beslist.";
        /// A criterion changed since the region answered it, and a period is open under the edition
        /// with the change. NL: regionaal antwoord opnieuw geven.
        RenewRegionalAnswer = "RENEW_REGIONAL_ANSWER",
            "Opnieuw antwoorden op een gewijzigd criterium",
            "Answer a criterion anew that changed",
            "Een criterium is gewijzigd sinds de regio het beantwoordde; haar antwoord telt onder \
             de nieuwe editie niet.";
        /// VNG has not decided on an answer of a region. NL: regionaal antwoord behandelen.
        ReviewRegionalAnswer = "REVIEW_REGIONAL_ANSWER",
            "Regionaal antwoord behandelen",
            "Review the regional answer",
            "VNG heeft nog niet beslist over een antwoord van een regio.";
        /// VNG asked something of an answer of the region, or returned it. NL: regionaal antwoord
        /// aanvullen.
        AmendRegionalAnswer = "AMEND_REGIONAL_ANSWER",
            "Regionaal antwoord aanvullen",
            "Amend the regional answer",
            "VNG heeft iets gevraagd over een antwoord van de regio of dat antwoord teruggestuurd.";
        /// A region has recorded fewer meetings of a kind in this year than its policy prints. NL:
        /// regionaal overleg houden.
        HoldRegionalMeeting = "HOLD_REGIONAL_MEETING",
            "Regionaal overleg houden en vastleggen",
            "Hold the regional meeting and record it",
            "Een regio heeft dit jaar minder overleggen van een soort vastgelegd dan haar beleid \
             per jaar noemt.";
        /// A region has not submitted the report of a half year. NL: halfjaarrapportage indienen.
        SubmitRegionalReport = "SUBMIT_REGIONAL_REPORT",
            "Halfjaarrapportage indienen",
            "Submit the half-year report",
            "Een regio heeft de rapportage over een halfjaar nog niet ingediend.";
        /// A bottleneck of a region has stood for six months. NL: knelpunt oplossen.
        ResolveRegionalBottleneck = "RESOLVE_REGIONAL_BOTTLENECK",
            "Knelpunt oplossen dat een halfjaar bestaat",
            "Resolve a bottleneck that has stood for six months",
            "Een knelpunt van een regio bestaat al zes maanden en is niet opgelost.";
        /// VNG has not confirmed the report of a half year. NL: halfjaarrapportage bevestigen.
        ConfirmRegionalReport = "CONFIRM_REGIONAL_REPORT",
            "Halfjaarrapportage bevestigen",
            "Confirm the half-year report",
            "VNG heeft de laatste versie van een halfjaarrapportage van een regio nog niet \
             bevestigd.";
        /// The owner of an action has not reported on it in an open round. NL: stand rapporteren.
        ReportStatus = "REPORT_STATUS", "Stand van de actie rapporteren", "Report on the action",
            "De actiehouder heeft in een open ronde nog niet over de actie gerapporteerd.";
        /// In an open round actions were not reported on; the round names them with their owners.
        /// NL: ontbrekende standen opvragen.
        CompleteRound = "COMPLETE_ROUND",
            "Ontbrekende standen opvragen of zelf rapporteren",
            "Obtain the missing reports, or report yourself",
            "In een open ronde is over acties nog niet gerapporteerd; de ronde noemt ze met hun \
             actiehouders.";
        /// A round is over and not closed. NL: ronde sluiten.
        CloseRound = "CLOSE_ROUND", "Monitoringsronde sluiten", "Close the monitoring round",
            "Een ronde is voorbij en nog niet gesloten.";
        /// A publication is prepared and its term to respond, if it has one, is over. NL:
        /// publiceren.
        Publish = "PUBLISH", "Publiceren", "Publish",
            "Een publicatie is voorbereid en de reactietermijn, als die er is, is voorbij.";
    }
}

impl TaskKind {
    /// The mutation that clears it.
    pub fn mutation(self) -> Operation {
        match self {
            Self::SubmitAssessment => Operation::SubmitAssessment,
            Self::FillDraft => Operation::SaveDraft,
            Self::RecordAdoption => Operation::RecordAdoption,
            Self::AnswerQuestion => Operation::AnswerQuestion,
            Self::ResubmitAssessment => Operation::SubmitAssessment,
            Self::AcceptOnBehalf => Operation::AcceptOnBehalf,
            Self::RenewEvidence => Operation::SaveDraft,
            Self::RenewRegionalEvidence => Operation::SubmitRegionalAnswer,
            Self::RespondToVerdict => Operation::RespondToVerdict,
            Self::ReviewAssessment => Operation::ClaimReview,
            Self::ResolveConflict => Operation::SaveDraft,
            Self::RenewRegionalAnswer => Operation::SubmitRegionalAnswer,
            Self::ReviewRegionalAnswer => Operation::ConfirmRegionalAnswer,
            Self::AmendRegionalAnswer => Operation::SubmitRegionalAnswer,
            Self::HoldRegionalMeeting => Operation::RecordRegionalMeeting,
            Self::SubmitRegionalReport => Operation::SubmitRegionalReport,
            Self::ResolveRegionalBottleneck => Operation::ResolveRegionalBottleneck,
            Self::ConfirmRegionalReport => Operation::ConfirmRegionalReport,
            Self::ReportStatus => Operation::ReportStatus,
            Self::CompleteRound => Operation::ImportStatusReports,
            Self::CloseRound => Operation::CloseMonitoringRound,
            Self::Publish => Operation::Publish,
        }
    }
}

impl TaskKind {
    /// The mutations with which somebody may go on, of a kind that exists only while they fit.
    pub fn operations(self) -> &'static [Operation] {
        match self {
            Self::AmendRegionalAnswer | Self::RenewRegionalAnswer | Self::RenewRegionalEvidence => {
                &[Operation::SubmitRegionalAnswer]
            }
            Self::CompleteRound => &[Operation::ImportStatusReports, Operation::ReportStatus],
            Self::CloseRound => &[Operation::CloseMonitoringRound],
            Self::HoldRegionalMeeting => &[Operation::RecordRegionalMeeting],
            Self::SubmitRegionalReport => &[Operation::SubmitRegionalReport],
            Self::ResolveRegionalBottleneck => &[Operation::ResolveRegionalBottleneck],
            Self::ConfirmRegionalReport => &[Operation::ConfirmRegionalReport],
            Self::ReviewRegionalAnswer => &[
                Operation::ConfirmRegionalAnswer,
                Operation::QuestionRegionalAnswer,
                Operation::ReturnRegionalAnswer,
            ],
            Self::SubmitAssessment
            | Self::FillDraft
            | Self::RecordAdoption
            | Self::AnswerQuestion
            | Self::ResubmitAssessment
            | Self::AcceptOnBehalf
            | Self::RenewEvidence
            | Self::RespondToVerdict
            | Self::ReviewAssessment
            | Self::ResolveConflict
            | Self::ReportStatus
            | Self::Publish => &[],
        }
    }
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What is to be done.
    pub kind: TaskKind,
    /// The key of what it is about, as in `GM0402/2026-2`, `2026-1/2024/33` or, of the meetings of
    /// a region in a year, `VR14/2026/OFFICIAL`.
    pub subject: String,
    /// The code of the municipality that it is about; none when it is about none.
    pub municipality: Option<String>,
    /// The day since which it waits.
    pub since: NaiveDate,
    /// The last day on which it is in time; none when it has none.
    pub due: Option<NaiveDate>,
}

impl Found {
    /// What its subject names.
    #[must_use]
    pub fn names(&self) -> Vec<Named> {
        match self.about() {
            About::Whole(kind) => sentences::names_in(kind, &self.subject),
            About::QuestionOn { assessment, .. } => sentences::names_in("Assessment", assessment),
            About::EvidenceOn { assessment, .. } => sentences::names_in("Assessment", assessment),
            About::VerdictIn {
                publication,
                municipality,
            } => vec![
                Named::new(Thing::Publication, publication),
                Named::new(Thing::Municipality, municipality),
            ],
            About::MeetingsOf { area, .. } => vec![Named::new(Thing::Area, area)],
        }
    }

    /// Its subject as people call it, in Dutch and English.
    #[must_use]
    pub fn title(&self, titles: &Titles) -> Text {
        let text = match self.about() {
            About::Whole(kind) => sentences::subject(kind, &self.subject, titles),
            About::QuestionOn { assessment, number } => {
                let assessment = sentences::subject("Assessment", assessment, titles);
                Text::new(
                    format!("vraag {number} over {}", assessment.nl),
                    format!("question {number} on {}", assessment.en),
                )
            }
            About::EvidenceOn {
                assessment,
                criterion,
            } => {
                let assessment = sentences::subject("Assessment", assessment, titles);
                Text::new(
                    format!("het bewijs bij {criterion} in {}", assessment.nl),
                    format!("the evidence for {criterion} in {}", assessment.en),
                )
            }
            About::VerdictIn {
                publication,
                municipality,
            } => {
                let [publication, municipality] = [
                    Named::new(Thing::Publication, publication),
                    Named::new(Thing::Municipality, municipality),
                ]
                .map(|named| named.phrase(titles));
                Text::new(
                    format!(
                        "het oordeel over {} in de publicatie {}",
                        municipality.nl, publication.nl
                    ),
                    format!(
                        "the verdict on {} in the publication {}",
                        municipality.en, publication.en
                    ),
                )
            }
            About::MeetingsOf { area, year, kind } => {
                let [area, kind] = [
                    Named::new(Thing::Area, area),
                    Named::new(Thing::MeetingKind, kind),
                ]
                .map(|named| named.phrase(titles));
                Text::new(
                    format!("het {} van {} in {year}", kind.nl, area.nl),
                    format!("the {} of {} in {year}", kind.en, area.en),
                )
            }
        };
        Text::new(sentences::capital(&text.nl), sentences::capital(&text.en))
    }

    fn about(&self) -> About<'_> {
        let (before, last) = self.subject.rsplit_once('/').unwrap_or((&self.subject, ""));
        match self.kind {
            TaskKind::AnswerQuestion => About::QuestionOn {
                assessment: before,
                number: last,
            },
            TaskKind::RenewEvidence => About::EvidenceOn {
                assessment: before,
                criterion: last,
            },
            TaskKind::RespondToVerdict => About::VerdictIn {
                publication: before,
                municipality: last,
            },
            TaskKind::HoldRegionalMeeting => {
                let (area, year) = before.split_once('/').unwrap_or((before, ""));
                About::MeetingsOf {
                    area,
                    year,
                    kind: last,
                }
            }
            TaskKind::SubmitRegionalReport | TaskKind::ConfirmRegionalReport => {
                About::Whole("RegionalReport")
            }
            TaskKind::ResolveRegionalBottleneck => About::Whole("RegionalBottleneck"),
            TaskKind::SubmitAssessment
            | TaskKind::RecordAdoption
            | TaskKind::FillDraft
            | TaskKind::ResubmitAssessment
            | TaskKind::AcceptOnBehalf
            | TaskKind::ReviewAssessment
            | TaskKind::ResolveConflict => About::Whole("Assessment"),
            TaskKind::RenewRegionalAnswer
            | TaskKind::RenewRegionalEvidence
            | TaskKind::ReviewRegionalAnswer
            | TaskKind::AmendRegionalAnswer => About::Whole("RegionalAnswer"),
            TaskKind::ReportStatus => About::Whole("RoundReport"),
            TaskKind::CompleteRound | TaskKind::CloseRound => About::Whole("MonitoringRound"),
            TaskKind::Publish => About::Whole("Publication"),
        }
    }

    /// Whether its last day has passed.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due.is_some_and(|due| due < today)
    }
}

/// What the subject of a task is.
enum About<'a> {
    /// A thing of this kind of the ledger.
    Whole(&'static str),
    /// A question on an assessment.
    QuestionOn {
        assessment: &'a str,
        number: &'a str,
    },
    /// The evidence of an answer to a criterion.
    EvidenceOn {
        assessment: &'a str,
        criterion: &'a str,
    },
    /// A verdict in a publication.
    VerdictIn {
        publication: &'a str,
        municipality: &'a str,
    },
    /// The meetings of a table of a region in a year.
    MeetingsOf {
        area: &'a str,
        year: &'a str,
        kind: &'a str,
    },
}

/// What is due first stands first; what is never due stands by its age.
pub fn in_order(mut tasks: Vec<Found>) -> Vec<Found> {
    tasks.sort_by(|a, b| {
        let place = |task: &Found| (task.due.unwrap_or(NaiveDate::MAX), task.since, task.kind);
        place(a)
            .cmp(&place(b))
            .then_with(|| a.subject.cmp(&b.subject))
    });
    tasks
}
