//! Closed lists of the mandate table. How far a role reaches stands in `rule`.

use crate::actor::RoleKind;
use crate::code_list::code_list;

code_list! {
    /// A role of the mandate table. NL: rol.
    pub enum ViewerRole {
        /// Nobody signed in. NL: publiek.
        Public = "PUBLIC", "Publiek", "Public",
            "Iedereen die niet is aangemeld.";
        /// An organisation that takes part in the plan. NL: partner.
        Partner = "PARTNER", "Partner", "Partner",
            "Een organisatie die aan het plan deelneemt.";
        /// A municipality. NL: gemeente.
        Municipality = "MUNICIPALITY", "Gemeente", "Municipality",
            "Een gemeente.";
        /// The office that coordinates the chain in an area. NL: regio.
        Region = "REGION", "Regio", "Region",
            "Het bureau dat de keten in een gebied coördineert.";
        /// The Association of Netherlands Municipalities. NL: VNG.
        Vng = "VNG", "VNG", "VNG",
            "De Vereniging van Nederlandse Gemeenten.";
        /// The Ministry of Justice and Security. NL: ministerie van Justitie en Veiligheid.
        Ministry = "MINISTRY",
            "Ministerie van Justitie en Veiligheid",
            "Ministry of Justice and Security",
            "Het ministerie van Justitie en Veiligheid.";
    }
}

impl From<RoleKind> for ViewerRole {
    fn from(role: RoleKind) -> Self {
        match role {
            // The import signs in nowhere.
            RoleKind::Public | RoleKind::System => Self::Public,
            RoleKind::Partner => Self::Partner,
            RoleKind::Municipality => Self::Municipality,
            RoleKind::Region => Self::Region,
            RoleKind::Vng => Self::Vng,
            RoleKind::Ministry => Self::Ministry,
        }
    }
}
