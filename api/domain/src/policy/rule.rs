//! The mandate table as data: a rule per thing that somebody may read or change, with how far each
//! role reaches.
//!
//! Guards, `viewer.may`, the permission directives of the schema and the page `/docs/mandate` read
//! it here and nowhere else. Row-level security and the matrix of the tests say the same once more,
//! each written from the table of the design, so that a slip in one of the three is seen.

use crate::{actor::RoleKind, code_list::code_list};

code_list! {
    /// How far a role reaches under a rule. NL: reikwijdte.
    pub enum Reach as "ReachCode" {
        /// Nothing. NL: niets.
        Nothing = "NOTHING", "niets", "nothing",
            "Niets.";
        /// What is published, and no more. NL: gepubliceerd.
        Published = "PUBLISHED", "wat gepubliceerd is", "what is published",
            "Wat gepubliceerd is, en niet meer.";
        /// What is of your own organisation. NL: eigen.
        // To read, also of the predecessors of a municipality.
        Own = "OWN", "het eigen deel", "its own",
            "Wat van de eigen organisatie is.";
        /// The municipalities of your own region. NL: eigen regio.
        // To write, today's members; to read, those on the day that counts for the period.
        OwnRegion = "OWN_REGION",
            "de gemeenten van de eigen regio",
            "the municipalities of its own region",
            "De gemeenten van de eigen regio.";
        /// The municipalities that gave your region a submission mandate. NL: met mandaat.
        Mandated = "MANDATED",
            "de gemeenten die een indieningsmandaat gaven",
            "the municipalities that gave a submission mandate",
            "De gemeenten die de regio een indieningsmandaat gaven.";
        /// Everything, once VNG has named your organisation for it. NL: aangewezen.
        Named = "NAMED",
            "alles, als VNG de organisatie daarvoor aanwees",
            "everything, if VNG named the organisation for it",
            "Alles, zodra VNG de organisatie daarvoor heeft aangewezen.";
        /// What VNG confirmed. NL: bevestigd.
        Confirmed = "CONFIRMED", "wat VNG bevestigde", "what VNG confirmed",
            "Wat VNG heeft bevestigd.";
        /// Everything. NL: alles.
        All = "ALL", "alles", "everything",
            "Alles.";
    }
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Reading.
    Read,
    /// Changing.
    Change,
}

use Reach::{All, Confirmed, Mandated, Named, Nothing, Own, OwnRegion, Published};

macro_rules! mandate_table {
    ($(
        $(#[$doc:meta])*
        $rule:ident $code:literal $verb:ident [$($reach:ident)*] $nl:literal $en:literal
    )*) => {
        /// A rule of the mandate table, with its text for people.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Rule {
            $($(#[$doc])* $rule,)*
        }

        impl Rule {
            /// All rules, in the order of the mandate table.
            pub const ALL: &'static [Self] = &[$(Self::$rule,)*];

            /// The code of the rule, as clients see it.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$rule => $code,)*
                }
            }

            /// Whether it is about reading or about changing.
            #[must_use]
            pub fn verb(self) -> Verb {
                match self {
                    $(Self::$rule => Verb::$verb,)*
                }
            }

            /// What the rule says, in Dutch and in English.
            #[must_use]
            pub fn text(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$rule => ($nl, $en),)*
                }
            }

            /// How far each role reaches, in the order of [`RoleKind::ALL`].
            const fn row(self) -> [Reach; 6] {
                match self {
                    $(Self::$rule => [$($reach),*],)*
                }
            }
        }
    };
}

mandate_table! {
    // PUBLIC  PARTNER  MUNICIPALITY  REGION  VNG  MINISTRY

    /// "Reports in an open round": reading.
    ReadOpenReports "READ_OPEN_REPORTS" Read [Nothing Own Nothing Nothing Own All]
        "Een rapportage in een open ronde is alleen zichtbaar voor wie haar deed en voor het \
         ministerie."
        "A report in an open round is seen by whoever made it and by the ministry."

    /// "Submission state".
    ReadSubmissions "READ_SUBMISSIONS" Read [Published Published Own OwnRegion All All]
        "De stand van indienen is zichtbaar voor de gemeente zelf, haar regio, VNG en het \
         ministerie; voor anderen na publicatie."
        "The state of submission is seen by the municipality itself, its region, VNG and the \
         ministry; by others once published."

    /// "Submission state": how many of a region handed in.
    CountSubmissions "COUNT_SUBMISSIONS" Read [Published Published OwnRegion OwnRegion All All]
        "Hoeveel gemeenten van de eigen veiligheidsregio hebben ingediend, is ook zichtbaar voor \
         een gemeente, als er ten minste vier andere zijn; voor anderen na publicatie."
        "How many municipalities of its own safety region handed in is seen by a municipality too, \
         if at least four are others; by others once published."

    /// "Verdicts and counts of verdicts": the verdict on what was confirmed.
    ReadVerdicts "READ_VERDICTS" Read [Published Published Own OwnRegion All All]
        "Oordelen zijn zichtbaar voor de gemeente zelf, haar regio, VNG en, na bevestiging, het \
         ministerie; voor anderen na publicatie."
        "Verdicts are seen by the municipality itself, its region, VNG, and once confirmed the \
         ministry; by others once published."

    /// "Verdicts and counts of verdicts": the verdict on what was submitted and not yet confirmed.
    ReadSubmittedVerdicts "READ_SUBMITTED_VERDICTS" Read [Nothing Nothing Own OwnRegion All Nothing]
        "Een oordeel dat nog niet is bevestigd, is zichtbaar voor de gemeente zelf, haar regio en \
         VNG."
        "A verdict that is not confirmed yet is seen by the municipality itself, its region and \
         VNG."

    /// "Verdicts and counts of verdicts": national totals, on both bases.
    ReadTotals "READ_TOTALS" Read [Published Published Published Published All All]
        "Landelijke totalen zijn zichtbaar voor VNG en het ministerie; voor anderen na \
         publicatie."
        "National totals are seen by VNG and the ministry; by others once published."

    /// "Answers, evidence, grounds".
    ReadAnswers "READ_ANSWERS" Read [Nothing Nothing Own OwnRegion All Confirmed]
        "Antwoorden en gronden zijn zichtbaar voor de gemeente zelf, haar regio, VNG en, na \
         bevestiging, het ministerie."
        "Answers and grounds are seen by the municipality itself, its region, VNG, and once \
         confirmed the ministry."

    /// "Claim, question, return, confirm; extension": reading.
    ReadReviews "READ_REVIEWS" Read [Nothing Nothing Own OwnRegion All Nothing]
        "Vragen, antwoorden en redenen bij een beoordeling zijn zichtbaar voor de gemeente zelf, \
         haar regio en VNG."
        "Questions, replies and reasons about an assessment are seen by the municipality itself, \
         its region and VNG."
    /// "Publication": what is prepared and not public yet; VNG what is about compliance, a
    /// municipality what names it.
    ReadPreparedPublications "READ_PREPARED_PUBLICATIONS" Read
        [Published Published Own Published All All]
        "Een publicatie in voorbereiding is zichtbaar voor VNG en het ministerie en, als het om \
         een oordeel met naam gaat, voor de gemeente zelf; voor anderen na publicatie."
        "A publication under way is seen by VNG and the ministry, and of a verdict by name by the \
         municipality itself; by others once published."

    /// "Ledger": entries of compliance.
    ReadComplianceLedger "READ_COMPLIANCE_LEDGER" Read [Nothing Nothing Own OwnRegion All Nothing]
        "De regels over gemeenten in het grootboek zijn zichtbaar voor de gemeente zelf, haar \
         regio en VNG."
        "Entries about municipalities in the ledger are seen by the municipality itself, its \
         region and VNG."

    /// "Ledger": entries of the plan that are not public, as of open rounds.
    ReadPlanLedger "READ_PLAN_LEDGER" Read [Nothing Nothing Nothing Nothing Nothing All]
        "De regels over het plan die niet openbaar zijn, zijn zichtbaar voor het ministerie."
        "Entries about the plan that are not public are seen by the ministry."

    /// "Regional answer, regional duties": reading.
    ReadRegional "READ_REGIONAL" Read [Nothing Nothing Own Own All Confirmed]
        "Wat een regio voor haar gemeenten antwoordt en doet, is zichtbaar voor de regio zelf, de \
         gemeenten waarvoor het telt, VNG en, na bevestiging, het ministerie."
        "What a region answers and does for its members is seen by itself, the members that it \
         counts for, VNG, and once confirmed the ministry."

    /// "Regional answer, regional duties": writing.
    KeepRegional "KEEP_REGIONAL" Change [Nothing Nothing Nothing Own Nothing Nothing]
        "Wat een regio voor haar gemeenten antwoordt en doet, legt de geregistreerde rapporterende \
         regio zelf vast."
        "What a region answers and does for its members is recorded by the registered reporting \
         region itself."

    /// "Draft": reading and filling.
    FillDraft "FILL_DRAFT" Change [Nothing Nothing Own OwnRegion Nothing Nothing]
        "Een concept wordt ingevuld door de gemeente zelf of door de regio die voor haar \
         rapporteert."
        "A draft is filled in by the municipality itself, or by the region that reports for it."

    /// "Draft": VNG fills in on behalf of a municipality.
    FillOnBehalf "FILL_ON_BEHALF" Change [Nothing Nothing Nothing Nothing All Nothing]
        "VNG kan namens een gemeente invullen; het telt pas als de gemeente het accepteert."
        "VNG fills in on behalf of a municipality; it counts only once the municipality accepts it."

    /// "Draft": for many municipalities at once.
    ImportAssessments "IMPORT_ASSESSMENTS" Change [Nothing Nothing Nothing OwnRegion All Nothing]
        "VNG kan namens veel gemeenten tegelijk invullen, en een regio voor haar eigen gemeenten."
        "For many municipalities at once VNG fills in on their behalf, and a region for its own."

    /// "Submit, withdraw": what only the municipality itself decides.
    DecideForItself "DECIDE_FOR_ITSELF" Change [Nothing Nothing Own Nothing Nothing Nothing]
        "Alleen de gemeente zelf kan een mandaat geven of beëindigen en accepteren wat namens \
         haar is ingevuld."
        "Giving or ending a mandate, and accepting what was filled in on its behalf, is done by \
         the municipality itself alone."

    /// "Submit, withdraw".
    Submit "SUBMIT" Change [Nothing Nothing Own Mandated Nothing Nothing]
        "De gemeente dient zelf in, of haar regio doet dat met een indieningsmandaat."
        "Submitting is done by the municipality itself, or by its region with a submission mandate."

    /// "Policy adoption, function assignment": documents, adoptions, and how far a municipality is.
    RecordPolicy "RECORD_POLICY" Change [Nothing Nothing Own OwnRegion All Nothing]
        "Beleid en de vaststelling ervan worden vastgelegd door de gemeente zelf, door de regio \
         voor haar gemeenten of door VNG."
        "Policy and its adoption are recorded by the municipality itself, by the region for its \
         municipalities, or by VNG."

    /// "Policy adoption": that there is none, "only by the municipality itself".
    DeclareNoPolicy "DECLARE_NO_POLICY" Change [Nothing Nothing Own Nothing Nothing Nothing]
        "Alleen de gemeente zelf kan opgeven dat zij geen beleid heeft."
        "That there is no policy is declared by the municipality itself alone."

    /// "Policy adoption, function assignment": who fills a function.
    AssignFunction "ASSIGN_FUNCTION" Change [Nothing Named Own OwnRegion All Nothing]
        "Wie een functie vervult, wordt vastgelegd door de gemeente zelf, de regio, VNG of een \
         partner die VNG daarvoor heeft aangewezen."
        "Who fills a function is recorded by the municipality itself, the region, VNG, or a \
         partner that VNG named for it."

    /// Sources: whoever decides something names where it stands.
    RegisterSource "REGISTER_SOURCE" Change [Nothing All All All All All]
        "Iedereen die is aangemeld, kan een brondocument registreren."
        "A source document is registered by anybody who is signed in."

    /// "Claim, question, return, confirm; extension".
    Review "REVIEW" Change [Nothing Nothing Nothing Nothing All Nothing]
        "Een beoordeling wordt door VNG in behandeling genomen, bevraagd, teruggegeven of \
         bevestigd; VNG verleent ook uitstel."
        "An assessment is claimed, questioned, returned or confirmed by VNG, which also extends \
         deadlines."

    /// "Framework, periods, territory, reporting regions".
    Framework "FRAMEWORK" Change [Nothing Nothing Nothing Nothing All Nothing]
        "VNG beheert het kader, de perioden, de gebiedsindeling en de rapporterende regio's."
        "The framework, the periods, the territory and the reporting regions are managed by VNG."

    /// "Remarks on a proposed edition laid open": reading.
    ReadRemarks "READ_REMARKS" Read [Nothing Nothing Own Own All Nothing]
        "Een opmerking bij een voorgestelde editie is zichtbaar voor de gemeente of regio die haar \
         maakte en voor VNG."
        "A remark on a proposed edition is seen by the municipality or region that made it, and by \
         VNG."

    /// "Remarks on a proposed edition laid open": making.
    Remark "REMARK" Change [Nothing Nothing Own Own Nothing Nothing]
        "Bij een editie die ter consultatie ligt, maakt elke gemeente en elke rapporterende regio \
         haar eigen opmerkingen."
        "On an edition that is laid open for comment each municipality and each reporting region \
         makes its own remarks."

    /// "Status report, result, measurement".
    ReportStatus "REPORT_STATUS" Change [Nothing Own Nothing Nothing Own All]
        "Over een actie rapporteert de partner die het ministerie als actiehouder heeft \
         aangewezen, of het ministerie zelf."
        "An action is reported on by the partner that the ministry assigned as its owner, or by \
         the ministry."

    /// "Plan, lines, goals, budget, partners, roles, rounds".
    ManagePlan "MANAGE_PLAN" Change [Nothing Nothing Nothing Nothing Nothing All]
        "Het ministerie beheert het plan, de monitoringsrondes en de rollen van partners."
        "The plan, the monitoring rounds and the roles of partners are managed by the ministry."

    /// "Publication: compliance": preparing; of the plan only by whoever publishes.
    PreparePublication "PREPARE_PUBLICATION" Change [Nothing Nothing Nothing Nothing All All]
        "VNG of het ministerie bereidt een publicatie over gemeenten voor."
        "A publication about municipalities is prepared by VNG or the ministry."

    /// "Publication: compliance": responding.
    RespondToVerdict "RESPOND_TO_VERDICT" Change [Nothing Nothing Own Nothing Nothing Nothing]
        "Op een oordeel dat met naam wordt gepubliceerd, reageert de gemeente zelf."
        "A verdict that will be published by name is responded to by the municipality itself."

    /// "Publication": publishing and withdrawing, and preparing what is about the plan.
    Publish "PUBLISH" Change [Nothing Nothing Nothing Nothing Nothing All]
        "Het ministerie publiceert en trekt publicaties in."
        "Publishing and withdrawing is done by the ministry."
    /// "Feed keys": create and rotate.
    ManageFeedKeys "MANAGE_FEED_KEYS" Change [Nothing Own Own Own Own Own]
        "Een organisatie maakt en vernieuwt haar eigen feedsleutels."
        "An organisation makes and rotates its own feed keys."

    /// "Feed keys": list and revoke.
    OverseeFeedKeys "OVERSEE_FEED_KEYS" Change [Nothing Own Own Own All All]
        "Een organisatie trekt haar eigen feedsleutels in; VNG en het ministerie ook die van \
         anderen."
        "An organisation revokes its own feed keys; VNG and the ministry those of others too."

    /// "Notices": the functional mailbox of the organisation.
    ManageMailbox "MANAGE_MAILBOX" Change [Nothing Own Own Own Own Own]
        "Een organisatie meldt haar eigen functionele postvak aan en af."
        "An organisation registers and withdraws its own functional mailbox."

    /// "Notices": whom to remind, each of what it waits for itself.
    ReadReminders "READ_REMINDERS" Read [Nothing Nothing Nothing Nothing Own Own]
        "Wie aan iets te herinneren is, is zichtbaar voor VNG, als het om beoordelingen gaat, en \
         voor het ministerie, als het om rapportages over acties gaat."
        "Whom to remind is seen by VNG, of assessments, and by the ministry, of reports on actions."
}

impl Rule {
    /// How far a role reaches. The import reads everything and asks no permit: it is not a
    /// person's.
    #[must_use]
    pub fn reach(self, role: RoleKind) -> Reach {
        let row = self.row();
        match role {
            RoleKind::Public => row[0],
            RoleKind::Partner => row[1],
            RoleKind::Municipality => row[2],
            RoleKind::Region => row[3],
            RoleKind::Vng => row[4],
            RoleKind::Ministry => row[5],
            RoleKind::System => match self.verb() {
                Verb::Read => All,
                Verb::Change => Nothing,
            },
        }
    }

    /// The roles that reach further than what is published.
    pub fn roles(self) -> impl Iterator<Item = RoleKind> {
        RoleKind::ALL
            .into_iter()
            .filter(move |role| !matches!(self.reach(*role), Nothing | Published))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_texts_are_whole_sentences() {
        for (i, rule) in Rule::ALL.iter().enumerate() {
            assert!(
                !Rule::ALL[..i]
                    .iter()
                    .any(|other| other.code() == rule.code())
            );
            let (nl, en) = rule.text();
            assert!(nl.ends_with('.') && en.ends_with('.'), "{rule:?}");
        }
    }

    #[test]
    fn the_import_reads_everything_and_has_no_permit() {
        for rule in Rule::ALL {
            let reach = rule.reach(RoleKind::System);
            assert_eq!(reach == All, rule.verb() == Verb::Read, "{rule:?}");
        }
    }

    #[test]
    fn the_public_changes_nothing() {
        for rule in Rule::ALL.iter().filter(|rule| rule.verb() == Verb::Change) {
            assert_eq!(rule.reach(RoleKind::Public), Nothing, "{rule:?}");
        }
    }
}
