//! The lists of the territory: kinds of areas and of reorganisations. NL: codelijsten van het
//! grondgebied.

use crate::code_list::code_list;

code_list! {
    /// A kind of area. NL: soort gebied.
    pub enum AreaKind {
        /// One of the 25 safety regions. NL: veiligheidsregio.
        SafetyRegion = "SAFETY_REGION", "Veiligheidsregio", "Safety region";
        /// One of the 12 provinces. NL: provincie.
        Province = "PROVINCE", "Provincie", "Province";
        /// One of the 10 regional police units. NL: regionale politie-eenheid.
        PoliceUnit = "POLICE_UNIT", "Regionale politie-eenheid", "Regional police unit";
        /// A regional information and expertise centre. NL: RIEC.
        Riec = "RIEC", "RIEC", "Regional information and expertise centre";
        /// Municipalities that work together by their own choice. NL: samenwerkingsgebied.
        CooperationArea = "COOPERATION_AREA", "Samenwerkingsgebied", "Cooperation area";
        /// Municipalities of about one size, by inhabitants: a class to count by, and no body that
        /// acts. The five that are loaded are indicative, as their names say, until official
        /// figures take their place. NL: grootteklasse.
        SizeClass = "SIZE_CLASS", "Grootteklasse", "Size class";
    }
}

code_list! {
    /// How municipalities went over into others. NL: soort herindeling.
    pub enum ReorganisationKind {
        /// Several become a new one. NL: samenvoeging.
        Merger = "MERGER", "Samenvoeging", "Merger";
        /// One goes over into another that stays. NL: toevoeging (lichte samenvoeging).
        Absorption = "ABSORPTION", "Toevoeging", "Absorption";
        /// One is divided over several. NL: splitsing.
        Split = "SPLIT", "Splitsing", "Split";
    }
}
