//! Closed lists of the picture.

use crate::code_list::code_list;

code_list! {
    /// By what a picture is counted. NL: indeling.
    pub enum PictureGrouping {
        /// The country as one group. NL: landelijk.
        Country = "COUNTRY", "Landelijk", "Country",
            "Het hele land als één groep.";
        /// By province. NL: provincie.
        Province = "PROVINCE", "Provincie", "Province",
            "Per provincie.";
        /// By safety region. NL: veiligheidsregio.
        SafetyRegion = "SAFETY_REGION", "Veiligheidsregio", "Safety region",
            "Per veiligheidsregio.";
        /// By regional police unit. NL: politie-eenheid.
        PoliceUnit = "POLICE_UNIT", "Politie-eenheid", "Police unit",
            "Per regionale politie-eenheid.";
        /// By regional information and expertise centre. NL: RIEC.
        Riec = "RIEC", "RIEC", "RIEC",
            "Per regionaal informatie- en expertisecentrum.";
        /// By area of municipalities that work together; a municipality may be in several. NL:
        /// samenwerkingsgebied.
        CooperationArea = "COOPERATION_AREA", "Samenwerkingsgebied", "Cooperation area",
            "Per gebied waarin gemeenten samenwerken; een gemeente kan in meerdere gebieden \
             liggen.";
        /// By size class, after inhabitants: indicative classes (of about spring 2020, as their
        /// names say) until official figures take their place. Municipalities without a class stand
        /// in `REST`, as all do before 2023. NL: grootteklasse.
        SizeClass = "SIZE_CLASS", "Grootteklasse", "Size class",
            "Per grootteklasse, naar inwonertal: indicatieve klassen (van ongeveer het voorjaar \
             van 2020, zoals hun namen zeggen) totdat er officiële cijfers zijn. Gemeenten zonder \
             klasse staan onder `REST`, en vóór 2023 zijn dat alle gemeenten.";
    }
}

impl PictureGrouping {
    /// The kind of area, by code; none for the country.
    #[must_use]
    pub fn area_kind(self) -> Option<&'static str> {
        match self {
            Self::Country => None,
            Self::Province => Some("PROVINCE"),
            Self::SafetyRegion => Some("SAFETY_REGION"),
            Self::PoliceUnit => Some("POLICE_UNIT"),
            Self::Riec => Some("RIEC"),
            Self::CooperationArea => Some("COOPERATION_AREA"),
            Self::SizeClass => Some("SIZE_CLASS"),
        }
    }
}

code_list! {
    /// Why a municipality is not told how many of its region handed in. NL: reden van weglaten.
    pub enum OwnRegionWithheld as "OwnRegionWithheldReason" {
        /// Another moment or day than the present one was asked for. NL: ander moment.
        OtherMoment = "OTHER_MOMENT", "Ander moment", "Another moment",
            "Deze aantallen worden alleen voor vandaag gegeven. Uit twee momenten naast elkaar zou \
             blijken welke gemeente in de tussentijd heeft ingediend.";
        /// Fewer than four of the members are others. NL: minder dan vijf.
        FewerThanFive = "FEWER_THAN_FIVE", "Minder dan vijf", "Fewer than five",
            "Minder dan vier van de leden zijn andere gemeenten dan die waarvoor u handelt.";
        /// All other members, or all but one, are in the same state. NL: herleidbaar.
        Revealing = "REVEALING", "Herleidbaar", "Revealing",
            "Alle andere leden, of alle op één na, staan er hetzelfde voor. Uit de aantallen zou van \
             elk van hen blijken wat die heeft ingediend.";
    }
}

code_list! {
    /// Whether you see a figure, and whence. NL: beschikbaarheid.
    pub enum PictureAvailability {
        /// You see it as it stands. NL: zichtbaar.
        Visible = "VISIBLE", "Zichtbaar", "Visible",
            "U ziet het zoals het er nu voor staat.";
        /// You see what was published. NL: gepubliceerd.
        Published = "PUBLISHED", "Gepubliceerd", "Published",
            "U ziet wat is gepubliceerd.";
        /// It is not published, and not for you to see. NL: niet gepubliceerd.
        NotPublished = "NOT_PUBLISHED", "Niet gepubliceerd", "Not published",
            "Het is niet gepubliceerd en voor u niet te zien.";
    }
}
