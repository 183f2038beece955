//! Warnings: what a person should look at although the change stands. NL: waarschuwingen.

use crate::code_list::code_list;

code_list! {
    /// What somebody should look at; the change stands. NL: waarschuwingscode.
    pub enum WarningCode {
        /// A text has a sign of a person: a telephone or account number, a form of address, a title
        /// or initials with a name, a birth. NL: mogelijk persoonsgegevens.
        PossiblePersonalData = "POSSIBLE_PERSONAL_DATA",
            "Mogelijk persoonsgegevens",
            "Possible personal data",
            "Een tekst wijst op een persoon: een telefoon- of rekeningnummer, een aanspreekvorm, \
             titel of voorletters met een naam, een geboortedatum.";
        /// The action has begun although an action that it starts after is not completed. NL:
        /// begonnen voor de voorganger klaar is.
        StartedBeforePredecessor = "STARTED_BEFORE_PREDECESSOR",
            "Begonnen voordat de voorganger klaar is",
            "Started before its predecessor was completed",
            "De actie is begonnen, terwijl een actie waarna zij begint niet is afgerond.";
        /// Another action starts after this one, and this one ends without having been completed.
        /// NL: een andere actie wacht hierop.
        AnotherStartsAfter = "ANOTHER_STARTS_AFTER",
            "Een andere actie wacht hierop",
            "Another action starts after this one",
            "Een andere actie begint na deze, en deze eindigt zonder te zijn afgerond.";
        /// The budget has money for the action in a year after its end. NL: geld na het einde.
        MoneyAfterEnd = "MONEY_AFTER_END", "Geld na het einde", "Money after the end",
            "De begroting heeft geld voor de actie in een jaar na haar einde.";
        /// A table has a column that is not read. NL: kolom niet gelezen.
        ColumnNotRead = "COLUMN_NOT_READ", "Kolom niet gelezen", "Column not read",
            "Een tabel heeft een kolom die niet wordt gelezen; wat erin staat, is niet bewaard.";
        /// A version was submitted that says the same as the one before it. NL: niets gewijzigd.
        NothingDiffers = "NOTHING_DIFFERS",
            "Niets gewijzigd",
            "Nothing differs",
            "De ingediende versie is gelijk aan de vorige: geen antwoord, toelichting of bewijs \
             verschilt.";
    }
}
