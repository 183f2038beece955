//! The lists of partners: kinds, roles in an action, what is reported of them, why a region is
//! named. NL: codelijsten van partners.

use crate::code_list::code_list;

code_list! {
    /// What kind of organisation a partner is. Where no source tells it, the note of its source
    /// says so. NL: soort partner.
    pub enum PartnerKind {
        /// A ministry. NL: ministerie.
        Ministry = "MINISTRY", "Ministerie", "Ministry",
            "Een ministerie.";
        /// An agency of the national government. NL: uitvoeringsorganisatie van het Rijk.
        GovernmentAgency = "GOVERNMENT_AGENCY",
            "Uitvoeringsorganisatie van het Rijk",
            "Government agency",
            "Een uitvoeringsorganisatie van het Rijk.";
        /// One municipality. NL: gemeente.
        Municipality = "MUNICIPALITY", "Gemeente", "Municipality",
            "Eén gemeente.";
        /// An association of municipalities. NL: vereniging van gemeenten.
        MunicipalAssociation = "MUNICIPAL_ASSOCIATION",
            "Vereniging van gemeenten",
            "Association of municipalities",
            "Een vereniging van gemeenten.";
        /// A region in which municipalities work together. NL: regio.
        Region = "REGION", "Regio", "Region",
            "Een regio waarin gemeenten samenwerken.";
        /// An investigation service, the police among them. NL: opsporing.
        Investigation = "INVESTIGATION", "Opsporing", "Investigation",
            "Een opsporingsdienst, waaronder de politie.";
        /// The public prosecution service. NL: vervolging.
        Prosecution = "PROSECUTION", "Vervolging", "Prosecution",
            "Het Openbaar Ministerie.";
        /// A regional information and expertise centre. NL: RIEC.
        Riec = "RIEC", "RIEC", "Regional information and expertise centre (RIEC)",
            "Een regionaal informatie- en expertisecentrum.";
        /// A centre that coordinates the approach to human trafficking. NL: coördinatiecentrum.
        CoordinationCentre = "COORDINATION_CENTRE", "Coördinatiecentrum", "Coordination centre",
            "Een centrum dat de aanpak van mensenhandel coördineert.";
        /// An organisation that gives care or shelter. NL: zorgaanbieder.
        CareProvider = "CARE_PROVIDER", "Zorgaanbieder", "Care provider",
            "Een organisatie die zorg of opvang biedt.";
        /// A non-governmental organisation. NL: maatschappelijke organisatie.
        Ngo = "NGO", "Maatschappelijke organisatie", "Non-governmental organisation",
            "Een maatschappelijke organisatie.";
        /// A research institute. NL: onderzoeksinstituut.
        Research = "RESEARCH", "Onderzoeksinstituut", "Research institute",
            "Een onderzoeksinstituut.";
        /// A consultancy. NL: adviesbureau.
        Consultancy = "CONSULTANCY", "Adviesbureau", "Consultancy",
            "Een adviesbureau.";
        /// The independent national rapporteur. NL: rapporteur.
        Rapporteur = "RAPPORTEUR", "Rapporteur", "Rapporteur",
            "De onafhankelijke Nationaal Rapporteur.";
        /// Several organisations that a source names together and does not list, as in `gemeenten`.
        /// NL: groep organisaties.
        Group = "GROUP", "Groep organisaties", "Group of organisations",
            "Meerdere organisaties die een bron samen noemt zonder ze op te sommen, zoals \
             `gemeenten`.";
        /// Another kind, or one that no source tells. NL: overig.
        Other = "OTHER", "Overig", "Other",
            "Een andere soort, of een die geen bron noemt.";
    }
}

code_list! {
    /// What a partner does in an action. NL: rol van een partner.
    pub enum PartnerRole {
        /// Answers for the action. Only the ministry assigns it: the sources name no owner of any
        /// action, and nobody is taken for one because of another role. NL: eigenaar.
        Owner = "OWNER", "Eigenaar", "Owner",
            "Is verantwoordelijk voor de actie. Alleen het ministerie wijst een eigenaar aan: de \
             bronnen noemen er geen, en niemand wordt om een andere rol voor eigenaar gehouden.";
        /// Carries the action out, or a part of it. NL: uitvoerder.
        Executor = "EXECUTOR", "Uitvoerder", "Executor",
            "Voert de actie of een deel ervan uit.";
        /// Has it done by somebody else. NL: opdrachtgever.
        Commissioner = "COMMISSIONER", "Opdrachtgever", "Commissioner",
            "Laat een ander het werk doen.";
        /// Does it for a commissioner. NL: opdrachtnemer.
        Contractor = "CONTRACTOR", "Opdrachtnemer", "Contractor",
            "Doet het werk voor een opdrachtgever.";
        /// Makes something for the action. NL: ontwikkelaar.
        Developer = "DEVELOPER", "Ontwikkelaar", "Developer",
            "Maakt iets voor de actie.";
        /// Brings in its expertise. NL: expert.
        Expert = "EXPERT", "Expert", "Expert",
            "Brengt eigen deskundigheid in.";
        /// Was heard on what is made. NL: klankbord.
        SoundingBoard = "SOUNDING_BOARD", "Klankbord", "Sounding board",
            "Is gehoord over wat er wordt gemaakt.";
        /// Supplies data or files. NL: gegevensleverancier.
        DataSupplier = "DATA_SUPPLIER", "Gegevensleverancier", "Data supplier",
            "Levert gegevens of bestanden.";
        /// Takes part in meetings or a pilot. NL: deelnemer.
        Participant = "PARTICIPANT", "Deelnemer", "Participant",
            "Neemt deel aan bijeenkomsten of aan een proef.";
        /// Is whom the action is for. NL: doelgroep.
        TargetGroup = "TARGET_GROUP", "Doelgroep", "Target group",
            "Is de groep voor wie de actie bedoeld is.";
        /// Is to put the result into its own practice; see `implementation`. NL: toepasser in eigen
        /// praktijk.
        Implementer = "IMPLEMENTER", "Toepasser in eigen praktijk", "Implementer",
            "Moet het resultaat in de eigen praktijk toepassen; zie `implementation`.";
        /// Was asked to do it; no source says that it does. NL: gevraagd.
        Requested = "REQUESTED", "Gevraagd", "Requested",
            "Is gevraagd het te doen; dat de opdracht is gegeven of aanvaard, zegt geen bron.";
    }
}

code_list! {
    /// Whether a source reports that an `IMPLEMENTER` has put the result into practice. NL:
    /// uitvoering gemeld.
    pub enum ImplementationState {
        /// A source reports it. NL: gemeld.
        Reported = "REPORTED", "Gemeld", "Reported",
            "Een bron meldt het.";
        /// No source reports it, which does not say that it was not done. NL: niet gemeld.
        NotReported = "NOT_REPORTED", "Niet gemeld", "Not reported",
            "Geen bron meldt het; dat zegt niet dat het niet is gedaan.";
        /// The role is another one, so the question does not arise. NL: niet van toepassing.
        NotApplicable = "NOT_APPLICABLE", "Niet van toepassing", "Not applicable",
            "Het gaat om een andere rol, dus de vraag komt niet op.";
    }
}

code_list! {
    /// Why a region is named with a partner. NL: grond voor een regio.
    pub enum PartnerRegionBasis {
        /// It is the area of the partner. NL: eigen gebied.
        OwnArea = "OWN_AREA", "Eigen gebied", "Its own area",
            "Het is het gebied van de partner.";
        /// It lies in the area of the partner, as in that of a police unit. NL: deel van het eigen
        /// gebied.
        PartOfArea = "PART_OF_AREA", "Deel van het eigen gebied", "Part of its own area",
            "Het ligt in het gebied van de partner, zoals dat van een politie-eenheid.";
        /// The partner is a municipality of this region. NL: gemeente in de regio.
        Municipality = "MUNICIPALITY", "Gemeente in de regio", "Municipality in the region",
            "De partner is een gemeente van deze regio.";
        /// The policy of the region names the partner in its chain. NL: genoemd in de keten van de
        /// regio.
        Chain = "CHAIN", "Genoemd in de keten van de regio", "Named in the chain of the region",
            "Het beleid van de regio noemt de partner als ketenpartner.";
    }
}
