//! Closed lists of search.

use crate::code_list::code_list;

code_list! {
    /// A kind of thing that can be found. NL: soort zoekresultaat.
    pub enum SearchKind {
        /// An action of the plan; the key is `2024/33`. NL: actie.
        Action = "ACTION", "Actie", "Action",
            "Een actie van het plan; de sleutel is bijvoorbeeld `2024/33`.";
        /// A line of the plan; the key is `2024/4`. NL: actielijn.
        ActionLine = "ACTION_LINE", "Actielijn", "Action line",
            "Een actielijn van het plan; de sleutel is bijvoorbeeld `2024/4`.";
        /// An area: safety region, province, police unit; the key is its code, as in `VR14`. NL:
        /// gebied.
        Area = "AREA", "Gebied", "Area",
            "Een gebied: veiligheidsregio, provincie of politie-eenheid; de sleutel is de code, \
             zoals `VR14`.";
        /// A building block for regional cooperation. NL: bouwsteen.
        BuildingBlock = "BUILDING_BLOCK", "Bouwsteen", "Building block",
            "Een bouwsteen voor regionale samenwerking.";
        /// A criterion of the framework; the key is `VOORSTEL-1/BB-01`. NL: criterium.
        Criterion = "CRITERION", "Criterium", "Criterion",
            "Een criterium van het kader; de sleutel is bijvoorbeeld `VOORSTEL-1/BB-01`.";
        /// A meeting. NL: bijeenkomst.
        Event = "EVENT", "Bijeenkomst", "Meeting",
            "Een bijeenkomst.";
        /// A function, as that of the chain coordinator. NL: functie.
        FunctionRole = "FUNCTION_ROLE", "Functie", "Function",
            "Een functie, zoals die van ketenregisseur.";
        /// An effect that a line of the plan is meant to have. NL: beoogd effect.
        IntendedEffect = "INTENDED_EFFECT", "Beoogd effect", "Intended effect",
            "Een effect dat met een actielijn wordt beoogd.";
        /// A motion, commitment, amendment or request in parliament. NL: motie,
        /// toezegging, amendement of verzoek.
        Motion = "MOTION",
            "Motie, toezegging, amendement of verzoek",
            "Motion, commitment, amendment or request",
            "Een motie, toezegging, amendement of verzoek in het parlement.";
        /// A municipality, also a former one; the key is its CBS code. NL: gemeente.
        Municipality = "MUNICIPALITY", "Gemeente", "Municipality",
            "Een gemeente, ook een voormalige; de sleutel is de CBS-code.";
        /// A national figure on human trafficking. NL: landelijk cijfer.
        NationalFigure = "NATIONAL_FIGURE", "Landelijk cijfer", "National figure",
            "Een landelijk cijfer over mensenhandel.";
        /// A goal of a line of the plan. NL: operationeel doel.
        OperationalGoal = "OPERATIONAL_GOAL", "Operationeel doel", "Operational goal",
            "Een doel van een actielijn van het plan.";
        /// An organisation that takes part. NL: partner.
        Partner = "PARTNER", "Partner", "Partner",
            "Een organisatie die aan het plan meewerkt.";
        /// A policy of municipalities or regions. NL: beleidsdocument.
        PolicyDocument = "POLICY_DOCUMENT", "Beleidsdocument", "Policy document",
            "Beleid van gemeenten of regio's.";
        /// A proposal for the plan. NL: voorstel.
        Proposal = "PROPOSAL", "Voorstel", "Proposal",
            "Een voorstel voor het plan.";
        /// Where human trafficking can be reported. NL: meldpunt.
        ReportingPoint = "REPORTING_POINT", "Meldpunt", "Reporting point",
            "Een plek waar mensenhandel kan worden gemeld.";
        /// A document that facts come from. NL: brondocument.
        SourceDocument = "SOURCE_DOCUMENT", "Brondocument", "Source document",
            "Een document waaruit gegevens komen.";
    }
}
