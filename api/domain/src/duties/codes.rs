//! Closed lists of regional duties.

use crate::code_list::code_list;

code_list! {
    /// Who meets. NL: soort overleg.
    pub enum MeetingKind {
        /// Officials: designated officers, police, the chain coordinator. NL: ambtelijk overleg.
        Official = "OFFICIAL", "Ambtelijk overleg", "Meeting of officials",
            "Overleg van ambtenaren: aandachtsfunctionarissen, politie en ketenregisseur.";
        /// Members of the municipal executives. NL: bestuurlijk overleg.
        Executive = "EXECUTIVE", "Bestuurlijk overleg", "Meeting of executives",
            "Overleg van leden van de colleges.";
    }
}
