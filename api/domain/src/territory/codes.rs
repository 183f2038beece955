//! The lists of the territory: kinds of areas and of reorganisations. NL: codelijsten van het
//! grondgebied.

use crate::code_list::code_list;

code_list! {
    /// A kind of area. NL: soort gebied.
    pub enum AreaKind {
        /// One of the 25 safety regions. NL: veiligheidsregio.
        SafetyRegion = "SAFETY_REGION", "Veiligheidsregio", "Safety region",
            "Een van de 25 veiligheidsregio's.";
        /// One of the 12 provinces. NL: provincie.
        Province = "PROVINCE", "Provincie", "Province",
            "Een van de 12 provincies.";
        /// One of the 10 regional police units. NL: regionale politie-eenheid.
        PoliceUnit = "POLICE_UNIT", "Regionale politie-eenheid", "Regional police unit",
            "Een van de 10 regionale politie-eenheden.";
        /// A regional information and expertise centre. NL: RIEC.
        Riec = "RIEC", "RIEC", "Regional information and expertise centre",
            "Een regionaal informatie- en expertisecentrum.";
        /// Municipalities that work together by their own choice. NL: samenwerkingsgebied.
        CooperationArea = "COOPERATION_AREA", "Samenwerkingsgebied", "Cooperation area",
            "Gemeenten die uit eigen keuze samenwerken.";
        /// Municipalities of about one size, by inhabitants: a class to count by, and no body that
        /// acts. The five that are loaded are indicative, as their names say, until official
        /// figures take their place. NL: grootteklasse.
        SizeClass = "SIZE_CLASS", "Grootteklasse", "Size class",
            "Gemeenten van ongeveer dezelfde grootte, naar inwonertal: een klasse om naar te \
             tellen, en geen orgaan dat handelt. De vijf klassen die zijn geladen, zijn \
             indicatief, zoals hun namen zeggen, totdat er officiële cijfers zijn.";
    }
}

code_list! {
    /// How municipalities went over into others. NL: soort herindeling.
    pub enum ReorganisationKind {
        /// Several become a new one. NL: samenvoeging.
        Merger = "MERGER", "Samenvoeging", "Merger",
            "Meerdere gemeenten gaan op in een nieuwe.";
        /// One goes over into another that stays. NL: toevoeging (lichte samenvoeging).
        Absorption = "ABSORPTION", "Toevoeging", "Absorption",
            "Een gemeente gaat op in een andere, die blijft bestaan.";
        /// One is divided over several. NL: splitsing.
        Split = "SPLIT", "Splitsing", "Split",
            "Een gemeente wordt over meerdere andere verdeeld.";
    }
}
