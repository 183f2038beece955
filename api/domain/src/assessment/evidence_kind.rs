//! What people call the kinds of evidence. An edition names its kinds by code, and may name new ones, so
//! this is no closed list.

/// What people call the kinds of evidence.
const LABELS: [(&str, &str); 30] = [
    ("ACTION_LIST", "Actielijst"),
    ("ADOPTION_DECISION", "Vaststellingsbesluit"),
    ("AGENDA_OR_MINUTES", "Agenda of verslag"),
    ("AGREEMENT_WITH_PROVIDER", "Overeenkomst met een aanbieder"),
    ("APPOINTMENT_DECISION", "Aanwijzingsbesluit"),
    ("ASSIGNMENT_OR_CONTRACT", "Opdracht of contract"),
    ("BARRIER_MODEL", "Barrièremodel"),
    (
        "BUDGET_OR_CAPACITY_DECISION",
        "Besluit over budget of capaciteit",
    ),
    ("BYELAW_REFERENCE", "Verwijzing naar de verordening"),
    ("CAMPAIGN_RECORD", "Verslag van een campagne"),
    ("CAPACITY", "Overzicht van de capaciteit"),
    ("COOPERATION_AGREEMENT", "Samenwerkingsafspraak"),
    (
        "DATA_SHARING_AGREEMENT",
        "Afspraak over het delen van gegevens",
    ),
    ("HOURS_STATEMENT", "Opgave van uren"),
    ("IMPLEMENTATION_PLAN", "Uitvoeringsplan"),
    ("INSPECTION_PLAN", "Controleplan"),
    ("OTHER", "Ander bewijs"),
    ("OVERVIEW", "Overzicht"),
    ("PARTICIPATION_STATEMENT", "Verklaring van deelname"),
    ("POLICY_DOCUMENT", "Beleidsdocument"),
    ("POLICY_RULE", "Beleidsregel"),
    ("PORTFOLIO_DECISION", "Besluit over de portefeuille"),
    ("PRIVACY_ASSESSMENT", "Privacytoets"),
    ("PROCEDURE_DESCRIPTION", "Werkwijze"),
    ("PROGRESS_REPORT", "Voortgangsrapportage"),
    ("PUBLIC_PAGE", "Openbare webpagina"),
    ("RISK_SCAN", "Risicoscan"),
    ("ROLE_MAILBOX", "Functioneel postvak"),
    ("ROUTE_DESCRIPTION", "Beschrijving van de route"),
    ("TRAINING_RECORD", "Bewijs van scholing"),
];

/// What people call a kind of evidence. The kinds are those of an edition, so one that is new here
/// is called by its code.
#[must_use]
pub fn label(kind: &str) -> &str {
    let found = LABELS.iter().find(|(code, _)| *code == kind);
    found.map_or(kind, |(_, label)| label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_called_by_its_label_or_else_by_its_code() {
        assert_eq!(label("POLICY_DOCUMENT"), "Beleidsdocument");
        assert_eq!(label("SOMETHING_NEW"), "SOMETHING_NEW");
    }
}
