//! Which organisation bears a number, and when: the dated table in an issuer's configuration.
//!
//! Login means of the government name an organisation by its OIN or by its number at the chamber of
//! commerce (KvK). Municipalities merge and offices take over each other's work, so each row has a
//! first day and a day on which it no longer holds, both in Europe/Amsterdam. One number may stand
//! for several municipalities: a shared civil service.

use chrono::NaiveDate;

use domain::{
    actor::PartnerKey,
    territory::{AreaCode, MunicipalityCode},
};

/// An organisation that a role can have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Organisation {
    Municipality(MunicipalityCode),
    Area(AreaCode),
    Partner(PartnerKey),
    Vng,
    Ministry,
}

impl Organisation {
    pub(super) fn municipality(code: &str) -> Option<Self> {
        MunicipalityCode::parse(code).map(Self::Municipality)
    }

    pub(super) fn area(code: &str) -> Option<Self> {
        AreaCode::parse(code).map(Self::Area)
    }

    pub(super) fn partner(key: &str) -> Option<Self> {
        PartnerKey::parse(key).map(Self::Partner)
    }

    /// An organisation by its code as the ledger writes it: `GM0402`, `VR14`, `comensha`, `VNG`,
    /// `MINISTRY`. Codes are in capitals and keys in small letters, so one text is never two
    /// organisations.
    pub(super) fn parse(code: &str) -> Option<Self> {
        let found = match code {
            "VNG" => Some(Self::Vng),
            "MINISTRY" => Some(Self::Ministry),
            _ => Self::municipality(code)
                .or_else(|| Self::area(code))
                .filter(|found| found.code() == code)
                .or_else(|| Self::partner(code)),
        };
        found.filter(|found| found.code() == code)
    }

    /// The code as the ledger writes it.
    pub(super) fn code(&self) -> &str {
        match self {
            Self::Municipality(code) => code.as_str(),
            Self::Area(code) => code.as_str(),
            Self::Partner(key) => key.as_str(),
            Self::Vng => "VNG",
            Self::Ministry => "MINISTRY",
        }
    }
}

/// What kind of number identifies an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NumberKind {
    /// Identification of an organisation with the government, 20 digits. NL:
    /// organisatie-identificatienummer (OIN).
    Oin,
    /// Number in the trade register, 8 digits. NL: KvK-nummer.
    Kvk,
}

impl NumberKind {
    /// The kind by its code.
    pub(super) fn parse(code: &str) -> Option<Self> {
        match code {
            "OIN" => Some(Self::Oin),
            "KVK" => Some(Self::Kvk),
            _ => None,
        }
    }

    /// How many digits such a number has.
    pub(super) fn digits(self) -> usize {
        match self {
            Self::Oin => 20,
            Self::Kvk => 8,
        }
    }

    /// The code in the configuration.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Oin => "OIN",
            Self::Kvk => "KVK",
        }
    }

    /// Whether a text has the form of such a number.
    pub(super) fn fits(self, number: &str) -> bool {
        number.len() == self.digits() && number.bytes().all(|b| b.is_ascii_digit())
    }
}

/// One row of the dated table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) kind: NumberKind,
    pub(super) number: String,
    pub(super) organisations: Vec<Organisation>,
    /// The first day.
    pub(super) from: NaiveDate,
    /// The day from which it no longer holds; open without one.
    pub(super) until: Option<NaiveDate>,
}

impl Row {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether both rows hold on some day for one number.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let begins_before_end_of = |a: &Self, b: &Self| b.until.is_none_or(|until| a.from < until);
        (self.kind, &self.number) == (other.kind, &other.number)
            && begins_before_end_of(self, other)
            && begins_before_end_of(other, self)
    }
}

/// The dated table.
#[derive(Debug, Clone, Default)]
pub(super) struct Organisations(pub(super) Vec<Row>);

impl Organisations {
    /// The organisations that bear a number on a day; none when the table does not say.
    pub(super) fn find(
        &self,
        kind: NumberKind,
        number: &str,
        day: NaiveDate,
    ) -> Vec<&Organisation> {
        self.0
            .iter()
            .filter(|row| row.kind == kind && row.number == number && row.holds_on(day))
            .flat_map(|row| &row.organisations)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_one_organisation_or_none() {
        for code in [
            "GM0402", "VR14", "comensha", "VNG", "MINISTRY", "vr14", "gm0402",
        ] {
            assert_eq!(Organisation::parse(code).unwrap().code(), code);
        }
        assert_eq!(
            Organisation::parse("vr14"),
            Organisation::partner("vr14"),
            "small letters are a key"
        );
        for wrong in ["", "Gm0402", "GM402", " GM0402", "Vng", "Co Mensha"] {
            assert_eq!(Organisation::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_row_holds_from_its_first_day_until_the_day_after_its_last() {
        let day = |text: &str| text.parse().unwrap();
        let row = |from: &str, until: Option<&str>| Row {
            kind: NumberKind::Kvk,
            number: "12345678".to_owned(),
            organisations: vec![Organisation::Vng],
            from: day(from),
            until: until.map(day),
        };
        let table = Organisations(vec![row("2026-01-01", Some("2027-01-01"))]);
        let found = |date: &str| table.find(NumberKind::Kvk, "12345678", day(date)).len();
        assert_eq!(
            ["2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"].map(found),
            [0, 1, 1, 0]
        );
        assert!(
            table
                .find(NumberKind::Oin, "12345678", day("2026-06-01"))
                .is_empty()
        );
        let first = &table.0[0];
        assert!(first.overlaps(&row("2026-12-31", None)));
        assert!(!first.overlaps(&row("2027-01-01", None)));
        assert!(!first.overlaps(&row("2025-01-01", Some("2026-01-01"))));
    }
}
