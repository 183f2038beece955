//! What the pages of an edition as a workbook are called, and their rows and columns.

use domain::code_list::CodeList;

/// The page that says what the edition is.
pub(super) const EDITION: &str = "Editie";
/// The page of themes.
pub(super) const THEMES: &str = "Thema's";
/// The page of criteria.
pub(super) const CRITERIA: &str = "Criteria";

/// A row of the page of the edition: the member of the input, and what it is called.
pub(super) const ABOUT: [(&str, &str); 8] = [
    ("from", "Vorige editie"),
    ("titleNl", "Titel"),
    ("titleEn", "Titel in het Engels"),
    ("normMonths", "Termijn van beleid in maanden"),
    ("inheritanceGraceMonths", "Overgangstermijn in maanden"),
    ("document", "Bron"),
    ("place", "Plaats in de bron"),
    ("expectedVersion", "Versie"),
];

/// The row of the page of the edition that says whether the database is real or a demo; it is not
/// read.
pub(super) const DATABASE: &str = "Gegevensbank";

/// The columns of the page of themes.
pub(super) const THEME: [(&str, &str); 3] = [
    ("code", "Thema"),
    ("titleNl", "Titel"),
    ("titleEn", "Titel in het Engels"),
];

/// A column of the page of criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Code,
    Change,
    From,
    Theme,
    Level,
    Required,
    AnsweredBy,
    Scope,
    NotApplicable,
    ReviewMonths,
    TitleNl,
    TitleEn,
    TextNl,
    TextEn,
    EvidenceKinds,
    Basis,
}

use Column as C;

/// The columns in their order.
pub(super) const COLUMNS: [Column; 16] = [
    C::Code,
    C::Change,
    C::From,
    C::Theme,
    C::Level,
    C::Required,
    C::AnsweredBy,
    C::Scope,
    C::NotApplicable,
    C::ReviewMonths,
    C::TitleNl,
    C::TitleEn,
    C::TextNl,
    C::TextEn,
    C::EvidenceKinds,
    C::Basis,
];

impl Column {
    /// What it is called, and the member of the input that it is.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        match self {
            C::Code => ("Criterium", "code"),
            C::Change => ("Verandering", "change"),
            C::From => ("Komt van", "replaces"),
            C::Theme => ("Thema", "theme"),
            C::Level => ("Niveau", "level"),
            C::Required => ("Telt mee", "required"),
            C::AnsweredBy => ("Wie antwoordt", "answeredBy"),
            C::Scope => ("Reikwijdte", "scope"),
            C::NotApplicable => ("Mag niet van toepassing zijn", "notApplicableAllowed"),
            C::ReviewMonths => ("Bewijs is actueel in maanden", "reviewMonths"),
            C::TitleNl => ("Titel", "titleNl"),
            C::TitleEn => ("Titel in het Engels", "titleEn"),
            C::TextNl => ("Norm", "textNl"),
            C::TextEn => ("Norm in het Engels", "textEn"),
            C::EvidenceKinds => ("Soorten bewijs", "evidenceKinds"),
            C::Basis => ("Grondslag", "basis"),
        }
    }

    /// What it is called.
    pub(super) fn dutch(self) -> &'static str {
        self.names().0
    }

    /// The member of the input that it is.
    pub(super) fn member(self) -> &'static str {
        self.names().1
    }
}

/// Whether two headers are one, whatever their case and the blanks around them.
pub(super) fn is_named(header: &str, name: &str) -> bool {
    header.trim().to_lowercase() == name.to_lowercase()
}

/// The code that a cell says, by itself or by its label in either language.
pub(super) fn code_of<E: CodeList>(cell: &str) -> Option<&'static str> {
    let mut values = E::VALUES.iter();
    let found = values.find(|one| {
        let names = [one.code, one.label.0, one.label.1];
        names.into_iter().any(|name| is_named(cell, name))
    });
    found.map(|one| one.code)
}

/// The Dutch label of a code; the code itself where the list has none of it.
pub(super) fn label_of<E: CodeList>(code: &str) -> String {
    let mut values = E::VALUES.iter();
    let found = values.find(|one| one.code == code);
    found.map_or(code, |one| one.label.0).to_owned()
}
