//! Closed lists of search.

use crate::code_list::code_list;

code_list! {
    /// A kind of thing that can be found. NL: soort zoekresultaat.
    pub enum SearchKind {
        /// An action of the plan; the key is `2024/33`. NL: actie.
        Action = "ACTION", "Actie", "Action";
        /// A line of the plan; the key is `2024/4`. NL: actielijn.
        ActionLine = "ACTION_LINE", "Actielijn", "Action line";
        /// An area: safety region, province, police unit; the key is its code, as in `VR14`. NL:
        /// gebied.
        Area = "AREA", "Gebied", "Area";
        /// A building block for regional cooperation. NL: bouwsteen.
        BuildingBlock = "BUILDING_BLOCK", "Bouwsteen", "Building block";
        /// A criterion of the framework; the key is `VOORSTEL-1/BB-01`. NL: criterium.
        Criterion = "CRITERION", "Criterium", "Criterion";
        /// A meeting. NL: bijeenkomst.
        Event = "EVENT", "Bijeenkomst", "Meeting";
        /// A function, as that of the chain coordinator. NL: functie.
        FunctionRole = "FUNCTION_ROLE", "Functie", "Function";
        /// An effect that a line of the plan is meant to have. NL: beoogd effect.
        IntendedEffect = "INTENDED_EFFECT", "Beoogd effect", "Intended effect";
        /// A motion, commitment, amendment or request in parliament. NL: motie of toezegging.
        Motion = "MOTION", "Motie of toezegging", "Motion or commitment";
        /// A municipality, also a former one; the key is its CBS code. NL: gemeente.
        Municipality = "MUNICIPALITY", "Gemeente", "Municipality";
        /// A national figure on human trafficking. NL: landelijk cijfer.
        NationalFigure = "NATIONAL_FIGURE", "Landelijk cijfer", "National figure";
        /// A goal of a line of the plan. NL: operationeel doel.
        OperationalGoal = "OPERATIONAL_GOAL", "Operationeel doel", "Operational goal";
        /// An organisation that takes part. NL: partner.
        Partner = "PARTNER", "Partner", "Partner";
        /// A policy of municipalities or regions. NL: beleidsdocument.
        PolicyDocument = "POLICY_DOCUMENT", "Beleidsdocument", "Policy document";
        /// A proposal for the plan. NL: voorstel.
        Proposal = "PROPOSAL", "Voorstel", "Proposal";
        /// Where human trafficking can be reported. NL: meldpunt.
        ReportingPoint = "REPORTING_POINT", "Meldpunt", "Reporting point";
        /// A document that facts come from. NL: brondocument.
        SourceDocument = "SOURCE_DOCUMENT", "Brondocument", "Source document";
    }
}
